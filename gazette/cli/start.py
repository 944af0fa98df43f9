"""`init` and `new`: beginning a site, an article or a theme."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazette.cli.codes import FAULTY, OK, language_option
from gazette.cli.printer import Printer
from gazette.messages import cli as texts
from gazette.messages import explain
from gazette.problems import Problem

if TYPE_CHECKING:
    from gazette.config.load import SiteConfig
    from gazette.reading.dates import Moment

_STARTER_ZONE = "Asia/Shanghai"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@language_option
@click.pass_obj
def init_command(printer: Printer, folder: Path) -> int:
    """Begin a new site in FOLDER."""
    from gazette.publish.state import disk_error
    from gazette.scaffold.create import create_site

    try:
        create_site(folder, _now(_STARTER_ZONE))
    except FileExistsError:
        printer.say(texts.NOT_EMPTY, path=folder)
        return FAULTY
    except OSError as fault:
        raise disk_error(fault) from fault
    printer.root = folder.resolve()
    printer.say(texts.CREATED, path=folder)
    printer.say(texts.NEXT, path=folder)
    return OK


@click.command("new")
@click.argument("kind", type=click.Choice(["article", "theme"]), default="article")
@click.argument("name", required=False)
@click.option("--title")
@click.option("--category")
@click.option("--bureau")
@click.option("--date")
@click.option("--slug", default="")
@click.option("--extends", default="portal", help="Theme that a new theme extends.")
@language_option
@click.pass_obj
def new_command(
    printer: Printer, /, kind: str, name: str | None, extends: str, slug: str, **given: str | None
) -> int:
    """Begin a new article, or `new theme NAME`; asks for what is not given."""
    try:
        if kind == "theme":
            path = _new_theme(printer, name or "", extends)
        else:
            path = _new_article(printer, slug, given)
    except FileExistsError as fault:
        printer.say(texts.EXISTS, path=_shown(Path(fault.filename), printer))
        return FAULTY
    printer.say(texts.CREATED, path=_shown(path, printer))
    return OK


def _shown(path: Path, printer: Printer) -> Path:
    return path.relative_to(printer.root) if path.is_relative_to(printer.root) else path


def _now(zone: str) -> str:
    from gazette.reading.dates import moment_at

    return _front_matter_date(moment_at(int(time.time()), zone))


def _front_matter_date(moment: "Moment") -> str:
    return moment.day if moment.day_only else moment.iso[:19].replace("T", " ")


def _new_theme(printer: Printer, name: str, extends: str) -> Path:
    from gazette.config.decode import nearest
    from gazette.pages.theme import theme_names
    from gazette.scaffold.create import create_theme
    from gazette.urls import slugify

    themes = theme_names(printer.root)
    if not name or slugify(name) != name.lower():
        raise click.UsageError(printer.text(texts.BAD_NAME, value=name))
    if extends not in themes:
        near = nearest(extends, themes) or ", ".join(themes)
        raise click.UsageError(printer.text(texts.NO_THEME, value=extends, near=near))
    if name in themes:
        raise FileExistsError(0, "", str(printer.root / "themes" / name))
    return create_theme(printer.root, name, extends)


def _new_article(printer: Printer, slug: str, given: dict[str, str | None]) -> Path:
    from gazette.config.load import load
    from gazette.scaffold.create import NewArticle, create_article

    config = load(printer.root)
    now = _now(config.settings.site.timezone)
    answers = _Answers(printer, given, config)
    return create_article(
        printer.root,
        NewArticle(
            title=answers.take("title", texts.ASK_TITLE, None, answers.title),
            category=answers.take("category", texts.ASK_CATEGORY, "", answers.category),
            bureau=answers.take("bureau", texts.ASK_BUREAU, "", answers.bureau),
            date=answers.take("date", texts.ASK_DATE, now, answers.date),
            slug=slug,
        ),
    )


class _Answers:
    """What the options say, or, on a terminal, the one who is asked; each checked."""

    def __init__(
        self, printer: Printer, given: dict[str, str | None], config: "SiteConfig"
    ) -> None:
        self._printer = printer
        self._given = given
        self._config = config

    def take(
        self, name: str, question: str, default: str | None, check: Callable[[str], str]
    ) -> str:
        """One value; a wrong option is a usage error, a wrong answer is asked for again."""
        value = self._given[name]
        if value is None and not sys.stdin.isatty():
            value = default or ""
        if value is not None:
            return check(value)
        prompt = self._printer.text(question)
        shown = bool(default)
        return str(
            click.prompt(prompt, default=default, show_default=shown, value_proc=check, err=True)
        )

    def title(self, value: str) -> str:
        """Any text on one line."""
        title = " ".join(value.encode("utf-8", "replace").decode().splitlines()).strip()
        if not title:
            raise click.UsageError(self._printer.text(texts.NO_TITLE))
        return title

    def category(self, value: str) -> str:
        """Any name; one that is not listed is said, for it may be a slip."""
        from gazette.config.decode import nearest

        entries = self._config.categories
        known = {name for entry in entries for name in (entry.slug, entry.title) if name}
        if value and known and value not in known:
            near = nearest(value, known) or ", ".join(entry.slug for entry in entries)
            self._printer.say(texts.NEW_CATEGORY, value=value, near=near)
        return value.strip()

    def bureau(self, value: str) -> str:
        """A bureau of the site, or none."""
        from gazette.site.bureaus import BureauNames

        problems: list[Problem] = []
        if value.strip():
            names = BureauNames(self._config.bureaus)
            names.resolve((value,), "", None, problems)
        for problem in problems:
            raise click.UsageError(" ".join(explain(problem, self._printer.language)))
        return value.strip()

    def date(self, value: str) -> str:
        """A date as front matter takes it."""
        from gazette.reading.dates import read_date

        reading = read_date(value, self._config.settings.site.timezone)
        if reading is None:
            raise click.UsageError(self._printer.text(texts.BAD_DATE, value=value))
        return _front_matter_date(reading.moment)
