"""Where Gazette keeps what it knows of one output folder, and the lock on it."""

import contextlib
import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gazette.config.load import line_of
from gazette.media.cache import FOLDER as PICTURES
from gazette.problems import MachineError, Problem, error
from gazette.urls import RESERVED

STAGE_IN_OUTPUT = RESERVED
_MADE_FORMAT = b"gazette-made-1 "


CLEAN_OUTPUT = ("verify", "output")
"""Where, in the state folder, `--verify` builds the site once more."""
PREVIEW_OUTPUT = (".gazette", "preview")
"""Where, in the site's folder, the preview is built."""


class State:
    """The state folder of one output folder, below the site's `.gazette/`.

    It is named for the output's real path, so that one folder has one state by whatever name it is
    called; for one inside the site, the path from the site's root, so that a site can be moved.
    """

    def __init__(self, root: Path, output: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.output = Path(os.path.realpath(output))
        try:
            name = self.output.relative_to(self.root).as_posix()
        except ValueError:
            name = str(self.output)
        digest = hashlib.blake2b(os.fsencode(name), digest_size=8).hexdigest()
        self.folder = self.root / ".gazette" / digest

    @property
    def stage(self) -> Path:
        """Where files are staged: on the file system of the output."""
        if _device(self.folder) == _device(self.output):
            return self.folder / "stage"
        return self.output / STAGE_IN_OUTPUT

    @property
    def corpus(self) -> Path:
        """Where the search corpus lies while it is indexed."""
        return self.folder / "corpus"

    @property
    def journal(self) -> Path:
        """The list of what a commit does, as long as it is not done."""
        return self.folder / "journal"

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger"

    @property
    def made(self) -> Path:
        """The list of all paths made, so that losing the ledger leaves no page behind."""
        return self.folder / "made"

    def read_made(self) -> frozenset[str] | None:
        """The output paths that Gazette made; None if that is not known (never built, lost, damaged)."""
        try:
            first, _, paths = self.made.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if first != _MADE_FORMAT + _checksum(paths):
            return None
        return frozenset(path for path in paths.decode("utf-8").split("\n") if path)

    def write_made(self, paths: frozenset[str]) -> None:
        """Keep the list of output paths."""
        data = "\n".join(sorted(paths)).encode("utf-8")
        replace_file(self.made, _MADE_FORMAT + _checksum(data) + b"\n" + data)

    def forget(self) -> None:
        """Remove the state folder, and `.gazette/` if nothing else is in it; call it with the lock held.

        Windows keeps the open lock file; there it is removed by a second call, after the lock.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        above = self.folder.parent
        if above.is_dir() and [path.name for path in above.iterdir()] == [PICTURES]:
            shutil.rmtree(above / PICTURES, ignore_errors=True)
        with contextlib.suppress(OSError):
            above.rmdir()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock; raises MachineError naming who holds it."""
        with self.open_lock() as file:
            if not try_lock(file):
                raise MachineError(error("locked", holder=self._holder(), output=str(self.output)))
            (self.folder / "holder").write_text(
                f"{platform.node()}, process {os.getpid()}", "utf-8"
            )
            yield

    def open_lock(self) -> BinaryIO:
        """The lock's file; the folder is made if need be."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return (self.folder / "lock").open("a+b")

    def _holder(self) -> str:
        try:
            return (self.folder / "holder").read_text("utf-8", "replace")
        except OSError:
            return "?"  # it has only just begun


def misplaced(root: Path, output: Path) -> Problem | None:
    """Why a site cannot be built there: sources and built files must not get into each other's way."""
    root, output = root.resolve(), output.resolve()
    others = [root / name for name in ("content", "themes", "archetypes", ".git")]
    if output.parts[-2:] != CLEAN_OUTPUT and output != root.joinpath(*PREVIEW_OUTPUT):
        others.append(root / ".gazette")
    if root.is_relative_to(output) or any(output.is_relative_to(folder) for folder in others):
        line = line_of(root / "config.yaml", "output", "dir")
        return error("output-misplaced", file="config.yaml", line=line, output=str(output))
    return None


def try_lock(file: BinaryIO) -> bool:
    """Take the operating system's lock, which ends with the process however that ends; whether it worked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # POSIX's and Windows's way to say that it is held
        return False
    return _is_at(file, Path(file.name))


def _is_at(file: BinaryIO, path: Path) -> bool:
    """Whether the file is still the one of that name: `forget` of another process may have removed it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).hexdigest().encode()


def _device(path: Path) -> int:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path.stat().st_dev


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


def disk_error(fault: OSError) -> MachineError:
    """A disk that is full, read-only or failing."""
    path = str(fault.filename or "")
    return MachineError(error("disk", reason=fault.strerror or fault, path=path))
