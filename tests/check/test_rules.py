"""Every rule's own examples are tests."""

from collections.abc import Callable

import pytest

from gazette.check import attachments, pagetags, pictures
from gazette.check.excuses import excused
from gazette.check.families import all_rules
from gazette.check.links import ON_DEMAND
from gazette.check.rule import Finding, Rule
from gazette.check.signoff import MOVED
from gazette.checking.run import CheckOptions, check
from tests.check.examples import HEADER, examine
from tests.conftest import AS_OF, Site

RULES = all_rules()
FAMILIES = {rule.id: rule.family for rule in RULES}


ELSEWHERE = {rule.id for rule in ON_DEMAND} | {
    MOVED.id,
    *(rule.id for rule in (*pagetags.RULES, *attachments.RULES, *pictures.RULES)),
}
"""Rules that ask what no example can hold: other hosts, an older sitemap, a history, built pages, files."""


def codes_in(make_site: Callable[..., Site], files: dict[str, str]) -> set[str]:
    """The rules that a small site breaks; articles without front matter get a sound one."""
    whole = {
        path: text if text.startswith("---") or not path.endswith(".md") else HEADER + text
        for path, text in files.items()
    }
    site = make_site(whole)
    return {row.problem.code for row in check(CheckOptions(site.root, as_of=AS_OF)).rows}


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


@pytest.mark.parametrize(
    ("rule", "files"),
    [(r, t) for r in RULES for t in r.bad if isinstance(t, dict)],
    ids=lambda v: getattr(v, "id", None),
)
def test_bad_sites_are_found(
    make_site: Callable[..., Site], rule: Rule, files: dict[str, str]
) -> None:
    assert rule.id in codes_in(make_site, files)


@pytest.mark.parametrize(
    ("rule", "files"),
    [(r, t) for r in RULES for t in r.good if isinstance(t, dict)],
    ids=lambda v: getattr(v, "id", None),
)
def test_good_sites_are_not(
    make_site: Callable[..., Site], rule: Rule, files: dict[str, str]
) -> None:
    assert rule.id not in codes_in(make_site, files)


def test_rules_are_named_for_their_families_and_once() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert [rule.id for rule in RULES if not rule.id.startswith(rule.family + "-")] == []


def test_every_rule_has_examples() -> None:
    assert [
        rule.id for rule in RULES if rule.id not in ELSEWHERE and not (rule.good and rule.bad)
    ] == []
