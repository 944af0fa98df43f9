"""Pages of documents: articles and single pages."""

import functools
from collections.abc import Iterator

from gazette.digests import NOTHING, combine, digest_of
from gazette.pages.context import Context, Route, Sketch, column_of
from gazette.pages.view_parts import ArticleInfo
from gazette.pages.views import ArticleView, SinglePageView, shortened
from gazette.reading.scan import FILE_PREFIX
from gazette.site.model import Article, Card, Neighbours, SinglePage

_USUAL = "article.html"
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
        links = context.link_digests
        self._category, self._tag = links["categories"].__getitem__, links["tags"].__getitem__
        self._topic, self._bureau = links["topics"].__getitem__, links["bureaus"].__getitem__
        self._query_digests: dict[str, bytes] = {}
        self._bureau_links = {bureau.slug: bureau.link for bureau in context.site.bureaus}

    def routes(self) -> Iterator[Route]:
        """Every article, newest first, and every single page."""
        for article, near in zip(self.site.articles, self.site.neighbours, strict=True):
            yield self._article(article, near)
        for page in self.site.pages:
            yield self._page(page)

    def _article(self, article: Article, near: Neighbours) -> Route:
        entry = article.entry
        outline = entry.outline
        template = self.context.template(article, _USUAL) if outline.layout else _USUAL
        sketch = Sketch(
            self._digest(article, near, template),
            functools.partial(self._view, article, near, template),
            (outline.updated or article.date).iso,
        )
        body = ((outline.path, entry.key),)
        source = FILE_PREFIX + outline.path
        return Route(article.path, template, sketch, source, body, outline.address_line)

    def _digest(self, article: Article, near: Neighbours, template: str) -> bytes:
        """Stands for all that `_view` makes the view of."""
        articles = self.site.articles
        parts = [
            article.entry.key,
            article.card_digest,
            self._queries_digest(template),
            *map(self._category, article.category_slugs),
            NOTHING,
            *map(self._tag, article.tag_slugs),
            NOTHING,
            *map(self._topic, article.topic_slugs),
            NOTHING,
            *map(self._bureau, article.bureau_slugs),
            NOTHING,
            *map(self._bureau, article.mentions),
            NOTHING,
            self._column_digests[article.category_slugs[0]] if article.category_slugs else NOTHING,
            digest_of(article.attachments) if article.attachments else NOTHING,
            NOTHING if near.previous is None else articles[near.previous].card_digest,
            NOTHING if near.next is None else articles[near.next].card_digest,
        ]
        parts += [articles[index].card_digest for index in near.related]
        return combine(parts)

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
        template = self.context.template(page, "page.html")
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
        source = FILE_PREFIX + document.path
        return Route(page.path, template, view, source, body, document.address_line)
