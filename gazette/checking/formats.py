"""A report for programs: JSON, and SARIF 2.1.0 for Git platforms."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gazette import __version__
from gazette.checking.baseline import marks_of
from gazette.checking.report import CheckReport, Row
from gazette.messages import MESSAGES, translate

if TYPE_CHECKING:
    from gazette.check.rule import Rule

_NAMED = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: CheckReport, language: str) -> dict[str, Any]:
    """The report as one JSON object."""
    return {
        "site": report.title,
        "moment": report.moment,
        "documents": report.documents,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "known": report.known,
        "findings": [_row_as_json(row, language) for row in report.rows],
    }


def _row_as_json(row: Row, language: str) -> dict[str, Any]:
    problem = row.problem
    return {
        "file": problem.file, "line": problem.line, "column": problem.column,
        "severity": row.severity, "rule": problem.code, "family": row.family, "bureau": row.bureau,
        "found": row.found, "suggestion": row.suggestion, "reason": row.reason(language),
        "advice": row.advice(language), "context": row.context,
    }  # fmt: skip


def rules_as_json(rules: "Iterable[Rule]", language: str) -> list[dict[str, Any]]:
    """What `check --rules` lists."""
    return [
        {
            "rule": rule.id, "family": rule.family, "severity": rule.severity, "veto": rule.veto,
            "source": rule.source, "explanation": translate(rule.explanation, language),
        }
        for rule in rules
    ]  # fmt: skip


def as_sarif(report: CheckReport, language: str) -> dict[str, Any]:
    """The report as a SARIF log with one run."""
    from gazette.check.families import all_rules  # slow to load, and nothing else here needs them

    known = {rule.id: rule for rule in all_rules()}
    used = sorted({row.problem.code for row in report.rows})
    index = {code: number for number, code in enumerate(used)}
    results = [
        _result(row, index[row.problem.code], mark, language)
        for row, mark in zip(report.rows, marks_of(report.rows), strict=True)
    ]
    driver = {
        "name": "Gazette",
        "version": __version__,
        "rules": [_descriptor(code, known.get(code), language) for code in used],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if language.lower().startswith("zh") else "en",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The site's folder"}}},
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(code: str, rule: "Rule | None", language: str) -> dict[str, Any]:
    """A rule as Git platforms show it beside its findings; of problems that builds tell, their message."""
    if rule is None:
        told = MESSAGES.get(code)
        texts = [_without_names(text, language) for text in (told.text, told.hint)] if told else []
        return {"id": code, **_descriptions(texts[:1], texts), "properties": {"tags": ["content"]}}
    explanation = translate(rule.explanation, language)
    return {
        "id": code,
        **_descriptions([explanation], [explanation, rule.source]),
        "defaultConfiguration": {"level": "error" if rule.severity == "error" else "warning"},
        "properties": {"tags": [rule.family], "source": rule.source},
    }


def _descriptions(short: list[str], help_texts: list[str]) -> dict[str, Any]:
    if not short:
        return {}
    first = {"text": short[0]}
    whole = "\n".join(text for text in help_texts if text)
    return {"shortDescription": first, "fullDescription": first, "help": {"text": whole}}


def _without_names(text: str, language: str) -> str:
    """A message without the names of its arguments."""
    return _NAMED.sub("…", translate(text, language)).replace("{{", "{").replace("}}", "}")


def _result(row: Row, index: int, mark: str, language: str) -> dict[str, Any]:
    advice = row.advice(language)
    text = row.reason(language)
    result: dict[str, Any] = {
        "ruleId": row.problem.code,
        "ruleIndex": index,
        "level": row.severity,
        "message": {"text": f"{text}\n{advice}" if advice else text},
        "partialFingerprints": {"gazette/v1": mark},
    }
    if row.file:
        result["locations"] = [{"physicalLocation": _location(row)}]
    return result


def _location(row: Row) -> dict[str, Any]:
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(row.file, safe="/"), "uriBaseId": "ROOT"}
    }
    if row.problem.line:
        region: dict[str, Any] = {"startLine": row.problem.line}
        if row.problem.column:
            region["startColumn"] = row.problem.column
        location["region"] = region
    return location
