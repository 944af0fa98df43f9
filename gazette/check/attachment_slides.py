"""What slides (pptx) and pages in the national format (ofd, GB/T 33190) say; called by `attachment_reader`.

Both are archives of XML, and only elements with text are of interest.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gazette.check.attachment_words import UnreadableError, Words

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PART = re.compile(r"ppt/(?:(slides)/slide|(notesSlides)/notesSlide|(comments)/\w*?)([0-9]*)\.xml")
_OFD_PAGE = re.compile(r"(?:\w+/)*Pages/Page_([0-9]+)/Content\.xml")
_OFD_ROOT = "OFD.xml"


def pptx(path: Path) -> Iterator[Words]:
    """The words of slides, of the notes below them, and of comments."""
    with zipfile.ZipFile(path) as archive:
        parts = [(match, name) for name in archive.namelist() if (match := _PART.fullmatch(name))]
        if "ppt/presentation.xml" not in archive.namelist():
            raise UnreadableError("broken")
        for match, name in sorted(parts, key=lambda part: (int(part[0][4] or 0), part[1])):
            root = _parsed(archive.read(name))
            where = f"p. {match[4]}" if match[1] or match[2] else ""
            place = "text" if match[1] else "footnote" if match[2] else "comment"
            if match[1] and root.get("show") in ("0", "false"):
                place = "hidden"
                yield Words("hidden", where, "")
            yield from _paragraphs(root, place, where)


def _paragraphs(root: Any, place: str, where: str) -> Iterator[Words]:
    for paragraph in root.iter(_A + "p"):
        text = "".join(node.text or "" for node in paragraph.iter(_A + "t"))
        if text.strip():
            yield Words(place, where, text)
    if place == "comment":
        for node in root.iter("{*}text"):  # of the older form of comments
            if (node.text or "").strip():
                yield Words(place, where, node.text)


def ofd(path: Path) -> Iterator[Words]:
    """The words of pages."""
    with zipfile.ZipFile(path) as archive:
        if _OFD_ROOT not in archive.namelist():
            raise UnreadableError("broken")
        pages = [
            (match, name) for name in archive.namelist() if (match := _OFD_PAGE.fullmatch(name))
        ]
        for match, name in sorted(pages, key=lambda page: (int(page[0][1]), page[1])):
            root = _parsed(archive.read(name))
            codes = [node.text or "" for node in root.iter("{*}TextCode")]
            yield Words("text", f"p. {int(match[1]) + 1}", "\n".join(codes))


def _parsed(data: Any) -> Any:
    from docx.opc.oxml import parse_xml  # resolves no entities

    return parse_xml(data)
