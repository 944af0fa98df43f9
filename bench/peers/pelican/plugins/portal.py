"""What Pelican has no page kind for: bureaus with those below them, months, years, the JSON feed; neighbours."""

import itertools
import json

from pelican import signals
from pelican.generators import Generator


def neighbours(generator):
    """Give each article the next and the previous one, and its bureau."""
    corpus = generator.settings["CORPUS"]
    articles = generator.articles
    around = zip([None, *articles], articles, [*articles[1:], None], strict=False)
    for newer, article, older in around:
        article.newer, article.older = newer, older
        article.bureau_title = corpus["bureaus"][article.bureau]["title"]


class Portal(Generator):
    """Writes the pages; called after the articles are read."""

    def generate_output(self, writer):
        """Write what Pelican itself does not."""
        self.writer = writer
        articles = self.context["articles"]
        self._bureaus(articles)
        self._archive(articles)
        self._write("feed.json", "feed_json", articles=articles[:20])
        self._write("sitemap.xml", "sitemap_xml", articles=articles)

    def _write(self, path, template, **values):
        self.writer.write_file(
            path, self.get_template(template), self.context, relative_urls=True, url=path, **values
        )

    def _list(self, path, title, articles):
        self._write(
            path, "list", template_name="list", title=title, articles=articles,
            paginated={"articles": articles},
        )  # fmt: skip

    def _bureaus(self, articles):
        bureaus = self.settings["CORPUS"]["bureaus"]
        below = {slug: [] for slug in bureaus}
        own = {slug: [] for slug in bureaus}
        for article in articles:
            own[article.bureau].append(article)
            for slug in (article.bureau, *bureaus[article.bureau]["above"]):
                below[slug].append(article)
        rows = []
        for slug, bureau in bureaus.items():
            path = f"bureau/{slug}/index.html"
            rows.append((path, bureau["title"], len(below[slug])))
            self._list(path, bureau["title"], below[slug])
            feed = f"bureau/{slug}/feed.xml"
            self.writer.write_feed(
                below[slug][:20], self.context, feed, feed, feed_title=bureau["title"]
            )
            if not slug.startswith("county"):
                self._list(f"bureau/{slug}/own/index.html", bureau["title"], own[slug])
        self._write("bureau/index.html", "terms", title="单位", rows=rows)

    def _archive(self, articles):
        years = []
        for year, in_year in itertools.groupby(articles, key=lambda a: a.date.year):
            months = []
            for month, in_month in itertools.groupby(in_year, key=lambda a: a.date.month):
                found = list(in_month)
                path = f"archive/{year}/{month:02}/index.html"
                months.append((path, f"{year}-{month:02}", len(found)))
                self._list(path, f"{year}-{month:02}", found)
            path = f"archive/{year}/index.html"
            years.append((path, str(year), sum(count for _, _, count in months)))
            self._write(path, "terms", title=str(year), rows=months)
        self._write("archive/index.html", "terms", title="归档", rows=years)


def structured(article, domain, tags):
    """The article as schema.org has it."""
    url = f"{domain}/{article.url}"
    date = article.date.isoformat()
    return json.dumps(
        {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": article.title, "url": url,
            "mainEntityOfPage": url, "inLanguage": "zh-CN", "datePublished": date, "dateModified": date,
            "publisher": {"@type": "Organization", "name": "示例单位"},
            "description": plain(article.summary), "keywords": ",".join(tags),
        },
        ensure_ascii=False,
    )  # fmt: skip


def plain(html):
    """The text of one paragraph."""
    return html.replace("<p>", "").replace("</p>", "").strip()


def titles(tags, names):
    """The tags' titles."""
    return [names[tag.slug] for tag in tags]


def filters(pelican):
    """What templates need."""
    pelican.settings["JINJA_FILTERS"] = {
        "structured": structured, "plain": plain, "titles": titles, "as_json": lambda v: json.dumps(v, ensure_ascii=False),
    }  # fmt: skip


def generators(_pelican):
    """Who writes pages besides Pelican."""
    return Portal


def register():
    """Connect all of it."""
    signals.initialized.connect(filters)
    signals.article_generator_finalized.connect(neighbours)
    signals.get_generators.connect(generators)
