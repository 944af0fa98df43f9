"""One document through all families that look at words."""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from gazette.check.excuses import excuses_in
from gazette.check.families import TEXT_FAMILIES
from gazette.check.family import TextFamily
from gazette.check.finder import Hit, WordFinder
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.outcome import Examined, Fragment
from gazette.check.person_numbers import concealed
from gazette.check.rule import Finding, Rule, Severity
from gazette.config.gate import GateSettings


def severity_of(rule: Rule, settings: GateSettings) -> Severity:
    """How severe findings of the rule are on this site."""
    return settings.severity.get(rule.id) or settings.severity.get(rule.family) or rule.severity


class Examiner:
    """Holds what is made once of the lists: which families are asked, and what calls for each."""

    def __init__(self, lists: Lists, families: Iterable[TextFamily] = TEXT_FAMILIES) -> None:
        self._lists = lists
        self._off = frozenset(
            rule.id
            for family in families
            for rule in family.rules
            if severity_of(rule, lists.settings) == "off"
        )
        self._families = [
            family for family in families if any(rule.id not in self._off for rule in family.rules)
        ]
        self._patterns = self._searches("pattern")
        self._source_patterns = self._searches("source_pattern")
        self._always = {
            index
            for index, family in enumerate(self._families)
            if not (family.pattern or family.source_pattern or family.words)
        }
        self._called: dict[str, list[int]] = {}
        """The families that each word calls."""
        for index, family in enumerate(self._families):
            for word in dict.fromkeys(family.words(lists)) if family.words else ():
                self._called.setdefault(word, []).append(index)
        self._finder = WordFinder(self._called)

    def _searches(self, name: str) -> list[tuple[int, Callable[[str], object]]]:
        patterns = [getattr(family, name) for family in self._families]
        return [(i, re.compile(pattern).search) for i, pattern in enumerate(patterns) if pattern]

    def examine(self, manuscript: Manuscript) -> Examined:
        """All findings of the document, and its excuses."""
        findings: list[Finding] = []
        hits = self.hits(manuscript.words)
        for index in self._asked(manuscript.words, manuscript.text, hits):
            found = self._families[index].find(manuscript, self._lists, hits.get(index, ()))
            findings += [finding for finding in found if finding.rule not in self._off]
        if findings:
            findings = [_concealing(finding) for finding in findings]
        return Examined(tuple(findings), excuses_in(manuscript), tuple(_fragments(manuscript)))

    def hits(self, words: str) -> dict[int, list[Hit]]:
        """The places of its words, for each family that has any there."""
        hits: dict[int, list[Hit]] = {}
        for hit in self._finder.hits(words):
            for index in self._called[hit[1]]:
                hits.setdefault(index, []).append(hit)
        return hits

    def _asked(self, words: str, source: str, hits: dict[int, list[Hit]]) -> list[int]:
        """The families for which something in the document calls."""
        asked = self._always | {index for index, search in self._patterns if search(words)}
        asked |= {index for index, search in self._source_patterns if search(source)}
        return sorted(asked | hits.keys())


def _fragments(manuscript: Manuscript) -> Iterator[Fragment]:
    if "#" in manuscript.text:
        for link in manuscript.links:
            if "#" in link.target and "://" not in link.target:
                yield Fragment(link.target, *manuscript.place(link.offset))


def _concealing(finding: Finding) -> Finding:
    """The finding without personal numbers: reports go farther than articles."""
    hidden = concealed(finding.context)
    if hidden == finding.context:
        return finding
    place = finding.context.find(finding.found)  # it may be a part of the number
    found = hidden[place : place + len(finding.found)] if place >= 0 else concealed(finding.found)
    return msgspec.structs.replace(finding, found=found, context=hidden)
