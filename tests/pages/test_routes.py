"""All routes of a site, and what must not meet."""

from collections.abc import Callable, Mapping

import pytest

from tests.conftest import Site
from tests.site.layout import found, laid_out, only, paths, route

MakeSite = Callable[..., Site]
PAGE = "---\ntitle: 页\n{}\n---\n文。\n"


def test_a_site_has_these_pages(make_site: MakeSite) -> None:
    site = make_site().article("a", categories="c", tags="t", topics="o", bureau="leshan")
    assert paths(laid_out(site)) == {
        "index.html", "c/2025/05/a.html",
        "category/index.html", "category/c.html", "category/c.xml",
        "tag/index.html", "tag/t.html", "topic/index.html", "topic/o.html",
        "bureau/index.html", "bureau/sichuan/index.html", "bureau/sichuan/own.html",
        "bureau/sichuan/feed.xml", "bureau/leshan/index.html", "bureau/leshan/feed.xml",
        "archive/index.html", "archive/2025/index.html", "archive/2025/05.html",
        "sitemap.html", "sitemap.xml", "robots.txt", "404.html", "feed.xml", "feed.json",
    }  # fmt: skip


COLLISIONS: dict[str, tuple[Mapping[str, str], str, str, int | None]] = {
    "two documents": (
        {"pages/a.md": PAGE.format(""), "pages/b.md": PAGE.format("permalink: /a")},
        "route-collision", "pages/b.md", 3,
    ),
    "case": (
        {"pages/a.md": PAGE.format(""), "pages/b.md": PAGE.format("permalink: /A.html")},
        "route-collision", "pages/b.md", 3,
    ),
    "Unicode form of a static file": (
        {"pages/a.md": PAGE.format('permalink: "/\u00e9.html"'), "static/e\u0301.html": "x"},
        "route-collision", "static/\u00e9.html", None,
    ),
    "static file and page": (
        {"pages/a.md": PAGE.format(""), "static/a.html": "x"},
        "route-collision", "static/a.html", None,
    ),
    "static file and generated page": (
        {"static/Robots.txt": "x"}, "route-collision", "static/Robots.txt", None,
    ),
    "generated page": (
        {"pages/a.md": PAGE.format("permalink: /category/")}, "route-collision", "pages/a.md", 3,
    ),
    "alias and page": (
        {"pages/a.md": PAGE.format(""), "pages/b.md": PAGE.format("aliases: [/x, /a.html]")},
        "route-collision", "pages/b.md", 3,
    ),
    "alias and alias": (
        {
            "pages/a.md": PAGE.format("redirect_from: /x"),
            "pages/b.md": PAGE.format("redirect_from: [/X/]"),
        },
        "route-collision", "pages/b.md", 3,
    ),
    "file and folder": (
        {"static/a": "x", "pages/b.md": PAGE.format("permalink: /a/b/c/d.html")},
        "route-folder", "pages/b.md", 3,
    ),
    "file and folder of pages that are generated": (
        {"static/ARCHIVE": "x"}, "route-folder", "static/ARCHIVE", None,
    ),
    "a name that Windows cannot hold": (
        {"static/aux.txt": "x"}, "path-name", "static/aux.txt", None,
    ),
    "a folder that Windows cannot hold": (
        {"static/a./b.txt": "x", "static/a./c.txt": "y"}, "path-name", "static/a./b.txt", None,
    ),
    "an alias that climbs out": (
        {"pages/a.md": PAGE.format("aliases: [/../../x]")}, "path-outside", "pages/a.md", 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COLLISIONS)
def test_what_cannot_stand_beside_each_other(make_site: MakeSite, name: str) -> None:
    files, code, file, line = COLLISIONS[name]
    site = make_site({f"content/{path}": text for path, text in files.items()}).article("x")
    problem = only(laid_out(site))
    assert (problem.code, problem.file, problem.line) == (code, f"content/{file}", line)


def test_a_collision_names_both_sources(make_site: MakeSite) -> None:
    site = make_site().article("a", slug="same").article("b", slug="SAME")
    arguments = only(laid_out(site)).arguments
    assert arguments["source"] == "content/articles/b.md"
    assert arguments["other"] == "content/articles/a.md"


def test_two_patterns_for_one_address_are_named_in_the_config(make_site: MakeSite) -> None:
    config = "site: {title: x}\ntheme: base\npermalinks:\n  category: /n/:slug.html\n  tag: /n/:slug.html\n"
    pages = laid_out(make_site({"config.yaml": config}).article("a"))
    assert found(pages) == [("route-collision", "config.yaml", 5)]


def test_aliases_redirect(make_site: MakeSite) -> None:
    site = make_site().article("a", aliases="[/old, old/, /x/y.html, /2025/05/a.html]")
    pages = laid_out(site)
    assert pages.problems == ()
    redirects = {r.path for r in pages.routes if r.template == "redirect.html"}
    assert redirects == {"old/index.html", "x/y.html"}
    view = route(pages, "old/index.html").view
    assert view.page.permalink == "https://example.com/2025/05/a.html"
    text = site.built().page("x/y.html")
    assert 'content="0; url=../2025/05/a.html"' in text


def test_the_404_page_links_from_the_base_path(make_site: MakeSite) -> None:
    config = "site: {title: x, url: https://example.com/sub}\ntheme: base\n"
    pages = laid_out(make_site({"config.yaml": config}).article("a"))
    assert route(pages, "404.html").view.page.root == "/sub/"
    assert route(pages, "2025/05/a.html").view.page.root == "../../"
    assert (
        route(pages, "bureau/index.html").view.page.permalink == "https://example.com/sub/bureau/"
    )


def test_fragments_are_pages_of_their_own(make_site: MakeSite) -> None:
    files = {
        "config.yaml": "site: {title: x}\ntheme: mine\n",
        "themes/mine/theme.yaml": "extends: base\nfragments: {new: {template: n.html, queries: [latest]}}\n",
        "themes/mine/templates/n.html": "{% for card in queries.latest %}{{ card.title }};{% endfor %}",
    }
    site = make_site(files).article("a").article("b").built()
    assert site.page("fragments/new.html") == "a;b;"
    assert "fragments" not in site.page("sitemap.xml")


def test_archive_counts_by_year_and_month(make_site: MakeSite) -> None:
    site = make_site().article("a", date="2024-12-31 23:59:59").article("b", date="2025-01-01")
    site.article("c", date="2025-01-31").article("d", date="2025-03-01")
    pages = laid_out(site)
    years = route(pages, "archive/index.html").view.years  # type: ignore[attr-defined]
    assert [(y.title, y.count, [(m.title, m.count) for m in y.months]) for y in years] == [
        ("2025年", 3, [("2025年03月", 1), ("2025年01月", 2)]),
        ("2024年", 1, [("2024年12月", 1)]),
    ]
    one = route(pages, "archive/2025/index.html").view.years  # type: ignore[attr-defined]
    assert [year.title for year in one] == ["2025年"]
    assert {month.href for year in years for month in year.months} <= paths(pages)


@pytest.mark.parametrize(
    ("language", "home", "archive"),
    [
        ("zh-CN", "首页", "归档"),
        ("zh-TW", "首頁", "歸檔"),
        ("en", "Home", "Archive"),
        ("de", "Home", "Archive"),
    ],
)
def test_titles_are_in_the_sites_language(
    make_site: MakeSite, language: str, home: str, archive: str
) -> None:
    config = f"site: {{title: x, language: {language}}}\ntheme: base\n"
    page = route(
        laid_out(make_site({"config.yaml": config}).article("a")), "archive/index.html"
    ).view.page
    assert (page.breadcrumbs[0].title, page.title) == (home, archive)
