"""`build` and `clean`."""

import contextlib
import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazette.cli.codes import FAULTY, MACHINE, OK, language_option
from gazette.cli.printer import Printer
from gazette.cli.progress import Progress
from gazette.messages import cli as texts
from gazette.messages import explain
from gazette.problems import MachineError, Problem, errors

if TYPE_CHECKING:
    from gazette.parallel import Workers
    from gazette.pipeline import BuildReport

_LISTED = 1000
"""Paths that `--json` lists; `counts` has their number."""


@click.command("build")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the built site.")
@click.option("--base-url", help="Public address, in place of config.yaml's site.url.")
@click.option("--drafts", is_flag=True, help="Show drafts.")
@click.option("--future", is_flag=True, help="Show articles dated in the future.")
@click.option("--expired", is_flag=True, help="Show expired articles.")
@click.option("--as-of", metavar="TIME", help="Build as if it were this time.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: one a core).")
@click.option("--clean", is_flag=True, help="Make everything anew.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--quarantine", is_flag=True, help="Leave faulty documents out, publish the rest.")
@click.option("--no-search", is_flag=True, help="Without full-text search.")
@click.option("--verify", is_flag=True, help="Build cleanly besides, and compare.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output.")
@click.option("-v", "--verbose", is_flag=True, help="Say what was made anew, and why.")
@language_option
@click.pass_obj
def build_command(printer: Printer, /, as_json: bool, verbose: bool, **options: Any) -> int:
    """Build the site into output/."""
    from gazette.pipeline import Build, BuildOptions

    printer.verbose = verbose
    started = time.perf_counter()
    _check(printer, options)
    options["workers"] = workers_of(printer, options.pop("jobs"))
    try:
        with no_collection(), Progress(printer, quiet=as_json) as progress:
            build = Build(
                BuildOptions(root=printer.root, **options), progress.update, int(time.time())
            )
            report = build.run()
    except MachineError as fault:
        if not as_json:
            raise
        problems = [_problem_as_json(fault.problem, printer)]
        _print_json({"published": False, "problems": problems})
        return MACHINE
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        _print_json(_report_as_json(report, seconds, printer))
    else:
        _print_report(report, seconds, printer, strict=options["strict"])
    done = report.published and not report.left_out and not errors(report.problems)
    return printer.end(OK if done else FAULTY)


def _check(printer: Printer, options: dict[str, Any]) -> None:
    """Refuse what no build could use, before it begins."""
    from gazette.urls import is_site_address

    check_moment(printer, options["as_of"])
    url = options["base_url"]
    if url is not None and not is_site_address(url):
        raise click.UsageError(printer.text(texts.BAD_URL, value=url))


def check_moment(printer: Printer, as_of: str | None) -> None:
    """Refuse what is no time."""
    from gazette.reading.dates import read_date

    # The site's zone is not known yet; these two are the farthest apart.
    zones = ("Etc/GMT+12", "Etc/GMT-14")
    if as_of is not None and not all(read_date(as_of, zone) for zone in zones):
        raise click.UsageError(printer.text(texts.BAD_AS_OF, value=as_of))


def workers_of(printer: Printer, jobs: int | None, *, threaded: bool = False) -> "Workers":
    """The worker processes asked for; a process with threads must not fork them."""
    from gazette.parallel import START_METHODS
    from gazette.pipeline import default_workers

    method = os.environ.get("GAZETTE_START_METHOD") or None
    if method is not None and method not in START_METHODS:
        raise click.UsageError(printer.text(texts.BAD_START_METHOD, value=method))
    if threaded and (method is None or method == "fork"):
        method = "spawn" if sys.platform == "win32" else "forkserver"
    return default_workers(jobs, method)


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """A build makes many values and few cycles: looking for them costs a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print_report(report: "BuildReport", seconds: float, printer: Printer, *, strict: bool) -> None:
    printer.problems(report.problems)
    found = len(errors(report.problems))
    counts = {"errors": found, "warnings": len(report.problems) - found}
    if not report.published:
        printer.say(texts.REFUSED_STRICT if strict and not found else texts.REFUSED, **counts)
        return
    if report.problems:
        printer.say(texts.COUNTED, **counts)
    if report.left_out:
        printer.say(texts.LEFT_OUT, paths=", ".join(report.left_out))
    changed = report.written or report.removed
    printer.say(
        texts.BUILT if changed else texts.UNCHANGED, pages=report.pages, articles=report.articles,
        seconds=f"{seconds:.2f}", written=len(report.written), removed=len(report.removed),
    )  # fmt: skip
    printer.say(texts.OUTPUT, output=report.output)
    if printer.verbose:
        _print_details(report, printer)


def _print_details(report: "BuildReport", printer: Printer) -> None:
    for reason, count in report.reasons.items():
        printer.say(texts.REASONS[reason.kind], detail=reason.detail, count=count)
    stages = "  ".join(f"{name} {value:.3f}" for name, value in report.seconds.items())
    click.echo(stages, err=True)


def _report_as_json(report: "BuildReport", seconds: float, printer: Printer) -> dict[str, Any]:
    found = len(errors(report.problems))
    return {
        "published": report.published,
        "output": str(report.output),
        "counts": {
            "articles": report.articles,
            "files": report.pages,
            "made": sum(report.reasons.values()),
            "written": len(report.written),
            "removed": len(report.removed),
            "errors": found,
            "warnings": len(report.problems) - found,
        },
        "reasons": [
            {"kind": reason.kind, "detail": reason.detail, "files": count}
            for reason, count in report.reasons.items()
        ],
        "written": report.written[:_LISTED],
        "removed": report.removed[:_LISTED],
        "left_out": report.left_out,
        "search": {"parts": list(report.search), "indexed": report.indexed},
        "seconds": {**report.seconds, "total": seconds},
        "problems": [_problem_as_json(problem, printer) for problem in report.problems],
    }


def _problem_as_json(problem: Problem, printer: Printer) -> dict[str, Any]:
    message, hint = explain(problem, printer.language)
    return {
        "severity": problem.severity, "code": problem.code, "file": problem.file,
        "line": problem.line, "column": problem.column, "message": message, "hint": hint,
    }  # fmt: skip


def _print_json(value: dict[str, Any]) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    click.echo()


@click.command("clean")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the built site.")
@language_option
@click.pass_obj
def clean_command(printer: Printer, output: Path | None) -> int:
    """Remove what Gazette made, and nothing else."""
    from gazette.publish.clean import clean
    from gazette.publish.state import PREVIEW_OUTPUT

    count = clean(printer.root, output)
    if output is None:
        count += clean(printer.root, printer.root.joinpath(*PREVIEW_OUTPUT))
    printer.say(texts.CLEANED, count=count)
    return OK
