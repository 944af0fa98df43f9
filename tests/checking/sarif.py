"""The shape that SARIF 2.1.0 gives to the parts of a log that Gazette writes.

Written after chapter 3 of the standard: the objects in use, their required properties and the types and
ranges of all that stands in them; whatever else the standard knows is refused here, for Gazette does not
write it.
"""

from typing import Any


def _closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "required": required, "properties": properties, "additionalProperties": False,
    }  # fmt: skip


_TEXT = {"type": "string", "minLength": 1}
_MESSAGE = _closed(["text"], text=_TEXT)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_BAG = {
    "type": "object",
    "properties": {"tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True}},
}
_POSITIVE = {"type": "integer", "minimum": 1}
_DESCRIPTOR = _closed(
    ["id"], id=_TEXT, shortDescription=_MESSAGE, fullDescription=_MESSAGE, help=_MESSAGE, properties=_BAG,
    defaultConfiguration=_closed([], level=_LEVEL),
)  # fmt: skip
_PHYSICAL = _closed(
    ["artifactLocation"],
    artifactLocation=_closed(
        ["uri"],
        uri={"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"},
        uriBaseId=_TEXT,
    ),
    region=_closed(["startLine"], startLine=_POSITIVE, startColumn=_POSITIVE),
)
_RESULT = _closed(
    ["message"], ruleId=_TEXT, ruleIndex={"type": "integer", "minimum": -1}, level=_LEVEL, message=_MESSAGE,
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    locations={"type": "array", "items": _closed([], physicalLocation=_PHYSICAL)},
)  # fmt: skip
_DRIVER = _closed(
    ["name"], name=_TEXT, version=_TEXT,
    rules={"type": "array", "items": _DESCRIPTOR, "uniqueItems": True},
)  # fmt: skip
_RUN = _closed(
    ["tool"], tool=_closed(["driver"], driver=_DRIVER), language={"enum": ["en", "zh-CN"]},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={
        "type": "object", "additionalProperties": _closed([], uri=_TEXT, description=_MESSAGE),
    },
    results={"type": "array", "items": _RESULT},
)  # fmt: skip
LOG = (
    _closed(["version", "runs"], version={"const": "2.1.0"}, runs={"type": "array", "items": _RUN})
    | {}
)
LOG["properties"]["$schema"] = {"type": "string", "format": "uri"}
