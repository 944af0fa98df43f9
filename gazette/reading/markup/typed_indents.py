"""Typed indents: white space at the head of a paragraph is layout, not Markdown.

So there are no indented code blocks; fences make code. Within lists, notes and definitions four spaces
(or a tab) go on meaning "belongs to the item".
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from gazette.reading.markup.blocks import TopLevelProcessor, add_paragraphs
from gazette.reading.markup.convention import Convention
from gazette.reading.markup.indents import WIDE_INDENT, without_indent

_WIDE = "(?:[\u3000\u2003]|&(?:emsp|#12288|#8195);|(?:\u00a0|&nbsp;|&ensp;|\u2002){2})"
_INDENTED_LINE = re.compile(f"\n *{_WIDE}{{2}}", re.I)


class HeadProcessor(BlockProcessor):
    """Strips the indent at the head of a block; stands where indented code blocks are read."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether `block` begins with a typed indent."""
        return block.startswith(" " * self.tab_length) or WIDE_INDENT.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Strip it, and as many spaces from the lines below."""
        head, *rest = blocks.pop(0).split("\n")
        depth = len(head) - len(head.lstrip(" "))
        lines = [without_indent(head)]
        lines += [line[min(depth, len(line) - len(line.lstrip(" "))) :] for line in rest]
        block = "\n".join(lines)
        if block.strip():
            blocks.insert(0, block)
        return True


class IndentedLineProcessor(TopLevelProcessor):
    """Begins a paragraph at each line with a wide indent, though no blank line stands above it."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line but the first begins with a typed indent of two wide characters."""
        return self.is_top_level(parent) and _INDENTED_LINE.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Make a block of what stands before the next indent, and another of the rest."""
        block = blocks.pop(0)
        match = _INDENTED_LINE.search(block)
        if match is None:
            return False
        head = block[: match.start()]
        blocks.insert(0, without_indent(block[match.start() + 1 :]))
        if "\n" in head:
            blocks.insert(0, head)
        else:
            add_paragraphs(parent, [head])
        return True


class TypedIndents(Convention):
    """Switch `typed_indents`."""

    def register(self, md: Markdown) -> None:
        """Put the stripping in place of indented code blocks."""
        md.parser.blockprocessors.register(HeadProcessor(md.parser), "code", 80)
        md.parser.blockprocessors.register(IndentedLineProcessor(md.parser), "indented_lines", 13)
