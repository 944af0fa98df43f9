"""From the text of a document to its body."""

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.simple import convert_plain
from gazette.reading.markup.source import clean
from gazette.reading.model import Converted


def convert_markdown(text: str, settings: MarkdownSettings, first_line: int = 1) -> Converted:
    """Convert a Markdown text; `first_line` is the line of the file on which it begins."""
    text = clean(text)
    notes = Notes()
    notes.start(text, first_line)
    plain = convert_plain(text, settings, notes)
    if plain is not None:
        return plain
    from gazette.reading.markup.full import (
        convert_fully,
    )  # Python-Markdown: where a text is not plain

    return convert_fully(text, settings, first_line)


def convert_html(text: str, settings: MarkdownSettings, first_line: int = 1) -> Converted:
    """Convert a text that is HTML already, by the same rules as raw HTML in Markdown."""
    from gazette.reading.markup import full

    return full.convert_html(text, settings, first_line)
