"""Where a sync tool runs: in a thread of its own, unless it reaches for what is bound to one.

pyplot keeps one current figure for all threads: two tools in two threads draw into the same one
without any error. A sqlite3 connection refuses every thread but the one that made it. Neither can
be left to the user to notice, so such tools are found out before they run, from what their code
names, and run on the waiting thread one after another. What is reached only through names that
are looked up while running (getattr, exec) is not seen; `@tool(thread=False)` says it.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import (
    BuiltinMethodType,
    CodeType,
    FunctionType,
    MappingProxyType,
    MethodType,
    ModuleType,
)
from typing import TYPE_CHECKING, Any, get_args

from respmagic._exceptions import ToolDefinitionError

if TYPE_CHECKING:
    from respmagic._tools import Tool

__all__ = ["needs_main_thread", "refuse_useless_timeouts", "runs_on_main_thread"]

_MODULES = ("matplotlib.pyplot", "seaborn", "pylab")
_IMPORTED = frozenset({*_MODULES, "pyplot"})
# Methods of DataFrames and Series that draw with pyplot.
_DRAWING = frozenset({"plot", "hist", "boxplot"})
_BOUND_TYPES = (("sqlite3", "Connection"), ("sqlite3", "Cursor"))
_BOUND_NAMES = frozenset(".".join(names) for names in _BOUND_TYPES)
_FIGURE_TYPES = frozenset({"Figure", "SubFigure", "Axes", "Axes3D", "PolarAxes"})


def runs_on_main_thread(tool: Tool) -> bool:
    """Whether calls of `tool` are made on the main thread."""
    if tool.is_async or tool.mark.thread:
        return False
    return tool.mark.thread is False or needs_main_thread(tool.function)


def refuse_useless_timeouts(tools: Iterable[Tool]) -> None:
    """Nothing can stop a call on the main thread.

    Raises:
        ToolDefinitionError: if a tool has a timeout and runs there.
    """
    for tool in tools:
        if tool.mark.timeout is not None and runs_on_main_thread(tool):
            raise ToolDefinitionError(
                f"tool {tool.name} has a timeout, but reaches for pyplot, seaborn or a sqlite3 "
                "connection and so runs on the main thread, where nothing can stop it: leave out "
                "timeout=, or say thread=True."
            )


def needs_main_thread(function: Callable[..., Any]) -> bool:
    """Whether `function`, or one of its own module that it names, needs the main thread."""
    return any(_is_bound(value) for value in _reached(function)) or _takes_bound(function)


def _reached(function: Any) -> Iterator[Any]:
    """What `function` reaches by name: values of globals, closures, defaults, its own object."""
    pending: list[Any] = [function]
    seen: dict[int, Any] = {}  # by id: what the user has may refuse to be compared
    while pending:
        current = pending.pop()
        if id(current) not in seen:
            seen[id(current)] = current
            values, inner = _inside(current)
            yield from values
            pending += inner


def _inside(current: Any) -> tuple[list[Any], list[Any]]:
    """The values that `current` holds or names, and what of them is to be looked into."""
    kind = type(current)  # isinstance would ask the user's object for its class
    if issubclass(kind, functools.partial):
        held = [*current.args, *current.keywords.values()]
        return held, [current.func, *held]
    if issubclass(kind, MethodType | BuiltinMethodType):
        owner = current.__self__
        return [owner, *_attributes(owner).values()], [getattr(current, "__func__", None)]
    attributes = _attributes(current)
    inner = [attributes.get("__wrapped__")]
    kinds = attributes.get("registry")
    if type(kinds) is MappingProxyType:  # functools.singledispatch: a function for each type
        inner += kinds.values()
    if kind is FunctionType:
        named = list(_named(current))
        return named, [*inner, *(value for value in named if _is_beside(value, current))]
    call = getattr(kind, "__call__", None)  # noqa: B004 - what a call of it runs
    return list(attributes.values()), [*inner, call] if type(call) is FunctionType else inner


def _is_beside(value: Any, function: FunctionType) -> bool:
    return type(value) is FunctionType and value.__module__ == function.__module__


def _attributes(instance: Any) -> dict[str, Any]:
    with contextlib.suppress(AttributeError):
        attributes = object.__getattribute__(instance, "__dict__")
        return dict(attributes) if type(attributes) is dict else {}
    return {}


def _named(function: FunctionType) -> Iterator[Any]:
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # a cell that is still empty
            yield cell.cell_contents
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    for code in _codes(function.__code__):
        for name in code.co_names:
            yield function.__globals__.get(name)
            if name in _IMPORTED or (name in _DRAWING and "pandas" in sys.modules):
                yield _Drawing()


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


class _Drawing:
    """Stands for pyplot where a function imports it for itself, or has a DataFrame draw."""


def _is_bound(value: Any) -> bool:
    # A connection that a tool opens for itself belongs to the thread it runs in.
    kind = type(value)
    if issubclass(kind, ModuleType):
        return value.__name__ in _MODULES or value.__name__.startswith("seaborn.")
    if kind.__name__ in _FIGURE_TYPES and kind.__module__.startswith("matplotlib."):
        return True
    if any((base.__module__, base.__name__) in _BOUND_TYPES for base in kind.__mro__):
        return True
    return kind is _Drawing or _is_drawing_function(value)


def _is_drawing_function(value: Any) -> bool:
    """A function taken out of pyplot or seaborn (``from seaborn import lineplot``)."""
    home = value.__module__ if type(value) is FunctionType else None
    return isinstance(home, str) and (home in _MODULES or home.startswith("seaborn."))


def _takes_bound(function: Callable[..., Any]) -> bool:
    try:
        hints = [p.annotation for p in inspect.signature(function).parameters.values()]
    except Exception:  # noqa: BLE001 - hints are code of the user's
        return False
    return any(_names_bound(hint) for hint in hints)


def _names_bound(hint: Any) -> bool:
    if isinstance(hint, str):
        words = re.findall(r"[\w.]+", hint)
        return any(
            word.rpartition(".")[2] in _FIGURE_TYPES or word in _BOUND_NAMES for word in words
        )
    if any(_names_bound(part) for part in get_args(hint)):
        return True
    home, name = getattr(hint, "__module__", ""), getattr(hint, "__name__", "")
    is_figure = name in _FIGURE_TYPES and home.startswith("matplotlib.")
    return is_figure or (home, name) in _BOUND_TYPES
