"""The build as a whole: what comes out of small sites."""

from collections.abc import Callable

from gazette.parallel import Workers
from tests.conftest import Site, codes

MakeSite = Callable[..., Site]


def test_article_lists_and_feed(make_site: MakeSite) -> None:
    site = make_site().article("a", "正文。", categories="yaowen", tags="[春风]", bureau="乐税").built()
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
