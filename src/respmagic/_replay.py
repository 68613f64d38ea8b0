"""Which items go back to the server, how they are cleaned, and in which order.

Between requests nothing is remembered for us (``store: false``), so each request carries the items
of all before. Servers are particular about them: see the rules at each function.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from respmagic._items import FunctionCallOutput, Item

__all__ = [
    "HOSTED_KEPT",
    "continued",
    "kept_fields",
    "named_apart",
    "portable",
    "replayable",
    "unwrapped",
    "without_images",
]

# What tools of the server did; it goes back by the ids that the server gave it.
HOSTED_KEPT: dict[str, tuple[str, ...]] = {
    "web_search_call": ("type", "id", "status", "action"),
    "file_search_call": ("type", "id", "status", "queries", "results"),
    "code_interpreter_call": ("type", "id", "status", "code", "container_id", "outputs"),
    "image_generation_call": ("type", "id", "status", "result"),
    "mcp_list_tools": ("type", "id", "server_label", "tools", "error"),
    "mcp_approval_request": ("type", "id", "server_label", "name", "arguments"),
    "mcp_call": (
        *("type", "id", "server_label", "name", "arguments", "output", "error"),
        "approval_request_id",
    ),
}
# What an item needs to be understood again. Everything else is the server's own and may be
# refused when it comes back; ids of items that were not stored are refused by OpenAI.
_KEPT: dict[str, tuple[str, ...]] = {
    "message": ("type", "role", "content", "phase"),
    "function_call": ("type", "call_id", "name", "arguments", "namespace", "extra_content"),
    "reasoning": ("type", "id", "summary", "content", "encrypted_content", "reasoning_details"),
    **HOSTED_KEPT,
}


def replayable(items: Iterable[Item]) -> list[Item]:
    """The output items that may be sent again, each cleaned; the others are left out.

    Reasoning stays as far as it says anything: the dialect knows in which form the server takes
    it back. A message needs content, too.
    """
    return [item for group in _groups(items) for item in group]


_SAYING = {
    "reasoning": ("encrypted_content", "content", "summary", "reasoning_details"),
    "message": ("content",),
    **dict.fromkeys(HOSTED_KEPT, ("id",)),
}


def _groups(items: Iterable[Item]) -> list[list[Item]]:
    """The items that may be sent again, each together with the reasoning that led to it.

    OpenAI refuses reasoning without the item that followed it: both go back, or neither. In
    chat.completions reasoning belongs to the answer as a whole and may come last.
    """
    groups: list[list[Item]] = []
    thoughts: list[Item] = []
    for item in items:
        if item["type"] == "reasoning":
            thoughts += [_cleaned(item)] if _goes_back(item) else []
            continue
        if _goes_back(item):
            groups.append([*thoughts, _cleaned(item)])
        thoughts = []
    if last := [item for item in thoughts if item.get("reasoning_details")]:
        groups.append(last)
    return groups


def _goes_back(item: Item) -> bool:
    kind = item["type"]
    return kind in _KEPT and any(item.get(key) for key in _SAYING.get(kind, ("type",)))


def _cleaned(item: Item) -> Item:
    kept = {key: item[key] for key in _KEPT[item["type"]] if item.get(key) is not None}
    if item["type"] == "message":
        kept["role"] = item.get("role") or "assistant"
    if item["type"] == "reasoning":
        kept = {key: value for key, value in kept.items() if value}
        kept.setdefault("summary", [])  # OpenAI requires it
    return kept


def continued(
    items: Sequence[Item], output: Iterable[Item], outputs: Iterable[FunctionCallOutput]
) -> tuple[Item, ...]:
    """The input of the next request: what was sent, what came, what the calls gave.

    Every call stands before every output, with no message between them: one server refuses any
    other order.
    """
    groups = sorted(_groups(output), key=_is_call)  # stable: each kind keeps its order
    answered = [item for group in groups for item in group]
    return (*items, *answered, *(output.to_item() for output in outputs))


def _is_call(group: list[Item]) -> bool:
    return bool(group[-1]["type"] == "function_call")


def named_apart(output: Iterable[Item], sent: Iterable[Item]) -> list[Item]:
    """`output` with calls out of their wrappers, under ids that no call in `sent` bears.

    Some servers count ids from 0 in each answer.
    """
    taken = {item.get("call_id") for item in sent if item.get("type") == "function_call"}
    items = []
    for number, item in enumerate(chain.from_iterable(map(unwrapped, output))):
        if item["type"] == "function_call":
            name = str(item.get("call_id") or item.get("id") or f"call_{number}")
            while name in taken:
                name = f"{name}-{len(taken)}"
            taken.add(name)
            item = {**item, "call_id": name}  # noqa: PLW2901 - the same item under its own name
        items.append(item)
    return items


_NAMESPACE = "functions."
"""Where models of OpenAI's have their tools; some let it slip out."""
_WRAPPERS = frozenset({"parallel", "multi_tool_use", "multi_tool_use.parallel"})


