"""Themes: the chain, options, translations, templates' digests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.config.load import load
from gazette.pages.templates import template_digests
from gazette.pages.theme import Theme, load_theme, theme_names
from gazette.pages.theme_options import options_css
from gazette.pages.translations import read_translations
from gazette.problems import Problem, SiteError
from tests.conftest import Site, codes

MakeSite = Callable[..., Site]
CONFIG = "site: {title: 站}\ntheme: x\n"


def loaded(site: Site) -> Theme:
    return load_theme(site.root, load(site.root).settings)


def refused(site: Site) -> tuple[Problem, ...]:
    with pytest.raises(SiteError) as caught:
        loaded(site)
    return caught.value.problems


def themed(make_site: MakeSite, files: dict[str, str | bytes], config: str = CONFIG) -> Site:
    made = {f"themes/{path}": text for path, text in files.items()}
    return make_site({"config.yaml": config, **made}).article("a")


def test_a_template_of_the_site_stands_in_for_one_of_the_theme(make_site: MakeSite) -> None:
    site = themed(
        make_site,
        {"base/templates/article.html": "{{ content }}!"},
        "site: {title: x}\ntheme: base\n",
    ).built()
    assert site.page("2025/05/a.html") == "<p>正文。</p>!"
    assert "<!DOCTYPE html>" in site.page("index.html")


def test_parent_means_the_same_template_further_on(make_site: MakeSite) -> None:
    head = "{% extends 'parent/NAME' %}{% block m %}"
    files: dict[str, str | bytes] = {
        "x/theme.yaml": "extends: y\n",
        "y/theme.yaml": "extends: z\n",
        "z/theme.yaml": "extends: base\n",
        "z/templates/article.html": "\ufeff{% block m %}z{% endblock %}{% include 'one.html' %}",
        "y/templates/article.html": head.replace("NAME", "article.html")
        + "y{{ super() }}{% endblock %}",
        "x/templates/article.html": head.replace("NAME", "article.html")
        + "x{{ super() }}{% endblock %}",
        "x/templates/one.html": "{% include 'parent/two.html' %}",
        "z/templates/two.html": "2",
    }
    assert themed(make_site, files).built().page("2025/05/a.html") == "xyz2"


def test_a_child_may_extend_a_parents_template_that_it_does_not_have(make_site: MakeSite) -> None:
    files: dict[str, str | bytes] = {
        "x/theme.yaml": "extends: base\n",
        "x/templates/page.html": "{% extends 'parent/base.html' %}{% block body %}!{% endblock %}",
    }
    site = themed(make_site, files).write({"content/pages/p.md": "---\ntitle: 页\n---\n文。\n"})
    assert "<body>\n!" in site.built().page("p.html")


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({}, ("theme-missing", "config.yaml", 2)),
        ({"xx/theme.yaml": ""}, ("theme-missing", "config.yaml", 2)),
        (
            {"x/theme.yaml": "name: x\nextends: basis\n"},
            ("theme-missing", "themes/x/theme.yaml", 2),
        ),
        ({"x/theme.yaml": "extends: ../x\n"}, ("theme-missing", "themes/x/theme.yaml", 1)),
        ({"x/theme.yaml": "extends: x\n"}, ("theme-circle", "themes/x/theme.yaml", 1)),
        (
            {"x/theme.yaml": "extends: y\n", "y/theme.yaml": "\nextends: x\n"},
            ("theme-circle", "themes/y/theme.yaml", 2),
        ),
        (
            {"x/theme.yaml": "extends: base\n", "x/templates/a.html": b"\xb1\xbe"},
            ("encoding-unknown", "themes/x/templates/a.html", None),
        ),
        (
            {"x/theme.yaml": "options:\n  o: {type: number, default: viel}\n"},
            ("option-invalid", "themes/x/theme.yaml", 2),
        ),
    ],
)
def test_a_theme_that_cannot_be_used(
    make_site: MakeSite, files: dict[str, str | bytes], fault: tuple[str, str, int | None]
) -> None:
    site = themed(make_site, files)
    assert [(p.code, p.file, p.line) for p in refused(site)] == [fault]
    assert codes(site.build()) == [fault[0]]


def test_a_near_name_is_suggested(make_site: MakeSite) -> None:
    (problem,) = refused(themed(make_site, {}, "site: {title: x}\ntheme: protal\n"))
    assert problem.arguments["near"] == "portal"


def test_only_folders_are_themes(make_site: MakeSite) -> None:
    site = themed(make_site, {"mine/theme.yaml": "", "readme.txt": ""})
    names = theme_names(site.root)
    assert {"mine", "base", "portal"} <= set(names)
    assert "readme.txt" not in names


def test_a_file_that_cannot_be_read_is_an_error(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = themed(make_site, {"x/theme.yaml": "", "x/static/a.js": "1"})
    read = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == "a.js":
            raise PermissionError(13, "no")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    (problem,) = refused(site)
    assert (problem.code, problem.file) == ("file-unreadable", "themes/x/static/a.js")


def test_warnings_of_theme_yaml_are_listed(make_site: MakeSite) -> None:
    site = themed(make_site, {"x/theme.yaml": "extends: base\nextends: base\n"})
    assert codes(site.build()) == ["key-twice"]


OPTIONS = """\
extends: base
options:
  color: {type: color, default: "#123", property: --color}
  width: {type: size, default: 10px, property: --width}
  count: {type: number, default: 3, property: --count}
  dark: {type: boolean, default: true, property: --dark}
  shape: {type: choice, choices: [round, square], default: round, property: --shape}
  text: {property: --text}
  label: {type: text, default: 甲}
