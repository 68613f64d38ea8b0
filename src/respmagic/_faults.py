"""What a server would refuse of a turn: one from a file may hold anything."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from respmagic._items import Item
from respmagic._replay import HOSTED_KEPT

__all__ = ["fault_of"]

_OUTPUT = "function_call_output"


def fault_of(asked: Sequence[Item], came: Sequence[Item], called: set[str]) -> str:
    """What a server would refuse of a turn with these items, or "" if nothing.

    Args:
        asked: what the user sent.
        came: the rest of it.
        called: the ids of earlier calls of its conversation; those of this one are added.
    """
    faults = itertools.chain(
        map(_fault, (*asked, *came)),
        (_asked_fault(item) for item in asked),
        _stray_reasoning(came),
        _unpaired_calls((*asked, *came), called),
    )
    return next(filter(None, faults), "")


# What the fields that are needed must be, by type of the item.
_NEEDED: dict[str, dict[str, tuple[type, ...]]] = {
    "message": {"role": (str,), "content": (str, list)},
    "function_call": {"call_id": (str,), "name": (str,), "arguments": (str,)},
    _OUTPUT: {"call_id": (str,), "output": (str, list)},
    "reasoning": {"summary": (list,)},
    "mcp_approval_response": {"approval_request_id": (str,)},
    **{kind: {"id": (str,)} for kind in HOSTED_KEPT},
}


def _fault(item: Item) -> str:
    kind = item.get("type")
    if not isinstance(kind, str) or kind not in _NEEDED:
        return f"an item of type {kind!r} does not go back to a server"
    for key, types in _NEEDED[kind].items():
        if not isinstance(item.get(key), types):
            return f"{key} of a {kind} is not {' or '.join(t.__name__ for t in types)}"
    for key in ("content", "output", "summary"):
        if isinstance(parts := item.get(key), list) and not all(map(_is_part, parts)):
            return f"{key} of a {kind} holds what is no part of it"
    if kind == "message" and item["role"] not in ("user", "assistant"):
        return f"a message is by {item['role']!r}, neither user nor assistant"
    return ""


def _is_part(part: Any) -> bool:
    return isinstance(part, Mapping) and isinstance(part.get("type"), str)


def _asked_fault(item: Item) -> str:
    is_question = item["type"] == "message" and item["role"] == "user"
    return "" if is_question else "what was asked is not a message of the user's"


def _stray_reasoning(came: Sequence[Item]) -> Iterator[str]:
    for item, after in itertools.zip_longest(came, came[1:]):
        if item["type"] != "reasoning" or item.get("reasoning_details"):
            continue
        if after is None or after["type"] == _OUTPUT or after.get("role") == "user":
            yield "reasoning stands before nothing that it led to"


def _unpaired_calls(items: Sequence[Item], called: set[str]) -> Iterator[str]:
    waiting: list[str] = []
    for item in items:
        name = item.get("call_id")
        if item["type"] == _OUTPUT:
            if name not in waiting:
                yield f"output {name!r} belongs to no call before it, or is its second"
            waiting = [other for other in waiting if other != name]
        elif item["type"] == "function_call":
            if name in called:
                yield f"there are two calls {name!r}"
            called.add(str(name))
            waiting.append(str(name))
        elif item["type"] == "message" and waiting:
            yield f"a message stands between call {waiting[0]!r} and its output"
    if waiting:
        yield f"call {waiting[0]!r} has no output"
