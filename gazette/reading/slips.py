"""Front matter's YAML as editors write it -> its node.

Slips that have one reading only are repaired, with a warning that shows the right form. What YAML
itself reads stays as YAML reads it, unless that cannot be meant: a title that is a list, tags that
begin with 【, a `document` that is a text.
"""

import re
import typing
from collections.abc import Iterator
from typing import NamedTuple

from gazette.config import yaml_nodes
from gazette.config.front_matter import FrontMatter, Texts
from gazette.config.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from gazette.problems import Problem, error, warning
from gazette.reading.front_matter import KEY, KNOWN, Parts

_KINDS = typing.get_type_hints(FrontMatter)
_TEXTS = frozenset(name for name in KNOWN if _KINDS[name] == str | None)
_LISTS = frozenset(name for name in KNOWN if _KINDS[name] == Texts | None) | {"author"}
_PROSE = _LISTS | _TEXTS - {"date", "updated", "expires", "slug", "permalink", "layout", "lang"}
"""Where a number sign is more likely part of the text than the beginning of a comment."""
_INDENT = re.compile(r"[ \t　\xa0]*")
_BLOCK = re.compile(r"[:：]\s*[|>][-+1-9]{0,2}\s*(#.*)?$")
_BULLET = re.compile(
    r"(?P<indent> *)(?P<mark>[-－–—•·・*+●])(?P<space>\s*)(?P<item>\S.*)", re.DOTALL
)
_WIDE_LIST = re.compile(r"[【［](?P<items>[^【】［］]*)[】］]")


class _Repair(NamedTuple):
    """How to read a line (numbered from 0); `code` says what was wrong with it."""

    number: int
    code: str
    right: str


def compose(parts: Parts, file: str, problems: list[Problem]) -> MappingNode | None:
    """The front matter's node, with slips repaired and listed; None if it is faulty (listed).

    An empty front matter is an empty mapping.
    """
    text = parts.yaml or ""
    lines = text.split("\n")
    found: list[Problem] = []
    node = yaml_nodes.compose(text, file, found, parts.yaml_line)
    if node is None and not found:
        return MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(node, MappingNode) or not _is_meant(node, lines):
        node = _repaired(lines, parts.yaml_line, file, found, problems) or node
    if isinstance(node, MappingNode):
        _warn_of_comments(lines, node, file, parts.yaml_line, problems)
        return node
    if not found:
        found = [error("frontmatter-not-mapping", file=file, line=parts.yaml_line)]
    problems.extend(_explained(problem, lines, parts.yaml_line) for problem in found)
    return None


def _repaired(
    lines: list[str], first_line: int, file: str, found: list[Problem], problems: list[Problem]
) -> MappingNode | None:
    """The node of the repaired lines; if they are still faulty, `found` is what is wrong with them."""
    repairs = list(_repairs(lines))
    right = lines.copy()
    for repair in repairs:
        right[repair.number] = repair.right
    again: list[Problem] = []
    node = yaml_nodes.compose("\n".join(right), file, again, first_line)
    if not isinstance(node, MappingNode):
        found[:] = again if found else []
        return None
    for repair in repairs:
        line = repair.number + first_line
        problems.append(warning(repair.code, file=file, line=line, right=repair.right.strip()))
    lines[:] = right
    return node


def _is_meant(node: MappingNode, lines: list[str]) -> bool:
    """Whether YAML's reading can be the editor's."""
    for key, value in node.value:
        name = key.value
        if not isinstance(name, str):
            continue  # listed when it is decoded
        if name.startswith("\u3000") or KEY.fullmatch(name):
            return False
        if name == "document" and isinstance(value, ScalarNode):
            return yaml_nodes.is_null(value)
        if name in _TEXTS and not _is_text(value, lines):
            return False
        if name in _LISTS and not _is_list(value):
            return False
    return True


def _is_text(value: Node, lines: list[str]) -> bool:
    """Not `[快讯]`, and not nothing before a hashtag."""
    if not isinstance(value, ScalarNode):
        return not getattr(value, "flow_style", False)
    if not yaml_nodes.is_null(value) or value.start_mark.line >= len(lines):
        return True
    key = KEY.fullmatch(lines[value.start_mark.line])
    return key is None or not _is_hashtag(key["value"])


def _is_list(value: Node) -> bool:
    """Neither full-width brackets nor lines with other marks than `- `; no item that is a mapping."""
    if isinstance(value, SequenceNode):
        return value.flow_style or not any(isinstance(item, MappingNode) for item in value.value)
    if not isinstance(value, ScalarNode) or value.style:
        return True
    return not (_WIDE_LIST.fullmatch(value.value) or _BULLET.fullmatch(value.value))


def _is_hashtag(value: str) -> bool:
    return re.match(r"\s*#+[^#\s]", value) is not None


def _repairs(lines: list[str]) -> Iterator[_Repair]:
    """What to read otherwise, line by line."""
    section, nests, block = "", False, None
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(_unindented(line))]
        if block is not None and (len(indent) > block or not line.strip()):
            if line.strip() and line[0] in "\t\u3000":
                yield _Repair(number, "slip-tab", _untabbed(line))
            continue
        block = len(indent) if _BLOCK.search(line) else None
        key = KEY.fullmatch(line)
        if key is not None and (not indent or _stands_alone(key["key"], section, nests)):
            repair = _repaired_key(line, "")
            section, nests = key["key"], not key["value"].strip()
        elif nests and section in _LISTS:
            repair = _repaired_item(line)
        elif nests and section not in _TEXTS:
            repair = _repaired_key(line, _spaces(indent))
        else:
            repair = _repaired_indent(line)
        if repair is not None:
            yield _Repair(number, *repair)


