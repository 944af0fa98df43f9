"""The build, as a list of verbs."""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gazette.config.load import SiteConfig, load
from gazette.digests import engine_identity
from gazette.ledger import Ledger, LedgerDamageError, files_of
from gazette.pages.theme import Theme, load_theme
from gazette.parallel import Workers, available_workers, parallel_map
from gazette.problems import Problem, SiteError, errors, in_order, warning
from gazette.publish.state import State, disk_error, misplaced, replace_file
from gazette.publish.unchanged import (
    LastBuild,
    inputs_of,
    lasting,
    made_files,
    read_last_build,
    will_stand,
    write_last_build,
)
from gazette.reading.dates import read_date
from gazette.reading.scan import FILE_PREFIX, Source, is_document, scan
from gazette.site.choice import Choice
from gazette.urls import output_path

# A build that finds nothing to do takes a third of a second, most of it to import what is above. So
# what only the others need is imported where they come to it.
if TYPE_CHECKING:
    from gazette.media.pictures import Pictures
    from gazette.pages.site_pages import SitePages
    from gazette.publish.plan import Plan
    from gazette.publish.reasons import Reason
    from gazette.publish.search.index import Index, Indexed
    from gazette.publish.stage import Staged, Staging
    from gazette.reading.read import Entry
    from gazette.site.assemble import Contents

_PAGES_A_CHUNK = 200
_NOT_SHAPING = frozenset(["root", "output", "as_of", "workers", "clean", "verify"])
"""Options that what comes out does not depend on; of the time it depends only in spans."""
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
    no_search: bool = False
    """The site has no search: neither the index nor its page."""
    index: bool = True
    """Run the search program; `verify` needs only what it would be given."""


