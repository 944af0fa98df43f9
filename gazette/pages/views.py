"""What templates can read. A view is all that its template sees: no site global, no clock.

Every field's docstring here is shown by `gazette explain`. Addresses called `href` are relative to the
site's root: templates put `page.root` before them (`{{ page.root }}{{ card.href }}`).
"""

from typing import Any

import msgspec

from gazette.digests import combine, digest_bytes
from gazette.pages.view_parts import (
    Address,
    ArticleInfo,
    Block,
    BureauBranch,
    BureauInfo,
    CategoryNews,
    Choice,
    Common,
    FeedEntry,
    MonthTally,
    PageInfo,
    Pager,
    TermInfo,
    View,
    Year,
)
from gazette.site.model import Card, Link, TermCard

_encode = msgspec.msgpack.Encoder().encode


class PageView(View, frozen=True):
    """Base of the views of whole files: each has `page` and `common`."""

    page: PageInfo
    common: Common


class HomeView(PageView, frozen=True):
    """`home.html`."""

    queries: dict[str, tuple[Any, ...]]
    blocks: tuple[Block, ...]


class ArticleView(PageView, frozen=True):
    """`article.html`; besides, the template is given `content` (HTML) and `toc` (headings)."""

    queries: dict[str, tuple[Any, ...]]
    article: ArticleInfo
    previous: Card | None
    next: Card | None
    related: tuple[Card, ...]


class SinglePageView(PageView, frozen=True):
    """`page.html`; besides, `content` and `toc`."""

    queries: dict[str, tuple[Any, ...]]
    article: ArticleInfo
    """The page's own fields; terms and bureaus are empty."""


class ListView(PageView, frozen=True):
    """`category.html`, `tag.html`, `topic.html`, `archive-list.html`; of topics also `content`."""

    queries: dict[str, tuple[Any, ...]]
    term: TermInfo
    pinned: tuple[Card, ...]
    """On the first page: pinned entries, shown before the others and not among them."""
    entries: tuple[Card, ...]
    pager: Pager


class BureauView(PageView, frozen=True):
    """`bureau.html`; besides, `content` (its profile, on the first page)."""

    queries: dict[str, tuple[Any, ...]]
    bureau: BureauInfo
    scope: str
    """`all`: with its subordinates; `own`: its own only; `mentions`: articles that name it."""
    scope_title: str
    """The name of this list."""
    scopes: tuple[Link, ...]
    """The other lists of this bureau."""
    children: tuple[TermCard, ...]
    by_category: tuple[CategoryNews, ...]
    """On the first page of `all` and `own`: this list by main category."""
    months: tuple[MonthTally, ...]
    """There too: the twelve months up to its newest article's, oldest first."""
    pinned: tuple[Card, ...]
    entries: tuple[Card, ...]
    pager: Pager


class BureausView(PageView, frozen=True):
    """`bureaus.html`: the directory."""

    queries: dict[str, tuple[Any, ...]]
    branches: tuple[BureauBranch, ...]


class TermsView(PageView, frozen=True):
    """`terms.html`: all categories, tags or topics."""

    queries: dict[str, tuple[Any, ...]]
    terms: tuple[TermCard, ...]


class ArchiveView(PageView, frozen=True):
    """`archive.html`: the years, or the months of one year."""

    queries: dict[str, tuple[Any, ...]]
    years: tuple[Year, ...]


class SitemapView(PageView, frozen=True):
    """`sitemap.html`: what the site has."""

    queries: dict[str, tuple[Any, ...]]
    categories: tuple[TermCard, ...]
    topics: tuple[TermCard, ...]
    bureaus: tuple[BureauBranch, ...]
    pages: tuple[Card, ...]
    years: tuple[Year, ...]


class SearchView(PageView, frozen=True):
    """`search.html`: the form and what its script needs; results come from the index in the browser."""

    queries: dict[str, tuple[Any, ...]]
    index: str
    """href of the index's folder; `parts.json` in it lists the parts that there are."""
    size: int
    """Results shown at once."""
    filters: tuple[str, ...]
    """By what a search can be narrowed: `bureau`, `category`, `year`."""
    categories: tuple[Choice, ...]
    bureaus: tuple[Choice, ...]


class PlainView(PageView, frozen=True):
    """`404.html` and fragments: the page and its queries."""

    queries: dict[str, tuple[Any, ...]]


class RedirectView(PageView, frozen=True):
    """`redirect.html`: an old address."""

    target: str
    """href of the page that has moved, relative to the site's root."""
    moved: bool
    """Whether the page has left for ever; else another page will lie here some day."""


class FeedView(PageView, frozen=True):
    """`feed.xml` (Atom) and `feed.json`; besides, `contents`: the entries' HTML."""

    title: str
    home: str
    """Full address of the page that the feed belongs to."""
    updated: str
    """ISO 8601; of the newest entry."""
    entries: tuple[FeedEntry, ...]


class AddressesView(PageView, frozen=True):
    """`sitemap.xml`, and its index with `kind` `sitemap-index`."""

    addresses: tuple[Address, ...]


class RobotsView(PageView, frozen=True):
    """`robots.txt`."""

    sitemap: str


def view_digest(view: PageView) -> bytes:
    """What stands for all that the template can read of this view.

    The order of mappings counts, for templates can run through them. Cards, which stand on many pages,
    are represented by their own digests.
    """
    page, common, *rest = msgspec.structs.astuple(view)
    data = _encode((type(view).__name__, page, [shortened(value) for value in rest]))
    return combine((common.digest, digest_bytes(data)))


def shortened(value: Any) -> Any:
    """The value with cards represented by their digests."""
    kind = type(value)
    if kind is tuple and value and type(value[0]) is Card:
        return [card.digest for card in value]
    if kind is Card:
        return value.digest
    if kind is tuple and value and type(value[0]) is CategoryNews:
        return [(news.category, news.count, shortened(news.cards)) for news in value]
    if kind is dict:
        return {name: shortened(item) for name, item in value.items()}
    return value
