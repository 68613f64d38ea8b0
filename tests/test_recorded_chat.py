"""What real servers said in chat.completions, read at several chunk sizes."""

import functools

import pytest

import recordings
from replies import Reply
from respmagic._dialects.base import Reader
from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._dialects.errors import Asked, status_error
from respmagic._dialects.responses import Responses

# finish_reason -> status and why; an error counts more than either
STATUSES = {
    "stop": ("completed", None),
    "tool_calls": ("completed", None),
    "length": ("incomplete", {"reason": "max_output_tokens"}),
    "content_filter": ("incomplete", {"reason": "content_filter"}),
}

each_chat = recordings.each_recording(dialect="chat")


@functools.cache
def body_of(name):
    return Reply.recording(recordings.recording(name)).content


def read(body, size, dialect=ChatCompletions):
    reader = Reader(dialect())
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


def assert_as_expected(response, expected):
    assert response.text == expected["text"]
    assert calls_of(response) == expected["calls"]
    items = [item for item in response.output if item["type"] == "reasoning"]
    texts = [part["text"] for item in items for part in item.get("content") or ()]
    assert sum(map(len, texts)) == expected["reasoning_chars"]
    assert_usage(response.usage, expected["usage"])
    if errors := expected.get("stream_errors"):
        assert (response.status, response.error) == ("failed", errors[0])
    else:
        status, why = STATUSES[expected["finish_reason"]]
        assert (response.status, response.incomplete_details) == (status, why)
        assert response.error is None


def assert_usage(usage, expected):
    if expected is None:
        assert usage is None
        return
    assert usage.input_tokens == expected["prompt_tokens"]
    assert usage.output_tokens == expected["completion_tokens"]
    assert usage.total_tokens == expected["total_tokens"]
    prompt, completion = (
        expected.get(f"{k}_tokens_details") or {} for k in ("prompt", "completion")
    )
    assert usage.cached_tokens == (prompt.get("cached_tokens") or 0)
    assert usage.reasoning_tokens == (completion.get("reasoning_tokens") or 0)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1 << 30])
@each_chat
def test_a_recorded_answer_says_what_is_expected(name, size):
    expected = recordings.expected(name)
    if expected["kind"] != "error":
        assert_as_expected(read(body_of(name), size), expected)
    elif expected["http_status"] == 200:
        response = read(body_of(name), size)
        assert (response.status, response.error) == ("failed", expected["error"])
    else:
        error = status_error(expected["http_status"], body_of(name), Asked(url="u"))
        told = expected["error"]
        assert (told if isinstance(told, str) else told["message"])[:40] in str(error)


@each_chat
def test_a_recorded_answer_says_the_same_where_responses_were_asked_for(name):
    expected = recordings.expected(name)
    if expected["kind"] == "error":
        pytest.skip("an error looks the same everywhere")
    assert_as_expected(read(body_of(name), 64, Responses), expected)


@pytest.mark.parametrize("name", recordings.names(dialect="chat", format="sse"))
def test_a_recorded_stream_that_breaks_off_is_never_taken_for_whole(name):
    frames = body_of(name).split(b"\n\n")
    whole = [
        i for i, frame in enumerate(frames) if b'"finish_reason":"' in frame.replace(b" ", b"")
    ]
    response = read(b"\n\n".join(frames[: whole[0]]) + b"\n\n", 1 << 30)
    assert response.status == "truncated"


def test_what_is_to_go_back_of_reasoning_is_gathered_whole():
    """As the recorded client sent it back."""
    stem = "chat/ruby-openrouter-reasoning-details-round-trip-accumulates-reasoning-details"
    stem += "-while-streaming-tool-call"
    if recordings.streams_dir() is None:
        pytest.skip(recordings.HOW)
    [thought] = [i for i in read(body_of(f"{stem}.0.sse"), 64).output if i["type"] == "reasoning"]
    sent = recordings.request_of(f"{stem}.1.sse")["messages"][1]
    assert thought["reasoning_details"] == sent["reasoning_details"]
