"""Whether there is anything to do, told without reading a document.

What a build gives depends on its inputs alone. So the last build's inputs are kept as one digest, with
what came out: if they stand, and every file is as it was left, that is this build's result too.
"""

import contextlib
import os
import posixpath
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gazette.config.load import CONFIG_FILE, SiteConfig
from gazette.digests import SIZE, combine, digest_bytes, digest_of, engine_identity
from gazette.ledger import RACY_NS, Ledger, PageRecord
from gazette.pages.theme import Theme
from gazette.problems import Problem
from gazette.publish.report import OF_THE_MOMENT, BuildReport
from gazette.publish.state import State, replace_file
from gazette.reading.scan import Signature, Source

if TYPE_CHECKING:
    from gazette.pages.site_pages import SitePages

_TRIED_AGAIN = frozenset(["search-failed", "search-timeout"])
"""Problems that the next build may not have though nothing changed."""


MadeFile = tuple[str, int, int]
"""Output path, size and mtime_ns of a file that was made."""


class LastBuild(msgspec.Struct, frozen=True, array_like=True):
    """The inputs of the build that published what stands in the output folder, and its result."""

    inputs: bytes
    since: int
    until: int | None
    """From and to when (seconds since 1970; None: for ever) the same inputs give the same site."""
    started_ns: int
    articles: int
    pages: int
    files: list[MadeFile]
    """Every file made, but for the search index."""
    search: dict[str, bytes]
    """Parts of the search index, and digests of what each was made from."""
    index: tuple[str, ...]
    """Output paths of the search index; it is not looked into."""
    problems: tuple[Problem, ...]
    ledger: bytes = b""
    """Checksum of the ledger that it left; another one is another build's."""

    def stands(self, state: State, inputs: bytes, sources: Iterable[Source], now: int) -> bool:
        """Whether a build with these inputs would come to the same, and every file is as it was left."""
        return (
            self.inputs == inputs
            and self.since <= now
            and (self.until is None or now < self.until)
            and self.ledger == _checksum_in(state.ledger)
            and state.made.exists()
            and not any(is_young(source.signature, self.started_ns) for source in sources)
            and all_as_left(state.output, self.files)
            and all_there(state.output, self.index)
        )


def is_young(signature: Signature, started_ns: int) -> bool:
    """Whether a file may have changed, unseen, after what began at that time had looked at it."""
    limit = started_ns - RACY_NS
    return signature.mtime_ns > limit or signature.ctime_ns > limit


def read_last_build(state: State) -> LastBuild | None:
    """What the last build left; None if that is not known."""
    try:
        return _decode(_path(state).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def keep_last_build(
    report: BuildReport, inputs: bytes, pages: "SitePages", state: State, ledger: Ledger
) -> None:
    """Keep what the next build must know to find that there is nothing to do."""
    if report.left_out or any(problem.code in _TRIED_AGAIN for problem in report.problems):
        return
    last = LastBuild(
        inputs=inputs,
        since=pages.choice.now,
        until=pages.until,
        started_ns=ledger.saved_ns,
        articles=report.articles,
        pages=report.pages,
        files=made_files(ledger.pages),
        search=report.search,
        index=report.index_files,
        problems=tuple(p for p in report.problems if p.code not in OF_THE_MOMENT),
        ledger=_checksum_in(state.ledger),
    )
    data = _encode(last)
    with contextlib.suppress(FileNotFoundError):
        if _path(state).read_bytes() == data:
            return
    replace_file(_path(state), data)


def inputs_of(
    config: SiteConfig, theme: Theme, sources: Sequence[Source], options: object
) -> bytes:
    """One digest of all that a build depends on, but for the time; files count by their signatures."""
    wording = config.settings.gate.wording
    lists = [name for name in (*wording.lists, wording.leaders) if name]
    settings = [config.root / name for name in (CONFIG_FILE, *lists)]
    settings += [folder / "theme.yaml" for folder in theme.folders]
    return combine(
        (
            engine_identity(),
            digest_of(config.settings),
            *map(_digest_of_file, settings),
            theme.digest,
            digest_of([(str(path), digest) for path, digest in theme.digests.items()]),
            digest_of(sources),
            digest_of(options),
        )
    )


def made_files(pages: dict[str, PageRecord]) -> list[MadeFile]:
    """The files as `LastBuild` keeps them."""
    files = [(path, record.size, record.mtime_ns) for path, record in pages.items()]
    for record in pages.values():
        if record.twins:
            files += twins_of(record)
    return files


def twins_of(record: PageRecord) -> list[MadeFile]:
    """The compressed twins that lie beside a file."""
    return [(twin.path, twin.size, twin.mtime_ns) for twin in record.twins]


def all_as_left(output: Path, files: Iterable[MadeFile]) -> bool:
    """Whether every file is still as a build left it."""
    top = f"{output}/"
    return all(is_as_left(top + path, size, mtime_ns) for path, size, mtime_ns in files)


def is_as_left(file: str, size: int, mtime_ns: int) -> bool:
    """Whether the file is still as a build left it."""
    try:
        stat = os.lstat(file)  # pathlib takes three times as long, and there are many
    except OSError:
        return False
    return stat.st_size == size and stat.st_mtime_ns == mtime_ns


def all_there(output: Path, files: Collection[str]) -> bool:
    """Whether no file is missing; looking into each would take as long as planning all pages."""
    found: set[str] = set()
    for folder in {posixpath.dirname(path) for path in files}:
        try:
            found.update(f"{folder}/{name}" for name in os.listdir(output / folder))  # noqa: PTH208
        except OSError:
            return False
    return found.issuperset(files)


def _path(state: State) -> Path:
    return state.folder / "last"


def _digest_of_file(path: Path) -> bytes:
    try:
        return digest_bytes(path.read_bytes())
    except OSError:
        return bytes(SIZE)  # no file is another thing than an empty one


def _checksum_in(ledger: Path) -> bytes:
    """The head of the ledger's file, which holds the checksum of the rest."""
    try:
        with ledger.open("rb") as file:
            return file.read(64)
    except OSError:
        return b""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(LastBuild).decode
