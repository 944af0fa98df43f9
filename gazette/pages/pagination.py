"""Lists cut into pages that are numbered from the oldest, so that full ones never change again."""

from collections.abc import Iterator, Sequence

from gazette.digests import NOTHING
from gazette.pages.view_parts import Pager
from gazette.site.model import Article, Card, Link
from gazette.urls import href_of, output_path

_NEAR = 8


class Slice:
    """One page of a list: number 0 is the first page, with the newest entries."""

    def __init__(
        self, articles: Sequence[Article], first: str, number: int, size: int, pins: bool = True
    ) -> None:
        self.number = number
        self.last = max(0, len(articles) // size - 1)
        """Number of the newest numbered page; all of them are full."""
        self.first = first
        self.total = len(articles)
        self.path = numbered_path(first, number) if number else first
        self._stem = stem(href_of(first))
        if number:
            newest = len(articles) - number * size
            self.articles = articles[newest : newest + size]
            self._pinned: list[Article] = []
            return
        pinned = [article for article in articles if article.outline.pinned] if pins else []
        pinned.sort(key=lambda article: article.outline.weight)
        self._pinned = pinned
        chosen = articles[: len(articles) - self.last * size]
        self.articles = [a for a in chosen if not a.outline.pinned] if pinned else chosen

    @property
    def digests(self) -> list[bytes]:
        """Of the cards: of those pinned, then of the others."""
        pinned = [article.card_digest for article in self._pinned]
        return [*pinned, NOTHING, *[article.card_digest for article in self.articles]]

    @property
    def pinned(self) -> tuple[Card, ...]:
        """On the first page the pinned entries."""
        return tuple([article.card for article in self._pinned])

    @property
    def cards(self) -> tuple[Card, ...]:
        """The entries, newest first; on the first page without those pinned."""
        return tuple([article.card for article in self.articles])

    @property
    def pager(self) -> Pager:
        """The way to the list's other pages."""
        older = (self.number or self.last + 1) - 1
        numbers = [*range(older, max(1, older - _NEAR), -1), *([1] if older >= 1 else [])]
        return Pager(
            number=self.number,
            first=Link("1", href_of(self.first)),
            # The newest numbered page leads to an address that leads on to the first page, until that
            # page has another full block to give away.
            newer=self._link(self.number + 1) if self.number else None,
            older=self._link(older) if older else None,
            numbered=tuple([self._link(number) for number in numbers]),
            total=None if self.number else self.total,
        )

    def _link(self, number: int) -> Link:
        return Link(str(number), f"{self._stem}/page/{number}.html")


def slices(
    articles: Sequence[Article], first: str, size: int, *, pins: bool = True
) -> Iterator[Slice]:
    """All pages of a list, the first one first; `pins`: whether the site has any pinned article."""
    first_page = Slice(articles, first, 0, size, pins)
    yield first_page
    for number in range(1, first_page.last + 1):
        yield Slice(articles, first, number, size)


def stem(path: str) -> str:
    """The output path without `/index.html` or its ending; further pages lie below it."""
    return path.removesuffix("/index.html").removesuffix(".html").removesuffix(".htm")


def numbered_path(first: str, number: int) -> str:
    """The output path of a list's numbered page."""
    return f"{stem(first)}/page/{number}.html"


def index_path(pattern: str, kind: str) -> str:
    """The page that lists all terms of a kind: in the folder in which the terms' pages lie."""
    folder = pattern.partition(":")[0].rpartition("/")[0].strip("/")
    return output_path(f"/{folder or kind}/")
