"""What a template may read on a page, for theme authors."""

from collections.abc import Iterator
from typing import Any

import msgspec

from gazette.pages.context import Route

_LONGEST = 60
_DEEPEST = 4


def explain_view(route: Route) -> list[str]:
    """Lines `name: type = value`, one a field, nested fields below their parent."""
    view = route.view
    rows = [f"{route.path}  <-  {route.template}  ({type(view).__name__})"]
    fields: dict[str, Any] = {n: getattr(view, n) for n in view.__struct_fields__ if n != "common"}
    fields |= msgspec.structs.asdict(view.common)
    for name, value in fields.items():
        rows += _rows(name, value, 0)
    if route.bodies:
        rows.append("content: HTML of the text")
        rows.append("toc: tuple of Heading (level, id, title)")
    rows.append("jsonld: JSON of the structured data")
    return rows


def _rows(name: str, value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, msgspec.Struct) and depth < _DEEPEST:
        yield f"{indent}{name}: {type(value).__name__}"
        for field in _fields(type(value)):
            yield from _rows(field, getattr(value, field), depth + 1)
    elif isinstance(value, tuple):
        kind = type(value[0]).__name__ if value else "nothing"
        yield f"{indent}{name}: tuple of {len(value)} {kind}"
        if value and depth < _DEEPEST:
            yield from _rows("[0]", value[0], depth + 1)
    elif isinstance(value, dict):
        yield f"{indent}{name}: mapping of {len(value)}"
        for key, item in value.items():
            yield from _rows(f"[{key!r}]", item, depth + 1)
    else:
        yield f"{indent}{name}: {type(value).__name__} = {_shown(value)}"


def _fields(kind: type[msgspec.Struct]) -> list[str]:
    """Fields and properties, but for the digests, which only fingerprints need."""
    properties = sorted(name for name, value in vars(kind).items() if isinstance(value, property))
    return [name for name in (*kind.__struct_fields__, *properties) if name != "digest"]


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
