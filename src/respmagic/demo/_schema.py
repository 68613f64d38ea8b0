"""JSON Schema: references and unions resolved, and the places in it where a value must go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = [
    "DEPTH",
    "Path",
    "Schema",
    "Slot",
    "branches_of",
    "enum_of",
    "kind_of",
    "properties_of",
    "required_of",
    "resolve",
    "slots",
]


Schema = Mapping[str, Any]


Path = tuple[str, ...]


DEPTH = 8  # a schema that refers to itself must end somewhere


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in the arguments that a value of the text may fill.

    Attributes:
        path: the names that lead to it.
        schema: its own schema, references resolved and null left out.
        required: a call needs it, and null will not do.
        nullable: null may stand there.
        tool_words: what the tool as a whole says of itself.
        siblings: what is said of the variables that the tool works on, e.g. their columns.
    """

    path: Path
    schema: Schema = field(hash=False, compare=False)
    required: bool = False
    nullable: bool = False
    tool_words: str = ""
    siblings: str = ""

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
    if not isinstance(schema, dict) or depth > DEPTH:
        return {}, False
    reference = schema.get("$ref")
    if isinstance(reference, str):
        rest = {k: v for k, v in schema.items() if k != "$ref"}
        return resolve({**_look_up(reference, root), **rest}, root, depth + 1)
    for part in branches_of(schema.get("allOf")):
        inner, _ = resolve(part, root, depth + 1)
        schema = _merge(inner, {k: v for k, v in schema.items() if k != "allOf"})
    for word in ("anyOf", "oneOf"):
        branches = branches_of(schema.get(word))
        if branches:
            return _resolve_union(schema, branches, word, root, depth)
    return _without_null(schema)


def branches_of(value: Any) -> list[dict[str, Any]]:
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
        name = step.replace("~1", "/").replace("~0", "~")
        node = node.get(name) if isinstance(node, dict) else None
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


def properties_of(schema: Schema) -> dict[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, dict) else {}


def required_of(schema: Schema) -> tuple[str, ...]:
    found = schema.get("required")
    return tuple(n for n in found if isinstance(n, str)) if isinstance(found, list) else ()


def slots(schema: Schema, tool_words: str = "") -> tuple[Slot, ...]:
    """All places of an object schema, those of nested objects included, in its own order."""
    found = tuple(_slots(schema, schema, (), tool_words, required=True))
    siblings = " ".join(slot.description for slot in found if slot.enum)
    return tuple(replace(slot, siblings=siblings) for slot in found) if siblings else found


def _slots(
    schema: Schema, root: Schema, path: Path, words: str, *, required: bool
) -> Iterator[Slot]:
    resolved, _ = resolve(schema, root)
    if len(path) > DEPTH:
        return
    for name, part in properties_of(resolved).items():
        inner, nullable = resolve(part, root)
        needed = required and name in required_of(resolved)
        here = (*path, name)
        if kind_of(inner) == "object" and properties_of(inner):
            yield from _slots(inner, root, here, words, required=needed and not nullable)
        else:
            yield Slot(here, _inlined(inner, root), needed and not nullable, nullable, words)


def _inlined(schema: Schema, root: Schema) -> Schema:
    """Keep the definitions within reach of a schema that is taken out of its place."""
    definitions = {key: root[key] for key in ("$defs", "definitions") if key in root}
    return {**definitions, **schema}
