"""The site, as values that views are made of.

Each value that many pages share carries its own digest, computed once. Nothing points back: a neighbour
is a `Card`, the few fields that a list shows.
"""

from functools import cached_property
from typing import Any

import msgspec

from gazette.config.bureaus import TermEntry
from gazette.config.settings import Contact
from gazette.media.model import Shown
from gazette.reading.dates import Moment
from gazette.reading.model import Document
from gazette.site.terms import Origin


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A title and where it leads; `href` is relative to the site's root."""

    title: str
    href: str

    @property
    def is_external(self) -> bool:
        """Whether it leads to another host; then no root is put before it."""
        return self.href.startswith(("http:", "https:", "//", "mailto:", "tel:"))


class Card(msgspec.Struct, frozen=True, array_like=True):
    """What lists show of a document."""

    title: str
    href: str
    kicker: str
    date: Moment | None
    summary: str
    cover: str
    """Address of the picture: relative to the site's root, or http(s); empty if there is none."""
    category: Link | None
    bureau: Link | None
    source: str
    pinned: bool
    archived: bool
    picture: Shown | None
    """Size and copies of the cover, where it is a picture of this site."""
    digest: bytes
    """Of the other fields; stands for the card in the fingerprints of pages that show it."""

    @property
    def cover_is_external(self) -> bool:
        """Whether the cover lies on another host."""
        return self.cover.startswith(("http:", "https:", "//"))


class TermCard(msgspec.Struct, frozen=True, array_like=True):
    """What lists show of a category, tag, topic or bureau."""

    title: str
    href: str
    slug: str
    count: int
    """Number of its articles."""
    description: str = ""
    cover: str = ""
    archived: bool = False
    level: str = ""
    latest: Moment | None = None
    """Date of its newest article."""
    picture: Shown | None = None
    """Size and copies of the cover, where it is a picture of this site."""


class Download(msgspec.Struct, frozen=True, array_like=True):
    """An attachment: `size` in bytes, `type` the file name's ending in capitals (`PDF`)."""

    title: str
    href: str
    type: str
    size: int


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A document in its place: addresses, terms, and neighbours as cards."""

    document: Document
    key: bytes
    """Digest of all that reading the document depended on; stands for its body too."""
    path: str
    """Output path."""
    card: Card
    date: Moment
    categories: tuple[Link, ...]
    tags: tuple[Link, ...]
    topics: tuple[Link, ...]
    bureaus: tuple[Link, ...]
    category_slugs: tuple[str, ...]
    tag_slugs: tuple[str, ...]
    topic_slugs: tuple[str, ...]
    bureau_slugs: tuple[str, ...]
    mentions: tuple[str, ...]
    """Slugs of the bureaus that the text names, its own left out."""
    attachments: tuple[Download, ...]


class Neighbours(msgspec.Struct, frozen=True):
    """What an article's page shows of other articles: indices into `Site.articles`."""

    previous: int | None
    """The next older article of the same main category."""
    next: int | None
    related: tuple[int, ...]


class SinglePage(msgspec.Struct, frozen=True, kw_only=True):
    """A document of `pages/`."""

    document: Document
    key: bytes
    path: str
    card: Card
    attachments: tuple[Download, ...]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A category, tag or topic with its articles, newest first."""

    slug: str
    title: str
    path: str
    href: str
    entry: TermEntry
    origin: Origin
    """Where it is declared, or first used."""
    document: Document | None
    """A topic's text."""
    key: bytes
    cover: str
    picture: Shown | None
    articles: tuple[Article, ...]

    @property
    def link(self) -> Link:
        """The term as lists of terms show it."""
        return Link(self.title, self.href)


class Bureau(msgspec.Struct, frozen=True, kw_only=True):
    """One bureau: its place in the tree and its articles, newest first."""

    slug: str
    name: str
    short: str
    level: str
    contact: Contact
    extra: dict[str, Any]
    path: str
    href: str
    ancestors: tuple[str, ...]
    """Slugs from the top of the tree down to the parent."""
    children: tuple[str, ...]
    document: Document | None
    """Its profile."""
    key: bytes
    cover: str
    picture: Shown | None
    articles: tuple[Article, ...]
    """Its own and those of all bureaus below it."""
    own: tuple[Article, ...]
    mentioned_in: tuple[Article, ...]

    @property
    def link(self) -> Link:
        """The bureau as lists show it."""
        return Link(self.short or self.name, self.href)

    @property
    def title(self) -> str:
        """The name that lists show."""
        return self.short or self.name


class Site(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The whole site."""

    articles: tuple[Article, ...]
    """Newest first."""
    neighbours: tuple[Neighbours, ...]
    """Of each article, in the same order."""
    pages: tuple[SinglePage, ...]
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    topics: tuple[Term, ...]
    bureaus: tuple[Bureau, ...]
    """In the tree's order, each before those below it."""
    data: dict[str, Any]
    hidden: frozenset[str]
    """Paths of documents that exist but are not shown: drafts, future, expired, faulty."""

    @cached_property
    def bureau(self) -> dict[str, Bureau]:
        """Bureaus by slug."""
        return {bureau.slug: bureau for bureau in self.bureaus}
