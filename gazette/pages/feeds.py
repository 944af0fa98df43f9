"""Feeds, sitemap.xml, robots.txt: what machines read."""

import functools
from collections.abc import Iterator, Sequence

from gazette.digests import NOTHING, combine, digest_of
from gazette.pages.context import Context, Route, Sketch
from gazette.pages.pagination import stem
from gazette.pages.view_parts import Address, FeedEntry
from gazette.pages.views import AddressesView, FeedView, PageView, RobotsView
from gazette.site.model import Article
from gazette.urls import href_of

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
        bodies = tuple([(article.outline.path, article.entry.key) for article in shown])
        make = functools.partial(self._view, path, title, home, shown)
        digests = [digest for article in shown for digest in self._digests(article)]
        sketch = Sketch(combine([digest_of((path, title, home)), *digests]), make)
        return Route(path, template, sketch, "feeds", bodies)

    def _digests(self, article: Article) -> Iterator[bytes]:
        """Stand for all that an entry is made of."""
        outline = article.outline
        own = (article.path, article.date, outline.shown, outline.updated, outline.authors)
        yield digest_of(own)
        links = self.context.link_digests
        yield from map(links["categories"].__getitem__, article.category_slugs)
        yield NOTHING
        yield from map(links["tags"].__getitem__, article.tag_slugs)
        yield NOTHING

    def _view(self, path: str, title: str, home: str, articles: Sequence[Article]) -> FeedView:
        entries = tuple(self._entry(article) for article in articles)
        newest = max((entry.updated for entry in entries), key=lambda m: m.timestamp, default=None)
        return FeedView(
            page=self.context.info("feed", title, path),
            common=self.context.common,
            title=title,
            home=self.context.full(home),
            updated=newest.iso if newest else _EPOCH,
            entries=entries,
        )

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
    dated: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for route in routes:
        lastmod = _lastmod(route.content)
        if lastmod is not None:
            (dated if lastmod else others).append((route.path, lastmod))
    # From the oldest article on, so that a new one leaves full parts of a split sitemap as they are.
    addresses = [*reversed(dated), *others]
    parts = [tuple(addresses[i : i + most]) for i in range(0, len(addresses), most)] or [()]
    if len(parts) == 1:
        yield _sitemap(context, "sitemap.xml", "sitemap", parts[0])
    else:
        paths = [f"sitemap/{number}.xml" for number in range(1, len(parts) + 1)]
        for path, part in zip(paths, parts, strict=True):
            yield _sitemap(context, path, "sitemap", part)
        index = tuple((path, "") for path in paths)
        yield _sitemap(context, "sitemap.xml", "sitemap-index", index)
    page = context.info("robots", "", "robots.txt")
    view = RobotsView(page=page, common=context.common, sitemap=context.full("sitemap.xml"))
    yield Route("robots.txt", "robots.txt", view, "robots.txt")


def _lastmod(content: PageView | Sketch) -> str | None:
    """See `Sketch.lastmod`; not listed are feeds, redirects, fragments, 404, further pages of lists."""
    if isinstance(content, Sketch):
        return content.lastmod
    return "" if content.page.indexed else None


def _sitemap(
    context: Context, path: str, kind: str, addresses: tuple[tuple[str, str], ...]
) -> Route:
    def make() -> AddressesView:
        lines = [Address(context.full(href_of(page)), lastmod) for page, lastmod in addresses]
        info = context.info(kind, "", path)
        return AddressesView(page=info, common=context.common, addresses=tuple(lines))

    sketch = Sketch(digest_of((kind, path, addresses)), make)
    return Route(path, "sitemap.xml", sketch, "sitemap.xml")
