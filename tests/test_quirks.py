"""Each known quirk of gateways, by its row: what was sent, and what is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import quirks_chat
import quirks_responses
import respmagic
import wire
from gateway import Gateway
from quirks import Quirk
from replies import Reply
from respmagic import Response, Result, _client
from respmagic._dialects.base import Dialect, Reader
from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._dialects.responses import Responses

DIALECTS: dict[str, Dialect] = {"R": Responses(), "C": ChatCompletions()}
ROWS = {**quirks_responses.ROWS, **quirks_chat.ROWS}
READ = {name: row for name, row in ROWS.items() if row.body}
SSE = {"content-type": "text/event-stream"}


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    _client._spoken.clear()
    yield
    _client._spoken.clear()


def read(dialect: Dialect, body: bytes, size: int) -> Response:
    reader = Reader(dialect)
    for at in range(0, len(body), size):
        reader.feed(body[at : at + size])
    reader.end()
    return reader.response()


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1 << 30])
@pytest.mark.parametrize("name", READ)
def test_what_is_sent_is_understood(name: str, size: int):
    row, response = READ[name], read(DIALECTS[name[0]], READ[name].body, size)
    assert (response.text, response.reasoning) == (row.text, row.reasoning)
    assert (response.refusal, response.status) == (row.refusal, row.status)
    assert tuple((c.call_id, c.name, c.arguments) for c in response.function_calls) == row.calls
    assert response.incomplete_details == (row.reason and {"reason": row.reason})
    assert error_of(response) == row.error
    if row.tokens is not None:
        assert (response.usage.input_tokens, response.usage.output_tokens) == row.tokens
    assert {key: response.raw.get(key) for key in row.raw} == row.raw


def error_of(response: Response) -> tuple[Any, str] | None:
    error = response.error
    return error and (error.get("code"), error["message"])


@pytest.mark.parametrize("name", [name for name, row in READ.items() if row.status == "completed"])
def test_a_run_goes_by_it(gateway: Gateway, name: str):
    """The same through the whole client: calls are run once each, and the answer follows."""
    row = READ[name]
    said: list[tuple[str, Any]] = []

    def add(a: int) -> int:
        said.append(("add", a))
        return a

    def sub(b: int) -> int:
        said.append(("sub", b))
        return b

    def now() -> str:
        said.append(("now", None))
        return "12:00"

    end = wire.text_response("End.") if name[0] == "R" else wire.chat_text("End.")
    gateway.add(Reply(body=row.body, headers=SSE), Reply.sse(end, done=True))
    result = ask(gateway, name, tools=[add, sub, now])
    wanted = [
        (called, next(iter(json.loads(given).values()), None)) for _, called, given in row.calls
    ]
    assert sorted(said, key=str) == sorted(wanted, key=str)
    assert result.text == ("End." if row.calls else row.text)
    assert result.status == "completed"


def ask(gateway: Gateway, name: str, **options: Any) -> Result:
    api = "responses" if name[0] == "R" else "chat"
    settings = {"model": "m", "base_url": gateway.base_url, "api": api, "tools": (), "retries": 0}
    return respmagic.respond("Go", **{**settings, **options})


# What is not in an answer, but in what servers want, refuse or leave undone


def test_r4_call_ids_that_come_again_are_told_apart(gateway: Gateway):
    call = {
        "type": "function_call",
        "id": "fc",
        "call_id": "call_0",
        "name": "f",
        "arguments": "{}",
    }
    again = Reply.sse(wire.stream([call]))
    gateway.add(again, again, Reply.sse(wire.text_response("End.")))

    def f() -> str:
        return "done"

    assert ask(gateway, "R4", tools=[f]).text == "End."
    sent = gateway.requests[2].json["input"]
    called = [item["call_id"] for item in sent if item["type"] == "function_call"]
    answered = [item["call_id"] for item in sent if item["type"] == "function_call_output"]
    assert called == answered
    assert len(set(called)) == 2


THOUGHT = {
    "type": "reasoning",
    "id": "rs_1",
    "summary": [],
    "content": [{"type": "reasoning_text", "text": "Hm."}],
    "encrypted_content": "Hm.",
}


def second_request(gateway: Gateway, profile: str, *thoughts: dict[str, Any]) -> dict[str, Any]:
    """What a profile sends after a thought and a call."""

    def f(a: int = 1) -> str:
        return "done"

    call = wire.function_call("f", {"a": 1})
    gateway.add(Reply.sse(wire.stream([*thoughts, call])), Reply.sse(wire.text_response("End.")))
    ask(gateway, "R", profile=profile, tools=[f])
    return gateway.requests[1].json


def test_r9_llamacpp_is_sent_no_state_and_reasoning_with_content_only(gateway: Gateway):
    empty = {"type": "reasoning", "id": "rs_0", "summary": [], "encrypted_content": "blob"}
    sent = second_request(gateway, "llamacpp", empty, THOUGHT)
    assert "previous_response_id" not in sent
    assert [i["content"] for i in sent["input"] if i["type"] == "reasoning"] == [THOUGHT["content"]]
    assert [tool["strict"] for tool in sent["tools"]] == [False]


def test_r10_ollama_gets_its_own_words_back(gateway: Gateway):
    hosted = {"type": "shell_call", "id": "sh_1", "action": {"commands": ["ls"]}}
    sent = second_request(gateway, "ollama", hosted, THOUGHT)
    [thought] = [item for item in sent["input"] if item["type"] == "reasoning"]
    assert thought["encrypted_content"] == "Hm."
    kinds = [item["type"] for item in sent["input"]]
    assert kinds == ["message", "reasoning", "function_call", "function_call_output"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("R11", "the server left a tool call in the text"), ("R12", "nothing but reasoning came")],
)
def test_r11_r12_a_call_that_the_server_missed_is_told(gateway: Gateway, name: str, said: str):
    gateway.add(Reply(body=ROWS[name].body, headers=SSE))
    result = ask(gateway, name, tools=[len])
    assert f"{said}: try --no-stream, or the other --api" in shown(result)
    assert result.tool_calls == ()


def shown(result: Result) -> str:
    return result._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize(
    "body", [{"status": "completed", "output": []}, {"choices": [{"message": {"content": ""}}]}]
)
def test_an_answer_of_nothing_is_told(gateway: Gateway, body: dict[str, Any]):
    gateway.add(Reply.json(body))
    assert "nothing came: try --no-stream, or the other --api" in shown(ask(gateway, "R12"))


def test_r11_tags_in_the_text_are_text_where_no_tools_went_along(gateway: Gateway):
    gateway.add(Reply(body=ROWS["R11"].body, headers=SSE))
    assert "the server left" not in shown(ask(gateway, "R11"))


def test_r13_nothing_is_left_to_the_server_and_its_refusal_is_told(gateway: Gateway):
    sent = second_request(gateway, "vllm", THOUGHT)
    assert sent["store"] is False
    assert sent["input"][0] == gateway.requests[0].json["input"][0]
    refusal = "This vLLM engine does not support `store=True`: set VLLM_ENABLE_RESPONSES_API_STORE"
    gateway.add(Reply.json({"error": {"message": refusal, "param": "background"}}, 400))
    with pytest.raises(respmagic.StatusError, match=r"VLLM_ENABLE.*It is about background"):
        ask(gateway, "R13", background=True)


def test_r24_a_body_in_the_shape_of_chat_is_read_too(gateway: Gateway):
    gateway.add(Reply.json(wire.chat_body(wire.chat_text("Hi"))))
    assert ask(gateway, "R24").text == "Hi"


@pytest.mark.parametrize("stream", [True, False])
def test_r25_arguments_that_came_as_an_object_go_back_as_text(gateway: Gateway, stream: bool):
    call = {"type": "function_call", "call_id": "call_a", "name": "add", "arguments": {"a": 1}}
    body = {"output": [call], "status": "completed"}
    said = [{"type": "response.done", "response": body}] if stream else body
    end = Reply.sse(wire.text_response("End."))
    gateway.add(Reply.sse(said) if stream else Reply.json(said), end)

    def add(a: int) -> int:
        return a

    assert ask(gateway, "R25", tools=[add]).tool_calls[0].result == 1
    assert gateway.requests[1].json["input"][1]["arguments"] == '{"a": 1}'


@pytest.mark.parametrize("status", [404, 405, 501])
def test_r26_chat_is_spoken_where_responses_are_not(gateway: Gateway, status: int):
    gateway.add(Reply.text("not implemented", status), Reply.sse(wire.chat_text("Hi"), done=True))
    assert ask(gateway, "R26", api="auto").text == "Hi"
    assert [r.path for r in gateway.requests] == ["/v1/responses", "/v1/chat/completions"]


def test_r28_the_address_is_what_the_user_gave(gateway: Gateway):
    gateway.add(Reply(body=ROWS["R28"].body, headers=SSE))
    assert ask(gateway, "R28", profile="deepseek", base_url=gateway.origin).text == "Hi"
    assert gateway.requests[0].path == "/responses"


def test_r31_what_is_not_of_the_wanted_form_is_there_as_it_came(gateway: Gateway):
    gateway.add(Reply(body=ROWS["R31"].body, headers=SSE))
    result = ask(gateway, "R31", text={"format": {"type": "json_object"}})
    assert result.text == "Sure! Here you are."


def test_c18_the_signature_goes_back(gateway: Gateway):
    def add(a: int) -> int:
        return a

    end = Reply.sse(wire.chat_text("End."), done=True)
    gateway.add(Reply(body=ROWS["C18"].body, headers=SSE), end)
    ask(gateway, "C18", tools=[add])
    [call] = gateway.requests[1].json["messages"][1]["tool_calls"]
    assert call["extra_content"] == {"google": {"thought_signature": "c2ln"}}
    assert gateway.requests[1].json["messages"][2]["tool_call_id"] == call["id"] == "call_0"


def test_c10_what_the_model_wrote_is_told(gateway: Gateway):
    gateway.add(Reply(body=ROWS["C10"].body, headers=SSE))
    with pytest.raises(respmagic.ResponseFailed, match="the model wrote: <function=add>"):
        ask(gateway, "C10")


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (200, respmagic.ProtocolError, "sent a web page, so it is no API"),
        (502, respmagic.ServerError, "HTTP 502, the server failed: Bad gateway"),
    ],
)
def test_c31_a_web_page_is_told(gateway: Gateway, status: int, kind: Any, said: str):
    page = "<!DOCTYPE html><html><style>p {}</style><h1>Bad gateway</h1></html>"
    gateway.add(Reply.text(page, status))
    with pytest.raises(kind, match=said):
        ask(gateway, "C31")


def test_c33_nothing_runs_of_an_answer_that_broke_off(gateway: Gateway):
    cut = (
        ROWS["C11"]
        .body.replace(b',"finish_reason":"tool_calls"', b"")
        .replace(b"data: [DONE]", b"")
    )
    gateway.add(Reply(body=cut, headers=SSE))

    def add(a: int) -> int:
        raise AssertionError("an answer that broke off ran a tool")

    with pytest.raises(respmagic.TruncatedError) as caught:
        ask(gateway, "C33", tools=[add])
    assert caught.value.result.tool_calls == ()
    assert len(caught.value.result.responses[0].function_calls) == 2


# The table is whole


PLAYED = {"R4", "R9", "R13", "R26", "C31"}
"""The rows without bytes of an answer; the tests that bear their names play them."""


def test_every_row_has_a_fixture_of_its_own():
    assert set(ROWS) == {f"R{n}" for n in range(1, 32)} | {f"C{n}" for n in range(1, 34)}
    assert {name for name, row in ROWS.items() if not row.body} == PLAYED
    tests = " ".join(name for name in globals() if name.startswith("test_"))
    assert all(f"_{name.lower()}_" in tests for name in PLAYED)
    bodies = [row.body for row in READ.values()]
    assert len(set(bodies)) == len(bodies)
    assert all(isinstance(row, Quirk) and row.what and row.who for row in ROWS.values())
