"""`check`: the publication gate on demand."""

import json
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazette.cli.codes import FAULTY, OK, language_option
from gazette.cli.printer import Printer
from gazette.messages import cli as texts
from gazette.messages.report import FAMILIES, TEXTS

if TYPE_CHECKING:
    from gazette.checking.options import CheckOptions
    from gazette.checking.report import CheckReport, Row

_FILE = click.Path(path_type=Path)
_LONGEST = 60


@click.command("check")
@click.option("--as-of", metavar="TIME", help="Check as if it were this time.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "html"]), default="text",
    help="html: a report to be read and printed; sarif: for Git platforms.",
)  # fmt: skip
@click.option("-o", "--report", type=_FILE, help="File for the report, instead of standard output.")
@click.option("--only", metavar="NAMES", help="Rules or families, with commas between.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "never"]), default="error",
    help="What makes the exit code 1.",
)  # fmt: skip
@click.option("--changed", metavar="REV", help="Only files that differ from a git revision.")
@click.option(
    "--baseline", type=_FILE, help="Leave out what this file has; made if it is not there."
)
@click.option("--against", type=_FILE, help="List addresses of an older sitemap that are lost.")
@click.option("--external", is_flag=True, help="Ask other hosts whether links to them are alive.")
@click.option("--drafts", is_flag=True, help="As if drafts and future articles were published.")
@click.option("--person", metavar="NAME", help="List every place that names a person.")
@click.option(
    "--text", metavar="PATTERN", help="List every place that a regular expression matches."
)
@click.option("--output", type=_FILE, help="Folder of the built site, whose pages are looked at.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: one a core).")
@click.option("--rules", is_flag=True, help="List all rules.")
@language_option
@click.pass_obj
def check_command(printer: Printer, /, **given: Any) -> int:
    """Check articles, columns and pages before publication."""
    if given["rules"]:
        return _list_rules(printer, given["form"])
    options = _options(printer, given)
    if given["person"] or given["text"]:
        return _list_mentions(printer, options, given)
    from gazette.checking.run import check
    from gazette.cli.build import no_collection

    with no_collection():
        report = check(options)
    report = _with_baseline(printer, report, given["baseline"])
    _write(printer, report, given["form"], given["report"])
    bad = report.count("error") + (report.count("warning") if given["fail_on"] == "warning" else 0)
    return printer.end(FAULTY if bad and given["fail_on"] != "never" else OK)


def _options(printer: Printer, given: dict[str, Any]) -> "CheckOptions":
    from gazette.checking.options import CheckOptions
    from gazette.cli.build import check_moment, workers_of

    check_moment(printer, given["as_of"])
    if given["against"] is not None and not given["against"].is_file():
        raise click.UsageError(printer.text(texts.NO_FILE, path=given["against"]))
    return CheckOptions(
        root=printer.root,
        output=given["output"],
        as_of=given["as_of"],
        drafts=given["drafts"],
        names=_names(printer, given["only"]),
        files=_changed(printer, given["changed"]),
        against=given["against"],
        external=given["external"],
        workers=workers_of(printer, given["jobs"]),
    )


def _names(printer: Printer, only: str | None) -> frozenset[str] | None:
    if only is None:
        return None
    from gazette.check.families import all_rules
    from gazette.config.decode import nearest
    from gazette.messages import MESSAGES

    names = frozenset(name for name in re.split(r"[,，、\s]+", only) if name)
    rules = all_rules()
    known = {rule.id for rule in rules} | {rule.family for rule in rules} | {*MESSAGES, "content"}
    for name in sorted(names - known):
        near = nearest(name, sorted(known)) or ", ".join(sorted({rule.family for rule in rules}))
        raise click.UsageError(printer.text(texts.NO_RULE, value=name, near=near))
    return names


def _changed(printer: Printer, revision: str | None) -> frozenset[str] | None:
    if revision is None:
        return None
    from gazette.check.history import GitError
    from gazette.checking.revision import changed_files

    try:
        return changed_files(printer.root, revision)
    except GitError as fault:
        raise click.UsageError(printer.text(texts.GIT_FAILED, reason=fault)) from fault


def _with_baseline(printer: Printer, report: "CheckReport", path: Path | None) -> "CheckReport":
    if path is None:
        return report
    import msgspec

    from gazette.checking.baseline import read_baseline, without_known, write_baseline

    if not path.exists():
        write_baseline(path, report)
        printer.say(texts.BASELINE, path=path, count=len(report.rows))
    try:
        return without_known(report, read_baseline(path))
    except msgspec.DecodeError as fault:
        raise click.UsageError(printer.text(texts.BAD_BASELINE, path=path)) from fault


