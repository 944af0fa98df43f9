"""What a build is made from: configuration, theme, sources, and the moment."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gazette.config.load import SiteConfig, load
from gazette.ledger import Ledger
from gazette.pages.theme import Theme, load_theme
from gazette.parallel import Workers
from gazette.problems import Problem, SiteError
from gazette.publish.report import BuildOptions
from gazette.publish.state import misplaced
from gazette.publish.unchanged import inputs_of
from gazette.reading.dates import read_date
from gazette.reading.scan import Source, scan
from gazette.site.choice import Choice

if TYPE_CHECKING:
    from gazette.media.pictures import Pictures
    from gazette.reading.document import ReadingContext
    from gazette.reading.read import Entry

_NOT_SHAPING = frozenset(["root", "output", "as_of", "workers", "clean", "verify"])
"""Options that what comes out does not depend on; of the time it depends only in spans."""


class Given(msgspec.Struct, frozen=True):
    """What a build is made from."""

    config: SiteConfig
    theme: Theme
    sources: list[Source]
    choice: Choice
    output: Path
    digest: bytes
    """Stands for all that the build depends on, but for the time."""
    problems: tuple[Problem, ...]
    workers: Workers
    runs_program: bool
    """Whether to run the search program; else only what it would be given is made."""
    program: Path | None = None
    """Which indexes for search; None if the site has no search, or it is not known yet."""

    @property
    def reading(self) -> "ReadingContext":
        """The settings that reading uses."""
        from gazette.reading.document import ReadingContext

        settings = self.config.settings
        return ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)

    def read(self, ledger: Ledger) -> tuple[list["Entry"], list[Source], list[Problem]]:
        """The documents, the other files of content/, and what is wrong with documents."""
        from gazette.reading.read import read_documents
        from gazette.site.bureaus import BureauNames

        names = BureauNames(self.config.bureaus).mention_names()
        content = self.config.root / "content"
        return read_documents(content, self.sources, self.reading, names, ledger, self.workers)

    def pictures(self, ledger: Ledger, progress: Callable[[str, int, int], None]) -> "Pictures":
        """What there is to know of pictures, and to make of them."""
        from gazette.media.cache import FOLDER, Workshop
        from gazette.media.pictures import Pictures

        root = self.config.root
        workshop = Workshop(root / ".gazette" / FOLDER, self.config.settings.pictures)
        return Pictures(root / "content", workshop, ledger, self.workers, progress)


def gather(options: BuildOptions, now: int) -> Given:
    """Read what the build is made from, as of `now` (seconds since 1970); raises SiteError."""
    config = load(options.root)
    settings = config.settings
    if options.base_url:
        site = msgspec.structs.replace(settings.site, url=options.base_url)
        settings = msgspec.structs.replace(settings, site=site)
        config = msgspec.structs.replace(config, settings=settings)
    output = (options.output or options.root / settings.output.dir).absolute()
    fault = misplaced(options.root, output)
    if fault:
        raise SiteError([*config.problems, fault])
    theme = load_theme(options.root, settings)
    problems = list(config.problems)
    sources = scan(options.root / "content", problems)
    values = msgspec.structs.asdict(options)
    shaping = {name: values[name] for name in sorted(values.keys() - _NOT_SHAPING)}
    return Given(
        config=config,
        theme=theme,
        sources=sources,
        choice=_choice(options, settings.site.timezone, now),
        output=output,
        digest=inputs_of(config, theme, sources, [shaping, problems]),
        problems=tuple(problems),
        workers=options.workers,
        runs_program=options.index,
    )


def _choice(options: BuildOptions, timezone: str, now: int) -> Choice:
    """Which documents exist at the moment that is asked for."""
    reading = read_date(options.as_of, timezone) if options.as_of else None
    if reading:
        now = reading.moment.timestamp
    return Choice(now, options.drafts, options.future, options.expired)