def _stands_alone(key: str, section: str, nests: bool) -> bool:
    """Whether an indented key cannot belong to the one above: there is none, or that has a value."""
    return not section or (key in KNOWN and not nests)


def _spaces(indent: str) -> str:
    return re.sub("[\t　]", "  ", indent).replace("\xa0", " ")


def _unindented(line: str) -> str:
    return _INDENT.sub("", line, count=1)


def _untabbed(line: str) -> str:
    rest = _unindented(line)
    return _spaces(line[: len(line) - len(rest)]) + rest


def _repaired_indent(line: str) -> tuple[str, str] | None:
    right = _untabbed(line)
    return None if right == line else ("slip-tab", right)


def _repaired_key(line: str, indent: str) -> tuple[str, str] | None:
    """A line `key: value`, and what was wrong with it first."""
    key = KEY.fullmatch(line)
    if key is None or (indent and not key["key"].isascii()):
        return _repaired_indent(line)
    name, value = key["key"], key["value"].strip()
    code = ""
    if key["indent"] != indent:
        code = "slip-indent" if set(key["indent"]) <= {" "} else "slip-tab"
    glued = name in KNOWN and value and not key["value"][0].isspace()
    if key["colon"].strip() != ":" or glued:
        code = code or "slip-colon"
    if name in _TEXTS and _needs_quotes(value) and not _BLOCK.search(line):
        value, code = _quoted(value), code or "slip-quotes"
    wide = _WIDE_LIST.fullmatch(value) if name in _LISTS else None
    if wide is not None:
        items = re.split("[,，、]", wide["items"])
        value, code = f"[{', '.join(item.strip() for item in items)}]", "slip-brackets"
    return (code, f"{indent}{name}: {value}".rstrip()) if code else None


def _repaired_item(line: str) -> tuple[str, str] | None:
    """A line `- item` of a list of texts."""
    untabbed = _untabbed(line)
    bullet = _BULLET.fullmatch(untabbed)
    if bullet is None:
        return _repaired_indent(line)
    item = bullet["item"].strip()
    code = "slip-tab" if untabbed != line else ""
    if bullet["mark"] != "-" or not bullet["space"]:
        code = code or "slip-bullet"
    if _needs_quotes(item):
        item, code = _quoted(item), code or "slip-quotes"
    return (code, f"{bullet['indent']}- {item}") if code else None


def _quoted(value: str) -> str:
    """The text in quotes; a quote that was never closed is closed."""
    if value[0] in "\"'" and value.count(value[0]) == 1:
        return value + value[0]
    return "'" + value.replace("'", "''") + "'"


def _needs_quotes(value: str) -> bool:
    """Whether YAML would not read this value of a text field as one text."""
    if not value:
        return False
    if value[0] in "\"'":
        inner = value[1:-1].replace("''", "") if value[0] == "'" else value[1:-1].replace('\\"', "")
        return len(value) < 2 or value[-1] != value[0] or value[0] in inner
    if value[0] == "#":
        return _is_hashtag(value)
    return (
        value[0] in "[]{},@`%*&!|>" or re.search(r":(\s|$)", value) is not None
        or value[:2] in {"- ", "? "}
    )  # fmt: skip


def _warn_of_comments(
    lines: list[str], node: MappingNode, file: str, first_line: int, problems: list[Problem]
) -> None:
    """`title: 甲 #乙#` loses what follows the number sign: YAML takes it for a comment."""
    for key, value in node.value:
        end = value.end_mark
        plain = isinstance(key, ScalarNode) and isinstance(value, ScalarNode) and not value.style
        if not plain or key.value not in _PROSE or key.start_mark.line != end.line:
            continue
        line = lines[end.line]
        if line[end.column :].lstrip().startswith("#"):
            whole = line[key.end_mark.column :].lstrip().removeprefix(":").strip()
            right = f"{key.value}: {_quoted(whole)}"
            place = {"line": end.line + first_line, "column": end.column + 1}
            problems.append(warning("text-comment", file=file, **place, right=right))


def _explained(problem: Problem, lines: list[str], first_line: int) -> Problem:
    """A syntax problem with the text of the line to blame."""
    if problem.code != "yaml-syntax" or problem.line is None:
        return problem
    number = _culprit(lines, min(problem.line - first_line, len(lines) - 1))
    shown = lines[number]
    line = number + first_line
    column = problem.column if line == problem.line else None
    reason = problem.arguments["reason"]
    text = shown.strip()
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    place = {"line": line, "column": column}
    return error("yaml-line", file=problem.file, **place, text=text, reason=reason)


_SHOWN = 80


def _culprit(lines: list[str], number: int) -> int:
    """The line to blame, given the one at which YAML stopped.

    A mark at the end belongs to the last line that says something; and a line without a colon is noticed
    only at the next one.
    """
    filled = [number, *(n for n in range(number + 1) if lines[n].strip())]
    last, before = filled[-1], filled[-2:][0]
    blameless = re.match(r"\s|#|-|[^:]+:(\s|$)|[\"'\[{}\]]", lines[before])
    return last if blameless else before
