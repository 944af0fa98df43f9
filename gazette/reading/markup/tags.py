"""Tags and attributes in HTML that a serialiser wrote: found without a parser, quotes respected."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

REST = r"[^\"'<>]*+(?:(?:\"[^\"]*+\"|'[^']*+')[^\"'<>]*+)*>"
"""What follows a tag's name, up to its end. Python before 3.11.5 mistakes possessive groups."""

_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>][^\s<>]*)))?"
)
_NAME = re.compile(r"<[a-zA-Z][^\s<>/\"']*")


class Attribute(NamedTuple):
    """An attribute and its place, the white space before it included."""

    name: str
    value: str
    """With entities resolved; empty if there is none."""
    start: int
    end: int
    written: str


def attributes_of(html: str, start: int, end: int) -> Iterator[Attribute]:
    """The attributes of the tag `html[start:end]`."""
    name = _NAME.match(html, start)
    place = name.end() if name else start + 1
    while place < end:
        match = _ATTRIBUTE.match(html, place, end)
        if match is None:
            place += 1
            continue
        value = match[2] or match[3] or match[4] or ""
        if "&" in value:
            value = unescape(value)
        yield Attribute(match[1].lower(), value, match.start(), match.end(), match[0])
        place = match.end()
