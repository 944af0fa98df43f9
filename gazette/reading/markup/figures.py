"""Figures: a picture alone in a paragraph, with its caption and credit."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.pictures import (
    Item,
    caption_below,
    figure_of,
    items_of,
    paragraphs_with_pictures,
    register_picture_lines,
)


class FigureProcessor(Treeprocessor):
    """Makes `<figure class="figure">` of paragraphs that hold one picture."""

    def run(self, root: Element) -> None:
        """Turn the paragraphs of the tree."""
        for parent, paragraph in paragraphs_with_pictures(root):
            items = items_of(paragraph)
            if len(items) == 1:
                put_figure(parent, paragraph, items[0])


def put_figure(parent: Element, paragraph: Element, item: Item) -> None:
    """Put the figure of `item` in its paragraph's place."""
    caption_below(parent, paragraph, item)
    figure = figure_of(item)
    figure.tail = paragraph.tail
    parent[list(parent).index(paragraph)] = figure


class Figures(Convention):
    """Switch `figures`."""

    def register(self, md: Markdown) -> None:
        """Register behind the inline pass and behind galleries."""
        register_picture_lines(md)
        md.treeprocessors.register(FigureProcessor(md), "figures", 17)
