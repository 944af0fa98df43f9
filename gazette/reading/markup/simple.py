"""Plain news, read without Python-Markdown: paragraphs, headings, lists, tables and pictures, each simple.

Most articles hold nothing else, and for them Python-Markdown's many steps take most of a build's time.
What is not plain in every block is left to it whole. The results are the same: tests compare the two on
texts of all kinds and under all settings.
"""

import re
from collections.abc import Callable

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup.headings import unique_id
from gazette.reading.markup.indents import without_indent
from gazette.reading.markup.mask_words import may_hold_masks
from gazette.reading.markup.notes import Notes
from gazette.reading.markup.plain import count_words, shorten
from gazette.reading.markup.references import cut
from gazette.reading.markup.scrolling import frame_tables
from gazette.reading.model import Body, Converted, Heading

_OPEN = r"[^*_`\[\]\\<>&]"
SIMPLE_PIECE = re.compile(
    rf"\*\*(?P<bold>(?!\s){_OPEN}++(?<!\s))\*\*|(?<!!)\[(?P<text>{_OPEN}++)\]\((?P<href>[A-Za-z0-9/:.-]++)\)"
)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", SIMPLE_PIECE.pattern)
SIMPLE = re.compile(rf"(?!\Z){_OPEN}*+(?:(?:{_UNNAMED}){_OPEN}*+)*")  # see tags.REST
"""A text whose only markup is bold and links, none in another."""
_FOREIGN = re.compile("[`\\\\<>&{}\t\ufdd0\u00a0\u2002\u2003▲△]")
"""Code, escapes, HTML, attributes, captions: what is not plain wherever it stands."""
_FOREIGN_PAIRS = ("~~~", "!［", "！［", "！[", "[^", " \n", "\u3000\n", "\n ", "\n\n\n")
_HEADING = re.compile(r"(#{2,6}) +([^#\s](?:[^#\n]*[^#\s])?)")
_NOT_A_PARAGRAPH = re.compile(r"[#=\-_+>|:~\s]|\*(?!\*)|[0-9]+[.)]|!\[|\[[^\]]*\]:")
_BULLETS = re.compile(r"- [^\n]+(?:\n- [^\n]+)*")
_NUMBERS = re.compile(r"1\. [^\n]+(?:\n[0-9]{1,3}\. [^\n]+)*")
_TABLE = re.compile(r"\|[^\n]+\|\n\|(?: *-{3,} *\|)+\n(?:\|[^\n]+\|(?:\n|$))+")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n*_\"]*)\]\((?P<src>[\w./-]+\.(?:jpe?g|png|gif|webp))\)", re.I
)
_ODD_SCHEME = re.compile(r"\]\((?!https?://)[^()]*:")


class _NotPlainError(Exception):
    """The text is Python-Markdown's."""


def convert_plain(text: str, settings: MarkdownSettings, notes: Notes) -> Converted | None:
    """Convert `text` (cleaned) if all of it is plain; None if it is not."""
    text = text.strip("\n")
    if not text or _FOREIGN.search(text) or any(pair in text for pair in _FOREIGN_PAIRS):
        return None
    if "](" in text and _ODD_SCHEME.search(text):
        return None
    if "*" in text and may_hold_masks(text):
        return None
    try:
        return _Plain(settings).converted(text, notes)
    except _NotPlainError:
        return None


