"""The command line: arguments, printing, exit codes. The only place that prints."""

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import click

from gazette import __version__
from gazette.messages import cli as texts
from gazette.messages import explain, line_of, translate
from gazette.problems import MachineError, Problem, errors

OK, FAULTY, USAGE, MACHINE, INTERRUPTED = 0, 1, 2, 3, 130
_COMMAND_OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Settings:
    """What holds for every command: the site's root, the language of messages, how much is said."""

    root: Path = Path()
    language: str = ""
    verbose: bool = False


def main(default_root: Path | None = None) -> NoReturn:
    """Run the program with the process's arguments and exit."""
    arguments = sys.argv[1:]
    try:
        Settings.root = _taken_root(arguments, default_root or Path.cwd())
        if not arguments or (arguments[0].startswith("-") and arguments[0] not in _TOP_OPTIONS):
            arguments.insert(0, "build")
        code = program.main(arguments, prog_name="gazette", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        code = USAGE
    except click.exceptions.Exit as fault:
        code = fault.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say(texts.INTERRUPTED)
        code = INTERRUPTED
    except MachineError as fault:
        _print_problems([fault.problem])
        code = MACHINE
    except Exception as fault:
        if Settings.verbose or "GAZETTE_DEBUG" in os.environ:
            raise
        _say(texts.CRASHED, reason=f"{type(fault).__name__}: {fault}")
        code = MACHINE
    sys.exit(code)


_TOP_OPTIONS = frozenset(["-h", "--help", "--version"])


def _taken_root(arguments: list[str], default: Path) -> Path:
    """Take `-C DIR` out of the arguments: it may stand before or after the command."""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "-C" and index + 1 < len(arguments):
            folder = arguments[index + 1]
            del arguments[index : index + 2]
            return Path(folder).resolve()
        if argument.startswith("-C") and len(argument) > 2:
            del arguments[index]
            return Path(argument[2:].removeprefix("=")).resolve()
    return default.resolve()


def _say(text: str, **values: object) -> None:
    click.echo(translate(text, _language()).format(**values), err=True)


def _language() -> str:
    """Language of messages: as asked for, else the environment's, else the site's."""
    if Settings.language:
        return Settings.language
    for name in ("GAZETTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value if value.split(".")[0] not in {"C", "POSIX"} else _site_language()
    return _site_language()


def _site_language() -> str:
    from gazette.config.load import text_of

    return text_of(Settings.root / "config.yaml", "site", "language") or "zh-CN"


def _print_problems(problems: list[Problem] | tuple[Problem, ...]) -> None:
    language = _language()
    colours = {"error": "red", "warning": "yellow"}
    for problem in problems:
        text = line_of(problem, language)
        first, _, rest = text.partition("\n")
        click.secho(first, err=True, fg=colours[problem.severity])
        if rest:
            click.echo(rest, err=True)


def _language_option(function: Any) -> Any:
    def chosen(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        Settings.language = value or ""

    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), callback=chosen, expose_value=False,
        help="Language of messages.",
    )(function)  # fmt: skip


@click.group(context_settings=_COMMAND_OPTIONS)
@click.version_option(__version__, prog_name="gazette")
def program() -> None:
    """Gazette: a static site generator for bureau publicity portals.

    Without a command, `build`. `-C DIR`, before or after the command, names the site's folder.
    """


@program.command("build")
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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@_language_option
def build_command(as_json: bool, verbose: bool, **options: Any) -> None:
    """Build the site into output/."""
    from gazette.pipeline import BuildOptions, build, default_workers
    from gazette.reading.dates import read_date

    Settings.verbose = verbose
    started = time.perf_counter()
    if options["as_of"] and read_date(options["as_of"], "UTC") is None:
        message = translate(texts.BAD_AS_OF, _language()).format(value=options["as_of"])
        raise click.UsageError(message)
    workers = default_workers(options.pop("jobs"), os.environ.get("GAZETTE_START_METHOD"))
    if options["output"]:
        options["output"] = options["output"].absolute()
    gc.disable()  # a build makes many values and few cycles; the process ends soon
    with _Progress(quiet=as_json) as progress:
        report = build(BuildOptions(root=Settings.root, workers=workers, **options), progress.update)
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        click.echo(json.dumps(_report_as_json(report, seconds), ensure_ascii=False, indent=1))
    else:
        _print_report(report, seconds, options["strict"])
    if not report.published or report.left_out or errors(report.problems):
        raise click.exceptions.Exit(FAULTY)


class _Progress:
    """A bar on a terminal, for builds that take long enough to need one."""

    _PATIENCE = 0.5

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None
        self._started = time.perf_counter()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, _stage: str, done: int, total: int) -> None:
        """Show how far the build is; the bar is drawn by this thread, for workers are forked."""
        if self._quiet or time.perf_counter() - self._started < self._PATIENCE:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._task = self._bar.add_task(translate(texts.RENDERING, _language()), total=total)
        if done % 50 == 0 or done == total:
            self._bar.update(self._task, completed=done, refresh=True)


