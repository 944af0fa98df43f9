"""What templates can read. A view is all that its template sees: no site global, no clock.

Every field's docstring here is shown by `gazette explain`. Addresses called `href` are relative to the
site's root: templates put `page.root` before them (`{{ page.root }}{{ card.href }}`).
"""

from typing import Any

import msgspec

from gazette.config.front_matter import Adoption, InfoDocument
from gazette.config.settings import Contact, SiteLinks
from gazette.digests import combine, digest_bytes
from gazette.media.model import Shown
from gazette.reading.dates import Moment
from gazette.site.model import Card, Download, Link, TermCard

_encode = msgspec.msgpack.Encoder().encode


class View(msgspec.Struct, frozen=True, dict=True, array_like=True):
    """Base of all views."""


class SiteInfo(View, frozen=True):
    """The site, as its settings say."""

    title: str
    url: str
    """Public address, without a slash at the end."""
    base: str
    """Path part of `url`, with both slashes: `/` or `/sub/`."""
    language: str
    description: str
    keywords: tuple[str, ...]
    organizer: str
    contact: Contact
    icp: str
    police_record: str
    site_id_code: str
    domain: str
    """Host of `url` (SiteDomain)."""
    links: SiteLinks


class Common(View, frozen=True):
    """What every page of the site shares."""

    site: SiteInfo
    options: dict[str, Any]
    """The theme's options, with the site's values."""
    assets: dict[str, str]
    """Path under the theme's static/ -> href: `assets['css/portal.css']`."""
    menu: tuple[Link, ...]
    sizes: dict[str, str]
    """How wide the theme shows pictures, for `sizes` attributes: `sizes['body']`."""
    search: str = ""
    """href of the search page; empty if the site has none."""

    @property
    def digest(self) -> bytes:
        """Stands for all of it; computed once."""
        found: bytes | None = self.__dict__.get("_digest")
        if found is None:
            found = self.__dict__["_digest"] = digest_bytes(_encode(self))
        return found


class Column(View, frozen=True):
    """What 网页标签 want of a column."""

    name: str
    description: str
    keywords: tuple[str, ...]
    type: str


class PageInfo(View, frozen=True):
    """This page: every view has it, as `page`."""

    kind: str
    """home, article, page, category, tag, topic, bureau, bureaus, archive, terms, sitemap, 404 ..."""
    title: str
    href: str
    root: str
    """What leads from this page to the site's root: `../../`, or nothing at the root."""
    permalink: str
    """The page's full public address."""
    description: str = ""
    keywords: tuple[str, ...] = ()
    image: str = ""
    """Full address of the picture that stands for the page, or nothing."""
    breadcrumbs: tuple[Link, ...] = ()
    """From the home page down to the page above this one."""
    feeds: tuple[Link, ...] = ()
    """Feeds that hold this page's subject."""
    column: Column | None = None
    """The column (category) that the page belongs to, for page tags."""
    indexed: bool = True
    """Whether search engines should list the page."""


class Block(View, frozen=True):
    """A block of the home page, shown by `blocks/<template>.html`."""

    template: str
    title: str
    more: str
    """href of the block's «more» link, or nothing."""
    items: tuple[Any, ...]
    options: dict[str, Any]


class PageView(View, frozen=True):
    """Base of the views of whole files: each has `page` and `common`."""

    page: PageInfo
    common: Common


class HomeView(PageView, frozen=True):
    """`home.html`."""

    queries: dict[str, tuple[Any, ...]]
    blocks: tuple[Block, ...]


class ArticleInfo(View, frozen=True):
    """An article's own fields."""

    title: str
    kicker: str
    subtitle: str
    date: Moment | None
    """None on single pages without a date; articles always have one."""
    updated: Moment | None
    authors: tuple[str, ...]
    source: str
    source_url: str
    editor: str
    photo_credit: str
    summary: str
    cover: str
    picture: Shown | None
    """Size and copies of the cover, where it is a picture of this site."""
    keywords: tuple[str, ...]
    document: InfoDocument | None
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    topics: tuple[Link, ...]
    bureaus: tuple[Link, ...]
    mentions: tuple[Link, ...]
    """Bureaus that the text names."""
    attachments: tuple[Download, ...]
    adopted: tuple[Adoption, ...]
    words: int
    minutes: int
    """Reading time."""
    draft: bool
    lang: str
    extra: dict[str, Any]


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


