"""Every rule's own examples are tests."""

import pytest

from gazette.check.excuses import excused
from gazette.check.families import all_rules
from gazette.check.rule import Finding, Rule
from tests.check.examples import examine

RULES = all_rules()
FAMILIES = {rule.id: rule.family for rule in RULES}


def findings(text: str) -> list[Finding]:
    result = examine(text)
    return excused(result.findings, result.excuses, FAMILIES, frozenset(FAMILIES))


@pytest.mark.parametrize(
    ("rule", "text"),
    [(r, t) for r in RULES for t in r.bad if isinstance(t, str)],
    ids=lambda v: getattr(v, "id", None),
)
def test_bad_examples_are_found(rule: Rule, text: str) -> None:
    assert rule.id in {finding.rule for finding in findings(text)}


@pytest.mark.parametrize(
    ("rule", "text"),
    [(r, t) for r in RULES for t in r.good if isinstance(t, str)],
    ids=lambda v: getattr(v, "id", None),
)
def test_good_examples_are_not(rule: Rule, text: str) -> None:
    assert rule.id not in {finding.rule for finding in findings(text)}


def test_rules_are_named_for_their_families_and_once() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert [rule.id for rule in RULES if not rule.id.startswith(rule.family + "-")] == []


def test_every_rule_has_examples() -> None:
    assert [rule.id for rule in RULES if not rule.good or not rule.bad] == []
