"""Lists of articles: categories, tags, topics, bureaus, months; paginated from the oldest."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from gazette.pages.context import Context, Route, column_of
from gazette.pages.views import (
    ArchiveView,
    BureauBranch,
    BureauInfo,
    BureausView,
    BureauView,
    ListView,
    Month,
    Pager,
    TermInfo,
    TermsView,
    Year,
)  # fmt: skip
from gazette.site.model import Article, Bureau, Card, Link, Term
from gazette.site.permalinks import expand
from gazette.site.queries import bureau_card, term_card
from gazette.urls import href_of

_NEAR = 8
PLURALS = {"category": "categories", "tag": "tags", "topic": "topics"}


class Slice:
    """One page of a list: number 0 is the first page, with the newest entries."""

    def __init__(self, articles: Sequence[Article], first: str, number: int, size: int) -> None:
        self.number = number
        self.last = max(0, len(articles) // size - 1)
        """Number of the newest numbered page: full blocks, but for the newest."""
        self.first = first
        self.total = len(articles)
        self.path = numbered_path(first, number) if number else first
        oldest = len(articles) - (self.last if number == 0 else number) * size
        chosen = articles[:oldest] if number == 0 else articles[oldest : oldest + size]
        pinned = [a for a in articles if a.document.pinned] if number == 0 else []
        pinned.sort(key=lambda article: article.document.weight)
        self.articles = [a for a in chosen if not a.document.pinned] if pinned else chosen
        self.pinned = tuple(article.card for article in pinned)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The entries, newest first; on the first page without those pinned."""
        return tuple(article.card for article in self.articles)

    @property
    def pager(self) -> Pager:
        """The way to the list's other pages."""
        older = (self.number or self.last + 1) - 1
        numbers = [*range(older, max(1, older - _NEAR), -1), *([1] if older >= 1 else [])]
        newer = None
        if self.number:
            # Leads on to the first page while that page has no full block of its own yet.
            newer = self._link(self.number + 1)
        return Pager(
            number=self.number,
            first=Link("1", href_of(self.first)),
            newer=newer,
            older=self._link(older) if older else None,
            numbered=tuple(self._link(number) for number in numbers),
            total=None if self.number else self.total,
        )

    def _link(self, number: int) -> Link:
        return Link(str(number), href_of(numbered_path(self.first, number)))


def stem(path: str) -> str:
    """The output path without `/index.html` or its ending; further pages lie below it."""
    return path.removesuffix("/index.html").removesuffix(".html")


def numbered_path(first: str, number: int) -> str:
    """The output path of a list's numbered page."""
    return f"{stem(first)}/page/{number}.html"


def index_path(pattern: str, kind: str) -> str:
    """The page that lists all terms of a kind: in the folder in which the terms' pages lie."""
    folder = pattern.split(":")[0].strip("/")
    return f"{folder or kind}/index.html"


def slices(articles: Sequence[Article], first: str, size: int) -> Iterator[Slice]:
    """All pages of a list, the first one first."""
    first_page = Slice(articles, first, 0, size)
    yield first_page
    for number in range(1, first_page.last + 1):
        yield Slice(articles, first, number, size)


