"""Tables in boxes that scroll."""

import pytest

from tests.reading.markup.outcome import cleaned, html_of

BOX = '<div class="scroll" tabindex="0" role="region" aria-label="{}">\n<table>'


def test_a_table_scrolls_by_itself_and_is_named_by_its_first_row() -> None:
    html = html_of("文。\n\n| **单位** | 篇数 |\n|---|--:|\n| 甲 | 1 |\n\n又。")
    assert BOX.format("单位 篇数") in html
    assert html.count("<div") == html.count("</div>") == 1
    assert html.index("</table>") < html.index("</div>") < html.index("又。")


def test_a_caption_names_a_table_of_raw_html() -> None:
    table = (
        "<table><caption>各局“采用”<b>数</b></caption><tbody><tr><td>甲</td></tr></tbody></table>"
    )
    assert cleaned(table) == BOX.format("各局“采用”数") + table[len("<table>") :] + "\n</div>"


def test_only_the_outer_one_of_nested_tables_is_framed() -> None:
    inner = "<table><tbody><tr><td>内</td></tr></tbody></table>"
    html = cleaned(f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>{inner}")
    assert html.count('class="scroll"') == 2
    assert inner in html


def test_a_long_name_is_cut() -> None:
    html = html_of(f"| {'很长' * 30} |\n|---|\n| 甲 |")
    assert f'aria-label="{"很长" * 20}…"' in html


@pytest.mark.parametrize(
    "table", ["<table><tr><td>甲", "</table><table><tr><td>甲</td></tr></table>"]
)
def test_trusted_html_that_is_no_table_stays(table: str) -> None:
    assert cleaned(table, html="trusted") == table


def test_a_table_of_nothing_has_no_name() -> None:
    assert 'tabindex="0">' in cleaned("<table></table>", html="trusted")
