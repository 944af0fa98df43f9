"""The program around the commands: where the site is, languages, streams."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from gazette.cli.printer import prepare_streams
from gazette.cli.program import main
from tests.cli.conftest import Run
from tests.conftest import Site
from tests.publish.sites import tiny_site

REPOSITORY = Path(__file__).parent.parent.parent


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return tiny_site(tmp_path / "site")


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("form", ["-C {}", "-C{}", "-C={}"])
def test_the_root_is_named_before_or_after_the_command(
    site: Site, ran: Run, tmp_path: Path, before: bool, form: str
) -> None:
    option = form.format(site.root).split(" ", 1)
    arguments = [*option, "schema", "config"] if before else ["schema", "config", *option]
    assert ran(Site(tmp_path), *arguments).code == 0
    arguments = [*option, "build"] if before else ["build", *option]
    assert ran(Site(tmp_path), *arguments).code == 0
    assert site.output.is_dir()


def test_the_command_may_be_left_out(site: Site, ran: Run, tmp_path: Path) -> None:
    assert ran(Site(tmp_path), "-C", str(site.root)).code == 0
    assert ran(site, "--clean").code == 0


def test_what_stands_after_two_hyphens_is_no_option(site: Site, ran: Run) -> None:
    assert ran(site, "explain", "--", "-C").code == 1


@pytest.mark.parametrize("option", ["-h", "--help", "--version"])
def test_help_and_version(site: Site, ran: Run, option: str) -> None:
    code, out, _ = ran(site, option)
    assert code == 0 and "gazette" in out.lower()


@pytest.mark.parametrize(
    ("variables", "is_chinese"),
    [
        ({}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "zh_CN.GBK"}, True),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "de_DE"}, False),
        ({"LC_ALL": "C", "LANG": "en_US"}, True),
        ({"LC_ALL": "C.UTF-8"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, True),
        ({"LANG": "zh_CN", "GAZETTE_LANG": "en"}, False),
    ],
)
def test_the_language_is_the_environments_else_the_sites(
    site: Site,
    ran: Run,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    is_chinese: bool,
) -> None:
    monkeypatch.delenv("GAZETTE_LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("已生成" in ran(site).err) is is_chinese
    assert "没有变化" in ran(site, "--lang", "zh").err
    assert "Nothing has changed" in ran(site, "build", "--lang", "en").err


def test_an_english_site_without_any_environment(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GAZETTE_LANG")
    config = (site.root / "config.yaml").read_text()
    site.write({"config.yaml": config.replace("title:", "language: en, title:")})
    assert "Built" in ran(site).err


def test_what_could_forge_the_terminal_is_made_visible(site: Site, ran: Run) -> None:
    err = ran(site, "explain", "\x1b[2J\u202eevil\r").err
    assert "\x1b" not in err and "\u202e" not in err and "\r" not in err
    assert r"\x1b[2J\u202eevil\r" in err


def test_nothing_that_is_printed_fails_for_its_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    prepare_streams()
    print("税务 \udc80", flush=True)  # noqa: T201
    assert raw.getvalue() == "税务 \\udc80\n".encode()


def test_main_exits_with_the_code(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gazette", "build", "--no-such-option"])
    with pytest.raises(SystemExit) as ended:
        main(default_root=site.root)
    assert ended.value.code == 2


@pytest.mark.parametrize("module", ["jinja2", "babel", "rich", "pypinyin", "concurrent.futures"])
def test_an_unchanged_build_loads_no_more_than_it_needs(site: Site, module: str) -> None:
    site.built()
    program = (
        "import sys; from pathlib import Path; from gazette.cli.program import run;"
        f"code = run(['--as-of', '2026-01-01', '--jobs', '4'], Path(sys.argv[1]));"
        f"sys.exit(code or {module!r} in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(site.root)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
