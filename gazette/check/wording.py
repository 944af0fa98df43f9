"""Family wording: errors that are certain, names that are nearly right or out of date, unwelcome usage."""

from collections.abc import Iterator

from gazette.check.certain_errors import COMMON, SERIOUS, CertainError
from gazette.check.family import Hits, TextFamily
from gazette.check.leaders import LEADER_RULES, leader_findings
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript
from gazette.check.names import (
    BROKEN,
    INSPECTION,
    NAME,
    NO_WIDTH,
    Fault,
    broken_everywhere,
    name_fault,
)
from gazette.check.near_names import Anchor, anchors
from gazette.check.old_names import WORDS as OLD_WORDS
from gazette.check.old_names import old_name_at
from gazette.check.rule import Finding, Rule
from gazette.check.usage import USAGE_WORDS, usages_in
from gazette.check.word_lists import holds, is_excepted
from gazette.config.gate import ListedWord
from gazette.messages.message import Message, _
from gazette.parallel import PerProcess

SERIOUS_ERROR = Rule(
    id="wording-serious",
    family="wording",
    severity="error",
    veto=True,
    source=INSPECTION,
    message=Message(_("Serious wording error: {found}"), _("Write {suggestion}.")),
    explanation=_(
        "Errors in the names of state and party that press and inspectors reported again and again. Each is"
        " certain; one of them fails a whole site."
    ),
    bad=(
        "县人民攻府召开会议。",
        "革命烈土陵园正在修缮。",
        "推进扫黑险恶专项斗争。",
        "中国入民站起来了。",
        "召开人民代表大人。",
        "中共人民共和国成立以来。",
        "坚决做到“四个维护”。",
        "![县攻府大楼](a.jpg)",
    ),
    good=(
        "起义军围攻府城。",
        "水土流失剧烈土壤退化。",
        "深入民心、融入民生。",
        "坚决做到“两个维护”。",
        "请中国人名单位填写。",
    ),
)
MISSPELT = Rule(
    id="wording-error",
    family="wording",
    severity="error",
    source="《通用规范汉字表》（国发〔2013〕23号）；《政府网站与政务新媒体检查指标》：错别字",
    message=Message(_("Wrong character: {found}"), _("Write {suggestion}.")),
    explanation=_("Misspelt words and idioms of which only one spelling is right."),
    bad=("秸杆禁烧工作。", "认真布署各项工作。", "一如继往支持发展。", "方便纳税入办税。"),
    good=("秸秆禁烧工作。", "税款及时缴纳税入库。", "自己经营的小店。", "非一日可竟全功。"),
)
OLD = Rule(
    id="wording-old-name",
    family="wording",
    severity="warning",
    source="《深化党和国家机构改革方案》；《党和国家机构改革方案》（2023年）",
    message=Message(
        _("“{found}” is an old name on the day of the article."),
        _("Write {suggestion}, or mark it as former: 原{found}"),
    ),
    explanation=_(
        "Names of authorities that had been renamed or merged on the article's day: 国税局 and 地税局 after"
        " 2018-07-20, ministries since the reforms of 2018 and 2023. Marked 原, quoted, or told of earlier years"
        " they are right."
    ),
    bad=("县国税局开展税法宣传。", "联合地方税务局走访企业。", "国土资源部发布公告。"),
    good=(
        "原县国税局干部参加座谈。",
        "2015年，县国税局获评先进。",
        "印发《国家税务局系统管理办法》。",
        "各级农业部门。",
        "美国国税局公布数据。",
        "---\ntitle: 甲\ndate: 2016-05-03\nsource: 甲\n---\n县国税局开展税法宣传。",
    ),
)
USAGE = Rule(
    id="wording-usage",
    family="wording",
    severity="warning",
    source="《新华社新闻信息报道中的禁用词和慎用词》",
    message=Message(_("Xinhua's usage avoids this: {found}"), _("Instead: {suggestion}")),
    explanation=_(
        "Forms that the news agency Xinhua forbids or avoids: doubled levels (省省委), offices named short, 村官 and"
        " 老板, 亲自 of leaders, words that demean. In quotation marks they stay."
    ),
    bad=(
        "中共四川省省委书记出席。",
        "局长亲自带队走访。",
        "年轻村官返乡创业。",
        "某餐馆老板前来咨询。",
        "省人大副主任出席。",
        "截止2024年12月，全市办理退税。",
    ),
    good=(
        "中共四川省委书记出席。",
        "坚持“亲自抓”“协同管”。",
        "纳税人无需亲自到厅办理。",
        "报名截止2024年5月。",
        "市人大常委会副主任出席。",
        "津市市委召开会议。",
    ),
)
LISTED = Rule(
    id="wording-listed",
    family="wording",
    severity="error",
    source="本站词表 gate.wording.lists",
    message=Message(
        _("{found} stands in the site's list of words: {why}"), _("Instead: {suggestion}")
    ),
    explanation=_("Words of the site's own lists, which `gate.wording.lists` names."),
    bad=(
        {
            "config.yaml": "site: {title: 甲, url: 'https://www.example.com'}\ngate: {wording: {lists: [words.yaml]}}\n",
            "words.yaml": "- {word: 办税大厅, use: 办税服务厅}\n",
            "content/articles/a.md": "到办税大厅办理。",
        },
    ),
    good=(
        {
            "config.yaml": "site: {title: 甲, url: 'https://www.example.com'}\ngate: {wording: {lists: [words.yaml]}}\n",
            "words.yaml": "- {word: 办税大厅, use: 办税服务厅, unless: [政务办税大厅]}\n",
            "content/articles/a.md": "到政务办税大厅办理。",
        },
    ),
)
VETOED = Rule(
    id="wording-vetoed",
    family="wording",
    severity="error",
    veto=True,
    source="本站词表 gate.wording.lists",
    message=Message(_("{found} must not be published: {why}"), _("Instead: {suggestion}")),
    explanation=_("Words that the site's own lists mark `veto: true`; they stop a build."),
    bad=(
        {
            "config.yaml": "site: {title: 甲, url: 'https://www.example.com'}\ngate: {wording: {lists: [words.yaml]}}\n",
            "words.yaml": "- {word: 办税大厅, use: 办税服务厅, veto: true}\n",
            "content/articles/a.md": "到办税大厅办理。",
        },
    ),
    good=(
        {
            "config.yaml": "site: {title: 甲, url: 'https://www.example.com'}\ngate: {wording: {lists: [words.yaml]}}\n",
            "words.yaml": "- {word: 办税大厅, use: 办税服务厅, veto: true}\n",
            "content/articles/a.md": "到办税服务厅办理。",
        },
    ),
)
RULES = (SERIOUS_ERROR, NAME, BROKEN, MISSPELT, OLD, USAGE, LISTED, VETOED, *LEADER_RULES)

