"""Declared queries -> lists. The grammar is from, where, scope, sort, limit, and nothing more."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gazette.config.settings import Query
from gazette.site.model import Article, Bureau, Card, Site, Term, TermCard
from gazette.site.terms import same

Answer = tuple[Any, ...]


def answer(query: Query, site: Site, members: Iterable[Article] | None = None) -> Answer:
    """The cards (or rows of data) that the query finds; `members` are the articles of `scope: page`."""
    if query.source == "articles":
        return _articles(query, site.articles if members is None else members)
    rows = _ROWS[query.source](site) if query.source in _ROWS else _data(query, site)
    found = [row for row in rows if all(_holds(_field(row, k), v) for k, v in query.where.items())]
    key, descending = query.sort.lstrip("-"), query.sort.startswith("-")
    if query.sort != "-date" or query.source in {"pages", "topics"}:
        found.sort(key=lambda row: _sortable(_field(row, key)), reverse=descending)
    return tuple(found[: query.limit])


def _articles(query: Query, articles: Iterable[Article]) -> tuple[Card, ...]:
    tests = [(_ARTICLE_FIELDS.get(name), name, value) for name, value in query.where.items()]
    matching = (
        article
        for article in articles
        if all(
            _holds(get(article) if get else _extra(article, name), value)
            for get, name, value in tests
        )
    )
    if query.sort == "-date":  # articles come newest first, so there is no need to look at all
        return tuple(article.card for article, _ in zip(matching, range(query.limit), strict=False))
    key, descending = query.sort.lstrip("-"), query.sort.startswith("-")
    get = _ARTICLE_FIELDS.get(key)
    ordered = sorted(
        matching,
        key=lambda article: _sortable(get(article) if get else _extra(article, key)),
        reverse=descending,
    )
    return tuple(article.card for article in ordered[: query.limit])


def _terms(slugs: tuple[str, ...], links: Iterable[Any]) -> list[str]:
    return [*slugs, *(link.title for link in links)]


_ARTICLE_FIELDS: Mapping[str, Callable[[Article], Any]] = {
    "title": lambda a: a.document.title,
    "slug": lambda a: a.document.slug,
    "date": lambda a: a.date.timestamp,
    "year": lambda a: a.date.year,
    "month": lambda a: a.date.month,
    "category": lambda a: _terms(a.category_slugs[:1], a.categories[:1]),
    "categories": lambda a: _terms(a.category_slugs, a.categories),
    "tags": lambda a: _terms(a.tag_slugs, a.tags),
    "topics": lambda a: _terms(a.topic_slugs, a.topics),
    "bureaus": lambda a: _terms(a.bureau_slugs, a.bureaus),
    "authors": lambda a: a.document.authors,
    "source": lambda a: a.document.source,
    "cover": lambda a: a.card.cover,
    "pinned": lambda a: a.document.pinned,
    "weight": lambda a: a.document.weight,
    "lang": lambda a: a.document.lang,
    "layout": lambda a: a.document.layout,
    "adopted": lambda a: [item.level for item in a.document.adopted],
    "attachments": lambda a: [item.type for item in a.attachments],
    "words": lambda a: a.document.words,
}
FIELDS = frozenset(_ARTICLE_FIELDS)


def _extra(article: Article, name: str) -> Any:
    return article.document.extra.get(name.removeprefix("extra."))


def _holds(actual: Any, wanted: Any) -> bool:
    """Equality or membership; `true` means not empty, `false` empty."""
    if isinstance(wanted, bool):
        return bool(actual) == wanted
    choices = wanted if isinstance(wanted, list) else [wanted]
    values = actual if isinstance(actual, list | tuple) else [actual]
    wanted_texts = {same(str(choice)) for choice in choices}
    return any(same(str(value)) in wanted_texts for value in values if value is not None)


def _field(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row.get(name)
    value = getattr(row, name, None)
    return value.timestamp if name in {"date", "latest"} and value is not None else value


def _sortable(value: Any) -> tuple[int, float, str]:
    """Numbers before texts, nothing first; so that any two values can be compared."""
    if value is None:
        return (0, 0.0, "")
    if isinstance(value, int | float):
        return (1, float(value), "")
    return (2, 0.0, "\0".join(value) if isinstance(value, list | tuple) else str(value))


def term_card(term: Term) -> TermCard:
    """What lists show of a category, tag or topic."""
    text = term.document
    return TermCard(
        title=term.title,
        href=term.href,
        slug=term.slug,
        count=len(term.articles),
        description=text.summary if text else term.entry.description,
        cover=term.cover,
        archived=text.archived if text else False,
        latest=term.articles[0].date if term.articles else None,
    )


def bureau_card(bureau: Bureau) -> TermCard:
    """What lists show of a bureau."""
    return TermCard(
        title=bureau.title,
        href=bureau.href,
        slug=bureau.slug,
        count=len(bureau.articles),
        description=bureau.name,
        cover=bureau.cover,
        level=bureau.level,
        latest=bureau.articles[0].date if bureau.articles else None,
    )


_ROWS: Mapping[str, Callable[[Site], Iterable[Any]]] = {
    "pages": lambda site: [page.card for page in site.pages],
    "topics": lambda site: [term_card(term) for term in site.topics],
    "categories": lambda site: [term_card(term) for term in site.categories],
    "tags": lambda site: [term_card(term) for term in site.tags],
    "bureaus": lambda site: [bureau_card(bureau) for bureau in site.bureaus],
}


def _data(query: Query, site: Site) -> Iterable[Any]:
    rows = site.data.get(query.source.removeprefix("data."), [])
    return rows if isinstance(rows, list) else [rows]
