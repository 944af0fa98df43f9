"""Categories, tags and topics: names, spellings, slugs."""

from collections.abc import Callable

from tests.conftest import PNG, Site
from tests.site.layout import found, laid_out, only, paths, route

MakeSite = Callable[..., Site]
CATEGORIES = """\
- {slug: news, title: 要闻, order: 2}
- {slug: notices, title: 通知公告, order: 1, description: 说明, keywords: [公告], type: 信息公开}
"""


def test_a_term_is_named_by_slug_or_title_and_the_first_is_main(make_site: MakeSite) -> None:
    site = make_site({"content/categories.yaml": CATEGORIES})
    site.article("a", categories="[要闻, NOTICES, news]", tags="春风")
    pages = laid_out(site)
    article = pages.site.articles[0]
    assert article.category_slugs == ("news", "notices")
    assert article.card.category is not None
    assert article.card.category.title == "要闻"
    assert article.path == "news/2025/05/a.html"
    assert [term.slug for term in pages.site.categories] == ["notices", "news"]
    assert {"category/index.html", "tag/index.html", "topic/index.html"} <= paths(pages)


def test_a_category_that_is_not_listed_is_shown_under_its_own_name(make_site: MakeSite) -> None:
    site = make_site({"content/categories.yaml": CATEGORIES}).article("a", categories="税务动态")
    term = laid_out(site).site.categories[-1]
    assert (term.title, term.slug) == ("税务动态", "shui-wu-dong-tai")


def test_spellings_of_one_name_are_one_term(make_site: MakeSite) -> None:
    site = make_site().article("a", tags="[VAT]").article("b", tags="[ＶＡＴ]")
    site.article("c", tags="[vat]").article("d", tags="[vat]")
    pages = laid_out(site)
    assert [(t.title, t.slug, len(t.articles)) for t in pages.site.tags] == [("vat", "vat", 4)]
    problem = only(pages)
    assert (problem.severity, problem.code) == ("warning", "term-spelling")
    assert (problem.file, problem.line) == ("content/articles/a.md", 4)
    assert problem.arguments["names"] == "VAT, vat, ＶＡＴ"


def test_names_that_would_share_an_address_are_an_error_naming_both(make_site: MakeSite) -> None:
    site = make_site().article("a", tags="[税务]").article("b", tags="[水务, shui wu]")
    pages = laid_out(site)
    assert found(pages)[:2] == [("term-collision", "content/articles/b.md", 4)] * 2
    assert pages.problems[0].arguments["other_file"] == "content/articles/a.md:4"
    assert pages.problems[0].arguments["declare"] == "content/tags.yaml"
    assert len(pages.problems) == 2


def test_a_name_that_meets_a_declared_slug_is_an_error(make_site: MakeSite) -> None:
    files = {"content/tags.yaml": "- {slug: C, title: 语言}\n- {slug: x}\n"}
    problem = laid_out(make_site(files).article("a", tags='["c#"]')).problems[0]
    assert (problem.code, problem.line) == ("term-collision", 4)
    assert problem.arguments["other"] == "语言"
    assert problem.arguments["other_file"] == "content/tags.yaml:1"


def test_a_slug_or_title_listed_twice_is_named_with_both_lines(make_site: MakeSite) -> None:
    twice = CATEGORIES + "- {slug: News}\n- {title: 要 闻, slug: b}\n- {title: 要闻, slug: c}\n"
    pages = laid_out(make_site({"content/categories.yaml": twice}).article("a"))
    assert found(pages)[:2] == [
        ("term-twice", "content/categories.yaml", 3),
        ("term-title", "content/categories.yaml", 5),
    ]
    assert pages.problems[0].arguments["other_file"] == "content/categories.yaml:1"


def test_two_topics_of_one_slug_are_an_error_naming_both(make_site: MakeSite) -> None:
    topics = {f"content/topics/{n}.md": f"---\ntitle: {n}\nslug: same\n---\n文。\n" for n in "ab"}
    problem = only(laid_out(make_site(topics).article("a")))
    assert (problem.code, problem.file, problem.line) == ("term-twice", "content/topics/b.md", 3)
    assert problem.arguments["other_file"] == "content/topics/a.md:3"


def test_a_term_called_index_is_an_error_at_the_article(make_site: MakeSite) -> None:
    problem = only(laid_out(make_site().article("a", tags="[index]")))
    assert (problem.code, problem.file, problem.line) == (
        "route-collision", "content/articles/a.md", 4,
    )  # fmt: skip


def test_a_topic_has_text_cover_and_address_of_its_own(make_site: MakeSite) -> None:
    topic = "---\ntitle: 春风行动\npermalink: /special/spring/\ncover: c.png\n---\n专题说明。\n"
    site = make_site({"content/topics/spring.md": topic, "content/topics/c.png": PNG})
    pages = laid_out(site.article("a", topics="春风行动"))
    assert pages.problems == ()
    listing = route(pages, "special/spring/index.html")
    assert listing.bodies[0][0] == "topics/spring.md"
    assert pages.site.articles[0].topics[0].href == "special/spring/index.html"
    assert pages.site.topics[0].cover == "media/topics/c.png"


def test_articles_do_not_make_up_a_topic_that_is_a_draft(make_site: MakeSite) -> None:
    topic = "---\ntitle: 春风行动\ndraft: true\n---\n专题说明。\n"
    site = make_site({"content/topics/spring.md": topic})
    site.article("a", topics="[春风行动, 新风]")
    assert [term.title for term in laid_out(site).site.topics] == ["新风"]
    assert len(laid_out(site, drafts=True).site.topics) == 2
    assert [t.title for t in laid_out(site, frozenset(["topics/spring.md"])).site.topics] == [
        "新风"
    ]


def test_a_category_near_a_declared_one_is_a_warning(make_site: Callable[..., Site]) -> None:
    site = make_site({"content/categories.yaml": "- {slug: yaowen, title: 税务要闻}\n"})
    report = site.article("a", categories="税务新闻").article("b", categories="通知公告").build()
    assert [(p.code, p.file, p.line) for p in report.problems] == [
        ("term-near", "content/articles/a.md", 4)
    ]
    assert report.problems[0].arguments["near"] == "税务要闻"
