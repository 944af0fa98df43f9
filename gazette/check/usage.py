"""Usage that Xinhua's list of forbidden and avoided words rules out."""

import re
from collections.abc import Iterable, Iterator

from gazette.check.old_names import is_quoted

_USAGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"中共(?P<place>[\u4e00-\u9fff]{2,9}?)(?:省(?=省委)|市(?=市委)|县(?=县委)|区(?=区委)|州(?=州委)|盟(?=盟委)|旗(?=旗委))"
            r"(?P<level>[省市县区州盟旗])委"
        ),
        "中共{place}{level}委",
    ),
    (re.compile(r"全国人大(?P<chair>副?委员长)"), "全国人大常委会{chair}"),
    (
        re.compile(r"(?P<area>[省市县区州])人大(?P<chair>副?主任)(?!会议|委员|科)"),
        "{area}人大常委会{chair}",
    ),
    (
        re.compile(
            r"(?:[局市县省区处科所队部院厅司州镇乡]长|书记|主任|主席|领导(?!小组)|一把手”?|主要负责人|班子成员|负责同志)"
            r"[^，。；！？\n]{0,20}?(?P<found>亲自)"
        ),
        "（删去）",
    ),
    (re.compile(r"(?<!大学生)(?<!农)村官(?![方司员庄道渡兵网])"), "村干部"),
    (re.compile(r"老板(?!娘|电器|椅|桌)"), "负责人"),
    (
        re.compile(
            r"(?:(?<=[。；，！？\s（])|^)截止(?P<when>目前|现在|今年|去年|[0-9]{4}年|[0-9]{1,2}月)",
            re.MULTILINE,
        ),
        "截至{when}",
    ),
    (re.compile("残废人"), "残疾人"),
    (re.compile("嫌疑犯"), "犯罪嫌疑人"),
)
USAGE_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "省省委 市市委 县县委 区区委 州州委 盟盟委 旗旗委",
            "人大委员长 人大副委员长",
            "人大主任 人大副主任",
            "亲自",
            "村官",
            "老板",
            "截止目前 截止现在 截止今年 截止去年 截止1 截止2 截止3 截止4 截止5 截止6 截止7 截止8 截止9",
            "残废人",
            "嫌疑犯",
        )
    )
    for word in words.split()
}
"""What calls for each of the patterns."""
_OWN_NAMES = ("津市市委",)
"""Places whose own name ends in the name of their level."""
_ABOVE_ALL = re.compile("总书记|主席[^，。；]{0,6}亲自(?:谋划|部署|推动|指挥|擘画|关怀|决策|出题)")


def usages_in(text: str, numbers: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """(start, end, what to write instead) of each place where one of these usages is not quoted."""
    for number in numbers:
        pattern, right = _USAGES[number]
        for match in pattern.finditer(text):
            start, end = match.span("found") if "found" in pattern.groupindex else match.span()
            if is_quoted(text, start) or any(name in match[0] for name in _OWN_NAMES):
                continue
            if match[0].endswith("亲自") and _ABOVE_ALL.search(
                text, max(0, match.start() - 20), end + 8
            ):
                continue
            yield start, end, right.format(**match.groupdict())
