"""The demonstration site, strained: long titles, many pictures, many bureaus, an empty category, a wide table."""

import shutil
from pathlib import Path

from gazette.parallel import Workers
from gazette.pipeline import BuildOptions, build

ROOT = Path(__file__).parent.parent.parent
LONG = "某省局召开全省税务系统精神文明建设推进会暨“示例主题”宣讲活动动员部署视频会议并对下一阶段重点工作作出安排"
TEXT = "示例文字：窗口工作人员耐心解答纳税人提出的问题，并把办理流程写在便签上，方便对照操作。"
PAGES = {
    "home": "index.html",
    "article": "wenming/2025/10/pictures.html",
    "table": "tongzhi/2025/10/table.html",
    "document": "fuwu/2025/10/document.html",
    "gallery": "wenming/2025/10/gallery.html",
    "plain": "dangjian/2025/10/plain.html",
    "category": "category/yaowen.html",
    "numbered": "category/yaowen/page/2.html",
    "empty": "category/kong.html",
    "terms": "category/index.html",
    "tags": "tag/index.html",
    "topics": "topic/index.html",
    "topic": "topic/zhengzhi-jiguan.html",
    "bureaus": "bureau/index.html",
    "bureau": "bureau/leshan/index.html",
    "many": "bureau/shili/index.html",
    "own": "bureau/leshan/own.html",
    "archive": "archive/index.html",
    "month": "archive/2025/10.html",
    "page": "about.html",
    "guide": "style-guide.html",
    "search": "search.html",
    "sitemap": "sitemap.html",
    "404": "404.html",
    "fragment": "fragments/latest.html",
}
"""Kind of page -> its path."""


def write(root: Path, language: str = "zh-CN") -> None:
    """Write the site's sources."""
    shutil.copytree(ROOT / "content", root / "content")
    config = (
        (ROOT / "config.yaml")
        .read_text("utf-8")
        .replace("language: zh-CN", f"language: {language}")
    )
    config = config.replace("  links:\n", _FOOT)
    _text(root / "config.yaml", f"{config}\npagination: {{size: 5}}\n")
    _bureaus(root / "content" / "bureaus.yaml")
    categories = root / "content" / "categories.yaml"
    _text(categories, categories.read_text("utf-8") + "\n- {slug: kong, title: 空栏目}\n")
    guide = "---\ntitle: 样式总览\nlayout: style-guide\n---\n\n本页列出主题的全部部件。\n"
    _text(root / "content" / "pages" / "style-guide.md", guide)
    folder = root / "content" / "articles" / "strained"
    for number in range(30):
        title = LONG if number % 9 == 0 else f"示例稿件第{number}篇"
        bureau = "shili" if number % 3 else f"kid{1 + number}"
        fields = f"categories: yaowen\nbureau: {bureau}\ntags: [示例, 便民]\n"
        _article(folder, f"s{number}", title, TEXT * 8, fields)
    pictures = sorted(folder.parent.rglob("*.jpg"))[:9]
    for picture in pictures:
        shutil.copy(picture, folder / picture.name)
    stories = "\n\n".join(f"![第{p.stem}张]({p.name})\n\n{TEXT * 3}" for p in pictures)
    _article(
        folder, "pictures", LONG, stories, "categories: wenming\nkicker: 引题\nsubtitle: 副题\n"
    )
    album = "\n".join(f"![第{p.stem}张]({p.name})" for p in pictures)
    _article(folder, "gallery", "九张照片的图集", f"{TEXT}\n\n{album}", "categories: wenming\n")
    _article(folder, "plain", "没有照片的稿件", f"{TEXT * 3}\n\n" * 9, _PLAIN)
    _article(folder, "table", "八十行的表格", _table(), "categories: tongzhi\nbureau: leshan\n")
    _article(folder, "document", "有目录的公文", _long(), f"categories: fuwu\n{_DOCUMENT}")


_FOOT = """\
  icp: 示例ICP备00000000号
  police_record: 示例公网安备00000000000000号
  site_id_code: bm00000000
  links:
    badge: https://example.org/badge
    report_error: https://example.org/error
"""
_PLAIN = "categories: dangjian\nsource: 示例来源\nauthor: 示例作者\nbureau: leshan\n"
_DOCUMENT = (
    "document: {index_no: '0001', number: 示例发〔2025〕1号, issuer: 示例局, issued: 2025-10-01}\n"
)


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _article(folder: Path, name: str, title: str, body: str, fields: str) -> None:
    head = f"---\ntitle: {title}\ndate: 2025-10-12 08:00:00\n{fields}---\n\n"
    _text(folder / f"{name}.md", f"{head}{body}\n")


def _bureaus(path: Path) -> None:
    children = "".join(
        f"    - {{slug: kid{n}, name: 国家税务总局示例市第{n}区税务局, short: 第{n}区税务局}}\n"
        for n in range(1, 41)
    )
    name = "国家税务总局示例市税务局（名字特别长，看看会不会把版面撑破）"
    contact = "{address: 示例大道西段1234号, phone: '0000', email: a.very.long.address@example.com}"
    entry = f"- slug: shili\n  name: {name}\n  short: 示例市税务局\n  contact: {contact}\n"
    _text(path, f"{path.read_text('utf-8')}\n{entry}  children:\n{children}")


def _table() -> str:
    rows = "\n".join(f"| 第{n}区税务局 | {n} | {n * 2} | 一段比较长的备注{n} |" for n in range(80))
    head = "| 单位 | 一季度 | 二季度 | 备注 |\n|:--|--:|--:|---|\n"
    code = f"```\n{'a long line of code ' * 12}\n```"
    return f"{TEXT}\n\n{head}{rows}\n\n{TEXT}\n\n| 窄 | 表 |\n|---|---|\n| 甲 | 1 |\n\n{code}"


def _long() -> str:
    parts = (f"## 第{n}部分\n\n{TEXT * 8}\n\n### 下级标题\n\n{TEXT * 4}" for n in range(1, 6))
    return "\n\n".join((*parts, "另见[外面的网站](https://example.org/x)。"))


def built(root: Path, language: str = "zh-CN") -> Path:
    """Write and build the site; its output."""
    write(root, language)
    report = build(BuildOptions(root=root, as_of="2026-01-01", workers=Workers(2)))
    assert report.published, report.problems
    return report.output
