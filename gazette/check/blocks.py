"""The source of a document -> its blocks: headings, paragraphs, items, cells, each a stretch of the source."""

import re
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "item", "quote", "cell", "caption"]

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_NOT_BREAK = re.compile(r"[^\n]")
_LINE = re.compile(
    r"(?P<indent>[ \t\u3000\u2003\u00a0]*)(?:"
    r"(?P<heading>\#{1,6})(?=[ \t])[ \t]*"
    r"|(?P<fence>`{3,}|~{3,})"
    r"|(?P<quote>>[> \t]*)"
    r"|(?P<item>[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+)"
    r"|(?P<row>\|)"
    r"|(?P<caption>[▲△])"
    r"|(?P<note>\[\^[^\]\n]+\]:)"
    r"|(?P<definition>\[[^\]\n^]+\]:[ \t]*\S)"
    r"|(?P<rule>[*_])(?=[ \t]*[*_][ \t]*[*_ \t]*$)"
    r"|(?P<underline>=+|-+)[ \t]*$"
    r")?"
)
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_RULES = frozenset(["rule", "item", "underline"])
"""What a line that draws a rule looks like at its head."""
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL_END = re.compile(r"(?<!\\)\|")
_LONG = 60
"""A longer line is a paragraph of its own."""
_FIRST_CHINESE = "\u4e00"
_WIDE_INDENT = ("\u3000\u3000", "\u2003\u2003")


class Block(NamedTuple):
    """One block: where its words stand in the source; `level` of a heading, `head` of a table's first row."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    head: bool = False


def without_hidden(source: str) -> str:
    """The source with comments, scripts and styles as white space: all else keeps its place."""
    if "<!--" not in source and "<s" not in source and "<S" not in source:
        return source
    return _HIDDEN.sub(lambda match: _NOT_BREAK.sub(" ", match[0]), source)


def blocks_of(source: str, start: int) -> list[Block]:
    """The blocks of `source` from `start` on; see `without_hidden`."""
    return _Scanner(source).blocks(start)


class _Scanner:
    """Goes through the lines, keeping the paragraph that is open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._kind: BlockKind = "paragraph"
        self._start = -1
        """Of the open paragraph; -1: none is open."""
        self._end = 0
        self._in_table = False
        self._fence = ""
        self._found: list[Block] = []

    def blocks(self, offset: int) -> list[Block]:
        """All blocks."""
        for line in self._source[offset:].split("\n"):
            here, offset = offset, offset + len(line) + 1
            if not line or line.isspace():
                self._in_table = False
                if self._start >= 0:
                    self._close()
            elif self._fence:
                self._fence = "" if line.strip().startswith(self._fence) else self._fence
            elif line[0] >= _FIRST_CHINESE and len(line) > _LONG and "|" not in line:
                # Most lines of most articles: a paragraph without marks at its head.
                if self._start >= 0:
                    self._close()
                self._found.append(Block("paragraph", here, here + len(line)))
            else:
                self._line(line, here)
        self._close()
        return self._found

    def _line(self, line: str, here: int) -> None:
        match = _LINE.match(line)
        assert match is not None
        kind = match.lastgroup
        if kind == "fence":
            self._close()
            self._fence = match["fence"]
        elif kind == "indent" and not self._in_table:
            self._text(line, here, match.end())
        else:
            self._marked(line, here, match, kind or "")

    def _text(self, line: str, here: int, indent: int) -> None:
        """A line of a paragraph; a long one and one with a typed indent are paragraphs of their own."""
        wide = line.startswith(_WIDE_INDENT)
        long = len(line) > _LONG
        if self._start < 0 or wide or long:
            self._close()
            self._open("paragraph", here + indent)
        self._end = here + len(line)
        if long:
            self._close()
        if "|" in line and self._is_table(self._end):
            self._in_table = True
            self._row(line, here)

    def _is_table(self, end: int) -> bool:
        """Whether the next line is the one below a table's head."""
        after = self._source[end + 1 : end + 400].partition("\n")[0]
        return "|" in after and "-" in after and _DELIMITERS.fullmatch(after) is not None

    def _marked(self, line: str, here: int, match: re.Match[str], kind: str) -> None:
        end = here + len(line)
        if kind == "underline" and self._start >= 0 and self._kind == "paragraph":
            self._found.append(
                Block("heading", self._start, self._end, 1 if match["underline"][0] == "=" else 2)
            )
            self._start = -1
        elif kind == "definition" or (kind in _RULES and _RULE.fullmatch(line)):
            self._close()
        elif self._in_table or kind == "row":
            self._table_line(line, here)
        elif kind == "heading":
            self._close()
            self._found.append(
                Block("heading", here + match.end(), _head_end(line, here), len(match["heading"]))
            )
        elif kind == "quote" and self._start >= 0 and self._kind == "quote":
            self._end = end
        else:
            self._close()
            self._open(_OPENED.get(kind, "paragraph"), here + match.end())
            self._end = end

    def _table_line(self, line: str, here: int) -> None:
        if not self._in_table:
            self._close()
            self._in_table = self._is_table(here + len(line))
        if not _DELIMITERS.fullmatch(line):
            self._row(line, here)

    def _row(self, line: str, here: int) -> None:
        """The cells of one line of a table."""
        self._start = -1
        head = self._is_table(here + len(line))
        start = len(line) - len(line.lstrip(" \t|"))
        for end in [m.start() for m in _CELL_END.finditer(line, start)] + [len(line)]:
            cell = line[start:end]
            if cell.strip():
                left = start + len(cell) - len(cell.lstrip())
                self._found.append(
                    Block("cell", here + left, here + start + len(cell.rstrip()), 0, head)
                )
            start = end + 1

    def _open(self, kind: BlockKind, start: int) -> None:
        self._kind, self._start = kind, start

    def _close(self) -> None:
        if self._start >= 0:
            self._found.append(Block(self._kind, self._start, self._end))
            self._start = -1


_OPENED: dict[str, BlockKind] = {"quote": "quote", "item": "item", "caption": "caption"}


def _head_end(line: str, here: int) -> int:
    return here + len(line.rstrip().rstrip("#").rstrip())
