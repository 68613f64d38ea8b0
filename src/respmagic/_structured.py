"""Answers with a form: a type or JSON Schema for the wire, and the answer's text as its value.

Sources: the Structured Outputs guide of the OpenAI documentation (strict form, an object at the
root), and pydantic for both directions. A schema that is no type is checked by the library
jsonschema where it is installed, as it is wherever notebooks are.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from respmagic._enums import with_named_members
from respmagic._exceptions import OutputCutOff, OutputInvalid, OutputRefused, SchemaError
from respmagic._items import Response
from respmagic._schema import faults_of, type_schema, without_nulls
from respmagic._strict_form import strict_form
from respmagic._typed_dicts import with_typed_dicts

__all__ = ["Form", "form_of"]

# Words of which a JSON Schema has at least one.
_WORDS = frozenset(
    {"type", "properties", "items", "enum", "const", "anyOf", "oneOf", "allOf", "$ref"}
)
_WRAPPER = "value"
_KINDS = (
    "a pydantic model, a dataclass, a TypedDict, an Enum, a Literal, list[Model], a plain type "
    "such as int, or a dict that is a JSON Schema"
)
_MOST_FAULTS = 10
_FENCED = re.compile(r"^[ \t]*```[\w+-]*[ \t]*\n(.*?)(?:^[ \t]*```|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Form:
    """What an answer is to look like.

    Attributes:
        name: what the wire calls it.
        schema: JSON Schema with an object at its root, as it is sent.
        strict: whether that is in strict form, which servers hold the model to.
        under: the property that holds the value where that is no object; "" where it is one.
        adapter: makes the value of JSON; None where a schema was given.
        loose: the schema of the value itself, before any of that.
        NOTHING: what a partial answer holds before there is any value in it.
    """

    NOTHING: ClassVar[Any] = object()

    name: str
    schema: Mapping[str, Any]
    strict: bool
    under: str
    adapter: TypeAdapter[Any] | None
    loose: Mapping[str, Any]

    @property
    def format(self) -> dict[str, Any]:
        """The wire's ``text.format``."""
        form = {"name": self.name, "schema": self.schema, "strict": self.strict}
        return {"type": "json_schema", **form}

    def value(self, response: Response) -> Any:
        """The answer as a value of the type, or plain JSON where a schema was given.

        Raises:
            OutputRefused: if the model declined.
            OutputCutOff: if the answer ended early.
            OutputInvalid: if it is no JSON, or does not fit; says where.
        """
        if response.refusal:
            raise OutputRefused(f"the model declined to answer: {_line(response.refusal)}")
        if response.status == "incomplete":
            raise OutputCutOff(_cut_off(response))
        if not response.text.strip():
            raise OutputInvalid("the model gave no answer, where JSON was asked for")
        try:
            value = from_json(_bare(response.text))
        except ValueError as error:
            raise OutputInvalid(f"the answer is no JSON: {_line(str(error))}") from None
        return self._fitted(_unwrapped(value, self.under))

    def partial(self, text: str) -> Any:
        """What there is of the value in a text that is still being written, or `Form.NOTHING`."""
        try:
            value = from_json(_bare(text), allow_partial="trailing-strings")
        except ValueError:
            return self.NOTHING
        return _unwrapped(value, self.under) if value != {} or not self.under else self.NOTHING

    def rows(self, value: Any) -> list[Any]:
        """A value as rows for a DataFrame: models and dataclasses as dicts."""
        plain = value if self.adapter is None else self.adapter.dump_python(value)
        return list(plain) if isinstance(plain, list | tuple | set | frozenset) else [plain]

    def _fitted(self, value: Any) -> Any:
        if self.adapter is None:
            return self._checked(value)
        try:
            return self.adapter.validate_json(to_json(without_nulls(value, self.loose)))
        except ValidationError as error:
            raise self._misfit(faults_of(error)) from None
        except Exception as error:  # noqa: BLE001 - types may check by code of the user's
            raise self._misfit([f"{type(error).__name__}: {error}"]) from None

    def _checked(self, value: Any) -> Any:
        """`value` if it fits the user's own schema, or fits but for the nulls of strict form."""
        validator = _validator(self.loose)
        if validator is None:
            return value
        try:
            errors = list(validator.iter_errors(value))
            if errors and self.strict:
                value = without_nulls(value, self.loose)
                errors = list(validator.iter_errors(value))
        except Exception as error:  # noqa: BLE001 - e.g. a reference out of the schema
            raise self._misfit([f"{type(error).__name__}: {error}"]) from None
        if errors:
            places = (".".join(map(str, error.absolute_path)) or "answer" for error in errors)
            faults = zip(places, errors, strict=True)
            raise self._misfit([f"{place}: {error.message}" for place, error in faults])
        return value

    def _misfit(self, faults: list[str]) -> OutputInvalid:
        lines = [_line(fault) for fault in faults]
        shown = "; ".join(lines[:_MOST_FAULTS])
        more = f"; and {len(lines) - _MOST_FAULTS} more" if len(lines) > _MOST_FAULTS else ""
        return OutputInvalid(f"the answer does not fit {self.name}: {shown}{more}")


