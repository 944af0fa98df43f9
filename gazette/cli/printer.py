"""Printing in the language asked for: what is said goes to standard error, results to standard output."""

import functools
import io
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from gazette.messages import line_of, translate
from gazette.problems import Problem

_COLOURS = {"error": "red", "warning": "yellow"}
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of text: they could forge what a terminal shows."""


class Printer:
    """What holds for every command: the site's root, the language of messages, how much is said."""

    def __init__(self, root: Path, *, ending: bool = False) -> None:
        self.root = root
        self.ending = ending
        self.asked_language = ""
        self.verbose = False

    @property
    def language(self) -> str:
        """As asked for, else the environment's, else the site's."""
        if self.asked_language:
            return self.asked_language
        for name in ("GAZETTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
            value = os.environ.get(name, "")
            if value.split(".")[0] in {"C", "POSIX"}:
                break  # no language at all
            if value:
                return value
        return self.site_language

    @property
    def site_language(self) -> str:
        """The language of the site itself."""
        return _site_language(self.root)

    def text(self, text: str, **values: object) -> str:
        """The text in the language of messages."""
        return _visible(translate(text, self.language).format(**values))

    @staticmethod
    def shown(text: str) -> str:
        """A text from elsewhere, as it can be shown on a terminal."""
        return _visible(text)

    def say(self, text: str, **values: object) -> None:
        """Print a line for people."""
        click.echo(self.text(text, **values), err=True)

    def end(self, code: int) -> int:
        """The exit code; where the process has nothing more to do it ends here.

        To free the values of a large site one by one would take as long as planning it.
        """
        if self.ending:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        return code

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print problems, each with its hint below it; a hint that was given is not given again."""
        given = set()
        for problem in problems:
            first, _, hint = line_of(problem, self.language).partition("\n")
            click.secho(_visible(first), err=True, fg=_COLOURS[problem.severity])
            if hint and hint not in given:
                click.echo(_visible(hint), err=True)
                given.add(hint)


def prepare_streams() -> None:
    """Let nothing that is printed fail for its encoding; what programs read is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@functools.cache
def _site_language(root: Path) -> str:
    from gazette.config.load import text_of

    return text_of(root / "config.yaml", "site", "language") or "zh-CN"


def _visible(text: str) -> str:
    return _INVISIBLE.sub(lambda found: ascii(found[0])[1:-1], text)
