"""Gateways by their own documents, and both dialects, in the cells of a real kernel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wire
from gateway import Gateway
from kernels import Kernel, kernel
from replies import Reply

pytestmark = pytest.mark.kernel

DOCUMENTED = Path(__file__).parent / "documented"
NOTE = "no /responses there: asked through /chat/completions"


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel(OPENAI_API_KEY="sk-" + "abcdefghij0123456789") as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    """The module's kernel, with nothing of earlier tests in it."""
    running.check("%reset -f")
    running.check("from respmagic import _client; _client._spoken.clear()")
    running.check("%reload_ext respmagic")
    return running


def cell(gateway: Gateway, prompt: str = "Go", options: str = "") -> str:
    return f"%%responses {options} -m gpt-4.1 --base-url {gateway.base_url} --retries 0\n{prompt}"


def documented(name: str) -> bytes:
    return (DOCUMENTED / name).read_bytes()


def answer(name: str, before: bytes = b"") -> Reply:
    return Reply(body=before + documented(name), headers={"content-type": "application/json"})


TOOLS = '''
import datetime, platform, random

@respmagic.tool
def random_generator(min: int = 1, max: int = 100, count: int = 1) -> list[int]:
    """生成指定范围内的随机数,支持批量生成

    Args:
        min: 最小值(默认1)
        max: 最大值(默认100)
        count: 生成数量(默认1,最大10)
    """
    return [random.randint(min, max) for _ in range(count)]

@respmagic.tool
def system_info():
    """获取当前系统的基本信息,包括操作系统、Java版本、内存使用情况等"""
    return platform.system()

@respmagic.tool
def math_calculator(operation: str, a: float, b: float) -> float:
    """执行基本数学运算,支持加减乘除和幂运算

    Args:
        a: 第一个数字
        b: 第二个数字
        operation: 运算类型: add, subtract, multiply, divide, power
    """
    return {"add": a + b}[operation]

@respmagic.tool
def current_time():
    """获取当前系统时间"""
    return "12:00"
'''
HOROSCOPE = '''
@respmagic.tool
def get_horoscope(sign: str) -> str:
    """Get today's horoscope for an astrological sign.

    Args:
        sign: An astrological sign like Taurus or Aquarius
    """
    return f"{sign}: a good day."
'''
WEATHER = '''
from typing import Literal

@respmagic.tool
def get_current_weather(location: str, unit: Literal["celsius", "fahrenheit"] = "celsius") -> str:
    """获取指定位置的当前天气

    Args:
        location: 城市和州,例如 San Francisco, CA
    """
    return f"{location}: 15 {unit}"
'''


def plain(function: dict[str, Any]) -> dict[str, Any]:
    """A tool in few words: without what strict schemas add."""
    properties = function["parameters"]["properties"]
    return {
        "name": function["name"],
        "description": function["description"],
        "properties": {name: _plain_property(value) for name, value in properties.items()},
    }


def _plain_property(value: dict[str, Any]) -> dict[str, Any]:
    value = value | value.get("anyOf", [{}])[0]
    kind = value.get("type", "string")
    kinds = {kind} if isinstance(kind, str) else set(kind) - {"null"}
    said = re.sub(r" ?\(default .*\)", "", value.get("description", ""))
    return {"type": kinds, "description": said, "enum": [v for v in value.get("enum", ()) if v]}


def test_modelport_is_asked_as_documented_and_understood_in_chat_shape(
    nb: Kernel, gateway: Gateway
):
    nb.check(TOOLS)
    asked = json.loads(documented("modelport.request.json"))
    gateway.add(answer("modelport.response.json"))
    options = f"r << --tool-choice auto --extra '{json.dumps({'metadata': asked['metadata']})}'"
    done = nb.run(cell(gateway, asked["input"][0]["content"], options))
    [request] = gateway.requests
    sent = request.json
    assert request.path == "/v1/responses"
    assert {key: sent[key] for key in ("model", "tool_choice", "metadata")} == {
        key: asked[key] for key in ("model", "tool_choice", "metadata")
    }
    assert {key: sent["input"][0][key] for key in ("role", "content")} == asked["input"][0]
    by_name = {tool["name"]: tool for tool in sent["tools"]}
    assert {tool["type"] for tool in sent["tools"]} == {"function"}
    assert {name: plain(tool) for name, tool in by_name.items()} == {
        tool["name"]: plain(tool) for tool in asked["tools"]
    }
    assert done.text.startswith("string")
    assert nb.value("r.text, r.status, r.model") == "('string', 'completed', 'string')"


