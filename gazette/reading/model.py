"""What reading a document gives.

A document is kept in two parts: `Document`, the small one, is in memory for the whole site; `Body` lies
in the ledger's packs and is fetched when its page is rendered.
"""

from typing import Any, Literal

import msgspec

from gazette.config.front_matter import Adoption, Attachment, InfoDocument, SignOff
from gazette.problems import Problem
from gazette.reading.dates import Moment

Kind = Literal["article", "page", "topic", "bureau"]


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """A link from a text to something of the same site, still as the author wrote it.

    `attribute` is `href`, `src` or `poster`; `target` the address with entities resolved, for example
    `../photos/a.jpg`, `other.md#part` or `/category/x.html`; `line` counts from the file's first line.
    """

    attribute: str
    target: str
    line: int | None = None
    picture: Literal["", "alone", "gallery"] = ""
    """Whether it is the address of an `<img>`, and whether that is one of several in a row."""


class Heading(msgspec.Struct, frozen=True, array_like=True):
    """One heading of a text, for its table of contents."""

    level: int
    id: str
    title: str


class Body(msgspec.Struct, frozen=True, array_like=True):
    """A text as HTML, cut at its references.

    `html` has one piece more than there are references; between pieces n and n + 1 belongs the whole
    attribute that reference n resolves to, such as ` href="../x.html"` (or nothing, if it is missing).
    """

    html: tuple[str, ...]
    references: tuple[Reference, ...]
    toc: tuple[Heading, ...]
    text: str
    """The plain text, blocks separated by line breaks: for search, mentions and word counts."""


class Converted(msgspec.Struct, frozen=True):
    """A body and what else is known from converting it."""

    body: Body
    summary: str
    """Plain text before `<!-- more -->`, else of the first paragraph; one line, without tags."""
    picture: str | None
    """Target of the first picture, as the author wrote it."""
    words: int
    """Chinese characters plus words of other scripts."""
    problems: tuple[Problem, ...]
    """Without `file`; with the line of the file."""


class Outline(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What laying the site out asks of every document.

    It is the first part of the document's record, so that a build of many documents decodes the rest of
    those few only that it shows anew.
    """

    path: str
    """Relative to content/, with forward slashes."""
    kind: Kind
    jekyll: bool
    """Lies under `_posts` or `_drafts`: Jekyll's laxer rules hold."""
    slug: str
    name: str
    """What the slug was made from, in the author's case (Jekyll's `:title`)."""
    date: Moment | None
    """None only of drafts, pages, topics and bureaus."""
    updated: Moment | None
    expires: int | None
    """Timestamp (seconds since 1970) from which it is no longer shown."""
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    bureaus: tuple[str, ...]
    cover: str
    permalink: str
    aliases: tuple[str, ...]
    draft: bool
    pinned: bool
    weight: int
    layout: str
    attachments: tuple[Attachment, ...]
    references: tuple[Reference, ...]
    address_line: int
    """The line that gives the document its address, else its first."""
    shown: bytes
    """Digest of what lists show of it."""


class Document(Outline, frozen=True, array_like=True, kw_only=True):
    """All that is known of a text besides its body; names of terms and links are still as written."""

    title: str
    kicker: str
    subtitle: str
    keywords: tuple[str, ...]
    source: str
    source_url: str
    editor: str
    photo_credit: str
    document: InfoDocument | None
    summary: str
    archived: bool
    lang: str
    review: tuple[SignOff, ...]
    adopted: tuple[Adoption, ...]
    allow: dict[str, str]
    """Rules of the publication gate that it may break, and why."""
    extra: dict[str, Any]
    words: int
    lines: dict[str, int]
    """Line of each known key of the front matter, for problems found later."""
