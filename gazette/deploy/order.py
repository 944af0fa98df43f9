"""The order in which files are sent: what a page needs or links to is there before the page is."""

import re
from collections.abc import Iterable
from enum import IntEnum

from gazette.config.settings import Permalinks
from gazette.deploy.target import Upload
from gazette.urls import output_path

_TOKEN = re.compile(r"(:\w+)")
_PAGE_NUMBER = r"(/page/\d+)?"


class Phase(IntEnum):
    """When a file is sent; each phase is complete before the next begins."""

    ASSETS = 0
    """Style sheets, scripts, pictures, attachments, search fragments: nobody sees them by themselves."""
    PAGES = 1
    LISTS = 2
    HOME = 3
    FEEDS = 4
    """Feeds, site map, and the entry of the search index, which lead to all the others."""


class Order:
    """Sorts files into phases; lists are known by the addresses that the settings give them."""

    def __init__(self, permalinks: Permalinks) -> None:
        patterns = [
            _pattern(value)
            for value in (
                permalinks.category, permalinks.tag, permalinks.topic, permalinks.bureau,
                permalinks.archive,
            )
        ]  # fmt: skip
        self._lists = re.compile("|".join(patterns))

    def phase(self, path: str) -> Phase:
        """The phase of a file; compressed twins go with their file."""
        path = re.sub(r"\.(gz|br)$", "", path)
        if path == "index.html":
            return Phase.HOME
        if path.endswith(_LEADING) or path in _LAST:
            return Phase.FEEDS
        if path.startswith("fragments/"):
            return Phase.LISTS
        if path.endswith((".html", ".htm")):
            is_list = path.endswith("/index.html") or path in _MAPS or self._lists.fullmatch(path)
            return Phase.LISTS if is_list else Phase.PAGES
        return Phase.ASSETS

    def phases(self, uploads: Iterable[Upload]) -> list[list[Upload]]:
        """The files of each phase that has any, by path."""
        groups: dict[Phase, list[Upload]] = {}
        for upload in sorted(uploads, key=lambda upload: upload.path):
            groups.setdefault(self.phase(upload.path), []).append(upload)
        return [groups[phase] for phase in sorted(groups)]


_LEADING = (".xml", "feed.json", "pagefind-entry.json")
_LAST = {"robots.txt", "pagefind/parts.json", "_redirects", "_headers", ".htaccess", "web.config"}
_MAPS = {"sitemap.html", "404.html"}


def _pattern(permalink: str) -> str:
    """What the list's addresses match, further pages of it too."""
    parts = _TOKEN.split(output_path(permalink))
    path = "".join("[^/]+" if part.startswith(":") else re.escape(part) for part in parts)
    bare = re.escape(".html")
    stem = path.removesuffix(bare).removesuffix("/index")
    return f"{path}|{stem}{_PAGE_NUMBER}{bare}"
