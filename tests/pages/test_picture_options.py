"""Options of a theme that name a picture."""

from collections.abc import Callable

import pytest

from tests.conftest import CONFIG, PNG, Site

MakeSite = Callable[..., Site]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"></svg>'
FILES = {"content/static/img/logo.svg": SVG, "content/static/标 志.png": PNG}


def portal(make_site: MakeSite, **options: str) -> Site:
    lines = "".join(f"  {name}: {value}\n" for name, value in options.items())
    config = CONFIG.replace("theme: base", "theme: portal") + f"theme_options:\n{lines}"
    return make_site({"config.yaml": config, **FILES}).article("a")


@pytest.mark.parametrize(
    ("value", "href"),
    [
        ("img/logo.svg", "img/logo.svg"),
        ("/img/logo.svg", "img/logo.svg"),
        ("./img/logo.svg", "img/logo.svg"),
        ("标 志.png", "%E6%A0%87%20%E5%BF%97.png"),
    ],
)
def test_a_picture_is_named_by_its_path_under_static(
    make_site: MakeSite, value: str, href: str
) -> None:
    site = portal(make_site, logo=value, favicon=value, emblem="img/emblem.svg")
    page = site.write({"content/static/img/emblem.svg": SVG}).built().page("2025/05/a.html")
    emblem, logo = (
        f'<img src="../../{name}" alt="" width="56"' for name in ("img/emblem.svg", href)
    )
    assert 0 < page.index(emblem) < page.index(logo)
    assert f'<link rel="icon" href="../../{href}">' in page


def test_none_is_allowed(make_site: MakeSite) -> None:
    assert portal(make_site, logo='""').build().problems == ()


@pytest.mark.parametrize("option", ["logo", "emblem", "favicon"])
@pytest.mark.parametrize("value", ["img/logos.svg", "img/Logo.svg", "../logo.png", "static/x.png"])
def test_a_picture_that_does_not_exist_is_an_error_at_its_line(
    make_site: MakeSite, value: str, option: str
) -> None:
    (problem,) = portal(make_site, palette="red", **{option: value}).build().problems
    assert (problem.code, problem.severity) == ("option-picture", "error")
    assert problem.arguments["option"] == option
    assert (problem.file, problem.line) == ("config.yaml", 5)
    assert problem.arguments["near"] == ("img/logo.svg" if value.startswith("img") else "")


@pytest.mark.parametrize("value", ["index.html", "img/logo", "true"])
def test_what_is_no_picture_does_not_fit(make_site: MakeSite, value: str) -> None:
    assert [p.code for p in portal(make_site, logo=value).build().problems] == ["option-invalid"]
