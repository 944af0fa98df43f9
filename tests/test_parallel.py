"""The ordered map: the same results however many workers there are and however they start."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from gazette.parallel import (
    START_METHODS,
    PerProcess,
    Workers,
    available_workers,
    parallel_map,
)
from gazette.problems import MachineError

REPOSITORY = Path(__file__).parent.parent
STARTS = [method for method in START_METHODS if sys.platform != "win32" or method == "spawn"]


def times(factor: int, part: Sequence[int]) -> list[int]:
    return [factor * number for number in part]


def dies_on(fatal: int, part: Sequence[int]) -> list[int]:
    for number in part:
        if number == fatal:
            os._exit(9)
    return list(part)


def fails_on(faulty: int, part: Sequence[int]) -> list[int]:
    if faulty in part:
        raise ValueError(f"cannot do {faulty}")
    return list(part)


def process_of(_: None, part: Sequence[int]) -> list[int]:
    return [os.getpid()] * len(part[:])


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("items", [0, 1, 3, 20])
def test_results_are_in_order(count: int, items: int) -> None:
    numbers = list(range(items))
    assert list(parallel_map(times, 3, numbers, Workers(count), 3)) == [3 * n for n in numbers]


@pytest.mark.parametrize("method", STARTS)
def test_every_way_of_starting_gives_the_same(method: str) -> None:
    assert list(parallel_map(times, 2, range(9), Workers(2, method), 2)) == list(range(0, 18, 2))


def test_one_chunk_stays_in_this_process() -> None:
    assert set(parallel_map(process_of, None, range(5), Workers(4), 5)) == {os.getpid()}
    assert os.getpid() not in set(parallel_map(process_of, None, range(5), Workers(2), 3))


@pytest.mark.parametrize("in_thread", [False, True])
def test_without_signal_masks_as_on_windows(
    monkeypatch: pytest.MonkeyPatch, in_thread: bool
) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    before = signal.getsignal(signal.SIGINT)
    results: list[int] = []

    def work() -> None:
        results.extend(parallel_map(times, 2, range(9), Workers(2, "spawn"), 2))

    if in_thread:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    else:
        work()
    assert results == list(range(0, 18, 2))
    assert signal.getsignal(signal.SIGINT) == before


def test_a_dead_worker_is_reported_with_what_it_worked_on() -> None:
    with pytest.raises(MachineError) as fault:
        list(parallel_map(dies_on, 7, range(12), Workers(2), 4))
    assert fault.value.problem.code == "worker-died"
    assert "7" in fault.value.problem.arguments["items"].split(", ")


@pytest.mark.parametrize("count", [1, 2])
def test_a_fault_of_the_function_comes_through(count: int) -> None:
    with pytest.raises(ValueError, match="cannot do 5"):
        list(parallel_map(fails_on, 5, range(8), Workers(count), 2))


def test_a_map_given_up_ends_its_workers() -> None:
    results = parallel_map(process_of, None, range(40), Workers(2), 1)
    worker = next(results)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_workers_end_with_a_parent_that_was_killed() -> None:
    """Two workers wait for ever; the parent prints their ids and is killed."""
    program = """
        import os, sys, time
        from gazette.parallel import Workers, parallel_map

        def wait(_, part):
            os.write(1, f"{os.getpid()}\\n".encode())
            time.sleep(600)
            return list(part)

        list(parallel_map(wait, None, [1, 2], Workers(2, "fork"), 1))
    """
    if sys.platform == "win32":
        pytest.skip("no fork here")
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], cwd=REPOSITORY, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pids = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        # The pipe's end is seen only when the last process that holds it has ended.
        assert parent.stdout.read() == b""
    assert len(set(pids)) == 2


def test_there_is_a_worker() -> None:
    assert available_workers() >= 1
    assert Workers().method in START_METHODS


class Opened:
    def __init__(self, log: list[str]) -> None:
        self.log = log
        log.append("open")

    def close(self) -> None:
        self.log.append("close")


def test_per_process_opens_once_for_the_same_values() -> None:
    own = PerProcess(Opened)
    first: list[str] = []
    second: list[str] = []
    assert own.of(first) is own.of(first)
    own.of(second)
    own.close()
    own.close()
    assert (first, second) == (["open", "close"], ["open", "close"])
