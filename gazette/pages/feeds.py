"""Feeds, sitemap.xml, robots.txt: what machines read."""

from collections.abc import Iterator, Sequence

from gazette.pages.context import Context, Route
from gazette.pages.lists import stem
from gazette.pages.views import (
    Address,
    AddressesView,
    ArticleView,
    FeedEntry,
    FeedView,
    RobotsView,
)  # fmt: skip
from gazette.site.model import Article

_MOST_ADDRESSES = 50_000
"""Of one sitemap file, by the sitemaps.org protocol."""
_EPOCH = "1970-01-01T00:00:00+00:00"


class Feeds:
    """Makes the routes of all feeds."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.site = context.site

    def routes(self) -> Iterator[Route]:
        """Atom for the site, its categories and bureaus; JSON Feed for the site."""
        title = self.context.common.site.title
        everything = self.site.articles
        yield self._feed("feed.xml", "feed.xml", title, "index.html", everything)
        yield self._feed("feed.json", "feed.json", title, "index.html", everything)
        for term in self.site.categories:
            path = f"{stem(term.path)}.xml"
            yield self._feed(path, "feed.xml", f"{term.title} - {title}", term.href, term.articles)
        for bureau in self.site.bureaus:
            path = f"{stem(bureau.path)}/feed.xml"
            name = f"{bureau.name} - {title}"
            yield self._feed(path, "feed.xml", name, bureau.href, bureau.articles)

    def _feed(
        self, path: str, template: str, title: str, home: str, articles: Sequence[Article]
    ) -> Route:
        shown = articles[: self.context.config.pagination.feed]
        entries = tuple(self._entry(article) for article in shown)
        newest = max((entry.updated for entry in entries), key=lambda m: m.timestamp, default=None)
        view = FeedView(
            page=self.context.info("feed", title, path),
            common=self.context.common,
            title=title,
            home=self.context.full(home),
            updated=newest.iso if newest else _EPOCH,
            entries=entries,
        )
        bodies = tuple((article.document.path, article.key) for article in shown)
        return Route(path, template, view, "feeds", bodies)

    def _entry(self, article: Article) -> FeedEntry:
        document = article.document
        return FeedEntry(
            title=document.title,
            id=self.context.full(article.card.href),
            date=article.date,
            updated=document.updated or article.date,
            summary=document.summary,
            authors=document.authors,
            categories=tuple(link.title for link in article.categories + article.tags),
        )


def machine_routes(context: Context, routes: Sequence[Route]) -> Iterator[Route]:
    """sitemap.xml (split at 50,000 addresses) and robots.txt for the other routes."""
    # From the oldest on, so that a new article leaves full parts of a split sitemap as they are.
    addresses = [_address(context, route) for route in reversed(routes) if _is_listed(route)]
    parts = [
        tuple(addresses[start : start + _MOST_ADDRESSES])
        for start in range(0, len(addresses), _MOST_ADDRESSES)
    ] or [()]
    if len(parts) == 1:
        yield _sitemap(context, "sitemap.xml", "sitemap", parts[0])
    else:
        for number, part in enumerate(parts, 1):
            yield _sitemap(context, f"sitemap/{number}.xml", "sitemap", part)
        index = tuple(
            Address(context.full(f"sitemap/{number}.xml"), "")
            for number in range(1, len(parts) + 1)
        )
        yield _sitemap(context, "sitemap.xml", "sitemap-index", index)
    page = context.info("robots", "", "robots.txt")
    view = RobotsView(page=page, common=context.common, sitemap=context.full("sitemap.xml"))
    yield Route("robots.txt", "robots.txt", view, "robots.txt")


def _is_listed(route: Route) -> bool:
    """Pages of the site; not feeds, redirects, fragments, 404, nor further pages of lists."""
    page = route.view.page
    return page.indexed and route.path.endswith(".html") and "/page/" not in route.path


def _address(context: Context, route: Route) -> Address:
    view = route.view
    if isinstance(view, ArticleView):
        when = view.article.updated or view.article.date
        return Address(view.page.permalink, when.iso if when else "")
    return Address(view.page.permalink, "")


def _sitemap(context: Context, path: str, kind: str, addresses: tuple[Address, ...]) -> Route:
    view = AddressesView(
        page=context.info(kind, "", path), common=context.common, addresses=addresses
    )
    return Route(path, "sitemap.xml", view, "sitemap.xml")
