"""The child theme that the documentation shows, and the style guide."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Site, codes

MakeSite = Callable[..., Site]
DOCS = Path(__file__).parent.parent.parent / "docs"
CONFIG = """\
site: {title: 站点, url: https://example.com}
theme: xinyuan
home:
  - {template: notices, title: 公告, query: all}
queries:
  all: {from: articles}
"""


def example(language: str) -> dict[str, str]:
    """The files that the page on themes gives."""
    text = (DOCS / language / "themes.md").read_text("utf-8")
    blocks = re.findall(r"```(?:yaml|jinja)\n(?:# |\{# )(themes/\S+)( #\})?\n(.*?)```", text, re.S)
    return {path: content for path, _, content in blocks}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_changes_a_colour_a_block_and_a_template(
    make_site: MakeSite, language: str
) -> None:
    files = example(language)
    assert len(files) == 3
    site = make_site({"config.yaml": CONFIG, **files}).article("甲").built()
    assert "--g-color: #8a3324;" in site.page("assets/options.css")
    for page in ("index.html", "2025/05/甲.html"):
        assert "往期</a>" in site.page(page)
        assert "topbar-links" in site.page(page)
    assert '<section class="block w-third">\n<div class="head">\n<h2>公告</h2>' in site.page(
        "index.html"
    )
    assert "own-color" in site.page("index.html")


def test_its_picture_is_small() -> None:
    picture = DOCS / "pictures" / "child-theme.jpg"
    assert picture.stat().st_size <= 60_000


def test_a_faint_colour_of_a_site_is_refused(make_site: MakeSite) -> None:
    config = "site: {title: 站}\ntheme_options: {color: '#f5c518'}\n"
    (problem,) = make_site({"config.yaml": config}).article("a").build().problems
    assert problem.code == "color-contrast"
    assert problem.arguments["option"] == "color"


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_style_guide_is_a_page_that_asks_for_it(make_site: MakeSite, language: str) -> None:
    site = make_site({"config.yaml": f"site: {{title: 站, language: {language}}}\n"}).article("a")
    assert not (site.built().output / "guide.html").exists()
    site.write({"content/pages/guide.md": "---\ntitle: 总览\nlayout: style-guide\n---\n"})
    report = site.build()
    assert codes(report) == []
    page = site.page("guide.html")
    for part in ("swatches", "pager", "topics", "months", "tree", "slides", "figure", "scroll"):
        assert f'"{part}' in page
    button = {"zh-CN": "按钮与标记", "zh-TW": "按鈕與標記", "en": "Buttons and marks"}
    assert button[language] in page
