"""The site as it stands, read and laid out but not built: for checks, and for theme authors."""

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gazette.config.load import SiteConfig
from gazette.digests import engine_identity
from gazette.ledger import Ledger
from gazette.pages.explain import explain_view
from gazette.pages.site_pages import SitePages
from gazette.pipeline import Build
from gazette.problems import MachineError, Problem, SiteError, in_order
from gazette.publish.given import Given, gather
from gazette.publish.report import BuildOptions
from gazette.publish.state import State, replace_file
from gazette.reading.document import ReadingContext
from gazette.reading.read import Entry
from gazette.reading.scan import FILE_PREFIX
from gazette.site.choice import Choice
from gazette.urls import output_path


class Inspected(msgspec.Struct, frozen=True):
    """A site that was read and laid out, and not built."""

    config: SiteConfig
    reading: ReadingContext
    entries: list[Entry]
    pages: SitePages
    choice: Choice
    ledger: Ledger
    state: State
    alone: bool
    """Whether no build holds the lock; else nothing may be remembered."""
    problems: tuple[Problem, ...]


@contextlib.contextmanager
def inspected(options: BuildOptions, given: Given | None = None) -> Iterator[Inspected]:
    """The site as it stands; what is remembered of it serves the next build too. Raises SiteError.

    `given` is what it is made from, where that is known. While a build holds the lock, nothing is
    remembered.
    """
    now = int(time.time())
    given = given or gather(options, now)
    build = Build(options, lambda *_: None, now)
    build.problems += given.problems
    with contextlib.ExitStack() as stack:
        state, alone = State(options.root, given.output), True
        try:
            stack.enter_context(state.locked())
            ledger = Ledger.open(state.folder, engine_identity(), build.problems)
        except MachineError:
            alone = False
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            ledger = Ledger(Path(folder), engine_identity())
        entries, files = build.read(given, ledger)
        pages = build.laid_out(given, (entries, files), ledger)
        yield Inspected(
            given.config, given.reading, entries, pages, given.choice, ledger, state, alone,
            in_order(build.problems),
        )  # fmt: skip
        if alone:
            ledger.keep_unasked()
            if ledger.changed():
                replace_file(state.ledger, ledger.encoded())


def describe(options: BuildOptions, page: str) -> tuple[list[str] | None, tuple[Problem, ...]]:
    """What the template of `page` (an address, or a file under content/) may read; None: no such page."""
    build = Build(options, lambda *_: None, int(time.time()))
    try:
        given = build.gathered()
    except SiteError as fault:
        return None, fault.problems
    with tempfile.TemporaryDirectory() as folder:
        pages = build.pages(given, Ledger(Path(folder), engine_identity()))
    wanted = page.replace("\\", "/").removeprefix("./").lstrip("/")
    addresses = {wanted, output_path(wanted)}
    sources = {wanted, f"{FILE_PREFIX}{wanted}"}
    for route in pages.routes:
        if route.path in addresses or route.source in sources:
            return explain_view(route), in_order(build.problems)
    return None, in_order(build.problems)
