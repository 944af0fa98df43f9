"""Bytes of a text file -> text, whatever the editor's program saved."""

import codecs
import re

from gazette.problems import Problem, error, warning

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_BOMS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE"),
)
_WIDE = re.compile("[^\x00-\x7f]")
_CHINESE = re.compile(
    "[·×°—‘’“”…‰℃→①-⑳《》「」\u3000-\u3020\u3400-\u9fff\uff01-\uff65\U00020000-\U0003ffff]"
)
_IMPROBABLE = re.compile("[\x80-\x9f\u0400-\u052f\u2500-\u257f\u3040-\u30ff\ue000-\uf8ff]")
"""What bytes of another encoding become when they are taken for GB18030."""
_RARE_SCRIPTS = re.compile("[\u0180-\u036f\u0530-\u07ff]")
_EAST_ASIAN = re.compile("[^\x00-\u07ff]")
_UTF8_CHINESE = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL_SHARE = 10
"""One control character in so many: not a text."""


def decode_text(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text with LF line ends and without BOM and control characters; None if it cannot be read.

    UTF-8 is read silently; UTF-16 and GB18030 are read with a warning; anything else is an error.
    """
    problems: list[Problem] = []
    text = _decoded(data, file, problems)
    if text is None:
        return None, tuple(problems)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control is None:
        return text, tuple(problems)
    line = text.count("\n", 0, control.start()) + 1
    if len(_CONTROL.findall(text)) * _CONTROL_SHARE > len(text):
        return None, (error("encoding-unknown", file=file, line=line),)
    code = f"U+{ord(control[0]):04X}"
    problems.append(warning("control-characters", file=file, line=line, character=code))
    return _CONTROL.sub("", text), tuple(problems)


def _decoded(data: bytes, file: str, problems: list[Problem]) -> str | None:
    """The text in the encoding that it was saved in; BOMs and control characters still in it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data[len(bom) :], encoding, file, problems)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _not_utf8(data, fault.start, file, problems)
    other = _misread(data, text)
    if other is None:
        return text
    problems.append(warning("encoding", file=file, encoding=other[1]))
    return other[0]


def _with_bom(data: bytes, encoding: str, file: str, problems: list[Problem]) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        damaged = "encoding-damaged" if encoding == "UTF-8" else "encoding-unknown"
        problems.append(error(damaged, file=file, line=_line(data, fault.start)))
        return None
    if encoding != "UTF-8":
        problems.append(warning("encoding", file=file, encoding="UTF-16"))
    return text


def _misread(data: bytes, text: str) -> tuple[str, str] | None:
    """Text and encoding of data that is valid UTF-8 only by chance.

    A short GBK text can be: 税 is CB B0 there, which UTF-8 reads as a modifier letter. So can UTF-16
    without BOM that holds little but ASCII.
    """
    if "\0" in text and data.count(0) * 4 >= len(data):
        wide = _utf16_without_bom(data)
        return None if wide is None else (wide, "UTF-16")
    if not _EAST_ASIAN.search(text) and _RARE_SCRIPTS.search(text):
        chinese = _gb18030(data)
        return None if chinese is None else (chinese, "GB18030")
    return None


def _not_utf8(data: bytes, start: int, file: str, problems: list[Problem]) -> str | None:
    """The text of data that stops being UTF-8 at `start`."""
    if len(_UTF8_CHINESE.findall(data)) * 3 * 2 > len(_NOT_ASCII.findall(data)):
        # Most of it is UTF-8: cut off, or pasted together from two files. GB18030 would give gibberish.
        problems.append(error("encoding-damaged", file=file, line=_line(data, start)))
        return None
    text, encoding = _utf16_without_bom(data), "UTF-16"
    if text is None:
        text, encoding = _gb18030(data), "GB18030"
    if text is None:
        problems.append(error("encoding-unknown", file=file, line=_line(data, start)))
        return None
    problems.append(warning("encoding", file=file, encoding=encoding))
    return text


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows by its NULs: every line end and ASCII character holds one, always on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or not even + odd or min(even, odd) * 10 > max(even, odd):
        return None
    try:
        text = data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None
    return text if "\n" in text and "\0" not in text and _looks_chinese(text) else None


def _gb18030(data: bytes) -> str | None:
    """GB18030 accepts nearly any bytes, so the result must look like Chinese to be believed."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _looks_chinese(text) else None


def _looks_chinese(text: str) -> bool:
    """Whether what is not ASCII is mostly Chinese characters and punctuation."""
    wide = len(_WIDE.findall(text))
    return len(_CHINESE.findall(text)) * 2 >= wide and len(_IMPROBABLE.findall(text)) * 10 <= wide
