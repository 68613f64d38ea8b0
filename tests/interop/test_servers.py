"""The same conversation with independent servers: both dialects, as a stream and as a body."""

from __future__ import annotations

from typing import Any

import pytest
from servers import Server

import respmagic
from respmagic import Result

pytestmark = pytest.mark.interop

WAYS = [(api, stream) for api in ("responses", "chat") for stream in (True, False)]
IDS = [f"{api}-{'stream' if stream else 'body'}" for api, stream in WAYS]
in_every_way = pytest.mark.parametrize(("api", "stream"), WAYS, ids=IDS)

SUNNY = "sunny, 18 degrees"


def get_weather(city: str) -> str:
    """The weather of a city."""
    return SUNNY if city in ("Paris", "Oslo", "Rome") else f"no city called {city}"


def ask(server: Server, prompt: str, api: str, stream: bool, **options: Any) -> Result:
    return respmagic.respond(
        prompt,
        base_url=server.base_url,
        api_key=server.key,
        model=options.pop("model", server.model),
        api=api,
        stream=stream,
        tools=options.pop("tools", ()),
        timeout=60,
        **options,
    )


def outcome(result: Result) -> dict[str, Any]:
    """What must not depend on how it was asked for."""
    calls = [(call.name, call.arguments, call.result, call.error) for call in result.tool_calls]
    return {"text": result.text, "status": result.status, "calls": calls}


@in_every_way
def test_text(server: Server, api: str, stream: bool):
    result = ask(server, "Say hello.", api, stream)
    assert outcome(result) == {"text": "Hello! How can I help?", "status": "completed", "calls": []}
    assert len(result.responses) == 1


@in_every_way
def test_a_tool_round_trip(server: Server, api: str, stream: bool):
    result = ask(server, "What is the weather in Paris?", api, stream, tools=[get_weather])
    assert outcome(result) == {
        "text": "It is sunny in Paris.",
        "status": "completed",
        "calls": [("get_weather", {"city": "Paris"}, SUNNY, None)],
    }
    assert len(result.responses) == 2


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "body"])
def test_auto_speaks_responses(server: Server, stream: bool):
    result = ask(server, "What is the weather in Paris?", "auto", stream, tools=[get_weather])
    assert result.text == "It is sunny in Paris."
    assert not any("input" not in request for request in result.requests)
