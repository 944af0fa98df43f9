"""Videos and sound: `![标题](a.mp4)` is a player."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.figures import put_figure
from gazette.reading.markup.pictures import (
    items_of,
    paragraphs_with_pictures,
    register_picture_lines,
)

_KINDS = {"video": "mp4|webm|ogv|m4v", "audio": "mp3|m4a|ogg|wav"}
_EXTENSION = re.compile(
    r"\.(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _KINDS.items())
    + r")(?:[?#].*)?$",
    re.I,
)


def kind_of(target: str) -> str | None:
    """`video` or `audio`, by the extension of an address; else None."""
    match = _EXTENSION.search(target)
    return match.lastgroup if match else None


class VideoProcessor(Treeprocessor):
    """Makes players of pictures whose address is a video's or a recording's."""

    def run(self, root: Element) -> None:
        """Make figures of those that stand alone (unless that is done), then turn all of the tree."""
        for parent, paragraph in paragraphs_with_pictures(root):
            items = items_of(paragraph)
            if len(items) == 1 and kind_of(items[0].picture.get("src", "")):
                put_figure(parent, paragraph, items[0])
        for parent in list(root.iter()):
            for child in parent:
                kind = kind_of(child.get("src", "")) if child.tag == "img" else None
                if kind:
                    _turn(child, kind)
                    if parent.tag == "figure":
                        parent.set("class", kind)


def _turn(picture: Element, kind: str) -> None:
    title = picture.attrib.pop("alt", "").strip()
    picture.tag = kind
    picture.set("controls", "controls")
    picture.set("preload", "metadata")
    picture.attrib.pop("title", None)
    if title:
        picture.set("title", title)
        picture.set("aria-label", title)


class Videos(Convention):
    """Switch `videos`."""

    def register(self, md: Markdown) -> None:
        """Register behind galleries and figures, which treat videos as pictures."""
        register_picture_lines(md)
        md.treeprocessors.register(VideoProcessor(md), "videos", 16)
