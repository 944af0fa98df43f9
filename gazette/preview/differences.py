"""Whether an open page must load again after a build, or only take a new style sheet."""

from collections.abc import Collection
from typing import Any

from gazette.pages.site_pages import SitePages
from gazette.urls import href_of

_PAGES = (".html", ".htm")
_SHEET = ".css"


class Differences:
    """What changed on a page, as whoever has it open sees it.

    A page may be shown of one build and stand in the folder of the next but one, for builds and looks go
    on while browsers are told. So nothing is compared but the two texts of the page; of assets, whose
    paths change with what they hold, all paths that they ever had are known.
    """

    def __init__(self) -> None:
        self._paths: dict[str, tuple[str, ...]] = {}
        """By an asset's name; in the order in which they came."""

    def learn(self, pages: SitePages) -> None:
        """Get to know the paths of this build's assets: before it publishes, and from any thread."""
        for name, asset in pages.assets.items():
            known = self._paths.get(name, ())
            if asset.path not in known:
                self._paths[name] = (*known, asset.path)

    def message(
        self, page: str, shown: bytes | None, now: bytes | None, changed: Collection[str]
    ) -> dict[str, Any] | None:
        """What the browser that shows `page` is told, if it is made of `shown`; None: nothing.

        `changed` are the output paths that may hold something else than before.
        """
        if shown is None or now is None:  # of a page that is gone the site's 404 says so
            return reload_message(page) if page in changed else None
        sheets, renamed = self._renamed(shown, now)
        if renamed != now:
            return reload_message(page)
        for path in changed:
            if (
                (not path.endswith(_PAGES) or path.startswith("fragments/"))
                and path not in sheets.values()
                and href_of(path).encode() in now
            ):
                sheets[path] = path
        if not sheets:
            return None
        if not all(path.endswith(_SHEET) for path in sheets):
            return reload_message(page)
        swap = {href_of(old): href_of(new) for old, new in sheets.items()}
        return {**reload_message(next(iter(sheets.values()))), "swap": swap}

    def _renamed(self, shown: bytes, now: bytes) -> tuple[dict[str, str], bytes]:
        """Old and new paths of what the page uses, and what is shown with the new ones put in."""
        found: dict[str, str] = {}
        renamed = shown
        for paths in list(self._paths.values()):
            if len(paths) == 1:
                continue
            old = next((path for path in paths if href_of(path).encode() in shown), None)
            new = next((path for path in paths if href_of(path).encode() in now), None)
            if old and new and old != new:
                renamed = renamed.replace(href_of(old).encode(), href_of(new).encode())
                found[old] = new
        return found, renamed


def reload_message(path: str) -> dict[str, Any]:
    """As livereload's protocol has it."""
    return {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}
