"""Streams mutated anywhere end in a response or in an error of ours, and run no cut-off call."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recordings
import wire
from replies import Reply
from respmagic import GatewayError, Response
from respmagic._dialects.base import Dialect, Reader
from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._dialects.responses import Responses
from respmagic._flow import RunCalls, tool_loop
from respmagic._items import Request

CALLS = [("add", {"a": 1, "b": [2, 3]}), ("search", {"query": "cats and dogs"})]

STREAMS: list[tuple[Dialect, list[dict[str, Any]]]] = [
    (Responses(), wire.call_response(CALLS, text="Let me see.")),
    (Responses(), wire.reasoning_response("Thinking it over.", "An answer, wörld 🌍.")),
    (ChatCompletions(), wire.chat_calls(CALLS, text="Let me see.")),
    (ChatCompletions(), wire.chat_text("An answer, wörld 🌍.", reasoning="Thinking.")),
]
each_stream = pytest.mark.parametrize(
    ("dialect", "events"), STREAMS, ids=["calls", "text", "chat calls", "chat text"]
)


def body(events: list[Any]) -> bytes:
    return b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in events)


def read(dialect: Dialect, data: bytes) -> Response | GatewayError:
    """What a client makes of these bytes; anything but a response or our own error is a failure."""
    reader = Reader(dialect)
    try:
        reader.feed(data)
        reader.end()
    except GatewayError as error:
        return error
    return reader.response()


def runs_calls(outcome: Response | GatewayError) -> bool:
    """Whether the tool loop would run calls of this answer."""
    if not isinstance(outcome, Response):
        return False
    flow = tool_loop(Request("m", ()), max_turns=2)
    flow.send(None)
    try:
        return isinstance(flow.send(outcome), RunCalls)
    except StopIteration:
        return False


Mutation = Callable[[bytearray], None]


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """Drop, double, swap or replace a few bytes."""
    kind = draw(st.sampled_from(["drop", "double", "replace", "swap"]))
    start, length = draw(st.floats(0, 1)), draw(st.integers(1, 40))
    filler = draw(st.binary(max_size=8))

    def mutate(data: bytearray) -> None:
        place = int(start * len(data))
        piece = bytes(data[place : place + length])
        changed = {"drop": b"", "double": piece * 2, "replace": filler, "swap": piece[::-1]}
        data[place : place + length] = changed[kind]

    return mutate


@each_stream
@given(st.lists(mutations(), min_size=1, max_size=4))
def test_mutated_bytes_end_in_a_response_or_an_error_of_ours(
    dialect: Dialect, events: list[Any], mutated: list[Mutation]
):
    data = bytearray(body(events))
    for mutate in mutated:
        mutate(data)
    outcome = read(dialect, bytes(data))
    assert isinstance(outcome, Response | GatewayError)
    if isinstance(outcome, Response):
        assert isinstance(outcome.text + outcome.reasoning + outcome.refusal, str)
        assert all(isinstance(call.arguments, str) for call in outcome.function_calls)


@each_stream
@given(data=st.data())
def test_events_in_another_order_or_left_out_or_doubled(
    dialect: Dialect, events: list[Any], data: st.DataObject
):
    chosen = data.draw(st.lists(st.sampled_from(events), max_size=len(events) * 2))
    outcome = read(dialect, body(chosen))
    assert isinstance(outcome, Response | GatewayError)


OTHERS = [None, "", 0, -1, 1e300, True, [], {}, ["x"], {"x": 1}, "text"]


@each_stream
@given(data=st.data())
def test_fields_that_are_null_or_of_another_type(
    dialect: Dialect, events: list[Any], data: st.DataObject
):
    places = st.sampled_from(list(paths(events)))
    changes = data.draw(st.lists(st.tuples(places, st.sampled_from(OTHERS)), max_size=6))
    changed = copy.deepcopy(events)
    for path, other in changes:
        spoil(changed, path, other)
    assert isinstance(read(dialect, body(changed)), Response | GatewayError)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every part of `value` stands."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(entry, (*path, key))


def spoil(value: Any, path: tuple[Any, ...], other: Any) -> None:
    """Put `other` at `path`, unless an earlier change took that place away."""
    *way, last = path
    with contextlib.suppress(KeyError, IndexError, TypeError):
        for key in way:
            value = value[key]
        value[last] = copy.deepcopy(other)


@each_stream
def test_an_answer_cut_anywhere_before_its_end_runs_nothing(dialect: Dialect, events: list[Any]):
    # The last event that ends the answer: the terminal one, or chat's chunk with a finish reason.
    ending = next(
        number
        for number, event in reversed(list(enumerate(events)))
        if event.get("type", "").startswith("response.completed")
        or any(choice.get("finish_reason") for choice in event.get("choices", ()))
    )
    before, end = body(events[:ending]), body([events[ending]]).rstrip()
    for cut in range(len(before) + len(end)):
        outcome = read(dialect, (before + end)[:cut])
        assert not runs_calls(outcome), cut
        assert not (isinstance(outcome, Response) and outcome.status == "completed"), cut


# What real servers said, damaged

DIALECTS = {"responses": Responses(), "chat": ChatCompletions()}
RECORDED = [
    name for name in recordings.names() if recordings.recording(name).stat().st_size < 60_000
]


def recorded(name: str) -> bytes:
    return Reply.recording(recordings.recording(name)).content


def calls_in(outcome: Response | GatewayError) -> list[tuple[str, str]]:
    """The calls that would be run."""
    if not runs_calls(outcome):
        return []
    return [(call.name, call.arguments or "{}") for call in outcome.function_calls]


@recordings.needs_recordings
@given(data=st.data())
def test_a_recording_that_is_cut_anywhere_runs_its_own_calls_or_none(data: st.DataObject):
    name = data.draw(st.sampled_from(RECORDED))
    body = recorded(name)
    outcome = read(DIALECTS[name.split("/")[0]], body[: data.draw(st.integers(0, len(body)))])
    whole = recordings.expected(name).get("calls") or []
    wanted = [(call["name"], call.get("arguments") or "{}") for call in whole]
    assert calls_in(outcome) in ([], wanted)


@recordings.needs_recordings
@given(data=st.data(), mutated=st.lists(mutations(), min_size=1, max_size=4))
def test_a_damaged_recording_ends_in_a_response_or_an_error_of_ours(
    data: st.DataObject, mutated: list[Mutation]
):
    body = bytearray(recorded(data.draw(st.sampled_from(RECORDED))))
    for mutate in mutated:
        mutate(body)
    dialect = data.draw(st.sampled_from(list(DIALECTS.values())))
    assert isinstance(read(dialect, bytes(body)), Response | GatewayError)


@pytest.mark.parametrize(
    ("kept", "runs"),
    [
        ((), False),
        (("arguments.delta",), True),
        (("arguments.done",), True),
        (("output_item.done",), True),
    ],
)
def test_a_call_that_lost_its_arguments_is_not_run_on_defaults(kept: tuple[str, ...], runs: bool):
    events = wire.call_response([("now", {})])
    end = {**events[-1], "response": {**events[-1]["response"], "output": []}}
    said = [event for event in events if event["type"].endswith(("item.added", *kept))]
    assert runs_calls(read(Responses(), body([*said, end]))) is runs
