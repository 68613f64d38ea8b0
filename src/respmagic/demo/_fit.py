"""Values made to satisfy a JSON Schema: converted, clamped, cut, or made up where one is needed."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from respmagic.demo._schema import (
    DEPTH,
    Path,
    Schema,
    branches_of,
    enum_of,
    kind_of,
    properties_of,
    required_of,
    resolve,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["MISSING", "build", "fit", "placeholder"]


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Any = _Missing()  # None is a value of JSON


def build(schema: Schema, filled: Mapping[Path, Any], root: Schema | None = None) -> Any:
    """The object that holds the filled values, completed by whatever is required besides."""
    return _build(schema, schema if root is None else root, filled, (), 0)


def _build(
    schema: Schema, root: Schema, filled: Mapping[Path, Any], path: Path, depth: int
) -> dict[str, Any]:
    resolved, _ = resolve(schema, root)
    built: dict[str, Any] = {}
    for name, part in properties_of(resolved).items():
        here = (*path, name)
        inner, nullable = resolve(part, root)
        inside = any(p[: len(here)] == here for p in filled)
        if here in filled:
            built[name] = filled[here]
        elif inside and properties_of(inner):
            built[name] = _build(inner, root, filled, here, depth + 1)
        elif name in required_of(resolved):
            built[name] = _default(inner, root, nullable=nullable, depth=depth)
    for name in required_of(resolved):
        if name not in built:
            built[name] = None  # required, but described nowhere: anything is valid
    return built


def _default(inner: Schema, root: Schema, *, nullable: bool, depth: int) -> Any:
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
    if nullable and depth > DEPTH:
        return None
    make = _PLAIN.get(kind_of(resolved))
    return make(resolved, root, depth) if make else None


def _plain_string(schema: Schema, _root: Schema, _depth: int) -> str:
    example = schema.get("examples")
    if isinstance(example, list) and example and fit(example[0], schema) == example[0]:
        return str(example[0])
    text = _FORMATS.get(str(schema.get("format")), "")
    fitted = _limit_text(text, schema)
    return text if fitted is MISSING else str(fitted)


def _plain_array(schema: Schema, root: Schema, depth: int) -> list[Any]:
    return [] if depth > DEPTH else _complete_list([], schema, root, depth)


def _plain_object(schema: Schema, root: Schema, depth: int) -> dict[str, Any]:
    return {} if depth > DEPTH else _build(schema, root, {}, (), depth)


_PLAIN: dict[str, Callable[[Schema, Schema, int], Any]] = {
    "string": _plain_string,
    "integer": lambda schema, *_: _limit_number(0, schema),
    "number": lambda schema, *_: _limit_number(0, schema),
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
    """The text cut, filled up and written as the schema wants it, or MISSING."""
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
    return next((t for t in tries if form.search(t)), MISSING)


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
    for index, part in enumerate(branches_of(first)):
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
        more = _another(items, inner) if schema.get("uniqueItems") else MISSING
        items.append(placeholder(inner, root, depth + 1) if more is MISSING else more)
    return items[:most] if isinstance(most, int) else items


def _another(items: Sequence[Any], schema: Schema) -> Any:
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
    parts = properties_of(schema)
    fitted = {n: fit(v, resolve(parts[n], schema)[0]) for n, v in value.items() if n in parts}
    filled: dict[Path, Any] = {(n,): v for n, v in fitted.items() if v is not MISSING}
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
    "boolean": lambda value, _: value if isinstance(value, bool) else MISSING,
    "array": _fit_array,
    "object": _fit_object,
    "null": lambda value, _: None if value is None else MISSING,
}
