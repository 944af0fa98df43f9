"""Pages of documents: articles and single pages."""

import functools
from collections.abc import Iterator

from gazette.digests import SIZE, combine, digest_of
from gazette.pages.context import Context, Route, Sketch, column_of
from gazette.pages.view_parts import Address, ArticleInfo
from gazette.pages.views import ArticleView, SinglePageView, shortened
from gazette.reading.model import Document
from gazette.site.model import Article, Card, Neighbours, SinglePage

_END = bytes(SIZE)
"""Ends a list of digests, and stands for what there is not."""
_CHARACTERS_A_MINUTE = 400


def reading_minutes(words: int) -> int:
    """How long a text of so many words takes to read."""
    return -(-words // _CHARACTERS_A_MINUTE)


class Articles:
    """Makes the routes of articles and single pages."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.site = context.site
        self.columns = {term.slug: column_of(term) for term in context.site.categories}
        self._column_digests = {slug: digest_of(column) for slug, column in self.columns.items()}
        self._terms_digests: dict[tuple[tuple[str, ...], ...], bytes] = {}
        self._query_digests: dict[str, bytes] = {}
        self._bureau_links = {bureau.slug: bureau.link for bureau in context.site.bureaus}

    def routes(self) -> Iterator[Route]:
        """Every article, newest first, and every single page."""
        for article, near in zip(self.site.articles, self.site.neighbours, strict=True):
            yield self._article(article, near)
        for page in self.site.pages:
            yield self._page(page)

    def _article(self, article: Article, near: Neighbours) -> Route:
        document = article.document
        template = self.context.template(document, "article.html")
        when = document.updated or article.date
        sketch = Sketch(
            self._digest(article, near, template),
            functools.partial(self._view, article, near, template),
            Address(self.context.full(article.card.href), when.iso),
        )
        body = ((document.path, article.key),)
        source = f"content/{document.path}"
        return Route(article.path, template, sketch, source, body, address_line(document))

    def _digest(self, article: Article, near: Neighbours, template: str) -> bytes:
        """Stands for all that `_view` makes the view of."""
        articles = self.site.articles
        parts = [
            article.key,
            article.card.digest,
            self._queries_digest(template),
            self._terms_digest(article),
            digest_of(article.attachments) if article.attachments else _END,
            _END if near.previous is None else articles[near.previous].card.digest,
            _END if near.next is None else articles[near.next].card.digest,
        ]
        parts += [articles[index].card.digest for index in near.related]
        return combine(parts)

    def _terms_digest(self, article: Article) -> bytes:
        """Stands for the links to an article's terms and to the bureaus that it names."""
        slugs = (
            article.category_slugs, article.tag_slugs, article.topic_slugs, article.bureau_slugs,
            article.mentions,
        )  # fmt: skip
        found = self._terms_digests.get(slugs)
        if found is None:
            links = (article.categories, article.tags, article.topics, article.bureaus)
            mentions = [self._bureau_links[slug] for slug in article.mentions]
            column = [self._column_digests[slug] for slug in article.category_slugs[:1]]
            found = self._terms_digests[slugs] = digest_of((links, mentions, column))
        return found

    def _queries_digest(self, template: str) -> bytes:
        found = self._query_digests.get(template)
        if found is None:
            answers = shortened(self.context.queries(template, ()))
            found = self._query_digests[template] = digest_of(answers)
        return found

    def _view(self, article: Article, near: Neighbours, template: str) -> ArticleView:
        document = article.document
        main = article.category_slugs[0] if article.category_slugs else None
        crumbs = (self.context.home, *(article.categories[:1] or ()))
        page = self.context.info(
            "article",
            document.title,
            article.path,
            description=document.summary,
            keywords=document.keywords or tuple(link.title for link in article.tags),
            image=self.context.full(article.card.cover),
            breadcrumbs=crumbs,
            column=self.columns[main] if main else None,
        )
        return ArticleView(
            page=page,
            common=self.context.common,
            queries=self.context.queries(template, ()),
            article=self._info(article),
            previous=self._card(near.previous),
            next=self._card(near.next),
            related=tuple(self.site.articles[index].card for index in near.related),
        )

    def _card(self, index: int | None) -> Card | None:
        return None if index is None else self.site.articles[index].card

    def _info(self, placed: Article | SinglePage) -> ArticleInfo:
        document = placed.document
        article = placed if isinstance(placed, Article) else None
        return ArticleInfo(
            title=document.title,
            kicker=document.kicker,
            subtitle=document.subtitle,
            date=article.date if article else document.date,
            updated=document.updated,
            authors=document.authors,
            source=document.source,
            source_url=document.source_url,
            editor=document.editor,
            photo_credit=document.photo_credit,
            summary=document.summary,
            cover=placed.card.cover,
            picture=placed.card.picture,
            keywords=document.keywords,
            document=document.document,
            categories=article.categories if article else (),
            tags=article.tags if article else (),
            topics=article.topics if article else (),
            bureaus=article.bureaus if article else (),
            mentions=tuple(self._bureau_links[s] for s in article.mentions) if article else (),
            attachments=placed.attachments,
            adopted=document.adopted,
            words=document.words,
            minutes=reading_minutes(document.words),
            draft=document.draft,
            lang=document.lang,
            extra=document.extra,
        )

    def _page(self, page: SinglePage) -> Route:
        document = page.document
        template = self.context.template(document, "page.html")
        view = SinglePageView(
            page=self.context.info(
                "page",
                document.title,
                page.path,
                description=document.summary,
                keywords=document.keywords,
                image=self.context.full(page.card.cover),
                breadcrumbs=(self.context.home,),
            ),
            common=self.context.common,
            queries=self.context.queries(template, ()),
            article=self._info(page),
        )
        body = ((document.path, page.key),)
        source = f"content/{document.path}"
        return Route(page.path, template, view, source, body, address_line(document))


def address_line(document: Document) -> int:
    """The line that gives a document its address, else its first."""
    lines = document.lines
    return lines.get("permalink", lines.get("slug", 1))
