"""What is published of a picture: sizes, formats, no metadata; what cannot be published says why."""

import io
import struct

import pytest
from PIL import Image, ImageCms

from gazette.config.pictures import PictureSettings
from gazette.media.encode import Made, make
from gazette.media.metadata import stripped
from tests.media.photographs import (
    bomb,
    encoded,
    exif,
    halves,
    looks_like_halves,
    opened,
    photograph,
    upright,
)

USUAL = PictureSettings()
PRIVATE = (b"Exif", b"SampleMaker", b"SampleXmp", b"SampleComment", b"GPS")


def made_of(data: bytes, settings: PictureSettings = USUAL) -> Made:
    made = make(data, False, settings, False)
    assert made.picture.fault == "", made.picture.reason
    return made


def pieces(made: Made) -> dict[tuple[int, str], bytes]:
    found = {(p.width, p.kind): d for p, d in zip(made.picture.pieces, made.data, strict=True)}
    return dict(found)


def original(made: Made, data: bytes) -> bytes:
    """The published original; `data` where it is published as it was."""
    return next((d for (width, _), d in pieces(made).items() if not width), data)


def test_a_photograph_has_copies_in_its_format_and_in_webp() -> None:
    made = made_of(photograph(1300, 780))
    picture = made.picture
    assert (picture.width, picture.height, picture.kind) == (1300, 780, "jpeg")
    assert (picture.widths, picture.kinds) == ((400, 640, 800), ("jpeg", "webp"))
    found = pieces(made)
    assert set(found) == {
        (0, "jpeg"), (400, "jpeg"), (640, "jpeg"), (800, "jpeg"),
        (400, "webp"), (640, "webp"), (800, "webp"), (1300, "webp"),
    }  # fmt: skip
    for (width, kind), data in found.items():
        image = opened(data)
        assert image.format == kind.upper()
        assert image.size == ((width, round(width * 0.6)) if width else (1300, 780))
        assert looks_like_halves(data)
        assert not [word for word in PRIVATE if word in data]


def test_bytes_are_the_same_every_time() -> None:
    data = photograph()
    assert make(data, False, USUAL, False) == make(data, False, USUAL, False)


@pytest.mark.parametrize("width", [300, 499])
def test_a_small_picture_has_no_copies(width: int) -> None:
    made = made_of(photograph(width, 300))
    assert (made.picture.width, made.picture.widths, made.picture.kinds) == (width, (), ())
    assert [p.width for p in made.picture.pieces] == [0], "only the original, without metadata"


def test_a_clean_small_picture_is_published_byte_for_byte() -> None:
    data = encoded(halves(300, 200))
    made = made_of(data)
    assert (made.picture.pieces, made.data, made.picture.size) == ((), (), len(data))


def test_the_pixels_of_an_upright_original_stay() -> None:
    data = photograph()
    clean = original(made_of(data), data)
    assert opened(clean).tobytes() == opened(data).tobytes()
    assert len(clean) < len(data)
    assert not opened(clean).getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int) -> None:
    made = made_of(upright(orientation))
    assert (made.picture.width, made.picture.height) == (1000, 600)
    for data in made.data:
        assert looks_like_halves(data)
        assert opened(data).getexif().get(0x0112, 1) == 1
        assert not [word for word in PRIVATE if word in data]


def test_a_wide_picture_is_scaled_down() -> None:
    made = made_of(photograph(4000, 2400), PictureSettings(largest=1000, widths=(400,)))
    assert (made.picture.width, made.picture.height) == (1000, 600)
    assert opened(original(made, b"")).size == (1000, 600)
    whole = made_of(photograph(2500, 1500), PictureSettings(largest=0, widths=(400,)))
    assert (whole.picture.width, whole.picture.height) == (2500, 1500)


def test_a_wide_picture_that_lies_on_its_side_is_scaled_down() -> None:
    made = made_of(upright(6, 3000, 1800), PictureSettings(largest=1000, widths=(400,)))
    assert (made.picture.width, made.picture.height) == (1000, 600)
    assert all(looks_like_halves(data) for data in made.data)


