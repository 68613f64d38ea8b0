"""What independent servers were seen to send (make interop), shortened to what is odd in it."""

import json

import pytest

from replies import Reply
from respmagic._dialects.base import Reader
from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._dialects.responses import Responses

ARGUMENTS = '{"city": "Paris"}'


def read(dialect, *events, **options):
    reader = Reader(dialect)
    reader.feed(Reply.sse(events, event_lines=False, **options).content)
    reader.end()
    return reader.response()


def calls(response):
    return [
        (call.name, json.loads(call.arguments), call.call_id) for call in response.function_calls
    ]


# transformers serve 5.23: the call and the empty message after it share a place, no delta comes,
# the finished call is "added", and the last event has the two in the other order.
CALL = {"type": "function_call", "id": "t0", "call_id": "t0", "name": "get_weather"}
WHOLE_CALL = {**CALL, "arguments": ARGUMENTS, "status": "completed"}
EMPTY_PART = {"type": "output_text", "text": "", "annotations": []}
EMPTY = {"type": "message", "id": "m", "role": "assistant", "status": "completed"}
AT = {"output_index": 1}
TRANSFORMERS = [
    {"type": "response.created", "response": {"id": "r", "output": [], "status": "queued"}},
    {"type": "response.output_item.added", **AT, "item": WHOLE_CALL},
    {
        "type": "response.function_call_arguments.done",
        **AT,
        "item_id": "t0",
        "arguments": ARGUMENTS,
        "name": "get_weather",
    },
    {"type": "response.output_item.done", **AT, "item": WHOLE_CALL},
    {"type": "response.output_item.added", **AT, "item": {**EMPTY, "content": []}},
    {"type": "response.content_part.added", **AT, "item_id": "m", "part": EMPTY_PART},
    {"type": "response.output_text.done", **AT, "item_id": "m", "text": ""},
    {"type": "response.output_item.done", **AT, "item": {**EMPTY, "content": [EMPTY_PART]}},
    {
        "type": "response.completed",
        "response": {
            "id": "r",
            "status": "completed",
            "output": [{**EMPTY, "content": [EMPTY_PART]}, WHOLE_CALL],
            "usage": {"input_tokens": 48, "output_tokens": 81, "total_tokens": 129},
        },
    },
]


@pytest.mark.parametrize("end", [None, -1], ids=["with its end", "without its last event"])
def test_a_call_and_an_empty_message_in_one_place(end):
    response = read(Responses(), *TRANSFORMERS[:end])
    assert calls(response) == [("get_weather", {"city": "Paris"}, "t0")]
    assert response.text == ""


def test_a_call_in_one_chunk_whose_end_comes_with_the_usage():
    part = {"index": 0, "id": "t0", "type": "function"}
    part["function"] = {"arguments": ARGUMENTS, "name": "get_weather"}
    chunks = [
        {"id": "c", "choices": [{"delta": {"role": "assistant"}, "index": 0}]},
        {"id": "c", "choices": [{"delta": {"tool_calls": [part]}, "index": 0}]},
        {
            "id": "c",
            "choices": [{"delta": {}, "index": 0, "finish_reason": "tool_calls"}],
            "usage": {"completion_tokens": 81, "prompt_tokens": 48, "total_tokens": 129},
        },
    ]
    response = read(ChatCompletions(), *chunks)
    assert calls(response) == [("get_weather", {"city": "Paris"}, "t0")]
    assert response.usage.output_tokens == 81


def test_events_with_a_field_of_the_envelope_and_hardly_a_number():
    # litellm 1.106: a model beside every event, a sequence_number only where an item is done.
    call = {**CALL, "id": "fc_t0"}
    place = {"item_id": "fc_t0", "output_index": 0, "model": "scripted"}
    done = {**call, "arguments": ARGUMENTS, "status": "completed"}
    opened = {**call, "arguments": "", "status": "in_progress"}
    events = [
        {"type": "response.created", "response": {"id": "r" * 600, "status": "in_progress"}},
        {"type": "response.output_item.added", **place, "item": opened},
        {"type": "response.function_call_arguments.delta", **place, "delta": '{"city": "'},
        {"type": "response.function_call_arguments.delta", **place, "delta": 'Paris"}'},
        {"type": "response.function_call_arguments.done", **place, "arguments": ARGUMENTS},
        {"type": "response.output_item.done", **place, "sequence_number": 8, "item": done},
        {
            "type": "response.completed",
            "response": {"id": "r" * 600, "model": "one", "status": "completed", "output": [done]},
            "model": "scripted",
        },
    ]
    response = read(Responses(), *events, done=True)
    assert calls(response) == [("get_weather", {"city": "Paris"}, "t0")]
    assert response.status == "completed"
