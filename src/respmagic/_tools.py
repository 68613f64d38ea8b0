"""Functions as tools: what a model is told of them, and what it sends made into arguments."""

from __future__ import annotations

import functools
import inspect
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from inspect import Parameter
from types import FunctionType
from typing import Any, Self

from pydantic_core import from_json

from respmagic._exceptions import ToolDefinitionError, UnknownToolError
from respmagic._items import Item
from respmagic._mark import Mark, mark_of
from respmagic._references import Resolver
from respmagic._schema import Signature, describe_signature, field_defaults, without_partials
from respmagic._spelling import did_you_mean

__all__ = [
    "ArgumentsError",
    "Tool",
    "describe",
    "tools_by_name",
    "unknown_tool",
]

_LONGEST_LIST = 1_000  # characters
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Tool:
    """A function that a model may call.

    Attributes:
        name: what the model calls it.
        function: what is called.
        mark: what the declaration said of it.
        signature: what it takes.
    """

    name: str
    function: Callable[..., Any]
    mark: Mark
    signature: Signature

    @property
    def is_async(self) -> bool:
        """Whether calling it gives a coroutine or an async generator."""
        function = without_partials(self.function)
        call = function if inspect.isroutine(function) else type(function).__call__
        return inspect.iscoroutinefunction(call) or inspect.isasyncgenfunction(call)

    @property
    def definition(self) -> Item:
        """The tool definition in the Responses form, strict where it can be."""
        return self.defined()

    def renewed(self) -> Self:
        """The same with the objects that the notebook has now."""
        return replace(self, signature=self.signature.renewed())

    def defined(self, *, strict: bool = True) -> Item:
        """The tool definition, in strict form only if `strict` and if it has one."""
        signature = self.signature
        return {
            "type": "function",
            "name": self.name,
            "description": self.mark.description or signature.description,
            "parameters": signature.parameters if strict else signature.loose,
            "strict": strict and signature.strict,
        }

    def arguments(self, text: str) -> dict[str, Any]:
        """The Python arguments of the JSON text that a model sent.

        Raises:
            ArgumentsError: if it is not JSON or does not fit; the message is for the model.
        """
        try:
            return self.signature.validate(parse_arguments(text))
        except ValueError as error:
            raise ArgumentsError(f"the arguments do not fit: {error}") from None

    def named(self, text: str) -> dict[str, Any]:
        """The names that stand for objects of the notebook in the JSON text, by parameter."""
        given = parse_arguments(text)
        return {name: given[name] for name in self.signature.references if name in given}

    def bound(self, arguments: Mapping[str, Any]) -> Callable[[], Any]:
        """The call itself, to be made wherever it belongs."""
        parameters = list(inspect.signature(self.function).parameters.values())
        rest = {**field_defaults(parameters), **arguments}
        first = [p for p in parameters if p.kind is p.POSITIONAL_ONLY]
        if _is_dispatching(self.function) and parameters[0].kind is not Parameter.KEYWORD_ONLY:
            first = first or parameters[:1]
        while first and first[-1].name not in rest:
            first.pop()
        by_place = [rest.pop(p.name, p.default) for p in first]
        return functools.partial(self.function, *by_place, **rest)


def describe(function: Callable[..., Any], resolver: Resolver | None = None) -> Tool:
    """Describe `function`, marked or not, as a tool.

    Args:
        function: any callable.
        resolver: knows the notebook's objects, for parameters that JSON cannot carry.

    Raises:
        ToolDefinitionError: if it cannot be described; says which part and what to do.
    """
    mark = mark_of(function) or Mark()
    bare = inspect.unwrap(without_partials(function))
    name = str(mark.name or getattr(bare, "__name__", type(bare).__name__))
    if not _NAME.fullmatch(name):
        raise ToolDefinitionError(
            f"a tool cannot be called {name!r}: servers take up to 64 letters, digits, _ and -. "
            'Name it by @respmagic.tool(name="…").'
        )
    return Tool(name, function, mark, describe_signature(function, name, resolver))


def tools_by_name(
    functions: Iterable[Callable[..., Any]], resolver: Resolver | None = None
) -> dict[str, Tool]:
    """Describe `functions`, by the names that the model uses, in order.

    Args:
        functions: any callables.
        resolver: knows the notebook's objects, for parameters that JSON cannot carry.

    Raises:
        ToolDefinitionError: if one cannot be described or two bear one name.
    """
    tools: dict[str, Tool] = {}
    for function in functions:
        tool = describe(function, resolver)
        if tool.name in tools and tools[tool.name].function != function:
            raise ToolDefinitionError(
                f'two tools are called {tool.name}; rename one by @respmagic.tool(name="…")'
            )
        tools[tool.name] = tool
    return tools


def unknown_tool(name: str, tools: Mapping[str, Tool]) -> UnknownToolError:
    """The error for a call of a tool that is not there; its text goes to the model."""
    known = ", ".join(tools) or "none"
    if len(known) > _LONGEST_LIST:
        known = f"{known[:_LONGEST_LIST].rpartition(', ')[0]} and more, as in the request"
    hint = did_you_mean(name, tools, most=3)
    return UnknownToolError(f"there is no tool called {name!r}{hint}; the tools are: {known}")


def _is_dispatching(function: Any) -> bool:
    """Whether the first argument chooses what runs, and so is given by place (singledispatch)."""
    function = without_partials(function)
    return type(function) is FunctionType and callable(vars(function).get("dispatch"))


class ArgumentsError(ValueError):
    """What a model sent as arguments cannot be used; the message goes back to it."""


def parse_arguments(text: str) -> dict[str, Any]:
    """The arguments object in the JSON text of a call; nothing and null stand for ``{}``.

    Servers are seen to write it twice over, and as JSON in JSON text: both are understood.

    Raises:
        ValueError: if it is no JSON object.
    """
    if not text.strip():
        return {}
    value = _only_value(text)
    if isinstance(value, str) and value.lstrip().startswith("{"):
        value = _only_value(value)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"not a JSON object, but {json.dumps(value)[:80]}")  # noqa: TRY004 - a wrong value, to the model
    return value


def _only_value(text: str) -> Any:
    try:
        return from_json(text)
    except ValueError as error:
        values = _values(text)
        if not values:
            raise ValueError(f"not JSON ({error})") from None
    if any(value != values[0] for value in values):
        raise ValueError(
            f"not JSON, but {len(values)} values one after another: make a call for each"
        )
    return values[0]


def _values(text: str) -> list[Any]:
    """The JSON values that stand one after another in `text`; none if there is anything else."""
    values, place, decoder = [], 0, json.JSONDecoder()
    while rest := text[place:].lstrip():
        try:
            value, length = decoder.raw_decode(rest)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        place = len(text) - len(rest) + length
    return values
