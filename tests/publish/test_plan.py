"""Which files a build makes, and why."""

import os
import sys
import time
from pathlib import Path

import pytest

from gazette.pipeline import BuildReport
from gazette.publish.plan import hash_part
from gazette.reading.scan import Signature, Source
from tests.conftest import Site, codes
from tests.publish.sites import clean_files, tiny_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return tiny_site(tmp_path / "site", {"content/static/x.txt": "1"}).built()


def reasons(report: BuildReport) -> dict[tuple[str, str], int]:
    return {(reason.kind, reason.detail): count for reason, count in report.reasons.items()}


def test_first_everything_then_nothing(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site")
    report = site.build()
    assert reasons(report) == {("anew", ""): report.pages}
    assert len(report.written) == report.pages
    assert reasons(site.build()) == {}


def test_a_template_is_named(site: Site) -> None:
    site.write({"themes/tiny/templates/article.html": "{{ page.title }} {{ content }}"})
    report = site.build()
    assert reasons(report) == {("template", "article.html"): 2}
    assert set(report.written) == {"2025/05/a.html", "2025/05/b.html"}


def test_a_template_that_others_include_counts_for_them(site: Site) -> None:
    site.write({"themes/tiny/templates/article.html": "{% include 'parts/lists.html' %}"}).built()
    site.write({"themes/tiny/templates/parts/lists.html": "{{ page.title }} new"})
    assert ("template", "article.html") in reasons(site.build())


def test_what_stands_on_every_page_is_named(site: Site) -> None:
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": config.replace("测试站点", "新名")})
    report = site.build()
    assert reasons(report) == {("shared", ""): report.pages - 3}, "x.txt and two style sheets"


def test_grey_is_one_file(site: Site) -> None:
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": config.replace("title:", "grey: true, title:")})
    report = site.build()
    assert (reasons(report), report.written) == ({("file", ""): 1}, ("assets/options.css",))


def test_an_edited_text_touches_its_page_and_the_feeds(site: Site) -> None:
    report = site.article("a", "甲文改。").build()
    assert "2025/05/a.html" in report.written
    assert {kind for kind, _ in reasons(report)} == {"content"}
    assert len(report.written) < report.pages / 2


def test_a_page_is_made_anew_when_what_it_links_to_moves(site: Site) -> None:
    site.write({"content/pages/about.md": "---\ntitle: 关于\n---\n\n[甲](../articles/a.md)\n"})
    site.write({"themes/tiny/templates/page.html": "{{ content }}"}).built()
    site.article("a", "甲文。", slug="moved").built()
    assert "2025/05/moved.html" in site.page("about.html")


def test_new_and_altered_and_copied_files_are_told_apart(site: Site) -> None:
    (site.output / "index.html").unlink()
    site.write({"content/static/x.txt": "2", "content/static/y.txt": "1"})
    report = site.build()
    assert reasons(report) == {("altered", ""): 1, ("file", ""): 1, ("new", ""): 1}
    assert set(report.written) == {"index.html", "x.txt", "y.txt"}


def test_a_file_that_is_equal_is_not_written_again(site: Site) -> None:
    assert site.build(clean=True).written == ()


@pytest.mark.skipif(sys.platform == "win32", reason="ctime is the time of creation there")
def test_same_size_and_time_but_other_content(site: Site) -> None:
    for path in ("content/articles/a.md", "content/static/x.txt"):
        place = site.root / path
        data, times = place.read_bytes(), place.stat()
        place.write_bytes(data.replace(b"1", b"2").replace("甲文".encode(), "丙文".encode()))
        os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert {"2025/05/a.html", "x.txt"} <= set(site.build().written)
    assert site.files() == clean_files(site)


def test_the_clock_was_set_back(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 10**14)
    site.article("a", "丙文。").built().article("a", "丁文。").built()
    assert "丁文" in site.page("2025/05/a.html")
    monkeypatch.undo()
    site.article("a", "戊文。").built()
    assert site.files() == clean_files(site)


@pytest.mark.parametrize("name", ["x.txt", "d.svg"])
def test_a_file_that_changes_while_it_is_published(
    site: Site, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It is copied as it is by then; when it is changed back the old bytes are published again."""
    path = f"content/static/{name}"
    one, two = SVG.encode(), SVG.replace('"3"', '"4"').encode()
    site.write({path: one})
    real = Path.open
    seen = []

    def changing(place: Path, *arguments: object, **more: object) -> object:
        if place.name == name and "static" in place.parts:
            seen.append(place)
            if len(seen) == 2:  # the first is to know its digest, the second to copy it
                (site.root / path).write_bytes(two)
        return real(place, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", changing)
    site.built()
    monkeypatch.undo()
    site.write({path: one}).built()
    assert site.files() == clean_files(site)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"></svg>'


def test_a_file_that_vanishes_is_said(tmp_path: Path) -> None:
    [problem] = hash_part(tmp_path, [Source("static/gone.txt", Signature(1, 1, 1, 1))])
    assert not isinstance(problem, bytes)
    assert (problem.code, problem.file) == ("file-unreadable", "content/static/gone.txt")


def test_a_file_that_vanishes_before_it_is_copied_is_said(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"content/static/gone.txt": "1"})
    monkeypatch.setattr("gazette.publish.plan.digest_file", vanishing)
    report = site.build()
    assert ("file-unreadable", "content/static/gone.txt") in [
        (p.code, p.file) for p in report.problems
    ]
    assert not report.published


def vanishing(path: Path) -> bytes:
    path.unlink()
    return bytes(16)


def test_an_svg_that_is_none_is_an_error(site: Site) -> None:
    report = site.write({"content/static/d.svg": b"\xff\xfe no picture"}).build()
    assert [(p.code, p.file) for p in report.problems] == [("svg-invalid", "content/static/d.svg")]


# Templates that fail


def test_a_missing_template_is_said_once(site: Site) -> None:
    (site.root / "themes/tiny/templates/article.html").unlink()
    report = site.build()
    assert [(p.code, p.file) for p in report.problems] == [
        ("template-missing", "themes/tiny/templates/article.html")
    ]


def test_a_template_that_cannot_be_read_renders_nothing(site: Site) -> None:
    report = site.write({"themes/tiny/templates/article.html": "a\n{% if %}"}).build()
    assert [(p.code, p.file, p.line) for p in report.problems] == [
        ("template-syntax", "themes/tiny/templates/article.html", 2)
    ]


def test_a_template_that_fails_on_many_pages_is_said_once(site: Site) -> None:
    site.article("c").write({"themes/tiny/templates/article.html": "\n{{ page.nothing }}"})
    [problem] = site.build().problems
    assert (problem.code, problem.file, problem.line) == (
        "template-error", "themes/tiny/templates/article.html", 2,
    )  # fmt: skip
    assert problem.arguments["page"].endswith("(+2)")
    assert codes(site.write({"themes/tiny/templates/article.html": "x"}).build()) == []
