"""Family structure: lines that look like headings and are not marked as such."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gazette.check.family import Hits, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript, Segment
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

HEADING = Rule(
    id="structure-heading",
    family="structure",
    severity="warning",
    source="《党政机关公文格式》（GB/T 9704—2012）：结构层次序数；《信息无障碍》（GB/T 37668—2019）：标题",
    message=Message(
        _("The line looks like a heading and is not marked as one: {found}"),
        _("Mark it with #: {suggestion}"),
    ),
    explanation=_(
        "Lines such as 一、… and （一）… that stand alone before a text. Readers with screen readers, the table of"
        " contents and search know only headings that are marked."
    ),
    bad=(
        "一、完善机制\n\n成立领导小组，明确分工。\n\n二、强化学习\n\n组织集中培训。",
        "（一）加强领导\n\n由主要负责人牵头。",
        "**一、完善机制**\n\n成立领导小组。",
        "　　一、完善机制\n　　成立领导小组，明确分工。",
        "<p><strong>一、完善机制</strong></p>\n<p>成立领导小组，明确分工。</p>",
    ),
    good=(
        "## 一、完善机制\n\n成立领导小组。",
        "一、完善机制。成立领导小组，明确分工。",
        "（一）加强领导。由主要负责人牵头。",
        "一、身份证原件\n二、营业执照副本\n三、申请表",
        "一、身份证原件；\n\n二、营业执照副本。",
        "一是加强领导，二是强化学习。",
        "一、二季度税收收入稳步增长",
    ),
)
RULES = (HEADING,)

_NUMBERS = "一二三四五六七八九十"
_HEAD = re.compile(
    rf"[ \t\u3000\xa0]*(?:(?P<first>[{_NUMBERS}]{{1,3}})[、．.](?![{_NUMBERS}]+(?:季度|月|级|类|期|线|年级|等|把手|号|版|[、和]))"
    rf"|[（(](?P<second>[{_NUMBERS}]{{1,3}})[）)]、?)(?P<title>[^\n]{{2,40}})"
)
_ENDS_SENTENCE = re.compile(r"[。！；：，、;:,…—.]\s*\Z|[。；]")
_LONGEST = 40
_KINDS = frozenset(["paragraph", "quote"])


class _Line(NamedTuple):
    segment: Segment
    start: int
    end: int
    level: int
    """1: 一、  2: （一）  0: an ordinary line."""


def find(manuscript: Manuscript, _lists: Lists, _hits: Hits) -> Iterator[Finding]:
    """Lines that are headings in all but marking."""
    lines = list(_lines(manuscript))
    for number, line in enumerate(lines):
        if line.level and _is_heading(lines, number):
            text = line.segment.text[line.start : line.end].strip()
            mark = "#" * (line.level + 1)
            yield manuscript.finding(
                HEADING, line.segment, line.start, line.end, suggestion=f"{mark} {text}"
            )


def _lines(manuscript: Manuscript) -> Iterator[_Line]:
    """All lines of the body; a paragraph's lines that were joined are taken apart again."""
    source = manuscript.text
    for segment in manuscript.segments:
        if segment.kind in ("title", "field", "alt"):
            continue
        text, cuts = segment.text, [0]
        if segment.kind in _KINDS:
            cuts += [
                index
                for index, offset in segment.places[1:]
                if "\n" in source[max(0, offset - 4) : offset] and text[index - 1 : index] != " "
            ]
            cuts += [match.end() for match in re.finditer("\n", text)]
        for start, end in zip(sorted(set(cuts)), [*sorted(set(cuts))[1:], len(text)], strict=True):
            yield _Line(segment, start, end, _level(segment, start, end))


def _level(segment: Segment, start: int, end: int) -> int:
    if segment.kind not in _KINDS or end - start > _LONGEST + 8:
        return 0
    match = _HEAD.fullmatch(segment.text[start:end].rstrip())
    if not match or _ENDS_SENTENCE.search(match["title"]):
        return 0
    return 1 if match["first"] else 2


def _is_heading(lines: Sequence[_Line], number: int) -> bool:
    """Whether a text follows, and the line is none of a list: no line of its level is its neighbour."""
    level = lines[number].level
    before = lines[number - 1].level if number else 0
    after = lines[number + 1] if number + 1 < len(lines) else None
    if after is None or after.segment.kind == "heading":
        return False
    return level not in (before, after.level)


def _words(_lists: Lists) -> Iterator[str]:
    for number in _NUMBERS:
        yield from (f"{number}、", f"{number}．", f"{number}.", f"{number}）", f"{number})")


FAMILY = TextFamily("structure", RULES, find, words=_words)
