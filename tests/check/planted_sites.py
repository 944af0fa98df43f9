"""Faults of whole sites, planted, and sites that look faulty and are not: columns, reviews, built pages, lists.

Each case is (family, rule or an empty text, files); with a rule the site breaks it, without one nothing of
the family may be found. All of it is looked at as of `tests.conftest.AS_OF`, the first day of 2026.
"""

from collections.abc import Iterator

Case = tuple[str, str, dict[str, str]]
_CONFIG = "site: {title: 示例站点, url: 'https://www.example.com'}\ntheme: base\n"
_BUREAU_NAMES = ("国家税务总局四川省税务局", "国家税务总局乐山市税务局")


def _article(day: str = "2025-12-31", category: str = "", body: str = "正文。", **more: str) -> str:
    lines = [f"{key}: {value}" for key, value in more.items()]
    lines += [f"categories: {category}"] if category else []
    lines += [] if "source" in more else ["source: 本站"]
    title = [] if "title" in more else [f"title: 示例稿件{day}{category}"]
    return "\n".join(["---", *title, f"date: {day}", *lines, "---", body])


def _column(title: str, day: str, more: str = "") -> dict[str, str]:
    return {
        "content/categories.yaml": f"- {{slug: c, title: {title}{more}}}\n",
        "content/articles/a.md": _article(day, "c"),
        "content/articles/new.md": _article(),
    }


def _freshness() -> Iterator[Case]:
    for title, day in (
        ("工作动态", "2025-12-10"), ("税务要闻", "2025-12-16"), ("基层新闻", "2025-11-01"),
        ("通知公告", "2025-06-01"), ("政策文件", "2025-05-03"), ("图片新闻", "2025-10-01"),
    ):  # fmt: skip
        yield "freshness", "freshness-stale", _column(title, day)
    yield (
        "freshness",
        "freshness-stale",
        _column("党建园地", "2025-11-20", ", stale_after_days: 30"),
    )
    for title, day in (
        ("工作动态", "2025-12-19"),
        ("税务要闻", "2025-12-20"),
        ("通知公告", "2025-07-20"),
    ):
        yield "freshness", "freshness-due", _column(title, day)
    blank = {"content/categories.yaml": "- {slug: c, title: 专题报道}\n"}
    draft = {"content/articles/a.md": _article("2025-12-30", "c", draft="true")}
    later = {"content/articles/a.md": _article("2026-03-01", "c")}
    for files in (blank, blank | draft, blank | later):
        yield "freshness", "freshness-blank", files
    yield "freshness", "freshness-home", {"content/articles/a.md": _article("2025-12-01")}
    yield (
        "freshness",
        "freshness-home",
        {
            "content/articles/a.md": _article("2025-12-01"),
            "content/articles/b.md": _article("2026-01-05"),
        },
    )
    five = "".join(f"- {{slug: c{n}, title: 栏目{n}}}\n" for n in range(5))
    yield "freshness", "freshness-veto", {"content/categories.yaml": five}
    for title, day in (
        ("工作动态", "2025-12-31"), ("工作动态", "2025-12-22"), ("通知公告", "2025-10-01"),
        ("机构职能", "2015-01-01"), ("历史沿革", "2018-07-20"), ("政策文件", "2025-09-01"),
    ):  # fmt: skip
        yield "freshness", "", _column(title, day)
    yield "freshness", "", _column("工作动态", "2025-12-10", ", stale_after_days: 365")
    yield "freshness", "", {"content/articles/a.md": _article("2025-12-31", "随手写的栏目")}


_SIGNED = (
    "- {stage: 初审, by: 甲一, at: 2025-05-01 09:00}",
    "- {stage: 复审, by: 乙二, at: 2025-05-01 10:00}",
    "- {stage: 终审, by: 丙三, at: 2025-05-01 11:00}",
)


def _reviewed(*entries: str, **more: str) -> dict[str, str]:
    review = {"review": "\n" + "\n".join(entries)} if entries else {}
    return {"content/articles/a.md": _article(**more, **review)}


