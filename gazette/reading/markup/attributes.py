"""Attribute lists, `{: .wide #part}`: classes and ids, and nothing else.

Python-Markdown's own extension lets every attribute through, event handlers among them.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.notes import Notes

_TOKEN = r"""(?:[.#][^\s{}"'<>=.#]+|[\w:.-]+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s{}"']+))"""
_LIST = rf"\{{:?[ ]*({_TOKEN}(?:[ ]+{_TOKEN})*)[ ]*\}}"
_AT_START = re.compile(_LIST)
_AT_END = re.compile(rf"[ ]+{_LIST}[ ]*$")
_LAST_LINE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")
_TOKENS = re.compile(_TOKEN)
_TITLES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th", "li"])


class AttributeProcessor(Treeprocessor):
    """Gives the elements of the tree the classes and ids that stand in lists behind them."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, root: Element) -> None:
        """Handle all elements, if the source holds a list at all."""
        if "{" not in self._notes.source:
            return
        for element in root.iter():
            if self.md.is_block_level(element.tag):
                self._at_end_of(element)
            else:
                self._behind(element)
        self._below_blocks(root)

    def _behind(self, element: Element) -> None:
        match = _AT_START.match(element.tail or "")
        if match and element.tail:
            self._assign(element, match[1])
            element.tail = element.tail[match.end() :]

    def _at_end_of(self, element: Element) -> None:
        pattern = _AT_END if element.tag in _TITLES else _LAST_LINE
        last = next((c for c in reversed(element) if c.tag not in ("ul", "ol")), None)
        text = (element.text if last is None else last.tail) or ""
        match = pattern.search(text)
        if match is None or (match.start() == 0 and last is None):
            return
        self._assign(element, match[1])
        text = text[: match.start()]
        if last is None:
            element.text = text
        else:
            last.tail = text

    def _below_blocks(self, root: Element) -> None:
        # Jekyll's way: a paragraph that is only a list belongs to the block above it.
        for parent in list(root.iter()):
            above: Element | None = None
            for child in list(parent):
                match = (
                    _AT_START.fullmatch((child.text or "").strip()) if child.tag == "p" else None
                )
                if match and not len(child) and above is not None:
                    self._assign(above, match[1])
                    parent.remove(child)
                else:
                    above = child

    def _assign(self, element: Element, tokens: str) -> None:
        for token in _TOKENS.findall(tokens):
            name, _, value = token.partition("=")
            if token[0] == ".":
                _add_class(element, token[1:])
            elif token[0] == "#":
                element.set("id", token[1:])
            elif name == "class":
                _add_class(element, value.strip("\"'"))
            elif name == "id":
                element.set("id", value.strip("\"'"))
            else:
                self._notes.warn("attribute-ignored", self._notes.line(token), attribute=name)


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


class Attributes(Convention):
    """Attribute lists restricted to class and id."""

    def register(self, md: Markdown) -> None:
        """Register right behind the inline pass, before figures take pictures out of paragraphs."""
        md.treeprocessors.register(AttributeProcessor(md, self.notes), "attributes", 19)
