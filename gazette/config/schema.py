"""JSON Schemas of what people write, for editors' tools."""

from typing import Any

import msgspec

from gazette.config.bureaus import BureauEntry, TermEntry
from gazette.config.front_matter import FrontMatter
from gazette.config.settings import Config
from gazette.config.theme import ThemeConfig

KINDS: dict[str, Any] = {
    "config": Config,
    "front-matter": FrontMatter,
    "bureaus": tuple[BureauEntry, ...],
    "categories": tuple[TermEntry, ...],
    "theme": ThemeConfig,
}
_ALSO = {
    "string": ["string", "number", "boolean", "null"],
    "array": ["array", "null"],
    "object": ["object", "null"],
}
"""What YAML makes of a text such as 2024, and of a value left empty: the decoder takes them, too."""


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of `KINDS`."""
    (schema,), components = msgspec.json.schema_components(
        [KINDS[kind]], ref_template="#/$defs/{name}"
    )
    for name, component in components.items():
        properties = component["properties"]
        if "extra" in properties:
            del properties["extra"]  # ours: where keys that we do not know are kept
        else:
            component["additionalProperties"] = False
        component.setdefault("title", name)
    whole = {**schema, "$defs": components}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_lenient(whole)}


def _lenient(schema: Any) -> Any:
    """The schema as the decoder reads: texts may look like numbers, values may be left empty."""
    if isinstance(schema, list):
        return [_lenient(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        key: value if key in {"default", "examples", "enum"} else _lenient(value)
        for key, value in schema.items()
    }
    if "" in found.get("enum", ()):
        found["enum"] = [*found["enum"], None]
    kind = found.get("type")
    if isinstance(kind, str) and kind in _ALSO and not found.get("required"):
        found["type"] = _ALSO[kind]
    return found
