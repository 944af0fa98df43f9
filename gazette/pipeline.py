"""The build, as a list of verbs."""

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from gazette.digests import engine_identity
from gazette.ledger import Ledger
from gazette.packs import LedgerDamageError
from gazette.parallel import Workers, available_workers
from gazette.problems import Problem, SiteError, errors, in_order, warning
from gazette.publish.given import Given, gather
from gazette.publish.record import BuildRecord, write_record
from gazette.publish.report import OF_THE_MOMENT, BuildOptions, BuildReport
from gazette.publish.state import State, disk_error, replace_file
from gazette.publish.unchanged import keep_last_build, read_last_build
from gazette.reading.scan import FILE_PREFIX, is_document

# A build that finds nothing to do takes a third of a second, most of it to import what is above. So
# what only the others need is imported where they come to it.
if TYPE_CHECKING:
    from gazette.check.building import Gate
    from gazette.pages.site_pages import SitePages
    from gazette.publish.commit import Change
    from gazette.publish.kept import Kept
    from gazette.publish.plan import Plan
    from gazette.publish.search.index import Indexed
    from gazette.publish.stage import Staged
    from gazette.publish.work import Work
    from gazette.reading.read import Entry
    from gazette.reading.scan import Source
    from gazette.site.assemble import Contents

