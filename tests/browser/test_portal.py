"""The portal theme in a browser: every kind of page, as readers meet it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.strained import PAGES, built
from tests.chromium import wait_until

pytestmark = pytest.mark.unmeasured
Watch = Callable[..., Any]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("strained") / "site")


@pytest.fixture(scope="module")
def host(output: Path, served: Callable[..., str]) -> str:
    return served(output)


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed")
    return str(package.AXE_SCRIPT)


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true; Playwright's own way evaluates texts, which the policy forbids."""
    wait_until(page, lambda: page.evaluate(expression), expression)


def visit(page: Any, url: str) -> None:
    """Open a page, with the pieces that its script fetches."""
    page.goto(url)
    until(page, PIECES)


PIECES = """[...document.querySelectorAll('[data-fragment]')].every(place =>
  place.querySelectorAll('a').length > 1)"""


WIDTH_LEFT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_pages_fit_and_nothing_complains(watched: Watch, host: str) -> None:
    """No sideways scrolling, no console error, no breach of the policy, no request to another host."""
    tab = watched()
    too_wide = []
    for kind, path in PAGES.items():
        visit(tab.page, host + path)
        for width, mode in ((1280, ""), (768, ""), (360, ""), (768, "elder"), (360, "elder")):
            tab.page.set_viewport_size({"width": width, "height": 800})
            tab.page.evaluate(f"document.documentElement.classList.toggle('elder', {bool(mode):d})")
            if tab.page.evaluate(WIDTH_LEFT):
                too_wide.append((kind, width, mode))
    assert too_wide == []
    # A page that is left before its icon has come drops it; what is missing is a console error too.
    assert [text for text in tab.complaints if not text.startswith("failed")] == []
    assert [url for url in tab.requests if not url.startswith(host)] == []


