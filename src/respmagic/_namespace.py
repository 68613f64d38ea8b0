"""The user's names: which functions are tools now, and where results are bound."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

from respmagic._exceptions import OptionError, UnknownToolError
from respmagic._mark import mark_of
from respmagic._options import did_you_mean

__all__ = ["current_shell", "marked_functions", "named_functions", "user_namespace"]

Function = Callable[..., Any]


def current_shell() -> Any:
    """The IPython shell that runs, or None in a plain script."""
    core = sys.modules.get("IPython.core.interactiveshell")
    if core is None or not core.InteractiveShell.initialized():
        return None
    return core.InteractiveShell.instance()


def user_namespace(shell: Any = None) -> MutableMapping[str, Any]:
    """The notebook's variables; in a plain script those of ``__main__``."""
    if shell is not None:
        namespace: MutableMapping[str, Any] = shell.user_ns
        return namespace
    return vars(sys.modules["__main__"])


def marked_functions(namespace: Mapping[str, Any], without: Iterable[Any] = ()) -> list[Function]:
    """The marked functions that are bound to a name now, in the order of their names' binding.

    Where one tool's name stands for several functions (an older version kept under another
    variable), the one that bears the variable's name is meant.

    Args:
        namespace: the user's variables.
        without: functions to leave out.
    """
    left_out = list(without)
    found: dict[str, Function] = {}
    for variable, value in list(namespace.items()):
        if (mark := mark_of(value)) is None or value in left_out or variable.startswith("_"):
            continue
        name = mark.name or str(getattr(value, "__name__", variable))
        if name not in found or variable == name:
            found[name] = value
    return list(found.values())


def named_functions(
    namespace: Mapping[str, Any], tools: Iterable[str | Function]
) -> list[Function]:
    """The functions meant by `tools`: names in the namespace, or functions themselves.

    Raises:
        UnknownToolError: if a name stands for nothing.
        OptionError: if it stands for something that cannot be called.
    """
    return [
        _named(namespace, tool) if isinstance(tool, str) else _callable(tool, tool)
        for tool in tools
    ]


def _named(namespace: Mapping[str, Any], name: str) -> Function:
    first, *rest = name.split(".")
    if first not in namespace:
        marked = {m.name: value for value in namespace.values() if (m := mark_of(value))}
        if name in marked:
            return _callable(marked[name], name)
        functions = [key for key, value in namespace.items() if callable(value)]
        raise UnknownToolError(
            f"there is no function called {name!r} in the notebook"
            f"{did_you_mean(name, functions)}. Run the cell that defines it first."
        )
    value = namespace[first]
    for attribute in rest:
        value = getattr(value, attribute, None)
    return _callable(value, name)


def _callable(value: Any, name: Any) -> Function:
    if not callable(value):
        raise OptionError(f"{name!r} cannot be a tool: it is a {type(value).__name__}, no function")
    return value  # type: ignore[no-any-return]  # checked just above
