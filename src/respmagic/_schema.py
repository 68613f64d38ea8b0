"""A Python signature as JSON Schema, and JSON arguments as Python values: both by pydantic."""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple, NotRequired, Self, get_args, get_origin

import docstring_parser
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from respmagic import _secrets
from respmagic._enums import with_named_members
from respmagic._exceptions import ToolDefinitionError
from respmagic._references import Resolver, with_references, with_text
from respmagic._strict_form import strict_form
from respmagic._typed_dicts import with_typed_dicts

__all__ = [
    "Signature",
    "describe_signature",
    "faults_of",
    "field_defaults",
    "type_schema",
    "without_nulls",
    "without_partials",
]

_PLAIN_DEFAULTS = (bool, int, float, str)
_LONGEST_DEFAULT = 80


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes, for both sides.

    Attributes:
        description: what the docstring says of the function.
        parameters: JSON Schema of the arguments object.
        strict: whether `parameters` is in strict form.
        adapter: validates an arguments object to a dict of Python values.
        loose: the schema before it was made strict; it tells where null stands for "not given".
        references: the parameters that take objects of the notebook by name.
        is_open: whether it takes further arguments by any name, as they are.
    """

    description: str
    parameters: Mapping[str, Any]
    strict: bool
    adapter: TypeAdapter[Any]
    loose: Mapping[str, Any]
    references: frozenset[str] = frozenset()
    is_open: bool = False

    def renewed(self) -> Self:
        """The same with the objects that the notebook has now."""
        if not self.references:
            return self
        loose = _arguments_schema(self.adapter, is_open=self.is_open)
        strict = strict_form(loose) if self.strict else None
        return replace(self, parameters=loose if strict is None else strict, loose=loose)

    def validate(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Python values of JSON arguments.

        Raises:
            ValueError: if they do not fit; a short message, one line for each fault.
        """
        given = _given(arguments, self.loose, self.loose)
        known = self.loose["properties"].keys()
        further = {name: given.pop(name) for name in given.keys() - known if self.is_open}
        try:
            return {**self.adapter.validate_python(given), **further}
        except ValidationError as error:
            raise ValueError("\n".join(faults_of(error, "arguments"))) from None
        except Exception as error:  # noqa: BLE001 - types may check by code of the user's
            raise ValueError(f"{type(error).__name__}: {error}") from None


def faults_of(error: ValidationError, whole: str = "answer") -> list[str]:
    """What does not fit, a line each: where, and why; `whole` names what has no place in it."""
    places = (".".join(map(str, fault["loc"])) or whole for fault in error.errors())
    return [f"{place}: {fault['msg']}" for place, fault in zip(places, error.errors(), strict=True)]


