"""What happens to the output folder: files of others, folders and files that change places, names."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gazette.problems import MachineError
from gazette.publish.state import State, try_lock
from tests.conftest import Site, codes
from tests.publish.sites import clean_files, tiny_site

REPOSITORY = Path(__file__).parent.parent.parent
PAGE = "2025/05/a.html"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return tiny_site(tmp_path / "site")


def test_files_of_others_stay(site: Site) -> None:
    mine = {"output/mine.txt": "1", "output/category/mine.html": "2", "output/own/deep/x": "3"}
    site.built().write(mine).article("c").built(clean=True)
    (site.root / "content/articles/c.md").unlink()
    assert codes(site.build()) == []
    assert {path: (site.root / path).read_text() for path in mine} == mine


def test_a_file_of_others_where_a_page_must_go_is_replaced_with_a_warning(site: Site) -> None:
    right = clean_files(site)
    site.write({f"output/{PAGE}": "mine", "output/2024": "mine", "output/own.txt": "mine"}).article(
        "old", date="2024-01-01"
    )
    site.write({"output/own.txt": "mine"}).build(as_of="2020-01-01")  # something is known by now
    report = site.build()
    replaced = [p.arguments["path"] for p in report.problems if p.code == "output-replaced"]
    assert replaced == ["2024", PAGE]
    assert [p.severity for p in report.problems] == ["warning"] * 2
    assert site.page(PAGE) != "mine" and right.keys() < site.files().keys()


def test_a_folder_of_others_where_a_page_must_go_is_an_error(site: Site) -> None:
    site.write({f"output/{PAGE}/mine.txt": "mine"})
    report = site.build()
    assert [(p.severity, p.code, p.arguments["path"]) for p in report.problems] == [
        ("error", "output-blocked", PAGE)
    ]
    assert list(site.files()) == [f"{PAGE}/mine.txt"]


def test_an_empty_folder_where_a_page_must_go_gives_way(site: Site) -> None:
    (site.output / PAGE / "empty").mkdir(parents=True)
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)


def test_pages_become_folders_and_folders_pages(site: Site) -> None:
    site.write({"content/static/one": "file", "content/static/two/three/x.txt": "folder"}).built()
    (site.root / "content/static/one").unlink()
    (site.root / "content/static/two/three/x.txt").unlink()
    (site.root / "content/static/two/three").rmdir()
    (site.root / "content/static/two").rmdir()
    site.write({"content/static/one/y.txt": "folder", "content/static/two": "file"})
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)


def test_a_name_changes_in_case_only(site: Site) -> None:
    site.write({"content/static/Form.txt": "1", "content/static/Docs/x.txt": "2"}).built()
    (site.root / "content/static/Form.txt").rename(site.root / "content/static/form.TXT")
    (site.root / "content/static/Docs").rename(site.root / "content/static/docs")
    assert codes(site.build()) == []
    assert site.files() == clean_files(site)


def test_folders_that_a_deletion_empties_go(site: Site) -> None:
    site.write({"content/static/deep/er/x.txt": "x", "content/static/deep/y.txt": "y"}).built()
    (site.root / "content/static/deep/er/x.txt").unlink()
    report = site.build()
    assert report.removed == ("deep/er/x.txt",)
    assert (site.output / "deep/y.txt").exists() and not (site.output / "deep/er").exists()


@pytest.mark.parametrize("meddling", ["deleted", "changed", "same size", "folder", "link"])
def test_a_page_that_is_not_as_it_was_left_is_made_again(site: Site, meddling: str) -> None:
    site.built()
    place = site.output / PAGE
    data = place.read_bytes()
    place.unlink()
    if meddling == "folder":
        place.mkdir()
    elif meddling == "link":
        place.symlink_to(site.output / "index.html")
    elif meddling != "deleted":
        place.write_bytes(data[:-1] + b"!" * (1 if meddling == "same size" else 2))
        os.utime(place, (1, 1))
    report = site.build()
    assert report.written == (PAGE,)
    assert site.files() == clean_files(site)
    assert not place.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_an_output_folder_by_two_names_is_one(site: Site) -> None:
    site.built()
    (site.root / "www").symlink_to(site.output)
    assert State(site.root, site.root / "www").folder == State(site.root, site.output).folder
    assert site.build(output=site.root / "www").written == ()


def test_a_moved_site_is_known_again(site: Site) -> None:
    site.built()
    moved = Site(site.root.rename(site.root.with_name("moved")))
    assert moved.build().written == ()


def test_pages_that_lie_on_another_file_system(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where `output/` is mounted into a container: one device by its number, but no renaming."""
    real = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if "stage" in path.parts:
            raise OSError(18, "Invalid cross-device link", str(path))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    site.built()
    monkeypatch.undo()
    assert site.files() == clean_files(site)
    assert site.build().written == ()


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="needs a second file system")
def test_an_output_folder_on_another_file_system(site: Site, tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        output = Path(folder) / "www"
        site.built(output=output)
        assert Site.files_in(output) == clean_files(site)
        if output.stat().st_dev != tmp_path.stat().st_dev:
            assert State(site.root, output).stage.is_relative_to(output)
        assert not (output / ".gazette-stage").exists()


@pytest.mark.parametrize("folder", [".", "..", "content", "content/static/www", "themes/x"])
def test_the_output_folder_is_no_place_of_sources(site: Site, folder: str) -> None:
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": f"{config}output:\n  dir: {folder}\n"})
    report = site.build()
    assert [(p.code, p.file, p.line) for p in report.problems] == [
        ("output-misplaced", "config.yaml", 5)
    ]


# The lock


HOLDER = """
    import sys
    from pathlib import Path
    from gazette.publish.state import State

    with State(Path(sys.argv[1]), Path(sys.argv[1]) / "output").locked():
        print("held", flush=True)
        sys.stdin.read()
"""


def test_two_builds_of_one_output_do_not_meet(site: Site) -> None:
    site.built()
    before = site.files()
    site.article("c")
    command = [sys.executable, "-c", textwrap.dedent(HOLDER), str(site.root)]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdin and holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(MachineError) as fault:
            site.build()
        holder.stdin.close()
    assert fault.value.problem.code == "locked"
    assert f"process {holder.pid}" in fault.value.problem.arguments["holder"]
    assert site.files() == before
    assert site.build(output=site.root / "other").published
    assert site.build().published, "the lock ends with its process"


def test_a_lock_whose_file_was_removed_is_not_held(site: Site) -> None:
    state = State(site.root, site.output)
    with state.locked():
        state.forget()
        with state.locked():  # a new file: not the one that is held
            pass


def test_a_lock_is_worth_nothing_once_its_file_is_removed(site: Site) -> None:
    """Another process may have opened it just before `clean` removed it, and a third made a new one."""
    state = State(site.root, site.output)
    with state.open_lock() as file:
        state.forget()
        assert not try_lock(file)
        with state.locked():
            assert not try_lock(file)


def test_the_holder_may_have_no_name_yet(site: Site) -> None:
    state = State(site.root, site.output)
    with state.locked():
        (state.folder / "holder").unlink()
        with pytest.raises(MachineError) as fault, State(site.root, site.output).locked():
            pass
    assert fault.value.problem.arguments["holder"] == "?"


def test_a_state_folder_that_cannot_be_made_is_the_disks_fault(site: Site) -> None:
    site.write({".gazette": "a file"})
    with pytest.raises(MachineError) as fault:
        site.build()
    assert fault.value.problem.code == "disk"
