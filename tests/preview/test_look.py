"""First looks: either what the build will make, or none."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.pages.site_pages import SitePages
from gazette.parallel import Workers
from gazette.pipeline import BuildOptions, build
from gazette.preview.look import first_look, second_look
from gazette.preview.server import preview_folder
from gazette.publish.kept import Kept, Planned, Published
from gazette.publish.state import State
from tests.conftest import Site
from tests.media.photographs import photograph

PATH = "yaowen/2025/05/a.html"
LINKS = "见[乙](b.md)，又见[税务](https://example.com/)。"


class Kitchen:
    """Builds of one process, and the looks between them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.folder = preview_folder(site.root)
        self.kept = Kept(State(site.root, self.folder))
        self.made: Published | None = None

    @property
    def options(self) -> BuildOptions:
        return BuildOptions(
            root=self.site.root, output=self.folder, drafts=True, future=True, expired=True,
            workers=Workers(1), index=False,
        )  # fmt: skip

    def build(self) -> "Kitchen":
        report = build(self.options, kept=self.kept)
        assert report.published, report.problems
        self.made = self.kept.published()
        return self

    def look(self, *changed: str, pages: tuple[str, ...] = (PATH,)) -> dict[str, bytes]:
        return first_look(self.made, [str(self.site.root / path) for path in changed], pages)


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    site = make_site({"themes/mine/theme.yaml": "extends: base\n"})
    site.write({"config.yaml": "site: {title: 测试站点, url: https://example.com}\ntheme: mine\n"})
    site.write(
        {
            "content/articles/p.jpg": photograph(60, 40),
            "themes/mine/static/x.css": "a { color: red }",
        }
    )
    site.write({"content/pages/about.md": "---\ntitle: 关于\n---\n\n正文。\n"})
    return site.article("a", categories="yaowen").article("b", categories="yaowen")


@pytest.mark.parametrize("body", [
    "改了。", LINKS, "## 标题\n\n正文。\n\n## 又一个\n", "", "摘要\n\n<!-- more -->\n\n" + "字" * 900, "<b>粗</b> & {{ x }}",
])  # fmt: skip
def test_a_look_at_a_text_is_what_the_build_makes(site: Site, body: str) -> None:
    kitchen = Kitchen(site).build()
    site.article("a", body, categories="yaowen")
    looks = kitchen.look("content/articles/a.md")
    kitchen.build()
    assert looks == {PATH: (kitchen.folder / PATH).read_bytes()}


def test_single_pages_are_looked_at_too(site: Site) -> None:
    kitchen = Kitchen(site).build()
    site.write({"content/pages/about.md": "---\ntitle: 关于\n---\n\n改了。\n"})
    looks = kitchen.look("content/pages/about.md")
    assert looks == {"about.html": (kitchen.build().folder / "about.html").read_bytes()}


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2025-06-03"}, {"date": "昨天"}, {"categories": "dangjian"}, {"tags": "[新]"},
        {"draft": "true"}, {"bureau": "leshan"}, {"slug": "z"}, {"updated": "2025-06-04"}, {"keywords": "[新]"},
    ],
)  # fmt: skip
def test_where_more_than_the_text_changed_there_is_none(site: Site, fields: dict[str, str]) -> None:
    kitchen = Kitchen(site).build()
    site.article("a", "改了。", **{"categories": "yaowen", **fields})
    assert kitchen.look("content/articles/a.md") == {}


