"""Killed, refused by the disk, robbed of its memory: the next build makes all well."""

import errno
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gazette.pipeline import BuildReport
from gazette.problems import MachineError
from gazette.publish import stage
from gazette.publish.commit import recover
from gazette.publish.state import State
from tests.conftest import Site, codes
from tests.publish.sites import clean_files, tiny_site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")
EVERY = int(os.environ.get("GAZETTE_KILL_EVERY", "4"))
"""1: the build is killed at each of its writes."""
WRITES = ("rename", "replace", "unlink", "rmdir", "mkdir", "write_bytes")


class Calls:
    """Counts what changes the disk, and does something at the n-th call."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.count = 0
        self._at = at
        self._act = act

    def wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            # Compiled templates are kept if that is possible, and else are not.
            if "templates" not in Path(arguments[0]).parts:
                self.count += 1
                if self.count == self._at:
                    self._act()
            return real(*arguments, **more)

        return call

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        for name in WRITES:
            patch.setattr(Path, name, self.wrapped(getattr(Path, name)))
        patch.setattr(shutil, "rmtree", self.wrapped(shutil.rmtree))
        patch.setattr(stage, "_write", self.wrapped(stage._write))


def edited(root: Path) -> tuple[Site, dict[str, bytes]]:
    """A built site with edits that make pages new, different, stale, and folders of files; its old files."""
    site = tiny_site(root, {"content/static/docs": "一", "content/static/x/y.txt": "二"}).built()
    old = site.files()
    site.article("a", "甲文改。").article("c", "丙文。", tags="[春风, 减税]")
    (site.root / "content/articles/b.md").unlink()
    (site.root / "content/static/docs").unlink()
    shutil.rmtree(site.root / "content/static/x")
    site.write({"content/static/docs/form.txt": "三", "content/static/x": "四"})
    return site, old


def build_and_die(site: Site, number: int) -> bool:
    """Build in a child that kills itself at the n-th write; whether it got so far."""
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as patch:
            Calls(number, lambda: os.kill(os.getpid(), signal.SIGKILL)).watch(patch)
            site.build()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.unmeasured
def test_killed_at_any_moment(tmp_path: Path) -> None:
    model, old = edited(tmp_path / "model")
    right = clean_files(model)
    shutil.rmtree(model.root / "clean")
    kills = 0
    for number in range(1, 300, EVERY):
        site = Site(tmp_path / f"killed{number}")
        shutil.copytree(model.root, site.root)
        if not build_and_die(site, number):
            break
        kills += 1
        for path, data in site.files().items():
            assert data in {old.get(path), right.get(path)}, f"{path} is half written at {number}"
        site.built()
        assert site.files() == right, f"killed at {number}"
        shutil.rmtree(site.root)
    assert kills > 40 // EVERY


@pytest.mark.parametrize("at", [1, 3, 8, 15, 20, 25, 30, 35])
def test_interrupted_once_a_site_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    site, old = edited(tmp_path / "site")
    right = clean_files(site)

    def interrupt() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        Calls(at, interrupt).watch(patch)
        site.build()
    assert site.files() in (old, right)
    assert not list(site.root.glob(".gazette/*/stage")), "nothing is left behind"
    site.built()
    assert site.files() == right


def failing(site: Site, at: int, number: int) -> MachineError | BuildReport:
    def fail() -> None:
        raise OSError(number, os.strerror(number), "somewhere")

    with pytest.MonkeyPatch.context() as patch:
        Calls(at, fail).watch(patch)
        try:
            return site.build()
        except MachineError as fault:
            return fault


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_whatever_the_disk_refuses_is_said_and_mended(tmp_path: Path, number: int) -> None:
    model, old = edited(tmp_path / "model")
    right = clean_files(model)
    shutil.rmtree(model.root / "clean")
    said = 0
    for at in range(1, 40, 5):
        site = Site(tmp_path / f"site{at}")
        shutil.copytree(model.root, site.root)
        fault = failing(site, at, number)
        if isinstance(fault, MachineError):
            said += 1
            assert fault.problem.code == "disk"
            assert fault.problem.arguments["reason"] == os.strerror(number)
        for path, data in site.files().items():
            assert data in {old.get(path), right.get(path)}
        site.built()
        assert site.files() == right
    assert said > 3


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """Lets this process write no file longer than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_copy_that_does_not_fit_is_the_disks_fault(
    tmp_path: Path, small_files: Callable[[int], None]
) -> None:
    site = tiny_site(tmp_path / "site").built()
    before = site.files()
    site.write({"content/static/large.bin": bytes(3_000_000)})
    small_files(2_000_000)
    with pytest.raises(MachineError) as fault:
        site.build()
    assert fault.value.problem.code == "disk"
    assert site.files() == before


