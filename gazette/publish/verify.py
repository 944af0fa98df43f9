"""Comparing what lies in the output folder with what a clean build makes."""

import filecmp
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gazette.pages.search import INDEX_FOLDER
from gazette.problems import Problem, error
from gazette.publish.state import CLEAN_OUTPUT, State

_SHOWN = 20


@contextmanager
def clean_output(state: State) -> Iterator[Path]:
    """A folder beside the state for another build's output; it and that build's state are removed."""
    output = state.folder.joinpath(*CLEAN_OUTPUT)
    folder = output.parent
    shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
    try:
        yield output
    finally:
        State(state.root, output).forget()
        shutil.rmtree(folder, ignore_errors=True)


def compare(
    made: Iterable[str], output: Path, clean: Path, other: Iterable[str] = ()
) -> list[Problem]:
    """What differs between the files made in `output` and all files of `clean`; and what else does."""
    there = {path.relative_to(clean).as_posix() for path in clean.rglob("*") if path.is_file()}
    paths = sorted(path for path in there.union(made) if not _same(output / path, clean / path))
    paths += other
    if not paths:
        return []
    shown = ", ".join(paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
    return [error("verify-differs", count=len(paths), paths=shown, output=str(output))]


def old_parts(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The parts of the search index that were not made from the same corpus, as paths.

    The index itself cannot be compared, for no two runs of Pagefind make the same.
    """
    differing = (part for part in sorted({*one, *other}) if one.get(part) != other.get(part))
    return [f"{INDEX_FOLDER}/{part}" for part in differing]


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
