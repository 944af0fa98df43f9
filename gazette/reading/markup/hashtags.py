"""Hashtags: `#` is a heading's mark only with a space behind it, `#春风行动#` is text."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from gazette.reading.markup.convention import Convention

_HEADING = re.compile(
    "^ {0,3}(?P<marks>#{1,6})[ \t\u3000\u00a0]+(?P<title>\\S[^\n]*?)(?:[ \t\u3000]+#+)?[ \t\u3000]*$",
    re.M,
)


class HeadingProcessor(BlockProcessor):
    """Reads headings with a space between `#` and title; a line of a block may be one."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of `block` is a heading."""
        return "#" in block and _HEADING.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Parse what stands before the heading, make the heading, leave the rest to be parsed."""
        block = blocks.pop(0)
        match = _HEADING.search(block)
        if match is None:
            return False
        before, after = block[: match.start()].rstrip("\n"), block[match.end() :].lstrip("\n")
        if before.strip():
            self.parser.parseBlocks(parent, [before])
        SubElement(parent, f"h{len(match['marks'])}").text = match["title"].strip()
        if after.strip():
            blocks.insert(
                0, self.looseDetab(after) if self.parser.state.isstate("looselist") else after
            )
        return True


class Hashtags(Convention):
    """Switch `hashtags`."""

    def register(self, md: Markdown) -> None:
        """Put this reading of headings in place of Python-Markdown's."""
        md.parser.blockprocessors.register(HeadingProcessor(md.parser), "hashheader", 70)
