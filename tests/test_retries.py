"""When a request is sent again: before the first byte, as often and as late as the server says."""

from __future__ import annotations

import email.utils
import time

import pytest

import respmagic
import wire
from gateway import Gateway
from replies import Gate, Reply
from respmagic import _client
from respmagic._exceptions import ConnectionFailed, StatusError
from respmagic._retries import retry_wait, said_wait

HELLO = wire.text_response("Hello.")
SOON = {"retry-after-ms": "1"}


def ask(gateway: Gateway, **options):
    given = {"model": "m", "base_url": gateway.base_url, "tools": (), **options}
    return respmagic.respond("Go", **given)


def refusal(status=429, code=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return StatusError("no", status=status, code=code, headers=named)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "0", "retry-after": "1"}, 1.0),  # as Azure sends it
        ({"retry-after-ms": "20", "retry-after": "1"}, 0.02),
        ({"retry-after": "0"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_the_server_says_how_long_to_wait(headers, seconds):
    assert said_wait(headers) == seconds


def test_it_may_say_until_when():
    moment = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert 55 < said_wait({"retry-after": moment}) <= 60


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_again_later_each_time(status):
    waits = [retry_wait(refusal(status), attempt) for attempt in range(8)]
    assert 0.375 <= waits[0] <= 0.5
    assert 0.75 <= waits[1] <= 1.0
    assert 6.0 <= waits[7] <= 8.0


@pytest.mark.parametrize(
    "error",
    [
        *(refusal(status) for status in (400, 401, 402, 403, 404, 405, 413, 422, 501, 307)),
        refusal(429, code="insufficient_quota"),
        refusal(429, code="credit_balance_exhausted"),
        refusal(503, x_should_retry="false"),
        refusal(429, retry_after="121"),
        refusal(429, retry_after="inf"),
        respmagic.TruncatedError("cut"),
        respmagic.ProtocolError("html"),
        respmagic.ResponseFailed("failed"),
    ],
)
def test_what_does_not_pass_is_not(error):
    assert retry_wait(error, 0) is None


def test_the_server_may_ask_for_it():
    assert retry_wait(refusal(400, x_should_retry="true"), 0) is not None
    assert retry_wait(refusal(429, retry_after="120"), 0) == 120
    assert retry_wait(ConnectionFailed("refused"), 0) is not None


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_it_is_sent_so_often_and_no_more(gateway, retries):
    gateway.add(Reply.json({"error": {"message": "busy"}}, 503, headers=SOON), repeat=True)
    with pytest.raises(respmagic.ServerError, match="busy"):
        ask(gateway, retries=retries)
    assert len(gateway.requests) == retries + 1
    assert len({request.body for request in gateway.requests}) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply.raw(),
        Reply.raw(reset=True),
        Reply.sse(HELLO, before_head=Gate()),
        Reply.raw(b"HTTP/1.1 200 OK\r\ncontent-ty", reset=True),
    ],
    ids=["closed", "reset", "silent", "reset in the head"],
)
def test_no_answer_at_all_is_tried_again(gateway, reply):
    gateway.add(reply, Reply.sse(HELLO))
    assert ask(gateway, retries=1, timeout=0.2).text == "Hello."
    assert len(gateway.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        Reply.sse(HELLO, framing="chunked", cut=1, reset=True),
        Reply.sse(HELLO[:2]),
        Reply.sse(wire.failed_response("busy", "rate_limit_exceeded")),
        Reply(body=b"broken", headers={"content-encoding": "gzip"}),
        Reply.sse(HELLO, gzip=True, cut=9, reset=True),
        Reply.sse(HELLO, gzip=True, cut=1, hang=True),
    ],
    ids=["reset", "cut", "in stream", "cannot be unpacked", "nothing unpacked yet", "silent"],
)
def test_after_the_first_byte_nothing_is(gateway, reply):
    gateway.add(reply)
    with pytest.raises(respmagic.GatewayError):
        ask(gateway, retries=2, timeout=0.2)
    assert len(gateway.requests) == 1


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply.sse(HELLO, framing="chunked", cut=0, reset=True), "the connection was reset"),
        (Reply.sse(HELLO, framing="chunked", cut=0), "peer closed connection"),
        (Reply.sse([], framing="chunked", hang=True), "silent too long"),
        (Reply.json({}, framing="length", cut=0), "peer closed connection"),
    ],
    ids=["reset", "closed", "silent", "not streamed"],
)
def test_nor_after_a_head_which_says_that_the_server_took_the_request(gateway, reply, why):
    gateway.add(reply)
    with pytest.raises(ConnectionFailed) as caught:
        ask(gateway, retries=2, timeout=0.2)
    assert f"{gateway.base_url} took the request, but nothing came of it: " in str(caught.value)
    assert why in str(caught.value)
    assert len(gateway.requests) == 1


