"""Protected names that are nearly right, or broken up by a space or a mark."""

import functools
import re
from collections.abc import Iterator, Sequence

from gazette.check.near_names import PROTECTED, Anchor, near_miss
from gazette.check.rule import Rule
from gazette.messages.message import Message, _

INSPECTION = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：严重表述错误"

NAME = Rule(
    id="wording-name",
    family="wording",
    severity="error",
    veto=True,
    source=INSPECTION,
    message=Message(_("“{found}” is nearly a protected name."), _("Did you mean {suggestion}?")),
    explanation=_(
        "Names of state, party, laws and high offices with one character wrong, missing, doubled or out of place."
    ),
    bad=(
        "中华人民共合国税收征收管理法",
        "国家税务总居部署。",
        "坚持中国特设社会主义道路。",
        "最高人民捡察院发布。",
        "学习习近平新时代中国特色社会义思想。",
        "建设人类命运共同同体。",
    ),
    good=(
        "中华人民共和国税收征收管理法",
        "工人代表大会和村民代表大会。",
        "中国共产主义青年团。",
        "中国特色的社会主义。",
        "各国共产党。",
        "国家发展改革委员会。",
        "社会主义核心价值体系。",
    ),
)
BROKEN = Rule(
    id="wording-name-broken",
    family="wording",
    severity="error",
    source=INSPECTION,
    message=Message(
        _("A protected name is broken up by a space, a mark or an invisible character: {found}"),
        _("Write {suggestion}."),
    ),
    explanation=_(
        "Protected names with something inserted, as copying from layouts leaves it; search does not find them."
        " Names typed with a space after every character, and clauses that end inside one, are not findings."
    ),
    bad=(
        "国家税务 总局部署。",
        "中华人民·共和国境内。",
        "中国共\u200b产党。",
        "最高人，民法院发布。",
    ),
    good=(
        "国 家 税 务 总 局",
        "纳税报效国家，税务总局推出新举措。",
        "服务群众水平最高，人民法院予以表扬。",
        "扎根中国 人民银行支持小微企业",
        "国家税务总局、财政部。",
    ),
)

Fault = tuple[Rule, int, int, dict[str, str]]
"""(rule, start, end, arguments) in a text."""
NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Invisible characters."""
_BETWEEN_CLAUSES = " \t\u00a0\u3000，。、；：,.;:—–"
_INSERTED = frozenset(NO_WIDTH + _BETWEEN_CLAUSES + "·•・|/\\-_~^")
_MOST = 2
"""Characters that are inserted at one place."""


def name_fault(text: str, start: int, anchor: Anchor) -> Iterator[Fault]:
    """What is wrong with the name whose sound half begins at `start`."""
    span = near_miss(text, start, anchor)
    if span is not None:
        yield NAME, *span, {"suggestion": anchor.name}
        return
    span = _broken(text, start, anchor)
    if span is not None:
        yield BROKEN, *span, {"suggestion": anchor.name}


def broken_everywhere(text: str) -> Iterator[Fault]:
    """Names with invisible characters in both halves."""
    if any(char in text for char in NO_WIDTH):
        for match in _riddled().finditer(text):
            name = "".join(char for char in match[0] if char not in NO_WIDTH)
            if name != match[0]:
                yield BROKEN, *match.span(), {"suggestion": name}


@functools.cache
def _riddled() -> re.Pattern[str]:
    names = sorted(PROTECTED, key=len, reverse=True)
    return re.compile("|".join(f"[{NO_WIDTH}]*".join(name) for name in names))


def _broken(text: str, start: int, anchor: Anchor) -> tuple[int, int] | None:
    """Where the name stands with something inserted in its other half, or before that."""
    half, other, name, is_head = anchor
    end = start + len(half)
    if not other or (is_head and text.startswith(other, end)):
        return None
    reach = len(other) + _MOST * len(other)
    rest = text[end : end + reach] if is_head else text[max(0, start - reach) : start][::-1]
    gaps = _gaps(rest, other)
    if not gaps:
        return None
    length = len(other) + sum(len(marks) for _, marks in gaps)
    places = [len(half) + at if is_head else len(other) - at for at, _ in gaps]
    if not any(
        place not in PROTECTED[name] or not set(marks) <= set(_BETWEEN_CLAUSES)
        for place, (_, marks) in zip(places, gaps, strict=True)
    ):
        return None
    return (start, end + length) if is_head else (start - length, end)


def _gaps(rest: str, other: str) -> Sequence[tuple[int, str]]:
    """(index in `other`, what stands before it) of all that is inserted; empty if it is not `other`."""
    gaps, place = [], 0
    for index, char in enumerate(other):
        first = place
        while place < len(rest) and rest[place] in _INSERTED and place - first < _MOST:
            place += 1
        if place > first:
            gaps.append((index, rest[first:place]))
        if place >= len(rest) or rest[place] != char:
            return ()
        place += 1
    return gaps
