"""The portal theme with little content, with much, and with none."""

import re
from collections.abc import Callable

from tests.conftest import PNG, Site

MakeSite = Callable[..., Site]
CONFIG = """\
site: {title: 站点, url: https://example.com}
search: {enabled: false}
home:
  - {template: photo_news, query: all}
  - {template: latest, query: all}
  - {template: media, query: all}
  - {template: bureaus, query: bureaus}
queries:
  all: {from: articles}
  bureaus: {from: bureaus, limit: 200}
"""


def names(page: str) -> list[str]:
    return re.findall(r'<section class="block ([\w -]+) w-', page)


def many(count: int) -> str:
    children = "".join(f"    - {{slug: c{n}, name: 示例{n}县税务局}}\n" for n in range(count))
    return f"- slug: top\n  name: 示例市税务局\n  children:\n{children}"


def test_blocks_without_content_are_left_out(make_site: MakeSite) -> None:
    """No pictures, one article, bureaus without a level: no empty frame, no empty list."""
    site = make_site({"config.yaml": CONFIG, "content/bureaus.yaml": many(2)}).article("a").built()
    page = site.page("index.html")
    assert names(page) == ["bureaus"]
    assert '<ul class="rows">' not in page
    assert re.findall(r'<dt class="vh">(.*?)</dt>', page) == ["其他"]
    assert page.count('href="bureau/') == 3
    body = "![图](a.png)"
    site.write({"content/articles/a.png": PNG}).article("b", body).built()
    page = site.page("index.html")
    assert names(page) == ["carousel", "bureaus"]
    assert page.count('<ul class="wall">') == 1


def test_bureaus_with_a_level_and_without(make_site: MakeSite) -> None:
    bureaus = "- {slug: a, name: 甲局, level: city}\n- {slug: b, name: 乙局}\n"
    site = make_site({"config.yaml": CONFIG, "content/bureaus.yaml": bureaus}).article("a").built()
    assert re.findall(r"<dt>(.*?)</dt>", site.page("index.html")) == ["市级", "其他"]


def test_many_subordinates_stand_in_the_wide_column(make_site: MakeSite) -> None:
    for count, wide in ((20, False), (21, True)):
        site = make_site({"config.yaml": CONFIG, "content/bureaus.yaml": many(count)}).built()
        main, _, aside = site.page("bureau/top/index.html").partition("</main>")
        assert ("<h2>下级单位" in main, "<h2>下级单位" in aside) == (wide, not wide)


def test_a_bureau_shows_eight_categories_and_all_by_date(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG})
    for number in range(10):
        site.article(f"a{number}", categories=f"c{number}", bureau="leshan")
    page = site.built().page("bureau/leshan/index.html")
    assert page.count('<section class="block">\n<div class="head"><h3>') == 8
    assert all(f">a{number}</a>" in page.partition("entries")[2] for number in range(10))


def test_the_directory_runs_its_lowest_level_on(make_site: MakeSite) -> None:
    bureaus = "- slug: a\n  name: 甲局\n  children:\n    - slug: b\n      name: 乙局\n      children: [{slug: c, name: 丙局}, {slug: d, name: 丁局}]\n"
    page = make_site({"config.yaml": CONFIG, "content/bureaus.yaml": bureaus}).built().page("bureau/index.html")  # fmt: skip
    assert re.findall(r'<ul class="(few|leaves)">', page) == ["few", "leaves"]


def test_an_empty_directory_says_so(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG, "content/bureaus.yaml": "[]\n"}).article("a").built()
    page = site.page("bureau/index.html")
    assert "暂无内容" in page and "g-filter" not in page


def test_months_stand_below_their_year(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG}).article("a", date="2025-05-03").built()
    assert '<span class="vh">2025年</span>05月<' in site.page("archive/index.html")


def test_pictures_in_lists_are_dated(make_site: MakeSite) -> None:
    site = make_site({"config.yaml": CONFIG, "content/articles/a.png": PNG})
    for number in range(3):
        site.article(f"a{number}", "![图](a.png)", bureau="leshan")
    site.built()
    for path, opens in (("fragments/latest.html", "side-pictures"), ("bureau/leshan/index.html", "wall")):  # fmt: skip
        listed = site.page(path).partition(f'<ul class="{opens}')[2].partition("</ul>")[0]
        assert listed.count("<li>") == listed.count("<time") == 3
