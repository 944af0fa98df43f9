"""Feeds, sitemap, structured data: what machines read is well-formed whatever a title holds."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial
from html import unescape
from types import SimpleNamespace
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from gazette.pages.context import Context, Route
from gazette.pages.feeds import machine_routes
from gazette.pages.site_pages import SitePages
from tests.conftest import CONFIG, Site
from tests.site.layout import laid_out, route

MakeSite = Callable[..., Site]
TITLES = [
    "<b>粗</b> & \"引\" '单'", "]]><script>alert(1)</script>", "</script><!--", "😀 表情 𠮷",
    "{{ 7 * 7 }}{% raw %}", "2024", "铃\\a铃\\u200b\\ufeff",
]  # fmt: skip
NS = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def hostile(make_site: MakeSite) -> Site:
    site = make_site()
    for number, title in enumerate(TITLES):
        quoted = '"' + title.replace('"', '\\"') + '"'
        site.article(
            f"a{number}", f"正文 ]]> <i>斜</i>\x08 {number}", title=quoted, summary=quoted, tags=f"[{quoted}]",
            categories=f"[{quoted}]" if number == 0 else "c", authors=f"[{quoted}]", bureau="leshan",
            slug=f"a{number}", date=f"2025-05-0{number + 1} 10:00:00",
        )  # fmt: skip
    return site.built()


def expected(title: str) -> str:
    return title.replace("\\a", "").replace("\\u200b", "\u200b").replace("\\ufeff", "\ufeff")


def test_feeds_are_well_formed(hostile: Site) -> None:
    feeds = ["feed.xml", "category/c.xml", "bureau/leshan/feed.xml", "bureau/sichuan/feed.xml"]
    for path in feeds:
        root = ET.fromstring(hostile.page(path))
        titles = [entry.findtext("a:title", "", NS) for entry in root.findall("a:entry", NS)]
        wanted = [expected(title) for title in reversed(TITLES)]
        assert titles == [t for t in wanted if path != "category/c.xml" or t != expected(TITLES[0])]
        parsed: Any = feedparser.parse(hostile.page(path))
        assert not parsed.bozo
        assert len(parsed.entries) == len(titles)
        assert parsed.entries[0].link.startswith("https://example.com/")
    first = ET.fromstring(hostile.page("feed.xml")).findtext("a:updated", "", NS)
    assert first == "2025-05-07T10:00:00+08:00"


def test_the_json_feed_is_json(hostile: Site) -> None:
    feed = json.loads(hostile.page("feed.json"))
    assert [item["title"] for item in feed["items"]] == [expected(t) for t in reversed(TITLES)]
    assert "<i>斜</i>" in feed["items"][0]["content_html"]


def test_structured_data_is_json_and_stays_in_its_script(hostile: Site) -> None:
    for path, data in hostile.files().items():
        if not path.endswith(".html"):
            continue
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", data.decode(), re.S)
        for script in scripts:
            json.loads(script)
        assert len(scripts) == data.count(b"<script"), path
    page = hostile.page("c/2025/05/a1.html")
    article, crumbs = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page)[0])
    assert article["headline"] == TITLES[1]
    assert article["datePublished"] == "2025-05-02T10:00:00+08:00"
    assert article["author"] == [{"@type": "Person", "name": TITLES[1]}]
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3]
    assert unescape(re.findall("<h1>(.*?)</h1>", page)[0]) == TITLES[1]


def test_structured_data_names_the_source_where_there_is_no_author(make_site: MakeSite) -> None:
    site = make_site().article("a", source="某报", cover="https://example.org/a.png").built()
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", site.page("2025/05/a.html"))[0])
    assert data[0]["author"] == [{"@type": "Organization", "name": "某报"}]
    assert data[0]["image"] == ["https://example.org/a.png"]
    home = json.loads(re.findall(r"ld\+json\">(.*?)</script>", site.page("index.html"))[0])
    assert home["@type"] == "WebSite"


def test_the_sitemap_lists_pages_and_only_them(make_site: MakeSite) -> None:
    config = CONFIG + "pagination: {size: 1}\npermalinks: {article: '/page/:slug.html'}\n"
    site = make_site({"config.yaml": config}).article("a", aliases="/old", updated="2025-06-01")
    site.article("b", categories="c", date="2024-01-01").article("d", categories="c").built()
    root = ET.fromstring(site.page("sitemap.xml"))
    found = {u.findtext("s:loc", "", NS): u.findtext("s:lastmod", "", NS) for u in root}
    assert found["https://example.com/page/a.html"] == "2025-06-01T00:00:00+08:00"
    assert "https://example.com/" in found
    assert "https://example.com/bureau/leshan/" in found
    assert not [a for a in found if re.search("category/c/page|old|404|feed|robots", a)]
    assert "Sitemap: https://example.com/sitemap.xml" in site.page("robots.txt")


def context_of(pages: SitePages) -> Any:
    """As much of a Context as sitemaps need."""
    context: Any = SimpleNamespace(common=pages.routes[0].view.common)
    context.info = partial(Context.info, context)
    context.full = partial(Context.full, context)
    return context


def made(pages: SitePages, most: int) -> list[Route]:
    """The sitemap's files, with so many addresses in each."""
    others = [
        route for route in pages.routes if route.template not in {"sitemap.xml", "robots.txt"}
    ]
    return [*machine_routes(context_of(pages), others, most)]


