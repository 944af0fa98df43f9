"""Family placeholders: figures still masked, remains of templates, text doubled."""

import re
from collections.abc import Iterator

from gazette.check.doubled import doubled_clauses, doubled_head, doubled_in
from gazette.check.family import Hits, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript, Segment
from gazette.check.old_names import is_quoted
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

_SOURCE = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：内容准确；三审三校制度"

FIGURE = Rule(
    id="placeholders-figure",
    family="placeholders",
    severity="error",
    source=_SOURCE,
    message=Message(_("A masked figure or name is left: {found}"), _("Fill it in.")),
    explanation=_(
        "Asterisks that stand for a figure or a name (`**余场`, `****年`, `*国税局`). Masked telephone numbers, names"
        " of persons (张*) and emphasis are not findings."
    ),
    bad=(
        "共组织培训**余场。",
        "****年以来成效明显。",
        "收入总量位居全省第*。",
        "减免退税**亿元，惠及**户。",
    ),
    good=("联系电话138****8000。", "**年度**工作要点", "纳税人张**、李*前来办理。", "3*4=12"),
)
TEMPLATE = Rule(
    id="placeholders-template",
    family="placeholders",
    severity="error",
    source=_SOURCE,
    message=Message(_("Remains of a template: {found}"), _("Fill it in, or delete it.")),
    explanation=_(
        "`XX市`, `XX公司`, `×月×日`, `20XX年`, lorem ipsum, “（单位名称）”, “此处填写” and other words of templates that"
        " nobody filled in. Examples named as such (例如…XX公司) and companies in questions and answers are not findings."
    ),
    bad=(
        "国家税务总局XX市税务局开展宣讲。",
        "×月×日，局领导走访企业。",
        "20XX年工作总结",
        "Lorem ipsum dolor sit amet.",
        "（此处插入图片）",
        "联系人：{姓名}",
        "活动现场（待补充）。",
        "走访XX公司。",
        "（单位名称）召开会议。",
    ),
    good=(
        "例如，XX市某企业为一般纳税人。",
        "拍摄X光片。",
        "税务×市场监管联合走访。",
        "尺寸为3×4厘米。",
        "二○○八年",
        "XXL号工装。",
        "问：XX公司能否享受优惠？",
    ),
)
DOUBLED = Rule(
    id="placeholders-doubled",
    family="placeholders",
    severity="error",
    source=_SOURCE,
    message=Message(_("The text stands here twice: {found}"), _("Delete one of them.")),
    explanation=_(
        "Text that was doubled when it was taken from a PDF or a layout, with or without a comma between, and paragraphs"
        " pasted twice."
    ),
    bad=(
        "到企业为到企业为““一线一线””工人工人送清凉。",
        "乐山市税务局党委书记乐山市税务局党委书记走访企业。",
        "深入企业开展政策辅导，深入企业开展政策辅导，确保落地。",
        "全市税务系统坚持以人民为中心的发展思想，持续优化税收营商环境，不断提升服务水平。\n\n"
        "全市税务系统坚持以人民为中心的发展思想，持续优化税收营商环境，不断提升服务水平。",
    ),
    good=(
        "大家一起讨论讨论，研究研究。",
        "一步一步一步一步往前走。",
        "中国加油，中国加油！",
        "| 已完成 | 已完成 |\n| --- | --- |\n| 已完成 | 已完成 |",
    ),
)
RULES = (FIGURE, TEMPLATE, DOUBLED)

