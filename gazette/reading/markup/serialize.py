"""The tree as HTML, block elements on lines of their own.

Does in one pass what Python-Markdown does in two (prettify, serialise); a test compares the results.
"""

import re
from xml.etree.ElementTree import Element

from markdown.util import BLOCK_LEVEL_ELEMENTS

from gazette.reading.markup.convention import names

_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_LONE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.I)


def serialize(element: Element) -> str:
    """`element` as HTML. Character references in texts stay as they are."""
    pieces: list[str] = []
    _write(element, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    tag = element.tag
    pieces.append(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    text = element.text
    if len(element):
        _write_content(element, pieces)
    elif text:
        pieces.append(_escape(text))
    if tag not in _VOID:
        pieces.append(f"</{tag}>")
    tail = element.tail
    if (tag in _BLOCKS or tag == "br") and not (tail or "").strip():
        pieces.append("\n")
    elif tail:
        pieces.append(f"\n{_escape(tail)}" if tag == "br" else _escape(tail))


def _write_content(element: Element, pieces: list[str]) -> None:
    text = element.text
    first = element[0]
    if element.tag == "pre" and first.tag == "code" and not len(first):
        first.text = f"{(first.text or '').rstrip()}\n"
    elif element.tag in _BLOCKS and first.tag in _BLOCKS and not (text or "").strip():
        text = "\n"
    if text:
        pieces.append(_escape(text))
    for child in element:
        _write(child, pieces)


def _escape(text: str) -> str:
    if "&" in text:
        text = _LONE_AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _attributes(element: Element) -> str:
    return "".join(
        f" {name}"
        if value is None or (name == value == "controls")
        else f' {name}="{_quote(value)}"'
        for name, value in sorted(element.items())
    )


def _quote(value: str) -> str:
    return _escape(value).replace('"', "&quot;")
