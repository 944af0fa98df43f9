"""Figures, galleries, videos."""

import pytest

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_markdown

from .outcome import html_of


def figure(content: str) -> str:
    return f'<figure class="figure">{content}</figure>'


IMG = '<img alt="图" src="a.jpg">'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("![图](a.jpg)", figure(IMG + "<figcaption>图</figcaption>\n")),
        ("![](a.jpg)", figure('<img alt="" src="a.jpg">')),
        (
            '![图](a.jpg "张三 摄")',
            figure(IMG + '<figcaption>图<span class="credit">张三 摄</span></figcaption>\n'),
        ),
        (
            '![](a.jpg "张三 摄")',
            figure(
                '<img alt="" src="a.jpg"><figcaption><span class="credit">张三 摄</span></figcaption>\n'
            ),
        ),
        ("![图](a.jpg)\n▲现场", figure(IMG + "<figcaption>现场</figcaption>\n")),
        ("![图](a.jpg)\n\n▲ 现场", figure(IMG + "<figcaption>现场</figcaption>\n")),
        (
            "![](a.jpg)\n△现场",
            figure('<img alt="现场" src="a.jpg"><figcaption>现场</figcaption>\n'),
        ),
        ("![图](a.jpg)  \n▲现场", figure(IMG + "<figcaption>现场</figcaption>\n")),
        (
            "![图](a.jpg)\n▲现场**甲**乙",
            figure(IMG + "<figcaption>现场<strong>甲</strong>乙</figcaption>\n"),
        ),
        (
            "[![图](a.jpg)](http://a.cn)",
            figure(f'<a href="http://a.cn">{IMG}</a><figcaption>图</figcaption>\n'),
        ),
        (
            "![图](a.jpg){: .wide #p1 }",
            figure('<img alt="图" class="wide" id="p1" src="a.jpg"><figcaption>图</figcaption>\n'),
        ),
        (
            "![图][1]\n\n[1]: a.jpg '张三 摄'",
            figure(IMG + '<figcaption>图<span class="credit">张三 摄</span></figcaption>\n'),
        ),
        ("　　![图](a.jpg)", figure(IMG + "<figcaption>图</figcaption>\n")),
        ("前![图](a.jpg)后", f"<p>前{IMG}后</p>"),
        ("- ![图](a.jpg)", f"<ul>\n<li>{IMG}</li>\n</ul>"),
        (
            "前\n![图](a.jpg)\n▲现场\n后",
            f"<p>前</p>\n{figure(IMG + '<figcaption>现场</figcaption>' + chr(10))}\n<p>后</p>",
        ),
        ("▲不在图下", "<p>▲不在图下</p>"),
    ],
)
def test_figures(source: str, html: str) -> None:
    assert html_of(source) == html


def test_figures_switched_off() -> None:
    assert html_of("![图](a.jpg)", figures=False) == f"<p>{IMG}</p>"


def gallery(*figures: str) -> str:
    return '<div class="gallery">\n' + "\n".join(figures) + "\n</div>"


ONE = figure('<img alt="一" src="1.jpg"><figcaption>一</figcaption>\n')
TWO = figure('<img alt="二" src="2.jpg"><figcaption>二</figcaption>\n')


@pytest.mark.parametrize(
    "source",
    [
        "![一](1.jpg)\n![二](2.jpg)",
        "![一](1.jpg) ![二](2.jpg)",
        "![一](1.jpg)![二](2.jpg)",
        "![一](1.jpg)\n▲一\n![二](2.jpg)\n▲二",
        "![一](1.jpg)\n![二](2.jpg)\n\n▲二",
        "![一](1.jpg)  \n![二](2.jpg)",
    ],
)
def test_galleries(source: str) -> None:
    assert html_of(source) == gallery(ONE, TWO)


def test_galleries_among_text() -> None:
    assert (
        html_of("前\n![一](1.jpg)\n![二](2.jpg)\n后")
        == f"<p>前</p>\n{gallery(ONE, TWO)}\n<p>后</p>"
    )
    assert html_of("![一](1.jpg)\n\n![二](2.jpg)") == f"{ONE}\n{TWO}"


def test_galleries_switched_off() -> None:
    html = html_of("![一](1.jpg)\n![二](2.jpg)", galleries=False)
    assert html == '<p><img alt="一" src="1.jpg">\n<img alt="二" src="2.jpg"></p>'


@pytest.mark.parametrize(
    ("address", "tag"),
    [
        ("a.mp4", "video"),
        ("a.WEBM", "video"),
        ("a.ogv", "video"),
        ("http://a.cn/a.m4v?x=1", "video"),
        ("a.mp3", "audio"),
        ("a.m4a", "audio"),
        ("a.ogg", "audio"),
        ("a.wav#t=5", "audio"),
    ],
)
def test_videos_and_sound(address: str, tag: str) -> None:
    assert html_of(f"![片]({address})") == (
        f'<figure class="{tag}">\n'
        f'<{tag} aria-label="片" controls preload="metadata" src="{address}" title="片"></{tag}>\n'
        "<figcaption>片</figcaption>\n</figure>"
    ).replace("\n<audio", "<audio").replace("</audio>\n", "</audio>")


def test_videos_with_captions_inline_and_off() -> None:
    html = html_of('![片](a.mp4 "李四 摄")\n▲说明')
    assert '<figcaption>说明<span class="credit">李四 摄</span></figcaption>' in html
    assert html_of("见![片](a.mp4)。").startswith('<p>见<video aria-label="片" controls')
    assert html_of("![](a.mp4)").count("title") == 0
    assert html_of("![片](a.mp4)", videos=False).count("<img") == 1
    assert 'class="video"' in html_of("![片](a.mp4)", figures=False)
    assert 'class="video"' in html_of("![片](a.mp4)\n![图](a.jpg)")


@pytest.mark.parametrize(
    ("source", "picture"),
    [
        ("文\n\n![图](a/b.jpg)\n\n![图](c.jpg)", "a/b.jpg"),
        ("![片](a.mp4)\n\n![图](c.jpg)", "c.jpg"),
        ("![图](http://a.cn/c.jpg)", "http://a.cn/c.jpg"),
        ('<img src="r.jpg">', "r.jpg"),
        ("![图](javascript:1)", None),
        ("无图", None),
    ],
)
def test_first_picture(source: str, picture: str | None) -> None:
    assert convert_markdown(source, MarkdownSettings()).picture == picture
