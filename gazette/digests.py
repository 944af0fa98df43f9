"""Digests of values, from a canonical form (never a pickle: equal values give different pickles)."""

import contextlib
import functools
import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import msgspec

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
SIZE = 16
NOTHING = bytes(SIZE)
"""Stands for what there is not, and ends a list of digests."""
_DIST_INFO = re.compile(
    r"(brotli|jinja2|markdown|markupsafe|pyyaml|msgspec|nh3|openpyxl|pagefind\w*|pillow|pillow_heif|pypdf|pypinyin"
    r"|pyahocorasick|py_svg_hush|python_docx|segno)-.+\.dist-info",
    re.IGNORECASE,
)
"""The libraries whose versions shape the output."""


def digest_bytes(data: bytes) -> bytes:
    """16 bytes that stand for `data`."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def digest_file(path: Path) -> bytes:
    """`digest_bytes` of a file's bytes, which need not fit into memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=SIZE)).digest()


def digest_of(value: object) -> bytes:
    """16 bytes that stand for a value of plain data and msgspec structs."""
    return hashlib.blake2b(_encode(value), digest_size=SIZE).digest()


def combine(digests: Iterable[bytes]) -> bytes:
    """One digest of several, in this order; each must be `SIZE` bytes long."""
    return hashlib.blake2b(b"".join(digests), digest_size=SIZE).digest()


@functools.cache
def engine_identity() -> bytes:
    """What the engine is: its own sources, Python, and the libraries that shape output.

    Reading some hundred small files takes about four milliseconds.
    """
    package = Path(__file__).parent
    parts = [digest_bytes(path.read_bytes()) for path in sorted(package.rglob("*.py"))]
    versions = [sys.version, unicodedata.unidata_version, *library_versions()]
    return combine([*parts, digest_bytes("\n".join(versions).encode())])


@functools.cache
def library_versions() -> tuple[str, ...]:
    """Names of the libraries' `.dist-info` folders, which hold their versions.

    `importlib.metadata` would tell the same, but takes 25 ms to import.
    """
    found = []
    for folder in sys.path:
        with contextlib.suppress(OSError):
            names = os.listdir(folder or ".")  # noqa: PTH208  (only names are wanted)
            found += [name for name in names if _DIST_INFO.fullmatch(name)]
    return tuple(sorted(set(found)))
