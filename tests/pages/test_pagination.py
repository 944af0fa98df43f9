"""Lists numbered from the oldest: nothing is lost, and full pages stay as they are."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.pages.pagination import Slice, index_path, numbered_path, slices, stem
from gazette.pages.views import view_digest
from tests.conftest import CONFIG, Site
from tests.site.layout import laid_out, paths, route

MakeSite = Callable[..., Site]
SIZES = st.integers(1, 7)


def articles(count: int, pinned: frozenset[int] = frozenset()) -> Any:
    """Stand-ins, newest first, numbered from the oldest; a card is just the number."""
    return [
        SimpleNamespace(card=n, outline=SimpleNamespace(pinned=n in pinned, weight=-n))
        for n in reversed(range(count))
    ]


@given(st.integers(0, 60), SIZES)
def test_no_entry_is_lost_or_repeated(count: int, size: int) -> None:
    pages: list[Any] = list(slices(articles(count), "a/index.html", size))
    shown = [*pages[0].cards]
    for page in reversed(pages[1:]):
        assert len(page.cards) == size
        shown += page.cards
    assert shown == list(reversed(range(count)))
    assert len(pages[0].cards) == count or size <= len(pages[0].cards) < 2 * size


@given(st.integers(0, 40), SIZES, st.frozensets(st.integers(0, 39)))
def test_pinned_entries_come_first_on_the_first_page_only(
    count: int, size: int, pinned: frozenset[int]
) -> None:
    pages: list[Any] = list(slices(articles(count, pinned), "a.html", size))
    first, *numbered = pages
    expected = sorted((n for n in pinned if n < count), reverse=True)
    assert [*first.pinned] == expected
    assert not set(first.cards) & set(expected)
    in_place = {card for page in numbered for card in page.cards}
    assert {*first.cards, *first.pinned} | in_place == set(range(count))
    assert all(page.pinned == () for page in numbered)


@given(st.integers(0, 40), st.integers(0, 20), SIZES)
def test_full_pages_do_not_change_when_articles_are_added(count: int, more: int, size: int) -> None:
    before = {
        page.path: (page.cards, page.pager) for page in slices(articles(count), "a.html", size)
    }
    after = {
        page.path: (page.cards, page.pager)
        for page in slices(articles(count + more), "a.html", size)
    }
    del before["a.html"]
    assert before.items() <= after.items()


@given(st.integers(0, 60), SIZES)
def test_every_link_of_a_pager_is_a_page_or_the_redirect_after_the_newest(
    count: int, size: int
) -> None:
    pages = list(slices(articles(count), "b/x.html", size))
    there = {page.path for page in pages} | {numbered_path("b/x.html", pages[0].last + 1)}
    for page in pages:
        pager = page.pager
        links = [pager.first, pager.newer, pager.older, *pager.numbered]
        assert {link.href for link in links if link} <= there
        assert (pager.total is None) == bool(page.number)


def test_a_pager_names_eight_older_pages_and_the_oldest() -> None:
    page = Slice(articles(40), "a.html", 15, 2)
    assert [link.title for link in page.pager.numbered] == [*map(str, range(14, 6, -1)), "1"]


@pytest.mark.parametrize(
    ("first", "path"),
    [
        ("a/b.html", "a/b/page/2.html"),
        ("a/b/index.html", "a/b/page/2.html"),
        ("a/b.htm", "a/b/page/2.html"),
        ("税务/甲 乙.html", "税务/甲 乙/page/2.html"),
    ],
)
def test_numbered_pages_lie_below_the_first(first: str, path: str) -> None:
    assert numbered_path(first, 2) == path
    assert path.startswith(stem(first))


def test_links_are_addresses() -> None:
    page = Slice(articles(9), "税 务.html", 2, 2)
    assert page.pager.older is not None
    assert page.pager.older.href == "%E7%A8%8E%20%E5%8A%A1/page/1.html"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/category/:slug.html", "category/index.html"),
        ("category/:slug/", "category/index.html"),
        ("/:slug/", "tag/index.html"),
        ("/t-:slug.html", "tag/index.html"),
        ("/%E6%A0%87/x-:slug/", "标/index.html"),
    ],
)
def test_the_index_lies_where_the_terms_lie(pattern: str, path: str) -> None:
    assert index_path(pattern, "tag") == path


def test_numbered_pages_of_every_kind_stay_when_an_article_is_added(make_site: MakeSite) -> None:
    theme = {
        "themes/x/theme.yaml": "extends: base\nqueries: {q: {limit: 3}}\n"
        "templates: {category.html: [q], bureau.html: [q], tag.html: [q]}\n",
        "config.yaml": CONFIG.replace("base", "x") + "pagination: {size: 2}\n",
    }
    site = make_site(theme)
    fields = {"categories": "c", "tags": "[t]", "topics": "o", "bureau": "leshan"}
    for day in range(1, 7):
        site.article(f"a{day}", "乐山市税务局。", date=f"2025-05-0{day}", **fields)
    before = laid_out(site)
    numbered = {r.path: view_digest(r.view) for r in before.routes if "/page/2." in r.path}
    assert numbered.keys() == {
        f"{list_}/page/2.html"
        for list_ in ("category/c", "tag/t", "topic/o", "bureau/leshan", "bureau/sichuan",
                      "archive/2025/05")
    }  # fmt: skip
    after = laid_out(site.article("a7", date="2025-05-07", **fields))
    assert {path: view_digest(route(after, path).view) for path in numbered} == numbered


def test_every_link_of_every_pager_is_a_route(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG + "pagination: {size: 1}\n"})
    for day in range(1, 4):
        site.article(f"a{day}", categories="c", bureau="leshan")
    pages = laid_out(site)
    known = paths(pages)
    pagers = [r.view.pager for r in pages.routes if hasattr(r.view, "pager")]
    links = {
        link.href
        for pager in pagers
        for link in (pager.first, pager.newer, pager.older, *pager.numbered)
        if link
    }
    assert links <= known
    assert route(pages, "category/c/page/3.html").template == "redirect.html"
