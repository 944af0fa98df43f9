"""Which files are pictures, and how their copies are named."""

from typing import Literal

Format = Literal["jpeg", "png", "webp", "gif", "svg"]

_CONVERTED = (".heic", ".heif", ".hif", ".avif")
"""Formats of telephones that many browsers cannot show: published as JPEG."""
_READ = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".svg", *_CONVERTED)
_SHOWN_AS_THEY_ARE = (".bmp", ".ico", ".apng")
ENDINGS: dict[Format, str] = {"jpeg": "jpg", "png": "png", "webp": "webp", "gif": "gif"}


def is_read(path: str) -> bool:
    """Whether size and copies of the picture at this path are made; its bytes say what it really is."""
    return _ending(path) in _READ


def is_drawing(path: str) -> bool:
    """Whether it is an SVG picture."""
    return _ending(path) == ".svg"


def is_picture(path: str) -> bool:
    """Whether browsers show what is published of this file as a picture."""
    return is_read(path) or _ending(path) in _SHOWN_AS_THEY_ARE


def published_name(path: str) -> str:
    """The path under which a file is published: `a.heic` becomes `a.heic.jpg`."""
    return f"{path}.jpg" if _ending(path) in _CONVERTED else path


def copy_name(published: str, width: int, kind: Format) -> str:
    """The path (or href) of a smaller copy: `a.jpg` has `a-400w.webp`, `a.png` has `a.png-400w.webp`.

    Endings other than `.jpg` stay in the name, for `a.jpg` and `a.png` often lie side by side.
    """
    base = published[:-4] if published[-4:].lower() == ".jpg" else published
    return f"{base}-{width}w.{ENDINGS[kind]}"


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