_UNIT = (
    r"(?:余|多[个名件人万次项户条家场]|[百千万亿](?![一众物事])|元|[%％]|年|月|日|人次?(?![民])|名|个|次|户|件|场|项|家|条|篇|期|批|份|台|亩|公里|平方米|吨"
    r"|小时|分钟|岁|倍|位|本(?=以上)|余?万)"
)
_FIGURE = re.compile(
    rf"第\*{{1,4}}(?!\*)|(?<![0-9*])\*{{1,6}}[ ]?{_UNIT}|[＊●□■※]{{2,6}}(?:{_UNIT})|(?<=20)\*\*年|(?<![0-9a-zA-Z*])\*{{1,4}}(?=国税|地税|税务[局所]|[省市县区]税务)"
)
_SURNAME = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金贾韦夏付邹熊白孟秦邱侯尹薛闫段雷黎史龙贺陶顾毛郝龚邵钱严洪赖莫孔汤戴易乔牛樊葛]\\Z"
)
_STRAY = re.compile(r"(?<=[\u4e00-\u9fff，、；。])\*{1,4}(?=[\u4e00-\u9fff，、；。])")
_LEVELS = "[省市县区镇乡村州旗局处科所](?![场民外面])|街道|税务|分局|自治"
_TIMES = r"年(?![轻级份])|月(?!饼)|日(?!常)|万?元|亿元?|万|余?[户人次个件场项家名]|[%％]|号文?|路|届|期|批次?"
_EXAMPLE = re.compile(
    r"例如|举例|譬如|比如|例[：:0-9一二三]|【例|案例|假设|假如|假定|示例|格式|样式|模板|形如|范本|填写|写为|写作|命名|统一为"
)
_ASKED = re.compile(
    r"\A(?:问|答|[QA])[0-9一二三四五六七八九十]*[:：.、]|[?？]|如何|某企业|[甲乙]公司|[甲乙]企业"
)
_CASE = re.compile(r"案[例情]|以案|^[0-9.、]*问[:：]|以下简称.{0,2}[XxＸ×○◯]", re.MULTILINE)
"""In a line, and in an article: where a stand-in for a company's name is usual."""
_VERSE = re.compile(r"[，。；！？,;][ \t]*\n")
_COMPANIES = r"(?:有限|股份|责任|科技|集团|贸易|商贸|建筑)*(?:公司|集团|企业|银行|学校|医院|单位|合作社|商会)"
_STAND_INS = "XxＸ×✕○◯2第〔"
_BLANKS = (
    "(?:本|贵|某)?(?:单位|公司|企业|部门|机构|活动|会议|项目|地区?)(?:全称|名称?)|[xX×某]+(?:姓名|单位|公司)|(?:领导|人员|负责人|嘉宾)?(?:姓名|职务)"
    "|具体(?:时间|日期|地点|内容|数字|数据)|(?:活动|会议)(?:时间|地点|日期|主题)"
)
_TEMPLATE = re.compile(
    rf"(?<![0-9A-Za-z×])(?:[XxＸ]{{2,4}}|[XＸ] [XＸ]|[×✕]{{2,4}}|[○◯]{{2,3}})(?:{_COMPANIES}|{_LEVELS}|{_TIMES}|同志|局长|书记|主任)"
    r"|\A[（(【\[［](?:图片?|配图|照片|视频|此处有图)[0-9一二三]?[）)】\]］]\Z"
    r"|(?:联系人|电话|手机|时间|地点|地址|姓名|日期|单位|邮箱|金额)[:：][ ]?[XxＸ×]{2,}(?=[，。；、\s）)]|$)|[0-9]{3,4}-[XxＸ×]{4,}"
    r"|(?<![0-9A-Za-z×\u4e00-\u9fff])[×X]年[×X]{1,2}月|(?<![0-9A-Za-z×二一])[×X]{1,2}月[×X]{1,2}日|(?<![0-9A-Za-z])20(?:[XＸ×]{2}|xx)(?![A-Za-z0-9])"
    r"|(?<=关于)[XxＸ×]{2,4}|(?<=《)[XxＸ×]{2,4}(?=[\u4e00-\u9fff])|第[×X]{1,3}[届期批次]|〔[0-9]{4}〕[×XxＸ]{1,3}号"
    r"|[Ll]orem\s+[Ii]psum|\b(?:TODO|FIXME|TBD)\b"
    rf"|(?<!注明)(?<!写明)(?<!填写)(?<!填入)(?<!备注)(?<!名称)[（(【\[［](?:{_BLANKS})[）)】\]］](?![：:(（])"
    r"|此处(?:插入|填写|补充|添加|加入|输入|替换|放置?图|应?填|省略图|写明?)|(?:请)?(?:在此处?|在这里|单击此处|点击此处)(?:输入|填写|添加|编辑)(?!框)"
    r"|[（(【\[［](?:请?(?:填写|输入|补充|插入|替换|在此)[^）)】\]］]{0,12}|待(?:补充?|填写?|核实|核对|完善|定稿|确认|更新|插入)[^）)】\]］]{0,6}|插入?图片?[0-9一二三]?|图片(?:位置|占位))[）)】\]］]"
    r"|\{\{?\s*(?:[\u4e00-\u9fff]{2,8}|name|title|date|content)\s*\}\}?"
    r"|[\[［](?:姓名|单位名称|单位|日期|时间|地点|标题|正文|金额|数量|联系人|联系电话|公司名称|职务)[\]］](?![(（])"
    r"|[_＿]{2,}年[_＿]{1,}月|标题标题|正文正文|内容内容内容|测试测试|图片说明文字"
)
_COMPANY = re.compile(rf"{_COMPANIES}\Z")
_BLANK = re.compile(rf"[（(【\[［](?:{_BLANKS})[）)】\]］]")
_STARS_LIKE = ("*", "＊＊", "●●", "□□", "■■", "※※")
_LONG = 40
_MANY = 3
_BODY = frozenset(["paragraph", "quote"])


def find(manuscript: Manuscript, _lists: Lists, hits: Hits) -> Iterator[Finding]:
    """Masked figures, and remains of templates."""
    signs = [place for place, word in hits if word not in _STARS_LIKE]
    if len(signs) < len(hits):
        yield from _figures(manuscript)
    for segment in manuscript.segments_at(signs):
        if segment.key != "tags":
            yield from _templates(manuscript, segment)


