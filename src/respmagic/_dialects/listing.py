"""Lists of models, in every shape that servers give them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from respmagic._dialects.base import parse_value
from respmagic._dialects.errors import describe_error
from respmagic._exceptions import ProtocolError

__all__ = ["Model", "listed_models"]

_LONGEST_NAME = 200
_LISTS = ("data", "models", "items", "result", "results", "model_list", "list")
_NAMES = ("id", "name", "model", "model_name", "model_id", "slug")
_OWNERS = ("owned_by", "owner", "publisher", "organization", "provider", "vendor")
_CONTEXTS = (
    "context_length",
    "context_window",
    "max_context_length",
    "max_model_len",
    "max_input_tokens",
    "n_ctx_train",
)
_DETAILS = ("meta", "model_info", "details", "capabilities", "limits")
_DEPTH = 4


@dataclass(frozen=True, slots=True, order=True)
class Model:
    """A model as a server lists it.

    Attributes:
        name: what requests call it.
        owner: who made or serves it; "" where nobody says.
        created: the day, as ``YYYY-MM-DD``; "" where nobody says.
        context: how many tokens it takes; None where nobody says.
    """

    name: str
    owner: str = ""
    created: str = ""
    context: int | None = None


def listed_models(body: bytes) -> tuple[Model, ...]:
    """The models in the answer to ``GET /models``, by name, each once.

    Raises:
        ProtocolError: if there is no list of any known shape in it.
    """
    value = parse_value(body)
    if (entries := _entries(value, _DEPTH)) is None:
        said, _ = describe_error(value)
        raise ProtocolError(f"the answer holds no list of models{said and f': {said}'}")
    found: dict[str, Model] = {}
    for entry in entries:
        if (model := _model(entry)) is not None:
            found.setdefault(model.name, model)
    return tuple(sorted(found.values(), key=lambda model: model.name.lower()))


def _entries(value: Any, depth: int) -> list[Any] | None:
    """The list in `value`: itself, under one of the known names, or names that map to details."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping) or not depth:
        return None
    for key in _LISTS:
        inner = value.get(key)
        if (entries := _entries(inner, depth - 1)) is not None:
            return entries
        if isinstance(inner, Mapping) and inner and (found := _mapped(inner)) is not None:
            return found
    return None


def _mapped(value: Mapping[str, Any]) -> list[Any] | None:
    """The entries where names map to details, or groups to lists."""
    if all(isinstance(inner, Mapping) for inner in value.values()):
        return [{**details, "id": name} for name, details in value.items()]
    if all(isinstance(inner, list) for inner in value.values()):
        return [entry for entries in value.values() for entry in entries]
    return None


def _model(entry: Any) -> Model | None:
    if isinstance(entry, str):
        return Model(entry) if _is_name(entry) else None
    if not isinstance(entry, Mapping):
        return None
    name = next((entry[key] for key in _NAMES if _is_name(entry.get(key))), None)
    if name is None:
        return None
    owner = next((entry[key] for key in _OWNERS if isinstance(entry.get(key), str)), "")
    created = entry.get("created", entry.get("created_at", entry.get("modified_at")))
    return Model(name, owner[:_LONGEST_NAME], _day(created), _context(entry))


def _is_name(value: Any) -> bool:
    """Whether this can be a name: it is to stand behind ``-m``, so it has no blanks."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_NAME
        and value.isprintable()
        and " " not in value
    )


def _day(value: Any) -> str:
    if isinstance(value, str):
        day = value[:10]
        return day if len(day) == 10 and day[4] == day[7] == "-" else ""
    if not _is_number(value) or not value > 0:
        return ""
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _context(entry: Mapping[str, Any]) -> int | None:
    for place in (entry, *_details(entry)):
        for key in _CONTEXTS:
            value = place.get(key)
            if _is_number(value) and math.isfinite(value) and value > 0:
                return int(value)
    return None


def _details(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key in _DETAILS:
        if isinstance(details := entry.get(key), Mapping):
            yield details
