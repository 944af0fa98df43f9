"""Links: what points inside the site is cut out as references, what no page may hold loses its address."""

import re
from html import escape
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from gazette.reading.markup.notes import Notes
from gazette.reading.markup.tags import REST, Attribute, attributes_of
from gazette.reading.model import Reference

OUTSIDE_SCHEMES = frozenset(["http", "https", "mailto", "tel"])
"""Schemes of links that stay as they are."""

URL_ATTRIBUTES = frozenset(["href", "src", "poster"])

# Trusted HTML may hold scripts and comments, and these tags as text in them.
_TAG = re.compile(
    rf"<(?:(a|img|video|audio|source|track)(?=[\s/]){REST}|(script|style)\b.*?</\2|!--.*?-->)",
    re.I | re.S,
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_DRIVE = re.compile(r"[a-zA-Z]:[\\/]|\\\\")
_FEW_SLASHES = re.compile(r"^(https?):/*(?=[^/])", re.I)
_GALLERY = '<div class="gallery">'
_NAMES = re.compile(r"[\w.-]{3,}")
# Browsers drop these from an address before they look for its scheme.
_IGNORED = re.compile(
    "[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\xad]"
)


class Verdict(NamedTuple):
    """What an address is."""

    kind: Literal["inside", "outside", "refused"]
    target: str
    """The address with entities resolved and backslashes turned."""
    code: str | None = None
    """The problem, if there is one."""


class Cut(NamedTuple):
    """HTML cut at its references, see `Body`."""

    pieces: tuple[str, ...]
    references: tuple[Reference, ...]
    picture: str | None


def judge(value: str) -> Verdict:
    """Say where the address `value` (entities resolved) points."""
    value = value.strip(" \t\n\r\f\u3000")
    bare = _IGNORED.sub("", value)
    if _DRIVE.match(bare):
        return Verdict("refused", value, "link-local-file")
    if not bare:
        return Verdict("refused", value, "link-empty")
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() not in OUTSIDE_SCHEMES:
        return Verdict("refused", value, "link-scheme")
    turned = _turn_backslashes(value)
    refused = Verdict("refused", value, "link-scheme")
    code = None if turned == value else "link-backslash"
    if scheme:
        # An obfuscated scheme, `ht\ntps:`, is written out.
        address = turned if _SCHEME.match(turned) else bare
        return Verdict("outside", address, code) if _has_host(address) else refused
    if bare.replace("\\", "/").startswith("//"):
        return Verdict("outside", turned, code) if _has_host(turned) else refused
    if turned.startswith("#"):
        return Verdict("outside", turned, code)
    return Verdict("inside", turned, code)


def _has_host(address: str) -> bool:
    """Whether browsers can make anything of the address: `http://[` has no host."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"mailto", "tel"} or bool(parts.hostname)
    except ValueError:
        return False


def _turn_backslashes(value: str) -> str:
    if "\\" not in value:
        return value
    end = min((i for i in (value.find("?"), value.find("#")) if i >= 0), default=len(value))
    turned = value[:end].replace("\\", "/") + value[end:]
    return _FEW_SLASHES.sub(r"\1://", turned)


def report(verdict: Verdict, notes: Notes) -> None:
    """Note the problem of `verdict`, if it has one, with the line of the link."""
    if verdict.code is None:
        return
    written = verdict.target
    line = _line_of(
        written.replace("/", "\\") if verdict.code == "link-backslash" else written, notes
    )
    add = notes.fail if verdict.code == "link-local-file" else notes.warn
    add(verdict.code, line or _line_of(written, notes), target=_shortened(written))


def cut(html: str, notes: Notes) -> Cut:
    """Cut `html` at every address inside the site; refused addresses are taken out, with a problem."""
    cutter = _Cutter(html, notes)
    for tag in _TAG.finditer(html):
        if tag[1] is None:
            continue
        for attribute in attributes_of(html, tag.start(), tag.end()):
            if attribute.name in URL_ATTRIBUTES:
                cutter.handle(attribute, tag[1].lower(), tag.start())
    return cutter.finish()


class _Cutter:
    def __init__(self, html: str, notes: Notes) -> None:
        self._html = html
        self._notes = notes
        self._pieces: list[str] = []
        self._references: list[Reference] = []
        self._picture: str | None = None
        self._open = ""
        self._done = 0

    def handle(self, attribute: Attribute, tag: str, start: int) -> None:
        name, value = attribute.name, attribute.value
        verdict = judge(value)
        report(verdict, self._notes)
        if tag == "img" and name == "src" and verdict.kind != "refused":
            self._picture = self._picture or verdict.target
        if verdict.kind == "outside" and verdict.target == value:
            return
        self._open += self._html[self._done : attribute.start]
        self._done = attribute.end
        if verdict.kind == "inside":
            self._pieces.append(self._open)
            self._open = ""
            line, picture = _line_of(value, self._notes), self._picture_at(name, tag, start)
            self._references.append(Reference(name, verdict.target, line, picture))
        elif verdict.kind == "outside":
            self._open += f' {name}="{escape(verdict.target)}"'

    def _picture_at(self, name: str, tag: str, start: int) -> Literal["", "alone", "gallery"]:
        if tag != "img" or name != "src":
            return ""
        gallery = self._html.rfind(_GALLERY, 0, start)
        return "alone" if gallery < 0 or "</div>" in self._html[gallery:start] else "gallery"

    def finish(self) -> Cut:
        self._pieces.append(self._open + self._html[self._done :])
        return Cut(tuple(self._pieces), tuple(self._references), self._picture)


def _line_of(target: str, notes: Notes) -> int | None:
    if not target:
        return notes.line("]()", 'href=""', "href=''", 'src=""', "src=''")
    # An obfuscated address does not stand in the source as it is; names in it may.
    names = sorted(_NAMES.findall(target), key=len, reverse=True)
    return notes.line(target, escape(target), before="(<\"'= :\n（") or notes.line(*names)


def _shortened(target: str) -> str:
    return target if len(target) <= 60 else f"{target[:59]}…"