def find_doubled(manuscript: Manuscript, _lists: Lists, _hits: Hits) -> Iterator[Finding]:
    """Text that stands twice: within a line, at the head of one, or pasted as a whole."""
    words = manuscript.words
    anywhere, clauses = bool(doubled_in(words)), doubled_clauses(words) is not None
    seen: set[str] = set()
    for segment in manuscript.segments:
        text = segment.text
        if len(text) < _LONG and not (anywhere or clauses):
            continue  # they tell of all that is as short
        span = _doubled(text, anywhere=anywhere, clauses=clauses)
        if span is not None:
            if not _is_meant(manuscript.text, segment, *span):
                yield manuscript.finding(DOUBLED, segment, *span)
        elif segment.kind in _BODY and len(text) >= _LONG:
            if text in seen:
                yield manuscript.finding(DOUBLED, segment, 0, _LONG // 2)
            seen.add(text)


def _doubled(text: str, *, anywhere: bool, clauses: bool) -> tuple[int, int] | None:
    head = doubled_head(text)
    if head:
        return 0, 2 * head
    inside = doubled_in(text) if anywhere else []
    if inside:
        return inside[0]
    span = doubled_clauses(text) if clauses else None
    return None if span is None or is_quoted(text, span[0]) else span


def _is_meant(source: str, segment: Segment, start: int, end: int) -> bool:
    """Whether it is written so: an item of an invoice, or lines of a verse."""
    written = source[segment.offset(start) : segment.offset(end - 1)]
    return _VERSE.search(written) is not None or _is_invoice_item(
        source, segment.offset((start + end) // 2)
    )


def _is_invoice_item(source: str, place: int) -> bool:
    """Whether a lone asterisk stands there, as between kind and name of goods: *信息技术服务*技术服务费."""
    return source[place - 1 : place] == "*" and source[place - 2 : place - 1] != "*"


def _figures(manuscript: Manuscript) -> Iterator[Finding]:
    """Masked figures; in an article with several of them every other lone asterisk is one too."""
    starred = [s for s in manuscript.segments if any(star in s.text for star in _STARS_LIKE)]
    spans = [
        [m.span() for m in _FIGURE.finditer(s.text) if "余" in m[0] or not _is_person(s.text, m)]
        for s in starred
    ]
    many = sum(map(len, spans)) >= _MANY
    for segment, found in zip(starred, spans, strict=True):
        if many:
            taken = {place for start, end in found for place in range(start, end)}
            found += [m.span() for m in _STRAY.finditer(segment.text) if m.start() not in taken]
        for start, end in sorted(found):
            yield manuscript.finding(FIGURE, segment, start, end)


def _is_person(text: str, match: re.Match[str]) -> bool:
    """Whether the asterisks stand for a given name: 纳税人张**."""
    return _SURNAME.search(text[max(0, match.start() - 1) : match.start()]) is not None


def _templates(manuscript: Manuscript, segment: Segment) -> Iterator[Finding]:
    text = segment.text
    for match in _TEMPLATE.finditer(text):
        if match[0][0] in _STAND_INS and (
            _EXAMPLE.search(text) or _is_case(match[0], text, manuscript)
        ):
            continue
        if segment.kind == "cell" and _BLANK.fullmatch(match[0]):
            continue  # a form
        yield manuscript.finding(TEMPLATE, segment, match.start(), match.end())


def _is_case(found: str, text: str, manuscript: Manuscript) -> bool:
    """Whether it stands for a company in a question and its answer, or in an article about a case."""
    if not _COMPANY.search(found):
        return False
    return _ASKED.search(text) is not None or _CASE.search(manuscript.words) is not None


_WORDS = (
    "XX xx ×× ＸＸ ✕✕ ○○ ◯◯ ×月 X月 ×年 X年 第× 第X 20X 20x 20× 20Ｘ 〕× 〕X 〕x 〕Ｘ orem TODO FIXME "
    "TBD 此处 在此 在这里 （请 (请 【请 [请 ［请 （待 (待 【待 [待 ［待 （插 (插 【插 [插 （图片 (图片 【图片 "
    "[图片 [姓名 [单位 [日期 [时间 [地点 [标题 [正文 [金额 [数量 [联系 [公司 [职务 ［姓名 ［单位 ［日期 { __年 "
    "标题标题 正文正文 内容内容 测试测试 图片说明文字 人：X 人：× 话：X 话：× 机：X 间：X 间：× 点：X "
    "点：× 址：X 名：X 期：X 位：X 箱：X 额：X -X -x -× -Ｘ ＿年 （图 (图 【图 [图 ［图 （配 【配 （照 【照 "
    "（视 【视 （此 (此 (填 （填 【填 [填 关于X 关于x 关于Ｘ 关于× 《X 《x 《Ｘ 《×"
)
_BLANK_ENDS = "名称 全称 位名 司名 姓名 职务 时间 日期 地点 主题 内容 数字 数据 单位 公司"
_SIGNS = [
    *_WORDS.split(), "X X", "Ｘ Ｘ", *(end + mark for end in _BLANK_ENDS.split() for mark in "）)】]］"),
]  # fmt: skip
"""What a line with such remains holds."""

FAMILY = TextFamily(
    "placeholders", (FIGURE, TEMPLATE), find, words=lambda _lists: (*_STARS_LIKE, *_SIGNS)
)
DOUBLED_FAMILY = TextFamily("placeholders", (DOUBLED,), find_doubled)