@pytest.mark.parametrize("most", [1000, 5, 1])
def test_a_long_sitemap_is_split(make_site: MakeSite, most: int) -> None:
    pages = laid_out(make_site().article("a").article("b", date="2024-01-01"))
    everything: Any = route(pages, "sitemap.xml").view
    *parts, last, _ = made(pages, most)
    if most == 1000:
        assert parts == []
        assert last.view.addresses == everything.addresses  # type: ignore[attr-defined]
        return
    assert [part.path for part in parts] == [f"sitemap/{n}.xml" for n in range(1, len(parts) + 1)]
    addresses = [address for part in parts for address in part.view.addresses]  # type: ignore[attr-defined]
    assert tuple(addresses) == everything.addresses
    assert (last.path, last.view.page.kind) == ("sitemap.xml", "sitemap-index")
    assert [a.loc.rpartition("/")[2] for a in last.view.addresses] == [  # type: ignore[attr-defined]
        part.path.rpartition("/")[2] for part in parts
    ]


def test_new_articles_leave_full_parts_of_the_sitemap_as_they_are(make_site: MakeSite) -> None:
    site = make_site()
    for day in range(1, 5):
        site.article(f"a{day}", date=f"2025-05-0{day}")

    def first(site: Site) -> Any:
        view: Any = made(laid_out(site), 3)[0].view
        return view.addresses

    before = first(site)
    assert [address.loc[-7:] for address in before] == ["a1.html", "a2.html", "a3.html"]
    assert first(site.article("a5", date="2025-06-01", tags="x")) == before


def test_a_feed_holds_as_many_entries_as_configured(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG + "pagination: {feed: 1}\n"}).article("a").article("b")
    view = route(laid_out(site), "feed.xml").view
    assert [entry.title for entry in view.entries] == ["a"]  # type: ignore[attr-defined]


def test_the_feed_of_an_empty_site_is_well_formed(make_site: MakeSite) -> None:
    site = make_site().built()
    parsed: Any = feedparser.parse(site.page("feed.xml"))
    assert not parsed.bozo
    assert json.loads(site.page("feed.json"))["items"] == []


def test_a_title_taken_from_a_file_name_cannot_break_a_feed(make_site: MakeSite) -> None:
    site = make_site({"content/_posts/2025-05-03-a\x0bb.md": "文。\n"}).built()
    assert ET.fromstring(site.page("feed.xml")).findtext("a:entry/a:title", "", NS) == "Ab"
