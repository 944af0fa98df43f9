"""The source of a paragraph -> its words, each with its place in the source.

This reads as much Markdown and HTML as tells words from markup, at a tenth of what converting costs.
"""

import html
import re
from collections.abc import Callable
from typing import Literal

import msgspec

LEFT_OUT = "\ufffc"
"""Stands for code and written-out addresses, so that the words around them do not run together."""

_SPECIAL = re.compile(r"[\[\]<\n*_&`\\{@:!！w]")
_HEAD = re.compile(r"(?:https?|ftp|file|[a-zA-Z0-9][\w.+-]*)\Z", re.ASCII)
"""What stands before the mark of an address: `://` or `@`."""
_TARGET = r"[ \t]*<?(?:[^\s()（）<>]|\([^\s()]*\))*>?"
_TITLE = r"[ \t]+[\"'“”][^\"“”\n]*[\"'“”][ \t]*"
_NESTED = r"!?\[[^\[\]\n]*\]\([^()\n]*\)"
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<code>(?P<ticks>`+)[^`].*?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<picture>[!！][\[［](?P<alt>[^\[\]［］\n]*)[\]］][(（](?P<src>{_TARGET})(?P<credit>{_TITLE})?[)）])"
    r"|(?P<note>\[\^[^\]\n]+\]:?)"
    rf"|(?P<open>\[(?=(?>[^\[\]!]+|{_NESTED}|!)*+\][(\[]))"
    rf"|(?P<close>\]\((?P<href>{_TARGET})(?:{_TITLE})?\)|\]\[[^\[\]\n]*\])"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]+|[^\s<>@/]+@[^\s<>@/]+)>"
    r"|(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>\s[^<>]*)?/?>)"
    r"|(?P<entity>&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)"
    r"|(?P<address>www\.[!-;=?-~]+)"
    r"|(?P<bars>(?<!_)__(?!_))"
    r"|(?P<break>\n[ \t\u3000]*(?:>[ \t]?)*)"
    r"|(?P<list>\{:?[ \t]*[.\#][^{}\n]*\})",
    re.DOTALL,
)
_STARS = re.compile(r"(?P<stars>\*+)")
_ADDRESS = re.compile(
    r"(?P<address>(?:https?|ftp|file)://[!-;=?-~]+)"
    r"|(?P<mail>[\w.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]*[a-zA-Z0-9])",
    re.ASCII,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BLOCK_TAGS = (
    "address article aside blockquote br caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre"
    " section table tbody td th thead tr ul"
)
_LINES = frozenset(_BLOCK_TAGS.split())
"""Tags that end a line of text."""
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026]")


class Link(msgspec.Struct, frozen=True):
    """Something that leads elsewhere; `offset` is its place in the document's source."""

    kind: Literal["link", "picture", "address"]
    """`address`: written out, in angle brackets or bare."""
    text: str
    """Words of the link, or the picture's alternative text; empty of an address."""
    target: str
    """As written; empty of a link by label (`[text][label]`)."""
    offset: int


class Words(msgspec.Struct, frozen=True):
    """The words of a paragraph and where they stand."""

    text: str
    places: tuple[tuple[int, int], ...]
    """(index in `text`, offset in the source), ascending; between two of them both run in step."""
    links: tuple[Link, ...] = ()
    pictures: tuple["Words", ...] = ()
    """Alternative texts and credits of the pictures in it."""


def words_of(source: str, start: int, end: int) -> Words:
    """The words of `source[start:end]`, one block of text."""
    first = _SPECIAL.search(source, start, end)
    if first is None:
        return Words(source[start:end], ((0, start),))
    if first[0] == "*":
        words = _bold_only(source[start:end], start)
        if words is not None:
            return words
    return _Reader(source, start, end).read(first.start())


def _bold_only(block: str, start: int) -> Words | None:
    """The words of a block whose only markup is `**bold**`, as most that have any; None: it has other."""
    from gazette.reading.markup.mask_words import may_hold_masks

    parts = block.split("**")
    text = "".join(parts)
    if len(parts) % 2 == 0 or not all(map(_is_tight, parts[1:-1])) or _SPECIAL.search(text):
        return None
    if parts[0][-1:].isspace() or parts[-1][:1].isspace() or may_hold_masks(block):
        return None
    places, index, offset = [], 0, start
    for part in parts:
        places.append((index, offset))
        index += len(part)
        offset += len(part) + 2
    return Words(text, tuple(places))


def _is_tight(part: str) -> bool:
    """Whether marks stand close on both its sides."""
    return bool(part) and not part[0].isspace() and not part[-1].isspace()


