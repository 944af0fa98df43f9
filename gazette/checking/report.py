"""What a check found, as a table of rows."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from gazette.messages import explain
from gazette.problems import Problem

ENGINE = "content"
"""The family of what reading and putting the site together found, links left out."""


class Row(msgspec.Struct, frozen=True):
    """One finding: of a rule of the gate, or a problem that builds tell too."""

    problem: Problem
    family: str
    found: str
    suggestion: str
    context: str
    bureau: str
    """Title of the bureau whose document it is; empty if there is none."""

    @property
    def severity(self) -> Literal["error", "warning"]:
        """`error` or `warning`, by the site's settings."""
        return self.problem.severity

    @property
    def file(self) -> str:
        """Relative to the site's root; empty if no single file has it."""
        return self.problem.file or ""

    def reason(self, language: str) -> str:
        """What is wrong."""
        return explain(self.problem, language)[0]

    def advice(self, language: str) -> str:
        """How to mend it; may be empty."""
        return explain(self.problem, language)[1]


class CheckReport(msgspec.Struct, frozen=True):
    """What a check found, and of how much."""

    title: str
    """Of the site."""
    moment: str
    """The time asked about, `2025-05-03 09:30`."""
    documents: int
    rows: tuple[Row, ...]
    known: int = 0
    """Findings left out because the baseline has them."""

    def count(self, severity: str) -> int:
        """How many findings are that severe."""
        return sum(row.severity == severity for row in self.rows)

    @property
    def by_family(self) -> list[tuple[str, int, int]]:
        """(family, errors, warnings), the worst first."""
        return _counted((row.family, row.severity) for row in self.rows)

    @property
    def by_bureau(self) -> list[tuple[str, int, int]]:
        """(bureau, errors, warnings), the worst first."""
        return _counted((row.bureau, row.severity) for row in self.rows)


def _counted(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, int, int]]:
    counts = Counter(pairs)
    names = {name for name, _ in counts}
    rows = [(name, counts[name, "error"], counts[name, "warning"]) for name in names]
    return sorted(rows, key=lambda row: (-row[1], -row[2], row[0]))


_SAID = ("target", "value", "text", "found", "name", "key", "path")
"""Arguments of problems that hold what was found."""


def row_of_problem(problem: Problem, bureau: str) -> Row:
    """The row of a problem that builds tell too."""
    family = "links" if problem.code.startswith("link-") else ENGINE
    given = problem.arguments
    found = next((given[name] for name in _SAID if given.get(name)), "")
    suggestion = given.get("right") or given.get("near") or ""
    return Row(problem, family, found, suggestion, "", bureau)
