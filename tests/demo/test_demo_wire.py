"""Requests and events as bytes, through the transport and through the server."""

import asyncio
import json
import signal
import subprocess
import sys

import demo_tools as t
import httpx
import pytest
from demo_server import ask, start_demo, through_transport

from respmagic.demo import MODEL, DemoTransport


def events(body):
    """The events of a stream, with their names checked against their types."""
    found = []
    for block in body.strip().split("\n\n"):
        name, data = block.split("\n")
        event = json.loads(data.removeprefix("data: "))
        assert name == f"event: {event['type']}"
        found.append(event)
    assert [event["sequence_number"] for event in found] == list(range(len(found)))
    return found


def test_models(send):
    answer = send("GET", "/v1/models")
    assert answer.status_code == 200
    assert [model["id"] for model in answer.json()["data"]] == [MODEL]


def test_a_response_is_whole(send):
    response = ask(send, "What is 2 + 2?").json()
    assert response["object"] == "response"
    assert response["model"] == MODEL == "respmagic-demo"
    assert response["status"] == "completed"
    assert response["output"][0]["content"][0]["text"] == "2 + 2 = 4"
    usage = response["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"] > 0


def test_what_was_asked_for_is_repeated(send):
    asked = {"instructions": "Be brief.", "temperature": 0.5, "metadata": {"lesson": "3"}}
    response = ask(send, "Hello", **asked, tools=[t.TIME], parallel_tool_calls=False).json()
    assert asked.items() <= response.items()
    assert response["parallel_tool_calls"] is False
    assert response["tools"][0]["name"] == "current_time"


def test_a_text_streams_word_by_word(send):
    told = events(ask(send, "What is 2 + 2?", stream=True).text)
    assert [event["type"].removeprefix("response.") for event in told] == [
        "created",
        "in_progress",
        "output_item.added",
        "content_part.added",
        *["output_text.delta"] * 5,
        "output_text.done",
        "content_part.done",
        "output_item.done",
        "completed",
    ]
    deltas = [event["delta"] for event in told if event["type"].endswith("delta")]
    assert deltas == ["2", " +", " 2", " =", " 4"]
    assert told[0]["response"]["output"] == []
    assert told[0]["response"]["status"] == "in_progress"
    final = told[-1]["response"]
    assert final["output"][0] == told[-2]["item"]
    assert final["usage"]["output_tokens"] == 5


def test_chinese_streams_by_two_characters(send):
    told = events(ask(send, "谢谢", stream=True).text)
    assert [event["delta"] for event in told if event["type"].endswith("delta")] == ["不客", "气。"]


def test_calls_stream_their_arguments_in_pieces(send):
    told = events(ask(send, "Weather in Paris and Rome?", tools=[t.WEATHER], stream=True).text)
    kinds = [event["type"].removeprefix("response.") for event in told]
    one = [
        "output_item.added",
        *["function_call_arguments.delta"] * 2,
        "function_call_arguments.done",
        "output_item.done",
    ]
    assert kinds == ["created", "in_progress", *one, *one, "completed"]
    for index in (0, 1):
        own = [event for event in told if event.get("output_index") == index]
        added, done = own[0]["item"], own[-1]["item"]
        assert added["arguments"] == ""
        assert added["status"] == "in_progress"
        deltas = "".join(event["delta"] for event in own if "delta" in event)
        assert deltas == done["arguments"] == own[-2]["arguments"]
        assert {e.get("item_id", done["id"]) for e in own} == {done["id"]}
    ids = [item["call_id"] for item in told[-1]["response"]["output"]]
    assert len(set(ids)) == 2


def test_the_answer_is_the_same_every_time():
    def once():
        response = ask(through_transport, "Weather in Paris?", tools=[t.WEATHER]).json()
        return {k: v for k, v in response.items() if k not in ("created_at", "completed_at")}

    assert once() == once()


def test_ids_count_for_nothing_so_that_the_same_conversation_counts_the_same(send):
    def used(call_id):
        call = {"type": "function_call", "call_id": call_id, "name": "now", "arguments": "{}"}
        output = {"type": "function_call_output", "call_id": call_id, "output": "12:00"}
        asked = {"role": "user", "content": "What time is it?"}
        answer = ask(
            send, [asked, {**call, "id": f"fc_{call_id}"}, output], tools=[t.tool("now", "")]
        )
        return answer.json()["usage"]["input_tokens"]

    assert used("call_abcdef") == used("call_1a2b3c4d5e6f") == used("x")


