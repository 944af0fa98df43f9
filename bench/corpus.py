"""A deterministic corpus: the same articles for Gazette and its peers.

Each article has about 1,300 Chinese characters, headings, emphasis and links; some have a list or a
table. 8 categories, 60 tags, 40 bureaus (a province, 9 cities, 30 counties).
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

WORDS = [
    "税务",
    "服务",
    "大厅",
    "窗口",
    "企业",
    "政策",
    "辅导",
    "申报",
    "缴费",
    "发票",
    "流程",
    "系统",
    "数据",
    "改革",
    "创新",
    "乡村",
    "社区",
    "干部",
    "青年",
    "党员",
    "志愿",
    "宣讲",
    "调研",
    "走访",
    "培训",
    "比武",
    "团队",
    "支部",
    "品牌",
    "活动",
    "春风",
    "行动",
    "便民",
    "优化",
    "环境",
    "协同",
    "共治",
    "风险",
    "提醒",
    "精准",
    "推送",
    "线上",
    "线下",
    "自助",
    "终端",
    "导税",
    "咨询",
    "热线",
    "反馈",
    "机制",
    "制度",
    "标准",
    "规范",
    "考核",
    "监督",
    "廉洁",
    "文化",
    "读书",
    "运动",
    "健康",
    "花椒",
    "茶叶",
    "樱桃",
    "果园",
    "河谷",
    "山区",
    "村民",
    "学校",
    "老人",
    "儿童",
    "安全",
    "防汛",
    "清洁",
    "交通",
    "文明",
    "家庭",
    "榜样",
    "表扬",
    "荣誉",
]
JOINS = ["，", "，", "，", "、", "；", "。", "。"]
CATEGORIES = [(f"column-{n}", f"示例栏目{n}") for n in range(1, 9)]
TAGS = [(f"tag-{n}", f"示例标签{n}") for n in range(1, 61)]
ZONE = timezone(timedelta(hours=8))


class Bureau(NamedTuple):
    """One bureau of the corpus."""

    slug: str
    name: str
    above: tuple[str, ...]


class Article(NamedTuple):
    """One article of the corpus."""

    number: int
    slug: str
    title: str
    date: datetime
    category: tuple[str, str]
    tags: tuple[tuple[str, str], ...]
    bureau: Bureau
    body: str
    previous: str
    """Address of an older article that the text links to, or nothing."""

    @property
    def url(self) -> str:
        """The article's address."""
        return f"/{self.category[0]}/{self.date:%Y/%m}/{self.slug}.html"


def bureaus() -> list[Bureau]:
    """A province, nine cities, thirty counties."""
    found = [Bureau("province", "国家税务总局示例省税务局", ())]
    for city in range(1, 10):
        found.append(Bureau(f"city-{city}", f"国家税务总局示例{city}市税务局", ("province",)))
    for county in range(1, 31):
        city = f"city-{(county - 1) % 9 + 1}"
        found.append(
            Bureau(f"county-{county}", f"国家税务总局示例{county}县税务局", ("province", city))
        )
    return found


def articles(count: int) -> Iterator[Article]:
    """The first `count` articles, oldest first; a longer corpus begins with a shorter one."""
    everywhere = bureaus()
    start = datetime(2015, 1, 1, 8, 0, tzinfo=ZONE)
    previous = ""
    for number in range(count):
        chance = random.Random(number)
        article = Article(
            number=number,
            slug=f"article-{number:06}",
            title=f"示例{_phrase(chance, 4)}{_phrase(chance, 3)}{number}",
            date=start + timedelta(minutes=number * 40),
            category=chance.choice(CATEGORIES),
            tags=tuple(chance.sample(TAGS, 3)),
            bureau=chance.choice(everywhere),
            body="",
            previous=previous,
        )
        article = article._replace(body=_body(chance, article))
        previous = article.url
        yield article


def _phrase(chance: random.Random, words: int) -> str:
    return "".join(chance.choices(WORDS, k=words))


def _paragraph(chance: random.Random, sentences: int) -> str:
    parts = [_phrase(chance, chance.randint(3, 7)) + chance.choice(JOINS) for _ in range(sentences)]
    return "".join(parts).rstrip("，、；。") + "。"


def _body(chance: random.Random, article: Article) -> str:
    parts = [_paragraph(chance, 14)]
    for section in range(1, 5):
        parts.append(f"## {_phrase(chance, 4)}")
        parts.append(_paragraph(chance, 12))
        bold = f"**{_phrase(chance, 3)}**"
        parts.append(f"{_paragraph(chance, 5)}{bold}{_paragraph(chance, 8)}")
        if section == 2:
            parts.append(
                f"{_paragraph(chance, 3)}详见[示例网站](https://example.com/{article.slug})。"
            )
        if section == 3 and article.number % 3 == 0:
            parts.append("\n".join(f"- {_phrase(chance, 6)}" for _ in range(4)))
        if section == 3 and article.number % 3 == 1:
            rows = [f"| {_phrase(chance, 2)} | {chance.randint(1, 999)} |" for _ in range(4)]
            parts.append("\n".join(["| 项目 | 数量 |", "| --- | --- |", *rows]))
        if section == 4 and article.previous:
            parts.append(
                f"{_paragraph(chance, 2)}此前见[{_phrase(chance, 2)}]({article.previous})。"
            )
    return "\n\n".join(parts) + "\n"
