"""A conversation as data: its turns, which of them are whole, and what goes on from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from respmagic._items import FunctionCallOutput, Item, Request, Response, Usage
from respmagic._replay import continued, named_apart, portable

__all__ = ["Key", "Step", "Turn", "before", "carried", "text_of", "whole_items"]

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
    left = {"mcp_approval_request"}  # nobody has answered it, or it would not be the last answer
    if response.status != "completed":  # a call in it may be cut off itself, and was not run
        left.add("function_call")
    output = [item if item["type"] not in left else _NOTHING for item in output]
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