def test_a_very_tall_picture_has_no_webp() -> None:
    made = made_of(encoded(Image.new("L", (500, 16400)), quality=50))
    assert made.picture.kinds == ("jpeg",)


def test_webp_can_be_switched_off() -> None:
    made = made_of(photograph(), PictureSettings(webp=False))
    assert {p.kind for p in made.picture.pieces} == {"jpeg"}


def test_no_widths_no_copies() -> None:
    assert made_of(photograph(), PictureSettings(widths=())).picture.widths == ()


def test_a_heic_photograph_becomes_jpeg() -> None:
    pytest.importorskip("pillow_heif").register_heif_opener()
    data = encoded(halves(), "HEIF", exif=exif(1).tobytes(), quality=90)
    assert b"SampleMaker" in data
    made = made_of(data)
    assert (made.picture.kind, made.picture.width) == ("jpeg", 1000)
    assert opened(original(made, data)).format == "JPEG"
    assert all(looks_like_halves(piece) for piece in made.data)
    assert not [word for word in PRIVATE for piece in made.data if word in piece]


def test_cmyk_becomes_rgb() -> None:
    data = encoded(halves(mode="CMYK"))
    made = made_of(data)
    for piece in made.data:
        assert opened(piece).mode == "RGB"
        assert looks_like_halves(piece)


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "1", "I;16"])
def test_png_of_every_kind(mode: str) -> None:
    image = halves()
    if mode == "I;16":
        image = image.convert("L").convert("I").point(lambda value: value * 256).convert("I;16")
    else:
        image = image.convert(mode)
    data = encoded(image, "PNG")
    made = made_of(data)
    assert (made.picture.kinds, made.picture.widths) == (("webp",), (400, 640, 800))
    small = opened(pieces(made)[400, "webp"]).convert("L").resize((1, 1))
    whole = halves().convert("L").resize((1, 1))
    assert abs(int(small.getpixel((0, 0))) - int(whole.getpixel((0, 0)))) < 12  # type: ignore[arg-type]


def test_transparency_of_a_palette_is_kept() -> None:
    image = halves().quantize(4)
    data = encoded(image, "PNG", transparency=image.getpixel((10, 590)))
    small = opened(pieces(made_of(data))[400, "webp"]).convert("RGBA")
    left, right = small.getpixel((20, 200)), small.getpixel((380, 200))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[3], right[3]) == (0, 255)


def test_a_screenshot_stays_sharp() -> None:
    data = encoded(halves(), "PNG")
    whole = opened(pieces(made_of(data))[1000, "webp"]).convert("RGB")
    assert whole.tobytes() == halves().tobytes()


def test_png_loses_its_texts_only() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "SampleComment")
    data = encoded(halves(), "PNG", pnginfo=info, exif=exif())
    clean = original(made_of(data), data)
    assert b"SampleComment" not in clean
    assert b"eXIf" not in clean
    assert opened(clean).tobytes() == opened(data).tobytes()


def test_webp_loses_its_metadata() -> None:
    data = encoded(halves(), "WEBP", exif=exif().tobytes(), xmp=b"SampleXmp", quality=80)
    assert b"SampleXmp" in data
    made = made_of(data)
    clean = original(made, data)
    assert b"SampleXmp" not in clean
    assert not opened(clean).getexif()
    assert made.picture.kinds == ("webp",)


def test_colours_of_a_wide_gamut_become_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = encoded(halves(), icc_profile=lab)
    made = made_of(data)
    assert "icc_profile" not in opened(pieces(made)[400, "webp"]).info
    assert opened(original(made, data)).info["icc_profile"] == lab, (
        "its pixels stay, so it is needed"
    )


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving_pictures_stay(kind: str) -> None:
    frames = [halves(900, 500), Image.new("RGB", (900, 500), "green")]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    made = made_of(data)
    assert (made.picture.width, made.picture.widths) == (900, ())
    clean = original(made, data)
    assert opened(clean).n_frames == 2  # type: ignore[attr-defined]


