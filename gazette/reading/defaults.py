"""Front matter that `defaults` in config.yaml give to whole folders, as in Jekyll."""

import functools
import re
import unicodedata

import msgspec

from gazette.config.front_matter import FrontMatter
from gazette.config.settings import Default

_SYNONYMS = (
    ("categories", "category"),
    ("tags", "tag"),
    ("topics", "topic"),
    ("authors", "author"),
    ("bureau", "bureaus"),
    ("summary", "description", "excerpt"),
    ("cover", "image"),
    ("aliases", "redirect_from"),
    ("draft", "published"),
)
"""Keys that say the same: a document that gives one takes no default of the others."""
_ALIKE = {name: names for names in _SYNONYMS for name in names}


def with_defaults(path: str, given: FrontMatter, defaults: tuple[Default, ...]) -> FrontMatter:
    """Fill in what the document at `path` (relative to content/) does not give itself.

    The longest fitting path wins; of equally long ones the later. Empty values count as not given.
    """
    fitting = [default for default in reversed(defaults) if covers(default.path, path)]
    for default in sorted(fitting, key=lambda item: len(_normal(item.path)), reverse=True):
        own, other = msgspec.structs.asdict(given), msgspec.structs.asdict(default.values)
        values = {
            name: value
            if any(own[like] is not None for like in _ALIKE.get(name, (name,)))
            else other[name]
            for name, value in own.items()
        }
        values["extra"] = other["extra"] | own["extra"]
        given = FrontMatter(**values)
    return given


def covers(pattern: str, path: str) -> bool:
    """Whether a folder, file or glob under content/ is the document's, or holds it.

    `*` stands for any part of a name, `**` for any folders, as in Jekyll.
    """
    return _matcher(_normal(pattern)).match(path) is not None


def _normal(pattern: str) -> str:
    return unicodedata.normalize("NFC", pattern).strip().strip("/").removeprefix("content/")


@functools.cache
def _matcher(pattern: str) -> re.Pattern[str]:
    if pattern in {"", "content"}:
        return re.compile("")
    parts = re.split(r"(\*\*/?|\*|\?)", pattern)
    globs = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(globs.get(part) or re.escape(part) for part in parts) + "(?:/|$)")
