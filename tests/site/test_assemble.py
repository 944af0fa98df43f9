"""Documents in their places: covers, attachments, neighbours, what is shown."""

from collections.abc import Callable

import pytest

from tests.conftest import CONFIG, PNG, Site, codes
from tests.site.layout import found, laid_out, only, paths

MakeSite = Callable[..., Site]
PICTURES = {"content/articles/c.png": PNG, "content/articles/d.png": PNG}


@pytest.mark.parametrize(
    ("body", "fields", "cover"),
    [
        ("文。", {}, ""),
        ("![图](c.png)\n\n![图](d.png)", {}, "media/articles/c.png"),
        ("![图](c.png)", {"cover": "d.png"}, "media/articles/d.png"),
        ("文。", {"image": "{path: d.png}"}, "media/articles/d.png"),
        ("文。", {"cover": "/logo.png"}, "logo.png"),
        ("文。", {"cover": "https://example.org/x.png"}, "https://example.org/x.png"),
        ("![图](https://example.org/x.png)", {}, "https://example.org/x.png"),
    ],
)
def test_the_cover_is_the_one_named_else_the_first_picture(
    make_site: MakeSite, body: str, fields: dict[str, str], cover: str
) -> None:
    site = make_site({**PICTURES, "content/static/logo.png": PNG}).article("a", body, **fields)
    pages = laid_out(site)
    assert pages.problems == ()
    assert pages.site.articles[0].card.cover == cover
    assert pages.site.articles[0].card.cover_is_external == cover.startswith("http")
    assert not cover.startswith("media/") or cover in [file.path for file in pages.pictures]


def test_a_missing_cover_is_an_error_at_its_line(make_site: MakeSite) -> None:
    site = make_site(PICTURES).article("a", cover="e.png")
    assert found(laid_out(site)) == [("link-missing", "content/articles/a.md", 4)]


def test_a_missing_first_picture_is_named_once(make_site: MakeSite) -> None:
    problem = only(laid_out(make_site().article("a", "![图](none.png)")))
    assert (problem.code, problem.line) == ("link-missing", 6)


def test_a_missing_cover_of_a_whole_folder_is_an_error(make_site: MakeSite) -> None:
    config = CONFIG + "defaults: [{path: articles, values: {cover: none.png}}]\n"
    problem = only(laid_out(make_site({"config.yaml": config}).article("a")))
    assert (problem.code, problem.file) == ("link-missing", "content/articles/a.md")


def test_attachments_have_type_and_size(make_site: MakeSite) -> None:
    site = make_site({"content/articles/表.tar.GZ": b"12345", "content/articles/LICENCE": b"1"})
    site.article("a", attachments="[表.tar.GZ, {file: LICENCE, title: 许可}]")
    pages = laid_out(site)
    first, second = pages.site.articles[0].attachments
    assert (first.title, first.type, first.size) == ("表.tar.GZ", "GZ", 5)
    assert (second.title, second.type, second.href) == ("许可", "", "media/articles/LICENCE")
    assert len(pages.files) == 2


@pytest.mark.parametrize(
    ("attachment", "code"),
    [
        ("none.pdf", "link-missing"),
        ("'https://example.org/a.pdf'", "attachment-none"),
        ("b.md", "attachment-none"),
        ("../../../x", "link-outside"),
    ],
)
def test_what_cannot_be_attached_is_an_error(
    make_site: MakeSite, attachment: str, code: str
) -> None:
    site = make_site().article("a", attachments=f"[{attachment}]").article("b")
    assert found(laid_out(site)) == [(code, "content/articles/a.md", 4)]


def test_newest_first_then_weight_then_path(make_site: MakeSite) -> None:
    site = make_site().article("b").article("a").article("c", weight=-1)
    site.article("new", date="2025-06-01").article("old", date="2024-06-01")
    titles = [article.document.title for article in laid_out(site).site.articles]
    assert titles == ["new", "c", "a", "b", "old"]


