"""Any text, by Python-Markdown and Gazette's conventions: the steps in their order."""

from gazette.config.settings import MarkdownSettings
from gazette.problems import error
from gazette.reading.markup.cjk_joins import join_lines
from gazette.reading.markup.heading_shift import shift_headings
from gazette.reading.markup.headings import number_headings
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.plain import count_words, summary_of, text_of
from gazette.reading.markup.reader import forget_readers, reader_for
from gazette.reading.markup.references import cut
from gazette.reading.markup.sanitize import sanitize
from gazette.reading.markup.scrolling import frame_tables
from gazette.reading.markup.source import MORE, clean, mark_more
from gazette.reading.model import Body, Converted


def convert_fully(text: str, settings: MarkdownSettings, first_line: int = 1) -> Converted:
    """Convert a Markdown text that was cleaned; `first_line` is the line of the file on which it begins."""
    if _is_bomb(text):
        return _too_deep(first_line)
    reader = reader_for(settings)
    reader.notes.start(text, first_line)
    try:
        return _finish(reader.html_of(text), reader.notes)
    except RecursionError:
        forget_readers()
        return _too_deep(first_line)


def convert_html(text: str, settings: MarkdownSettings, first_line: int = 1) -> Converted:
    """Convert a text that is HTML already, by the same rules as raw HTML in Markdown."""
    text = clean(text)
    notes = Notes()
    notes.start(text, first_line)
    html = mark_more(text)
    try:
        if settings.html == "sanitized":
            html = sanitize(html, notes)
    except RecursionError:
        return _too_deep(first_line)
    if settings.heading_shift:
        html = shift_headings(html)
    if settings.cjk_joins:
        html = join_lines(html)
    return _finish(html.strip(), notes)


def _finish(html: str, notes: Notes) -> Converted:
    html, toc = number_headings(html)
    summary = summary_of(html)
    if MORE in html:
        html = html.replace(f"<p>{MORE}</p>\n", "").replace(f"<p>{MORE}</p>", "").replace(MORE, "")
    text = text_of(html)
    pieces, references, picture = cut(frame_tables(html), notes)
    return Converted(
        body=Body(pieces, references, toc, text),
        summary=summary,
        picture=picture,
        words=count_words(text),
        problems=tuple(notes.problems),
    )


_MOST_OPENINGS = 1000


def _is_bomb(text: str) -> bool:
    """Whether a paragraph opens so many links or tags that Python-Markdown, quadratic there, would hang."""
    if text.count("[") + text.count("<") <= _MOST_OPENINGS:
        return False
    return any(
        part.count("[") + max(0, part.count("<") - part.count(">")) > _MOST_OPENINGS
        for part in text.split("\n\n")
    )


def _too_deep(first_line: int) -> Converted:
    problem = error("markup-too-deep", line=first_line)
    return Converted(Body(("",), (), (), ""), "", None, 0, (problem,))
