"""Builds in a thread of their own, one after another, as long as the preview runs."""

import contextlib
import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

import msgspec

from gazette.packs import LedgerDamageError
from gazette.pages.site_pages import SitePages
from gazette.pipeline import BuildOptions, BuildReport, build
from gazette.problems import MachineError, Problem, error
from gazette.publish.kept import Kept, Planned, Published

_IDLE_S = 1.5
_LOOK_S = 0.5
_LONG = 400
"""Pages that a build may still have to make when something changes again; with more it is given up."""
_PATIENCE = 20
"""Builds given up one after another; the next is brought to its end."""
_SAVE_EVERY = 25
"""Builds after which the ledger is saved though there was never time."""


class Outcome(msgspec.Struct, frozen=True):
    """How one build ended."""

    number: int
    """Of the last change that it knew of."""
    changed: tuple[str, ...]
    """Paths that had changed before it; empty for the first build."""
    report: BuildReport | None
    pages: SitePages | None
    """As of the last build that came so far."""
    problems: tuple[Problem, ...]
    seconds: float
    made: Published | None = None
    """What was published, if anything was."""
    indexed: bool = False
    """Whether the search index was to be made too."""

    @property
    def published(self) -> bool:
        """Whether the folder now holds what the sources say."""
        return self.report is not None and self.report.published


class _StoppedError(Exception):
    """The preview ends, or something changed again, while a build runs; the folder stays as it was."""


class Builder(threading.Thread):
    """Builds whenever something changed; never dies of a build."""

    def __init__(
        self, options: BuildOptions, kept: Kept, began: Callable[[], None],
        planned: Callable[[Planned, int], None], ended: Callable[[Outcome], None],
    ) -> None:  # fmt: skip
        """`began`, `planned` (with the number of the last change that it knows of) and `ended` are called
        from this thread, in this order; of a build that is refused or given up perhaps not all of them."""
        super().__init__(name="gazette-build", daemon=True)
        self.kept = kept
        self._options = options
        self._began = began
        self._planned = planned
        self._ended = ended
        self._wake = threading.Condition()
        self._changed: dict[str, None] = {}
        self._number = 0
        self._wanted = True
        self._stopping = False
        self._unsaved = 0
        self._given_up = 0
        self._look: Future[Any] | None = None
        self._indexing = False

    def changed(self, paths: list[str], number: int, look: "Future[Any]") -> None:
        """Build, or build once more if a build is running; `number` counts the changes.

        A build that has not begun lets the first look at the change go first.
        """
        with self._wake:
            self._look = look
            self._changed.update(dict.fromkeys(paths))
            self._number = number
            self._wanted = True
            self._wake.notify()

    def index(self) -> None:
        """Make the search index too, in a build of its own."""
        with self._wake:
            self._indexing = self._wanted = True
            self._wake.notify()

    def stop(self) -> None:
        """End as soon as may be, and wait for it."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self.is_alive():
            self.join(timeout=30)

    def run(self) -> None:
        """Build until stopped."""
        gc.disable()  # looking for cycles while an editor waits takes as long as the build
        while self._next():
            with self._wake:
                changed, number = tuple(self._changed), self._number
                self._changed.clear()
                options = msgspec.structs.replace(self._options, index=self._indexing)
                self._wanted = self._indexing = False
            if self._look is not None:
                wait([self._look], timeout=_LOOK_S)
            self._began()
            try:
                outcome = self._build(options, changed, number)
            except _StoppedError:
                self._given_up += 1
                with self._wake:  # what it knew of belongs to the next one
                    self._indexing = self._indexing or options.index
                    self._changed = dict.fromkeys(changed) | self._changed
                continue
            self._given_up = 0
            self._ended(outcome)
            self._unsaved += 1
            if self._unsaved >= _SAVE_EVERY:
                self._tidy()
        self._tidy()

    def _next(self) -> bool:
        """Wait for something to do; in quiet moments put things in order. False: stop."""
        with self._wake:
            if not self._wanted and not self._stopping:
                self._wake.wait(_IDLE_S)
        if not self._wanted and not self._stopping:
            self._tidy()
        with self._wake:
            while not self._wanted and not self._stopping:
                self._wake.wait()
        return not self._stopping

    def _tidy(self) -> None:
        """What can wait: the ledger on disk, and memory."""
        if not self._unsaved:
            return
        self._unsaved = 0
        # The disk may be full, or what lay on it thrown away by hand: the next build says so.
        with contextlib.suppress(OSError, LedgerDamageError):
            self.kept.save()
        gc.collect()
        gc.freeze()  # what lives on need not be looked at again

    def _build(self, options: BuildOptions, changed: tuple[str, ...], number: int) -> Outcome:
        started = time.perf_counter()
        report: BuildReport | None = None
        problems: tuple[Problem, ...] = ()
        self.kept.on_planned = lambda planned: self._planned(planned, number)
        try:
            report = build(options, self._progress, self.kept)
            problems = report.problems
        except MachineError as fault:
            problems = (fault.problem,)
            self.kept.ledger = None  # what is on the disk counts
        except _StoppedError:
            raise
        except Exception as fault:  # noqa: BLE001  (an editor's preview must not die of our own mistake)
            problems = (error("preview-failed", reason=f"{type(fault).__name__}: {fault}"),)
            self.kept.ledger = None
        seconds = time.perf_counter() - started
        made = self.kept.published() if report and report.published else None
        pages, indexed = self.kept.pages, options.index
        return Outcome(number, changed, report, pages, problems, seconds, made, indexed)

    def _progress(self, _stage: str, done: int, total: int) -> None:
        overtaken = self._wanted and total - done > _LONG and self._given_up < _PATIENCE
        if self._stopping or overtaken:
            raise _StoppedError
