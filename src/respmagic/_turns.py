"""A conversation as data: its turns, which of them are whole, and what goes on from them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from respmagic._items import FunctionCallOutput, Item, Request, Response, State, Usage
from respmagic._replay import HOSTED_KEPT, continued, named_apart, portable, replayable

__all__ = [
    "Key",
    "Step",
    "Turn",
    "Whole",
    "before",
    "carried",
    "stored_state",
    "text_of",
    "told_apart",
    "whole_part",
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
        stored: how many of its items, from the first, the server keeps under that; 0 if it keeps
            nothing.
        usage: tokens of all its requests, or None where the server did not say.
    """

    asked: tuple[Item, ...]
    came: tuple[Item, ...]
    key: Key | None = None
    base_url: str = ""
    model: str = ""
    response_id: str = ""
    stored: int = 0
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


def stored_state(turns: Sequence[Turn], *, base_url: str, model: str) -> State:
    """What the server at `base_url` keeps of `turns`, counted in the items that `carried` gives."""
    if not turns or not turns[-1].stored or turns[-1].base_url != base_url:
        return State()
    last = turns[-1]
    kept = replace(last, asked=last.items[: last.stored], came=())
    count = len(carried((*turns[:-1], kept), base_url=base_url, model=model))
    return State(last.response_id, count)


def told_apart(turn: Turn, earlier: Iterable[Turn]) -> Turn:
    """`turn` with its calls under ids that no call in `earlier` bears.

    Some servers count ids from 0 in each answer, and those that a run was not told of, since they
    were added while it went on, may bear the same.
    """
    sent = [item for other in earlier for item in other.items]
    calls = [item for item in turn.came if item["type"] == "function_call"]
    names = {
        old["call_id"]: new["call_id"]
        for old, new in zip(calls, named_apart(calls, sent), strict=True)
    }
    came = (
        {**item, "call_id": names[item["call_id"]]} if item.get("call_id") in names else item
        for item in turn.came
    )
    return replace(turn, came=tuple(came))


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


class Whole(NamedTuple):
    """As much of a run as is whole.

    Attributes:
        items: all of them, the earlier turns' before.
        stored: how many of these, from the first, the server keeps; 0 if it keeps nothing.
        response_id: what it calls the answer that is the last in them.
    """

    items: tuple[Item, ...]
    stored: int
    response_id: str


def whole_part(steps: Sequence[Step], outputs: Mapping[str, FunctionCallOutput]) -> Whole | None:
    """The input of the last request with what came of it, as far as that is whole; else None.

    An answer that was cut off by the connection, failed or was stopped is left out: then this is
    the input of its request, which ends with the outputs of the calls before it.

    Args:
        steps: the requests of a run, in order.
        outputs: what its calls gave, by call id, those that were cancelled among them.
    """
    if not steps:
        return None
    *earlier, last = steps
    if not _is_usable(last.response):
        return _whole(last.request.input, earlier[-1]) if earlier else None
    output = named_apart(last.response.output, last.request.input)
    left = {"mcp_approval_request"}  # nobody has answered it, or it would not be the last answer
    if last.response.status != "completed":  # a call in it may be cut off itself, and was not run
        left.add("function_call")
    kept = [item if item["type"] not in left else _NOTHING for item in output]
    called = (str(item["call_id"]) for item in kept if item["type"] == "function_call")
    given = [outputs.get(name) or FunctionCallOutput(name, NOT_RUN_OUTPUT) for name in called]
    whole = _whole(continued(last.request.input, kept, given), last)
    # What is left out here is still there at the server, which would ask for its outcome.
    return whole if kept == output else whole._replace(stored=0)


_ANSWERS = frozenset({"function_call_output", "mcp_approval_response"})


def _whole(items: tuple[Item, ...], step: Step) -> Whole:
    """These items as far as they were answered; the last answer in them is that of `step`."""
    if items[-1].get("role") == "user":  # a message to the model, which was not answered
        items = items[:-1]
    given = itertools.takewhile(lambda item: item["type"] in _ANSWERS, reversed(items))
    response_id, state = step.response.id, step.request.state
    is_stored = state is not None and state.parameter == "previous_response_id" and response_id
    return Whole(items, len(items) - len(list(given)) if is_stored else 0, response_id)


_DONE = frozenset({"function_call", *HOSTED_KEPT}) - {"mcp_list_tools", "mcp_approval_request"}


def _is_usable(response: Response) -> bool:
    """Whether the answer says something, or asks for calls, and is meant to be read."""
    said = bool(response.text or response.refusal)
    if response.status == "incomplete":
        return said
    if response.status != "completed":
        return False
    return said or any(item["type"] in _DONE for item in replayable(response.output))
