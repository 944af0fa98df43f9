"""The second phase of publishing: a journal, then renames, removals, and the new ledger.

Killed at any moment, either the journal is not there and the old site stands, or it is there and the
next build completes it. Each step can be done again.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from gazette.problems import Problem, error, warning
from gazette.publish.state import STAGE_IN_OUTPUT, State, replace_file
from gazette.urls import folded


class Journal(msgspec.Struct, frozen=True):
    """What one commit does."""

    stage: str
    """Folder from which files are renamed."""
    renames: list[str]
    """Output paths of the files that wait in the stage."""
    removals: list[str]
    """Output paths of files that no longer belong to the site."""
    made: list[str]
    """All output paths of the site when it is done."""


def clear_stage(state: State) -> None:
    """Throw away what a build that failed had staged."""
    for stage in {state.folder / "stage", state.output / STAGE_IN_OUTPUT}:
        shutil.rmtree(stage, ignore_errors=True)


def recover(state: State) -> bool:
    """Complete the commit that a killed build had begun; whether there was one."""
    try:
        data = state.journal.read_bytes()
    except FileNotFoundError:
        return False
    try:
        journal = msgspec.msgpack.decode(data, type=Journal)
    except msgspec.DecodeError:
        state.journal.unlink()  # never complete: the renames had not begun
        return False
    _apply(state, journal)
    return True


def obstacles(state: State, paths: Iterable[str], made: frozenset[str]) -> list[Problem]:
    """Files of others that lie where a page must go: replaced, with a warning; folders are an error."""
    problems = []
    for path in paths:
        place = state.output / path
        if path not in made and os.path.lexists(place) and not place.is_dir():
            problems.append(warning("output-replaced", path=path))
        elif place.is_dir() and not place.is_symlink() and _has_strangers(state.output, path, made):
            problems.append(error("output-blocked", path=path))
    return problems


def _has_strangers(output: Path, path: str, made: frozenset[str]) -> bool:
    for folder, _, names in os.walk(output / path):
        inside = Path(folder).relative_to(output)
        if any((inside / name).as_posix() not in made for name in names):
            return True
    return False


def commit(
    state: State,
    renames: list[str],
    removals: list[str],
    made: frozenset[str],
    ledger: bytes | None,
) -> None:
    """Publish what is staged. `ledger`: the new ledger's bytes, or None if it stays."""
    stage = state.stage
    if ledger is not None:
        (state.folder / "ledger.next").write_bytes(ledger)
    journal = Journal(str(stage), renames, removals, sorted(made))
    # Before anything is published it is known what was: a lost ledger leaves no page behind.
    state.write_made((state.read_made() or frozenset()) | made)
    replace_file(state.journal, msgspec.msgpack.encode(journal))
    _apply(state, journal)


def remove_made(state: State) -> int:
    """Delete every file that Gazette made, and the folders that this empties; their number."""
    made = state.read_made() or frozenset()
    there = [path for path in made if (state.output / path).is_file()]
    _remove(state.output, sorted(there))
    with contextlib.suppress(OSError):
        state.output.rmdir()
    return len(there)


def _apply(state: State, journal: Journal) -> None:
    stage = Path(journal.stage)
    new = {folded(path) for path in journal.renames}
    # On systems that ignore case the old `A.html` is the new `a.html`: it must go first.
    first = [path for path in journal.removals if folded(path) in new]
    _remove(state.output, first)
    for path in journal.renames:
        _rename(stage / path, state.output / path, state.output)
    _remove(state.output, [path for path in journal.removals if path not in first])
    following = state.folder / "ledger.next"
    if following.exists():
        following.replace(state.folder / "ledger")
    state.write_made(frozenset(journal.made))
    state.journal.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _rename(source: Path, target: Path, output: Path) -> None:
    try:
        os.replace(source, target)
    except FileNotFoundError:
        if not source.exists():
            return  # done before the build was killed
        _make_folder(target.parent, output)
        os.replace(source, target)
    except (IsADirectoryError, NotADirectoryError, PermissionError):
        # Only files of the site stand in the way (see `obstacles`): a page became a folder, or vice versa.
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        _make_folder(target.parent, output)
        os.replace(source, target)


def _make_folder(folder: Path, output: Path) -> None:
    """Make the folder; a file of that name, or above it, gives way."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for above in [*reversed(folder.relative_to(output).parents), folder.relative_to(output)]:
            place = output / above
            if place != output and (place.is_file() or place.is_symlink()):
                place.unlink()
        folder.mkdir(parents=True, exist_ok=True)


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Delete files, and the folders that this empties."""
    for path in paths:
        place = output / path
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            place.unlink()
        for above in place.parents:
            if above == output or not above.is_relative_to(output):
                break
            try:
                above.rmdir()
            except OSError:
                break  # not empty
