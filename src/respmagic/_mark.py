"""The mark that makes a function a tool, kept apart so that marking imports nothing else."""

from __future__ import annotations

import math
from types import MethodType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["APPROVALS", "tool"]

APPROVALS = ("allow", "ask", "deny")
"""What may be said of a tool's calls: they run, they run if the user says yes, they do not run."""

_ATTRIBUTE = "__respmagic_tool__"

F = TypeVar("F", bound="Callable[..., Any]")


class Mark(NamedTuple):
    """What a declaration says of a tool, beyond its signature and docstring.

    Attributes:
        name: what the model calls it; None for the function's own name.
        description: what the model is told; None for the docstring's.
        thread: run in a thread (True), on the main thread (False), or as found out (None).
        approve: one of `APPROVALS`; None for what the cell and the notebook's settings say.
        timeout: seconds after which a call is given up; None for never.
        max_output: characters of one output that the model is given; None for the usual number.
    """

    name: str | None = None
    description: str | None = None
    thread: bool | None = None
    approve: str | None = None
    timeout: float | None = None
    max_output: int | None = None


@overload
def tool(function: F, /) -> F: ...


@overload
def tool(
    *,
    name: str | None = None,
    description: str | None = None,
    thread: bool | None = None,
    approve: str | None = None,
    timeout: float | None = None,
    max_output: int | None = None,
) -> Callable[[F], F]: ...


def tool(
    function: F | None = None,
    /,
    *,
    name: str | None = None,
    description: str | None = None,
    thread: bool | None = None,
    approve: str | None = None,
    timeout: float | None = None,
    max_output: int | None = None,
) -> F | Callable[[F], F]:
    """Mark a function as a tool that the model may call; the function itself stays as it is.

    Marked functions that are bound to a name in the notebook go along with every `%%responses`
    cell. The schema is made from type hints and docstring when the tool is first offered.

    Args:
        function: the function, when used without parentheses.
        name: what the model calls it, by default the function's name.
        description: what the model is told, by default the docstring's text.
        thread: False to run a sync function on the main thread, True for a thread, None to let
            respmagic find out (see `respmagic._placement`).
        approve: ``ask`` to be asked before each call, ``deny`` to have none run whatever else is
            said, ``allow`` to have them run though the notebook's settings say ``ask``.
        timeout: seconds after which a call is stopped, and the model told so; the loop goes on.
            Needs a thread, or an async function.
        max_output: characters of one output that the model is given, by default 20,000; the whole
            stays in the call's ``result``.

    Returns:
        The same function, or a decorator that returns it.

    Raises:
        TypeError: if what is marked cannot be called or cannot carry the mark.
        ValueError: if an option has no such value.
    """
    mark = Mark(name, description, thread, approve, timeout, max_output)
    _check(mark)
    if function is not None:
        return _marked(function, mark)
    return lambda function: _marked(function, mark)


def _check(mark: Mark) -> None:
    approve, timeout, most = mark.approve, mark.timeout, mark.max_output
    if approve not in (None, *APPROVALS):
        raise ValueError(f"approve={approve!r} is none of {', '.join(APPROVALS)}")
    if timeout is not None and not (_is_number(timeout) and 0 < timeout < math.inf):
        raise ValueError(f"timeout={timeout!r} must be a number of seconds above 0")
    if timeout is not None and mark.thread is False:
        raise ValueError(
            "timeout needs a thread: what runs on the main one (thread=False) cannot be stopped"
        )
    if most is not None and (type(most) is not int or most < 1):
        raise ValueError(f"max_output={most!r} must be a whole number of characters above 0")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _marked(function: F, mark: Mark) -> F:
    if not callable(function):
        raise TypeError(f"@respmagic.tool marks functions; {function!r} cannot be called")
    try:
        setattr(function, _ATTRIBUTE, mark)
    except (AttributeError, TypeError):
        kind = type(function).__name__
        message = f"@respmagic.tool cannot mark a {kind}; wrap it in a function of your own"
        raise TypeError(message) from None
    return function


def mark_of(value: Any) -> Mark | None:
    """The mark that `value` itself bears, or None; runs no code of `value` to find out."""
    if type(value) is MethodType:  # isinstance would ask the value for its class
        value = value.__func__
    try:
        mark = object.__getattribute__(value, "__dict__").get(_ATTRIBUTE)
    except AttributeError:  # an object without a __dict__ bears no mark
        return None
    return mark if isinstance(mark, Mark) else None
