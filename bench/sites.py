"""Writes the corpus as a site of Gazette, and makes the edits that are timed."""

import json
import shutil
from collections import defaultdict
from pathlib import Path

from corpus import CATEGORIES, TAGS, Article, Bureau, articles, bureaus


def write(path: Path, text: str) -> None:
    """Write a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def front_matter(values: dict[str, object], body: str) -> str:
    """A document."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body


class GazetteSite:
    """The corpus as a site of Gazette."""

    name = "gazette"

    def __init__(self, root: Path, theme: str = "base") -> None:
        self.root = root
        self.theme = theme

    def write(self, count: int) -> None:
        """Write the whole site."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.edit_settings("示例单位")
        write(self.root / "themes/mine/theme.yaml", f"extends: {self.theme}\n")
        self.write_categories("示例栏目1")
        write(
            self.root / "content/tags.yaml", json.dumps([{"slug": s, "title": t} for s, t in TAGS])
        )
        write(self.root / "content/bureaus.yaml", json.dumps(_tree(bureaus()), ensure_ascii=False))
        for article in articles(count):
            self.write_article(article)

    def write_categories(self, first: str) -> None:
        """Write categories.yaml with this title for the first category."""
        rows = [{"slug": slug, "title": title} for slug, title in CATEGORIES]
        rows[0]["title"] = first
        write(self.root / "content/categories.yaml", json.dumps(rows, ensure_ascii=False))

    def edit_settings(self, mark: str) -> None:
        """Write config.yaml with this name of the organizer, which every page shows."""
        settings = {
            "site": {"title": "示例站点", "url": "https://example.com", "organizer": mark},
            "theme": "mine",
            "gate": {"mode": "off"},  # the peers check nothing
            "permalinks": {"category": "/category/:slug.html"},
        }
        write(self.root / "config.yaml", json.dumps(settings, ensure_ascii=False))

    def path(self, article: Article) -> Path:
        """Where the article lies."""
        return self.root / f"content/articles/{article.date:%Y}/{article.slug}.md"

    def write_article(self, article: Article, mark: str = "", title: str = "") -> None:
        """Write one article; `mark` goes into its text."""
        values = {
            "title": title or article.title,
            "date": article.date.strftime("%Y-%m-%d %H:%M:%S +0800"),
            "categories": [article.category[0]],
            "tags": [name for _, name in article.tags],
            "bureau": article.bureau.slug,
            "source": "示例来源",
        }
        write(self.path(article), front_matter(values, article.body + mark))

    def edit_template(self, mark: str) -> None:
        """Change the article template."""
        text = (
            '{% extends "parent/article.html" %}\n{% block footer %}{{ super() }}<!-- '
            + mark
            + " -->{% endblock %}\n"
        )
        write(self.root / "themes/mine/templates/article.html", text)


def _tree(rows: list[Bureau]) -> list[dict[str, object]]:
    below: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    top = []
    for bureau in reversed(rows):
        node = {"slug": bureau.slug, "name": bureau.name, "children": below[bureau.slug][::-1]}
        (below[bureau.above[-1]] if bureau.above else top).append(node)
    return top
