"""What the edits of test_incremental.py are made of: paths, texts, settings, parts of themes."""

from pathlib import Path

from hypothesis import strategies as st

from tests.conftest import BUREAUS, PNG
from tests.media.photographs import photograph, upright

BASE = Path(__file__).parent.parent / "gazette/themes/base"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><g/></svg>'

# Paths under content/

DOCUMENTS = [
    "articles/a.md", "articles/b.md", "articles/sub/c.md", "articles/2024-02-29-d.md",
    "articles/bundle/index.md", "_posts/2023-05-06-f.md", "deep/_posts/2023-05-06-g.md",
    "_drafts/h.md", "pages/about.md", "pages/more/x.md", "topics/chun-feng.md", "bureaus/leshan.md",
]  # fmt: skip
PICTURES = [
    "articles/pic.png", "articles/bundle/pic.png", "articles/drawing.svg", "articles/photo.jpg",
    "articles/photo.png",
]  # fmt: skip
PHOTOS = [photograph(300, 200), photograph(300, 260), upright(6, 300, 200), PNG, b"junk"]
ATTACHED = ["articles/form.txt", "articles/form.pdf", "articles/bundle/form.txt"]
STATIC = [
    "static/robots-extra.txt", "static/docs/form.txt", "static/docs", "static/docs/form.txt.gz",
]  # fmt: skip
FOLDERS = [
    "articles", "articles/sub", "articles/bundle", "articles/other", "articles/sub/bundle", "deep",
    "_posts", "pages", "pages/more", "static/docs", "static/more",
]  # fmt: skip
JUNK = [b"", b"junk", "丙".encode(), b"junk " * 40]

# Texts

BODIES = [
    "正文甲。", "正文乙。", "国家税务总局乐山市税务局开展活动。", "乐税在行动。", "## 一\n\n字\n\n## 二\n\n字",
    "[见乙](b.md) [见丙](sub/c.md)", "[见甲](../a.md)", "![图](pic.png)", "![图](drawing.svg)",
    "![图](photo.jpg)\n![图](photo.png)", "简介\n\n<!-- more -->\n\n其余", "<b>粗</b><script>1</script>",
    "甲\n乙", "[表](form.txt) [文](form.pdf)", "[关于](/about.html) [旧](/old)", "电话13800138000，张三局长说，错词。",
    "[页](../pages/about.md)",
]  # fmt: skip
NEEDED = {
    "title": ["甲文", "乙文", "丙文", "b", "'<i>标题</i>'"],
    "date": [
        "2025-05-03 09:30:00", "2025-05-03", "2024-01-31 23:59:00", "2030-01-01",
        "2025-05-04 08:00:00 +0800", "morgen",
    ],
}  # fmt: skip
FIELDS = {
    "categories": ["yaowen", "[tongzhi, yaowen]", "未列栏目"],
    "tags": ["[春风]", "[春风, 减税]", "[减税]", "[甲, 乙, 丙]"],
    "topics": ["[春风]", "[chun-feng]"],
    "bureau": ["乐税", "sichuan", "没有这个局"],
    "draft": ["true"],
    "expires": ["2025-12-31", "2026-06-01"],
    "pinned": ["true"],
    "slug": ["a", "other"],
    "aliases": ["[/old]", "[/old/a.html]"],
    "permalink": ["/fixed.html"],
    "cover": ["pic.png", "photo.jpg"],
    "attachments": ["[form.txt]", "[{file: form.txt, title: 申请表}, form.pdf]"],
    "document": ["{index_no: A1, number: 示例〔2024〕1号}"],
    "allow": ["{privacy: 公布的值班电话}"],
}  # fmt: skip