"""


@pytest.mark.parametrize(
    ("option", "good", "bad"),
    [
        (
            "color",
            ["'#fff'", "'#12345678'", "red", "rgb(1 2 3 / 50%)"],
            ["'#12345'", "red;}", "url(x)", "1"],
        ),
        ("width", ["0", "1.5rem", ".5em", "100%"], ["10", "10 px", "１px", "calc(1px)"]),
        ("count", ["1", "1.5"], ["many", "true", "[1]"]),
        ("dark", ["true", "no"], ["maybe", "1"]),
        ("shape", ["square"], ["triangle", "[round]"]),
        ("text", ["甲", "1"], ["true", "{a: 1}"]),
    ],
)
def test_options_fit_their_type(
    make_site: MakeSite, option: str, good: list[str], bad: list[str]
) -> None:
    files: dict[str, str | bytes] = {"x/theme.yaml": OPTIONS}
    for value in good:
        loaded(themed(make_site, files, f"{CONFIG}theme_options: {{{option}: {value}}}\n"))
    for value in bad:
        config = f"{CONFIG}theme_options:\n  label: 甲\n  {option}: {value}\n"
        (problem,) = refused(themed(make_site, files, config))
        assert (problem.code, problem.file, problem.line) == ("option-invalid", "config.yaml", 5)


def test_an_unknown_option_is_an_error(make_site: MakeSite) -> None:
    config = f"{CONFIG}theme_options:\n  colour: red\n"
    (problem,) = refused(themed(make_site, {"x/theme.yaml": OPTIONS}, config))
    assert (problem.code, problem.line, problem.arguments["near"]) == ("option-unknown", 4, "color")


def test_options_become_custom_properties(make_site: MakeSite) -> None:
    config = f"{CONFIG}theme_options: {{width: 2rem, text: '}} *{{display:none}}'}}\n"
    theme = loaded(themed(make_site, {"x/theme.yaml": OPTIONS}, config))
    css = options_css(theme.config.options, theme.options, grey=False)
    assert css.split("\n") == [
        ":root {", "  --color: #123;", "  --width: 2rem;", "  --count: 3;", "  --shape: round;", "}", "",
    ]  # fmt: skip
    assert "grayscale" in options_css({}, {}, grey=True)
    assert options_css({}, {}, grey=False) == "/* no options */\n"


PO = 'msgid "Latest"\nmsgstr "{}"\n\n#, fuzzy\nmsgid "Archive"\nmsgstr "falsch"\n\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "n"\n'


def test_a_childs_texts_come_before_its_parents(make_site: MakeSite) -> None:
    theme = loaded(
        themed(
            make_site,
            {"x/theme.yaml": "extends: y\n", "y/theme.yaml": "",
             "x/locale/de.po": '\ufeffmsgid "Latest"\nmsgstr "Neu"\n\nmsgid "Menu"\nmsgstr ""\n',
             "y/locale/de.po": PO.format("Aktuell"), "x/locale/readme.txt": ""},
        )
    )  # fmt: skip
    assert read_translations(theme, "de-AT") == {"Latest": "Neu", "one": "n", "many": "n"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh-CN", "简"), ("zh-TW", "繁"), ("zh", "简"), ("zh-HK", "繁"), ("fr", None), ("en", None)],
)
def test_the_nearest_catalogue_is_taken(
    make_site: MakeSite, language: str, text: str | None
) -> None:
    files: dict[str, str | bytes] = {
        "x/theme.yaml": "", "x/locale/zh_CN.po": PO.format("简"), "x/locale/zh_TW.po": PO.format("繁"),
    }  # fmt: skip
    assert read_translations(loaded(themed(make_site, files)), language).get("Latest") == text


@pytest.mark.parametrize(
    ("po", "line"),
    [
        ('msgid "a"\nmsgstr "b"\ngarbage\n', 3),
        ('msgid ""\nmsgstr ""\n"POT-Creation-Date: morgen\\n"\n', None),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_an_error(
    make_site: MakeSite, po: str, line: int | None
) -> None:
    site = themed(make_site, {"x/theme.yaml": "extends: base\n", "x/locale/zh_CN.po": po})
    (problem,) = site.build().problems
    assert (problem.code, problem.file, problem.line) == (
        "catalogue-invalid",
        "themes/x/locale/zh_CN.po",
        line,
    )


TEMPLATES: dict[str, str | bytes] = {
    "x/theme.yaml": "extends: y\n",
    "y/theme.yaml": "",
    "x/templates/a.html": "{% extends 'parent/a.html' %}{% from 'macros.html' import m %}",
    "y/templates/a.html": "{% extends 'base.html' %}",
    "y/templates/base.html": "{% include 'part.html' %}",
    "y/templates/part.html": "1",
    "y/templates/macros.html": "{% macro m() %}{% endmacro %}",
    "y/templates/alone.html": "{% include 'none.html' ignore missing %}",
    "y/templates/dynamic.html": "{% include name %}",
}


@pytest.mark.parametrize(
    ("changed", "affected"),
    [
        ("x/templates/a.html", {"a", "dynamic"}),
        ("y/templates/a.html", {"a", "dynamic"}),
        ("y/templates/base.html", {"a", "base", "dynamic"}),
        ("y/templates/part.html", {"a", "base", "part", "dynamic"}),
        ("y/templates/macros.html", {"a", "macros", "dynamic"}),
        ("y/templates/alone.html", {"alone", "dynamic"}),
        ("y/templates/none.html", {"alone", "dynamic", "none"}),
        ("x/templates/part.html", {"a", "base", "part", "dynamic"}),
        ("x/static/a.css", set()),
    ],
)
def test_a_templates_digest_covers_all_that_it_uses(
    make_site: MakeSite, changed: str, affected: set[str]
) -> None:
    def digests(files: dict[str, str | bytes]) -> dict[str, bytes]:
        found, problems = template_digests(loaded(themed(make_site, files)))
        assert problems == []
        return found

    before = digests(TEMPLATES)
    after = digests({**TEMPLATES, changed: str(TEMPLATES.get(changed, "")) + "\n"})
    assert {name for name in after if before.get(name) != after[name]} == {
        f"{n}.html" for n in affected
    }


def test_files_that_change_places_change_the_themes_digest(make_site: MakeSite) -> None:
    one = loaded(
        themed(
            make_site, {"x/theme.yaml": "extends: y\n", "x/templates/a": "1", "y/templates/b": "2"}
        )
    )
    other = loaded(
        themed(
            make_site, {"x/theme.yaml": "extends: y\n", "y/templates/a": "1", "y/templates/b": "2"}
        )
    )
    assert one.digest != other.digest
