"""The bureau directory, and each bureau's lists: all, its own, and the articles that name it."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gazette.digests import digest_of
from gazette.pages.context import Context, Route
from gazette.pages.lists import first_page, numbered
from gazette.pages.pagination import Slice, index_path, numbered_path, slices, stem
from gazette.pages.tallies import Share, by_category, months
from gazette.pages.view_parts import BureauBranch, BureauInfo, MonthTally, PageInfo
from gazette.pages.views import BureausView, BureauView, shortened
from gazette.site.bureaus import FILE
from gazette.site.model import Article, Bureau, Link, TermCard
from gazette.site.queries import bureau_card
from gazette.urls import href_of

_TEMPLATE = "bureau.html"


class Bureaus:
    """Makes the routes of the directory and of all bureaus."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.site = context.site
        self.labels = context.labels
        self._categories = {term.slug: term.link for term in context.site.categories}

    def routes(self) -> Iterator[Route]:
        """The directory, then each bureau in the tree's order."""
        directory = index_path(self.context.config.permalinks.bureau, "bureau")
        yield self._directory(directory)
        for bureau in self.site.bureaus:
            yield from self._bureau(bureau, directory)

    def _directory(self, path: str) -> Route:
        title = self.labels["bureaus"]
        page = self.context.info("bureaus", title, path, breadcrumbs=(self.context.home,))
        view = BureausView(
            page=page,
            common=self.context.common,
            queries=self.context.queries("bureaus.html"),
            branches=self.branches(),
        )
        return Route(path, "bureaus.html", view, FILE)

    def branches(self) -> tuple[BureauBranch, ...]:
        """The bureau tree."""
        return tuple(self._branch(bureau) for bureau in self.site.bureaus if not bureau.ancestors)

    def _branch(self, bureau: Bureau) -> BureauBranch:
        below = tuple(self._branch(self.site.bureau[slug]) for slug in bureau.children)
        return BureauBranch(bureau_card(bureau), below)

    def _bureau(self, bureau: Bureau, directory: str) -> Iterator[Route]:
        scopes = [("all", bureau.path, bureau.articles)]
        if bureau.children:
            scopes.append(("own", f"{stem(bureau.path)}/own.html", bureau.own))
        if bureau.mentioned_in:
            path = f"{stem(bureau.path)}/mentions.html"
            scopes.append(("mentions", path, bureau.mentioned_in))
        names = self.labels | ({"all": self.labels["below"]} if bureau.children else {})
        links = {name: Link(names[name], href_of(path)) for name, path, _ in scopes}
        crumbs = (
            self.context.home,
            Link(self.labels["bureaus"], href_of(directory)),
            *(self.site.bureau[slug].link for slug in bureau.ancestors),
        )
        for scope in scopes:
            yield from self._list(_Scope(bureau, *scope, links, crumbs))

    def _list(self, scope: "_Scope") -> Iterator[Route]:
        text, last = scope.bureau.document, 0
        source, line = (f"content/{text.path}", 1) if text else (FILE, None)
        bodies = ((text.path, scope.bureau.key),) if scope.name == "all" and text else ()
        digest = self._digest(scope)
        size, pins = self.context.config.pagination.size, self.context.pins
        for part in slices(scope.articles, scope.path, size, pins=pins):
            last = part.last
            glance = _NO_GLANCE if part.number else self._glance(scope)
            make = functools.partial(self._view, scope, part, glance)
            if part.number:
                yield Route(part.path, _TEMPLATE, numbered(digest, part, make), source, (), line)
            else:
                sketch = first_page(digest, part, glance.facts, make)
                yield Route(part.path, _TEMPLATE, sketch, source, bodies, line)
        if last:
            # Stands where the next numbered page will be.
            path = numbered_path(scope.path, last + 1)
            yield self.context.redirect(path, href_of(scope.path), source)

    def _digest(self, scope: "_Scope") -> bytes:
        """Stands for all that is the same on all pages of a list."""
        info, page = _bureau_info(scope.bureau, None), self._page(scope, scope.path)
        answers = self.context.no_answers(_TEMPLATE)
        return digest_of([scope.name, info, page, scope.links, answers])

    def _glance(self, scope: "_Scope") -> "_Glance":
        main = scope.name == "all"
        told = scope.articles if scope.name != "mentions" else ()
        children = scope.bureau.children if main else ()
        return _Glance(
            self.context.queries(_TEMPLATE, scope.articles) if main else {},
            tuple(bureau_card(self.site.bureau[slug]) for slug in children),
            by_category(told, self._categories),
            months(told, self.labels["month"]),
        )

    def _page(self, scope: "_Scope", path: str) -> PageInfo:
        bureau = scope.bureau
        text = bureau.document
        return self.context.info(
            "bureau",
            bureau.name,
            path,
            description=text.summary if text else "",
            breadcrumbs=scope.crumbs,
            feeds=(Link(bureau.title, href_of(f"{stem(bureau.path)}/feed.xml")),),
            image=self.context.full(bureau.cover),
        )

    def _view(self, scope: "_Scope", part: Slice, glance: "_Glance") -> BureauView:
        return BureauView(
            page=self._page(scope, part.path),
            common=self.context.common,
            queries=glance.queries or self.context.no_answers(_TEMPLATE),
            bureau=_bureau_info(scope.bureau, None if part.number else len(scope.articles)),
            scope=scope.name,
            scope_title=scope.links[scope.name].title,
            scopes=tuple(link for name, link in scope.links.items() if name != scope.name),
            children=glance.children,
            by_category=tuple(share.news for share in glance.shares),
            months=glance.months,
            pinned=part.pinned,
            entries=part.cards,
            pager=part.pager,
        )


class _Scope(NamedTuple):
    """One of a bureau's lists."""

    bureau: Bureau
    name: str
    """See `BureauView.scope`."""
    path: str
    articles: Sequence[Article]
    links: dict[str, Link]
    """To all lists of the bureau, by their names."""
    crumbs: tuple[Link, ...]


class _Glance(NamedTuple):
    """What stands on a list's first page only."""

    queries: dict[str, tuple[Any, ...]]
    children: tuple[TermCard, ...]
    shares: list[Share]
    months: tuple[MonthTally, ...]

    @property
    def facts(self) -> object:
        """Stands for all of it."""
        shares = [share.digest for share in self.shares]
        return (shortened(self.queries), self.children, shares, self.months)


_NO_GLANCE = _Glance({}, (), [], ())


def _bureau_info(bureau: Bureau, count: int | None) -> BureauInfo:
    return BureauInfo(
        slug=bureau.slug,
        name=bureau.name,
        short=bureau.short,
        level=bureau.level,
        contact=bureau.contact,
        cover=bureau.cover,
        picture=bureau.picture,
        extra=bureau.extra,
        count=count,
    )
