"""`build --verify` proves that the output folder equals a clean build's."""

import os
from pathlib import Path

from tests.conftest import Site, codes
from tests.publish.sites import tiny_site


def test_a_right_site_is_right(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site").built().article("a", "甲文改。").write({"output/own": "x"})
    report = site.build(verify=True)
    assert report.published and codes(report) == []
    assert "verify" in report.seconds
    [state] = (site.root / ".gazette").iterdir()
    assert not (state / "verify").exists()


def test_files_that_differ_are_named(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site").built()
    place = site.output / "2025/05/a.html"
    times = place.stat()
    place.write_bytes(b"!" * times.st_size)
    os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
    [problem] = site.build(verify=True).problems
    assert (problem.severity, problem.code) == ("error", "verify-differs")
    assert problem.arguments["paths"] == "2025/05/a.html"
    assert codes(site.build(clean=True, verify=True)) == []


def test_many_files_that_differ_are_counted(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site", {f"content/static/{n}.txt": "1" for n in range(30)}).built()
    for n in range(30):
        place = site.output / f"{n}.txt"
        times = place.stat()
        place.write_bytes(b"2")
        os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
    [problem] = site.build(verify=True).problems
    assert problem.arguments["count"] == "30"
    assert problem.arguments["paths"].endswith(" …")


def test_a_refused_build_is_not_compared(tmp_path: Path) -> None:
    site = tiny_site(tmp_path / "site").article("a", date="morgen")
    assert codes(site.build(verify=True)) == ["date-invalid"]


def test_the_moment_is_the_same(tmp_path: Path) -> None:
    site: Site = tiny_site(tmp_path / "site")
    assert codes(site.build(verify=True, as_of=None)) == []