def test_what_a_name_says_does_not_count() -> None:
    assert made_of(encoded(halves(), "PNG")).picture.kind == "png"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"junk", photograph()[:5000], encoded(halves(), "PNG")[:500],
        encoded(halves(300, 200))[:900], encoded(halves(), "WEBP")[:300],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a" + b"\xff" * 5, b"\xff\xd8\xff\xe0",
        b"\0\0\0\x18ftypheic" + b"\0" * 40, b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
)  # fmt: skip
def test_a_damaged_picture_says_so(data: bytes) -> None:
    made = make(data, False, USUAL, False)
    assert made.picture.fault == "picture-damaged"
    assert made.picture.reason
    assert "0x" not in made.picture.reason, "the same in every run"
    assert made.data == ()


@pytest.mark.parametrize("data", [bomb(), bomb(12000, 11000)])
def test_a_picture_that_would_fill_the_memory_is_not_opened(data: bytes) -> None:
    assert make(data, False, USUAL, False).picture.fault == "picture-large"


def test_the_most_pixels_are_a_setting() -> None:
    data = photograph(1000, 600)
    assert made_of(data, PictureSettings(max_pixels=600_000)).picture.width == 1000
    made = make(data, False, PictureSettings(max_pixels=599_999), False)
    assert (made.picture.fault, made.picture.reason) == ("picture-large", "1000 × 600")


def test_facts_alone_make_nothing() -> None:
    made = make(upright(6), False, USUAL, True)
    assert (made.picture.width, made.picture.height, made.picture.widths) == (1000, 600, ())
    assert made.data == ()


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg width="30" height="20"/>', (30, 20)),
        ('<svg width="30px" height="20.4px"/>', (30, 20)),
        ('<svg viewBox="0 0 64 32"/>', (64, 32)),
        ('<svg width="100%" height="100%" viewBox="0,0,64,32"/>', (64, 32)),
        ('<svg stroke-width="3" viewBox="0 0 8 9"/>', (8, 9)),
        ("<svg/>", (0, 0)),
        ("junk", (0, 0)),
        ('<svg width="0" height="0"/>', (0, 0)),
        ('<svg viewBox="0 0 x"/>', (0, 0)),
    ],
)
def test_the_size_of_a_drawing(svg: str, size: tuple[int, int]) -> None:
    picture = make(svg.encode(), True, USUAL, False).picture
    assert (picture.kind, picture.width, picture.height) == ("svg", *size)


# Without metadata, pixels untouched


def test_further_photographs_behind_the_first_go() -> None:
    inner = photograph(200, 100)
    data = photograph(600, 300) + inner
    assert stripped(data, "jpeg") == stripped(photograph(600, 300), "jpeg")


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 4}])
def test_jpeg_of_several_scans_and_with_restarts(options: dict[str, int]) -> None:
    data = encoded(halves(), exif=exif(), quality=85, **options)
    clean = stripped(data, "jpeg")
    assert opened(clean).tobytes() == opened(data).tobytes()
    assert b"Exif" not in clean


def test_colours_of_adobe_are_kept() -> None:
    data = encoded(halves(mode="CMYK"))
    assert opened(stripped(data, "jpeg")).tobytes() == opened(data).tobytes()


def test_a_jpeg_that_is_laid_out_oddly_is_encoded_anew() -> None:
    data = photograph(400, 300)
    size = struct.unpack(">H", data[4:6])[0]
    odd = data[:2] + b"\0" + data[2 : 4 + size] + data[4 + size :]
    made = make(odd, False, USUAL, False)
    if made.picture.fault:
        assert made.picture.fault == "picture-damaged"
    else:
        assert not [word for word in PRIVATE if word in made.data[0]]


def test_every_cut_of_a_photograph_is_whole_or_damaged() -> None:
    data = photograph(300, 200)
    for end in range(0, len(data), 97):
        made = make(data[:end], False, USUAL, False)
        for piece in made.data:
            assert not [word for word in PRIVATE if word in piece]
            assert Image.open(io.BytesIO(piece)).size == (300, 200)
