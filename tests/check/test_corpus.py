"""The planted corpus: how many planted faults are found, and how often what is right is taken for one."""

from collections import Counter
from collections.abc import Callable

import pytest

from gazette.check.examine import Examiner
from gazette.check.families import TEXT_FAMILIES, all_rules
from gazette.checking.run import CheckOptions, check
from tests.check.examples import LISTS, manuscript
from tests.check.look_alikes import LOOK_ALIKES
from tests.check.planted import PLANTED
from tests.check.planted_sites import BUILT, SITES, SOUND
from tests.conftest import AS_OF, Site

FAMILY_OF = {rule.id: rule.family for rule in all_rules()}
EXAMINER = Examiner(LISTS)
RECALL, PRECISION = 0.98, 0.95


def rules_in(text: str) -> Counter[str]:
    return Counter(finding.rule for finding in EXAMINER.examine(manuscript(text)).findings)


def test_recall_and_precision(capsys: pytest.CaptureFixture[str]) -> None:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed, wrong = [], []
    for rule, texts in PLANTED.items():
        for text in texts:
            planted[FAMILY_OF[rule]] += 1
            if rule in rules_in(text):
                found[FAMILY_OF[rule]] += 1
            else:
                missed.append((rule, text))
    for text in LOOK_ALIKES:
        for rule in rules_in(text).elements():
            false[FAMILY_OF[rule]] += 1
            wrong.append((rule, text[-60:]))
    with capsys.disabled():
        print(f"\n{sum(planted.values())} planted, {len(LOOK_ALIKES)} look-alikes")  # noqa: T201
        for family in planted:
            recall = found[family] / planted[family]
            precision = found[family] / (found[family] + false[family] or 1)
            print(f"  {family:14} recall {recall:.3f}  precision {precision:.3f}")  # noqa: T201
    assert (missed, wrong) == ([], [])
    assert all(found[family] >= RECALL * planted[family] for family in planted)
    assert all(found[family] >= PRECISION * (found[family] + false[family]) for family in planted)


def test_the_corpus_is_large_and_covers_every_family() -> None:
    assert sum(map(len, PLANTED.values())) >= 300
    assert len(set(LOOK_ALIKES)) >= 300
    asked = {family.name for family in TEXT_FAMILIES if family.name != "signoff"}
    assert asked <= {FAMILY_OF[rule] for rule in PLANTED}


def test_whole_sites(make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]) -> None:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed, wrong = [], []
    for number, (family, rule, files) in enumerate(SITES):
        rules = rules_of(make_site(files), family)
        planted[family] += bool(rule)
        found[family] += rule in rules
        false[family] += bool(rules) and not rule
        if rule and rule not in rules:
            missed.append((number, rule, files))
        if rules and not rule:
            wrong.append((number, rules, files))
    for rule, before, after in BUILT:
        files = {path: text.replace(before, after) for path, text in SOUND.items()}
        assert files != SOUND
        rules = rules_of(make_site(files).built(), "pagetags")
        planted["pagetags"] += 1
        found["pagetags"] += rule in rules
        if rule not in rules:
            missed.append((-1, rule, files))
    assert rules_of(make_site(SOUND).built(), "pagetags") == set()
    with capsys.disabled():
        print(f"\n{sum(planted.values())} planted in sites, {len(SITES)} sites")  # noqa: T201
        for family in planted:
            recall = found[family] / planted[family]
            precision = found[family] / (found[family] + false[family] or 1)
            print(f"  {family:14} recall {recall:.3f}  precision {precision:.3f}")  # noqa: T201
    assert (missed, wrong) == ([], [])


def rules_of(site: Site, family: str) -> set[str]:
    options = CheckOptions(site.root, as_of=AS_OF, names=frozenset([family]))
    return {row.problem.code for row in check(options).rows}
