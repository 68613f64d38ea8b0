"""What a request may not say, and what is said to that, as the real endpoint would."""

import copy
import json
from functools import reduce

import demo_tools as t
import pytest
from demo_server import ask, through_transport
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from respmagic.demo import MODEL
from respmagic.demo._service import Service
from respmagic.demo._wire import encode_json

CALL = {"type": "function_call", "call_id": "c1", "name": "f"}
TOOL = {"type": "function", "name": "f", "parameters": {}}
FORM = {"type": "json_schema", "name": "f", "schema": {}}

WRONG = {
    "frequency_penalty": ("x", 2.1, True),
    "include": ("reasoning.encrypted_content", {}),
    "metadata": ({"a": 1}, {"a": None}, []),
    "presence_penalty": ("x", -2.1),
    "prompt_cache_key": (5,),
    "reasoning": ("high",),
    "reasoning.effort": ("insane", 7, ["low"]),
    "reasoning.summary": ("long",),
    "safety_identifier": ([],),
    "service_tier": (1,),
    "stream_options": ("x",),
    "text": ("json",),
    "text.format": ("json", ""),
    "text.format.type": ({}, {"type": ["text"]}),
    "text.format.strict": ({**FORM, "strict": "yes"},),
    "text.format.schema": ({**FORM, "schema": "x"}, {**FORM, "schema": {"minLength": 1e9}}),
    "text.verbosity": ("shout",),
    "top_logprobs": (21, -1, 0.5),
    "truncation": ("maybe", 1),
    "user": (5, {}),
    "tool_choice": (
        {"type": "function", "name": ["f"]},
        {"type": "function", "name": {}},
        {"type": "functoin", "name": "f"},
        {"type": "allowed_tools", "tools": [{"type": "function", "name": [1]}]},
    ),
    "tool_choice.tools[0]": ({"type": "allowed_tools", "tools": ["f"]},),
    "tool_choice.tools": ({"type": "allowed_tools", "tools": "f"}, {"type": "allowed_tools"}),
    "tool_choice.mode": ({"type": "allowed_tools", "mode": "none", "tools": []},),
    "tools[0].description": ({**TOOL, "description": 5},),
    "tools[0].parameters": (
        {**TOOL, "parameters": []},
        {**TOOL, "parameters": False},
        {**TOOL, "parameters": {"properties": {"x": {"type": "array", "minItems": 10**9}}}},
    ),
    "tools[0].type": ({**TOOL, "type": "functoin"}, {"type": ""}),
    "tools[0].server_label": ({"type": "mcp", "server_url": "http://127.0.0.1/"},),
    "tools[0].strict": ({**TOOL, "strict": "yes"},),
    "input[0].arguments": ({**CALL, "arguments": {"a": 1}}, CALL),
    "input[0].id": ({"type": "item_reference"}, {"type": "item_reference", "id": 1}),
    "input": ({"type": "item_reference", "id": "msg_0"},),
    "conversation": ("conv_0", {"id": "conv_0"}),
    "prompt": ({"id": "pmpt_0"},),
}


def placed(param, value):
    """The settings of a request that holds the value where `param` says, or above it."""
    name, _, rest = param.partition(".")
    if name in ("input", "input[0]"):
        return {"input": [value]}
    if name == "tools[0]":
        return {"tools": [value]}
    if param.startswith("text.format"):
        return {"text": {"format": value}}
    if name == "tool_choice":
        return {"tools": [TOOL], "tool_choice": value}
    return {name: {rest: value} if rest else value}


@pytest.mark.parametrize(
    ("param", "value"), [(param, value) for param, values in WRONG.items() for value in values]
)
def test_a_value_that_cannot_be_is_refused_and_named(param, value):
    answer = ask(through_transport, "Hello", **placed(param, value))
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert error["message"]


def test_a_tool_of_another_s_making_is_repeated():
    tools = [{"type": "acme:search"}, {"type": "web_search"}, {"type": "mcp", "server_label": "x"}]
    answer = ask(through_transport, "Hello", tools=tools, tool_choice={"type": "mcp"})
    assert answer.json()["tools"] == tools


def test_null_is_as_if_nothing_was_said():
    names = [name.partition(".")[0] for name in WRONG if not name.startswith(("input", "tool"))]
    nothing = dict.fromkeys([*names, "tools", "tool_choice"])
    response = ask(through_transport, "What is 2 + 2?", **nothing).json()
    plain = ask(through_transport, "What is 2 + 2?").json()
    ids = ("id", "created_at", "completed_at", "output")
    assert {k: v for k, v in response.items() if k not in ids} == {
        k: v for k, v in plain.items() if k not in ids
    }


def test_half_a_character_is_a_question_mark_in_the_answer(send):
    body = b'{"model":"m","input":"Hello","instructions":"\\ud800","stream":%s}'
    whole = send("POST", "/v1/responses", content=body % b"false")
    assert whole.status_code == 200
    assert whole.json()["instructions"] == "?"
    streamed = send("POST", "/v1/responses", content=body % b"true")
    assert streamed.text.rstrip().rpartition("\n\n")[2].startswith("event: response.completed")


