"""What surrounds a build and must not reach the site: the environment, other builds, what lies in the way."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gazette.problems import MachineError
from gazette.publish.state import State
from tests.conftest import AS_OF, Site, codes
from tests.publish.sites import clean_files, tiny_site

REPOSITORY = Path(__file__).parent.parent.parent
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="as POSIX systems have it")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return tiny_site(tmp_path / "site", {"content/static/丙.txt": "三"})


def command(site: Site, *arguments: str) -> list[str]:
    program = str(REPOSITORY / "build.py")
    return [sys.executable, program, "-C", str(site.root), "--as-of", AS_OF, *arguments]


def built_with(site: Site, environment: dict[str, str], umask: int) -> int:
    """Build in a process of its own; how many files it has written."""
    before = times(site)
    done = subprocess.run(
        command(site),
        env={**os.environ, **environment},
        umask=-1 if sys.platform == "win32" else umask,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return len(times(site).items() - before.items())


def times(site: Site) -> dict[str, int]:
    """When each file of the site was written."""
    return {path: (site.output / path).stat().st_mtime_ns for path in site.files()}


ENVIRONMENTS = [
    {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "UTC", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "2", "LANGUAGE": "zh"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "3", "COLUMNS": "20"},
    {"TZ": "Pacific/Apia", "LC_ALL": "POSIX", "PYTHONOPTIMIZE": "2", "PYTHONUTF8": "1"},
]


@pytest.mark.unmeasured
def test_neither_zone_nor_language_nor_hashes_nor_rights_reach_the_site(site: Site) -> None:
    for number in range(70):  # more than one worker's part
        site.article(f"n{number}", tags=f"[标签{number % 7}, 标签{number % 5}]")
    right = clean_files(site)
    for environment, umask in zip(ENVIRONMENTS, (0o022, 0o077, 0o002, 0), strict=True):
        shutil.rmtree(site.output, ignore_errors=True)
        shutil.rmtree(site.root / ".gazette", ignore_errors=True)
        built_with(site, environment, umask)
        assert site.files() == right
    for environment, umask in zip(ENVIRONMENTS, (0, 0o077, 0o022, 0o002), strict=True):
        assert built_with(site, environment, umask) == 0
    assert site.files() == right


@pytest.mark.unmeasured
def test_builds_at_the_same_time(site: Site) -> None:
    """One of them does it; the others say who, or come later and find it done."""
    right = clean_files(site)
    builds = [subprocess.Popen(command(site), stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate()[1] for process in builds]
    ends = [process.returncode for process in builds]
    assert 0 in ends and set(ends) <= {0, 3}
    assert all(b"[locked]" in text for end, text in zip(ends, said, strict=True) if end == 3)
    assert site.files() == right
    assert site.build().written == ()


# The state folder


FUTURE = {
    "ledger": b"gazette-ledger-99\n" + b"\x93" * 40,
    "made": b"gazette-made-99 0\nindex.html",
    "last": b"\x9f" + b"\x01" * 40,
    "journal": b"\x81\xa5stage\xa1x",
    "build.json": b'{"what": "it holds"}',
    "holder": b"\xff\xfe",
    "ledger.next": b"gazette-ledger-99\n",
}


@pytest.mark.parametrize("name", FUTURE)
def test_what_another_version_of_gazette_left_is_left_unread(site: Site, name: str) -> None:
    site.built().article("a", "甲文改。")
    (site.root / "content/articles/b.md").unlink()
    (State(site.root, site.output).folder / name).write_bytes(FUTURE[name])
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)
    assert site.build().written == ()


@pytest.mark.parametrize("name", [*FUTURE, "pictures", "packs", "templates"])
def test_folders_where_files_of_the_state_should_be(site: Site, name: str) -> None:
    """Whatever lies there, a build says what is wrong or makes the right site."""
    site.built().article("a", "甲文改。")
    place = State(site.root, site.output).folder / name
    if place.is_dir():
        shutil.rmtree(place)
        place.write_text("a file")
    else:
        place.unlink(missing_ok=True)
        place.mkdir()
    try:
        report = site.build()
    except MachineError as fault:
        assert fault.problem.code == "disk"
        assert name in fault.problem.arguments["path"]
    else:
        assert report.published
        assert site.files() == clean_files(site)


# The output folder


@ON_POSIX
@pytest.mark.parametrize("is_there", [True, False])
def test_the_output_folder_is_a_link(site: Site, tmp_path: Path, is_there: bool) -> None:
    right = clean_files(site)
    target = tmp_path / "www"
    if is_there:
        target.mkdir()
    site.output.symlink_to(target)
    site.built()
    assert site.output.is_symlink() and Site.files_in(target) == right
    site.article("c").built()
    assert Site.files_in(target) == clean_files(site)


@ON_POSIX
def test_a_folder_of_the_output_lies_elsewhere(site: Site, tmp_path: Path) -> None:
    """As where pictures are kept on a larger disk."""
    site.built()
    others = Site(tmp_path / "large")
    shutil.move(site.output / "2025", others.root)
    (site.output / "2025").symlink_to(others.root)
    others.write({"05/own.html": "not ours"})
    site.article("a", "甲文改。").article("c")
    (site.root / "content/articles/b.md").unlink()
    assert codes(site.build()) == []
    assert (site.output / "2025").is_symlink()
    assert Site.files_in(others.root).keys() == {"05/a.html", "05/c.html", "05/own.html"}
    assert {p: d for p, d in followed(site).items() if p != "2025/05/own.html"} == clean_files(site)


def followed(site: Site) -> dict[str, bytes]:
    """The site's files, through the link too."""
    inside = Site.files_in(site.output / "2025")
    return site.files() | {f"2025/{path}": data for path, data in inside.items()}


def test_parts_of_the_output_are_gone(site: Site) -> None:
    site.built()
    for path in list(site.files())[::2]:
        (site.output / path).unlink()
    shutil.rmtree(site.output / "2025")
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)


def test_a_file_stands_where_the_output_should(site: Site) -> None:
    site.built().article("a", "甲文改。")
    shutil.rmtree(site.output)
    site.output.write_text("a file")
    for _ in range(2):
        with pytest.raises(MachineError) as fault:
            site.build()
        assert fault.value.problem.arguments["path"] == str(site.output)
    site.output.unlink()
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)


@ON_POSIX
@pytest.mark.parametrize("folder", ["output", "output/2025", ".gazette", "."])
def test_a_folder_that_may_not_be_written(site: Site, folder: str) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    site.built()
    before = site.files()
    site.article("a", "甲文改。").article("c")
    right = clean_files(site)
    shutil.rmtree(site.root / "clean")
    places = [site.root / folder, *(p for p in (site.root / folder).rglob("*") if p.is_dir())]
    for place in places:
        place.chmod(0o555)
    try:
        with pytest.raises(MachineError) as fault:
            site.build()
        assert fault.value.problem.code == "disk"
        # A commit that has begun may have published some pages, each of them whole.
        for path, data in site.files().items():
            assert data in {before.get(path), right.get(path)}
    finally:
        for place in places:
            place.chmod(0o755)
    site.built()
    assert site.files() == clean_files(site)
