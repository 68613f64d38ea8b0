"""JSON Schema in strict form, in which servers hold a model to it.

As in the Structured Outputs guide of the OpenAI documentation: every object is closed and requires
all of its properties, so that a parameter with a default becomes one that may be null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["strict_form"]

_FORMATS = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
)
# What strict mode takes. All else that only describes or narrows is left out: what a model writes
# is checked here all the same.
_KEYWORDS = frozenset(
    {"type", "enum", "const", "anyOf", "$ref", "$defs", "description", "format", "pattern"}
    | {"properties", "required", "additionalProperties", "items"}
    | {"minLength", "maxLength", "minItems", "maxItems", "multipleOf"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
_JSON_TYPES = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string"}
# What may let in more than the rest says, or other things: leaving it out would change the meaning.
_UNCLOSED = frozenset(
    {"oneOf", "allOf", "prefixItems", "patternProperties", "not", "if", "dependentSchemas"}
)


def strict_form(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """`schema` in strict form, or None where it has none (free-form objects, tuples, any value)."""
    try:
        return _strict(schema)
    except _NoStrictFormError:
        return None


class _NoStrictFormError(Exception):
    pass


def _strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    schema = _plain(schema)
    if _UNCLOSED & schema.keys() or not {"type", "anyOf", "enum", "const", "$ref"} & schema.keys():
        raise _NoStrictFormError
    strict = {key: value for key, value in schema.items() if key in _KEYWORDS}
    if strict.get("format") not in _FORMATS:
        strict.pop("format", None)
    if "$ref" in strict and len(strict) > 1:  # nothing may stand beside a reference
        strict = {"anyOf": [{"$ref": strict.pop("$ref")}], **strict}
    if "enum" in strict and "type" not in strict:
        kinds = {_JSON_TYPES.get(type(value)) for value in strict["enum"]}
        if None in kinds:  # a list or an object
            raise _NoStrictFormError
        strict["type"] = sorted(filter(None, kinds))
    if "$defs" in strict:
        strict["$defs"] = {name: _strict(inner) for name, inner in strict["$defs"].items()}
    if "anyOf" in strict:
        strict["anyOf"] = [_strict(option) for option in strict["anyOf"]]
    if "items" in strict:
        strict["items"] = _strict(strict["items"])
    if strict.get("type") == "array" and "items" not in strict:
        raise _NoStrictFormError
    return _strict_object(strict) if strict.get("type") == "object" else strict


def _plain(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """`schema` without what has a plainer word: a union by a tag, one schema that is all."""
    if "oneOf" in schema and "discriminator" in schema:
        rest = {key: value for key, value in schema.items() if key != "oneOf"}
        return {**rest, "anyOf": schema["oneOf"]}
    if len(schema.get("allOf", ())) == 1:
        rest = {key: value for key, value in schema.items() if key != "allOf"}
        return {**schema["allOf"][0], **rest}
    return schema


def _strict_object(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("additionalProperties") not in (None, False):
        raise _NoStrictFormError
    properties = schema.get("properties")
    if properties is None:
        raise _NoStrictFormError
    required = schema.get("required", [])
    return {
        **schema,
        "properties": {
            key: _strict(value)
            if key in required or _is_tag(value)
            else _nullable(_strict(value), value)
            for key, value in properties.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


def _is_tag(schema: Mapping[str, Any]) -> bool:
    """Whether there is one value only, which may as well be written."""
    return "const" in schema and schema.get("default", _NOTHING) == schema["const"]


_NOTHING = object()


def _nullable(strict: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema that also takes null, which stands for the default."""
    if "anyOf" in strict:
        options = strict["anyOf"]
        return (
            strict
            if {"type": "null"} in options
            else {**strict, "anyOf": [*options, {"type": "null"}]}
        )
    if isinstance(strict.get("type"), str) and "enum" not in strict and "const" not in strict:
        return strict if strict["type"] == "null" else {**strict, "type": [strict["type"], "null"]}
    described = {"description": schema["description"]} if "description" in schema else {}
    bare = {key: value for key, value in strict.items() if key != "description"}
    return {"anyOf": [bare, {"type": "null"}], **described}