def test_a_number_that_json_cannot_say_is_refused(send):
    tool = b'{"type":"function","name":"f","parameters":{"x":1e400}}'
    answer = send(
        "POST", "/v1/responses", content=b'{"model":"m","input":"Hi","tools":[%s]}' % tool
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_json"


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("POST", "/v1/chat/completions", 404, "/v1/responses"),
        ("GET", "/", 404, "/v1/models"),
        ("POST", "/v1/responses/input_tokens", 405, "GET"),
        ("GET", "/v1/responses", 405, "POST"),
        ("GET", "/v1/models/responses", 404, MODEL),
        ("GET", "/v1/models/gpt%2Fx", 404, "gpt/x"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(send, method, path, status, said):
    answer = send(method, path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert (error["type"], said in error["message"]) == ("invalid_request_error", True)


def test_a_list_is_no_stream(send):
    assert send("GET", "/v1/models?stream=true").json()["data"][0]["id"] == MODEL


def test_a_stored_response_is_told_again_from_where_the_reader_stopped(demo_url, http):
    stored = http.post(f"{demo_url}/responses", json={"model": "m", "input": "What is 2 + 2?"})
    again = f"{demo_url}/responses/{stored.json()['id']}?stream=true"
    blocks = http.get(again).text.split("\n\n")
    assert http.get(f"{again}&starting_after=5").text.split("\n\n") == blocks[6:]
    refused = http.get(f"{again}&starting_after=x")
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, "starting_after")
    assert http.get(f"{again.partition('?')[0]}/input_items?stream=true").json()["data"]


def test_what_the_server_remembers_counts_as_read(demo_url, http):
    def asked(text, **more):
        body = {"model": "m", "input": text, **more}
        return http.post(f"{demo_url}/responses", json=body).json()

    first = asked("My dog is Rex.")
    alone, after = asked("Who?"), asked("Who?", previous_response_id=first["id"])
    spent = first["usage"]["input_tokens"] + first["usage"]["output_tokens"]
    assert after["usage"]["input_tokens"] >= alone["usage"]["input_tokens"] + spent


def test_a_fault_of_the_model_ends_the_answer_and_not_the_connection(monkeypatch, caplog):
    from respmagic.demo import _service

    monkeypatch.setattr(_service, "answer", lambda request: {}[t.TIME["name"]])
    answer = ask(through_transport, "Hello")
    assert answer.status_code == 500
    assert answer.json()["error"]["type"] == "server_error"
    assert answer.headers["x-should-retry"] == "false"  # it would fail in the same way
    assert "KeyError" in caplog.text


# Whatever is put in the place of a part of a good request: an answer, or a refusal that says why

GOOD = [
    {
        "model": "m",
        "input": "Alice, 30, moved to Paris on 2020-01-02. What is the weather there?",
        "tools": [
            {**t.WEATHER, "strict": True},
            t.MATH,
            {"type": "web_search"},
        ],
        "tool_choice": {
            "type": "allowed_tools",
            "mode": "required",
            "tools": [{"type": "function", "name": "get_weather"}],
        },
    },
    {
        "model": "m",
        "input": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [{"type": "input_text", "text": "What is 2 + 2?"}]},
            {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"},
            {**CALL, "arguments": '{"a": 2}'},
            {"type": "function_call_output", "call_id": "c1", "output": "4"},
        ],
        "metadata": {"lesson": "3"},
        "reasoning": {"effort": "low", "summary": "auto"},
        "max_output_tokens": 20,
    },
    {
        "model": "m",
        "input": "Alice is 30 years old and lives in Paris.",
        "text": {
            "verbosity": "low",
            "format": {
                **FORM,
                "schema": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string", "minLength": 2},
                        "age": {"type": "integer", "minimum": 0, "multipleOf": 5},
                        "towns": {"type": "array", "items": {"$ref": "#/$defs/Town"}},
                        "kind": {"anyOf": [{"type": "null"}, {"enum": [1, 2]}]},
                    },
                    "required": ["name", "age", "towns", "kind"],
                    "$defs": {"Town": {"type": "object", "properties": {"n": {"const": "x"}}}},
                },
            },
        },
    },
]
WORDS = ("", "x", "null", "object", "string", "array", "\ud800", "你好")
JUNK = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1, 3.5, 1e308, 10**30, *WORDS, [], {}, [1], ["x"], [[]], [{}]),
        *({"a": 1}, {"type": "object"}, {"type": "string"}, {"$ref": "#"}, ["string", "null"]),
    ]
)


def places(value, path=()):
    """The paths to all parts of a value, its own left out."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        yield (*path, key)
        if isinstance(part, dict | list):
            yield from places(part, (*path, key))


@pytest.fixture(scope="module")
def official():
    """The SDK's own type of a response."""
    return TypeAdapter(pytest.importorskip("openai.types.responses").Response)


@given(request=st.sampled_from(GOOD).map(copy.deepcopy), data=st.data())
def test_a_request_with_a_part_that_cannot_be_is_answered_or_refused(official, request, data):
    for _ in range(data.draw(st.integers(1, 2), label="how many")):
        *path, last = data.draw(st.sampled_from(list(places(request))), label="where")
        inside = reduce(lambda value, key: value[key], path, request)
        inside[last] = copy.deepcopy(data.draw(JUNK, label="what"))
    reply = Service().reply("POST", "/v1/responses", json.dumps(request).encode())
    if reply.status == 200 and reply.body is not None:
        official.validate_json(encode_json(reply.body))
    elif reply.status != 200:
        assert (reply.status, reply.body["error"]["type"]) == (400, "invalid_request_error")


def test_a_fault_of_the_model_is_one_short_error_in_a_cell(notebook, monkeypatch, capfd):
    from respmagic.demo import _service

    monkeypatch.setattr(_service, "answer", lambda request: {}["nothing"])
    done = notebook.run_cell("%%responses\nHello")
    assert "KeyError: 'nothing'" in str(done.error_in_exec)
    assert "_service.py" not in "".join(capfd.readouterr())