def _signoff() -> Iterator[Case]:
    first, second, third = _SIGNED
    required = {
        "config.yaml": f"{_CONFIG}gate: {{review: {{required: [articles], since: 2025-01-01}}}}\n"
    }
    for entries in ((first,), (first, second), (second, third), (first, third)):
        yield "signoff", "signoff-incomplete", _reviewed(*entries)
    yield "signoff", "signoff-incomplete", _reviewed(first, second, "- {stage: 终审, by: ''}")
    yield "signoff", "signoff-incomplete", required | _reviewed()
    for entries in ((second, first, third), (first, third, second), (third, second, first)):
        yield "signoff", "signoff-order", _reviewed(*entries)
    yield "signoff", "signoff-order", _reviewed(first, second, third.replace("11:00", "08:00"))
    for name in ("甲一", "甲 一", "乙二"):
        yield "signoff", "signoff-twice", _reviewed(first, second, third.replace("丙三", name))
    digest = third.replace("}", ", digest: 0123456789abcdef0123456789abcdef}")
    yield "signoff", "signoff-changed", _reviewed(first, second, digest)
    yield "signoff", "", _reviewed(first, second, third)
    yield "signoff", "", _reviewed(first, draft="true")
    yield "signoff", "", _reviewed()
    yield "signoff", "", required | {"content/articles/a.md": _article("2024-12-31")}
    yield "signoff", "", required | {"content/pages/a.md": "---\ntitle: 关于\n---\n正文。"}
    yield (
        "signoff",
        "",
        _reviewed(
            first.replace("初审", "一审"),
            second.replace("复审", "二审"),
            third.replace("终审", "三审"),
        ),
    )
    same_day = [
        entry.replace(" 09:00", "").replace(" 10:00", "").replace(" 11:00", "") for entry in _SIGNED
    ]
    yield "signoff", "", _reviewed(*same_day)


_LEADERS = {
    "config.yaml": f"{_CONFIG}gate: {{wording: {{leaders: leaders.yaml}}}}\n",
    "leaders.yaml": (
        "- {name: 示例甲, title: 党委书记、局长, order: 1, from: 2024-01-01}\n"
        "- {name: 示例乙, title: 党委委员、副局长, order: 2}\n"
        "- {name: 示例丙, title: 纪检组组长, order: 3, to: 2025-06-30}\n"
    ),
}
_WORDS = {
    "config.yaml": f"{_CONFIG}gate: {{wording: {{lists: [words.yaml, words.txt]}}}}\n",
    "words.yaml": (
        "- {word: 办税大厅, use: 办税服务厅, unless: [政务办税大厅]}\n"
        "- {word: 一号工程, use: 重点工程, veto: true}\n"
        "- {word: 金税三期, use: 金税四期, from: 2026-06-01}\n"
    ),
    "words.txt": "# 错\t对\t原因\n互联网+税务,“互联网+税务”,固定写法要加引号\n",
}


def _lists() -> Iterator[Case]:
    def written(lists: dict[str, str], text: str) -> dict[str, str]:
        return lists | {"content/articles/a.md": _article(body=text)}

    for rule, text in (
        ("wording-leader-name", "党委书记、局长示例钾出席会议。"),
        ("wording-leader-name", "| 职务 |\n| --- |\n| 副局长示例已 |"),
        ("wording-leader-title", "局长示例乙主持会议。"),
        ("wording-leader-title", "副局长示例甲出席。"),
        ("wording-leader-title", "纪检组组长示例丙作报告。"),
        ("wording-leader-title", "![副局长示例甲讲话](a.jpg)"),
        ("wording-leader-order", "副局长示例乙、局长示例甲出席会议。"),
        ("wording-leader-order", "示例乙、示例甲参加座谈。"),
    ):
        yield "wording", rule, written(_LEADERS, text)
    for text in (
        "党委书记、局长示例甲出席会议，副局长示例乙主持。",
        "时任副局长示例甲曾到村走访。",
        "原纪检组组长示例丙回忆往事。",
        "示例乙代表分局发言。示例甲作总结。",
        "公司经理示例钾表示感谢。",
        "局长办公会由示例甲主持。",
    ):
        yield "wording", "", written(_LEADERS, text)
    for rule, text in (
        ("wording-listed", "请到办税大厅办理。"),
        ("wording-listed", "推进互联网+税务建设。"),
        ("wording-listed", "| 地点 |\n| --- |\n| 办税大厅 |"),
        ("wording-vetoed", "这是全局的一号工程。"),
    ):
        yield "wording", rule, written(_WORDS, text)
    for text in ("请到政务办税大厅办理。", "请到办税服务厅办理。", "金税三期上线。"):
        yield "wording", "", written(_WORDS, text)
    page = "---\ntitle: 示例\n---\n"
    for path in ("content/pages/about.md", "content/bureaus/leshan.md"):
        yield "wording", "wording-old-name", {path: page + "县国税局负责征收。"}
        yield "wording", "", {path: page + "2018年，县国税局与县地税局合并。"}
    yield "wording", "", {"content/topics/2015.md": page + "县国税局开展活动。"}


