"""One conversation through both dialects: above them nobody knows which was spoken."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

import respmagic
import wire
from gateway import Gateway, Received
from replies import Reply
from respmagic import Result

APIS = ("responses", "chat")
CALLS = [("add", {"a": 1, "b": 2}), ("now", {})]


def add(a: int, b: int) -> int:
    "Add two numbers."
    return a + b


def now() -> str:
    "The time."
    return "12:00"


def spoken(turns: Iterable[dict[str, Any]], api: str) -> list[list[wire.Event]]:
    """The same turns as streams of one dialect."""
    return [_stream(number, turn, api) for number, turn in enumerate(turns, 1)]


def _stream(number: int, turn: dict[str, Any], api: str) -> list[wire.Event]:
    said, reasoning = turn.get("text", ""), turn.get("reasoning", "")
    if api == "chat":
        chunks = wire.chat_calls(turn.get("calls", ()), text=said, id=f"chatcmpl_{number}")
        thoughts = wire.chat_text("", reasoning=reasoning)[1:-2] if reasoning else []
        return [chunks[0], *thoughts, *_ended(chunks[1:], turn.get("finish"))]
    items = [wire.reasoning(raw=reasoning)] if reasoning else []
    items += [wire.message(said)] if said else []
    items += [wire.function_call(*call) for call in turn.get("calls", ())]
    reason = {"length": "max_output_tokens"}.get(turn.get("finish", ""))
    ended = {"status": "incomplete", "incomplete_details": {"reason": reason}} if reason else {}
    return wire.stream(items, id=f"resp_{number}", **ended)


def _ended(chunks: list[wire.Event], finish: str | None) -> list[wire.Event]:
    if finish is None:
        return chunks
    last = chunks[-2]
    choice = {**last["choices"][0], "finish_reason": finish}
    return [*chunks[:-2], {**last, "choices": [choice]}, chunks[-1]]


def body_of(stream: list[wire.Event], api: str) -> wire.Event:
    return wire.chat_body(stream) if api == "chat" else wire.as_body(stream)


def ask(gateway: Gateway, api: str, turns: list[dict[str, Any]], *, stream: bool) -> Result:
    for events in spoken(turns, api):
        gateway.add(
            Reply.sse(events, done=api == "chat") if stream else Reply.json(body_of(events, api))
        )
    return respmagic.respond(
        "Go",
        model="m",
        base_url=gateway.base_url,
        api=api,
        tools=[add, now],
        retries=0,
        stream=stream,
    )


def outcome(result: Result) -> dict[str, Any]:
    return {
        "text": result.text,
        "reasoning": result.reasoning,
        "status": result.status,
        "model": result.model,
        "usage": result.usage,
        "shown": result._repr_mimebundle_(),
        "calls": [(c.name, c.arguments, c.result, c.output, c.status) for c in result.tool_calls],
        "responses": [
            (
                response.text,
                response.refusal,
                response.reasoning,
                response.status,
                response.usage,
                response.error,
                response.incomplete_details,
                response.function_calls,
                [item["type"] for item in response.output],
            )
            for response in result.responses
        ],
    }


CONVERSATIONS = {
    "a text": [{"text": "Hello **you** 🌍."}],
    "two parallel calls": [
        {"text": "Let me see.", "calls": CALLS},
        {"text": "It is 3 at 12:00."},
    ],
    "calls in two rounds, with reasoning": [
        {"reasoning": "First add.", "calls": CALLS[:1]},
        {"reasoning": "Then the time.", "calls": CALLS[1:]},
        {"reasoning": "Done.", "text": "3 at 12:00."},
    ],
    "cut short": [{"text": "It is", "finish": "length"}],
    "calls cut short": [{"text": "It is", "calls": CALLS, "finish": "length"}],
}


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("turns", CONVERSATIONS.values(), ids=CONVERSATIONS)
def test_a_conversation_through_both_dialects_yields_equal_results(
    turns: list[dict[str, Any]], stream: bool
):
    found = []
    for api in APIS:
        with Gateway() as gateway:
            found.append(outcome(ask(gateway, api, turns, stream=stream)))
            paths = {"/v1/responses" if api == "responses" else "/v1/chat/completions"}
            assert {request.path for request in gateway.requests} == paths
            assert len(gateway.requests) == len(turns)
    assert found[0] == found[1]


def test_both_dialects_are_told_the_same_of_what_came():
    """The second request: what was asked, said, called and what came of it, in order."""
    told = []
    for api, read in (("responses", read_input), ("chat", read_messages)):
        with Gateway() as gateway:
            ask(gateway, api, CONVERSATIONS["two parallel calls"], stream=True)
            told.append(read(gateway.requests[1]))
    assert told[0] == told[1]


def read_input(request: Received) -> list[tuple[Any, ...]]:
    read = {
        "message": lambda i: (
            i["role"],
            i["content"] if i["role"] == "user" else i["content"][0]["text"],
        ),
        "function_call": lambda i: (i["call_id"], i["name"], i["arguments"]),
        "function_call_output": lambda i: (i["call_id"], i["output"]),
    }
    return [read[item["type"]](item) for item in request.json["input"]]


def read_messages(request: Received) -> list[tuple[Any, ...]]:
    told: list[tuple[Any, ...]] = []
    for message in request.json["messages"]:
        if message["role"] == "tool":
            told.append((message["tool_call_id"], message["content"]))
            continue
        told.append((message["role"], message["content"]))
        for call in message.get("tool_calls", ()):
            told.append((call["id"], call["function"]["name"], call["function"]["arguments"]))
    return told


@pytest.mark.parametrize("api", APIS)
def test_a_refusal_is_one_in_both(gateway: Gateway, api: str):
    streams = {
        "responses": wire.refusal_response("I will not."),
        "chat": wire.chat_stream([{"refusal": "I will"}, {"refusal": " not."}]),
    }
    gateway.add(Reply.sse(streams[api]))
    result = respmagic.respond("Go", model="m", base_url=gateway.base_url, api=api, tools=())
    assert (result.text, result.responses[0].refusal) == ("", "I will not.")
    assert "The model declined: I will not." in result._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize("api", APIS)
def test_a_failure_in_mid_stream_is_one_in_both(gateway: Gateway, api: str):
    begun = {"responses": wire.text_response("Well,")[:5], "chat": wire.chat_text("Well,")[:2]}
    error = wire.error_event("no more", code="rate_limit_exceeded")
    gateway.add(Reply.sse([*begun[api], {**error, "type": "error"}]))
    with pytest.raises(respmagic.ResponseFailed, match="rate_limit_exceeded: no more") as caught:
        respmagic.respond("Go", model="m", base_url=gateway.base_url, api=api, tools=())
    assert caught.value.result.status == "failed"


@pytest.mark.parametrize("api", APIS)
def test_a_broken_stream_runs_no_tool_in_both(gateway: Gateway, api: str):
    [events] = spoken([{"text": "Let me see.", "calls": CALLS}], api)
    end = {"responses": -1, "chat": -2}[api]
    gateway.add(Reply.sse(events[:end]))
    with pytest.raises(respmagic.TruncatedError) as caught:
        respmagic.respond(
            "Go", model="m", base_url=gateway.base_url, api=api, tools=[add, now], retries=0
        )
    result = caught.value.result
    assert (result.status, result.text, result.tool_calls) == ("truncated", "Let me see.", ())


@pytest.mark.parametrize("api", APIS)
def test_nor_does_one_whose_call_lost_its_arguments_though_a_proxy_ends_it(
    gateway: Gateway, api: str
):
    [events] = spoken([{"text": "Let me see.", "calls": [("now", {})]}], api)
    named = next(n for n, event in enumerate(events, 1) if '"now"' in json.dumps(event))
    gateway.add(Reply.sse(events[:named], done=True))
    with pytest.raises(respmagic.TruncatedError) as caught:
        respmagic.respond("Go", model="m", base_url=gateway.base_url, api=api, tools=[now])
    assert (caught.value.result.text, caught.value.result.tool_calls) == ("Let me see.", ())


@pytest.mark.parametrize("api", APIS)
def test_of_a_whole_answer_the_model_is_told_what_a_call_lacks(gateway: Gateway, api: str):
    turns = spoken([{"calls": [("add", "")]}, {"text": "I see."}], api)
    gateway.add(*map(Reply.sse, turns))
    result = respmagic.respond(
        "Go", model="m", base_url=gateway.base_url, api=api, tools=[add, now]
    )
    [call] = result.tool_calls
    assert call.output == "Error: the arguments do not fit: a: Field required\nb: Field required"
    shown = result._repr_mimebundle_()["text/plain"]
    assert "→ failed: the arguments do not fit: a: Field required" in shown
    assert result.text == "I see."
