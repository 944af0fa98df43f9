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