def _print_report(report: Any, seconds: float, strict: bool) -> None:
    _print_problems(report.problems)
    counts = {
        "errors": len(errors(report.problems)),
        "warnings": len(report.problems) - len(errors(report.problems)),
    }
    if not report.published:
        _say(texts.REFUSED_STRICT if strict and not counts["errors"] else texts.REFUSED, **counts)
        return
    if report.problems:
        _say(texts.COUNTED, **counts)
    if report.left_out:
        _say(texts.LEFT_OUT, paths=", ".join(report.left_out))
    changed = report.written or report.removed
    _say(
        texts.BUILT if changed else texts.UNCHANGED, pages=report.pages, articles=report.articles,
        seconds=f"{seconds:.2f}", written=len(report.written), removed=len(report.removed),
    )  # fmt: skip
    _say(texts.OUTPUT, output=report.output)
    if Settings.verbose:
        stages = "  ".join(f"{name} {value:.3f}" for name, value in report.seconds.items())
        click.echo(stages, err=True)


def _report_as_json(report: Any, seconds: float) -> dict[str, Any]:
    return {
        "published": report.published,
        "output": str(report.output),
        "counts": {
            "articles": report.articles,
            "files": report.pages,
            "written": len(report.written),
            "removed": len(report.removed),
            "errors": len(errors(report.problems)),
            "warnings": len(report.problems) - len(errors(report.problems)),
        },
        "written": list(report.written[:1000]),
        "removed": list(report.removed[:1000]),
        "left_out": list(report.left_out),
        "seconds": {**report.seconds, "total": seconds},
        "problems": [_problem_as_json(problem) for problem in report.problems],
    }


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    message, hint = explain(problem, _language())
    return {
        "severity": problem.severity, "code": problem.code, "file": problem.file,
        "line": problem.line, "column": problem.column, "message": message, "hint": hint,
    }  # fmt: skip


@program.command("clean")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the built site.")
@_language_option
def clean_command(output: Path | None) -> None:
    """Remove what Gazette made, and nothing else."""
    from gazette.pipeline import clean

    count = clean(Settings.root, output.absolute() if output else None)
    _say(texts.CLEANED, count=count)


@program.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@_language_option
def init_command(folder: Path) -> None:
    """Begin a new site in FOLDER."""
    from gazette.scaffold.create import create_site

    Settings.root = Path(folder).resolve()
    try:
        create_site(folder, time.strftime("%Y-%m-%d %H:%M:%S"))
    except FileExistsError:
        _say(texts.NOT_EMPTY, path=folder)
        raise click.exceptions.Exit(FAULTY) from None
    _say(texts.CREATED, path=folder)
    _say(texts.NEXT)


@program.command("new")
@click.argument("kind", type=click.Choice(["article", "theme"]), default="article")
@click.argument("name", required=False)
@click.option("--title")
@click.option("--category")
@click.option("--bureau")
@click.option("--date")
@click.option("--slug", default="")
@click.option("--extends", default="portal", help="Theme that a new theme extends.")
@_language_option
def new_command(kind: str, name: str | None, extends: str, **given: Any) -> None:
    """Begin a new article, or `new theme NAME`; asks for what is not given."""
    try:
        path = _new_theme(name, extends) if kind == "theme" else _new_article(given)
    except FileExistsError as fault:
        _say(texts.EXISTS, path=fault.filename or fault)
        raise click.exceptions.Exit(FAULTY) from None
    _say(texts.CREATED, path=path)


def _new_theme(name: str | None, extends: str) -> Path:
    from gazette.scaffold.create import create_theme

    if not name or not name.replace("-", "").replace("_", "").isalnum():
        raise click.UsageError(translate(texts.BAD_NAME, _language()).format(value=name or ""))
    return create_theme(Settings.root, name, extends)[0].parent


def _new_article(given: dict[str, Any]) -> Path:
    from gazette.scaffold.create import create_article

    now = time.strftime("%Y-%m-%d %H:%M:%S")
    questions = {
        "title": (texts.ASK_TITLE, None), "category": (texts.ASK_CATEGORY, ""),
        "bureau": (texts.ASK_BUREAU, ""), "date": (texts.ASK_DATE, now),
    }  # fmt: skip
    for name, (text, default) in questions.items():
        if given[name] is None:
            asks = default is None or sys.stdin.isatty()
            prompt = translate(text, _language())
            given[name] = click.prompt(prompt, default=default, err=True) if asks else default
    return create_article(Settings.root, **given)


@program.command("schema")
@click.argument("kind", type=click.Choice(["config", "front-matter", "bureaus", "categories", "theme"]))
def schema_command(kind: str) -> None:
    """Print the JSON Schema of config.yaml, front matter, bureaus.yaml, categories.yaml or theme.yaml."""
    from gazette.config.schema import json_schema

    click.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))


@program.command("explain")
@click.argument("page", default="index.html")
@_language_option
def explain_command(page: str) -> None:
    """Print what the template of PAGE may read: each field with its type and this page's value.

    PAGE is an address of the site (category/x.html) or a file under content/.
    """
    from gazette.pipeline import BuildOptions, describe

    rows, problems = describe(BuildOptions(root=Settings.root, drafts=True, future=True), page)
    if rows is None:
        _print_problems(errors(problems))
        _say(texts.NO_PAGE, page=page)
        raise click.exceptions.Exit(FAULTY)
    for row in rows:
        click.echo(row)
