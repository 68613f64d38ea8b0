"""A conversation as data: its turns, which items go back to the server, and in which order.

Between requests nothing is remembered for us (``store: false``), so each request carries the items
of all before. Servers are particular about them: see the rules at each function.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from respmagic._items import FunctionCallOutput, Item, Request, Response, Usage

__all__ = [
    "Key",
    "Step",
    "Turn",
    "before",
    "carried",
    "continued",
    "kept_fields",
    "named_apart",
    "portable",
    "replayable",
    "text_of",
    "unwrapped",
    "whole_items",
]

NOT_RUN_OUTPUT = "The call was not run."
_NOTHING: Item = {"type": ""}  # stands in the place of a call, so that its reasoning goes with it


class Key(NamedTuple):
    """Which cell made a turn, and in which of its executions."""

    cell: str
    execution: str


class Step(NamedTuple):
    """One request of a run, with its own input whole, and what has come of it."""

    request: Request
    response: Response


@dataclass(frozen=True, slots=True)
class Turn:
    """What one run added to a conversation; it is whole: every call in it has its output.

    Attributes:
        asked: the items that the user sent.
        came: the items that came and the outputs of calls, in the order in which they go back.
        key: the cell and execution that made it; None where there is no such thing.
        base_url: where it was asked.
        model: the model that was asked.
        response_id: what the server calls the last answer in it; "" if nothing.
        usage: tokens of all its requests, or None where the server did not say.
    """

    asked: tuple[Item, ...]
    came: tuple[Item, ...]
    key: Key | None = None
    base_url: str = ""
    model: str = ""
    response_id: str = ""
    usage: Usage | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which they go back."""
        return (*self.asked, *self.came)


def before(turns: tuple[Turn, ...], key: Key | None) -> tuple[Turn, ...]:
    """The turns before the first that an earlier execution of the same cell made.

    Those are all turns where it made none, and where no cell is known.
    """
    for number, turn in enumerate(turns):
        if key is not None and turn.key is not None and _is_earlier(turn.key, key):
            return turns[:number]
    return turns


def _is_earlier(one: Key, key: Key) -> bool:
    return one.cell == key.cell and one.execution != key.execution


def carried(turns: Iterable[Turn], *, base_url: str, model: str) -> tuple[Item, ...]:
    """The items of `turns` as they go to `model` at `base_url`.

    Reasoning is bound to the server and the model that it came from, and often to an account: no
    other is sent it.
    """
    items: list[Item] = []
    for turn in turns:
        is_own = (turn.base_url, turn.model) == (base_url, model)
        items += turn.items if is_own else portable(turn.items)
    return tuple(items)


def text_of(items: Iterable[Item]) -> str:
    """What the messages among `items` say, a line each."""
    said = (item.get("content") for item in items if item.get("type") == "message")
    return "\n".join(filter(None, map(_text, said)))


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list | tuple) else ()
    texts = (part.get("text") for part in parts if isinstance(part, Mapping))
    return "".join(text for text in texts if isinstance(text, str))


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


def whole_items(
    steps: Sequence[Step], outputs: Mapping[str, FunctionCallOutput]
) -> tuple[Item, ...] | None:
    """The input of the last request with what came of it, as far as that is whole; else None.

    An answer that was cut off by the connection, failed or was stopped is left out: then this is
    the input of its request, which ends with the outputs of the calls before it.

    Args:
        steps: the requests of a run, in order.
        outputs: what its calls gave, by call id, those that were cancelled among them.
    """
    if not steps:
        return None
    *earlier, (request, response) = steps
    if not _is_usable(response):
        return _answered(request.input) if earlier else None
    output = named_apart(response.output, request.input)
    if response.status != "completed":  # a call in it may be cut off itself, and was not run
        output = [item if item["type"] != "function_call" else _NOTHING for item in output]
    called = (str(item["call_id"]) for item in output if item["type"] == "function_call")
    given = [outputs.get(name) or FunctionCallOutput(name, NOT_RUN_OUTPUT) for name in called]
    return continued(request.input, output, given)


def _answered(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`items` without a message to the model at the end, which was not answered."""
    return items[:-1] if items[-1].get("role") == "user" else items


def _is_usable(response: Response) -> bool:
    """Whether the answer says something, or asks for calls, and is meant to be read."""
    said = bool(response.text or response.refusal)
    if response.status == "incomplete":
        return said
    return response.status == "completed" and bool(said or response.function_calls)


# What an item needs to be understood again. Everything else is the server's own and may be
# refused when it comes back; ids of items that were not stored are refused by OpenAI.
_KEPT: dict[str, tuple[str, ...]] = {
    "message": ("type", "role", "content", "phase"),
    "function_call": ("type", "call_id", "name", "arguments", "namespace", "extra_content"),
    "reasoning": ("type", "id", "summary", "content", "encrypted_content", "reasoning_details"),
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
