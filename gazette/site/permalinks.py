"""Permalink patterns -> output paths. Tokens and styles are Jekyll 4.3's, and `:category`."""

import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote

import msgspec

from gazette.config.decode import nearest
from gazette.config.load import line_of
from gazette.config.settings import Permalinks
from gazette.problems import Problem, error
from gazette.reading.dates import Moment
from gazette.reading.model import Outline
from gazette.urls import output_path, slugify

STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_DAY_TOKENS = frozenset(
    ["y_day", "w_year", "week", "w_day", "short_month", "long_month", "short_day", "long_day"]
)
ARTICLE_TOKENS = _DAY_TOKENS | frozenset(
    [
        "category", "categories", "slugified_categories", "collection", "year", "short_year",
        "month", "i_month", "day", "i_day", "hour", "minute", "second", "title", "slug", "name",
        "path", "output_ext",
    ]
)  # fmt: skip
_USUAL = frozenset(["category", "year", "month", "day", "slug"])
"""Tokens whose values cost nothing."""
PAGE_TOKENS = frozenset(["path", "slug", "title", "basename", "output_ext"])
TERM_TOKENS = frozenset(["slug"])
_TOKENS = {"article": ARTICLE_TOKENS, "page": PAGE_TOKENS, "archive": frozenset(["year", "month"])}
_MARK = "\ue000"
"""Stands for a slug; none can hold it, for it is no letter."""
_TOKEN = re.compile(r":([a-z_]+)")
_IN_NAME = re.compile(r"([\x00-\x1f<>:\"|?*\\]|/)+")
# Jekyll's Utils.slugify in mode `pretty`, and in its default mode.
_NOT_PRETTY = re.compile(r"[^\w.~!$&'()+,;=@]+")
_NOT_LETTER = re.compile(r"[\W_]+")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """The output path that a pattern gives; empty tokens leave no empty folder."""
    first, rest = _split(pattern)
    found = [first]
    for token, text in rest:
        found += (_literal(values.get(token, "")), text)
    return output_path("".join(found))


