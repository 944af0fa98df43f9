"""Reports: for people, for programs, for Git platforms."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from gazette.checking.run import CheckOptions, check
from gazette.cli.program import run
from tests.check.planted import PLANTED
from tests.checking.sarif import LOG
from tests.conftest import AS_OF, Site

AT = ["--as-of", AS_OF]


def output(site: Site, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    run(["check", *AT, "--lang", "zh", *arguments], site.root)
    return capsys.readouterr().out


def test_sarif_has_the_standards_shape(faulty: Site, capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(output(faulty, capsys, "--format", "sarif"))
    jsonschema.validate(log, LOG, format_checker=jsonschema.FormatChecker())
    (sarif_run,) = log["runs"]
    rules = [rule["id"] for rule in sarif_run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in sarif_run["results"])
    marks = [result["partialFingerprints"]["gazette/v1"] for result in sarif_run["results"]]
    assert len(set(marks)) == len(marks) > 4


@pytest.mark.skipif("GAZETTE_SARIF_SCHEMA" not in os.environ, reason="names no published schema")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_keeps_the_published_schema(
    make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """The standard's own schema is not part of the project; GAZETTE_SARIF_SCHEMA names its file."""
    schema = json.loads(Path(os.environ["GAZETTE_SARIF_SCHEMA"]).read_text("utf-8"))
    site = make_site({"content/categories.yaml": "- {slug: c, title: 甲 & <乙>}\n"})
    for number, text in enumerate(text for texts in PLANTED.values() for text in texts):
        head = "" if text.startswith("---") else f"---\ntitle: 甲{number}\ndate: 2025-05-03\n---\n"
        site.write({f"content/articles/第 {number}篇#%.md": head + text})
    run(["check", *AT, "--lang", language, "--format", "sarif"], site.root)
    log = json.loads(capsys.readouterr().out)
    assert len(log["runs"][0]["results"]) > len(PLANTED)
    for each in (schema, LOG):
        validator = jsonschema.validators.validator_for(each)(each)
        assert [fault.message for fault in validator.iter_errors(log)] == []


def test_problems_of_builds_are_rules_too(
    make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site().article("a", tilte="甲")
    log = json.loads(output(site, capsys, "--format", "sarif"))
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert "{" not in rules["key-near"]["shortDescription"]["text"]
    assert rules["attribution-source"]["help"]["text"].count("\n") == 1


def test_json_tells_all_that_the_page_does(
    faulty: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    report = json.loads(output(faulty, capsys, "--format", "json"))
    finding = next(f for f in report["findings"] if f["rule"] == "privacy-mobile-number")
    assert finding["file"] == "content/articles/a.md"
    assert finding["found"] == finding["suggestion"] == "138****8000"
    assert finding["context"] == "联系人电话138****8000。"
    assert finding["bureau"] == "乐山市税务局"
    assert report["errors"] == sum(f["severity"] == "error" for f in report["findings"])


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_no_report_repeats_a_personal_number(
    faulty: Site, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    text = output(faulty, capsys, "--format", form)
    assert "138****8000" in text
    assert "13800138000" not in text
    assert "19900307" not in text


def test_text_is_grouped_by_file(faulty: Site, capsys: pytest.CaptureFixture[str]) -> None:
    lines = output(faulty, capsys).splitlines()
    assert lines.count("content/articles/a.md") == 1
    start = lines.index("content/articles/a.md")
    assert lines[start + 1].split()[:2] == ["8:6", "错误"]


def test_html_escapes_and_marks(faulty: Site, capsys: pytest.CaptureFixture[str]) -> None:
    page = output(faulty, capsys, "--format", "html")
    assert '<html lang="zh-CN">' in page
    assert "<mark>138****8000</mark>" in page
    assert "<script" not in page
    assert "http://10.1.1.1/a" in page


def test_a_report_goes_into_a_file(faulty: Site, capsys: pytest.CaptureFixture[str]) -> None:
    path = faulty.root / "reports" / "a.html"
    assert output(faulty, capsys, "--format", "html", "--report", str(path)) == ""
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_counts_by_bureau_and_family(faulty: Site) -> None:
    faulty.write({"content/bureaus/sichuan.md": "---\ntitle: 甲\n---\n电话13800138000。\n"})
    report = check(CheckOptions(faulty.root, as_of=AS_OF))
    assert ("四川省税务局", 1, 0) in report.by_bureau
    assert {name: errors for name, errors, _ in report.by_family}["privacy"] == 4
    assert report.by_bureau[0][0] in {"", "乐山市税务局"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "never"], 0),
        (["--only", "attribution"], 0),
        (["--only", "attribution,privacy"], 1),
        (["--only", "privasy"], 2),
        (["--as-of", "昨天"], 2),
        (["--text", "("], 2),
        (["--against", "missing.xml"], 2),
        (["--changed", "HEAD"], 2),
    ],
)
def test_exit_codes(faulty: Site, arguments: list[str], code: int) -> None:
    assert run(["check", *AT, *arguments], faulty.root) == code


def test_warnings_can_fail_too(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a")
    only = ["check", *AT, "--only", "attribution"]
    assert run(only, site.root) == 0
    assert run([*only, "--fail-on", "warning"], site.root) == 1


def test_all_rules_are_listed(
    make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "--rules", "--lang", "zh"], make_site().root) == 0
    listed = capsys.readouterr().out
    assert "privacy-identity-number  [错误]" in listed
    assert run(["check", "--rules", "--format", "json"], make_site().root) == 0
    assert {"rule", "family", "source"} <= json.loads(capsys.readouterr().out)[0].keys()
