"""The gate: all findings about a site, with its settings and excuses applied."""

from collections.abc import Iterable, Sequence

import msgspec

from gazette.check.examine import severity_of
from gazette.check.examined import NOTHING
from gazette.check.excuses import excused
from gazette.check.families import SITE_FAMILIES, all_rules
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.config.decode import nearest
from gazette.config.gate import GateSettings
from gazette.config.load import CONFIG_FILE, SiteConfig, line_of
from gazette.problems import Problem, error, warning
from gazette.reading.defaults import covers
from gazette.reading.scan import FILE_PREFIX

_MOST = 50
"""Findings that a build lists; `gazette check` lists all."""


class Located(msgspec.Struct, frozen=True):
    """A finding, the rule that it breaks, and the file in which it does (relative to the site's root)."""

    file: str
    rule: Rule
    finding: Finding
    severity: str
    """`error` or `warning`, by the site's settings."""


def findings_of(
    survey: Survey, names: frozenset[str] | None = None, *, building: bool = False
) -> list[Located]:
    """All findings, by file and line; `names` are the rules and families that are asked (None: all)."""
    settings, examined = survey.lists.settings, survey.examined
    rules = {rule.id: rule for rule in all_rules()}
    asked = frozenset(
        rule.id for rule in rules.values() if _is_asked(rule, names) and _is_on(rule, settings)
    )
    by_file: dict[str, list[Finding]] = {}
    for file, finding in _site_findings(survey, asked, building=building):
        by_file.setdefault(file, []).append(finding)
    looked_at = {FILE_PREFIX + document.path for document in survey.documents}
    for path, result in examined.items():
        if FILE_PREFIX + path in looked_at:
            by_file.setdefault(FILE_PREFIX + path, []).extend(result.findings)
    families = {rule.id: rule.family for rule in rules.values()}
    judged = asked - _unasked(building=building)
    found = []
    for file in sorted(by_file):
        if _is_skipped(file, settings):
            continue
        excuses = examined.get(file.removeprefix(FILE_PREFIX), NOTHING).excuses
        for finding in excused(by_file[file], excuses, families, judged):
            if finding.rule in asked:
                rule = rules[finding.rule]
                found.append(Located(file, rule, finding, severity_of(rule, settings)))
    return sorted(found, key=lambda one: (one.file, one.finding.line or 0, one.finding.column or 0))


def _site_findings(
    survey: Survey, asked: frozenset[str], *, building: bool
) -> Iterable[tuple[str, Finding]]:
    for family in SITE_FAMILIES:
        if (family.in_build or not building) and any(rule.id in asked for rule in family.rules):
            yield from family.find(survey)


def _unasked(*, building: bool) -> frozenset[str]:
    """The rules that a build does not ask."""
    families = [family for family in SITE_FAMILIES if building and not family.in_build]
    return frozenset(rule.id for family in families for rule in family.rules)


def _is_asked(rule: Rule, names: frozenset[str] | None) -> bool:
    return names is None or rule.id in names or rule.family in names


def _is_on(rule: Rule, settings: GateSettings) -> bool:
    return severity_of(rule, settings) != "off"


def _is_skipped(file: str, settings: GateSettings) -> bool:
    path = file.removeprefix(FILE_PREFIX)
    return any(covers(pattern, path) for pattern in settings.skip)


def problem_of(located: Located, *, stops: bool) -> Problem:
    """The finding as build reports show it; what its message may name are its arguments."""
    finding, message = located.finding, located.rule.message
    given = {
        "text": message.text,
        "hint": message.hint,
        "found": finding.found,
        "suggestion": finding.suggestion,
        "context": finding.context,
        **finding.arguments,
    }
    make = error if stops else warning
    return make(
        located.rule.id, file=located.file, line=finding.line, column=finding.column, **given
    )


def build_problems(found: Sequence[Located], survey: Survey) -> list[Problem]:
    """What a build says of findings: all that stop it, and the other ones of the newest articles."""
    mode = survey.lists.settings.mode
    stopping: list[Located] = []
    others: list[Located] = []
    for located in found:
        severe = located.severity == "error" and (mode == "error" or located.rule.veto)
        (stopping if severe else others).append(located)
    dates = {
        FILE_PREFIX + document.path: document.date.timestamp
        for document in survey.documents
        if document.date
    }
    others.sort(key=lambda located: dates.get(located.file, 0), reverse=True)
    problems = [problem_of(located, stops=True) for located in stopping]
    problems += [problem_of(located, stops=False) for located in others[:_MOST]]
    if len(others) > _MOST:
        problems.append(warning("gate-more", count=len(others) - _MOST))
    return problems


def setting_faults(config: SiteConfig) -> list[Problem]:
    """Names under `gate.severity` that are no rules."""
    given = config.settings.gate.severity
    if not given:
        return []
    rules = all_rules()
    names = {rule.id for rule in rules} | {rule.family for rule in rules}
    problems = []
    for name in given.keys() - names:
        line = line_of(config.root / CONFIG_FILE, "gate", "severity", name)
        near = nearest(name, sorted(names))
        problems.append(
            warning("gate-rule-unknown", file=CONFIG_FILE, line=line, name=name, near=near)
        )
    return problems
