"""Whole conversions: anything may come in, only sound HTML goes out."""

import json
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.config.settings import MarkdownSettings
from gazette.messages.markup import MARKUP
from gazette.reading.markup import convert_html, convert_markdown
from gazette.reading.markup.reader import SWITCHED
from gazette.reading.model import Converted

from .outcome import faults_of, html_of, whole

SETTINGS = MarkdownSettings()
TRUSTED = MarkdownSettings(html="trusted")
OFF = MarkdownSettings(**dict.fromkeys(SWITCHED, False))

PIECES = st.sampled_from(
    [
        "甲乙",
        "，",
        "abc ",
        "12",
        "余场",
        "万人",
        "年",
        "**",
        "*",
        "_",
        "`",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "  \n",
        "\t",
        "\u3000\u3000",
        "&nbsp;",
        "    ",
        "[a](b.md)",
        "![图](a.jpg)",
        "![片](v.mp4)",
        "！[图]（a.jpg）",
        "▲说明",
        "> ",
        "> 【题】",
        "- ",
        "1. ",
        "# ",
        "## ",
        "#话题#",
        "| a | b |\n|:--|--:|\n| 1 | 2 |",
        "[^1]",
        "\n[^1]: 注",
        "{: .x #g-y on=z }",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "<style>",
        "<textarea>",
        "<title>",
        "<plaintext>",
        "<svg>",
        "</body>",
        "</main>",
        "<!--",
        "-->",
        "<!-- more -->",
        "<![CDATA[",
        "]]>",
        "<a href='javascript:x'>",
        "<img src=x onerror=y>",
        "<p style='a' align=center>",
        "<font color=red>",
        "<table><tr><td>",
        "</table>",
        "<div markdown=1>",
        "[x](javascript:1)",
        "[x](&#106;avascript:1)",
        "<javascript://x>",
        "[x]: data:1",
        "[x]",
        "&#2;",
        "&lt;",
        "\x02",
        "\x03",
        "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0000\x03",
        "\x0b",
        "\ufdd0",
        "\ufffe",
        "[TOC]",
        "<b id=g-a>",
        "<h1>",
        "</h1>",
        "term\n: def\n",
        "===",
        "---",
        "\\",
        "<select>",
        "<math>",
        "<",
        "&",
        '"',
        "'",
        "(",
        ")",
        "[",
        "]",
        "【",
        "】",
        "!",
        "{",
        "}",
        "<video src=x.mp4>",
        "<pre>",
        "<code>",
        "<li>",
        "<?php",
        "<body onload=x>",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60))
FUZZ = settings(max_examples=300)


@FUZZ
@given(TEXTS)
def test_sound_whatever_comes(text: str) -> None:
    for convert in (convert_markdown, convert_html):
        converted = convert(text, SETTINGS)
        assert faults_of(whole(converted)) == []
        assert convert(text, SETTINGS) == converted
        assert "\n" not in converted.summary
        assert {problem.code for problem in converted.problems} <= set(MARKUP)


@FUZZ
@given(TEXTS, st.sampled_from([TRUSTED, OFF]))
def test_never_raises_with_other_settings(text: str, other: MarkdownSettings) -> None:
    for convert in (convert_markdown, convert_html):
        converted = convert(text, other)
        assert len(converted.body.html) == len(converted.body.references) + 1
        assert not set("\x00\x02\x03\x0b\ufdd0") & set(whole(converted))


@FUZZ
@given(st.text(alphabet="甲乙丙，。“”abc1 　\n", max_size=80))
def test_text_is_kept(text: str) -> None:
    converted = convert_markdown(text, SETTINGS)
    assert "".join(converted.body.text.split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", "\n", "　\n", "\x02", "&nbsp;"])
def test_nothing(text: str) -> None:
    converted = convert_markdown(text, SETTINGS)
    assert whole(converted) == ""
    assert (converted.summary, converted.words, converted.picture) == ("", 0, None)


def test_control_characters_and_forged_markers() -> None:
    assert html_of("甲\x00\x08\x0b乙\ufffe\ud800丙") == "<p>甲乙丙</p>"
    assert html_of("甲&#2;&#xb;乙&#x110000;&#20013;") == "<p>甲乙&#20013;</p>"
    assert html_of("\x02wzxhzdk:0\x03<b>甲</b>") == "<p>wzxhzdk:0<b>甲</b></p>"


def test_every_switch_is_a_setting() -> None:
    fields = {field.name for field in msgspec.structs.fields(MarkdownSettings)}
    assert fields == set(SWITCHED) | {"html"}


def test_documents_do_not_meet() -> None:
    first = "甲[^1][a][1]\n\n[^1]: 注\n\n[1]: b.md\n\n## 题"
    alone = convert_markdown("[a][1] [^1]\n\n## 题", SETTINGS)
    convert_markdown(first, SETTINGS)
    assert convert_markdown("[a][1] [^1]\n\n## 题", SETTINGS) == alone


def test_threads_do_not_meet() -> None:
    texts = [f"## 题{n}\n\n**文{n}**[^1]和<b>粗</b>\n\n[^1]: 注{n}" for n in range(60)]
    expected = [convert_markdown(text, SETTINGS) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: convert_markdown(text, SETTINGS), texts)) == expected


def test_results_can_be_stored() -> None:
    converted = convert_markdown("# 题\n\n**余场 [a](b.md) ![](c.jpg)", SETTINGS)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(converted), type=Converted) == converted


def test_messages_fit_their_problems() -> None:
    source = (
        "开展**余场\n\n！[图](a.jpg)\n\n[a](foo:x) [b](a\\b.md) [c]() [d](C:\\x) *e*{: on=x }\n\n"
        "<p style='a'>甲</p><script>x</script>"
    )
    problems = (
        convert_markdown(source, SETTINGS).problems + convert_html("<b>" * 999, SETTINGS).problems
    )
    assert {problem.code for problem in problems} == set(MARKUP)
    for problem in problems:
        message = MARKUP[problem.code]
        assert message.text.format_map(problem.arguments)
        assert message.hint.format_map(problem.arguments)
        json.dumps(problem.arguments)


def test_a_whole_article() -> None:
    source = (
        "　　市税务局今年举办培训，\n共计**三十**场。\n\n<!-- more -->\n\n# 做法\n\n"
        "1. 强化领导\n2. 健全机制\n\n```\n<b>\n```\n"
    )
    converted = convert_markdown(source, SETTINGS, 9)
    assert whole(converted) == (
        "<p>市税务局今年举办培训，共计<strong>三十</strong>场。</p>\n"
        '<h2 id="做法">做法</h2>\n<ol>\n<li>强化领导</li>\n<li>健全机制</li>\n</ol>\n'
        "<pre><code>&lt;b&gt;\n</code></pre>"
    )
    assert converted.summary == "市税务局今年举办培训，共计三十场。"
    assert converted.problems == ()