@functools.lru_cache(maxsize=1024)
def _split(pattern: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text before the first token, and each token with the text after it."""
    first, *pieces = _TOKEN.split(pattern)
    names = [_name(token) for token in pieces[::2]]
    texts = pieces[1::2]
    pairs = zip(names, texts, strict=True)
    return first, tuple([(name, end + text) for (name, end), text in pairs])


def _literal(value: str) -> str:
    # What stands in a value is no address yet: `C#` is a name.
    return quote(value, safe="/") if "#" in value or "%" in value or "?" in value else value


def _name(token: str) -> tuple[str, str]:
    """A token's name, and an underscore after it that is none of its own: `:year_:month`."""
    return (token[:-1], "_") if token.endswith("_") else (token, "")


def unknown_tokens(pattern: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The tokens of a pattern that mean nothing, each with the one probably meant."""
    for token in _TOKEN.findall(STYLES.get(pattern, pattern)):
        name = _name(token)[0]
        if name not in known:
            near = nearest(name, known)
            yield f":{token}", f":{near}" if near else ""


def pattern_faults(patterns: Permalinks, root: Path) -> Iterator[Problem]:
    """Tokens that mean nothing, in the patterns of the site at `root`."""
    for name, pattern in msgspec.structs.asdict(patterns).items():
        for token, near in unknown_tokens(pattern, _TOKENS.get(name, TERM_TOKENS)):
            line = line_of(root / "config.yaml", "permalinks", name)
            yield error(
                "permalink-token", file="config.yaml", line=line, token=token, pattern=pattern,
                near=near,
            )  # fmt: skip


def article_path(
    pattern: str,
    document: Outline,
    when: Moment,
    category: str,
    names: Callable[[], Sequence[str]],
) -> str:
    """The output path of an article; its own `permalink` comes before the site's pattern.

    `category` is the slug of the main one; `names` gives what `:categories` is made of: the slugs of
    categories that the site declares, the names of others.
    """
    pattern, slug = document.permalink or pattern, document.slug
    around = _around_slug(pattern, category, when.iso[:10])
    if around and not slug.endswith((".html", ".htm")):
        path = slug.join(around)
        if path.isascii() or unicodedata.is_normalized("NFC", path):
            return path
    pattern = STYLES.get(pattern, pattern)
    if ":" not in pattern:
        return output_path(pattern)
    values = _usual_values(category, when.day, slug)
    if _is_usual(pattern):
        return expand(pattern, values)
    return expand(pattern, values | _rare_values(document, names()) | _calendar_values(when))


def _usual_values(category: str, day: str, slug: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {"category": category, "year": year, "month": month, "day": number, "slug": slug}


@functools.lru_cache(maxsize=65536)
def _around_slug(pattern: str, category: str, day: str) -> tuple[str, str] | None:
    """What stands before and after the slug, for many articles share it; None if it is not as simple."""
    pattern = STYLES.get(pattern, pattern)
    if not _is_usual(pattern):
        return None
    pieces = expand(pattern, _usual_values(category, day, _MARK)).split(_MARK)
    return (pieces[0], pieces[1]) if len(pieces) == 2 else None


@functools.lru_cache(maxsize=1024)
def _is_usual(pattern: str) -> bool:
    return all(token in _USUAL for token, _ in _split(pattern)[1])


def _rare_values(document: Outline, categories: Sequence[str]) -> dict[str, str]:
    folder, _, file = document.path.rpartition("/")
    stem = file.rpartition(".")[0]
    below = f"/{folder}/".partition("/_posts/" if document.jekyll else "/articles/")[2]
    lower = dict.fromkeys(_IN_NAME.sub("-", name.lower()) for name in categories)
    return {
        "categories": "/".join(lower),
        "slugified_categories": "/".join(dict.fromkeys(_letters(name) for name in categories)),
        "output_ext": ".html",
        "collection": "posts" if document.jekyll else "articles",
        # Jekyll's `:title` keeps the author's case; `:slug` does not.
        "title": _NOT_PRETTY.sub("-", document.name).strip("-.") or document.slug,
        "name": _letters(stem) or document.slug,
        "path": f"{below}{stem}".removesuffix("/index"),
    }


def _letters(text: str) -> str:
    return _NOT_LETTER.sub("-", text.lower()).strip("-") or slugify(text)


def _calendar_values(when: Moment) -> dict[str, str]:
    """What is made of the date and the time of day; named as in Ruby's strftime, English as in Jekyll."""
    day = date.fromisoformat(when.day)
    week_year, week, week_day = day.isocalendar()
    month_name, day_name = _MONTHS[day.month - 1], _DAYS[day.weekday()]
    return {
        "short_year": when.iso[2:4], "i_month": str(day.month), "i_day": str(day.day),
        "hour": when.iso[11:13], "minute": when.iso[14:16], "second": when.iso[17:19],
        "y_day": f"{day.timetuple().tm_yday:03}",
        "w_year": str(week_year), "week": f"{week:02}", "w_day": str(week_day),
        "short_month": month_name[:3], "long_month": month_name,
        "short_day": day_name[:3], "long_day": day_name,
    }  # fmt: skip


def page_path(pattern: str, document: Outline) -> str:
    """The output path of a single page; its own `permalink` comes before the site's pattern."""
    pattern = document.permalink or pattern
    if ":" not in pattern:
        return output_path(pattern)
    inside = document.path.removeprefix("pages/").rpartition(".")[0]
    inside = inside.removesuffix("/index")
    values = {
        "path": inside,
        "basename": inside.rpartition("/")[2],
        "slug": document.slug,
        "title": document.name,
        "output_ext": ".html",
    }
    return expand(pattern, values)


def term_path(pattern: str, slug: str) -> str:
    """The output path of the page of a category, tag, topic or bureau."""
    return expand(pattern, {"slug": slug})


def month_path(pattern: str, year: str, month: str) -> str:
    """The output path of a month's page in the archive."""
    return expand(pattern, {"year": year, "month": month})
