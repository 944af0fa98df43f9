"""Family pictures: photographs that tell where they were taken.

What is published of a picture beside an article no longer tells it; files in static/, and pictures of
kinds that browsers do not show, are published as they are.
"""

from collections.abc import Iterator
from pathlib import Path

from gazette.check.family import SiteFamily
from gazette.check.file_kinds import PICTURES
from gazette.check.files import FileMemory, Referrers, files_of
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.media.formats import is_read
from gazette.messages.message import Message, _

LOCATION = Rule(
    id="pictures-location",
    family="pictures",
    severity="warning",
    source="《中华人民共和国个人信息保护法》第二十八条：行踪轨迹",
    message=Message(
        _("The picture {found} tells the place where it was taken (GPS)."),
        _(
            "Put it beside the article, where such data are removed; or remove them yourself (in Windows: Properties,"
            " Details, Remove Properties and Personal Information)."
        ),
    ),
    explanation=_(
        "Photographs in static/ (and TIFF files anywhere), which are published as they are, with GPS coordinates in their"
        " EXIF or XMP data: homes of persons visited, guarded premises. From pictures beside articles such data are removed."
    ),
    bad=(),
    good=(),
)
RULES = (LOCATION,)

_STATIC = "static/"
_EDGE = 262_144
"""Bytes at either end of a file in which cameras and programs write such data."""
_SIGNS = (b"Exif", b"eXIf", b"EXIF", b"GPSLatitude")
_TIFF = (b"II*\x00", b"MM\x00*")
_GPS = 0x8825
_LATITUDE, _LONGITUDE = 2, 4


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """The pictures that are published with a place."""
    referrers = Referrers(survey.documents)
    memory = FileMemory(survey, "picture-place", bool)
    sources = [source for source in files_of(survey, PICTURES) if _is_published_whole(source.path)]
    for source, tells in zip(sources, memory.of_all(sources, _tells_place), strict=True):
        if tells:
            file, line = referrers.place(source.path)
            yield file, Finding(LOCATION.id, line, None, source.path.rsplit("/", 1)[-1])


def _is_published_whole(path: str) -> bool:
    return path.startswith(_STATIC) or not is_read(path)


def _tells_place(path: Path) -> bool:
    try:
        return has_place(path)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  (a broken picture may raise anything, and shows no place)
        return False


def has_place(path: Path) -> bool:
    """Whether the picture holds coordinates; Pillow is asked only if there are signs of such data."""
    with path.open("rb") as file:
        edges = file.read(_EDGE)
        size = path.stat().st_size
        if size > _EDGE:
            file.seek(max(_EDGE, size - _EDGE))
            edges += file.read()
    if not edges.startswith(_TIFF) and not any(sign in edges for sign in _SIGNS):
        return False
    if b"GPSLatitude" in edges:
        return True
    from PIL import Image  # only where there are signs of EXIF

    if path.suffix.lower() in (".heic", ".heif"):
        import pillow_heif

        pillow_heif.register_heif_opener()
    with Image.open(path) as picture:
        place = picture.getexif().get_ifd(_GPS)
    return _LATITUDE in place or _LONGITUDE in place


SITE_FAMILY = SiteFamily("pictures", RULES, find_in_site, in_build=True)
