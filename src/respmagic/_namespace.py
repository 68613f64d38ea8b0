"""The user's names: which functions are tools now, and where results are bound."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from types import MethodType
from typing import Any

from respmagic._exceptions import OptionError, SchemaError, UnknownToolError
from respmagic._mark import mark_of
from respmagic._spelling import did_you_mean

__all__ = ["current_shell", "marked_functions", "named_functions", "named_type", "user_namespace"]

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
    """The marked functions that are bound to a name now, in the order of their names' binding."""
    return list(marked_by_name(namespace, without).values())


def marked_by_name(
    namespace: Mapping[str, Any], without: Iterable[Any] = ()
) -> dict[str, Function]:
    """The same by the names that the model uses.

    Where one tool's name stands for several functions (an older version kept under another
    variable), the one that bears the variable's name is meant.

    Args:
        namespace: the user's variables.
        without: functions to leave out.
    """
    left_out = list(without)
    found: dict[str, Function] = {}
    for variable, value in list(namespace.items()):
        if variable.startswith("_") or (mark := mark_of(value)) is None:
            continue
        if any(_is_same(value, other) for other in left_out):
            continue
        name = mark.name or str(getattr(value, "__name__", variable))
        if name not in found or variable == name:
            found[name] = value
    return found


def _is_same(value: Any, other: Any) -> bool:
    """Whether both are one function; a method is made anew each time it is looked up."""
    return value is other or (type(value) is type(other) is MethodType and value == other)


def named_functions(
    namespace: Mapping[str, Any], tools: Iterable[str | Function]
) -> list[Function]:
    """The functions meant by `tools`: names in the namespace, or functions themselves.

    Raises:
        UnknownToolError: if a name stands for nothing.
        OptionError: if it stands for something that cannot be called.
    """
    return [
        _named(namespace, tool) if isinstance(tool, str) else _callable(tool, "a value")
        for tool in tools
    ]


def _named(namespace: Mapping[str, Any], name: str) -> Function:
    marked = {m.name: value for value in list(namespace.values()) if (m := mark_of(value))}
    first, *rest = name.split(".")
    value = namespace.get(first, marked.get(name, _NOTHING))
    for attribute in rest if first in namespace else ():
        value = getattr(value, attribute, _NOTHING)
    if value is _NOTHING:
        functions = [key for key, value in list(namespace.items()) if callable(value)]
        raise UnknownToolError(
            f"there is no function called {name!r} in the notebook"
            f"{did_you_mean(name, functions)}. Run the cell that defines it first."
        )
    return _callable(value, repr(name))


_NOTHING = object()


def named_type(text: str, namespace: Mapping[str, Any]) -> Any:
    """What `text` on a cell's line stands for: a type or a variable, such as ``list[City]``.

    It is the user's own code on the user's own line. The words of `typing` need no import.

    Raises:
        SchemaError: if it is no expression, or names what is not there.
    """
    words = {name: getattr(typing, name) for name in typing.__all__}
    try:
        return eval(text, {**words, **namespace})  # noqa: S307 - see above
    except NameError as error:
        hint = did_you_mean(error.name or "", [name for name in namespace if name[:1] != "_"])
        raise SchemaError(
            f"there is no type or variable {error.name!r}{hint}: run the cell that defines it first"
        ) from None
    except Exception as error:  # noqa: BLE001 - a mistake in what was written
        raise SchemaError(f"--schema {text!r} is no type ({error})") from None


def _callable(value: Any, what: str) -> Function:
    if not callable(value):
        kind = type(value).__name__
        raise OptionError(f"{what} cannot be a tool: its type is {kind}, not a function")
    return value  # type: ignore[no-any-return]  # checked just above
