"""Pictures as pages show them."""

import re
from collections.abc import Callable

import pytest

from gazette.media.model import Shown
from gazette.pages.picture_markup import Markup
from tests.conftest import CONFIG, Site
from tests.media.photographs import encoded, halves, photograph

MakeSite = Callable[..., Site]
PHOTO = photograph(1000, 600)
SHOWN = Shown("media/a.jpg", 1000, 600, (400, 800), "jpeg", ("jpeg", "webp"))
SIZES = {"body": "50vw", "gallery": "(min-width: 9em) 9em, 1em"}


def put(before: str, after: str, shown: Shown = SHOWN, first: bool = True, **more: bool) -> str:
    markup = Markup("../", SIZES, more.get("plain", False))
    return "".join(markup.put(before, after, shown, "body", first))


def test_a_photograph_in_a_text() -> None:
    assert put('<p><img alt="图"', ' title="题" /></p>', first=False) == (
        '<p><picture><source type="image/webp" srcset="../media/a-400w.webp 400w,'
        ' ../media/a-800w.webp 800w, ../media/a-1000w.webp 1000w" sizes="50vw">'
        '<img alt="图" src="../media/a.jpg" srcset="../media/a-400w.jpg 400w,'
        ' ../media/a-800w.jpg 800w, ../media/a.jpg 1000w" sizes="50vw" width="1000" height="600"'
        ' loading="lazy" decoding="async" title="题" /></picture></p>'
    )


def test_the_first_picture_is_not_lazy() -> None:
    assert "lazy" not in put("<img", ">")


def test_without_copies_there_is_only_the_size() -> None:
    shown = Shown("media/a.gif", 30, 20, (), "gif", ())
    assert put("<img", ">", shown) == '<img src="../media/a.gif" width="30" height="20">'
    unknown = Shown("media/a.svg", 0, 0, (), "svg", ())
    assert put("<img", ">", unknown) == '<img src="../media/a.svg">'


def test_without_webp_the_copies_are_in_the_original_format() -> None:
    shown = Shown("media/a.jpg", 1000, 600, (400,), "jpeg", ("jpeg",))
    assert "<picture>" not in put("<img", ">", shown)
    assert 'srcset="../media/a-400w.jpg 400w, ../media/a.jpg 1000w"' in put("<img", ">", shown)


def test_png_has_webp_beside_it() -> None:
    shown = Shown("media/a.png", 1000, 600, (400,), "png", ("webp",))
    html = put("<img", ">", shown)
    assert 'srcset="../media/a.png-400w.webp 400w, ../media/a.png-1000w.webp 1000w"' in html
    assert '<img src="../media/a.png" width' in html


def test_webp_needs_no_picture_element() -> None:
    shown = Shown("media/a.webp", 1000, 600, (400,), "webp", ("webp",))
    html = put("<img", ">", shown)
    assert "<picture>" not in html
    assert 'srcset="../media/a.webp-400w.webp 400w, ../media/a.webp 1000w"' in html


@pytest.mark.parametrize(
    ("after", "kept", "absent"),
    [
        (' width="30">', 'width="30"', "height="),
        (" loading=eager>", "loading=eager", "lazy"),
        (' srcset="x 2x">', 'srcset="x 2x"', "picture"),
        (' data-a=">">', 'data-a=">"', "nothing"),
    ],
)
def test_what_the_author_wrote_stands(after: str, kept: str, absent: str) -> None:
    html = put("<img", after + "字", first=False)
    assert kept in html
    assert absent not in html
    assert html.endswith("字")


@pytest.mark.parametrize(
    ("before", "tag"),
    [("", '<img alt="a <img b"'), ("<p title='<img '>", "<img"), ("", '<img alt="<img "')],
)
def test_the_tag_is_found_whatever_stands_in_quotes(before: str, tag: str) -> None:
    html = put(before + tag, ">")
    assert html.startswith(f"{before}<picture><source ")
    assert f'50vw">{tag} src="../media/a.jpg"' in html
    assert html.endswith('height="600"></picture>')


def test_feeds_have_the_original_only() -> None:
    html = put("<img", ">", first=False, plain=True)
    assert html == '<img src="../media/a.jpg" width="1000" height="600">'


# In a site


