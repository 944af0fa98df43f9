"""Plain news, read without Python-Markdown, comes out as Python-Markdown reads it."""

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup.full import convert_fully
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.simple import convert_plain
from gazette.reading.markup.source import clean
from gazette.reading.model import Converted

PLAIN = [
    "税务干部走访企业。", "**一、工作情况**", "2024年，办理3.5万户次（同比增长8%）。", "详见[通知](../a.md)和[网站](https://example.com/x)。",
    "[头一个](b.md)是链接", "甲**粗**乙**又粗**", "　　缩进的一段。", "## 标题 一", "### **粗**标题[链](c.md)", "## 标题 一",
    "- 甲\n- 乙**粗**\n- [丙](d.md)见此", "1. 甲\n2. 乙\n3. 丙", "1. 只有一条", "- 只有一条",
    "| 项目 | 数量 |\n| --- | --- |\n| 甲**粗** | 1 |\n| 乙 | [二](e.md) |", "|a|b|\n|---|----|\n|1||",
    "![会场](photos/hall.jpg)", "![](a.PNG)", "![ 有空格 ](会议/图_1.webp)", "“引号”开头", "（一）一项", "A plain English line, with 3 words.",
    "a" * 30 + "，" * 80 + "。完", "3、也不是列表", "@某人 #话题# 结束", "甲~乙", "甲 = 乙 - 丙",
]  # fmt: skip
ODD = [
    "# 一级标题", "100. 从一百起", "##无空格", "## 结尾 ##", "## ", "-无空格", "- ", "- - 甲", "- 1. 甲", "* 甲", "+ 甲", "2. 从二起", "1) 甲", "1.无空格",
    "甲\n乙", "甲 ", "甲  \n乙", "　", "　　\n甲", "> 引", "---", "***", "===", "甲\n---", "    代码", "```\nx\n```", "~~~\nx\n~~~",
    "![甲](a.jpg) 后有字", "![甲](a.mp4)", "![甲](a.jpg \"标题\")", "![甲](a.jpg)\n![乙](b.jpg)", "！[甲](a.jpg)", "![甲]（a.jpg）",
    "▲图为会场", "开展**余场，惠及**万人", "*斜体*", "__粗__", "a_b_c", "**不闭合", "** 空格**", "[甲][1]", "[1]: a.md", "[^1]", "[^1]: 注",
    "[^1](a.md)", "[甲](javascript:x)", "[甲](a.md \"题\")", "[甲](<a b>)", "![甲][1]", "[a](b)[c](d)", "<b>甲</b>", "a & b", "&nbsp;甲",
    "{: .x}", "甲{: .x}", "甲\\*乙", "`码`", "甲\n: 定义", "|a|b|\n|-|-|\n|1|2|", "|a|b|\n|---|---|\n|1|", "|a|b|\n|:---|---:|\n|1|2|",
    "a|b\n---|---\n1|2", "|a|b|", "| a \\| b | c |\n| --- | --- |", "[TOC]", "<!-- more -->", "【标题】", "\xa0甲", "甲\xa0乙", "\t甲", "长" * 61 + "\n短",
    "## 标\n文", "- 甲\n  续", "- 甲\n\n  续", "1. 甲\n1. 乙", "-\n", "!", "![", "|", "#", "1.", "[", "*", "", "\n", "[甲]：乙", "[甲]: 乙",
]  # fmt: skip
SWITCHES = [name for name in MarkdownSettings.__struct_fields__ if name != "html"]
TEXTS = st.lists(st.sampled_from([*PLAIN, *PLAIN, *ODD]), min_size=1, max_size=6)
SETTINGS = st.builds(
    MarkdownSettings,
    html=st.sampled_from(["sanitized", "trusted"]),
    **{name: st.booleans() for name in SWITCHES},
)


def plainly(text: str, chosen: MarkdownSettings) -> Converted | None:
    notes = Notes()
    notes.start(text, 5)
    return convert_plain(text, chosen, notes)


def compare(text: str, chosen: MarkdownSettings) -> None:
    text = clean(text)
    found = plainly(text, chosen)
    if found is not None:
        assert found == convert_fully(text, chosen, 5)


@pytest.mark.parametrize("block", PLAIN)
def test_plain_blocks_are_taken(block: str) -> None:
    assert plainly(f"头一段。\n\n{block}\n\n末一段。", MarkdownSettings()) is not None


def test_every_two_blocks() -> None:
    for above, below in itertools.product(PLAIN + ODD, repeat=2):
        compare(f"{above}\n\n{below}\n", MarkdownSettings())


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_block_with_a_convention_off(switch: str) -> None:
    chosen = msgspec.structs.replace(MarkdownSettings(), **{switch: False})
    for block in PLAIN + ODD:
        compare(f"甲\n\n{block}\n\n乙", chosen)


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n"]), SETTINGS)
def test_any_blocks(blocks: list[str], between: str, chosen: MarkdownSettings) -> None:
    compare(between.join(blocks), chosen)


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3),
    st.integers(0, 200),
    st.text("甲a1 \n\t*_[]()!#-+.|:>~`\\<&{}\u3000\xa0！［（▲\u2028", max_size=4),
)
def test_any_character_anywhere(blocks: list[str], place: int, inserted: str) -> None:
    text = "\n\n".join(blocks)
    place %= len(text) + 1
    compare(text[:place] + inserted + text[place:], MarkdownSettings())
