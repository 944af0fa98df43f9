"""The build, as a list of verbs."""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gazette.config.load import SiteConfig, load
from gazette.digests import engine_identity
from gazette.ledger import Ledger, LedgerDamageError
from gazette.pages.explain import explain_view
from gazette.pages.site_pages import SitePages, lay_out
from gazette.pages.theme import Theme, load_theme
from gazette.parallel import Workers, available_workers, parallel_map
from gazette.problems import MachineError, Problem, SiteError, errors, in_order, warning
from gazette.publish.commit import Change, clear_stage, commit, obstacles, recover
from gazette.publish.plan import Plan, make_plan, rendering_of
from gazette.publish.reasons import Reason
from gazette.publish.stage import Staged, Staging, grouped, renderer, stage_part
from gazette.publish.state import State, disk_error, misplaced, replace_file
from gazette.publish.verify import clean_output, compare
from gazette.reading.dates import read_date
from gazette.reading.document import FILE_PREFIX, ReadingContext
from gazette.reading.read import Entry, is_document, read_documents
from gazette.reading.scan import Source, scan
from gazette.site.assemble import Choice
from gazette.site.bureaus import BureauNames
from gazette.urls import output_path

if TYPE_CHECKING:
    from gazette.check.building import Gate

_PAGES_A_CHUNK = 200
Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done, and how many there are."""


class BuildOptions(msgspec.Struct, frozen=True):
    """What the command line says of a build."""

    root: Path
    output: Path | None = None
    base_url: str | None = None
    as_of: str | None = None
    """The time that decides which documents exist; None: now. Without offset in the site's zone."""
    drafts: bool = False
    future: bool = False
    expired: bool = False
    workers: Workers = Workers()
    clean: bool = False
    strict: bool = False
    quarantine: bool = False
    verify: bool = False


