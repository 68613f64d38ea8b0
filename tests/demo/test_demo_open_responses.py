"""The requests of the Open Responses compliance suite, with what it checks.

https://github.com/openresponses/openresponses, src/lib/compliance-tests.ts
"""

import json

import httpx
import pytest

# Every field that the suite's response resource requires.
REQUIRED = [
    "id",
    "object",
    "created_at",
    "completed_at",
    "status",
    "incomplete_details",
    "model",
    "previous_response_id",
    "instructions",
    "output",
    "error",
    "tools",
    "tool_choice",
    "truncation",
    "parallel_tool_calls",
    "text",
    "top_p",
    "presence_penalty",
    "frequency_penalty",
    "top_logprobs",
    "temperature",
    "reasoning",
    "usage",
    "max_output_tokens",
    "max_tool_calls",
    "store",
    "background",
    "service_tier",
    "metadata",
    "safety_identifier",
    "prompt_cache_key",
]
NUMBERS = [
    "top_p",
    "presence_penalty",
    "frequency_penalty",
    "temperature",
    "top_logprobs",
    "created_at",
]
WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "Get the current weather for a location",
    "parameters": {
        "type": "object",
        "properties": {
            "location": {
                "type": "string",
                "description": "The city and state, e.g. San Francisco, CA",
            }
        },
        "required": ["location"],
    },
}
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)


def message(role, content):
    return {"type": "message", "role": role, "content": content}


SIMPLE = {
    "basic-response": [message("user", "Say hello in exactly 3 words.")],
    "system-prompt": [
        message("system", "You are a pirate. Always respond in pirate speak."),
        message("user", "Say hello."),
    ],
    "image-input": [
        message(
            "user",
            [
                {"type": "input_text", "text": "What do you see? Answer in one sentence."},
                {"type": "input_image", "image_url": PIXEL},
            ],
        )
    ],
    "file-input": [
        message(
            "user",
            [
                {"type": "input_text", "text": "What is in this file?"},
                {
                    "type": "input_file",
                    "filename": "a.pdf",
                    "file_data": "data:application/pdf;base64,JVBERi0xLjQK",
                },
            ],
        )
    ],
    "multi-turn": [
        message("user", "My name is Alice."),
        message("assistant", "Hello Alice! Nice to meet you. How can I help you today?"),
        message("user", "What is my name?"),
    ],
}


def create(url, **body):
    answer = httpx.post(f"{url}/responses", json={"model": "any", **body}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer


def check(response):
    """What the suite's schema of a response asks for."""
    assert [name for name in REQUIRED if name not in response] == []
    assert all(isinstance(response[name], int | float) for name in NUMBERS)
    assert response["object"] == "response"
    assert response["output"]
    for item in response["output"]:
        assert {"id", "type", "status"} <= item.keys()
    usage = response["usage"]
    assert isinstance(usage["input_tokens_details"]["cached_tokens"], int)
    assert isinstance(usage["output_tokens_details"]["reasoning_tokens"], int)
    return response


@pytest.mark.parametrize("items", SIMPLE.values(), ids=SIMPLE.keys())
def test_a_completed_response(demo_url, items):
    assert check(create(demo_url, input=items).json())["status"] == "completed"


def stream(url, **body):
    text = create(url, stream=True, **body).text
    told = [json.loads(b.split("\n")[1].removeprefix("data: ")) for b in text.strip().split("\n\n")]
    return told, check(told[-1]["response"])


def test_a_streamed_response(demo_url):
    told, final = stream(demo_url, input=[message("user", "Count from 1 to 5.")])
    assert told
    assert final["status"] == "completed"


SAN_FRANCISCO = [message("user", "What's the weather like in San Francisco?")]


def test_tool_calling(demo_url):
    response = check(create(demo_url, input=SAN_FRANCISCO, tools=[WEATHER]).json())
    assert [item["type"] for item in response["output"]] == ["function_call"]


def test_tool_calling_streamed(demo_url):
    told, _ = stream(demo_url, input=SAN_FRANCISCO, tools=[WEATHER])
    kinds = {(e["type"], e.get("item", {}).get("type")) for e in told}
    assert {
        ("response.output_item.added", "function_call"),
        ("response.function_call_arguments.delta", None),
        ("response.function_call_arguments.done", None),
        ("response.output_item.done", "function_call"),
    } <= kinds


def test_function_call_round_trip(demo_url):
    choice = {"type": "function", "name": "get_weather"}
    asked = {"tools": [WEATHER], "tool_choice": choice}
    first = check(create(demo_url, input=SAN_FRANCISCO, **asked).json())
    output = {
        "type": "function_call_output",
        "call_id": first["output"][0]["call_id"],
        "output": '{"temperature": 18}',
    }
    second = create(demo_url, input=[output], previous_response_id=first["id"], tools=[WEATHER])
    assert check(second.json())["status"] == "completed"
    assert "18" in second.json()["output"][0]["content"][0]["text"]


def test_previous_response_id(demo_url):
    first = create(demo_url, input=[message("user", "My name is Alice.")]).json()
    asked = [message("user", "What is my name?")]
    second = check(create(demo_url, input=asked, previous_response_id=first["id"]).json())
    assert second["previous_response_id"] == first["id"]
    assert "Alice" in second["output"][0]["content"][0]["text"]
