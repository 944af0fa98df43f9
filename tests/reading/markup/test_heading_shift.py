"""Headings below the page's title."""

import pytest

from .outcome import cleaned, html_of


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("# 一\n\n## 二\n\n###### 六", ["h2", "h3", "h6"]),
        ("## 二\n\n### 三", ["h2", "h3"]),
        ("甲\n===\n\n乙\n---", ["h2", "h3"]),
        ("<h1>一</h1>\n\n## 二", ["h2", "h3"]),
    ],
)
def test_levels(source: str, tags: list[str]) -> None:
    html = html_of(source)
    assert [html[i + 1 : i + 3] for i in range(len(html)) if html.startswith("<h", i)] == tags
    assert all(html.count(f"<{tag} ") == html.count(f"</{tag}>") for tag in tags)


def test_html_documents_and_switch() -> None:
    assert cleaned("<h1>一</h1>") == '<h2 id="一">一</h2>'
    assert html_of("# 一", heading_shift=False) == '<h1 id="一">一</h1>'
    assert cleaned("<h1>一</h1>", heading_shift=False) == '<h1 id="一">一</h1>'