def _write(printer: Printer, report: "CheckReport", form: str, path: Path | None) -> None:
    text = _rendered(printer, report, form)
    if path is None:
        click.echo(text, color=None if form == "text" else False)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(click.unstyle(text) + "\n", "utf-8")
        printer.say(texts.WRITTEN, path=path)
    if form != "text" or path is not None:
        printer.say(texts.COUNTED, errors=report.count("error"), warnings=report.count("warning"))


def _rendered(printer: Printer, report: "CheckReport", form: str) -> str:
    if form == "text":
        return _as_text(printer, report)
    if form == "html":
        from gazette.checking.page import as_html

        return as_html(report, printer.language)
    from gazette.checking.formats import as_json, as_sarif

    make = as_json if form == "json" else as_sarif
    return json.dumps(make(report, printer.language), ensure_ascii=False, indent=1)


def _as_text(printer: Printer, report: "CheckReport") -> str:
    lines: list[str] = []
    for file, rows in groupby(report.rows, lambda row: row.file):
        title = printer.shown(file) if file else printer.text(TEXTS["no_file"])
        lines.append(click.style(title, bold=True))
        for row in rows:
            lines += _lines_of(printer, row)
        lines.append("")
    counts = {"errors": report.count("error"), "warnings": report.count("warning")}
    lines.append(printer.text(texts.CHECKED, documents=report.documents, **counts))
    if report.known:
        lines.append(printer.text(texts.KNOWN, count=report.known))
    return "\n".join(lines)


def _lines_of(printer: Printer, row: "Row") -> list[str]:
    """A finding: its place and reason, what to write instead, the words around it."""
    problem = row.problem
    place = ":".join(str(part) for part in (problem.line, problem.column) if part)
    colour = "red" if row.severity == "error" else "yellow"
    severity = click.style(printer.text(TEXTS[row.severity]), fg=colour)
    reason = printer.shown(row.reason(printer.language))
    lines = [f"  {place:>7}  {severity}  {reason}  {click.style(problem.code, dim=True)}"]
    if row.context and row.context != row.found:
        lines.append(printer.shown(f"           … {row.context} …"))
    advice = row.advice(printer.language)
    if advice:
        lines.append(printer.shown(f"           {advice}"))
    return lines


def _list_rules(printer: Printer, form: str) -> int:
    from gazette.check.families import all_rules
    from gazette.checking.formats import rules_as_json

    rows = rules_as_json(all_rules(), printer.language)
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return OK
    for family, rules in groupby(rows, lambda row: row["family"]):
        click.echo(click.style(f"{family}  {printer.text(FAMILIES[family])}", bold=True))
        for rule in rules:
            severity = printer.text(TEXTS[rule["severity"]])
            click.echo(f"  {rule['rule']}  [{severity}]\n      {rule['explanation']}")
    return OK


def _list_mentions(printer: Printer, options: "CheckOptions", given: dict[str, Any]) -> int:
    from gazette.checking.look import surveyed
    from gazette.checking.mentions import UNREAD, mentions, mentions_in_files, pattern_of_name

    try:
        written = pattern_of_name(given["person"]) if given["person"] else given["text"]
        pattern = re.compile(written)
    except re.error as fault:
        raise click.UsageError(printer.text(texts.BAD_PATTERN, reason=fault)) from fault
    with surveyed(options) as site:
        files = [source.path for source in site.inspected.pages.attached]
        found = list(mentions(site.manuscripts(), files, pattern))
        found += mentions_in_files(options.root / "content", files, pattern)
    if given["form"] == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return OK
    places = [one for one in found if one.kind != UNREAD]
    for one in places:
        place = ":".join(str(part) for part in (one.file, one.line, one.column) if part)
        where = f" ({one.where})" if one.where else ""
        click.echo(printer.shown(f"{place}{where}: [{one.kind}] {one.context}"))
    printer.say(texts.MENTIONED, count=len(places), files=len({one.file for one in places}))
    for one in found:
        if one.kind == UNREAD:
            reason = printer.text(texts.UNREAD.get(one.context, texts.CLOSED))
            printer.say(texts.NOT_LOOKED_INTO, path=one.file, reason=reason)
    return OK