def _given(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """`value` without the nulls that stand for defaults: strict form has the model send them."""
    if "$ref" in schema:
        schema = _resolved(schema["$ref"], root)
    for option in _options(schema):
        value = _given(value, option, root)
    if isinstance(value, list):
        items = schema.get("items")
        return [_given(v, items, root) for v in value] if isinstance(items, Mapping) else value
    if not isinstance(value, Mapping) or "properties" not in schema:
        return value
    properties, required = schema["properties"], schema.get("required", ())
    return {
        key: _given(entry, properties.get(key, {}), root)
        for key, entry in value.items()
        if entry is not None or key in required or _takes_null(properties.get(key, {}), root)
    }


def describe_signature(
    function: Callable[..., Any], name: str, resolver: Resolver | None = None
) -> Signature:
    """Describe what `function` takes, from its type hints and its docstring.

    Args:
        function: any callable; `*args` is left out, `**kwargs` leaves the schema open.
        name: what errors call it.
        resolver: knows the objects that are given by name where JSON cannot carry a type.

    Raises:
        ToolDefinitionError: if a hint cannot be resolved, or if JSON cannot carry it and there is
            no resolver.
    """
    docs = _docs(function)
    texts = {
        word.strip(" *"): param.description or ""
        for doc in docs
        for param in doc.params
        for word in param.arg_name.split(",")  # NumPy's "x, y : int"
    }
    parameters = list(map(_with_field_said, _parameters(function, name)))
    fields = {
        parameter.name: _field(parameter, texts.get(parameter.name, ""), name, resolver)
        for parameter in parameters
        if _is_named(parameter)
    }
    is_open = any(p.kind is p.VAR_KEYWORD for p in parameters)
    hints = {word: field.hint for word, field in fields.items()}
    adapter = _adapter(hints)
    loose = _arguments_schema(adapter, is_open=is_open)
    strict = None if is_open else strict_form(loose)
    return Signature(
        description=next(filter(None, map(_description, reversed(docs))), ""),
        parameters=loose if strict is None else strict,
        strict=strict is not None,
        adapter=adapter,
        loose=loose,
        references=frozenset(word for word, field in fields.items() if field.refers),
        is_open=is_open,
    )


def _docs(function: Any) -> list[docstring_parser.Docstring]:
    """The docstring; that of the class last where a class or its object is called."""
    function = without_partials(function)
    if inspect.isclass(function):
        # Its own only: what it inherits is about another class, or about classes at large.
        own = vars(function)
        return [_parsed(_text_of(source)) for source in (own.get("__init__"), function)]
    sources = [function] if inspect.isroutine(function) else [type(function).__call__, function]
    return [_parsed(inspect.getdoc(source) or "") for source in sources]


def _text_of(source: Any) -> str:
    doc = getattr(source, "__doc__", None)
    return inspect.cleandoc(doc) if isinstance(doc, str) else ""


def _parsed(doc: str) -> docstring_parser.Docstring:
    """One line needs no parser, whose first use costs a few milliseconds; ``:param`` is for it."""
    if "\n" in doc or doc.startswith((":", "@")):
        return docstring_parser.parse(doc)
    parsed = docstring_parser.Docstring()
    parsed.short_description = doc
    return parsed


def without_partials(function: Any) -> Any:
    """The callable inside partials."""
    while isinstance(function, functools.partial):
        function = function.func
    return function


def _description(docs: docstring_parser.Docstring) -> str:
    parts = [docs.short_description, docs.long_description]
    return "\n\n".join(part.strip() for part in parts if part)


def _parameters(function: Callable[..., Any], name: str) -> list[inspect.Parameter]:
    """The parameters with their hints; a return hint that cannot be resolved does no harm."""
    try:
        plain = list(inspect.signature(function).parameters.values())
    except Exception as error:  # noqa: BLE001 - hints are code of the user's
        raise ToolDefinitionError(
            f"tool {name}: its signature cannot be read ({error}). Wrap it in a function of your "
            "own."
        ) from None
    if plain and plain[0].name == "self" and plain[0].annotation is inspect.Parameter.empty:
        raise ToolDefinitionError(
            f"tool {name}: it takes self, so it is a method without its object. Offer it by the "
            f"object, as in box.{name}, or wrap it in a function of your own."
        )
    try:
        return list(inspect.signature(function, eval_str=True).parameters.values())
    except Exception:  # noqa: BLE001 - see above
        scope = _scope(function)
        return [_with_hint(parameter, scope, name) for parameter in plain]


def _scope(function: Any) -> dict[str, Any]:
    """The names that the hints of `function` may use."""
    function = inspect.unwrap(without_partials(function))
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    scope: dict[str, Any] = getattr(function, "__globals__", None) or getattr(
        module, "__dict__", {}
    )
    return dict(scope)


def _with_hint(parameter: inspect.Parameter, scope: dict[str, Any], name: str) -> inspect.Parameter:
    hint = parameter.annotation
    if not isinstance(hint, str):
        return parameter
    try:
        return parameter.replace(annotation=eval(hint, scope))  # noqa: S307 - the user's own code
    except Exception as error:  # noqa: BLE001 - see above
        raise ToolDefinitionError(
            f"tool {name}: the type hint {hint!r} of parameter {parameter.name} cannot be "
            f"resolved ({error}). Write a type there, such as int, str or list[float]."
        ) from None


def _with_field_said(parameter: inspect.Parameter) -> inspect.Parameter:
    """``x: int = Field(5, ge=1)`` as ``x: Annotated[int, Field(ge=1)] = 5``."""
    field = parameter.default
    if not isinstance(field, FieldInfo):
        return parameter
    hint = Any if parameter.annotation is parameter.empty else parameter.annotation
    for note in filter(None, [*field.metadata, field.description]):
        hint = Annotated[hint, note]
    default = field_defaults([parameter]).get(parameter.name, parameter.empty)
    return parameter.replace(annotation=hint, default=default)


def field_defaults(parameters: Iterable[inspect.Parameter]) -> dict[str, Any]:
    """The defaults that stand in a pydantic `Field`, which Python would give a call as it is."""
    fields = {p.name: p.default for p in parameters if isinstance(p.default, FieldInfo)}
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in fields.items()
        if not field.is_required()
    }


def _is_named(parameter: inspect.Parameter) -> bool:
    return parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)


class _Field(NamedTuple):
    hint: Any
    refers: bool = False


