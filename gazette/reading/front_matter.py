"""Text of a document -> its front matter's YAML and its body, editors' slips repaired."""

import re
from collections.abc import Iterator

import msgspec

from gazette.config import yaml_nodes
from gazette.config.front_matter import FrontMatter
from gazette.config.yaml_nodes import MappingNode, Node
from gazette.problems import Problem, error, warning

_FENCE = re.compile(r"-{3,}[ \t]*")
_FENCE_SLIP = re.compile(r"[-‐-―－─━﹣]{1,}[ \t　]*")
_END = re.compile(r"(-{3}|\.{3})[ \t]*")
_KEY = re.compile(
    r"(?P<indent>[ \t　]*)(?P<key>[A-Za-z_][\w-]*)(?P<colon>[ \t]*[:：])(?P<value>.*)"
)
_TEXT_KEYS = frozenset(
    [
        "title",
        "kicker",
        "subtitle",
        "date",
        "updated",
        "source",
        "source_url",
        "editor",
        "photo_credit",
        "summary",
        "description",
        "excerpt",
        "cover",
        "slug",
        "permalink",
        "expires",
        "author",
    ]
)
_KNOWN = frozenset(FrontMatter.__struct_fields__) - {"extra"}


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
    if first > 0 or not _FENCE.fullmatch(lines[first]):
        problems.append(warning("frontmatter-fence", file=file, line=first + 1, text=lines[first]))
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if _END.fullmatch(line):
            break
        if _FENCE_SLIP.fullmatch(line) and len(line.strip()) > 1:
            problems.append(warning("frontmatter-fence", file=file, line=number + 1, text=line))
            break
    else:
        problems.append(error("frontmatter-unclosed", file=file, line=first + 1))
        return None
    yaml_text = "\n".join(lines[first + 1 : number])
    return Parts(yaml_text, first + 2, "\n".join(lines[number + 1 :]), number + 2)


def _opens(lines: list[str], first: int) -> bool:
    """Whether front matter begins here: a fence, or a slip of one followed by a key."""
    if _FENCE.fullmatch(lines[first]):
        return True
    follows = lines[first + 1] if first + 1 < len(lines) else ""
    key = _KEY.fullmatch(follows)
    return bool(_FENCE_SLIP.fullmatch(lines[first]) and key and key["key"] in _KNOWN)


def looks_like_front_matter(body: str) -> bool:
    """Whether a text without fences opens with lines such as `title: ...`."""
    line = next((line for line in body.split("\n") if line.strip()), "")
    key = _KEY.fullmatch(line)
    return key is not None and key["key"] in _KNOWN


def compose(parts: Parts, file: str, problems: list[Problem]) -> MappingNode | None:
    """The front matter's node, with slips that have one reading only repaired and listed as warnings.

    None if it is faulty (listed). An empty front matter is an empty mapping.
    """
    text = parts.yaml or ""
    found: list[Problem] = []
    node = yaml_nodes.compose(text, file, found, parts.yaml_line) if _usual(text) else None
    if isinstance(node, MappingNode) and not found:
        _warn_of_comments(text, node, file, parts.yaml_line, problems)
        return node
    repairs = list(_repairs(text.split("\n")))
    if repairs:
        lines = text.split("\n")
        for number, _, right in repairs:
            lines[number] = right
        again: list[Problem] = []
        node = yaml_nodes.compose("\n".join(lines), file, again, parts.yaml_line)
        if isinstance(node, MappingNode) and not again:
            for number, code, right in repairs:
                line = number + parts.yaml_line
                problems.append(warning(code, file=file, line=line, right=right.strip()))
            return node
    return _unrepaired(node, text, parts.yaml_line, file, found, problems)


def _usual(text: str) -> bool:
    """Whether YAML's reading of the text is the editor's: no full-width colon or tab at a key."""
    return "\t" not in text and not re.search(r"^[ 　]*[A-Za-z_][\w-]*[ \t]*：", text, re.MULTILINE)


def _unrepaired(
    node: Node | None,
    text: str,
    first_line: int,
    file: str,
    found: list[Problem],
    problems: list[Problem],
) -> MappingNode | None:
    if not found:
        node = yaml_nodes.compose(text, file, found, first_line)
    if isinstance(node, MappingNode) and not found:
        return node
    if node is None and not found:
        return MappingNode("tag:yaml.org,2002:map", [])
    if node is not None and not found:
        found = [error("frontmatter-not-mapping", file=file, line=first_line)]
    problems.extend(_with_text(problem, text, first_line) for problem in found)
    return None


def _with_text(problem: Problem, text: str, first_line: int) -> Problem:
    """Add the offending line's text to a syntax problem, and point tabs out as what they are."""
    if problem.code != "yaml-syntax" or problem.line is None:
        return problem
    lines = text.split("\n")
    # A mark at the end of the text belongs to the last line that says something.
    number = min(problem.line - first_line, len(lines) - 1)
    while number > 0 and not lines[number].strip():
        number -= 1
    shown, column = lines[number], problem.column
    code = "yaml-tab" if shown.startswith("\t") else "yaml-line"
    reason = problem.arguments["reason"]
    line = number + first_line
    return error(
        code, file=problem.file, line=line, column=column, text=shown.strip(), reason=reason
    )


def _repairs(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Lines to read otherwise: (index, code of the warning, the right form)."""
    block_indent: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if block_indent is not None:
            if indent > block_indent or not line.strip():
                continue
            block_indent = None
        if re.search(r":\s*[|>][+-]?\d?\s*$", line):
            block_indent = indent
            continue
        repaired = _repaired(line)
        if repaired is not None:
            yield number, *repaired


def _repaired(line: str) -> tuple[str, str] | None:
    untabbed = re.sub(r"^[ \t　]+", lambda m: m[0].replace("\t", "  ").replace("　", "  "), line)
    code = "slip-tab" if untabbed != line else ""
    key = _KEY.fullmatch(untabbed)
    if key is not None:
        value, name = key["value"], key["key"]
        if "：" in key["colon"] or (name in _KNOWN and value and not value[0].isspace()):
            code = "slip-colon"
        value = value.strip()
        if name in _TEXT_KEYS and _needs_quotes(value):
            value, code = "'" + value.replace("'", "''") + "'", code or "slip-quotes"
        untabbed = f"{key['indent']}{name}: {value}".rstrip()
    return (code, untabbed) if code else None


def _needs_quotes(value: str) -> bool:
    """Whether YAML would not read this value of a text field as one text."""
    if not value or value[0] == "#":
        return False
    if value[0] in "\"'":
        return len(value) < 2 or value[-1] != value[0] or value[0] in value[1:-1]
    return value[0] in "[]{},@`%*&!|>?" or ": " in value or value.endswith(":") or value[:2] == "- "


def _warn_of_comments(
    text: str, node: MappingNode, file: str, first_line: int, problems: list[Problem]
) -> None:
    """`title: 甲 #乙#` loses what follows the number sign: YAML takes it for a comment."""
    if " #" not in text:
        return
    lines = text.split("\n")
    for key, value in node.value:
        line = lines[value.end_mark.line] if value.end_mark.line < len(lines) else ""
        rest = line[value.end_mark.column :]
        same = key.start_mark.line == value.start_mark.line == value.end_mark.line
        if same and key.value in _TEXT_KEYS and rest.lstrip().startswith("#"):
            place = {
                "line": value.start_mark.line + first_line,
                "column": value.end_mark.column + 1,
            }
            quoted = line[value.start_mark.column :].strip().replace("'", "''")
            problems.append(
                warning("text-comment", file=file, **place, right=f"{key.value}: '{quoted}'")
            )
