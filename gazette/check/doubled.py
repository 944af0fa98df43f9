"""Text that stands twice in a row, as extraction from layouts leaves it: 到企业为到企业为."""

import re

_SHORTEST, _LONGEST = 3, 20
"""Lengths that are looked for anywhere; longer ones only at the head of a text."""
_WITH_MARKS = 12
"""Doubled text that holds punctuation is meant (中国加油，中国加油！) unless it is as long as this."""
_HEAD = 6
_DIFFERENT = 3
_REPEATING = re.compile("[一又再很更越太好真]")
"""Words of what may be said twice: 一天又一天又一天."""
_NUMBER = re.compile("[〇零一二三四五六七八九十百千万亿两幺壹贰叁肆伍陆柒捌玖拾0-9]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MARKS = re.compile("[，。；：、！？,.;:!?“”《》（）\n|]")
_WIDTH = 2
_CLAUSE_LENGTH = 6
"""Characters of the shortest clause that nobody repeats for effect."""
_CLAUSES = 4
_CALLED = frozenset("！!？?")
_CLAUSE = re.compile("([^，。；！？,;!?\n]+)([，。；！？,;!?\n]|$)")


def doubled_in(text: str) -> list[tuple[int, int]]:
    """(start, end) of the first doubled stretch of each length, by their places.

    The text is compared with itself, moved by each length in turn, as one large number of a byte a
    character: a stretch of as many zeros as it was moved by is text that stands twice. That takes a
    fortieth of what a back-reference does.
    """
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) != _WIDTH * len(text):  # some characters take two places
        data = text.encode("utf-32-le", "surrogatepass")[::2]
    data = data[::_WIDTH]
    number = int.from_bytes(data, "little")
    found = []
    for length in range(_SHORTEST, min(_LONGEST, len(text) // 2) + 1):
        moved = (number ^ (number >> 8 * length)).to_bytes(len(data), "little")
        place = _first(text, moved, length)
        if place is not None:
            found.append((place, place + 2 * length))
    return sorted(found, key=lambda span: (span[0], -span[1]))


def doubled_head(text: str) -> int:
    """The length of what a text begins with twice, however long it is; 0: nothing."""
    length = text.find(text[:_HEAD], _HEAD)
    twice = length > 0 and text.startswith(text[:length], length) and _is_meant_once(text[:length])
    return length if twice else 0


def _first(text: str, moved: bytes, length: int) -> int | None:
    zeros = bytes(length)
    place = moved.find(zeros)
    while place >= 0:
        part = text[place : place + length]
        if text.startswith(part, place + length) and _is_meant_once(part):
            return place
        # Within one run of zeros every part is a turn of the same characters.
        place = moved.find(zeros, place + length)
    return None


def _is_meant_once(part: str) -> bool:
    """Whether nobody would write this twice on purpose."""
    if len(set(_CHINESE.findall(part))) < _DIFFERENT or "\n" in part or _NUMBER.fullmatch(part):
        return False
    if len(part) == _SHORTEST and _REPEATING.search(part):
        return False
    return len(part) >= _WITH_MARKS or not _MARKS.search(part)


def doubled_clauses(text: str) -> tuple[int, int] | None:
    """(start, end) of the first few clauses that stand twice, one after the other; None: nowhere.

    A comma or full stop stands between and after them; what is called out twice (！) is meant.
    """
    clauses = _CLAUSE.findall(text)
    long = [clause for clause, _ in clauses if len(clause) >= _CLAUSE_LENGTH]
    if len(set(long)) == len(long):
        return None
    texts = [clause for clause, _ in clauses]
    for size in range(1, _CLAUSES + 1):
        alike = 0
        for last, pair in enumerate(zip(texts, texts[size:], strict=False)):
            alike = alike + 1 if pair[0] == pair[1] else 0
            if alike >= size:
                first = last - size + 1
                found = list(_CLAUSE.finditer(text))[first : first + 2 * size]
                if _is_slip(found):
                    return found[0].start(), found[-1].end(1)
    return None


def _is_slip(clauses: list[re.Match[str]]) -> bool:
    part = clauses[0].string[clauses[0].start() : clauses[len(clauses) // 2 - 1].end(1)]
    marks = [clause[2] for clause in clauses]
    if marks[-1] in _CALLED or not _CALLED.isdisjoint(marks[:-1]) or "\n" in marks[:-1]:
        return False
    has_long = any(len(clause[1]) >= _CLAUSE_LENGTH for clause in clauses)
    return has_long and len(set(_CHINESE.findall(part))) >= _DIFFERENT
