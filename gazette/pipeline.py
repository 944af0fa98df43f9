"""The build, as a list of verbs."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from gazette.config.load import SiteConfig, load
from gazette.digests import engine_identity
from gazette.ledger import Ledger, LedgerDamage
from gazette.pages.explain import explain_view
from gazette.pages.site_pages import SitePages, lay_out
from gazette.pages.theme import Theme, load_theme
from gazette.parallel import Workers, available_workers, parallel_map
from gazette.problems import Problem, SiteError, errors, in_order, warning
from gazette.publish.commit import clear_stage, commit, obstacles, recover, remove_made
from gazette.publish.plan import Plan, make_plan
from gazette.publish.stage import Staged, Staging, renderer, stage_part
from gazette.publish.state import State, disk_error
from gazette.reading.dates import read_date
from gazette.reading.document import FILE_PREFIX, ReadingContext
from gazette.reading.read import Entry, read_documents
from gazette.reading.scan import Source, scan
from gazette.site.assemble import Choice
from gazette.site.bureaus import BureauNames

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


class BuildReport(msgspec.Struct, frozen=True):
    """What a build did."""

    output: Path
    published: bool
    articles: int = 0
    pages: int = 0
    """Files of the site."""
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Faulty documents that `quarantine` left out."""
    seconds: dict[str, float] = {}
    problems: tuple[Problem, ...] = ()


def build(options: BuildOptions, progress: Progress = lambda *_: None) -> BuildReport:
    """Build the site; raises MachineError if the machine does not let it."""
    return _Build(options, progress).run()


