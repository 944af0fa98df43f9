"""What rules over the whole site see of it."""

from pathlib import Path

import msgspec

from gazette.check.lists import Lists
from gazette.check.outcome import Examined
from gazette.config.load import SiteConfig
from gazette.ledger import Ledger
from gazette.reading.model import Document
from gazette.reading.read import Entry
from gazette.reading.scan import Source
from gazette.site.model import Site


class Survey(msgspec.Struct, frozen=True):
    """The site at one moment."""

    root: Path
    config: SiteConfig
    lists: Lists
    site: Site
    entries: tuple[Entry, ...]
    """The documents that are looked at: all that the site shows, and before publication others too."""
    ledger: Ledger
    """Remembers results of pure steps."""
    now: int
    """The moment asked about, in seconds since 1970."""
    examined: dict[str, Examined] = {}
    """What the documents' texts gave, by path under content/."""
    files: tuple[Source, ...] = ()
    """The files under content/ that are published beside the pages."""
    output: Path | None = None
    """The built site, where there is one to look at."""

    @property
    def documents(self) -> list[Document]:
        """The documents that are looked at."""
        return [entry.document for entry in self.entries]
