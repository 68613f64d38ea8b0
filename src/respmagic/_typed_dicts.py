"""TypedDicts of the standard library as pydantic takes them.

Before Python 3.12 those do not tell which keys are required where classes build on others, so
pydantic refuses them there and asks for typing_extensions' own.
"""

from __future__ import annotations

import sys
import typing
from typing import Any, NotRequired, get_args, get_origin

from typing_extensions import TypedDict

from respmagic._hints import with_parts_changed

__all__ = ["with_typed_dicts"]


def with_typed_dicts(hint: Any) -> Any:
    """`hint` with each TypedDict of the standard library as one that pydantic takes.

    Args:
        hint: any type hint; what is none comes back as it is.

    Raises:
        NameError: if a hint inside one cannot be resolved.
        RecursionError: if one holds itself.
    """
    if sys.version_info >= (3, 12):
        return hint
    if typing.is_typeddict(hint):
        hints = typing.get_type_hints(hint, include_extras=True)
        optional = hint.__optional_keys__
        fields = {key: _field(value, is_optional=key in optional) for key, value in hints.items()}
        taken = TypedDict(hint.__name__, fields)  # type: ignore[misc]  # made of another one
        taken.__doc__ = hint.__doc__
        return taken
    return with_parts_changed(hint, with_typed_dicts)


def _field(hint: Any, *, is_optional: bool) -> Any:
    wrapper = get_origin(hint)
    if wrapper in (typing.Required, typing.NotRequired):
        is_optional = wrapper is NotRequired  # a hint written as text says it only here
        [hint] = get_args(hint)
    hint = with_typed_dicts(hint)
    return NotRequired[hint] if is_optional else hint