class _Reader:
    """Goes through one block from markup to markup."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._start = start
        self._end = end
        self._text: list[str] = []
        self._length = 0
        self._places: list[tuple[int, int]] = []
        self._links: list[Link] = []
        self._pictures: list[Words] = []
        self._open: list[tuple[int, int, str]] = []
        """Of each open link: its text's start, its offset, its target if that is known already."""
        self._marks = (
            _emphasis(source[start:end], start) if "*" in source[start:end] else frozenset()
        )

    def read(self, first: int) -> Words:
        """Read the whole block, whose first character of markup stands at `first`."""
        source, end = self._source, self._end
        done, place = self._start, first
        while place >= 0:
            match = self._markup(place, done)
            if match is not None:
                if match.start() > done:
                    self._add(source[done : match.start()], done)
                done = match.end()
                handle = _HANDLERS.get(match.lastgroup or "")
                if handle is not None:
                    handle(self, match)
            following = _SPECIAL.search(source, max(done, place + 1), end)
            place = following.start() if following else -1
        if done < end:
            self._add(source[done:end], done)
        text, places = "".join(self._text), tuple(self._places)
        return Words(text, places, tuple(self._links), tuple(self._pictures))

    def _markup(self, place: int, done: int) -> re.Match[str] | None:
        """The markup at `place`, or an address whose mark stands there."""
        mark = self._source[place]
        if mark == "*":
            return _STARS.match(self._source, place, self._end)
        if mark not in "@:":
            return _INLINE.match(self._source, place, self._end)
        if mark == ":" and not self._source.startswith("://", place):
            return None
        head = _HEAD.search(self._source, max(done, place - 64), place)
        return _ADDRESS.match(self._source, head.start(), self._end) if head else None

    def _add(self, text: str, offset: int) -> None:
        self._places.append((self._length, offset))
        self._text.append(text)
        self._length += len(text)

    def _escaped(self, match: re.Match[str]) -> None:
        self._add(match["escaped"], match.start("escaped"))

    def _leave_out(self, match: re.Match[str]) -> None:
        self._add(LEFT_OUT, match.start())

    def _picture(self, match: re.Match[str]) -> None:
        link = Link("picture", match["alt"].strip(), match["src"].strip(" \t<>"), match.start())
        self._links.append(link)
        for group in ("alt", "credit"):
            text = (match[group] or "").strip(" \t\"'“”")
            if text:
                place = self._source.index(text, match.start(group))
                self._pictures.append(Words(text, ((0, place),)))

    def _open_link(self, match: re.Match[str]) -> None:
        self._open.append((len(self._text), match.start(), ""))

    def _close_link(self, match: re.Match[str]) -> None:
        if self._open:
            first, offset, target = self._open.pop()
            href = target or (match["href"] or "").strip(" \t<>")
            self._links.append(Link("link", "".join(self._text[first:]).strip(), href, offset))
        else:
            self._add(match[0], match.start())

    def _address(self, match: re.Match[str]) -> None:
        target = match[0].strip("<>")
        self._links.append(Link("address", "", target.rstrip(".,;:!?)"), match.start()))
        self._leave_out(match)

    def _mail(self, match: re.Match[str]) -> None:
        self._links.append(Link("address", "", f"mailto:{match[0]}", match.start()))
        self._leave_out(match)

    def _tag(self, match: re.Match[str]) -> None:
        name, closes = match["name"].lower(), match[0].startswith("</")
        if name == "a" and closes:
            self._close_anchor()
        elif name in ("a", "img"):
            found = _ATTRIBUTE.findall(match["attributes"] or "")
            given = {key.lower(): html.unescape("".join(values)) for key, *values in found}
            if name == "img":
                self._image(match, given)
            elif "href" in given:
                self._open.append((len(self._text), match.start(), given["href"]))
        elif name in _LINES and self._text and not self._text[-1].endswith("\n"):
            self._add("\n", match.start())

    def _close_anchor(self) -> None:
        if self._open:
            first, offset, target = self._open.pop()
            self._links.append(Link("link", "".join(self._text[first:]).strip(), target, offset))

    def _image(self, match: re.Match[str], given: dict[str, str]) -> None:
        alt = given.get("alt", "").strip()
        self._links.append(Link("picture", alt, given.get("src", ""), match.start()))
        if alt:
            place = self._source.find(alt, match.start(), match.end())
            self._pictures.append(Words(alt, ((0, place if place >= 0 else match.start()),)))

    def _entity(self, match: re.Match[str]) -> None:
        self._add(html.unescape(match[0]), match.start())

    def _stars(self, match: re.Match[str]) -> None:
        if match.start() not in self._marks:
            self._add(match[0], match.start())

    def _break(self, match: re.Match[str]) -> None:
        last = self._text.pop() if self._text else ""
        before = last.rstrip(" \t\u3000")
        self._text.append(before)
        self._length -= len(last) - len(before)
        after = self._source[match.end() : match.end() + 1]
        if last.endswith("  "):
            self._add("\n", match.start())
        elif not (_WIDE.match(before[-1:]) and _WIDE.match(after)):
            self._add(" ", match.start())


_HANDLERS: dict[str, Callable[[_Reader, re.Match[str]], None]] = {
    "escaped": _Reader._escaped,
    "code": _Reader._leave_out,
    "picture": _Reader._picture,
    "open": _Reader._open_link,
    "close": _Reader._close_link,
    "auto": _Reader._address,
    "address": _Reader._address,
    "mail": _Reader._mail,
    "tag": _Reader._tag,
    "entity": _Reader._entity,
    "stars": _Reader._stars,
    "break": _Reader._break,
}
"""What is done with each kind of markup; the others are dropped."""


def _emphasis(block: str, start: int) -> frozenset[int]:
    """Offsets of the runs of asterisks that emphasise: those that pair and are no masked figures."""
    from gazette.reading.markup.mask_words import may_hold_masks
    from gazette.reading.markup.masks import masks_in  # with Python-Markdown, slow to load

    masks = {place for place, _ in masks_in(block)} if may_hold_masks(block) else ()
    waiting: dict[str, int] = {}
    found: list[int] = []
    for run in _STARS.finditer(block):
        place, stars = run.start(), run[0]
        if place in masks:
            continue
        if stars in waiting and not block[place - 1].isspace():
            found += (start + waiting.pop(stars), start + place)
        else:
            waiting[stars] = place
    return frozenset(found)
