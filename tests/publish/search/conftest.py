"""A site with search, and a stand-in for Pagefind: quick, and the same output for the same corpus."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Site
from tests.publish.search.stand_in import SEARCH_THEME, stand_in


@pytest.fixture
def indexer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`indexer(script)`: from now on that shell script indexes; without one a well-behaved one."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")

    def put(script: str = "") -> None:
        program = stand_in(tmp_path / "indexer", script)
        monkeypatch.setattr("gazette.publish.search.begin.find_program", lambda: program)

    return put


@pytest.fixture
def site(make_site: Callable[..., Site], indexer: Callable[..., None]) -> Site:
    """Articles of two years, with search by the stand-in."""
    indexer()
    made: Site = make_site(SEARCH_THEME)
    return made.article("a", "甲的正文。", bureau="乐税").article("b", date="2024-02-03")
