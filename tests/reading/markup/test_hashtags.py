"""`#` with and without a space."""

import pytest

from .outcome import html_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("#春风行动#", "<p>#春风行动#</p>"),
        ("#春风行动# 启动", "<p>#春风行动# 启动</p>"),
        ("#标题", "<p>#标题</p>"),
        ("## 标题", '<h2 id="标题">标题</h2>'),
        ("##\u3000标题", '<h2 id="标题">标题</h2>'),
        ("## 标题 ##", '<h2 id="标题">标题</h2>'),
        ("## C#", '<h2 id="c">C#</h2>'),
        ("## #话题# 汇总", '<h2 id="话题-汇总">#话题# 汇总</h2>'),
        ("甲\n## 标题\n乙", '<p>甲</p>\n<h2 id="标题">标题</h2>\n<p>乙</p>'),
        ("####### 七", "<p>####### 七</p>"),
        ("#", "<p>#</p>"),
        ("\\## 甲", "<p>## 甲</p>"),
        ("标题\n---", '<h2 id="标题">标题</h2>'),
        ("> ## 标题", '<blockquote>\n<h2 id="标题">标题</h2>\n</blockquote>'),
    ],
)
def test_headings(source: str, html: str) -> None:
    assert html_of(source) == html


def test_switched_off() -> None:
    assert html_of("##标题", hashtags=False) == '<h2 id="标题">标题</h2>'
