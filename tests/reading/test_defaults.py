"""`defaults: [{path, values}]` in config.yaml."""

from collections.abc import Callable

import pytest

from gazette.config.front_matter import FrontMatter
from gazette.config.settings import Default
from gazette.reading.defaults import covers
from gazette.reading.model import Document
from tests.conftest import CONFIG, Site
from tests.reading.reader import read, sound

MakeSite = Callable[..., Site]


def document(path: str, front_matter: str, *defaults: tuple[str, FrontMatter]) -> Document:
    text = f"---\ntitle: 甲\ndate: 2025-05-03\n{front_matter}\n---\n"
    return sound(read(text, path, defaults=tuple(Default(*default) for default in defaults)))


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("", "articles/a.md", True),
        ("content", "articles/a.md", True),
        ("articles", "articles/a.md", True),
        ("/content/articles/", "articles/b/a.md", True),
        ("articles/a.md", "articles/a.md", True),
        ("articles/a", "articles/ab.md", False),
        ("articles/*", "articles/b/c/a.md", True),
        ("articles/*/c", "articles/b/c/a.md", True),
        ("articles/*/c", "articles/b/d/c/a.md", False),
        ("articles/**/c", "articles/b/d/c/a.md", True),
        ("articles/202?", "articles/2025/a.md", True),
        ("articles/*.md", "articles/b.md", True),
        ("articles/[x]", "articles/[x]/a.md", True),
        ("articles/cafe\u0301", "articles/caf\u00e9/a.md", True),
        ("pages", "articles/a.md", False),
    ],
)
def test_which_documents_a_path_means(pattern: str, path: str, fits: bool) -> None:
    assert covers(pattern, path) is fits


def test_front_matter_wins() -> None:
    default = ("articles", FrontMatter(source="甲报", weight=3, extra={"a": 1, "b": 1}))
    given = document("articles/a.md", "source: 乙报\nb: 2", default)
    assert (given.source, given.weight, given.extra) == ("乙报", 3, {"a": 1, "b": 2})


def test_the_most_specific_path_wins() -> None:
    defaults = [
        ("content/articles/", FrontMatter(source="甲报", editor="甲")),
        ("articles/b", FrontMatter(source="乙报")),
        ("", FrontMatter(source="丙报", kicker="丙")),
    ]
    given = document("articles/b/a.md", "", *defaults)
    assert (given.source, given.editor, given.kicker) == ("乙报", "甲", "丙")


def test_of_equal_paths_the_later_wins() -> None:
    defaults = [("articles", FrontMatter(source="甲报")), ("articles", FrontMatter(source="乙报"))]
    assert document("articles/a.md", "", *defaults).source == "乙报"


@pytest.mark.parametrize(
    ("front_matter", "default"),
    [
        ("category: 党建", FrontMatter(categories=("要闻",))),
        ("categories: 党建", FrontMatter(category="要闻")),
    ],
)
def test_another_key_for_the_same_thing_wins_too(front_matter: str, default: FrontMatter) -> None:
    assert document("articles/a.md", front_matter, ("", default)).categories == ("党建",)


def test_published_wins_over_a_default_draft() -> None:
    assert not document("articles/a.md", "published: true", ("", FrontMatter(draft=True))).draft


def test_bad_values_are_told_once_in_config_yaml(make_site: MakeSite) -> None:
    config = (
        CONFIG
        + "defaults:\n  - path: articles\n    values:\n      editor: 甲\n      expires: 明天\n"
    )
    report = make_site({"config.yaml": config}).article("a").article("b").build()
    told = [(p.code, p.file, p.line) for p in report.problems if p.severity == "error"]
    assert told == [("date-invalid", "config.yaml", 7)]


def test_values_of_the_wrong_type_are_told_in_config_yaml(make_site: MakeSite) -> None:
    config = CONFIG + "defaults:\n  - path: articles\n    values: {draft: maybe}\n"
    report = make_site({"config.yaml": config}).article("a").build()
    assert [(p.code, p.file, p.line) for p in report.problems] == [("value-type", "config.yaml", 5)]
