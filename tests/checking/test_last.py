"""A check that finds nothing changed: told from the last one's report, and never told wrongly."""

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from gazette.checking import look
from gazette.checking.report import CheckReport
from gazette.checking.run import CheckOptions, check
from gazette.publish import unchanged
from gazette.publish.state import State
from tests.check.test_signoff import commit, git
from tests.conftest import CONFIG, Site
from tests.media.photographs import photograph

NOW = "2025-12-31 12:00:00 +0800"
SETTINGS = CONFIG + "gate: {wording: {lists: [words.yaml], leaders: leaders.yaml}}\n"
WORD = "- {word: 办税大厅, use: 办税服务厅}\n"
FILES = {
    "config.yaml": SETTINGS,
    "words.yaml": WORD,
    "leaders.yaml": "- {name: 示例甲, title: 局长}\n",
    "content/categories.yaml": "- {slug: c, title: 工作动态}\n- {slug: b, title: 通知公告}\n",
    "content/static/a.jpg": photograph(20, 20).replace(b"Exif", b"Exix").replace(b"GPSL", b"GPSX"),
    "content/articles/list.zip": b"PK",
}


@pytest.fixture(autouse=True)
def no_file_is_young(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a test were written just now, and such are looked at again."""
    monkeypatch.setattr(unchanged, "RACY_NS", -(10**18))


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for every check that looked at the site."""
    asked: list[object] = []
    real = look.look

    def counted(*arguments: object) -> CheckReport:
        asked.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(look, "look", counted)
    return asked


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site(FILES)
    site.article(
        "a",
        "局长示例乙在办税大厅走访，国家税务总局勒山市税务局参加。",
        date="2025-12-10",
        categories="c",
        source="本站",
    )
    site.article("b", "见[名单](list.zip)。", date="2025-12-30 09:00", source="本站")
    site.article("draft", "电话13800138000。", draft="true")
    site.article("later", date="2026-01-02", source="本站")
    site.article("over", date="2025-12-30", expires="2026-01-05", source="本站", categories="b")
    site.built(as_of=NOW)
    git(site.root, "init", "-q")
    (site.root / ".gitignore").write_text("output\n.gazette\n", "utf-8")
    commit(site)
    return site


def checked(site: Site, **options: object) -> CheckReport:
    return check(CheckOptions(site.root, **{"as_of": NOW, **options}))  # type: ignore[arg-type]


def checked_cleanly(site: Site, **options: object) -> CheckReport:
    """The report of a check that remembers nothing."""
    memory, aside = site.root / ".gazette", site.root.with_name("aside")
    memory.rename(aside)
    try:
        return checked(site, **options)
    finally:
        shutil.rmtree(memory)
        aside.rename(memory)


def edit(path: str, old: str, new: str) -> Callable[[Site], None]:
    """Replaces words of a file; its time of change is put back, as programs that copy do."""

    def change(site: Site) -> None:
        place = site.root / path
        before = place.stat()
        text = place.read_text("utf-8")
        assert old in text
        place.write_text(text.replace(old, new), "utf-8")
        if sys.platform != "win32":  # where the time of a file's change of state is not told
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def write(path: str, content: str | bytes) -> Callable[[Site], None]:
    return lambda site: site.write({path: content}) and None


def remove(path: str) -> Callable[[Site], None]:
    return lambda site: (site.root / path).unlink()


def moved_date(site: Site) -> None:
    site.article("b", "改了日期。", date="2025-12-29")
    commit(site)


def photographed(site: Site) -> None:
    site.write({"content/static/a.jpg": photograph(20, 20)})


ARTICLE = "content/articles/a.md"
CHANGES: dict[str, Callable[[Site], None]] = {
    "an article": edit(ARTICLE, "办税大厅", "办税 大 厅"),
    "an article, as long as before": edit(ARTICLE, "办税大厅", "办税窗口"),
    "an article's line": edit(ARTICLE, "局长示例乙", "\n局长示例乙"),
    "a new article": write("content/articles/new.md", "---\ntitle: 新\ndate: 2025-12-31\n---\n攻府。"),
    "an article gone": remove(ARTICLE),
    "an article renamed": lambda s: (s.root / ARTICLE).rename(s.root / "content/articles/z.md") and None,
    "a draft": edit("content/articles/draft.md", "138", "139"),
    "a future article": edit("content/articles/later.md", "正文", "攻府"),
    "another source's bureau": edit(ARTICLE, "source: 本站", "bureau: leshan"),
    "an attachment": write("content/articles/list.zip", b"PK2"),
    "an attachment gone": remove("content/articles/list.zip"),
    "an attachment more": write("content/static/b.doc", b"x"),
    "a photograph with its place": photographed,
    "settings": write("config.yaml", SETTINGS.replace("gate: {", "gate: {severity: {wording: off}, ")),
    "a line of settings": write("config.yaml", "\n\n" + SETTINGS.replace("words.yaml", "w.yaml")),
    "the site's title": write("config.yaml", SETTINGS.replace("测试", "示例")),
    "words": write("words.yaml", WORD.replace("大厅", "窗口")),
    "no words": write("words.yaml", ""),
    "no list of words": remove("words.yaml"),
    "leaders": write("leaders.yaml", "- {name: 示例乙, title: 副局长}\n"),
    "columns": write("content/categories.yaml", "- {slug: c, title: 工作动态, stale_after_days: 90}\n"),
    "a name of a column": edit("content/categories.yaml", "工作动态", "工作要闻"),
    "bureaus": edit("content/bureaus.yaml", "乐山", "眉山"),
    "a built page": edit("output/index.html", "<meta ", "<meta name=\"SiteIDCode\" content=\"1\"><meta "),
    "a built page gone": remove("output/index.html"),
    "no built pages": lambda s: shutil.rmtree(s.root / "output"),
    "a commit that moved a date": moved_date,
    "a commit": lambda s: write("note.txt", "笔记")(s) or commit(s),
    "git gone": lambda s: shutil.rmtree(s.root / ".git"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_is_seen(site: Site, looks: list[object], name: str) -> None:
    before = checked(site)
    looks.clear()
    CHANGES[name](site)
    after = checked(site)
    assert looks, "it was looked at"
    assert after == checked_cleanly(site)
    looks.clear()
    assert checked(site) == after
    assert not looks, "the second time nothing was"
    if name not in {"a commit", "git gone", "an attachment"}:
        assert after != before


def test_any_sequence_of_changes(make_site: Callable[..., Site], site: Site) -> None:
    """Changes one after another, some undone: always what a clean check says."""
    chance = random.Random(7)
    first = {path: (site.root / path).read_bytes() for path in _files(site.root)}
    for _ in range(25):
        if chance.random() < 0.4:
            path = chance.choice(sorted(first))
            site.write({path: first[path]})
        else:
            _try(CHANGES[chance.choice(sorted(set(CHANGES) - {"git gone"}))], site)
        moment = chance.choice([NOW, NOW, NOW, "2026-01-03", "2026-01-06 08:00"])
        assert checked(site, as_of=moment) == checked_cleanly(site, as_of=moment)


def _files(root: Path) -> Iterator[str]:
    for path in (*(root / "content").rglob("*.*"), root / "config.yaml", root / "words.yaml"):
        yield path.relative_to(root).as_posix()


def _try(change: Callable[[Site], None], site: Site) -> None:
    """Make a change, if what it changes is still there."""
    try:
        change(site)
    except (AssertionError, OSError):
        return


def test_nothing_changed(site: Site, looks: list[object]) -> None:
    report = checked(site)
    assert report.rows
    assert checked(site) == report == checked_cleanly(site)
    assert len(looks) == 2, "of three checks one was told at once"


def test_the_time_counts(site: Site, looks: list[object]) -> None:
    """Days without news, articles that appear and expire; the clock may go back."""
    moments = [
        "2025-12-31 12:00", "2025-12-31 15:59", "2025-12-31 16:00", "2026-01-01 00:00", "2026-01-01 09:00",
        "2026-01-02 00:00", "2026-01-06 00:00", "2026-03-01 00:00", "2025-12-31 12:00",
    ]  # fmt: skip
    said = []
    for moment in moments:
        report = checked(site, as_of=moment)
        assert report == checked_cleanly(site, as_of=moment)
        assert report.moment == moment
        said.append(len(report.rows))
    assert len(set(said)) > 2
    looks.clear()
    checked(site, as_of="2025-12-31 12:01")
    assert not looks


def test_options_count(site: Site) -> None:
    for options in (
        {}, {"drafts": True}, {"names": frozenset(["privacy"])}, {"names": frozenset(["wording"])},
        {"output": site.root / "elsewhere"}, {"files": frozenset([ARTICLE])}, {},
    ):  # fmt: skip
        assert checked(site, **options) == checked_cleanly(site, **options)


def test_only_some_files_are_told_of_though_all_were_kept(site: Site, looks: list[object]) -> None:
    checked(site)
    looks.clear()
    some = checked(site, files=frozenset([ARTICLE]))
    assert {row.file for row in some.rows} == {ARTICLE}
    assert len(checked(site).rows) > len(some.rows)
    assert not looks


def test_what_is_outside_the_site_is_always_asked(site: Site, looks: list[object]) -> None:
    sitemap = site.root / "old.xml"
    for name in ("gone", "lost"):
        sitemap.write_text(f"<loc>https://example.com/{name}</loc>", "utf-8")
        rows = checked(site, against=sitemap, names=frozenset(["links"])).rows
        assert [row.found for row in rows] == [f"https://example.com/{name}"]
    assert len(looks) == 2


def test_another_engine_looks_again(
    site: Site, looks: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(site)
    monkeypatch.setattr(unchanged, "engine_identity", lambda: bytes(16))
    checked(site)
    assert len(looks) == 2


@pytest.mark.parametrize("left", [None, b"", b"\x90", b"{}", b"\xff" * 40])
def test_lost_and_damaged_memory_is_made_anew(
    site: Site, looks: list[object], left: bytes | None
) -> None:
    report = checked(site)
    place = State(site.root, site.output).folder / "checked"
    place.unlink() if left is None else place.write_bytes(left)
    assert checked(site) == report
    assert len(looks) == 2


def test_files_changed_just_before_are_looked_at_again(
    site: Site, looks: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "RACY_NS", 10**18)
    assert checked(site) == checked(site)
    assert len(looks) == 2


def test_nothing_is_kept_while_a_build_runs(site: Site, looks: list[object]) -> None:
    with State(site.root, site.output).locked():
        report = checked(site)
    assert checked(site) == report
    assert len(looks) == 2


def test_problems_of_the_moment_are_not_kept(site: Site, looks: list[object]) -> None:
    State(site.root, site.output).ledger.write_bytes(b"gazette-ledger-3\n?")
    assert "ledger-damaged" in {row.problem.code for row in checked(site).rows}
    assert "ledger-damaged" not in {row.problem.code for row in checked(site).rows}
    assert len(looks) == 2


def test_a_shallow_copy_that_grows_is_another_history(site: Site, tmp_path: Path) -> None:
    for day in ("2025-12-29", "2025-12-28"):
        site.article("b", f"正文，改于{day}前后。" * int(day[-2:]), date=day, source="本站")
        commit(site)
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", "--depth", "1", site.root.as_uri(), str(copy))
    shallow = Site(copy)
    assert "signoff-date-moved" not in _codes(shallow)
    git(copy, "fetch", "-q", "--unshallow")
    assert "signoff-date-moved" in _codes(shallow)


def _codes(site: Site) -> set[str]:
    return {row.problem.code for row in checked(site).rows}


def test_the_report_comes_back_whole(site: Site) -> None:
    """Every field of every row survives being kept."""
    report = checked(site)
    data = msgspec.msgpack.encode(report)
    assert msgspec.msgpack.decode(data, type=CheckReport) == report
