"""Near misses: names that stand in a text with one character wrong, missing, doubled or out of place."""

import re
from itertools import accumulate
from typing import NamedTuple


def _places(marked: str) -> frozenset[int]:
    parts = marked.split("|")[:-1]
    return frozenset(accumulate(map(len, parts)))


_PROTECTED = """
中华人民共和国 中国|共产党 习近平新时代中国特色社会主义思想 中国特色|社会主义 社会主义|核心价值观
习近平总书记 人民代表|大会 中国|人民政治协商会议 中国|人民解放军 中国|人民银行
国家|税务总局 最高|人民法院 最高|人民检察院 国家|监察委员会 纪律|检查|委员会
国家|发展和改革委员会 人力资源|和社会保障 中央|全面深化改革|委员会 中央|军事|委员会 马克思列宁主义
毛泽东思想 邓小平理论 中华民族|伟大复兴 人类|命运共同体 中华民族|共同体意识
供给侧|结构性改革 全面|从严治党 增值税|专用发票 城市|维护|建设税 内蒙古|自治区
广西|壮族自治区 宁夏|回族自治区 新疆|维吾尔自治区 香港|特别行政区 澳门|特别行政区
中国|共产主义|青年团 中华|全国总工会 全国|人大|常委会 社会主义|现代化 中国式|现代化
社会主义|市场|经济
"""
PROTECTED = {marked.replace("|", ""): _places(marked) for marked in _PROTECTED.split()}
"""Names, and the places in each at which a clause may end and another begin (…国家，税务总局…)."""
_RIGHT = frozenset(
    [
        "人代表大会",
        "人民代表会",
        "全省人大常委会",
        "全市人大常委会",
        "全县人大常委会",
        "全区人大常委会",
        "全州人大常委会",
        "增值税通用发票",
        "中国共产主义",
        "社会主义核心价值体系",
        "人民代表会议",
        "人民代表团会",
        "中国农民银行",
        "国家税务局",
        "国家税务分局",
        "国家发展改革委员会",
        "人力资源社会保障",
        "习近平书记",
        "中华民族伟大振兴",
        "中华民族大复兴",
        "全面从严管党",
        "中国的现代化",
        "中国现代化",
        "中国特色的社会主义",
        "中国是现代化",
        "中国新现代化",
        "全国人大常务会",
        "社会主义新现代化",
        "社会主义非现代化",
        "社会主义市场的经济",
        "中国人民志愿军",
    ]
)
"""Other names and phrases that differ from a protected one no more than a slip does."""
_RIGHT_PARTS = ("管党",)
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_PARTICLES = "的之了和与及或在是、"
_SHAPES = [
    "人入八",
    "土士",
    "己已巳",
    "未末",
    "日曰",
    "国固囯圆团",
    "民氏",
    "政攻玫",
    "府俯腑附",
    "党堂常",
    "央夹",
    "委秀季",
    "总忽",
    "税脱悦说",
    "务冬",
    "局居句",
    "大太犬天",
    "会合令",
    "主王玉",
    "义又叉",
    "习刁",
    "平干乎",
    "和知如",
    "共其",
    "院完",
    "军车",
    "思恩",
    "想相",
    "特待持",
    "色邑",
    "核该",
    "心必",
    "价介",
    "值植殖直",
    "法发去",
    "检捡险",
    "察查蔡",
    "高亮",
    "解懈",
    "放故",
    "行衍",
    "得的",
    "个介",
    "企金全",
    "业亚",
    "展屉",
    "观现规",
]
_LONG = 6
"""Of shorter names only characters of like sound or shape are taken for slips."""
_PARTS = 2


class Anchor(NamedTuple):
    """Half of a name; a slip in the other half leaves it whole."""

    half: str
    other: str
    """The other half, read away from this one."""
    name: str
    is_head: bool


def anchors() -> list[Anchor]:
    """The halves of all names, and the names with their middle two characters swapped."""
    found = []
    for name in PROTECTED:
        middle = len(name) // _PARTS
        head, tail = name[:middle], name[middle:]
        found += [Anchor(head, tail, name, True), Anchor(tail, head[::-1], name, False)]
        if len(name) >= _LONG:
            found.append(Anchor(head[:-1] + tail[0] + head[-1] + tail[1:], "", name, True))
    return found


def near_miss(text: str, start: int, anchor: Anchor) -> tuple[int, int] | None:
    """Where a near miss of the anchor's name stands, whose sound half begins at `start`; None: nowhere."""
    end, other = start + len(anchor.half), anchor.other
    if not other:
        return start, end
    reach = len(other) + 1
    rest = text[end : end + reach] if anchor.is_head else text[max(0, start - reach) : start][::-1]
    if rest.startswith(other) or not rest:
        return None
    inner = anchor.half[-1] if anchor.is_head else anchor.half[0]
    length = _slip(rest, other, inner, len(anchor.name) >= _LONG)
    if not length:
        return None
    span = (start, end + length) if anchor.is_head else (start - length, end)
    found = text[span[0] : span[1]]
    is_right = found in _RIGHT or any(right in found for right in _RIGHT_PARTS)
    return None if is_right or not _CHINESE.fullmatch(found) else span


def _slip(rest: str, part: str, inner: str, is_long: bool) -> int:
    """How many characters of `rest` are `part` with one slip; 0: it is none. `inner` stands before both."""
    size = len(part)
    at = next((i for i, (a, b) in enumerate(zip(rest, part, strict=False)) if a != b), None)
    if at is None:
        return 0
    last = at == size - 1
    if rest[at] == (inner + part)[at] and rest[at + 1 : size + 1] == part[at:]:
        return size + 1  # doubled
    if len(rest) >= size and rest[at + 1 : size] == part[at + 1 :]:
        wrong = rest[at] not in _PARTICLES
        return size if wrong and ((is_long and not last) or alike(rest[at], part[at])) else 0
    if not is_long or last:
        return 0
    if rest[at : size - 1] == part[at + 1 :]:
        return size - 1  # left out
    swapped = part[at + 1] + part[at] + part[at + 2 :]
    return size if rest[:size].endswith(swapped) else 0


def alike(one: str, other: str) -> bool:
    """Whether two characters are taken for one another: of one shape or one sound."""
    if any(one in shapes and other in shapes for shapes in _SHAPES):
        return True
    from pypinyin import Style, pinyin  # slow to load, and seldom needed

    def sounds(char: str) -> set[str]:
        return set(pinyin(char, style=Style.NORMAL, heteronym=True)[0])

    return not sounds(one).isdisjoint(sounds(other))
