"""A conversation as a JSON file: written with secrets masked, read with nothing taken on trust."""

from __future__ import annotations

import functools
import json
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from respmagic import _secrets
from respmagic._conversations import Conversation, checked_name
from respmagic._exceptions import OptionError
from respmagic._faults import fault_of
from respmagic._items import Usage
from respmagic._replay import kept_fields
from respmagic._turns import Turn

__all__ = ["FILE_LIMIT", "read_conversation", "written_conversation"]

FILE_LIMIT = 200_000_000
"""Bytes of a file beyond which it is not read."""

_Count = Annotated[int, Field(ge=0)]


class _UsageRow(TypedDict):
    input_tokens: _Count
    output_tokens: _Count
    total_tokens: _Count
    cached_tokens: _Count
    reasoning_tokens: _Count


class _TurnRow(TypedDict):
    asked: Annotated[list[dict[str, Any]], Field(min_length=1)]
    came: list[dict[str, Any]]
    base_url: str
    model: str
    response_id: str
    stored: _Count
    usage: _UsageRow | None


class _File(TypedDict):
    format: Literal["respmagic conversation 1"]
    name: str
    turns: list[_TurnRow]


@functools.cache
def _adapter() -> TypeAdapter[_File]:
    return TypeAdapter(_File)


def written_conversation(conversation: Conversation) -> str:
    """The text of a file that holds `conversation`."""
    rows = [_row(turn) for turn in conversation.turns]
    whole = {"format": "respmagic conversation 1", "name": conversation.name, "turns": rows}
    return json.dumps(_secrets.scrub(whole), indent=1, ensure_ascii=False) + "\n"


def _row(turn: Turn) -> dict[str, Any]:
    usage = turn.usage
    counted = usage and {name: getattr(usage, name) for name in _UsageRow.__annotations__}
    return {
        "asked": list(turn.asked),
        "came": list(turn.came),
        "base_url": turn.base_url,
        "model": turn.model,
        "response_id": turn.response_id,
        "stored": turn.stored,
        "usage": counted,
    }


def read_conversation(text: str) -> tuple[str, tuple[Turn, ...]]:
    """The name and the turns in the text of such a file.

    Fields that are not ours are left out, and a turn has no cell: that was another kernel's.

    Raises:
        OptionError: if it is none, or its items are such as a server would refuse; says where.
    """
    try:
        whole = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        raise OptionError(f"this is no conversation of ours: {_first(error)}") from None
    called: set[str] = set()
    turns = tuple(_turn(row, number, called) for number, row in enumerate(whole["turns"], 1))
    return checked_name(whole["name"]), turns


def _first(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, fault["loc"]))
    message = _secrets.scrub(fault["msg"])
    return f"{where}: {message}" if where else message


def _turn(row: _TurnRow, number: int, called: set[str]) -> Turn:
    asked, came = row["asked"], row["came"]
    if fault := fault_of(asked, came, called):
        raise OptionError(f"turn {number} of this conversation cannot be used: {fault}")
    return Turn(
        asked=tuple(map(kept_fields, asked)),
        came=tuple(map(kept_fields, came)),
        base_url=row["base_url"],
        model=row["model"],
        response_id=row["response_id"],
        stored=min(row["stored"], len(asked) + len(came)),
        usage=Usage(**row["usage"]) if row["usage"] is not None else None,
    )
