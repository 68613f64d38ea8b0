"""What a model is told of a tool's parameters, in plain words for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["parameter_lines"]

Schema = Mapping[str, Any]

_MOST_VALUES = 12
_STEP = "    "
# (type, format) -> one of it, several of it
_WORDS = {
    ("string", ""): ("text", "texts"),
    ("string", "date"): ("date (2026-02-03)", "dates"),
    ("string", "date-time"): ("date and time", "dates and times"),
    ("string", "time"): ("time of day", "times of day"),
    ("string", "duration"): ("duration (P1DT2H)", "durations"),
    ("string", "uuid"): ("UUID", "UUIDs"),
    ("string", "path"): ("path", "paths"),
    ("integer", ""): ("whole number", "whole numbers"),
    ("number", ""): ("number", "numbers"),
    ("boolean", ""): ("true or false", "truth values"),
    ("object", ""): ("object", "objects"),
    ("array", ""): ("list", "lists"),
    ("null", ""): ("nothing", "nothing"),
}
_LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
    "pattern": "like {}",
}


def parameter_lines(schema: Schema, indent: str = _STEP) -> Iterator[str]:
    """A line for each parameter: its type, whether it may be left out, what is said of it.

    Args:
        schema: the JSON Schema of the arguments, before it is made strict.
        indent: what each line begins with.
    """
    yield from _properties(schema, schema, indent, ())


def _properties(schema: Schema, root: Schema, indent: str, above: tuple[str, ...]) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        optional = "" if name in schema.get("required", ()) else ", optional"
        said = _indented(_description(inner, root), indent)
        yield f"{indent}{name}: {_kind(inner, root)}{optional}{said}"
        yield from _nested(inner, root, indent + _STEP, above)
    if schema.get("additionalProperties") not in (None, False) and "properties" in schema:
        yield f"{indent}… and any others"


def _description(schema: Schema, root: Schema) -> str:
    own = schema.get("description") or _resolved(schema, root).get("description") or ""
    if "default" in schema and "default" not in own:
        own = f"{own} (default {_value(schema['default'])})".lstrip()
    if not own or own.startswith("(default"):
        return f" {own}".rstrip()
    return f" - {own}"


def _indented(text: str, indent: str) -> str:
    return text.replace("\n", f"\n{indent}{_STEP}")


def _nested(schema: Schema, root: Schema, indent: str, above: tuple[str, ...]) -> Iterator[str]:
    """The lines for what is inside an object, a list of objects, or one of several."""
    name = schema.get("$ref", "")
    if name and name in above:
        return  # a type that holds itself
    above = (*above, name) if name else above
    schema = _resolved(schema, root)
    yield from _properties(schema, root, indent, above)
    inside = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if isinstance(schema.get("items"), Mapping):
        inside.append(schema["items"])
    for inner in inside:
        yield from _nested(inner, root, indent, above)


def _resolved(schema: Schema, root: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = root.get("$defs", {}).get(schema["$ref"].rpartition("/")[2], {})
    return found


def _kind(schema: Schema, root: Schema, number: int = 0) -> str:
    """The type in words; `number` is 1 for several of it."""
    schema = _resolved(schema, root)
    options = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if options:
        return " or ".join(dict.fromkeys(_kind(option, root, number) for option in options))
    if "const" in schema:
        return _value(schema["const"])
    if "enum" in schema:
        return _one_of(schema["enum"])
    if "type" not in schema:
        return "any values" if number else "anything"
    return f"{_typed(schema, root, number)}{_limits(schema)}"


def _typed(schema: Schema, root: Schema, number: int) -> str:
    kind = schema["type"]
    if isinstance(kind, list):
        return " or ".join(_typed({**schema, "type": each}, root, number) for each in kind)
    words = _WORDS.get((kind, schema.get("format", ""))) or _WORDS.get((kind, ""), (kind, kind))
    if kind == "array" and "prefixItems" in schema:
        inside = ", ".join(_kind(inner, root) for inner in schema["prefixItems"])
        return f"{words[number]} ({inside})"
    if kind == "array" and schema.get("items"):
        return f"{words[number]} of {_kind(schema['items'], root, 1)}"
    if kind == "object" and isinstance(values := schema.get("additionalProperties"), Mapping):
        return f"{words[number]} of {_kind(values, root, 1)} by name"
    return words[number]


def _one_of(values: list[Any]) -> str:
    shown = ", ".join(map(_value, values[:_MOST_VALUES]))
    more = f" and {len(values) - _MOST_VALUES:,} more" if len(values) > _MOST_VALUES else ""
    return f"one of {shown}{more}"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _limits(schema: Schema) -> str:
    counted = "prefixItems" in schema  # each of them is told
    limits = {key: words for key, words in _LIMITS.items() if not (counted and "Items" in key)}
    said = [words.format(schema[key]) for key, words in limits.items() if key in schema]
    return f", {', '.join(said)}" if said else ""
