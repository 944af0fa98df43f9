"""`build` and `clean` as a webmaster uses them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from gazette.cli.printer import Printer
from gazette.cli.progress import Progress
from gazette.pages.context import Route
from tests.cli.conftest import Run
from tests.conftest import Site
from tests.publish.sites import clean_files, tiny_site

REPOSITORY = Path(__file__).parent.parent.parent
PAGE = "2025/05/a.html"
WARNED = {"content/articles/w.md": "---\ntitle： 甲\ndate: 2025-05-03\n---\n\n正文。\n"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return tiny_site(tmp_path / "site")


# What comes of a build, by its exit code


def test_done(site: Site, ran: Run) -> None:
    code, out, err = ran(site)
    assert (code, out) == (0, "")
    assert "Built" in err and str(site.output) in err
    assert "Nothing has changed" in ran(site, "build").err


def test_faults_are_listed_and_nothing_is_published(site: Site, ran: Run) -> None:
    site.article("f", date="morgen").article("g", bureau="nirgends")
    code, out, err = ran(site)
    assert (code, out) == (1, "")
    assert "content/articles/f.md:3" in err and "error[date-invalid]" in err
    assert "content/articles/g.md:4" in err and "error[bureau-unknown]" in err
    assert "Nothing was published. Errors: 2, warnings: 0." in err
    assert not site.output.exists()


def test_warnings_are_said_and_do_not_count(site: Site, ran: Run) -> None:
    code, _, err = ran(site.write(WARNED))
    assert code == 0 and "warning[" in err and "Errors: 0, warnings: 1." in err


def test_strict_refuses_before_publishing(site: Site, ran: Run) -> None:
    code, _, err = ran(site.write(WARNED), "--strict")
    assert code == 1 and "warnings count as errors" in err
    assert not site.output.exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_quarantine_leaves_faulty_documents_out(site: Site, ran: Run, jobs: str) -> None:
    site.article("f", date="morgen")  # faulty when it is read
    site.article("g", bureau="nirgends")  # when the site is assembled
    site.article("h", "[f](f.md)")
    code, _, err = ran(site, "--quarantine", "--jobs", jobs)
    assert code == 1
    assert "Left out because of errors: articles/f.md, articles/g.md" in err
    assert site.page("2025/05/h.html")
    assert ran(site, "--quarantine", "--json").code == 1


def test_quarantine_of_a_site_without_faults_is_a_build(site: Site, ran: Run) -> None:
    assert ran(site, "--quarantine").code == 0


def test_quarantine_does_not_cover_what_is_no_document(site: Site, ran: Run) -> None:
    site.write({"content/static/d.svg": b"\xff no picture"})
    assert ran(site, "--quarantine").code == 1
    assert not site.output.exists()


def test_strict_quarantine_leaves_out_what_is_warned_of(site: Site, ran: Run) -> None:
    code, _, err = ran(site.write(WARNED), "--quarantine", "--strict")
    assert code == 1 and "Left out because of errors: articles/w.md" in err
    assert site.page(PAGE)


def test_a_site_without_settings(tmp_path: Path, ran: Run) -> None:
    code, _, err = ran(Site(tmp_path))
    assert code == 1 and "error[config-missing]" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as-of", "morgen"],
        ["--as-of", ""],
        ["--base-url", "example.com"],
        ["--jobs", "0"],
        ["--jobs", "many"],
        ["--no-such-option"],
        ["build", "extra"],
        ["nothing-of-that-name"],
        ["-C", "no/such/folder"],
        ["-C"],
        ["--lang", "fr"],
    ],
)
def test_wrong_usage(site: Site, ran: Run, arguments: list[str]) -> None:
    code, out, err = ran(site, *arguments)
    assert (code, out) == (2, "") and err
    assert not (site.root / ".gazette").exists()


def test_an_unknown_way_of_starting_workers(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAZETTE_START_METHOD", "magic")
    code, _, err = ran(site)
    assert code == 2 and "magic" in err


def test_the_machine_stands_in_the_way(site: Site, ran: Run) -> None:
    site.write({".gazette": "a file"})
    code, out, err = ran(site)
    assert (code, out) == (3, "") and "error[disk]" in err


def test_a_fault_of_gazette_itself_is_no_traceback(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("what?")

    monkeypatch.setattr("gazette.publish.given.load", broken)
    code, _, err = ran(site)
    assert code == 3 and "ZeroDivisionError: what?" in err and "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        ran(site, "-v")


def test_interrupted(site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gazette.publish.given.load", interrupt)
    code, _, err = ran(site)
    assert code == 130 and "Interrupted" in err


INTERRUPTER = """
    import os, signal, sys
    from pathlib import Path
    from gazette.cli import main
    from gazette.publish import stage

    real = stage._write
    def interrupting(path, data):
        if path.endswith("/a.html"):  # twice, for the first time there is no folder for it
            os.killpg(0, signal.SIGINT)  # as Ctrl-C does: to this worker, its brothers and the parent
        real(path, data)

    if __name__ == "__main__":
        # Tests that run in the background of a shell begin with the signal ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stage._write = interrupting
        main(default_root=Path(sys.argv.pop(1)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no process groups")
def test_ctrl_c_ends_workers_and_leaves_nothing_behind(site: Site) -> None:
    site.built()
    before = site.files()
    site.write({"themes/tiny/templates/article.html": "new"})
    for number in range(400):
        site.article(f"n{number}")
    command = [sys.executable, "-c", textwrap.dedent(INTERRUPTER), str(site.root), "--jobs", "2"]
    done = subprocess.run(
        command, cwd=REPOSITORY, start_new_session=True, capture_output=True, text=True,
        env={**os.environ, "GAZETTE_LANG": "en"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "Interrupted; no page is half written."
    assert site.files() == before
    assert not list(site.root.glob(".gazette/*/stage"))


# Options


def test_another_output_folder(site: Site, ran: Run, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere" / "www"
    assert ran(site, "--output", str(outside)).code == 0
    assert Site.files_in(outside) == clean_files(site)
    assert not site.output.exists()


def test_another_address(site: Site, ran: Run) -> None:
    ran(site, "--base-url", "https://example.org/sub")
    assert "https://example.org/sub/" in site.page("index.html")


@pytest.mark.parametrize(
    ("option", "fields"),
    [
        ("--drafts", {"draft": "true"}),
        ("--future", {"date": "2099-01-01"}),
        ("--expired", {"expires": "2025-06-01"}),
    ],
)
def test_documents_that_do_not_exist_yet_or_any_more(
    site: Site, ran: Run, option: str, fields: dict[str, Any]
) -> None:
    site.article("x", **fields)
    ran(site)
    assert not list(site.output.rglob("x.html"))
    ran(site, option)
    assert list(site.output.rglob("x.html"))


def test_as_of(site: Site, ran: Run) -> None:
    site.article("x", date="2099-01-01")
    ran(site, "--as-of", "2098-12-31 23:59:59 +0800")
    assert not list(site.output.rglob("x.html"))
    ran(site, "--as-of", "2099-01-01")
    assert list(site.output.rglob("x.html"))


def test_clean_builds_all_again_and_verify_compares(site: Site, ran: Run) -> None:
    ran(site)
    err = ran(site, "--clean", "--verify", "-v").err
    assert "Made anew:" in err and "verify" in err
    place = site.output / PAGE
    times = place.stat()
    place.write_bytes(b"!" * times.st_size)
    os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
    code, _, err = ran(site, "--verify")
    assert code == 1 and f"error[verify-differs] 1 files in {site.output}" in err and PAGE in err


def test_verbose_says_why(site: Site, ran: Run) -> None:
    ran(site)
    err = ran(site.write({"themes/tiny/templates/article.html": "x"}), "-v").err
    assert "The template article.html changed: 2 files." in err


@pytest.mark.unmeasured
@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_every_way_of_starting_workers_makes_the_same_site(
    site: Site, tmp_path: Path, method: str
) -> None:
    if sys.platform == "win32" and method != "spawn":
        pytest.skip("only spawn there")
    for number in range(230):
        site.article(f"n{number}", "正文。", tags=f"[标签{number % 7}]")
    right = clean_files(site)
    shutil.copy(REPOSITORY / "build.py", site.root)
    command = [sys.executable, "build.py", "--jobs", "2", "--as-of", "2026-01-01"]
    environment = {**os.environ, "GAZETTE_START_METHOD": method, "PYTHONPATH": str(REPOSITORY)}
    subprocess.run(command, cwd=site.root, env=environment, check=True, capture_output=True)
    assert site.files() == right


def test_a_dead_worker_is_said_with_the_page(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("the patch reaches forked workers only")
    from gazette.pages.render import Renderer

    for number in range(230):
        site.article(f"n{number}")
    real = Renderer.render

    def dies(renderer: Renderer, route: Route) -> bytes:
        if route.path == "2025/05/n77.html":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(renderer, route)

    monkeypatch.setattr(Renderer, "render", dies)
    code, _, err = ran(site, "--jobs", "2")
    assert code == 3 and "error[worker-died]" in err and "2025/05/n77.html" in err
    assert not list(site.root.glob(".gazette/*/stage"))


# JSON


def the_object(out: str) -> dict[str, Any]:
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_json_is_one_object_and_nothing_else(site: Site, ran: Run) -> None:
    code, out, err = ran(site.write(WARNED), "--json")
    report = the_object(out)
    assert (code, err) == (0, "")
    assert report["published"] and report["output"] == str(site.output)
    assert report["counts"]["articles"] == 3 and report["counts"]["warnings"] == 1
    assert report["reasons"] == [{"kind": "anew", "detail": "", "files": report["counts"]["files"]}]
    assert PAGE in report["written"] and report["removed"] == report["left_out"] == []
    assert report["seconds"]["total"] > 0
    [problem] = report["problems"]
    assert problem["file"] == "content/articles/w.md" and problem["message"] and problem["hint"]


def test_json_of_a_refused_build(site: Site, ran: Run) -> None:
    code, out, _ = ran(site.article("f", date="morgen"), "--json", "--lang", "zh")
    report = the_object(out)
    assert code == 1 and not report["published"]
    assert [p["code"] for p in report["problems"]] == ["date-invalid"]


def test_json_where_the_machine_stands_in_the_way(site: Site, ran: Run) -> None:
    code, out, err = ran(site.write({".gazette": "a file"}), "--json")
    assert (code, err) == (3, "")
    assert [p["code"] for p in the_object(out)["problems"]] == ["disk"]


# Clean


def test_clean_removes_what_gazette_made_and_nothing_else(site: Site, ran: Run) -> None:
    ran(site)
    made = len(site.files())
    site.write({"output/mine.txt": "x", "output/category/mine/x.txt": "x"})
    sources = {p: d for p, d in Site.files_in(site.root).items() if p.startswith(("con", "the"))}
    code, out, err = ran(site, "clean")
    assert (code, out, err) == (0, "", f"Removed {made} files that Gazette had made.\n")
    assert list(site.files()) == ["category/mine/x.txt", "mine.txt"]
    assert not (site.root / ".gazette").exists()
    assert sources.items() <= Site.files_in(site.root).items()


def test_clean_takes_the_folders_along(site: Site, ran: Run) -> None:
    ran(site)
    ran(site, "clean")
    assert not site.output.exists()
    assert ran(site, "clean").err == "Removed 0 files that Gazette had made.\n"


def test_clean_of_another_folder_leaves_the_usual_one(site: Site, ran: Run) -> None:
    ran(site)
    ran(site, "--output", str(site.root / "www"))
    ran(site, "clean", "--output", str(site.root / "www"))
    assert not (site.root / "www").exists()
    assert "Nothing has changed" in ran(site).err


def test_clean_finds_the_folder_of_the_settings(site: Site, ran: Run) -> None:
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": config + "output: {dir: www}\n"})
    ran(site)
    ran(site, "clean")
    assert not (site.root / "www").exists()


def test_clean_works_with_faulty_settings_and_a_lost_list(site: Site, ran: Run) -> None:
    ran(site)
    for made in site.root.glob(".gazette/*/made"):
        made.unlink()
    site.write({"config.yaml": "nothing: true"})
    ran(site, "clean")
    assert not site.output.exists()


def test_clean_that_the_disk_refuses(site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran(site)

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    code, _, err = ran(site, "clean")
    assert code == 3 and "error[disk]" in err and "Permission denied" in err


# Progress


class Terminal:
    def __init__(self, real: Any) -> None:
        self._real = real

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_long_builds_show_how_far_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_terminal: bool
) -> None:
    monkeypatch.setenv("GAZETTE_LANG", "en")
    if is_terminal:
        monkeypatch.setattr(sys, "stderr", Terminal(sys.stderr))
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))
    with Progress(Printer(Path()), quiet=False) as progress:
        progress.update("render", 20, 40)
        progress.update("render", 40, 40)
    assert ("Making files" if is_terminal else "Making files: 20 of 40") in capsys.readouterr().err


def test_short_and_quiet_builds_show_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("time.monotonic", lambda: 1.0)
    with Progress(Printer(Path()), quiet=False) as progress:
        progress.update("render", 20, 40)
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))
    with Progress(Printer(Path()), quiet=True) as progress:
        progress.update("render", 20, 40)
    assert capsys.readouterr().err == ""


def test_without_search(site: Site, ran: Run) -> None:
    site.write({"themes/tiny/templates/search.html": "x"})
    code, out, _ = ran(site, "--json")
    assert (code, json.loads(out)["search"]["indexed"]) == (0, ["pages", "2025"])
    code, out, _ = ran(site, "--no-search", "--json")
    assert (code, json.loads(out)["search"]) == (0, {"parts": [], "indexed": []})
    assert not (site.output / "pagefind").exists()
