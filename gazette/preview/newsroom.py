"""The state of the preview: what was built, what is shown, and who is looking at what.

Everything here happens on the server's event loop, except `changed`, `began`, `planned` and `ended`, which
are called from other threads and only hand on.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Protocol

import msgspec

from gazette.digests import digest_bytes
from gazette.pages.site_pages import SitePages
from gazette.preview.ahead import Ahead
from gazette.preview.builder import Builder, Outcome
from gazette.preview.differences import Differences, reload_message
from gazette.preview.facts import Facts, told
from gazette.preview.look import Looks
from gazette.preview.places import Places
from gazette.problems import errors
from gazette.publish.kept import Kept, Planned, Published
from gazette.reading.scan import FILE_PREFIX
from gazette.urls import href_of

_INDEXING_S = 120
_TOLD = 200
"""Problems that are sent to a browser; the panel says how many more there are."""


def stamp_of(data: bytes | None) -> str:
    """Tells what a page was made of; empty where nothing stood at its path."""
    return "" if data is None else digest_bytes(data).hex()


class Viewer(Protocol):
    """A browser's page, at the other end of a socket."""

    page: str
    """Output path of what it shows."""
    shown: bytes | None
    """What it was made of; None: of nothing that stood there."""
    is_local: bool

    def send(self, message: dict[str, Any]) -> None:
        """Send a message; never raises."""

    def close(self) -> None:
        """Close the socket."""


