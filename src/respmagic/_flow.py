"""The tool loop as a generator: it yields what must be done and is sent what came of it.

No I/O and no clock here. A driver sends requests and runs calls; the generator decides what comes
next and when to stop, so the whole protocol reads from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from respmagic._exceptions import MaxTurnsExceeded, RepeatedCalls
from respmagic._items import (
    FunctionCall,
    FunctionCallOutput,
    Item,
    Request,
    Response,
    State,
    user_message,
)
from respmagic._repetition import Repetition
from respmagic._replay import continued, named_apart

__all__ = ["Approve", "Check", "Flow", "Reply", "RunCalls", "Send", "tool_loop"]


@dataclass(frozen=True, slots=True)
class Send:
    """Send this request; answer with its `Response`."""

    request: Request


@dataclass(frozen=True, slots=True)
class RunCalls:
    """Run these calls, all at once; answer with their outputs in the same order.

    Attributes:
        calls: the calls.
        notes: what the model is to be told at the end of an output, by call id.
    """

    calls: tuple[FunctionCall, ...]
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Approve:
    """Ask whether the server may make these calls of its own; answer with an item for each."""

    requests: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Look whether this last answer is what was asked for; answer with what is wrong, or ""."""

    response: Response


Action = Send | RunCalls | Approve | Check
Reply = Response | tuple[FunctionCallOutput, ...] | tuple[Item, ...] | str
Flow = Generator[Action, Reply, Response]


def tool_loop(
    request: Request,
    *,
    max_turns: int,
    tools: Callable[[], tuple[Item, ...]] | None = None,
    repairs: int | None = None,
) -> Flow:
    """Ask, run the calls that the answer asks for, ask again with their outputs, until it is said.

    Calls run only after a completed answer: those of an answer that was cut off, filtered or
    failed may be cut off themselves.

    Args:
        request: the first request.
        max_turns: how many requests there may be, at least 1.
        tools: the tool definitions as they are after a round of calls, which may have made objects
            that the next ones may be given; None if they stay the same.
        repairs: how often a last answer at fault goes back to the model, with what is wrong; None
            where answers are not to be checked.

    Yields:
        `Send`, to be sent a `Response`, `RunCalls`, to be sent a tuple of outputs, `Approve`, to be
        sent a tuple of items, or `Check`, to be sent text.

    Returns:
        The last response.

    Raises:
        MaxTurnsExceeded: if the last answer that was allowed asks for tools once more.
        RepeatedCalls: if answer upon answer asks for the same calls, to the same outcome.
    """
    repetition = Repetition(max_turns)
    for turn in range(1, max_turns + 1):
        response = cast("Response", (yield Send(request)))
        asked = _approval_requests(response)
        if response.status != "completed" or not (response.function_calls or asked):
            fault = "" if repairs is None else cast("str", (yield Check(response)))
            if not fault or not repairs or turn == max_turns:
                return response
            repairs -= 1
            request = _asking_again(request, response, fault)
            continue
        items = named_apart(response.output, request.input)
        if turn == max_turns:
            break
        calls = tuple(FunctionCall.from_item(i) for i in items if i["type"] == "function_call")
        outputs: tuple[FunctionCallOutput, ...] = ()
        if calls:
            notes = repetition.notes(calls)
            outputs = cast("tuple[FunctionCallOutput, ...]", (yield RunCalls(calls, notes)))
            if repetition.count(calls, outputs, notes):
                raise _repeated(calls, repetition.limit)
        answers = cast("tuple[Item, ...]", (yield Approve(asked)) if asked else ())
        whole = continued(request.input, items, outputs)
        request = replace(
            request,
            input=(*whole, *answers),
            state=_kept(request, response, len(whole) - len(outputs)),
            parameters=_after_a_call(request.parameters),
            tools=request.tools if tools is None else tools(),
        )
    wanted = [call.name for call in response.function_calls] + [str(i.get("name")) for i in asked]
    names = _names(wanted)
    raise MaxTurnsExceeded(
        f"the model still asks for tools ({names}) after {max_turns} requests, the most allowed; "
        "these calls were not run. Allow more with --max-turns (max_turns=), or ask for less."
    )


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _repeated(calls: tuple[FunctionCall, ...], times: int) -> RepeatedCalls:
    names = _names(call.name for call in calls)
    return RepeatedCalls(
        f"the model made the same calls ({names}) {times} times in a row, with the same "
        "outcome each time, though it was told so: asking it again would only cost more. See what "
        "the tool gave it, or allow more with --max-turns (max_turns=), half of which may be such."
    )


def _approval_requests(response: Response) -> tuple[Item, ...]:
    return tuple(item for item in response.output if item["type"] == "mcp_approval_request")


def _asking_again(request: Request, response: Response, fault: str) -> Request:
    said = continued(request.input, response.output, ())
    state = _kept(request, response, len(said))
    return replace(request, input=(*said, user_message(fault)), state=state)


def _kept(request: Request, response: Response, count: int) -> State | None:
    """What the server keeps now, if it was to keep anything."""
    return request.state and request.state.after(response, count)


def _after_a_call(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """A tool choice that forces a call holds for one request, else the loop would never end."""
    choice = parameters.get("tool_choice")
    if isinstance(choice, Mapping) and choice.get("type") == "allowed_tools":
        return {**parameters, "tool_choice": {**choice, "mode": "auto"}}
    forces = choice == "required" or isinstance(choice, Mapping)
    return {k: v for k, v in parameters.items() if k != "tool_choice"} if forces else parameters
