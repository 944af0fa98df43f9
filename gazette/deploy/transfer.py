"""Sending files: several at once, again after a broken connection, never twice."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import PurePosixPath
from typing import TypeVar

from gazette.deploy.lock import Clock
from gazette.deploy.manifest import Entry
from gazette.deploy.target import Found, HostError, Target, Upload, digest_on, upload_of

T = TypeVar("T")
R = TypeVar("R")
_PAUSES = (1, 2, 4, 8, 16)
"""Seconds before each further attempt."""


def spread(work: Callable[[T], R], items: Iterable[T], threads: int) -> Iterator[R]:
    """`work` of each item, in order; only a few items wait in memory at a time."""
    if threads == 1:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(threads)
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) >= 4 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


class Sender:
    """Sends to one host; `alive` is called now and then."""

    def __init__(self, target: Target, clock: Clock, alive: Callable[[], None]) -> None:
        self.target = target
        self.clock = clock
        self.alive = alive

    def send(self, uploads: Sequence[Upload], done: Callable[[Entry], None]) -> None:
        """Send files that may go in any order; `done` is called with each that has arrived."""
        there = set()

        def arrived(upload: Upload, found: Found) -> None:
            there.add(upload.path)
            self.alive()
            done(entry_of(upload, found))

        self.target.put_all(uploads, arrived)
        rest = [upload for upload in uploads if upload.path not in there]
        for entry in spread(self._put, rest, self.target.parallel):
            self.alive()
            done(entry)

    def put_own(self, path: str, data: bytes) -> None:
        """Write a file of our own."""
        self.again(lambda: self.target.put(upload_of(path, data)))

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and the folders that this empties."""
        for _ in spread(self._delete, paths, self.target.parallel):
            self.alive()
        folders = {str(above) for path in paths for above in PurePosixPath(path).parents}
        order = sorted(folders - {"."}, key=lambda folder: (-folder.count("/"), folder))
        if order:
            self.again(lambda: self.target.sweep(order))

    def again(self, work: Callable[[], R]) -> R:
        """`work`, and again after growing pauses if the connection breaks."""
        for pause in _PAUSES:
            try:
                return work()
            except HostError as fault:
                if not fault.transient:
                    raise
            self.clock.sleep(pause)
        return work()

    def _put(self, upload: Upload) -> Entry:
        tries = 0

        def put() -> Found:
            nonlocal tries
            tries += 1
            # The connection may have broken when the file was already in its place.
            arrived = _arrived(self.target, upload) if tries > 1 else None
            return arrived or self.target.put(upload)

        return entry_of(upload, self.again(put))

    def _delete(self, path: str) -> None:
        self.again(lambda: self.target.delete(path))


def _arrived(target: Target, upload: Upload) -> Found | None:
    found = target.look(upload.path)
    same = found and found.size == upload.size and digest_on(target, upload.path) == upload.digest
    return found if same else None


def entry_of(upload: Upload, found: Found) -> Entry:
    """The manifest's entry of a file that is on the host."""
    return Entry(upload.path, upload.size, upload.digest, found.stamp)
