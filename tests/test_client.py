"""HTTP: what is sent where, what breaks and how it is told."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import respmagic
import wire
from gateway import Gateway
from replies import Gate, Reply
from respmagic import Result, _connection

KEY = "sk-" + "0123456789abcdefghij"


def ask(gateway: Gateway, **options: Any) -> Result:
    settings = {"model": "m", "base_url": gateway.base_url, "tools": (), "retries": 0}
    return respmagic.respond("Go", **{**settings, **options})


HELLO = wire.text_response("Hello, wörld 🌍.")
REFUSED = {"error": {"message": "This is a key that nobody knows here, is it not?"}}


@pytest.mark.parametrize(
    "reply",
    [
        Reply.sse(HELLO, chunk=1),
        Reply.sse(HELLO, framing="chunked"),
        Reply.sse(HELLO, framing="close"),
        Reply.sse(HELLO, newline="\r\n", comments=True, framing="chunked"),
        Reply.sse(HELLO, newline="\r", chunk=5),
        Reply.sse(HELLO, gzip=True, chunk=3),
        Reply.sse(HELLO, event_lines=False, done=True),
        Reply.sse(HELLO, headers={"content-type": "application/json"}),
        Reply.sse(HELLO, headers={"content-type": None}),
        Reply.sse(HELLO, framing="chunked", hang=True),
        Reply.json(wire.as_body(HELLO)),
        Reply.json(wire.as_body(HELLO), headers={"content-type": "text/event-stream"}),
    ],
    ids=[
        "a byte at a time",
        "chunked",
        "until close",
        "CRLF and comments",
        "CR",
        "gzip",
        "data only and DONE",
        "called JSON",
        "no content type",
        "left open after the end",
        "JSON though a stream was asked for",
        "JSON called a stream",
    ],
)
def test_an_answer_is_read_however_it_is_wrapped(gateway: Gateway, reply: Reply):
    gateway.add(reply)
    assert ask(gateway).text == "Hello, wörld 🌍."


def test_a_stream_is_read_although_none_was_asked_for(gateway: Gateway):
    gateway.add(Reply.sse(HELLO))
    assert ask(gateway, stream=False).text == "Hello, wörld 🌍."


def test_the_requests_of_a_run_share_a_connection(gateway: Gateway):
    gateway.add(
        Reply.sse(wire.call_response([("f", {})]), framing="chunked"),
        Reply.sse(HELLO, framing="chunked"),
        Reply.sse(HELLO, framing="chunked"),
    )
    ask(gateway, tools=[named("f")])
    ask(gateway)
    assert len({request.connection for request in gateway.requests}) == 1


def named(name: str):
    def function() -> str:
        return "done"

    function.__name__ = name
    return function


def test_the_key_goes_in_the_header_and_nowhere_else(gateway: Gateway):
    gateway.add(Reply.sse(HELLO))
    result = ask(gateway, api_key=KEY)
    assert gateway.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in gateway.requests[0].body.decode()
    assert KEY not in repr(result) + str(result.requests) + str(result._repr_mimebundle_())


def test_without_a_key_none_is_sent(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    gateway.add(Reply.sse(HELLO))
    ask(gateway)
    assert "authorization" not in gateway.requests[0].headers


def test_a_redirect_is_not_followed(gateway: Gateway):
    with Gateway() as elsewhere:
        target = f"{elsewhere.base_url}/responses"
        gateway.add(Reply.text("", 307, headers={"location": target}))
        with pytest.raises(respmagic.StatusError, match="which is not followed") as caught:
            ask(gateway, api_key=KEY)
        assert caught.value.status == 307
        assert target in str(caught.value)
        assert elsewhere.requests == []


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (Reply.text("<html><h1>It works</h1></html>"), respmagic.ProtocolError, "a web page"),
        (Reply.text("", content_type="text/plain"), respmagic.ProtocolError, "an empty answer"),
        (Reply.text("hello", content_type="text/plain"), respmagic.ProtocolError, "not JSON"),
        (Reply.json({"ok": True}), respmagic.ProtocolError, "no response object"),
        (Reply.text("<h1>Bad Gateway</h1>", 502), respmagic.ServerError, "Bad Gateway"),
        (Reply.json({"detail": "Not Found"}, 404), respmagic.NotFoundError, "Check the base URL"),
        (Reply.json({"error": "slow down"}, 429), respmagic.RateLimitError, "slow down"),
        (Reply.sse(HELLO[:-1]), respmagic.TruncatedError, "ended before the answer did"),
        (Reply.sse(HELLO, cut=700), respmagic.TruncatedError, "what came is kept"),
        (
            Reply.sse(HELLO, framing="chunked", cut=700, reset=True),
            respmagic.TruncatedError,
            "in the middle of the answer",
        ),
        (Reply.raw(), respmagic.ConnectionFailed, "Is the server running"),
        (Reply.raw(b"garbage\r\n\r\n"), respmagic.ConnectionFailed, "no answer from"),
        (
            Reply.sse(wire.failed_response("out of order", code="server_error")),
            respmagic.ResponseFailed,
            "server_error: out of order",
        ),
        (
            Reply.sse([*HELLO[:4], wire.error_event("no more", code="rate_limit_exceeded")]),
            respmagic.ResponseFailed,
            "rate_limit_exceeded: no more",
        ),
    ],
)
def test_each_failure_has_its_class_and_says_what_to_do(
    gateway: Gateway, reply: Reply, error: type[Exception], said: str
):
    gateway.add(reply)
    with pytest.raises(error) as caught:
        ask(gateway, api="responses")
    assert said in str(caught.value)
    assert caught.value.result.status in ("failed", "truncated")
    assert caught.value.result.error is caught.value
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply.json(REFUSED, 401, framing="chunked", cut=60, reset=True),
        Reply.json(REFUSED, 401, framing="length", cut=60),
        Reply.json(REFUSED, 401, framing="chunked", hang=True),
        Reply.json(REFUSED, 401, headers={"content-encoding": "gzip"}),
        Reply.json({**REFUSED, "more": "x" * 2_000_000}, 401, framing="chunked", hang=True),
    ],
    ids=["reset", "cut", "never ends", "not packed as it says", "very long"],
)
def test_a_refusal_counts_by_its_status_though_its_body_breaks(gateway: Gateway, reply: Reply):
    gateway.add(reply)
    with pytest.raises(respmagic.AuthenticationError) as caught:
        ask(gateway, retries=1, timeout=0.2)
    assert "the key was refused" in str(caught.value) or "a key is needed" in str(caught.value)
    assert len(gateway.requests) == 1


NOT_OURS = "Check the base URL {}."


@pytest.mark.parametrize(
    ("reply", "advice"),
    [
        (Reply.text("", content_type="text/plain"), NOT_OURS),
        (Reply.json({"ok": True}), NOT_OURS),
        (Reply.json([1]), NOT_OURS),
        (Reply.text("hello", content_type="text/plain"), NOT_OURS),
        (Reply.json({"object": "chat.completion", "choices": []}), NOT_OURS),
        (Reply.sse([*HELLO[:3], b"data: {broken\n\n"]), "Run the cell again, or try --no-stream."),
        (Reply.raw(), "sending a response. Is the server running"),
        (Reply.raw(reset=True), "the connection was reset. Is the server running"),
    ],
)
def test_what_is_no_answer_says_what_to_try(gateway: Gateway, reply: Reply, advice: str):
    gateway.add(reply)
    with pytest.raises(respmagic.GatewayError) as caught:
        ask(gateway, api="responses")
    assert advice.format(gateway.base_url) in str(caught.value)


CHAT = wire.chat_text("Hello")[:-1]  # without the usage that comes last
SIZE = len(Reply.sse(CHAT).content)


@pytest.mark.parametrize(
    "reply",
    [
        Reply.sse(CHAT, framing="chunked", hang=True),
        Reply.sse(CHAT, framing="chunked", cut=SIZE),
        Reply.sse(CHAT, framing="chunked", cut=SIZE, reset=True),
        Reply.json(wire.as_body(HELLO), headers={"content-length": "100000"}, framing="close"),
    ],
    ids=["no end", "cut off", "reset", "shorter than it says"],
)
def test_a_connection_that_breaks_behind_the_answer_breaks_nothing(gateway: Gateway, reply: Reply):
    gateway.add(reply)
    result = ask(gateway, api="chat", timeout=0.2)
    assert (result.status, result.text[:5]) == ("completed", "Hello")


@pytest.mark.parametrize(
    "behind",
    [[], [b": still here\n\n"], [wire.chat_text("Hello")[-1]]],
    ids=["nothing", "a comment", "the usage"],
)
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_server_that_says_nothing_more_is_not_waited_for(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch, behind: list[Any], api: str
):
    monkeypatch.setattr(_connection, "_USAGE_SECONDS", 0.05)
    gateway.add(Reply.sse([*CHAT, *behind], framing="chunked", hang=True))
    result = ask(gateway, api=api)  # nobody sets a timeout
    assert (result.status, result.text, result.error) == ("completed", "Hello", None)
    assert (result.usage is not None) == (behind == [wire.chat_text("Hello")[-1]])
    gateway.disconnected.wait()


def test_calls_of_such_a_server_are_run(gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_connection, "_USAGE_SECONDS", 0.05)
    calls = wire.chat_calls([("f", {})])[:-1]
    gateway.add(Reply.sse(calls, framing="chunked", hang=True), Reply.sse(CHAT, hang=True))
    result = ask(gateway, api="chat", tools=[named("f")])
    assert ([call.result for call in result.tool_calls], result.text) == (["done"], "Hello")


def test_before_the_reason_to_finish_a_pause_is_no_end(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_connection, "_USAGE_SECONDS", 0.0)
    gateway.add(Reply.sse(CHAT[:-1], framing="chunked", hang=True))
    with pytest.raises(respmagic.TruncatedError, match="silent too long"):
        ask(gateway, api="chat", timeout=0.2)


def test_an_answer_that_names_no_model_is_that_of_the_model_asked(gateway: Gateway):
    gateway.add(Reply.json({"status": "completed", "output": [wire.message("Fine.")]}))
    result = ask(gateway)
    assert result.model == "m"
    assert "[m · no tools]" in result._repr_mimebundle_()["text/plain"]


def test_a_wait_that_was_told_counts_though_the_body_breaks(gateway: Gateway):
    soon = {"retry-after-ms": "1"}
    gateway.add(Reply.json(REFUSED, 429, headers=soon, cut=3, reset=True), Reply.sse(HELLO))
    assert ask(gateway, retries=1).text == "Hello, wörld 🌍."


def test_what_came_before_a_break_is_kept(gateway: Gateway):
    gate = Gate()
    events = wire.text_response("Kept, then lost.")
    gateway.add(Reply.sse([*events[:6], gate], framing="chunked", reset=True))
    gate.open()
    with pytest.raises(respmagic.TruncatedError) as caught:
        ask(gateway)
    assert caught.value.result.text.startswith("Kept")
    assert caught.value.result.status in ("truncated", "failed")


def test_an_incomplete_answer_is_a_result_that_says_why(gateway: Gateway):
    gateway.add(Reply.sse(wire.incomplete_response("Half an", reason="max_output_tokens")))
    result = ask(gateway)
    assert (result.status, result.text) == ("incomplete", "Half an")
    assert "cut off: max_output_tokens" in result._repr_mimebundle_()["text/plain"]


def test_a_silent_server_is_given_up(gateway: Gateway):
    gateway.add(Reply.sse(HELLO, before_head=Gate()))
    with pytest.raises(respmagic.ConnectionFailed, match="silent too long"):
        ask(gateway, timeout=0.2)


def test_a_passing_refusal_is_tried_again(gateway: Gateway):
    busy = Reply.json({"error": {"message": "busy"}}, 429, headers={"retry-after-ms": "1"})
    gateway.add(busy, Reply.text("", 503, headers={"retry-after-ms": "1"}), Reply.sse(HELLO))
    assert ask(gateway, retries=2).text == "Hello, wörld 🌍."
    assert len(gateway.requests) == 3


@pytest.mark.parametrize(
    "reply",
    [
        Reply.json({"error": {"code": "insufficient_quota", "message": "none left"}}, 429),
        Reply.json({"error": {"message": "bad"}}, 400),
        Reply.json({"error": {}}, 500, headers={"x-should-retry": "false"}),
        Reply.json({"error": {}}, 429, headers={"retry-after": "1000"}),
        Reply.sse(HELLO[:4]),
    ],
    ids=["quota", "400", "told not to", "a long wait", "after the first byte"],
)
def test_what_waiting_does_not_help_is_not_tried_again(gateway: Gateway, reply: Reply):
    gateway.add(reply)
    with pytest.raises(respmagic.GatewayError):
        ask(gateway, retries=2)
    assert len(gateway.requests) == 1


def test_nothing_is_tried_again_once_a_tool_has_run(gateway: Gateway):
    busy = Reply.json({"error": {"message": "busy"}}, 429, headers={"retry-after-ms": "1"})
    gateway.add(Reply.sse(wire.call_response([("f", {})])), busy)
    with pytest.raises(respmagic.RateLimitError) as caught:
        ask(gateway, retries=2, tools=[named("f")])
    assert len(gateway.requests) == 2
    assert [call.result for call in caught.value.result.tool_calls] == ["done"]


def test_a_second_run_does_not_wait_for_the_first(gateway: Gateway):
    gate = Gate()
    gateway.add(Reply.sse([gate, *HELLO], framing="chunked"), Reply.sse(HELLO))
    slow = threading.Thread(target=ask, args=(gateway,))
    slow.start()
    gate.reached.wait()
    assert ask(gateway).text == "Hello, wörld 🌍."
    gate.open()
    slow.join()
