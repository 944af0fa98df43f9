"""The second phase of publishing: a journal, then renames, removals, and the new ledger.

Killed at any moment, either the journal is not there and the old site stands, or it is there and the
next build completes it. Each step can be done again.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from gazette.problems import Problem, error, warning
from gazette.publish.state import STAGE_IN_OUTPUT, State, replace_file
from gazette.urls import folded


class Change(msgspec.Struct, frozen=True):
    """What a build changes in the output folder, by output paths."""

    renames: Sequence[str]
    """Files that wait in the stage."""
    stale: Sequence[str]
    """Files made earlier that no longer belong to the site."""
    strangers: Sequence[str]
    """Files of others that lie where `renames` must go (see `obstacles`)."""
    made: frozenset[str]
    """All files of the site."""


class Journal(msgspec.Struct, frozen=True):
    """What one commit does, in this order."""

    stage: str
    """Folder from which files are renamed."""
    in_the_way: list[str]
    """Output paths that must go before the renames: of a file where a folder is to be, and such."""
    renames: list[str]
    """Output paths of the files that wait in the stage."""
    removals: list[str]
    """Output paths of files that no longer belong to the site."""
    made: list[str]
    """All output paths of the site when it is done."""


def clear_stage(state: State) -> None:
    """Throw away what a build that failed had staged; not once a commit has begun with it."""
    if state.journal.exists():
        return
    for stage in (state.folder / "stage", state.output / STAGE_IN_OUTPUT):
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
        state.journal.unlink()  # damaged or another version's: this build finds what is not as it was left
        return False
    _apply(state, journal)
    return True


# Files of others


def obstacles(
    state: State, paths: Sequence[str], made: frozenset[str] | None
) -> tuple[list[str], list[Problem]]:
    """Files of others that lie where a page must go, and what to say of them.

    They are replaced, with a warning; a folder that holds any is an error. Where it is not known what
    Gazette made, one warning stands for all.
    """
    known = made or frozenset()
    strangers, blocked = set(), []
    for path in paths:
        place = state.output / path
        if place.is_dir() and not place.is_symlink():
            if _holds_strangers(state.output, path, known):
                blocked.append(path)
        elif path not in known and os.path.lexists(place):
            strangers.add(path)
    strangers |= _files_as_folders(state.output, paths) - known
    problems = [error("output-blocked", path=path) for path in blocked]
    if made is None and strangers:
        problems.append(warning("made-unknown", count=len(strangers), output=str(state.output)))
    else:
        problems += [warning("output-replaced", path=path) for path in sorted(strangers)]
    return sorted(strangers), problems


def _holds_strangers(output: Path, path: str, made: frozenset[str]) -> bool:
    for folder, folders, names in os.walk(output / path):
        inside = Path(folder)
        links = [name for name in folders if (inside / name).is_symlink()]
        for name in [*names, *links]:
            if (inside / name).relative_to(output).as_posix() not in made:
                return True
    return False


def _files_as_folders(output: Path, paths: Iterable[str]) -> set[str]:
    """Of the folders that `paths` need, those that are something else."""
    folders = {above for path in paths for above in _folders_above(path)}
    return {
        folder
        for folder in folders
        if os.path.lexists(output / folder) and not (output / folder).is_dir()
    }


def _folders_above(path: str) -> list[str]:
    return [above.as_posix() for above in PurePosixPath(path).parents if above.name]


# Committing


def commit(state: State, change: Change, ledger: bytes | None) -> None:
    """Publish what is staged, remove what is stale, and keep the new ledger.

    Without a ledger the one on disk stays: pages that it knows otherwise are made anew by whoever reads it.
    """
    in_the_way = {*_conflicts(change.renames, change.stale), *change.strangers}
    if ledger is not None:
        (state.folder / "ledger.next").write_bytes(ledger)
    journal = Journal(
        stage=str(state.stage),
        in_the_way=sorted(in_the_way),
        renames=list(change.renames),
        removals=sorted(set(change.stale) - in_the_way),
        made=sorted(change.made),
    )
    # Before anything is published it is known what was: a lost ledger leaves no page behind.
    known = state.read_made() or frozenset()
    state.write_made(known.union(change.stale, change.made))
    replace_file(state.journal, msgspec.msgpack.encode(journal))
    try:
        _apply(state, journal)
    except KeyboardInterrupt:
        _apply(state, journal)  # what has begun is brought to its end: it does not take long
        raise


def _conflicts(renames: Sequence[str], stale: Sequence[str]) -> list[str]:
    """Stale files that must go first: a page became a folder or vice versa, or changed in case only.

    On systems that ignore case the old `A.html` *is* the new `a.html`.
    """
    if not stale:
        return []
    new = {folded(path) for path in renames}
    new_folders = {folded(above) for path in renames for above in _folders_above(path)}
    return [
        path
        for path in stale
        if folded(path) in new
        or folded(path) in new_folders
        or any(folded(above) in new for above in _folders_above(path))
    ]


def _apply(state: State, journal: Journal) -> None:
    stage = Path(journal.stage)
    # What was renamed before the build was killed must not be taken for what is in its way.
    waiting = [path for path in journal.renames if os.path.lexists(stage / path)]
    if len(waiting) == len(journal.renames):
        _remove(state.output, journal.in_the_way)
    for path in waiting:
        _rename(stage / path, state.output / path)
    _remove(state.output, journal.removals)
    following = state.folder / "ledger.next"
    if following.exists():
        following.replace(state.ledger)
    state.write_made(frozenset(journal.made))
    state.journal.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _rename(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_empty(target)
        try:
            source.replace(target)
        except OSError as fault:
            if fault.errno != errno.EXDEV:
                raise
            _move_across(source, target)


def _move_across(source: Path, target: Path) -> None:
    """Move to where another file system is mounted, or linked to, inside the output folder."""
    near = target.with_name(f".{target.name[:100]}.gazette-new")
    shutil.copy2(source, near)
    near.replace(target)
    source.unlink()


def _remove_empty(folder: Path) -> None:
    """Remove a folder that holds nothing but folders; see `obstacles` for one that holds more."""
    if folder.is_dir() and not folder.is_symlink():
        for inside, _, _ in os.walk(folder, topdown=False):
            Path(inside).rmdir()


def remove_made(state: State, made: Iterable[str]) -> int:
    """Delete those files of the output folder, and the folders that this empties; their number."""
    there = sorted(path for path in made if _is_file(state.output / path))
    _remove(state.output, there)
    with contextlib.suppress(OSError):
        state.output.rmdir()
    return len(there)


def _is_file(place: Path) -> bool:
    return place.is_symlink() or place.is_file()


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Delete files, and the folders that this empties; a folder of that name is somebody else's."""
    for path in paths:
        place = output / path
        if _is_file(place):
            place.unlink()
        for above in place.parents:
            if above == output or not above.is_relative_to(output):
                break
            try:
                above.rmdir()
            except OSError:
                break  # not empty, or not there
