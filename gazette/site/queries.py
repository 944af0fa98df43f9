"""Declared queries -> lists. The grammar is from, where, scope, sort, limit, and nothing more."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from gazette.config.settings import Query
from gazette.site.model import Article, Bureau, Card, Site, Term, TermCard
from gazette.site.terms import same

Answer = tuple[Any, ...]


def answer(query: Query, site: Site, members: Iterable[Article] | None = None) -> Answer:
    """The cards (or rows of data) that the query finds; `members` are the articles of `scope: page`.

    The usual `-date` leaves lists whose rows have no date in their own order.
    """
    if query.source == "articles":
        return _articles(query, site.articles if members is None else members)
    rows = _rows(query.source, site)
    tests = [(name, _test(value)) for name, value in query.where.items()]
    found = [row for row in rows if all(holds(_field(row, name)) for name, holds in tests)]
    key, descending = _order(query.sort)
    found.sort(key=lambda row: _sortable(_field(row, key)), reverse=descending)
    return tuple(found[: query.limit])


def unknown_fields(query: Query, site: Site) -> Iterator[tuple[str, frozenset[str]]]:
    """The fields in `where` and `sort` that no row of the source has, each with those that there are."""
    known = _fields_of(query.source, site)
    for name in query.where:
        if name not in known and not (query.source == "articles" and name.startswith("extra.")):
            yield name, known
    key = _order(query.sort)[0]
    if key not in known | {"date"} and not (
        query.source == "articles" and key.startswith("extra.")
    ):
        yield key, known


def _fields_of(source: str, site: Site) -> frozenset[str]:
    if source == "articles":
        return FIELDS
    if source.startswith("data."):
        rows = [row for row in _rows(source, site) if isinstance(row, dict)]
        return frozenset(key for row in rows for key in row)
    kind = Card if source == "pages" else TermCard
    return frozenset(kind.__struct_fields__)


def _articles(query: Query, articles: Iterable[Article]) -> tuple[Card, ...]:
    tests = [(_getter(name), _test(value)) for name, value in query.where.items()]
    matching: Iterable[Article] = articles
    if tests:
        matching = (a for a in articles if all(holds(get(a)) for get, holds in tests))
    if query.sort == "-date":  # articles come newest first, so there is no need to look at all
        return tuple(article.card for article in islice(matching, query.limit))
    key, descending = _order(query.sort)
    get = _getter(key)
    ordered = sorted(matching, key=lambda article: _sortable(get(article)), reverse=descending)
    return tuple(article.card for article in ordered[: query.limit])


def _order(sort: str) -> tuple[str, bool]:
    return sort.removeprefix("-"), sort.startswith("-")


def _getter(name: str) -> Callable[[Article], Any]:
    own = name.removeprefix("extra.")
    return _ARTICLE_FIELDS.get(name) or (lambda article: article.document.extra.get(own))


def _terms(slugs: tuple[str, ...], links: Iterable[Any]) -> list[str]:
    return [*slugs, *(link.title for link in links)]


_ARTICLE_FIELDS: Mapping[str, Callable[[Article], Any]] = {
    "title": lambda a: a.document.title,
    "slug": lambda a: a.outline.slug,
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
    "cover": lambda a: a.facts.cover.href if a.facts.cover else "",
    "pinned": lambda a: a.outline.pinned,
    "weight": lambda a: a.outline.weight,
    "lang": lambda a: a.document.lang,
    "layout": lambda a: a.outline.layout,
    "adopted": lambda a: [item.level for item in a.document.adopted],
    "attachments": lambda a: [item.type for item in a.attachments],
    "words": lambda a: a.document.words,
}
FIELDS = frozenset(_ARTICLE_FIELDS)


def _test(wanted: Any) -> Callable[[Any], bool]:
    """Equality or membership; `true` means not empty, `false` or nothing empty."""
    if wanted is None or isinstance(wanted, bool):
        return lambda actual: bool(actual) == bool(wanted)
    texts = {same(str(choice)) for choice in (wanted if isinstance(wanted, list) else [wanted])}

    def holds(actual: Any) -> bool:
        values = actual if isinstance(actual, list | tuple) else (actual,)
        return any(same(str(value)) in texts for value in values if value is not None)

    return holds


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
        picture=term.picture,
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
        picture=bureau.picture,
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


def _rows(source: str, site: Site) -> list[Any]:
    if source in _ROWS:
        return list(_ROWS[source](site))
    rows = site.data.get(source.removeprefix("data."))
    return rows if isinstance(rows, list) else [] if rows is None else [rows]
