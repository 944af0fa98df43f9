"""The archive: years, months, and the articles of each month."""

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote

from gazette.pages.context import Context, Route
from gazette.pages.lists import Listing, list_routes
from gazette.pages.pagination import index_path, stem
from gazette.pages.view_parts import Month, TermInfo, Year
from gazette.pages.views import ArchiveView
from gazette.site.model import Article, Link
from gazette.site.permalinks import month_path
from gazette.urls import href_of


class Archive:
    """Makes the routes of the archive."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.labels = context.labels
        months = groupby(context.site.articles, _month)
        self._months = [(month, tuple(articles)) for month, articles in months]

    def years(self) -> tuple[Year, ...]:
        """Years and months with their numbers of articles, newest first."""
        return tuple(
            self._year(year, [(month, len(articles)) for (_, month), articles in group])
            for year, group in groupby(self._months, lambda item: item[0][0])
        )

    def _year(self, year: str, months: list[tuple[str, int]]) -> Year:
        listed = tuple(
            Month(
                self.labels["month"].format(year=year, month=month),
                href_of(self._month_path(year, month)),
                count,
            )
            for month, count in months
        )
        title = self.labels["year"].format(year=year)
        return Year(
            title, href_of(self._year_path(year)), sum(count for _, count in months), listed
        )

    def _month_path(self, year: str, month: str) -> str:
        return month_path(self.context.config.permalinks.archive, year, month)

    def _archive_path(self) -> str:
        return index_path(self.context.config.permalinks.archive, "archive")

    def _year_path(self, year: str) -> str:
        return f"{stem(self._archive_path())}/{year}/index.html"

    def routes(self) -> Iterator[Route]:
        """The index, the years and the months."""
        index = self._archive_path()
        years = self.years()
        crumbs = (self.context.home, Link(self.labels["archive"], href_of(index)))
        yield self._archive_page(index, self.labels["archive"], years, crumbs[:1])
        for year in years:
            yield self._archive_page(unquote(year.href), year.title, (year,), crumbs)
        for (number, month), articles in self._months:
            title = self.labels["month"].format(year=number, month=month)
            term = TermInfo(title, f"{number}-{month}", "", "", None, False, len(articles))
            year_title = self.labels["year"].format(year=number)
            above = (*crumbs, Link(year_title, href_of(self._year_path(number))))
            listing = Listing(
                kind="archive-month",
                template="archive-list.html",
                term=term,
                articles=articles,
                path=self._month_path(number, month),
                source="permalinks.archive",
                info={"breadcrumbs": above},
            )
            yield from list_routes(self.context, listing)

    def _archive_page(
        self, path: str, title: str, years: tuple[Year, ...], crumbs: tuple[Link, ...]
    ) -> Route:
        view = ArchiveView(
            page=self.context.info("archive", title, path, breadcrumbs=crumbs),
            common=self.context.common,
            queries=self.context.queries("archive.html"),
            years=years,
        )
        return Route(path, "archive.html", view, "permalinks.archive")


def _month(article: Article) -> tuple[str, str]:
    return article.date.year, article.date.month