class BuildReport(msgspec.Struct, frozen=True):
    """What a build did."""

    output: Path
    published: bool
    articles: int = 0
    pages: int = 0
    """Files of the site."""
    reasons: dict[Reason, int] = {}
    """Why files were made anew; how many each."""
    written: tuple[str, ...] = ()
    """Those of them that came out different."""
    removed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Faulty documents that `quarantine` left out."""
    seconds: dict[str, float] = {}
    problems: tuple[Problem, ...] = ()


def build(options: BuildOptions, progress: Progress = lambda *_: None) -> BuildReport:
    """Build the site; raises MachineError if the machine does not let it."""
    try:
        return _Build(options, progress, int(time.time())).run()
    except OSError as fault:
        raise disk_error(fault) from fault


class _Build:
    """One build: its problems and the time that each stage took."""

    def __init__(self, options: BuildOptions, progress: Progress, now: int) -> None:
        self.options = options
        self.progress = progress
        self.now = now
        self.problems: list[Problem] = []
        self.left_out: frozenset[str] = frozenset()
        self.seconds: dict[str, float] = {}
        self.output = options.root / "output"
        self._since = time.perf_counter()

    def run(self) -> BuildReport:
        try:
            config = self.configured()
            theme = load_theme(self.options.root, config.settings)
        except SiteError as fault:
            return self._refused(fault.problems)
        state = State(self.options.root, self.output)
        with state.locked():
            try:
                report = self._built(config, theme, state)
                return self._verified(report, state) if self.options.verify else report
            finally:
                renderer.close()
                clear_stage(state)

    def configured(self) -> SiteConfig:
        """The configuration, with what the command line says; raises SiteError."""
        root = self.options.root
        config = load(root)
        settings = config.settings
        if self.options.base_url:
            site = msgspec.structs.replace(settings.site, url=self.options.base_url)
            settings = msgspec.structs.replace(settings, site=site)
        self.output = (self.options.output or root / settings.output.dir).absolute()
        fault = misplaced(root, self.output)
        if fault:
            raise SiteError([*config.problems, fault])
        self.problems += config.problems
        return msgspec.structs.replace(config, settings=settings)

    def _built(self, config: SiteConfig, theme: Theme, state: State) -> BuildReport:
        recover(state)
        clear_stage(state)
        ledger = Ledger(state.folder, engine_identity())
        if not self.options.clean:
            ledger = Ledger.open(state.folder, ledger.engine, self.problems)
        try:
            return self._made(config, theme, state, ledger)
        except LedgerDamageError as fault:
            self.problems.append(warning("ledger-damaged", reason=fault))
            return self._made(config, theme, state, Ledger(state.folder, ledger.engine))

    def _made(self, config: SiteConfig, theme: Theme, state: State, ledger: Ledger) -> BuildReport:
        self._mark("start")
        pages = self.pages(config, theme, ledger, checking=config.settings.gate.mode != "off")
        if self._stops():
            return self._refused_having_read(state, ledger)
        plan = make_plan(pages, theme, ledger, state, self.options.workers)
        self.problems += plan.problems
        self._mark("plan")
        if self._stops():
            return self._refused_having_read(state, ledger)
        staged = self._stage(plan, pages, theme, ledger, state) if plan.changed else []
        self.problems += grouped(result.problem for result in staged if result.problem)
        self._mark("render")
        return self._published(pages, plan, staged, state, ledger)

    def pages(
        self, config: SiteConfig, theme: Theme, ledger: Ledger, *, checking: bool = False
    ) -> SitePages:
        """All pages of the site; `checking` asks the publication gate too."""
        entries, files = self.read(config, ledger)
        self._mark("read")
        gate = self._gate(config, entries, ledger) if checking else None
        self._mark("check")
        pages = self.laid_out(config, theme, entries, files, ledger, gate)
        self._mark("assemble")
        return pages

    def _gate(self, config: SiteConfig, entries: list[Entry], ledger: Ledger) -> "Gate":
        from gazette.check.building import Gate

        return Gate.of(config, _reading(config), entries, ledger, self.options.workers)

    def read(self, config: SiteConfig, ledger: Ledger) -> tuple[list[Entry], list[Source]]:
        """The documents, and the other files of content/."""
        content = self.options.root / "content"
        context = _reading(config)
        sources = scan(content, FILE_PREFIX, self.problems)
        names = BureauNames(config.bureaus).mention_names()
        entries, files, problems = read_documents(
            content, sources, context, names, ledger, self.options.workers
        )
        self.problems += problems
        return entries, files

    def laid_out(  # noqa: PLR0913  (what the pipeline holds, each used once)
        self, config: SiteConfig, theme: Theme, entries: list[Entry], files: list[Source],
        ledger: Ledger, gate: "Gate | None" = None,
    ) -> SitePages:  # fmt: skip
        """All pages; in quarantine as often as leaving faulty documents out uncovers other faults."""
        choice = self.choice(config)
        unread = faulty = self._faulty(self.problems)
        while True:
            if self.options.quarantine:
                self.left_out |= faulty
            hidden = self.left_out | unread
            pages = lay_out(config, theme, entries, files, choice, hidden, ledger)
            found = [*pages.problems]
            if gate is not None:
                found += gate.build_problems(pages.site, _sources(pages), choice, ledger)
            faulty = self._faulty(found)
            if not self.options.quarantine or faulty <= self.left_out:
                self.problems += found
                return pages
            self.problems += [p for p in self._counted(found) if _document(p) in faulty]

    def choice(self, config: SiteConfig) -> Choice:
        """Which documents exist at the moment that is asked for."""
        options, now = self.options, self.now
        reading = read_date(options.as_of, config.settings.site.timezone) if options.as_of else None
        if reading:
            now = reading.moment.timestamp
        return Choice(now, options.drafts, options.future, options.expired)

    def _stage(
        self, plan: Plan, pages: SitePages, theme: Theme, ledger: Ledger, state: State
    ) -> list[Staged]:
        rendering = rendering_of(plan, pages, theme, ledger)
        staging = Staging(rendering, state.stage, state.output)
        staged: list[Staged] = []
        with contextlib.closing(
            parallel_map(stage_part, staging, plan.changed, self.options.workers, _PAGES_A_CHUNK)
        ) as results:
            for result in results:
                staged.append(result)
                self.progress("render", len(staged), len(plan.changed))
        return staged

    def _published(
        self, pages: SitePages, plan: Plan, staged: Sequence[Staged], state: State, ledger: Ledger
    ) -> BuildReport:
        made = state.read_made()
        known = frozenset(ledger.pages) if made is None else made
        paths = frozenset(output.path for output in plan.outputs)
        renames = [result.path for result in staged if result.is_new]
        strangers, problems = obstacles(state, renames, known or made)
        self.problems += problems
        if self._stops():
            return self._refused_having_read(state, ledger)
        ledger.pages = plan.kept | {r.path: r.record for r in staged if r.record}
        ledger.parts = plan.parts
        stale = sorted(known - paths)
        if renames or stale or made != paths or ledger.changed():
            commit(state, Change(renames, stale, strangers, paths), ledger.encoded())
            ledger.remove_unused_packs()
        self._mark("publish")
        return BuildReport(
            output=self.output,
            published=True,
            articles=len(pages.site.articles),
            pages=len(plan.outputs),
            reasons=plan.reasons,
            written=tuple(renames),
            removed=tuple(stale),
            left_out=tuple(sorted(self.left_out)),
            seconds=self.seconds,
            problems=in_order(self.problems),
        )

    def _verified(self, report: BuildReport, state: State) -> BuildReport:
        """The report, with what differs from a clean build of the same moment."""
        if not report.published:
            return report
        with clean_output(state) as clean:
            options = msgspec.structs.replace(self.options, output=clean, clean=True, verify=False)
            other = _Build(options, self.progress, self.now).run()
            found = compare(state.read_made() or (), state.output, clean)
        self._mark("verify")
        problems = in_order([*report.problems, *other.problems, *found])
        return msgspec.structs.replace(report, problems=problems)

    # Faults

    def _counted(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """The problems that count as errors."""
        return problems if self.options.strict else errors(problems)

    def _faulty(self, problems: Sequence[Problem]) -> frozenset[str]:
        """The documents that have such problems, by their paths under content/."""
        return frozenset(filter(None, map(_document, self._counted(problems))))

    def _stops(self) -> bool:
        """Whether a problem forbids publishing; those of documents that are left out do not."""
        return any(_document(p) not in self.left_out for p in self._counted(self.problems))

    def _refused_having_read(self, state: State, ledger: Ledger) -> BuildReport:
        """Nothing is published, but what was read need not be read again."""
        ledger.keep_unasked()
        if ledger.changed():
            replace_file(state.ledger, ledger.encoded())
        return self._refused(())

    def _refused(self, problems: Sequence[Problem]) -> BuildReport:
        self.problems += problems
        return BuildReport(
            output=self.output, published=False, seconds=self.seconds,
            problems=in_order(self.problems),
        )  # fmt: skip

    def _mark(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._since, 4)
        self._since = now


def _reading(config: SiteConfig) -> ReadingContext:
    settings = config.settings
    return ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)


def _sources(pages: SitePages) -> list[Source]:
    """The files under content/ that are published."""
    return [source for _, source in pages.files]


def _document(problem: Problem) -> str | None:
    """The document that has the problem, by its path under content/; None if it is no document's."""
    if not problem.file or not problem.file.startswith(FILE_PREFIX):
        return None
    path = problem.file.removeprefix(FILE_PREFIX)
    return path if is_document(path) else None


