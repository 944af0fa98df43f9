"""Builds one after another, whatever happens to one of them."""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from gazette.pipeline import BuildOptions, BuildReport
from gazette.preview import builder as module
from gazette.preview.builder import Builder, Outcome
from gazette.preview.server import preview_folder
from gazette.problems import MachineError, error
from gazette.publish.kept import Kept
from gazette.publish.state import State
from tests.conftest import Site

PATIENCE = 60
Build = Callable[[Callable[[str, int, int], None]], None]


def looked() -> "Future[Any]":
    done: Future[Any] = Future()
    done.set_result({})
    return done


class Bench:
    """A builder whose builds do what the test says."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.outcomes: queue.Queue[Outcome] = queue.Queue()
        self.builds: list[Build] = []
        folder = preview_folder(site.root)
        options = BuildOptions(root=site.root, output=folder)
        kept = Kept(State(site.root, folder))

        def build(_options: BuildOptions, progress: Any, _kept: Kept) -> BuildReport:
            if self.builds:
                self.builds.pop(0)(progress)
            return BuildReport(folder, True)

        monkeypatch.setattr(module, "build", build)
        self.builder = Builder(options, kept, lambda: None, lambda *_: None, self.outcomes.put)

    def next(self) -> Outcome:
        return self.outcomes.get(timeout=PATIENCE)


@pytest.fixture
def bench(make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    found = Bench(make_site(), monkeypatch)
    yield found
    found.builder.stop()


def test_a_change_during_a_build_is_built_next(bench: Bench) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_progress: Any) -> None:
        begun.set()
        assert go_on.wait(PATIENCE)

    bench.builds = [slow]
    bench.builder.start()
    assert begun.wait(PATIENCE)
    bench.builder.changed(["a"], 1, looked())
    bench.builder.changed(["b", "a"], 2, looked())
    go_on.set()
    assert bench.next().changed == ()
    outcome = bench.next()
    assert (outcome.changed, outcome.number) == (("a", "b"), 2)
    assert bench.outcomes.empty()


def test_a_long_build_is_given_up_when_something_changes_but_not_for_ever(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []
    monkeypatch.setattr(module, "_PATIENCE", 3)

    def long(progress: Callable[[str, int, int], None]) -> None:
        number = len(ran) + 1
        ran.append(number)
        bench.builder.changed([f"{number}"], number, looked())
        progress("render", 9_900, 10_000)  # nearly done: it goes on
        progress("render", 1, 10_000)

    bench.builds = [long, long, long, long]
    bench.builder.start()
    first = bench.next()
    assert (first.changed, len(ran)) == (("1", "2", "3"), 4)
    assert bench.next().changed == ("4",)


@pytest.mark.parametrize(("fault", "code"), [
    (MachineError(error("disk", reason="x", path="y")), "disk"), (ValueError("oh"), "preview-failed"),
])  # fmt: skip
def test_a_build_that_fails_is_told_and_the_next_one_runs(
    bench: Bench, fault: Exception, code: str
) -> None:
    def fail(_progress: Any) -> None:
        raise fault

    bench.builds = [fail]
    bench.builder.start()
    outcome = bench.next()
    assert [problem.code for problem in outcome.problems] == [code] and not outcome.published
    bench.builder.changed(["a"], 1, looked())
    assert bench.next().published


def test_an_end_during_a_build_ends_it(bench: Bench) -> None:
    begun = threading.Event()

    def endless(progress: Callable[[str, int, int], None]) -> None:
        begun.set()
        while True:
            progress("render", 1, 2)

    bench.builds = [endless]
    bench.builder.start()
    assert begun.wait(PATIENCE)
    bench.builder.stop()
    assert not bench.builder.is_alive() and bench.outcomes.empty()
