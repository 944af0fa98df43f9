"""The JSON Schemas say what the decoder reads."""

import json
from typing import Any

import msgspec
import pytest

from gazette.config.schema import KINDS, json_schema


def refs(value: object) -> list[str]:
    if isinstance(value, list):
        return [ref for item in value for ref in refs(item)]
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [ref for item in value.values() for ref in refs(item)]
    return []


def structs(kind: str) -> dict[str, Any]:
    types = msgspec.inspect.multi_type_info([KINDS[kind]])
    found: dict[str, Any] = {}

    def walk(info: object) -> None:
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls.__name__ in found:
                return
            found[info.cls.__name__] = info
        for name in getattr(info, "__struct_fields__", ()):
            value = getattr(info, name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, (msgspec.inspect.Type, msgspec.inspect.Field)):
                    walk(item)

    for info in types:
        walk(info)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_references_lead_somewhere(kind: str) -> None:
    schema = json.loads(json.dumps(json_schema(kind)))
    assert {ref.removeprefix("#/$defs/") for ref in refs(schema)} <= set(schema["$defs"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_listed_and_others_are_refused_where_the_decoder_does(kind: str) -> None:
    schema = json_schema(kind)
    for name, info in structs(kind).items():
        definition = schema["$defs"][name]
        keys = {field.encode_name for field in info.fields}
        assert set(definition["properties"]) == keys - {"extra"}
        assert definition.get("additionalProperties", True) is ("extra" in keys)
        assert definition.get("required", []) == [f.encode_name for f in info.fields if f.required]


def test_texts_may_look_like_numbers_and_be_left_empty() -> None:
    contact = json_schema("config")["$defs"]["Contact"]
    assert contact["properties"]["phone"]["type"] == ["string", "number", "boolean", "null"]
    assert contact["type"] == ["object", "null"]
    bureau = json_schema("bureaus")["$defs"]["BureauEntry"]
    assert bureau["type"] == "object"
    assert None in bureau["properties"]["level"]["enum"]


def test_descriptions_and_examples_help_to_write() -> None:
    site = json_schema("config")["$defs"]["SiteSettings"]["properties"]
    assert site["url"]["examples"] == ["https://www.example.com"]
    assert site["icp"]["description"] == "ICP 备案号"
