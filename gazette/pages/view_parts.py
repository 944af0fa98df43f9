"""What views are made of; see `gazette.pages.views`."""

from typing import Any

import msgspec

from gazette.config.front_matter import Adoption, InfoDocument
from gazette.config.settings import Contact, SiteLinks
from gazette.digests import digest_bytes
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


class BureauBranch(View, frozen=True):
    """A bureau in the directory, with those below it."""

    card: TermCard
    children: tuple["BureauBranch", ...]


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


class Choice(View, frozen=True):
    """Something by which a search can be narrowed."""

    title: str
    value: str
    depth: int
    """How far below the top of the bureau tree; 0 for the rest."""


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


class Address(View, frozen=True):
    """One address of sitemap.xml."""

    loc: str
    lastmod: str
