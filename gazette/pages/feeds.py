"""Feeds, sitemap.xml, robots.txt: what machines read."""

from collections.abc import Iterator, Sequence

from gazette.pages.context import Context, Route, Sketch
from gazette.pages.pagination import stem
from gazette.pages.view_parts import Address, FeedEntry
from gazette.pages.views import AddressesView, FeedView, PageView, RobotsView
from gazette.site.model import Article

MOST_ADDRESSES = 50_000
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


def machine_routes(
    context: Context, routes: Sequence[Route], most: int = MOST_ADDRESSES
) -> Iterator[Route]:
    """sitemap.xml (split at `most` addresses) and robots.txt for the other routes."""
    sketches = [route.content for route in routes if isinstance(route.content, Sketch)]
    articles = [sketch.address for sketch in sketches if sketch.address]
    views = [route.content for route in routes if not isinstance(route.content, Sketch)]
    others = [Address(view.page.permalink, "") for view in views if _is_listed(view)]
    # From the oldest article on, so that a new one leaves full parts of a split sitemap as they are.
    addresses = [*reversed(articles), *others]
    parts = [tuple(addresses[i : i + most]) for i in range(0, len(addresses), most)] or [()]
    if len(parts) == 1:
        yield _sitemap(context, "sitemap.xml", "sitemap", parts[0])
    else:
        paths = [f"sitemap/{number}.xml" for number in range(1, len(parts) + 1)]
        for path, part in zip(paths, parts, strict=True):
            yield _sitemap(context, path, "sitemap", part)
        index = tuple(Address(context.full(path), "") for path in paths)
        yield _sitemap(context, "sitemap.xml", "sitemap-index", index)
    page = context.info("robots", "", "robots.txt")
    view = RobotsView(page=page, common=context.common, sitemap=context.full("sitemap.xml"))
    yield Route("robots.txt", "robots.txt", view, "robots.txt")


def _is_listed(view: PageView) -> bool:
    """Pages of the site; not feeds, redirects, fragments or 404. Further pages of lists are sketches."""
    return view.page.indexed and not isinstance(view, FeedView)


def _sitemap(context: Context, path: str, kind: str, addresses: tuple[Address, ...]) -> Route:
    view = AddressesView(
        page=context.info(kind, "", path), common=context.common, addresses=addresses
    )
    return Route(path, "sitemap.xml", view, "sitemap.xml")
