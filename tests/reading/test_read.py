"""Files on disk -> documents, each result remembered."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gazette.config.settings import MarkdownSettings
from gazette.ledger import Ledger
from gazette.parallel import Workers
from gazette.reading.document import ReadingContext
from gazette.reading.mentions import Names, find_mentions
from gazette.reading.read import Entry, read_documents
from gazette.reading.scan import Source, is_document, scan
from tests.conftest import Site

MakeSite = Callable[..., Site]
NAMES = (("乐山市税务局", "leshan"),)
CONTEXT = ReadingContext("Asia/Shanghai", MarkdownSettings(), ())
Result = tuple[list[str], list[str], list[tuple[str, str | None]]]


class Reader:
    """Reads a site's content with one ledger."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.content = site.root / "content"
        folder.mkdir()
        self.ledger = Ledger(folder, b"x" * 16)
        self.entries: list[Entry] = []

    def next_build(self) -> None:
        """Save the ledger, long after the files were written, and open it again."""
        self.ledger.started_ns += 10**12
        (self.ledger.folder / "ledger").write_bytes(self.ledger.encoded())
        self.ledger = Ledger.open(self.ledger.folder, self.ledger.engine, [])

    def sources(self) -> list[Source]:
        return scan(self.content, [])

    def read(
        self, sources: list[Source] | None = None, workers: int = 1, names: Names = NAMES
    ) -> Result:
        found = self.sources() if sources is None else sources
        self.entries, files, problems = read_documents(
            self.content, found, CONTEXT, names, self.ledger, Workers(workers)
        )
        return (
            [entry.document.path for entry in self.entries],
            [source.path for source in files],
            [(problem.code, problem.file) for problem in problems],
        )


@pytest.fixture
def reader(make_site: MakeSite, tmp_path: Path) -> Reader:
    site = make_site({"content/articles/photo.jpg": b"x", "content/other/page.html": "<p>x</p>"})
    site.article("a", "乐山市税务局。").article("b")
    return Reader(site, tmp_path / "ledger")


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("articles/a.md", True),
        ("articles/a.MARKDOWN", True),
        ("a.html", True),
        ("articles/a.jpg", False),
        ("static/a.html", False),
        ("data/a.md", False),
    ],
)
def test_what_may_be_a_document(path: str, is_one: bool) -> None:
    assert is_document(path) is is_one


def test_documents_and_other_files(reader: Reader) -> None:
    documents, files, problems = reader.read()
    assert documents == ["articles/a.md", "articles/b.md"]
    assert files == ["articles/photo.jpg", "bureaus.yaml", "other/page.html"]
    assert problems == []
    assert [entry.mentions for entry in reader.entries] == [("leshan",), ()]


def test_an_outline_is_the_first_part_of_its_document(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site().article(
        "a", categories="c", tags="[t]", topics="[z]", bureau="x", author="某", updated="2025-06-01",
        expires="2030-01-01", cover="p.jpg", aliases="/old", pinned="true", weight="3", layout="wide",
        permalink="/p.html", attachments="[f.pdf]", body="见[乙](b.md)。",
    )  # fmt: skip
    reader = Reader(site, tmp_path / "ledger")
    for _ in range(2):  # read, then remembered
        reader.read()
        (entry,) = reader.entries
        whole = msgspec.structs.asdict(entry.document)
        outline = msgspec.structs.asdict(entry.outline)
        assert outline == {name: whole[name] for name in outline}
        assert all(v for name, v in outline.items() if name not in {"jekyll", "draft"})
        reader.next_build()


def test_an_unchanged_file_is_not_even_opened(reader: Reader) -> None:
    sources = reader.sources()
    first = (reader.read(sources), reader.entries)
    reader.next_build()
    (reader.content / "articles/a.md").unlink()
    assert (reader.read(sources), reader.entries) == first


def test_what_changed_is_read_anew(reader: Reader) -> None:
    reader.read()
    reader.next_build()
    text = "---\ntitle: 新\ndate: 2025-05-03\n---\n"
    (reader.content / "articles/a.md").write_text(text, "utf-8")
    reader.read()
    assert [entry.document.title for entry in reader.entries] == ["新", "b"]


def test_names_of_bureaus_that_changed_are_looked_for_anew(reader: Reader) -> None:
    reader.read()
    reader.next_build()
    reader.read(names=(("乐山市税务局", "renamed"),))
    assert reader.entries[0].mentions == ("renamed",)


def test_bodies_that_were_lost_are_made_anew(reader: Reader) -> None:
    first = reader.read()
    reader.ledger.blobs.clear()
    reader.next_build()
    assert reader.read() == first
    assert all(reader.ledger.blob(entry.key) for entry in reader.entries)


def test_a_file_that_vanished_is_an_error(reader: Reader) -> None:
    sources = reader.sources()
    (reader.content / "articles/a.md").unlink()
    documents, _, problems = reader.read(sources)
    assert documents == ["articles/b.md"]
    assert problems == [("file-unreadable", "content/articles/a.md")]


def test_a_faulty_document_is_no_file_either(reader: Reader) -> None:
    (reader.content / "articles/a.md").write_text("正文。", "utf-8")
    documents, files, problems = reader.read()
    assert documents == ["articles/b.md"]
    assert "articles/a.md" not in files
    assert problems == [("frontmatter-missing", "content/articles/a.md")]
    assert reader.read()[2] == problems


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国家税务总局乐山市税务局、国家税务总局。", ("city", "nation")),
        ("乐山市税务局与乐税", ("city",)),
        ("正文。", ()),
    ],
)
def test_the_longest_name_counts(text: str, found: tuple[str, ...]) -> None:
    names = (
        ("国家税务总局", "nation"), ("国家税务总局乐山市税务局", "city"), ("乐山市税务局", "city"), ("乐税", "short"),
    )  # fmt: skip
    assert find_mentions(text, names) == found


def test_no_names_no_mentions() -> None:
    assert find_mentions("乐山市税务局", ()) == ()
    assert find_mentions("乐税", (("乐税", "short"),)) == ()


def test_warnings_are_told_at_every_build(make_site: MakeSite) -> None:
    site = make_site().article("a", date="2025年5月3日")
    first, again = site.build(), site.build()
    assert [(p.code, p.line) for p in first.problems] == [("date-form", 3)]
    assert again.problems == first.problems
    assert again.written == ()


def test_an_edited_document_is_read_anew(make_site: MakeSite) -> None:
    site = make_site().article("a", "甲甲。").article("b").built()
    site.article("a", "乙乙。").built()
    assert "乙乙。" in site.page(page_of(site, "a"))


def page_of(site: Site, name: str) -> str:
    return next(path for path in site.files() if path.endswith(f"/{name}.html"))
