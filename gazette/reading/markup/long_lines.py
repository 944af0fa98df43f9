"""Long lines as paragraphs: text pasted from Word has one line a paragraph and no blank lines."""

from collections.abc import Sequence
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element

from markdown import Markdown

from gazette.reading.markup.blocks import TopLevelProcessor, add_paragraphs
from gazette.reading.markup.convention import Convention

LONGEST_WRAPPED = 60
"""Magazine columns are wrapped well below this many wide characters."""


def has_long_line(lines: Sequence[str]) -> bool:
    """Whether one of `lines` holds more than 60 wide characters."""
    return any(len(line) > LONGEST_WRAPPED and _width(line) > LONGEST_WRAPPED for line in lines)


def _width(line: str) -> int:
    return sum(east_asian_width(char) in "WF" for char in line)


class LongLineProcessor(TopLevelProcessor):
    """Makes each line a paragraph where one of a block's lines is long.

    A block with a long line was not wrapped by hand, so that its short lines are paragraphs too:
    headings, salutations, signatures.
    """

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of several is too long to have been wrapped by hand."""
        return "\n" in block and self.is_top_level(parent) and has_long_line(block.split("\n"))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Make each line a paragraph."""
        add_paragraphs(parent, blocks.pop(0).split("\n"))
        return True


class LongLines(Convention):
    """Switch `long_lines`."""

    def register(self, md: Markdown) -> None:
        """Register just before the processor of paragraphs, when all other structure is taken."""
        md.parser.blockprocessors.register(LongLineProcessor(md.parser), "long_lines", 12)
