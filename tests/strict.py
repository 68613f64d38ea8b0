"""The rules of strict schemas, written down from the protocol notes and OpenAI's guide.

Not from the code that makes schemas strict: this is the second opinion on what it makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# What the guide on Structured Outputs lists as supported, and what only describes.
KEYWORDS = frozenset(
    {"type", "enum", "const", "anyOf", "$ref", "$defs", "description"}
    | {"properties", "required", "additionalProperties", "items"}
    | {"pattern", "format", "minLength", "maxLength", "minItems", "maxItems"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
FORMATS = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
)
TYPES = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
MOST_PROPERTIES, MOST_LEVELS, MOST_ENUM_VALUES = 5000, 10, 1000


def faults(schema: Mapping[str, Any]) -> list[str]:
    """What OpenAI would refuse of the parameters of a strict tool; nothing if all is well."""
    found = list(_node(schema, "$", schema))
    if schema.get("type") != "object" or "anyOf" in schema:
        found.append("$: the root is no plain object")
    found += _sizes(schema)
    return found


def _node(node: Any, place: str, root: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(node, Mapping):
        yield f"{place}: no schema, but {node!r}"
        return
    for keyword in node.keys() - KEYWORDS:
        yield f"{place}: {keyword} is not supported"
    if not node.keys() & {"type", "anyOf", "enum", "const", "$ref"}:
        yield f"{place}: says of no type what it is"
    if "$ref" in node:
        yield from _reference(node, place, root)
    yield from _typed(node, place)
    for name, inner in _inside(node, place):
        yield from _node(inner, name, root)


def _typed(node: Mapping[str, Any], place: str) -> Iterator[str]:
    kinds = node.get("type", [])
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind not in TYPES:
            yield f"{place}: {kind!r} is no type"
    if "format" in node and node["format"] not in FORMATS:
        yield f"{place}: format {node['format']} is not supported"
    if "object" in kinds or "properties" in node:
        yield from _object(node, place)
    if "array" in kinds and "items" not in node:
        yield f"{place}: an array without items"


def _reference(node: Mapping[str, Any], place: str, root: Mapping[str, Any]) -> Iterator[str]:
    if len(node) > 1:
        yield f"{place}: something stands beside a reference"
    name = node["$ref"].removeprefix("#/$defs/")
    if name not in root.get("$defs", {}) and node["$ref"] != "#":
        yield f"{place}: {node['$ref']} leads nowhere"


def _object(node: Mapping[str, Any], place: str) -> Iterator[str]:
    if node.get("additionalProperties") is not False:
        yield f"{place}: additionalProperties is not false"
    if sorted(node.get("required", [])) != sorted(node.get("properties", {})):
        yield f"{place}: required does not name all properties"


def _inside(node: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    for keyword in ("properties", "$defs"):
        for name, inner in node.get(keyword, {}).items():
            yield f"{place}.{name}", inner
    for number, inner in enumerate(node.get("anyOf", [])):
        yield f"{place}|{number}", inner
    if "items" in node:
        yield f"{place}[]", node["items"]


def _sizes(schema: Mapping[str, Any]) -> Iterator[str]:
    nodes = list(_all(schema))
    if sum(len(node.get("properties", {})) for node in nodes) > MOST_PROPERTIES:
        yield "more than 5000 properties"
    if sum(len(node.get("enum", [])) for node in nodes) > MOST_ENUM_VALUES:
        yield "more than 1000 values of enums"
    if _depth(schema) > MOST_LEVELS:
        yield "more than 10 levels"


def _all(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for _, inner in _inside(node, ""):
        yield from _all(inner)


def _depth(node: Mapping[str, Any]) -> int:
    inner = [_depth(each) for _, each in _inside(node, "")]
    is_level = "properties" in node or "items" in node
    return is_level + max(inner, default=0)