def front_matter(fields: dict[str, str], body: str) -> bytes:
    """A document."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n\n{body}\n".encode()


DOCUMENT = st.builds(
    front_matter,
    st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in NEEDED.items()},
        optional={name: st.sampled_from(values) for name, values in FIELDS.items()},
    ),
    st.sampled_from(BODIES),
)
CONTENT_PATH = st.sampled_from([*DOCUMENTS, *PICTURES, *ATTACHED, *STATIC])

# Files that a webmaster writes, by path under the site's root, with what they may hold; None: no such file

LISTS: dict[str, list[str | None]] = {
    "content/bureaus.yaml": [
        BUREAUS, BUREAUS.replace("乐山市", "乐山"), BUREAUS.replace("乐税", "嘉税"),
        BUREAUS.replace("  children:\n    -", "-").replace("\n      ", "\n  "), "[]\n",
    ],
    "content/categories.yaml": [
        "- {slug: yaowen, title: 要闻}\n",
        "- {slug: yaowen, title: 税务要闻, order: 2}\n- {slug: tongzhi, title: 通知, order: 1}\n",
        "- {slug: wei, title: 未列栏目, stale_after_days: 30}\n", None,
    ],
    "content/tags.yaml": [
        "- {slug: cf, title: 春风}\n", "- {slug: cf, title: 春风}\n- {slug: js, title: 减税, order: 1}\n", None,
    ],
    "content/data/links.yaml": ["- {title: 一, url: /a}\n", "- {title: 二, url: /b}\n", None],
    "words.yaml": ["- {word: 错词, use: 对词}\n", "- {word: 别的, use: 对词}\n"],
}  # fmt: skip
CONFIGS = [
    "pagination: {size: 1}", "pagination: {size: 2, feed: 1}", "permalinks: {article: pretty}",
    "permalinks: {article: '/a/:slug.html', category: '/c/:slug/'}",
    "permalinks: {page: '/p/:path.html', tag: '/t/:slug.html', bureau: '/b/:slug/', archive: '/h/:year-:month.html'}",
    "menu: [{title: 关于, url: /about.html}]", "menu: [{title: 闻, category: yaowen}]",
    "queries: {latest: {from: articles, limit: 1}}", "queries: {latest: {from: tags, sort: title}}",
    "home: [{template: latest, title: 新, query: {from: articles, where: {pinned: true}}}]",
    "home: [{template: latest, query: latest}, {template: latest, title: 局, query: {from: bureaus, sort: title}}]",
    "home: [{template: latest, query: {from: data.links, sort: title}}]",
    "home: [{template: latest, query: {from: articles, where: {tags: [cf, 春风]}, sort: title, limit: 2}}]",
    "defaults: [{path: articles, values: {source: 本站}}]",
    "defaults: [{path: articles/sub, values: {categories: [yaowen], draft: true}}]",
    "markdown: {cjk_joins: false}", "theme: base", "theme_options: {notice: 通告}",
    "theme_options: {accent: '#00f'}", "theme_options: {accent: nichts}",
    "pictures: {widths: [100]}", "pictures: {widths: [50, 100], webp: false, largest: 250}",
    "search: {enabled: false}", "search: {page_size: 3}", "gate: {mode: 'off'}", "gate: {mode: error}",
    "gate: {skip: [articles/sub], severity: {privacy: error}}", "gate: {wording: {lists: [words.yaml]}}",
    "gate: {review: {required: [articles], since: 2025-01-01}}",
]  # fmt: skip
HOSTS = [
    "", "hosts: {compress: [gzip, brotli]}", "hosts: {compress: [gzip]}",
    "hosts: {files: [nginx, apache, iis, netlify]}",
    "hosts: {files: [cloudflare, nginx], compress: [brotli]}",
]  # fmt: skip
SITES = ["grey: true", "description: 说明", "language: en", "timezone: UTC", "organizer: 某局"]

# The theme `own`

THEME_FILES = [
    "extends: base\noptions: {accent: {type: color, default: '#f00', property: --accent}}\n",
    "extends: base\nqueries: {latest: {from: articles, limit: 2}}\n",
    "extends: base\ntemplates: {404.html: [latest]}\n",
    "extends: base\ntemplates: {article.html: [latest]}\n",
    "extends: base\nfragments: {fresh: {template: list-fragment.html, queries: [latest]}}\n",
]
TEMPLATES = [
    "article.html", "home.html", "parts/lists.html", "list.html", "404.html", "base.html",
    "blocks/latest.html", "bureau.html", "feed.xml", "redirect.html",
]  # fmt: skip
SEARCH = "{{ page.title }} {{ bureaus }} {{ categories }} {{ size }}"
FRAGMENT = "{% for card in queries.latest %}{{ card.title }}{% endfor %}"
ENDINGS = ["", "{# one #} ", "{{ 1 }}", "{{ 'broken"]
STYLES = {
    "css/plain.css": ["p{}", "b{}", "a{color:red}", "p{background:url(../own.svg)}", None],
    "own.svg": [SVG.decode(), SVG.decode().replace("3", "4"), None],
    "own.js": ["1", "2", None],
}
