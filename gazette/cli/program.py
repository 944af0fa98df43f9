"""The program: its commands, where the site is, and exit codes."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from gazette import __version__
from gazette.cli.build import build_command, clean_command
from gazette.cli.check import check_command
from gazette.cli.codes import FAULTY, INTERRUPTED, MACHINE, USAGE
from gazette.cli.deploy import deploy_command
from gazette.cli.inspect import explain_command, schema_command
from gazette.cli.printer import Printer, prepare_streams
from gazette.cli.serve import serve_command
from gazette.cli.sign import sign_command
from gazette.cli.start import init_command, new_command
from gazette.messages import cli as texts
from gazette.problems import MachineError, SiteError

_TOP_OPTIONS = frozenset(["-h", "--help", "--version"])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gazette")
def program() -> None:
    """Gazette: a static site generator for bureau publicity portals.

    Without a command, `build`. `-C DIR`, before or after the command, names the site's folder.
    """


for command in (
    build_command, serve_command, check_command, sign_command, deploy_command, clean_command,
    init_command, new_command, schema_command, explain_command,
):  # fmt: skip
    program.add_command(command)


def main(default_root: Path | None = None) -> NoReturn:
    """Run the program with the process's arguments and exit."""
    try:
        prepare_streams()
        code = run(sys.argv[1:], default_root or Path.cwd(), ending=True)
    except KeyboardInterrupt:  # once more, while the first was being told of
        code = INTERRUPTED
    sys.exit(code)


def run(arguments: list[str], default_root: Path, *, ending: bool = False) -> int:
    """Run the program; its exit code. Whatever happens is said, never thrown.

    `ending` says that the process ends with it: then this need not return.
    """
    printer = Printer(default_root.resolve(), ending=ending)
    try:
        rest = _with_root_taken(arguments, printer)
        if not rest or (rest[0].startswith("-") and rest[0] not in _TOP_OPTIONS):
            rest.insert(0, "build")
        code: int | None = program.main(
            rest, prog_name="gazette", standalone_mode=False, obj=printer
        )
        return code or 0
    except click.ClickException as fault:
        fault.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        printer.say(texts.INTERRUPTED)
        return INTERRUPTED
    except SiteError as fault:
        printer.problems(fault.problems)
        return FAULTY
    except MachineError as fault:
        printer.problems([fault.problem])
        return MACHINE
    except Exception as fault:
        if printer.verbose or "GAZETTE_DEBUG" in os.environ:
            raise
        printer.say(texts.CRASHED, reason=f"{type(fault).__name__}: {fault}")
        return MACHINE


def _with_root_taken(arguments: list[str], printer: Printer) -> list[str]:
    """The arguments without `-C DIR`, which may stand before or after the command."""
    rest = list(arguments)
    for index, argument in enumerate(rest):
        if argument == "--":
            break
        if argument == "-C" and index + 1 < len(rest):
            _set_root(rest[index + 1], printer)
            del rest[index : index + 2]
            break
        if argument.startswith("-C") and len(argument) > 2:
            _set_root(argument[2:].removeprefix("="), printer)
            del rest[index]
            break
    return rest


def _set_root(folder: str, printer: Printer) -> None:
    root = Path(folder).resolve()
    if not root.is_dir():
        raise click.UsageError(printer.text(texts.NO_FOLDER, path=folder))
    printer.root = root
