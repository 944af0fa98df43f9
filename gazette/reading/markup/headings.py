"""Ids and the table of contents, made on finished HTML so that raw HTML takes part."""

import re
from html import escape, unescape

from gazette.reading.markup.plain import text_of
from gazette.reading.model import Heading

OWN_PREFIX = "g-"
"""Ids that begin so are the theme's; an article's get an `x` before them."""

_HEADING = re.compile(
    r"<h([1-6])((?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>(.*?)</h\1\s*>", re.S | re.I
)
_ID = re.compile(r"(<[a-zA-Z][^<>]*?\sid\s*=\s*)(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))")
_HAS_ID = re.compile(r"\sid\s*=", re.I)
_FRAGMENT = re.compile(r'(\shref=")#([^"<>]+)"')
_NO_SLUG = re.compile(r"[^\w\s-]")
_SEPARATORS = re.compile(r"[-\s]+")
_TOC_MARKER = "<p>[TOC]</p>"
_LONGEST_SLUG = 60


def slug(title: str) -> str:
    """An id for a heading: its letters, digits and Chinese characters, joined by `-`."""
    words = _SEPARATORS.sub("-", _NO_SLUG.sub("", title).strip().lower())
    return words[:_LONGEST_SLUG].strip("-_") or "section"


def number_headings(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Give every heading of `html` a unique id; the HTML and its table of contents.

    Other ids are made unique and valid as well, and links to those that change are changed with them.
    """
    if "id" in html and _ID.search(html):
        html = _settle_ids(html)
    if not re.search("<h[1-6]", html, re.I):
        return html, ()
    taken = {unescape(m[2] or m[3] or m[4] or "") for m in _ID.finditer(html)}
    headings: list[Heading] = []

    def number(match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        title = text_of(inner).replace("\n", " ")
        present = _ID.search(f"<h{attributes}>")
        if present:
            name = unescape(present[2] or present[3] or present[4] or "")
        else:
            name = _unique(_owned(slug(title)), taken)
            attributes += f' id="{escape(name)}"'
        if title:
            headings.append(Heading(int(level), name, title))
        return f"<h{level}{attributes}>{inner}</h{level}>"

    html = _HEADING.sub(number, html)
    if _TOC_MARKER in html:
        html = html.replace(_TOC_MARKER, _list_of(headings))
    return html, tuple(headings)


def _settle_ids(html: str) -> str:
    taken: set[str] = set()
    changed: dict[str, str] = {}

    def settle(match: re.Match[str]) -> str:
        written = unescape(match[2] or match[3] or match[4] or "")
        name = _unique(_owned(_SEPARATORS.sub("-", written.strip()) or "section"), taken)
        if name != written:
            changed.setdefault(written, name)
        return f'{match[1]}"{escape(name)}"'

    html = _ID.sub(settle, html)
    if not changed:
        return html

    def follow(match: re.Match[str]) -> str:
        target = unescape(match[2])
        # A repeated id still leads to the first element that bears it.
        name = target if target in taken else changed.get(target, target)
        return f'{match[1]}#{escape(name)}"'

    return _FRAGMENT.sub(follow, html)


def _owned(name: str) -> str:
    return f"x{name}" if name.lower().startswith(OWN_PREFIX) else name


def _unique(name: str, taken: set[str]) -> str:
    candidate = name
    number = 2
    while candidate in taken:
        candidate = f"{name}-{number}"
        number += 1
    taken.add(candidate)
    return candidate


def _list_of(headings: list[Heading]) -> str:
    """A nested list of links, for `[TOC]` in a text."""
    parts = ['<div class="toc">']
    open_levels: list[int] = []
    for heading in headings:
        while len(open_levels) > 1 and open_levels[-1] > heading.level:
            open_levels.pop()
            parts.append("</li></ul>")
        if not open_levels or heading.level > open_levels[-1]:
            open_levels.append(heading.level)
            parts.append("<ul><li>")
        else:
            parts.append("</li><li>")
        parts.append(f'<a href="#{escape(heading.id)}">{escape(heading.title)}</a>')
    parts.append("</li></ul>" * len(open_levels) + "</div>")
    return "".join(parts)
