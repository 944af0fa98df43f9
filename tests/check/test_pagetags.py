"""Tags and footers of the built pages."""

from collections.abc import Callable

from gazette.checking.run import CheckOptions, check
from tests.conftest import AS_OF, CONFIG, Site

FULL = """\
site:
  title: 测试站点
  url: https://www.example.com/sub
  organizer: 示例单位
  site_id_code: bm12345678
  icp: 示例备案0001号
  police_record: 示例公网安备0001号
  contact: {phone: "12366"}
  links: {badge: https://www.example.com/badge, report_error: https://www.example.com/report}
theme: portal
"""
COLUMNS = "- {slug: news, title: 工作动态, description: 说明, keywords: [动态], type: 工作动态}\n"


def found(site: Site) -> list[tuple[str, str, str]]:
    options = CheckOptions(site.root, as_of=AS_OF, names=frozenset(["pagetags"]))
    rows = check(options).rows
    return [(row.problem.code, row.found, row.problem.arguments["count"]) for row in rows]


def test_a_complete_site_lacks_nothing(make_site: Callable[..., Site]) -> None:
    site = make_site({"config.yaml": FULL, "content/categories.yaml": COLUMNS})
    site.article("a", categories="news", source="本站").built()
    assert found(site) == []


def test_faults_of_many_pages_are_told_once(make_site: Callable[..., Site]) -> None:
    site = make_site({"config.yaml": CONFIG, "content/categories.yaml": COLUMNS})
    site.article("a", categories="news").article("b", categories="news").built()
    rows = found(site)
    assert ("pagetags-missing", "SiteIDCode", "6") in rows
    assert ("pagetags-footer", "公安备案号", "6") in rows
    assert len([row for row in rows if row[0] == "pagetags-footer"]) > 3


def test_wrong_and_empty_tags(make_site: Callable[..., Site]) -> None:
    site = make_site({"config.yaml": FULL, "content/categories.yaml": COLUMNS})
    site.article("a", categories="news", source="本站").built()
    page = site.output / "news/2025/05/a.html"
    text = page.read_text("utf-8").replace("2025-05-03 09:30", "2025/5/3")
    page.write_text(
        text.replace('name="ContentSource" content="本站"', 'name="ContentSource" content=""'),
        "utf-8",
    )
    assert [row[:2] for row in found(site)] == [
        ("pagetags-empty", "ContentSource"),
        ("pagetags-form", "PubDate"),
    ]


def test_a_site_that_is_not_built_says_nothing(make_site: Callable[..., Site]) -> None:
    assert found(make_site().article("a")) == []
