"""The last check's report, and all that it depends on: where that is the same, the report stands.

Like `gazette.publish.unchanged`, which tells the same of builds; a check depends besides on the built
pages that it looks at and on git's history.
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from gazette.check.history import history_of
from gazette.checking.options import CheckOptions
from gazette.checking.report import CheckReport
from gazette.digests import combine, digest_of
from gazette.publish.given import Given
from gazette.publish.report import OF_THE_MOMENT
from gazette.publish.state import State, replace_file
from gazette.publish.unchanged import is_young
from gazette.reading.scan import Signature, signature_of

Page = tuple[str, Signature | None]
"""A page of the built site, by its path below the output folder, and how it stood; None: not there."""


class Asked(msgspec.Struct, frozen=True):
    """What a check looks at, and since when."""

    inputs: bytes
    """Stands for all that its findings depend on, but for the time and the built pages."""
    started_ns: int
    can_be_kept: bool
    """Not if it asks what is outside the site."""

    @classmethod
    def of(cls, given: Given, options: CheckOptions, started_ns: int) -> "Asked":
        """What this check looks at."""
        names = None if options.names is None else sorted(options.names)
        inputs = combine((given.digest, digest_of(names), digest_of(history_of(options.root))))
        return cls(inputs, started_ns, options.against is None and not options.external)


class LastCheck(msgspec.Struct, frozen=True, array_like=True):
    """A check's inputs and its report."""

    inputs: bytes
    since: int
    until: int | None
    """From and to when (seconds since 1970; None: for ever) the same inputs give the same findings."""
    started_ns: int
    pages: list[Page]
    report: CheckReport

    def stands(self, state: State, asked: Asked, given: Given) -> bool:
        """Whether a check that asks this would come to the same report."""
        now = given.choice.now
        if self.inputs != asked.inputs or now < self.since or not (now < (self.until or now + 1)):
            return False
        signatures = [source.signature for source in given.sources]
        signatures += [signature for _, signature in self.pages if signature is not None]
        if any(is_young(signature, self.started_ns) for signature in signatures):
            return False
        return self.pages == pages_as_they_stand(state.output, (path for path, _ in self.pages))


def pages_as_they_stand(output: Path, paths: Iterable[str]) -> list[Page]:
    """How each of the pages stands on disk; ask before they are read."""
    top = f"{output}/"
    return [(path, _signature(top + path)) for path in paths]


def read_last_check(state: State) -> LastCheck | None:
    """What the last check left; None if that is not known."""
    try:
        return _decode(_path(state).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def keep_last_check(last: LastCheck, state: State) -> None:
    """Keep what the next check must know to find that nothing has changed."""
    if any(row.problem.code in OF_THE_MOMENT for row in last.report.rows):
        return
    data = _encode(last)
    with contextlib.suppress(FileNotFoundError):
        if _path(state).read_bytes() == data:
            return
    replace_file(_path(state), data)


def _path(state: State) -> Path:
    return state.folder / "checked"


def _signature(file: str) -> Signature | None:
    try:
        return signature_of(os.stat(file))  # noqa: PTH116  (pathlib takes three times as long)
    except OSError:
        return None


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(LastCheck).decode
