"""What the tests of markup look at: whole HTML, problems in brief, and whether HTML is sound."""

import re
from html import escape, unescape
from html.parser import HTMLParser

from gazette.config.settings import MarkdownSettings
from gazette.reading.markup import convert_html, convert_markdown
from gazette.reading.model import Converted

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
PLAIN = MarkdownSettings()


def html_of(text: str, **settings: object) -> str:
    """The HTML of a Markdown text, references put back as they were written."""
    return whole(convert_markdown(text, MarkdownSettings(**settings)))  # type: ignore[arg-type]


def cleaned(text: str, **settings: object) -> str:
    """The HTML of an HTML text."""
    return whole(convert_html(text, MarkdownSettings(**settings)))  # type: ignore[arg-type]


def whole(converted: Converted) -> str:
    """A body in one piece."""
    body = converted.body
    assert len(body.html) == len(body.references) + 1
    pieces = [body.html[0]]
    for reference, piece in zip(body.references, body.html[1:], strict=True):
        pieces += (f' {reference.attribute}="{escape(reference.target)}"', piece)
    return "".join(pieces)


def problems_of(text: str, **settings: object) -> list[tuple[str, int | None]]:
    """Code and line of each problem of a Markdown text."""
    converted = convert_markdown(text, MarkdownSettings(**settings))  # type: ignore[arg-type]
    return [(problem.code, problem.line) for problem in converted.problems]


class _Soundness(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self._check(tag, name, value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def _check(self, tag: str, name: str, value: str) -> None:
        if name == "style" or name.startswith("on"):
            self.faults.append(f"{tag} {name}")
        if name in ("href", "src", "poster"):
            bare = re.sub(r"[\x00-\x20]", "", unescape(value)).lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", bare)
            if scheme and scheme[0] not in ("http:", "https:", "mailto:", "tel:"):
                self.faults.append(f"{tag} {name}={value}")
        if name == "id" and value.startswith("g-"):
            self.faults.append(f"id {value}")


def faults_of(html: str) -> list[str]:
    """What is wrong with a page's HTML: unbalanced tags, forbidden tags, attributes and schemes."""
    parser = _Soundness()
    parser.feed(html)
    parser.close()
    faults = parser.faults + [f"<{tag}> is not closed" for tag in parser.open]
    faults += re.findall(
        r"<(?:script|style|iframe|form|object|base|meta|link|svg|plaintext)\b", html
    )
    faults += [
        repr(char) for char in re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ufdd0]", html)
    ]
    ids = re.findall(r'\sid="([^"]*)"', html)
    if len(ids) != len(set(ids)):
        faults.append(f"ids {ids}")
    return faults
