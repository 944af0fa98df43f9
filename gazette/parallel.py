"""An ordered map over worker processes; with one worker it is a plain map.

The seam is `concurrent.futures.Executor`, so that another engine can stand behind it.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from gazette.problems import MachineError, error

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")
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
    """Something that each process opens once for the values shared with it: a file, an environment."""

    def __init__(self, make: Callable[[Shared], Resource]) -> None:
        self._make = make
        self._kept: tuple[Shared, Resource] | None = None

    def of(self, shared: Shared) -> Resource:
        """This process's own."""
        if self._kept is None or self._kept[0] is not shared:
            self.close()
            self._kept = (shared, self._make(shared))
        return self._kept[1]

    def close(self) -> None:
        """Close it; for the process that worked alone, when its map is done."""
        if self._kept is not None:
            self._kept[1].close()
            self._kept = None


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
) -> Iterator[Result]:
    """Apply `function(shared, part)` to parts of `items`; the results in the items' order.

    `function` is at the top of a module; `shared` and the items can be pickled. One chunk or less is
    worked off in this process, for starting others costs more. Raises MachineError if a worker dies.
    """
    parts = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    if workers.count <= 1 or len(parts) <= 1:
        for part in parts:
            yield from function(shared, part)
        return
    count = min(workers.count, len(parts))
    context = multiprocessing.get_context(workers.method)
    busy = context.RawArray("i", count)
    with _frozen_heap():
        executor = ProcessPoolExecutor(
            count, context, _start_worker, (function, shared, busy, context.Value("i", 0))
        )
        try:
            yield from _in_order(executor, parts, count * _AHEAD)
        except BrokenProcessPool:
            on = [parts[number - 1] for number in busy if number]
            raise MachineError(error("worker-died", items=_shown(on))) from None
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _in_order(
    executor: ProcessPoolExecutor, parts: Sequence[Sequence[Any]], ahead: int
) -> Iterator[Any]:
    waiting: deque[Future[list[Any]]] = deque()
    for number, part in enumerate(parts):
        waiting.append(executor.submit(_work, number, part))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _shown(parts: Sequence[Sequence[object]]) -> str:
    return ", ".join(f"{part[0]} … {part[-1]}" for part in parts)


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    gc.disable()
    with counter.get_lock():
        _Job.slot = counter.value
        counter.value += 1
    _Job.function, _Job.shared, _Job.busy = staticmethod(function), shared, busy


def _work(number: int, part: Sequence[Any]) -> list[Any]:
    if _Job.slot < len(_Job.busy):
        _Job.busy[_Job.slot] = number + 1
    result = _Job.function(_Job.shared, part)
    if _Job.slot < len(_Job.busy):
        _Job.busy[_Job.slot] = 0
    return result
