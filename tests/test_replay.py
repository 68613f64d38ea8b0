"""Recorded answers of real servers, replayed over a loopback socket through the whole client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

import respmagic
from gateway import Gateway
from recordings import expected, needs_recordings, recording
from replies import Reply
from respmagic import Response, Result

pytestmark = needs_recordings

MULTI_TURN = (
    "ruby-fc-xai-grok-4-1-fast-non-reasoning-can-use-tools-without-parameters"
    "-in-multi-turn-streaming-con"
)
PARALLEL = "ruby-fc-xai-grok-4-1-fast-non-reasoning-can-use-parallel-tool-calls"

# The answers of one run, in order: all but the last ask for tools.
RUNS = [
    ("llm-responses-tool-use-streaming.0.sse", "llm-responses-tool-use-streaming.1.sse"),
    ("pai-openai-responses-stream.0.sse", "pai-openai-responses-stream.1.sse"),
    (
        "pai-deepseek-responses-function-tool-stream.0.sse",
        "pai-deepseek-responses-function-tool-stream.1.sse",
    ),
    (f"{MULTI_TURN}.0.sse", f"{MULTI_TURN}.1.sse"),
    (f"{MULTI_TURN}.2.sse", f"{MULTI_TURN}.3.sse"),
    (f"{PARALLEL}.0.json", f"{PARALLEL}.1.json"),
    ("vercel-openai-compaction-1.jsonl",),
]
CHUNKS = [1, 2, 7, 64, None]


def ask(gateway: Gateway, names: tuple[str, ...], chunk: int | None, **options: Any) -> Result:
    """Ask a gateway that answers with these recordings, with a tool for each call in them."""
    # One byte at a time is slow for the long ones, and shows nothing there that 7 do not.
    size = (
        max(chunk or 0, 7)
        if chunk and recording(name_of(names[0])).stat().st_size > 50_000
        else chunk
    )
    gateway.add(*(Reply.recording(recording(name_of(name)), chunk=size) for name in names))
    calls = [call["name"] for name in names for call in expected(name_of(name)).get("calls", [])]
    tools = [tool(name) for name in dict.fromkeys(calls)]
    return respmagic.respond(
        "Go", model="m", base_url=gateway.base_url, tools=tools, retries=0, **options
    )


def name_of(file: str) -> str:
    return f"responses/{file}"


def tool(name: str) -> Callable[..., str]:
    def function(**arguments: Any) -> str:
        return f"{name} was called with {arguments}"

    function.__name__ = name
    return function


def outcome(response: Response) -> dict[str, Any]:
    """A response in the words of expected.json."""
    return {
        "text": response.text,
        "refusal": response.refusal,
        "status": response.status,
        "calls": [asdict(call) for call in response.function_calls],
    }


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize("names", RUNS, ids=lambda names: names[0])
def test_a_recorded_run_gives_the_expected_text_calls_and_usage(
    gateway: Gateway, names: tuple[str, ...], chunk: int | None
):
    stream = not names[0].endswith(".json")
    result = ask(gateway, names, chunk, stream=stream)
    assert len(result.responses) == len(names)
    for response, name in zip(result.responses, names, strict=True):
        wanted = expected(name_of(name))
        found = outcome(response)
        assert found == {key: wanted[key] for key in found}
        assert response.usage.total_tokens == wanted["usage"]["total_tokens"]
        assert response.usage.input_tokens == wanted["usage"]["input_tokens"]
    assert [c.status for c in result.tool_calls] == ["done"] * len(result.tool_calls)
    assert result.status == "completed"


@pytest.mark.parametrize("chunk", CHUNKS)
def test_two_recorded_parallel_calls_are_read_whole(gateway: Gateway, chunk: int | None):
    name = "prism-openai-stream-multi-tool-conversation-responses-1.sse"
    with pytest.raises(respmagic.MaxTurnsExceeded) as caught:
        ask(gateway, (name,), chunk, max_turns=1)
    [response] = caught.value.result.responses
    wanted = expected(name_of(name))
    assert outcome(response)["calls"] == wanted["calls"]
    assert response.usage.total_tokens == wanted["usage"]["total_tokens"]


@pytest.mark.parametrize("chunk", CHUNKS)
def test_a_recorded_error_is_told_with_what_to_do(gateway: Gateway, chunk: int | None):
    name = "vercel-openai-error-1-json.json"
    wanted = expected(name_of(name))["error"]
    with pytest.raises(respmagic.ResponseFailed) as caught:
        ask(gateway, (name,), chunk)
    assert caught.value.error == wanted
    assert wanted["message"].rstrip(".") in str(caught.value)
    assert "check plan and billing" in str(caught.value)


def test_what_is_sent_back_is_what_the_recorded_client_sent(gateway: Gateway):
    names = RUNS[0]
    ask(gateway, names, None)
    calls = [i for i in gateway.requests[1].json["input"] if i["type"] == "function_call"]
    assert calls == [
        {
            "type": "function_call",
            "call_id": "call_sVidsfFJ6zlzRpelrPkTPlpd",
            "name": "multiply",
            "arguments": '{"a":1231,"b":2331}',
        }
    ]
    [output] = [i for i in gateway.requests[1].json["input"] if "output" in i]
    assert output["call_id"] == calls[0]["call_id"]
