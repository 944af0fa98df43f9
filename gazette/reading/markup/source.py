"""What is done to a text before it is read as Markdown or HTML."""

import re

MORE = "\ufdd0"
"""Stands for `<!-- more -->` while a text is converted; a noncharacter, taken out of every input."""

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NUMERIC_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_MORE_LINE = re.compile(r"^[ \t\u3000]*<!--[ \t]*more[ \t]*-->[ \t]*$", re.I | re.M)
_MORE_INLINE = re.compile(r"(`+)[^`].*?\1|<!--[ \t]*more[ \t]*-->", re.I)


def clean(text: str) -> str:
    """`text` without characters that XML 1.0 forbids, written out or as a numeric reference.

    The markers that Python-Markdown puts into texts (U+0002, U+0003) are among them, so that no
    article can forge one.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = strip_illegal(text)
    if "&#" in text:
        text = _NUMERIC_REFERENCE.sub(_legal_reference, text)
    return text


def strip_illegal(text: str) -> str:
    """`text` without characters that XML 1.0 forbids."""
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text


def mark_more(text: str) -> str:
    """Put `MORE` in place of each `<!-- more -->` outside code spans."""
    if "<!--" not in text:
        return text
    text = _MORE_LINE.sub(f"\n{MORE}\n", text)
    return _MORE_INLINE.sub(lambda match: match[0] if match[1] else MORE, text)


def _legal_reference(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    number = int(digits[:9], 16 if match[1] else 10)
    if number > 0x10FFFF or _ILLEGAL.match(chr(number)) or number == 0xD:
        return ""
    return match[0]
