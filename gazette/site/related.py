"""An article's neighbours: the ones before and after it, and those on the same matters."""

from collections import defaultdict
from collections.abc import Sequence

from gazette.site.model import Article

MOST = 5
_REACH = 2
"""How far to look on either side of the article in each list that it stands in."""


def neighbours_in_time(articles: Sequence[Article]) -> list[tuple[int | None, int | None]]:
    """(previous, next) of each article within its main category; `articles` are newest first."""
    newer: dict[str, int] = {}
    found: list[tuple[int | None, int | None]] = [(None, None)] * len(articles)
    for index, article in enumerate(articles):
        column = article.category_slugs[0] if article.category_slugs else ""
        following = newer.get(column)
        found[index] = (None, following)
        if following is not None:
            found[following] = (index, found[following][1])
        newer[column] = index
    return found


def related(articles: Sequence[Article]) -> list[list[int]]:
    """Up to five related articles of each: shared topics, tags and bureaus, nearest date first.

    Candidates are those that stand next to the article in the lists of its terms, so that a new article
    changes the pages of its few neighbours only, and the work grows with the number of articles.
    """
    lists: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, article in enumerate(articles):
        for term in _terms(article):
            lists[term].append(index)
    shared: list[dict[int, int]] = [{} for _ in articles]
    for (kind, _), members in lists.items():
        weight = 2 if kind == "topic" else 1
        for distance in range(1, _REACH + 1):
            for one, other in zip(members, members[distance:], strict=False):
                shared[one][other] = shared[one].get(other, 0) + weight
                shared[other][one] = shared[other].get(one, 0) + weight
    times = [article.date.timestamp for article in articles]
    return [_best(index, counts, times) for index, counts in enumerate(shared)]


def _terms(article: Article) -> list[tuple[str, str]]:
    terms = [("topic", slug) for slug in article.topic_slugs]
    terms += [("tag", slug) for slug in article.tag_slugs]
    return terms + [("bureau", slug) for slug in article.bureau_slugs]


def _best(index: int, counts: dict[int, int], times: Sequence[int]) -> list[int]:
    when = times[index]
    order = sorted((-count, abs(times[other] - when), other) for other, count in counts.items())
    return [other for _, _, other in order[:MOST]]
