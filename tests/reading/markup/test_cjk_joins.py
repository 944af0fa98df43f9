"""Soft line breaks between Chinese characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.reading.markup.cjk_joins import is_wide, join_lines

from .outcome import cleaned, html_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("办税服务\n大厅", "<p>办税服务大厅</p>"),
        ("一、\n二。", "<p>一、二。</p>"),
        ("**甲**\n乙", "<p><strong>甲</strong>乙</p>"),
        ("甲\n**乙**", "<p>甲<strong>乙</strong></p>"),
        ("**甲\n乙**", "<p><strong>甲乙</strong></p>"),
        ("[甲](http://a.cn)\n乙", '<p><a href="http://a.cn">甲</a>乙</p>'),
        ("甲\n[乙](http://a.cn)", '<p>甲<a href="http://a.cn">乙</a></p>'),
        ("**_甲_**\n_**乙**_", "<p><strong><em>甲</em></strong><em><strong>乙</strong></em></p>"),
        ("建设\n“四个一”工程", "<p>建设“四个一”工程</p>"),
        ("“税邮驿”\n工作站", "<p>“税邮驿”工作站</p>"),
        ("甲\nabc", "<p>甲\nabc</p>"),
        ("abc\n甲", "<p>abc\n甲</p>"),
        ("abc\ndef", "<p>abc\ndef</p>"),
        ("한국\n세금", "<p>한국\n세금</p>"),
        ("甲  \n乙", "<p>甲<br>\n乙</p>"),
        ("甲\\\n乙", "<p>甲<br>\n乙</p>"),
        ("甲 \n 乙", "<p>甲乙</p>"),
        ("> 甲\n> 乙", "<blockquote>\n<p>甲乙</p>\n</blockquote>"),
        ("- 甲\n  乙", "<ul>\n<li>甲乙</li>\n</ul>"),
        ("`甲\n乙`", "<p><code>甲\n乙</code></p>"),
        ("```\n甲\n乙\n```", "<pre><code>甲\n乙\n</code></pre>"),
        ("甲\n\n乙", "<p>甲</p>\n<p>乙</p>"),
    ],
)
def test_breaks(source: str, html: str) -> None:
    assert html_of(source) == html


def test_switched_off() -> None:
    assert html_of("甲\n乙", cjk_joins=False) == "<p>甲\n乙</p>"


def test_numbers_join_where_the_text_sets_no_spaces() -> None:
    tight = "共7个科室，3个单位，下辖12个分局。举办培训班3\n期，参加5\n人"
    assert html_of(tight) == f"<p>{tight.replace(chr(10), '')}</p>"
    loose = "共 7 个科室，3 个单位，下辖 12 个分局。举办培训班 3\n期"
    assert "3\n期" in html_of(loose)
    assert "3\n期" in html_of("第3\n期")


def test_raw_html_is_joined_too() -> None:
    assert cleaned("<p>甲\n乙</p>\n<pre>甲\n乙</pre>") == "<p>甲乙</p>\n<pre>甲\n乙</pre>"


def test_wide_characters() -> None:
    assert all(map(is_wide, "中。《０Ａ"))
    assert not any(map(is_wide, "a1한ᄀㄱ é"))


@given(st.text(alphabet="甲乙，“a1 \n", max_size=40))
def test_joins_keep_all_but_white_space(text: str) -> None:
    joined = join_lines(text)
    assert "".join(joined.split()) == "".join(text.split())
    assert joined.count("\n") <= text.count("\n")
