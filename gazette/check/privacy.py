"""Family privacy: numbers of persons that are shown in full."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from gazette.check.family import Hits, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript, Segment
from gazette.check.rule import Finding, Rule
from gazette.messages.message import Message, _

_SOURCE = "《中华人民共和国个人信息保护法》第二十八条；《政府网站发展指引》（国办发〔2017〕47号）"
_HINT = _("Mask it: {suggestion}")

IDENTITY = Rule(
    id="privacy-identity-number",
    family="privacy",
    severity="error",
    veto=True,
    source=_SOURCE,
    message=Message(_("An identity number is shown in full (here masked): {found}"), _HINT),
    explanation=_(
        "Identity numbers of 18 places whose date of birth and check digit are right. A number shown in full gets a"
        " bureau reported; only the first two and last three digits may stay."
    ),
    bad=(
        "经办人身份证号：110101199003078881。",
        "| 姓名 | 身份证号 |\n| --- | --- |\n| 某甲 | 511102198512310017 |",
        "公民身份号码 350102 19700101 9994。",
        "身份证号：１１０１０１１９４９１００１７７７２。",
        "![证件 110101199003078881](a.jpg)",
    ),
    good=(
        "经办人身份证号：11*************881。",
        "统一社会信用代码为110101199003078881。",
        "合同编号为110101199013078881。",
        "见 https://www.example.com/110101199003078881.html 。",
        "金额合计110101199003078882元。",
    ),
)
MOBILE = Rule(
    id="privacy-mobile-number",
    family="privacy",
    severity="error",
    source=_SOURCE,
    message=Message(_("A mobile telephone number is shown in full (here masked): {found}"), _HINT),
    explanation=_(
        "Mobile numbers of mainland China. Hotlines and land lines are public and are not findings; a duty telephone"
        " that the bureau itself publishes belongs in `gate.privacy.public_numbers`."
    ),
    bad=(
        "联系人：某甲，电话13800138000。",
        "联系电话：138-0013-8000。",
        "手机 +86 138 0013 8000，请留言。",
    ),
    good=(
        "联系电话：138****8000。",
        "咨询请拨12366或0833-2130000。",
        "受理编号13800138000。",
        "累计办理退税13800138000元。",
        "网址 https://example.com/13800138000 。",
        "订单号：20241380013800012。",
    ),
)
CARD = Rule(
    id="privacy-bank-card",
    family="privacy",
    severity="error",
    source=_SOURCE,
    message=Message(_("A bank card number is shown in full (here masked): {found}"), _HINT),
    explanation=_(
        "Numbers of 16 to 19 digits that begin as bank cards do and pass the Luhn check. Accounts of public treasuries"
        " and companies, named as such before the number, are not findings."
    ),
    bad=(
        "补贴转入6222020000000000000账户。",
        "卡号 6217 0000 0000 0000 129。",
        "卡号4512900000000012。",
    ),
    good=(
        "卡号6222***********0000。",
        "卡号6222020000000000001。",
        "对公账户：6222020000000000000。",
        "发票号码6222020000000000000。",
    ),
)
HOME = Rule(
    id="privacy-home-address",
    family="privacy",
    severity="warning",
    source=_SOURCE,
    message=Message(
        _("An address is given down to the door: {found}"), _("Give it down to the township only.")
    ),
    explanation=_("Addresses of persons may be given down to the township only."),
    bad=("家住某小区3栋2单元501室。", "住址为阳光花园十二幢一单元8号。"),
    good=("家住某镇某村。", "办税服务厅位于政务中心3号楼2层。"),
)
RULES = (IDENTITY, MOBILE, CARD, HOME)

_NO_WIDTH = "\u200b-\u200d\u2060\ufeff"
"""Invisible characters; the first also stands for a line break inside a number."""
_DIGIT_MARK = rf"[{_NO_WIDTH}]?[0-9]"
_GAP = r"[ \u00a0\u3000·.—–-]{1,2}"
_NOT_DIGIT = r"(?<![0-9A-Za-z*.])(?<![0-9A-Za-z]-)"
_END = r"(?![0-9A-Za-z*]|\.[0-9])"
# However it is spaced: region, date and check digit together are no accident. It is looked for from every
# digit on, for a number of a list may stand before it.
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z*.])(?=([1-8](?:(?:{_GAP})?{_DIGIT_MARK}){{16}}(?:{_GAP})?[{_NO_WIDTH}]?[0-9Xx]){_END})"
)
_MOBILE = re.compile(
    rf"{_NOT_DIGIT}(?:[（(]?\+?(?:00)?86[）)]?[ -]?)?[（(]?(1(?:{_DIGIT_MARK}){{2}}(?:(?:{_GAP}|[）)])(?:{_DIGIT_MARK}){{4}}{_GAP}(?:{_DIGIT_MARK}){{4}}"
    rf"|{_DIGIT_MARK}{_GAP}(?:{_DIGIT_MARK}){{3}}{_GAP}(?:{_DIGIT_MARK}){{4}}"
    rf"|{_DIGIT_MARK}{_GAP}(?:{_DIGIT_MARK}){{4}}{_GAP}(?:{_DIGIT_MARK}){{3}}"
    rf"|(?:{_DIGIT_MARK}){{8}})){_END}"
)
_MOBILE_HEAD = re.compile("1[3-9]")
_CARD = re.compile(
    rf"{_NOT_DIGIT}[3-69](?:{_DIGIT_MARK}){{3}}((?:{_GAP})?)(?:(?:{_DIGIT_MARK}){{4}}\1){{2}}(?:{_DIGIT_MARK}){{4}}"
    rf"(?:\1(?:{_DIGIT_MARK}){{1,3}})?{_END}"
)
_HOME = re.compile(
    r"[0-9一二三四五六七八九十]+(?:栋|幢|座|号楼)[0-9一二三四五六七八九十]+单元[0-9一二三四五六七八九十]+(?:[室号楼]|(?![0-9]))"
)
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
_REGIONS = frozenset(_PROVINCES.split())
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CARDS = re.compile(r"4|5[1-5]|35|6[0289]|9558")
_NO_PERSON = re.compile(
    r"(?:编号|流水号|[单文批票税]号|合同号|[案档]号|代码|票号码?|发票号码|识别号|许可证号?|备案号?|ISBN|QQ|对公账户|国库|财政专户|公司账户)"
    r"[^，。；,;\n0-9]{0,8}$"
    r"|(?:订单|工单|合同|凭证|单据|案件|金额|合计|总计|总额|余额|税额|税款|价款|收入|支出)(?:为|是|达|共)?[:：]?[ ]?$"
)
_ACCOUNT_OF_OFFICE = re.compile(
    r"(?:国库|金库|专户|公司|单位|机关|税务局|财政|工会|基本户|对公|学校|医院|委员会|事务所)[^。\n]{0,50}账[号户]?[^。\n]{0,8}$"
    r"|账[号户][^。\n]{0,30}(?:国库|金库|专户|基本户|对公)[^。\n]{0,30}$"
)
_FAR_BEFORE = 80
_AMOUNT = re.compile(r"(?:\.[0-9]+)?[ ]?余?(?:[万亿元户人件次条个吨笔]|公里|千米)")
_BEFORE = 16
_DIGITS = rf"[0-9](?:(?:{_GAP}|[（）(){_NO_WIDTH}])?[0-9]){{6}}"
"""What every number of a person holds."""
_TELEPHONE_LINK = re.compile(r"tel:(?:\+?86-?)?(1[3-9][0-9][0-9-]{8,10})\Z")
_WIDE_DIGITS = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF38, 0xFF58, 0xFF0D)}
_DIGIT = re.compile("[0-9]")
_NO_NUMBER = re.compile("[^0-9Xx]+")
_CALLS = re.compile(_DIGITS)
_SPLIT = re.compile("[0-9０-９] [0-9０-９]")
_FEWEST = 11
"""Digits of the shortest number of a person."""


def find(manuscript: Manuscript, lists: Lists, hits: Hits) -> Iterable[Finding]:
    """The numbers of persons in a document."""
    public = public_numbers(lists)
    places = [match.start() for match in _CALLS.finditer(manuscript.words)]
    for segment in manuscript.segments_at([*places, *(hit[0] for hit in hits)]):
        text = _joined(segment, manuscript.text).translate(_WIDE_DIGITS)
        hidden = msgspec.structs.replace(segment, text=concealed(text))
        for rule, start, end in _numbers(text, public):
            found = hidden.text[start:end]
            yield manuscript.finding(rule, hidden, start, end, suggestion=found)
        for match in _HOME.finditer(text):
            yield manuscript.finding(HOME, segment, match.start(), match.end())
    for link in manuscript.links:
        call = _TELEPHONE_LINK.match(link.target)
        if call and _plain(call[1]) not in public:
            found = _masked(call[1], *_KEPT[MOBILE.id])
            yield manuscript.at(MOBILE, link.offset, found, suggestion=found)


def _joined(segment: Segment, source: str) -> str:
    """The words; a number that goes on in the next line is one, with a mark where it breaks."""
    text = segment.text
    for index, offset in segment.places:
        if source[offset : offset + 1] == "\n" and _SPLIT.match(text, index - 1):
            text = f"{text[:index]}\u200b{text[index + 1 :]}"
    return text


def _numbers(text: str, public: frozenset[str] = frozenset()) -> Iterator[tuple[Rule, int, int]]:
    """(rule, start, end) of every number of a person in `text`."""
    taken: list[tuple[int, int]] = []
    for match in _IDENTITY.finditer(text):
        start, end = match.span(1)
        if _is_identity(_plain(match[1])) and not _is_other(text, start, end):
            taken.append((start, end))
            yield IDENTITY, start, end
    for match in _CARD.finditer(text):
        start, end = match.span()
        if (start, end) not in taken and _is_card(_plain(match[0])):
            before = text[max(0, start - _FAR_BEFORE) : start]
            if not _is_other(text, start, end) and not _ACCOUNT_OF_OFFICE.search(before):
                yield CARD, start, end
    for match in _MOBILE.finditer(text):
        start, end = match.span(1)
        number = _plain(match[1])
        if _MOBILE_HEAD.match(number) and number not in public and not _is_other(text, start, end):
            yield MOBILE, start, end


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether the words beside a number say that it is none of a person: a file's, an amount."""
    before = text[max(0, start - _BEFORE) : start]
    return _NO_PERSON.search(before) is not None or _AMOUNT.match(text, end) is not None