def _attribution() -> Iterator[Case]:
    def written(text: str, **more: str) -> dict[str, str]:
        return {"content/articles/a.md": _article(body=text, **more)}

    yield (
        "attribution",
        "attribution-source",
        {"content/articles/a.md": "---\ntitle: 甲\ndate: 2025-12-31\n---\n正文。"},
    )
    for slip in ("乐山税务局", "乐山市市税务局", "勒山市税务局", "乐市山税务局", "乐山市税务"):
        yield "attribution", "attribution-bureau", written(f"国家税务总局{slip}开展宣讲。")
    yield "attribution", "attribution-bureau", written("![国家税务总局勒山市税务局](a.jpg)")
    yield "attribution", "attribution-bureau", written("正文。", source="国家税务总局乐山税务局")
    yield (
        "attribution",
        "attribution-title-copied",
        {
            "content/articles/a.md": _article(title="同一个标题"),
            "content/articles/b.md": _article("2025-12-30", title="同一个标题"),
        },
    )
    for name in (
        *_BUREAU_NAMES,
        "国家税务总局眉山市税务局",
        "国家税务总局成都市税务局",
        "国家税务总局乐山市税务局稽查局",
    ):
        yield "attribution", "", written(f"{name}开展宣讲。")
    yield "attribution", "", written("国家税务总局印发通知，乐山市税务局抓好落实。")
    yield (
        "attribution",
        "",
        {
            "content/articles/a.md": _article(title="工作简报（第一期）"),
            "content/articles/b.md": _article("2025-12-30", title="工作简报（第二期）"),
        },
    )


def _links() -> Iterator[Case]:
    def written(text: str, other: str = "## 办理流程 {#flow}\n\n正文。") -> dict[str, str]:
        return {
            "content/articles/a.md": _article(body=text),
            "content/articles/b.md": _article("2025-12-30", body=other, title="办事指南"),
        }

    for text in (
        "见[流程](b.md#process)。", "见[流程](./b.md#flows)。", "见[下文](#none)。", '<a href="b.md#none">流程</a>',
        "见[流程](/2025/12/b.html#none)。", "- [流程](b.md#%E6%97%A0)", "| 流程 |\n| --- |\n| [流程](b.md#no) |",
    ):  # fmt: skip
        yield "links", "links-fragment", written(text)
    for text in (
        "见[通知](http://10.2.3.4/a)。", "![图](http://192.168.0.9/a.jpg)", "见<http://oa.intranet/a>。",
        "登录http://172.20.1.1:8080/login办理。", "[表](file:///D:/表.doc)", '<img src="http://localhost/a.png" alt="甲乙丙">',
    ):  # fmt: skip
        yield "links", "links-private-address", written(text)
    for text in (
        "见[流程](b.md#flow)。", "见[办理流程](b.md)。", "见[页首](#top)。", "见[页首](#)。", "正文[^1]。\n\n[^1]: 注释。",
        "见[流程](/2025/12/b.html#flow)。", "见[外站](https://www.example.com/a#b)。", "## 说明\n\n见[说明](#说明)。",
        "IP地址10.2.3.4已停用。", "见[公网](http://8.8.4.4/a)。", "见<https://172.example.com/>。",
    ):  # fmt: skip
        yield "links", "", written(text)


def _accessibility() -> Iterator[Case]:
    def written(path: str, text: str) -> dict[str, str]:
        page = path.startswith(("content/pages", "content/bureaus"))
        return {path: f"---\ntitle: 示例\n---\n{text}" if page else _article(body=text)}

    for rule, path, text in (
        ("accessibility-link-text", "content/pages/about.md", "请[点击这里](https://www.example.com/a)。"),
        ("accessibility-heading-order", "content/pages/about.md", "## 甲\n\n#### 乙\n\n正文。"),
        ("accessibility-table-head", "content/articles/a/index.md", "<table><tr><td>甲</td><td>乙</td></tr></table>"),
        ("accessibility-link-text", "content/articles/a.html", '<p><a href="https://www.example.com/b">详情</a></p>'),
        ("accessibility-link-text", "content/_posts/2025-12-31-a.md", "[here](https://www.example.com/c)"),
        ("accessibility-heading-order", "content/articles/deep/er/a.md", "### 甲\n\n正文。"),
    ):  # fmt: skip
        yield "accessibility", rule, written(path, text)
    for path, text in (
        ("content/pages/about.md", "请看[机构职能](https://www.example.com/a)。\n\n## 甲\n\n### 乙\n\n正文。"),
        ("content/articles/a.html", "<table><tr><th>甲</th></tr><tr><td>乙</td></tr></table>"),
        ("content/articles/a.md", "[下载申请表（docx，20KB）](https://www.example.com/a.docx)"),
    ):  # fmt: skip
        yield "accessibility", "", written(path, text)


