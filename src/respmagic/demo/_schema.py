"""JSON Schema: the places in it where a value must go, and values made to satisfy it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["MISSING", "Slot", "build", "fit", "placeholder", "resolve", "slots"]

Schema = Mapping[str, Any]
Path = tuple[str, ...]
_DEPTH = 8  # a schema that refers to itself must end somewhere


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Any = _Missing()  # None is a value of JSON


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in the arguments that a value of the text may fill.

    Attributes:
        path: the names that lead to it.
        schema: its own schema, references resolved and null left out.
        required: a call needs it, and null will not do.
        nullable: null may stand there.
        tool_words: what the tool as a whole says of itself.
    """

    path: Path
    schema: Schema = field(hash=False, compare=False)
    required: bool = False
    nullable: bool = False
    tool_words: str = ""

    @property
    def name(self) -> str:
        """Its last name."""
        return self.path[-1] if self.path else ""

    @property
    def description(self) -> str:
        """What the schema says of it."""
        title, said = self.schema.get("title"), self.schema.get("description")
        # A title that only spells the name again, as pydantic writes it, says nothing.
        fresh = isinstance(title, str) and title.lower().replace(" ", "_") != self.name.lower()
        return ". ".join(t for t in (title if fresh else None, said) if isinstance(t, str))

    @property
    def kind(self) -> str:
        """Its JSON type, or "any"."""
        return kind_of(self.schema)

    @property
    def enum(self) -> tuple[Any, ...]:
        """The only values that it may have, or ()."""
        return enum_of(self.schema)


def enum_of(schema: Schema) -> tuple[Any, ...]:
    """The listed values of a resolved schema."""
    if "const" in schema:
        return (schema["const"],)
    listed = schema.get("enum")
    return tuple(listed) if isinstance(listed, list) else ()


def kind_of(schema: Schema) -> str:
    """The JSON type of a resolved schema, guessed from its other words where it has none."""
    kind = schema.get("type")
    if isinstance(kind, str):
        return kind
    if isinstance(schema.get("properties"), dict):
        return "object"
    if "items" in schema or "prefixItems" in schema:
        return "array"
    listed = enum_of(schema)
    if listed:
        return "string" if all(isinstance(m, str) for m in listed) else "any"
    return "any"


def resolve(schema: Any, root: Schema, depth: int = 0) -> tuple[Schema, bool]:
    """A schema without ``$ref``, unions and null, and whether null was allowed.

    Of a union the first branch that is not null is taken: any branch is valid.
    """
    if not isinstance(schema, dict) or depth > _DEPTH:
        return {}, False
    reference = schema.get("$ref")
    if isinstance(reference, str):
        rest = {k: v for k, v in schema.items() if k != "$ref"}
        return resolve({**_look_up(reference, root), **rest}, root, depth + 1)
    for part in _schemas(schema.get("allOf")):
        inner, _ = resolve(part, root, depth + 1)
        schema = _merge(inner, {k: v for k, v in schema.items() if k != "allOf"})
    for word in ("anyOf", "oneOf"):
        branches = _schemas(schema.get(word))
        if branches:
            return _resolve_union(schema, branches, word, root, depth)
    return _without_null(schema)


