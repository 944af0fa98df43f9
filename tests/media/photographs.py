"""Photographs for tests: made here, so that what is in them is known."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

SIDES = {"left": (200, 30, 30), "right": (30, 30, 200)}
"""Colours of the two halves."""


def halves(width: int = 1000, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red and whose right half is blue, a white band along its top."""
    image = Image.new("RGB", (width, height), SIDES["left"])
    image.paste(SIDES["right"], (width // 2, 0, width, height))
    image.paste((255, 255, 255), (0, 0, width, height // 10))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture's bytes."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int = 1, place: bool = True) -> Image.Exif:
    """What a telephone writes: its maker, how it was held, where it was."""
    found = Image.Exif()
    found[0x010F] = "SampleMaker"
    found[0x0112] = orientation
    if place:
        found.get_ifd(0x8825).update({1: "N", 2: (29.0, 33.0, 1.0), 3: "E", 4: (103.0, 45.0, 2.0)})
    return found


def photograph(width: int = 1000, height: int = 600, orientation: int = 1) -> bytes:
    """A JPEG as a telephone leaves it, with EXIF, place, XMP and a comment."""
    return encoded(
        halves(width, height), exif=exif(orientation), comment=b"SampleComment", quality=90,
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SampleXmp</x:xmpmeta>",
    )  # fmt: skip


def upright(orientation: int, width: int = 1000, height: int = 600) -> bytes:
    """A photograph that looks like `halves` once it is turned as `orientation` says."""
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    image = halves(width, height)
    if orientation in turn:
        image = image.transpose(turn[orientation])
    return encoded(image, exif=exif(orientation), quality=90)


def bomb(width: int = 60000, height: int = 60000) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def opened(data: bytes) -> Image.Image:
    """The picture again, loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def looks_like_halves(data: bytes) -> bool:
    """Whether red is on the left, blue on the right and white on top."""
    image = opened(data).convert("RGB")
    width, height = image.size

    def near(point: tuple[int, int], colour: tuple[int, int, int]) -> bool:
        found = image.getpixel(point)
        assert isinstance(found, tuple)
        return all(abs(a - b) < 40 for a, b in zip(found, colour, strict=False))

    return (
        near((width // 4, height // 2), SIDES["left"])
        and near((3 * width // 4, height // 2), SIDES["right"])
        and near((width // 2, height // 30), (255, 255, 255))
    )
