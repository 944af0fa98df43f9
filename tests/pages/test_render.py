"""Templates that fail, and what a page holds."""

from collections.abc import Callable

import pytest

from gazette.pages.explain import explain_view
from gazette.pages.views import view_digest
from tests.conftest import CONFIG, PNG, Site
from tests.site.layout import laid_out, route

MakeSite = Callable[..., Site]
X = CONFIG.replace("base", "x")
TEMPLATE = "themes/x/templates/article.html"


@pytest.mark.parametrize(
    ("template", "code", "line", "reason"),
    [
        ("\n{{ nothing }}", "template-error", 2, "'nothing' is undefined"),
        ("\n\n{{ article.nothing }}", "template-error", 3, "nothing"),
        ("{{ 1 // 0 }}", "template-error", 1, "ZeroDivisionError"),
        ("\n{{ article.title|round }}", "template-error", 2, "TypeError"),
        ("\n{{ article.words|nosuch }}", "template-syntax", 2, "nosuch"),
        ("\n{% if %}", "template-syntax", 2, "Expected"),
        ("\n{% for a in b %}", "template-syntax", 2, "end"),
        ("\n{% include 'none.html' %}", "template-missing", 2, ""),
        ("{% extends 'none.html' %}", "template-missing", 1, ""),
        ("\n{% include ['a.html', 'b.html'] %}", "template-missing", 2, ""),
        ("{% extends 'article.html' %}", "template-error", 1, "RecursionError"),
    ],
)
def test_a_template_that_fails(
    make_site: MakeSite, template: str, code: str, line: int, reason: str
) -> None:
    files = {"config.yaml": X, "themes/x/theme.yaml": "extends: base\n", TEMPLATE: template}
    report = make_site(files).article("a").build()
    assert not report.published
    (problem,) = report.problems
    assert (problem.code, problem.file, problem.line) == (code, TEMPLATE, line)
    assert reason in problem.arguments.get("reason", "")
    if code != "template-syntax":
        assert problem.arguments["page"] == "2025/05/a.html"


def test_a_fault_in_an_included_template_is_named_there(make_site: MakeSite) -> None:
    files = {
        "config.yaml": X,
        "themes/x/theme.yaml": "extends: base\n",
        TEMPLATE: "{% include 'part.html' %}",
        "themes/x/templates/part.html": "\n{{ missing.field }}",
    }
    (problem,) = make_site(files).article("a").build().problems
    assert (problem.file, problem.line) == ("themes/x/templates/part.html", 2)


def test_an_unused_template_with_a_fault_is_an_error(make_site: MakeSite) -> None:
    files = {
        "config.yaml": X,
        "themes/x/theme.yaml": "extends: base\n",
        "themes/x/templates/unused.html": "{% endif %}",
    }
    (problem,) = make_site(files).article("a").build().problems
    assert (problem.code, problem.file) == ("template-syntax", "themes/x/templates/unused.html")


def test_a_theme_without_a_template_is_an_error(make_site: MakeSite) -> None:
    files = {"config.yaml": X, "themes/x/theme.yaml": "", "themes/x/templates/home.html": "x"}
    report = make_site(files).article("a").build()
    assert {problem.code for problem in report.problems} == {"template-missing"}


def test_links_are_relative_on_pages_and_absolute_in_feeds(make_site: MakeSite) -> None:
    site = make_site({"content/articles/图 1.png": PNG})
    site.article(
        "a", "[乙](b.md)与[丙](https://example.org/?a=1&b=2)\n\n![图](<图 1.png>)", tags="x"
    )
    built = site.article("b").built()
    page, feed = built.page("2025/05/a.html"), built.page("feed.xml")
    assert '<a href="../../2025/05/b.html">' in page
    assert 'src="../../media/articles/%E5%9B%BE%201.png"' in page
    assert (
        "https://example.com/2025/05/b.html&#34;" in feed
        or "https://example.com/2025/05/b.html&quot;" in feed
    )
    assert built.files()["media/articles/图 1.png"] == PNG


def test_a_broken_link_of_a_jekyll_tree_loses_its_address(make_site: MakeSite) -> None:
    post = "---\ntitle: 文\n---\n\n[无](none.md)\n"
    site = make_site({"content/_posts/2025-05-03-a.md": post}).built()
    assert "<a>无</a>" in site.page("2025/05/a.html")


def test_the_order_of_mappings_counts_in_a_views_digest(make_site: MakeSite) -> None:
    config = CONFIG + "home: [{template: latest, query: {from: data.d}, options: {%s}}]\n"
    digests = {
        view_digest(
            route(
                laid_out(make_site({"config.yaml": config % options, "content/data/d.yaml": data})),
                "index.html",
            ).view
        )
        for options in ("a: 1, b: 2", "b: 2, a: 1")
        for data in ("- {title: x, href: y}\n", "- {href: y, title: x}\n")
    }
    assert len(digests) == 4


CHANGES = {
    "title": {"title": "新"},
    "summary": {"summary": "另一段"},
    "cover": {"cover": "https://example.org/x.png"},
    "date": {"date": "2025-05-03 09:31:00"},
    "pinned": {"pinned": "true"},
    "kicker": {"kicker": "引题"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_card_shows_changes_the_pages_that_show_it(make_site: MakeSite, change: str) -> None:
    def digests(fields: dict[str, str]) -> dict[str, bytes]:
        site = (
            make_site().article("b", tags="t", date="2025-05-01").article("far", date="2024-01-01")
        )
        site.write({"content/articles/a.md": "x"}).article(
            "a", **{"tags": "t", "title": "旧", **fields}
        )
        return {r.path: view_digest(r.view) for r in laid_out(site).routes}

    before, after = digests({}), digests(CHANGES[change])
    changed = {path for path, digest in before.items() if after[path] != digest}
    assert {"tag/t.html", "2025/05/b.html", "archive/2025/05.html"} <= changed
    assert "2024/01/far.html" not in changed or change == "title"


def test_explain_names_every_field_of_a_page(make_site: MakeSite) -> None:
    data = {"content/data/d.yaml": "- {a: 长%s}\n" % ("长" * 80)}
    config = {"config.yaml": CONFIG + "home: [{template: latest, query: {from: data.d}}]\n"}
    pages = laid_out(
        make_site(data | config).article("a", categories="c", tags="t").article("b", tags="t")
    )
    text = "\n".join(explain_view(route(pages, "c/2025/05/a.html")))
    for line in (
        "c/2025/05/a.html  <-  article.html  (ArticleView)", "content: HTML of the text",
        "related: tuple of 1 Card", "  title: str = 'a'", "jsonld: JSON of the structured data",
        "previous: NoneType = None", "queries: mapping of 0",
    ):  # fmt: skip
        assert line in text
    assert "digest" not in text
    assert "…" in "\n".join(explain_view(route(pages, "index.html")))
