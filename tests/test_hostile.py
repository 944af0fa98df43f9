"""Input that once broke the engine, or came out wrong without a word."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CONFIG, Site, codes

MakeSite = Callable[..., Site]
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@needs_links
@pytest.mark.parametrize("folder", ["templates/article.html", "static/x.txt"])
def test_links_out_of_a_theme_are_refused(make_site: MakeSite, tmp_path: Path, folder: str) -> None:
    (tmp_path / "secret").write_text("secret")
    site = make_site({"themes/base/theme.yaml": ""}).article("a")
    link = site.root / "themes/base" / folder
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "secret")
    report = site.build()
    assert [(p.code, p.file) for p in report.problems] == [
        ("link-outside", f"themes/base/{folder}")
    ]


@needs_links
def test_links_out_of_the_settings_are_refused(make_site: MakeSite, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    site = make_site().article("a")
    (site.root / "content/categories.yaml").symlink_to(tmp_path / "secret")
    assert "link-outside" in codes(site.build())


def test_no_page_lies_in_the_stage(make_site: MakeSite) -> None:
    report = make_site().article("a", permalink="/.gazette-stage/x.html").build()
    assert codes(report) == ["path-outside"]


def test_numbers_of_any_length_are_read(make_site: MakeSite) -> None:
    site = make_site({"content/data/x.yaml": f"- {{n: {'9' * 5000}}}\n"})
    site.article("a", serial="9" * 5000).built()


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://x/a/../../b", "https://x:abc/", "https://x\\y"]
)
def test_addresses_that_no_site_can_have(make_site: MakeSite, url: str) -> None:
    config = f"site: {{title: x, url: '{url}'}}\ntheme: base\n"
    assert set(codes(make_site({"config.yaml": config}).article("a").build())) == {"value-invalid"}


def test_static_files_are_published_whatever_their_names(make_site: MakeSite) -> None:
    names = [".well-known/x.txt", ".htaccess", ".nojekyll", "_headers/x", "x~"]
    files = {f"content/static/{name}": "x" for name in names}
    site = make_site({**files, "content/static/Thumbs.db": "x"}).article("a").built()
    assert set(names) <= set(site.files())
    assert "Thumbs.db" not in site.files()


def test_pages_of_a_jekyll_tree_may_hold_liquid_links(make_site: MakeSite) -> None:
    page = (
        "---\ntitle: 关于\n---\n[x]({% post_url 2022-01-01-a %}) ![j]({{ site.baseurl }}/i.png)\n"
    )
    report = make_site({"content/about.md": page}).article("a").build()
    assert report.published
    assert "liquid-left" in codes(report)


def test_a_post_without_a_date_is_passed_over_and_told(make_site: MakeSite) -> None:
    site = make_site({"content/_posts/nodate.md": "---\ntitle: x\n---\n"}).article("a")
    report = site.build()
    assert report.published and report.articles == 1
    assert [(p.severity, p.code) for p in report.problems] == [("warning", "date-missing")]


@pytest.mark.parametrize("key", ["badge", "report_error", "correction"])
def test_footer_links_are_web_addresses(make_site: MakeSite, key: str) -> None:
    config = f"site: {{title: x, links: {{{key}: 'javascript:alert(1)'}}}}\ntheme: base\n"
    assert codes(make_site({"config.yaml": config}).article("a").build()) == ["value-invalid"]


def test_mistakes_may_be_reported_by_mail(make_site: MakeSite) -> None:
    config = "site: {title: x, links: {correction: editor@example.com}}\ntheme: portal\n"
    site = make_site({"config.yaml": config}).article("a").built()
    assert 'href="mailto:editor@example.com"' in site.page("2025/05/a.html")


def test_menu_entries_may_lead_to_other_hosts(make_site: MakeSite) -> None:
    menu = "menu: [{title: m, url: 'https://example.org/x'}, {title: f, url: /feed.xml}]\n"
    site = make_site({"config.yaml": CONFIG + menu}).article("a").built()
    assert 'href="https://example.org/x"' in site.page("2025/05/a.html")
    assert 'href="../../feed.xml"' in site.page("2025/05/a.html")


@pytest.mark.parametrize("folder", [".gazette", ".git/x"])
def test_the_site_is_not_built_among_other_programs_files(make_site: MakeSite, folder: str) -> None:
    site = make_site({"config.yaml": f"{CONFIG}output: {{dir: {folder}}}\n"}).article("a")
    assert codes(site.build()) == ["output-misplaced"]


def test_pages_are_html(make_site: MakeSite) -> None:
    site = make_site().article("a", permalink="/a.xml").built()
    assert "a.xml.html" in site.files()


@pytest.mark.parametrize("body", ["[" * 20_000, "[a](" * 8000, "<a " * 8000, "[^1]" * 5000])
def test_texts_that_would_take_minutes_are_refused(make_site: MakeSite, body: str) -> None:
    report = make_site().article("a", body=body).build()
    assert codes(report) == ["markup-too-deep"]


def test_a_large_table_in_html_is_no_bomb(make_site: MakeSite) -> None:
    make_site().article("a", body="<table>" + "<tr><td>x</td></tr>" * 1000 + "</table>").built()


@pytest.mark.parametrize("link", ["http://[", "//[bad", "https://", "http:///x"])
def test_links_that_no_browser_can_follow_lose_their_address(
    make_site: MakeSite, link: str
) -> None:
    site = make_site().article("a", body=f"[x]({link})")
    report = site.build()
    assert report.published
    assert codes(report) == ["link-scheme"]
    assert f'href="{link}"' not in site.page("2025/05/a.html")
