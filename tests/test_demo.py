"""The demonstration site in this repository, built with the portal theme."""

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import feedparser
import pytest

from gazette.parallel import Workers
from gazette.pipeline import BuildOptions, build
from gazette.problems import errors
from tests.crawl import dead_links, parsed

pytestmark = pytest.mark.unmeasured
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site's sources in a folder of their own."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "config.yaml", root / "config.yaml")
    return root


@pytest.fixture(scope="module")
def output(demo: Path) -> Path:
    report = build(BuildOptions(root=demo, as_of="2026-01-01", workers=Workers(2)))
    assert report.published
    assert errors(report.problems) == ()
    return report.output


@pytest.mark.parametrize("base", ["/", "/sub/"])
def test_no_dead_links(demo: Path, output: Path, base: str, tmp_path: Path) -> None:
    """Pages link relatively, so they work anywhere; only 404.html knows the base path."""
    if base != "/":
        other = tmp_path / "sub"
        address = f"https://example.com{base}"
        options = BuildOptions(root=demo, output=other, base_url=address, index=False)
        output = build(options).output
    assert dead_links(output, base) == []


def test_feeds_are_valid(output: Path) -> None:
    feeds = [path for path in output.rglob("*.xml") if b"<feed" in path.read_bytes()[:200]]
    assert len(feeds) > 20
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert json.loads((output / "feed.json").read_text("utf-8"))["items"]


def test_xml_and_json_are_well_formed(output: Path) -> None:
    for path in output.rglob("*.xml"):
        ET.parse(path)
    for path in output.rglob("*.html"):
        for text in parsed(path).data:
            assert json.loads(text), path


def test_pages_have_no_inline_script_or_style(output: Path) -> None:
    """The policy that pages work under: default-src 'self'."""
    for path in output.rglob("*.html"):
        text = path.read_text("utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert "<script>" not in text, path


def test_every_page_says_that_it_is_a_demonstration(output: Path) -> None:
    for path in output.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' not in text and "/fragments/" not in path.as_posix():
            assert "演示站点" in text, path


def test_any_number_of_workers_makes_the_same(demo: Path, output: Path, tmp_path: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        # No two runs of Pagefind make the same index.
        index = folder / "pagefind"
        found = [p for p in folder.rglob("*") if p.is_file() and not p.is_relative_to(index)]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    corpora = []
    for count in (1, 4):
        options = BuildOptions(
            root=demo, output=tmp_path / str(count), as_of="2026-01-01", workers=Workers(count),
            index=False,
        )  # fmt: skip
        corpora.append(build(options).search)
        assert files(tmp_path / str(count)) == files(output)
    assert corpora[0] == corpora[1] != {}
