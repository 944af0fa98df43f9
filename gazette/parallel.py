"""An ordered map over worker processes; with one worker it is a plain map.

The seam is `concurrent.futures.Executor`, so that another engine can stand behind it. What it needs is
imported when the first worker is started: an unchanged build never is as far.
"""

import contextlib
import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

import msgspec

from gazette.problems import MachineError, error

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
START_METHODS = ("fork", "forkserver", "spawn")
_AHEAD = 4
"""Chunks handed out per worker before the oldest result is taken: bounds what waits in memory."""


class Workers(msgspec.Struct, frozen=True):
    """How many processes work, and how they are started (None: this system's best way)."""

    count: int = 1
    start_method: str | None = None

    @property
    def method(self) -> str:
        """`fork` where it is safe and cheap (Linux), else `spawn`."""
        return self.start_method or ("fork" if sys.platform == "linux" else "spawn")


class Closable(Protocol):
    """Something to be closed after use."""

    def close(self) -> None:
        """Close it."""


Resource = TypeVar("Resource", bound=Closable)


class PerProcess(Generic[Shared, Resource]):
    """Something that each process opens once for the values shared with it: a file, an environment.

    Each of its threads has one of its own: a preview builds in one and answers in another.
    """

    def __init__(self, make: Callable[[Shared], Resource]) -> None:
        self._make = make
        self._local = threading.local()

    def of(self, shared: Shared) -> Resource:
        """This process's own."""
        kept: tuple[Shared, Resource] | None = getattr(self._local, "kept", None)
        if kept is None or kept[0] is not shared:
            self.close()
            kept = self._local.kept = (shared, self._make(shared))
        return kept[1]

    def close(self) -> None:
        """Close it; for the process that worked alone, when its map is done."""
        kept = getattr(self._local, "kept", None)
        if kept is not None:
            kept[1].close()
            self._local.kept = None


def available_workers() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def parallel_map(
    function: Callable[[Shared, Sequence[Item]], list[Result]],
    shared: Shared,
    items: Sequence[Item],
    workers: Workers,
    chunk: int,
) -> Generator[Result, None, None]:
    """Apply `function(shared, part)` to parts of `items`; the results in the items' order.

    `function` is at the top of a module; `shared` and the items can be pickled. One chunk or less is
    worked off in this process, for starting others costs more. Raises MachineError if a worker dies.
    Closing the generator ends the workers.
    """
    parts = _Parts(items, chunk)
    if workers.count <= 1 or len(parts) <= 1:
        for part in parts:
            yield from function(shared, part)
        return
    yield from _mapped(function, shared, parts, workers)


class _Parts(Sequence[Sequence[Item]]):
    """The parts of a sequence, cut when they are handed out: its items may be made only then."""

    def __init__(self, items: Sequence[Item], chunk: int) -> None:
        self._items, self._chunk = items, chunk

    def __len__(self) -> int:
        return -(-len(self._items) // self._chunk)

    @overload
    def __getitem__(self, index: int) -> Sequence[Item]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Item]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[Item] | Sequence[Sequence[Item]]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._items[index * self._chunk : (index + 1) * self._chunk]


def _mapped(
    function: Callable[[Shared, Sequence[Item]], list[Result]],
    shared: Shared,
    parts: Sequence[Sequence[Item]],
    workers: Workers,
) -> Generator[Result, None, None]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    count = min(workers.count, len(parts))
    context = multiprocessing.get_context(workers.method)
    # For each worker the part (from 1; 0: idle) and the item in it that it works on.
    busy = context.RawArray("i", 2 * count)
    with _frozen_heap():
        executor = ProcessPoolExecutor(
            count, context, _start_worker, (function, shared, busy, context.Value("i", 0))
        )
        try:
            yield from _in_order(executor, parts, count * _AHEAD)
        except BrokenProcessPool:
            at = [(busy[slot], busy[slot + 1]) for slot in range(0, 2 * count, 2)]
            on = [_name(parts[part - 1][item]) for part, item in at if part]
            raise MachineError(error("worker-died", items=", ".join(on) or "…")) from None
        finally:
            with _interruption_held():  # a second Ctrl-C would leave the pool waiting for ever
                executor.shutdown(wait=True, cancel_futures=True)


def _in_order(executor: "Executor", parts: Sequence[Sequence[Any]], ahead: int) -> Iterator[Any]:
    waiting: deque[Future[list[Any]]] = deque()
    for number, part in enumerate(parts, 1):
        with _interruption_held():  # this may start a worker
            waiting.append(executor.submit(_work, number, part))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _name(item: object) -> str:
    return str(getattr(item, "path", item))


@contextlib.contextmanager
def _interruption_held() -> Iterator[None]:
    """Hold Ctrl-C back: from the pool's machinery, and from workers, which begin with it held."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where it is dropped, not held
        with _interruption_ignored():
            yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _interruption_ignored() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only that one is interrupted
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _frozen_heap() -> Iterator[None]:
    """Keep the collector from touching, and so copying, the pages shared with forked workers."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


class _Job:
    """What this worker process works on; set once when it starts."""

    function: Callable[[Any, Sequence[Any]], list[Any]]
    shared: Any
    busy: Any
    slot: int


def _start_worker(function: Any, shared: Any, busy: Any, counter: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with counter.get_lock():
        _Job.slot = 2 * counter.value
        counter.value += 1
    _Job.function, _Job.shared, _Job.busy = staticmethod(function), shared, busy
    _end_with_parent()


def _end_with_parent() -> None:
    """See to it that no worker outlives a parent that was killed: the pool's own never notice."""
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class _Watched(Sequence[Item]):
    """A part that tells which of its items is being worked on."""

    def __init__(self, items: Sequence[Item], busy: Any, slot: int) -> None:
        self._items, self._busy, self._slot = items, busy, slot

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        return self._items[index]

    def __iter__(self) -> Iterator[Item]:
        for index, item in enumerate(self._items):
            self._busy[self._slot + 1] = index
            yield item


def _work(number: int, part: Sequence[Any]) -> list[Any]:
    busy, slot = _Job.busy, _Job.slot
    busy[slot], busy[slot + 1] = number, 0
    result = _Job.function(_Job.shared, _Watched(part, busy, slot))
    busy[slot] = 0
    return result
