"""`api="auto"`: the Responses API first, and chat.completions where a server does not know it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import respmagic
import wire
from gateway import Gateway, Received
from replies import Reply
from respmagic import Result, _client
from respmagic._client import FALLBACK_NOTE
from respmagic._dialects.absent import is_absent
from respmagic._dialects.errors import Asked, response_failed, status_error

RESPONSES, CHAT = "/v1/responses", "/v1/chat/completions"
NOT_FOUND = Reply.json({"detail": "Not Found"}, 404)


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """A port may be given out twice."""
    _client._spoken.clear()
    yield
    _client._spoken.clear()


def ask(gateway: Gateway, **options: Any) -> Result:
    settings = {"model": "m", "base_url": gateway.base_url, "tools": (), "retries": 0}
    return respmagic.respond("Go", **{**settings, **options})


def hello(text: str = "Hello.") -> Reply:
    return Reply.sse(wire.chat_text(text), done=True)


def paths(gateway: Gateway) -> list[str]:
    return [request.path for request in gateway.requests]


def shown(result: Result) -> str:
    return result._repr_mimebundle_()["text/plain"]


REFUSALS = {
    "404": NOT_FOUND,
    "404 without a body": Reply.text("", 404),
    "404 of a proxy": Reply.text("<h1>404 Not Found</h1><hr>nginx", 404),
    "405": Reply.json({"detail": "Method Not Allowed"}, 405),
    "501": Reply.json({"error": {"message": "Not Implemented"}}, 501),
    "400 with words": Reply.json(
        {"error": {"message": "The /v1/responses endpoint is not supported by this provider"}}, 400
    ),
    "500 with words": Reply.json({"error": {"message": "not implemented", "type": "x"}}, 500),
    "200 with words": Reply.json(
        {"error": "Unexpected endpoint or method. (POST /v1/responses)"}, 200
    ),
    "the model is offered elsewhere": Reply.json(
        {
            "error": {
                "message": "This model is only supported in v1/chat/completions and not in "
                "v1/responses.",
                "param": "model",
                "code": None,
            }
        },
        404,
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_where_responses_are_not_known_chat_is_spoken_and_that_is_said(
    gateway: Gateway, refusal: Reply
):
    gateway.add(refusal, hello())
    result = ask(gateway, retries=2)
    assert (result.text, result.status) == ("Hello.", "completed")
    assert paths(gateway) == [RESPONSES, CHAT]
    assert shown(result).count(FALLBACK_NOTE) == 1
    assert result.requests[0]["messages"] == [{"role": "user", "content": "Go"}]


def test_it_is_remembered_and_said_in_each_cell(gateway: Gateway):
    gateway.add(NOT_FOUND, hello(), hello())
    first, second = ask(gateway), ask(gateway)
    assert paths(gateway) == [RESPONSES, CHAT, CHAT]
    assert shown(first) == shown(second)
    assert FALLBACK_NOTE in shown(second)


def test_it_is_remembered_for_this_address_only(gateway: Gateway):
    gateway.add(NOT_FOUND, hello())
    ask(gateway)
    with Gateway() as other:
        other.add(Reply.sse(wire.text_response("Hi.")))
        result = ask(other)
        assert paths(other) == [RESPONSES]
    assert FALLBACK_NOTE not in shown(result)


def test_all_requests_of_a_run_speak_what_was_found(gateway: Gateway):
    def now() -> str:
        "The time."
        return "12:00"

    gateway.add(NOT_FOUND, Reply.sse(wire.chat_calls([("now", {})]), done=True), hello("12:00."))
    result = ask(gateway, tools=[now])
    assert (result.text, result.tool_calls[0].result) == ("12:00.", "12:00")
    assert paths(gateway) == [RESPONSES, CHAT, CHAT]
    assert shown(result).count(FALLBACK_NOTE) == 1


def test_a_server_that_answers_is_asked_once(gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Hi.")))
    result = ask(gateway)
    assert paths(gateway) == [RESPONSES]
    assert FALLBACK_NOTE not in shown(result)


def test_a_server_that_changed_is_found_out(gateway: Gateway):
    gateway.add(NOT_FOUND, hello(), NOT_FOUND, Reply.sse(wire.text_response("Hi.")))
    ask(gateway)
    result = ask(gateway)
    assert paths(gateway) == [RESPONSES, CHAT, CHAT, RESPONSES]
    assert FALLBACK_NOTE not in shown(result)


@pytest.mark.parametrize(("api", "path"), [("responses", RESPONSES), ("chat", CHAT)])
def test_who_names_a_dialect_gets_that_one(gateway: Gateway, api: str, path: str):
    gateway.add(NOT_FOUND)
    with pytest.raises(respmagic.NotFoundError, match="HTTP 404"):
        ask(gateway, api=api)
    assert paths(gateway) == [path]


def test_a_named_dialect_needs_no_note(gateway: Gateway):
    gateway.add(hello())
    assert FALLBACK_NOTE not in shown(ask(gateway, api="chat"))


NO_REASON = {
    "an unknown model": (
        Reply.json(
            {"error": {"message": "The model 'm' does not exist", "code": "model_not_found"}}, 404
        ),
        respmagic.NotFoundError,
    ),
    "an unknown model in words": (
        Reply.json({"error": {"message": 'model "m" not found, try pulling it first'}}, 404),
        respmagic.NotFoundError,
    ),
    "an unknown item": (
        Reply.json({"error": {"message": "Item 'rs_1' not found.", "param": "input"}}, 404),
        respmagic.NotFoundError,
    ),
    "an unsupported parameter": (
        Reply.json(
            {
                "error": {
                    "message": "'stop' is not supported with the Responses API",
                    "param": "stop",
                }
            },
            400,
        ),
        respmagic.StatusError,
    ),
    "a bad key": (Reply.json({"error": {"message": "no"}}, 401), respmagic.AuthenticationError),
    "a failure": (Reply.text("", 502), respmagic.ServerError),
    "a web page": (Reply.text("<html>It works</html>"), respmagic.ProtocolError),
    "nothing": (Reply.text(""), respmagic.ProtocolError),
    "a broken stream": (Reply.sse(wire.text_response("Hi.")[:-1]), respmagic.TruncatedError),
}


@pytest.mark.parametrize(("reply", "error"), NO_REASON.values(), ids=NO_REASON)
def test_other_failures_are_no_reason_to_speak_otherwise(
    gateway: Gateway, reply: Reply, error: type[Exception]
):
    gateway.add(reply)
    with pytest.raises(error):
        ask(gateway)
    assert paths(gateway) == [RESPONSES]


def test_nothing_is_tried_otherwise_once_a_tool_has_run(gateway: Gateway):
    def now() -> str:
        "The time."
        return "12:00"

    gateway.add(Reply.sse(wire.call_response([("now", {})])), NOT_FOUND)
    with pytest.raises(respmagic.NotFoundError):
        ask(gateway, tools=[now])
    assert paths(gateway) == [RESPONSES, RESPONSES]


# When both fail, the error is the one that helps most


def test_a_server_that_knows_neither_has_another_address(gateway: Gateway):
    gateway.add(NOT_FOUND, Reply.text("<h1>404 page not found</h1>", 404))
    with pytest.raises(respmagic.NotFoundError) as caught:
        ask(gateway)
    said = str(caught.value)
    assert f"neither /responses nor /chat/completions is at {gateway.base_url}" in said
    assert "(Not Found; 404 page not found)" in said
    assert "is /v1 missing?" in said
    assert caught.value.status == 404
    assert FALLBACK_NOTE not in shown(caught.value.result)


@pytest.mark.parametrize(
    ("second", "error", "said"),
    [
        (
            Reply.json(
                {"error": {"message": "The model 'm' does not exist", "code": "model_not_found"}},
                404,
            ),
            respmagic.NotFoundError,
            "The model 'm' does not exist",
        ),
        (
            Reply.json({"error": {"message": "Bad key"}}, 401),
            respmagic.AuthenticationError,
            "Bad key",
        ),
        (
            Reply.json({"error": {"message": "slow down"}}, 429),
            respmagic.RateLimitError,
            "slow down",
        ),
        (Reply.sse(wire.chat_text("x")[:-2]), respmagic.TruncatedError, "ended before the answer"),
    ],
)
def test_what_the_second_dialect_says_counts_where_it_is_known(
    gateway: Gateway, second: Reply, error: type[Exception], said: str
):
    gateway.add(NOT_FOUND, second)
    with pytest.raises(error, match=said):
        ask(gateway)
    assert paths(gateway) == [RESPONSES, CHAT]


def test_what_chat_cannot_say_is_told_with_the_reason(gateway: Gateway):
    gateway.add(NOT_FOUND)
    with pytest.raises(respmagic.OptionError) as caught:
        ask(gateway, background=True)
    assert "there is no /responses at" in str(caught.value)
    assert "background=True has no counterpart" in str(caught.value)
    assert paths(gateway) == [RESPONSES]


def test_the_second_dialect_is_tried_again_like_the_first(gateway: Gateway):
    busy = Reply.json({"error": {"message": "busy"}}, 429, headers={"retry-after-ms": "1"})
    gateway.add(NOT_FOUND, busy, hello())
    assert ask(gateway, retries=1).text == "Hello."


# What is refused before anything is sent


@pytest.mark.parametrize(
    "options",
    [
        {"background": True},
        {"previous_response_id": "resp_1"},
        {"store": True},
        {"include": ["web_search_call.results"]},
        {"truncation": "auto"},
    ],
)
def test_what_chat_cannot_say_is_refused_before_anything_is_sent(
    gateway: Gateway, options: dict[str, Any]
):
    with pytest.raises(respmagic.OptionError, match="no counterpart") as caught:
        ask(gateway, api="chat", **options)
    assert caught.value.result is None
    assert gateway.requests == []


ELSEWHERE = "leave it out, or ask a gateway that speaks the Responses API (-p, --base-url)"


def test_the_advice_does_not_send_to_an_address_that_is_not_there(gateway: Gateway):
    gateway.add(NOT_FOUND, NOT_FOUND, hello(), repeat=True)
    for asked in (1, 0):  # the second time it is known
        with pytest.raises(
            respmagic.OptionError, match="'web_search' runs on the server"
        ) as caught:
            ask(gateway, web_search=True)
        assert str(caught.value).endswith(ELSEWHERE)
        assert len(gateway.requests) == asked
        ask(gateway)
        gateway.requests.clear()
    with pytest.raises(respmagic.OptionError) as caught:
        ask(gateway, profile="mistral", store=True)
    assert str(caught.value).endswith(ELSEWHERE)


def test_but_whoever_chose_the_dialect_is_told_to_choose_the_other(gateway: Gateway):
    with pytest.raises(respmagic.OptionError, match="'web_search' runs on the server") as caught:
        ask(gateway, api="chat", web_search=True)
    assert str(caught.value).endswith(
        "leave it out, or say --api responses (api=) in place of chat, if the server speaks that"
    )


def test_an_unknown_dialect_is_named(gateway: Gateway):
    with pytest.raises(
        respmagic.OptionError, match=r"one of auto, responses, chat \(did you mean chat"
    ):
        ask(gateway, api="chats")


def test_the_demo_speaks_responses(monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert respmagic.respond("Hello", tools=()).status == "completed"
    with pytest.raises(respmagic.OptionError, match="demo speaks /responses only"):
        respmagic.respond("Hello", tools=(), api="chat")


# The shape of the answer shows by itself


CHUNKS = wire.chat_text("Hello.")
SHAPES = {
    "chat chunks from /responses": ("responses", Reply.sse(CHUNKS, done=True)),
    "a chat body from /responses": ("responses", Reply.json(wire.chat_body(CHUNKS))),
    "a chat body called a stream": (
        "responses",
        Reply.json(wire.chat_body(CHUNKS), headers={"content-type": "text/event-stream"}),
    ),
    "JSON though a stream was asked for": ("chat", Reply.json(wire.chat_body(CHUNKS))),
    "a stream called JSON": (
        "chat",
        Reply.sse(CHUNKS, headers={"content-type": "application/json"}),
    ),
    "a response from /chat/completions": (
        "chat",
        Reply.json(wire.as_body(wire.text_response("Hello."))),
    ),
    "events from /chat/completions": ("chat", Reply.sse(wire.text_response("Hello."))),
    "CRLF, comments, a byte at a time": (
        "chat",
        Reply.sse(CHUNKS, newline="\r\n", comments=True, chunk=1),
    ),
    "left open after the usage": ("chat", Reply.sse(CHUNKS, hang=True)),
}


@pytest.mark.parametrize(("api", "reply"), SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_is_read_whatever_its_shape(
    gateway: Gateway, api: str, reply: Reply, stream: bool
):
    gateway.add(reply)
    result = ask(gateway, api=api, stream=stream)
    assert (result.text, result.status, result.usage.total_tokens) == ("Hello.", "completed", 15)


def test_a_loop_goes_on_where_responses_are_answered_in_chat_shape(gateway: Gateway):
    def now() -> str:
        "The time."
        return "12:00"

    gateway.add(Reply.json(wire.chat_body(wire.chat_calls([("now", {})]))), hello("It is 12:00."))
    assert ask(gateway, tools=[now]).text == "It is 12:00."
    assert paths(gateway) == [RESPONSES, RESPONSES]
    assert [i.get("output") for i in gateway.requests[1].json["input"]][-1] == "12:00"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply.text("<html>It works</html>"), "a web page"),
        (Reply.text(""), "an empty answer"),
        (Reply.text("hello"), "not JSON"),
        (Reply.json({"choices": []}), "without choices"),
        (Reply.json({"ok": True}), "no response object"),
    ],
)
def test_what_is_no_answer_is_told(gateway: Gateway, reply: Reply, said: str):
    gateway.add(reply)
    with pytest.raises(respmagic.ProtocolError, match=said):
        ask(gateway, api="chat")


# The words of servers


@pytest.mark.parametrize(
    ("status", "said", "absent"),
    [
        (404, {"error": {"message": "Invalid URL (POST /v1/responses)", "param": None}}, True),
        (404, {"error": {"code": "unknown_url", "message": "x"}}, True),
        (404, "404 page not found", True),
        (404, {"error": {"message": "Resource not found", "code": "404"}}, True),
        (404, {"error": {"message": "No endpoints found for a/b."}}, False),
        (404, {"error": {"code": "DeploymentNotFound", "message": "x"}}, False),
        (
            404,
            {"error": {"message": "The API deployment for this resource does not exist."}},
            False,
        ),
        (404, {"object": "error", "message": "The model `m` does not exist.", "code": 404}, False),
        (404, {"error": {"message": "Unknown model: m"}}, False),
        (404, {"error": {"message": "x", "param": "previous_response_id"}}, False),
        (404, {"error": {"message": "This is not a chat model", "param": "model"}}, True),
        (400, {"error": {"message": "Unknown endpoint"}}, True),
        (400, {"error": {"message": "Unrecognized request URL"}}, True),
        (400, {"error": {"message": "Responses API is not supported for this model"}}, True),
        (
            400,
            {"error": {"message": "Unsupported parameter: 'x' is not supported with this model."}},
            False,
        ),
        (400, {"error": {"message": "Failed to download image from URL"}}, False),
        (422, {"detail": [{"loc": ["body", "messages"], "msg": "Field required"}]}, False),
        (500, {"error": {"message": "not implemented (request id: x)"}}, True),
        (500, {"error": {"message": "internal error"}}, False),
        (
            503,
            {"error": {"message": "No available channel for model m", "code": "model_not_found"}},
            False,
        ),
        (401, {"error": {"message": "this endpoint is not available"}}, False),
        (429, {"error": {"message": "this endpoint is not available now"}}, False),
    ],
)
def test_what_says_that_a_dialect_is_not_known(status: int, said: Any, absent: bool):
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    assert is_absent(status_error(status, body, Asked(url="u"))) is absent


def test_a_failure_that_the_server_reports_may_say_so_too():
    assert is_absent(
        response_failed({"message": "Unexpected endpoint or method. (POST /v1/x)"}, Asked())
    )
    assert not is_absent(
        response_failed({"message": "The model is overloaded", "code": "x"}, Asked())
    )
    assert not is_absent(respmagic.ProtocolError("a web page"))


def test_many_runs_at_once_find_out_on_their_own(gateway: Gateway):
    def answered(request: Received) -> Reply:
        return hello() if request.path == CHAT else NOT_FOUND

    import threading

    gateway.answer = answered
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(shown(ask(gateway)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert FALLBACK_NOTE in found[0]
