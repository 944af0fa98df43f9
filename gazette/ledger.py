"""What was made, from what: the memory between builds.

Two things are remembered. Results of pure steps, in one cache with one rule: an entry is found by the
digest of all that the step depends on, and what a build did not ask for is forgotten. And for every
output path the fingerprint of its page and how the file was left. A ledger that is lost, damaged or of
another engine is an empty ledger; a clean build is the same code with an empty ledger.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from gazette.digests import digest_bytes
from gazette.packs import BlobRef, merge_packs, remove_unused
from gazette.problems import Problem, warning

T = TypeVar("T")
FORMAT = b"gazette-ledger-3\n"
RACY_NS = 2_500_000_000
"""A file changed so shortly before the ledger was written may change again within the same tick."""


class FileRecord(msgspec.Struct, frozen=True, array_like=True):
    """A file that was read: its signature (size, mtime_ns, ctime_ns, inode) and its bytes' digest."""

    signature: tuple[int, int, int, int]
    digest: bytes


class PageRecord(msgspec.Struct, frozen=True, array_like=True):
    """A file that was made: from what, and how it was left."""

    fingerprint: bytes
    size: int
    mtime_ns: int
    twins: tuple["TwinRecord", ...] = ()


class TwinRecord(msgspec.Struct, frozen=True, array_like=True):
    """A compressed twin of a file that was made, and how it was left."""

    path: str
    size: int
    mtime_ns: int


def files_of(pages: Mapping[str, PageRecord]) -> frozenset[str]:
    """The output paths of all files that were made, twins too."""
    twins = (twin.path for record in pages.values() for twin in record.twins)
    return frozenset(pages).union(twins)


class SearchRecord(msgspec.Struct, frozen=True, array_like=True):
    """A part of the search index: from what it was made, and its files."""

    fingerprint: bytes
    corpus: bytes
    """Digest of the bytes that were indexed."""
    files: tuple[str, ...]
    """Output paths."""
    tag: str
    """Changes whenever the part is made anew, for browsers' caches."""


class _Stored(msgspec.Struct, array_like=True):
    """The ledger's file."""

    engine: bytes
    started_ns: int
    files: dict[str, FileRecord]
    results: dict[str, dict[bytes, bytes]]
    blobs: dict[bytes, BlobRef]
    pages: dict[str, PageRecord]
    parts: dict[str, bytes]
    search: dict[str, SearchRecord] = {}


class Shelf:
    """The results of one step; what is asked for is kept."""

    __slots__ = ("_kept", "_old")

    def __init__(self, kept: dict[bytes, bytes], old: Mapping[bytes, bytes]) -> None:
        self._kept = kept
        self._old = old

    def get(self, key: bytes) -> bytes | None:
        """What the step gave for the inputs that `key` stands for, encoded; None if it is not known."""
        kept = self._kept.get(key)
        if kept is None:
            kept = self._old.get(key)
            if kept is not None:
                self._kept[key] = kept
        return kept