def _plain(number: str) -> str:
    return _NO_NUMBER.sub("", number)


def _is_identity(number: str) -> bool:
    """GB 11643: region, date of birth, check digit."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if number[:2] not in _REGIONS or not (
        1880 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31
    ):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def _is_card(number: str) -> bool:
    """Begins as cards do, and passes Luhn's check (ISO/IEC 7812)."""
    if not _CARDS.match(number):
        return False
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    total = sum(map(int, number[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)
    return total % 10 == 0


_KEPT = {IDENTITY.id: (2, 3), MOBILE.id: (3, 4), CARD.id: (4, 4)}
"""How many digits stay at the head and at the end."""


def concealed(text: str) -> str:
    """`text` with all numbers of persons masked as prescribed; as long as it was."""
    if len(_DIGIT.findall(text)) < _FEWEST:
        return text
    for rule, start, end in list(_numbers(text)):
        text = text[:start] + _masked(text[start:end], *_KEPT[rule.id]) + text[end:]
    return text


def persons_in(text: str, public: frozenset[str]) -> Iterator[tuple[Rule, str, str]]:
    """(rule, number, words around it) of every number of a person, all of them masked."""
    plain = text.translate(_WIDE_DIGITS)
    if len(_DIGIT.findall(plain)) < _FEWEST:
        return
    hidden = concealed(plain)
    for rule, start, end in _numbers(plain, public):
        yield rule, hidden[start:end], hidden[max(0, start - _BEFORE) : end + _BEFORE]


def public_numbers(lists: Lists) -> frozenset[str]:
    """The telephone numbers that the site publishes itself, digits only."""
    return frozenset(re.sub(r"\D", "", n) for n in lists.settings.privacy.public_numbers)


def _masked(number: str, head: int, tail: int) -> str:
    places = [index for index, char in enumerate(number) if char.isalnum()][head:-tail]
    return "".join("*" if index in places else char for index, char in enumerate(number))


FAMILY = TextFamily(
    "privacy",
    RULES,
    find,
    _DIGITS,
    words=lambda _lists: ("单元", *"０１２３４５６７８９"),
    source_pattern="tel:",
)
