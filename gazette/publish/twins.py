"""The compressed twins that lie beside text files: `a.html.gz`, `a.html.br`."""

import zlib
from collections.abc import Iterator, Sequence

from gazette.config.hosts import Encoding
from gazette.pages.hosts.facts import ENDINGS, TEXT_ENDINGS

LARGEST = 64 << 20
"""Larger files have no twins: they are copied without being held in memory."""
_UNKNOWN_SYSTEM = b"\xff"
_PAGE = 5
"""Brotli's quality for what is rendered: a twenty-fifth of the time of the best, files 12 % larger."""
_BEST = 11
_BEST_UP_TO = 256 << 10


def has_twins(path: str, encodings: Sequence[Encoding]) -> bool:
    """Whether files of this name are compressed."""
    return bool(encodings) and path.endswith(TEXT_ENDINGS)


def twins(
    path: str, data: bytes, encodings: Sequence[Encoding], *, rendered: bool
) -> Iterator[tuple[str, bytes]]:
    """(output path, bytes) of those twins that are smaller than the file itself.

    `rendered` files are compressed in less time: there are many, and they change often.
    """
    if not has_twins(path, encodings) or len(data) > LARGEST:
        return
    for encoding in encodings:
        quick = rendered or len(data) > _BEST_UP_TO
        packed = _gzip(data) if encoding == "gzip" else _brotli(data, _PAGE if quick else _BEST)
        if len(packed) < len(data):
            yield path + ENDINGS[encoding], packed


def _gzip(data: bytes) -> bytes:
    packed = zlib.compress(data, 9, wbits=31)
    # The ninth byte names the operating system: the same everywhere.
    return packed[:9] + _UNKNOWN_SYSTEM + packed[10:]


def _brotli(data: bytes, quality: int) -> bytes:
    import brotli  # only where something is compressed

    packed: bytes = brotli.compress(data, quality=quality)
    return packed
