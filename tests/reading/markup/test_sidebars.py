"""Sidebars."""

import pytest

from .outcome import html_of


def aside(title: str, rest: str) -> str:
    return f'<aside class="sidebar">\n<p class="sidebar-title">{title}</p>\n{rest}</aside>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("> 【记者手记】\n> 正文", aside("记者手记", "<p>正文</p>\n")),
        ("> 【记者手记】正文", aside("记者手记", "<p>正文</p>\n")),
        ("> 【记者手记】\n>\n> 一\n>\n> 二", aside("记者手记", "<p>一</p>\n<p>二</p>\n")),
        ("> **【手记】**\n> 正文", aside("手记", "<p>正文</p>\n")),
        ("> 【手记】**要点**在此", aside("手记", "<p><strong>要点</strong>在此</p>\n")),
        ("> 【链接】\n>\n> - 甲\n> - 乙", aside("链接", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n")),
        ("> 引文【注】", "<blockquote>\n<p>引文【注】</p>\n</blockquote>"),
        ("> 引文", "<blockquote>\n<p>引文</p>\n</blockquote>"),
        ("【不是引文】", "<p>【不是引文】</p>"),
    ],
)
def test_sidebars(source: str, html: str) -> None:
    assert html_of(source) == html


def test_switched_off() -> None:
    assert html_of("> 【题】文", sidebars=False) == "<blockquote>\n<p>【题】文</p>\n</blockquote>"
