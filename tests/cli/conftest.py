"""Running the program in this process."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from gazette.cli.program import run
from tests.conftest import Site

LANGUAGES = (
    "GAZETTE_LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "GAZETTE_START_METHOD",
    "GAZETTE_DEBUG",
)


class Ran(NamedTuple):
    """How the program ended and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program on a site, in English, with nothing set in the environment."""
    for name in LANGUAGES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GAZETTE_LANG", "en")

    def go(site: Site, *arguments: str) -> Ran:
        capsys.readouterr()
        return Ran(run(list(arguments), site.root), *capsys.readouterr())

    return go
