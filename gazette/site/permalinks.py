"""Permalink patterns -> output paths. Tokens and styles are Jekyll 4.3's, and `:category`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from gazette.config.decode import nearest
from gazette.config.settings import Permalinks
from gazette.problems import Problem, error
from gazette.reading.dates import Moment
from gazette.reading.model import Document
from gazette.urls import output_path

STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_TOKEN = re.compile(r":([a-z_]+)")
_KEEPING_CASE = re.compile(r"[^\w.~!$&'()+,;=@-]+")


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """The output path that a pattern gives; empty tokens leave no empty folder."""
    return output_path(
        _TOKEN.sub(lambda match: values.get(match[1], ""), STYLES.get(pattern, pattern))
    )


ARTICLE_TOKENS = frozenset(
    [
        "category",
        "categories",
        "collection",
        "year",
        "short_year",
        "month",
        "i_month",
        "short_month",
        "long_month",
        "day",
        "i_day",
        "y_day",
        "w_year",
        "week",
        "w_day",
        "short_day",
        "long_day",
        "hour",
        "minute",
        "second",
        "title",
        "slug",
        "name",
        "path",
        "output_ext",
    ]
)


_OTHER_TOKENS = frozenset(["slug", "path", "title", "year", "month"])


def pattern_faults(patterns: Permalinks) -> Iterator[Problem]:
    """Tokens that mean nothing, in the site's patterns."""
    for name, pattern in msgspec.structs.asdict(patterns).items():
        known = ARTICLE_TOKENS | RARE_TOKENS if name == "article" else _OTHER_TOKENS
        for token in _TOKEN.findall(STYLES.get(pattern, pattern)):
            if token not in known:
                arguments = {"token": f":{token}", "pattern": pattern, "near": nearest(token, known)}
                yield error("permalink-token", file="config.yaml", **arguments)


def article_values(document: Document, when: Moment, categories: tuple[str, ...]) -> dict[str, str]:
    """The tokens of one article; `categories` are slugs, the main one first."""
    year, month, day = when.iso[:4], when.iso[5:7], when.iso[8:10]
    # Jekyll's `:title` keeps the author's case; `:slug` does not.
    title = _KEEPING_CASE.sub("-", document.name).strip("-.") or document.slug
    values = {
        "category": categories[0] if categories else "",
        "categories": "/".join(categories),
        "collection": "articles",
        "year": year, "short_year": year[2:],
        "month": month, "i_month": month.lstrip("0"),
        "day": day, "i_day": day.lstrip("0"),
        "hour": when.iso[11:13], "minute": when.iso[14:16], "second": when.iso[17:19],
        "title": title,
        "slug": document.slug,
        "name": title,
        "path": document.path.rpartition("/")[0],
        "output_ext": ".html",
    }  # fmt: skip
    return values


def calendar_values(when: Moment) -> dict[str, str]:
    """Jekyll's rarer tokens of the date."""
    day = date.fromisoformat(when.day)
    week_year, week, week_day = day.isocalendar()
    months = "January February March April May June July August September October November December"
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    month_name, day_name = months.split()[day.month - 1], days.split()[day.weekday()]
    return {
        "y_day": f"{day.timetuple().tm_yday:03}",
        "w_year": str(week_year), "week": f"{week:02}", "w_day": str(week_day),
        "short_month": month_name[:3], "long_month": month_name,
        "short_day": day_name[:3], "long_day": day_name,
    }  # fmt: skip


RARE_TOKENS = frozenset(
    ["y_day", "w_year", "week", "w_day", "short_month", "long_month", "short_day", "long_day"]
)


def article_path(
    pattern: str, document: Document, when: Moment, categories: tuple[str, ...]
) -> str:
    """The output path of an article; its own `permalink` comes before the site's pattern."""
    pattern = document.permalink or pattern
    pattern = STYLES.get(pattern, pattern)
    if ":" not in pattern:
        return output_path(pattern)
    values = article_values(document, when, categories)
    if RARE_TOKENS.intersection(_TOKEN.findall(pattern)):
        values |= calendar_values(when)
    return expand(pattern, values)
