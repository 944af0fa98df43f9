"""The bureau directory, and each bureau's lists: all, its own, and the articles that name it."""

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gazette.digests import digest_of
from gazette.pages.context import Context, Route
from gazette.pages.lists import numbered
from gazette.pages.pagination import Slice, index_path, numbered_path, slices, stem
from gazette.pages.tallies import by_category, months
from gazette.pages.view_parts import BureauBranch, BureauInfo, PageInfo
from gazette.pages.views import BureausView, BureauView
from gazette.site.bureaus import FILE
from gazette.site.model import Article, Bureau, Link
from gazette.site.queries import bureau_card
from gazette.urls import href_of


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
        scopes = [_Scope("all", bureau.path, bureau.articles)]
        if bureau.children:
            scopes.append(_Scope("own", f"{stem(bureau.path)}/own.html", bureau.own))
        if bureau.mentioned_in:
            path = f"{stem(bureau.path)}/mentions.html"
            scopes.append(_Scope("mentions", path, bureau.mentioned_in))
        names = self.labels | ({"all": self.labels["below"]} if bureau.children else {})
        links = {s.name: Link(names[s.name], href_of(s.path)) for s in scopes}
        crumbs = (
            self.context.home,
            Link(self.labels["bureaus"], href_of(directory)),
            *(self.site.bureau[slug].link for slug in bureau.ancestors),
        )
        for scope in scopes:
            yield from self._list(bureau, scope, links, crumbs)

    def _list(
        self, bureau: Bureau, scope: "_Scope", links: dict[str, Link], crumbs: tuple[Link, ...]
    ) -> Iterator[Route]:
        text, last = bureau.document, 0
        source, line = (f"content/{text.path}", 1) if text else (FILE, None)
        view = functools.partial(self._view, bureau, scope, links, crumbs)
        digest = b""
        for part in slices(scope.articles, scope.path, self.context.config.pagination.size):
            last = part.last
            if part.number:
                digest = digest or self._digest(bureau, scope, links, crumbs)
                sketch = numbered(digest, part, functools.partial(view, part))
                yield Route(part.path, "bureau.html", sketch, source, (), line)
                continue
            bodies = ((text.path, bureau.key),) if scope.name == "all" and text else ()
            yield Route(part.path, "bureau.html", view(part), source, bodies, line)
        if last:
            # Stands where the next numbered page will be.
            path = numbered_path(scope.path, last + 1)
            yield self.context.redirect(path, href_of(scope.path), source)

    def _digest(
        self, bureau: Bureau, scope: "_Scope", links: dict[str, Link], crumbs: tuple[Link, ...]
    ) -> bytes:
        """Stands for all that is the same on all numbered pages of a list."""
        info = _bureau_info(bureau, None)
        page = self._page(bureau, scope.path, crumbs)
        return digest_of([scope.name, info, page, links, self.context.no_answers("bureau.html")])

    def _page(self, bureau: Bureau, path: str, crumbs: tuple[Link, ...]) -> PageInfo:
        text = bureau.document
        return self.context.info(
            "bureau",
            bureau.name,
            path,
            description=text.summary if text else "",
            breadcrumbs=crumbs,
            feeds=(Link(bureau.title, href_of(f"{stem(bureau.path)}/feed.xml")),),
            image=self.context.full(bureau.cover),
        )

    def _view(
        self, bureau: Bureau, scope: "_Scope", links: dict[str, Link], crumbs: tuple[Link, ...],
        part: Slice,
    ) -> BureauView:  # fmt: skip
        main = scope.name == "all" and not part.number
        told = scope.articles if scope.name != "mentions" and not part.number else ()
        return BureauView(
            page=self._page(bureau, part.path, crumbs),
            common=self.context.common,
            queries=self.context.queries("bureau.html", scope.articles)
            if main
            else self.context.no_answers("bureau.html"),
            bureau=_bureau_info(bureau, None if part.number else len(scope.articles)),
            scope=scope.name,
            scope_title=links[scope.name].title,
            scopes=tuple(link for name, link in links.items() if name != scope.name),
            children=tuple(bureau_card(self.site.bureau[slug]) for slug in bureau.children)
            if main
            else (),
            by_category=by_category(told, self._categories),
            months=months(told, self.labels["month"]),
            pinned=part.pinned,
            entries=part.cards,
            pager=part.pager,
        )


class _Scope(NamedTuple):
    """One of a bureau's lists."""

    name: str
    """See `BureauView.scope`."""
    path: str
    articles: Sequence[Article]


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
