"""File names that were not meant."""

from collections.abc import Callable

from tests.conftest import Site


def test_an_article_saved_as_text_is_told(make_site: Callable[..., Site]) -> None:
    """Notepad adds an ending and hides it."""
    files = {"content/articles/a.md.txt": "---\ntitle: 甲\n---\n", "content/articles/b.txt": "附件"}
    report = make_site(files).article("c").build()
    assert [(p.code, p.file) for p in report.problems] == [
        ("name-doubled", "content/articles/a.md.txt")
    ]


def test_names_that_are_nearly_known_are_told(make_site: Callable[..., Site]) -> None:
    page = "---\ntitle: 甲\n---\n正文。\n"
    files = {
        "content/article/x.md": page,
        "content/article/y.md": page,
        "content/Topics/x.md": page,
        "content/articles/z.mdown": page,
        "content/categories.yml": "[]\n",
        "content/bureau.yaml": "[]\n",
    }
    report = make_site(files).article("c").build()
    assert [(p.file, p.arguments["right"]) for p in report.problems if p.code == "name-near"] == [
        ("content/Topics", "topics"),
        ("content/article", "articles"),
        ("content/articles/z.mdown", "z.md"),
        ("content/bureau.yaml", "bureaus.yaml"),
        ("content/categories.yml", "categories.yaml"),
    ]


def test_other_names_are_nobodys_business(make_site: Callable[..., Site]) -> None:
    """A Jekyll tree has folders of its own; a folder without documents holds pictures."""
    page = "---\ntitle: 甲\n---\n正文。\n"
    files = {
        "content/about.md": page,
        "content/guide/x.md": page,
        "content/article/x.jpg": b"",
        "content/data/tag.yml": "[]\n",
        "content/site.yml": "",
        "content/static/z.mdown": "",
    }
    assert make_site(files).article("c").build().problems == ()
