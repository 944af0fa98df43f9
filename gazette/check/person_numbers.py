"""Numbers of persons in a text: identity cards, mobile telephones, bank cards, however they are written."""

import re
from collections.abc import Iterator

IDENTITY, MOBILE, CARD = (
    "privacy-identity-number", "privacy-mobile-number", "privacy-bank-card",
)  # fmt: skip
"""The rules that forbid each kind."""
_KEPT = {IDENTITY: (2, 3), MOBILE: (3, 4), CARD: (4, 4)}
"""How many digits stay at the head and at the end."""

_SPELT = {
    "〇零○": "0", "一壹幺": "1", "二贰": "2", "三叁": "3", "四肆": "4", "五伍": "5", "六陆": "6", "七柒": "7",
    "八捌": "8", "九玖": "9",
}  # fmt: skip
_SPELT_DIGITS = {ord(char): digit for chars, digit in _SPELT.items() for char in chars}
_WIDE_DIGITS = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF38, 0xFF58, 0xFF0D)}
_CHINESE_DIGITS = "".join(_SPELT)
DIGITS = f"0-9０-９{_CHINESE_DIGITS}"
"""All characters that may stand for a digit, for use in a set."""

_NO_WIDTH = "\u200b-\u200d\u2060\ufeff"
"""Invisible characters; the first also stands for a line break inside a number."""
_DIGIT_MARK = rf"[{_NO_WIDTH}]?[0-9]"
_GAP = r"[ \u00a0\u3000·.—–-]{1,2}"
_SPACE = r"[ \u00a0\u3000—–-]{1,2}"
_NOT_DIGIT = r"(?<![0-9A-Za-z*.])(?<![0-9A-Za-z]-)"
_END = r"(?![0-9A-Za-z*]|\.[0-9])"
ANY_NUMBER = rf"[{DIGITS}](?:(?:{_GAP}|[（）(){_NO_WIDTH}])?[{DIGITS}]){{6}}"
"""What every number of a person holds."""
_SPELT_OUT = re.compile(rf"[{_CHINESE_DIGITS}](?:(?:{_GAP})?[{_CHINESE_DIGITS}Xx]){{10,}}")
# However it is spaced: region, date and check digit together are no accident. It is looked for from every
# digit on, for a number of a list may stand before it.
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z*.])(?=([1-8](?:(?:{_GAP})?{_DIGIT_MARK}){{16}}(?:{_GAP})?[{_NO_WIDTH}]?[0-9Xx]){_END})"
)
_COUNTRY = r"(?:[（(]?\+?(?:00)?86[）)]?[ -]?)?[（(]?"
_MOBILE = re.compile(
    rf"{_NOT_DIGIT}{_COUNTRY}(1(?:{_DIGIT_MARK}){{2}}(?:(?:{_GAP}|[）)])(?:{_DIGIT_MARK}){{4}}{_GAP}(?:{_DIGIT_MARK}){{4}}"
    rf"|{_DIGIT_MARK}{_GAP}(?:{_DIGIT_MARK}){{3}}{_GAP}(?:{_DIGIT_MARK}){{4}}"
    rf"|{_DIGIT_MARK}{_GAP}(?:{_DIGIT_MARK}){{4}}{_GAP}(?:{_DIGIT_MARK}){{3}}"
    rf"|(?:{_DIGIT_MARK}){{8}})){_END}"
)
_MOBILE_CUT = re.compile(
    rf"{_NOT_DIGIT}{_COUNTRY}(1(?:{_SPACE})?[3-9](?:{_SPACE})?{_DIGIT_MARK}(?:(?:{_SPACE})?{_DIGIT_MARK}){{8}}){_END}"
)
"""Cut anywhere; found only where something tells that it is one number."""
_TELEPHONE = re.compile(
    r"(?:电话|手机|联系|致电|拨打|来电|热线|短信|微信|[Tt]el|TEL|[Mm]obile|☎|📞|📱)[^0-9。；;\n]{0,8}\Z"
)
_PARTS = 4
"""Parts into which a number is cut, unless after every digit."""
_DATED = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])\Z")
_BESIDE_DIGIT = re.compile(r"[0-9][ \u00a0\u3000\t|]*\Z")
_DIGIT_AFTER = re.compile(r"[ \u00a0\u3000\t|]*[0-9]")
_MOBILE_HEAD = re.compile("1[3-9]")
_CARD = re.compile(
    rf"{_NOT_DIGIT}[3-69](?:{_DIGIT_MARK}){{3}}((?:{_GAP})?)(?:(?:{_DIGIT_MARK}){{4}}\1){{2}}(?:{_DIGIT_MARK}){{4}}"
    rf"(?:\1(?:{_DIGIT_MARK}){{1,3}})?{_END}"
)
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
_REGIONS = frozenset(_PROVINCES.split())
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_CARDS = re.compile(r"4|5[1-5]|35|6[0289]|9558")
_NO_PERSON = re.compile(
    r"(?:编号|流水号|[单文批票税令考序字]号|凭证号|准考证号|考生号|工作证号|证书号|受理号|批次号|条码|编码|合同号|[案档]号|代码|票号码?|发票号码|识别号|许可证号?|备案号?|ISBN|QQ|对公账户|国库|财政专户|公司账户)"
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
_DIGIT = re.compile(f"[{DIGITS}]")
_NO_NUMBER = re.compile("[^0-9Xx]+")
_FEWEST = 11
"""Digits of the shortest number of a person."""


def plainly(text: str) -> str:
    """`text` with full-width digits as plain ones, and Chinese ones where so many follow one another.

    As long as it was.
    """
    text = text.translate(_WIDE_DIGITS)
    return _SPELT_OUT.sub(lambda found: found[0].translate(_SPELT_DIGITS), text)


def numbers_in(text: str, public: frozenset[str] = frozenset()) -> Iterator[tuple[str, int, int]]:
    """(rule, start, end) of every number of a person in a text with plain digits (see `plainly`)."""
    taken: list[tuple[int, int]] = []
    for match in _IDENTITY.finditer(text):
        start, end = match.span(1)
        if _is_identity(digits_of(match[1])) and not _is_other(text, start, end):
            taken.append((start, end))
            yield IDENTITY, start, end
    for match in _CARD.finditer(text):
        start, end = match.span()
        if (start, end) not in taken and _is_card(digits_of(match[0])):
            before = text[max(0, start - _FAR_BEFORE) : start]
            if not _is_other(text, start, end) and not _ACCOUNT_OF_OFFICE.search(before):
                yield CARD, start, end
    for start, end in _mobiles(text):
        if digits_of(text[start:end]) not in public and not _is_other(text, start, end):
            yield MOBILE, start, end


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    """Where mobile numbers stand."""
    usual = [m.span(1) for m in _MOBILE.finditer(text) if _MOBILE_HEAD.match(digits_of(m[1]))]
    yield from usual
    starts = {start for start, _ in usual}
    for match in _MOBILE_CUT.finditer(text):
        start, end = match.span(1)
        if start not in starts and _is_one_number(text, start, end):
            yield start, end


def _is_one_number(text: str, start: int, end: int) -> bool:
    """Whether digits with gaps are one telephone number: the words before say so, or nothing else is there.

    Cut behind the third digit, as many write it, it need not be said, unless what follows may be a date, or
    the columns of a table go on.
    """
    before, parts = text[:start], re.split(_SPACE, text[start:end])
    if len(parts) > _PARTS and any(len(part) > 1 for part in parts):
        return False
    if _TELEPHONE.search(before[-_BEFORE:]) or text.strip() == text[start:end]:
        return True
    apart = not _BESIDE_DIGIT.search(before[-_BEFORE:]) and not _DIGIT_AFTER.match(text, end)
    return [len(part) for part in parts] == [3, 8] and apart and not _DATED.match(parts[1])


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether the words beside a number say that it is none of a person: a file's, an amount."""
    before = text[max(0, start - _BEFORE) : start]
    return _NO_PERSON.search(before) is not None or _AMOUNT.match(text, end) is not None


def digits_of(number: str) -> str:
    """The number without what stands between its digits."""
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


def concealed(text: str) -> str:
    """`text` with all numbers of persons masked as prescribed; as long as it was."""
    if len(_DIGIT.findall(text)) < _FEWEST:
        return text
    for kind, start, end in list(numbers_in(plainly(text))):
        text = text[:start] + masked(text[start:end], kind) + text[end:]
    return text


def persons_in(text: str, public: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """(rule, number, words around it) of every number of a person, all of them masked."""
    if len(_DIGIT.findall(text)) < _FEWEST:
        return
    plain = plainly(text)
    hidden = concealed(plain)
    for kind, start, end in numbers_in(plain, public):
        yield kind, hidden[start:end], hidden[max(0, start - _BEFORE) : end + _BEFORE]


def masked(number: str, kind: str) -> str:
    """The number with asterisks for all but the digits that may stay."""
    head, tail = _KEPT[kind]
    places = [index for index, char in enumerate(number) if char.isalnum()][head:-tail]
    return "".join("*" if index in places else char for index, char in enumerate(number))
