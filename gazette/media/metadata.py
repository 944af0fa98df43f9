"""Photographs without what cameras write into them (EXIF, place, XMP, comments); no pixel changes."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_SCAN = 0xDA
_END = 0xD9
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
        b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ]
)  # fmt: skip
_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_WEBP_FLAGS = 0xFF & ~(0x08 | 0x04)
"""Of VP8X: all but EXIF and XMP."""


class LayoutError(ValueError):
    """The file is not laid out as its format says."""


def stripped(data: bytes, kind: str) -> bytes:
    """The same picture without metadata; raises LayoutError. Other formats than the three stay."""
    strip = _STRIP.get(kind)
    if strip is None:
        return data
    try:
        return strip(data)
    except (struct.error, IndexError) as fault:
        raise LayoutError(str(fault)) from fault


def _jpeg(data: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(_jpeg_parts(data))


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """The segments to keep, up to the picture's end: what follows it may be further photographs."""
    if data[:2] != b"\xff\xd8":
        raise LayoutError("no start")
    place = 2
    while True:
        marker = _MARKER.match(data, place)
        if marker is None:
            raise LayoutError("no marker")
        code, start = marker[1][0], marker.end()
        if code == _END:
            yield b"\xff\xd9"
            return
        end = start + struct.unpack_from(">H", data, start)[0]
        segment = data[start:end]
        if code == _SCAN:
            following = _MARKER.search(data, end)
            if following is None:
                raise LayoutError("no end")
            end = following.start()
            yield b"\xff\xda" + data[start:end]
        elif _is_kept(code, segment):
            yield bytes((0xFF, code)) + segment
        place = end


def _is_kept(code: int, segment: bytes) -> bool:
    """Tables and frames; of the application's segments JFIF, the colour profile and Adobe's flags."""
    if code == 0xE2:
        return segment[2:].startswith(b"ICC_PROFILE\0")
    if code == 0xE0:
        return segment[2:].startswith(b"JFIF\0")
    if code == 0xEE:
        return segment[2:].startswith(b"Adobe")
    return not (0xE0 <= code <= 0xEF or code == 0xFE)


def _png(data: bytes) -> bytes:
    if data[:8] != _PNG:
        raise LayoutError("no start")
    kept = [_PNG]
    place = 8
    while place < len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        chunk = data[place : place + 12 + length]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise LayoutError("chunk")
        if name in _PNG_KEPT:
            kept.append(chunk)
        place += len(chunk)
        if name == b"IEND":
            return b"".join(kept)
    raise LayoutError("no end")


def _webp(data: bytes) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise LayoutError("no start")
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    kept = []
    place = 12
    while place + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, place)
        chunk = data[place : place + 8 + length] + b"\0" * (length % 2)
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & _WEBP_FLAGS]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
        place += 8 + length + length % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


_STRIP: Mapping[str, Callable[[bytes], bytes]] = {"jpeg": _jpeg, "png": _png, "webp": _webp}
