"""Python-Markdown put together with Gazette's conventions, once for each set of settings."""

import functools
import threading
from dataclasses import dataclass

from markdown import Extension, Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup.attributes import Attributes
from gazette.reading.markup.blocks import PlainParagraphs
from gazette.reading.markup.cjk_joins import CjkJoins
from gazette.reading.markup.convention import Convention
from gazette.reading.markup.figures import Figures
from gazette.reading.markup.galleries import Galleries
from gazette.reading.markup.hashtags import Hashtags
from gazette.reading.markup.heading_shift import HeadingShift
from gazette.reading.markup.inline import QuickInline
from gazette.reading.markup.long_lines import LongLines
from gazette.reading.markup.masks import Masks
from gazette.reading.markup.nested_lists import NestedLists
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.quick import Quick, finish
from gazette.reading.markup.raw import RawHtml
from gazette.reading.markup.sanitize import Sanitized
from gazette.reading.markup.sidebars import Sidebars
from gazette.reading.markup.tables import Tables
from gazette.reading.markup.typed_indents import TypedIndents
from gazette.reading.markup.videos import Videos
from gazette.reading.markup.wide_pictures import WidePictures

SWITCHED: dict[str, type[Convention]] = {
    "cjk_joins": CjkJoins,
    "long_lines": LongLines,
    "typed_indents": TypedIndents,
    "nested_lists": NestedLists,
    "hashtags": Hashtags,
    "heading_shift": HeadingShift,
    "masks": Masks,
    "wide_pictures": WidePictures,
    "figures": Figures,
    "galleries": Galleries,
    "videos": Videos,
    "sidebars": Sidebars,
}
"""The conventions, by their switches in the settings."""


@dataclass(frozen=True)
class Reader:
    """A Markdown processor that is used for one document after another, and its notes."""

    markdown: Markdown
    notes: Notes

    def html_of(self, text: str) -> str:
        """The HTML of `text`, sanitised where the settings say so; links and ids are still as written."""
        self.markdown.reset()
        return self.markdown.convert(text)


def reader_for(settings: MarkdownSettings) -> Reader:
    """The reader of `settings`; threads do not share one."""
    return _reader(settings, threading.get_ident())


def forget_readers() -> None:
    """Drop all readers: one that was interrupted in the midst of a text must not be used again."""
    _reader.cache_clear()


@functools.lru_cache(maxsize=8)
def _reader(settings: MarkdownSettings, _thread: int) -> Reader:
    notes = Notes()
    markdown = Markdown(output_format="html", extensions=_extensions(settings, notes))
    markdown.parser.blockprocessors.register(PlainParagraphs(markdown.parser), "plain", 200)
    finish(markdown)
    return Reader(markdown, notes)


def _extensions(settings: MarkdownSettings, notes: Notes) -> list[Extension]:
    extensions: list[Extension] = [
        RawHtml(notes),
        Tables(),
        FootnoteExtension(BACKLINK_TITLE="↩ {}"),
        DefListExtension(),
        SaneListExtension(),
        Attributes(notes),
        QuickInline(notes),
        Quick(notes),
    ]
    if settings.html == "sanitized":
        extensions.append(Sanitized(notes))
    extensions += [make(notes) for name, make in SWITCHED.items() if getattr(settings, name)]
    return extensions
