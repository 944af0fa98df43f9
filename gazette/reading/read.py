"""Sources -> documents: the first parallel step, each result remembered."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from gazette.config.load import CONFIG_FILE, default_line
from gazette.digests import digest_bytes, digest_of
from gazette.ledger import Ledger
from gazette.packs import BlobRef, PackWriter
from gazette.parallel import PerProcess, Workers, parallel_map
from gazette.problems import Problem, error, warning
from gazette.reading.document import ReadingContext, ReadResult, kind_of, read_document
from gazette.reading.mentions import Names, find_mentions
from gazette.reading.model import Document
from gazette.reading.scan import (
    DOCUMENT_SUFFIXES,
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
_decode_mentions = msgspec.msgpack.Decoder(tuple[str, ...]).decode


class Entry(msgspec.Struct, frozen=True):
    """A document that was read, the digest of all that it depends on, and the bureaus that it names."""

    document: Document
    key: bytes
    mentions: tuple[str, ...]


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
    names_digest = digest_of(names)
    known: dict[str, tuple[bytes, ReadResult, tuple[str, ...]] | Problem] = {}
    unknown = []
    for source in sources:
        if is_document(source.path):
            found = _remembered(source, job, names_digest, ledger)
            if found is None:
                unknown.append(source)
            else:
                known[source.path] = found
    for done in parallel_map(read_part, job, unknown, workers, _CHUNK):
        known[done.path] = done.problem or _remember(done, names_digest, ledger)
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
    sources: Sequence[Source], known: dict[str, tuple[bytes, ReadResult, tuple[str, ...]] | Problem]
) -> tuple[list[Entry], list[Source], list[Problem]]:
    entries, files, problems = [], [], []
    for source in sources:
        found = known.get(source.path)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None and found[1].document is not None:
            key, result, mentions = found
            problems += result.problems
            entries.append(Entry(found[1].document, key, mentions))
        else:
            if found is not None:
                problems += found[1].problems
            if found is None or not kind_of(source.path):
                files.append(source)
                problems += _name_faults(source.path)
    return entries, files, problems


def _name_faults(path: str) -> Iterator[Problem]:
    """Notepad saves `a.md` as `a.md.txt`, and hides the ending."""
    stem, _, ending = path.rpartition(".")
    if ending.lower() == "txt" and stem.lower().endswith(DOCUMENT_SUFFIXES) and kind_of(path):
        right = stem.rpartition("/")[2]
        yield warning("name-doubled", file=FILE_PREFIX + path, right=right)


def _remembered(
    source: Source, job: Job, names_digest: bytes, ledger: Ledger
) -> tuple[bytes, ReadResult, tuple[str, ...]] | None:
    digest = ledger.file_digest(source.path, msgspec.structs.astuple(source.signature))
    if digest is None:
        return None
    key = document_key(source.path, digest, job.context_digest)
    kept = ledger.result("document", key)
    mentions = ledger.result("mentions", key + names_digest)
    if kept is None or mentions is None:
        return None
    result = _decode_result(kept)
    if result.document is not None and ledger.blob(key) is None:
        return None
    return key, result, _decode_mentions(mentions)


def _remember(
    done: Done, names_digest: bytes, ledger: Ledger
) -> tuple[bytes, ReadResult, tuple[str, ...]]:
    if done.signature is not None:
        signature = msgspec.structs.astuple(done.signature)
        ledger.remember_file(done.path, signature, done.digest)
    ledger.remember("document", done.key, done.result)
    ledger.remember("mentions", done.key + names_digest, done.mentions)
    if done.body is not None:
        ledger.remember_blob(done.key, done.body)
    return done.key, _decode_result(done.result), _decode_mentions(done.mentions)


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
