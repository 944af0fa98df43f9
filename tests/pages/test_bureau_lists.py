"""A bureau's page: its news by category and by month, with or without its subordinates."""

from collections.abc import Callable

from tests.conftest import Site

MakeSite = Callable[..., Site]
TEMPLATE = """\
{{ scope }} {{ bureau.count }}
{% for news in by_category %}{{ news.category.title }}:{{ news.category.href }}:{{ news.count }}:\
{% for card in news.cards %}{{ card.title }},{% endfor %}

{% endfor %}
{% for month in months %}{{ month.title }}={{ month.count }} {% endfor %}
"""
CATEGORIES = "[{slug: wenming, title: 文明}, {slug: yaowen, title: 要闻}]\n"
TREE = """\
- slug: sichuan
  name: 国家税务总局四川省税务局
  level: province
  children:
    - {slug: leshan, name: 国家税务总局乐山市税务局, level: city}
    - {slug: yibin, name: 国家税务总局宜宾市税务局, level: city}
"""


def site_with_news(make_site: MakeSite) -> Site:
    site = make_site(
        {
            "themes/base/templates/bureau.html": TEMPLATE,
            "content/bureaus.yaml": TREE,
            "content/categories.yaml": CATEGORIES,
        }
    )
    for month in range(1, 8):
        site.article(f"a{month}", date=f"2025-{month:02}-01", categories="yaowen", bureau="leshan")
    site.article("b", date="2024-09-09", categories="wenming", bureau="sichuan")
    return site.article("c", date="2024-07-01", bureau="sichuan")


def test_news_by_category_with_and_without_subordinates(make_site: MakeSite) -> None:
    site = site_with_news(make_site).built()
    yaowen = "要闻:category/yaowen.html:7:a7,a6,a5,a4,a3,"
    wenming, none = "文明:category/wenming.html:1:b,", "::1:c,"
    assert site.page("bureau/sichuan/index.html").split("\n")[:4] == [
        "all 9",
        wenming,
        yaowen,
        none,
    ]
    assert site.page("bureau/sichuan/own.html").split("\n")[:3] == ["own 2", wenming, none]


def test_publications_a_month(make_site: MakeSite) -> None:
    site = site_with_news(make_site).built()
    line = site.page("bureau/sichuan/index.html").split("\n")[4]
    assert line.split() == [
        *(f"2024年{month:02}月={int(month == 9)}" for month in range(8, 13)),
        *(f"2025年{month:02}月=1" for month in range(1, 8)),
    ]
    assert site.page("bureau/yibin/index.html").split("\n")[1:] == [""]


def test_an_article_changes_only_its_bureau_and_those_above(make_site: MakeSite) -> None:
    site = site_with_news(make_site).built()
    before = site.files()
    site.article("d", date="2025-08-01", categories="yaowen", bureau="leshan").built()
    after = site.files()
    changed = {path for path, data in after.items() if before.get(path) != data}
    pages = {path for path in changed if path.startswith("bureau/") and path.endswith(".html")}
    assert pages == {"bureau/index.html", "bureau/sichuan/index.html", "bureau/leshan/index.html"}
    assert site.built(clean=True).files() == after


def test_nothing_is_told_of_mentions_or_numbered_pages(make_site: MakeSite) -> None:
    site = site_with_news(make_site)
    site.write({"config.yaml": "site: {title: 站}\ntheme: base\npagination: {size: 2}\n"})
    site.article("m", "宜宾市税务局来访。", bureau="leshan").built()
    assert "=" not in site.page("bureau/yibin/mentions.html")
    assert "=" not in site.page("bureau/sichuan/page/1.html")
    assert "=" in site.page("bureau/sichuan/own.html")