__all__ = ["Build", "BuildOptions", "BuildReport", "build", "default_workers"]

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done, and how many there are."""


def build(
    options: BuildOptions, progress: Progress = lambda *_: None, kept: "Kept | None" = None
) -> BuildReport:
    """Build the site; raises MachineError if the machine does not let it.

    `kept` is for a process that builds again and again: what it need not find out anew.
    """
    return Build(options, progress, int(time.time()), kept).run()


class Build:
    """One build: its problems and the time that each stage took."""

    def __init__(
        self, options: BuildOptions, progress: Progress, now: int, kept: "Kept | None" = None
    ) -> None:
        self.options = options
        self.progress = progress
        self.now = now
        self.started_ns = time.time_ns()
        self.kept = kept
        self.problems: list[Problem] = []
        self.left_out: frozenset[str] = frozenset()
        self.plan: Plan | None = None
        """What there was to do; not given up before the build is, for that takes its time."""
        self.seconds: dict[str, float] = {}
        self.output = options.root / "output"
        self._since = time.perf_counter()

    def run(self) -> BuildReport:
        """Build, with the lock held; raises MachineError if the machine does not let it."""
        try:
            return self._run()
        except OSError as fault:
            raise disk_error(fault) from fault

    def _run(self) -> BuildReport:
        try:
            given = self.gathered()
        except SiteError as fault:
            return self._refused(fault.problems)
        state = self.kept.state if self.kept else State(self.options.root, self.output)
        with contextlib.nullcontext() if self.kept else state.locked():
            report = self._as_before(given, state) or self._anew(given, state)
            if report.published and not self.kept:
                self._record(given, report, state)
            return self._verified(report, state) if self.options.verify else report

    def _record(self, given: Given, report: BuildReport, state: State) -> None:
        """Keep what deploying asks of the build that lies in the output folder."""
        options, found = self.options, len(errors(report.problems))
        shown = (options.drafts, options.future, options.expired)
        write_record(state, BuildRecord(self.started_ns, given.choice.now, *shown, found))

    def gathered(self) -> Given:
        """What the build is made from; raises SiteError."""
        given = gather(self.options, self.now)
        self.output = given.output
        self.problems += given.problems
        return given

    def _as_before(self, given: Given, state: State) -> BuildReport | None:
        """The last build's report, if this one would find nothing to do."""
        if self.options.clean or self.kept or state.journal.exists():
            return None
        last = read_last_build(state)
        if not last or not last.stands(state, given.digest, given.sources, given.choice.now):
            return None
        self._mark("start")
        return BuildReport(
            output=self.output, published=True, articles=last.articles, pages=last.pages,
            seconds=self.seconds, search=last.search, index_files=last.index,
            problems=last.problems,
        )  # fmt: skip

    def _anew(self, given: Given, state: State) -> BuildReport:
        """The report of a build that looks at everything, and makes what is not as it should be."""
        from gazette.publish.commit import clear_stage, recover
        from gazette.publish.search.begin import searchable
        from gazette.publish.stage import renderer

        recover(state)
        clear_stage(state)
        given = searchable(given, self.options.no_search, self.problems)
        ledger = self._ledger(state)
        try:
            return self._made(given, state, ledger)
        except LedgerDamageError as fault:
            self.problems.append(warning("ledger-damaged", reason=fault))
            return self._made(given, state, Ledger(state.folder, ledger.engine))
        finally:
            renderer.close()
            clear_stage(state)

    def _ledger(self, state: State) -> Ledger:
        """What is remembered of the last build."""
        if self.options.clean:
            return Ledger(state.folder, engine_identity())
        if self.kept and self.kept.ledger:
            return self.kept.ledger.following()
        return Ledger.open(state.folder, engine_identity(), self.problems)

    def _made(self, given: Given, state: State, ledger: Ledger) -> BuildReport:
        from gazette.publish.plan import make_plan

        self._mark("start")
        checking = given.config.settings.gate.mode != "off"
        pages = self.pages(given, ledger, checking=checking)
        if self.kept:
            self.kept.made(given.config, given.theme, pages)
        if self._stops():
            return self._refused_having_read(state, ledger)
        plan = make_plan(pages, given.theme, ledger, state, self.options.workers)
        self.plan = plan
        self.problems += plan.problems
        self._mark("plan")
        if self._stops():
            return self._refused_having_read(state, ledger)
        if self.kept:
            self.kept.planned(plan, ledger)
        with contextlib.closing(self._work(given, plan, pages, state, ledger)) as work:
            self._mark("search")
            work.render(self.progress)
            self.problems += work.problems
            self._mark("render")
            indexed = None if self._stops() else work.indexed()
        if indexed is None:
            return self._refused_having_read(state, ledger)
        self.problems += indexed.problems
        self._mark("search")
        if self._stops():
            return self._refused_having_read(state, ledger)
        report = self._published(pages, plan, (work.staged, indexed), state, ledger)
        if report.published and not self.kept:
            keep_last_build(report, given.digest, pages, state, ledger)
        return report

    def pages(self, given: Given, ledger: Ledger, *, checking: bool = False) -> "SitePages":
        """All pages of the site; `checking` asks the publication gate too."""
        entries, files = self.read(given, ledger)
        gate = self._gate(given, entries, ledger) if checking else None
        return self.laid_out(given, (entries, files), ledger, gate)

    def read(self, given: Given, ledger: Ledger) -> tuple[list["Entry"], list["Source"]]:
        """The documents, and the other files of content/."""
        entries, files, problems = given.read(ledger)
        self.problems += problems
        self._mark("read")
        return entries, files

    def _gate(self, given: Given, entries: list["Entry"], ledger: Ledger) -> "Gate":
        from gazette.check.building import Gate

        gate = Gate.of(given.config, given.reading, entries, ledger, self.options.workers)
        self._mark("check")
        return gate

    def laid_out(
        self, given: Given, found: tuple[list["Entry"], list["Source"]], ledger: Ledger,
        gate: "Gate | None" = None,
    ) -> "SitePages":  # fmt: skip
        """All pages, of documents and files that were found."""
        from gazette.site.assemble import Contents

        pictures = given.pictures(ledger, self.progress)
        pages = self._shown(given, Contents(*found, given.choice, pictures), ledger, gate)
        self._mark("assemble")
        if pictures.seconds:
            self.seconds["pictures"] = round(pictures.seconds, 4)
            self.seconds["assemble"] = round(self.seconds["assemble"] - pictures.seconds, 4)
        return pages

    def _shown(
        self, given: Given, contents: "Contents", ledger: Ledger, gate: "Gate | None"
    ) -> "SitePages":
        """All pages; in quarantine as often as leaving faulty documents out uncovers other faults."""
        from gazette.pages.site_pages import lay_out

        unread = faulty = self._faulty(self.problems)
        while True:
            if self.options.quarantine:
                self.left_out |= faulty
            shown = msgspec.structs.replace(contents, left_out=self.left_out | unread)
            pages = lay_out(given.config, given.theme, shown, ledger)
            found = [*pages.problems]
            if gate is not None:
                found += gate.build_problems(pages.site, pages.attached, given.choice, ledger)
            faulty = self._faulty(found)
            if not self.options.quarantine or faulty <= self.left_out:
                self.problems += found
                return pages
            self.problems += [p for p in self._counted(found) if _document(p) in faulty]

    def _work(
        self, given: Given, plan: "Plan", pages: "SitePages", state: State, ledger: Ledger
    ) -> "Work":
        from gazette.publish.work import Work

        # A preview indexes when it is asked to.
        program = given.program if self.options.index or not self.kept else None
        return Work(msgspec.structs.replace(given, program=program), plan, pages, state, ledger)

    def _published(
        self, pages: "SitePages", plan: "Plan", work: tuple[Sequence["Staged"], "Indexed"],
        state: State, ledger: Ledger,
    ) -> BuildReport:  # fmt: skip
        from gazette.pages.search import INDEX_FOLDER
        from gazette.publish.commit import Change, obstacles

        staged, indexed = work
        made = state.read_made()
        known = ledger.paths if made is None else made
        written = [path for result in staged for path in result.waiting]
        renames = [*written, *indexed.renames]
        strangers, problems = obstacles(state, renames, known or made)
        self.problems += problems
        if self._stops():
            return self._refused_having_read(state, ledger)
        ledger.pages = plan.kept | {r.path: r.record for r in staged if r.record}
        ledger.parts = plan.parts
        ledger.search = indexed.records
        paths = ledger.paths
        stale = sorted(known - paths)
        self._commit(Change(renames, stale, strangers, paths), made, state, ledger)
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
            index_files=tuple(sorted(indexed.paths)),
            problems=in_order(self.problems),
        )

    def _commit(
        self, change: "Change", made: frozenset[str] | None, state: State, ledger: Ledger
    ) -> None:
        from gazette.publish.commit import commit

        changes = bool(change.renames or change.stale or made != change.made)
        if self.kept:
            if changes:
                commit(state, change, None)
            self.kept.follow(ledger)
        elif changes or ledger.changed():
            commit(state, change, ledger.encoded())
            ledger.remove_unused_packs()

    def _verified(self, report: BuildReport, state: State) -> BuildReport:
        """The report, with what differs from a clean build of the same moment."""
        from gazette.publish.verify import clean_output, compare, old_parts

        if not report.published:
            return report
        with clean_output(state) as clean:
            options = msgspec.structs.replace(
                self.options, output=clean, clean=True, verify=False, index=False
            )
            other = Build(options, self.progress, self.now).run()
            made = (state.read_made() or frozenset()) - frozenset(report.index_files)
            found = compare(made, state.output, clean, old_parts(report.search, other.search))
        self._mark("verify")
        problems = in_order([*report.problems, *other.problems, *found])
        return msgspec.structs.replace(report, problems=problems)

    # Faults

    def _counted(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """The problems that count as errors."""
        if not self.options.strict:
            return errors(problems)
        return [p for p in problems if p.severity == "error" or p.code not in OF_THE_MOMENT]

    def _faulty(self, problems: Sequence[Problem]) -> frozenset[str]:
        """The documents that have such problems, by their paths under content/."""
        return frozenset(filter(None, map(_document, self._counted(problems))))

    def _stops(self) -> bool:
        """Whether a problem forbids publishing; those of documents that are left out do not."""
        return any(_document(p) not in self.left_out for p in self._counted(self.problems))

    def _refused_having_read(self, state: State, ledger: Ledger) -> BuildReport:
        """Nothing is published, but what was read need not be read again."""
        ledger.keep_unasked()
        if self.kept:
            self.kept.follow(ledger)
        elif ledger.changed():
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


def default_workers(jobs: int | None, start_method: str | None) -> Workers:
    """As many workers as asked for, else as many as there are processors."""
    return Workers(jobs or available_workers(), start_method)