def test_too_few_tokens_leave_the_answer_incomplete(send):
    told = events(ask(send, "Count from 1 to 50", max_output_tokens=5, stream=True).text)
    final = told[-1]["response"]
    assert told[-1]["type"] == "response.incomplete"
    assert final["incomplete_details"] == {"reason": "max_output_tokens"}
    assert final["output"][0]["content"][0]["text"] == "1, 2, 3"
    assert final["output"][0]["status"] == "incomplete"


# Errors

MESSAGE = {"role": "user", "content": "Hello"}
CALL = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
OUTPUT = {"type": "function_call_output", "call_id": "c1", "output": "1"}
BAD = [
    ("no model", {"model": None}, "model"),
    ("no input", {"input": None}, "input"),
    ("input of the wrong type", {"input": 3}, "input"),
    ("an item that is no object", {"input": ["Hello"]}, "input[0]"),
    ("a role that is none", {"input": [{"role": "pope", "content": "x"}]}, "input[0].role"),
    ("a message without content", {"input": [{"role": "user"}]}, "input[0].content"),
    ("an item of no type", {"input": [{"content": "x"}]}, "input[0].type"),
    ("a call without an output", {"input": [MESSAGE, CALL]}, "input"),
    ("an output without a call", {"input": [MESSAGE, OUTPUT]}, "input"),
    ("a stream that is no boolean", {"stream": "yes"}, "stream"),
    ("a temperature that is no number", {"temperature": True}, "temperature"),
    ("a temperature that is too high", {"temperature": 2.1}, "temperature"),
    ("a share that is none", {"top_p": -0.1}, "top_p"),
    ("no tokens", {"max_output_tokens": 0}, "max_output_tokens"),
    ("a tool without a type", {"tools": [{"name": "f"}]}, "tools[0].type"),
    ("a tool without a name", {"tools": [{"type": "function"}]}, "tools[0].name"),
    (
        "the tool of another interface",
        {"tools": [{"type": "function", "function": {"name": "f"}}]},
        "tools[0].name",
    ),
    (
        "parameters that are no object",
        {"tools": [{"type": "function", "name": "f", "parameters": {"type": "string"}}]},
        "tools[0].parameters",
    ),
    ("an unknown choice", {"tool_choice": "sometimes"}, "tool_choice"),
    ("a demand without tools", {"tool_choice": "required"}, "tool_choice"),
    (
        "the choice of a tool that is not there",
        {"tools": [t.TIME], "tool_choice": {"type": "function", "name": "nope"}},
        "tool_choice",
    ),
    ("an unknown format", {"text": {"format": {"type": "xml"}}}, "text.format.type"),
    (
        "a format without a schema",
        {"text": {"format": {"type": "json_schema", "name": "x"}}},
        "text.format.schema",
    ),
    ("an unknown response before", {"previous_response_id": "resp_0"}, "previous_response_id"),
]


@pytest.mark.parametrize(("settings", "param"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_wrong_is_said(send, settings, param):
    answer = send("POST", "/v1/responses", json={"model": "any", "input": "Hello", **settings})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param
    assert error["message"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"model":"m","input":"x","top_p":NaN}']
)
def test_a_body_that_is_no_json_object(send, body):
    answer = send("POST", "/v1/responses", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/responses/resp_0", 404),
        ("DELETE", "/v1/responses/resp_0", 404),
        ("GET", "/v1/responses/resp_0/input_items", 404),
        ("GET", "/v1/models/nope", 404),
        ("POST", "/v1/responses/resp_0/cancel", 404),
        ("POST", "/v1/chat/completions", 404),
        ("GET", "/", 404),
        ("GET", "/v1/responses", 405),
        ("POST", "/v1/models", 405),
    ],
)
def test_what_is_not_there(send, method, path, status):
    answer = send(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("HEAD", "/v1/responses", {"POST"}),
        ("PUT", "/v1/responses", {"POST"}),
        ("OPTIONS", "/v1/models", {"GET", "HEAD"}),
        ("PATCH", "/v1/responses/resp_0", {"GET", "HEAD", "DELETE"}),
    ],
)
def test_a_method_that_is_not_answered_is_told_those_that_are(demo_url, method, path, allowed):
    answer = httpx.request(method, demo_url.removesuffix("/v1") + path)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == allowed


