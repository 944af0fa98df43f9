"""Family typography: marks without their partner, half-width and doubled ones."""

import re
from collections.abc import Iterator, Sequence

from gazette.check.family import Hits, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript, Segment
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

_SOURCE = "《标点符号用法》（GB/T 15834—2011）"

UNPAIRED = Rule(
    id="typography-unpaired",
    family="typography",
    severity="warning",
    source=_SOURCE,
    message=Message(_("The mark {found} has no partner."), _("Add the other one, or delete it.")),
    explanation=_(
        "Quotation marks, brackets and title marks that open and never close, or close and never opened, within"
        " one paragraph. The opening mark of each paragraph in a long quotation is right."
    ),
    bad=(
        "开展“春风行动，优化服务。",
        "印发《管理办法的通知。",
        "（图片由某局提供",
        "实施方案》已经印发。",
        "坚持“严管”与厚爱”相结合。",
    ),
    good=(
        "开展“春风行动”，印发《管理办法》（试行）。",
        "包括：1）营业执照；2）申请表。",
        "“第一段引语。\n\n“第二段引语。”",
        "It’s a taxpayers’ day.",
        "a) 第一项",
        "---\ntitle: “小切口”撬动大服务\ndate: 2025-05-03\nsource: 甲\n---\n正文。",
    ),
)
HALF = Rule(
    id="typography-half-width",
    family="typography",
    severity="warning",
    source=_SOURCE,
    message=Message(
        _("Half-width marks beside Chinese ({count} in this paragraph): {found}"),
        _("Write {suggestion}."),
    ),
    explanation=_(
        "Commas, full stops, colons, semicolons, question marks and brackets of Latin width in Chinese text. Figures,"
        " times, English words and addresses keep theirs."
    ),
    bad=(
        "高度重视,认真落实。",
        "(汉源供图)",
        "时间:上午9:00。",
        "办好了吗?",
        "工作已经完成.下一步继续推进。",
    ),
    good=(
        "高度重视，认真落实。",
        "增值税(VAT)税率为13%。",
        "上午9:30开始，比例为3:1，共1,234户。",
        "使用Python, Java等语言。",
        "文件名为 通知.docx 。",
        "详见 https://www.example.com/a,b.html 。",
        "`数据,格式`",
    ),
)
DOUBLED = Rule(
    id="typography-doubled",
    family="typography",
    severity="warning",
    source=_SOURCE,
    message=Message(_("Doubled punctuation: {found}"), _("Write {suggestion}.")),
    explanation=_("The same mark twice (。。), or two that exclude each other (，。)."),
    bad=(
        "工作完成。。",
        "高度重视，，认真落实。",
        "成效明显，。",
        "推进““春风行动””。",
        "一、、二季度",
    ),
    good=(
        "工作完成……",
        "太好了！！",
        "——这是破折号",
        "他说：“好。”",
        "《关于〈办法〉的通知》",
        "真的吗？！",
    ),
)
DOCUMENT_NUMBER = Rule(
    id="typography-document-number",
    family="typography",
    severity="warning",
    source="《党政机关公文格式》（GB/T 9704—2012）第7.2.5条：发文字号",
    message=Message(
        _("The year of a document number stands in other brackets: {found}"),
        _("Write {suggestion}."),
    ),
    explanation=_("Years in document numbers stand in 〔〕: 税总发〔2017〕84号."),
    bad=("税总发[2017]84号", "国办发（2019）19号", "财税【2020】5号"),
    good=("税总发〔2017〕84号", "（2017）川11民终84号", "2019年第39号公告", "项目（2019）已完成"),
)
RULES = (UNPAIRED, HALF, DOUBLED, DOCUMENT_NUMBER)

_PAIRS = {
    "“": "”",
    "《": "》",
    "（": "）",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
    "‘": "’",
    "〈": "〉",
}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_WIDTHS = str.maketrans("()", "（）")
_MARKS = re.compile("[“”‘’《》（）()【】〔〕「」『』〈〉]")
_NUMBERING = re.compile(
    r"(?:^|[\s，。；：、,;:（(“])(?:[0-9]{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳ivx]{1,4})\Z"
)
_LATIN = re.compile("[A-Za-z0-9]")
_LETTER = re.compile("[A-Za-z]")
_HAN = "\u4e00-\u9fff"
_CHINESE = re.compile(f"[{_HAN}]")
_CLOSING = "”’》）】〕」』"
_HALF = re.compile(
    rf"[,;:?!](?<=[{_HAN}{_CLOSING}].)(?![A-Za-z]?[)\]:/\\])|\.(?<=[{_HAN}].)(?=[{_HAN}“《]|$)"
    rf"|[,;?!](?<=[0-9A-Za-z%％].)(?=[{_HAN}“《（])|\((?=[{_HAN}“《])|\)(?<=[{_HAN}”》。].)",
    re.MULTILINE,
)
_HALF_MARKS = re.compile("[,;:?!.()]")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_DOUBLED = re.compile(
    r"([。，、；：])\1+|““+|””+|，[。；：、]+|。[，；、：]+|、[，。；：]+|；[。，、：]+|：[，。；、]+"
    rf"|(?<=[{_HAN}])([,;])\2+(?=[{_HAN}])"
)
_NUMBER = re.compile(
    rf"(?P<office>[{_HAN}]{{1,8}}[发函办字令规文电税])(?:[\[［](?P<a>[12][0-9]{{3}})[\]］]|[（(](?P<b>[12][0-9]{{3}})[）)]"
    r"|【(?P<c>[12][0-9]{3})】)第?(?P<number>[0-9]{1,5})号"
)
_NO_SENTENCES = frozenset(["field", "alt"])
_HEADED = "title"


