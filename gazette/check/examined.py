"""Documents -> findings: the gate's parallel step, each result remembered."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from gazette.check.lists import Lists
from gazette.check.outcome import Examined
from gazette.config.text import decode_text
from gazette.digests import combine, digest_bytes, digest_of
from gazette.ledger import Ledger
from gazette.parallel import PerProcess, Workers, parallel_map
from gazette.reading.document import ReadingContext, ReadResult
from gazette.reading.read import Entry, document_key

_CHUNK = 64
_STEP = "findings"
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Examined).decode
_decode_result = msgspec.msgpack.Decoder(ReadResult).decode
NOTHING = Examined()
_NOTHING = _encode(NOTHING)


class Job(NamedTuple):
    """What workers are given to examine documents."""

    content: Path
    context_digest: bytes
    lists: Lists


class Item(NamedTuple):
    """One document to be examined; `result` is what reading it gave, as the ledger holds it."""

    path: str
    key: bytes
    result: bytes


class Done(NamedTuple):
    """What one document gave; `sure`: the file still was what had been read."""

    path: str
    examined: bytes
    sure: bool


def examine_documents(  # noqa: PLR0913  (what findings depend on, and where and how they are made)
    content: Path, context: ReadingContext, lists: Lists, ledger: Ledger, workers: Workers,
    entries: Sequence[Entry],
) -> dict[str, bytes]:  # fmt: skip
    """What each document that has findings or excuses gave, by its path under content/: see `decoded`."""
    rules = digest_of(lists)
    known: dict[str, bytes] = {}
    unknown: list[Item] = []
    keys: dict[str, bytes] = {}
    for entry in entries:
        path = entry.outline.path
        key = combine((entry.key, rules))
        kept = ledger.result(_STEP, key)
        if kept is not None:
            known[path] = kept
            continue
        keys[path] = key
        unknown.append(Item(path, entry.key, ledger.result("document", entry.key) or b""))
    job = Job(content, digest_of(context), lists)
    for done in parallel_map(examine_part, job, unknown, workers, _CHUNK):
        known[done.path] = done.examined
        if done.sure:
            ledger.remember(_STEP, keys[done.path], done.examined)
    return {path: kept for path, kept in known.items() if kept != _NOTHING}


def decoded(kept: Mapping[str, bytes]) -> dict[str, Examined]:
    """What `examine_documents` gave, as values."""
    return {path: _decode(value) for path, value in kept.items()}


class _Examiner:
    """This process's examiner; what it needs is loaded only where a document has changed."""

    def __init__(self, lists: Lists) -> None:
        from gazette.check.examine import Examiner

        self.examine = Examiner(lists).examine

    def close(self) -> None:
        """Nothing is open."""


def _open_examiner(job: Job) -> _Examiner:
    return _Examiner(job.lists)


_examiner = PerProcess(_open_examiner)
"""The examiner of this process."""


def examine_part(job: Job, part: Iterable[Item]) -> list[Done]:
    """Examine some documents."""
    examiner = _examiner.of(job)
    return [_examine(job, item, examiner) for item in part]


def _examine(job: Job, item: Item, examiner: _Examiner) -> Done:
    from gazette.check.manuscript import Manuscript

    try:
        data = (job.content / item.path).read_bytes()
    except OSError:  # gone since it was read; the next build will tell
        return Done(item.path, _NOTHING, False)
    document = _decode_result(item.result).document
    text, _ = decode_text(data, item.path)
    if text is None or document is None:
        return Done(item.path, _NOTHING, False)
    examined = examiner.examine(Manuscript(document, text))
    sure = document_key(item.path, digest_bytes(data), job.context_digest) == item.key
    return Done(item.path, _encode(examined), sure)