def unwrapped(item: Item) -> list[Item]:
    """The calls that stand in `item`: models make up a tool that is to call others at once.

    Its arguments are ``{"tool_uses": [{"recipient_name": "functions.f", "parameters": {…}}, …]}``.
    All else, a wrapper that cannot be read among it, stays the one item that it is.
    """
    if item["type"] != "function_call":
        return [item]
    name = str(item.get("name") or "")
    uses = _tool_uses(item.get("arguments")) if name in _WRAPPERS else ()
    if uses:
        return [_inner(item, use, number) for number, use in enumerate(uses)]
    is_bare = not name.startswith(_NAMESPACE)
    return [item if is_bare else {**item, "name": name.removeprefix(_NAMESPACE)}]


def _tool_uses(arguments: Any) -> Sequence[Mapping[str, Any]]:
    try:
        value = json.loads(arguments) if isinstance(arguments, str) else arguments
    except ValueError:
        return ()
    uses = value.get("tool_uses") if isinstance(value, Mapping) else None
    whole = isinstance(uses, list) and all(_names_a_tool(use) for use in uses)
    return uses if isinstance(uses, list) and whole else ()


def _names_a_tool(use: Any) -> bool:
    return isinstance(use, Mapping) and isinstance(use.get("recipient_name"), str)


def _inner(item: Item, use: Mapping[str, Any], number: int) -> Item:
    outer = item.get("call_id") or item.get("id")
    arguments = use.get("parameters")
    return {
        **{key: value for key, value in item.items() if key not in ("id", "call_id")},
        **({"call_id": f"{outer}_{number}"} if outer else {}),
        "name": use["recipient_name"].removeprefix(_NAMESPACE),
        "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments or {}),
    }


def kept_fields(item: Item) -> Item:
    """`item` with the fields that a request carries, as far as they are set."""
    fields = _KEPT.get(item["type"]) or _PORTABLE[item["type"]]
    return {key: item[key] for key in fields if item.get(key) is not None}


# What says the same to every server. Signatures, such as extra_content, are one server's own.
_PORTABLE: dict[str, tuple[str, ...]] = {
    "message": ("type", "role", "content"),
    "function_call": ("type", "call_id", "name", "arguments"),
    "function_call_output": ("type", "call_id", "output"),
}


def portable(items: Iterable[Item]) -> list[Item]:
    """The items as another server, or another model, may read them: what was said and called."""
    return [
        {key: item[key] for key in _PORTABLE[item["type"]] if key in item}
        for item in items
        if item["type"] in _PORTABLE
    ]


def without_images(items: Iterable[Item]) -> list[Item]:
    """`items` for a server that takes no images: another one was given them in earlier turns."""
    return [
        _without(item, "content") if "content" in item else _without(item, "output")
        for item in items
    ]


def _without(item: Item, field: str) -> Item:
    parts = item.get(field)
    if not isinstance(parts, list | tuple) or not any(map(_is_image, parts)):
        return item
    return {**item, field: [_NOT_SENT if _is_image(part) else part for part in parts]}


_NOT_SENT: Item = {"type": "input_text", "text": "[a picture, which is not sent to this model]"}


def _is_image(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "input_image"
