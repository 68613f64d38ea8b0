"""Where a sync tool runs: in a thread of its own, unless it reaches for what is bound to one.

pyplot keeps one current figure for all threads: two tools in two threads draw into the same one
without any error. A sqlite3 connection refuses every thread but the one that made it. Neither can
be left to the user to notice, so such tools are found out before they run, from what their code
names, and run on the waiting thread one after another. What is reached only through names that
are looked up while running (getattr, exec) is not seen; `@tool(thread=False)` says it.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

__all__ = ["needs_main_thread"]

_MODULES = ("matplotlib.pyplot", "seaborn", "pylab")
# Methods of DataFrames and Series that draw with pyplot.
_DRAWING = frozenset({"plot", "hist", "boxplot"})
_BOUND_TYPES = (("sqlite3", "Connection"), ("sqlite3", "Cursor"))
_FIGURE_TYPES = frozenset({"Figure", "SubFigure", "Axes", "Axes3D", "PolarAxes"})


def needs_main_thread(function: Callable[..., Any]) -> bool:
    """Whether `function`, or one of its own module that it names, needs the main thread."""
    return any(_is_bound(value) for value in _reached(function)) or _takes_figure(function)


def _reached(function: Any) -> Iterator[Any]:
    """What `function` reaches by name: values of globals, closures, defaults, its own object."""
    pending, seen = [function], set()
    while pending:
        current = pending.pop()
        if isinstance(current, functools.partial):
            pending += [current.func, *current.args, *current.keywords.values()]
            continue
        if inspect.ismethod(current):
            yield from _attributes(current.__self__)
            current = current.__func__
        elif not isinstance(current, FunctionType) and callable(current):
            yield from _attributes(current)
            current = type(current).__call__
        current = inspect.unwrap(current) if callable(current) else current
        if not isinstance(current, FunctionType) or current in seen:
            continue
        seen.add(current)
        for value in _named(current):
            yield value
            if isinstance(value, FunctionType) and value.__module__ == current.__module__:
                pending.append(value)


def _attributes(instance: Any) -> Iterator[Any]:
    with_dict = getattr(instance, "__dict__", {})
    yield from list(with_dict.values()) if isinstance(with_dict, dict) else ()


def _named(function: FunctionType) -> Iterator[Any]:
    try:
        found = inspect.getclosurevars(function)
    except (TypeError, ValueError):  # e.g. a closure cell that is still empty
        return
    yield from found.nonlocals.values()
    yield from found.globals.values()
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    for code in _codes(function.__code__):
        for name in code.co_names:
            # Names of nested functions and of imports inside the function.
            yield function.__globals__.get(name)
            if name in _MODULES or name == "sqlite3":
                yield _Imported(name)
            elif name in _DRAWING and "pandas" in sys.modules:
                yield _Imported("matplotlib.pyplot")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


class _Imported(str):
    """The name of a module that a function imports for itself."""

    __slots__ = ()


def _is_bound(value: Any) -> bool:
    if isinstance(value, _Imported):
        # A connection that the tool opens for itself belongs to the thread it runs in.
        return value in _MODULES
    if isinstance(value, ModuleType):
        return value.__name__ in _MODULES or value.__name__.startswith("seaborn.")
    kind = type(value)
    if kind.__name__ in _FIGURE_TYPES and kind.__module__.startswith("matplotlib."):
        return True
    return any(
        (base.__module__, base.__name__) in _BOUND_TYPES for base in kind.__mro__
    ) or _is_drawing_function(value)


def _is_drawing_function(value: Any) -> bool:
    """A function taken out of pyplot or seaborn (``from seaborn import lineplot``)."""
    home = getattr(value, "__module__", None) if isinstance(value, FunctionType) else None
    return isinstance(home, str) and (home in _MODULES or home.startswith("seaborn."))


def _takes_figure(function: Callable[..., Any]) -> bool:
    try:
        hints = [p.annotation for p in inspect.signature(function).parameters.values()]
    except (TypeError, ValueError):
        return False
    return any(_names_figure(hint) for hint in hints)


def _names_figure(hint: Any) -> bool:
    if isinstance(hint, str):
        return any(
            word in _FIGURE_TYPES for word in hint.replace("|", " ").replace(".", " ").split()
        )
    home = getattr(hint, "__module__", "")
    return getattr(hint, "__name__", "") in _FIGURE_TYPES and home.startswith("matplotlib.")
