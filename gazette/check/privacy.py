"""Family privacy: numbers of persons that are shown in full."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from gazette.check.family import Hits, TextFamily
from gazette.check.lists import Lists
from gazette.check.manuscript import Manuscript, Segment
from gazette.check.person_numbers import (
    ANY_NUMBER,
    DIGITS,
    concealed,
    digits_of,
    masked,
    numbers_in,
    plainly,
)
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
        "Identity numbers of 18 places whose date of birth and check digit are right, in plain, full-width or Chinese"
        " digits. A number shown in full gets a bureau reported; only the first two and last three digits may stay."
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
        "Mobile numbers of mainland China, in plain, full-width or Chinese digits, with gaps or without. Hotlines and"
        " land lines are public and are not findings; a duty telephone that the bureau itself publishes belongs in"
        " `gate.privacy.public_numbers`."
    ),
    bad=(
        "联系人：某甲，电话13800138000。",
        "联系电话：138-0013-8000。",
        "手机 +86 138 0013 8000，请留言。",
        "手机138 00138000。",
        "手机一三八〇〇一三八〇〇〇。",
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

_BY_ID = {rule.id: rule for rule in RULES}
_HOME = re.compile(
    r"[0-9一二三四五六七八九十]+(?:栋|幢|座|号楼)[0-9一二三四五六七八九十]+单元[0-9一二三四五六七八九十]+(?:[室号楼]|(?![0-9]))"
)
_IN_ADDRESS = re.compile(
    r"tel:(?:\+?86-?)?(1[3-9][0-9][0-9-]{8,10})\Z|(?:mailto:)?(1[3-9][0-9]{9})@", re.IGNORECASE
)
_CALLS = re.compile(ANY_NUMBER)
_BROKEN = re.compile(f"(?<=[{DIGITS}])\n(?=[{DIGITS}])")
_SPLIT = re.compile(f"[{DIGITS}] [{DIGITS}]")


def find(manuscript: Manuscript, lists: Lists, hits: Hits) -> Iterable[Finding]:
    """The numbers of persons in a document."""
    public = public_numbers(lists)
    places = [match.start() for match in _CALLS.finditer(manuscript.words)]
    for segment in manuscript.segments_at([*places, *(hit[0] for hit in hits)]):
        text = _joined(segment, manuscript.text)
        hidden = msgspec.structs.replace(segment, text=concealed(text))
        for kind, start, end in _numbers(text, segment.text, public):
            found = hidden.text[start:end]
            yield manuscript.finding(_BY_ID[kind], hidden, start, end, suggestion=found)
        for match in _HOME.finditer(plainly(text)):
            yield manuscript.finding(HOME, segment, match.start(), match.end())
    for link in manuscript.links:
        address = _IN_ADDRESS.match(link.target)
        if address and digits_of(address[1] or address[2]) not in public:
            found = masked(address[1] or address[2], MOBILE.id)
            yield manuscript.at(MOBILE, link.offset, found, suggestion=found)


def _numbers(joined: str, text: str, public: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """The numbers of the text whose lines are joined, and of the one whose lines are not."""
    found = list(numbers_in(plainly(joined), public))
    if joined != text:
        taken = [range(start, end) for _, start, end in found]
        apart = numbers_in(plainly(text), public)
        found += [one for one in apart if not any(one[1] in places for places in taken)]
    yield from found


def _joined(segment: Segment, source: str) -> str:
    """The words; a number that goes on in the next line is one, with a mark where it breaks."""
    text = _BROKEN.sub("\u200b", segment.text)
    for index, offset in segment.places:
        if source[offset : offset + 1] == "\n" and _SPLIT.match(text, index - 1):
            text = f"{text[:index]}\u200b{text[index + 1 :]}"
    return text


def public_numbers(lists: Lists) -> frozenset[str]:
    """The telephone numbers that the site publishes itself, digits only."""
    return frozenset(re.sub(r"\D", "", n) for n in lists.settings.privacy.public_numbers)


FAMILY = TextFamily(
    "privacy", RULES, find, ANY_NUMBER, words=lambda _lists: ("单元",), source_pattern="tel:|@"
)
