"""Releases side by side, going back, and taking a page out of all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.deploy.history import PURGED, purge, rollback
from gazette.deploy.manifest import encode, read_manifest
from gazette.deploy.releases import current_on, manifest_of, release, releases_on
from gazette.deploy.target import PENDING, HostError
from gazette.deploy.verify import verify
from tests.deploy.memory import ADDRESS, FakeClock, Killed, MemoryTarget, contents, manner, site

FIRST = {
    "index.html": "home",
    "news/a.html": "page a",
    "news/b.html": "page b",
    "pagefind/fragment/1.pf_fragment": "words of a and b",
    "pagefind/pagefind-entry.json": "{}",
}
SECOND = {
    "index.html": "home with c",
    "news/a.html": "page a",
    "news/c.html": "page c",
    "pagefind/fragment/2.pf_fragment": "words of a and c",
    "pagefind/pagefind-entry.json": "{2}",
}


class Host:
    """A host with releases, and a clock that goes on by a minute with each deploy."""

    def __init__(self, keep: int = 3) -> None:
        self.target = MemoryTarget()
        self.clock = FakeClock()
        self.keep = keep

    def deploy(self, files: dict[str, str | bytes], **options: object):  # type: ignore[no-untyped-def]
        self.clock.time += 60
        self.target.sent.clear()
        self.target.mend()
        return release(self.target, site(files), self.manner(**options), self.keep)

    def manner(self, **options: object):  # type: ignore[no-untyped-def]
        return manner(clock=self.clock, **options)

    def everywhere(self) -> set[str]:
        return set(self.target.files)


@pytest.fixture
def host() -> Host:
    return Host()


def test_first_release(host: Host) -> None:
    report = host.deploy(FIRST)
    assert host.target.shown() == contents(FIRST)
    assert report.release == current_on(host.target) and len(report.sent) == len(FIRST)


def test_nothing_changed_makes_no_release(host: Host) -> None:
    host.deploy(FIRST)
    report = host.deploy(FIRST)
    assert len(releases_on(host.target)) == 1 and not report.sent and not host.target.sent


def test_what_did_not_change_is_linked(host: Host) -> None:
    host.deploy(FIRST)
    report = host.deploy(SECOND)
    assert host.target.shown() == contents(SECOND)
    assert sorted(path.partition("part/")[2] for path, _ in host.target.sent) == sorted(
        SECOND.keys() - {"news/a.html"}
    )
    assert report.deleted == ("news/b.html", "pagefind/fragment/1.pf_fragment")
    old = releases_on(host.target)[0]
    assert host.target.site(f"releases/{old}/") == contents(FIRST)


def test_without_hard_links_files_are_sent_and_it_is_said(host: Host) -> None:
    host.deploy(FIRST)
    host.target.links = False
    host.target.by_hand(f"releases/{current_on(host.target)}/stranger.txt", b"kept")
    report = host.deploy(SECOND)
    assert host.target.shown() == contents(SECOND) | {"stranger.txt": b"kept"}
    assert "deploy-copied" in [problem.code for problem in report.problems]


def test_files_of_others_are_taken_over(host: Host) -> None:
    host.deploy(FIRST)
    folder = f"releases/{current_on(host.target)}/"
    host.target.by_hand(folder + "stranger.txt", b"kept")
    host.target.by_hand(folder + "index.html", b"HOME")
    report = host.deploy(SECOND)
    assert report.altered == ("index.html",)
    expected = contents(SECOND) | {"stranger.txt": b"kept", "index.html": b"HOME"}
    assert host.target.shown() == expected
    host.deploy(SECOND, overwrite=True)
    assert host.target.shown() == contents(SECOND) | {"stranger.txt": b"kept"}


def test_the_last_releases_are_kept(host: Host) -> None:
    for number in range(5):
        host.deploy({**FIRST, "index.html": f"home {number}"})
    names = releases_on(host.target)
    assert len(names) == 3 and current_on(host.target) == names[-1]
    folders = {path.split("/")[1] for path in host.target.files if path.startswith("releases/")}
    assert folders == set(names)
    assert {manifest_of(name) for name in names} <= host.everywhere()


def test_a_dry_run_makes_nothing(host: Host) -> None:
    host.deploy(FIRST)
    before = dict(host.target.files)
    report = host.deploy(SECOND, dry_run=True)
    assert host.target.files == before and len(report.sent) == 4


def test_rollback_and_forth(host: Host) -> None:
    host.deploy(FIRST)
    host.deploy(SECOND)
    rollback(host.target, ADDRESS, host.manner())
    assert host.target.shown() == contents(FIRST)
    with pytest.raises(HostError, match="release-none"):
        rollback(host.target, ADDRESS, host.manner())
    report = host.deploy(SECOND)
    assert host.target.shown() == contents(SECOND) and not report.sent and not host.target.sent


def test_names_go_on_though_the_clock_runs_behind(host: Host) -> None:
    host.deploy(FIRST)
    host.clock.time -= 3600
    host.deploy(SECOND)
    assert current_on(host.target) == releases_on(host.target)[-1]
    rollback(host.target, ADDRESS, host.manner())
    assert host.target.shown() == contents(FIRST)


# Purging


def test_purging_takes_a_page_out_of_all_releases_for_good(host: Host) -> None:
    host.deploy(FIRST)
    first = current_on(host.target)
    host.target.by_hand(f"releases/{first}/news/b.html.gz", b"made by the server")
    host.deploy(SECOND)
    found = purge(host.target, ["news/b.html"], host.manner())
    assert f"releases/{first}/news/b.html" in found
    old = host.target.site(f"releases/{first}/")
    assert not [path for path in old if path.startswith("news/b.html")]
    # The old search index may hold its words: the current one stands in its place.
    assert old["pagefind/fragment/2.pf_fragment"] == b"words of a and c"
    assert "pagefind/fragment/1.pf_fragment" not in old
    manifest = read_manifest(host.target, manifest_of(first))
    assert manifest and manifest.entries.keys() == old.keys()
    host.target.by_hand(f"releases/{first}/news/b.html", b"back from a copy")
    rollback(host.target, ADDRESS, host.manner())
    assert current_on(host.target) == first and "news/b.html" not in host.target.shown()


def test_a_page_published_anew_after_a_purge_stays(host: Host) -> None:
    host.deploy(FIRST)
    host.deploy(SECOND)
    purge(host.target, ["news/b.html"], host.manner())
    host.deploy(FIRST)
    host.deploy(SECOND)
    rollback(host.target, ADDRESS, host.manner())
    assert host.target.shown() == contents(FIRST)


def test_a_damaged_list_of_purged_files_stops_a_rollback(host: Host) -> None:
    host.deploy(FIRST)
    host.deploy(SECOND)
    host.target.by_hand(PURGED, b"x")
    with pytest.raises(HostError, match="manifest-damaged"):
        rollback(host.target, ADDRESS, host.manner())


def test_what_the_host_remembers_is_not_trusted(host: Host) -> None:
    host.deploy(FIRST)
    host.deploy(SECOND)
    host.target.by_hand(PURGED, b'[{"path": "../../a", "release": "9"}]')
    with pytest.raises(HostError, match="manifest-unsafe"):
        rollback(host.target, ADDRESS, host.manner())
    host.target.by_hand(PENDING, encode(ADDRESS, [], (), "../../elsewhere"))
    with pytest.raises(HostError, match="manifest-unsafe"):
        host.deploy(FIRST | {"new.html": "new"})


def test_purging_where_no_releases_are_kept() -> None:
    from gazette.deploy.update import update

    target = MemoryTarget()
    update(target, site(FIRST), manner())
    target.by_hand("news/b.html.br", b"made by the server")
    found = purge(target, ["news/b.html", "never.html"], manner())
    assert found == ("news/b.html", "news/b.html.br")
    manifest = read_manifest(target)
    assert manifest and "news/b.html" not in manifest.entries


# Comparing


def test_verify(host: Host) -> None:
    host.deploy(FIRST)
    folder = f"releases/{current_on(host.target)}/"
    assert not verify(host.target, ADDRESS, host.manner(), releases=True).problems
    host.target.by_hand(folder + "index.html", b"HOME")
    host.target.by_hand(folder + "stranger.txt", b"x")
    del host.target.files[folder + "news/a.html"]
    report = verify(host.target, ADDRESS, host.manner(), releases=True)
    assert [(p.code, p.arguments.get("path")) for p in report.problems] == [
        ("deploy-differs", "index.html"),
        ("deploy-gone", "news/a.html"),
        ("deploy-strangers", None),
    ]
    host.deploy(FIRST, overwrite=True)
    codes = [p.code for p in verify(host.target, ADDRESS, host.manner(), releases=True).problems]
    assert codes == ["deploy-strangers"] or codes == []


def test_verify_needs_a_deploy() -> None:
    with pytest.raises(HostError, match="deploy-never"):
        verify(MemoryTarget(), ADDRESS, manner(), releases=False)


# Interruptions


@settings(max_examples=90)
@given(number=st.integers(1, 60), done=st.booleans(), fresh=st.booleans(), links=st.booleans())
def test_any_interruption_then_resumed(number: int, done: bool, fresh: bool, links: bool) -> None:
    host = Host(keep=2)
    if not fresh:
        host.deploy({"old.html": "old"})
        host.deploy(FIRST)
    host.target.links = links
    host.clock.time += 60
    host.target.mend()
    host.target.sent.clear()
    host.target.kill_at(number, done=done)
    sent = []
    try:
        release(host.target, site(SECOND), host.manner(), 2)
    except Killed:
        sent = list(host.target.sent)
        host.deploy(SECOND)
    host.target.mend()
    assert host.target.shown() == contents(SECOND)
    assert not [path for path in host.target.files if "/.part/" in path]
    if links:
        all_sent = [(path, data) for path, data in [*sent, *host.target.sent]]
        assert len(set(all_sent)) == len(all_sent)
    assert set(releases_on(host.target)) >= {current_on(host.target)}


def test_another_sites_releases_are_left_alone(host: Host) -> None:
    host.deploy(FIRST)
    name = current_on(host.target)
    host.target.by_hand(manifest_of(name), encode("https://other.example", []))
    with pytest.raises(HostError, match="host-other-site"):
        host.deploy(SECOND)
