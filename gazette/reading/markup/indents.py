"""White space at the head of lines, as Chinese texts are typed."""

import re

INDENT = re.compile(
    "(?:[ \t\u3000\u00a0\u2002\u2003]|&(?:nbsp|ensp|emsp|#160|#8194|#8195|#12288|#x3000|#xa0);)+",
    re.I,
)
"""White space at the head of a line, typed or as an entity."""

WIDE_INDENT = re.compile(
    " {0,3}(?:[\u3000\u00a0\u2002\u2003]|&(?:nbsp|ensp|emsp|#160|#8194|#8195|#12288|#x3000|#xa0);)",
    re.I,
)
"""The same, if it holds anything but ordinary spaces."""


def without_indent(line: str) -> str:
    """`line` without the white space, typed or as entities, at its head."""
    match = INDENT.match(line)
    return line[match.end() :] if match else line
