"""Masked figures, `开展**余场，惠及**万人`: their asterisks are text, not emphasis.

Which runs of asterisks are masks and which are emphasis is decided for a whole paragraph at once: every
way to pair the runs has a cost, made of what stands before, between and behind them, and the cheapest
is taken. A paragraph in which no run looks like a mask is left to Markdown.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.mask_words import FIGURE, NAME, may_hold_masks
from gazette.reading.markup.notes import Notes

_TOKEN = re.compile(
    r"(?P<skipped>(?P<ticks>`+)[^`].*?(?<!`)(?P=ticks)(?!`)|\\.|<[^<>\n]*>|\]\([^()\n]*\))|(?P<run>\*+)",
    re.S,
)
_CLOSING = frozenset("，。、；：！？）》”’】…,.;:!?)]}>%％」』〉")
_OPENING = frozenset("（《“‘【([{<「『〈")
_FIGURE = re.compile(FIGURE)
_NAME = re.compile(NAME)
_SENTENCE_END = re.compile("[。！？；](?=.)", re.S)
_FAR = 12
_NEAR = 40
_MANY = 5
_IMPOSSIBLE = 1000.0


@dataclass
class _Run:
    start: int
    end: int
    figure: bool
    name: bool
    can_open: bool
    can_close: bool

    @property
    def is_mask_like(self) -> bool:
        return self.figure or self.name


def masks_in(text: str, elsewhere: int = 0) -> list[tuple[int, int]]:
    """The places of the runs of asterisks in `text` (one paragraph of Markdown) that are masks.

    `elsewhere` is how many runs look like masks in the rest of the document.
    """
    by_length = _runs_in(text)
    evidence = sum(run.is_mask_like for runs in by_length.values() for run in runs)
    if not evidence:
        return []
    return sorted(
        (run.start, run.end)
        for runs in by_length.values()
        for run in _Decision(text, runs, evidence + elsewhere).masks()
    )


def count_mask_like(text: str) -> int:
    """How many runs of asterisks in `text` look like masks."""
    return sum(run.is_mask_like for runs in _runs_in(text).values() for run in runs)


def _runs_in(text: str) -> dict[int, list[_Run]]:
    by_length: dict[int, list[_Run]] = {}
    for match in _TOKEN.finditer(text):
        if match["run"] is not None:
            run = _read_run(text, match.start(), match.end())
            by_length.setdefault(run.end - run.start, []).append(run)
    for runs in by_length.values():
        # Two that can only close, one behind the other (`大美*、活力*、`), close nothing.
        for run, following in pairwise(runs):
            if not run.can_open and not following.can_open and following.start - run.end < _NEAR:
                run.name = following.name = True
    return by_length


def _read_run(text: str, start: int, end: int) -> _Run:
    before, after = text[start - 1 : start], text[end : end + 1]
    ordinal = before == "第" and (not after or after in _CLOSING or after.isspace())
    return _Run(
        start,
        end,
        figure=ordinal or _FIGURE.match(text, end) is not None,
        name=_NAME.match(text, end) is not None,
        can_open=bool(after) and not after.isspace() and after not in _CLOSING,
        can_close=bool(before) and not before.isspace() and before not in _OPENING,
    )


class _Decision:
    """The cheapest way to read runs of one length as masks and as pairs around emphasised text."""

    def __init__(self, text: str, runs: list[_Run], evidence: int) -> None:
        self._text = text
        self._runs = runs
        self._evidence = evidence
        self._single = bool(runs) and runs[0].end - runs[0].start == 1

    def masks(self) -> list[_Run]:
        best: list[tuple[float, int | None]] = [(0.0, None)]
        for last, run in enumerate(self._runs):
            choice: tuple[float, int | None] = (best[last][0] + self._cost_of_mask(run), None)
            between = 0.0
            for first in range(last - 1, max(last - _FAR, -1), -1):
                cost = best[first][0] + between + self._cost_of_pair(self._runs[first], run)
                if cost <= choice[0]:
                    choice = (cost, first)
                between += self._cost_of_mask(self._runs[first]) + 2
            best.append(choice)
        return self._read_back(best)

    def _read_back(self, best: list[tuple[float, int | None]]) -> list[_Run]:
        masks: list[_Run] = []
        last = len(self._runs)
        while last > 0:
            first = best[last][1]
            if first is None:
                masks.append(self._runs[last - 1])
                last -= 1
            else:
                masks += self._runs[first + 1 : last - 1]
                last = first
        return masks

    def _cost_of_mask(self, run: _Run) -> float:
        if run.is_mask_like:
            return 0.0
        if self._evidence <= 1:
            return 10.0 if run.can_open else 6.0
        if not run.can_open:
            return 2.0
        # Much masked, and emphasis by a single asterisk is rare in Chinese.
        return 3.0 if self._single and self._evidence >= _MANY else 6.0

    def _cost_of_pair(self, opening: _Run, closing: _Run) -> float:
        if not opening.can_open or not closing.can_close or opening.end - opening.start > 3:
            return _IMPOSSIBLE
        inside = self._text[opening.end : closing.start]
        cost = 3.0 * len(_SENTENCE_END.findall(inside))
        cost += ("，" in inside) if self._single else 0
        if opening.figure:
            cost += 4
        elif opening.name:
            cost += 3 if self._single else 1
        if closing.is_mask_like:
            cost += 4 if opening.is_mask_like else 1
        return cost


def _is_open(text: str | None) -> TypeGuard[str]:
    return text is not None and "*" in text and not isinstance(text, AtomicString)


class MaskProcessor(Treeprocessor):
    """Escapes the masks of the tree's texts before the inline pass, with a warning for each line."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes
        self._lines: set[int | None] = set()

    def run(self, root: Element) -> None:
        """Handle all texts, if the source holds anything like a mask at all."""
        if not may_hold_masks(self._notes.source):
            return
        self._lines = set()
        texts = [(element, text) for element in root.iter() if _is_open(text := element.text)]
        tails = [(element, tail) for element in root.iter() if _is_open(tail := element.tail)]
        evidence = sum(count_mask_like(text) for _, text in texts + tails)
        if not evidence:
            return
        for element, text in texts:
            element.text = self._escape(text, evidence)
        for element, tail in tails:
            element.tail = self._escape(tail, evidence)

    def _escape(self, text: str, evidence: int) -> str:
        pieces: list[str] = []
        done = 0
        for start, end in masks_in(text, evidence - count_mask_like(text)):
            self._notes.has_escapes = True
            pieces += (text[done:start], "\\*" * (end - start))
            done = end
            self._warn(text, start, end)
        return "".join([*pieces, text[done:]])

    def _warn(self, text: str, start: int, end: int) -> None:
        line_end = text.find("\n", end)
        behind = text[end : min(end + 6, len(text) if line_end < 0 else line_end)]
        line = self._notes.line(text[start:end] + behind, text[start:end])
        if line not in self._lines:
            self._lines.add(line)
            self._notes.warn("mask-literal", line, text=text[start:end] + behind)


class Masks(Convention):
    """Switch `masks`."""

    def register(self, md: Markdown) -> None:
        """Register between footnotes and the inline pass."""
        md.treeprocessors.register(MaskProcessor(md, self.notes), "masks", 40)