class _Build:
    """One build: its problems and the time that each stage took."""

    def __init__(self, options: BuildOptions, progress: Progress) -> None:
        self.options = options
        self.progress = progress
        self.problems: list[Problem] = []
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
        try:
            with state.locked():
                return self._built(config, theme, state)
        except OSError as fault:
            raise disk_error(fault) from fault

    def configured(self) -> SiteConfig:
        """The configuration, with what the command line says; raises SiteError."""
        config = load(self.options.root)
        settings = config.settings
        if self.options.base_url:
            site = msgspec.structs.replace(settings.site, url=self.options.base_url)
            settings = msgspec.structs.replace(settings, site=site)
        self.output = (self.options.output or self.options.root / settings.output.dir).absolute()
        self.problems += config.problems
        return msgspec.structs.replace(config, settings=settings)

    def _built(self, config: SiteConfig, theme: Theme, state: State) -> BuildReport:
        recover(state)
        clear_stage(state)
        ledger = Ledger.open(state.folder, engine_identity(), self.problems)
        if self.options.clean:
            ledger = Ledger(state.folder, ledger.engine)
        try:
            return self._made(config, theme, state, ledger)
        except LedgerDamage as fault:
            self.problems.append(warning("ledger-damaged", reason=fault))
            return self._made(config, theme, state, Ledger(state.folder, ledger.engine))

    def _made(self, config: SiteConfig, theme: Theme, state: State, ledger: Ledger) -> BuildReport:
        self._mark("start")
        pages, left_out = self.pages(config, theme, ledger)
        if self._stops():
            return self._refused(())
        plan = make_plan(pages, theme, ledger, state, self.options.workers)
        self.problems += plan.problems
        self._mark("plan")
        staged = list(self._stage(plan, state))
        self.problems += [result.problem for result in staged if result.problem]
        self._mark("render")
        return self._published(pages, plan, staged, state, ledger, left_out)

    def pages(
        self, config: SiteConfig, theme: Theme, ledger: Ledger
    ) -> tuple[SitePages, frozenset[str]]:
        """All pages of the site, and the documents that quarantine left out."""
        entries, files = self._read(config, ledger)
        self._mark("read")
        pages = self._laid_out(config, theme, entries, files, ledger)
        self._mark("assemble")
        return pages

    def _read(self, config: SiteConfig, ledger: Ledger) -> tuple[list[Entry], list[Source]]:
        content = self.options.root / "content"
        settings = config.settings
        context = ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)
        sources = scan(content, FILE_PREFIX, self.problems)
        names = BureauNames(config.bureaus).mention_names()
        entries, files, problems = read_documents(
            content, sources, context, names, ledger, self.options.workers
        )
        self.problems += problems
        return entries, files

    def _laid_out(
        self, config: SiteConfig, theme: Theme, entries: list[Entry], files: list[Source],
        ledger: Ledger,
    ) -> tuple[SitePages, frozenset[str]]:  # fmt: skip
        """All pages; in quarantine as often as leaving faulty documents out uncovers other faults."""
        paths = {entry.document.path for entry in entries}
        left_out: frozenset[str] = frozenset()
        choice = self._choice(config)
        while True:
            pages = lay_out(config, theme, entries, files, choice, left_out, ledger)
            faulty = {
                problem.file.removeprefix(FILE_PREFIX)
                for problem in errors(pages.problems)
                if problem.file
            }
            more = (faulty & paths) - left_out
            if not self.options.quarantine or not more:
                self.problems += pages.problems
                return pages, left_out
            self.problems += [
                p
                for p in errors(pages.problems)
                if p.file and p.file.removeprefix(FILE_PREFIX) in more
            ]
            left_out |= more

    def _choice(self, config: SiteConfig) -> Choice:
        options = self.options
        reading = read_date(options.as_of, config.settings.site.timezone) if options.as_of else None
        now = reading.moment.timestamp if reading else int(time.time())
        return Choice(now, options.drafts, options.future, options.expired)

    def _stage(self, plan: Plan, state: State) -> Iterator[Staged]:
        staging = Staging(plan.rendering, state.stage, state.output)
        total = len(plan.changed)
        results = parallel_map(
            stage_part, staging, plan.changed, self.options.workers, _PAGES_A_CHUNK
        )
        for number, result in enumerate(results, 1):
            self.progress("render", number, total)
            yield result
        renderer.close()

    def _published(
        self, pages: SitePages, plan: Plan, staged: Sequence[Staged], state: State, ledger: Ledger,
        left_out: frozenset[str],
    ) -> BuildReport:  # fmt: skip
        made = state.read_made()
        renames = [result.path for result in staged if result.is_new]
        self.problems += obstacles(state, renames, made or frozenset())
        if self._stops():
            clear_stage(state)
            return self._refused(())
        records = {result.path: result.record for result in staged if result.record}
        ledger.pages = plan.kept | records
        paths = frozenset(output.path for output in plan.outputs)
        removals = sorted((made or frozenset()) - paths)
        if renames or removals or made != paths or ledger.changed():
            commit(state, renames, removals, paths, ledger.encoded())
            ledger.remove_unused_packs()
        self._mark("publish")
        return BuildReport(
            output=state.output,
            published=True,
            articles=len(pages.site.articles),
            pages=len(plan.outputs),
            written=tuple(renames),
            removed=tuple(removals),
            left_out=tuple(sorted(left_out)),
            seconds=self.seconds,
            problems=in_order(self.problems),
        )

    def _stops(self) -> bool:
        """Whether a problem forbids publishing; in quarantine those of documents left out do not."""
        found = self.problems if self.options.strict else errors(self.problems)
        if not self.options.quarantine:
            return bool(found)
        return any(not (p.file or "").startswith(FILE_PREFIX) for p in found)

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


def clean(root: Path, output: Path | None) -> int:
    """Remove what Gazette made for an output folder, its memory included; the number of files."""
    if output is None:
        try:
            output = root / load(root).settings.output.dir
        except SiteError:
            output = root / "output"
    state = State(root, output.absolute())
    with state.locked():
        recover(state)
        clear_stage(state)
        count = remove_made(state)
    state.forget()
    return count


def describe(options: BuildOptions, page: str) -> tuple[list[str] | None, tuple[Problem, ...]]:
    """What the template of `page` (an address, or a file under content/) may read; None: no such page."""
    build_ = _Build(options, lambda *_: None)
    try:
        config = build_.configured()
        theme = load_theme(options.root, config.settings)
    except SiteError as fault:
        return None, fault.problems
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder), engine_identity())
        pages = build_.pages(config, theme, ledger)[0]
    wanted = page.strip("/").removeprefix("content/")
    for route in pages.routes:
        if route.path == wanted or any(path == wanted for path, _ in route.bodies[:1]):
            return explain_view(route), pages.problems
    return None, pages.problems


def default_workers(jobs: int | None, start_method: str | None) -> Workers:
    """As many workers as asked for, else as many as there are processors."""
    return Workers(jobs or available_workers(), start_method)