RUN_AXE = """rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => found.violations.map(
  v => v.id + ': ' + v.nodes[0].target.join(' ') + ' ' + v.nodes[0].failureSummary))"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
COLOURS = ["color-contrast", "link-in-text-block"]


def test_axe_finds_nothing(watched: Watch, host: str, axe: str) -> None:
    """WCAG 2.1 A and AA: light, dark (where only colours differ), and in older readers' mode."""
    page = watched().page
    found = {}
    for kind, path in PAGES.items():
        visit(page, host + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.evaluate(axe)
        for scheme, mode, rules in (
            ("light", "", WCAG),
            ("dark", "", COLOURS),
            ("light", "elder", WCAG),
        ):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(f"document.documentElement.classList.toggle('elder', {bool(mode):d})")
            if violations := page.evaluate(RUN_AXE, rules):
                found[kind, scheme, mode] = violations
    assert found == {}


def test_every_palette_can_be_read(watched: Watch, host: str, axe: str) -> None:
    """Contrast in the two palettes that the site does not have: light, dark, and older readers' mode."""
    page = watched().page
    found = {}
    for kind in ("article", "guide"):
        visit(page, host + PAGES[kind])
        page.evaluate(axe)
        for palette in ("red", "green"):
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for mode in ("", " elder"):
                    page.evaluate(f"document.documentElement.className = 'palette-{palette}{mode}'")
                    if violations := page.evaluate(RUN_AXE, COLOURS):
                        found[kind, palette, scheme, mode] = violations
    assert found == {}


STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, video, [tabindex="0"]')]
  .filter(e => e.getClientRects().length && !e.disabled).map(e => { e.dataset.stop = ''; return e; }).length"""
HERE = """() => { const e = document.activeElement, s = getComputedStyle(e);
  return [[...document.querySelectorAll('[data-stop]')].indexOf(e), parseFloat(s.outlineWidth) || 0, e.outerHTML.slice(0, 80)]; }"""


@pytest.mark.parametrize(
    "kind",
    [
        "home",
        "article",
        "table",
        "document",
        "numbered",
        "topic",
        "bureau",
        "bureaus",
        "search",
        "404",
    ],
)
def test_the_keyboard_reaches_every_control_in_order(watched: Watch, host: str, kind: str) -> None:
    page = watched().page
    visit(page, host + PAGES[kind])
    page.evaluate(
        "document.querySelectorAll('.slides').forEach(s => { s.style.scrollBehavior = 'auto'; })"
    )
    count = page.evaluate(STOPS)
    assert count > 10
    for number in range(count):
        page.keyboard.press("Tab")
        index, outline, tag = page.evaluate(HERE)
        assert (index, outline >= 2) == (number, True), tag


def test_the_first_link_is_older_readers_mode_and_it_stays(watched: Watch, host: str) -> None:
    page = watched().page
    page.goto(host)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "g-elder"
    page.keyboard.press("Enter")
    page.goto(host + PAGES["article"])
    assert "elder" in page.evaluate("document.documentElement.className").split()
    sizes = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getClientRects().length && !e.closest('svg')"
        " && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 18
    heights = page.evaluate(
        "[...document.querySelectorAll('.nav a, .tools button, .topbar a:not(.skip), .about a')]"
        ".map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 60
    page.goto(f"{host}?elder=0")
    page.goto(host + PAGES["category"])
    assert "elder" not in page.evaluate("document.documentElement.className").split()


def test_the_text_size_stays(watched: Watch, host: str) -> None:
    page = watched().page
    page.goto(host + PAGES["article"])
    size = "parseFloat(getComputedStyle(document.querySelector('#g-body')).fontSize)"
    before = page.evaluate(size)
    page.click('[data-size="l"]')
    page.goto(host + PAGES["document"])
    assert page.evaluate(size) > before
    assert page.get_attribute('[data-size="l"]', "aria-pressed") == "true"
    page.goto(host + PAGES["search"])  # its form has a size of its own: that of a page of results
    page.click("#g-search")
    assert page.get_attribute("#g-search", "aria-pressed") is None
    page.goto(host + PAGES["article"])
    assert page.get_attribute('[data-size="l"]', "aria-pressed") == "true"


CONTENT = """() => { const found = [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'));
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const e = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (text && e.getClientRects().length && !e.closest('.tools, .slide-buttons, form, button, [data-fragment]'))
      found.push(text); }
  return found; }"""


def test_all_is_there_without_script(watched: Watch, host: str) -> None:
    """Every link and text that is there with scripts is there without, but for what only scripts can do."""
    with_script, without = watched().page, watched(java_script_enabled=False).page
    with_script.route("**/fragments/*", lambda route: route.abort())
    for kind, path in PAGES.items():
        if kind == "fragment":
            continue
        for page in (with_script, without):
            page.goto(host + path)
        missing = set(with_script.evaluate(CONTENT)) - set(without.evaluate(CONTENT))
        asks = {"请输入要查找的词，多个词之间用空格隔开。"} if kind == "search" else set()
        assert missing <= {"?elder=1", *asks}, kind


def test_without_script_nothing_that_needs_one_is_shown(watched: Watch, host: str) -> None:
    page = watched(java_script_enabled=False).page
    for kind in ("article", "bureaus", "numbered"):
        page.goto(host + PAGES[kind])
        tools = ":is(button, input):not([role=search] *):visible"  # the search box is a plain form
        assert page.locator(tools).count() == 0, kind
    page.goto(host + PAGES["article"])
    assert page.locator(".fragment a").count() == 1
    page.locator(".qr summary").click()
    assert page.locator(".qr-code").is_visible()


def test_opened_from_disk(watched: Watch, output: Path) -> None:
    tab = watched()
    tab.page.goto((output / "index.html").as_uri())
    assert (
        tab.page.evaluate("getComputedStyle(document.querySelector('.nav')).backgroundColor")
        == "rgb(15, 91, 167)"
    )
    tab.page.click(".top-story a")
    tab.page.wait_for_selector("article h1")
    tab.page.goto((output / PAGES["article"]).as_uri())
    tab.page.evaluate("document.querySelectorAll('img').forEach(i => { i.loading = 'eager'; })")
    until(tab.page, "[...document.images].every(i => i.complete && i.naturalWidth)")
    tab.page.click(".nav a >> nth=1")
    tab.page.wait_for_url("**/category/**")
    assert tab.complaints == []


def test_a_wide_table_scrolls_by_keyboard(watched: Watch, host: str) -> None:
    page = watched(viewport={"width": 360, "height": 800}).page
    page.goto(host + PAGES["table"])
    wide, narrow = page.locator(".scroll").all()
    assert (wide.get_attribute("tabindex"), narrow.get_attribute("tabindex")) == ("0", None)
    wide.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.scroll').scrollLeft > 0")


def test_leaving_for_another_site_is_asked(watched: Watch, host: str) -> None:
    page = watched().page
    page.goto(host + PAGES["document"])
    page.click("text=外面的网站")
    assert "example.org" in page.inner_text("dialog")
    page.click("dialog button >> nth=1")
    page.wait_for_selector("dialog", state="detached")
    assert page.url.startswith(host)
    page.goto(f"{host}{PAGES['document']}?elder=1")
    page.route("https://example.org/**", lambda route: route.fulfill(body="outside"))
    page.click("text=外面的网站")
    page.wait_for_url("https://example.org/x")


WITHOUT_THE_NEW = """
delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.show;
for (const [of, names] of [[Array.prototype, ['at', 'findLast', 'toSorted', 'flat', 'flatMap']],
    [String.prototype, ['at', 'replaceAll', 'matchAll']], [Element.prototype, ['replaceChildren', 'checkVisibility']],
    [Object, ['hasOwn', 'fromEntries']], [window, ['structuredClone', 'ResizeObserver', 'speechSynthesis',
    'CSSStyleSheet', 'requestIdleCallback']]])
  names.forEach(name => { delete of[name]; });
Object.defineProperty(navigator, 'clipboard', { value: undefined });
"""


def test_a_browser_of_2020_has_the_comforts_too(watched: Watch, host: str) -> None:
    """What Chromium 80 or iOS 13 lacks is taken away: nothing breaks, and a question is asked by other means."""
    tab = watched()
    tab.page.add_init_script(WITHOUT_THE_NEW)
    asked: list[str] = []

    def answered(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    tab.page.on("dialog", answered)
    visit(tab.page, host)
    tab.page.click(".slide-buttons button:last-child")
    visit(tab.page, host + PAGES["document"])
    assert tab.page.evaluate("'showModal' in document.createElement('dialog')") is False
    tab.page.click("text=外面的网站")
    wait_until(tab.page, lambda: asked, "the question")
    assert "example.org" in asked[0]
    assert tab.page.url.startswith(host)
    assert tab.page.is_hidden("[data-do=read]")
    tab.page.evaluate("window.setTimeout = () => 0")  # the word would go after two seconds
    tab.page.click("[data-do=copy]")
    tab.page.wait_for_selector("text=已复制")
    assert [text for text in tab.complaints if not text.startswith("failed")] == []


def test_a_list_is_jumped_in_and_the_directory_filtered(watched: Watch, host: str) -> None:
    page = watched().page
    page.goto(host + PAGES["category"])
    page.fill(".jump input", "2")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/category/yaowen/page/2\.html$"))
    page.goto(host + PAGES["bureaus"])
    page.fill("#g-filter", "乐山")
    shown = page.locator("#g-tree li:visible > a").all_inner_texts()
    assert "乐山市税务局" in shown
    assert "第1区税务局" not in shown
    assert page.inner_text("output").startswith("找到")


def test_picture_news_moves_by_button_and_stops(watched: Watch, host: str) -> None:
    page = watched().page
    page.goto(host)
    page.click(".slide-buttons button:last-child")
    until(page, "document.querySelector('.slides').scrollLeft > 100")
    assert page.inner_text(".slide-buttons [aria-label='开始轮播']") == "▶"


@pytest.fixture
def chart(watched: Watch, host: str) -> Iterator[Any]:
    page = watched().page
    page.goto(host + PAGES["bureau"])
    yield page.locator(".months-chart")


def test_the_chart_of_a_bureau_says_what_its_table_says(chart: Any) -> None:
    chart.locator("summary").click()
    cells = [int(text) for text in chart.locator("td").all_inner_texts()]
    bars = [int(text) for text in chart.locator("path.bar + text").all_text_contents()]
    assert [count for count in reversed(cells) if count] == bars
    assert len(cells) == 12
