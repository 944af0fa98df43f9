"""What the block processors of several conventions share."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor

from gazette.reading.markup.indents import without_indent


def add_paragraphs(parent: Element, lines: Iterable[str]) -> None:
    """Make each line that is not blank a paragraph; an attribute list stays with the line above."""
    last: Element | None = None
    for line in map(without_indent, lines):
        if last is not None and line.startswith("{:"):
            last.text = f"{last.text}\n{line}"
        elif line.strip():
            last = SubElement(parent, "p")
            last.text = line


class TopLevelProcessor(BlockProcessor):
    """A block processor that acts on paragraphs of the document itself, not in lists or quotations."""

    def is_top_level(self, parent: Element) -> bool:
        """Whether `parent` is the document."""
        return not self.parser.state and parent is getattr(self.parser, "root", None)


class PlainParagraphs(TopLevelProcessor):
    """A short cut, for speed: blocks that no block processor but the paragraph's can claim.

    None of them claims a block of which no line begins with one of `SPECIAL`: each looks for its mark
    at the head of a line. A test compares the results with and without the short cut.
    """

    SPECIAL = "\\s#=\\-_*+\\d>\\[:|`~!！&\\u2002\\u2003\ufdd0<\x02{"
    _special_line = re.compile(f"(?:\\A|\n)(?:[{SPECIAL}]|\\Z)")
    _longest = 60

    def test(self, parent: Element, block: str) -> bool:
        """Whether `block` is an ordinary paragraph at the top level, or all the text of a list item."""
        if not self.is_top_level(parent) and not self._is_item(parent):
            return False
        if self._special_line.search(block):
            return False
        return "\n" not in block or max(map(len, block.split("\n"))) <= self._longest

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Make the block a paragraph, or the item's text."""
        if parent.tag == "li":
            parent.text = blocks.pop(0)
        else:
            SubElement(parent, "p").text = blocks.pop(0)
        return True

    def _is_item(self, parent: Element) -> bool:
        is_empty = len(parent) == 0 and not parent.text
        return parent.tag == "li" and is_empty and self.parser.state.isstate("list")
