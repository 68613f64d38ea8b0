"""Enums whose values JSON cannot carry there and back: their members go by name.

A tuple would come back as a list, a date as text, and an object not at all.
"""

from __future__ import annotations

import enum
import inspect
import math
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from respmagic._hints import with_parts_changed

__all__ = ["with_named_members"]

_PLAIN = (str, int, type(None))


def with_named_members(hint: Any) -> Any:
    """`hint` with each such Enum as the names of its members; what is validated is the member.

    Args:
        hint: any type hint; what is none comes back as it is.
    """
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint if all(map(_is_carried, hint)) else _by_name(hint)
    return with_parts_changed(hint, with_named_members)


def _is_carried(member: enum.Enum) -> bool:
    value = member.value
    return isinstance(value, _PLAIN) or (isinstance(value, float) and math.isfinite(value))


def _by_name(kind: type[enum.Enum]) -> Any:
    names = tuple(member.name for member in kind)
    hint: Any = Annotated[Literal[names], AfterValidator(lambda name: kind[name])]
    doc = inspect.cleandoc(kind.__doc__) if isinstance(kind.__doc__, str) else ""
    return Annotated[hint, Field(description=doc)] if doc else hint
