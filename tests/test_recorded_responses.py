"""What real servers said, read at several chunk sizes and with parts of it left out."""

import functools
import json

import pytest

import recordings
from replies import Reply
from respmagic._accumulator import Accumulator
from respmagic._dialects.base import Reader
from respmagic._dialects.responses import Responses
from respmagic._events import TERMINAL
from respmagic._exceptions import ProtocolError
from respmagic._sse import Decoder, encode

# Recordings that a test below cannot take as they are, and why.
CUSTOM = "its calls are of custom tools, which no function answers: function_calls leaves them out"
SET_ASIDE = {
    "responses/vercel-openai-custom-tool-1.jsonl": CUSTOM,
    "responses/vercel-xai-x-search-tool.jsonl": CUSTOM,
    "responses/vercel-parallel-tool-call-wrapper-1.jsonl": "its JSON was trimmed by hand",
}
# Their deltas say less than their whole texts: the fixtures were trimmed.
FEW_DELTAS = {"responses/vercel-openai-shell-container-1.jsonl"}

each_response = recordings.each_recording(dialect="responses")


@functools.cache
def body_of(name):
    return Reply.recording(recordings.recording(name)).content


def read(body, size):
    reader = Reader(Responses())
    for at in range(0, len(body), size):
        reader.feed(body[at : at + size])
        if reader.done:
            break
    reader.end()
    return reader.response()


def calls_of(response):
    return [
        {"call_id": call.call_id, "name": call.name, "arguments": call.arguments}
        for call in response.function_calls
    ]


def wanted_calls(name, expected):
    return [] if SET_ASIDE.get(name) == CUSTOM else expected["calls"]


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1 << 30])
@each_response
def test_a_recorded_answer_says_what_is_expected(name, size):
    if name in SET_ASIDE and SET_ASIDE[name] != CUSTOM:
        pytest.skip(SET_ASIDE[name])
    response, expected = read(body_of(name), size), recordings.expected(name)
    if expected["kind"] == "error":
        assert response.status == "failed"
        assert response.error in (expected["error"], wrapped(name, expected["error"]))
        return
    assert (response.text, response.refusal) == (expected["text"], expected["refusal"])
    assert response.status == expected["status"]
    assert calls_of(response) == wanted_calls(name, expected)
    assert [item["type"] for item in response.output] == expected["output_types"]
    assert response.incomplete_details == expected["incomplete_details"]
    assert usage_of(response) == usage_wanted(expected["usage"])
    assert len(response.reasoning.replace("\n\n", "")) == reasoning_wanted(response, expected)
    if expected["error"] is not None:
        assert response.error == expected["error"]


def wrapped(name, error):
    """xAI says the error in plain text and its code beside it."""
    return {"code": json.loads(body_of(name)).get("code"), "message": error}


def usage_of(response):
    usage = response.usage
    return usage and (usage.input_tokens, usage.output_tokens, usage.cached_tokens)


def usage_wanted(usage):
    details = (usage or {}).get("input_tokens_details") or {}
    cached = details.get("cached_tokens") or 0
    return usage and (usage["input_tokens"], usage["output_tokens"], cached)


def reasoning_wanted(response, expected):
    """The second opinion counts every part; a part may hold blank lines of its own."""
    items = [item for item in response.output if item["type"] == "reasoning"]
    parts = [part for item in items for part in item.get("summary") or item.get("content") or ()]
    assert sum(len(part["text"]) for part in parts) == expected["reasoning_chars"]
    return sum(len(part["text"].replace("\n\n", "")) for part in parts)


def test_a_recording_with_broken_json_is_refused_with_its_text():
    name = "responses/vercel-parallel-tool-call-wrapper-1.jsonl"
    if recordings.streams_dir() is None:
        pytest.skip(recordings.HOW)
    with pytest.raises(ProtocolError, match="not JSON"):
        read(body_of(name), 1 << 30)


# With parts left out, as gateways leave them out


def events_of(name):
    decoder = Decoder()
    frames = [*decoder.feed(body_of(name)), *decoder.flush()]
    return [json.loads(data) for _, data in frames if data != b"[DONE]"]


def has(end):
    return lambda event: event.get("type", "").endswith(end)


def is_item_done(event):
    return has("output_item.done")(event)


LEFT_OUT = {
    "the snapshot's output (R15)": lambda event: False,
    "items": is_item_done,
    "items and whole texts (R19)": has(".done"),
    "deltas (R6)": has(".delta"),
    "all but items": lambda event: not is_item_done(event),
}
KEYS = {
    "output_index": ("output_index",),
    "item_id (R5)": ("item_id",),
    "both, and every number (R8)": ("output_index", "item_id", "content_index", "sequence_number"),
}


def emptied(event):
    if event.get("type") not in TERMINAL:
        return event
    return {**event, "response": {**event["response"], "output": []}}


def fold(events):
    accumulator = Accumulator()
    for event in events:
        accumulator.feed(event)
    accumulator.end()
    return accumulator.response()


def assert_as_expected(name, response):
    expected = recordings.expected(name)
    assert response.status == expected["status"]
    assert (response.text, response.refusal) == (expected["text"], expected["refusal"])
    assert calls_of(response) == wanted_calls(name, expected)


STREAMS = [
    name
    for name in recordings.names(dialect="responses")
    if recordings.expected(name)["kind"] == "responses-stream"
    and SET_ASIDE.get(name, CUSTOM) == CUSTOM
]
each_stream = pytest.mark.parametrize("name", STREAMS)


@pytest.mark.parametrize("what", LEFT_OUT)
@each_stream
def test_a_recorded_stream_says_the_same_without_parts_of_it(name, what):
    if what == "items and whole texts (R19)" and name in FEW_DELTAS:
        pytest.skip("its deltas were trimmed")
    left_out = LEFT_OUT[what]
    events = events_of(name)
    kept = [emptied(e) for e in events if e.get("type") in TERMINAL or not left_out(e)]
    assert_as_expected(name, fold(kept))


@pytest.mark.parametrize("what", KEYS)
@each_stream
def test_a_recorded_stream_says_the_same_without_names_of_its_items(name, what):
    kept = [
        {key: value for key, value in emptied(event).items() if key not in KEYS[what]}
        for event in events_of(name)
    ]
    assert_as_expected(name, fold(kept))


@each_stream
def test_a_recorded_stream_that_breaks_off_is_never_taken_for_whole(name):
    events = [event for event in events_of(name) if event.get("type") not in TERMINAL]
    response = fold(events)
    assert response.status == ("failed" if response.error else "truncated")


@each_stream
def test_a_recorded_stream_is_the_same_written_anew(name):
    body = b"".join(encode(json.dumps(event).encode()) for event in events_of(name))
    assert read(body, 1 << 30) == read(body_of(name), 1 << 30)
