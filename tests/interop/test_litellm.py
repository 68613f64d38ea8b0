"""What the proxy does beyond the common conversation: its refusals, and those of what is behind."""

from __future__ import annotations

import dataclasses

import pytest
from servers import Server
from test_servers import ask, in_every_way

import respmagic

pytestmark = pytest.mark.interop


@in_every_way
def test_too_many_requests(litellm: Server, api: str, stream: bool):
    streamed = api == "responses" and stream  # then it says 200 first, and fails in the stream
    kind = respmagic.ResponseFailed if streamed else respmagic.RateLimitError
    with pytest.raises(kind, match=r"litellm\.RateLimitError: Slow down\..* Wait a little"):
        ask(litellm, "Too often.", api, stream, retries=0)


@in_every_way
def test_a_wrong_key(litellm: Server, api: str, stream: bool):
    stranger = dataclasses.replace(litellm, key="sk-not-the-one")
    with pytest.raises(respmagic.StatusError) as caught:
        ask(stranger, "Say hello.", api, stream, retries=0)
    assert caught.value.status in (400, 401)  # without a database it says 400 "No connected db."


@in_every_way
def test_an_unknown_model(litellm: Server, api: str, stream: bool):
    with pytest.raises(respmagic.StatusError, match=r"Invalid model name .*=unheard-of"):
        ask(litellm, "Say hello.", api, stream, model="unheard-of", retries=0)


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_stream_that_does_not_start(litellm: Server, api: str):
    with pytest.raises(respmagic.StatusError) as caught:
        ask(litellm, "Say hello.", api, True, model="limited", retries=0)
    assert "data:" not in str(caught.value)  # the refusal itself may come as an event stream
    assert "message" in caught.value.body["error"]
