"""A baseline: today's findings, remembered so that only new ones count.

It holds no words of articles, only digests; a finding keeps its mark when lines above it come and go.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from gazette.checking.report import CheckReport, Row


class _Baseline(msgspec.Struct, forbid_unknown_fields=True):
    """The file: findings by their marks, sorted."""

    gazette_baseline: int
    marks: list[str]


def marks_of(rows: Sequence[Row]) -> list[str]:
    """What stands for each finding: its rule, its file, what was found and how often before.

    Not the words around it: they may be edited.
    """
    seen: Counter[str] = Counter()
    marks = []
    for row in rows:
        parts = (row.problem.code, row.file, row.found)
        mark = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
        seen[mark] += 1
        marks.append(f"{mark}-{seen[mark]}")
    return marks


def write_baseline(path: Path, report: CheckReport) -> None:
    """Remember the findings; raises OSError."""
    value = _Baseline(1, sorted(marks_of(report.rows)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")


def read_baseline(path: Path) -> frozenset[str]:
    """The marks in the file; raises OSError and msgspec.DecodeError."""
    return frozenset(msgspec.json.decode(path.read_bytes(), type=_Baseline).marks)


def without_known(report: CheckReport, known: Iterable[str]) -> CheckReport:
    """The report without the findings that the baseline has."""
    old = frozenset(known)
    rows = [
        row for row, mark in zip(report.rows, marks_of(report.rows), strict=True) if mark not in old
    ]
    return msgspec.structs.replace(report, rows=tuple(rows), known=len(report.rows) - len(rows))
