"""What the mock server offers beyond the common conversation."""

from __future__ import annotations

import pytest
from servers import Server
from test_servers import SUNNY, ask, get_weather, in_every_way, outcome

import respmagic

pytestmark = pytest.mark.interop


@in_every_way
def test_parallel_calls(aimock: Server, api: str, stream: bool):
    prompt = "What is the weather in Oslo and Rome?"
    result = ask(aimock, prompt, api, stream, tools=[get_weather])
    assert outcome(result) == {
        "text": "It is sunny in both.",
        "status": "completed",
        "calls": [
            ("get_weather", {"city": "Oslo"}, SUNNY, None),
            ("get_weather", {"city": "Rome"}, SUNNY, None),
        ],
    }


@in_every_way
def test_reasoning(aimock: Server, api: str, stream: bool):
    result = ask(aimock, "Think first.", api, stream)
    assert (result.text, result.reasoning) == ("Done.", "Let me think about that.")


@in_every_way
def test_too_many_requests(aimock: Server, api: str, stream: bool):
    with pytest.raises(respmagic.RateLimitError, match=r"Slow down\.") as caught:
        ask(aimock, "Too often.", api, stream, retries=0)
    assert caught.value.status == 429
    assert caught.value.headers["retry-after"] == "7"


@in_every_way
def test_nothing_to_say(aimock: Server, api: str, stream: bool):
    with pytest.raises(respmagic.GatewayError):
        ask(aimock, "Nobody wrote an answer to this.", api, stream, retries=0)