_Meaning = CertainError | Anchor | ListedWord | int | None
"""What a word stands for; a number: a usage; None: an old name may begin there."""


def _meanings(lists: Lists) -> dict[str, list[_Meaning]]:
    """Every word that is looked for, and what it stands for."""
    meanings: dict[str, list[_Meaning]] = {}
    for error in (*SERIOUS, *COMMON):
        meanings.setdefault(error.wrong, []).append(error)
    for anchor in anchors():
        meanings.setdefault(anchor.half, []).append(anchor)
    for listed in lists.words:
        meanings.setdefault(listed.word, []).append(listed)
    for word in OLD_WORDS:
        meanings.setdefault(word, []).append(None)
    for word, number in USAGE_WORDS.items():
        meanings.setdefault(word, []).append(number)
    return meanings


_PRESENT = "9999-12-31"


class _Searcher:
    """Holds what words stand for."""

    def __init__(self, lists: Lists) -> None:
        self._serious = frozenset(SERIOUS)
        self._meanings = _meanings(lists)

    def faults(self, text: str, found: Hits, day: str) -> Iterator[Fault]:
        """What is wrong in `text`, an article of that day, in which these words were found."""
        usages: set[int] = set()
        for start, word in found:
            for meaning in self._meanings.get(word, ()):
                if isinstance(meaning, Anchor):
                    yield from name_fault(text, start, meaning)
                elif isinstance(meaning, int):
                    usages.add(meaning)
                else:
                    yield from self._fault(meaning, text, start, day)
        yield from broken_everywhere(text)
        for begin, end, right in usages_in(text, sorted(usages)):
            yield USAGE, begin, end, {"suggestion": right}

    def _fault(
        self, word: CertainError | ListedWord | None, text: str, start: int, day: str
    ) -> Iterator[Fault]:
        if word is None:
            old = old_name_at(text, start, day)
            if old is not None:
                yield OLD, start, old[1], {"suggestion": old[0].now}
        elif isinstance(word, CertainError):
            if not word.is_innocent(text, start):
                rule = SERIOUS_ERROR if word in self._serious else MISSPELT
                yield rule, start, start + len(word.wrong), {"suggestion": word.right}
        elif holds(word, day) and not is_excepted(word, text, start):
            given = {"suggestion": word.use or "—", "why": word.why or "—"}
            yield VETOED if word.veto else LISTED, start, start + len(word.word), given

    def close(self) -> None:
        """Nothing is open."""


_searcher = PerProcess(_Searcher)
"""This process's own."""


def find(manuscript: Manuscript, lists: Lists, hits: Hits) -> Iterator[Finding]:
    """What is wrong with the words."""
    faults = _searcher.of(lists).faults(manuscript.words, hits, _day(manuscript))
    taken = -1
    for rule, start, end, given in sorted(faults, key=_place):
        if start >= taken:
            taken = end
            segment, first = manuscript.segment_at(start)
            yield manuscript.finding(rule, segment, start - first, end - first, **given)
    if lists.leaders:
        yield from leader_findings(manuscript, lists.leaders)


def _day(manuscript: Manuscript) -> str:
    """The day whose names hold: of a page without a date, and of a bureau's profile, the present."""
    return manuscript.day or (_PRESENT if manuscript.document.kind in ("page", "bureau") else "")


def _place(fault: Fault) -> tuple[int, int]:
    return fault[1], -fault[2]


def _words(lists: Lists) -> Iterator[str]:
    yield from _meanings(lists)
    yield from NO_WIDTH
    yield from (leader.name for leader in lists.leaders)
    if lists.leaders:  # a name that is nearly a leader's is known by the office before it
        yield from _OFFICES.split()


_OFFICES = "书记 委员 局长 市长 县长 省长 区长 处长 科长 所长 队长 部长 院长 主任 主席 组长 师 成员"
FAMILY = TextFamily("wording", RULES, find, words=_words)
