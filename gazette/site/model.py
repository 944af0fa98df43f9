"""The site, as values that views are made of.

Each value that many pages share carries its own digest, computed once. Nothing points back: a neighbour
is a `Card`, the few fields that a list shows.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from gazette.config.bureaus import TermEntry
from gazette.config.settings import Contact
from gazette.digests import digest_of
from gazette.media.model import Shown
from gazette.reading.dates import Moment
from gazette.reading.model import Document, Outline
from gazette.reading.read import Entry
from gazette.site.terms import Origin
from gazette.urls import href_of


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


class Cover(msgspec.Struct, frozen=True, array_like=True):
    """A document's picture: its address (see `Card.cover`), and more of it where it is one of this site."""

    href: str
    picture: Shown | None


class CardFacts(NamedTuple):
    """What a card tells besides the document's own fields."""

    path: str
    """Output path."""
    date: Moment | None
    category: Link | None
    bureau: Link | None
    cover: Cover | None


def card_digest(document: Outline, facts: CardFacts) -> bytes:
    """Stands for the card that `make_card` makes of the same."""
    return digest_of((document.shown, document.pinned, facts))


def make_card(document: Document, facts: CardFacts, digest: bytes) -> Card:
    """What lists show of a document."""
    cover = facts.cover
    return Card(
        title=document.title,
        href=href_of(facts.path),
        kicker=document.kicker,
        date=facts.date,
        summary=document.summary,
        cover=cover.href if cover else "",
        category=facts.category,
        bureau=facts.bureau,
        source=document.source,
        pinned=document.pinned,
        archived=document.archived,
        picture=cover.picture if cover else None,
        digest=digest,
    )


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


class Article(msgspec.Struct, frozen=True, dict=True):
    """A document in its place. What only its own page and lists show is made when they are."""

    entry: Entry
    outline: Outline
    """What is at hand of the document."""
    path: str
    """Output path."""
    date: Moment
    category_slugs: tuple[str, ...]
    tag_slugs: tuple[str, ...]
    topic_slugs: tuple[str, ...]
    bureau_slugs: tuple[str, ...]
    mentions: tuple[str, ...]
    """Slugs of the bureaus that the text names, its own left out."""
    attachments: tuple[Download, ...]
    links: Mapping[str, Mapping[str, Link]]
    """Of all terms of the site: kind (`categories` ... `bureaus`) -> slug -> link."""
    facts: CardFacts
    card_digest: bytes
    """Stands for the card."""

    @property
    def document(self) -> Document:
        """All of the document."""
        return self.entry.document

    @property
    def key(self) -> bytes:
        """Digest of all that reading the document depended on; stands for its body too."""
        return self.entry.key

    @property
    def categories(self) -> tuple[Link, ...]:
        """The main one first."""
        return self._linked("categories", self.category_slugs)

    @property
    def tags(self) -> tuple[Link, ...]:
        """As the author ordered them."""
        return self._linked("tags", self.tag_slugs)

    @property
    def topics(self) -> tuple[Link, ...]:
        """Those that are shown."""
        return self._linked("topics", self.topic_slugs)

    @property
    def bureaus(self) -> tuple[Link, ...]:
        """The publishing one first."""
        return self._linked("bureaus", self.bureau_slugs)

    def _linked(self, kind: str, slugs: tuple[str, ...]) -> tuple[Link, ...]:
        links = self.links[kind]
        return tuple([links[slug] for slug in slugs])

    @cached_property
    def card(self) -> Card:
        """What lists show of it."""
        return make_card(self.document, self.facts, self.card_digest)


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

    @property
    def outline(self) -> Outline:
        """The document."""
        return self.document


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
    links: Mapping[str, Mapping[str, Link]]
    """Kind of terms (`categories` ... `bureaus`) -> slug -> link."""
    data: dict[str, Any]
    hidden: frozenset[str]
    """Paths of documents that exist but are not shown: drafts, future, expired, faulty."""

    @cached_property
    def bureau(self) -> dict[str, Bureau]:
        """Bureaus by slug."""
        return {bureau.slug: bureau for bureau in self.bureaus}
