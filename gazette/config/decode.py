"""YAML nodes -> frozen typed values, all faults at once.

The types are msgspec structs, so that one declaration gives the value, its defaults and its JSON
Schema. msgspec itself stops at the first fault and knows no lines, hence this walker.
"""

import difflib
import functools
import types
import typing
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypedDict,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

import msgspec

from gazette.config import yaml_nodes
from gazette.config.base import Settings
from gazette.config.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from gazette.problems import Problem, error, warning

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)


class Place(TypedDict):
    """Where a problem is."""

    file: str
    line: int
    column: int


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

    def decode_sound(self, node: MappingNode, kind: type[S]) -> tuple[S, frozenset[str]]:
        """The node as a struct whose fields are all optional, without its faulty ones; and their names."""
        values = self._fields_of(node, kind, "")
        faulty = frozenset(name for name, value in values.items() if value is FAULT)
        return kind(**{name: values[name] for name in values.keys() - faulty}), faulty

    def fault(self, code: str, node: Node, /, **arguments: str) -> Fault:
        """List an error at the node's place."""
        self.problems.append(error(code, **self._place(node), **arguments))
        return FAULT

    def _unfit(self, node: Node, path: str, expected: str) -> Fault:
        shown = yaml_nodes.shown(node)
        return self.fault(
            "value-type",
            node,
            key=self._named(path),
            value=shown,
            expected=expected,
            example=_EXAMPLES.get(expected, _EXAMPLES["a list"]),
        )

    def _place(self, node: Node) -> Place:
        return {
            "file": self.file,
            "line": node.start_mark.line + self.first_line,
            "column": node.start_mark.column + 1,
        }

    def _named(self, path: str) -> str:
        """How messages call the value at `path`: the file, where it is the whole of it."""
        return path or self.file.rpartition("/")[2]

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
        if not fitting and len(kinds) > 1:
            expected = dict.fromkeys(_SHAPES[_node_type(kind)] for kind in kinds)
            return self._unfit(node, path, " or ".join(expected))
        if len(fitting) > 1:  # several kinds of scalar: as YAML reads it
            value = yaml_nodes.plain(node)
            return value if type(value) in fitting else self._value(node, str, path)
        return self._value(node, (fitting or kinds)[0], path)

    def _constrained(self, node: Node, kind: Any, path: str) -> Any:
        value = self._value(node, get_args(kind)[0], path)
        if value is FAULT:
            return FAULT
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError:
            return self.fault(
                "value-invalid",
                node,
                key=path,
                value=yaml_nodes.shown(node),
                example=_example(kind),
            )

    def _choice(self, node: Node, choices: tuple[str, ...], path: str) -> Any:
        value = str(node.value) if isinstance(node, ScalarNode) else yaml_nodes.shown(node)
        if value in choices:
            return value
        listed = ", ".join(choice for choice in choices if choice)
        return self.fault(
            "value-choice",
            node,
            key=path,
            value=value,
            choices=listed,
            near=nearest(value, choices),
        )

    def _sequence(self, node: Node, kind: Any, path: str) -> Any:
        if yaml_nodes.is_null(node):
            return ()
        if not isinstance(node, SequenceNode):
            return self._unfit(node, path, _SHAPES[SequenceNode])
        values = [self._value(item, kind, f"{path}[{i}]") for i, item in enumerate(node.value)]
        return FAULT if FAULT in values else tuple(values)

    def _mapping(self, node: Node, kind: Any, path: str) -> Any:
        if yaml_nodes.is_null(node):
            return {}
        if not isinstance(node, MappingNode):
            return self._unfit(node, path, _SHAPES[MappingNode])
        values = {
            name: self._value(value, kind, _join(path, name))
            for name, _, value in yaml_nodes.pairs(node, self.file, self.problems, self.first_line)
        }
        return FAULT if FAULT in values.values() else values

    def _struct(self, node: Node, kind: type[msgspec.Struct], path: str) -> Any:
        if yaml_nodes.is_null(node):
            node = MappingNode(node.tag, [], node.start_mark, node.end_mark)
        if not isinstance(node, MappingNode):
            return self._unfit(node, path, _SHAPES[MappingNode])
        _, required = _fields(kind)
        values = self._fields_of(node, kind, path)
        missing = sorted(required - values.keys())
        for name in missing:
            self.fault("key-missing", node, key=_join(path, name), name=name)
        return FAULT if missing or FAULT in values.values() else kind(**values)

    def _fields_of(
        self, node: MappingNode, kind: type[msgspec.Struct], path: str
    ) -> dict[str, Any]:
        """The fields that are given, faulty ones as FAULT; unknown keys under `extra` or refused."""
        fields, _ = _fields(kind)
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for name, key, value in yaml_nodes.pairs(node, self.file, self.problems, self.first_line):
            near = "" if name in fields else _near_field(name, kind)
            if name in fields:
                field = fields[name]
                if field.takes_text and type(value) is ScalarNode and not yaml_nodes.is_null(value):
                    # What most fields of front matter hold, without the walk through their types.
                    values[field.attribute] = yaml_nodes.clean(str(value.value))
                elif field.takes_texts and _holds_texts(value):
                    texts = [yaml_nodes.clean(item.value) for item in value.value]
                    values[field.attribute] = tuple(texts)
                else:
                    values[field.attribute] = self._value(value, field.kind, _join(path, name))
            elif "extra" not in kind.__struct_fields__:
                self.fault("key-unknown", key, key=_join(path, name), near=near)
            else:
                extra[name] = yaml_nodes.plain(value)
                if near:
                    place = self._place(key)
                    self.problems.append(warning("key-near", **place, key=name, near=near))
        return values | {"extra": extra} if extra else values

    def _scalar(self, node: Node, kind: type, path: str) -> Any:
        if not isinstance(node, ScalarNode):
            return self._unfit(node, path, _name(kind))
        if kind is str:
            return "" if yaml_nodes.is_null(node) else yaml_nodes.clean(str(node.value))
        value = yaml_nodes.as_bool(node) if kind is bool else _parsed(kind, str(node.value))
        return self._unfit(node, path, _name(kind)) if value is None else value


