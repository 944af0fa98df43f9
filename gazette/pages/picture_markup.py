"""`<img>` of a text -> the same with its size, smaller copies and lazy loading."""

import re
from collections.abc import Iterator, Mapping
from html import escape

import msgspec

from gazette.media.model import Shown
from gazette.reading.markup.tags import REST, attributes_of

_TO_ITS_END = re.compile(REST)
_OPEN_TAG = re.compile(rf"<img(?=[\s/]|\Z){REST[:-1]}", re.IGNORECASE)
_SIZE = frozenset(["width", "height"])
_COPIES = frozenset(["srcset", "sizes"])


class Markup(msgspec.Struct, frozen=True):
    """How pictures of a text are written: addresses from `root`, sizes as the theme says."""

    root: str
    sizes: Mapping[str, str]
    plain: bool
    """Only with their size: for feeds, whose readers know neither the site's layout nor its copies."""

    def put(
        self, before: str, after: str, shown: Shown, place: str, is_first: bool
    ) -> tuple[str, str]:
        """The HTML before and after the picture's `src`, changed so that `before + after` shows it.

        `place` is `body` or `gallery`. What the author's own tag says stands.
        """
        src = f' src="{escape(self.root + shown.href)}"'
        start, end = _start_of_tag(before), _TO_ITS_END.match(after)
        if start is None or end is None:
            return before + src, after
        tag = f"{before[start:]}{after[: end.end()]}"
        own = {attribute.name for attribute in attributes_of(tag, 0, len(tag))}
        sizes = escape(self.sizes.get(place, "100vw"))
        added = src + "".join(self._added(shown, sizes, own, is_first))
        webp = "" if self.plain or own & _COPIES else escape(shown.webp(self.root))
        if not webp:
            return before + added, after
        opening = f'<picture><source type="image/webp" srcset="{webp}" sizes="{sizes}">'
        before = before[:start] + opening + before[start:] + added
        return before, f"{after[: end.end()]}</picture>{after[end.end() :]}"

    def _added(self, shown: Shown, sizes: str, own: set[str], is_first: bool) -> Iterator[str]:
        srcset = "" if self.plain or own & _COPIES else escape(shown.srcset(self.root))
        if srcset:
            yield f' srcset="{srcset}" sizes="{sizes}"'
        if shown.width and not own & _SIZE:
            yield f' width="{shown.width}" height="{shown.height}"'
        # The first picture may be what a reader sees first.
        if not is_first and not self.plain:
            if "loading" not in own:
                yield ' loading="lazy"'
            if "decoding" not in own:
                yield ' decoding="async"'


def _start_of_tag(before: str) -> int | None:
    """Where the `<img` that `before` ends in begins; `<img` may also stand in a quoted value."""
    start = before.rfind("<img")
    while start >= 0 and not _OPEN_TAG.fullmatch(before, start):
        start = before.rfind("<img", 0, start)
    return start if start >= 0 else None
