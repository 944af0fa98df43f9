"""Lists of articles: categories, tags and topics; and what they share with the archive."""

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from gazette.digests import combine, digest_of
from gazette.pages.context import Context, Route, Sketch, column_of
from gazette.pages.pagination import Slice, index_path, numbered_path, slices, stem
from gazette.pages.view_parts import TermInfo
from gazette.pages.views import ListView, PageView, TermsView, shortened
from gazette.site.model import Article, Link, Term
from gazette.site.queries import term_card
from gazette.urls import href_of

PLURALS = {"category": "categories", "tag": "tags", "topic": "topics"}


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of articles that gets pages of its own."""

    kind: str
    template: str
    term: TermInfo
    articles: Sequence[Article]
    path: str
    """Output path of its first page."""
    source: str
    line: int | None = None
    bodies: tuple[tuple[str, bytes], ...] = ()
    info: dict[str, Any]
    """Further fields of `page`."""


def list_routes(context: Context, listing: Listing) -> Iterator[Route]:
    """All pages of a list, and the redirect that stands where its next numbered page will be."""
    template, source, line, last = listing.template, listing.source, listing.line, 0
    term = msgspec.structs.replace(listing.term, count=None)
    unchanging = [listing.kind, term, listing.path, listing.info]
    digest = digest_of([*unchanging, context.no_answers(template)])
    size = context.config.pagination.size
    for part in slices(listing.articles, listing.path, size, pins=context.pins):
        last = part.last
        make = functools.partial(_list_view, context, listing, part)
        if part.number:
            yield Route(part.path, template, numbered(digest, part, make), source, (), line)
        else:
            answers = context.queries(template, listing.articles)
            sketch = first_page(digest, part, shortened(answers), make)
            yield Route(part.path, template, sketch, source, listing.bodies, line)
    if last:
        yield context.redirect(numbered_path(listing.path, last + 1), href_of(listing.path), source)


def numbered(digest: bytes, part: Slice, make: Callable[[], PageView]) -> Sketch:
    """A numbered page; `digest` stands for all that is the same on all of its list's numbered pages."""
    return Sketch(combine([digest, digest_of(part.number), *part.digests]), make)


def first_page(digest: bytes, part: Slice, more: object, make: Callable[[], PageView]) -> Sketch:
    """The first page of a list; `more` is what stands on it and on no numbered page."""
    return Sketch(
        combine([digest, digest_of((part.total, part.last, more)), *part.digests]), make, ""
    )


def _list_view(context: Context, listing: Listing, part: Slice) -> ListView:
    template, term = listing.template, listing.term
    return ListView(
        page=context.info(listing.kind, term.title, part.path, **listing.info),
        common=context.common,
        queries=context.no_answers(template)
        if part.number
        else context.queries(template, listing.articles),
        term=msgspec.structs.replace(term, count=None) if part.number else term,
        pinned=part.pinned,
        entries=part.cards,
        pager=part.pager,
    )


class Terms:
    """Makes the routes of categories, tags and topics."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.site = context.site
        self.labels = context.labels

    def routes(self) -> Iterator[Route]:
        """All terms of each kind, and each term."""
        links = self.context.config.permalinks
        for kind, terms, pattern in (
            ("category", self.site.categories, links.category),
            ("tag", self.site.tags, links.tag),
            ("topic", self.site.topics, links.topic),
        ):
            index = index_path(pattern, kind)
            yield self._terms(kind, terms, index)
            for term in terms:
                yield from list_routes(self.context, self._listing(kind, term, index))

    def _terms(self, kind: str, terms: Sequence[Term], path: str) -> Route:
        page = self.context.info(
            "terms", self.labels[PLURALS[kind]], path, breadcrumbs=(self.context.home,)
        )
        view = TermsView(
            page=page,
            common=self.context.common,
            queries=self.context.queries("terms.html"),
            terms=tuple(term_card(term) for term in terms),
        )
        return Route(path, "terms.html", view, f"permalinks.{kind}")

    def _listing(self, kind: str, term: Term, index: str) -> Listing:
        entry, text = term.entry, term.document
        feeds = (Link(term.title, href_of(f"{stem(term.path)}.xml")),) if kind == "category" else ()
        description = (text.summary if text else "") or entry.description
        return Listing(
            kind=kind,
            template=f"{kind}.html",
            term=TermInfo(
                title=term.title,
                slug=term.slug,
                description=description,
                cover=term.cover,
                picture=term.picture,
                archived=text.archived if text else False,
                count=len(term.articles),
            ),
            articles=term.articles,
            path=term.path,
            source=term.origin.file,
            line=term.origin.line,
            bodies=((text.path, term.key),) if text else (),
            info={
                "description": description,
                "keywords": entry.keywords,
                "column": column_of(term) if kind == "category" else None,
                "breadcrumbs": (
                    self.context.home,
                    Link(self.labels[PLURALS[kind]], href_of(index)),
                ),
                "feeds": feeds,
                "image": self.context.full(term.cover),
            },
        )
