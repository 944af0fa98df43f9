"""Where the bytes made of pictures lie between builds.

One file for each picture, found by the digest of all that it depends on and shared by all outputs of
the site. It is only a cache: every read is checked, and what is missing is made again.
"""

import contextlib
import functools
import secrets
from collections.abc import Iterable
from pathlib import Path

import msgspec

from gazette.config.pictures import PictureSettings
from gazette.digests import SIZE, combine, digest_bytes, digest_of, library_versions
from gazette.media.encode import Made, make
from gazette.media.model import Picture, Piece

FOLDER = "pictures"
"""In `.gazette/`, and the name of the list of entries in use in each state folder there."""
_MAGIC = b"gazette-picture-1\n"


@functools.cache
def _maker() -> bytes:
    """What makes pictures: this floor's sources and the libraries, not the rest of the engine."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    versions = [name for name in library_versions() if name.startswith("pillow")]
    return combine([*(digest_bytes(path.read_bytes()) for path in sources), digest_of(versions)])


class Workshop(msgspec.Struct, frozen=True):
    """How pictures are made, and the folder in which they are kept."""

    folder: Path
    settings: PictureSettings

    def key(self, digest: bytes, is_drawing: bool, as_it_is: bool) -> bytes:
        """Stands for all that a picture of these bytes depends on."""
        return combine([digest, digest_of((self.settings, is_drawing, as_it_is)), _maker()])

    def picture(self, data: bytes, is_drawing: bool, as_it_is: bool) -> Picture:
        """The picture of these bytes: the one kept, or made and kept."""
        key = self.key(digest_bytes(data), is_drawing, as_it_is)
        kept = self._kept(key)
        if kept is not None:
            return kept
        made = make(data, is_drawing, self.settings, as_it_is)
        if made.data:
            self._keep(key, made)
        return made.picture

    def piece(self, key: bytes, piece: Piece) -> bytes | None:
        """The bytes of a piece; None if they are not there as they were kept."""
        try:
            with self._place(key).open("rb") as file:
                start = _header(file.read(len(_MAGIC) + 4))
                file.seek(start + piece.offset)
                data = file.read(piece.length)
        except (OSError, ValueError):
            return None
        return data if digest_bytes(data) == piece.digest else None

    def made_anew(self, key: bytes, data: bytes) -> Made:
        """What is published of a photograph's bytes; kept if it is what `key` stands for."""
        made = make(data, is_drawing=False, settings=self.settings, as_it_is=False)
        own = self.key(digest_bytes(data), is_drawing=False, as_it_is=False)
        if made.data and own == key:
            self._keep(key, made)
        return made

    def _place(self, key: bytes) -> Path:
        name = key.hex()
        return self.folder / name[:2] / name[2:]

    def _kept(self, key: bytes) -> Picture | None:
        try:
            data = self._place(key).read_bytes()
            start = _header(data)
            header = data[len(_MAGIC) + 4 : start]
            picture = msgspec.msgpack.decode(header[SIZE:], type=Picture)
        except (OSError, ValueError, msgspec.DecodeError):
            return None
        whole = header[:SIZE] == digest_bytes(header[SIZE:])
        pieces = ((data[start + p.offset :][: p.length], p.digest) for p in picture.pieces)
        return picture if whole and all(digest_bytes(d) == known for d, known in pieces) else None

    def _keep(self, key: bytes, made: Made) -> None:
        encoded = msgspec.msgpack.encode(made.picture)
        header = digest_bytes(encoded) + encoded
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_name(f"{place.name}.{secrets.token_hex(4)}.new")
        new.write_bytes(b"".join([_MAGIC, len(header).to_bytes(4), header, *made.data]))
        try:
            new.replace(place)
        except FileNotFoundError:
            return  # another build that ended meanwhile took it for unused: it will be made again
        except PermissionError:  # Windows: another process reads the same entry
            new.unlink(missing_ok=True)

    def forget_unused(self, state: Path, keys: Iterable[bytes]) -> None:
        """List what the output of this state folder uses, and delete what none of the site's does."""
        names = "\n".join(sorted(key.hex() for key in set(keys)))
        listed = state / FOLDER
        known = listed.read_text("ascii") if listed.is_file() else ""
        if names == known:
            return
        listed.write_text(names, "ascii")
        used: set[str] = set()
        for other in self.folder.parent.glob(f"*/{FOLDER}"):
            if other.is_file():
                used.update(other.read_text("ascii").split())
        for place in self.folder.glob("*/*"):
            if place.parent.name + place.name not in used:
                with contextlib.suppress(OSError):  # held open on Windows: the next build's to do
                    place.unlink()


def _header(data: bytes) -> int:
    """Where the pieces begin; raises ValueError if it is no entry."""
    if not data.startswith(_MAGIC):
        raise ValueError("not an entry")
    start = len(_MAGIC) + 4
    return start + int.from_bytes(data[len(_MAGIC) : start])
