"""A folder of this machine, or one mounted from another."""

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from gazette.deploy.target import OWN, Found, LinkingTarget, Upload, refused, temporary

_PART = 1 << 18


class FolderTarget(LinkingTarget):
    """Files in a folder; what is Gazette's own can be kept in another one."""

    def __init__(self, root: Path, state: str = "") -> None:
        self._root = root
        self._own = root / state if state else root / OWN

    def __repr__(self) -> str:
        return str(self._root)

    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""
        try:
            return _found(self._place(path).lstat())
        except (FileNotFoundError, NotADirectoryError):
            return None

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but Gazette's own."""
        for path, found in self.walk_in(""):
            if not path.startswith(OWN):
                yield path, found

    def walk_in(self, folder: str) -> Iterator[tuple[str, Found]]:
        """All files below a folder, by paths relative to it."""
        start = self._place(folder)
        for inside, folders, names in os.walk(start):
            folders.sort()
            for name in sorted(names):
                place = Path(inside, name)
                yield place.relative_to(start).as_posix(), _found(place.lstat())

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        try:
            file = self._place(path).open("rb")
        except NotADirectoryError as fault:
            raise FileNotFoundError(path) from fault
        except PermissionError as fault:
            raise refused(str(self._root), path, fault.strerror) from fault
        with file:
            while part := file.read(_PART):
                yield part

    def put(self, upload: Upload) -> Found:
        """Write beside it, then rename."""
        place = self._place(upload.path)
        new = place.with_name(temporary(upload.path).rpartition("/")[2])
        with self._speaking(upload.path):
            self._make_folder(place.parent, upload.path)
            with new.open("wb") as file:
                for part in upload.chunks():
                    file.write(part)
            if upload.path.startswith(OWN):
                new.chmod(stat.S_IRUSR | stat.S_IWUSR)
            found = _found(new.lstat())
            new.replace(place)
        return found

    def create(self, path: str, data: bytes) -> bool:
        """Make a file unless there is one."""
        place = self._place(path)
        with self._speaking(path):
            self._make_folder(place.parent, path)
            try:
                with place.open("xb") as file:
                    file.write(data)
            except FileExistsError:
                return False
        return True

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""
        with self._speaking(path), contextlib.suppress(FileNotFoundError, NotADirectoryError):
            self._place(path).unlink()

    def sweep(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty."""
        for folder in folders:
            with contextlib.suppress(OSError):
                self._place(folder).rmdir()

    def link(self, old: str, new: str) -> bool:
        """Give a file a second name; False if this file system has no hard links."""
        place = self._place(new)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.hardlink_to(self._place(old))
        except FileExistsError:
            self.delete(new)
            return self.link(old, new)
        except OSError:
            return False
        return True

    def rename_folder(self, old: str, new: str) -> None:
        """Rename a folder."""
        with self._speaking(new):
            self._place(old).rename(self._place(new))

    def folders(self, path: str) -> list[str]:
        """The names of the folders in a folder."""
        place = self._place(path)
        return sorted(p.name for p in place.iterdir() if p.is_dir()) if place.is_dir() else []

    def points_to(self, name: str) -> str | None:
        """Where a symbolic link leads."""
        place = self._place(name)
        return place.readlink().as_posix() if place.is_symlink() else None

    def point(self, name: str, to: str) -> None:
        """Let a symbolic link lead elsewhere: a new one is renamed over it."""
        new = self._place(temporary(name))
        with self._speaking(name):
            new.unlink(missing_ok=True)
            new.symlink_to(to, target_is_directory=True)
            new.replace(self._place(name))

    def _place(self, path: str) -> Path:
        if path.startswith(OWN):
            return self._own / path.removeprefix(OWN)
        return self._root / path

    def _make_folder(self, folder: Path, path: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if path.startswith(OWN) and os.name == "posix":
            self._own.chmod(stat.S_IRWXU)

    @contextlib.contextmanager
    def _speaking(self, path: str) -> Iterator[None]:
        """Say what the system refused."""
        try:
            yield
        except OSError as fault:
            raise refused(str(self._root), path, fault.strerror or fault) from fault


def _found(state: os.stat_result) -> Found:
    return Found(state.st_size, str(state.st_mtime_ns))
