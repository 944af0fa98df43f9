"""Names of authorities that were renamed or merged, and until which day they were right."""

import re
from typing import NamedTuple


class OldName(NamedTuple):
    """A name that is old from `since` on."""

    pattern: str
    since: str
    now: str


OLD_NAMES = (
    OldName("国家税务局|国税局", "2018-07-20", "税务局"),
    OldName("地方税务局|地税局", "2018-07-20", "税务局"),
    OldName("农业部(?![门分属])", "2018-04-03", "农业农村部"),
    OldName("环境保护部(?![门分])", "2018-04-16", "生态环境部"),
    OldName("国土资源部(?![门分])", "2018-04-10", "自然资源部"),
    OldName("国家工商(?:行政管理)?总局", "2018-04-10", "国家市场监督管理总局"),
    OldName("国家(?:质量监督检验检疫|质检)总局", "2018-04-10", "国家市场监督管理总局"),
    OldName("国家(?:食品药品监督管理|食药监)总局", "2018-04-10", "国家药品监督管理局"),
    OldName("国家(?:安全生产监督管理|安监)总局", "2018-04-16", "应急管理部"),
    OldName("国家(?:卫生和计划生育委员会|卫生计生委|卫计委)", "2018-03-27", "国家卫生健康委员会"),
    OldName("国家旅游局", "2018-04-08", "文化和旅游部"),
    OldName("中国银(?:监会|行业监督管理委员会)", "2018-04-08", "国家金融监督管理总局"),
    OldName("中国保(?:监会|险监督管理委员会)", "2018-04-08", "国家金融监督管理总局"),
    OldName("中国银(?:保监会|行保险监督管理委员会)", "2023-05-18", "国家金融监督管理总局"),
    OldName(
        "国务院扶贫(?:办(?![公法理])|开发领导小组办公室)",
        "2021-02-25",
        "农业农村部（国家乡村振兴局）",
    ),
)
WORDS = [
    "国家税务局",
    "国税局",
    "地方税务局",
    "地税局",
    "农业部",
    "环境保护部",
    "国土资源部",
    "国家工商",
    "国家质",
    "国家食",
    "国家安",
    "国家卫",
    "国家旅游局",
    "中国银监会",
    "中国银行业监督",
    "中国保监会",
    "中国保险监督",
    "中国银保监会",
    "中国银行保险监督",
    "国务院扶贫",
]
"""What an article with an old name holds."""

_ALL = re.compile("|".join(f"(?P<n{number}>{old.pattern})" for number, old in enumerate(OLD_NAMES)))
_SENTENCE_END = re.compile("[。！？；\n]")
_FORMER = re.compile(
    r"(?:(?<![平高草太中还荒燎])原(?![则因理料油煤材告始创点定有著本])|前身|[曾旧]|时任|当时|老(?=国税|地税|税务)|前(?=国税|地税))"
)
_HISTORY = re.compile(
    r"(?:19[0-9]{2}|200[0-9]|201[0-7])年|合并|机构改革|分设|挂牌|撤销|更名|改称|前身|历史|国地税|撤并|改组|不再保留|组建|体制改革|曾"
)
_ABROAD = re.compile(
    r"(?:美国|联邦|英国|日本|韩国|印度|加拿大|新西兰|澳大利亚|泰国|德国|法国|俄罗斯|国外|境外|外国|该国|各国)[^，。；\n]{0,6}$"
)
_QUOTES = {"“": "”", "《": "》", "「": "」", "‘": "’", "〈": "〉", "『": "』"}


def old_name_at(text: str, start: int, day: str) -> tuple[OldName, int] | None:
    """The name that begins at `start` and was no longer right on `day`, and its end."""
    match = _ALL.match(text, start)
    if match is None:
        return None
    old = OLD_NAMES[int(str(match.lastgroup)[1:])]
    return (old, match.end()) if day >= old.since and not _is_meant(text, *match.span()) else None


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether the old name is marked as such, quoted, foreign, or told of a time when it was right."""
    first = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    last = _SENTENCE_END.search(text, end)
    before, sentence = text[first:start], text[first : last.start() if last else len(text)]
    if (
        _FORMER.search(before[-24:])
        or text[end : end + 1] == "原"
        or _ABROAD.search(before)
        or _HISTORY.search(sentence)
    ):
        return True
    return is_quoted(text, start)


def is_quoted(text: str, place: int) -> bool:
    """Whether `place` lies between marks of quotation or of a title."""
    line = text.rfind("\n", 0, place) + 1
    return any(
        text.rfind(mark, line, place) > text.rfind(closing, line, place)
        for mark, closing in _QUOTES.items()
    )
