"""Links as authors write them, and where they lead."""

from collections.abc import Callable

import pytest

from gazette.pages.site_pages import SitePages
from tests.conftest import PNG, Site
from tests.site.layout import found, laid_out, only

MakeSite = Callable[..., Site]
ARTICLE = "---\ntitle: 文\ndate: 2025-05-03\n---\n\n"
FILES = {
    "content/articles/photo.jpg": PNG,
    "content/articles/名单 1.pdf": b"pdf",
    "content/articles/50%25.txt": b"txt",
    "content/articles/bundle/index.md": ARTICLE + "文。\n",
    "content/articles/bundle/Photo.JPG": PNG,
    "content/articles/later.md": ARTICLE.replace("2025", "2027") + "文。\n",
    "content/articles/draft.md": "---\ntitle: 稿\ndraft: true\n---\n文。\n",
    "content/articles/old.md": ARTICLE.replace("---\n\n", "expires: 2025-06-01\n---\n\n")
    + "文。\n",
    "content/articles/other.md": ARTICLE + "文。\n",
    "content/pages/about.md": "---\ntitle: 关于\n---\n关于。\n",
    "content/static/img/Seal.png": PNG,
    "content/static/list.html": b"<p>x</p>",
}


def leads(make_site: MakeSite, target: str, folder: str = "articles") -> tuple[str, SitePages]:
    """Where a link in an article leads, and the whole site."""
    file = f"content/{folder}/a.md"
    site = make_site({**FILES, file: f"{ARTICLE}文[字]({target})。\n"})
    pages = laid_out(site)
    ((_, href),) = pages.links.resolved[file.removeprefix("content/")]
    return href, pages


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("other.md", "2025/05/other.html"),
        ("./other.md#a", "2025/05/other.html#a"),
        ("other.md?x=1#a", "2025/05/other.html?x=1#a"),
        ("bundle/index.md", "2025/05/bundle.html"),
        ("bundle/", "2025/05/bundle.html"),
        ("bundle", "2025/05/bundle.html"),
        ("../pages/about.md", "about.html"),
        ("photo.jpg", "media/articles/photo.jpg"),
        ("%E5%90%8D%E5%8D%95%201.pdf", "media/articles/%E5%90%8D%E5%8D%95%201.pdf"),
        ("<名单 1.pdf>", "media/articles/%E5%90%8D%E5%8D%95%201.pdf"),
        ("50%25.txt", "media/articles/50%2525.txt"),
        ("bundle/Photo.JPG", "media/articles/bundle/Photo.JPG"),
        ("/", "index.html"),
        ("/about", "about.html"),
        ("/about.html#top", "about.html#top"),
        ("/about.md", None),
        ("/pages/about.md", "about.html"),
        ("/content/pages/about.md", "about.html"),
        ("/archive/", "archive/index.html"),
        ("/archive", "archive/index.html"),
        ("/bureau/leshan/", "bureau/leshan/index.html"),
        ("/img/Seal.png", "img/Seal.png"),
        ("../static/img/Seal.png", "img/Seal.png"),
        ("/list.html", "list.html"),
        ("/feed.xml", "feed.xml"),
        ("/../about", "about.html"),
        ("other.html", "2025/05/other.html"),
        ("../../archive/2025/05", "archive/2025/05.html"),
        ("?page=2", "2025/05/a.html?page=2"),
        (".", None),
    ],
)
def test_a_link_leads(make_site: MakeSite, target: str, href: str | None) -> None:
    got, pages = leads(make_site, target)
    assert got == (href or "")
    assert [code for code, _, _ in found(pages)] == ([] if href else ["link-missing"])


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("othre.md", "other.md"),
        ("bundle/Photo1.JPG", "bundle/Photo.JPG"),
        ("../pages/abuot.md", "../pages/about.md"),
        ("/img/Seals.png", "/img/Seal.png"),
        ("www.example.com/a", "https://www.example.com/a"),
        ("nowhere/at/all.md", ""),
    ],
)
def test_a_missing_target_is_an_error_with_a_guess(
    make_site: MakeSite, target: str, near: str
) -> None:
    href, pages = leads(make_site, target)
    problem = only(pages)
    assert href == ""
    assert (problem.severity, problem.code) == ("error", "link-missing")
    assert (problem.file, problem.line) == ("content/articles/a.md", 6)
    assert (problem.arguments["target"], problem.arguments["near"]) == (target, near)


@pytest.mark.parametrize(
    ("target", "right", "href"),
    [
        ("Other.MD", "other.md", "2025/05/other.html"),
        ("Bundle/photo.jpg", "bundle/Photo.JPG", "media/articles/bundle/Photo.JPG"),
        ("../Pages/about.md", "../pages/about.md", "about.html"),
        ("/IMG/seal.png", "/img/Seal.png", "img/Seal.png"),
        ("/Pages/About.md", "/pages/about.md", "about.html"),
    ],
)
def test_a_slip_of_case_is_read_with_a_warning(
    make_site: MakeSite, target: str, right: str, href: str
) -> None:
    got, pages = leads(make_site, target)
    problem = only(pages)
    assert got == href
    assert (problem.severity, problem.code, problem.line) == ("warning", "link-case", 6)
    assert problem.arguments["right"] == right


@pytest.mark.parametrize("target", ["draft.md", "later.md", "old.md", "Draft.md"])
def test_a_link_to_what_is_not_shown_is_a_warning(make_site: MakeSite, target: str) -> None:
    href, pages = leads(make_site, target)
    assert href == ""
    assert found(pages) == [("link-hidden", "content/articles/a.md", 6)]


@pytest.mark.parametrize("target", ["../../../etc/passwd", "../../..", "../../../%2e%2e/x"])
def test_a_link_that_climbs_out_is_an_error(make_site: MakeSite, target: str) -> None:
    href, pages = leads(make_site, target)
    assert href == ""
    assert found(pages) == [("link-outside", "content/articles/a.md", 6)]


def test_jekyll_trees_are_only_warned(make_site: MakeSite) -> None:
    post = "content/_posts/2025-05-03-a.md"
    site = make_site({post: f"{ARTICLE}[甲](no.md) [乙](../../archive/index.html)\n"})
    pages = laid_out(site)
    problem = only(pages)
    assert (problem.severity, problem.code, problem.file) == ("warning", "link-missing", post)
    links = pages.links.resolved["_posts/2025-05-03-a.md"]
    assert links == (("href", ""), ("href", "archive/index.html"))


def test_names_in_another_unicode_form_are_found(make_site: MakeSite) -> None:
    site = make_site({"content/articles/re\u0301sume\u0301.txt": b"txt"})
    site.article("a", "[字](r\u00e9sum\u00e9.txt)")
    pages = laid_out(site)
    assert pages.problems == ()
    assert [output for output, _ in pages.files] == ["media/articles/r\u00e9sum\u00e9.txt"]


def test_a_file_is_published_once_at_its_path(make_site: MakeSite) -> None:
    site = make_site({**FILES, "content/articles/unused.jpg": PNG})
    site.article("a", "![图](photo.jpg)\n\n![图](/articles/photo.jpg)").article(
        "b", "![图](photo.jpg)"
    )
    pages = laid_out(site)
    assert [output for output, _ in pages.files] == ["img/Seal.png", "list.html"]
    assert [file.path for file in pages.pictures] == ["media/articles/photo.jpg"]
