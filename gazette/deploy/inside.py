"""A folder of a host as if it were the whole."""

from collections.abc import Iterator, Sequence

import msgspec

from gazette.deploy.target import OWN, Arrived, Found, LinkingTarget, Target, Upload


class InFolder(Target):
    """A folder of a host as if it were the whole."""

    def __init__(self, target: LinkingTarget, folder: str) -> None:
        self._target = target
        self._folder = folder
        self.parallel = target.parallel

    def _at(self, path: str) -> str:
        return path if path.startswith(OWN) else self._folder + path

    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""
        return self._target.look(self._at(path))

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files of the folder."""
        return self._target.walk_in(self._folder)

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        return self._target.read(self._at(path))

    def put(self, upload: Upload) -> Found:
        """Make or replace a file."""
        return self._target.put(msgspec.structs.replace(upload, path=self._at(upload.path)))

    def create(self, path: str, data: bytes) -> bool:
        """Make a file unless there is one."""
        return self._target.create(self._at(path), data)

    def delete(self, path: str) -> None:
        """Remove a file."""
        self._target.delete(self._at(path))

    def sweep(self, folders: Sequence[str]) -> None:
        """Remove those of the folders that are empty."""
        self._target.sweep([self._at(folder) for folder in folders])

    def put_all(self, uploads: Sequence[Upload], done: Arrived, folder: str = "") -> None:
        """Put many files by a faster means, if there is one."""
        self._target.put_all(uploads, done, self._folder + folder)
