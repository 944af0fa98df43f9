"""What Gazette put on a host: the list kept there, beside the site."""

import gzip
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gazette.deploy.target import MANIFEST, OWN, PENDING, HostError, Target, read_all
from gazette.problems import error
from gazette.urls import path_fault

_FORMAT = 1
_RELEASE = re.compile(r"[0-9TZ+]*")
_LARGEST = 1 << 28
"""Bytes of a manifest; a million files have about a hundred megabytes."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A file: its path, size and digest, and the host's stamp when it had been put there."""

    path: str
    size: int
    digest: bytes
    stamp: str = ""


class _Stored(msgspec.Struct):
    """The manifest's file."""

    format: int
    site: str
    """The site's address: one site does not take another's files for its own."""
    entries: list[Entry]
    linked: list[str] = []
    """Of a release: files of others that were taken over from the release before."""
    release: str = ""
    """Of what is pending: the release that is being made."""


class Manifest(msgspec.Struct, frozen=True):
    """The files that were put, by path."""

    site: str
    entries: Mapping[str, Entry]
    linked: tuple[str, ...] = ()


class Pending(msgspec.Struct, frozen=True):
    """What a deploy that did not come to its end may have put."""

    entries: Sequence[Entry]
    release: str = ""


def encode(
    site: str, entries: Iterable[Entry], linked: Iterable[str] = (), release: str = ""
) -> bytes:
    """The manifest as its file holds it; equal manifests are equal bytes."""
    stored = _Stored(_FORMAT, site, sorted(entries, key=_key), sorted(linked), release)
    return gzip.compress(msgspec.json.encode(stored), 6, mtime=0)


def read_manifest(target: Target, path: str = MANIFEST) -> Manifest | None:
    """The manifest on the host, each path checked; None if there is none."""
    stored = _read(target, path)
    if stored is None:
        return None
    entries = {entry.path: entry for entry in stored.entries}
    return Manifest(stored.site, entries, tuple(stored.linked))


def read_pending(target: Target) -> Pending | None:
    """What the last deploy may have put, if it did not come to its end; None if it did."""
    stored = _read(target, PENDING)
    return None if stored is None else Pending(stored.entries, stored.release)


def _read(target: Target, path: str) -> _Stored | None:
    data = read_all(target, path)
    if data is None:
        return None
    try:
        stored = msgspec.json.decode(_unpacked(data), type=_Stored)
    except (msgspec.DecodeError, zlib.error, ValueError) as fault:
        raise HostError(error("manifest-damaged", path=path, reason=fault)) from fault
    if stored.format != _FORMAT:
        raise HostError(error("manifest-damaged", path=path, reason=f"format {stored.format}"))
    names = [*(entry.path for entry in stored.entries), *stored.linked]
    unsafe = [name for name in names if not is_safe(name)]
    if not _RELEASE.fullmatch(stored.release):
        unsafe.append(stored.release)
    if unsafe:
        raise HostError(error("manifest-unsafe", path=path, entry=unsafe[0]))
    return stored


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    text = unpacker.decompress(data, _LARGEST)
    if not unpacker.eof:
        raise ValueError("incomplete, or too large")
    return text


def is_safe(path: str) -> bool:
    """Whether the path stays inside the site and outside of what deploying keeps for itself."""
    return path_fault(path) is None and not f"{path}/".startswith(OWN)


def _key(entry: Entry) -> tuple[str, bytes]:
    return (entry.path, entry.digest)
