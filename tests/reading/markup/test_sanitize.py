"""Raw HTML: what stays, what goes, what is said about it."""

import pytest

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_html, convert_markdown

from .outcome import cleaned, faults_of, html_of, problems_of


@pytest.mark.parametrize(
    "html",
    [
        '<p class="lead" id="a1">甲</p>',
        '<table><caption>表</caption><tbody><tr><th scope="row">甲</th><td colspan="2" rowspan="3">乙</td></tr></tbody></table>',
        '<details open=""><summary>题</summary>文</details>',
        "<ruby>税<rp>(</rp><rt>shuì</rt><rp>)</rp></ruby>",
        "<p>H<sub>2</sub>O <sup>2</sup> <mark>甲</mark> <u>乙</u> <s>丙</s> <ins>丁</ins> <del>戊</del></p>",
        '<p><abbr title="增值税">VAT</abbr> <time datetime="2025-05-03">五月三日</time></p>',
        '<img src="http://a.cn/a.jpg" alt="图" width="10" height="20">',
        '<ol start="3" reversed="" type="a"><li value="4">甲</li></ol>',
        '<video src="http://a.cn/a.mp4" controls=""></video>',
        '<audio controls=""><source src="http://a.cn/a.mp3" type="audio/mpeg"></audio>',
        '<figure class="figure"><figcaption>图</figcaption></figure>',
        "<section><article><aside>甲</aside></article></section>",
        '<a href="http://a.cn" title="题" target="_blank">甲</a>',
    ],
)
def test_kept(html: str) -> None:
    assert html in cleaned(html)  # tables are put into boxes
    assert convert_html(html, MarkdownSettings()).problems == ()


@pytest.mark.parametrize(
    ("source", "html", "what"),
    [
        ("<p onclick='x()'>甲</p>", "<p>甲</p>", "onclick="),
        ("<script>alert(1)</script><p>甲</p>", "<p>甲</p>", "<script>"),
        ("<style>p{}</style><p>甲</p>", "<p>甲</p>", "<style>"),
        ("<iframe src='http://a.cn'></iframe>甲", "甲", "<iframe>"),
        ("<form action='/x'><input name='a'>甲</form>", "甲", "<form>"),
        ("<svg><text>乙</text></svg>甲", "甲", "<svg>"),
        ("<object data='x'>乙</object>甲", "甲", "<object>"),
        ("<base href='//x'>甲", "甲", "<base>"),
        ("<link rel='stylesheet' href='x'>甲", "甲", "<link>"),
        ("<meta charset='x'>甲", "甲", "<meta>"),
        ("<plaintext>甲", "甲", "<plaintext>"),
        ("<textarea>甲", "甲", "<textarea>"),
        ("<title>甲", "甲", "<title>"),
        ("<p data-x='1'>甲</p>", "<p>甲</p>", "data-x="),
        (
            "<img src='http://a.cn/a.jpg' srcset='b.jpg 2x'>",
            '<img src="http://a.cn/a.jpg">',
            "srcset=",
        ),
    ],
)
def test_removed(source: str, html: str, what: str) -> None:
    assert cleaned(source) == html
    first = convert_html("\n" + source, MarkdownSettings(), 7).problems[0]
    assert (first.code, first.line, first.arguments["what"]) == ("html-removed", 8, what)


@pytest.mark.parametrize(
    ("source", "html", "what"),
    [
        ("<font color='red'>甲</font>", "甲", "<font>"),
        ("<p style='text-indent:2em'>甲</p>", "<p>甲</p>", "style="),
        ("<p style='text-align: center'>甲</p>", '<p class="align-center">甲</p>', "style="),
        ("<p align=center>甲</p>", '<p class="align-center">甲</p>', "align="),
        ("<p class=a align=right>甲</p>", '<p class="a align-right">甲</p>', "align="),
        ("<h2 id=a align='left'>甲</h2>", '<h2 class="align-left" id="a">甲</h2>', "align="),
        ("<p align='justify'>甲</p>", "<p>甲</p>", "align="),
        ("<center>甲</center>", '<div class="align-center">甲</div>', "<center>"),
        ("甲<o:p></o:p>", "甲", "<o:p>"),
        ("<span lang=EN-US>2025</span>", "<span>2025</span>", "lang="),
    ],
)
def test_layout_is_left_out(source: str, html: str, what: str) -> None:
    assert cleaned(source) == html
    problems = convert_html(source, MarkdownSettings()).problems
    assert [(p.code, p.arguments["what"]) for p in problems] == [("html-presentation", what)]


