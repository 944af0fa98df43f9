"""The gate as a build asks it.

What it needs to look at documents is loaded only where something has changed: an unchanged build has
other things to do.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from gazette.check.examined import decoded, examine_documents
from gazette.check.file_kinds import FILE_STEPS, FILE_SUFFIXES
from gazette.check.lists import Lists, load_lists
from gazette.config.load import SiteConfig
from gazette.digests import combine, digest_of
from gazette.ledger import Ledger
from gazette.parallel import Workers
from gazette.problems import Problem
from gazette.reading.document import ReadingContext
from gazette.reading.read import Entry
from gazette.reading.scan import Source
from gazette.site.choice import Choice
from gazette.site.model import Site

if TYPE_CHECKING:
    from gazette.check.survey import Survey


class Gate(msgspec.Struct, frozen=True):
    """What the documents' texts gave, before the site is put together."""

    config: SiteConfig
    lists: Lists
    entries: tuple[Entry, ...]
    examined: dict[str, bytes]
    problems: tuple[Problem, ...]
    """Of the gate's settings and lists."""

    @classmethod
    def of(
        cls, config: SiteConfig, context: ReadingContext, entries: Sequence[Entry], ledger: Ledger,
        workers: Workers,
    ) -> "Gate":  # fmt: skip
        """Examine the documents that changed since they were examined last."""
        problems: list[Problem] = []
        if config.settings.gate.severity:
            from gazette.check.gate import setting_faults

            problems += setting_faults(config)
        lists = load_lists(config, problems)
        examined = examine_documents(
            config.root / "content", context, lists, ledger, workers, entries
        )
        return cls(config, lists, tuple(entries), examined, tuple(problems))

    def survey(
        self, site: Site, entries: Sequence[Entry], files: Sequence[Source], ledger: Ledger,
        now: int,
    ) -> "Survey":  # fmt: skip
        """The site as rules over the whole of it see it; `files` are those that are published."""
        from gazette.check.survey import Survey

        return Survey(
            self.config.root, self.config, self.lists, site, tuple(entries), ledger, now,
            decoded(self.examined), tuple(files),
        )  # fmt: skip

    def build_problems(
        self, site: Site, files: Sequence[Source], choice: Choice, ledger: Ledger
    ) -> list[Problem]:
        """What a build says: of the documents that it shows."""

        def find() -> list[Problem]:
            from gazette.check.gate import build_problems, findings_of

            shown = [entry for entry in self.entries if entry.outline.path not in site.hidden]
            survey = self.survey(site, shown, looked_at, ledger, choice.now)
            return build_problems(findings_of(survey, building=True), survey)

        looked_at = [source for source in files if source.path.lower().endswith(FILE_SUFFIXES)]
        if not self.examined and not looked_at:
            return [*self.problems]
        found = ledger.memo("gate", self._key(site, looked_at), list[Problem], find)
        for step in FILE_STEPS:
            ledger.keep(step)
        return [*self.problems, *found]

    def _key(self, site: Site, files: Sequence[Source]) -> bytes:
        """Stands for all that a build's findings depend on."""
        places = [article.path for article in site.articles] + [page.path for page in site.pages]
        rest = digest_of((self.lists, places, sorted(site.hidden), files))
        return combine([*(entry.key for entry in self.entries), rest])
