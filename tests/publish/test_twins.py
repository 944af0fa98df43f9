"""Compressed twins follow their files."""

import gzip
import os
from pathlib import Path

import brotli
import pytest

from gazette.parallel import Workers
from gazette.publish.twins import twins
from tests.conftest import Site, codes
from tests.publish.sites import CONFIG, clean_files, tiny_site

BOTH = "hosts: {compress: [gzip, brotli]}\n"
PAGE = "2025/05/a.html"
TWINS = {f"{PAGE}.gz", f"{PAGE}.br"}
LONG = "示例文字。" * 100


@pytest.fixture
def site(tmp_path: Path) -> Site:
    files = {
        "config.yaml": CONFIG + BOTH,
        "content/static/x.txt": LONG,
        "content/static/y.txt": "y",
    }
    return tiny_site(tmp_path / "site", files).article("a", LONG).built()


def test_a_twin_holds_what_its_file_holds(site: Site) -> None:
    files = site.files()
    assert TWINS | {"x.txt.gz", "x.txt.br"} <= files.keys()
    for path, data in files.items():
        if path.endswith(".gz"):
            assert gzip.decompress(data) == files[path[:-3]]
        if path.endswith(".br"):
            assert brotli.decompress(data) == files[path[:-3]]
        if path.endswith((".gz", ".br")):
            assert len(data) < len(files[path[:-3]])
    assert not {"y.txt.gz", "y.txt.br"} & files.keys(), "they would be larger"
    assert files == clean_files(site)


def test_bytes_do_not_depend_on_when_and_where() -> None:
    packed = dict(twins("a.html", LONG.encode(), ("gzip", "brotli"), rendered=True))
    assert packed["a.html.gz"][:10] == bytes.fromhex("1f8b08000000000002ff")
    assert packed == dict(twins("a.html", LONG.encode(), ("gzip", "brotli"), rendered=True))


def test_pictures_and_archives_have_none() -> None:
    for path in ("a.jpg", "a.zip", "a.gz", "web.config", ".htaccess"):
        assert list(twins(path, LONG.encode(), ("gzip", "brotli"), rendered=False)) == []


def test_a_change_changes_the_twin_and_a_deletion_deletes_it(site: Site) -> None:
    old = site.files()
    site.article("a", LONG + "又")
    report = site.build()
    assert {PAGE, *TWINS} <= set(report.written)
    assert all(site.files()[path] != old[path] for path in TWINS)
    assert site.files() == clean_files(site)
    (site.root / "content/articles/a.md").unlink()
    assert {PAGE, *TWINS} <= set(site.build().removed)
    assert site.files() == clean_files(site)


@pytest.mark.parametrize("path", [f"{PAGE}.gz", f"{PAGE}.br", "x.txt.br", PAGE])
@pytest.mark.parametrize("meddling", ["deleted", "changed", "same size", "folder"])
def test_a_twin_that_is_not_as_it_was_left_is_made_again(
    site: Site, path: str, meddling: str
) -> None:
    right = site.files()
    place = site.output / path
    data = place.read_bytes()
    place.unlink()
    if meddling == "folder":
        place.mkdir()
    elif meddling != "deleted":
        place.write_bytes(data[:-1] + b"!" * (1 if meddling == "same size" else 2))
        os.utime(place, (1, 1))
    assert site.build().written == (path,)
    assert site.files() == right


def test_nothing_changed_nothing_written(site: Site) -> None:
    report = site.build()
    assert (report.reasons, report.written, report.removed) == ({}, (), ())


def test_switching_on_and_off(site: Site) -> None:
    both = site.files()
    for setting in ("", "hosts: {compress: [brotli]}\n", BOTH):
        site.write({"config.yaml": CONFIG + setting})
        report = site.build()
        assert {reason.kind for reason in report.reasons} == {"compression"}
        assert site.files() == clean_files(site)
        endings = {path[-3:] for path in site.files()} & {".gz", ".br"}
        assert endings == {ending for ending, name in ((".gz", "gzip"), (".br", "brotli"))
                           if name in setting}  # fmt: skip
        assert all(path.endswith((".gz", ".br")) for path in (*report.written, *report.removed))
    assert site.files() == both


@pytest.mark.parametrize("lost", ["made", "ledger"])
def test_losing_the_memory_leaves_no_twin_behind(site: Site, lost: str) -> None:
    for state in (site.root / ".gazette").glob(f"*/{lost}"):
        state.unlink()
    (site.root / "content/articles/a.md").unlink()
    assert set(site.build().removed) >= TWINS


def test_two_workers_make_the_same(site: Site) -> None:
    right = site.files()
    site.built(output=site.root / "two", workers=Workers(2))
    assert Site.files_in(site.root / "two") == right


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("x.txt.gz", "route-collision"),
        ("X.txt.BR", "route-collision"),
        ("x.txt.gz/z", "route-folder"),
    ],
)
def test_a_file_of_the_site_where_a_twin_may_lie_is_an_error(
    site: Site, path: str, code: str
) -> None:
    site.write({f"content/static/{path}": "mine"})
    report = site.build()
    assert codes(report) == [code]
    assert report.problems[0].file == f"content/static/{path}"
    site.write({"config.yaml": CONFIG}).built()


def test_archives_without_a_file_beside_them_are_welcome(site: Site) -> None:
    site.write({"content/static/old.tar.gz": "archive", "content/static/y.md.br": "other"}).built()
    assert site.page("old.tar.gz") == "archive"


def test_clean_removes_twins(site: Site) -> None:
    from gazette.publish.clean import clean

    clean(site.root, None)
    assert not site.output.exists()
