"""Links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_html, convert_markdown
from gazette.reading.markup.references import judge
from gazette.reading.model import Reference

from .outcome import cleaned, html_of, problems_of


def references_of(source: str) -> tuple[Reference, ...]:
    return convert_markdown(source, MarkdownSettings()).body.references


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("[甲](b.md)", Reference("href", "b.md", 1)),
        ("甲\n\n[甲](../x/b.md#part?y)", Reference("href", "../x/b.md#part?y", 3)),
        ("[甲](/category/x.html)", Reference("href", "/category/x.html", 1)),
        ("[甲](a.html?x=1&y=2)", Reference("href", "a.html?x=1&y=2", 1)),
        ("[甲](<报告 2025.pdf>)", Reference("href", "报告 2025.pdf", 1)),
        ("[甲][1]\n\n[1]: b.md", Reference("href", "b.md", 3)),
        ("![图](a.jpg)", Reference("src", "a.jpg", 1, "alone")),
        ("见a.jpg。\n\n![图](a.jpg)", Reference("src", "a.jpg", 3, "alone")),
        (
            '<div class="gallery"><img src="http://a.cn/b.jpg"><img src="a.jpg"></div>',
            Reference("src", "a.jpg", 1, "gallery"),
        ),
        ("<video src='http://a.cn/x' poster='p.jpg'></video>", Reference("poster", "p.jpg", 1)),
        ("<a href=b.md>甲</a>", Reference("href", "b.md", 1)),
        ('[甲](b:c.md "题")\n[甲](乙:丙.md)', Reference("href", "乙:丙.md", 2)),
    ],
)
def test_inside(source: str, reference: Reference) -> None:
    assert references_of(source) == (reference,)


def test_cut_holds_the_whole_attribute() -> None:
    body = convert_markdown('[甲](b.md "题")和![](a.jpg)', MarkdownSettings()).body
    assert body.html == ("<p><a", ' title="题">甲</a>和<img alt=""', "></p>")


def test_same_target_on_several_lines() -> None:
    lines = [
        reference.line for reference in references_of("[甲](b.md)\n\n[乙](b.md)\n\n\n[丙](b.md)")
    ]
    assert lines == [1, 3, 6]


def test_lines_count_from_the_first_line() -> None:
    converted = convert_markdown("\n[甲](b.md)", MarkdownSettings(), 10)
    assert converted.body.references[0].line == 11


@pytest.mark.parametrize(
    "address",
    [
        "http://a.cn/x",
        "https://a.cn",
        "//a.cn/x",
        "mailto:a@b.cn",
        "tel:12366",
        "#part",
        "HTTP://A.CN",
    ],
)
def test_outside(address: str) -> None:
    assert html_of(f"[甲]({address})") == f'<p><a href="{address}">甲</a></p>'
    assert cleaned(f'<a href="{address}">甲</a>') == f'<a href="{address}">甲</a>'


def test_autolinks() -> None:
    assert html_of("<http://a.cn/?x=1&y=2>").startswith('<p><a href="http://a.cn/?x=1&amp;y=2">')
    assert "mailto" in html_of("<a@b.cn>") or "&#109;" in html_of("<a@b.cn>")
    assert problems_of("<a@b.cn>") == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "&#1;javascript:alert(1)",
        "java&#10;script:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///c:/x",
        "ftp://a.cn",
        "intent:x",
    ],
)
def test_refused(address: str) -> None:
    for html in (html_of(f"[甲](<{address}>)"), html_of(f"甲\n[甲][1]\n\n[1]: <{address}>")):
        assert "script" not in html.replace("&lt;", "").split("<a")[-1].split(">")[0]
    assert cleaned(f'<a href="{address}">甲</a>') == "<a>甲</a>"
    assert ("link-scheme", 1) in problems_of(f'<a href="{address}">甲</a>')


@pytest.mark.parametrize(
    "source", ["[甲](javascript:x)", "![甲](data:x)", "<javascript://x>", "[甲](foo:x)"]
)
def test_refused_in_markdown(source: str) -> None:
    assert problems_of("首\n\n" + source) == [("link-scheme", 3)]
    assert references_of(source) == ()


@pytest.mark.parametrize("address", [r"C:\图\a.jpg", "D:/a.jpg", r"\\\\server\a.jpg"])
def test_files_on_a_drive(address: str) -> None:
    assert problems_of(f"首\n\n![图]({address})") == [("link-local-file", 3)]
    assert references_of(f"![图]({address})") == ()


def test_files_on_a_drive_in_raw_html() -> None:
    assert problems_of(r"<img src='C:\a.jpg'>") == [("link-local-file", 1)]


def test_backslashes() -> None:
    assert references_of(r"![图](images\a.jpg)") == (Reference("src", "images/a.jpg", 1, "alone"),)
    assert problems_of("首\n\n![图](images\\a.jpg)") == [("link-backslash", 3)]
    assert html_of(r"[甲](http:\\a.cn\x)") == '<p><a href="http://a.cn/x">甲</a></p>'
    assert judge(r"/\evil.cn").kind == "outside"


def test_empty() -> None:
    assert html_of("[甲]()") == "<p><a>甲</a></p>"
    assert problems_of("[甲]()") == [("link-empty", 1)]


@pytest.mark.parametrize(
    "source",
    [
        '![x src="y"](http://a.cn/a.jpg)',
        "[甲](http://a.cn \"href='b.md'\")",
        '<p title="<a href=x>">甲</p>',
    ],
)
def test_addresses_in_other_attributes_are_no_links(source: str) -> None:
    assert references_of(source) == ()


def test_links_in_trusted_scripts_and_comments_are_text() -> None:
    source = "<script>x = '<a href=\"b.md\">'</script><!-- <img src=c.jpg> -->"
    assert convert_html(source, MarkdownSettings(html="trusted")).body.html == (source,)


def test_html_documents() -> None:
    converted = convert_html(
        "<p>甲</p>\n<img src=a.jpg><a href='b.html'>乙</a>", MarkdownSettings(), 3
    )
    assert converted.body.references == (
        Reference("src", "a.jpg", 4, "alone"),
        Reference("href", "b.html", 4),
    )
    assert converted.picture == "a.jpg"


@given(st.text(alphabet="javscript:/\\#?.&; \t\nhtpfile甲", max_size=24))
def test_inside_is_never_a_scheme(value: str) -> None:
    verdict = judge(value)
    if verdict.kind == "inside":
        assert judge(verdict.target).kind == "inside"
        assert not verdict.target.startswith("//")
