"""After any sequence of edits the output folder is byte-identical to a clean build's.

Pagefind does not make the same index twice; here a stand-in copies the corpus to where the index goes, so
that what was indexed is compared byte by byte too.

A long run: `GAZETTE_EDIT_EXAMPLES=200 GAZETTE_EDIT_STEPS=15 pytest tests/test_incremental.py`; with
`GAZETTE_EDIT_SEED` set it is a new one each time.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gazette.pipeline import BuildReport
from gazette.publish import unchanged
from tests.conftest import AS_OF, BUREAUS, PNG, Site
from tests.media.photographs import photograph, upright
from tests.publish.search.stand_in import stand_in

DOCUMENTS = [
    "articles/a.md", "articles/b.md", "articles/sub/c.md", "articles/2024-02-29-d.md",
    "articles/bundle/index.md", "_posts/2023-05-06-f.md", "deep/_posts/2023-05-06-g.md",
    "_drafts/h.md", "pages/about.md", "pages/more/x.md", "topics/chun-feng.md", "bureaus/leshan.md",
]  # fmt: skip
PICTURES = [
    "articles/pic.png", "articles/bundle/pic.png", "articles/drawing.svg", "articles/photo.jpg",
    "articles/photo.png",
]  # fmt: skip
PHOTOS = [photograph(300, 200), photograph(300, 260), upright(6, 300, 200), PNG, b"junk"]
STATIC = [
    "static/robots-extra.txt", "static/docs/form.txt", "static/docs", "static/docs/form.txt.gz",
]  # fmt: skip
TEMPLATES = ["article.html", "home.html", "parts/lists.html", "list.html", "404.html"]
BODIES = [
    "正文甲。", "正文乙。", "国家税务总局乐山市税务局开展活动。", "乐税在行动。", "## 一\n\n字\n\n## 二\n\n字",
    "[见乙](b.md) [见丙](sub/c.md)", "[见甲](../a.md)", "![图](pic.png)", "![图](drawing.svg)", "![图](photo.jpg)\n![图](photo.png)", "简介\n\n<!-- more -->\n\n其余",
    "<b>粗</b><script>1</script>", "甲\n乙",
]  # fmt: skip
NEEDED = {
    "title": ["甲文", "乙文", "丙文", "b", "'<i>标题</i>'"],
    "date": [
        "2025-05-03 09:30:00", "2025-05-03", "2024-01-31 23:59:00", "2030-01-01",
        "2025-05-04 08:00:00 +0800", "morgen",
    ],
}  # fmt: skip
FIELDS = {
    "categories": ["yaowen", "[tongzhi, yaowen]", "未列栏目"],
    "tags": ["[春风]", "[春风, 减税]", "[减税]", "[甲, 乙, 丙]"],
    "topics": ["[春风]", "[chun-feng]"],
    "bureau": ["乐税", "sichuan", "没有这个局"],
    "draft": ["true"],
    "expires": ["2025-12-31", "2026-06-01"],
    "pinned": ["true"],
    "slug": ["a", "other"],
    "aliases": ["[/old]", "[/old/a.html]"],
    "cover": ["pic.png", "photo.jpg"],
}  # fmt: skip
CONFIGS = [
    "pagination: {size: 1}", "pagination: {size: 2, feed: 1}", "permalinks: {article: pretty}",
    "permalinks: {article: '/a/:slug.html', category: '/c/:slug/'}", "menu: [{title: 关于, url: /about.html}]",
    "queries: {latest: {from: articles, limit: 1}}", "queries: {latest: {from: tags, sort: title}}",
    "home: [{template: latest, title: 新, query: {from: articles, where: {pinned: true}}}]",
    "defaults: [{path: articles, values: {source: 本站}}]", "markdown: {cjk_joins: false}", "theme: base",
    "pictures: {widths: [100]}", "pictures: {widths: [50, 100], webp: false, largest: 250}",
    "search: {enabled: false}", "search: {page_size: 3}",
]  # fmt: skip
HOSTS = [
    "", "hosts: {compress: [gzip, brotli]}", "hosts: {compress: [gzip]}",
    "hosts: {files: [nginx, apache, iis, netlify]}",
    "hosts: {files: [cloudflare, nginx], compress: [brotli]}",
]  # fmt: skip
SITES = ["grey: true", "description: 说明", "language: en", "timezone: UTC", "organizer: 某局"]
BUREAU_FILES = [BUREAUS, BUREAUS.replace("乐山市", "乐山"), BUREAUS.replace("乐税", "嘉税"), "[]\n"]
CATEGORY_FILES = [
    "- {slug: yaowen, title: 要闻}\n",
    "- {slug: yaowen, title: 税务要闻, order: 2}\n- {slug: tongzhi, title: 通知, order: 1}\n",
    "- {slug: wei, title: 未列栏目}\n",
]
THEME_FILES = [
    "extends: base\n",
    "extends: base\nqueries: {latest: {from: articles, limit: 2}}\n",
    "extends: base\ntemplates: {404.html: [latest]}\n",
    "extends: base\nfragments: {fresh: {template: list-fragment.html, queries: [latest]}}\n",
]
SEARCH = "{{ page.title }} {{ bureaus }} {{ categories }} {{ size }}"
FRAGMENT = "{% for card in queries.latest %}{{ card.title }}{% endfor %}"
ENDINGS = ["", "<!-- one -->", "<!-- two -->"]
JUNK = [b"", b"junk", "丙".encode(), b"junk " * 40]


def front_matter(fields: dict[str, str], body: str) -> bytes:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n\n{body}\n".encode()


DOCUMENT = st.builds(
    front_matter,
    st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in NEEDED.items()},
        optional={name: st.sampled_from(values) for name, values in FIELDS.items()},
    ),
    st.sampled_from(BODIES),
)
CONTENT_PATH = st.sampled_from([*DOCUMENTS, *PICTURES, *STATIC])


class Portal(RuleBasedStateMachine):
    """A site that is edited in every way that an editor or webmaster has."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.site = Site(self.folder / "site")
        self.clean = self.folder / "clean"
        self.options: dict[str, object] = {"as_of": AS_OF, "quarantine": True}
        self.published: dict[str, bytes] = {}
        # Else nothing would ever be told without reading, for all files of a test are young.
        self._no_file_is_young = mock.patch.object(unchanged, "RACY_NS", -(10**18))
        self._no_file_is_young.start()
        self.config = self.hosts = ""
        self.patch = pytest.MonkeyPatch()
        program = None if sys.platform == "win32" else stand_in(self.folder / "indexer")
        self.patch.setattr("gazette.publish.search.begin.find_program", lambda: program)

    def teardown(self) -> None:
        self._no_file_is_young.stop()
        self.patch.undo()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.configure([], [])
        self.site.write(
            {
                "content/bureaus.yaml": BUREAUS,
                "content/articles/pic.png": PNG,
                "content/articles/photo.jpg": PHOTOS[0],
                "content/articles/photo.png": PHOTOS[1],
                "content/articles/drawing.svg": SVG,
                "themes/own/theme.yaml": THEME_FILES[0],
                "themes/own/templates/list-fragment.html": FRAGMENT,
                "themes/own/templates/search.html": SEARCH,
            }
        )
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

    @rule(path=st.sampled_from(STATIC), data=st.sampled_from(JUNK))
    def change_static(self, path: str, data: bytes) -> None:
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

    @rule(path=CONTENT_PATH)
    def touch(self, path: str) -> None:
        place = self.site.root / "content" / path
        if place.exists():
            os.utime(place)

    @rule(bureaus=st.sampled_from(BUREAU_FILES))
    def change_bureaus(self, bureaus: str) -> None:
        self.site.write({"content/bureaus.yaml": bureaus})

    @rule(categories=st.sampled_from(CATEGORY_FILES))
    def change_categories(self, categories: str) -> None:
        self.site.write({"content/categories.yaml": categories})

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
            base = Path(__file__).parent.parent / "gazette/themes/base/templates" / name
            self._put(path, base.read_bytes() + ending.encode())
        else:
            (self.site.root / path).unlink(missing_ok=True)

    @rule(css=st.sampled_from(["p{}", "b{}", "a{color:red}"]))
    def change_style(self, css: str) -> None:
        self.site.write({"themes/own/static/css/plain.css": css})

    @rule(word=st.sampled_from(["最新", "新闻"]))
    def change_translation(self, word: str) -> None:
        self.site.write({"themes/own/locale/zh_CN.po": f'msgid "Latest"\nmsgstr "{word}"\n'})

    @rule(
        name=st.sampled_from(["drafts", "future", "expired", "quarantine", "no_search"]),
        value=st.booleans(),
    )
    def choose(self, name: str, value: bool) -> None:
        self.options = {**self.options, name: value}

    @rule(as_of=st.sampled_from([AS_OF, "2026-07-01", "2031-01-01", "2024-01-01"]))
    def wait_until(self, as_of: str) -> None:
        self.options = {**self.options, "as_of": as_of}

    @rule(number=st.integers(0, 150), data=st.sampled_from([None, b"other"]))
    def meddle_with_output(self, number: int, data: bytes | None) -> None:
        files = sorted(self.published)
        if files:
            path = files[number % len(files)]
            place = self.site.output / path
            # Of the search index it is noticed if a file is missing, not if one was altered.
            if data is None or path.startswith("pagefind/"):
                place.unlink()
            else:
                place.write_bytes(data)

    @rule(name=st.sampled_from(["ledger", "made", "packs", "pictures"]))
    def lose_memory(self, name: str) -> None:
        if name == "pictures":
            shutil.rmtree(self.site.root / ".gazette/pictures", ignore_errors=True)
        for state in (self.site.root / ".gazette").glob(f"*/{name}"):
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


def said(report: BuildReport) -> list[tuple[str | None, int | None, str, str]]:
    """The problems that come of the sources."""
    return [
        (p.file, p.line, p.code, str(p.arguments))
        for p in report.problems
        if p.code not in {"ledger-damaged", "made-unknown", "output-replaced"}
    ]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><g/></svg>'

TestPortal = Portal.TestCase
TestPortal.settings = settings(
    max_examples=int(os.environ.get("GAZETTE_EDIT_EXAMPLES", "4")),
    stateful_step_count=int(os.environ.get("GAZETTE_EDIT_STEPS", "10")),
    derandomize="GAZETTE_EDIT_SEED" not in os.environ,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
