"""The planted corpus: how many planted faults are found, and how often what is right is taken for one."""

from collections import Counter
from collections.abc import Callable

import pytest

from gazette.check.examine import Examiner
from gazette.check.families import TEXT_FAMILIES, all_rules
from gazette.checking.run import CheckOptions, check
from tests.check.examples import LISTS, manuscript
from tests.check.look_alikes import LOOK_ALIKES
from tests.check.office_files import FOUND, PLACELESS, PUBLISHED_WHOLE, SILENT
from tests.check.planted import PLANTED
from tests.check.planted_sites import ALTERED, BUILT, SITES, SOUND
from tests.conftest import AS_OF, Site

FAMILY_OF = {rule.id: rule.family for rule in all_rules()}
EXAMINER = Examiner(LISTS)
RECALL, PRECISION = 0.98, 0.95


def rules_in(text: str) -> Counter[str]:
    return Counter(finding.rule for finding in EXAMINER.examine(manuscript(text)).findings)


def test_recall_and_precision(capsys: pytest.CaptureFixture[str]) -> None:
    planted, found, false = Counter[str](), Counter[str](), Counter[str]()
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


class Tally:
    """How many faults were planted and found, and how many were found where there is none."""

    def __init__(self) -> None:
        self.planted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.wrong: list[object] = []

    def add(self, family: str, rule: str, rules: set[str], what: object) -> None:
        """Count one case: the rule that must be found (empty: none), and those that were."""
        self.planted[family] += bool(rule)
        self.found[family] += bool(rule) and rule in rules
        self.false[family] += not rule and bool(rules)
        if (rule and rule not in rules) or (rules and not rule):
            self.wrong.append((family, rule, rules, what))

    def judge(self, capsys: pytest.CaptureFixture[str], what: str) -> None:
        """Print recall and precision of each family; nothing may be missed or taken for a fault."""
        with capsys.disabled():
            print(f"\n{sum(self.planted.values())} planted in {what}")  # noqa: T201
            for family in self.planted:
                recall = self.found[family] / self.planted[family]
                precision = self.found[family] / (self.found[family] + self.false[family] or 1)
                print(f"  {family:14} recall {recall:.3f}  precision {precision:.3f}")  # noqa: T201
        assert self.wrong == []


def test_whole_sites(make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for family, rule, files in SITES:
        tally.add(family, rule, rules_of(make_site(files), family), files)
    for rule, before, after in BUILT:
        files = {path: text.replace(before, after) for path, text in SOUND.items()}
        assert files != SOUND
        tally.add("pagetags", rule, rules_of(make_site(files).built(), "pagetags"), files)
    tally.judge(capsys, f"{len(SITES) + len(BUILT)} sites")


def test_built_pages(make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]) -> None:
    tally, site = Tally(), make_site(SOUND).built()
    tally.add("pagetags", "", rules_of(site, "pagetags"), "as it was built")
    for rule, page, before, after in ALTERED:
        place, text = site.output / page, site.page(page)
        assert before in text
        place.write_text(text.replace(before, after), "utf-8")
        tally.add("pagetags", rule, rules_of(site, "pagetags"), (page, after))
        place.write_text(text, "utf-8")
    tally.judge(capsys, f"{len(ALTERED)} built pages")


def test_files_beside_articles(
    make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file has an article of its own, which links to it."""
    cases = {f"content/articles/f/{name}": (rule, data) for name, (data, rule) in FOUND.items()}
    cases |= {f"content/articles/g/{name}": ("", data) for name, data in SILENT.items()}
    cases |= {path: ("pictures-location", data) for path, data in PUBLISHED_WHOLE.items()}
    cases |= {path: ("", data) for path, data in PLACELESS.items()}
    site = make_site({path: data for path, (_, data) in cases.items()})
    for number, path in enumerate(cases):
        address = path.removeprefix("content/").replace("articles/", "").replace("static/", "/")
        site.article(f"n{number}", f"[附件]({address})", source="本站")
    options = CheckOptions(site.root, as_of=AS_OF, names=frozenset(["attachments", "pictures"]))
    told: dict[str, set[str]] = {}
    for row in check(options).rows:
        told.setdefault(row.file, set()).add(row.problem.code)
    tally = Tally()
    for number, (path, (rule, _)) in enumerate(cases.items()):
        family = FAMILY_OF[rule] if rule else "pictures" if path in PLACELESS else "attachments"
        tally.add(family, rule, told.get(f"content/articles/n{number}.md", set()), path)
    tally.judge(capsys, f"{len(cases)} files")


def test_every_rule_is_planted() -> None:
    """But for those that only certain options ask."""
    planted = {*PLANTED, *(rule for _, rule, _ in SITES), *(rule for rule, _, _ in BUILT)}
    planted |= {rule for rule, *_ in ALTERED} | {rule for _, rule in FOUND.values()}
    asked_elsewhere = {
        "links-external", "links-lost", "signoff-date-moved", "excuse-unused", "excuse-reason",
        "excuse-unknown", "pictures-location",
    }  # fmt: skip
    assert {rule.id for rule in all_rules()} - planted <= asked_elsewhere


def rules_of(site: Site, family: str) -> set[str]:
    options = CheckOptions(site.root, as_of=AS_OF, names=frozenset([family]))
    return {row.problem.code for row in check(options).rows}