class BuildReport(msgspec.Struct, frozen=True):
    """What a build did."""

    output: Path
    published: bool
    articles: int = 0
    pages: int = 0
    """Files of the site."""
    reasons: dict["Reason", int] = {}
    """Why files were made anew; how many each."""
    written: tuple[str, ...] = ()
    """Those of them that came out different."""
    removed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Faulty documents that `quarantine` left out."""
    seconds: dict[str, float] = {}
    search: dict[str, bytes] = {}
    """The parts of the search index, and digests of what each was made from."""
    indexed: tuple[str, ...] = ()
    """Those of them that were made anew."""
    problems: tuple[Problem, ...] = ()


def build(options: BuildOptions, progress: Progress = lambda *_: None) -> BuildReport:
    """Build the site; raises MachineError if the machine does not let it."""
    try:
        return _Build(options, progress, int(time.time())).run()
    except OSError as fault:
        raise disk_error(fault) from fault


class _Given(msgspec.Struct, frozen=True):
    """What a build is made from."""

    config: SiteConfig
    theme: Theme
    sources: list[Source]
    digest: bytes
    """Stands for all that the build depends on, but for the time."""
    program: Path | None = None
    """Which indexes for search; None if the site has no search."""


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
        self._index_files: frozenset[str] = frozenset()
        """Of the search index, by output path."""
        self._since = time.perf_counter()

    def run(self) -> BuildReport:
        try:
            given = self.given()
        except SiteError as fault:
            return self._refused(fault.problems)
        state = State(self.options.root, self.output)
        with state.locked():
            report = self._as_before(given, state) or self._anew(given, state)
            return self._verified(report, state) if self.options.verify else report

    def given(self) -> _Given:
        """Configuration, theme and sources; raises SiteError."""
        config = self._configured()
        theme = load_theme(self.options.root, config.settings)
        problems: list[Problem] = []
        sources = scan(self.options.root / "content", problems)
        self.problems += problems
        options = msgspec.structs.asdict(self.options)
        shaping = {name: options[name] for name in options.keys() - _NOT_SHAPING}
        digest = inputs_of(config, theme, sources, [shaping, problems])
        return _Given(config, theme, sources, digest)

    def _configured(self) -> SiteConfig:
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

    def _as_before(self, given: _Given, state: State) -> BuildReport | None:
        """The last build's report, if this one would find nothing to do."""
        last = None if self.options.clean or state.journal.exists() else read_last_build(state)
        now = self._choice(given).now
        if not last or not last.stands(state, given.digest, given.sources, now):
            return None
        self._mark("start")
        return BuildReport(
            output=self.output, published=True, articles=last.articles, pages=last.pages,
            seconds=self.seconds, search=last.search, problems=last.problems,
        )  # fmt: skip

    def _anew(self, given: _Given, state: State) -> BuildReport:
        """The report of a build that looks at everything, and makes what is not as it should be."""
        from gazette.publish.commit import clear_stage, recover
        from gazette.publish.stage import renderer

        recover(state)
        clear_stage(state)
        given = self._searchable(given)
        ledger = Ledger(state.folder, engine_identity())
        if not self.options.clean:
            ledger = Ledger.open(state.folder, ledger.engine, self.problems)
        try:
            return self._made(given, state, ledger)
        except LedgerDamageError as fault:
            self.problems.append(warning("ledger-damaged", reason=fault))
            return self._made(given, state, Ledger(state.folder, ledger.engine))
        finally:
            renderer.close()
            clear_stage(state)

    def _searchable(self, given: _Given) -> _Given:
        """The same with the program that indexes, or without search."""
        from gazette.publish.search.begin import searchable

        config, program = searchable(
            given.config, given.theme, self.options.no_search, self.problems
        )
        return msgspec.structs.replace(given, config=config, program=program)

    def _made(self, given: _Given, state: State, ledger: Ledger) -> BuildReport:
        from gazette.publish.plan import make_plan, rendering_of
        from gazette.publish.search.begin import begin_index
        from gazette.publish.stage import Staging

        self._mark("start")
        pages = self.pages(given, ledger)
        if self._stops():
            return self._refused_having_read(state, ledger)
        plan = make_plan(pages, given.theme, ledger, state, self.options.workers)
        self.problems += plan.problems
        self._mark("plan")
        if self._stops():
            return self._refused_having_read(state, ledger)
        index = begin_index(pages, state, ledger, self.options.workers, given.program)
        with contextlib.closing(index):
            if given.program and self.options.index:
                timeout = given.config.settings.search.timeout
                index.start(given.program, self.options.workers.count, timeout)
            self._mark("search")
            staged: list[Staged] = []
            if plan.changed:
                rendering = rendering_of(plan, pages, given.theme, ledger)
                staging = Staging(
                    rendering, state.stage, state.output, pages.workshop, pages.encodings
                )
                staged = self._stage(staging, plan, index)
            self._mark("render")
            if self._stops():
                return self._refused_having_read(state, ledger)
            indexed = index.finish()
        self._index_files = indexed.paths
        self.problems += indexed.problems
        self._mark("search")
        report = self._published(pages, plan, (staged, indexed), state, ledger)
        if report.published and not report.left_out and will_stand(report.problems):
            self._keep(report, pages, given.digest, state, ledger)
        return report

    def _keep(
        self, report: BuildReport, pages: "SitePages", inputs: bytes, state: State, ledger: Ledger
    ) -> None:
        """Keep what the next build must know to find that there is nothing to do."""
        last = LastBuild(
            inputs=inputs,
            since=pages.choice.now,
            until=pages.until,
            started_ns=ledger.saved_ns,
            articles=report.articles,
            pages=report.pages,
            files=made_files(ledger.pages),
            search=report.search,
            index=sorted(self._index_files),
            problems=lasting(report.problems),
        )
        write_last_build(state, last)

    def pages(self, given: _Given, ledger: Ledger) -> "SitePages":
        """All pages of the site."""
        from gazette.site.assemble import Contents

        entries, files = self._read(given, ledger)
        self._mark("read")
        pictures = self._pictures(given, ledger)
        contents = Contents(entries, files, self._choice(given), pictures)
        pages = self._laid_out(given, contents, ledger)
        self._mark("assemble")
        if pictures.seconds:
            self.seconds["pictures"] = round(pictures.seconds, 4)
            self.seconds["assemble"] = round(self.seconds["assemble"] - pictures.seconds, 4)
        return pages

    def _pictures(self, given: _Given, ledger: Ledger) -> "Pictures":
        from gazette.media.cache import FOLDER, Workshop
        from gazette.media.pictures import Pictures

        root, workers = self.options.root, self.options.workers
        workshop = Workshop(root / ".gazette" / FOLDER, given.config.settings.pictures)
        return Pictures(root / "content", workshop, ledger, workers, self.progress)

    def _read(self, given: _Given, ledger: Ledger) -> tuple[list["Entry"], list[Source]]:
        from gazette.reading.document import ReadingContext
        from gazette.reading.read import read_documents
        from gazette.site.bureaus import BureauNames

        content = self.options.root / "content"
        settings = given.config.settings
        context = ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)
        names = BureauNames(given.config.bureaus).mention_names()
        entries, files, problems = read_documents(
            content, given.sources, context, names, ledger, self.options.workers
        )
        self.problems += problems
        return entries, files

    def _laid_out(self, given: _Given, contents: "Contents", ledger: Ledger) -> "SitePages":
        """All pages; in quarantine as often as leaving faulty documents out uncovers other faults."""
        from gazette.pages.site_pages import lay_out

        unread = faulty = self._faulty(self.problems)
        while True:
            if self.options.quarantine:
                self.left_out |= faulty
            hidden = self.left_out | unread
            pages = lay_out(
                given.config,
                given.theme,
                msgspec.structs.replace(contents, left_out=hidden),
                ledger,
            )
            faulty = self._faulty(pages.problems)
            if not self.options.quarantine or faulty <= self.left_out:
                self.problems += pages.problems
                return pages
            self.problems += [p for p in self._counted(pages.problems) if _document(p) in faulty]

    def _choice(self, given: _Given) -> Choice:
        options, now = self.options, self.now
        timezone = given.config.settings.site.timezone
        reading = read_date(options.as_of, timezone) if options.as_of else None
        if reading:
            now = reading.moment.timestamp
        return Choice(now, options.drafts, options.future, options.expired)

    def _stage(self, staging: "Staging", plan: "Plan", index: "Index") -> list["Staged"]:
        from gazette.publish.stage import grouped, stage_part

        staged: list[Staged] = []
        with contextlib.closing(
            parallel_map(stage_part, staging, plan.drawn, self.options.workers, _PAGES_A_CHUNK)
        ) as results:
            for result in results:
                staged.append(result)
                self.progress("render", len(staged), len(plan.changed))
                if len(staged) % _PAGES_A_CHUNK == 0:
                    index.advance()
        self.problems += grouped(result.problem for result in staged if result.problem)
        return staged

    def _published(
        self,
        pages: "SitePages",
        plan: "Plan",
        work: tuple[Sequence["Staged"], "Indexed"],
        state: State,
        ledger: Ledger,
    ) -> BuildReport:
        from gazette.pages.search import INDEX_FOLDER
        from gazette.publish.commit import Change, commit, obstacles

        staged, indexed = work
        made = state.read_made()
        known = ledger.paths if made is None else made
        records = plan.kept | {r.path: r.record for r in staged if r.record}
        paths = files_of(records) | indexed.paths
        written = [path for result in staged for path in result.waiting]
        renames = [*written, *indexed.renames]
        strangers, problems = obstacles(state, renames, known or made)
        self.problems += problems
        if self._stops():
            return self._refused_having_read(state, ledger)
        ledger.pages = records
        ledger.parts = plan.parts
        ledger.search = indexed.records
        stale = sorted(known - paths)
        if renames or stale or made != paths or ledger.changed():
            commit(state, Change(renames, stale, strangers, paths), ledger.encoded())
            ledger.remove_unused_packs()
        pages.workshop.forget_unused(state.folder, pages.picture_keys)
        self._mark("publish")
        return BuildReport(
            output=self.output,
            published=True,
            articles=len(pages.site.articles),
            pages=len(plan.outputs),
            reasons=plan.reasons,
            written=tuple(written),
            removed=tuple(path for path in stale if not path.startswith(f"{INDEX_FOLDER}/")),
            left_out=tuple(sorted(self.left_out)),
            seconds=self.seconds,
            search={name: record.corpus for name, record in indexed.records.items()},
            indexed=indexed.parts,
            problems=in_order(self.problems),
        )

    def _verified(self, report: BuildReport, state: State) -> BuildReport:
        """The report, with what differs from a clean build of the same moment."""
        from gazette.publish.verify import clean_output, compare, old_parts

        if not report.published:
            return report
        with clean_output(state) as clean:
            options = msgspec.structs.replace(
                self.options, output=clean, clean=True, verify=False, index=False
            )
            other = _Build(options, self.progress, self.now).run()
            made = (state.read_made() or frozenset()) - self._index_files
            found = compare(made, state.output, clean, old_parts(report.search, other.search))
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
        self.seconds[stage] = round(self.seconds.get(stage, 0) + now - self._since, 4)
        self._since = now


def _document(problem: Problem) -> str | None:
    """The document that has the problem, by its path under content/; None if it is no document's."""
    if not problem.file or not problem.file.startswith(FILE_PREFIX):
        return None
    path = problem.file.removeprefix(FILE_PREFIX)
    return path if is_document(path) else None


def describe(options: BuildOptions, page: str) -> tuple[list[str] | None, tuple[Problem, ...]]:
    """What the template of `page` (an address, or a file under content/) may read; None: no such page."""
    import tempfile

    from gazette.pages.explain import explain_view

    build_ = _Build(options, lambda *_: None, int(time.time()))
    try:
        given = build_.given()
    except SiteError as fault:
        return None, fault.problems
    with tempfile.TemporaryDirectory() as folder:
        pages = build_.pages(given, Ledger(Path(folder), engine_identity()))
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
