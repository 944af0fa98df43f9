"""Galleries: consecutive pictures."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.pictures import (
    caption_below,
    figure_of,
    items_of,
    paragraphs_with_pictures,
    register_picture_lines,
)


class GalleryProcessor(Treeprocessor):
    """Makes `<div class="gallery">` of paragraphs that hold several pictures and nothing else."""

    def run(self, root: Element) -> None:
        """Turn the paragraphs of the tree."""
        for parent, paragraph in paragraphs_with_pictures(root):
            items = items_of(paragraph)
            if len(items) < 2:
                continue
            caption_below(parent, paragraph, items[-1])
            gallery = Element("div", {"class": "gallery"})
            gallery.extend(figure_of(item) for item in items)
            gallery.tail = paragraph.tail
            parent[list(parent).index(paragraph)] = gallery


class Galleries(Convention):
    """Switch `galleries`."""

    def register(self, md: Markdown) -> None:
        """Register behind the inline pass and before figures."""
        register_picture_lines(md)
        md.treeprocessors.register(GalleryProcessor(md), "galleries", 18)
