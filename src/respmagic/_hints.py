"""Walking through a type hint: what stands inside it changed, all around it left as it is."""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

__all__ = ["with_parts_changed"]


def with_parts_changed(hint: Any, change: Callable[[Any], Any]) -> Any:
    """`hint` with `change` made to each hint directly inside it.

    Args:
        hint: any type hint; what is none, or has none inside, comes back as it is.
        change: takes a hint, or what else stands in one, and returns what is to stand there.
    """
    origin, args = get_origin(hint), get_args(hint)
    if origin is None or origin is Literal:
        return hint
    inside = tuple(change(each) for each in args)
    # Compared one by one: what else stands in a hint may be of any kind.
    if all(new is old for new, old in zip(inside, args, strict=True)):
        return hint
    if origin in (Union, UnionType):
        return Union[inside]  # noqa: UP007 - made of parts
    return Annotated[inside] if origin is Annotated else origin[inside]