def form_of(schema: Any, *, strict: bool = True) -> Form:
    """The form that a type or a JSON Schema asks for.

    Args:
        schema: one of the kinds that the message of the error lists.
        strict: whether the server takes the strict form.

    Raises:
        SchemaError: if it is none of them, or cannot be written as JSON Schema.
    """
    if isinstance(schema, Mapping):
        name, loose = _given(schema)
        return _form(name, loose, None, strict=strict)
    if not _is_type(schema):
        kind = type(schema).__name__
        raise SchemaError(f"the schema is an object of type {kind}; it may be {_KINDS}")
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(with_named_members(with_typed_dicts(schema)))
        loose = type_schema(adapter)
    except Exception as error:  # noqa: BLE001 - pydantic raises many kinds for what is no type
        reason = (str(error) or type(error).__name__).splitlines()[0].partition(". Set ")[0]
        raise SchemaError(
            f"{_name(schema)} cannot be written as JSON Schema ({reason}); it may be {_KINDS}"
        ) from None
    return _form(_name(schema), loose, adapter, strict=strict)


def _is_type(schema: Any) -> bool:
    alias = hasattr(schema, "__value__") or hasattr(schema, "__supertype__")
    return isinstance(schema, type) or get_origin(schema) is not None or alias


def _form(
    name: str, loose: Mapping[str, Any], adapter: TypeAdapter[Any] | None, *, strict: bool
) -> Form:
    root = _object(loose)
    whole = _wrapper(loose) if root is None else root
    closed = _strict(whole) if strict else None
    return Form(
        name=re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_")[:64] or "answer",
        schema=whole if closed is None else closed,
        strict=closed is not None,
        under=_WRAPPER if root is None else "",
        adapter=adapter,
        loose=loose,
    )


def _object(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """`schema` if it describes an object; a recursive one begins with a reference to itself."""
    defs = schema.get("$defs", {})
    if "$ref" in schema and isinstance(defs, Mapping):
        schema = {**defs.get(str(schema["$ref"]).rpartition("/")[2], {}), "$defs": defs}
    return schema if schema.get("type") == "object" or "properties" in schema else None


def _wrapper(schema: Mapping[str, Any]) -> dict[str, Any]:
    inner = {key: value for key, value in schema.items() if key != "$defs"}
    outer = {"type": "object", "properties": {_WRAPPER: inner}, "required": [_WRAPPER]}
    defs = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    return {**outer, "additionalProperties": False, **defs}


def _strict(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if "definitions" in schema:
        return None
    try:
        return strict_form(schema)
    except (KeyError, TypeError, AttributeError, RecursionError):  # a schema of the user's own
        return None


def _given(schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The name and the schema in a dict, which may be the wire's whole ``format``."""
    if isinstance(inner := schema.get("json_schema"), Mapping):
        return _given(inner)
    if isinstance(name := schema.get("name"), str) and isinstance(schema.get("schema"), Mapping):
        return name, _given(schema["schema"])[1]
    if not _WORDS & schema.keys():
        raise SchemaError(
            "the dict is no JSON Schema: it has none of type, properties, items, enum, anyOf; the "
            f"schema may be {_KINDS}"
        )
    _validator(schema)
    return str(schema.get("title") or "answer"), schema


def _validator(schema: Mapping[str, Any]) -> Any:
    """What checks values against `schema`; None where the library is not installed.

    Raises:
        SchemaError: if it is no JSON Schema.
    """
    try:
        jsonschema = importlib.import_module("jsonschema")
        registry = importlib.import_module("referencing").Registry()  # fetches nothing
    except ImportError:
        return None
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        kind.check_schema(schema)
    except jsonschema.SchemaError as error:
        raise SchemaError(f"the dict is no JSON Schema: {_line(error.message)}") from None
    return kind(schema, registry=registry)


def _name(schema: Any) -> str:
    """A name for a type, such as ``list_City``."""
    own = getattr(schema, "__name__", None) or getattr(schema, "_name", None) or "answer"
    inside = [_name(each) for each in get_args(schema) if isinstance(each, type)]
    return "_".join([str(own), *inside])


def _bare(text: str) -> bytes:
    """The JSON in a text: some models put it into a fence, with words around that."""
    found = None if text.lstrip()[:1] in ("{", "[") else _FENCED.search(text)
    return (found[1] if found else text).encode("utf-8", "replace")


def _unwrapped(value: Any, under: str) -> Any:
    """The value itself; servers that do not hold the model to a schema may get it bare."""
    return value[under] if under and isinstance(value, dict) and set(value) == {under} else value


def _cut_off(response: Response) -> str:
    reason = str((response.incomplete_details or {}).get("reason") or "for no reason given")
    if reason == "max_output_tokens":
        return (
            "the answer was cut off by the limit of tokens, so there is no whole value in it: "
            "allow more with --max-output-tokens (max_output_tokens=)"
        )
    return f"the answer was cut off ({_line(reason)}), so there is no whole value in it"


def _line(text: str, limit: int = 300) -> str:
    """The beginning of `text` on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
