"""Attribute lists."""

import pytest

from .outcome import html_of, problems_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("甲\n{: .note #a }", '<p class="note" id="a">甲</p>'),
        ("甲\n{: class='a b' id=\"c\" }", '<p class="a b" id="c">甲</p>'),
        ("**甲**{: .red }乙", '<p><strong class="red">甲</strong>乙</p>'),
        ("**甲**{.red}乙", '<p><strong class="red">甲</strong>乙</p>'),
        ("## 甲 {#a .b}", '<h2 class="b" id="a">甲</h2>'),
        ("## 甲 {附件}", '<h2 id="甲-附件">甲 {附件}</h2>'),
        ("甲\n\n{: .note }", '<p class="note">甲</p>'),
        ("- 甲 {: .a }\n- 乙", '<ul>\n<li class="a">甲</li>\n<li>乙</li>\n</ul>'),
        ("**甲**{{ page.title }}", "<p><strong>甲</strong>{{ page.title }}</p>"),
        ("{{ x }}", "<p>{{ x }}</p>"),
        ("{: .a }", "<p>{: .a }</p>"),
        ("甲{.a}", "<p>甲{.a}</p>"),
        ('**甲**{: onclick="x()" }', "<p><strong>甲</strong></p>"),
        ("甲\n{: style='color:red' .a }", '<p class="a">甲</p>'),
        (
            "[甲](http://a.cn){: onmouseover=x href=javascript:x }",
            '<p><a href="http://a.cn">甲</a></p>',
        ),
        (
            "``` {.c #a onclick=x}\n甲\n```",
            '<pre id="a"><code class="language-c">甲\n</code></pre>',
        ),
    ],
)
def test_lists(source: str, html: str) -> None:
    assert html_of(source) == html


def test_what_is_ignored_is_said() -> None:
    assert problems_of("首\n\n**甲**{: onclick=x .a style='b' }") == [("attribute-ignored", 3)] * 2
    assert problems_of("**甲**{: .a #b }") == []


def test_tables_align_by_class() -> None:
    html = html_of("| 甲 | 乙 | 丙 | 丁 |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |")
    for tag in ("th", "td"):
        assert [part.split(">")[0] for part in html.split(f"<{tag}")[1:]] == [
            *(f' class="align-{side}"' for side in ("left", "center", "right")),
            "",
        ] or tag == "th"
    assert "style" not in html