class _Plain:
    """One text while it is converted, block by block."""

    def __init__(self, settings: MarkdownSettings) -> None:
        self._settings = settings
        self._html: list[str] = []
        self._lines: list[str] = []
        """Of the plain text."""
        self._summary: str | None = None
        self._toc: list[Heading] = []
        self._ids: set[str] = set()
        self._above = ""
        """The kind of the block above, by its first character."""

    def converted(self, text: str, notes: Notes) -> Converted:
        for block in text.split("\n\n"):
            kind = block[0]
            _READERS.get(kind, _Plain._paragraph)(self, block)
            self._above = kind
        if self._summary is None:
            raise _NotPlainError
        plain = "\n".join(self._lines)
        pieces, references, picture = cut(frame_tables("\n".join(self._html)), notes)
        return Converted(
            body=Body(pieces, references, tuple(self._toc), plain),
            summary=shorten(self._summary),
            picture=picture,
            words=count_words(plain),
            problems=tuple(notes.problems),
        )

    def _paragraph(self, block: str) -> None:
        if block[0] == "\u3000" and self._settings.typed_indents:
            block = without_indent(block)
        if not block or "\n" in block or _NOT_A_PARAGRAPH.match(block):
            raise _NotPlainError
        html, plain = _inline(block)
        self._html.append(f"<p>{html}</p>")
        line = self._add(plain)
        if self._summary is None and line:
            self._summary = line

    def _heading(self, block: str) -> None:
        match = _HEADING.fullmatch(block)
        if match is None or not self._settings.hashtags:
            raise _NotPlainError
        level = len(match[1])
        html, plain = _inline(match[2])
        title = self._add(plain)
        name = unique_id(title, self._ids)
        self._html.append(f'<h{level} id="{name}">{html}</h{level}>')
        self._toc.append(Heading(level, name, title))

    def _list(self, block: str) -> None:
        bullets = block[0] == "-"
        shape, tag = (_BULLETS, "ul") if bullets else (_NUMBERS, "ol")
        # One list below another may be its continuation.
        if self._above in _LIST_MARKS or shape.fullmatch(block) is None:
            return self._paragraph(block)
        items = [line.split(" ", 1)[1] for line in block.split("\n")]
        self._html.append(f"<{tag}>")
        for item in items:
            if _NOT_A_PARAGRAPH.match(item):
                raise _NotPlainError
            html, plain = _inline(item)
            self._html.append(f"<li>{html}</li>")
            self._add(plain)
        self._html.append(f"</{tag}>")
        return None

    def _table(self, block: str) -> None:
        if _TABLE.fullmatch(block) is None:
            raise _NotPlainError
        head, line, *rows = [row[1:-1].split("|") for row in block.split("\n")]
        if any(len(row) != len(line) for row in (head, *rows)):
            raise _NotPlainError
        self._html += ("<table>", "<thead>")
        self._row(head, "th")
        self._html += ("</thead>", "<tbody>")
        for row in rows:
            self._row(row, "td")
        self._html += ("</tbody>", "</table>")

    def _row(self, cells: list[str], tag: str) -> None:
        self._html.append("<tr>")
        texts = []
        for cell in cells:
            html, plain = _inline(cell.strip(" "))
            self._html.append(f"<{tag}>{html}</{tag}>")
            texts.append(plain)
        self._html.append("</tr>")
        self._add(" ".join(texts))

    def _picture(self, block: str) -> None:
        match = _PICTURE.fullmatch(block)
        if match is None or not self._settings.figures:
            raise _NotPlainError
        alt = match["alt"]
        caption = alt.strip()
        self._html.append(f'<figure class="figure"><img alt="{alt}" src="{match["src"]}">')
        if caption:
            self._html[-1] += f"<figcaption>{caption}</figcaption>"
            self._html.append("</figure>")
            self._add(caption)
        else:
            self._html[-1] += "</figure>"

    def _add(self, plain: str) -> str:
        """Add a line of plain text, with its white space folded; the line."""
        line = " ".join(plain.split())
        if line:
            self._lines.append(line)
        return line


_LIST_MARKS = frozenset("-0123456789")
_READERS: dict[str, Callable[[_Plain, str], None]] = {
    "#": _Plain._heading,
    "|": _Plain._table,
    "!": _Plain._picture,
    **dict.fromkeys(_LIST_MARKS, _Plain._list),
}


def _inline(text: str) -> tuple[str, str]:
    """HTML and plain text of a text with no other marks than those of bold and links."""
    if "*" not in text and "[" not in text and "]" not in text and "_" not in text:
        return text, text
    if SIMPLE.fullmatch(text) is None:
        raise _NotPlainError
    html: list[str] = []
    plain: list[str] = []
    done = 0
    for piece in SIMPLE_PIECE.finditer(text):
        before = text[done : piece.start()]
        shown = piece["bold"] or piece["text"]
        html += (
            (before, "<strong>", shown, "</strong>")
            if piece["bold"]
            else (before, '<a href="', piece["href"], '">', shown, "</a>")
        )
        plain += (before, shown)
        done = piece.end()
    rest = text[done:]
    return "".join([*html, rest]), "".join([*plain, rest])
