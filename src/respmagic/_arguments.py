"""What a model sends to call a tool: JSON text made into arguments, and what is wrong with it.

Apart from `_tools`, since a run without tools needs this much and no pydantic.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from jiter import from_json

from respmagic._exceptions import UnknownToolError
from respmagic._spelling import did_you_mean

__all__ = ["ArgumentsError", "parse_arguments", "unknown_tool"]

_LONGEST_LIST = 1_000  # characters


def unknown_tool(name: str, tools: Iterable[str]) -> UnknownToolError:
    """The error for a call of a tool that is not there; its text goes to the model."""
    known = ", ".join(tools) or "none"
    if len(known) > _LONGEST_LIST:
        known = f"{known[:_LONGEST_LIST].rpartition(', ')[0]} and more, as in the request"
    hint = did_you_mean(name, tools, most=3)
    return UnknownToolError(f"there is no tool called {name!r}{hint}; the tools are: {known}")


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
        return from_json(text.encode("utf-8", "replace"))
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
