"""Bytes of a picture -> what is published of it.

Depends on the bytes, the settings and the libraries' versions, nothing else.
"""

import io
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from gazette.config.pictures import PictureSettings
from gazette.digests import digest_bytes
from gazette.media.formats import Format
from gazette.media.metadata import LayoutError, stripped
from gazette.media.model import Picture, Piece

if TYPE_CHECKING:
    from PIL import Image

_FORMATS: tuple[str, ...] = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""What is opened at all, besides HEIF; Pillow reads dozens of rarer ones."""
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270",
    7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""What EXIF's orientation asks for."""
_ON_ITS_SIDE = frozenset([5, 6, 7, 8])
_KINDS: dict[str | None, Format] = {
    "JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif",
}  # fmt: skip
_ORIENTATION = 0x0112
_MOST_WEBP = 16383
"""Pixels of a WebP picture's side."""
_FINE = 90
"""Quality of an original that had to be encoded anew: turned, scaled down, or of another format."""
_FEW_COLOURS = 2048
"""A picture with no more is a drawing or a screenshot, whose edges lossy encoding would blur."""
_SVG_START = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_SVG_SIZE = re.compile(rb"""\s(width|height|viewBox)\s*=\s*["']([^"']*)["']""")
_PIXELS = re.compile(rb"([0-9]+(?:\.[0-9]+)?)(?:px)?")


class Made(msgspec.Struct, frozen=True):
    """A picture and the bytes of its pieces, in their order."""

    picture: Picture
    data: tuple[bytes, ...] = ()


class _Refusal(Exception):  # noqa: N818  (a verdict)
    """The picture is too large to be opened; says how large it is."""


