"""A check of the whole site."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from gazette.check.building import Gate
from gazette.check.examine import severity_of
from gazette.check.gate import Located, findings_of
from gazette.check.links import EXTERNAL, LOST
from gazette.check.manuscript import Manuscript
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.checking.external import dead_links
from gazette.checking.report import CheckReport, Row, row_of_finding, row_of_problem
from gazette.checking.sitemap import lost_addresses
from gazette.config.text import decode_text
from gazette.inspection import Inspected, inspected
from gazette.parallel import Workers
from gazette.publish.report import BuildOptions
from gazette.reading.dates import moment_at
from gazette.reading.scan import FILE_PREFIX


class CheckOptions(msgspec.Struct, frozen=True):
    """What the command line says of a check."""

    root: Path
    output: Path | None = None
    """The built site; None: where the settings say."""
    as_of: str | None = None
    drafts: bool = False
    """Put the site together as if drafts and future articles were published."""
    names: frozenset[str] | None = None
    """Rules and families that are asked; None: all."""
    files: frozenset[str] | None = None
    """Files, relative to the site's root, whose findings are told; None: all."""
    against: Path | None = None
    """An older sitemap, whose addresses must still be there."""
    external: bool = False
    """Ask other hosts whether links to them are alive."""
    workers: Workers = Workers()


class Surveyed(msgspec.Struct, frozen=True):
    """A site ready to be looked at."""

    inspected: Inspected
    gate: Gate
    survey: Survey

    def manuscripts(self) -> Iterator[Manuscript]:
        """Every document that is looked at, as its author wrote it."""
        content = self.survey.root / "content"
        for document in self.survey.documents:
            text, _ = decode_text((content / document.path).read_bytes(), document.path)
            if text is not None:
                yield Manuscript(document, text)


@contextlib.contextmanager
def surveyed(options: CheckOptions) -> Iterator[Surveyed]:
    """The site as it stands, drafts and future articles included; raises SiteError."""
    building = BuildOptions(
        root=options.root, output=options.output, as_of=options.as_of, drafts=options.drafts,
        future=options.drafts, workers=options.workers,
    )  # fmt: skip
    with inspected(building) as site:
        gate = Gate.of(site.config, site.reading, site.entries, site.ledger, options.workers)
        choice = msgspec.structs.replace(site.choice, drafts=True, future=True)
        entries = [entry for entry in site.entries if choice.shows(entry.outline)]
        files = site.pages.attached
        survey = gate.survey(site.pages.site, entries, files, site.ledger, choice.now)
        output = site.output if site.output.is_dir() else None
        yield Surveyed(site, gate, msgspec.structs.replace(survey, output=output))


def check(options: CheckOptions) -> CheckReport:
    """Everything that is wrong with the site; raises SiteError if it cannot be put together."""
    with surveyed(options) as site:
        bureaus = _bureaus(site.survey)
        found = [*findings_of(site.survey, options.names), *_on_demand(options, site)]
        rows = [row_of_finding(one, bureaus.get(one.file, "")) for one in found]
        problems = (*site.inspected.problems, *site.gate.problems)
        rows += [
            row_of_problem(problem, bureaus.get(problem.file or "", "")) for problem in problems
        ]
        settings = site.inspected.config.settings
        return CheckReport(
            title=settings.site.title,
            moment=moment_at(site.survey.now, settings.site.timezone).minute,
            documents=len(site.survey.entries),
            rows=tuple(sorted((row for row in rows if _is_wanted(row, options)), key=_order)),
        )


def _is_wanted(row: Row, options: CheckOptions) -> bool:
    names, files = options.names, options.files
    named = names is None or row.family in names or row.problem.code in names
    return named and (files is None or row.file in files)


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
    return written | shown


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
