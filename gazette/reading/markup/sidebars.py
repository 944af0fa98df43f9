"""Sidebars: a quotation that opens with `【标题】` is a box beside the text."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from gazette.reading.markup.convention import Convention

_TITLE = re.compile(r"\s*【([^【】]+)】\s*")


class SidebarProcessor(Treeprocessor):
    """Makes such quotations `<aside class="sidebar">`."""

    def run(self, root: Element) -> None:
        """Turn each quotation of the tree that opens with a title in brackets."""
        for quote in list(root.iter("blockquote")):
            if len(quote) and quote[0].tag == "p":
                _turn(quote, quote[0])


def _turn(quote: Element, first: Element) -> None:
    # The title may be set in bold: `> **【标题】**`.
    emphasis = first[0] if len(first) and not (first.text or "").strip() else None
    holder = first if emphasis is None else emphasis
    match = _TITLE.match(holder.text or "")
    if match is None or (
        emphasis is not None and (match.end() != len(holder.text or "") or len(emphasis))
    ):
        return
    if emphasis is None:
        first.text = (first.text or "")[match.end() :]
    else:
        first.text = (emphasis.tail or "").lstrip()
        first.remove(emphasis)
    if not len(first) and not (first.text or "").strip():
        quote.remove(first)
    title = Element("p", {"class": "sidebar-title"})
    title.text = match[1].strip()
    quote.insert(0, title)
    quote.tag = "aside"
    quote.set("class", "sidebar")


class Sidebars(Convention):
    """Switch `sidebars`."""

    def register(self, md: Markdown) -> None:
        """Register behind the inline pass."""
        md.treeprocessors.register(SidebarProcessor(md), "sidebars", 14)
