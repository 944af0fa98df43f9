"""Whether what was built may be shown to readers."""

import os
from collections.abc import Iterator
from pathlib import Path

from gazette.problems import Problem, error
from gazette.publish.record import read_record
from gazette.publish.state import State

_SOURCES = ("content", "themes", "config.yaml")
_NS = 1_000_000_000


def unfit(state: State) -> list[Problem]:
    """Why the built site should not be deployed; a reason given with `--force` overrides these."""
    record = read_record(state)
    if record is None:
        return [error("deploy-unknown-build")]
    problems = []
    changed = next(_changed_since(state.root, record.started_ns), None)
    if changed:
        problems.append(error("deploy-outdated", path=changed))
    shown = [name for name in ("drafts", "future", "expired") if getattr(record, name)]
    if record.now * _NS > record.started_ns + 60 * _NS:
        shown.append("as-of")
    if shown:
        problems.append(error("deploy-drafts", options=" ".join(f"--{name}" for name in shown)))
    if record.errors:
        problems.append(error("deploy-errors", count=record.errors))
    return problems


def _changed_since(root: Path, moment_ns: int) -> Iterator[str]:
    """Sources that changed later; what was deleted or renamed shows in its folder's time."""
    for name in _SOURCES:
        start = root / name
        if start.is_file() and _changed_ns(start) > moment_ns:
            yield name
        for folder, folders, files in os.walk(start):
            folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
            inside = Path(folder)
            if inside.stat().st_mtime_ns > moment_ns:
                yield inside.relative_to(root).as_posix() + "/"
            for file in sorted(files):
                if not file.startswith(".") and _changed_ns(inside / file) > moment_ns:
                    yield (inside / file).relative_to(root).as_posix()


def _changed_ns(path: Path) -> int:
    try:
        stat = path.stat()
    except OSError:
        return 0  # gone, or a link that leads nowhere: its folder tells
    return max(stat.st_mtime_ns, stat.st_ctime_ns if os.name == "posix" else 0)
