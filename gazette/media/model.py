"""What is known of a picture."""

import msgspec

from gazette.media.formats import Format, copy_name


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """Bytes made of a picture: which, and where in its cache entry they lie."""

    width: int
    """Of a smaller copy; 0: the published original."""
    kind: Format
    offset: int
    length: int
    digest: bytes


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """A picture as it is published. What pages show of it depends on the first five fields only."""

    kind: Format = "jpeg"
    """Of the published original; what its name says may be wrong."""
    width: int = 0
    """In pixels, upright; 0: not known (an SVG picture without a size)."""
    height: int = 0
    widths: tuple[int, ...] = ()
    """Of the smaller copies, ascending."""
    kinds: tuple[Format, ...] = ()
    """Formats of the copies. Those in another format than the original's include one of full width."""
    size: int = 0
    """Bytes of the published original."""
    pieces: tuple[Piece, ...] = ()
    """What was made; without one of width 0 the file itself is published."""
    fault: str = ""
    """Code of the problem that forbids publishing it; then the rest means nothing."""
    reason: str = ""


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """A picture of this site as pages show it, with its smaller copies.

    Addresses are relative to the site's root; the methods put `root` before them.
    """

    href: str
    width: int
    """In pixels; 0: not known."""
    height: int
    widths: tuple[int, ...]
    """Of the smaller copies, ascending."""
    kind: Format
    """Of the original: jpeg, png, webp, gif, svg."""
    kinds: tuple[Format, ...]
    """Of the copies."""

    def srcset(self, root: str) -> str:
        """Value of `srcset` for `<img>`: copies in the original's format; empty if there are none."""
        if self.kind not in self.kinds:
            return ""
        return f"{self._copies(root, self.kind, self.widths)}, {root}{self.href} {self.width}w"

    def webp(self, root: str) -> str:
        """Value of `srcset` for `<source type="image/webp">`; empty if there are no such copies."""
        if self.kind == "webp" or "webp" not in self.kinds:
            return ""
        return self._copies(root, "webp", (*self.widths, self.width))

    def _copies(self, root: str, kind: Format, widths: tuple[int, ...]) -> str:
        return ", ".join(f"{root}{copy_name(self.href, w, kind)} {w}w" for w in widths)
