"""Contrast of colours, and options that need it."""

from collections.abc import Callable

import pytest

from gazette.pages.contrast import ENOUGH, Rgb, contrast, read_color, readable
from tests.conftest import Site

MakeSite = Callable[..., Site]
CONFIG = "site: {title: 站}\ntheme: x\ntheme_options:\n  color: "
THEME = """\
extends: base
options:
  color: {type: color, property: --c, contrast: ["#ffffff", "#f3f4f6"]}
"""
WHITE: Rgb = (1, 1, 1)


@pytest.mark.parametrize(
    ("color", "ratio"),
    [
        ("#000", 21),
        ("#fff", 1),
        ("#767676", 4.54),
        ("#777777", 4.48),
        ("Red", 4.0),
        ("rgb(255, 0, 0)", 4.0),
        ("rgba(100% 0% 0% / 100%)", 4.0),
        ("hsl(0, 100%, 50%)", 4.0),
        ("#00000080", 4.0),
    ],
)
def test_ratios_are_those_of_wcag(color: str, ratio: float) -> None:
    found = read_color(color)
    assert found is not None
    assert contrast(found, WHITE) == contrast(WHITE, found) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("text", ["currentcolor", "blau", "rgb(1,2)", "#12"])
def test_what_is_no_colour(text: str) -> None:
    assert read_color(text) is None


def test_a_readable_tone_is_found_and_none_where_there_is_none() -> None:
    yellow = (1.0, 0.8, 0.1)
    tone = read_color(readable(yellow, [WHITE]))
    assert tone is not None
    assert contrast(tone, WHITE) >= ENOUGH
    assert readable(yellow, [WHITE, (0, 0, 0), (0.46, 0.46, 0.46)]) == ""


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("'#0f5ba7'", []),
        ("navy", []),
        ("'#f5c518'", [("color-contrast", "config.yaml", 4)]),
        ("transparent", [("option-invalid", "config.yaml", 4)]),
    ],
)
def test_a_faint_colour_is_an_error(
    make_site: MakeSite, value: str, found: list[tuple[str, str, int]]
) -> None:
    site = make_site({"config.yaml": CONFIG + value + "\n", "themes/x/theme.yaml": THEME})
    problems = [p for p in site.build().problems if p.code != "empty-site"]
    assert [(p.code, p.file, p.line) for p in problems] == found
    for problem in problems:
        if problem.code == "color-contrast":
            assert problem.arguments["other"] == "#f3f4f6"
            assert problem.arguments["ratio"] == "1.48"


def test_a_child_changes_a_colour_by_its_default_alone(make_site: MakeSite) -> None:
    """Type, property and contrast are the parent's; a faint one is told at the child's line."""
    child = 'extends: y\noptions:\n  color: {default: "#%s"}\n'
    files = {"config.yaml": "site: {title: 站}\ntheme: x\n", "themes/y/theme.yaml": THEME}
    site = make_site({**files, "themes/x/theme.yaml": child % "145a32"}).article("a").built()
    assert "--c: #145a32;" in site.page("assets/options.css")
    (problem,) = site.write({"themes/x/theme.yaml": child % "e0e0e0"}).build().problems
    assert (problem.code, problem.file, problem.line) == (
        "color-contrast",
        "themes/x/theme.yaml",
        3,
    )
