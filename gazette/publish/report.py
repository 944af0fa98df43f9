"""What a build is told, and what it tells."""

from pathlib import Path

import msgspec

from gazette.parallel import Workers
from gazette.problems import Problem
from gazette.publish.reason import Reason

OF_THE_MOMENT = frozenset(["ledger-damaged", "made-unknown", "output-replaced"])
"""Problems of what was built before, not of the site: the next build does not have them."""


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
    """Warnings of the site count as errors."""
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
    reasons: dict[Reason, int] = {}
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
    index_files: tuple[str, ...] = ()
    """Output paths of the search index."""
    problems: tuple[Problem, ...] = ()
