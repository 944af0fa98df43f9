"""`serve`: what it says, and asking for a new article."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gazette.cli import serve
from gazette.cli.printer import Printer
from gazette.pipeline import BuildReport
from gazette.preview.builder import Outcome
from gazette.preview.server import PreviewOptions, PreviewServer
from gazette.problems import MachineError, Problem, error, warning
from tests.cli.conftest import Run
from tests.conftest import Site

ADDRESS = "http://127.0.0.1:8000/"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


def outcome(*problems: Problem, published: bool = True, written: tuple[str, ...] = ()) -> Outcome:
    report = BuildReport(Path(), published, written=written)
    return Outcome(1, (), report, None, problems, 0.25)


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> list[PreviewOptions]:
    """What the server would have been given; it ends at once, as if by Ctrl+C."""
    given: list[PreviewOptions] = []

    def ends(server: Any) -> None:
        given.append(server.options)
        raise KeyboardInterrupt

    monkeypatch.setattr(PreviewServer, "serve", ends)
    return given


def test_the_command_line_reaches_the_server(
    site: Site, ran: Run, options: list[PreviewOptions]
) -> None:
    code, out, err = ran(
        site, "serve", "--host", "0.0.0.0", "--port", "9000", "--no-drafts", "--poll"
    )
    assert (code, out) == (0, "") and "The preview has ended." in err
    [given] = options
    assert (given.host, given.port, given.drafts, given.poll) == ("0.0.0.0", 9000, False, True)
    assert given.workers.method != "fork"


@pytest.mark.parametrize(("asked", "config", "language"), [
    ([], "zh-CN", "zh"), ([], "en", "en"), (["--lang", "en"], "zh-CN", "en"), (["--lang", "zh"], "en", "zh"),
])  # fmt: skip
def test_pages_speak_chinese_unless_asked_otherwise(
    site: Site,
    ran: Run,
    options: list[PreviewOptions],
    asked: list[str],
    config: str,
    language: str,
) -> None:
    site.write({"config.yaml": f"site: {{title: x, language: {config}}}\n"})
    ran(site, "serve", *asked)
    assert options[0].language == language


def test_a_port_that_nobody_has(site: Site, ran: Run) -> None:
    code, _, err = ran(site, "serve", "--host", "192.0.2.1")
    assert code == 3 and "port-taken" in err
    assert ran(site, "serve", "--port", "70000").code == 2


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("webbrowser.open", found.append)
    return found


def test_a_second_preview_opens_the_first(
    site: Site, ran: Run, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_server: Any) -> None:
        raise MachineError(error("preview-running", address=ADDRESS))

    monkeypatch.setattr(PreviewServer, "serve", refuse)
    code, _, err = ran(site, "serve", "--open")
    assert code == 3 and ADDRESS in err and opened == [ADDRESS]


class TestTeller:
    @pytest.fixture
    def teller(self, tmp_path: Path) -> serve.Teller:
        printer = Printer(tmp_path)
        printer.asked_language = "en"
        return serve.Teller(printer, opens=True)

    def test_it_says_where_the_preview_is(
        self, teller: serve.Teller, opened: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        teller.started(ADDRESS, [], 8000)
        said = capsys.readouterr().err
        assert ADDRESS in said and "is taken" not in said and "Attention" not in said
        assert opened == [ADDRESS]

    def test_it_says_another_port_and_draws_a_code_for_phones(
        self, teller: serve.Teller, opened: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        teller.started("http://127.0.0.1:8001/", ["http://192.0.2.7:8001/"], 8000)
        teller.polling()
        said = capsys.readouterr().err
        assert "Port 8000 is taken; the preview uses 8001." in said
        assert "Attention" in said and "http://192.0.2.7:8001/" in said and "▀" in said
        assert "do not tell" not in said and "does not tell of changes" in said

    def test_it_says_what_each_build_did_and_each_problem_once(
        self, teller: serve.Teller, capsys: pytest.CaptureFixture[str]
    ) -> None:
        slip = warning("html-removed", file="content/a.md", what="script")
        fault = error("title-missing", file="content/b.md", line=1)
        for one in (
            outcome(slip, written=("a.html",)), outcome(slip, fault, published=False),
            outcome(slip), outcome(slip), outcome(slip, written=("a.html", "b.html")),
        ):  # fmt: skip
            teller.built(one)
        said = capsys.readouterr().err
        lines = [line[10:] if line[2:3] == ":" else line for line in said.splitlines()]
        assert [
            line for line in lines if line[:1].isdigit() or line.startswith(("not", "mended"))
        ] == [
            "1 written, 0 removed, 0.25 s",
            "not shown: 1 errors; the last good pages stay.",
            "mended.",
            "2 written, 0 removed, 0.25 s",
        ]
        assert said.count("html-removed") == 1 and said.count("title-missing") == 1


def test_it_really_serves(site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def reach(teller: serve.Teller, address: str, *_: Any) -> None:
        port = int(address.rstrip("/").rpartition(":")[2])
        socket.create_connection(("127.0.0.1", port)).close()
        raise KeyboardInterrupt

    monkeypatch.setattr(serve.Teller, "started", reach)
    assert ran(site, "serve", "--port", "0").code == 0
