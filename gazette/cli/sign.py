"""`sign`: signing an article off."""

import sys
import time
from pathlib import Path

import click

from gazette.cli.codes import FAULTY, OK, language_option
from gazette.cli.printer import Printer
from gazette.messages import cli as texts


@click.command("sign")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--stage", default="", help="Stage; else the next one that nobody has signed.")
@click.option("--by", help="Name of the reviewer; asked for on a terminal.")
@click.option("--at", metavar="TIME", help="Time of the review, instead of now.")
@language_option
@click.pass_obj
def sign_command(printer: Printer, file: Path, stage: str, by: str | None, at: str | None) -> int:
    """Sign FILE off: write the stage, the reviewer, the time and the text's digest into it."""
    from gazette.config.load import load
    from gazette.reading.dates import moment_at, read_date
    from gazette.scaffold.sign import RefusalError, sign

    config = load(printer.root)
    zone = config.settings.site.timezone
    reading = read_date(at, zone) if at else None
    if at and reading is None:
        raise click.UsageError(printer.text(texts.BAD_DATE, value=at))
    moment = reading.moment if reading else moment_at(int(time.time()), zone)
    try:
        entry = sign(config, _path(printer, file), stage, _reviewer(printer, by), moment.text)
    except RefusalError as refusal:
        printer.say(texts.REFUSALS[refusal.code], name=refusal.name)
        return FAULTY
    printer.say(texts.SIGNED, path=file, stage=entry.stage, by=entry.by)
    return OK


def _path(printer: Printer, file: Path) -> str:
    """The article's path under content/."""
    content = (printer.root / "content").resolve()
    place = file.resolve()
    if not place.is_relative_to(content):
        raise click.UsageError(printer.text(texts.NOT_CONTENT, path=file))
    return place.relative_to(content).as_posix()


def _reviewer(printer: Printer, by: str | None) -> str:
    if by is None and sys.stdin.isatty():
        by = click.prompt(printer.text(texts.ASK_REVIEWER), err=True)
    name = " ".join((by or "").split())
    if not name:
        raise click.UsageError(printer.text(texts.NO_REVIEWER))
    return name
