"""What lies inside an attachment without being shown: whole files, and data kept behind tables and charts."""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gazette.check.attachment_words import Words

_MOST_FILES = 20
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+")
_KEPT = re.compile(
    r"(?:word|xl|ppt)/(pivotCache|charts|drawings|externalLinks|diagrams)/[^/]+\.xml"
)
_SHOWN = frozenset(["drawings", "diagrams"])
_VALUE = re.compile(
    r'<(?:\w+:)?cacheField\b[^>]*\bname="(?P<head>[^"]*)"|\bv="(?P<value>[^"]*)"|>(?P<text>[^<>]+)</'
)


def embedded_files(path: Path) -> list[tuple[str, bytes]]:
    """Name and bytes of the files that are embedded in an attachment; none where it is broken there."""
    files = _in_pdf(path) if path.suffix.lower() == ".pdf" else _in_archive(path)
    try:
        return list(files)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (a library may raise anything; the attachment itself was read)
        return []


def form_fields(reader: Any) -> list[tuple[str, str]]:
    """Name and value of what is filled in in a PDF's form; none where the form is broken."""
    try:
        fields = reader.get_fields() or {}
        return [(str(name)[:20], str(field.get("/V") or "")) for name, field in fields.items()]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (as above)
        return []


def _in_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if _EMBEDDED.fullmatch(name)]
        for name in names[:_MOST_FILES]:
            yield name, archive.read(name)


def _in_pdf(path: Path) -> Iterator[tuple[str, bytes]]:
    import pypdf

    left = _MOST_FILES
    for name, files in pypdf.PdfReader(path).attachments.items():
        for data in files[:left]:
            left -= 1
            yield name, data


def kept_data(path: Path) -> Iterator[Words]:
    """What pivot tables and charts keep of their data, though its sheet be gone, and words of shapes."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            part = _KEPT.fullmatch(name)
            if part:
                place = "text" if part[1] in _SHOWN else "cache"
                yield from _values(archive.read(name).decode("utf-8", "replace"), place)


def _values(xml: str, place: str) -> Iterator[Words]:
    head = ""
    for match in _VALUE.finditer(xml):
        if match["head"] is not None:
            head = html.unescape(match["head"])[:20]
        else:
            value = html.unescape(match["value"] or match["text"] or "").strip()
            if value:
                yield Words(place, "", f"{head}：{value}" if head else value)
