"""What every kind of host must do, whoever serves it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from gazette.deploy.manifest import encode
from gazette.deploy.releases import release
from gazette.deploy.target import (
    LOCK,
    MANIFEST,
    OWN,
    Found,
    LinkingTarget,
    Target,
    Upload,
    upload_of,
)
from gazette.deploy.update import Report, update
from gazette.deploy.verify import verify
from tests.deploy.memory import ADDRESS, Killed, contents, manner, site

FIRST: dict[str, str | bytes] = {
    "index.html": "home",
    "category/news.html": "list",
    "news/2025/05/示例 甲.html": "page a",
    "news/2025/05/b.html": "page b",
    "news/gone/c.html": "page c",
    "assets/site.0123456789.css": "p{}",
    "media/a.jpg": bytes(range(256)) * 3000,
    "empty.txt": "",
    "feed.xml": "<feed/>",
}
EDITED = {**FIRST, "news/2025/05/b.html": "PAGE B", "index.html": "home 2"}
DELETED = {path: data for path, data in EDITED.items() if path != "news/gone/c.html"}


class Hand(Protocol):
    """Somebody else at the host."""

    def files(self) -> dict[str, bytes]:
        """All files there."""

    def write(self, path: str, data: bytes) -> None:
        """Make or replace one."""


Opener = Callable[[], Target]


class Counted:
    """Counts what a target is asked to put, and ends the program after so many."""

    def __init__(self, target: Target, most: int = 10**9) -> None:
        self.sent: list[str] = []
        put, put_all = target.put, target.put_all

        def counted(upload: Upload) -> Found:
            if not upload.path.startswith(OWN):
                if len(self.sent) >= most:
                    raise Killed
                self.sent.append(upload.path)
            return put(upload)

        def counted_all(
            uploads: Sequence[Upload], done: Callable[[Upload, Found], None], folder: str = ""
        ) -> None:
            def noted(upload: Upload, found: Found) -> None:
                self.sent.append(folder + upload.path)
                done(upload, found)

            put_all(uploads, noted, folder)

        target.put = counted  # type: ignore[method-assign]
        target.put_all = counted_all  # type: ignore[method-assign]


@contextmanager
def opened(opener: Opener) -> Iterator[Target]:
    target = opener()
    try:
        yield target
    finally:
        target.close()


def without_own(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {p: d for p, d in files.items() if not p.startswith(OWN) and p != ".nojekyll"}


def put(
    opener: Opener, files: Mapping[str, str | bytes], **options: object
) -> tuple[Report, list[str]]:
    """A deploy over a new connection: its report, and what was sent."""
    with opened(opener) as target:
        counted = Counted(target)
        report = update(target, site(files), manner(**options))
    return report, sorted(set(counted.sent) - {".nojekyll"})


def check_host(opener: Opener, hand: Hand) -> None:
    """A first deploy, nothing changed, an edit, a deletion, files of others, comparing."""
    hand.write("stranger.txt", b"kept")
    kept = {"stranger.txt": b"kept"}
    _, sent = put(opener, FIRST)
    assert without_own(hand.files()) == contents(FIRST) | kept
    assert sent == sorted(FIRST)
    _, sent = put(opener, FIRST)
    assert sent == []
    _, sent = put(opener, EDITED)
    assert sent == ["index.html", "news/2025/05/b.html"]
    assert without_own(hand.files()) == contents(EDITED) | kept
    report, sent = put(opener, DELETED)
    assert report.deleted == ("news/gone/c.html",) and sent == []
    assert without_own(hand.files()) == contents(DELETED) | kept
    with opened(opener) as target:
        codes = [p.code for p in verify(target, ADDRESS, manner(), releases=False).problems]
    assert codes == ["deploy-strangers"]
    hand.write("index.html", b"HOME 3")  # of the same size
    with opened(opener) as target:
        report = verify(target, ADDRESS, manner(), releases=False)
    assert report.altered == ("index.html",)
    changed = {**DELETED, "index.html": "home 4"}
    report, sent = put(opener, changed)
    assert report.altered == ("index.html",) and sent == []
    assert hand.files()["index.html"] == b"HOME 3"
    report, sent = put(opener, changed, overwrite=True)
    assert not report.altered and sent == ["index.html"]
    assert without_own(hand.files()) == contents(changed) | kept
    assert LOCK not in hand.files()


def check_broken(opener: Opener, hand: Hand) -> None:
    """A first deploy that breaks off in the middle, and is resumed."""
    with opened(opener) as target:
        target.parallel = 1
        first = Counted(target, 5)
        try:
            update(target, site(FIRST), manner())
            raise AssertionError("not broken")
        except Killed:
            pass
    assert len(first.sent) == 5
    _, sent = put(opener, FIRST)
    assert without_own(hand.files()) == contents(FIRST)
    assert sorted([*first.sent, *sent]) == sorted(FIRST)


def check_parts(opener: Opener) -> None:
    """What the algorithm relies on, call by call."""
    with opened(opener) as target:
        assert target.look("none.html") is None
        assert list(target.walk()) == []
        target.delete("none/at/all.html")
        assert target.create(LOCK, b"1") and not target.create(LOCK, b"2")
        assert b"".join(target.read(LOCK)) == b"1"
        target.delete(LOCK)
        assert target.create(LOCK, b"3")
        target.delete(LOCK)
        target.put(upload_of(MANIFEST, encode(ADDRESS, [])))
        try:
            list(target.read("none.html"))
            raise AssertionError("read what is not there")
        except FileNotFoundError:
            pass


def check_releases(
    opener: Callable[[], LinkingTarget], read: Callable[[str], dict[str, bytes]]
) -> None:
    """Releases over a real connection: `read` gives the files below a folder of the host."""
    from gazette.deploy.history import purge, rollback
    from tests.deploy.memory import FakeClock

    clock = FakeClock()

    def deploy(files: Mapping[str, str | bytes]) -> list[str]:
        clock.time += 60
        with opened(opener) as target:
            assert isinstance(target, LinkingTarget)
            counted = Counted(target)
            release(target, site(files), manner(clock=clock), 2)
        return [path.partition(".part/")[2] for path in counted.sent]

    assert sorted(deploy(FIRST)) == sorted(FIRST)
    assert deploy(FIRST) == []
    sent = sorted(deploy(EDITED))
    assert sent == ["index.html", "news/2025/05/b.html"], sent
    assert read("current") == contents(EDITED)
    with opened(opener) as target:
        assert isinstance(target, LinkingTarget)
        rollback(target, ADDRESS, manner(clock=clock))
    assert read("current") == contents(FIRST)
    deploy(DELETED)
    assert read("current") == contents(DELETED)
    assert len({path.split("/")[0] for path in read("releases")}) == 2
    with opened(opener) as target:
        purge(target, ["news/gone/c.html"], manner(clock=clock))
        assert isinstance(target, LinkingTarget)
        rollback(target, ADDRESS, manner(clock=clock))
        assert not verify(target, ADDRESS, manner(), releases=True).problems
    assert not [path for path in read("releases") if path.endswith("c.html")]
