"""YAML text -> nodes that know their lines.

Nodes rather than values, because the type of a field, not YAML's guess, decides how its scalar is
read: `title: 2024` is the text "2024", and a fault can name its line. PyYAML's C parser composes the
nodes; constructing values from them ourselves is also faster than its Python constructor.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gazette.problems import Problem, error, warning

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode"]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = {
    f"tag:yaml.org,2002:{name}": name
    for name in ("str", "null", "bool", "int", "float", "timestamp", "seq", "map")
}
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")
"""YAML 1.1 ends a line at these; editors do not see them, and our line numbers do not count them."""
_REFUSABLE = re.compile(r"[&*!]|^[ ?:-]{60}", re.MULTILINE)
_DEEPEST = 100
"""Nested lists and mappings. libyaml's composer recurses in C: deep enough, it ends the process."""


def compose(text: str, file: str, problems: list[Problem], first_line: int = 1) -> Node | None:
    """Parse one YAML document; None if it is empty or faulty.

    `first_line` is the line of `file` at which `text` begins. Aliases are refused (an article could
    swell a build with them), and so are custom tags, deep nesting and a second document.
    """
    text = _LINE_BREAKS.sub(" ", text)
    try:
        refused = _refused(text) if _suspicious(text) else None
        if refused is None:
            node: Node | None = yaml.compose(text, Loader=_Loader)
            return node
    except yaml.YAMLError as fault:
        problems.append(_syntax_problem(fault, file, first_line))
        return None
    code, mark = refused
    problems.append(error(code, file=file, line=mark.line + first_line, column=mark.column + 1))
    return None


def _syntax_problem(fault: yaml.YAMLError, file: str, first_line: int) -> Problem:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    reason = getattr(fault, "problem", None) or getattr(fault, "reason", None) or str(fault)
    line = mark.line + first_line if mark else first_line
    column = mark.column + 1 if mark else None
    return error("yaml-syntax", file=file, line=line, column=column, reason=reason)


def _suspicious(text: str) -> bool:
    """Whether `_refused` might find something; parsing twice would be dear for every article."""
    return bool(_REFUSABLE.search(text)) or text.count("[") + text.count("{") > _DEEPEST // 2


def _refused(text: str) -> tuple[str, Any] | None:
    """The first construct that is legal YAML but not allowed here: its problem's code and its place."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return "yaml-alias", event.start_mark
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _TAGS and tag != "!":
            return "yaml-tag", event.start_mark
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return "yaml-deep", event.start_mark
    return None


def pairs(
    node: MappingNode, file: str, problems: list[Problem], first_line: int = 1
) -> Iterator[tuple[str, Node, Node]]:
    """Each key's text, its node and its value's node; a key given twice is a warning, the last counts."""
    last: dict[str, tuple[Node, Node]] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, ScalarNode) else None
        place = {
            "line": key.start_mark.line + first_line,
            "column": key.start_mark.column + 1,
        }
        if name is None:
            problems.append(error("yaml-key", file=file, **place))
            continue
        if name in last:
            problems.append(warning("key-twice", file=file, key=name, **place))
        last[name] = (key, value)
    for name, (key, value) in last.items():
        yield name, key, value


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold (`"\\x07"` in YAML makes them)."""
    return _UNPRINTABLE.sub("", text)


def is_null(node: Node) -> bool:
    """Whether the value was left empty (`title:`) or is written `null`."""
    return isinstance(node, ScalarNode) and _TAGS.get(node.tag) == "null"


def as_bool(node: Node) -> bool | None:
    """YAML 1.1's booleans, quoted or not; None if it is none."""
    if not isinstance(node, ScalarNode):
        return None
    word = node.value.strip().lower()
    if word in {"true", "yes", "on"}:
        return True
    if word in {"false", "no", "off"}:
        return False
    return None


def shown(node: Node) -> str:
    """The value on one line and not too long, as messages show it."""
    text = clean(node.value) if isinstance(node, ScalarNode) else _flow(node)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN = 60


def _flow(node: Node) -> str:
    if isinstance(node, SequenceNode):
        return f"[{', '.join(map(_flow, node.value))}]"
    if isinstance(node, MappingNode):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(value)}' for key, value in node.value)}}}"
    return clean(node.value)


def plain(node: Node) -> object:
    """The value as plain data (dict, list, str, int, float, bool, None); dates stay as written."""
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(plain(key)): plain(value) for key, value in node.value}
    text = clean(str(node.value))
    kind = _TAGS.get(node.tag)
    if kind == "null":
        return None
    if kind == "bool":
        return as_bool(node)
    return _number(text) if kind in {"int", "float"} else text


_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)(\.[0-9_]*([eE][-+][0-9]+)?)?")
LARGEST = 2**63 - 1
"""What the ledger's encoding can hold."""


def _number(text: str) -> int | float | str:
    if len(text) > 40 or not _DECIMAL.fullmatch(text):
        return text  # 010, 0x1F, 1:30, .inf and other forms of YAML 1.1 stay as written
    number = float(text.replace("_", "")) if "." in text else int(text.replace("_", ""))
    return number if abs(number) <= LARGEST else text
