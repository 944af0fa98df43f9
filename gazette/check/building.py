"""The gate as a build asks it."""

from collections.abc import Iterable, Sequence

import msgspec

from gazette.check.examined import examine_documents
from gazette.check.gate import build_problems, findings_of, setting_faults
from gazette.check.lists import Lists, load_lists
from gazette.check.outcome import Examined
from gazette.check.survey import Survey
from gazette.config.load import SiteConfig
from gazette.ledger import Ledger
from gazette.parallel import Workers
from gazette.problems import Problem
from gazette.reading.document import ReadingContext
from gazette.reading.read import Entry
from gazette.reading.scan import Source
from gazette.site.model import Site
from gazette.site.placement import Choice


class Gate(msgspec.Struct, frozen=True):
    """What the documents' texts gave, before the site is put together."""

    config: SiteConfig
    lists: Lists
    entries: tuple[Entry, ...]
    examined: dict[str, Examined]
    problems: tuple[Problem, ...]
    """Of the gate's settings and lists."""

    @classmethod
    def of(
        cls, config: SiteConfig, context: ReadingContext, entries: Sequence[Entry], ledger: Ledger,
        workers: Workers,
    ) -> "Gate":  # fmt: skip
        """Examine the documents that changed since they were examined last."""
        problems = setting_faults(config)
        lists = load_lists(config, problems)
        examined = examine_documents(
            config.root / "content", context, lists, ledger, workers, entries
        )
        return cls(config, lists, tuple(entries), examined, tuple(problems))

    def survey(  # noqa: PLR0913  (what the survey holds)
        self, site: Site, entries: Sequence[Entry], files: Iterable[Source], ledger: Ledger, now: int
    ) -> Survey:
        """The site as rules over the whole of it see it; `files` are those that are published."""
        return Survey(
            self.config.root,
            self.config,
            self.lists,
            site,
            tuple(entries),
            ledger,
            now,
            self.examined,
            tuple(files),
        )

    def build_problems(
        self, site: Site, files: Iterable[Source], choice: Choice, ledger: Ledger
    ) -> list[Problem]:
        """What a build says: of the documents that it shows."""
        shown = [e for e in self.entries if e.document.path not in site.hidden]
        survey = self.survey(site, shown, files, ledger, choice.now)
        found = findings_of(survey, building=True)
        return [*self.problems, *build_problems(found, survey)]
