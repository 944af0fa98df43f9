"""The algorithm: what is sent in which order, and that no interruption loses or repeats anything."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.deploy.manifest import encode, read_manifest, read_pending
from gazette.deploy.target import LOCK, MANIFEST, PENDING, HostError, temporary
from gazette.deploy.update import update
from tests.deploy.memory import FakeClock, Killed, MemoryTarget, contents, manner, site

FIRST = {
    "index.html": "home",
    "category/news.html": "list",
    "news/2025/05/a.html": "page a",
    "news/2025/05/b.html": "page b",
    "assets/site.0123456789.css": "p{}",
    "feed.xml": "<feed/>",
    "media/a.jpg": b"\xff\xd8",
}
SECOND = {
    **{path: data for path, data in FIRST.items() if path != "news/2025/05/b.html"},
    "index.html": "home with c",
    "news/2025/05/c.html": "page c",
}


def deployed(files: dict[str, str | bytes] = FIRST, **options: object) -> MemoryTarget:
    target = MemoryTarget()
    update(target, site(files), manner(**options))
    target.sent.clear()
    target.mend()
    return target


def test_first_deploy() -> None:
    target = MemoryTarget()
    report = update(target, site(FIRST), manner())
    assert target.site() == contents(FIRST)
    assert len(report.sent) == len(FIRST) and not report.deleted
    assert sorted(target.files.keys() - FIRST.keys()) == [MANIFEST]


def test_order() -> None:
    target = MemoryTarget()
    update(target, site(FIRST), manner())
    assert [path for path, _ in target.sent] == [
        "assets/site.0123456789.css", "media/a.jpg", "news/2025/05/a.html", "news/2025/05/b.html",
        "category/news.html", "index.html", "feed.xml",
    ]  # fmt: skip
    assert target.calls[-3:] == [f"delete {PENDING}", f"read {LOCK}", f"delete {LOCK}"]


def test_nothing_changed_nothing_sent() -> None:
    target = deployed()
    report = update(target, site(FIRST), manner())
    assert not report.sent and report.unchanged == len(FIRST)
    assert not [call for call in target.calls if call.startswith("put")]


def test_only_what_changed_and_deletions_after_it() -> None:
    target = deployed()
    report = update(target, site(SECOND), manner())
    assert [path for path, _ in target.sent] == ["news/2025/05/c.html", "index.html"]
    assert report.deleted == ("news/2025/05/b.html",)
    assert target.site() == contents(SECOND)
    deleted = target.calls.index("delete news/2025/05/b.html")
    assert target.calls.index("put index.html") < deleted < target.calls.index(f"put {MANIFEST}")


def test_dry_run_touches_nothing() -> None:
    target = deployed()
    report = update(target, site(SECOND), manner(dry_run=True))
    assert [upload.path for upload in report.sent] == ["index.html", "news/2025/05/c.html"]
    assert report.deleted == ("news/2025/05/b.html",)
    assert target.site() == contents(FIRST)
    assert not [c for c in target.calls if c.split()[0] in {"put", "delete", "create"}]


def test_deletions_left_to_a_person() -> None:
    target = deployed()
    report = update(target, site(SECOND), manner(list_deletions=True))
    assert report.to_delete == ("news/2025/05/b.html",) and not report.deleted
    assert "news/2025/05/b.html" in target.site()
    again = update(target, site(SECOND), manner(list_deletions=True))
    assert again.to_delete == ("news/2025/05/b.html",) and not again.sent
    del target.files["news/2025/05/b.html"]
    assert update(target, site(SECOND), manner(list_deletions=True)).to_delete == ()
    manifest = read_manifest(target)
    assert manifest and "news/2025/05/b.html" not in manifest.entries


# Files of others


def test_a_strangers_file_is_kept() -> None:
    target = deployed()
    target.by_hand("verify_abc.txt", b"somebody's")
    update(target, site(SECOND), manner())
    assert target.files["verify_abc.txt"][0] == b"somebody's"


def test_a_strangers_file_where_a_page_must_go_is_kept_unless_told() -> None:
    target = MemoryTarget()
    target.by_hand("index.html", b"old")
    report = update(target, site(FIRST), manner())
    assert report.altered == ("index.html",) and target.files["index.html"][0] == b"old"
    assert [problem.code for problem in report.problems] == ["deploy-altered"]
    update(target, site(FIRST), manner(overwrite=True))
    assert target.site() == contents(FIRST)


def test_an_equal_file_is_taken_over() -> None:
    target = MemoryTarget()
    target.by_hand("index.html", b"home")
    report = update(target, site(FIRST), manner())
    assert not report.altered and "index.html" not in [path for path, _ in target.sent]


@pytest.mark.parametrize("stamps", [True, False])
def test_a_file_changed_by_hand_is_kept_unless_told(stamps: bool) -> None:
    target = deployed()
    target.stamps = stamps
    target.by_hand("index.html", b"HOME")  # of the same size
    target.by_hand("news/2025/05/b.html", b"PAGE B")
    report = update(target, site(SECOND), manner())
    assert report.altered == ("index.html", "news/2025/05/b.html")
    assert target.files["index.html"][0] == b"HOME"
    assert update(target, site(SECOND), manner()).altered == report.altered
    report = update(target, site(SECOND), manner(overwrite=True))
    assert not report.altered and target.site() == contents(SECOND)


def test_a_file_touched_but_not_changed_is_ours() -> None:
    target = deployed()
    target.by_hand("index.html", b"home")
    assert not update(target, site(SECOND), manner()).altered


def test_what_somebody_deleted_is_no_fault() -> None:
    target = deployed()
    del target.files["news/2025/05/b.html"], target.files["index.html"]
    report = update(target, site(SECOND), manner())
    assert report.deleted == () and target.site() == contents(SECOND)


def test_overwriting_restores_what_is_missing() -> None:
    target = deployed()
    del target.files["feed.xml"]
    assert not update(target, site(FIRST), manner()).sent  # the host is not read for nothing
    report = update(target, site(FIRST), manner(overwrite=True))
    assert [upload.path for upload in report.sent] == ["feed.xml"]


# Many files


def test_many_changes_are_looked_up_in_one_listing() -> None:
    many = {f"p/{n}.html": f"page {n}" for n in range(300)}
    target = deployed(many)
    update(target, site({path: data + "!" for path, data in many.items()}), manner())
    assert "walk" in target.calls and not [c for c in target.calls if c.startswith("look p/")]


# The manifest is not trusted


@pytest.mark.parametrize("path", ["../a", "/etc/a", "a/../../b", ".gazette/x", "a\\b", ""])
def test_paths_of_the_manifest_are_checked_before_anything_is_deleted(path: str) -> None:
    from gazette.deploy.manifest import Entry

    target = deployed()
    target.by_hand(MANIFEST, encode("https://example.com", [Entry(path, 1, b"x" * 16)]))
    before = dict(target.files)
    with pytest.raises(HostError) as fault:
        update(target, site(SECOND), manner())
    assert fault.value.problem.code == "manifest-unsafe"
    assert target.files == before


@pytest.mark.parametrize("data", [b"", b"x", encode("a", [])[:-9], b"\x1f\x8b" + b"\0" * 30])
def test_a_damaged_manifest_stops_the_deploy(data: bytes) -> None:
    target = deployed()
    target.by_hand(MANIFEST, data)
    with pytest.raises(HostError) as fault:
        update(target, site(SECOND), manner())
    assert fault.value.problem.code == "manifest-damaged"
    assert target.site() == contents(FIRST) and LOCK not in target.files


def test_a_manifest_of_another_version_is_said() -> None:
    import gzip

    target = deployed()
    target.by_hand(MANIFEST, gzip.compress(b'{"format": 9, "site": "a", "entries": []}'))
    with pytest.raises(HostError, match="manifest-damaged"):
        update(target, site(SECOND), manner())


def test_without_its_manifest_the_site_is_recognized() -> None:
    target = deployed()
    del target.files[MANIFEST]
    report = update(target, site(FIRST), manner())
    assert not report.sent and not report.altered


def test_another_site_is_not_taken_for_this_one() -> None:
    target = deployed()
    target.by_hand(MANIFEST, encode("https://other.example", []))
    with pytest.raises(HostError) as fault:
        update(target, site(SECOND), manner())
    assert fault.value.problem.code == "host-other-site"


# The lock


def test_the_second_deploy_stops_and_names_the_first() -> None:
    target = MemoryTarget()
    seen = []

    def breaks(number: int, done: bool) -> None:
        if done and target.calls[-1] == "put index.html" and not seen:
            seen.append(True)
            with pytest.raises(HostError) as fault:
                update(target, site(SECOND), manner("other"))
            assert fault.value.problem.code == "host-locked"
            assert fault.value.problem.arguments["holder"] == "someone with mine"

    target.breaks = breaks
    update(target, site(FIRST), manner())
    assert seen and target.site() == contents(FIRST) and LOCK not in target.files


def test_a_lock_expires() -> None:
    target, clock = MemoryTarget(), FakeClock()
    target.kill_at(9, done=True)
    with pytest.raises(Killed):
        update(target, site(FIRST), manner("dead", clock))
    target.mend()
    assert LOCK in target.files
    with pytest.raises(HostError, match="host-locked"):
        update(target, site(FIRST), manner("other", clock))
    clock.time += 601
    update(target, site(FIRST), manner("other", clock))
    assert target.site() == contents(FIRST)


def test_a_lock_is_renewed_and_a_lost_one_stops_the_deploy() -> None:
    clock, target = FakeClock(), MemoryTarget()

    def slowly(number: int, done: bool) -> None:
        clock.time += 40

    target.breaks = slowly
    update(target, site(FIRST), manner(clock=clock))
    assert f"put {LOCK}" in target.calls

    def taken(number: int, done: bool) -> None:
        clock.time += 40
        if target.calls[-1] == "put index.html":
            target.files[LOCK] = (b'{"token":"x","holder":"y","since":"z","until":9e9}', "?")

    target = MemoryTarget()
    target.breaks = taken
    with pytest.raises(HostError, match="host-locked"):
        update(target, site(FIRST), manner(clock=clock))
    assert LOCK in target.files  # the other's


def test_an_unreadable_lock_is_waited_for_and_then_removed() -> None:
    target, clock = MemoryTarget(), FakeClock()
    target.by_hand(LOCK, b"not written to its end")
    update(target, site(FIRST), manner(clock=clock))
    assert clock.waits == [1, 1] and target.site() == contents(FIRST)


# Interruptions

STEPS = st.lists(
    st.sampled_from([FIRST, SECOND, {**SECOND, "index.html": "emoh"}, {"index.html": "home"}]),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=90)
@given(steps=STEPS, number=st.integers(1, 60), done=st.booleans(), stamps=st.booleans())
def test_any_interruption_then_resumed_gives_the_site_and_sends_nothing_twice(
    steps: list[dict[str, str | bytes]], number: int, done: bool, stamps: bool
) -> None:
    target, before = MemoryTarget(), {}
    target.stamps = stamps
    target.by_hand("stranger.txt", b"kept")
    for files in steps:
        target.sent.clear()
        target.mend()
        target.kill_at(number, done=done)
        try:
            update(target, site(files), manner())
        except Killed:
            target.mend()
            update(target, site(files), manner())
        target.mend()
        assert target.site() == contents(files) | {"stranger.txt": b"kept"}
        assert len(set(target.sent)) == len(target.sent)
        changed = {p: d for p, d in contents(files).items() if before.get(p) != d}
        assert dict(target.sent) == changed
        assert read_pending(target) is None and LOCK not in target.files
        before = contents(files)


@settings(max_examples=40)
@given(number=st.integers(1, 60), done=st.booleans())
def test_a_site_that_changed_before_resuming(number: int, done: bool) -> None:
    target = MemoryTarget()
    target.kill_at(number, done=done)
    with contextlib.suppress(Killed):
        update(target, site(FIRST), manner())
    target.mend()
    update(target, site(SECOND), manner())
    assert target.site() == contents(SECOND)


@settings(max_examples=40)
@given(number=st.integers(1, 60), done=st.booleans())
def test_a_connection_that_breaks_once_is_taken_up_again(number: int, done: bool) -> None:
    target = MemoryTarget()
    target.lose_at(number, done=done)
    update(target, site(FIRST), manner())
    assert target.site() == contents(FIRST)
    assert len(set(target.sent)) == len(target.sent)


def test_a_host_that_is_gone_is_given_up_after_growing_pauses() -> None:
    target, clock = MemoryTarget(), FakeClock()

    def gone(number: int, done: bool) -> None:
        from gazette.deploy.target import lost

        raise lost("host", "unplugged")

    target.breaks = gone
    with pytest.raises(HostError, match="host-lost"):
        update(target, site(FIRST), manner(clock=clock))
    assert clock.waits == [1, 2, 4, 8, 16]


def test_what_a_broken_transfer_left_is_removed() -> None:
    target = MemoryTarget()
    target.kill_at(9, done=True)
    with pytest.raises(Killed):
        update(target, site(FIRST), manner())
    target.mend()
    target.by_hand(temporary("index.html"), b"ho")
    update(target, site(FIRST), manner())
    assert target.site() == contents(FIRST)
