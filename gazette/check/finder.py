"""Many words in a text, in one pass over it.

A text is read as pairs of neighbouring characters, each pair as one number; of every word one pair is
known. So the interpreter's own loops tell which words may stand in the text, and only those few are
looked for. A machine of states (Aho-Corasick) takes twice as long for texts of this length.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

Hit = tuple[int, str]
"""Where a word stands, and the word."""
_UNITS = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_UNIT, _PAIR = 2, 4
"""Bytes."""


class WordFinder:
    """Finds words of a fixed list."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words` are not empty; they may hold and overlap one another."""
        listed = dict.fromkeys(words)
        self._single = [word for word in listed if len(_encoded(word)) == _UNIT]
        pairs = {word: list(_pairs(word)) for word in listed.keys() - self._single}
        how_often = Counter(chain.from_iterable(pairs.values()))
        by_pair: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(pairs):
            # The pair that fewest words have tells most.
            by_pair[min(pairs[word], key=how_often.__getitem__)].append(word)
        self._by_pair = dict(by_pair)
        self._pairs = frozenset(by_pair)

    def hits(self, text: str) -> list[Hit]:
        """Every place of every word, in the order of places."""
        found: list[Hit] = []
        for word in chain(self._single, self._candidates(text)):
            place = text.find(word)
            while place >= 0:
                found.append((place, word))
                place = text.find(word, place + 1)
        found.sort()
        return found

    def _candidates(self, text: str) -> Iterator[str]:
        """The words of which a pair stands in the text."""
        data = _encoded(text)
        present: set[int] = set()
        for units in (data, data[_UNIT:]):
            whole = memoryview(units)[: len(units) // _PAIR * _PAIR].cast("I")
            present |= self._pairs.intersection(whole)
        for pair in present:
            yield from self._by_pair[pair]


def _encoded(text: str) -> bytes:
    return text.encode(_UNITS, "surrogatepass")


def _pairs(word: str) -> Iterator[int]:
    units = memoryview(_encoded(word)).cast("H")
    low_first = sys.byteorder == "little"
    for one, other in pairwise(units):
        yield one | other << 16 if low_first else one << 16 | other