class Lists:
    """Makes the routes of all lists."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.site = context.site
        self.labels = context.labels
        self.size = context.config.pagination.size

    def routes(self) -> Iterator[Route]:
        """Every list of the site."""
        links = self.context.config.permalinks
        for kind, terms, pattern in (
            ("category", self.site.categories, links.category),
            ("tag", self.site.tags, links.tag),
            ("topic", self.site.topics, links.topic),
        ):
            index = index_path(pattern, kind)
            yield self._terms(kind, terms, index)
            for term in terms:
                yield from self._term(kind, term, index)
        directory = index_path(links.bureau, "bureau")
        yield self._directory(directory)
        for bureau in self.site.bureaus:
            yield from self._bureau(bureau, directory)
        yield from self._archive()

    def _listed(
        self, kind: str, articles: Sequence[Article], first: str, term: TermInfo, source: str,
        bodies: tuple[tuple[str, bytes], ...] = (), **info: Any,
    ) -> Iterator[Route]:  # fmt: skip
        template = "archive-list.html" if kind.startswith("archive") else f"{kind}.html"
        part = None
        for part in slices(articles, first, self.size):
            view = ListView(
                page=self.context.info(kind, term.title, part.path, **info),
                common=self.context.common,
                queries=self.context.queries(template, articles),
                term=_uncounted(term) if part.number else term,
                pinned=part.pinned,
                entries=part.cards,
                pager=part.pager,
            )
            yield Route(part.path, template, view, source, () if part.number else bodies)
        if part is not None and part.last:
            # Stands where the next numbered page will be.
            yield self.context.redirect(numbered_path(first, part.last + 1), href_of(first), source)

    # Terms

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

    def _term(self, kind: str, term: Term, index: str) -> Iterator[Route]:
        entry, text = term.entry, term.document
        feeds = (Link(term.title, href_of(f"{stem(term.path)}.xml")),) if kind == "category" else ()
        info = TermInfo(
            title=term.title,
            slug=term.slug,
            description=(text.summary if text else "") or entry.description,
            cover=term.cover,
            archived=text.archived if text else False,
            count=len(term.articles),
        )
        yield from self._listed(
            kind,
            term.articles,
            term.path,
            info,
            f"content/{text.path}" if text else f"{kind} {term.title}",
            ((text.path, term.key),) if text else (),
            description=info.description,
            keywords=entry.keywords,
            column=column_of(term) if kind == "category" else None,
            breadcrumbs=(self.context.home, Link(self.labels[PLURALS[kind]], href_of(index))),
            feeds=feeds,
            image=self.context.full(term.cover),
        )

    # Bureaus

    def _directory(self, path: str) -> Route:
        title = self.labels["bureaus"]
        page = self.context.info("bureaus", title, path, breadcrumbs=(self.context.home,))
        view = BureausView(
            page=page,
            common=self.context.common,
            queries=self.context.queries("bureaus.html"),
            branches=self.branches(),
        )
        return Route(path, "bureaus.html", view, "content/bureaus.yaml")

    def branches(self) -> tuple[BureauBranch, ...]:
        """The bureau tree."""
        return tuple(self._branch(bureau) for bureau in self.site.bureaus if not bureau.ancestors)

    def _branch(self, bureau: Bureau) -> BureauBranch:
        below = tuple(self._branch(self.site.bureau[slug]) for slug in bureau.children)
        return BureauBranch(bureau_card(bureau), below)

    def _bureau(self, bureau: Bureau, directory: str) -> Iterator[Route]:
        lists = {"all": (bureau.path, bureau.articles)}
        if bureau.children:
            lists["own"] = (f"{stem(bureau.path)}/own.html", bureau.own)
        if bureau.mentioned_in:
            lists["mentions"] = (f"{stem(bureau.path)}/mentions.html", bureau.mentioned_in)
        links = {
            scope: Link(self.labels[scope], href_of(path)) for scope, (path, _) in lists.items()
        }
        crumbs = (
            self.context.home,
            Link(self.labels["bureaus"], href_of(directory)),
            *(self.site.bureau[slug].link for slug in bureau.ancestors),
        )
        for scope, (first, articles) in lists.items():
            others = tuple(link for name, link in links.items() if name != scope)
            yield from self._bureau_list(bureau, scope, first, articles, others, crumbs)

    def _bureau_list(
        self, bureau: Bureau, scope: str, first: str, articles: Sequence[Article],
        scopes: tuple[Link, ...], crumbs: tuple[Link, ...],
    ) -> Iterator[Route]:  # fmt: skip
        source = f"content/{bureau.document.path}" if bureau.document else "content/bureaus.yaml"
        children = tuple(bureau_card(self.site.bureau[slug]) for slug in bureau.children)
        part = None
        for part in slices(articles, first, self.size):
            main = scope == "all" and not part.number
            page = self.context.info(
                "bureau",
                bureau.name,
                part.path,
                description=bureau.document.summary if bureau.document else "",
                breadcrumbs=crumbs,
                feeds=(Link(bureau.title, href_of(f"{stem(bureau.path)}/feed.xml")),),
                image=self.context.full(bureau.cover),
            )
            view = BureauView(
                page=page,
                common=self.context.common,
                queries=self.context.queries("bureau.html", articles) if main else {},
                bureau=_bureau_info(bureau, None if part.number else len(articles)),
                scope=scope,
                scopes=scopes,
                children=children if main else (),
                pinned=part.pinned if scope == "all" else (),
                entries=part.cards,
                pager=part.pager,
            )
            has_text = main and bureau.document is not None
            bodies = ((bureau.document.path, bureau.key),) if has_text and bureau.document else ()
            yield Route(part.path, "bureau.html", view, source, bodies)
        if part is not None and part.last:
            # Stands where the next numbered page will be.
            yield self.context.redirect(numbered_path(first, part.last + 1), href_of(first), source)

    # Archive

    def years(self) -> tuple[Year, ...]:
        """Years and months with their numbers of articles, newest first."""
        months = [(key, len(list(group))) for key, group in groupby(self.site.articles, _month)]
        return tuple(
            self._year(year, [(month, count) for (_, month), count in group])
            for year, group in groupby(months, lambda item: item[0][0])
        )

    def _year(self, year: str, months: list[tuple[str, int]]) -> Year:
        listed = tuple(
            Month(
                self.labels["month"].format(year=year, month=month),
                href_of(self._month_path(year, month)),
                count,
            )
            for month, count in months
        )
        title = self.labels["year"].format(year=year)
        return Year(
            title, href_of(self._year_path(year)), sum(count for _, count in months), listed
        )

    def _month_path(self, year: str, month: str) -> str:
        return expand(self.context.config.permalinks.archive, {"year": year, "month": month})

    def _archive_path(self) -> str:
        return index_path(self.context.config.permalinks.archive, "archive")

    def _year_path(self, year: str) -> str:
        return f"{stem(self._archive_path())}/{year}/index.html"

    def _archive(self) -> Iterator[Route]:
        index = self._archive_path()
        years = self.years()
        crumbs = (self.context.home, Link(self.labels["archive"], href_of(index)))
        yield self._archive_page(index, self.labels["archive"], years, crumbs[:1])
        for year in years:
            yield self._archive_page(unquote(year.href), year.title, (year,), crumbs)
        for (number, month), group in groupby(self.site.articles, _month):
            articles = list(group)
            title = self.labels["month"].format(year=number, month=month)
            term = TermInfo(title, f"{number}-{month}", "", "", False, len(articles))
            year_title = self.labels["year"].format(year=number)
            above = (*crumbs, Link(year_title, href_of(self._year_path(number))))
            path = self._month_path(number, month)
            yield from self._listed(
                "archive-month", articles, path, term, "permalinks.archive", breadcrumbs=above
            )

    def _archive_page(
        self, path: str, title: str, years: tuple[Year, ...], crumbs: tuple[Link, ...]
    ) -> Route:
        view = ArchiveView(
            page=self.context.info("archive", title, path, breadcrumbs=crumbs),
            common=self.context.common,
            queries=self.context.queries("archive.html"),
            years=years,
        )
        return Route(path, "archive.html", view, "permalinks.archive")


def _month(article: Article) -> tuple[str, str]:
    return article.date.year, article.date.month


def _uncounted(term: TermInfo) -> TermInfo:
    return TermInfo(term.title, term.slug, term.description, term.cover, term.archived, None)


def _bureau_info(bureau: Bureau, count: int | None) -> BureauInfo:
    return BureauInfo(
        slug=bureau.slug,
        name=bureau.name,
        short=bureau.short,
        level=bureau.level,
        contact=bureau.contact,
        cover=bureau.cover,
        extra=bureau.extra,
        count=count,
    )