def _field(parameter: inspect.Parameter, text: str, name: str, resolver: Resolver | None) -> _Field:
    """The parameter as a field that pydantic can describe: an error is to name the parameter."""
    hint = parameter.annotation
    try:
        hint = with_named_members(with_typed_dicts(hint))
        typed = _typed(parameter, hint, text)
        is_plain = any(hint is plain for plain in _PLAIN_DEFAULTS)
        return _Field(typed if is_plain else _describable(typed))
    except Exception as error:  # noqa: BLE001 - pydantic raises many kinds for what is no type
        reason = (str(error) or type(error).__name__).splitlines()[0].partition(". Set ")[0]
    if resolver is not None and (referring := with_references(hint, resolver)) is not hint:
        with contextlib.suppress(Exception):
            return _Field(_describable(_typed(parameter, referring, text or _own_text(hint))), True)
    raise ToolDefinitionError(
        f"tool {name}: parameter {parameter.name} has a type that JSON cannot carry ({reason}). "
        "Give it a type such as int, str, list[float] or a dataclass."
    )


def _describable(field: Any) -> Any:
    holder = TypedDict("holder", {"value": field})  # noqa: UP013 - a field made of a signature
    if "$ref" in _schema_of(TypeAdapter(holder)):
        raise TypeError("it stands for the arguments themselves")
    return field


def _typed(parameter: inspect.Parameter, hint: Any, text: str) -> Any:
    default = parameter.default
    has_default = default is not parameter.empty
    if hint is parameter.empty:
        hint = type(default) if has_default and type(default) in _PLAIN_DEFAULTS else Any
    text = text or _own_text(hint)
    if get_origin(hint) is Iterable or hint is Iterable:
        hint = list[get_args(hint) or (Any,)]  # type: ignore[misc]  # pydantic's own is lazy
    if has_default and default is not None and "default" not in text.lower():
        text = f"{text.rstrip('.')}{_shown(default)}".strip()
    if text:
        hint = with_text(hint, text)
    return NotRequired[hint] if has_default else hint


def _own_text(hint: Any) -> str:
    """What `Annotated` says of a parameter, as text or by pydantic's Field."""
    notes = getattr(hint, "__metadata__", ())
    texts = [note if isinstance(note, str) else getattr(note, "description", "") for note in notes]
    return next((text for text in texts if isinstance(text, str) and text), "")


def _shown(default: Any) -> str:
    """A default for the model to read; nothing where it is long, a table, or only an address."""
    try:
        text = repr(default)
    except Exception:  # noqa: BLE001 - an object of the user's
        return ""
    is_short = len(text) <= _LONGEST_DEFAULT and " at 0x" not in text and "\n" not in text
    return f" (default {_secrets.scrub(text)})" if is_short else ""


class _JsonSchema(GenerateJsonSchema):
    # Defaults are left out of what is sent, so that one that is no JSON needs no warning.
    ignored_warning_kinds: set[JsonSchemaWarningKind] = {  # noqa: RUF012 - as pydantic has it
        "skipped-choice",
        "non-serializable-default",
    }


def _schema_of(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    return adapter.json_schema(schema_generator=_JsonSchema)


def _arguments_schema(adapter: TypeAdapter[Any], *, is_open: bool) -> dict[str, Any]:
    schema = _without_titles(_schema_of(adapter))
    return {**schema, "additionalProperties": True} if is_open else schema


def _adapter(fields: Mapping[str, Any]) -> TypeAdapter[Any]:
    """The arguments, closed: an open one would leave the types inside it open, too."""
    arguments = TypedDict("arguments", fields)  # type: ignore[misc]  # made of a signature
    arguments.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]  # pydantic's own door
    return TypeAdapter(arguments)


def _takes_null(schema: Any, root: Mapping[str, Any]) -> bool:
    if "$ref" in schema:
        schema = _resolved(schema["$ref"], root)
    kinds = schema.get("type")
    if not {"type", "anyOf", "oneOf", "enum", "const"} & schema.keys():
        return True
    if kinds == "null" or (isinstance(kinds, list) and "null" in kinds):
        return True
    if None in schema.get("enum", ()):
        return True
    return any(_takes_null(option, root) for option in _options(schema))


def _options(schema: Mapping[str, Any]) -> list[Any]:
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())]


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


def type_schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """The JSON Schema of a type, before strict form."""
    return _without_titles(_schema_of(adapter))


def without_nulls(value: Any, schema: Mapping[str, Any]) -> Any:
    """`value` without the nulls that stand for defaults where strict form made a model send them.

    Args:
        value: JSON.
        schema: its schema before it was made strict.
    """
    try:
        return _given(value, schema, schema)
    except (KeyError, TypeError, AttributeError):  # a schema of the user's own, of another form
        return value
