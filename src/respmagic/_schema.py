"""A Python signature as JSON Schema, and JSON arguments as Python values: both by pydantic.

Strict form as in the Structured Outputs guide of the OpenAI documentation: every object is closed
and requires all of its properties, so that a parameter with a default becomes one that may be null.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

import docstring_parser
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from respmagic._exceptions import ToolDefinitionError

__all__ = ["Signature", "describe_signature", "strict_form"]

_PLAIN_DEFAULTS = (bool, int, float, str)
_FORMATS = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
)
# Keywords that strict mode refuses or that would say twice what is said elsewhere.
_DROPPED = frozenset({"title", "default", "uniqueItems"})
_UNCLOSED = frozenset({"oneOf", "allOf", "prefixItems", "patternProperties", "not"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes, for both sides.

    Attributes:
        description: what the docstring says of the function.
        parameters: JSON Schema of the arguments object.
        strict: whether `parameters` is in strict form.
        adapter: validates an arguments object to a dict of Python values.
        null_is_default: parameters for which null stands for "not given".
    """

    description: str
    parameters: Mapping[str, Any]
    strict: bool
    adapter: TypeAdapter[Any]
    null_is_default: frozenset[str]

    def validate(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Python values of JSON arguments.

        Raises:
            ValueError: if they do not fit; a short message, one line for each fault.
        """
        given = {
            name: value
            for name, value in arguments.items()
            if not (value is None and name in self.null_is_default)
        }
        try:
            return dict(self.adapter.validate_python(given))
        except ValidationError as error:
            faults = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
            raise ValueError("\n".join(faults)) from None


def _place(location: Iterable[Any]) -> str:
    return ".".join(map(str, location)) or "arguments"


def describe_signature(function: Callable[..., Any], name: str) -> Signature:
    """Describe what `function` takes, from its type hints and its docstring.

    Args:
        function: any callable; `*args` is left out, `**kwargs` leaves the schema open.
        name: what errors call it.

    Raises:
        ToolDefinitionError: if a hint cannot be resolved or JSON cannot carry it.
    """
    docs = docstring_parser.parse(inspect.getdoc(function) or "")
    texts = {param.arg_name: param.description or "" for param in docs.params}
    parameters = _parameters(function, name)
    fields = {p.name: _field(p, texts.get(p.name, "")) for p in parameters if _is_named(p)}
    is_open = any(p.kind is p.VAR_KEYWORD for p in parameters)
    adapter = _adapter(fields, is_open=is_open, name=name)
    loose = _without_titles(adapter.json_schema())
    optional = frozenset(p.name for p in parameters if _is_named(p) and p.default is not p.empty)
    not_null = frozenset(
        key for key in optional if not _takes_null(loose["properties"][key], loose)
    )
    strict = None if is_open else strict_form(loose)
    return Signature(
        description=_description(docs),
        parameters=loose if strict is None else strict,
        strict=strict is not None,
        adapter=adapter,
        null_is_default=not_null,
    )


def _description(docs: docstring_parser.Docstring) -> str:
    parts = [docs.short_description, docs.long_description]
    return "\n\n".join(part.strip() for part in parts if part)


def _parameters(function: Callable[..., Any], name: str) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function, eval_str=True).parameters.values())
    except NameError as error:
        raise ToolDefinitionError(
            f"tool {name}: a type hint cannot be resolved ({error})"
        ) from None
    except (TypeError, ValueError) as error:
        raise ToolDefinitionError(f"tool {name}: its signature cannot be read ({error})") from None


def _is_named(parameter: inspect.Parameter) -> bool:
    return parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)


def _field(parameter: inspect.Parameter, text: str) -> Any:
    hint, default = parameter.annotation, parameter.default
    has_default = default is not parameter.empty
    if hint is parameter.empty:
        hint = type(default) if has_default and type(default) in _PLAIN_DEFAULTS else Any
    if has_default and default is not None:
        text = f"{text.rstrip('.')} (default {default!r})".strip()
    if text:
        hint = Annotated[hint, Field(description=text)]
    return NotRequired[hint] if has_default else hint


def _adapter(fields: Mapping[str, Any], *, is_open: bool, name: str) -> TypeAdapter[Any]:
    config = ConfigDict(extra="allow" if is_open else "forbid")
    for key, hint in fields.items():
        _check(key, hint, name)
    arguments = TypedDict("arguments", fields)  # type: ignore[misc]  # made of a signature
    arguments.__pydantic_config__ = config  # type: ignore[attr-defined]  # pydantic's own door
    return TypeAdapter(arguments)


def _check(key: str, hint: Any, name: str) -> None:
    """Whether pydantic can describe this one, so that an error names the parameter."""
    try:
        holder = TypedDict("holder", {"value": hint})  # noqa: UP013 - the hint is a value
        TypeAdapter(holder).json_schema()
    except PydanticUserError as error:
        reason = str(error).splitlines()[0]
        raise ToolDefinitionError(
            f"tool {name}: parameter {key} has a type that JSON cannot carry ({reason}). "
            "Give it a type such as int, str, list[float] or a dataclass."
        ) from None


def _takes_null(schema: Any, root: Mapping[str, Any]) -> bool:
    if "$ref" in schema:
        schema = _resolved(schema["$ref"], root)
    kinds = schema.get("type")
    if not {"type", "anyOf", "enum", "const"} & schema.keys():
        return True
    if kinds == "null" or (isinstance(kinds, list) and "null" in kinds):
        return True
    return any(_takes_null(option, root) for option in schema.get("anyOf", ()))


def _resolved(reference: str, root: Mapping[str, Any]) -> Any:
    return root["$defs"][reference.rpartition("/")[2]]


def _without_titles(schema: Any) -> dict[str, Any]:
    """`schema` without the titles that repeat a property's or a type's name."""
    return {
        key: _mapped(value, _without_titles) if key in ("properties", "$defs") else _walked(value)
        for key, value in schema.items()
        if key != "title"
    }


def _walked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _without_titles(value)
    return [_walked(entry) for entry in value] if isinstance(value, list) else value


def _mapped(schemas: Mapping[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    return {key: change(schema) for key, schema in schemas.items()}


def strict_form(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """`schema` in strict form, or None where it has none (free-form objects, tuples, any value)."""
    try:
        return _strict(schema)
    except _NoStrictFormError:
        return None


class _NoStrictFormError(Exception):
    pass


def _strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    if _UNCLOSED & schema.keys() or not {"type", "anyOf", "enum", "const", "$ref"} & schema.keys():
        raise _NoStrictFormError
    strict = {key: value for key, value in schema.items() if key not in _DROPPED}
    if strict.get("format") not in _FORMATS:
        strict.pop("format", None)
    if "$defs" in strict:
        strict["$defs"] = _mapped(strict["$defs"], _strict)
    if "anyOf" in strict:
        strict["anyOf"] = [_strict(option) for option in strict["anyOf"]]
    if "items" in strict:
        strict["items"] = _strict(strict["items"])
    if strict.get("type") == "array" and "items" not in strict:
        raise _NoStrictFormError
    return _strict_object(strict) if strict.get("type") == "object" else strict


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
            key: _strict(value) if key in required else _nullable(_strict(value), value)
            for key, value in properties.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


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
