"""`preview.bat`, as far as it can be judged without Windows."""

import re
from pathlib import Path

import pytest

from gazette import __version__
from gazette.scaffold.create import create_site

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites") / "site"
    create_site(folder, "2025-05-03 09:30:00")
    return folder


def test_a_new_site_has_the_one_of_the_checkout(site: Path) -> None:
    assert (site / "preview.bat").read_bytes() == (ROOT / "preview.bat").read_bytes()
    assert (site / "requirements.txt").read_text("utf-8") == f"gazette-portal=={__version__}\n"
    assert "*.bat text eol=crlf" in (site / ".gitattributes").read_text("utf-8")
    assert "/.venv/" in (site / ".gitignore").read_text("utf-8")


def test_cmd_can_read_it(site: Path) -> None:
    data = (site / "preview.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") and not data.startswith(b"\xef\xbb\xbf")
    logic, said = data.split(b"\r\n:say_once\r\n", 1)
    assert logic.isascii()
    for line in said.decode("utf-8").splitlines():
        assert re.fullmatch(r"echo\..*|echo [^&|<>^%()!]+|exit /b 0|:\w+|", line), line


def test_every_label_is_there_and_no_window_closes_on_a_fault(site: Path) -> None:
    text = (site / "preview.bat").read_text("utf-8")
    labels = set(re.findall(r"^:(\w+)$", text, re.MULTILINE))
    assert set(re.findall(r"(?:goto|call :)\s*(\w+)", text)) == labels
    assert set(re.findall(r"^(.*)\nexit /b 1$", text, re.MULTILINE)) == {"pause"}
    assert text.index("chcp 65001") < text.index("pushd") < text.index("%RUN%")
