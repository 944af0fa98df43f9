"""Long lines are paragraphs."""

import pytest

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_markdown

from .outcome import html_of

LONG = "坚持以纳税人缴费人为中心" * 6
assert len(LONG) > 60


def paragraphs(text: str, **settings: bool) -> list[str]:
    html = html_of(text, **settings)
    return [part.removeprefix("<p>") for part in html.replace("\n", "").split("</p>")][:-1]


def test_lines_pasted_from_word() -> None:
    lines = [LONG, "一、加强领导", LONG, "二、健全机制", "（一）完善制度", LONG, "结语"]
    assert paragraphs("\n".join(lines)) == lines


def test_magazine_lines_read_on() -> None:
    lines = [LONG[:28], LONG[28:56], LONG[:30]]
    assert paragraphs("\n".join(lines)) == ["".join(lines)]


@pytest.mark.parametrize(("length", "count"), [(59, 1), (60, 1), (61, 2)])
def test_sixty_characters_may_be_wrapped(length: int, count: int) -> None:
    assert len(paragraphs("税" * length + "\n" + "务" * 5)) == count


def test_narrow_characters_do_not_count() -> None:
    assert len(paragraphs("税" * 30 + "a" * 80 + "\n务")) == 1


def test_indents_go_and_attributes_stay() -> None:
    assert (
        html_of(f"　　{LONG}\n　　{LONG}\n{{: .note}}")
        == f'<p>{LONG}</p>\n<p class="note">{LONG}</p>'
    )


@pytest.mark.parametrize(
    "source",
    [
        f"- {LONG}\n  {LONG}",
        f"> {LONG}\n> {LONG}",
        f"| 甲 | 乙 |\n|---|---|\n| {LONG} | {LONG} |\n| 1 | 2 |",
        f"```\n{LONG}\n{LONG}\n```",
        f"<div>\n{LONG}\n{LONG}\n</div>",
        f"词\n:   {LONG}\n    {LONG}",
    ],
)
def test_never_inside_structure(source: str) -> None:
    assert html_of(source) == html_of(source, long_lines=False)


def test_switched_off() -> None:
    assert len(paragraphs(f"{LONG}\n{LONG}", long_lines=False)) == 1


def test_headings_and_pictures_between_long_lines() -> None:
    html = html_of(f"{LONG}\n## 小标题\n{LONG}\n![图](a.jpg)\n{LONG}")
    assert html.count("<p>") == 3
    assert '<h2 id="小标题">小标题</h2>' in html
    assert html.count("<figure") == 1


def test_text_has_a_line_a_paragraph() -> None:
    converted = convert_markdown(f"{LONG}\n短\n{LONG}", MarkdownSettings())
    assert converted.body.text == f"{LONG}\n短\n{LONG}"
