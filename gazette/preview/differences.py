"""Whether an open page must load again after a build, or only take a new style sheet."""

from collections.abc import Iterable
from typing import Any

from gazette.pages.site_pages import SitePages
from gazette.urls import href_of

_PAGES = (".html", ".htm")
_SHEET = ".css"


class Differences:
    """What changed between two builds, as open pages see it."""

    def __init__(
        self, before: SitePages | None, after: SitePages | None, changed: Iterable[str]
    ) -> None:
        """`changed` are the output paths that hold something else than before."""
        old = before.assets if before else {}
        new = after.assets if after else {}
        self._renamed = {
            old[name].path: new[name].path
            for name in old.keys() & new.keys()
            if old[name].path != new[name].path
        }
        self._all = frozenset(changed)
        self._changed = [
            path for path in self._all if not path.endswith(_PAGES) or path.startswith("fragments/")
        ]

    def message(self, page: str, shown: bytes | None, now: bytes | None) -> dict[str, Any] | None:
        """What the browser that shows `page` is told, if it is made of `shown`; None: nothing."""
        if shown is None or now is None:  # of a page that is gone the site's 404 says so
            return reload_message(page) if page in self._all else None
        sheets: dict[str, str] = {}
        renamed = shown
        for old, new in self._renamed.items():
            before, after = href_of(old).encode(), href_of(new).encode()
            if before in shown:
                renamed = renamed.replace(before, after)
                sheets[old] = new
        if renamed != now:
            return reload_message(page)
        same = [path for path in self._changed if path not in sheets.values()]
        sheets |= {path: path for path in same if href_of(path).encode() in now}
        if not sheets:
            return None
        if not all(path.endswith(_SHEET) for path in sheets):
            return reload_message(page)
        swap = {href_of(old): href_of(new) for old, new in sheets.items()}
        return {**reload_message(next(iter(sheets.values()))), "swap": swap}


def reload_message(path: str) -> dict[str, Any]:
    """As livereload's protocol has it."""
    return {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}