def _schemas(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _merge(first: Schema, second: Schema) -> dict[str, Any]:
    merged = {**first, **second}
    if first.get("properties") and second.get("properties"):
        merged["properties"] = {**first["properties"], **second["properties"]}
    if isinstance(first.get("required"), list) and isinstance(second.get("required"), list):
        merged["required"] = [*first["required"], *second["required"]]
    return merged


def _look_up(reference: str, root: Schema) -> dict[str, Any]:
    node: Any = root
    for step in reference.lstrip("#/").split("/") if reference != "#" else []:
        step = step.replace("~1", "/").replace("~0", "~")
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def _resolve_union(
    schema: Schema, branches: Sequence[Schema], word: str, root: Schema, depth: int
) -> tuple[Schema, bool]:
    rest = {k: v for k, v in schema.items() if k != word}
    nullable = any(b.get("type") == "null" for b in branches)
    real = [b for b in branches if b.get("type") != "null"]
    if not real:
        return {**rest, "type": "null"}, True
    if all("const" in b for b in real):  # the way some tools write an enum with descriptions
        return {**rest, "enum": [b["const"] for b in real]}, nullable
    inner, inner_null = resolve(real[0], root, depth + 1)
    return _merge(inner, rest), nullable or inner_null


def _without_null(schema: Schema) -> tuple[Schema, bool]:
    kind = schema.get("type")
    nullable = False
    if isinstance(kind, list):
        real = [k for k in kind if k != "null"]
        nullable = len(real) < len(kind)
        schema = {**schema, "type": real[0] if real else "null"}
    listed = schema.get("enum")
    if isinstance(listed, list) and None in listed and len(listed) > 1:
        nullable, schema = True, {**schema, "enum": [m for m in listed if m is not None]}
    return schema, nullable or kind == "null"


def _properties(schema: Schema) -> dict[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, dict) else {}


def _required(schema: Schema) -> tuple[str, ...]:
    found = schema.get("required")
    return tuple(n for n in found if isinstance(n, str)) if isinstance(found, list) else ()


def slots(schema: Schema, tool_words: str = "") -> tuple[Slot, ...]:
    """All places of an object schema, those of nested objects included, in its own order."""
    return tuple(_slots(schema, schema, (), tool_words, required=True))


def _slots(
    schema: Schema, root: Schema, path: Path, words: str, *, required: bool
) -> Iterator[Slot]:
    resolved, _ = resolve(schema, root)
    if len(path) > _DEPTH:
        return
    for name, part in _properties(resolved).items():
        inner, nullable = resolve(part, root)
        needed = required and name in _required(resolved)
        here = (*path, name)
        if kind_of(inner) == "object" and _properties(inner):
            yield from _slots(inner, root, here, words, required=needed and not nullable)
        else:
            yield Slot(here, _inlined(inner, root), needed and not nullable, nullable, words)


def _inlined(schema: Schema, root: Schema) -> Schema:
    """Keep the definitions within reach of a schema that is taken out of its place."""
    definitions = {key: root[key] for key in ("$defs", "definitions") if key in root}
    return {**definitions, **schema}


# Values that satisfy a schema


def build(schema: Schema, filled: Mapping[Path, Any], root: Schema | None = None) -> Any:
    """The object that holds the filled values, completed by whatever is required besides."""
    return _build(schema, schema if root is None else root, filled, (), 0)


def _build(
    schema: Schema, root: Schema, filled: Mapping[Path, Any], path: Path, depth: int
) -> dict[str, Any]:
    resolved, _ = resolve(schema, root)
    built: dict[str, Any] = {}
    for name, part in _properties(resolved).items():
        here = (*path, name)
        inner, nullable = resolve(part, root)
        inside = any(p[: len(here)] == here for p in filled)
        if here in filled:
            built[name] = filled[here]
        elif inside and _properties(inner):
            built[name] = _build(inner, root, filled, here, depth + 1)
        elif name in _required(resolved):
            built[name] = _default(part, inner, root, nullable=nullable, depth=depth)
    for name in _required(resolved):
        if name not in built:
            built[name] = None  # required, but described nowhere: anything is valid
    return built


def _default(part: Any, inner: Schema, root: Schema, *, nullable: bool, depth: int) -> Any:
    if "default" in inner and _allows(inner, inner["default"]):
        return inner["default"]
    return None if nullable else placeholder(inner, root, depth + 1)


def _allows(schema: Schema, value: Any) -> bool:
    return value is None or fit(value, schema) == value


def placeholder(schema: Schema, root: Schema | None = None, depth: int = 0) -> Any:
    """The plainest value that satisfies a schema."""
    root = schema if root is None else root
    resolved, nullable = resolve(schema, root)
    if "default" in resolved and resolved["default"] is not None:
        fitted = fit(resolved["default"], resolved)
        if fitted is not MISSING:
            return fitted
    if enum_of(resolved):
        return enum_of(resolved)[0]
    if nullable and depth > _DEPTH:
        return None
    make = _PLAIN.get(kind_of(resolved))
    return make(resolved, root, depth) if make else None


def _plain_string(schema: Schema, _root: Schema, _depth: int) -> str:
    example = schema.get("examples")
    if isinstance(example, list) and example and fit(example[0], schema) == example[0]:
        return str(example[0])
    text = _FORMATS.get(str(schema.get("format")), "")
    return str(_limit_text(text, schema))


def _plain_number(schema: Schema, _root: Schema, _depth: int) -> Any:
    return _limit_number(0, schema)


def _plain_array(schema: Schema, root: Schema, depth: int) -> list[Any]:
    return [] if depth > _DEPTH else _complete_list([], schema, root, depth)


def _plain_object(schema: Schema, root: Schema, depth: int) -> dict[str, Any]:
    return {} if depth > _DEPTH else _build(schema, root, {}, (), depth)


_PLAIN: dict[str, Callable[[Schema, Schema, int], Any]] = {
    "string": _plain_string,
    "integer": _plain_number,
    "number": _plain_number,
    "boolean": lambda *_: False,
    "array": _plain_array,
    "object": _plain_object,
}
_FORMATS = {
    "date": "1970-01-01",
    "date-time": "1970-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "email": "nobody@example.com",
    "uri": "https://example.com",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "ipv4": "127.0.0.1",
    "duration": "PT0S",
}


def fit(value: Any, schema: Schema) -> Any:
    """The value as the schema wants it (converted, clamped, cut), or MISSING if it cannot be."""
    listed = enum_of(schema)
    if listed:
        return next((m for m in listed if m == value and type(m) is type(value)), MISSING)
    take = _FITS.get(kind_of(schema))
    return take(value, schema) if take else value


def _fit_string(value: Any, schema: Schema) -> Any:
    if isinstance(value, bool | dict | list) or value is None:
        return MISSING
    text = f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)
    return _limit_text(text, schema)


