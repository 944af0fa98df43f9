"""Chinese lines joined: a soft line break between two Chinese characters is no space."""

import re
from itertools import pairwise
from unicodedata import east_asian_width

from markdown import Markdown
from markdown.postprocessors import Postprocessor

from gazette.reading.markup.convention import Convention, names

_KEPT = re.compile(r"(<(pre|code|script|style|textarea)\b.*?</\2\s*>)", re.S | re.I)
_INLINE_TAGS = names(
    "a abbr b bdi cite del dfn em i ins kbd mark q s small span strong sub sup time u var"
)
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_BLOCK_STARTS = (
    "<p",
    "<h",
    "<li",
    "<ul",
    "<ol",
    "<t",
    "<div",
    "<fig",
    "<blo",
    "<asi",
    "<dl",
    "<dt",
    "<dd",
)
_SPACES = " \t\u3000"
_QUOTES = "“”‘’…—·"
"""Wide in Chinese texts, though Unicode leaves their width open: they join with a wide neighbour."""

_TIGHT_NUMBER = re.compile("[0-9%][\u4e00-\u9fff]|[\u4e00-\u9fff][0-9]")
_LOOSE_NUMBER = re.compile("[0-9%] [\u4e00-\u9fff]|[\u4e00-\u9fff] [0-9]")


def join_lines(html: str) -> str:
    """Delete the line breaks between wide characters of `html`, except in code and preformatted text.

    Emphasis and links at a line's edge are looked through. Between a digit and a Chinese character a
    break goes as well, where the text itself sets no spaces there (`培训班3` / `期`).
    """
    if "\n" not in html:
        return html
    if (
        "<pre" not in html
        and "<code" not in html
        and "<script" not in html
        and "<style" not in html
    ):
        return _Joiner(html).join(html)
    parts = _KEPT.split(html)
    joiner = _Joiner(html)
    # split() gives text, kept part, tag name, text, ...
    for index in range(0, len(parts), 3):
        parts[index] = joiner.join(parts[index])
    return "".join(part for index, part in enumerate(parts) if index % 3 != 2)


class _Joiner:
    def __init__(self, html: str) -> None:
        self._html = html
        self._numbers_are_tight: bool | None = None

    def join(self, html: str) -> str:
        lines = html.split("\n")
        pieces = [lines[0]]
        for above, below in pairwise(lines):
            if not below.startswith(_BLOCK_STARTS) and self._joins(above, below):
                pieces[-1] = pieces[-1].rstrip(_SPACES)
                pieces.append(below.lstrip(_SPACES))
            else:
                pieces += ("\n", below)
        return "".join(pieces)

    def _joins(self, above: str, below: str) -> bool:
        left, right = _last_character(above), _first_character(below)
        if not left or not right:
            return False
        left_is_wide, right_is_wide = is_wide(left), is_wide(right)
        if left_is_wide and right_is_wide:
            return True
        if left_is_wide or right_is_wide:
            other = right if left_is_wide else left
            return other in _QUOTES or (other in "0123456789%" and self._tight_numbers())
        return False

    def _tight_numbers(self) -> bool:
        if self._numbers_are_tight is None:
            tight = len(_TIGHT_NUMBER.findall(self._html))
            loose = len(_LOOSE_NUMBER.findall(self._html))
            self._numbers_are_tight = tight >= 3 and tight > 4 * loose
        return self._numbers_are_tight


def is_wide(char: str) -> bool:
    """Whether `char` is East-Asian wide or full-width, and not Hangul (Korean sets spaces)."""
    return east_asian_width(char) in "WF" and not (
        "\u1100" <= char <= "\u11ff" or "\uac00" <= char <= "\ud7af" or "\u3130" <= char <= "\u318f"
    )


def _last_character(line: str) -> str:
    line = line.rstrip(_SPACES)
    while line.endswith(">"):
        start = line.rfind("<")
        if start < 0 or not _is_inline_tag(line, start):
            return ""
        line = line[:start].rstrip(_SPACES)
    return line[-1:]


def _first_character(line: str) -> str:
    line = line.lstrip(_SPACES)
    while line.startswith("<"):
        end = line.find(">")
        if end < 0 or not _is_inline_tag(line, 0):
            return ""
        line = line[end + 1 :].lstrip(_SPACES)
    return line[:1]


def _is_inline_tag(line: str, start: int) -> bool:
    match = _TAG_NAME.match(line, start)
    return match is not None and match[1].lower() in _INLINE_TAGS


class _Joins(Postprocessor):
    def run(self, text: str) -> str:
        return join_lines(text)


class CjkJoins(Convention):
    """Switch `cjk_joins`."""

    def register(self, md: Markdown) -> None:
        """Register the joining as the last step on the HTML."""
        md.postprocessors.register(_Joins(md), "cjk_joins", 5)