SITES: tuple[Case, ...] = (
    *_freshness(), *_signoff(), *_lists(), *_attribution(), *_links(), *_accessibility(),
)  # fmt: skip

FULL = (
    "site:\n  title: 示例站点\n  url: https://www.example.com\n  organizer: 示例单位\n  icp: 示ICP备00000000号\n"
    "  police_record: 示公网安备00000000000000号\n  site_id_code: bm00000000\n"
    "  contact: {phone: 0833-2130000}\n"
    "  links: {badge: 'https://example.com/badge', report_error: 'https://example.com/error'}\n"
    "theme: portal\n"
)
"""Settings with which nothing of page tags and footer is missing."""
_COLUMN = "- {slug: c, title: 工作动态, description: 示例, keywords: [示例], type: 工作动态}\n"
BUILT: tuple[tuple[str, str, str], ...] = (
    ("pagetags-missing", "  site_id_code: bm00000000\n", ""),
    ("pagetags-missing", ", type: 工作动态", ""),
    ("pagetags-missing", ", keywords: [示例]", ""),
    ("pagetags-missing", ", description: 示例", ""),
    ("pagetags-footer", "  organizer: 示例单位\n", ""),
    ("pagetags-footer", "  icp: 示ICP备00000000号\n", ""),
    ("pagetags-footer", "  police_record: 示公网安备00000000000000号\n", ""),
    ("pagetags-footer", "  contact: {phone: 0833-2130000}\n", ""),
    ("pagetags-footer", "badge: 'https://example.com/badge', ", ""),
    ("pagetags-footer", ", report_error: 'https://example.com/error'", ""),
    ("pagetags-footer", "  site_id_code: bm00000000\n", ""),
)
"""(rule, what stands in the sound site's settings, what stands there instead) of sites that are built."""
SOUND = {
    "config.yaml": FULL,
    "content/categories.yaml": _COLUMN,
    "content/articles/a.md": _article("2025-12-31", "c"),
}

_PAGE = "c/2025/12/a.html"
ALTERED: tuple[tuple[str, str, str, str], ...] = (
    ("pagetags-empty", _PAGE, 'ContentSource" content="本站"', 'ContentSource" content=""'),
    ("pagetags-empty", _PAGE, 'ContentSource" content="本站"', 'ContentSource" content="&nbsp; "'),
    ("pagetags-empty", "category/c.html", 'ColumnKeywords" content="示例"', 'ColumnKeywords" content=" "'),
    ("pagetags-empty", "index.html", 'SiteName" content="示例站点"', "SiteName\" content=''"),
    ("pagetags-form", _PAGE, "2025-12-31 00:00", "2025/12/31"),
    ("pagetags-form", _PAGE, "2025-12-31 00:00", "2025-12-31"),
    ("pagetags-form", _PAGE, "2025-12-31 00:00", "2025年12月31日 00:00"),
    ("pagetags-form", "index.html", 'SiteDomain" content="www', 'SiteDomain" content="https://www'),
    ("pagetags-form", "category/c.html", 'SiteIDCode" content="bm', 'SiteIDCode" content="BM'),
    ("pagetags-form", "bureau/leshan/index.html", "bm00000000", "bm0000000"),
    ("pagetags-missing", _PAGE, 'name="ArticleTitle"', 'name="articletitle2"'),
    ("pagetags-missing", _PAGE, '<meta name="PubDate"', '<!-- <meta name="PubDate" content="x"> --><meta name="x"'),
    ("pagetags-missing", "bureau/sichuan/index.html", 'name="ColumnName"', 'property="ColumnName"'),
    ("pagetags-footer", "index.html", "sitemap.html", "sitemap2.html"),
    ("", _PAGE, '<meta name="PubDate" content="2025-12-31 00:00">', "<META content='2025-12-31 00:00' name=PubDate />"),
    ("", "index.html", 'SiteDomain" content="www.example.com"', 'SiteDomain" content="www.example.com:8080/sub"'),
    ("", "index.html", 'SiteIDCode" content="bm00000000', 'SiteIDCode" content="5100000000'),
    ("", "404.html", '<meta name="SiteName"', '<meta name="x"'),
)  # fmt: skip
"""(rule or an empty text, page of the sound site, what stands in it, what stands there instead)."""
