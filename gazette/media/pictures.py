"""The site's pictures: what is known of each, from the ledger or made in the parallel map."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from gazette.digests import digest_bytes
from gazette.ledger import Ledger
from gazette.media.cache import Workshop
from gazette.media.formats import is_drawing, is_read
from gazette.media.model import Picture
from gazette.parallel import Workers, parallel_map
from gazette.problems import Problem, error
from gazette.reading.scan import FILE_PREFIX, Signature, Source, signature_of

_STEP = "picture"
_STATIC = "static/"
_FEW = 200
_MANY_A_CHUNK = 8
_decode = msgspec.msgpack.Decoder(Picture).decode
_encode = msgspec.msgpack.Encoder().encode


class Known(msgspec.Struct, frozen=True):
    """A picture of the site, the digest of its file, and the key of its cache entry."""

    picture: Picture
    digest: bytes
    key: bytes


class Album(msgspec.Struct, frozen=True):
    """What is known of the pictures; those that nothing refers to may be missing."""

    known: Mapping[str, Known] = {}
    """By path under content/, in NFC."""
    problems: tuple[Problem, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """What workers are given."""

    content: Path
    workshop: Workshop


class Done(msgspec.Struct, frozen=True):
    """What came of one file; `signature` is None if it was being changed meanwhile."""

    picture: Picture | None = None
    digest: bytes = b""
    signature: Signature | None = None
    problem: Problem | None = None


class Pictures:
    """Makes the pictures of one build."""

    def __init__(
        self, content: Path, workshop: Workshop, ledger: Ledger, workers: Workers,
        progress: Callable[[str, int, int], None],
    ) -> None:  # fmt: skip
        self.content = content
        self.workshop = workshop
        self.ledger = ledger
        self.workers = workers
        self.progress = progress
        self.seconds = 0.0

    def album(
        self, files: Mapping[str, Source], used: Callable[[Collection[str]], Iterable[str]]
    ) -> Album:
        """All pictures among `files` (path in NFC -> source); `used` says which of some are needed."""
        known: dict[str, Known] = {}
        unknown: dict[str, Source] = {}
        for path, source in files.items():
            if is_read(path):
                found = self._remembered(path, source)
                if found is None:
                    unknown[path] = source
                else:
                    known[path] = found
        wanted = sorted(used(unknown)) if unknown else []
        problems = self._make({path: unknown[path] for path in wanted}, known)
        return Album(known, tuple(problems))

    def _remembered(self, path: str, source: Source) -> Known | None:
        digest = self.ledger.file_digest(source.path, msgspec.structs.astuple(source.signature))
        if digest is None:
            return None
        key = self._key(path, digest)
        kept = self.ledger.result(_STEP, key)
        return Known(_decode(kept), digest, key) if kept is not None else None

    def _key(self, path: str, digest: bytes) -> bytes:
        return self.workshop.key(digest, is_drawing(path), path.startswith(_STATIC))

    def _make(self, wanted: Mapping[str, Source], known: dict[str, Known]) -> list[Problem]:
        if not wanted:
            return []
        started = time.perf_counter()
        problems = []
        sources = list(wanted.values())
        chunk = 1 if len(sources) <= _FEW else _MANY_A_CHUNK
        job = Job(self.content, self.workshop)
        results = parallel_map(picture_part, job, sources, self.workers, chunk)
        for number, (path, done) in enumerate(zip(wanted, results, strict=True), 1):
            self.progress("pictures", number, len(sources))
            if done.problem is not None or done.picture is None:
                problems += [done.problem] if done.problem else []
                continue
            key = self._key(path, done.digest)
            known[path] = Known(done.picture, done.digest, key)
            self.ledger.remember(_STEP, key, _encode(done.picture))
            if done.signature is not None:
                signature = msgspec.structs.astuple(done.signature)
                self.ledger.remember_file(wanted[path].path, signature, done.digest)
        self.seconds += time.perf_counter() - started
        return problems


def picture_part(job: Job, part: Sequence[Source]) -> list[Done]:
    """Make some pictures; their bytes go to the cache and never travel."""
    return [_made(job, source) for source in part]


def _made(job: Job, source: Source) -> Done:
    place = job.content / source.path
    try:
        before = signature_of(place.stat())
        data = place.read_bytes()
        after = signature_of(place.stat())
    except OSError as fault:
        reason = fault.strerror or str(fault)
        problem = error("file-unreadable", file=FILE_PREFIX + source.path, reason=reason)
        return Done(problem=problem)
    as_it_is = source.path.startswith(_STATIC)
    picture = job.workshop.picture(data, is_drawing(source.path), as_it_is)
    return Done(picture, digest_bytes(data), after if before == after else None)
