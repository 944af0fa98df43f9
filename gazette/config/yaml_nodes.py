"""YAML text -> nodes that know their lines.

Nodes rather than values, because the type of a field, not YAML's guess, decides how its scalar is
read: `title: 2024` is the text "2024", and a fault can name its line. PyYAML's C parser composes the
nodes; constructing values from them ourselves is also faster than its Python constructor.
"""

import re
from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gazette.problems import Problem, error, warning

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode"]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR, _NULL, _BOOL = (f"tag:yaml.org,2002:{name}" for name in ("str", "null", "bool"))
_INT, _FLOAT = "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"


def compose(text: str, file: str, problems: list[Problem], first_line: int = 1) -> Node | None:
    """Parse one YAML document; None if it is empty or faulty.

    `first_line` is the line of `file` at which `text` begins. Aliases are refused (an article could
    swell a build with them), and so are custom tags and a second document.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        problems.append(_syntax_problem(fault, file, first_line))
        return None
    if node is None:
        return None
    if "&" in text or "*" in text:
        alias = _first_alias(text)
        if alias is not None:
            place = {"line": alias[0] + first_line, "column": alias[1] + 1}
            problems.append(error("yaml-alias", file=file, **place))
            return None
    return node


def _syntax_problem(fault: yaml.YAMLError, file: str, first_line: int) -> Problem:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    reason = getattr(fault, "problem", None) or getattr(fault, "reason", None) or str(fault)
    line = mark.line + first_line if mark else first_line
    column = mark.column + 1 if mark else None
    return error("yaml-syntax", file=file, line=line, column=column, reason=reason)


def _first_alias(text: str) -> tuple[int, int] | None:
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return event.start_mark.line, event.start_mark.column
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
    return isinstance(node, ScalarNode) and node.tag == _NULL


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


def plain(node: Node) -> object:
    """The value as plain data (dict, list, str, int, float, bool, None); dates stay as written."""
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(plain(key)): plain(value) for key, value in node.value}
    text = clean(str(node.value))
    if node.tag == _NULL:
        return None
    if node.tag == _BOOL:
        return as_bool(node)
    if node.tag in {_INT, _FLOAT}:
        return _number(text)
    return text


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text  # 0x1F, 1:30 and other forms of YAML 1.1 stay as written
