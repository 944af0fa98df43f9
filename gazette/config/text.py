"""Bytes of a text file -> text, whatever the editor's program saved."""

import codecs
import re

from gazette.problems import Problem, error, warning

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HAN = re.compile("[\u3400-\u9fff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_text(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text with LF line ends and without BOM and control characters; None if it cannot be read.

    UTF-8 is read silently; UTF-16 and GB18030 are read with a warning; anything else is an error.
    """
    problems: list[Problem] = []
    text = _decoded(data, file, problems)
    if text is None:
        return None, tuple(problems)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        problems.append(warning("control-characters", file=file, line=line, character=code))
        text = _CONTROL.sub("", text)
    return text, tuple(problems)


def _decoded(data: bytes, file: str, problems: list[Problem]) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data[len(bom) :], encoding, file, problems)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _not_utf8(data, fault, file, problems)
    if "\0" in text:
        wide = _utf16_without_bom(data)
        if wide is not None:
            problems.append(warning("encoding", file=file, encoding="UTF-16"))
            return wide
    return text


def _with_bom(data: bytes, encoding: str, file: str, problems: list[Problem]) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        problems.append(error("encoding-unknown", file=file, line=line))
        return None
    if encoding != "utf-8":
        problems.append(warning("encoding", file=file, encoding="UTF-16"))
    return text


def _not_utf8(
    data: bytes, fault: UnicodeDecodeError, file: str, problems: list[Problem]
) -> str | None:
    text = _utf16_without_bom(data)
    encoding = "UTF-16"
    if text is None:
        text, encoding = _gb18030(data), "GB18030"
    if text is None:
        line = data.count(b"\n", 0, fault.start) + 1
        problems.append(error("encoding-unknown", file=file, line=line))
        return None
    problems.append(warning("encoding", file=file, encoding=encoding))
    return text


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows by its NULs: every line end and ASCII character holds one, always on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or not even + odd or min(even, odd) * 10 > max(even, odd):
        return None
    try:
        return data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _gb18030(data: bytes) -> str | None:
    """GB18030 accepts nearly any bytes, so the result must look like Chinese to be believed."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    wide = sum(1 for char in text if ord(char) > 0x7F)
    odd = sum(1 for char in text if 0x80 <= ord(char) < 0xA0 or 0xE000 <= ord(char) < 0xF900)
    likely = len(_HAN.findall(text)) * 2 >= wide and odd * 20 <= wide
    return text if likely else None
