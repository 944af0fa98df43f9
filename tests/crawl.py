"""Follows every link of a built site, as a browser would."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

_ATTRIBUTES = {"href", "src", "poster", "srcset"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        self._in_data = values.get("type") == "application/ld+json"
        if tag == "link" and values.get("rel") == "canonical":
            return
        for name, value in attrs:
            if name == "srcset" and value:
                self.links += [part.split()[0] for part in value.split(",")]
            elif name in _ATTRIBUTES and value:
                self.links.append(value)
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.links.append((values.get("content") or "").partition("url=")[2])

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)


def parsed(path: Path) -> _Links:
    """The links, ids and JSON-LD of a page."""
    return _parsed(path.read_text("utf-8"))


def links_of(html: str) -> list[str]:
    """The links of a page."""
    return _parsed(html).links


def _parsed(html: str) -> _Links:
    parser = _Links()
    parser.feed(html)
    return parser


def dead_links(output: Path, base: str = "/") -> list[tuple[str, str]]:
    """(page, link) of every link inside the site that leads nowhere, the site lying below `base`."""
    pages = {path: parsed(path) for path in output.rglob("*.html")}
    dead = []
    for path, page in pages.items():
        here = base + path.relative_to(output).as_posix()
        for link in page.links:
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            target = urlsplit(urljoin(f"https://host{here}", link))
            inside = unquote(target.path)
            found = output / inside.removeprefix(base)
            if (
                not inside.startswith(base)
                or not found.is_file()
                or (target.fragment and unquote(target.fragment) not in pages.get(found, page).ids)
            ):
                dead.append((here, link))
    return dead
