"""In a real browser: what an editor sees without touching anything."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.chromium import PATIENCE_MS, new_page, running, wait_until
from tests.conftest import Site
from tests.preview.conftest import Preview, Start

sync_api = pytest.importorskip("playwright.sync_api")
PATH = "yaowen/2025/05/a.html"
PANEL = "gazette-preview .panel"
BAR = "gazette-preview .bar"
pytestmark = pytest.mark.unmeasured
Browse = Callable[[str], Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running() as found:
        yield found


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    layout = (
        '{% extends "parent/base.html" %}{% block styles %}<link rel="stylesheet" '
        'href="{{ page.root }}{{ assets["x.css"] }}">{% endblock %}'
    )
    site = make_site(
        {
            "config.yaml": "site: {title: 测试站点, url: https://example.com}\ntheme: mine\n",
            "themes/mine/theme.yaml": "extends: base\n",
            "themes/mine/templates/base.html": layout,
            "themes/mine/static/x.css": "h1 { color: rgb(1, 2, 3) }\n",
            "content/categories.yaml": "- {slug: yaowen, title: 税务要闻}\n",
        }
    )
    return site.article("a", "正文。", categories="yaowen")


class Window:
    """One open page, and what its console said."""

    def __init__(self, browser: Any, preview: Preview, width: int = 1280) -> None:
        self.page = new_page(browser, viewport={"width": width, "height": 800})
        self.preview = preview
        self.said: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda fault: self.said.append(str(fault)))
        self.told = 0
        """How often the server has told a page how things stand: first when it listens."""
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._heard))

    def _heard(self, frame: str | bytes) -> None:
        self.told += '"command": "status"' in str(frame)

    def _console(self, message: Any) -> None:
        if "favicon.ico" not in message.location["url"]:
            self.said.append(message.text)

    def open(self, path: str) -> "Window":
        before = self.told
        self.page.goto(self.preview.address + path)
        wait_until(self.page, lambda: self.told > before, "the socket")
        if not path.startswith("__gazette"):
            self.page.wait_for_selector(f"{BAR} .light")
        return self

    def sees(self, text: str) -> None:
        self.page.wait_for_selector(f"text={text}")

    def mark(self) -> None:
        """Leave something that only a new load takes away."""
        self.page.evaluate("window.untouched = true")

    @property
    def is_untouched(self) -> bool:
        return bool(self.page.evaluate("window.untouched === true"))


@pytest.fixture
def window(browser: Any, preview: Start, site: Site) -> Iterator[Window]:
    found = Window(browser, preview(site))
    yield found
    found.page.context.close()


def test_a_page_changes_without_a_touch_and_keeps_its_place(window: Window, site: Site) -> None:
    long = "\n\n".join(f"第{number}段。" for number in range(200))
    site.article("a", long, categories="yaowen")
    window.open(PATH).sees("第199段。")
    window.page.evaluate("window.scrollTo(0, 2000)")
    site.article("a", f"{long}\n\n新的一段。", categories="yaowen")
    window.sees("新的一段。")
    window.page.wait_for_function("Math.abs(window.scrollY - 2000) < 3")


def test_a_fault_raises_the_panel_and_mending_takes_it_away(window: Window, site: Site) -> None:
    window.open(PATH)
    site.article("a", "坏稿。", date="昨天", categories="yaowen")
    panel = window.page.wait_for_selector(f"{PANEL}:not([hidden])")
    assert "content/articles/a.md · 第 3 行" in panel.inner_text()
    assert "“昨天”不是有效的日期" in panel.inner_text() and "怎样改" in panel.inner_text()
    window.sees("正文。")
    window.page.wait_for_selector(f"{BAR} >> text=有错误")
    site.article("a", "好稿。", categories="yaowen")
    window.page.wait_for_selector(PANEL, state="hidden")
    window.sees("好稿。")
    assert "null" not in window.page.inner_text(BAR)


def test_the_panel_stands_also_when_nothing_was_ever_built(
    browser: Any, preview: Start, site: Site
) -> None:
    site.write({"config.yaml": "site: {}\n"})
    window = Window(browser, preview(site, language="en"))
    window.open("")
    assert "config.yaml" in window.page.wait_for_selector(f"{PANEL}:not([hidden])").inner_text()
    site.write({"config.yaml": "site: {title: 测试站点}\ntheme: mine\n"})
    window.sees("测试站点")
    window.page.wait_for_selector(PANEL, state="hidden")
    window.page.context.close()


def test_a_style_sheet_is_swapped(window: Window, site: Site) -> None:
    window.open(PATH).mark()
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        site.write({"themes/mine/static/x.css": f"h1 {{ color: {colour} }}\n"})
        window.page.wait_for_function(
            "colour => getComputedStyle(document.querySelector('h1')).color === colour", arg=colour
        )
    window.preview.until_like_a_clean_build()
    assert window.is_untouched
    links = "document.querySelectorAll('link[href*=\"assets/x.\"]').length"
    window.page.wait_for_function(f"{links} === 1")


def test_a_folder_that_is_renamed_stays_in_the_lists(window: Window, site: Site) -> None:
    text = "---\ntitle: 夹中文\ndate: 2025-05-03\ncategories: [yaowen]\n---\n"
    site.write({"content/articles/old/b.md": text})
    window.open("__gazette/").sees("content/articles/old/b.md")
    (site.root / "content/articles/old").rename(site.root / "content/articles/new")
    window.sees("content/articles/new/b.md")
    window.page.click("text=夹中文")
    window.sees("夹中文")


def test_the_desks_form_makes_a_file_that_builds(window: Window, site: Site) -> None:
    window.open("__gazette/").page.click("header button.main")
    window.page.fill("dialog [name=title]", "新写的一篇")
    window.page.fill("dialog [name=category]", "税务要闻")
    window.page.fill("dialog [name=bureau]", "没有的局")
    window.page.click("dialog [type=submit]")
    window.sees("没有的局")  # it says what is wrong with it
    window.page.fill("dialog [name=bureau]", "乐山市税务局")
    window.page.click("dialog [type=submit]")
    window.page.wait_for_selector("h1:has-text('新写的一篇')")
    assert "/yaowen/" in window.page.url
    [path] = (site.root / "content/articles").rglob("*新写的一篇.md")
    assert "bureau: 乐山市税务局" in path.read_text("utf-8")


def test_the_desk_finds_filters_and_sorts(window: Window, site: Site) -> None:
    site.article("d", draft="true", categories="yaowen").article(
        "b", categories="yaowen", bureau="乐税"
    )
    window.open("__gazette/").sees("content/articles/d.md")
    page = window.page
    titles = page.locator("td.title > a")
    page.click(".tabs .draft")
    sync_api.expect(titles).to_have_text(["d"], timeout=PATIENCE_MS)
    page.click(".tabs .all")
    page.select_option("select >> nth=1", "乐山市税务局")
    sync_api.expect(titles).to_have_text(["b"], timeout=PATIENCE_MS)
    page.select_option("select >> nth=1", "")
    page.click("th.title button")
    sync_api.expect(titles).to_have_text(["a", "b", "d"], timeout=PATIENCE_MS)
    page.click("th.title button")
    sync_api.expect(titles).to_have_text(["d", "b", "a"], timeout=PATIENCE_MS)
    page.fill("input[type=search]", "articles/d")
    sync_api.expect(titles).to_have_text(["d"], timeout=PATIENCE_MS)
    assert window.said == []


def test_the_bar_follows_what_is_saved_if_asked_to(window: Window, site: Site) -> None:
    site.article("b", "别的。", categories="yaowen")
    window.preview.until_like_a_clean_build()
    window.open(PATH).page.check(f"{BAR} .follow input")
    site.article("b", "改了。", categories="yaowen")
    window.page.wait_for_url("**/b.html")
    window.sees("改了。")


def test_the_bar_says_what_stands_on_the_page(window: Window, site: Site) -> None:
    site.article("a", "正文。", categories="yaowen", draft="true", tilte="x")
    status = lambda: window.preview.get(f"/{PATH}").state["status"]  # noqa: E731
    window.preview.until(lambda: status()["page"]["state"] == "draft" and not status()["building"])
    window.open(PATH).page.click(f"{BAR} button.notes")
    bar = window.page.inner_text(BAR)
    assert "草稿" in bar and "a.md" in bar and "2 字" in bar and "1 条提示" in bar
    assert "title" in window.page.inner_text("gazette-preview .list")
    assert window.page.get_attribute(f"{BAR} .edit", "href").startswith("vscode://file/")
    window.page.click(f"{BAR} .light")
    window.page.wait_for_selector(f"{BAR} .source", state="hidden")
    assert window.said == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(browser: Any, preview: Start, site: Site, width: int) -> None:
    site.article("很长的标题" * 12, categories="yaowen", date="昨天")
    window = Window(browser, preview(site), width)
    for path in ("__gazette/", ""):
        window.open(path)
        assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    window.page.context.close()


def test_a_preview_that_comes_back_is_noticed(browser: Any, preview: Start, site: Site) -> None:
    # Of the ports that systems give to whoever asks for any, another program may have it meanwhile.
    first = preview(site, port=20_000 + os.getpid() % 10_000)
    port = int(first.host.split(":")[1])
    window = Window(browser, first)
    window.open(PATH)
    first.stop()
    window.page.wait_for_selector(f"{BAR} .light.offline")
    site.article("a", "其间改了。", categories="yaowen")
    preview(site, port=port)
    window.sees("其间改了。")
    window.page.context.close()