def test_what_an_attempt_left_behind_is_gone(gateway):
    gateway.add(Reply.text("<h1>Bad gateway</h1>", 502, headers=SOON), Reply.sse(HELLO))
    result = ask(gateway)
    assert (result.text, len(result.responses), result.run.pauses) == ("Hello.", 1, 1)
    assert result.run.notice == ""


def test_the_pause_is_told_in_a_terminal(gateway, capsys):
    busy = Reply.json({"error": {"message": "busy"}}, 429, headers={"retry-after-ms": "300"})
    gateway.add(busy, Reply.sse(HELLO))
    ask(gateway, show=True)
    printed = capsys.readouterr().out
    assert printed.startswith("[429, trying again in 1 s, Ctrl-C to stop]\nHello.")


# What goes along for reasoning, and is minded


@pytest.fixture
def openai_like(gateway, monkeypatch):
    """A profile that asks for encrypted reasoning, at the gateway."""
    monkeypatch.setattr(_client, "_refusals", {})
    monkeypatch.setenv("XAI_API_KEY", "xai-key-0123456789")
    return {"profile": "xai", "base_url": gateway.base_url, "retries": 0}


NOT_SUPPORTED = Reply.json(
    {"error": {"message": "Encrypted content is not supported with this model."}}, 400
)


def test_a_model_that_does_not_reason_is_asked_without(gateway, openai_like):
    gateway.add(NOT_SUPPORTED, Reply.sse(HELLO), Reply.sse(HELLO))
    assert ask(gateway, **openai_like).text == "Hello."
    ask(gateway, **openai_like)
    assert ["include" in request.json for request in gateway.requests] == [True, False, False]
    gateway.add(Reply.sse(HELLO))
    ask(gateway, **{**openai_like, "model": "another"})
    assert "include" in gateway.requests[-1].json


def test_what_the_user_asked_for_beside_it_stays(gateway, openai_like):
    both = ["reasoning.encrypted_content", "message.output_text.logprobs"]
    gateway.add(NOT_SUPPORTED, Reply.sse(HELLO))
    ask(gateway, **openai_like, include=both)
    assert gateway.requests[1].json["include"] == both[1:]


STALE = [
    {"code": "invalid_encrypted_content", "message": "could not be verified"},
    {"message": "Item with id 'rs_1' not found. Items are not persisted …"},
]


@pytest.mark.parametrize("said", STALE)
def test_reasoning_that_grew_stale_is_left_out(gateway, openai_like, said):
    thought = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "blob"}
    call = wire.function_call("f", {})
    gateway.add(
        Reply.sse(wire.stream([thought, call])), Reply.json({"error": said}, 400), Reply.sse(HELLO)
    )

    def f() -> int:
        return 1

    result = ask(gateway, **openai_like, tools=[f])
    assert result.text == "Hello."
    assert len(result.tool_calls) == 1
    kinds = [[item["type"] for item in request.json["input"]] for request in gateway.requests]
    assert kinds[1] == ["message", "reasoning", "function_call", "function_call_output"]
    assert kinds[2] == ["message", "function_call", "function_call_output"]


def test_other_refusals_are_not_answered_by_leaving_things_out(gateway, openai_like):
    gateway.add(Reply.json({"error": {"message": "Unknown parameter: 'include'."}}, 400))
    with pytest.raises(respmagic.StatusError, match="Unknown parameter"):
        ask(gateway, **openai_like)
    assert len(gateway.requests) == 1
