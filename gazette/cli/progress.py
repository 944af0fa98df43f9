"""How far a build is."""

import sys
import time
from typing import Any

from gazette.cli.printer import Printer
from gazette.messages import cli as texts

_PATIENCE = 0.5
"""Seconds that a build takes before anything is shown."""
_BETWEEN_LINES = 10.0
_BETWEEN_DRAWINGS = 0.1
_TEXTS = {"pictures": (texts.PICTURES, texts.PICTURES_PROGRESS)}
"""Of the stages that are said by name."""


class Progress:
    """A bar on a terminal, now and then a line elsewhere; for builds that take long enough to need it."""

    def __init__(
        self, printer: Printer, *, quiet: bool,
        label: str = texts.RENDERING, line: str = texts.PROGRESS,
    ) -> None:  # fmt: skip
        self._printer = printer
        self._label = label
        self._line = line
        self._quiet = quiet
        self._on_terminal = sys.stderr.isatty()
        self._next = time.monotonic() + (_PATIENCE if self._on_terminal else _BETWEEN_LINES)
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far the build is; by the thread that builds, for workers are forked from it."""
        if self._quiet or time.monotonic() < self._next:
            return
        if self._on_terminal:
            self._draw(stage, done, total)
            self._next = time.monotonic() + _BETWEEN_DRAWINGS
        else:
            self._printer.say(self._texts(stage)[1], done=done, total=total)
            self._next = time.monotonic() + _BETWEEN_LINES

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            from rich.console import Console  # 50 ms to import: only when it is drawn
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._task = self._bar.add_task("", total=total)
            self._bar.start()
        what = self._printer.text(self._texts(stage)[0])
        self._bar.update(self._task, description=what, completed=done, total=total, refresh=True)

    def _texts(self, stage: str) -> tuple[str, str]:
        """What the bar says, and the line where there is no terminal."""
        return _TEXTS.get(stage, (self._label, self._line))
