"""What figures, galleries and videos share: pictures that stand alone, with captions and credits."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

CAPTION_MARKS = "▲△"

_TARGET = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
_PICTURE = rf"!\[[^\[\]\n]*\](?:{_TARGET}|\[[^\[\]\n]*\])"
_PICTURE_LINE = re.compile(
    rf"\s*(?:(?:\[{_PICTURE}\]{_TARGET}|{_PICTURE})(?:\{{[^{{}}\n]*\}})?\s*)+\\?"
)


@dataclass
class Item:
    """A picture of a paragraph that holds nothing else, and its caption from a line `▲…`."""

    shown: Element
    """The picture, or the link around it."""
    picture: Element
    caption: Element | None = None


class PictureLineProcessor(BlockProcessor):
    """Sets lines that hold only pictures, and the captions below them, apart from the lines of text."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether `block` holds such lines among others, and is no item of a list."""
        if "![" not in block or "\n" not in block or parent.tag in ("li", "dd"):
            return False
        return len(_segments(block)) > 1

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Make a block of each run of such lines, and of each run of others."""
        segments = _segments(blocks.pop(0))
        blocks[:0] = segments
        return True


def _segments(block: str) -> list[str]:
    segments: list[str] = []
    was_picture = False
    for line in block.split("\n"):
        is_picture = _PICTURE_LINE.fullmatch(line) is not None or (
            was_picture and line.lstrip(" \u3000")[:1] in tuple(CAPTION_MARKS)
        )
        if segments and is_picture == was_picture:
            segments[-1] += f"\n{line}"
        else:
            segments.append(line)
        was_picture = is_picture
    return segments


def register_picture_lines(md: Markdown) -> None:
    """Register the block processor once, whichever of the conventions is switched on."""
    if "picture_lines" not in md.parser.blockprocessors:
        md.parser.blockprocessors.register(PictureLineProcessor(md.parser), "picture_lines", 14)


def items_of(paragraph: Element) -> list[Item]:
    """The pictures of a paragraph that holds pictures and their captions only; else an empty list."""
    if (paragraph.text or "").strip():
        return []
    items: list[Item] = []
    for child in paragraph:
        picture = _picture_in(child)
        if picture is not None:
            items.append(Item(child, picture))
        elif not items or (items[-1].caption is None and child.tag != "br"):
            return []
        elif items[-1].caption is not None:
            _add_to_caption(items[-1].caption, child)
            continue
        if not _take_tail(items[-1], child.tail or ""):
            return []
    return items


def _picture_in(element: Element) -> Element | None:
    if element.tag == "a" and len(element) == 1 and not (element.text or "").strip():
        child = element[0]
        return child if child.tag == "img" and not (child.tail or "").strip() else None
    return element if element.tag == "img" else None


def _take_tail(item: Item, tail: str) -> bool:
    tail = tail.strip()
    if not tail:
        return True
    if tail[0] not in CAPTION_MARKS:
        return False
    item.caption = Element("figcaption")
    item.caption.text = tail.lstrip(CAPTION_MARKS + " \u3000")
    return True


def _add_to_caption(caption: Element, child: Element) -> None:
    if child.tag != "br" or (child.tail or "").strip():
        caption.append(child)


def caption_in(paragraph: Element) -> Element | None:
    """The caption that `paragraph` is, if it begins with `▲`, as a `<figcaption>`."""
    text = (paragraph.text or "").lstrip()
    if paragraph.tag != "p" or text[:1] not in tuple(CAPTION_MARKS):
        return None
    caption = Element("figcaption")
    caption.text = text.lstrip(CAPTION_MARKS + " \u3000")
    caption.extend(list(paragraph))
    return caption


def figure_of(item: Item) -> Element:
    """`<figure class="figure">` of a picture, its caption and its credit."""
    figure = Element("figure", {"class": "figure"})
    figure.append(item.shown)
    item.shown.tail = item.picture.tail = None
    credit = (item.picture.attrib.pop("title", None) or "").strip()
    caption = item.caption
    if caption is None:
        caption = Element("figcaption")
        caption.text = item.picture.get("alt", "").strip()
    elif not item.picture.get("alt"):
        item.picture.set("alt", "".join(caption.itertext()).strip())
    if credit:
        SubElement(caption, "span", {"class": "credit"}).text = credit
    if credit or len(caption) or caption.text:
        figure.append(caption)
    return figure


def paragraphs_with_pictures(root: Element) -> list[tuple[Element, Element]]:
    """The paragraphs of the tree that may hold nothing but pictures, each with its parent."""
    if next(root.iter("img"), None) is None:
        return []
    return [
        (parent, child)
        for parent in root.iter()
        for child in parent
        if child.tag == "p" and len(child) and child[0].tag in ("img", "a")
    ]


def caption_below(parent: Element, paragraph: Element, item: Item) -> None:
    """Move the caption that the paragraph below is to the last picture of `paragraph`, if it has none."""
    index = list(parent).index(paragraph) + 1
    if item.caption is None and index < len(parent):
        item.caption = caption_in(parent[index])
        if item.caption is not None:
            parent.remove(parent[index])