def find_unpaired(manuscript: Manuscript, _lists: Lists, _hits: Hits) -> Iterator[Finding]:
    """Marks without partner."""
    if not _may_be_unpaired(manuscript.words) and not _has_quoted_title(manuscript):
        return
    segments = manuscript.segments
    for index, segment in enumerate(segments):
        if segment.kind not in _NO_SENTENCES:
            yield from _unpaired(manuscript, segment, segments[index + 1 :])


def find(manuscript: Manuscript, _lists: Lists, hits: Hits) -> Iterator[Finding]:
    """The other kinds; only segments that hold something of theirs are looked at."""
    for segment in manuscript.segments_at(hit[0] for hit in hits):
        text = segment.text
        if segment.kind != "field":
            yield from _half_width(manuscript, segment)
        for match in _DOUBLED.finditer(text):
            one = match[0][0] if len(set(match[0])) == 1 else match[0].replace("，", "", 1)[:1]
            yield manuscript.finding(DOUBLED, segment, match.start(), match.end(), suggestion=one)
        for match in _NUMBER.finditer(text):
            right = (
                f"{match['office']}〔{match['a'] or match['b'] or match['c']}〕{match['number']}号"
            )
            yield manuscript.finding(
                DOCUMENT_NUMBER, segment, match.start(), match.end(), suggestion=right
            )


def _may_be_unpaired(words: str) -> bool:
    """Whether marks open as often as they close; single quotes are apostrophes too, so they are not asked."""
    count = words.count
    if count("“") != count("”") or count("《") != count("》"):
        return True
    if count("（") + count("(") != count("）") + count(")"):
        return True
    return any(count(opening) != count(_PAIRS[opening]) for opening in "【〔「『‘")


def _has_quoted_title(manuscript: Manuscript) -> bool:
    """Titles lose the quotation marks at their ends (YAML's), so they are looked at by themselves."""
    document = manuscript.document
    return _MARKS.search(document.title + document.subtitle + document.kicker) is not None


def _unpaired(
    manuscript: Manuscript, segment: Segment, following: Sequence[Segment]
) -> Iterator[Finding]:
    if segment.kind == _HEADED:
        text = getattr(manuscript.document, segment.key, "")
        for place in _lonely(text):
            yield manuscript.at_key(UNPAIRED, segment.key, text[place], context=text)
        return
    text = segment.text
    for place in _lonely(text):
        goes_on = following and following[0].text.startswith(text[place])
        if place == 0 and text[0] in "“‘「" and goes_on:
            continue  # a quotation that goes on in the next paragraph opens there again
        yield manuscript.finding(UNPAIRED, segment, place, place + 1)


def _lonely(text: str) -> list[int]:
    """Places of the marks that have no partner."""
    open_marks: list[tuple[str, int]] = []
    lonely: list[int] = []
    for match in _MARKS.finditer(text):
        place, mark = match.start(), match[0].translate(_WIDTHS)
        if mark in _PAIRS:
            open_marks.append((mark, place))
        elif open_marks and open_marks[-1][0] == _OPENING[mark]:
            open_marks.pop()
        elif (mark == "’" and (_LATIN.match(text, place - 1) if place else True)) or (
            mark == "）" and _NUMBERING.search(text, 0, place)
        ):
            continue
        elif any(one == _OPENING[mark] for one, _ in open_marks):
            while open_marks[-1][0] != _OPENING[mark]:
                lonely.append(open_marks.pop()[1])
            open_marks.pop()
        else:
            lonely.append(place)
    return sorted(
        lonely
        + [place for mark, place in open_marks if mark != "‘" or not _LATIN.match(text, place + 1)]
    )


def _half_width(manuscript: Manuscript, segment: Segment) -> Iterator[Finding]:
    if len(_LETTER.findall(segment.text)) > 2 * len(_CHINESE.findall(segment.text)):
        return  # an English sentence keeps its own
    marks = (match.start() for match in _HALF_MARKS.finditer(segment.text))
    found = [place for place in marks if _HALF.match(segment.text, place)]
    if found:
        place = found[0]
        mark = segment.text[place]
        given = {"suggestion": _FULL[mark], "count": str(len(found))}
        yield manuscript.finding(HALF, segment, place, place + 1, **given)


def _words(_lists: Lists) -> Iterator[str]:
    yield from _FULL
    yield from ("““", "””")
    yield from (one + other for one in "。，、；：" for other in "。，、；：")
    yield from (mark + century for mark in "[［(（【" for century in ("19", "20"))


PAIRS_FAMILY = TextFamily("typography", (UNPAIRED,), find_unpaired)
FAMILY = TextFamily("typography", (HALF, DOUBLED, DOCUMENT_NUMBER), find, words=_words)
