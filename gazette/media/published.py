"""The files that a picture becomes, and the bytes of each."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from gazette.digests import combine, digest_bytes
from gazette.media.cache import Workshop
from gazette.media.formats import copy_name
from gazette.media.model import Piece
from gazette.media.pictures import Known

_AS_IT_WAS = b"kept".ljust(16)


class PictureFile(msgspec.Struct, frozen=True):
    """One published file of a picture: the original or a copy."""

    path: str
    """Output path."""
    source: str
    """The file that it comes from, for messages."""
    file: Path
    digest: bytes
    """Of the source's bytes when the build was planned."""
    key: bytes
    piece: Piece | None
    """None: the source's bytes as they are."""

    @property
    def fingerprint(self) -> bytes:
        """Stands for the published bytes."""
        return combine(
            [self.piece.digest, b"piece".ljust(16)] if self.piece else [self.digest, _AS_IT_WAS]
        )


class PictureFaultError(Exception):
    """The file turned into something that cannot be published since the build was planned."""


def published_files(known: Known, output: str, source: str, file: Path) -> Iterator[PictureFile]:
    """All files of a picture whose original is published at `output`."""
    original: Piece | None = None
    for piece in known.picture.pieces:
        if piece.width:
            path = copy_name(output, piece.width, piece.kind)
            yield PictureFile(path, f"content/{source}", file, known.digest, known.key, piece)
        else:
            original = piece
    yield PictureFile(output, f"content/{source}", file, known.digest, known.key, original)


def bytes_of(wanted: PictureFile, workshop: Workshop) -> tuple[bytes, bool]:
    """The file's bytes, and whether they are those that were planned.

    A source that changed since is made anew, so that nothing is published with its metadata. Raises
    PictureFaultError or OSError.
    """
    if wanted.piece is not None:
        kept = workshop.piece(wanted.key, wanted.piece)
        if kept is not None:
            return kept, True
    source = wanted.file.read_bytes()
    is_planned = digest_bytes(source) == wanted.digest
    if is_planned and wanted.piece is None:
        return source, True
    made = workshop.made_anew(wanted.key, source)
    if made.picture.fault:
        raise PictureFaultError(made.picture.fault, made.picture.reason)
    asked = (wanted.piece.width, wanted.piece.kind) if wanted.piece else (0, "")
    for piece, data in zip(made.picture.pieces, made.data, strict=True):
        if piece.width == asked[0] and (not piece.width or piece.kind == asked[1]):
            return data, is_planned
    if asked[0]:
        raise PictureFaultError("picture-changed", "")
    return source, is_planned
