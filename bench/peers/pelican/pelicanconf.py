"""Settings of the Pelican peer: the pages that Gazette's theme `base` makes, at the same addresses."""

import json
from pathlib import Path

from markdown.extensions.toc import slugify_unicode

HERE = Path(__file__).parent
CORPUS = json.loads((HERE / "corpus.json").read_text("utf-8"))
"""Titles of categories, tags and bureaus by slug; each bureau's slugs above it."""

SITENAME = "示例站点"
SITEURL = ""
DOMAIN = "https://example.com"
AUTHOR = "示例单位"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
DEFAULT_DATE_FORMAT = "%Y-%m-%d %H:%M"
PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = []
STATIC_PATHS = ["robots.txt"]
THEME = str(HERE / "theme")
THEME_STATIC_DIR = "assets"
RELATIVE_URLS = True
DELETE_OUTPUT_DIRECTORY = False
PLUGIN_PATHS = [str(HERE / "plugins")]
PLUGINS = ["portal"]
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.toc": {"slugify": slugify_unicode},
    },
    "output_format": "html5",
}
SUMMARY_MAX_PARAGRAPHS = 1
SUMMARY_MAX_LENGTH = None

ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{date:%Y}/{date:%m}/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "category/{slug}/index.html"
TAG_URL = TAG_SAVE_AS = "tag/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DRAFT_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "categories", "tags", "topics", "404", "sitemap"]
CATEGORIES_SAVE_AS = "category/index.html"
TAGS_SAVE_AS = "tag/index.html"
TOPICS_SAVE_AS = "topic/index.html"
PAGINATED_TEMPLATES = {"category": 20, "tag": 20, "list": 20}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}.html", "{base_name}/page/{number}.html"),
)
FEED_MAX_ITEMS = 20
FEED_DOMAIN = DOMAIN
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = "category/{slug}/feed.xml"
TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