def make(data: bytes, is_drawing: bool, settings: PictureSettings, as_it_is: bool) -> Made:
    """What is published of a picture; never raises.

    `is_drawing`: it is SVG; `as_it_is`: only its facts are wanted.
    """
    if is_drawing:
        width, height = _svg_size(data)
        return Made(Picture("svg", width, height, size=len(data)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd EXIF and the like
            maker = _Maker(data, settings)
            return maker.facts() if as_it_is else maker.made()
    except _Refusal as refusal:
        return Made(Picture(fault="picture-large", reason=str(refusal)))
    except Exception as fault:  # noqa: BLE001  (decoders raise anything on damaged files)
        return Made(Picture(fault="picture-damaged", reason=_reason(fault)))


def _reason(fault: Exception) -> str:
    if type(fault).__name__ == "UnidentifiedImageError":
        return "unknown format"  # its own text holds an address in memory
    return str(fault) or type(fault).__name__


def _open(data: bytes, settings: PictureSettings) -> "Image.Image":
    from PIL import Image

    formats = _FORMATS
    if data[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener()
        formats = (*formats, "HEIF")
    # Pillow's own limit is one of the process; the setting takes its place.
    Image.MAX_IMAGE_PIXELS = settings.max_pixels
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as fault:
        raise _Refusal("?") from fault
    if image.width * image.height > settings.max_pixels:
        raise _Refusal(f"{image.width} × {image.height}")
    return image


class _Maker:
    """Makes what is published of one picture."""

    def __init__(self, data: bytes, settings: PictureSettings) -> None:
        self.data = data
        self.settings = settings
        self.image = _open(data, settings)
        self.is_foreign = self.image.format not in _KINDS
        """Whether it is in a format of telephones, which becomes JPEG."""
        self.kind = _KINDS.get(self.image.format, "jpeg")
        exif = _exif(self.image)
        self.turn = exif.get(_ORIENTATION, 1)
        width, height = self.image.size
        self.size = (height, width) if self.turn in _ON_ITS_SIDE else (width, height)

    def facts(self) -> Made:
        """Only what is known of the file as it is."""
        return self._result(self.size, (), (), [(0, self.kind, self.data)])

    def made(self) -> Made:
        """The published original and its smaller copies."""
        moves = self.kind != "jpeg" and getattr(self.image, "is_animated", False)
        size = self.size if moves or self.kind == "gif" else self._published_size()
        widths = () if moves or self.kind == "gif" else self._widths(size[0])
        kinds = self._kinds(size) if widths else ()
        original = None if self._is_recoded(size[0]) and not moves else self._stripped()
        if original is not None and not kinds:
            self.image.load()  # a damaged file is not published
            return self._result(size, (), (), [(0, self.kind, original)])
        base = self._upright(*size)
        encode = _Encoder(is_drawing=self.kind != "jpeg" and _has_few_colours(base))
        pieces = [(0, self.kind, original or encode(base, self.kind, _FINE))]
        for width, kind in self._copies(size[0], widths, kinds):
            copy = _scaled(base, width, max(1, round(size[1] * width / size[0])))
            pieces.append((width, kind, encode(copy, kind, self.settings.quality)))
        return self._result(size, widths, kinds, pieces)

    def _published_size(self) -> tuple[int, int]:
        width, height = self.size
        largest = self.settings.largest
        if not largest or width <= largest:
            return width, height
        return largest, max(1, round(height * largest / width))

    def _widths(self, width: int) -> tuple[int, ...]:
        """Of the copies: those that are well below the picture's own."""
        return tuple(w for w in sorted(set(self.settings.widths)) if w * 5 <= width * 4)

    def _kinds(self, size: tuple[int, int]) -> tuple[Format, ...]:
        """Formats of the copies; PNG, which shrinks badly, has none of its own."""
        kinds: list[Format] = [self.kind] if self.kind in {"jpeg", "webp"} else []
        if self.settings.webp and "webp" not in kinds and max(size) <= _MOST_WEBP:
            kinds.append("webp")
        return tuple(kinds)

    def _copies(
        self, full: int, widths: tuple[int, ...], kinds: tuple[Format, ...]
    ) -> Iterator[tuple[int, Format]]:
        for kind in kinds:
            for width in widths:
                yield width, kind
            if kind != self.kind:
                yield full, kind

    def _is_recoded(self, width: int) -> bool:
        """Whether the original's pixels must be encoded anew."""
        is_turned = self.turn in _TURNS and self.kind != "gif"
        return is_turned or self.is_foreign or width != self.size[0] or self.image.mode == "CMYK"

    def _stripped(self) -> bytes | None:
        try:
            return stripped(self.data, self.kind)
        except LayoutError:
            return None  # readable all the same: encoded anew

    def _upright(self, width: int, height: int) -> "Image.Image":
        """The whole picture as it is shown: turned, in sRGB, at its published size, without metadata."""
        from PIL import Image

        if self.kind == "jpeg" and width < self.size[0]:
            on_side = self.turn in _ON_ITS_SIDE
            self.image.draft(None, (height, width) if on_side else (width, height))
        image = _in_srgb(self.image)
        if self.turn in _TURNS:
            image = image.transpose(Image.Transpose[_TURNS[self.turn]])
        image = _scaled(image, width, height)
        image.info.clear()  # Pillow writes some of it into what it saves
        return image

    def _result(
        self, size: tuple[int, int], widths: tuple[int, ...], kinds: tuple[Format, ...],
        made: list[tuple[int, Format, bytes]],
    ) -> Made:  # fmt: skip
        """The picture; an original that came out as it was is not kept twice."""
        length = len(made[0][2])
        if made[0][2] == self.data:
            made = made[1:]
        pieces, offset = [], 0
        for width, kind, data in made:
            pieces.append(Piece(width, kind, offset, len(data), digest_bytes(data)))
            offset += len(data)
        picture = Picture(self.kind, *size, widths, kinds, length, tuple(pieces))
        return Made(picture, tuple(data for _, _, data in made))


def _exif(image: "Image.Image") -> Any:
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001  (what cannot be read turns nothing)
        return {}


def _in_srgb(image: "Image.Image") -> "Image.Image":
    """The picture in a mode that JPEG and WebP hold, its colours those of sRGB."""
    profile = image.info.get("icc_profile")
    mode = image.mode
    if mode.startswith(("I", "F")):  # 16 bits a pixel, grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in image.info:
        has_alpha = mode != "P" or "transparency" in image.info
        image = image.convert("RGBA" if has_alpha else "RGB")
    elif mode == "1":
        image = image.convert("L")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _by_profile(image, profile)
    return image if image.mode in {"L", "RGB", "RGBA"} else image.convert("RGB")


def _by_profile(image: "Image.Image", profile: bytes) -> "Image.Image":
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return image
        mode = "RGB" if image.mode == "CMYK" else image.mode
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that cannot be read is none


def _scaled(image: "Image.Image", width: int, height: int) -> "Image.Image":
    from PIL import Image

    if image.size == (width, height):
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _has_few_colours(image: "Image.Image") -> bool:
    return image.getcolors(_FEW_COLOURS) is not None


class _Encoder(msgspec.Struct, frozen=True):
    """Image -> bytes; a drawing or screenshot is kept sharp."""

    is_drawing: bool

    def __call__(self, image: "Image.Image", kind: Format, quality: int) -> bytes:
        file = io.BytesIO()
        if kind == "jpeg":
            _without_alpha(image).save(
                file, "JPEG", quality=quality, optimize=True, progressive=True
            )
        elif kind == "webp":
            image.save(file, "WEBP", quality=quality, method=4, lossless=self.is_drawing)
        else:
            image.save(file, kind.upper(), optimize=True)
        return file.getvalue()


def _without_alpha(image: "Image.Image") -> "Image.Image":
    from PIL import Image

    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _svg_size(data: bytes) -> tuple[int, int]:
    """Width and height that the drawing declares; zeros if it does not say."""
    start = _SVG_START.search(data[:65536])
    if start is None:
        return 0, 0
    values = dict(_SVG_SIZE.findall(start[0]))
    sides = [_PIXELS.fullmatch(values.get(name, b"").strip()) for name in (b"width", b"height")]
    if all(sides):
        numbers = [float(side[1]) for side in sides if side]
    else:
        parts = values.get(b"viewBox", b"").replace(b",", b" ").split()
        found = [_PIXELS.fullmatch(part) for part in parts[2:4]]
        numbers = [float(part[1]) for part in found if part]
    if len(numbers) != 2:
        return 0, 0
    width, height = (min(100_000, round(number)) for number in numbers)
    return (width, height) if width > 0 and height > 0 else (0, 0)
