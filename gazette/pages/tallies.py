"""What a bureau's page tells at a glance: its news by category, and how much it published each month."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

import msgspec

from gazette.digests import combine, digest_of
from gazette.pages.view_parts import CategoryNews, MonthTally
from gazette.site.model import Article, Link

_MONTHS = 12
_NEWEST = 5


class Share(msgspec.Struct, frozen=True):
    """A main category's part of a list."""

    category: Link
    """Empty title and href: articles without a category."""
    count: int
    newest: list[Article]

    @property
    def news(self) -> CategoryNews:
        """As templates see it."""
        return CategoryNews(self.category, self.count, tuple([a.card for a in self.newest]))

    @property
    def digest(self) -> bytes:
        """Stands for it."""
        facts = digest_of((self.category, self.count))
        return combine([facts, *(article.card_digest for article in self.newest)])


def by_category(articles: Sequence[Article], order: Mapping[str, Link]) -> list[Share]:
    """The newest articles of each main category; `order` holds all categories of the site by slug.

    Articles without a category come last, under an empty link.
    """
    slugs = [article.category_slugs[0] if article.category_slugs else "" for article in articles]
    counts = Counter(slugs)
    found: dict[str, list[Article]] = {slug: [] for slug in counts}
    wanted = sum(min(count, _NEWEST) for count in counts.values())
    for slug, article in zip(slugs, articles, strict=True):
        if not wanted:
            break
        newest = found[slug]
        if len(newest) < _NEWEST:
            newest.append(article)
            wanted -= 1
    places = [*(slug for slug in order if slug in found), *([""] if "" in found else [])]
    return [Share(order.get(slug, Link("", "")), counts[slug], found[slug]) for slug in places]


def months(articles: Sequence[Article], title: str) -> tuple[MonthTally, ...]:
    """Publications in the twelve months up to that of the newest article, oldest month first.

    `title` is the pattern of a month's name. The clock has no part in it, so a page changes only when
    its bureau publishes.
    """
    if not articles:
        return ()
    listed = _months_until(articles[0].date.iso)
    first = listed[0]
    counts = Counter(takewhile(lambda month: month >= first, _months_of(articles)))
    return tuple(
        MonthTally(
            title.format(year=month[:4], month=month[5:]), month[:4], month[5:], counts[month]
        )
        for month in listed
    )


def _months_of(articles: Iterable[Article]) -> Iterable[str]:
    return (article.date.iso[:7] for article in articles)


def _months_until(day: str) -> list[str]:
    last = int(day[:4]) * 12 + int(day[5:7]) - 1
    numbers = range(max(last - _MONTHS + 1, 12), last + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]
