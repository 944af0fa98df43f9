"""After any sequence of edits the output folder is byte-identical to a clean build's.

Pagefind does not make the same index twice; here a stand-in copies the corpus to where the index goes, so
that what was indexed is compared byte by byte too. The findings of the publication gate are compared as well,
and a build that follows at once must find nothing to do and say the same.

A long run: `python bench/edits.py` (bench/README.md).
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gazette import ledger
from gazette.pipeline import BuildReport
from gazette.publish import unchanged
from gazette.publish.report import OF_THE_MOMENT
from tests.conftest import AS_OF, PNG, Site
from tests.edits import (
    ATTACHED,
    BASE,
    CONFIGS,
    CONTENT_PATH,
    DOCUMENT,
    DOCUMENTS,
    ENDINGS,
    FOLDERS,
    FRAGMENT,
    HOSTS,
    JUNK,
    LISTS,
    PHOTOS,
    PICTURES,
    SEARCH,
    SITES,
    STATIC,
    STYLES,
    SVG,
    TEMPLATES,
    THEME_FILES,
)
from tests.publish.search.stand_in import stand_in

FIRST = {
    "content/articles/pic.png": PNG,
    "content/articles/photo.jpg": PHOTOS[0],
    "content/articles/photo.png": PHOTOS[1],
    "content/articles/drawing.svg": SVG,
    "content/articles/form.txt": "表",
    "content/bureaus.yaml": LISTS["content/bureaus.yaml"][0] or "",
    "content/data/links.yaml": LISTS["content/data/links.yaml"][0] or "",
    "words.yaml": LISTS["words.yaml"][0] or "",
    "themes/own/theme.yaml": THEME_FILES[0],
    "themes/own/templates/list-fragment.html": FRAGMENT,
    "themes/own/templates/search.html": SEARCH,
}


MEDDLINGS = ["delete", "write", "folder", "link", "delete the folder"]


class Portal(RuleBasedStateMachine):
    """A site that is edited in every way that an editor or webmaster has."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.site = Site(self.folder / "site")
        self.clean = self.folder / "clean"
        self.options: dict[str, object] = {"as_of": AS_OF, "quarantine": True}
        self.published: dict[str, bytes] = {}
        self.config = self.hosts = ""
        self.patch = pytest.MonkeyPatch()
        program = None if sys.platform == "win32" else stand_in(self.folder / "indexer")
        self.patch.setattr("gazette.publish.search.begin.find_program", lambda: program)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder)

    @initialize(old=st.booleans())
    def begin(self, old: bool) -> None:
        # All files of a test are young, and such are read again: then nothing is told without reading.
        self.patch.setattr(unchanged, "RACY_NS", -(10**18))
        if old:
            self.patch.setattr(ledger, "RACY_NS", -(10**18))
        self.configure([], [])
        self.site.write(FIRST)
        self.site.article("a", tags="[春风]").article("b", categories="yaowen", bureau="乐税")

    def _put(self, path: str, data: bytes) -> None:
        """Write a file; what stands in its way goes."""
        place = self.site.root / path
        for above in [*reversed(place.relative_to(self.site.root).parents)][1:]:
            if (self.site.root / above).is_file():
                (self.site.root / above).unlink()
        if place.is_dir():
            shutil.rmtree(place)
        self.site.write({path: data})

    @rule(path=st.sampled_from(DOCUMENTS), data=DOCUMENT)
    def write_document(self, path: str, data: bytes) -> None:
        self._put(f"content/{path}", data)

    @rule(data=st.dictionaries(st.sampled_from(DOCUMENTS), DOCUMENT, min_size=2))
    def write_documents(self, data: dict[str, bytes]) -> None:
        for path, text in data.items():
            self._put(f"content/{path}", text)

    @rule(path=st.sampled_from(DOCUMENTS), data=DOCUMENT)
    def write_document_with_the_old_time(self, path: str, data: bytes) -> None:
        place = self.site.root / "content" / path
        before = place.stat() if place.is_file() else None
        self._put(f"content/{path}", data)
        if before:
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(path=st.sampled_from(PICTURES), data=st.sampled_from(JUNK))
    def change_picture(self, path: str, data: bytes) -> None:
        text = SVG.replace(b"<g/>", b"<g/>" * len(data)) if path.endswith(".svg") else PNG + data
        self._put(f"content/{path}", text)

    @rule(path=st.sampled_from(PICTURES[-2:]), data=st.sampled_from(PHOTOS))
    def change_photograph(self, path: str, data: bytes) -> None:
        self._put(f"content/{path}", data)

    @rule(path=st.sampled_from([*ATTACHED, *STATIC]), data=st.sampled_from(JUNK))
    def change_file(self, path: str, data: bytes) -> None:
        self._put(f"content/{path}", data)

    @rule(path=CONTENT_PATH)
    def delete(self, path: str) -> None:
        place = self.site.root / "content" / path
        if place.is_dir():
            shutil.rmtree(place)
        elif place.exists():
            place.unlink()

    @rule(path=CONTENT_PATH, other=CONTENT_PATH)
    def move(self, path: str, other: str) -> None:
        place = self.site.root / "content" / path
        if place.is_file() and place.suffix == Path(other).suffix:
            data = place.read_bytes()
            place.unlink()
            self._put(f"content/{other}", data)

    @rule(folder=st.sampled_from(FOLDERS), other=st.sampled_from(FOLDERS))
    def move_folder(self, folder: str, other: str) -> None:
        place = self.site.root / "content" / folder
        target = self.site.root / "content" / other
        if place.is_dir() and not os.path.lexists(target) and not target.is_relative_to(place):
            target.parent.mkdir(parents=True, exist_ok=True)
            place.rename(target)

    @rule(folder=st.sampled_from(FOLDERS))
    def delete_folder(self, folder: str) -> None:
        shutil.rmtree(self.site.root / "content" / folder, ignore_errors=True)

    @rule(folder=st.sampled_from(FOLDERS), other=st.sampled_from(FOLDERS))
    def copy_folder(self, folder: str, other: str) -> None:
        place = self.site.root / "content" / folder
        target = self.site.root / "content" / other
        if place.is_dir() and not target.is_relative_to(place) and not place.is_relative_to(target):
            shutil.copytree(place, target, dirs_exist_ok=True)

    @rule(path=CONTENT_PATH)
    def touch(self, path: str) -> None:
        place = self.site.root / "content" / path
        if place.exists():
            os.utime(place)

    @rule(data=st.data(), path=st.sampled_from(sorted(LISTS)))
    def change_lists(self, data: st.DataObject, path: str) -> None:
        self._put_text(path, data.draw(st.sampled_from(LISTS[path])))

    def _put_text(self, path: str, text: str | None) -> None:
        if text is None:
            (self.site.root / path).unlink(missing_ok=True)
        else:
            self.site.write({path: text})

    @rule(
        lines=st.lists(st.sampled_from(CONFIGS), max_size=2, unique_by=lambda s: s.split(":")[0]),
        site=st.lists(st.sampled_from(SITES), max_size=2, unique=True),
    )
    def configure(self, lines: list[str], site: list[str]) -> None:
        values = ", ".join(["title: 测试站点", "url: https://example.com/sub", *site])
        theme = [] if "theme: base" in lines else ["theme: own"]
        self.config = "\n".join([f"site: {{{values}}}", *theme, *lines])
        self.change_hosts(self.hosts)

    @rule(hosts=st.sampled_from(HOSTS))
    def change_hosts(self, hosts: str) -> None:
        self.hosts = hosts
        self.site.write({"config.yaml": f"{self.config}\n{hosts}\n"})

    @rule(theme=st.sampled_from(THEME_FILES))
    def change_theme(self, theme: str) -> None:
        self.site.write({"themes/own/theme.yaml": theme})

    @rule(name=st.sampled_from(TEMPLATES), ending=st.sampled_from(ENDINGS))
    def change_template(self, name: str, ending: str) -> None:
        path = f"themes/own/templates/{name}"
        if ending:
            text = (BASE / "templates" / name).read_text("utf-8")
            self.site.write({path: text + ending})
        else:
            (self.site.root / path).unlink(missing_ok=True)

    @rule(data=st.data(), name=st.sampled_from(sorted(STYLES)))
    def change_style(self, data: st.DataObject, name: str) -> None:
        self._put_text(f"themes/own/static/{name}", data.draw(st.sampled_from(STYLES[name])))

    @rule(word=st.sampled_from(["最新", "新闻", None]))
    def change_translation(self, word: str | None) -> None:
        text = f'msgid "Latest"\nmsgstr "{word}"\n' if word else None
        self._put_text("themes/own/locale/zh_CN.po", text)

    @rule(
        name=st.sampled_from(["drafts", "future", "expired", "quarantine", "no_search", "strict"]),
        value=st.booleans(),
    )
    def choose(self, name: str, value: bool) -> None:
        self.options = {**self.options, name: value}

    @rule(url=st.sampled_from([None, "https://example.org", "https://example.com/deep/er"]))
    def move_site(self, url: str | None) -> None:
        self.options = {**self.options, "base_url": url}

    @rule(as_of=st.sampled_from([AS_OF, "2026-07-01", "2031-01-01", "2024-01-01"]))
    def wait_until(self, as_of: str) -> None:
        self.options = {**self.options, "as_of": as_of}

    @rule(number=st.integers(0, 150), how=st.sampled_from(MEDDLINGS))
    def meddle_with_output(self, number: int, how: str) -> None:
        files = sorted(self.published)
        if not files:
            return
        path = files[number % len(files)]
        # Of the search index it is noticed if a file is missing, not if one was altered.
        how = "delete" if path.startswith("pagefind/") else how
        place = self.site.output / path
        if how == "delete the folder":
            shutil.rmtree(place.parent)
            return
        place.unlink(missing_ok=True)
        if how == "folder":
            place.mkdir(parents=True)
        elif how == "link" and place.parent.is_dir():
            place.symlink_to(self.site.root / "config.yaml")
        elif how == "write" and place.parent.is_dir():
            place.write_bytes(b"other")

    @rule(name=st.sampled_from(["ledger", "made", "last", "packs", "pictures", "all"]))
    def lose_memory(self, name: str) -> None:
        remembered = self.site.root / ".gazette"
        if name in {"pictures", "all"}:
            shutil.rmtree(remembered / "pictures", ignore_errors=True)
        if name == "all":  # with the output: else nobody could know what is stale in it
            shutil.rmtree(remembered, ignore_errors=True)
            shutil.rmtree(self.site.output, ignore_errors=True)
        for state in remembered.glob(f"*/{name}"):
            if name != "made":
                shutil.rmtree(state) if state.is_dir() else state.write_bytes(b"?")
            elif (state.parent / "ledger").is_file():
                state.unlink()

    @invariant()
    def equals_a_clean_build(self) -> None:
        if not (self.site.root / "config.yaml").exists():
            return  # before the first rule
        report = self.site.build(**self.options)
        shutil.rmtree(self.clean, ignore_errors=True)
        clean = self.site.build(output=self.clean, clean=True, **self.options)
        assert said(report) == said(clean)
        assert report.published == clean.published
        assert report.search == clean.search
        if report.published:
            self.published = self.site.files()
            assert self.published == Site.files_in(self.clean)
            again = self.site.build(**self.options)
            assert (again.written, again.removed) == ((), ())
            assert (said(again), again.search) == (said(clean), clean.search)


def said(report: BuildReport) -> list[tuple[str | None, int | None, str, str]]:
    """The problems that come of the sources."""
    return [
        (p.file, p.line, p.code, str(p.arguments))
        for p in report.problems
        if p.code not in OF_THE_MOMENT
    ]


TestPortal = Portal.TestCase
TestPortal.settings = settings(
    max_examples=int(os.environ.get("GAZETTE_EDIT_EXAMPLES", "4")),
    stateful_step_count=int(os.environ.get("GAZETTE_EDIT_STEPS", "10")),
    derandomize="GAZETTE_EDIT_SEED" not in os.environ,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
