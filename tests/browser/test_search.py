"""Search as a reader meets it: the portal theme in Chromium, the index by Pagefind itself."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.conftest import CSP, Watched
from tests.chromium import wait_until
from tests.conftest import BUREAUS, Site

pytestmark = pytest.mark.unmeasured

CONFIG = """\
site: {title: 测试门户, url: https://example.com}
theme: portal
search: {page_size: 5}
"""
STORIES = {
    "spring": ("便民办税春风行动启动", "2025-05-03", "leshan", "yaowen", "王晓明在办税服务厅讲解留抵退税政策，热线12366，系统V3.5。"),
    "pepper": ("一粒花椒的研发账", "2025-04-01", "leshan", "yaowen", "公务员走进ABC公司，核对Deep123型设备。"),
    "old": ("中华人民共和国税收成就展", "2023-02-01", "sichuan", "tongzhi", "展览从春风里开始，花椒也在其中。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("search"))
    made.write({"config.yaml": CONFIG, "content/bureaus.yaml": BUREAUS})
    made.write(
        {
            "content/categories.yaml": "- {slug: yaowen, title: 要闻}\n- {slug: tongzhi, title: 通知}\n"
        }
    )
    for name, (title, date, bureau, category, body) in STORIES.items():
        made.article(name, body, title=title, date=date, bureau=bureau, categories=category)
    for number in range(1, 13):
        made.article(
            f"n{number}",
            "巡展一站。",
            title=f"巡展第{number}站",
            date=f"2024-{number:02}-01",
            tags="[减税降费]" if number == 1 else "[]",
        )
    return made.built()


Ask = Callable[..., Watched]


@pytest.fixture
def ask(site: Site, served: Callable[..., str], watched: Callable[..., Watched]) -> Ask:
    """`ask(query, more="&year=2025", **options)`: the search page with its results."""

    def search(query: str, more: str = "", **options: Any) -> Watched:
        seen = watched(**options)
        seen.page.goto(f"{served(site.output)}search.html?q={quote(query)}{more}")
        settled(seen.page)
        return seen

    return search


def settled(page: Any) -> None:
    page.wait_for_selector("#g-found:not(:empty)")  # the search has begun, or failed
    page.wait_for_selector("#g-results:not([aria-busy])", state="attached")


def titles(page: Any) -> list[str]:
    return [heading.inner_text() for heading in page.query_selector_all("#g-results h2")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("花椒", {"pepper", "old"}),  # two characters, in a title and in a text
        ("春风行动", {"spring"}),
        ("便民办税春风", {"spring"}),  # six, in a title
        ("办税服务厅讲", {"spring"}),  # six, in a text
        ("研发", {"pepper"}),
        ("民办", {"spring"}),  # across words
        ("务员", {"pepper"}),  # inside a longer word
        ("共和国", {"old"}),
        ("晓明", {"spring"}),  # part of a name
        ("王晓明", {"spring"}),
        ("明晓", set()),
        ("花", {"pepper", "old"}),
        ("12366", {"spring"}),
        ("１２３６６", {"spring"}),
        ("123", {"spring"}),
        ("23", set()),
        ("1236699", set()),  # no word that only begins like it
        ("abc", {"pepper"}),
        ("ABC公司", {"pepper"}),
        ("deep123", {"pepper"}),
        ("V3.5", {"spring"}),
        ("“春风行动”，留抵退税", {"spring"}),
        ("春风 花椒", {"old"}),  # both
        ("花椒 不存在", set()),
        ("花椒节", set()),  # not every pair of it is there
    ],
)  # fmt: skip
def test_queries(
    site: Site, served: Callable[..., str], shared: Watched, query: str, found: set[str]
) -> None:
    page = shared.page
    if not page.url.startswith("http"):
        page.goto(f"{served(site.output)}search.html")
    page.fill("#g-q", query)
    page.press("#g-q", "Enter")
    settled(page)
    assert set(titles(page)) == {STORIES[name][0] for name in found}
    assert shared.complaints == []


def test_results_show_what_was_asked_for(ask: Ask) -> None:
    page = ask("花椒").page
    assert page.inner_text("#g-found") == "找到 2 条结果"
    assert page.get_attribute("#g-found", "role") == "status"
    first = page.query_selector("#g-results li")
    assert first.query_selector("h2 mark").inner_text() == "花椒"
    assert first.query_selector("a").get_attribute("href") == "yaowen/2025/04/pepper.html"
    assert first.query_selector(".facts-line").inner_text().split() == [
        "2025-04-01",
        "乐山市税务局",
        "要闻",
    ]
    second = page.query_selector("#g-results li:nth-child(2)")
    assert second.query_selector("p mark").inner_text() == "花椒"
    assert "展览从春风里开始，花椒也在其中。" in second.inner_text()
    assert page.title().startswith("花椒 - ")
    page.click("#g-results a")
    page.wait_for_selector("article.article")
    assert page.inner_text("h1") == "一粒花椒的研发账"


def test_a_tag_is_found_and_stands_apart_from_the_text(ask: Ask) -> None:
    page = ask("减税降费").page
    assert titles(page) == ["巡展第1站"]
    entry = page.query_selector("#g-results li")
    assert entry.query_selector("h2 + p").inner_text() == "巡展一站。"
    assert entry.query_selector(".facts-line mark").inner_text() == "减税降费"
    assert "减税" not in ask("巡展", "&sort=date").page.inner_text("#g-results")


def test_filters(ask: Ask) -> None:
    seen = ask("花椒")
    page, both = seen.page, ["一粒花椒的研发账", "中华人民共和国税收成就展"]
    for chosen, found in (
        ({"bureau": "leshan"}, both[:1]),
        ({"bureau": "sichuan"}, both),  # with its subordinates
        ({"category": "tongzhi"}, both[1:]),
        ({"year": "2023"}, both[1:]),
        ({"year": "2023", "bureau": "leshan"}, []),
        ({"year": "2024"}, []),
        ({}, both),
    ):
        for name in ("bureau", "category", "year"):
            page.select_option(f"#g-{name}", chosen.get(name, ""))
        settled(page)
        assert titles(page) == found
    assert seen.complaints == []


@pytest.mark.parametrize(
    ("narrowed", "count"), [("&bureau=leshan&year=2025", 1), ("&year=1999", 0), ("&bureau=none", 2)]
)
def test_the_address_narrows(ask: Ask, narrowed: str, count: int) -> None:
    assert len(titles(ask("花椒", narrowed).page)) == count


def test_a_filter_searches_at_once_and_the_address_keeps_it(ask: Ask) -> None:
    page = ask("花椒").page
    page.select_option("#g-year", "2023")
    page.wait_for_selector("text=找到 1 条结果")
    assert page.url.endswith("&year=2023")
    page.go_back()
    page.wait_for_selector("text=找到 2 条结果")
    assert page.input_value("#g-year") == ""


def test_by_date_over_all_parts(ask: Ask) -> None:
    page = ask("站", "&sort=date").page
    assert titles(page) == [f"巡展第{n}站" for n in range(12, 7, -1)]
    assert titles(ask("花椒", "&sort=date").page) == [
        "一粒花椒的研发账",
        "中华人民共和国税收成就展",
    ]


def test_more_results_by_keyboard(ask: Ask) -> None:
    page = ask("巡展", "&sort=date").page
    assert page.inner_text("#g-found") == "找到 12 条结果"
    assert len(titles(page)) == 5
    page.focus("#g-more")
    page.keyboard.press("Enter")
    page.wait_for_selector("#g-results li:nth-child(10)")
    assert page.evaluate("document.activeElement.textContent") == "巡展第7站"
    page.focus("#g-more")
    page.keyboard.press("Enter")
    page.wait_for_selector("#g-results li:nth-child(12)")
    assert titles(page) == [f"巡展第{n}站" for n in range(12, 0, -1)]
    assert page.is_hidden("#g-more")


def test_keys_go_from_result_to_result(ask: Ask) -> None:
    page = ask("巡展", "&sort=date").page
    focused = "document.activeElement.textContent || document.activeElement.id"
    page.focus("#g-q")
    for key, on in (("ArrowDown", "巡展第12站"), ("ArrowDown", "巡展第11站"), ("ArrowUp", "巡展第12站"), ("ArrowUp", "g-q")):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate(focused) == on
    for name in ("button", "g-bureau", "g-category", "g-year", "g-sort"):
        page.keyboard.press("Tab")
        assert name in page.evaluate("document.activeElement.id + document.activeElement.localName")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "巡展第12站"


def test_from_the_search_box_of_any_page(
    site: Site, served: Callable[..., str], watched: Callable[..., Watched]
) -> None:
    seen = watched()
    seen.page.goto(f"{served(site.output)}yaowen/2025/04/pepper.html")
    seen.page.fill("#g-find", "春风")
    seen.page.keyboard.press("Enter")
    settled(seen.page)
    assert set(titles(seen.page)) == {STORIES["spring"][0], STORIES["old"][0]}
    assert seen.complaints == []
    assert {re.match("https?://[^/]+", url)[0] for url in seen.requests} == {
        seen.page.url.partition("/search")[0]
    }  # type: ignore[index]


def test_nothing_asked(ask: Ask) -> None:
    page = ask("，。 ！").page
    assert page.inner_text("#g-found").startswith("请输入")
    assert titles(page) == []


def test_nothing_found(ask: Ask) -> None:
    page = ask("<b>没有</b>").page
    assert "没有找到与“<b>没有</b>”有关的内容" in page.inner_text("#g-found")
    assert "放宽" in page.inner_text("#g-found")


def test_the_policy_forbids_it_elsewhere(
    site: Site, served: Callable[..., str], watched: Callable[..., Watched]
) -> None:
    """Without 'wasm-unsafe-eval' there are no results, but a plain word about it."""
    seen = watched()
    seen.page.goto(f"{served(site.output, CSP)}search.html?q={quote('花椒')}")
    seen.page.wait_for_selector("text=搜索功能未能加载")
    told = lambda: any("Content Security Policy" in text for text in seen.complaints)  # noqa: E731
    wait_until(seen.page, told, "a breach of the policy")


def test_an_index_that_is_missing(
    site: Site, served: Callable[..., str], watched: Callable[..., Watched], tmp_path: Path
) -> None:
    (tmp_path / "search.html").write_bytes((site.output / "search.html").read_bytes())
    (tmp_path / "assets").symlink_to(site.output / "assets")
    seen = watched()
    seen.page.goto(f"{served(tmp_path)}search.html?q={quote('花椒')}")
    seen.page.wait_for_selector("text=搜索功能未能加载")


def test_without_script(
    site: Site, served: Callable[..., str], watched: Callable[..., Watched]
) -> None:
    page = watched(java_script_enabled=False).page
    page.goto(f"{served(site.output)}search.html?q={quote('花椒')}")
    assert "搜索需要 JavaScript" in page.inner_text("main")
    assert page.is_hidden(".narrow")


def test_from_disk(site: Site, watched: Callable[..., Watched]) -> None:
    seen = watched()
    seen.page.goto((site.output / "index.html").as_uri())
    seen.page.fill("#g-find", "花椒")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("text=搜索需要通过网站服务器访问")
    assert seen.complaints == []


def test_nothing_sticks_out(ask: Ask) -> None:
    page = ask("春风").page
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_in_english(
    site: Site, served: Callable[..., str], watched: Callable[..., Watched], tmp_path: Path
) -> None:
    english = Site(tmp_path / "en").write(
        {"config.yaml": CONFIG.replace("title: 测试门户", "title: Test, language: en")}
    )
    english.article("a", "Refunds of taxes were explained.", title="Tax refunds").built()
    seen = watched()
    seen.page.goto(f"{served(english.output)}search.html?q=refund+explain")
    settled(seen.page)
    assert seen.page.inner_text("#g-found") == "1 result"
    assert titles(seen.page) == ["Tax refunds"]
    assert seen.complaints == []
