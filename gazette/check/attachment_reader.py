"""What an attachment says: docx, xlsx, pptx, ofd, pdf, plain text -> its words, each with the place where it stands.

Every limit stands here. The functions may still take long or much memory for a hostile file; they are
called in a process of its own (see `attachment_process`).
"""

import contextlib
import csv
import logging
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from gazette.check.attachment_inside import embedded_files, form_fields, kept_data
from gazette.check.attachment_slides import ofd, pptx
from gazette.check.attachment_words import UnreadableError, Words
from gazette.check.file_kinds import TEXTS
from gazette.config.text import decode_text

LARGEST_FILE = 60_000_000
_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 300_000_000
_SUSPICIOUS = 20_000_000
_HIGHEST_RATIO = 150
_MOST_PAGES = 400
_MOST_CELLS = 400_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_PARTS = (
    ("/word/document", "text"),
    ("/word/header", "header"),
    ("/word/footer", "footer"),
    ("/word/footnotes", "footnote"),
    ("/word/endnotes", "footnote"),
    ("/word/comments", "comment"),
)
_DEEPEST = 1
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_NO_ARCHIVES = (".pdf", *TEXTS)
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_LABELS = ("号", "码", "号：", "码：")
_DIGITS = re.compile("[0-9０-９]")


def words_of(path: Path, depth: int = 0) -> Iterator[Words]:
    """All words of the file, in order; raises UnreadableError. `depth`: in how many files it lies."""
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableError("large")
    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # what it says of broken files goes nowhere
    kind = path.suffix.lower()
    try:
        if kind not in _NO_ARCHIVES:
            _check_lock(path)
            _check_archive(path)
        yield from _READERS[kind](path)
        if kind not in _NO_ARCHIVES:
            yield from kept_data(path)
        if depth < _DEEPEST and kind not in TEXTS:
            yield from _inside(path, depth + 1)
    except (UnreadableError, MemoryError):
        raise
    except Exception as fault:
        raise UnreadableError("broken") from fault


def _inside(path: Path, depth: int) -> Iterator[Words]:
    """The words of files that are embedded; of one that cannot be looked into, nothing is told."""
    for name, data in embedded_files(path):
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in _READERS:
            with tempfile.TemporaryDirectory() as folder, contextlib.suppress(UnreadableError):
                copy = Path(folder) / f"a{suffix}"
                copy.write_bytes(data)
                for words in words_of(copy, depth):
                    yield Words("embedded", PurePosixPath(name).name, words.text)


def _check_lock(path: Path) -> None:
    """Office programs put what they lock into a container of the older kind."""
    with path.open("rb") as file:
        if file.read(len(_CONTAINER)) == _CONTAINER and _LOCKED in file.read():
            raise UnreadableError("locked")


