"""Exit codes, and the option that every command has."""

from collections.abc import Callable
from typing import Any

import click

from gazette.cli.printer import Printer

OK = 0
FAULTY = 1
"""The content, config or theme has errors."""
USAGE = 2
MACHINE = 3
"""Disk, lock, host, a dead worker."""
INTERRUPTED = 130


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--lang`."""

    def chosen(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        context.find_object(Printer).asked_language = value or ""  # type: ignore[union-attr]

    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), callback=chosen, expose_value=False,
        is_eager=True, help="Language of messages.",
    )(function)  # fmt: skip
