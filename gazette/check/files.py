"""Published files as rules see them: what one holds is remembered by its digest, and who refers to it."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import unquote

import msgspec

from gazette.check.survey import Survey
from gazette.digests import combine, digest_file, digest_of
from gazette.reading.model import Document
from gazette.reading.scan import FILE_PREFIX, Source, normal

T = TypeVar("T")
_AT_ONCE = 8


def files_of(survey: Survey, suffixes: Sequence[str]) -> list[Source]:
    """The published files with these endings."""
    return [source for source in survey.files if source.path.lower().endswith(tuple(suffixes))]


class FileMemory(Generic[T]):
    """What was found in files, remembered by each file's digest, its ending and `rest`."""

    def __init__(self, survey: Survey, step: str, kind: type[T], rest: object = None) -> None:
        self._survey, self._step, self._kind, self._rest = survey, step, kind, rest

    def of(self, source: Source, compute: Callable[[Path], T]) -> T | None:
        """What `compute` gives for the file; None if it is gone since the folder was read."""
        ledger, signature = self._survey.ledger, msgspec.structs.astuple(source.signature)
        path = self._survey.root / "content" / source.path
        digest = ledger.file_digest(source.path, signature)
        try:
            if digest is None:
                digest = digest_file(path)
                ledger.remember_file(source.path, signature, digest)
            key = combine((digest, digest_of((path.suffix.lower(), self._rest))))
            return ledger.memo(self._step, key, self._kind, lambda: compute(path))
        except OSError:
            return None

    def of_all(self, sources: Sequence[Source], compute: Callable[[Path], T]) -> Iterator[T | None]:
        """What `compute`, which mostly waits for the disk, gives for each of the files."""
        from concurrent.futures import ThreadPoolExecutor  # only where files are looked into

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            yield from pool.map(lambda source: self.of(source, compute), sources)


class Referrers:
    """Finds the document that a file belongs to: findings stand there, where they can be excused."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = sorted(documents, key=lambda document: document.path)

    def place(self, path: str) -> tuple[str, int | None]:
        """File and line of the first reference to the file; of the file itself if nothing refers to it."""
        wanted = normal(path)
        for document in self._documents:
            for target, line in _targets(document):
                if _leads_to(target, document.path, wanted):
                    return FILE_PREFIX + document.path, line
        return FILE_PREFIX + path, None


def _targets(document: Document) -> Iterator[tuple[str, int | None]]:
    for reference in document.references:
        yield reference.target, reference.line
    for attachment in document.attachments:
        yield attachment.file, document.lines.get("attachments")
    if document.cover:
        yield document.cover, document.lines.get("cover")


def _leads_to(target: str, document: str, wanted: str) -> bool:
    if posixpath.basename(wanted) not in normal(unquote(target)):
        return False
    address = normal(unquote(target.partition("#")[0].partition("?")[0]))
    if address.startswith("/"):
        inside = posixpath.normpath(address).lstrip("/")
        return wanted in ("static/" + inside, inside, inside.removeprefix("content/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), address)) == wanted
