"""Site -> the search corpus: one tiny HTML file a document, in parts.

A part is a year of articles, or a thousand of a year that has more; `pages` holds what has no date: the
home page, single pages, topics, bureaus.
A part is known by its fingerprint, made of digests that are at hand, so that an unchanged build writes no
corpus; the corpus's own digest, of the bytes written, is what `--verify` compares.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, islice
from pathlib import Path

import msgspec

from gazette.digests import combine, digest_bytes, digest_of
from gazette.ledger import Ledger
from gazette.packs import BlobRef, PackReader
from gazette.pages.view_parts import SiteInfo
from gazette.parallel import PerProcess, Workers, parallel_map
from gazette.publish.search.words import BREAK, SPACE, indexed
from gazette.reading.model import Body, Document
from gazette.site.model import Article, Site

PAGES = "pages"
_MOST = 1000
"""Articles of a part: an edit indexes a part anew, at some milliseconds an article."""
_CHUNK = 100
_decode = msgspec.msgpack.Decoder(Body).decode


class Entry(msgspec.Struct, frozen=True):
    """What one document is found by, and what results show of it."""

    href: str
    title: str
    words: tuple[str, ...]
    """What else of its front matter stands on its page."""
    key: bytes = b""
    """Its body's; empty if it has none."""
    day: str = ""
    timestamp: int | None = None
    categories: tuple[str, ...] = ()
    bureaus: tuple[str, ...] = ()
    """Slugs, those of the bureaus above included."""


class Part(msgspec.Struct, frozen=True):
    """A part of the corpus: its name (`pages`, `2025`, `2025-2`) and what stands for all that is in it."""

    name: str
    fingerprint: bytes


class Corpus:
    """The search corpus of a site."""

    def __init__(self, site: Site, info: SiteInfo) -> None:
        self._site = site
        self._info = info
        self._articles = dict(_dated(site.articles))
        self._above = {bureau.slug: bureau.ancestors for bureau in site.bureaus}

    def parts(self) -> list[Part]:
        """All parts: `pages`, then the others, newest first."""
        tree = digest_of(self._above)
        pages = digest_of([self._info.title, self._info.description, list(self._undated())])
        found = [Part(PAGES, combine([tree, pages]))]
        for name, articles in self._articles.items():
            members = [
                (a.key, a.card_digest, a.category_slugs, a.bureau_slugs, a.tags, a.topics)
                for a in articles
            ]
            found.append(Part(name, combine([tree, digest_of(members)])))
        return found

    def entries(self, part: str) -> list[Entry]:
        """The documents of a part."""
        if part == PAGES:
            return list(self._undated())
        return [self._entry(article) for article in self._articles[part]]

    def _entry(self, article: Article) -> Entry:
        return Entry(
            href=article.card.href,
            title=article.document.title,
            words=(
                *_words(article.document),
                *(link.title for link in (*article.tags, *article.topics)),
            ),
            key=article.key,
            day=article.date.day,
            timestamp=article.date.timestamp,
            categories=article.category_slugs,
            bureaus=self._with_above(article.bureau_slugs),
        )

    def _undated(self) -> Iterator[Entry]:
        info = self._info
        yield Entry("index.html", info.title, (info.description,))
        for page in self._site.pages:
            yield Entry(page.card.href, page.document.title, _words(page.document), page.key)
        for topic in self._site.topics:
            yield Entry(topic.href, topic.title, (topic.entry.description,), topic.key)
        for bureau in self._site.bureaus:
            above = self._with_above((bureau.slug,))
            short = () if bureau.short in bureau.name else (bureau.short,)
            yield Entry(bureau.href, bureau.name, short, bureau.key, bureaus=above)

    def _with_above(self, slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple({up: None for slug in slugs for up in (slug, *self._above[slug])})


def _dated(articles: Sequence[Article]) -> Iterator[tuple[str, list[Article]]]:
    """The parts of articles, newest first, each with its articles; counted from the year's oldest."""
    for year, group in groupby(articles, lambda article: article.date.iso[:4]):
        members = list(group)
        for block in reversed(range(0, len(members), _MOST)):
            name = f"{year}-{block // _MOST + 1}" if block else year
            yield name, members[max(0, len(members) - block - _MOST) : len(members) - block]


def _words(document: Document) -> tuple[str, ...]:
    issued = document.document
    official = (issued.number, issued.index_no) if issued else ()
    files = [file.title for file in document.attachments]
    return (document.kicker, document.subtitle, *document.authors, *official, *files)


# Writing


class _Job(msgspec.Struct, frozen=True):
    folder: Path
    packs: Path


class _Item(msgspec.Struct, frozen=True):
    path: str
    """Below the corpus's folder."""
    entry: Entry
    body: BlobRef | None


_reader: PerProcess[_Job, PackReader] = PerProcess(lambda job: PackReader(job.packs))


def write_corpus(
    folder: Path, parts: Mapping[str, Sequence[Entry]], ledger: Ledger, workers: Workers
) -> dict[str, bytes]:
    """Write some parts, each into its folder below `folder`; the digests of all bytes of each."""
    items = []
    for part, entries in parts.items():
        (folder / part).mkdir(parents=True)
        items += [
            _Item(f"{part}/{number}.html", entry, ledger.blobs[entry.key] if entry.key else None)
            for number, entry in enumerate(entries)
        ]
    job = _Job(folder, ledger.folder)
    digests = parallel_map(_write_part, job, items, workers, _CHUNK)
    found = {part: combine(islice(digests, len(entries))) for part, entries in parts.items()}
    _reader.close()
    return found


def _write_part(job: _Job, part: Sequence[_Item]) -> list[bytes]:
    reader = _reader.of(job)
    return [_written(job.folder / item.path, item, reader) for item in part]


def _written(place: Path, item: _Item, reader: PackReader) -> bytes:
    text = _decode(reader.read(item.body)).text if item.body else ""
    data = html_of(item.entry, text).encode("utf-8", "replace")
    place.write_bytes(data)
    return digest_bytes(data)


def html_of(entry: Entry, text: str) -> str:
    """The document as Pagefind reads it.

    Address and day are ids, for these are the only part of what Pagefind keeps that it does not index.
    """
    title = escape(indexed(entry.title))
    words = dict.fromkeys(filter(None, entry.words))
    rest = escape(f" {BREAK} ".join(map(indexed, (text, *words))))
    marks = [f'<i id="{escape(entry.href)}"></i>']
    if entry.day:
        marks.append(f'<i id="{entry.day}" data-pagefind-sort="date:{entry.timestamp}"></i>')
    marks += [_filter("category", slug) for slug in entry.categories]
    marks += [_filter("bureau", slug) for slug in entry.bureaus]
    return (
        '<!doctype html><html lang="unknown"><head><meta charset="utf-8"><title>-</title></head>'
        f"<body data-pagefind-body>{''.join(marks)}"
        f'<span data-pagefind-meta="title" data-pagefind-weight="5">{title}</span>'
        f" {SPACE} {rest}</body></html>\n"
    )


def _filter(name: str, value: str) -> str:
    return f'<i data-pagefind-filter="{name}[data-v]" data-v="{escape(value)}"></i>'