class Pager(View, frozen=True):
    """Where one is in a list whose pages are numbered from the oldest.

    The first page shows the newest; `number` is 0 there. A numbered page names nothing that a new
    article would change: `newer` of the newest numbered page leads to a page that leads on to the first.
    """

    number: int
    first: Link
    newer: Link | None
    older: Link | None
    numbered: tuple[Link, ...]
    """The eight next older pages and the oldest; titles are their numbers."""
    total: int | None
    """Number of entries; on the first page only."""


class TermInfo(View, frozen=True):
    """The category, tag, topic, bureau or month that a list is of."""

    title: str
    slug: str
    description: str
    cover: str
    picture: Shown | None
    """Size and copies of the cover, where it is a picture of this site."""
    archived: bool
    count: int | None
    """Number of entries; on the first page only."""


class ListView(PageView, frozen=True):
    """`category.html`, `tag.html`, `topic.html`, `archive-list.html`; of topics also `content`."""

    queries: dict[str, tuple[Any, ...]]
    term: TermInfo
    pinned: tuple[Card, ...]
    """On the first page: pinned entries, shown before the others and not among them."""
    entries: tuple[Card, ...]
    pager: Pager


class BureauInfo(View, frozen=True):
    """A bureau."""

    slug: str
    name: str
    short: str
    level: str
    contact: Contact
    cover: str
    picture: Shown | None
    """Size and copies of the cover, where it is a picture of this site."""
    extra: dict[str, Any]
    count: int | None
    """Number of entries, those of subordinates included; on the first page only."""


class CategoryNews(View, frozen=True):
    """A bureau's news of one category."""

    category: Link
    """Empty title and href: articles without a category."""
    count: int
    cards: tuple[Card, ...]
    """The newest five."""


class MonthTally(View, frozen=True):
    """How much was published in a month."""

    title: str
    year: str
    month: str
    count: int


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


class BureauBranch(View, frozen=True):
    """A bureau in the directory, with those below it."""

    card: TermCard
    children: tuple["BureauBranch", ...]


class BureausView(PageView, frozen=True):
    """`bureaus.html`: the directory."""

    queries: dict[str, tuple[Any, ...]]
    branches: tuple[BureauBranch, ...]


class TermsView(PageView, frozen=True):
    """`terms.html`: all categories, tags or topics."""

    queries: dict[str, tuple[Any, ...]]
    terms: tuple[TermCard, ...]


class Month(View, frozen=True):
    """A month of the archive."""

    title: str
    href: str
    count: int


class Year(View, frozen=True):
    """A year of the archive, newest month first."""

    title: str
    href: str
    count: int
    months: tuple[Month, ...]


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


class Choice(View, frozen=True):
    """Something by which a search can be narrowed."""

    title: str
    value: str
    depth: int
    """How far below the top of the bureau tree; 0 for the rest."""


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


class FeedEntry(View, frozen=True):
    """One entry of a feed; `contents[loop.index0]` is its HTML with full addresses."""

    title: str
    id: str
    """Full address, also the entry's identity."""
    date: Moment
    updated: Moment
    summary: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]


class FeedView(PageView, frozen=True):
    """`feed.xml` (Atom) and `feed.json`; besides, `contents`: the entries' HTML."""

    title: str
    home: str
    """Full address of the page that the feed belongs to."""
    updated: str
    """ISO 8601; of the newest entry."""
    entries: tuple[FeedEntry, ...]


class Address(View, frozen=True):
    """One address of sitemap.xml."""

    loc: str
    lastmod: str


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