def test_neighbours_are_those_of_the_main_category(make_site: MakeSite) -> None:
    site = make_site()
    for day, category in enumerate("xyxyx", 1):
        site.article(f"{category}{day}", date=f"2025-05-0{day}", categories=f"[{category}, z]")
    made = laid_out(site).site
    near = {
        article.document.title: tuple(
            made.articles[index].document.title if index is not None else None
            for index in (neighbours.previous, neighbours.next)
        )
        for article, neighbours in zip(made.articles, made.neighbours, strict=True)
    }
    assert near["x3"] == ("x1", "x5")
    assert near["y2"] == (None, "y4")
    assert near["x5"] == ("x3", None)


def test_related_share_terms_and_are_near_in_time(make_site: MakeSite) -> None:
    site = make_site().article("alone", date="2025-04-01")
    for day in range(1, 9):
        fields = {"topics": "t"} if day in {1, 5} else {}
        site.article(f"n{day}", date=f"2025-05-0{day}", tags="[x]", **fields)
    made = laid_out(site).site
    related = {
        article.document.title: [made.articles[index].document.title for index in near.related]
        for article, near in zip(made.articles, made.neighbours, strict=True)
    }
    assert related["alone"] == []
    assert related["n5"] == ["n1", "n6", "n4", "n7", "n3"]
    assert related["n8"] == ["n7", "n6"]


def test_drafts_and_what_is_expired_or_in_the_future_are_not_shown(make_site: MakeSite) -> None:
    site = make_site().article("draft", draft="true").article("future", date="2026-02-01")
    site.article("expired", expires="2025-12-30").article("last-day", expires="2025-12-31 23:59:59")
    site.article("today", expires="2026-01-01")
    site.write({"content/_drafts/undated.md": "---\ntitle: 无日期\n---\n文。\n"})

    def shown(**options: bool) -> set[str]:
        return {
            article.document.title
            for article in laid_out(site, frozenset(), **options).site.articles
        }

    assert shown() == {"today"}
    assert shown(drafts=True) == {"today", "draft", "无日期"}
    assert shown(future=True) == {"today", "future"}
    assert shown(expired=True) == {"today", "expired", "last-day"}
    hidden = laid_out(site).site.hidden
    assert "articles/future.md" in hidden
    assert "_drafts/undated.md" in hidden


def test_two_files_that_differ_in_unicode_form_only_are_an_error(make_site: MakeSite) -> None:
    site = make_site({f"content/static/{n}.txt": b"x" for n in ("\u00e9", "e\u0301")}).article("a")
    problem = only(laid_out(site))
    assert problem.code == "route-collision"
    assert problem.arguments["source"] != problem.arguments["other"]


def test_a_jekyll_trees_home_page_gives_way(make_site: MakeSite) -> None:
    page = "---\nlayout: default\ntitle: 首页\n---\n文。\n"
    site = make_site({"content/index.html": page, "content/about.md": page}).article("a")
    pages = laid_out(site)
    assert found(pages) == [("page-generated", "content/index.html", 1)]
    assert {"index.html", "about.html"} <= paths(pages)


def test_an_empty_site_is_a_warning(make_site: MakeSite) -> None:
    assert [code for code, _, _ in found(laid_out(make_site()))] == ["empty-site"]


def test_a_layout_is_a_template_of_the_theme_or_a_warning(make_site: MakeSite) -> None:
    wide = {"themes/base/templates/wide.html": "{{ content }}"}
    site = make_site(wide).article("a", layout="wide").article("b", layout="post")
    site.article("c", layout="wied")
    pages = laid_out(site)
    templates = {route.view.page.title: route.template for route in pages.routes}
    assert [templates[name] for name in "abc"] == ["wide.html", "article.html", "article.html"]
    assert found(pages) == [("layout-unknown", "content/articles/c.md", 4)]


def test_two_pages_at_one_address_are_told_at_every_build(make_site: MakeSite) -> None:
    site = make_site().article("a", permalink="/x.html").article("b", permalink="/y.html").built()
    site.article("b", permalink="/x.html")
    for _ in range(2):
        assert codes(site.build()) == ["route-collision"]
    site.article("b", permalink="/y.html").built()
    site.write({"content/static/X.html": "x"})
    for _ in range(2):
        assert codes(site.build()) == ["route-collision"]
