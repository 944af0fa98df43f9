"""A Jekyll tree, unedited under content/, builds as Jekyll 4.3 would lay it out."""

from collections.abc import Callable

from tests.conftest import Site, codes

MakeSite = Callable[..., Site]
POST = """\
---
layout: post
title: "示例：一年小结"
date: 2022-01-17 08:54:02 +0800
categories: zhongguoshuiwubao
tags: 示例新闻
---
<p>第一段。</p>
 <p>第二段。</p>

<http://example.com/a?b=1>

[返回](//example.com/x.html)
"""


def test_a_post_stands_where_jekyll_puts_it(make_site: MakeSite) -> None:
    site = make_site({"content/_posts/2022-01-17-yi-nian-xiao-jie.md": POST}).built()
    page = site.page("zhongguoshuiwubao/2022/01/yi-nian-xiao-jie.html")
    assert "2022-01-17 08:54" in page
    assert 'href="//example.com/x.html"' in page
    address = "zhongguoshuiwubao/2022/01/yi-nian-xiao-jie.html"
    assert address in site.page("category/zhongguoshuiwubao.html")
    assert address in site.page("tag/shi-li-xin-wen.html")


def test_folders_above_posts_are_categories(make_site: MakeSite) -> None:
    site = make_site({"content/dangjian/_posts/2022-01-17-a.md": POST}).built()
    page = "zhongguoshuiwubao/2022/01/a.html"
    assert page in site.page("category/dangjian.html")
    assert page in site.page("category/zhongguoshuiwubao.html")


def test_a_post_needs_no_front_matter(make_site: MakeSite) -> None:
    site = make_site({"content/_posts/2022-01-17-hello-world.md": "正文。\n"}).built()
    assert "Hello World" in site.page("2022/01/hello-world.html")


def test_drafts_and_unpublished_stay_hidden(make_site: MakeSite) -> None:
    unpublished = POST.replace("layout: post", "published: false")
    site = make_site({
        "content/_drafts/a.md": POST, "content/_posts/2022-01-17-b.md": unpublished,
    })  # fmt: skip
    assert site.build().articles == 0
    assert site.build(drafts=True).articles == 2


def test_other_underscore_folders_are_ignored(make_site: MakeSite) -> None:
    site = make_site({
        "content/_posts/2022-01-17-a.md": POST,
        "content/_layouts/post.html": "<html>{{ content }}</html>",
        "content/_includes/x.html": "{% if %}",
    })  # fmt: skip
    report = site.build()
    assert report.published
    assert codes(report) == []


def test_pages_beside_the_posts(make_site: MakeSite) -> None:
    page = "---\ntitle: 关于\npermalink: /about/\n---\n正文。\n"
    site = make_site({"content/_posts/2022-01-17-a.md": POST, "content/about.md": page}).built()
    assert "正文。" in site.page("about/index.html")


def test_jekyll_permalink_styles(make_site: MakeSite) -> None:
    expected = {
        "date": "zhongguoshuiwubao/2022/01/17/Ab-c.html",
        "pretty": "zhongguoshuiwubao/2022/01/17/Ab-c/index.html",
        "ordinal": "zhongguoshuiwubao/2022/017/Ab-c.html",
        "none": "zhongguoshuiwubao/Ab-c.html",
    }
    for style, path in expected.items():
        config = f"site: {{title: x}}\ntheme: base\npermalinks: {{article: {style}}}\n"
        files = {"config.yaml": config, "content/_posts/2022-01-17-Ab-c.md": POST}
        assert path in make_site(files).built().files()


def test_redirects_and_liquid(make_site: MakeSite) -> None:
    post = (
        POST.replace("tags:", "redirect_from: /old/a\ntags:")
        + "\n{% include x.html %} {{ site.x }}\n"
    )
    site = make_site({"content/_posts/2022-01-17-a.md": post})
    report = site.build()
    assert codes(report) == ["liquid-left"]
    assert "zhongguoshuiwubao/2022/01/a.html" in site.page("old/a/index.html")
    assert "{{ site.x }}" in site.page("zhongguoshuiwubao/2022/01/a.html")


def test_dead_links_of_old_posts_are_warnings(make_site: MakeSite) -> None:
    post = POST + "\n![x](/img/gone.png) [y](/2019/gone.html)\n"
    site = make_site({"content/_posts/2022-01-17-a.md": post})
    report = site.build()
    assert report.published
    assert codes(report) == ["link-missing", "link-missing"]
    assert "gone" not in site.page("zhongguoshuiwubao/2022/01/a.html")