@pytest.mark.parametrize("before", [b"", b"\t\n"])
def test_juai_calls_the_horoscope(nb: Kernel, gateway: Gateway, before: bytes):
    nb.check(HOROSCOPE)
    gateway.add(
        answer("juai.response.json", before),
        Reply.sse(wire.text_response("A good day.", model="gpt-4.1-data")),
    )
    done = nb.run(cell(gateway, "What about Aquarius?", "r <<"))
    assert done.text.startswith('get_horoscope(sign="Aquarius") → Aquarius: a good day.')
    assert nb.value("[(c.name, c.arguments, c.result) for c in r.tool_calls]") == (
        "[('get_horoscope', {'sign': 'Aquarius'}, 'Aquarius: a good day.')]"
    )
    assert nb.value("r.responses[0].usage.total_tokens, r.model") == "(80, 'gpt-4.1-data')"
    [call, output] = gateway.requests[1].json["input"][1:]
    assert call["call_id"] == output["call_id"] == "call_6kbB2GTk62PPUNdGuBJPx9KQ"
    assert "id" not in call


def test_modelverse_answers_in_bare_texts(nb: Kernel, gateway: Gateway):
    asked = json.loads(documented("modelverse.request.json"))
    gateway.add(answer("modelverse.response.json"))
    done = nb.run(cell(gateway, asked["input"], "r << --extra '{\"max_tokens\": 50}'"))
    assert done.text.startswith("Hi!")
    assert nb.value("r.text, r.status, r.usage.total_tokens") == "('Hi!', 'completed', 20)"
    assert gateway.requests[0].json["max_tokens"] == 50


def test_modelverse_streams_under_names_of_its_own(nb: Kernel, gateway: Gateway):
    final = json.loads(documented("modelverse.response.json"))
    events = [
        {"type": "response.created", "response": {**final, "output": [], "status": "in_progress"}},
        {"type": "response.delta", "delta": "Hi"},
        {"type": "response.delta", "delta": "!"},
        {"type": "response.done", "response": final},
    ]
    gateway.add(Reply.sse(events), Reply.sse([*events[:-1], {"type": "response.done"}]))
    for _ in range(2):
        nb.run(cell(gateway, options="r <<"))
        assert nb.value("r.text, r.status, r.model") == "('Hi!', 'completed', 'gpt-4o')"


def test_the_aggregate_is_asked_in_chat_and_calls_the_weather(nb: Kernel, gateway: Gateway):
    nb.check(WEATHER)
    asked = json.loads(documented("aggregate.request.json"))
    gateway.add(
        answer("aggregate.response.json"),
        Reply.sse(wire.chat_text("波士顿 15 度。"), done=True),
    )
    prompt = asked["messages"][0]["content"]
    done = nb.run(cell(gateway, prompt, "r << --api chat --no-stream --tool-choice auto"))
    first, second = gateway.requests
    sent = first.json
    assert {request.path for request in gateway.requests} == {"/v1/chat/completions"}
    assert sent["messages"] == asked["messages"]
    assert sent["tool_choice"] == asked["tool_choice"]
    assert [tool["type"] for tool in sent["tools"]] == ["function"]
    assert plain(sent["tools"][0]["function"]) == plain(asked["tools"][0]["function"])
    assert sent.keys() == asked.keys()
    assert nb.value("[(c.name, c.arguments['location'], c.result) for c in r.tool_calls]") == (
        "[('get_current_weather', 'Boston, MA', 'Boston, MA: 15 celsius')]"
    )
    assert nb.value("r.status, r.responses[0].usage.total_tokens") == "('completed', 98)"
    assert done.reply["status"] == "ok"
    assert second.json["messages"][1:] == [
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": "call_9Tu5ZwYvMpV1csPXLqTeM5UI",
                    "type": "function",
                    "function": {
                        "name": "get_current_weather",
                        "arguments": '{"location":"Boston, MA","unit":"celsius"}',
                    },
                }
            ],
        },
        {
            "role": "tool",
            "tool_call_id": "call_9Tu5ZwYvMpV1csPXLqTeM5UI",
            "content": "Boston, MA: 15 celsius",
        },
    ]


