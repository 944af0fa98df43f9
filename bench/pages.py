"""Counts the pages of each program's output, and says where they are not those that the corpus asks for."""

import re
from collections import Counter
from pathlib import Path

from corpus import articles, bureaus

SIZE = 20
"""Entries of a list page."""
KINDS = [
    ("article", r"column-\d+/\d{4}/\d{2}/article-\d+\.html"),
    ("further list page", r".+/page/\d+(/index)?\.html"),
    ("feed", r"(.+/)?(feed|index)\.(xml|json)|category/column-\d+\.xml"),
    ("own list", r"(ownbureaus/[\w-]+/index|bureau/[\w-]+/own(/index)?)\.html"),
    ("overview", r"(categor(y|ies)|tags?|topics?|bureaus?|archive|months)/index\.html"),
    ("year", r"(archive|years)/\d{4}/index\.html"),
    ("month", r"(archive/\d{4}/\d{2}(/index)?|months/\d{4}-\d{2}/index)\.html"),
    ("list", r"(categor(y|ies)|tags?|bureaus?)/[\w-]+(/index)?\.html"),
    ("page", r"(index|404|sitemap(/index)?)\.html"),
    ("file", r"sitemap\.xml|robots\.txt"),
    ("style", r"(assets/)?(css/)?(plain|options)(\.\w+)?\.css"),
]


def kind_of(path: str) -> str:
    """What a file of the output is; `?` if it is none of the corpus."""
    return next((kind for kind, pattern in KINDS if re.fullmatch(pattern, path)), "?")


def counted(output: Path) -> Counter[str]:
    """Files of the output by kind."""
    return Counter(
        kind_of(path.relative_to(output).as_posix()) for path in output.rglob("*") if path.is_file()
    )


def expected(count: int, *, from_the_oldest: bool) -> Counter[str]:
    """Files by kind that the corpus asks for.

    Gazette numbers list pages from the oldest and puts up to 39 entries on the first one; the others number
    from the newest, with 20 on the first.
    """
    lists: Counter[str] = Counter()
    above = {bureau.slug: bureau.above for bureau in bureaus()}
    own = {slug: 0 for slug in above if not slug.startswith("county")}
    for article in articles(count):
        slug = article.bureau.slug
        terms = [article.category[0], f"{article.date:%Y-%m}", *(name for name, _ in article.tags)]
        lists.update([*terms, slug, *above[slug]])
        if slug in own:
            own[slug] += 1
    sizes = [*lists.values(), *own.values()]
    further = sum(n // SIZE if n >= 2 * SIZE else 0 for n in sizes)
    if not from_the_oldest:
        further = sum(max(0, -(-n // SIZE) - 1) for n in sizes)
    months = {name for name in lists if re.fullmatch(r"\d{4}-\d{2}", name)}
    return Counter(
        {
            "article": count,
            "further list page": further,
            "feed": 2 + 8 + len(above),
            "own list": len(own),
            "overview": 5,
            "year": len({name[:4] for name in months}),
            "month": len(months),
            "list": 8 + 60 + len(above),
            "page": 3,
            "file": 2,
            "style": 2 if from_the_oldest else 1,
        }
    )


def differences(name: str, output: Path, count: int) -> tuple[Counter[str], list[str]]:
    """Files of the output by kind, and where they are not as many as they should be."""
    found = counted(output)
    right = expected(count, from_the_oldest=name == "gazette")
    wrong = [
        f"{name}: {found[kind]} of kind {kind!r}, not {right[kind]}"
        for kind in sorted(found.keys() | right.keys())
        if found[kind] != right[kind]
    ]
    return found, wrong