def test_pages_feeds_and_metadata(make_site: MakeSite) -> None:
    site = make_site({"content/articles/图 1.jpg": PHOTO, "content/articles/b.jpg": PHOTO})
    site.article("x", "![图](<图 1.jpg>)\n\n文\n\n![图](b.jpg)").built()
    page = site.page("2025/05/x.html")
    first, second = re.findall(r"<img[^>]*>", page)
    assert "lazy" not in first
    assert 'loading="lazy"' in second
    assert "media/articles/%E5%9B%BE%201-400w.webp 400w" in page
    assert "style=" not in page
    full = "https://example.com/media/articles/%E5%9B%BE%201.jpg"
    assert f'<meta property="og:image" content="{full}">' in page
    assert f'"image":["{full}"]' in page
    feed = site.page("feed.xml")
    assert full in feed
    assert "webp" not in feed
    assert "lazy" not in feed
    files = site.files()
    for address in re.findall(r'(?:src|srcset)="([^"]*)"', page):
        for part in address.split(", "):
            path = part.split(" ")[0].replace("../../", "").replace("%E5%9B%BE%201", "图 1")
            assert path in files or path.startswith("http"), path


def test_galleries_have_sizes_of_their_own(make_site: MakeSite) -> None:
    theme = "extends: base\npictures: {body: 50vw, gallery: 10vw}\n"
    config = CONFIG.replace("theme: base", "theme: own")
    site = make_site({
        "config.yaml": config, "themes/own/theme.yaml": theme,
        "content/articles/a.jpg": PHOTO, "content/articles/b.jpg": PHOTO,
    })  # fmt: skip
    site.article("x", "![一](a.jpg)\n![二](b.jpg)\n\n文\n\n![三](a.jpg)").built()
    page = site.page("2025/05/x.html")
    assert re.findall(r'<img[^>]* sizes="([^"]*)"', page) == ["10vw", "10vw", "50vw"]


def test_other_sizes_in_the_theme_change_the_pages(make_site: MakeSite) -> None:
    config = CONFIG.replace("theme: base", "theme: own")
    site = make_site({
        "config.yaml": config, "themes/own/theme.yaml": "extends: base\n",
        "content/articles/a.jpg": PHOTO,
    })  # fmt: skip
    site.article("x", "![一](a.jpg)").built()
    site.write({"themes/own/theme.yaml": "extends: base\npictures: {body: 7vw}\n"}).built()
    assert 'sizes="7vw"' in site.page("2025/05/x.html")


def test_pictures_of_other_hosts_are_left_alone(make_site: MakeSite) -> None:
    site = make_site().article("x", "![图](https://example.org/a.jpg)").built()
    assert '<img alt="图" src="https://example.org/a.jpg">' in site.page("2025/05/x.html")


def test_covers_of_the_portal(make_site: MakeSite) -> None:
    config = CONFIG.replace("theme: base", "theme: portal")
    site = make_site({"config.yaml": config, "content/articles/a.jpg": PHOTO})
    site.write({"content/topics/t.md": "---\ntitle: 专题\ncover: ../articles/a.jpg\n---\n文\n"})
    site.write({"content/bureaus/leshan.md": "---\ncover: ../articles/a.jpg\n---\n文\n"})
    site.article("x", cover="a.jpg", topics="[专题]", categories="[要闻]")
    site.article("y", cover="https://example.org/y.jpg").built()
    for path in ("index.html", "topic/t.html", "bureau/leshan/index.html"):
        page = site.page(path)
        assert 'type="image/webp" srcset="' in page, path
        assert 'width="1000" height="600" alt=""' in page, path
    assert '<img src="https://example.org/y.jpg" alt=""' in site.page("index.html")


def test_a_drawing_has_its_size(make_site: MakeSite) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"></svg>'
    gif = encoded(halves(700, 300), "GIF")
    site = make_site({"content/articles/a.svg": svg, "content/articles/b.gif": gif})
    site.article("x", "![图](a.svg)\n\n![图](b.gif)").built()
    page = site.page("2025/05/x.html")
    assert 'a.svg" width="30" height="20"' in page
    assert 'b.gif" width="700" height="300" loading="lazy"' in page
    assert site.files()["media/articles/b.gif"] == gif