def _check_archive(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        bomb = any(
            entry.file_size > _SUSPICIOUS
            and entry.file_size > _HIGHEST_RATIO * max(1, entry.compress_size)
            for entry in entries
        )
        if bomb or len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED:
            raise UnreadableError("bomb")


def _docx(path: Path) -> Iterator[Words]:
    import docx

    document = docx.Document(str(path))
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        place = next((place for prefix, place in _DOCX_PARTS if name.startswith(prefix)), "")
        if place and name.endswith(".xml"):
            yield from _docx_part(part, place)
    yield from _properties(document.core_properties)


def _docx_part(part: Any, place: str) -> Iterator[Words]:
    from docx.opc.oxml import parse_xml

    root = getattr(part, "element", None)
    if root is None:
        root = parse_xml(part.blob)
    if place != "comment":
        for mark in root.iter(*(_W + name for name in _CHANGES)):
            text = "".join(node.text or "" for node in mark.iter(_W + "t", _W + "delText"))
            if text:
                yield Words("change", "", text)
    number = 0
    for paragraph in root.iter(_W + "p"):
        text = "".join(node.text or "" for node in paragraph.iter(_W + "t", _W + "delText"))
        if text:
            number += 1
            yield Words(place, f"¶ {number}" if place == "text" else "", text)


def _xlsx(path: Path) -> Iterator[Words]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        left = _MOST_CELLS
        for sheet in book.worksheets:
            place = "text" if sheet.sheet_state == "visible" else "hidden"
            if place == "hidden":
                yield Words("hidden", sheet.title, "")
            sheet.reset_dimensions()
            for words, count in _rows(sheet.iter_rows(values_only=True), place, sheet.title):
                left -= count
                if left < 0:
                    raise UnreadableError("large")
                yield from words
        yield from _properties(book.properties)
    finally:
        book.close()
    yield from _xlsx_notes(path)


def _text(path: Path) -> Iterator[Words]:
    text, _ = decode_text(path.read_bytes(), path.name)
    if text is None:
        return
    kind = path.suffix.lower()
    if kind in _DELIMITERS:
        for words, _count in _rows(
            csv.reader(text.splitlines(), delimiter=_DELIMITERS[kind]), "text"
        ):
            yield from words
    else:
        for number, line in enumerate(text.splitlines(), 1):
            yield Words("text", f"¶ {number}", line)


def _rows(
    rows: Iterable[Sequence[object]], place: str, title: str = ""
) -> Iterator[tuple[list[Words], int]]:
    """The cells of each row, each with its column's head before it, and how many there were."""
    heads: dict[int, str] = {}
    for number, row in enumerate(rows, 1):
        words, left = [], ""
        for column, value in enumerate(row):
            text = _cell(value)
            where = f"{title} {_letters(column)}{number}".lstrip()
            if text and not _DIGITS.search(text):
                heads[column] = left = text[:20]
                words.append(Words(place, where, text))
            elif text:
                # A sheet names what a cell holds above it, or (统一社会信用代码 | …) beside it.
                label = left if left.endswith(_LABELS) else heads.get(column, "")
                words.append(Words(place, where, f"{label}：{text}"))
        yield words, max(1, len(row))


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


_NOTE_TEXT = re.compile(r"<(?:\w+:)?t\b[^>]*>([^<]*)</|<(?:\w+:)?text\b[^>]*>([^<]+)</")
_SHEET_EDGE = re.compile(rb"<(?:odd|even|first)(Header|Footer)>([^<]*)<")


def _xlsx_notes(path: Path) -> Iterator[Words]:
    """Comments, and the headers and footers of sheets, which the quick way of reading leaves out."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            name = entry.filename.lower()
            if "comment" in name and name.endswith(".xml"):
                text = archive.read(entry).decode("utf-8", "replace")
                for block in re.split(r"</(?:\w+:)?(?:comment|threadedComment)>", text):
                    note = "".join(a or b for a, b in _NOTE_TEXT.findall(block))
                    if note.strip():
                        yield Words("comment", "", note)
            elif name.startswith("xl/worksheets/sheet"):
                for kind, edge in _SHEET_EDGE.findall(archive.read(entry)[-20_000:]):
                    yield Words(kind.decode().lower(), "", edge.decode("utf-8", "replace"))


def _pdf(path: Path) -> Iterator[Words]:
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("locked")
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableError("large")
        for number, page in enumerate(reader.pages, 1):
            yield Words("text", f"p. {number}", page.extract_text())
            yield from _pdf_notes(page, number)
        for name, value in form_fields(reader):
            yield Words("text", name, value)
        for value in (reader.metadata or {}).values():
            yield Words("properties", "", str(value))
    except (DependencyError, FileNotDecryptedError):
        raise UnreadableError("locked") from None


def _pdf_notes(page: Any, number: int) -> Iterator[Words]:
    for note in page.get("/Annots") or ():
        held = note.get_object()
        if held.get("/Subtype") not in ("/Link", "/Widget", "/Popup"):
            text = str(held.get("/Contents") or "")
            if text.strip():
                yield Words("comment", f"p. {number}", text)


_PROPERTIES = "title subject creator author lastModifiedBy last_modified_by keywords category comments description"


def _properties(properties: Any) -> Iterator[Words]:
    for name in _PROPERTIES.split():
        value = getattr(properties, name, None)
        if isinstance(value, str) and value:
            yield Words("properties", "", value)


_READERS = {
    ".docx": _docx, ".docm": _docx, ".xlsx": _xlsx, ".xlsm": _xlsx, ".pptx": pptx, ".ppsx": pptx,
    ".ofd": ofd, ".pdf": _pdf, **dict.fromkeys(TEXTS, _text),
}  # fmt: skip
"""By the endings in `gazette.check.file_kinds`."""
