"""The streams that tests write look like those that servers send."""

from __future__ import annotations

import functools
import json

import pytest

import wire
from recordings import names, needs_recordings, recording

MADE = {
    "text": wire.text_response("Hello there"),
    "calls": wire.call_response([("f", {"a": 1}), ("g", {})], text="Let me see."),
    "reasoning": wire.reasoning_response("I think so.", "Yes."),
    "raw reasoning": wire.stream([wire.reasoning(raw="Hm."), wire.message("Yes.")]),
    "refusal": wire.refusal_response("I will not."),
    "incomplete": wire.incomplete_response("Hel"),
    "failed": wire.failed_response(),
}


def types(events):
    return [event["type"].removeprefix("response.") for event in events]


def test_a_text_in_order():
    assert types(MADE["text"]) == [
        *("created", "in_progress", "output_item.added", "content_part.added"),
        *("output_text.delta", "output_text.delta", "output_text.done"),
        *("content_part.done", "output_item.done", "completed"),
    ]
    assert [e["delta"] for e in MADE["text"] if "delta" in e] == ["Hello", " there"]


def test_calls_in_order():
    body = wire.as_body(MADE["calls"])
    assert [(item["type"], item["id"], item.get("call_id")) for item in body["output"]] == [
        ("message", "msg_1_0", None),
        ("function_call", "fc_1_1", "call_1_0"),
        ("function_call", "fc_1_2", "call_1_1"),
    ]
    assert types(MADE["calls"])[-5:] == [
        *("output_item.added", "function_call_arguments.delta", "function_call_arguments.done"),
        *("output_item.done", "completed"),
    ]


def test_reasoning_in_order():
    assert types(MADE["reasoning"])[2:9] == [
        *("output_item.added", "reasoning_summary_part.added"),
        *(["reasoning_summary_text.delta"] * 3),
        *("reasoning_summary_text.done", "reasoning_summary_part.done"),
    ]


def test_ends_that_are_no_success():
    incomplete = wire.as_body(MADE["incomplete"])
    assert incomplete["status"] == incomplete["output"][-1]["status"] == "incomplete"
    assert incomplete["incomplete_details"] == {"reason": "max_output_tokens"}
    assert types(MADE["failed"]) == ["created", "in_progress", "error", "failed"]
    assert wire.as_body(MADE["failed"])["error"]["code"] == "server_error"
    assert wire.error_event("no", flat=True)["message"] == "no"
    assert wire.error_event("no")["error"]["message"] == "no"


@pytest.mark.parametrize("events", MADE.values(), ids=MADE)
def test_events_count_up_and_deltas_add_up(events):
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    deltas = "".join(event.get("delta", "") for event in events)
    whole = "".join(
        event.get("text", event.get("arguments", event.get("refusal", ""))) for event in events
    )
    assert deltas == whole


def test_each_response_has_ids_of_its_own():
    two = wire.call_response([("f", "")], id="resp_2", model="m", usage=None)
    body = wire.as_body(two)
    assert (body["id"], body["model"], body["usage"]) == ("resp_2", "m", None)
    assert body["output"][0]["call_id"] == "call_2_0"


@functools.cache
def recorded_keys():
    """For each event type, the keys that all recorded events of it have (numbers apart)."""
    found = {}
    for name in names(dialect="responses", format="sse"):
        for line in recording(name).read_bytes().split(b"\n"):
            if line.startswith(b"data: {"):
                event = json.loads(line[6:])
                keys = found.setdefault(event.get("type"), set(event))
                keys &= set(event) - {"sequence_number"}
    return found


@needs_recordings
@pytest.mark.parametrize("events", MADE.values(), ids=MADE)
def test_events_carry_what_recorded_events_carry(events):
    for event in events:
        assert recorded_keys().get(event["type"], set()) <= set(event)


def test_a_chat_text():
    chunks = wire.chat_text("Hello there", reasoning="Hm.")
    deltas = [choice["delta"] for chunk in chunks for choice in chunk["choices"]]
    assert deltas == [
        {"role": "assistant", "content": ""},
        {"reasoning_content": "Hm."},
        {"content": "Hello"},
        {"content": " there"},
        {},
    ]
    assert chunks[-1]["usage"]["prompt_tokens"] == 10
    body = wire.chat_body(chunks)
    assert body["choices"][0]["message"] == {
        "role": "assistant",
        "content": "Hello there",
        "reasoning_content": "Hm.",
    }
    assert (body["choices"][0]["finish_reason"], body["object"]) == ("stop", "chat.completion")


def test_chat_calls_name_their_calls_as_responses_do():
    calls = [("f", {"a": 1}), ("g", {})]
    chat = wire.chat_body(wire.chat_calls(calls, text="Let me see."))["choices"][0]
    said = wire.as_body(MADE["calls"])["output"]
    assert chat["message"]["content"] == said[0]["content"][0]["text"]
    assert [
        (call["id"], call["function"]["name"], call["function"]["arguments"])
        for call in chat["message"]["tool_calls"]
    ] == [(item["call_id"], item["name"], item["arguments"]) for item in said[1:]]
    assert chat["finish_reason"] == "tool_calls"


def test_a_chat_stream_may_lack_its_end():
    chunks = wire.chat_text("Hel", finish=None, usage=None)
    assert wire.chat_body(chunks)["choices"][0]["finish_reason"] is None
    assert "usage" not in wire.chat_body(chunks)
