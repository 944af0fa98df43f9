"""What a host must be able to do, and how it fails. One file under `hosts/` for each kind."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from gazette.digests import digest_bytes, digest_of
from gazette.problems import MachineError, Problem, error

OWN = ".gazette/"
"""The folder on the host that holds what deploying remembers; no page can lie there."""
MANIFEST = OWN + "manifest"
PENDING = OWN + "pending"
LOCK = OWN + "lock"
_TEMPORARY = ".gazette-new-"


class HostError(MachineError):
    """The host, or the way to it, stands in the way; a `transient` fault may be gone in a moment."""

    def __init__(self, problem: Problem, *, transient: bool = False) -> None:
        self.transient = transient
        super().__init__(problem)


class Found(msgspec.Struct, frozen=True):
    """A file as the host shows it."""

    size: int
    stamp: str = ""
    """Changes whenever the file does: a time or a tag of the host's; empty where the host has none."""


class Upload(msgspec.Struct, frozen=True):
    """A file to be put: its path on the host, and where its bytes are."""

    path: str
    size: int
    digest: bytes
    file: Path | None = None
    data: bytes = b""
    """The bytes, if they do not come from a file."""

    def chunks(self, size: int = 1 << 18) -> Iterator[bytes]:
        """The bytes, a part at a time."""
        if self.file is None:
            yield self.data
            return
        with self.file.open("rb") as file:
            while part := file.read(size):
                yield part

    def whole(self) -> bytes:
        """All bytes at once, for small files."""
        return self.data if self.file is None else self.file.read_bytes()


def upload_of(path: str, data: bytes) -> Upload:
    """An upload of bytes at hand."""
    return Upload(path, len(data), digest_bytes(data), data=data)


Arrived = Callable[[Upload, Found], None]


class Target(ABC):
    """A host's folder. Paths are output paths, or begin with `OWN`; methods may be called by several
    threads at once, and raise HostError.
    """

    parallel = 1
    """How many calls are worth making at once."""
    locks = True
    """Whether a lock on the host keeps two deploys apart."""

    @abstractmethod
    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""

    @abstractmethod
    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but those below `OWN`; what a broken `put` left is among them (see `is_temporary`)."""

    @abstractmethod
    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes, a part at a time; raises FileNotFoundError."""

    @abstractmethod
    def put(self, upload: Upload) -> Found:
        """Make or replace a file; a reader meets the old one or the new one, whole."""

    @abstractmethod
    def create(self, path: str, data: bytes) -> bool:
        """Make a file below `OWN` unless there is one; whether it was made."""

    @abstractmethod
    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""

    def sweep(self, folders: Sequence[str]) -> None:  # noqa: B027  (many hosts have no folders)
        """Remove those of the folders that are empty, where the host has folders; deepest come first."""

    def put_all(  # noqa: B027  (few hosts have one)
        self, uploads: Sequence[Upload], done: Arrived, folder: str = ""
    ) -> None:
        """Put many files into a folder by a means that is faster than `put`, where there is one.

        `done` is called with each that has arrived; the others are put one by one afterwards.
        """

    def extras(self) -> Mapping[str, bytes]:
        """Files that this kind of host needs besides the site."""
        return {}

    def finish(self) -> None:  # noqa: B027  (most hosts take each file at once)
        """Make lasting what was put and deleted, on hosts that take it all at once."""

    def close(self) -> None:  # noqa: B027  (some hosts need no connection)
        """End the connection."""

    def notes(self) -> Sequence[Problem]:
        """What the webmaster should know of how this host was dealt with."""
        return ()


class LinkingTarget(Target):
    """A host with folders, links and renaming, where releases can be kept side by side."""

    @abstractmethod
    def link(self, old: str, new: str) -> bool:
        """Give a file a second name; False if the host has no hard links."""

    @abstractmethod
    def rename_folder(self, old: str, new: str) -> None:
        """Rename a folder."""

    @abstractmethod
    def folders(self, path: str) -> list[str]:
        """The names of the folders in a folder; none if it is not there."""

    @abstractmethod
    def walk_in(self, folder: str) -> Iterator[tuple[str, Found]]:
        """All files below a folder, by paths relative to it."""

    @abstractmethod
    def points_to(self, name: str) -> str | None:
        """Where a symbolic link leads; None if there is none."""

    @abstractmethod
    def point(self, name: str, to: str) -> None:
        """Let a symbolic link lead elsewhere, in one step."""


def temporary(path: str) -> str:
    """The name under which a file is sent before it is renamed: always the same, so that none is left over."""
    place = PurePosixPath(path)
    return str(place.with_name(_TEMPORARY + digest_of(place.name).hex()[:12]))


def is_temporary(path: str) -> bool:
    """Whether the file is one that a broken `put` left."""
    return path.rpartition("/")[2].startswith(_TEMPORARY)


def read_all(target: Target, path: str) -> bytes | None:
    """A small file; None if there is none."""
    try:
        return b"".join(target.read(path))
    except FileNotFoundError:
        return None


def digest_on(target: Target, path: str) -> bytes | None:
    """The digest of a file on the host (as `digest_bytes`), read in parts; None if there is none."""
    state = hashlib.blake2b(digest_size=16)
    try:
        for part in target.read(path):
            state.update(part)
    except FileNotFoundError:
        return None
    return state.digest()


def lost(host: str, reason: object) -> HostError:
    """The connection broke, or was not made; it may work in a moment."""
    return HostError(error("host-lost", host=host, reason=reason), transient=True)


def refused(host: str, path: str, reason: object) -> HostError:
    """The host did not let something be done."""
    return HostError(error("host-refused", host=host, path=path, reason=reason))


def not_allowed(host: str, reason: object) -> HostError:
    """The host did not let us in."""
    return HostError(error("host-login", host=host, reason=reason))


def missing_library(name: str) -> HostError:
    """A library of the extra `deploy` is not installed."""
    return HostError(error("deploy-library", library=name))
