"""Blobs: results too large to be held in memory for the whole site lie in packs, a few files."""

import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from gazette.digests import digest_bytes

_MOST = 24
"""Packs that are left as they are: bodies of edited articles arrive in ever new small ones."""


class BlobRef(msgspec.Struct, frozen=True, array_like=True):
    """Where a blob lies in the packs; `digest` tells whether it is still what was written."""

    pack: str
    offset: int
    length: int
    digest: bytes


class LedgerDamageError(Exception):
    """A pack does not hold what the ledger says; the build must begin anew with an empty ledger."""


class PackWriter:
    """Appends blobs to a new pack of its own; each process has one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "packs"
        self.name = f"{secrets.token_hex(8)}.pack"
        self._file: BinaryIO | None = None
        self._offset = 0

    def __enter__(self) -> "PackWriter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, data: bytes) -> BlobRef:
        """Append one blob; it can be read by others after `flush`."""
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = (self.folder / self.name).open("xb")
        self._file.write(data)
        ref = BlobRef(self.name, self._offset, len(data), digest_bytes(data)[:8])
        self._offset += len(data)
        return ref

    def flush(self) -> None:
        """Make what was written visible to other processes."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Finish the pack."""
        if self._file is not None:
            self._file.close()
            self._file = None


class PackReader:
    """Reads blobs; keeps the packs open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "packs"
        self._files: dict[str, BinaryIO] = {}

    def close(self) -> None:
        """Close the packs."""
        for file in self._files.values():
            file.close()
        self._files.clear()

    def read(self, ref: BlobRef) -> bytes:
        """The blob; raises LedgerDamageError if it is not what was written."""
        try:
            file = self._files.get(ref.pack)
            if file is None:
                file = self._files[ref.pack] = (self.folder / ref.pack).open("rb")
            file.seek(ref.offset)
            data = file.read(ref.length)
        except OSError as fault:
            raise LedgerDamageError(str(fault)) from fault
        if digest_bytes(data)[:8] != ref.digest:
            raise LedgerDamageError(ref.pack)
        return data


def merge_packs(folder: Path, blobs: dict[bytes, BlobRef]) -> None:
    """Keep packs few: write what the smallest ones hold into one, and change `blobs` accordingly."""
    in_use: dict[str, int] = {}
    for ref in blobs.values():
        in_use[ref.pack] = in_use.get(ref.pack, 0) + ref.length
    if len(in_use) <= _MOST:
        return
    small = set(sorted(in_use, key=lambda name: in_use[name])[: -_MOST // 2])
    with contextlib.closing(PackReader(folder)) as reader, PackWriter(folder) as writer:
        for key, ref in blobs.items():
            if ref.pack in small:
                blobs[key] = writer.write(reader.read(ref))


def remove_unused(folder: Path, blobs: Mapping[bytes, BlobRef]) -> None:
    """Delete the packs that none of `blobs` lies in."""
    in_use = {ref.pack for ref in blobs.values()}
    for path in (folder / "packs").glob("*.pack"):
        if path.name not in in_use:
            with contextlib.suppress(OSError):  # held open on Windows: the next build's to do
                path.unlink()
