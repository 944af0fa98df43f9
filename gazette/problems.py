"""What can be wrong with a site, as values.

A problem carries a code and its arguments; its text is made when it is printed, in the language asked
for (see `gazette.messages`). So a problem can be cached with the document that it came from, travel
between processes, and be printed in Chinese to one person and in English to another.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, array_like=True):
    """One thing that an editor or webmaster should look at.

    `file` is relative to the site's root and has forward slashes; `line` and `column` count from 1.
    """

    severity: Severity
    code: str
    arguments: dict[str, str]
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sorts problems by place, then by code."""
        detail = "\0".join(self.arguments.values())
        return (self.file or "", self.line or 0, self.column or 0, self.code, detail)


class SiteError(Exception):
    """The site cannot be built: `problems` says why, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.file}:{p.line}: {p.code}" for p in self.problems))


class MachineError(Exception):
    """The machine, not the content, stands in the way: disk, lock, a dead worker (exit code 3)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code}: {problem.arguments}")


def error(
    code: str,
    /,
    *,
    file: str | None = None,
    line: int | None = None,
    column: int | None = None,
    **arguments: object,
) -> Problem:
    """Make a problem that stops the build."""
    return Problem("error", code, _texts(arguments), file, line, column)


def warning(
    code: str,
    /,
    *,
    file: str | None = None,
    line: int | None = None,
    column: int | None = None,
    **arguments: object,
) -> Problem:
    """Make a problem that does not stop the build (unless `--strict`)."""
    return Problem("warning", code, _texts(arguments), file, line, column)


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST = 500


def _texts(arguments: dict[str, object]) -> dict[str, str]:
    """The arguments as they can be shown on a terminal and kept in a cache."""
    return {name: _shown(str(value)) for name, value in arguments.items()}


def _shown(text: str) -> str:
    plain = _UNPRINTABLE.sub(" ", text[: _LONGEST + 1])
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of `problems` that stop a build."""
    return tuple(p for p in problems if p.severity == "error")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repetitions, by file and line."""
    seen = {(p.order, p.severity): p for p in problems}
    return tuple(seen[key] for key in sorted(seen))
