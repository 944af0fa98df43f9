"""Addresses: patterns, Jekyll's styles and tokens, `permalink`."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.reading.dates import moment_at
from gazette.site.permalinks import article_path, expand
from gazette.urls import slugify
from tests.conftest import CONFIG, Site
from tests.site.layout import found, laid_out, only, paths

MakeSite = Callable[..., Site]
POST = "---\ntitle: 标题\ndate: 2025-05-03 09:07:08\ncategories: [Foo Bar, 税务]\n{more}\n---\n正文。\n"


def post_path(make_site: MakeSite, permalink: str, name: str = "2025-05-03-My__Post") -> str:
    """Where Jekyll's post goes with this pattern in its front matter."""
    text = POST.format(more=f"permalink: {permalink!r}")
    pages = laid_out(make_site({f"content/_posts/deep/{name}.md": text}))
    assert pages.problems == ()
    return pages.site.articles[0].path


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("date", "foo bar/税务/2025/05/03/My__Post.html"),
        ("pretty", "foo bar/税务/2025/05/03/My__Post/index.html"),
        ("ordinal", "foo bar/税务/2025/123/My__Post.html"),
        ("weekdate", "foo bar/税务/2025/W18/Sat/My__Post.html"),
        ("none", "foo bar/税务/My__Post.html"),
        ("/:category/:slug.html", "foo-bar/my-post.html"),
        ("/:slugified_categories/:name:output_ext", "foo-bar/税务/2025-05-03-my-post.html"),
        ("/:collection/:path/", "posts/deep/2025-05-03-My__Post/index.html"),
        ("/:short_year/:i_month/:i_day/:hour-:minute-:second", "25/5/3/09-07-08.html"),
        ("/:year_:month/:title", "2025_05/My__Post.html"),
        ("/:w_year/:week/:w_day/:short_month/:long_month/:long_day/",
         "2025/18/6/May/May/Saturday/index.html"),
        ("/fixed/", "fixed/index.html"),
        ("/fixed", "fixed.html"),
        ("fixed.htm", "fixed.htm"),
        ("/a%20b.html", "a b.html"),
    ],
)  # fmt: skip
def test_jekylls_styles_and_tokens(make_site: MakeSite, pattern: str, path: str) -> None:
    assert post_path(make_site, pattern) == path


def test_title_is_cut_as_jekyll_does(make_site: MakeSite) -> None:
    assert post_path(make_site, "/:title.html", "2025-05-03--a--B c.") == "a-B-c.html"


def test_declared_categories_stand_in_permalinks_by_their_slug(make_site: MakeSite) -> None:
    files = {
        "content/categories.yaml": "- {slug: tax, title: 税务}\n",
        "content/_posts/2025-05-03-a.md": POST.format(more="permalink: date"),
    }
    assert laid_out(make_site(files)).site.articles[0].path == "foo bar/tax/2025/05/03/a.html"


@given(
    st.text(),
    st.sampled_from(["tax", "税务", "c#", "á"]),
    st.sampled_from(
        ["/:category/:year/:slug.html", "/:slug", "/:slug/", "/:category-:slug?x", "/:slug/:slug/",
         "a:slug#x", "/:month//:day/x"]
    ),
)  # fmt: skip
def test_the_short_way_to_an_address_leads_where_the_long_one_does(
    name: str, category: str, pattern: str
) -> None:
    when = moment_at(1746234428, "Asia/Shanghai")

    class Post:
        permalink = ""
        slug = slugify(name)

    values = {"category": category, "year": "2025", "month": "05", "day": "03", "slug": Post.slug}
    path = article_path(pattern, Post, when, category, list)  # type: ignore[arg-type]
    assert path == expand(pattern, values)


def placed(make_site: MakeSite, patterns: str, files: Mapping[str, str]) -> set[str]:
    """Output paths of a site with these patterns."""
    config = f"{CONFIG}permalinks: {{{patterns}}}\n"
    site = make_site({"config.yaml": config, **files}).article("a", categories="x", tags="y")
    pages = laid_out(site)
    assert pages.problems == ()
    return paths(pages)


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ("article: pretty", {"x/2025/05/03/a/index.html"}),
        ("article: '/n/:path.html'", {"n/a.html"}),
        ("category: '/:slug/'", {"category/index.html", "x/index.html"}),
        ("category: /c-:slug.html", {"category/index.html", "c-x.html", "c-x.xml"}),
        ("tag: /t/%E6%A0%87/:slug.html", {"t/标/index.html", "t/标/y.html"}),
        ("archive: '/:year/:month/'", {"archive/index.html", "2025/05/index.html"}),
        ("archive: /when/:year-:month.html", {"when/2025/index.html", "when/2025-05.html"}),
        ("bureau: /b/:slug.html", {"b/index.html", "b/leshan.html", "b/leshan/feed.xml"}),
    ],
)
def test_patterns_of_the_site(make_site: MakeSite, patterns: str, expected: set[str]) -> None:
    assert expected <= placed(make_site, patterns, {})


@pytest.mark.parametrize(
    ("name", "permalink", "path"),
    [
        ("about", "", "about.html"),
        ("sub/index", "", "sub.html"),
        ("C# 100%?", "", "C# 100%?.html"),
        ("about", "/关于/", "关于/index.html"),
        ("sub/about", "/:path/:basename/:title:output_ext", "sub/about/about/about.html"),
    ],
)
def test_single_pages(make_site: MakeSite, name: str, permalink: str, path: str) -> None:
    text = f"---\ntitle: 页\npermalink: {permalink}\n---\n文。\n"
    pages = laid_out(make_site({f"content/pages/{name}.md": text}).article("a"))
    assert [page.path for page in pages.site.pages] == [path]
    assert [code for code, _, _ in found(pages)] == (["path-name"] if "?" in path else [])


def test_tokens_that_mean_nothing_are_errors(make_site: MakeSite) -> None:
    config = (
        CONFIG
        + "permalinks:\n  tag: /:slug.html\n  article: /:categorie/:slug.html\n  topic: /:year/\n"
    )
    site = make_site({"config.yaml": config}).article("a").article("b", permalink='"/:slag/:day"')
    pages = laid_out(site)
    assert found(pages) == [
        ("permalink-token", "content/articles/b.md", 4),
        ("permalink-token", "config.yaml", 5),
        ("permalink-token", "config.yaml", 6),
    ]
    assert pages.problems[0].arguments["near"] == ":slug"
    assert pages.problems[1].arguments["near"] == ":categories"


@pytest.mark.parametrize(
    ("permalink", "code"),
    [
        ("/../up.html", "path-outside"),
        ("/a/%2e%2e/%2E./up.html", "path-outside"),
        ("/con.html", "path-name"),
        ("/a./b.html", "path-name"),
        ('"/12:30.html"', "path-name"),
        (f"/{'长' * 90}.html", "path-long"),
    ],
)
def test_addresses_that_cannot_be_files(make_site: MakeSite, permalink: str, code: str) -> None:
    problem = only(laid_out(make_site().article("a", permalink=permalink)))
    assert (problem.code, problem.file, problem.line) == (code, "content/articles/a.md", 4)
