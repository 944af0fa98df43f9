"""Queries: from, where, scope, sort, limit."""

from collections.abc import Callable
from typing import Any

import pytest

from gazette.config.settings import Query
from gazette.site.queries import answer, unknown_fields
from tests.conftest import PNG, Site
from tests.site.layout import laid_out

MakeSite = Callable[..., Site]
DATA = """\
- {name: 乙, points: 10, shown: true}
- {name: 甲, points: 9, tags: [x, y], shown: false}
- {name: 丙}
- 只是文字
"""


@pytest.fixture
def site(make_site: MakeSite) -> Any:
    made = make_site(
        {
            "content/data/rows.yaml": DATA,
            "content/data/one.yaml": "name: 单\n",
            "content/data/dated.yaml": "- {t: a, date: '2025-01-01'}\n- {t: b, date: '2025-02-01'}\n",
            "content/categories.yaml": "- {slug: news, title: 要闻}\n- {slug: law, title: 政策}\n",
            "content/pages/a.md": "---\ntitle: 旧页\ndate: 2024-01-01\n---\n文。\n",
            "content/pages/b.md": "---\ntitle: 新页\ndate: 2025-01-01\n---\n文。\n",
            "content/articles/c.png": PNG,
        }
    )
    made.article(
        "a", date="2025-05-01", categories="[要闻, law]", weight=3, points=7, source="甲报"
    )
    made.article("b", date="2025-05-02", categories="law", tags="[ＶＡＴ]", cover="c.png", weight=1)
    made.article(
        "c", date="2025-05-03", bureau="leshan", pinned="true", points=12, adopted="[{level: 省级}]"
    )
    return laid_out(made).site


def titles(site: Any, source: str = "articles", **query: Any) -> list[str]:
    found = answer(Query(source=source, **query), site)
    return [row["name"] if isinstance(row, dict) else row.title for row in found]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, "cba"),
        ({"category": "news"}, "a"),
        ({"category": "law"}, "b"),
        ({"categories": "政策"}, "ba"),
        ({"categories": ["news", "none"]}, "a"),
        ({"categories": "law", "cover": True}, "b"),
        ({"cover": False}, "ca"),
        ({"tags": "vat"}, "b"),
        ({"tags": True}, "b"),
        ({"bureaus": "乐山市税务局"}, "c"),
        ({"pinned": True}, "c"),
        ({"weight": [1, 3]}, "ba"),
        ({"year": 2025, "month": "05"}, "cba"),
        ({"source": None}, "cb"),
        ({"extra.points": 7}, "a"),
        ({"extra.points": True}, "ca"),
        ({"adopted": "省级"}, "c"),
        ({"title": "A"}, "a"),
    ],
)
def test_where_is_equality_or_membership(site: Any, where: dict[str, Any], expected: str) -> None:
    assert "".join(titles(site, where=where)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-date", "cba"), ("date", "abc"), ("weight", "cba"), ("-weight", "abc"),
        ("extra.points", "bac"), ("title", "abc"), ("categories", "cba"), ("-source", "acb"),
    ],
)  # fmt: skip
def test_sort_orders_any_values(site: Any, sort: str, expected: str) -> None:
    assert "".join(titles(site, sort=sort)) == expected
    assert "".join(titles(site, sort=sort, limit=2)) == expected[:2]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"source": "pages"}, ["新页", "旧页"]),
        ({"source": "pages", "sort": "date"}, ["旧页", "新页"]),
        ({"source": "categories"}, ["要闻", "政策"]),
        ({"source": "categories", "sort": "-count"}, ["政策", "要闻"]),
        ({"source": "categories", "where": {"count": 1}}, ["要闻"]),
        ({"source": "tags"}, ["ＶＡＴ"]),
        ({"source": "topics"}, []),
        ({"source": "bureaus"}, ["四川省税务局", "乐山市税务局"]),
        ({"source": "bureaus", "where": {"level": "city"}}, ["乐山市税务局"]),
        ({"source": "bureaus", "sort": "latest", "where": {"latest": True}}, ["四川省税务局", "乐山市税务局"]),
        ({"source": "data.rows", "where": {"name": True}}, ["乙", "甲", "丙"]),
        ({"source": "data.rows", "where": {"tags": "Y"}}, ["甲"]),
        ({"source": "data.rows", "where": {"shown": True}}, ["乙"]),
        ({"source": "data.rows", "where": {"name": True}, "sort": "points"}, ["丙", "甲", "乙"]),
        ({"source": "data.one"}, ["单"]),
        ({"source": "data.none"}, []),
    ],
)  # fmt: skip
def test_every_source(site: Any, query: dict[str, Any], expected: list[str]) -> None:
    assert titles(site, **query) == expected


def test_rows_with_a_date_come_newest_first(site: Any) -> None:
    rows = answer(Query(source="data.dated"), site)
    assert [row["t"] for row in rows] == ["b", "a"]


def test_scope_page_takes_the_articles_of_the_page(site: Any) -> None:
    found = answer(Query(scope="page"), site, site.articles[1:])
    assert [card.title for card in found] == ["b", "a"]


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        (Query(where={"categorie": "x", "tags": "y", "extra.x": 1}), ["categorie"]),
        (Query(sort="dat"), ["dat"]),
        (Query(sort="-extra.x"), []),
        (Query(source="pages", where={"weight": 1}), ["weight"]),
        (Query(source="bureaus", where={"level": "city"}, sort="-latests"), ["latests"]),
        (Query(source="data.rows", where={"nam": 1}, sort="points"), ["nam"]),
    ],
)
def test_unknown_fields(site: Any, query: Query, unknown: list[str]) -> None:
    assert [name for name, _ in unknown_fields(query, site)] == unknown
