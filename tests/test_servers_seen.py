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


# What clients of others recorded


def test_the_last_event_may_be_the_response_itself():
    # Perplexity's agent API
    said = {"type": "message", "content": [{"type": "output_text", "text": "Hello."}]}
    end = {"type": "response.completed", "status": "completed", "id": "r", "model": "sonar"}
    usage = {"input_tokens": 4, "output_tokens": 97, "total_tokens": 101}
    found = {"type": "search_results", "results": [{"title": "a", "url": "https://example.org"}]}
    events = [
        {"type": "response.output_text.delta", "delta": "Hel"},
        {"type": "response.output_text.delta", "delta": "lo."},
        {**end, "usage": usage, "output": [found, said], "error": None},
    ]
    response = read(Responses(), *events)
    assert (response.text, response.id, response.model) == ("Hello.", "r", "sonar")
    assert response.usage.total_tokens == 101
    assert [item["type"] for item in response.output] == ["search_results", "message"]


def test_a_failure_may_stand_in_the_last_event_itself():
    end = {"type": "response.failed", "error": {"code": "c", "message": "no"}}
    response = read(Responses(), end)
    assert (response.status, response.error) == ("failed", {"code": "c", "message": "no"})


def test_the_first_event_may_be_the_only_one_that_names_the_answer():
    # xAI through a proxy
    response = read(
        Responses(),
        {"type": "response.created", "response": {"id": "r", "model": "grok"}},
        {"type": "response.output_text.delta", "delta": "Hi"},
        {"type": "response.completed", "response": {"incomplete_details": None}},
    )
    assert (response.id, response.model, response.text) == ("r", "grok", "Hi")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_events_may_stand_a_line_each(newline):
    # Z.ai and Requesty, as recorded; by the standard it would all be one event
    chunks = [
        {"choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hello"}}]},
        {"choices": [{"index": 0, "delta": {"content": " there"}}]},
        {"choices": [{"index": 0, "finish_reason": "stop"}], "usage": {"prompt_tokens": 3}},
    ]
    lines = [*(f"data: {json.dumps(chunk)}" for chunk in chunks), "data: [DONE]", ""]
    reader = Reader(ChatCompletions())
    reader.feed(newline.join(lines).encode())
    reader.end()
    assert (reader.response().text, reader.response().status) == ("Hello there", "completed")
    assert reader.response().usage.input_tokens == 3


def test_an_event_a_line_that_is_cut_is_truncated():
    reader = Reader(ChatCompletions())
    reader.feed(b'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\ndata: {"choices":[{"in')
    reader.end()
    assert reader.response().status == "truncated"
