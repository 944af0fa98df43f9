"""Words without markup, each with its place in the file."""

import pytest

from gazette.check.inline import LEFT_OUT
from gazette.check.manuscript import Manuscript
from tests.check.examples import HEADER, manuscript


def words(text: str) -> list[tuple[str, str]]:
    """Kind and text of the body's segments."""
    found = manuscript(text).segments
    return [(s.kind, s.text) for s in found if s.kind not in {"title", "field"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一行\n第二行", [("paragraph", "第一行第二行")]),
        ("two\nwords", [("paragraph", "two words")]),
        ("第一行  \n第二行", [("paragraph", "第一行\n第二行")]),
        ("**加粗**和*强调*", [("paragraph", "加粗和强调")]),
        ("开展**余场，惠及**万人", [("paragraph", "开展**余场，惠及**万人")]),
        ("*国税局和某市", [("paragraph", "*国税局和某市")]),
        ("# 一 #\n二\n---", [("heading", "一"), ("heading", "二")]),
        ("- 甲\n- 乙\n1. 丙", [("item", "甲"), ("item", "乙"), ("item", "丙")]),
        ("> 【注】甲\n> 乙", [("quote", "【注】甲乙")]),
        ("甲 | 乙\n--- | ---\n丙 | **丁**", [("cell", c) for c in "甲乙丙丁"]),
        ("| 甲 |\n| --- |\n| 丙 |", [("cell", "甲"), ("cell", "丙")]),
        ("![图](a.jpg “某摄”)\n▲说明", [("alt", "图"), ("alt", "某摄"), ("caption", "说明")]),
        ("```\n代码\n```\n正文`码`", [("paragraph", f"正文{LEFT_OUT}")]),
        ("甲<!-- 注\n\n释 -->\n\n乙", [("paragraph", "甲"), ("paragraph", "乙")]),
        ("<p>甲&nbsp;<b>乙</b><br>丙</p>", [("paragraph", "甲\xa0乙\n丙")]),
        ("　　甲\n　　乙", [("paragraph", "甲"), ("paragraph", "乙")]),
        ("    甲", [("paragraph", "甲")]),
        (r"5\*3 a\_b", [("paragraph", "5*3 a_b")]),
        ("见[^1]\n\n[^1]: 注", [("paragraph", "见"), ("paragraph", "注")]),
        ("[a]: http://x.cn/1\n\n甲", [("paragraph", "甲")]),
        ("[甲![乙](b.jpg)](c.md)丙", [("alt", "乙"), ("paragraph", "甲丙")]),
        ("[没有闭合和]多余", [("paragraph", "[没有闭合和]多余")]),
        ("***\n\n甲", [("paragraph", "甲")]),
        ("编号________页", [("paragraph", "编号________页")]),
    ],
)  # fmt: skip
def test_what_words_a_text_has(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(kind, found.strip(" ")) for kind, found in words(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲**乙**](b.md)", ("link", "甲乙", "b.md")),
        ('[甲](<b.md> "题")', ("link", "甲", "b.md")),
        ("[甲](a(1).pdf)", ("link", "甲", "a(1).pdf")),
        ("[甲][乙]", ("link", "甲", "")),
        ("<a class=x href='b.html'>甲</a>", ("link", "甲", "b.html")),
        ("![](a.jpg)", ("picture", "", "a.jpg")),
        ("！[甲]（a.jpg）", ("picture", "甲", "a.jpg")),
        ('<img src=a.jpg alt="甲">', ("picture", "甲", "a.jpg")),
        ("<https://a.cn/x>", ("address", "", "https://a.cn/x")),
        ("见https://a.cn/x。", ("address", "", "https://a.cn/x")),
        ("见www.a.cn。", ("address", "", "www.a.cn")),
    ],
)
def test_links_stand_apart(text: str, expected: tuple[str, str, str]) -> None:
    (link,) = manuscript(text).links
    assert (link.kind, link.text, link.target) == expected


def test_a_mail_address_is_no_text() -> None:
    assert words("写信到a.b@c.cn。") == [("paragraph", f"写信到{LEFT_OUT}。")]


HARD = """\
近年*来*，**全市**
&amp;&lt;各地[链接](a.md)见https://a.cn/1。
- 项目 ![图](b.jpg) 尾

| 甲 | 乙 |
| --- | --- |
| **丙** | 丁\\| |
"""


def test_each_character_knows_its_place() -> None:
    found = manuscript(HARD)
    for segment in found.segments:
        for index, char in enumerate(segment.text):
            if char not in LEFT_OUT + "&< \n":
                assert found.text[segment.offset(index)] == char
    assert found.place(found.text.index("丁")) == (HEADER.count("\n") + 7, 11)


def test_links_know_their_place() -> None:
    found = manuscript(HARD)
    assert [found.text[link.offset :][:2] for link in found.links] == ["[链", "ht", "!["]


def test_fields_are_words_and_dates_are_not() -> None:
    text = (
        "---\ntitle: “甲”\nkicker: '乙'\ndate: 2025-05-03\nsummary: >\n  丙\n  丁\ntags: [戊]\n来源: 己\n"
        "document:\n  number: 庚\nallow:\n  privacy: 辛\n---\n壬"
    )
    assert [(s.kind, s.key, s.text) for s in manuscript(text).segments] == [
        ("title", "title", "甲"),
        ("title", "kicker", "乙"),
        ("field", "summary", "丙"),
        ("field", "summary", "丁"),
        ("field", "tags", "[戊]"),
        ("field", "source", "己"),
        ("field", "document", "庚"),
        ("paragraph", "", "壬"),
    ]


def test_a_text_without_front_matter_is_all_body() -> None:
    found = manuscript("无头稿件。", "_posts/2025-05-03-a.md")
    assert found.segments[-1].text == "无头稿件。"
    assert found.day == "2025-05-03"


def test_hostile_markup_takes_no_long_time() -> None:
    for text in ("[" * 5000, "*a " * 5000, "`" * 5001, "<a " * 5000, "![" * 5000, "| " * 5000):
        assert Manuscript(manuscript("").document, text).segments is not None
