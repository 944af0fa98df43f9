"""Plain text, summaries, word counts."""

import pytest

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_html, convert_markdown
from gazette.reading.markup.plain import count_words, shorten

from .outcome import html_of, problems_of

SETTINGS = MarkdownSettings()
SENTENCE = "税务部门持续优化营商环境，推动便民办税措施落地见效。"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("甲**乙**\n丙\n\n丁", "甲乙丙\n丁"),
        ("a\nb", "a b"),
        ("甲  \n乙", "甲\n乙"),
        ("- 甲\n- 乙", "甲\n乙"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "甲 乙\n1 2"),
        ("&lt;b&gt; &amp; 乙 `<i>`", "<b> & 乙 <i>"),
        ('![图](a.jpg "张三 摄")', "图 张三 摄"),
        ("甲[^1]。\n\n[^1]: 注", "甲。\n注"),
        ("甲<br>乙<span title='>'>丙</span>", "甲\n乙丙"),
        ("　　甲　乙", "甲 乙"),
        ("> 【题】\n> 文", "题\n文"),
        ("", ""),
    ],
)
def test_text(source: str, text: str) -> None:
    assert convert_markdown(source, SETTINGS).body.text == text


@pytest.mark.parametrize(
    ("source", "summary"),
    [
        ("甲**乙**\n丙。\n\n丁", "甲乙丙。"),
        (
            "## 题\n\n![图](a.jpg)\n\n| 表 | 表 |\n|---|---|\n| 1 | 2 |\n\n> 【框】文\n\n正文",
            "正文",
        ),
        ("- 甲\n- 乙", "甲"),
        ("## 题", ""),
        ("甲[^1]乙\n\n[^1]: 注", "甲乙"),
        ("甲\n\n乙\n\n<!-- more -->\n\n丙", "甲 乙"),
        ("甲\n<!--more-->\n乙", "甲"),
        ("甲<!--MORE-->乙", "甲"),
        ("**甲<!-- more -->乙**", "甲"),
        ("<div>甲</div>", "甲"),
        ("", ""),
    ],
)
def test_summaries(source: str, summary: str) -> None:
    converted = convert_markdown(source, SETTINGS)
    assert converted.summary == summary
    assert converted.problems == ()
    assert "more" not in "".join(converted.body.html).lower()


def test_more_in_code_stays() -> None:
    assert html_of("`<!-- more -->`甲") == "<p><code>&lt;!-- more --&gt;</code>甲</p>"
    assert "more" in html_of("```\n<!-- more -->\n```")
    assert problems_of("甲\n\n<!-- more -->\n\n乙") == []


def test_more_in_html_documents() -> None:
    converted = convert_html("<p>甲</p>\n<!-- more -->\n<p>乙</p>", SETTINGS)
    assert converted.summary == "甲"
    assert "".join("".join(converted.body.html).split()) == "<p>甲</p><p>乙</p>"


def test_long_paragraphs_are_cut_behind_a_sentence() -> None:
    summary = convert_markdown(SENTENCE * 8, SETTINGS).summary
    assert summary == SENTENCE * 4 + "…"
    whole = convert_markdown(SENTENCE * 8 + "\n\n<!-- more -->\n\n甲", SETTINGS).summary
    assert whole == SENTENCE * 8


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("税" * 120, "税" * 120),
        ("税" * 121, "税" * 120 + "…"),
        ("税" * 100 + "，" + "务" * 60, "税" * 100 + "…"),
        ("word " * 100, "word " * 47 + "word…"),
    ],
)
def test_shortening(text: str, short: str) -> None:
    assert shorten(text) == short


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("税务总局", 4),
        ("2025年5月，举办3场。", 8),
        ("LED大屏", 3),
        ("收入41.04亿元", 5),
        ("hello world", 2),
        ("。，“”", 0),
        ("𠮷野家", 3),
        ("", 0),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words
