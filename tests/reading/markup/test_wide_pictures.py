"""Pictures typed with full-width marks."""

import pytest

from .outcome import html_of, problems_of

FIGURE = '<figure class="figure"><img alt="图" src="a.jpg"><figcaption>图</figcaption>\n</figure>'


@pytest.mark.parametrize(
    "source",
    [
        "！[图](a.jpg)",
        "![图]（a.jpg）",
        "！[图]（a.jpg）",
        "![图](a.jpg）",
        "！［图］（a.jpg）",
        "![图]（ a.jpg ）",
    ],
)
def test_read_as_pictures(source: str) -> None:
    assert html_of(source) == FIGURE
    assert problems_of("首段\n\n" + source) == [("wide-picture", 3)]


@pytest.mark.parametrize(
    "source", ["![图]（a.jpg “张三 摄”）", "![图](a.jpg “张三 摄”)", '！[图](a.jpg "张三 摄")']
)
def test_credits_in_chinese_quotes(source: str) -> None:
    assert '<span class="credit">张三 摄</span>' in html_of(source)
    assert problems_of(source) == [("wide-picture", 1)]


@pytest.mark.parametrize(
    "source",
    [
        "![图](a.jpg)",
        '![图](a.jpg "张三 摄")',
        "`！[图](a.jpg)`",
        "```\n！[图](a.jpg)\n```",
        "好！[1] （注）",
        "[文]（甲）",
    ],
)
def test_left_alone(source: str) -> None:
    assert problems_of(source) == []
    assert html_of(source) == html_of(source, wide_pictures=False)


def test_switched_off() -> None:
    assert (
        html_of("！[图](http://a.cn/a.jpg)", wide_pictures=False)
        == '<p>！<a href="http://a.cn/a.jpg">图</a></p>'
    )
