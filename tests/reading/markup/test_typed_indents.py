"""Indents typed at the head of paragraphs."""

import pytest

from .outcome import html_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("　　甲", "<p>甲</p>"),
        ("&nbsp;&nbsp;&nbsp;&nbsp;甲", "<p>甲</p>"),
        ("&emsp;&emsp;甲", "<p>甲</p>"),
        ("\u00a0\u00a0甲", "<p>甲</p>"),
        ("    甲", "<p>甲</p>"),
        ("\t甲", "<p>甲</p>"),
        ("\t\t甲\n\t乙", "<p>甲乙</p>"),
        ("        甲\n\n        乙", "<p>甲</p>\n<p>乙</p>"),
        ("　　甲\n　　乙", "<p>甲</p>\n<p>乙</p>"),
        ("甲\n乙\n　　丙\n丁", "<p>甲乙</p>\n<p>丙丁</p>"),
        ("　　# 标题", '<h2 id="标题">标题</h2>'),
        ("> 　　甲", "<blockquote>\n<p>甲</p>\n</blockquote>"),
        ("- 　　甲", "<ul>\n<li>甲</li>\n</ul>"),
        ("&nbsp;\n\n甲", "<p>甲</p>"),
        ("　　\n\n甲", "<p>甲</p>"),
        ("    - 甲\n        - 乙", "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>"),
        ("```\n    甲\n```", "<pre><code>    甲\n</code></pre>"),
        ("甲&nbsp;乙", "<p>甲&nbsp;乙</p>"),
    ],
)
def test_indents(source: str, html: str) -> None:
    assert html_of(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("- 甲\n\n    续", "<ul>\n<li>\n<p>甲</p>\n<p>续</p>\n</li>\n</ul>"),
        ("- 甲\n    - 乙", "<ul>\n<li>甲<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>"),
        ("词\n:   义\n\n    续", "<dl>\n<dt>词</dt>\n<dd>\n<p>义</p>\n<p>续</p>\n</dd>\n</dl>"),
    ],
)
def test_four_spaces_go_on_meaning_part_of_the_item(source: str, html: str) -> None:
    assert html_of(source) == html


def test_footnotes_continue() -> None:
    html = html_of("甲[^1]\n\n[^1]: 注\n\n    续")
    assert "<p>注</p>" in html
    assert "<p>续" in html


def test_switched_off() -> None:
    assert html_of("    code", typed_indents=False) == "<pre><code>code\n</code></pre>"