def test_a_head_has_the_head_of_a_get_and_no_body(demo_url):
    head, get = (httpx.request(method, f"{demo_url}/models") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_body_that_is_too_large_is_refused_and_the_next_request_answered(demo_url):
    large = b'{"model":"m","input":"' + b"x" * (65 * 2**20) + b'"}'
    assert httpx.post(f"{demo_url}/responses", content=large, timeout=60).status_code == 413
    assert httpx.get(f"{demo_url}/models").status_code == 200


@pytest.mark.parametrize("options", [["--port", "65536"], ["--pace", "-1"], ["--pace", "nan"]])
def test_a_wrong_option_is_said_in_one_line(options):
    command = [sys.executable, "-m", "respmagic.demo", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(f"not {options[1]!r}")


def test_nothing_asked_and_very_much_asked(send):
    for text in ("", "   ", "word " * 20_000, "x" * 200_000, "和" * 20_000):
        answer = ask(send, text, tools=[t.WEATHER, t.MATH])
        assert answer.status_code == 200
        assert answer.json()["status"] == "completed"


# Memory


def test_a_stored_response_can_be_fetched_and_deleted(demo_url):
    with httpx.Client(base_url=demo_url + "/") as client:
        response = client.post("responses", json={"model": "any", "input": "Hello"}).json()
        path = f"responses/{response['id']}"
        assert client.get(path).json() == response
        items = client.get(f"{path}/input_items").json()["data"]
        [item] = items
        assert (item["type"], item["role"]) == ("message", "user")
        assert item["content"] == [{"type": "input_text", "text": "Hello"}]
        assert client.delete(path).json()["deleted"] is True
        assert client.get(path).status_code == 404


def test_what_is_not_to_be_stored_is_not(demo_url):
    with httpx.Client(base_url=demo_url + "/") as client:
        asked = {"model": "any", "input": "Hello", "store": False}
        response = client.post("responses", json=asked).json()
        assert client.get(f"responses/{response['id']}").status_code == 404


def test_a_conversation_goes_on_from_the_response_before():
    async def talk():
        async with httpx.AsyncClient(transport=DemoTransport(), base_url="http://demo/v1/") as c:
            first = (
                await c.post("responses", json={"model": "m", "input": "My dog is Rex."})
            ).json()
            asked = {"model": "m", "input": "What is my dog?", "previous_response_id": first["id"]}
            return (await c.post("responses", json=asked)).json()

    second = asyncio.run(talk())
    assert second["output"][0]["content"][0]["text"] == "Your dog is Rex."
    assert second["previous_response_id"] is not None


# The transport and the server as such


def test_the_transport_gives_one_event_a_chunk_and_stops_when_the_reader_does():
    async def read():
        transport = DemoTransport()
        request = httpx.Request(
            "POST",
            "http://demo/v1/responses",
            json={"model": "m", "input": "Count from 1 to 900", "stream": True},
        )
        response = await transport.handle_async_request(request)
        chunks = []
        async for chunk in response.stream:
            chunks.append(chunk)
            if len(chunks) == 10:
                await response.aclose()
        return chunks

    chunks = asyncio.run(read())
    assert len(chunks) == 10
    assert all(c.startswith(b"event: ") and c.endswith(b"\n\n") for c in chunks)
    assert all(c.count(b"\n\n") == 1 for c in chunks)


def test_requests_in_parallel_do_not_mix(demo_url):
    async def one(client, number):
        asked = {"model": "m", "input": f"What is {number} + 1?", "stream": True}
        answer = await client.post("responses", json=asked)
        return events(answer.text)[-1]["response"]["output"][0]["content"][0]["text"]

    async def all_of_them():
        async with httpx.AsyncClient(base_url=demo_url + "/", timeout=60) as client:
            return await asyncio.gather(*(one(client, n) for n in range(20)))

    assert asyncio.run(all_of_them()) == [f"{n} + 1 = {n + 1}" for n in range(20)]


def test_a_client_that_goes_away_does_no_harm(demo_url):
    asked = {"model": "m", "input": "Count from 1 to 5000", "stream": True}
    with httpx.stream("POST", f"{demo_url}/responses", json=asked) as answer:
        next(answer.iter_bytes())
    assert httpx.get(f"{demo_url}/models").status_code == 200


def test_it_survives_what_is_not_http(demo_url):
    host, port = demo_url.removeprefix("http://").removesuffix("/v1").split(":")

    async def shout():
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"EHLO there\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer

    assert asyncio.run(shout()).startswith(b"HTTP/1.1 400")
    assert httpx.get(f"{demo_url}/models").status_code == 200


def test_ctrl_c_stops_it_in_the_middle_of_an_answer():
    process, url = start_demo("--pace", "60000")
    asked = {"model": "m", "input": "Count from 1 to 100", "stream": True}
    with (
        httpx.Client(timeout=60) as client,
        client.stream("POST", f"{url}/responses", json=asked) as answer,
    ):
        assert answer.status_code == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert (out, err) == ("", "")


def test_a_port_in_use_is_said_in_one_line(demo_url):
    port = demo_url.removesuffix("/v1").rpartition(":")[2]
    from respmagic.demo._server import main

    assert main(["--port", port]) == 1
