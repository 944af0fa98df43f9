"""The build as a whole: what comes out of small sites."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.parallel import Workers
from tests.conftest import Site, codes

MakeSite = Callable[..., Site]


def test_article_lists_and_feed(make_site: MakeSite) -> None:
    site = (
        make_site()
        .article("a", "正文。", categories="yaowen", tags="[春风]", bureau="乐税")
        .built()
    )
    page = site.page("yaowen/2025/05/a.html")
    assert "正文。" in page
    for path in ("category/yaowen.html", "tag/chun-feng.html", "bureau/leshan/index.html"):
        assert "yaowen/2025/05/a.html" in site.page(path)
    assert "https://example.com/yaowen/2025/05/a.html" in site.page("feed.xml")


def test_two_builds_are_equal(make_site: MakeSite) -> None:
    site = make_site().article("a", tags="[x]").built()
    first = site.files()
    assert site.built(clean=True).files() == first
    assert site.built(clean=True, workers=Workers(2)).files() == first


def test_unchanged_build_writes_nothing(make_site: MakeSite) -> None:
    site = make_site().article("a").built()
    assert site.build().written == ()


def test_faults_publish_nothing(make_site: MakeSite) -> None:
    site = make_site().article("a").built()
    before = site.files()
    report = site.article("b", date="morgen").build()
    assert not report.published
    assert codes(report) == ["date-invalid"]
    assert site.files() == before


def test_what_a_refused_build_has_read_is_not_read_again(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site().article("a").article("f", date="morgen")
    later = time.time_ns() + 10**11
    monkeypatch.setattr(time, "time_ns", lambda: later)  # so that no file is too young to be known
    assert not site.build().published
    read: list[str] = []

    def watched(place: Path) -> bytes:
        read.append(place.name)
        return real(place)

    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", watched)
    assert codes(site.build()) == ["date-invalid"]
    assert {"config.yaml"} <= set(read) and not {"a.md", "f.md"} & set(read)


def test_a_refused_build_leaves_what_is_known_of_the_site(make_site: MakeSite) -> None:
    site = make_site().article("a").built().article("f", date="morgen")
    assert not site.build().published
    (site.root / "content/articles/f.md").unlink()
    report = site.build()
    assert (report.written, report.reasons) == ((), {})
