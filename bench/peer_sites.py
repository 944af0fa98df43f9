"""Writes the corpus as a site of each peer, with templates that make the same pages with the same content."""

import json
import shutil
from pathlib import Path

from corpus import CATEGORIES, TAGS, Article, articles, bureaus
from sites import GazetteSite, front_matter, write

HERE = Path(__file__).parent
CSS = HERE.parent / "gazette/themes/base/static/css/plain.css"


class HugoSite(GazetteSite):
    """The corpus as a site of Hugo, with templates that make the same pages with the same content."""

    name = "hugo"

    def write(self, count: int) -> None:
        """Write the whole site."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(HERE / "peers/hugo", self.root)
        (self.root / "static").mkdir()
        shutil.copy(CSS, self.root / "static/plain.css")
        names = {bureau.slug: bureau.name for bureau in bureaus()}
        for slug, name in names.items():
            for kind in ("bureaus", "ownbureaus"):
                if kind == "bureaus" or not slug.startswith("county"):
                    title = front_matter({"title": name}, "")
                    write(self.root / f"content/{kind}/{slug}/_index.md", title)
        for slug, title in TAGS:
            write(self.root / f"content/tags/{slug}/_index.md", front_matter({"title": title}, ""))
        self.write_categories("示例栏目1")
        write(self.root / "content/sitemap/_index.md", front_matter({"title": "网站地图"}, ""))
        write(self.root / "content/topics/_index.md", front_matter({"title": "专题"}, ""))
        for kind in ("articles", "ownbureaus", "years"):  # Gazette has no such page
            text = front_matter({"title": kind, "build": {"render": "never"}}, "")
            write(self.root / f"content/{kind}/_index.md", text)
        for year in sorted({f"{article.date:%Y}" for article in articles(count)}):
            write(self.root / f"content/years/{year}/_index.md", front_matter({"title": year}, ""))
        for article in articles(count):
            self.write_article(article)

    def write_categories(self, first: str) -> None:
        """Write the categories with this title for the first one."""
        for number, (slug, title) in enumerate(CATEGORIES):
            text = front_matter({"title": first if number == 0 else title}, "")
            write(self.root / f"content/categories/{slug}/_index.md", text)

    def write_article(self, article: Article, mark: str = "", title: str = "") -> None:
        """Write one article; `mark` goes into its text."""
        values: dict[str, object] = {
            "title": title or article.title,
            "date": article.date.strftime("%Y-%m-%dT%H:%M:%S+08:00"),
            "url": article.url,
            "categories": [article.category[0]],
            "tags": [slug for slug, _ in article.tags],
            "bureaus": [article.bureau.slug, *article.bureau.above],
            "months": [article.date.strftime("%Y-%m")],
            "source": "示例来源",
        }
        if not article.bureau.slug.startswith("county"):
            values["ownbureaus"] = [article.bureau.slug]
        write(self.path(article), front_matter(values, article.body + mark))

    def edit_template(self, mark: str) -> None:
        """Change the article template."""
        path = self.root / "layouts/page.html"
        write(path, path.read_text("utf-8").split("<!-- ")[0] + f"<!-- {mark} -->\n")


class SlowSite(GazetteSite):
    """What the sites of Pelican and Jekyll share: titles in a data file, and no edits but of texts."""

    css: str

    def write(self, count: int) -> None:
        """Write the whole site."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(HERE / "peers" / self.name, self.root)
        (self.root / self.css).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CSS, self.root / self.css)
        self.write_titles()
        for article in articles(count):
            self.write_article(article)

    def titles(self) -> str:
        """Titles of categories, tags and bureaus by slug, and each bureau's slugs above it."""
        names = {b.slug: {"title": b.name, "above": b.above} for b in bureaus()}
        found = {"categories": dict(CATEGORIES), "tags": dict(TAGS), "bureaus": names}
        return json.dumps(found, ensure_ascii=False)

    def write_titles(self) -> None:
        """Write the data file, and what else the site needs."""
        raise NotImplementedError

    def with_contents(self, article: Article, marker: str) -> str:
        """The text, with what asks for a table of contents after its first paragraph (the summary)."""
        first, _, others = article.body.partition("\n\n")
        return f"{first}\n\n{marker}\n\n{others}"


class PelicanSite(SlowSite):
    """The corpus as a site of Pelican."""

    name = "pelican"
    css = "theme/static/plain.css"

    def write_titles(self) -> None:
        """Write the data file, and robots.txt."""
        write(self.root / "corpus.json", self.titles())
        write(self.root / "content/robots.txt", "User-agent: *\nDisallow:\n")

    def write_article(self, article: Article, mark: str = "", title: str = "") -> None:
        """Write one article; `mark` goes into its text."""
        values = {
            "title": title or article.title,
            "date": article.date.strftime("%Y-%m-%d %H:%M"),
            "slug": article.slug,
            "category": article.category[0],
            "tags": ", ".join(slug for slug, _ in article.tags),
            "bureau": article.bureau.slug,
            "source": "示例来源",
        }
        lines = "\n".join(f"{key}: {value}" for key, value in values.items())
        write(self.path(article), f"{lines}\n\n{self.with_contents(article, '[TOC]')}{mark}")


class JekyllSite(SlowSite):
    """The corpus as a site of Jekyll."""

    name = "jekyll"
    css = "assets/plain.css"

    def path(self, article: Article) -> Path:
        """Where the article lies."""
        return self.root / f"_posts/{article.date:%Y}/{article.date:%Y-%m-%d}-{article.slug}.md"

    def write_titles(self) -> None:
        """Write the data file, and robots.txt."""
        write(self.root / "_data/corpus.json", self.titles())
        write(self.root / "robots.txt", "User-agent: *\nDisallow:\n")

    def write_article(self, article: Article, mark: str = "", title: str = "") -> None:
        """Write one article; `mark` goes into its text."""
        values: dict[str, object] = {
            "layout": "article",
            "title": title or article.title,
            "date": article.date.strftime("%Y-%m-%d %H:%M:%S +0800"),
            "permalink": article.url,
            "category": article.category[0],
            "tags": [slug for slug, _ in article.tags],
            "bureau": article.bureau.slug,
            "source": "示例来源",
        }
        text = self.with_contents(article, "* TOC\n{:toc}")
        write(self.path(article), front_matter(values, text + mark))
