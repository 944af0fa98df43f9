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


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of `KINDS`."""
    (schema,), components = msgspec.json.schema_components([KINDS[kind]], ref_template="#/$defs/{name}")
    for name, component in components.items():
        properties = component.get("properties", {})
        if "extra" in properties:
            del properties["extra"]  # ours: where keys that we do not know are kept
        elif properties:
            component["additionalProperties"] = False
        component.setdefault("title", name)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": components}
