"""A look at the whole site, as it stands."""

import contextlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from gazette.check import freshness
from gazette.check.building import Gate
from gazette.check.examine import severity_of
from gazette.check.gate import Located, findings_of, problem_of
from gazette.check.links import EXTERNAL, LOST
from gazette.check.manuscript import Manuscript
from gazette.check.pagetags import looked_at
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.checking.external import dead_links
from gazette.checking.last import Asked, LastCheck, keep_last_check, pages_as_they_stand
from gazette.checking.options import CheckOptions
from gazette.checking.report import CheckReport, Row, row_of_problem
from gazette.checking.sitemap import lost_addresses
from gazette.config.text import decode_text
from gazette.inspection import Inspected, inspected
from gazette.publish.given import Given
from gazette.reading.dates import moment_at
from gazette.reading.scan import FILE_PREFIX
from gazette.site.choice import Choice


class Surveyed(msgspec.Struct, frozen=True):
    """A site ready to be looked at."""

    inspected: Inspected
    gate: Gate
    survey: Survey
    choice: Choice
    """Of the documents that are looked at."""

    def manuscripts(self) -> Iterator[Manuscript]:
        """Every document that is looked at, as its author wrote it."""
        content = self.survey.root / "content"
        for document in self.survey.documents:
            text, _ = decode_text((content / document.path).read_bytes(), document.path)
            if text is not None:
                yield Manuscript(document, text)

    @property
    def until(self) -> int | None:
        """When (seconds since 1970) the same site gives other findings; None: never."""
        everything = [entry.outline for entry in self.inspected.entries]
        moments = [
            self.inspected.pages.until, self.choice.until(everything), freshness.until(self.survey)
        ]  # fmt: skip
        return min((moment for moment in moments if moment is not None), default=None)


@contextlib.contextmanager
def surveyed(options: CheckOptions, given: Given | None = None) -> Iterator[Surveyed]:
    """The site as it stands, drafts and future articles included; raises SiteError."""
    with inspected(options.building, given) as site:
        gate = Gate.of(site.config, site.reading, site.entries, site.ledger, options.workers)
        choice = msgspec.structs.replace(site.choice, drafts=True, future=True)
        entries = [entry for entry in site.entries if choice.shows(entry.outline)]
        files = site.pages.attached
        survey = gate.survey(site.pages.site, entries, files, site.ledger, choice.now)
        output = site.state.output if site.state.output.is_dir() else None
        yield Surveyed(site, gate, msgspec.structs.replace(survey, output=output), choice)


def look(options: CheckOptions, given: Given, asked: Asked) -> CheckReport:
    """Everything that is wrong with the site, and kept for the next check if that may be."""
    with surveyed(options, given) as site:
        state = site.inspected.state
        pages = pages_as_they_stand(state.output, looked_at(site.survey))
        report = _report(options, site)
        if asked.can_be_kept and site.inspected.alone:
            keep_last_check(
                LastCheck(
                    asked.inputs, given.choice.now, site.until, asked.started_ns, pages, report
                ),
                state,
            )
    return report


def _report(options: CheckOptions, site: Surveyed) -> CheckReport:
    bureaus = _bureaus(site.survey)
    found = [*findings_of(site.survey, options.names), *_on_demand(options, site)]
    rows = [_row_of_finding(one, bureaus.get(one.file, "")) for one in found]
    problems = (*site.inspected.problems, *site.gate.problems)
    rows += [row_of_problem(problem, bureaus.get(problem.file or "", "")) for problem in problems]
    settings = site.inspected.config.settings
    return CheckReport(
        title=settings.site.title,
        moment=moment_at(site.survey.now, settings.site.timezone).minute,
        documents=len(site.survey.entries),
        rows=tuple(sorted((row for row in rows if _is_wanted(row, options)), key=_order)),
    )


def _row_of_finding(located: Located, bureau: str) -> Row:
    problem = problem_of(located, stops=located.severity == "error")
    finding = located.finding
    return Row(
        problem, located.rule.family, finding.found, finding.suggestion, finding.context, bureau
    )


def _is_wanted(row: Row, options: CheckOptions) -> bool:
    names = options.names
    return names is None or row.family in names or row.problem.code in names


def _order(row: Row) -> tuple[str, int, int, str]:
    return (row.file, row.problem.line or 0, row.problem.column or 0, row.problem.code)


def _bureaus(survey: Survey) -> dict[str, str]:
    """File -> title of the bureau that it belongs to."""
    written = {FILE_PREFIX + d.path: d.bureaus[0] for d in survey.documents if d.bureaus}
    shown = {
        FILE_PREFIX + article.document.path: article.bureaus[0].title
        for article in survey.site.articles
        if article.bureaus
    }
    profiles = {
        FILE_PREFIX + bureau.document.path: bureau.short or bureau.name
        for bureau in survey.site.bureaus
        if bureau.document
    }
    return written | shown | profiles


def _on_demand(options: CheckOptions, site: Surveyed) -> Iterator[Located]:
    if options.against is not None:
        outputs = frozenset(route.path for route in site.inspected.pages.routes)
        outputs |= {output for output, _ in site.inspected.pages.files}
        outputs |= {picture.path for picture in site.inspected.pages.pictures}
        base = urlsplit(site.gate.lists.site.url).path.rstrip("/") + "/"
        for address in lost_addresses(options.against, outputs, base):
            yield _located(LOST, options.against.name, Finding(LOST.id, found=address), site)
    if options.external:
        for path, finding in dead_links(site.manuscripts(), options.root / ".gazette"):
            yield _located(EXTERNAL, FILE_PREFIX + path, finding, site)


def _located(rule: Rule, file: str, finding: Finding, site: Surveyed) -> Located:
    return Located(file, rule, finding, severity_of(rule, site.gate.lists.settings))
