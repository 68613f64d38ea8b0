"""Functions as tools: what a model is told of them, and calls of them made."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from inspect import Parameter
from types import FunctionType
from typing import Any, Self

from respmagic._arguments import ArgumentsError, parse_arguments
from respmagic._exceptions import ToolDefinitionError
from respmagic._items import Item
from respmagic._mark import Mark, mark_of
from respmagic._references import Resolver
from respmagic._schema import Signature, describe_signature, field_defaults, without_partials

__all__ = ["Tool", "describe", "tools_by_name"]

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


def _is_dispatching(function: Any) -> bool:
    """Whether the first argument chooses what runs, and so is given by place (singledispatch)."""
    function = without_partials(function)
    return type(function) is FunctionType and callable(vars(function).get("dispatch"))
