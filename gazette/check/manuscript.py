"""What the rules see of a document: its words in segments, each of which knows its place in the file."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Literal

import msgspec

from gazette.check.blocks import blocks_of, without_hidden
from gazette.check.inline import Link, Words, words_of
from gazette.check.rule import Finding, Rule
from gazette.config.front_matter import FrontMatter
from gazette.reading import front_matter
from gazette.reading.model import Document

SegmentKind = Literal[
    "title", "field", "heading", "paragraph", "item", "quote", "cell", "caption", "alt"
]
_AROUND = 20
"""Characters of context on each side of what was found."""
_TITLES = frozenset(["title", "kicker", "subtitle"])
_OTHER_KEYS = (
    "date updated expires slug permalink aliases redirect_from layout lang cover image source_url weight pinned"
    " draft published archived review allow"
)
_NO_TEXTS = frozenset(_OTHER_KEYS.split())
"""Keys of the front matter whose values are not words for readers."""
_FIELD = re.compile(
    r"(?P<item>[ \t]*(?:-[ \t]+)?)(?P<key>[^\W\d][\w-]*)[ \t]*[:：](?P<space>[ \t]*)(?P<value>.*)"
)
_MARKS = " \t\"'“”‘’|>"


class Segment(msgspec.Struct, frozen=True):
    """A stretch of words without markup: a title, a paragraph (its lines joined), a cell."""

    kind: SegmentKind
    text: str
    places: tuple[tuple[int, int], ...]
    """(index in `text`, offset in the file's text), ascending."""
    key: str = ""
    """Of a title or field: its key in the front matter."""
    level: int = 0
    """Of a heading."""
    head: bool = False
    """Of a cell: stands in the table's head."""

    def offset(self, index: int) -> int:
        """Where the character at `index` stands in the file's text."""
        first, offset = self.places[max(0, bisect_right(self.places, (index, 1 << 62)) - 1)]
        return offset + index - first


class Manuscript:
    """One document as its author wrote it."""

    def __init__(self, document: Document, text: str) -> None:
        """`text` is the whole file, decoded (see `gazette.config.text`)."""
        self.document = document
        """What reading gave: fields, dates, attachments, references."""
        self.text = text

    @property
    def path(self) -> str:
        """Relative to content/."""
        return self.document.path

    @property
    def day(self) -> str:
        """The article's date, `2025-05-03`; empty if it has none."""
        return self.document.date.day if self.document.date else ""

    @property
    def body(self) -> int:
        """The offset at which the body begins."""
        return self._cut[2]

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All words, each once: titles and fields, then the body's in order."""
        return (*self._fields(), *self._body[0])

    @property
    def links(self) -> tuple[Link, ...]:
        """Links, pictures and written-out addresses of the body."""
        return self._body[1]

    @cached_property
    def words(self) -> str:
        """All segments, one a line: where a pattern is looked for before a family is asked."""
        return "\n".join([segment.text for segment in self.segments])

    def segment_at(self, place: int) -> tuple[Segment, int]:
        """The segment in which a place of `words` lies, and where there it begins."""
        number = bisect_right(self._starts, place) - 1
        return self.segments[number], self._starts[number]

    def segments_at(self, places: Iterable[int]) -> list[Segment]:
        """The segments in which places of `words` lie, each once, in order."""
        numbers = {bisect_right(self._starts, place) - 1 for place in places}
        return [self.segments[number] for number in sorted(numbers)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each segment begins in `words`."""
        return list(accumulate((len(segment.text) + 1 for segment in self.segments), initial=0))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the file's text."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def finding(self, rule: Rule, segment: Segment, start: int, end: int, **more: str) -> Finding:
        """`segment.text[start:end]` breaks the rule; `suggestion` and the message's arguments in `more`."""
        line, column = self.place(segment.offset(start))
        context = segment.text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
        suggestion = more.pop("suggestion", "")
        return Finding(rule.id, line, column, segment.text[start:end], suggestion, context, more)

    def at(self, rule: Rule, offset: int, found: str = "", **more: str) -> Finding:
        """The source at `offset` breaks the rule: for links and pictures, which are no segments."""
        line, column = self.place(offset)
        suggestion, context = more.pop("suggestion", ""), more.pop("context", "")
        return Finding(rule.id, line, column, found, suggestion, context, more)

    def at_key(self, rule: Rule, key: str, found: str = "", **more: str) -> Finding:
        """A field of the front matter breaks the rule, or is missing (then the finding has no line)."""
        suggestion, context = more.pop("suggestion", ""), more.pop("context", "")
        line = self.document.lines.get(key)
        return Finding(rule.id, line, 1 if line else None, found, suggestion, context, more)

    @cached_property
    def _cut(self) -> tuple[int, int, int]:
        """Offsets: of the front matter's first line and end, and of the body."""
        parts = front_matter.split(self.text, "", [])
        if parts is None or parts.yaml is None:
            return 0, 0, 0
        body = len(self.text) - len(parts.body)
        start = 0
        for _ in range(parts.yaml_line - 1):
            start = self.text.index("\n", start) + 1
        return start, start + len(parts.yaml), body

    def _fields(self) -> Iterator[Segment]:
        start, end, _ = self._cut
        key, is_text = "", False
        for line in self.text[start:end].split("\n"):
            here, start = start, start + len(line) + 1
            match = _FIELD.match(line)
            if match and not match["item"]:
                key = FrontMatter.meant.get(match["key"], match["key"])
                is_text = key not in _NO_TEXTS
            if not is_text:
                continue
            value = match["value"] if match else line.lstrip(" \t-")
            text = value.strip(_MARKS)
            if text:
                place = here + line.rindex(text)
                kind: SegmentKind = "title" if key in _TITLES else "field"
                yield Segment(kind, text, ((0, place),), key)

    @cached_property
    def _body(self) -> tuple[tuple[Segment, ...], tuple[Link, ...]]:
        source = without_hidden(self.text)
        segments: list[Segment] = []
        links: list[Link] = []
        for kind, start, end, level, head in blocks_of(source, self._cut[2]):
            words = words_of(source, start, end)
            links += words.links
            segments += [_segment("alt", picture) for picture in words.pictures]
            text = words.text.rstrip()
            if text:
                segments.append(Segment(kind, text, words.places, "", level, head))
        return tuple(segments), tuple(links)


def _segment(kind: SegmentKind, words: Words) -> Segment:
    return Segment(kind, words.text, words.places)
