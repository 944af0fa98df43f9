"""What a process that builds a site again and again keeps from one build to the next."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from gazette.config.load import SiteConfig
from gazette.ledger import Ledger
from gazette.packs import BlobRef
from gazette.pages.render import Rendering
from gazette.pages.site_pages import SitePages
from gazette.pages.theme import Theme
from gazette.publish.plan import Plan, rendering_of
from gazette.publish.stage import Output
from gazette.publish.state import State, replace_file


class Published(msgspec.Struct, frozen=True):
    """What one build published, and what it was made from."""

    root: Path
    config: SiteConfig
    theme: Theme
    translations: dict[str, str]
    """The theme's texts in the site's language."""
    pages: SitePages
    packs: Path
    blobs: dict[bytes, BlobRef]


class Planned(msgspec.Struct, frozen=True):
    """What a build that is under way is going to make."""

    pages: SitePages
    rendering: Rendering
    outputs: dict[str, Output]
    """By output path, only those that change."""


class Kept:
    """The memory of one process; whoever has it holds the lock on `state`.

    The ledger stays in memory and is written by `save`, when there is time. Killed before that, the
    process leaves an older ledger, by which the next one makes again what it does not know.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.ledger: Ledger | None = None
        self.config: SiteConfig | None = None
        self.theme: Theme | None = None
        self.pages: SitePages | None = None
        """As of the last build that came so far, published or not."""
        self.translations: dict[str, str] = {}
        """The theme's texts in the site's language."""
        self.on_planned: Callable[[Planned], None] = lambda _: None
        """Called by each build when it knows what it is going to make."""
        self._unsaved = False

    def made(self, config: SiteConfig, theme: Theme, pages: SitePages) -> None:
        """Keep what a build is going to publish."""
        self.config, self.theme, self.pages = config, theme, pages

    def planned(self, plan: Plan, ledger: Ledger) -> None:
        """Tell what a build is going to make of the pages that were kept."""
        assert self.pages is not None and self.theme is not None
        self.translations = plan.translations
        rendering = rendering_of(plan, self.pages, self.theme, ledger)
        outputs = {output.path: output for output in plan.changed}
        self.on_planned(Planned(self.pages, rendering, outputs))

    def follow(self, ledger: Ledger) -> None:
        """Keep the ledger of a build that is over."""
        self._unsaved = self._unsaved or ledger.changed()
        self.ledger = ledger

    def published(self) -> Published | None:
        """What the last build published; to be asked only if it did."""
        if not (self.config and self.theme and self.pages and self.ledger):
            return None
        root, ledger = self.state.root, self.ledger
        return Published(
            root,
            self.config,
            self.theme,
            self.translations,
            self.pages,
            ledger.folder,
            ledger.blobs,
        )

    def save(self) -> None:
        """Write the ledger, if there is anything new in it."""
        if self.ledger is None or not self._unsaved:
            return
        replace_file(self.state.ledger, self.ledger.encoded())
        self.ledger.remove_unused_packs()
        self._unsaved = False