class Newsroom:
    """Knows what stands where, and tells the browsers when that changes."""

    def __init__(self, kept: Kept, language: str, told_outcome: Callable[[Outcome], None]) -> None:
        self.kept = kept
        self.language = language
        self.viewers: set[Viewer] = set()
        self.facts = Facts(None, ())
        self.outcome: Outcome | None = None
        self.building = True
        self.ahead = Ahead()
        self.places = Places(kept, self.ahead)
        self._differences = Differences()
        self._made: Published | None = None
        self._good: Facts | None = None
        self._number = 0
        self._told_outcome = told_outcome
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False
        self.builder: Builder | None = None
        self._is_indexed = False
        """Whether the search index is that of what is published."""
        self._indexing: asyncio.Future[None] | None = None

    async def index(self) -> None:
        """Wait until what is published can be searched: the index is made when it is asked for."""
        if self._is_indexed or self.builder is None:
            return
        if self._indexing is None:
            self._indexing = self._loop.create_future()
            self.builder.index()
        await asyncio.wait([self._indexing], timeout=_INDEXING_S)

    # From other threads

    def changed(self, paths: list[str]) -> None:
        """Files changed."""
        self.call(self._on_changed, paths)

    def began(self) -> None:
        """A build begins."""
        self.call(self._on_began)

    def planned(self, planned: Planned, number: int) -> None:
        """A build knows what it is going to make."""
        self._differences.learn(planned.pages)
        self.call(self._on_planned, planned, number)

    def ended(self, outcome: Outcome) -> None:
        """A build is over."""
        self.call(self._on_ended, outcome)

    def call(self, function: Callable[..., None], *arguments: Any) -> None:
        """Call something on the loop; what comes after the end concerns nobody."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._call, function, arguments)

    def _call(self, function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        if not self._is_closed:
            function(*arguments)

    def close(self) -> None:
        """No more looks, and no more viewers."""
        self._is_closed = True
        for viewer in list(self.viewers):
            viewer.close()
        self.ahead.close()

    # Changes and builds

    def _on_changed(self, paths: list[str]) -> None:
        self._number += 1
        number = self._number
        open_pages = [viewer.page for viewer in self.viewers]
        look = self.ahead.look(self._made, paths, open_pages)
        assert self.builder is not None
        self.builder.changed(paths, number, look)
        look.add_done_callback(
            lambda done: (
                self.call(self._on_look, done.result(), number, paths)
                if not done.cancelled() and not done.exception()
                else None
            )
        )

    def _on_look(self, looks: Looks, number: int, paths: list[str]) -> None:
        known = self.outcome.number if self.outcome and self.outcome.published else 0
        if not looks or number <= known:
            return
        self.ahead.put(looks, number)
        self._show(looks)
        self._say_saved(paths)

    def _on_began(self) -> None:
        self.building = True
        self._tell({"command": "building"})

    def _on_planned(self, planned: Planned, number: int) -> None:
        self._show(self.ahead.plan(planned, number))
        for page in {viewer.page for viewer in self.viewers}:
            task = self._loop.create_task(self._look_again(page))
            self._tasks.add(task)  # the loop itself would forget it
            task.add_done_callback(self._tasks.discard)

    async def _look_again(self, page: str) -> None:
        if await self.ahead.make(page):
            self._show_page(page, {page})

    def _on_ended(self, outcome: Outcome) -> None:
        self.building = False
        self.ahead.ended()
        self.outcome = outcome
        good = None if outcome.published else self._good
        self.facts = Facts(outcome.pages, outcome.problems, good)
        if outcome.published:
            assert outcome.report is not None
            stale = self.ahead.published(outcome.number)
            self._show({*outcome.report.written, *outcome.report.removed, *stale})
            self._good = self.facts
            self._made = outcome.made
            self._say_saved(list(outcome.changed))
        for viewer in list(self.viewers):
            viewer.send(self.status(viewer.page, local=viewer.is_local))
        self._is_indexed = outcome.indexed or (self._is_indexed and not outcome.changed)
        if outcome.indexed and self._indexing is not None:
            self._indexing.set_result(None)
            self._indexing = None
        self._told_outcome(outcome)

    # What browsers are told

    def _tell(self, message: dict[str, Any]) -> None:
        for viewer in list(self.viewers):
            viewer.send(message)

    def _show(self, changed: Collection[str]) -> None:
        """Let the open pages that have changed load again, or take a new style sheet only."""
        for page in {viewer.page for viewer in self.viewers}:
            self._show_page(page, changed)

    def _show_page(self, page: str, changed: Collection[str]) -> None:
        now = self.places.bytes_of(page)
        for viewer in [viewer for viewer in self.viewers if viewer.page == page]:
            message = self._differences.message(page, viewer.shown, now, changed)
            if message is not None:
                viewer.shown = now
                viewer.send(message)

    async def serve(self, page: str) -> bytes | None:
        """What stands at this page's path, which a browser is going to show; None if nothing does."""
        await self.ahead.make(page)
        return self.places.bytes_of(page)

    async def look(self, path: str) -> bytes | None:
        """What a file (no page) is going to be, if it is known before it is in the folder."""
        await self.ahead.make(path)
        return self.ahead.get(path)

    def joined(self, viewer: Viewer, stamp: str | None) -> None:
        """A browser that shows `viewer.page` listens from now on; it may have missed something.

        `stamp` is that of what the page was made of when it was served: another page may be served at the
        same time, and one that is being left may still listen. None: it does not say.
        """
        self.viewers.add(viewer)
        viewer.shown = self.places.bytes_of(viewer.page)
        if viewer.shown is not None and stamp is not None and stamp != stamp_of(viewer.shown):
            viewer.send(reload_message(viewer.page))
        viewer.send(self.status(viewer.page, local=viewer.is_local))

    def _say_saved(self, paths: list[str]) -> None:
        """Tell followers of the one article that was saved."""
        root = self.kept.state.root
        inside = [
            Path(path).relative_to(root).as_posix()
            for path in paths
            if Path(path).is_relative_to(root)
        ]
        # Of a folder that has just come, its own name may be all that is told.
        inside = [source for path in inside for source in self.facts.sources_of(path)]
        found = {self.facts.page_of(path) for path in inside if path.startswith(FILE_PREFIX)} - {""}
        if len(found) == 1:
            page = found.pop()
            self._tell(
                {
                    "command": "saved",
                    "page": page,
                    "href": self.places.base + href_of(page),
                    "sources": inside,
                }
            )

    def status(self, page: str, *, local: bool) -> dict[str, Any]:
        """How things stand, with what concerns this page."""
        problems = self.outcome.problems if self.outcome else ()
        faults = errors(problems)
        published = self.outcome is None or self.outcome.published
        return {
            "command": "status",
            "building": self.building,
            "published": published,
            "errors": len(faults),
            "warnings": len(problems) - len(faults),
            "problems": [self._told(p, local=local) for p in (() if published else faults[:_TOLD])],
            "page": self._page(page, local=local),
        }

    def _page(self, page: str, *, local: bool) -> dict[str, Any]:
        facts = self.facts.page(page)
        mine = [
            p for p in (self.outcome.problems if self.outcome else ()) if p.file == facts.source
        ]
        found = msgspec.to_builtins(facts)
        found["problems"] = [self._told(p, local=local) for p in mine] if facts.source else []
        found["editor"] = self.places.editor_link(facts.source, facts.line) if local else ""
        return {"path": page, **found}

    def _told(self, problem: Any, *, local: bool) -> dict[str, Any]:
        found = told(problem, self.language)
        found["editor"] = (
            self.places.editor_link(problem.file or "", problem.line or 1) if local else ""
        )
        return found

    @property
    def pages(self) -> SitePages | None:
        """As of the last build that came so far."""
        return self.kept.pages
