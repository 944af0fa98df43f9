"""Text of a document -> its front matter's YAML and its body.

Editors' slips in the fences are read with a warning where they have one reading only; those between
the fences are repaired in `gazette.reading.slips`.
"""

import re
from collections.abc import Iterable

import msgspec

from gazette.config.front_matter import FrontMatter
from gazette.problems import Problem, error, warning

_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"
_FENCE = re.compile(r"-{3}[ \t]*")
_END = re.compile(r"(-{3}|\.{3})[ \t]*")
_DASHES = r"[-‐‑‒–—―－─━﹣]"
_FENCE_SLIP = re.compile(rf"[{_INVISIBLE}]*{_DASHES}{{2,}}[\s{_INVISIBLE}]*")
_INDENTED_SLIP = re.compile(rf"[\s{_INVISIBLE}]*{_DASHES}{{2,}}[\s{_INVISIBLE}]*")
_BEFORE_KEY = re.compile(rf"[\s{_INVISIBLE}]*{_DASHES}*[\s{_INVISIBLE}]*")
KEY = re.compile(
    r"(?P<indent>[ \t　]*)(?P<key>[^\W\d][\w-]*)(?P<colon>[ \t　]*[:：﹕∶])(?P<value>.*)", re.DOTALL
)
"""A line `key: value`, slips in it allowed. DOTALL: a U+2028 does not end a line here."""
KNOWN = frozenset(FrontMatter.__struct_fields__) - {"extra"}


class Parts(msgspec.Struct, frozen=True):
    """A document cut in two; lines count from 1."""

    yaml: str | None
    """None: the document has no front matter."""
    yaml_line: int
    body: str
    body_line: int


def split(text: str, file: str, problems: list[Problem]) -> Parts | None:
    """Cut the front matter off; None if it is never closed (listed in `problems`)."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None or not _opens(lines, first):
        return Parts(None, 1, text, 1)
    last = _end(lines, first + 1)
    if last is None:
        problems.append(error("frontmatter-unclosed", file=file, line=first + 1))
        return None
    for number, exact in ((first, first == 0 and _FENCE), (last, _END)):
        if not exact or not exact.fullmatch(lines[number]):
            text = lines[number].strip()
            problems.append(warning("frontmatter-fence", file=file, line=number + 1, text=text))
    yaml = "\n".join(lines[first + 1 : last])
    return Parts(yaml, first + 2, "\n".join(lines[last + 1 :]), last + 2)


def _opens(lines: list[str], first: int) -> bool:
    """Whether front matter begins here: a fence, or a slip of one with known keys after it."""
    if _FENCE.fullmatch(lines[first]):
        return True
    slip = _INDENTED_SLIP.fullmatch(lines[first])
    return slip is not None and _begins_with_known_key(lines[first + 1 :])


def _end(lines: list[str], start: int) -> int | None:
    """The index of the line that closes the front matter."""
    for number in range(start, len(lines)):
        if _END.fullmatch(lines[number]) or _FENCE_SLIP.fullmatch(lines[number]):
            return number
    # An indented one may be part of a block of text, so it counts only where there is no other.
    return next((n for n in range(start, len(lines)) if _INDENTED_SLIP.fullmatch(lines[n])), None)


def _begins_with_known_key(lines: Iterable[str]) -> bool:
    """Whether the lines begin with `key: value` and a known key comes before anything else does."""
    for line in lines:
        key = KEY.fullmatch(line)
        if key is None and line.strip():
            return False
        if key is not None and key["key"] in KNOWN:
            return True
    return False


def looks_like_front_matter(body: str) -> bool:
    """Whether a text without fences opens with lines such as `title: ...` (or `--- title: ...`)."""
    first, _, rest = body.lstrip().partition("\n")
    head = _BEFORE_KEY.sub("", first, count=1)
    return _begins_with_known_key([head, *rest.split("\n")])