class Ledger:
    """The memory of one output folder. Nothing is written before `save`, except packs of blobs."""

    def __init__(self, folder: Path, engine: bytes, stored: _Stored | None = None) -> None:
        self.folder = folder
        self.engine = engine
        self.started_ns = time.time_ns()
        self._old = stored or _Stored(engine, 0, {}, {}, {}, {}, {})
        self._doubted = False
        self._young_ns = self._old.started_ns - RACY_NS
        """Files changed after this may have changed, unseen, after the old ledger's build had read them."""
        self.files: dict[str, FileRecord] = {}
        self.results: dict[str, dict[bytes, bytes]] = {}
        self.blobs: dict[bytes, BlobRef] = {}
        self.pages: dict[str, PageRecord] = self._old.pages
        self.parts: dict[str, bytes] = self._old.parts
        """Digests of what many pages share, by name: they tell why pages are made anew."""
        self.search: dict[str, SearchRecord] = self._old.search
        """The parts of the search index, by name."""

    @property
    def paths(self) -> frozenset[str]:
        """All output paths that it knows of."""
        index = (path for record in self.search.values() for path in record.files)
        return files_of(self.pages).union(index)

    @classmethod
    def open(cls, folder: Path, engine: bytes, problems: list[Problem]) -> "Ledger":
        """The ledger in `folder`; an empty one, with a warning, if it is damaged."""
        try:
            data = (folder / "ledger").read_bytes()
        except FileNotFoundError:
            return cls(folder, engine)
        except OSError as fault:
            problems.append(warning("ledger-damaged", reason=fault.strerror or fault))
            return cls(folder, engine)
        try:
            stored = _decoded(data)
        except (msgspec.DecodeError, ValueError) as fault:
            problems.append(warning("ledger-damaged", reason=fault))
            return cls(folder, engine)
        return cls(folder, engine, stored if stored and stored.engine == engine else None)

    def following(self) -> "Ledger":
        """The ledger of this process's next build, which remembers what this one's did."""
        return Ledger(self.folder, self.engine, self._stored())

    # Files

    def file_digest(self, path: str, signature: tuple[int, int, int, int]) -> bytes | None:
        """The digest of the file's bytes, if the file is surely the one seen before."""
        record = self._old.files.get(path)
        if record is None or record.signature != signature:
            return None
        if signature[1] > self._young_ns or signature[2] > self._young_ns:
            self._doubted = True
            return None
        self.files[path] = record
        return record.digest

    def remember_file(self, path: str, signature: tuple[int, int, int, int], digest: bytes) -> None:
        """Keep the digest of a file that was read."""
        self.files[path] = FileRecord(signature, digest)

    def _is_young(self, record: FileRecord) -> bool:
        _, mtime_ns, ctime_ns, _ = record.signature
        return max(mtime_ns, ctime_ns) > self._young_ns

    @property
    def saved_ns(self) -> int:
        """When the build began that saved what is known now."""
        return self.started_ns if self.changed() else self._old.started_ns

    # Results of pure steps

    def result(self, step: str, key: bytes) -> bytes | None:
        """What `step` gave for the inputs that `key` stands for, encoded; None if it is not known."""
        return self.shelf(step).get(key)

    def shelf(self, step: str) -> Shelf:
        """All results of `step`, for who asks for many."""
        return Shelf(self.results.setdefault(step, {}), self._old.results.get(step, {}))

    def remember(self, step: str, key: bytes, value: bytes) -> None:
        """Keep what `step` gave."""
        self.results.setdefault(step, {})[key] = value

    def memo(self, step: str, key: bytes, kind: type[T], compute: Callable[[], T]) -> T:
        """What `compute` gives, remembered under the digest of all that it depends on."""
        kept = self.result(step, key)
        if kept is not None:
            return msgspec.msgpack.decode(kept, type=kind)
        value = compute()
        self.remember(step, key, msgspec.msgpack.encode(value))
        return value

    def keep(self, step: str) -> None:
        """Keep what is remembered of a step, although this build may not have asked for all of it."""
        if step in self._old.results:
            self.results[step] = self._old.results[step] | self.results.get(step, {})

    # Blobs: results too large to be held in memory for the whole site

    def blob(self, key: bytes) -> BlobRef | None:
        """Where the blob with this key lies; None if there is none."""
        ref = self.blobs.get(key) or self._old.blobs.get(key)
        if ref is not None:
            self.blobs[key] = ref
        return ref

    def remember_blob(self, key: bytes, ref: BlobRef) -> None:
        """Keep where a blob was written."""
        self.blobs[key] = ref

    # Saving

    def keep_unasked(self) -> None:
        """Keep also what this build did not ask for: it was refused before it came so far."""
        old = self._old
        sure = {path: record for path, record in old.files.items() if not self._is_young(record)}
        self.files = sure | self.files
        self.blobs = old.blobs | self.blobs
        self.results = {
            step: old.results.get(step, {}) | self.results.get(step, {})
            for step in old.results | self.results
        }

    def changed(self) -> bool:
        """Whether there is anything to save; a later start too, if it ends doubts about young files."""
        old = self._old
        return (
            self._doubted
            or self.files != old.files
            or self.blobs != old.blobs
            or _filled(self.results) != _filled(old.results)
            or self.pages != old.pages
            or self.parts != old.parts
            or self.search != old.search
        )

    def encoded(self) -> bytes:
        """The ledger as its file holds it."""
        merge_packs(self.folder, self.blobs)
        data = msgspec.msgpack.encode(self._stored())
        return FORMAT + digest_bytes(data) + data

    def _stored(self) -> _Stored:
        return _Stored(
            self.engine,
            self.started_ns,
            self.files,
            _filled(self.results),
            self.blobs,
            self.pages,
            self.parts,
            self.search,
        )

    def remove_unused_packs(self) -> None:
        """Delete packs that the saved ledger does not name."""
        remove_unused(self.folder, self.blobs)


def _filled(results: dict[str, dict[bytes, bytes]]) -> dict[str, dict[bytes, bytes]]:
    """Without the steps of which nothing is known."""
    return {step: kept for step, kept in results.items() if kept}


def _decoded(data: bytes) -> _Stored | None:
    start = len(FORMAT) + 16
    if not data.startswith(FORMAT):
        if data.startswith(FORMAT[:15]):
            return None  # of another version of Gazette: nothing is wrong with it
        raise ValueError("not a ledger")
    if digest_bytes(data[start:]) != data[len(FORMAT) : start]:
        raise ValueError("checksum")
    return msgspec.msgpack.decode(data[start:], type=_Stored)
