"""The memory between builds: what it keeps, what it doubts, and that damage is noticed."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.ledger import FORMAT, Ledger, PageRecord
from gazette.packs import LedgerDamageError, PackReader, PackWriter
from gazette.problems import Problem

ENGINE = b"e" * 16
OLD = (3, 1, 1, 7)
"""A signature from long ago."""


def saved(ledger: Ledger) -> Ledger:
    """The ledger that the next build opens."""
    ledger.folder.mkdir(parents=True, exist_ok=True)
    (ledger.folder / "ledger").write_bytes(ledger.encoded())
    return opened(ledger.folder)


def opened(folder: Path, engine: bytes = ENGINE) -> Ledger:
    problems: list[Problem] = []
    ledger = Ledger.open(folder, engine, problems)
    assert problems == []
    return ledger


def test_a_result_is_computed_once_and_forgotten_when_not_asked_for(tmp_path: Path) -> None:
    asked = []

    def compute() -> str:
        asked.append(1)
        return "甲"

    ledger = Ledger(tmp_path, ENGINE)
    assert [ledger.memo("step", b"k", str, compute) for _ in range(2)] == ["甲", "甲"]
    second = saved(ledger)
    assert second.memo("step", b"k", str, compute) == "甲"
    assert second.memo("other step", b"k", str, compute) == "甲"
    third = saved(second)
    assert saved(third).result("step", b"k") is None
    assert len(asked) == 2


def test_a_file_seen_before_need_not_be_read(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    ledger.remember_file("a.md", OLD, b"d" * 16)
    second = saved(ledger)
    assert second.file_digest("a.md", OLD) == b"d" * 16
    assert not second.changed()


@pytest.mark.parametrize("field", range(4))
def test_any_change_of_the_signature_is_another_file(tmp_path: Path, field: int) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    ledger.remember_file("a.md", OLD, b"d" * 16)
    other = tuple(value + (index == field) for index, value in enumerate(OLD))
    assert saved(ledger).file_digest("a.md", other) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["mtime", "ctime"])
def test_a_file_as_young_as_the_ledger_is_doubted_until_a_later_build(
    tmp_path: Path, field: str
) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    young = ledger.started_ns - 10
    signature = (3, young, 1, 7) if field == "mtime" else (3, 1, young, 7)
    ledger.remember_file("a.md", signature, b"d" * 16)
    second = saved(ledger)
    assert second.file_digest("a.md", signature) is None
    second.remember_file("a.md", signature, b"d" * 16)
    assert second.changed(), "the later start ends the doubt, so it must be saved"
    second.started_ns += 10_000_000_000
    assert saved(second).file_digest("a.md", signature) == b"d" * 16


def test_a_file_of_the_future_is_always_read(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    future = (3, ledger.started_ns + 10**15, 1, 7)
    ledger.remember_file("a.md", future, b"d" * 16)
    assert saved(ledger).file_digest("a.md", future) is None


def test_a_refused_build_forgets_nothing_that_is_sure(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    young = (3, ledger.started_ns, 1, 7)
    ledger.remember_file("old.png", OLD, b"d" * 16)
    ledger.remember_file("young.png", young, b"y" * 16)
    ledger.remember("step", b"k", b"v")
    refused = saved(ledger)
    refused.remember("step", b"new", b"v")
    refused.started_ns += 10_000_000_000
    refused.keep_unasked()
    third = saved(refused)
    assert third.file_digest("old.png", OLD) == b"d" * 16
    assert third.file_digest("young.png", young) is None, "it was never looked at again"
    assert (third.result("step", b"k"), third.result("step", b"new")) == (b"v", b"v")


def test_pages_and_parts_are_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    ledger.pages = {"a.html": PageRecord(b"f" * 16, 3, 5)}
    ledger.parts = {"shared": b"s" * 16}
    assert ledger.changed()
    again = saved(ledger)
    assert (again.pages, again.parts) == (ledger.pages, ledger.parts)
    assert not again.changed()


def test_another_engine_begins_anew_without_a_word(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    ledger.pages = {"a.html": PageRecord(b"f" * 16, 3, 5)}
    saved(ledger)
    assert opened(tmp_path, b"other engine").pages == {}
    (tmp_path / "ledger").write_bytes(b"gazette-ledger-0\nwhatever it held")
    assert opened(tmp_path).pages == {}


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\x00" * 400,
        lambda data: data[: len(FORMAT) + 5],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        flipped,
        lambda data: data + b"x",
    ],
)
def test_a_damaged_ledger_is_an_empty_one_with_a_warning(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    ledger = Ledger(tmp_path, ENGINE)
    ledger.pages = {"a.html": PageRecord(b"f" * 16, 3, 5)}
    (tmp_path / "ledger").write_bytes(damage(ledger.encoded()))
    problems: list[Problem] = []
    assert Ledger.open(tmp_path, ENGINE, problems).pages == {}
    assert [(p.severity, p.code) for p in problems] == [("warning", "ledger-damaged")]


def test_a_ledger_that_cannot_be_read_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    problems: list[Problem] = []
    assert Ledger.open(tmp_path, ENGINE, problems).pages == {}
    assert [p.code for p in problems] == ["ledger-damaged"]


def with_blobs(folder: Path, count: int) -> Ledger:
    """A ledger with `count` blobs, each in a pack of its own."""
    ledger = Ledger(folder, ENGINE)
    for number in range(count):
        with PackWriter(folder) as writer:
            ledger.remember_blob(bytes([number]), writer.write(b"blob %d" % number * (number + 1)))
    return ledger


def blobs(ledger: Ledger, count: int) -> list[bytes]:
    refs = [ledger.blob(bytes([number])) for number in range(count)]
    with contextlib.closing(PackReader(ledger.folder)) as reader:
        return [reader.read(ref) for ref in refs if ref]


def test_packs_stay_few_and_lose_nothing(tmp_path: Path) -> None:
    ledger = with_blobs(tmp_path, 40)
    before = blobs(ledger, 40)
    again = saved(ledger)
    ledger.remove_unused_packs()
    assert len(list((tmp_path / "packs").iterdir())) <= 24
    assert blobs(again, 40) == before


def test_a_blob_that_is_not_asked_for_goes_with_its_pack(tmp_path: Path) -> None:
    second = saved(with_blobs(tmp_path, 2))
    assert second.blob(b"\x00") and second.blob(b"\x09") is None
    saved(second)
    second.remove_unused_packs()
    assert len(list((tmp_path / "packs").iterdir())) == 1


@pytest.mark.parametrize("damage", ["missing", "shorter", "other"])
def test_a_damaged_pack_is_noticed(tmp_path: Path, damage: str) -> None:
    ledger = with_blobs(tmp_path, 1)
    [pack] = (tmp_path / "packs").iterdir()
    if damage == "missing":
        pack.unlink()
    else:
        pack.write_bytes(
            pack.read_bytes()[:-1] if damage == "shorter" else flipped(pack.read_bytes())
        )
    with pytest.raises(LedgerDamageError):
        blobs(ledger, 1)


def test_what_was_flushed_can_be_read_while_more_is_written(tmp_path: Path) -> None:
    with PackWriter(tmp_path) as writer:
        writer.flush()
        ref = writer.write(b"one")
        writer.flush()
        reader = PackReader(tmp_path)
        assert reader.read(ref) == b"one"
        reader.close()
