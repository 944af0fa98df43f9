"""Sources -> documents: the first parallel step, each result remembered."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from gazette.config.load import CONFIG_FILE, default_line
from gazette.digests import digest_bytes, digest_of
from gazette.ledger import Ledger
from gazette.packs import BlobRef, PackWriter
from gazette.parallel import PerProcess, Workers, parallel_map
from gazette.problems import Problem, error
from gazette.reading.document import (
    Outlined,
    ReadingContext,
    ReadResult,
    kind_of,
    read_document,
)
from gazette.reading.mentions import Names, find_mentions
from gazette.reading.model import Document, Outline
from gazette.reading.names import file_faults, name_faults
from gazette.reading.scan import (
    FILE_PREFIX,
    Signature,
    Source,
    is_document,
    normal,
    signature_of,
)

_CHUNK = 64
_encode = msgspec.msgpack.Encoder().encode
_decode_result = msgspec.msgpack.Decoder(ReadResult).decode
_decode_outlined = msgspec.msgpack.Decoder(Outlined).decode
_decode_mentions = msgspec.msgpack.Decoder(tuple[str, ...]).decode
_NO_MENTIONS = _encode(())


class Entry(msgspec.Struct, frozen=True, dict=True):
    """A document that was read."""

    outline: Outline
    key: bytes
    """Digest of all that reading it depended on."""
    mentions: tuple[str, ...]
    """Slugs of the bureaus that it names."""
    encoded: bytes
    """What reading it gave."""

    @cached_property
    def document(self) -> Document:
        """All of it, decoded where it is asked for."""
        document = _decode_result(self.encoded).document
        assert document is not None
        return document


class Job(msgspec.Struct, frozen=True):
    """What workers are given to read documents."""

    content: Path
    context: ReadingContext
    context_digest: bytes
    names: Names
    packs: Path


class Done(msgspec.Struct, frozen=True):
    """What reading one file gave; `signature` is None if the file was being changed meanwhile."""

    path: str
    signature: Signature | None = None
    digest: bytes = b""
    key: bytes = b""
    result: bytes = b""
    body: BlobRef | None = None
    mentions: bytes = b""
    problem: Problem | None = None


def read_documents(  # noqa: PLR0913  (what documents depend on, and where and how they are read)
    content: Path, sources: Sequence[Source], context: ReadingContext, names: Names,
    ledger: Ledger, workers: Workers,
) -> tuple[list[Entry], list[Source], list[Problem]]:  # fmt: skip
    """The documents among `sources`; the other files; and what is wrong with documents."""
    job = Job(content, context, digest_of(context), names, ledger.folder)
    known: dict[str, _Read | Problem] = {}
    unknown = []
    memory = _Memory(job, ledger)
    for source in sources:
        if is_document(source.path):
            found = memory.find(source)
            if found is None:
                unknown.append(source)
            else:
                known[source.path] = found
    for done in parallel_map(read_part, job, unknown, workers, _CHUNK):
        known[done.path] = done.problem or memory.keep(done)
    _pack.close()
    entries, files, problems = _sorted_out(sources, known)
    return entries, files, [_placed(problem, job) for problem in problems]


def _placed(problem: Problem, job: Job) -> Problem:
    """A problem of a value from config.yaml's `defaults`, with its line there.

    Documents do not carry that line: they would have to be read anew whenever it changed.
    """
    if problem.file != CONFIG_FILE:
        return problem
    key, value = problem.arguments["key"], problem.arguments["value"]
    line = default_line(job.content.parent / CONFIG_FILE, job.context.defaults, key, value)
    return msgspec.structs.replace(problem, line=line)


def _sorted_out(
    sources: Sequence[Source], known: dict[str, "_Read | Problem"]
) -> tuple[list[Entry], list[Source], list[Problem]]:
    entries, files, problems = [], [], list(name_faults(sources))
    for source in sources:
        found = known.get(source.path)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        entry, faults = found or _NOTHING
        problems += faults
        if entry is not None:
            entries.append(entry)
        elif found is None or not kind_of(source.path):
            files.append(source)
            problems += file_faults(source.path)
    return entries, files, problems


_Read = tuple[Entry | None, tuple[Problem, ...]]
"""What is known of a file, and what is wrong with it."""
_NOTHING: _Read = (None, ())


class _Memory:
    """What the ledger knows of documents."""

    def __init__(self, job: Job, ledger: Ledger) -> None:
        self._ledger = ledger
        self._context_digest = job.context_digest
        self._names_digest = digest_of(job.names)
        self._documents, self._mentions = ledger.shelf("document"), ledger.shelf("mentions")

    def find(self, source: Source) -> _Read | None:
        """What reading the file gave, if it is surely the one that was read."""
        digest = self._ledger.file_digest(source.path, msgspec.structs.astuple(source.signature))
        if digest is None:
            return None
        key = document_key(source.path, digest, self._context_digest)
        encoded = self._documents.get(key)
        mentions = self._mentions.get(key + self._names_digest)
        if encoded is None or mentions is None:
            return None
        read = _read_of(key, encoded, mentions)
        return None if read[0] is not None and self._ledger.blob(key) is None else read

    def keep(self, done: Done) -> _Read:
        """Keep what reading a file gave."""
        ledger = self._ledger
        if done.signature is not None:
            signature = msgspec.structs.astuple(done.signature)
            ledger.remember_file(done.path, signature, done.digest)
        ledger.remember("document", done.key, done.result)
        ledger.remember("mentions", done.key + self._names_digest, done.mentions)
        if done.body is not None:
            ledger.remember_blob(done.key, done.body)
        return _read_of(done.key, done.result, done.mentions)


def _read_of(key: bytes, encoded: bytes, mentions: bytes) -> _Read:
    found = _decode_outlined(encoded)
    if found.document is None:
        return None, found.problems
    named = () if mentions == _NO_MENTIONS else _decode_mentions(mentions)
    return Entry(found.document, key, named, encoded), found.problems


def document_key(path: str, digest: bytes, context_digest: bytes) -> bytes:
    """Stands for all that reading a document depends on; `digest` is its bytes'."""
    return digest_bytes(digest + context_digest + path.encode("utf-8"))


def _open_pack(job: Job) -> PackWriter:
    return PackWriter(job.packs)


_pack = PerProcess(_open_pack)
"""The pack that this process writes bodies to."""


def read_part(job: Job, part: Sequence[Source]) -> list[Done]:
    """Read some files; bodies go to this process's pack and never travel."""
    writer = _pack.of(job)
    done = [_read(job, source, writer) for source in part]
    writer.flush()
    return done


def _read(job: Job, source: Source, writer: PackWriter) -> Done:
    place = job.content / source.path
    try:
        before = signature_of(place.stat())
        data = place.read_bytes()
        after = signature_of(place.stat())
    except OSError as fault:
        reason = fault.strerror or str(fault)
        problem = error("file-unreadable", file=FILE_PREFIX + source.path, reason=reason)
        return Done(source.path, problem=problem)
    digest = digest_bytes(data)
    key = document_key(source.path, digest, job.context_digest)
    result = read_document(normal(source.path), data, job.context)
    body: BlobRef | None = None
    mentions: tuple[str, ...] = ()
    if result.body is not None:
        body = writer.write(_encode(result.body))
        mentions = find_mentions(result.body.text, job.names)
    small = _encode(ReadResult(result.document, None, result.problems))
    signature = after if before == after else None
    return Done(source.path, signature, digest, key, small, body, _encode(mentions))