class Inspected(msgspec.Struct, frozen=True):
    """A site that was read and laid out, and not built."""

    config: SiteConfig
    reading: ReadingContext
    entries: list[Entry]
    pages: SitePages
    choice: Choice
    ledger: Ledger
    output: Path
    problems: tuple[Problem, ...]


@contextlib.contextmanager
def inspected(options: BuildOptions) -> Iterator[Inspected]:
    """The site as it stands; what is remembered of it serves the next build too. Raises SiteError.

    While a build holds the lock, nothing is remembered.
    """
    build_ = _Build(options, lambda *_: None, int(time.time()))
    config = build_.configured()
    theme = load_theme(options.root, config.settings)
    with contextlib.ExitStack() as stack:
        state, alone = State(options.root, build_.output), True
        try:
            stack.enter_context(state.locked())
            ledger = Ledger.open(state.folder, engine_identity(), build_.problems)
        except MachineError:
            alone = False
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            ledger = Ledger(Path(folder), engine_identity())
        entries, files = build_.read(config, ledger)
        pages = build_.laid_out(config, theme, entries, files, ledger)
        yield Inspected(
            config, _reading(config), entries, pages, build_.choice(config), ledger, build_.output,
            in_order(build_.problems),
        )  # fmt: skip
        if alone:
            ledger.keep_unasked()
            if ledger.changed():
                replace_file(state.ledger, ledger.encoded())


def describe(options: BuildOptions, page: str) -> tuple[list[str] | None, tuple[Problem, ...]]:
    """What the template of `page` (an address, or a file under content/) may read; None: no such page."""
    build_ = _Build(options, lambda *_: None, int(time.time()))
    try:
        config = build_.configured()
        theme = load_theme(options.root, config.settings)
    except SiteError as fault:
        return None, fault.problems
    with tempfile.TemporaryDirectory() as folder:
        pages = build_.pages(config, theme, Ledger(Path(folder), engine_identity()))
    wanted = page.replace("\\", "/").removeprefix("./").lstrip("/")
    addresses = {wanted, output_path(wanted)}
    sources = {wanted, f"{FILE_PREFIX}{wanted}"}
    for route in pages.routes:
        if route.path in addresses or route.source in sources:
            return explain_view(route), in_order(build_.problems)
    return None, in_order(build_.problems)


def default_workers(jobs: int | None, start_method: str | None) -> Workers:
    """As many workers as asked for, else as many as there are processors."""
    return Workers(jobs or available_workers(), start_method)
