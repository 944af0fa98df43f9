"""Family accessibility: what a text itself owes to readers who do not see it."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from gazette.check.blocks import without_hidden
from gazette.check.family import Hits, TextFamily
from gazette.check.inline import Link
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

_SOURCE = "《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668—2019）"

ALT = Rule(
    id="accessibility-alt",
    family="accessibility",
    severity="warning",
    source=f"{_SOURCE}：非文本内容",
    message=Message(
        _("The picture {picture} has no text that says what it shows: “{found}”"),
        _("Write it between the brackets: ![what the picture shows]({picture})"),
    ),
    explanation=_(
        "Pictures without alternative text, or with one that says nothing (图片, IMG_0001, the file's name). In HTML"
        ' `alt=""` marks a picture as decoration.'
    ),
    bad=(
        "![](a.jpg)",
        "![图片](a.jpg)",
        "![IMG_20250503](a.jpg)",
        '<img src="a.jpg">',
        "![photo-1](photo-1.jpg)",
        "![微信图片_20250503101112](b.png)",
    ),
    good=(
        "![税务人员走访企业](a.jpg)",
        '<img src="line.png" alt="">',
        "![2024年税收收入构成图](a.jpg)",
        "![图1 办税服务厅](a.jpg)",
    ),
)
LINK_TEXT = Rule(
    id="accessibility-link-text",
    family="accessibility",
    severity="warning",
    source=f"{_SOURCE}：链接目的",
    message=Message(
        _("The link's text “{found}” does not say where it leads."),
        _("Name the page or file that it opens."),
    ),
    explanation=_(
        "Links whose whole text is 点击这里, 这里, 详情, 查看更多, here: read out by themselves they say nothing."
    ),
    bad=(
        "请[点击这里](b.md)。",
        "[查看详情](b.md)",
        "[here](b.md)",
        '<a href="b.html">此处</a>',
        "详见[【点击查看】](b.pdf)。",
        "[ ](b.md)",
    ),
    good=(
        "请看[2024年办税日历](b.md)。",
        "点击这里的按钮即可。",
        "[![办税日历](a.jpg)](b.md)",
        "[下载申请表](b.docx)",
        "[https://www.example.com](https://www.example.com)",
    ),
)
ORDER = Rule(
    id="accessibility-heading-order",
    family="accessibility",
    severity="warning",
    source=f"{_SOURCE}：信息与关系",
    message=Message(
        _("A heading of level {level} stands below one of level {above}: {found}"),
        _("Write it with {suggestion}"),
    ),
    explanation=_(
        "Headings that leave out a level; the article's title is level 1, its parts begin with ##."
    ),
    bad=("## 甲\n\n正文。\n\n#### 乙\n\n正文。", "### 甲\n\n正文。", "# 甲\n\n### 乙\n\n正文。"),
    good=(
        "## 甲\n\n### 乙\n\n## 丙\n\n正文。",
        "# 甲\n\n## 乙\n\n正文。",
        "## 甲\n\n### 乙\n\n#### 丙\n\n## 丁\n\n正文。",
    ),
)
TABLE = Rule(
    id="accessibility-table-head",
    family="accessibility",
    severity="warning",
    source=f"{_SOURCE}：信息与关系",
    message=Message(
        _("The table has no head."), _("Name each column in the first row (in HTML with <th>).")
    ),
    explanation=_("Tables in HTML without <th>, and pipe tables whose first row is empty."),
    bad=(
        "<table><tr><td>甲</td><td>乙</td></tr></table>",
        "|  |  |\n| --- | --- |\n| 甲 | 乙 |",
        "<TABLE border=1>\n<tr><td>甲</td></tr>\n</TABLE>",
    ),
    good=(
        "<table><tr><th>甲</th></tr><tr><td>乙</td></tr></table>",
        "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
        '<table role="presentation"><tr><td>甲</td></tr></table>',
        "|  | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
    ),
)
RULES = (ALT, LINK_TEXT, ORDER, TABLE)

_SAYS_NOTHING = re.compile(
    r"[\s\-_—.·,，。:：()（）]*|(?:图片?|图像|照片|配图|插图|截图|题图|封面图?|示意图|附图|未命名|无标题|image|img|pic(?:ture)?|photo|screenshot|untitled|alt|dsc|mmexport"
    r"|微信图片|微信截图|qq图片|qq截图|wps图片|屏幕截图|企业微信截图)[\s_\-—.()（）0-9一二三四五六七八九十]*"
    r"|[\w\-() （）]*\.(?:jpe?g|png|gif|webp|bmp|heic|svg|tiff?)|[0-9a-f_\-]{6,}|[0-9]+",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:请|可|欲)?(?:点击|点|戳|单击|按)?(?:这里|此处|这儿|此|我|这|链接|以下链接|下方链接|图片|进入|查看|下载|阅读|了解|打开|浏览)(?:查看|阅读|下载|进入|浏览|了解)?(?:详情|更多|全文|原文|详细内容|详细信息|内容)?"
    r"|点击|详情|更多|更多内容|更多信息|详细|详细信息|链接|链接地址|网址|全文|原文|查看(?:更多|全部)?|了解更多(?:详情)?|(?:click\s+)?here|(?:read|learn|view)?\s*more|link|click|details?|download|this",
    re.IGNORECASE,
)
_AROUND_TEXT = " \t\n\u3000\xa0【】[]［］<>《》>»→…。.，,：:（）()“”\"'!！*"
_HOLDS_PICTURE = re.compile(
    r"\[\s*[!！][\[［]|<a\b[^<>]*>\s*(?:<\w+[^<>]*>\s*)*(?:<img|!\[)", re.IGNORECASE
)
_NAMES_ITSELF = re.compile(r"<a\b[^<>]*\b(?:aria-label|title)\s*=\s*[\"']?[^\"'\s>]", re.IGNORECASE)
_DECORATION = re.compile(
    r"<img\b[^<>]*(?:\balt\s*=\s*(?:\"\s*\"|'\s*')|role\s*=\s*[\"']?(?:presentation|none)|aria-hidden\s*=\s*[\"']?true)",
    re.IGNORECASE,
)
_HTML_TABLE = re.compile(r"<table\b([^<>]*)>(.*?)(?:</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_EMPTY_HEAD = re.compile(
    r"^[ \t]*\|?[ \t]*\|[ \t|]*\n(?=[ \t]*\|?[ \t]*:?-+:?[ \t]*\|)", re.MULTILINE
)
_LAYOUT = re.compile(r"role\s*=\s*[\"']?(?:presentation|none)", re.IGNORECASE)


def find(manuscript: Manuscript, _lists: Lists, _hits: Hits) -> Iterator[Finding]:
    """All four kinds."""
    for link in manuscript.links:
        if link.kind == "picture":
            yield from _picture(manuscript, link)
        elif link.kind == "link":
            yield from _link(manuscript, link)
    yield from _headings(manuscript)
    yield from _tables(manuscript)


def _picture(manuscript: Manuscript, link: Link) -> Iterator[Finding]:
    name = PurePosixPath(unquote(link.target))
    empty = _SAYS_NOTHING.fullmatch(link.text) or link.text in (name.name, name.stem)
    if empty and not _DECORATION.match(manuscript.text, link.offset):
        yield manuscript.at(ALT, link.offset, link.text, picture=link.target)


def _link(manuscript: Manuscript, link: Link) -> Iterator[Finding]:
    text = link.text.replace("\ufffc", "x").strip(_AROUND_TEXT)
    if text and not _VAGUE.fullmatch(text):
        return
    source, place = manuscript.text, link.offset
    if _HOLDS_PICTURE.match(source, place) or _NAMES_ITSELF.match(source, place):
        return
    yield manuscript.at(LINK_TEXT, place, link.text, context=link.target)


def _headings(manuscript: Manuscript) -> Iterator[Finding]:
    headings = [segment for segment in manuscript.segments if segment.kind == "heading"]
    # A text with a heading of level 1 has all of them moved one level down, below its title.
    moved = 1 if any(segment.level == 1 for segment in headings) else 0
    above = 1
    for segment in headings:
        level = segment.level + moved
        if level > above + 1:
            given = {"level": str(level), "above": str(above)}
            suggestion = "#" * (above + 1 - moved) + " " + segment.text
            end = len(segment.text)
            yield manuscript.finding(ORDER, segment, 0, end, suggestion=suggestion, **given)
        above = level


def _tables(manuscript: Manuscript) -> Iterator[Finding]:
    source = manuscript.text
    if "|" not in source and "<" not in source:
        return
    source = without_hidden(source)
    for match in _HTML_TABLE.finditer(source, manuscript.body):
        if "<th" not in match[2].lower().replace("<thead", "") and not _LAYOUT.search(match[1]):
            yield manuscript.at(TABLE, match.start())
    for match in _EMPTY_HEAD.finditer(source, manuscript.body):
        yield manuscript.at(TABLE, match.start())


FAMILY = TextFamily("accessibility", RULES, find, source_pattern=r"[\]<#|]")