def test_a_commit_that_began_is_completed_from_the_journal_alone(tmp_path: Path) -> None:
    model, old = edited(tmp_path / "model")
    right = clean_files(model)
    shutil.rmtree(model.root / "clean")
    halves = 0
    for at in range(20, 40):
        site = Site(tmp_path / f"site{at}")
        shutil.copytree(model.root, site.root)
        failing(site, at, errno.EIO)
        halves += site.files() not in (old, right)
        if state_of(site).journal.exists():
            assert recover(state_of(site))
            assert site.files() == right
        assert not recover(state_of(site))
    assert halves > 2


# What was remembered is gone


def state_of(site: Site) -> State:
    return State(site.root, site.output)


def test_without_a_ledger_all_is_made_again_and_stale_pages_go(tmp_path: Path) -> None:
    site, _ = edited(tmp_path / "site")
    state_of(site).ledger.unlink()
    report = site.build()
    assert codes(report) == []
    assert site.files() == clean_files(site)


@pytest.mark.parametrize(
    "damage", [b"", b"garbage \xff\xfe", b"gazette-made-1 0\n../../x\nindex.html"]
)
def test_a_damaged_list_of_what_was_made_is_replaced_by_the_ledger(
    tmp_path: Path, damage: bytes
) -> None:
    site, _ = edited(tmp_path / "site")
    state_of(site).made.write_bytes(damage)
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)


def test_with_nothing_remembered_one_warning_stands_for_all(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site").built().article("a", "甲文改。", title="新题")
    (site.root / "content/articles/b.md").unlink()
    shutil.rmtree(site.root / ".gazette")
    report = site.build()
    assert codes(report) == ["made-unknown"]
    assert int(report.problems[0].arguments["count"]) >= 1
    assert clean_files(site).items() < site.files().items(), "b's page cannot be known as stale"


def test_unchanged_files_are_recognised_with_nothing_remembered(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site").built()
    shutil.rmtree(site.root / ".gazette")
    report = site.build()
    assert (report.written, codes(report)) == ((), [])


@pytest.mark.parametrize("damage", ["missing", "garbled"])
def test_a_lost_pack_means_a_full_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    later = time.time_ns() + 10**11
    monkeypatch.setattr(time, "time_ns", lambda: later)  # so that no file is too young to be known
    site = tiny_site(tmp_path / "site").built()
    site.write({"themes/tiny/templates/article.html": "{{ content }}"})
    for pack in state_of(site).folder.glob("packs/*"):
        pack.unlink() if damage == "missing" else pack.write_bytes(b"x" * pack.stat().st_size)
    report = site.build()
    assert codes(report) == ["ledger-damaged"]
    assert site.files() == clean_files(site)


def test_a_damaged_journal_is_no_commit(tmp_path: Path) -> None:
    site, _ = edited(tmp_path / "site")
    state_of(site).journal.write_bytes(b"\xc1 garbage")
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)
    assert not state_of(site).journal.exists()


def test_a_damaged_ledger_is_no_fault_of_a_strict_build(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site").built()
    (state_of(site).folder / "ledger").write_bytes(b"?")
    report = site.article("another").build(strict=True)
    assert (report.published, codes(report)) == (True, ["ledger-damaged"])