def test_one_warning_a_kind() -> None:
    source = "首\n\n<p style='a'>甲</p>\n\n<p style='b'>乙</p>\n\n<p onclick=x>丙</p>"
    assert problems_of(source) == [("html-presentation", 3), ("html-removed", 7)]


@pytest.mark.parametrize(
    "source",
    [
        "<div>甲",
        "</div></div>甲",
        "甲</p></main></body></html>",
        "<b>甲\n\n乙",
        "<table><tr><td>甲",
        "甲 <!-- 未完",
        "<!-- 注 -->甲",
        "<![CDATA[甲]]>乙",
        "<?php echo 1 ?>甲",
        "<a href='x\n\n甲",
        '<p title="甲\n\n乙',
        "<div markdown=1>\n<div markdown=1>\n甲",
        "<select><option>甲",
        "<svg><style>甲",
        "<math><mi>甲",
        "<body class=x><main>甲",
        "<template><p>甲",
        "<x-y>甲</x-y>",
    ],
)
def test_no_article_breaks_its_page(source: str) -> None:
    for html in (html_of(source), cleaned(source)):
        assert faults_of(html) == []


@pytest.mark.parametrize(
    "source",
    ["<title>甲\n\n乙", "<script>甲\n\n乙", "<div markdown=1>\n<div markdown=1>\n甲\n\n乙"],
)
def test_what_is_not_closed_does_not_swallow_the_rest(source: str) -> None:
    assert "乙" in html_of(source)


def test_markdown_without_raw_html_is_not_sanitised() -> None:
    # The sanitiser would write `controls=""`.
    assert "controls " in html_of("![片](a.mp4)")
    assert 'controls=""' in html_of("![片](a.mp4)\n\n<br>")


def test_entities_and_code_are_no_raw_html() -> None:
    assert (
        html_of("甲&nbsp;乙&lt;b&gt; `<b>`") == "<p>甲&nbsp;乙&lt;b&gt; <code>&lt;b&gt;</code></p>"
    )
    assert html_of("```\n<b onclick=x>\n```") == "<pre><code>&lt;b onclick=x&gt;\n</code></pre>"
    assert problems_of("`<script>`\n\n```\n<script>\n```") == []


def test_trusted_html_stays_but_links_are_checked() -> None:
    source = "<p style='color:red' onclick='x()'>甲<a href=' javascript:x'>乙</a></p>"
    html = "<p style='color:red' onclick='x()'>甲<a>乙</a></p>"
    for convert in (convert_markdown, convert_html):
        converted = convert(source, MarkdownSettings(html="trusted"))
        assert "".join(converted.body.html) == html
        assert [p.code for p in converted.problems] == ["link-scheme"]


def test_markdown_in_html() -> None:
    html = html_of('<div class="box" markdown="1">\n**甲**\n\n- 乙\n</div>')
    assert html == '<div class="box">\n<p><strong>甲</strong></p>\n<ul>\n<li>乙</li>\n</ul>\n</div>'


def test_too_deep() -> None:
    for convert in (convert_markdown, convert_html):
        converted = convert("<div>" * 5000, MarkdownSettings(), 4)
        assert [(p.severity, p.code, p.line) for p in converted.problems] == [
            ("error", "markup-too-deep", 4)
        ]
        assert converted.body.html == ("",)
    assert problems_of("- " * 600 + "甲") == [("markup-too-deep", 1)]
    assert html_of("- 甲") == "<ul>\n<li>甲</li>\n</ul>"
    assert html_of("<p>" * 1000 + "甲") != ""
