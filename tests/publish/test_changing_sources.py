"""Sources that change while the build reads them: nothing stale is taken for what it once was."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gazette import ledger
from gazette.pages import render
from gazette.pages.templates import WarmEnvironment
from gazette.publish import unchanged
from tests.conftest import Site
from tests.publish.sites import clean_files, tiny_site

pytestmark = pytest.mark.unmeasured
TEMPLATE = "themes/tiny/templates/article.html"


@pytest.fixture(autouse=True)
def files_are_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all of them, written just now, would be read again for their age."""
    monkeypatch.setattr(unchanged, "RACY_NS", -(10**18))
    monkeypatch.setattr(ledger, "RACY_NS", -(10**18))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = tiny_site(tmp_path / "site")
    config = (
        (site.root / "config.yaml")
        .read_text("utf-8")
        .replace("gate: {mode: off}", "gate: {wording: {lists: [words.yaml]}}")
    )
    part = "{% include 'part.html' %}{{ gettext('Latest') }}{{ assets['a.css'] }}"
    files = {
        "config.yaml": config,
        "words.yaml": "- {word: 错词, use: 对词}\n",
        "content/bureaus.yaml": "- {slug: leshan, name: 乐山市税务局}\n",
        "content/categories.yaml": "- {slug: yaowen, title: 要闻}\n",
        "themes/tiny/templates/part.html": "甲部",
        "themes/tiny/locale/zh_CN.po": 'msgid "Latest"\nmsgstr "最新"\n',
        TEMPLATE: (site.root / TEMPLATE).read_text("utf-8") + part,
    }
    return site.write(files).article("b", "乙文错词。", categories="yaowen", bureau="leshan")


CHANGES = {
    "content/articles/a.md": ("甲文", "别文"),
    "content/bureaus.yaml": ("乐山市税务局", "乐山税务局"),
    "content/categories.yaml": ("要闻", "新闻"),
    "config.yaml": ("测试站点", "别的站点"),
    "words.yaml": ("错词", "正文"),
    "themes/tiny/theme.yaml": ("tiny", "small"),
    TEMPLATE: ("include 'part.html'", "include 'list.html'"),
    "themes/tiny/templates/part.html": ("甲部", "乙部"),
    "themes/tiny/static/a.css": ("p{}", "b{}"),
    "themes/tiny/locale/zh_CN.po": ("最新", "新来"),
}
"""What is edited while the build has read the file so often, and edited back afterwards."""


_WRITTEN = itertools.count(1)


def save(place: Path, data: bytes) -> None:
    """Write with a time of its own: some systems count time in steps that two quick writes share."""
    place.write_bytes(data)
    second = 10**9 * next(_WRITTEN)
    os.utime(place, ns=(second, second))


class Reads:
    """Counts how often a file is read, and edits it after the n-th time."""

    def __init__(self, place: Path, nth: int, data: bytes) -> None:
        self.count = 0
        self._place = place
        self._nth = nth
        self._data = data

    def wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def read(place: Path, *arguments: Any, **more: Any) -> Any:
            result = real(place, *arguments, **more)
            if place == self._place:
                self.count += 1
                if self.count == self._nth:
                    save(place, self._data)
            return result

        return read

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        for name in ("read_bytes", "read_text"):
            patch.setattr(Path, name, self.wrapped(getattr(Path, name)))


@pytest.mark.parametrize("path", CHANGES)
def test_a_source_that_changes_and_changes_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whatever the first build made of it, the next ones make what the source says."""

    def build_in_a_new_process() -> Site:  # this one keeps the templates that it has compiled
        monkeypatch.setattr(render, "_environment", WarmEnvironment())
        return site.built()

    place = site.root / path
    before = place.read_bytes()
    after = before.replace(*(text.encode() for text in CHANGES[path]))
    assert after != before
    for nth in itertools.count(1):
        with monkeypatch.context() as patch:
            reads = Reads(place, nth, after)
            reads.watch(patch)
            site.build(clean=True)
        for data in (before, after, before):
            save(place, data)
            found = build_in_a_new_process().files()
            monkeypatch.setattr(render, "_environment", WarmEnvironment())
            assert found == clean_files(site), nth
        if reads.count < nth:
            break
    assert nth > 1
