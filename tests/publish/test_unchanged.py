"""A build that finds nothing to do: told without reading, and never told wrongly."""

import os
from pathlib import Path

import pytest

from gazette.pipeline import BuildReport
from gazette.publish import unchanged
from tests.conftest import Site, codes
from tests.publish.sites import tiny_site


@pytest.fixture(autouse=True)
def no_file_is_young(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources of a test were written just now, and such are looked at again."""
    monkeypatch.setattr(unchanged, "RACY_NS", -(10**18))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return tiny_site(tmp_path / "site").built()


def was_told_at_once(report: BuildReport) -> bool:
    return report.published and "read" not in report.seconds


def test_nothing_is_read_where_nothing_changed(site: Site) -> None:
    first = site.build(clean=True)
    report = site.build()
    assert was_told_at_once(report)
    assert (report.articles, report.pages) == (first.articles, first.pages)
    assert report.written == report.removed == ()


def test_warnings_are_said_again(site: Site) -> None:
    site.article("c", tilte="x")
    first = site.build()
    report = site.build()
    assert was_told_at_once(report)
    assert codes(report) == codes(first) == ["key-near"]


@pytest.mark.parametrize(
    "path", ["content/articles/a.md", "config.yaml", "themes/tiny/static/a.css"]
)
def test_a_changed_input_is_seen(site: Site, path: str) -> None:
    place = site.root / path
    place.write_text(place.read_text("utf-8") + "\n", "utf-8")
    assert not was_told_at_once(site.build())
    assert was_told_at_once(site.build())


def test_a_file_more_or_less_is_seen(site: Site) -> None:
    site.article("c")
    assert not was_told_at_once(site.build())
    (site.root / "content/articles/c.md").unlink()
    report = site.build()
    assert not was_told_at_once(report)
    assert "2025/05/c.html" in report.removed


def test_an_altered_output_is_mended(site: Site) -> None:
    page = site.output / "index.html"
    page.write_text("?", "utf-8")
    report = site.build()
    assert report.written == ("index.html",)
    (site.output / "404.html").unlink()
    assert site.build().written == ("404.html",)


def test_other_options_are_another_build(site: Site) -> None:
    site.article("draft", draft="true")
    site.built()
    report = site.build(drafts=True)
    assert "2025/05/draft.html" in report.written
    assert was_told_at_once(site.build(drafts=True))
    assert not was_told_at_once(site.build(base_url="https://example.org"))


def test_the_time_counts_where_it_shows_or_hides_something(site: Site) -> None:
    site.article("later", date="2026-03-01").article("over", expires="2026-02-01")
    site.built()
    assert was_told_at_once(site.build(as_of="2026-02-01 00:00"))
    report = site.build(as_of="2026-02-02 00:00")
    assert "2025/05/over.html" in report.removed
    assert was_told_at_once(site.build(as_of="2026-02-28 23:59"))
    assert "2026/03/later.html" in site.build(as_of="2026-03-01 00:00").written
    assert not was_told_at_once(site.build(as_of="2026-02-28 23:59")), "back in time"


@pytest.mark.parametrize("name", ["ledger", "made", "last"])
def test_lost_memory_is_made_anew(site: Site, name: str) -> None:
    (state,) = (site.root / ".gazette").iterdir()
    (state / name).unlink()
    assert not was_told_at_once(site.build())
    assert was_told_at_once(site.build())


def test_damaged_memory_is_made_anew(site: Site) -> None:
    (state,) = (site.root / ".gazette").iterdir()
    (state / "last").write_bytes(b"\x00" * 40)
    assert not was_told_at_once(site.build())
    assert was_told_at_once(site.build())


def test_a_file_changed_just_before_is_looked_at_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "RACY_NS", 10**18)
    place = site.root / "content/articles/a.md"
    before = place.stat()
    place.write_bytes(place.read_bytes().replace("甲文".encode(), "丁文".encode()))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not was_told_at_once(site.build())
    assert not was_told_at_once(site.build()), "the file is still young"
