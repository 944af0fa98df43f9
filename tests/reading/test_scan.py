"""Which files under content/ are seen."""

import os
import sys
from pathlib import Path

import pytest

from gazette.problems import Problem
from gazette.reading.scan import normal, scan


def write(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x", "utf-8")
    return folder


def seen(folder: Path) -> tuple[list[str], list[tuple[str, str | None]]]:
    problems: list[Problem] = []
    paths = [source.path for source in scan(folder, problems)]
    return paths, [(problem.code, problem.file) for problem in problems]


def linked(link: Path, target: Path | str) -> None:
    try:
        link.symlink_to(target, target_is_directory=Path(target).is_dir())
    except OSError:
        pytest.skip("this system does not let us make symbolic links")


def test_no_content(tmp_path: Path) -> None:
    assert seen(tmp_path / "content") == ([], [])


def test_files_come_in_one_order(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.md", "a.md", "乐/汉源.md", "a b.md")
    assert seen(tmp_path) == (["a b.md", "a.md", "a/z.md", "b.md", "乐/汉源.md"], [])


def test_what_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        ".git/a.md",
        ".a.md",
        "~$a.docx",
        "a.md~",
        "Thumbs.db",
        "_site/a.md",
        "_a.md",
        "_posts/b.md",
        "x/_drafts/c.md",
    )
    assert seen(tmp_path)[0] == ["_a.md", "_posts/b.md", "x/_drafts/c.md"]


def test_links_inside_are_followed(tmp_path: Path) -> None:
    content = write(tmp_path / "content", "a/b.md", "c.md")
    linked(content / "d", content / "a")
    linked(content / "e.md", "c.md")
    assert seen(content) == (["a/b.md", "c.md", "d/b.md", "e.md"], [])


def test_the_content_folder_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", "a.md")
    linked(tmp_path / "content", tmp_path / "real")
    assert seen(tmp_path / "content") == (["a.md"], [])


def test_links_that_lead_out_are_errors(tmp_path: Path) -> None:
    content = write(tmp_path / "content", "a.md")
    write(tmp_path, "secret.md", "content2/b.md")
    for name, target in {"b.md": "../secret.md", "c": "..", "d": "../content2", "e": "/"}.items():
        linked(content / name, target)
    problems = [("link-outside", f"content/{name}") for name in ("b.md", "d", "e")]
    paths, found = seen(content)
    assert paths == ["a.md"]
    assert sorted(found) == sorted([*problems, ("link-outside", "content/c")])


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_links_to_a_folder_above_end(tmp_path: Path, target: str) -> None:
    content = write(tmp_path / "content", "a/b/c.md")
    linked(content / "a/b/d", target)
    assert seen(content) == (["a/b/c.md"], [("link-circle", "content/a/b/d")])


def test_links_in_a_ring_end(tmp_path: Path) -> None:
    content = write(tmp_path / "content", "a/1.md", "b/2.md", "c/3.md")
    for link, target in {"a/x": "b", "b/y": "c", "c/z": "b"}.items():
        linked(content / link, content / target)
    paths, found = seen(content)
    assert "a/x/y/3.md" in paths
    assert {code for code, _ in found} == {"link-circle"}
    assert len(paths) < 12


def test_links_to_nothing_are_errors(tmp_path: Path) -> None:
    linked(tmp_path / "a.md", tmp_path / "gone.md")
    linked(tmp_path / "b.md", "b.md")
    assert seen(tmp_path)[0] == []
    assert {code for code, _ in seen(tmp_path)[1]} <= {
        "file-unreadable",
        "link-circle",
        "link-outside",
    }
    assert len(seen(tmp_path)[1]) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_what_is_not_a_file_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert seen(tmp_path) == ([], [("file-unreadable", "content/a.md")])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_are_errors(tmp_path: Path) -> None:
    os.mkdir(os.fsencode(tmp_path) + b"/\xcb\xcb")  # noqa: PTH102  (a name in bytes)
    (tmp_path / "ok.md").write_text("x")
    (tmp_path / "\udccb.md").write_text("x")
    paths, found = seen(tmp_path)
    assert paths == ["ok.md"]
    assert [code for code, _ in found] == ["name-undecodable"] * 2
    assert all(file and file.isascii() for _, file in found)


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may read everything")
def test_folders_that_may_not_be_read_are_errors(tmp_path: Path) -> None:
    write(tmp_path, "a/b.md")
    (tmp_path / "a").chmod(0)
    assert seen(tmp_path) == ([], [("file-unreadable", "content/a")])


def test_paths_are_compared_in_one_unicode_form() -> None:
    assert normal("a.md") == "a.md"
    assert normal("cafe\u0301.md") == "caf\u00e9.md"
