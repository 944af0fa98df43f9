"""Ids and the table of contents, made on finished HTML so that raw HTML takes part."""

import re
from html import escape, unescape

from gazette.reading.markup.plain import text_of
from gazette.reading.markup.tags import REST, attributes_of
from gazette.reading.model import Heading

OWN_PREFIX = "g-"
"""Ids that begin so are the theme's; an article's get an `x` before them."""

_HEADING = re.compile(rf"(<h([1-6])(?=[\s>]){REST})(.*?)(?=</h\2\s*>)", re.S | re.I)
_TAG = re.compile(rf"<[a-zA-Z]{REST}")
_ID_NEAR = re.compile(r"\sid\s*=", re.I)
_HEADING_NEAR = re.compile("<h[1-6]", re.I)
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
    taken: set[str] = set()
    if _ID_NEAR.search(html):
        html = _settle_ids(html, taken)
    if not _HEADING_NEAR.search(html):
        return html, ()
    headings: list[Heading] = []

    def number(match: re.Match[str]) -> str:
        tag, level, inner = match.groups()
        title = text_of(inner).replace("\n", " ")
        name = next((a.value for a in attributes_of(tag, 0, len(tag)) if a.name == "id"), "")
        if not name:
            name = unique_id(title, taken)
            tag = f'{tag[:-1]} id="{escape(name)}">'
        if title:
            headings.append(Heading(int(level), name, title))
        return f"{tag}{inner}"

    html = _HEADING.sub(number, html)
    if _TOC_MARKER in html:
        html = html.replace(_TOC_MARKER, _list_of(headings))
    return html, tuple(headings)


def _settle_ids(html: str, taken: set[str]) -> str:
    changed: dict[str, str] = {}

    def settle(match: re.Match[str]) -> str:
        tag = match[0]
        if not _ID_NEAR.search(tag):
            return tag
        for attribute in attributes_of(tag, 0, len(tag)):
            if attribute.name == "id":
                name = _unique(
                    _owned(_SEPARATORS.sub("-", attribute.value.strip()) or "part"), taken
                )
                changed.setdefault(attribute.value, name)
                return f'{tag[: attribute.start]} id="{escape(name)}"{tag[attribute.end :]}'
        return tag

    html = _TAG.sub(settle, html)
    if all(written == name for written, name in changed.items()):
        return html

    def follow(match: re.Match[str]) -> str:
        target = unescape(match[2])
        name = changed.get(target, target)
        return f'{match[1]}#{escape(name)}"'

    return _FRAGMENT.sub(follow, html)


def _owned(name: str) -> str:
    return f"x{name}" if name.lower().startswith(OWN_PREFIX) else name


def unique_id(title: str, taken: set[str]) -> str:
    """An id for the heading `title` that is not yet `taken`; it then is."""
    return _unique(_owned(slug(title)), taken)


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
