"""Digests of values, from a canonical form (never a pickle: equal values give different pickles)."""

import functools
import hashlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import msgspec

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
SIZE = 16
_SHAPING = (
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "PyYAML",
    "msgspec",
    "nh3",
    "pypinyin",
    "pyahocorasick",
)
"""The libraries whose versions shape the output."""


def digest_bytes(data: bytes) -> bytes:
    """16 bytes that stand for `data`."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def digest_of(value: object) -> bytes:
    """16 bytes that stand for a value of plain data and msgspec structs."""
    return hashlib.blake2b(_encode(value), digest_size=SIZE).digest()


def combine(digests: Iterable[bytes]) -> bytes:
    """One digest of several, in this order; each must be `SIZE` bytes long."""
    return hashlib.blake2b(b"".join(digests), digest_size=SIZE).digest()


@functools.cache
def engine_identity() -> bytes:
    """What the engine is: its own sources and the versions of the libraries that shape output.

    Sources are told by size and time where that was seen before in this process only; reading some
    eighty small files takes about three milliseconds.
    """
    package = Path(__file__).parent
    parts = [digest_bytes(path.read_bytes()) for path in sorted(package.rglob("*.py"))]
    versions = [f"{name}={_version(name)}" for name in _SHAPING]
    return combine([*parts, digest_bytes("\n".join(versions).encode())])


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
