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

from gazette.problems import MachineError, error

STAGE_IN_OUTPUT = ".gazette-stage"


class State:
    """The state folder of one output folder, below the site's `.gazette/`."""

    def __init__(self, root: Path, output: Path) -> None:
        self.root = root
        self.output = output
        try:
            name = output.relative_to(root).as_posix()
        except ValueError:
            name = str(output)
        digest = hashlib.blake2b(os.fsencode(name), digest_size=8).hexdigest()
        self.folder = root / ".gazette" / digest

    @property
    def stage(self) -> Path:
        """Where files are staged: on the file system of the output."""
        if _device(self.folder) == _device(self.output):
            return self.folder / "stage"
        return self.output / STAGE_IN_OUTPUT

    @property
    def journal(self) -> Path:
        """The list of what a commit does, as long as it is not done."""
        return self.folder / "journal"

    @property
    def made(self) -> Path:
        """The list of all paths made, so that losing the ledger leaves no page behind."""
        return self.folder / "made"

    def read_made(self) -> frozenset[str] | None:
        """The output paths that Gazette made; None if that is not known."""
        try:
            text = self.made.read_text("utf-8")
        except FileNotFoundError:
            return None
        return frozenset(line for line in text.split("\n") if line)

    def write_made(self, paths: frozenset[str]) -> None:
        """Keep the list of output paths."""
        replace_file(self.made, "\n".join(sorted(paths)).encode("utf-8"))

    def forget(self) -> None:
        """Remove the state folder, and `.gazette/` if nothing else is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            self.folder.parent.rmdir()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock; raises MachineError naming who holds it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / "lock").open("a+b")
        except OSError as fault:
            raise disk_error(fault) from fault
        with file:
            if not _try_lock(file):
                holder = (self.folder / "holder").read_text("utf-8", "replace")
                raise MachineError(error("locked", holder=holder, output=str(self.output)))
            holder = f"{platform.node()}, process {os.getpid()}"
            (self.folder / "holder").write_text(holder, "utf-8")
            yield


def _try_lock(file: BinaryIO) -> bool:
    """Take the operating system's lock, which ends with the process however that ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


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
