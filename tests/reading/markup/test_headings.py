"""Ids and the table of contents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_html, convert_markdown
from gazette.reading.markup.headings import slug
from gazette.reading.model import Heading

from .outcome import html_of


def toc_of(source: str) -> tuple[Heading, ...]:
    return convert_markdown(source, MarkdownSettings()).body.toc


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("党建引领 筑牢根基", "党建引领-筑牢根基"),
        ("一、加强领导（试行）", "一加强领导试行"),
        ("VAT 2025!", "vat-2025"),
        ("……", "section"),
        ("G-20", "xg-20"),
        ("**甲**与[乙](http://a.cn)", "甲与乙"),
    ],
)
def test_slugs(title: str, name: str) -> None:
    assert toc_of(f"## {title}")[0].id == name


def test_table_of_contents() -> None:
    source = "## 一\n\n### 甲 & 乙\n\n## 一\n\n<h2>三</h2>\n\n## **四** {#four}"
    assert toc_of(source) == (
        Heading(2, "一", "一"),
        Heading(3, "甲-乙", "甲 & 乙"),
        Heading(2, "一-2", "一"),
        Heading(2, "三", "三"),
        Heading(2, "four", "四"),
    )


def test_shift_is_seen() -> None:
    assert [heading.level for heading in toc_of("# 一\n\n## 二")] == [2, 3]


def test_footnote_marks_are_no_part_of_a_title() -> None:
    assert toc_of("## 甲[^1]\n\n[^1]: 注")[0] == Heading(2, "甲", "甲")


def test_ids_are_unique_and_not_the_themes() -> None:
    html = html_of(
        "## 甲 {#g-a}\n\n文{: #x }\n\n<p id='g-a'>乙</p><b id=x>丙</b>\n\n*丁*{#x} [回](#g-a)"
    )
    assert 'id="xg-a"' in html
    assert 'id="xg-a-2"' in html
    assert 'href="#xg-a"' in html
    assert html.count('id="x"') == 1
    assert 'id="g-' not in html


def test_links_to_repeated_ids_lead_to_the_first() -> None:
    html = html_of("<p id=a>甲</p><p id=a>乙</p>\n\n[回](#a)")
    assert 'href="#a"' in html
    assert 'id="a-2"' in html


def test_ids_without_spaces() -> None:
    html = html_of("甲[^a b]\n\n[^a b]: 注")
    assert 'href="#fn:a-b"' in html
    assert 'id="fn:a-b"' in html


def test_marker() -> None:
    html = html_of("[TOC]\n\n## 一\n\n### 二\n\n## 三")
    assert html.startswith(
        '<div class="toc"><ul><li><a href="#一">一</a><ul><li><a href="#二">二</a></li></ul></li>'
        '<li><a href="#三">三</a></li></ul></div>'
    )


def test_html_documents() -> None:
    converted = convert_html("<h2>甲</h2><h3 id=b>乙</h3>", MarkdownSettings())
    assert converted.body.toc == (Heading(2, "甲", "甲"), Heading(3, "b", "乙"))


@given(st.text(max_size=80))
def test_slugs_are_valid_and_stable(title: str) -> None:
    name = slug(title)
    assert name
    assert not any(char.isspace() for char in name)
    assert slug(name) == name