def _limit_text(text: str, schema: Schema) -> Any:
    longest, shortest = schema.get("maxLength"), schema.get("minLength")
    if isinstance(longest, int):
        text = text[:longest]
    if isinstance(shortest, int):
        text = text.ljust(shortest, "x")
    pattern = schema.get("pattern")
    if not isinstance(pattern, str):
        return text
    try:
        form = re.compile(pattern)
    except re.error:
        return text
    tries = (text, text.upper(), text.lower(), text.title(), re.sub(r"\W", "", text).upper())
    return next((t for t in tries if form.search(t)), text)


def _fit_number(value: Any, schema: Schema) -> Any:
    if isinstance(value, str):
        try:
            value = float(value.replace(",", ""))
        except ValueError:
            return MISSING
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return MISSING
    return _limit_number(value, schema)


def _limit_number(value: float, schema: Schema) -> int | float:
    whole = schema.get("type") == "integer"
    low, high = _bound(schema, "minimum", 1, whole), _bound(schema, "maximum", -1, whole)
    step = schema.get("multipleOf")
    if whole:
        value = round(value)
    value = max(value, low) if low is not None else value
    value = min(value, high) if high is not None else value
    if isinstance(step, int | float) and step > 0 and not isinstance(step, bool):
        count = math.floor(value / step)
        count += 1 if low is not None and count * step < low else 0
        value = count * step
    return int(value) if whole or (isinstance(value, float) and _exact(value)) else value


def _exact(value: float) -> bool:
    return value.is_integer() and abs(value) < 2**53


def _bound(schema: Schema, word: str, inward: int, whole: bool) -> float | None:
    """The nearest value that a bound still allows."""
    bounds: list[float] = []
    plain, exclusive = schema.get(word), schema.get("exclusive" + word.capitalize())
    if isinstance(plain, int | float) and not isinstance(plain, bool):
        edge = math.ceil(plain) if inward > 0 else math.floor(plain)
        bounds.append(edge if whole else plain)
    if isinstance(exclusive, int | float) and not isinstance(exclusive, bool):
        edge = math.floor(exclusive) if inward > 0 else math.ceil(exclusive)
        bounds.append(edge + inward if whole else math.nextafter(exclusive, math.inf * inward))
    return (max if inward > 0 else min)(bounds) if bounds else None


def _fit_boolean(value: Any, _schema: Schema) -> Any:
    return value if isinstance(value, bool) else MISSING


def _fit_array(value: Any, schema: Schema) -> Any:
    items = value if isinstance(value, list) else [value]
    inner, _ = resolve(schema.get("items", {}), schema)
    fitted = [fit(item, inner) for item in items]
    if items and all(f is MISSING for f in fitted):
        return MISSING
    return _complete_list([f for f in fitted if f is not MISSING], schema, schema, 0)


def _complete_list(items: list[Any], schema: Schema, root: Schema, depth: int) -> list[Any]:
    """Make a list as long, and as free of doubles, as its schema wants it."""
    first = schema.get("prefixItems")
    for index, part in enumerate(_schemas(first)):
        inner, _ = resolve(part, root)
        fitted = fit(items[index], inner) if index < len(items) else MISSING
        items[index : index + 1] = [
            placeholder(inner, root, depth + 1) if fitted is MISSING else fitted
        ]
    if schema.get("uniqueItems") is True:
        items = [item for i, item in enumerate(items) if item not in items[:i]]
    least, most = schema.get("minItems"), schema.get("maxItems")
    inner, _ = resolve(schema.get("items", {}), root)
    while isinstance(least, int) and len(items) < least:
        more = _another(items, inner, root, depth) if schema.get("uniqueItems") else MISSING
        items.append(placeholder(inner, root, depth + 1) if more is MISSING else more)
    return items[:most] if isinstance(most, int) else items


def _another(items: Sequence[Any], schema: Schema, root: Schema, depth: int) -> Any:
    """A value that the list does not have yet."""
    tries: list[Any] = list(enum_of(schema)) or [
        fit(value, schema)
        for n in range(len(items) + 1)
        for value in ({"boolean": n == 1, "string": f"item{n}"}.get(kind_of(schema), n),)
    ]
    return next((t for t in tries if t is not MISSING and t not in items), MISSING)


def _fit_object(value: Any, schema: Schema) -> Any:
    if not isinstance(value, dict):
        return MISSING
    parts = _properties(schema)
    fitted = {n: fit(v, resolve(parts[n], schema)[0]) for n, v in value.items() if n in parts}
    filled = {(n,): v for n, v in fitted.items() if v is not MISSING}
    extra = schema.get("additionalProperties", not parts)
    others = {n: v for n, v in value.items() if n not in parts} if extra else {}
    if isinstance(extra, dict):
        inner, _ = resolve(extra, schema)
        others = {n: f for n, v in others.items() if (f := fit(v, inner)) is not MISSING}
    return {**build(schema, filled), **others}


_FITS: dict[str, Callable[[Any, Schema], Any]] = {
    "string": _fit_string,
    "integer": _fit_number,
    "number": _fit_number,
    "boolean": _fit_boolean,
    "array": _fit_array,
    "object": _fit_object,
    "null": lambda value, _: None if value is None else MISSING,
}