class _Field(NamedTuple):
    """A field of a struct."""

    attribute: str
    kind: Any
    takes_text: bool
    """Whether every scalar that is given is read as text, without constraints."""
    takes_texts: bool
    """Whether every list that is given is one of such texts."""


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[dict[str, _Field], frozenset[str]]:
    """Key -> field, without `extra`; and the attributes that must be given."""
    hints = typing.get_type_hints(kind, include_extras=True)
    info = [field for field in msgspec.structs.fields(kind) if field.name != "extra"]
    kinds = {field.name: _unannotated(hints[field.name]) for field in info}
    fields = {
        field.encode_name: _Field(
            field.name,
            kinds[field.name],
            _takes_text(kinds[field.name]),
            _takes_texts(kinds[field.name]),
        )
        for field in info
    }
    return fields, frozenset(field.name for field in info if field.required)


def _unannotated(kind: Any) -> Any:
    """The type without a description that constrains nothing."""
    if get_origin(kind) is not Annotated:
        return kind
    constraints = ("ge", "gt", "le", "lt", "multiple_of", "pattern", "min_length", "max_length")
    metas = get_args(kind)[1:]
    constrains = any(getattr(meta, name) is not None for meta in metas for name in constraints)
    return kind if constrains else get_args(kind)[0]


def _choices(kind: Any) -> list[Any]:
    union = get_origin(kind) in {Union, types.UnionType}
    return [choice for choice in (get_args(kind) if union else [kind]) if choice is not type(None)]


def _takes_text(kind: Any) -> bool:
    return [choice for choice in _choices(kind) if _node_type(choice) is ScalarNode] == [str]


def _takes_texts(kind: Any) -> bool:
    lists = [choice for choice in _choices(kind) if _node_type(choice) is SequenceNode]
    return lists == [tuple[str, ...]]


def _holds_texts(node: Node) -> bool:
    """Whether the node is a list of scalars, none of them empty."""
    return type(node) is SequenceNode and all(
        type(item) is ScalarNode and not yaml_nodes.is_null(item) for item in node.value
    )


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
    """The key that was probably meant, or an empty text."""
    known = _fields(kind)[0]
    plain = name.strip(" \u3000“”‘’\"'").lower().replace("-", "_")
    meant = kind.meant if issubclass(kind, Settings) else {}
    return meant.get(plain) or nearest(plain, known)


def _parsed(kind: type, text: str) -> object:
    """The number; None if it is none, or one that the ledger's encoding cannot hold."""
    try:
        value = kind(text)
    except ValueError:
        return None
    return value if abs(value) <= yaml_nodes.LARGEST else None


def _name(kind: Any) -> str:
    names = {bool: "true/false", int: "a whole number", float: "a number"}
    return names.get(kind) or _SHAPES[_node_type(kind)]


_EXAMPLES = {
    "true/false": "true",
    "a whole number": "20",
    "a number": "1.5",
    "text": "abc",
    "a list": "[one, two]",
    "a mapping": "{name: value}",
}
"""How values of each shape are written."""
_SHAPES: dict[type[Node], str] = {
    ScalarNode: "text",
    SequenceNode: "a list",
    MappingNode: "a mapping",
}


def _example(kind: Any) -> str:
    """A value that a constrained type accepts."""
    return next((str(meta.examples[0]) for meta in get_args(kind)[1:] if meta.examples), "...")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.75)
    return found[0] if found else ""