# Dialects in cells


def test_a_cell_says_that_it_asked_through_chat_and_again_when_it_remembers(
    nb: Kernel, gateway: Gateway
):
    hello = Reply.sse(wire.chat_text("Hello."), done=True)
    gateway.add(Reply.json({"detail": "Not Found"}, 404), hello, hello)
    first, second = nb.run(cell(gateway)), nb.run(cell(gateway))
    assert first.value == second.value
    assert first.text.endswith(f"no tools · {NOTE}]")
    assert [request.path for request in gateway.requests] == [
        "/v1/responses",
        "/v1/chat/completions",
        "/v1/chat/completions",
    ]


def test_an_unknown_model_is_no_reason_to_ask_otherwise(nb: Kernel, gateway: Gateway):
    error = {"message": "The model 'gpt-4.1' does not exist", "code": "model_not_found"}
    gateway.add(Reply.json({"error": error}, 404))
    done = nb.run(cell(gateway))
    assert done.error.ename == "NotFoundError"
    assert "The model 'gpt-4.1' does not exist" in done.error.evalue
    assert len(gateway.requests) == 1


def test_where_neither_is_known_the_address_is_in_doubt(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.text("", 404), repeat=True)
    done = nb.run(cell(gateway))
    assert done.error.ename == "NotFoundError"
    assert "neither /responses nor /chat/completions is at" in done.error.evalue
    assert len(gateway.requests) == 2


def test_the_dialect_may_be_set_for_the_notebook(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.chat_text("Hello."), done=True), repeat=True)
    nb.check("%config ResponsesMagics.api = 'chat'")
    assert nb.run(cell(gateway)).text.startswith("Hello.")
    assert (
        nb.value(f"respmagic.respond('Go', model='m', base_url={gateway.base_url!r}).text")
        == "Hello."
    )
    assert {request.path for request in gateway.requests} == {"/v1/chat/completions"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--api chats", "(did you mean chat?)"),
        ("--api chat --extra '{\"background\": true}'", "background=True has no counterpart"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_sent(
    nb: Kernel, gateway: Gateway, line: str, said: str
):
    done = nb.run(cell(gateway, options=line))
    assert done.error.ename == "OptionError"
    assert said in done.error.evalue
    assert gateway.requests == []
    assert not [o for o in done.outputs if o.output_type == "execute_result"]


def test_options_reach_the_wire_in_chat(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.chat_text("Whole."), done=True))
    nb.run(
        cell(
            gateway,
            options="""--api chat -i "Be brief" --temperature 0.5 --max-output-tokens 50 """
            """--effort low --extra '{"top_p": 0.9, "seed": 1}'""",
        )
    )
    assert gateway.requests[0].json == {
        "model": "gpt-4.1",
        "messages": [
            {"role": "system", "content": "Be brief"},
            {"role": "user", "content": "Go"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.5,
        "max_tokens": 50,
        "reasoning_effort": "low",
        "top_p": 0.9,
        "seed": 1,
    }


def test_parallel_calls_and_reasoning_of_chat_are_shown(nb: Kernel, gateway: Gateway):
    nb.check(TOOLS)
    calls = [("math_calculator", {"operation": "add", "a": 1, "b": 2}), ("current_time", {})]
    chunks = wire.chat_calls(calls)
    thought = wire.chat_text("", reasoning="First add.")[1:-2]
    gateway.add(
        Reply.sse([chunks[0], *thought, *chunks[1:]], done=True),
        Reply.sse(wire.chat_text("<think>Fine.</think>3 at 12:00."), done=True),
    )
    done = nb.run(cell(gateway, options="r << --api chat"))
    html = done.value["text/html"]
    assert "First add." in html
    assert "Fine." in html
    assert html.index("math_calculator") < html.index("current_time") < html.index("3 at 12:00.")
    assert nb.value("r.text, r.reasoning") == "('3 at 12:00.', 'Fine.')"
    assert nb.value("[c.result for c in r.tool_calls]") == "[3.0, '12:00']"
