"""YAML nodes -> frozen typed values, all faults at once.

The types are msgspec structs, so that one declaration gives the value, its defaults and its JSON
Schema. msgspec itself stops at the first fault and knows no lines, hence this walker.
"""

import difflib
import functools
import types
import typing
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec

from gazette.config import yaml_nodes
from gazette.config.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from gazette.problems import Problem, error, warning

T = TypeVar("T")


class Fault:
    """Stands for a value that could not be decoded; the problem is already listed."""


FAULT = Fault()


class Decoder:
    """Decodes the nodes of one file and collects its problems."""

    def __init__(self, file: str, problems: list[Problem], first_line: int = 1) -> None:
        self.file = file
        self.problems = problems
        self.first_line = first_line

    def decode(self, node: Node, kind: type[T], path: str = "") -> T | Fault:
        """The node as `kind`, or FAULT after listing what is wrong. `path` names it in messages."""
        return cast("T | Fault", self._value(node, kind, path))

    def fault(self, code: str, node: Node, **arguments: object) -> Fault:
        """List an error at the node's place."""
        self.problems.append(
            error(
                code,
                file=self.file,
                line=node.start_mark.line + self.first_line,
                column=node.start_mark.column + 1,
                **arguments,
            )
        )
        return FAULT

    def _value(self, node: Node, kind: Any, path: str) -> Any:
        origin = get_origin(kind)
        if origin in {Union, types.UnionType}:
            return self._union(node, get_args(kind), path)
        if origin is Annotated:
            return self._constrained(node, kind, path)
        if origin is Literal:
            return self._choice(node, get_args(kind), path)
        if origin is tuple:
            return self._sequence(node, get_args(kind)[0], path)
        if origin is dict:
            return self._mapping(node, get_args(kind)[1], path)
        if kind is Any:
            return yaml_nodes.plain(node)
        if issubclass(kind, msgspec.Struct):
            return self._struct(node, kind, path)
        return self._scalar(node, kind, path)

    def _union(self, node: Node, kinds: tuple[Any, ...], path: str) -> Any:
        if yaml_nodes.is_null(node) and type(None) in kinds:
            return None
        kinds = tuple(kind for kind in kinds if kind is not type(None))
        fitting = [kind for kind in kinds if _node_type(kind) is type(node)]
        return self._value(node, (fitting or kinds)[0], path)

    def _constrained(self, node: Node, kind: Any, path: str) -> Any:
        value = self._value(node, get_args(kind)[0], path)
        if value is FAULT:
            return FAULT
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as fault:
            return self.fault("value-invalid", node, key=path, value=value, reason=str(fault))

    def _choice(self, node: Node, choices: tuple[str, ...], path: str) -> Any:
        value = node.value if isinstance(node, ScalarNode) else None
        if value in choices:
            return value
        near = nearest(str(value), choices)
        return self.fault(
            "value-choice",
            node,
            key=path,
            value=_shown(node),
            choices=", ".join(choices),
            near=near,
        )

    def _sequence(self, node: Node, kind: Any, path: str) -> Any:
        if yaml_nodes.is_null(node):
            return ()
        if not isinstance(node, SequenceNode):
            return self.fault("value-type", node, key=path, value=_shown(node), expected="list")
        values = [self._value(item, kind, f"{path}[{i}]") for i, item in enumerate(node.value)]
        return FAULT if FAULT in values else tuple(values)

    def _mapping(self, node: Node, kind: Any, path: str) -> Any:
        if yaml_nodes.is_null(node):
            return {}
        if not isinstance(node, MappingNode):
            return self.fault("value-type", node, key=path, value=_shown(node), expected="mapping")
        values = {
            name: self._value(value, kind, _join(path, name))
            for name, _, value in yaml_nodes.pairs(node, self.file, self.problems, self.first_line)
        }
        return FAULT if FAULT in values.values() else values

    def _struct(self, node: Node, kind: type[msgspec.Struct], path: str) -> Any:
        if yaml_nodes.is_null(node):
            node = MappingNode(node.tag, [], node.start_mark, node.end_mark)
        if not isinstance(node, MappingNode):
            return self.fault("value-type", node, key=path, value=_shown(node), expected="mapping")
        fields, required = _fields(kind)
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for name, key, value in yaml_nodes.pairs(node, self.file, self.problems, self.first_line):
            if name in fields and name != "extra":
                attribute, field_kind = fields[name]
                values[attribute] = self._value(value, field_kind, _join(path, name))
            elif "extra" in fields:
                extra[name] = yaml_nodes.plain(value)
                self._warn_of_near_miss(key, name, kind)
            else:
                self.fault("key-unknown", key, key=_join(path, name), near=nearest(name, fields))
        if extra:
            values["extra"] = extra
        for name in sorted(required - values.keys()):
            self.fault("key-missing", node, key=_join(path, name))
        if FAULT in values.values() or required - values.keys():
            return FAULT
        return kind(**values)

    def _warn_of_near_miss(self, key: Node, name: str, kind: type[msgspec.Struct]) -> None:
        near = _near_field(name, kind)
        if near:
            line = key.start_mark.line + self.first_line
            column = key.start_mark.column + 1
            self.problems.append(
                warning("key-near", file=self.file, line=line, column=column, key=name, near=near)
            )

    def _scalar(self, node: Node, kind: type, path: str) -> Any:
        if not isinstance(node, ScalarNode):
            return self.fault("value-type", node, key=path, value="", expected=_name(kind))
        if kind is str:
            return "" if yaml_nodes.is_null(node) else yaml_nodes.clean(str(node.value))
        value: object = None
        if kind is bool:
            value = yaml_nodes.as_bool(node)
        elif kind in {int, float}:
            value = _parsed(kind, str(node.value))
        if value is None:
            return self.fault("value-type", node, key=path, value=node.value, expected=_name(kind))
        return value


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[dict[str, tuple[str, Any]], frozenset[str]]:
    hints = typing.get_type_hints(kind, include_extras=True)
    info = msgspec.structs.fields(kind)
    fields = {field.encode_name: (field.name, hints[field.name]) for field in info}
    return fields, frozenset(field.name for field in info if field.required)


def _node_type(kind: Any) -> type[Node]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _node_type(get_args(kind)[0])
    if origin is tuple:
        return SequenceNode
    if origin is dict or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return MappingNode
    return ScalarNode


@functools.lru_cache(maxsize=4096)
def _near_field(name: str, kind: type[msgspec.Struct]) -> str:
    return nearest(name.lower().replace("-", "_"), _fields(kind)[0])


def _parsed(kind: type, text: str) -> object:
    try:
        return kind(text)
    except ValueError:
        return None


def _name(kind: type) -> str:
    return {str: "text", bool: "true/false", int: "integer", float: "number"}.get(
        kind, kind.__name__
    )


def _shown(node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.75)
    return found[0] if found else ""
