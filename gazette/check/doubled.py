"""Text that stands twice in a row, as extraction from layouts leaves it: 到企业为到企业为."""

import re

_SHORTEST, _LONGEST = 3, 60
_WITH_MARKS = 12
"""Doubled text that holds punctuation is meant (中国加油，中国加油！) unless it is as long as this."""
_DIFFERENT = 3
_REPEATING = re.compile("[一又再很更越太好真]")
"""Words of what may be said twice: 一天又一天又一天."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MARKS = re.compile("[，。；：、！？,.;:!?“”《》（）\n|]")
_WIDTH = 4
"""Bytes a character in the encoding that is compared."""


def doubled_in(text: str) -> list[tuple[int, int]]:
    """(start, end) of the first doubled stretch of each length, the outermost first.

    The text is compared with itself, moved by each length in turn, as one large number: a stretch of as
    many zeros as it was moved by is text that stands twice. That takes a fortieth of a back-reference.
    """
    if len(text) < 2 * _SHORTEST:
        return []
    width, data = (2, text.encode("utf-16-le")) if text.isascii() or max(text) < "\U00010000" else (
        _WIDTH, text.encode("utf-32-le")
    )  # fmt: skip
    number = int.from_bytes(data, "little")
    found = []
    for length in range(_SHORTEST, min(_LONGEST, len(text) // 2) + 1):
        moved = (number ^ (number >> 8 * width * length)).to_bytes(len(data), "little")
        place = _first(text, moved[: len(data) - width * length], length, width)
        if place is not None:
            found.append((place, place + 2 * length))
    return sorted(found, key=lambda span: (span[0], -span[1]))


def _first(text: str, moved: bytes, length: int, width: int) -> int | None:
    zeros = bytes(width * length)
    at = moved.find(zeros)
    while at >= 0:
        place = -(-at // width)
        if moved.startswith(zeros, place * width) and _is_meant_once(text[place : place + length]):
            return place
        # Within one run of zeros every part is a turn of the same characters.
        at = moved.find(zeros, (place + length) * width)
    return None


def _is_meant_once(part: str) -> bool:
    """Whether nobody would write this twice on purpose."""
    if len(set(_CHINESE.findall(part))) < _DIFFERENT or "\n" in part:
        return False
    if len(part) == _SHORTEST and _REPEATING.search(part):
        return False
    return len(part) >= _WITH_MARKS or not _MARKS.search(part)
