"""What config.yaml and theme.yaml ask for and is not there."""

from collections.abc import Callable

import pytest

from gazette.problems import Problem
from tests.conftest import CONFIG, Site
from tests.site.layout import laid_out, route

MakeSite = Callable[..., Site]


def problems(
    make_site: MakeSite, config: str, theme: str = "", **files: str
) -> tuple[Problem, ...]:
    made = {"config.yaml": f"{CONFIG.replace('base', 'x')}{config}"}
    made["themes/x/theme.yaml"] = f"extends: base\n{theme}"
    made |= {f"content/data/{name}.yaml": text for name, text in files.items()}
    return laid_out(make_site(made).article("a", categories="c")).problems


CONFIGURED = {
    "home: [{template: latest, query: latest}, {template: lastest}]": (
        "block-missing",
        3,
        "latest",
    ),
    "home:\n  - {template: latest}\n  - title: 图\n    template: phot\n": ("block-missing", 6, ""),
    "home:\n  - {template: latest, query: latst}\n": ("query-unknown", 4, "latest"),
    "home:\n  - template: latest\n    query: {where: {tag: x}}\n": ("query-field", 5, "tags"),
    "home:\n  - template: latest\n    more: /nowhere/\n": ("block-more", 5, ""),
    "queries:\n  q: {sort: -dat}\n": ("query-field", 4, "date"),
    "queries:\n  q: {from: pages, where: {titel: x}}\n": ("query-field", 4, "title"),
    "queries:\n  q: {from: data.outlet}\n": ("query-data", 4, "outlets"),
    "queries:\n  q: {from: data.outlets, where: {nam: x}}\n": ("query-field", 4, "name"),
    "queries:\n  q: {from: topics, scope: page}\n": ("query-scope", 4, ""),
    "menu:\n  - {title: 甲, category: d}\n": ("menu-missing", 4, ""),
    "menu:\n  - {title: 首页, url: /}\n  - title: 甲\n    url: /no.html\n": ("menu-missing", 6, ""),
    "menu:\n  - {title: 甲, url: pages/no.md}\n": ("menu-missing", 4, ""),
    "menu:\n  - {title: 甲}\n": ("menu-empty", 4, ""),
}


@pytest.mark.parametrize("config", CONFIGURED)
def test_a_fault_of_the_config_has_its_line_and_a_guess(make_site: MakeSite, config: str) -> None:
    code, line, near = CONFIGURED[config]
    (problem,) = problems(make_site, config, outlets="- {name: 甲}\n")
    assert (problem.code, problem.file, problem.line) == (code, "config.yaml", line)
    assert problem.arguments.get("near", "") == near


THEMES = {
    "templates: {home.html: [latest, newest]}": ("query-unknown", 2, ""),
    "templates:\n  hom.html: [latest]": ("template-unknown", 3, "home.html"),
    "fragments:\n  f: {template: home.html, queries: [latset]}": ("query-unknown", 3, "latest"),
    "queries:\n  q: {where: {bureau: x}}": ("query-field", 3, "bureaus"),
}


@pytest.mark.parametrize("theme", THEMES)
def test_a_fault_of_the_theme_has_its_line_and_a_guess(make_site: MakeSite, theme: str) -> None:
    code, line, near = THEMES[theme]
    (problem,) = problems(make_site, "", theme)
    assert (problem.code, problem.file, problem.line) == (code, "themes/x/theme.yaml", line)
    assert problem.arguments.get("near", "") == near


def test_a_faulty_query_of_the_theme_may_be_replaced_by_the_site(make_site: MakeSite) -> None:
    theme = "queries: {q: {where: {bureau: x}}}\n"
    assert problems(make_site, "queries: {q: {limit: 2}}\n", theme) == ()


def test_a_block_says_what_it_is_called_and_where_it_stands(make_site: MakeSite) -> None:
    (problem,) = problems(make_site, "home:\n  - {template: x, title: 图片新闻}\n")
    assert problem.arguments["where"] == "home[0] (图片新闻)"
    assert problem.arguments["known"] == "latest"


def test_blocks_get_the_answers_to_their_queries(make_site: MakeSite) -> None:
    config = (
        "home:\n  - {template: latest, query: latest, more: /archive/}\n"
        "  - {template: latest, query: {where: {category: y}, limit: 1}, more: 'https://example.org/'}\n"
        "  - {template: latest, options: {a: 1}}\n"
    )
    site = make_site({"config.yaml": CONFIG + config})
    site.article("a", categories="x").article("b", categories="y").article("c", categories="y")
    view = route(laid_out(site), "index.html").view
    blocks = [([c.title for c in b.items], b.more, b.options) for b in view.blocks]  # type: ignore[attr-defined]
    assert blocks == [
        (["a", "b", "c"], "archive/index.html", {}),
        (["b"], "https://example.org/", {}),
        ([], "", {"a": 1}),
    ]


def test_the_menu_leads_to_categories_documents_pages_and_other_hosts(make_site: MakeSite) -> None:
    menu = (
        "menu:\n  - {title: 首, url: /}\n  - {title: 类, category: c}\n  - {title: 关于, url: pages/关于.md}\n"
        "  - {title: 归档, url: /archive/#top}\n  - {title: 外, url: 'https://example.org/'}\n"
        "  - {title: 文, url: /关于.html?a=b}\n"
    )
    page = "---\ntitle: 关于\n---\n文。\n"
    site = make_site({"config.yaml": CONFIG + menu, "content/pages/关于.md": page})
    pages = laid_out(site.article("a", categories="c"))
    assert pages.problems == ()
    about = "%E5%85%B3%E4%BA%8E.html"
    assert [link.href for link in pages.routes[0].view.common.menu] == [
        "index.html", "category/c.html", about, "archive/index.html#top", "https://example.org/",
        f"{about}?a=b",
    ]  # fmt: skip


def test_without_a_menu_there_are_the_home_page_and_the_categories(make_site: MakeSite) -> None:
    categories = "- {slug: a, title: 甲, order: 2}\n- {slug: b, order: 1}\n- {slug: c}\n"
    site = make_site({"content/categories.yaml": categories}).article("x", categories="d")
    menu = laid_out(site).routes[0].view.common.menu
    assert [link.title for link in menu] == ["首页", "b", "甲", "d"]


def test_a_menu_that_nobody_wrote_shows_nine_categories(make_site: MakeSite) -> None:
    categories = "".join(f"- {{slug: c{n}, order: {n}}}\n" for n in range(12))
    menu = laid_out(make_site({"content/categories.yaml": categories})).routes[0].view.common.menu
    assert [link.title for link in menu] == ["首页", *(f"c{n}" for n in range(9))]
