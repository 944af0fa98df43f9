"""The work of a build: what changed is made in the stage, pages beside the search index."""

import contextlib
from collections.abc import Callable

from gazette.ledger import Ledger
from gazette.pages.site_pages import SitePages
from gazette.parallel import Workers, parallel_map
from gazette.problems import Problem
from gazette.publish.given import Given
from gazette.publish.plan import Plan, rendering_of
from gazette.publish.search.begin import begin_index
from gazette.publish.search.index import Indexed
from gazette.publish.stage import Staged, Staging, grouped, stage_part
from gazette.publish.state import State

_PAGES_A_CHUNK = 200


class Work:
    """The work of one build; to be closed."""

    def __init__(
        self, given: Given, plan: Plan, pages: SitePages, state: State, ledger: Ledger
    ) -> None:
        """Begins with the search index, if `given` has a program for it; else that stays as it was."""
        self.staged: list[Staged] = []
        """How the files that changed came out."""
        self.problems: list[Problem] = []
        self._plan = plan
        self._workers: Workers = given.workers
        self._staging: Staging | None = None
        self._kept = Indexed()
        if plan.changed:
            rendering = rendering_of(plan, pages, given.theme, ledger)
            folders = (state.stage, state.output)
            self._staging = Staging(rendering, *folders, pages.workshop, pages.encodings)
        self._index = begin_index(pages, state, ledger, given.workers, given.program)
        if given.program and given.runs_program:
            timeout = given.config.settings.search.timeout
            self._index.start(given.program, given.workers.count, timeout)
        if given.program is None and pages.routes[0].view.common.search:
            self._kept = Indexed.kept(ledger)

    def close(self) -> None:
        """End what still runs."""
        self._index.close()

    def render(self, progress: Callable[[str, int, int], None]) -> None:
        """Make the pages and copies; what goes wrong is in `problems`."""
        if self._staging is None:
            return
        done = parallel_map(
            stage_part, self._staging, self._plan.drawn, self._workers, _PAGES_A_CHUNK
        )
        with contextlib.closing(done) as results:
            for result in results:
                self.staged.append(result)
                progress("render", len(self.staged), len(self._plan.changed))
                if len(self.staged) % _PAGES_A_CHUNK == 0:
                    self._index.advance()
        self.problems += grouped(result.problem for result in self.staged if result.problem)

    def indexed(self) -> Indexed:
        """The search index, when it is done."""
        return self._kept if self._kept.records else self._index.finish()