OWN = {
    "title": "新题 & <b>", "kicker": "引题", "subtitle": "副题", "author": "某记者", "source": "某报",
    "source_url": "https://example.com/1", "editor": "某编辑", "photo_credit": "某摄影",
    "adopted": "[{level: province, outlet: 某报, date: 2025-05-04}]", "review": "[{stage: draft, by: 某人}]",
    "whatever": "没有人知道的",
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_so_is_a_look_at_what_its_own_page_alone_shows(site: Site, name: str) -> None:
    kitchen = Kitchen(site).build()
    site.article("a", "改了。", **{"categories": "yaowen", name: OWN[name]})
    looks = kitchen.look("content/articles/a.md")
    kitchen.build()
    assert looks == {PATH: (kitchen.folder / PATH).read_bytes()}


def test_a_page_with_lists_that_may_go_by_that_has_none(site: Site) -> None:
    queries = "queries: {news: {from: articles}}\ntemplates: {article.html: [news]}\n"
    site.write({"themes/mine/theme.yaml": f"extends: base\n{queries}"})
    kitchen = Kitchen(site).build()
    site.article("a", title="新题", categories="yaowen")
    assert kitchen.look("content/articles/a.md") == {}


@pytest.mark.parametrize(
    "change", ["config.yaml", "content/articles/c.md", "themes/mine/static/x.css"]
)
def test_a_second_look_is_what_the_build_makes(site: Site, change: str) -> None:
    kitchen = Kitchen(site).build()
    known: list[Planned] = []
    kitchen.kept.on_planned = known.append
    texts = {
        "config.yaml": "site: {title: 改名的站, url: https://example.com}\ntheme: mine\n",
        "content/articles/c.md": "---\ntitle: 新\ndate: 2025-05-04\ncategories: yaowen\n---\n\n正文。\n",
        "themes/mine/static/x.css": "a { color: blue }",
    }
    before = Site.files_in(kitchen.folder)
    site.write({change: texts[change]})
    kitchen.build()
    [planned], after = known, Site.files_in(kitchen.folder)
    looks = {path: second_look(planned, path) for path in after}
    shown = {path: data for path, data in looks.items() if data is not None}
    assert shown == {path: after[path] for path in shown}
    assert shown.keys() >= after.keys() - {
        path for path in after if before.get(path) == after[path]
    }


def test_a_template_that_fails_has_no_second_look(site: Site) -> None:
    kitchen = Kitchen(site)
    known: list[Planned] = []
    kitchen.kept.on_planned = known.append
    site.write({"themes/mine/templates/article.html": "{{ nothing }}"})
    build(kitchen.options, kept=kitchen.kept)
    assert second_look(known[0], PATH) is None and second_look(known[0], "none") is None


def test_what_a_build_no_longer_needs_is_freed_at_once(site: Site) -> None:
    kitchen = Kitchen(site).build()
    gc.collect()
    gc.disable()
    try:
        for number in range(3):
            site.article("a", f"第{number}稿。", title=f"题{number}", categories="yaowen")
            kitchen.build()
        alive = [each for each in gc.get_objects() if type(each) is SitePages]
    finally:
        gc.enable()
    assert alive == [kitchen.kept.pages]


@pytest.mark.parametrize(
    "body", ["[无](nirgends.md)", "![无](nirgends.jpg)", "乐山市税务局来了。", "![图](p.jpg)"]
)
def test_what_only_a_build_can_tell_has_none(site: Site, body: str) -> None:
    kitchen = Kitchen(site).build()
    site.article("a", body, categories="yaowen")
    assert kitchen.look("content/articles/a.md") == {}


def test_new_and_deleted_files_have_none(site: Site) -> None:
    kitchen = Kitchen(site).build()
    site.article("c")
    (site.root / "content/articles/b.md").unlink()
    for path in (
        "content/articles/c.md",
        "content/articles/b.md",
        "content/articles",
        "config.yaml",
        "content/bureaus.yaml",
    ):
        assert kitchen.look(path) == {}
    assert kitchen.look("content/articles/a.md", "content/articles/c.md") == {}
    assert kitchen.look() == {}
    assert Kitchen(site).look("content/articles/a.md") == {}


@pytest.mark.parametrize("exists", [False, True])
def test_a_look_at_a_template_is_what_the_build_makes(site: Site, exists: bool) -> None:
    template = "themes/mine/templates/article.html"
    text = '{{% extends "parent/article.html" %}}{{% block footer %}}{0}{{% endblock %}}'
    if exists:
        site.write({template: text.format("旧")})
    kitchen = Kitchen(site).build()
    site.write({template: text.format("新")})
    looks = kitchen.look(template, "themes/mine/templates", pages=(PATH, "index.html", "none.html"))
    kitchen.build()
    assert looks == {path: (kitchen.folder / path).read_bytes() for path in (PATH, "index.html")}
    assert "新" in looks[PATH].decode()


@pytest.mark.parametrize("text", ["{% extends", "{{ nothing }}", '{% extends "none.html" %}'])
def test_a_faulty_template_has_none(site: Site, text: str) -> None:
    kitchen = Kitchen(site).build()
    site.write({"themes/mine/templates/article.html": text})
    assert kitchen.look("themes/mine/templates/article.html") == {}


def test_a_style_sheet_is_shown_under_the_old_and_the_new_name(site: Site) -> None:
    kitchen = Kitchen(site).build()
    [old] = kitchen.folder.glob("assets/x.*.css")
    site.write({"themes/mine/static/x.css": "a { color: blue }"})
    looks = kitchen.look("themes/mine/static/x.css")
    kitchen.build()
    [new] = kitchen.folder.glob("assets/x.*.css")
    name: Callable[[Path], str] = lambda path: f"assets/{path.name}"  # noqa: E731
    assert looks == {name(old): new.read_bytes(), name(new): new.read_bytes()}


def test_declarations_and_translations_have_none(site: Site) -> None:
    kitchen = Kitchen(site).build()
    site.write({"themes/mine/theme.yaml": "extends: base\noptions: {x: {type: text}}\n"})
    assert kitchen.look("themes/mine/theme.yaml") == {}
    site.write({"themes/mine/theme.yaml": "extends: base\n", "themes/mine/locale/zh_CN.po": ""})
    assert kitchen.look("themes/mine/locale/zh_CN.po") == {}
