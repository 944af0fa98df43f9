"""Nested lists: two or three spaces are enough for the next level, as most editors' tools write them.

Python-Markdown asks for four. So items are set in to the level that they have by what stands above them.
"""

import re

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from gazette.reading.markup.convention import Convention

_ITEM = re.compile(r"( *)(?:[-*+]|\d{1,9}\.) +\S")
_RULE = re.compile(r" *([-*])(?: *\1){2,} *")
_STEP = 2
"""Fewer spaces than these are no step, but careless typing."""


class NestedListProcessor(Preprocessor):
    """Sets nested items in by four spaces a level."""

    def run(self, lines: list[str]) -> list[str]:
        """Python-Markdown's way in: all lines of a text, code and raw HTML already put aside."""
        levels: list[int] = []
        """Of the item above and the items that it stands in: the spaces before each."""
        found, after_blank = [], True
        for line in lines:
            item = None if _RULE.fullmatch(line) else _ITEM.match(line)
            spaces = len(line) - len(line.lstrip(" "))
            if item and (levels or spaces < _STEP + 2):
                levels = [level for level in levels if spaces >= level + _STEP]
                depth = len(levels)
                levels.append(spaces)
                found.append(" " * (self._tab * depth) + line.lstrip(" ") if depth else line)
            else:
                if line.strip() and after_blank and spaces < _STEP:
                    levels = []
                found.append(line)
            after_blank = not line.strip()
        return found

    @property
    def _tab(self) -> int:
        return self.md.tab_length if self.md else 4


class NestedLists(Convention):
    """Switch `nested_lists`."""

    def register(self, md: Markdown) -> None:
        """Put it after code and raw HTML are put aside."""
        md.preprocessors.register(NestedListProcessor(md), "nested_lists", 17)
