"""What a check is told."""

from pathlib import Path

import msgspec

from gazette.parallel import Workers
from gazette.publish.report import BuildOptions


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

    @property
    def building(self) -> BuildOptions:
        """The build whose site is looked at."""
        return BuildOptions(
            root=self.root, output=self.output, as_of=self.as_of, drafts=self.drafts,
            future=self.drafts, workers=self.workers,
        )  # fmt: skip
