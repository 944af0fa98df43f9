"""The short cuts give what Python-Markdown itself gives."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_markdown, inline
from gazette.reading.markup.inline import BEGINNINGS, QuickInline, beginnings_of
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.quick import Quick, finish
from gazette.reading.markup.raw import RawHtml
from gazette.reading.markup.reader import reader_for

ODD_TEXTS = [
    "甲乙丙，丁。",
    "**甲** *乙* ***丙*** __丁__ _戊_ *不",
    "[甲](a.md) ![乙](b.jpg) [丙][1] [1] ![1]\n\n[1]: c.md 'd'",
    "`甲` ``乙`丙`` \\* \\\\ \\甲 `",
    "甲  \n乙\n丙 \n",
    "<b>甲</b> <http://a.cn> <a@b.cn> <!-- c --> & &amp; &#38; < >",
    "- 甲\n- **乙**\n    - 丙\n\n1. 丁\n2. 戊",
    "> 甲\n> **乙**\n>\n> - 丙",
    "## 甲 *乙*\n\n丙\n---\n\n***\n\n丁",
    "甲[^1]乙[^1]\n\n[^1]: 注 **丙**\n\n    续",
    "```\n甲 **乙**\n```\n\n~~~ c\n丙\n~~~",
    "甲\n: 乙\n\n|a|b|\n|-|-|\n|1|2|",
    "\t甲\n\n    乙\n   \n丙",
    "- 甲\n\n    乙\n\n- 丙",
    "a\nb\n1. c\n- d\n# e",
]
PIECES = st.sampled_from(
    [
        "甲",
        "乙，",
        "a ",
        "1",
        "*",
        "**",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "!",
        "\\",
        "<",
        ">",
        "&",
        "&amp;",
        "<b>",
        "</b>",
        "  \n",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "    ",
        "[^1]",
        "\n[^1]: x",
        "\n[1]: y",
        ":",
        "|",
        "---",
        "\t",
        "~~~",
    ]
)


def plain() -> Markdown:
    # Python-Markdown, with what the conventions do not touch.
    extensions = [FootnoteExtension(), SaneListExtension(), "fenced_code", "md_in_html"]
    markdown = Markdown(output_format="html", extensions=extensions)
    QuickInline(Notes()).extendMarkdown(markdown)
    markdown.treeprocessors.deregister("inline")
    from markdown.treeprocessors import InlineProcessor

    markdown.treeprocessors.register(InlineProcessor(markdown), "inline", 20)
    return markdown


class Quickened:
    def __init__(self) -> None:
        self.notes = Notes()
        extensions = [FootnoteExtension(), SaneListExtension(), RawHtml(self.notes)]
        self.markdown = Markdown(
            output_format="html",
            extensions=[*extensions, QuickInline(self.notes), Quick(self.notes)],
        )
        finish(self.markdown)

    def convert(self, text: str) -> str:
        self.notes.start(text, 1)
        return self.markdown.reset().convert(text)


PLAIN, QUICK = plain(), Quickened()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts(text: str) -> None:
    assert QUICK.convert(text) == PLAIN.reset().convert(text)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_texts(text: str) -> None:
    assert QUICK.convert(text) == PLAIN.reset().convert(text)


def test_every_registered_pattern_is_known() -> None:
    markdown = reader_for(MarkdownSettings()).markdown
    patterns = [pattern.pattern for pattern in markdown.inlinePatterns]
    assert set(patterns) <= set(BEGINNINGS)
    assert beginnings_of(patterns) is not None


@given(st.data())
def test_beginnings_are_what_matches_begin_with(data: st.DataObject) -> None:
    for pattern in reader_for(MarkdownSettings()).markdown.inlinePatterns:
        text = data.draw(st.lists(PIECES, max_size=12).map("".join))
        for match in pattern.getCompiledRegExp().finditer(text):
            assert match[0].startswith(BEGINNINGS[pattern.pattern])


def test_an_unknown_pattern_switches_the_saving_off() -> None:
    assert beginnings_of([*BEGINNINGS, "(%%)"]) is None


def blocks() -> Iterator[str]:
    yield from ODD_TEXTS
    yield from (
        "甲\n乙",
        "甲\n　　乙",
        "甲\n![图](a.jpg)",
        "甲\n: 乙",
        "- 甲\n- 乙\n\n- 丙",
        "1. 甲\n2. # 乙",
    )
    yield from (
        "甲\n" + "税" * 61,
        "税" * 61 + "\n![图](a.jpg)\n▲乙",
        "甲\n{: .a }",
        "- 甲\n  {: .a }",
    )


@pytest.mark.parametrize("text", list(blocks()))
def test_plain_paragraphs(text: str) -> None:
    reader = reader_for(MarkdownSettings())
    reader.notes.start(text, 1)
    quick = reader.html_of(text)
    registry = reader.markdown.parser.blockprocessors
    every = registry._items  # type: ignore[attr-defined]
    registry._items = [item for item in every if type(item).__name__ != "PlainParagraphs"]  # type: ignore[attr-defined]
    try:
        reader.notes.start(text, 1)
        assert reader.html_of(text) == quick
    finally:
        registry._items = every  # type: ignore[attr-defined]


_PIECES = st.sampled_from(
    ["甲", "乙 ", " 丙", "**丁**", "** 戊**", "**", "*", "[己](/a/b.html)", "[庚](c.md#x)", "[辛]", "!", "\n", "  \n",
     "`壬`", "&amp;", "\\*", "_", "a", "[**癸**](d.html)", "**[子](e.html)**", "(", ")", "。"]
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=8).map("".join))
def test_simple_paragraphs_are_read_as_python_markdown_reads_them(text: str) -> None:
    """Bold and links are made without the patterns where nothing else stands in a paragraph."""
    settings = MarkdownSettings(masks=False)
    quick = convert_markdown(f"首{text}尾", settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "read_simple", lambda _element: False)
        assert convert_markdown(f"首{text}尾", settings) == quick
