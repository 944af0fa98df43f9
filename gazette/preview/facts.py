"""What the bar says of a page, and the desk of all articles."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec

from gazette.messages import explain
from gazette.pages.site_pages import SitePages
from gazette.pages.views import ArticleView, SinglePageView
from gazette.problems import Problem
from gazette.reading.model import Document
from gazette.reading.scan import FILE_PREFIX, is_document
from gazette.site.model import Article, Bureau, SinglePage, Term
from gazette.urls import href_of

STATES = ("faulty", "draft", "scheduled", "published", "expired")
PAGE_SIZE = 50


class Row(msgspec.Struct, frozen=True):
    """One article on the desk."""

    title: str
    source: str
    """Relative to the site's root."""
    href: str
    """Its page, relative to the site's root; empty if there is none."""
    state: str
    date: str
    moment: int
    """The date as seconds since 1970; 0 without one."""
    bureau: str
    category: str
    words: int
    errors: int
    warnings: int


class PageFacts(msgspec.Struct, frozen=True):
    """What the bar says of the page that is open."""

    source: str = ""
    """File under the site's root; empty where the page is made of many."""
    title: str = ""
    state: str = ""
    words: int | None = None
    line: int = 1


def state_of(document: Document, now: float) -> str:
    """Where a document stands between being written and being taken down."""
    if document.draft:
        return "draft"
    if document.date and document.date.timestamp > now:
        return "scheduled"
    if document.expires and document.expires <= now:
        return "expired"
    return "published"


def told(problem: Problem, language: str) -> dict[str, Any]:
    """A problem as the browser shows it."""
    message, hint = explain(problem, language)
    return {
        "severity": problem.severity, "code": problem.code, "file": problem.file or "",
        "line": problem.line, "column": problem.column, "message": message, "hint": hint,
    }  # fmt: skip


class Facts:
    """What is known after a build; made of `pages` only when it is asked for.

    `good` is what was known when all was well: it tells of articles that cannot be read just now.
    """

    def __init__(
        self,
        pages: SitePages | None,
        problems: Sequence[Problem],
        good: "Facts | None" = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.pages = pages
        self.problems = problems
        self._good = good
        self._clock = clock

    @cached_property
    def _routes(self) -> dict[str, Any]:
        return {route.path: route for route in self.pages.routes} if self.pages else {}

    @cached_property
    def _shown(self) -> dict[str, Article | SinglePage | Term | Bureau]:
        """What has a document and a page of its own, by the document's file."""
        if not self.pages:
            return {}
        site = self.pages.site
        found: dict[str, Article | SinglePage | Term | Bureau] = {}
        found |= {FILE_PREFIX + article.outline.path: article for article in site.articles}
        found |= {FILE_PREFIX + page.outline.path: page for page in site.pages}
        found |= {FILE_PREFIX + t.document.path: t for t in site.topics if t.document}
        found |= {FILE_PREFIX + b.document.path: b for b in site.bureaus if b.document}
        return found

    def page(self, path: str) -> PageFacts:
        """Of the page at this output path."""
        route = self._routes.get(path)
        if route is None:
            lost = self._good.page(path) if self._good else PageFacts()
            return msgspec.structs.replace(lost, state="faulty") if lost.source else lost
        shown = self._shown.get(route.source)
        document = shown.document if shown else None
        if document is None:
            return PageFacts(title=route.view.page.title)
        words = document.words if isinstance(route.view, (ArticleView, SinglePageView)) else None
        state = state_of(document, self._clock())
        return PageFacts(route.source, document.title, state, words)

    def page_of(self, source: str) -> str:
        """The output path of the page that shows a document; empty if there is none."""
        return self._pages_by_source.get(source, "")

    def sources_of(self, path: str) -> list[str]:
        """The documents that a changed file or folder stands for; the path itself if it is none's."""
        inside = [source for source in self._pages_by_source if source.startswith(f"{path}/")]
        return inside or [path]

    @cached_property
    def _pages_by_source(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for route in self.pages.routes if self.pages else ():
            if route.source in self._shown and route.template != "redirect.html":
                found.setdefault(route.source, route.path)
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """All articles, newest first, those that cannot be read before all others."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for problem in self.problems:
            if problem.file:
                counts[problem.file][problem.severity] += 1
        articles = self.pages.site.articles if self.pages else ()
        now = self._clock()
        rows = [
            _row(article, counts[FILE_PREFIX + article.outline.path], now) for article in articles
        ]
        known = {row.source for row in rows} | set(self._shown)
        faulty = [
            _faulty(file, found, self._good)
            for file, found in counts.items()
            if _is_lost(file, found, known)
        ]
        return sorted(faulty, key=lambda row: row.source) + rows


def _is_lost(file: str, found: Counter[str], known: set[str]) -> bool:
    path = file.removeprefix(FILE_PREFIX)
    return bool(found["error"]) and path != file and file not in known and is_document(path)


def _faulty(file: str, found: Counter[str], good: Facts | None) -> Row:
    path = good.page_of(file) if good else ""
    title = good.page(path).title if good and path else file.rpartition("/")[2]
    counts = found["error"], found["warning"]
    return Row(title, file, href_of(path), "faulty", "", 0, "", "", 0, *counts)


def _row(article: Any, found: Counter[str], now: float) -> Row:
    document = article.document
    return Row(
        title=document.title,
        source=FILE_PREFIX + document.path,
        href=article.card.href,
        state="faulty" if found["error"] else state_of(document, now),
        date=document.date.text if document.date else "",
        moment=article.date.timestamp if document.date else 0,
        bureau=article.bureaus[0].title if article.bureaus else "",
        category=article.categories[0].title if article.categories else "",
        words=document.words,
        errors=found["error"],
        warnings=found["warning"],
    )


_SORTS: dict[str, Callable[[Row], Any]] = {
    "title": lambda row: row.title,
    "state": lambda row: STATES.index(row.state),
    "date": lambda row: row.moment,
    "bureau": lambda row: row.bureau,
    "category": lambda row: row.category,
    "words": lambda row: row.words,
    "problems": lambda row: (row.errors, row.warnings),
}


class Question(msgspec.Struct, frozen=True):
    """Which articles the desk wants to see."""

    text: str = ""
    state: str = ""
    bureau: str = ""
    category: str = ""
    sort: str = ""
    """A column, with `-` before it for the greatest first; empty: newest first."""
    page: int = 1


def answer(rows: Sequence[Row], question: Question) -> dict[str, Any]:
    """One page of articles, how many there are, and what can be chosen among."""
    wanted = [row for row in rows if _fits(row, question)]
    key = _SORTS.get(question.sort.lstrip("-"))
    if key:
        wanted.sort(key=key, reverse=question.sort.startswith("-"))
    pages = max(1, -(-len(wanted) // PAGE_SIZE))
    page = min(max(1, question.page), pages)
    shown = wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return {
        "rows": msgspec.to_builtins(shown),
        "total": len(wanted),
        "page": page,
        "pages": pages,
        "states": {state: sum(row.state == state for row in rows) for state in STATES},
        "bureaus": _distinct(row.bureau for row in rows),
        "categories": _distinct(row.category for row in rows),
    }


def _fits(row: Row, question: Question) -> bool:
    words = question.text.casefold().split()
    text = f"{row.title}\n{row.source}".casefold() if words else ""
    return (
        (not question.state or row.state == question.state)
        and (not question.bureau or row.bureau == question.bureau)
        and (not question.category or row.category == question.category)
        and all(word in text for word in words)
    )


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if value})
