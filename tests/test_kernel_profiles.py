"""Gateways in a real kernel: named, listed, completed, waited for; and where keys go."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import wire
from gateway import Gateway
from kernels import PATIENCE, Kernel, kernel
from replies import Gate, Reply

pytestmark = pytest.mark.kernel

KEYS = {
    "OPENAI_API_KEY": "openai-key-0123456789",
    "MODELPORT_API_KEY": "modelport-key-0123456789",
    "JUAI_API_KEY": "juai-key-0123456789",
    "MODELVERSE_API_KEY": "modelverse-key-0123456789",
    "WORK_KEY": "work-key-0123456789",
}


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel(**KEYS) as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    """The module's kernel, with nothing of earlier tests in it."""
    running.check("%reset -f")
    running.check("%reload_ext respmagic")
    return running


def seen(nb: Kernel, msg_id: str, text: str) -> None:
    for message in nb.messages(msg_id):
        if text in str(message["content"].get("data", {}).get("text/html", "")):
            return
    raise AssertionError(f"the cell ended without showing {text!r}")


def keys_in(messages: object) -> list[str]:
    return [value for value in KEYS.values() if value in json.dumps(messages, default=str)]


# The gateways of the seed documents, asked at the loopback gateway


SEEDS = """
import respmagic

@respmagic.tool
def random_generator(min: int = 1, max: int = 100, count: int = 1) -> list[int]:
    "生成指定范围内的随机数,支持批量生成"
    return [7] * count

@respmagic.tool
def system_info() -> str:
    "获取当前系统的基本信息"
    return "Linux"

@respmagic.tool
def current_time() -> str:
    "获取当前系统时间"
    return "12:00"

@respmagic.tool
def get_horoscope(sign: str) -> str:
    "Get today's horoscope for an astrological sign."
    return f"{sign}: fine"
"""
# As 001 and 002 show it, with what matters here.
HOROSCOPE = {
    "id": "resp_68ac1558e9488190bcc2cbb94c7d7a140b8064b15a091a77",
    "object": "response",
    "created_at": 1756108120,
    "status": "completed",
    "content_filters": None,
    "error": None,
    "model": "gpt-4.1-data",
    "output": [
        {
            "id": "fc_68ac15594be88190a58217f75a6a54cc0b8064b15a091a77",
            "type": "function_call",
            "status": "completed",
            "arguments": '{"sign":"Aquarius"}',
            "call_id": "call_6kbB2GTk62PPUNdGuBJPx9KQ",
            "name": "get_horoscope",
        }
    ],
    "usage": {"input_tokens": 62, "output_tokens": 18, "total_tokens": 80},
}


@pytest.mark.parametrize("name", ["modelport", "juai"])
def test_the_documented_call_goes_out_and_comes_back(nb: Kernel, gateway: Gateway, name: str):
    nb.check(SEEDS)
    gateway.add(Reply.json(HOROSCOPE), Reply.sse(wire.text_response("Fine.")))
    options = '--tool-choice auto --extra \'{"metadata": {"model_id": "32"}}\''
    done = nb.run(
        f"%%responses r << -p {name} -m gpt-4.1 --base-url {gateway.base_url} {options}\n"
        "请同时帮我做以下几件事"
    )
    assert done.reply["status"] == "ok", done.reply
    first, second = gateway.requests
    assert (first.method, first.path) == ("POST", "/v1/responses")
    assert first.headers["authorization"] == f"Bearer {KEYS[f'{name.upper()}_API_KEY']}"
    body = first.json
    assert body["metadata"] == {"model_id": "32"}
    assert (body["model"], body["tool_choice"]) == ("gpt-4.1", "auto")
    [item] = body["input"]
    assert (item["role"], item["content"]) == ("user", "请同时帮我做以下几件事")
    flat = {"type", "name", "description", "parameters", "strict"}
    assert [set(tool) for tool in body["tools"]] == [flat] * 4
    assert second.json["input"][-1] == {
        "type": "function_call_output",
        "call_id": "call_6kbB2GTk62PPUNdGuBJPx9KQ",
        "output": "Aquarius: fine",
    }
    assert nb.value("r.text, [c.result for c in r.tool_calls], r.responses[0].model") == str(
        ("Fine.", ["Aquarius: fine"], "gpt-4.1-data")
    )
    assert keys_in(done.messages) == []


def test_the_gateway_of_another_spelling_is_asked_in_it(nb: Kernel, gateway: Gateway):
    body = {
        "id": "resp-123",
        "object": "response",
        "created": 1677652288,
        "model": "gpt-4o",
        "output": [{"type": "text", "text": "Hi!"}],
        "status": "completed",
        "usage": {"total_tokens": 20},
    }
    stream = [{"type": "response.delta", "delta": "Hi"}, {"type": "response.delta", "delta": "!"}]
    stream.append({"type": "response.done", "response": {**body, "output": []}})
    gateway.add(Reply.json(body), Reply.sse(stream))
    line = f"%%responses -p modelverse -m gpt-4o --base-url {gateway.base_url}"
    cell = f"{line} --max-output-tokens 64 --no-tools"
    for options in (" --no-stream", ""):
        assert nb.run(f"{cell}{options}\nHello! Who are you?").text.startswith("Hi!")
        assert nb.value("_response.status, _response.usage.total_tokens") == "('completed', 20)"
    asked = gateway.requests[0].json
    assert (asked["input"], asked["max_tokens"]) == ("Hello! Who are you?", 64)
    assert "max_output_tokens" not in asked
    key = KEYS["MODELVERSE_API_KEY"]
    assert {r.headers["authorization"] for r in gateway.requests} == {f"Bearer {key}"}


# Profiles in cells


def test_a_profile_may_be_set_for_the_notebook(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("One.")), Reply.sse(wire.text_response("Two.")))
    nb.check(
        "%config ResponsesMagics.profiles = "
        f"{{'work': {{'base_url': {gateway.base_url!r}, 'key_env': 'WORK_KEY', 'model': 'w1'}}}}\n"
        "%config ResponsesMagics.profile = 'work'"
    )
    assert nb.run("%%responses\nGo").text.startswith("One.")
    assert nb.value("respmagic.respond('Go', profile='work').text") == "Two."
    assert [request.json["model"] for request in gateway.requests] == ["w1", "w1"]
    sent = {request.headers["authorization"] for request in gateway.requests}
    assert sent == {f"Bearer {KEYS['WORK_KEY']}"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-p opnai", "did you mean openai?"),
        ("-p deepseek", "DEEPSEEK_API_KEY is not set"),
        ("--base-url https://api.deepseek.com", "DEEPSEEK_API_KEY is not set"),
        ("-p juai --base-url https://api.openai.com/v1", "the key of juai is not sent there"),
        ("-p azure", "set AZURE_OPENAI_ENDPOINT"),
    ],
)
def test_a_profile_that_cannot_be_asked_is_one_clear_error(nb: Kernel, line: str, said: str):
    done = nb.run(f"%%responses {line} -m m\nGo")
    assert done.error.ename == "OptionError"
    assert said in done.error.evalue
    assert len(done.error.traceback) == 1
    assert keys_in(done.messages) == []


def test_a_key_that_a_tool_or_server_shows_is_masked(nb: Kernel, gateway: Gateway):
    work = {"base_url": "http://127.0.0.1:1/v1", "key_env": "WORK_KEY"}
    nb.check(f"%config ResponsesMagics.profiles = {{'work': {work}}}")
    nb.check(
        "import os\n@respmagic.tool\ndef environment() -> dict:\n    'Look.'\n"
        "    print(os.environ['JUAI_API_KEY'])\n    return dict(os.environ)"
    )
    gateway.add(
        Reply.sse(wire.call_response([("environment", {})])),
        Reply.json({"error": {"message": f"wrong: {KEYS['WORK_KEY']}"}}, 401),
    )
    done = nb.run(f"%%responses -p modelport -m m --base-url {gateway.base_url}\nGo")
    assert done.error.ename == "AuthenticationError"
    assert "MODELPORT_API_KEY" in done.error.evalue
    assert keys_in(done.messages) == []


# Subcommands


def test_profiles_and_models_are_tables_of_the_cell(nb: Kernel, gateway: Gateway):
    gateway.route("GET", "/v1/models", Reply.json({"data": [{"id": "m-1"}, {"id": "<b>m-2"}]}))
    added = nb.check(
        f"%responses profiles add lab --base-url {gateway.base_url} --key-env WORK_KEY"
    )
    assert "c.ResponsesMagics.profiles.update({'lab'" in added.stream()
    profiles = nb.check("%responses profiles")
    assert "WORK_KEY" in profiles.text
    assert "<th>key variable</th>" in profiles.value["text/html"]
    models = nb.check("found = %responses models -p lab\nfound")
    assert "<code>&lt;b&gt;m-2</code>" in models.value["text/html"]
    assert nb.value("list(found)") == "['<b>m-2', 'm-1']"
    checked = nb.check("%responses profiles --check lab")
    assert "yes, 2 models" in checked.text
    assert keys_in([added.messages, profiles.messages, models.messages, checked.messages]) == []


def test_an_error_of_a_subcommand_is_one_line(nb: Kernel, gateway: Gateway):
    gateway.route("GET", "/v1/models", Reply.json({"detail": "Not Found"}, 404))
    done = nb.run(f"%responses models --base-url {gateway.base_url}")
    assert done.error.ename == "NotFoundError"
    assert len(done.error.traceback) == 1


def test_an_interrupt_ends_the_wait_for_a_list(nb: Kernel, gateway: Gateway):
    gate = Gate()
    gateway.route("GET", "/v1/models", Reply(before_head=gate))
    msg_id = nb.start(f"%responses models --base-url {gateway.base_url}")
    gate.reached.wait()
    nb.interrupt()
    done = nb.finish(msg_id)
    assert done.error.ename == "Interrupted"
    assert len(done.error.traceback) == 1
    assert nb.value("1 + 1") == "2"


# Tab


def completed(nb: Kernel, code: str) -> list[str]:
    reply = nb.client.complete(code, reply=True, timeout=PATIENCE)["content"]
    start = reply["cursor_start"]
    return [code[:start] + match for match in reply["matches"]]


def test_tab_in_a_notebook(nb: Kernel, gateway: Gateway):
    gateway.route("GET", "/v1/models", Reply.json(["q:8b", "q:32b"]))
    nb.check(f"%responses profiles add lab --base-url {gateway.base_url} --key-env WORK_KEY")
    nb.check("@respmagic.tool\ndef my_tool(): 'T.'")
    assert completed(nb, "%%responses --temp") == ["%%responses --temperature"]
    assert completed(nb, "%%responses -p la") == ["%%responses -p lab"]
    assert completed(nb, "%%responses -t my") == ["%%responses -t my_tool"]
    assert completed(nb, "%responses mod") == ["%responses models"]
    assert "q:8b" not in str(completed(nb, "%%responses -p lab -m q"))
    assert gateway.requests == []
    nb.check("%responses models -p lab")
    line = "%%responses -p lab -m "
    assert completed(nb, f"{line}q:") == [f"{line}q:32b", f"{line}q:8b"]
    assert len(gateway.requests) == 1
    nb.check("%unload_ext respmagic")
    assert "--temperature" not in str(completed(nb, "%%responses --temp"))
    nb.check("%load_ext respmagic")


# Waiting


def busy(seconds: str) -> Reply:
    return Reply.json({"error": {"message": "busy"}}, 429, headers={"retry-after": seconds})


def cell(gateway: Gateway, options: str = "") -> str:
    return f"%%responses {options} -m m --base-url {gateway.base_url}\nGo"


def test_the_wait_is_shown_and_an_interrupt_ends_it(nb: Kernel, gateway: Gateway):
    gateway.add(busy("100"))
    msg_id = nb.start(cell(gateway, "r <<"))
    seen(nb, msg_id, "429, trying again in 100 s, Ctrl-C to stop")
    nb.interrupt()
    done = nb.finish(msg_id)
    assert done.error.ename == "Interrupted"
    assert nb.value("r.status") == "interrupted"
    assert len(gateway.requests) == 1


def test_a_repeated_request_leaves_no_trace_in_the_saved_cell(nb: Kernel, gateway: Gateway):
    hello = Reply.sse(wire.text_response("Hello."))
    soon = Reply.json({"error": {"message": "busy"}}, 503, headers={"retry-after-ms": "1"})
    gateway.add(hello, soon, hello)
    first, second = nb.run(cell(gateway)), nb.run(cell(gateway))
    assert first.value == second.value
    assert len(gateway.requests) == 3


def test_a_wait_that_is_too_long_is_told(nb: Kernel, gateway: Gateway):
    gateway.add(busy("3600"))
    done = nb.run(cell(gateway))
    assert done.error.ename == "RateLimitError"
    assert "The server asks to wait 3,600 s" in done.error.evalue
    assert len(gateway.requests) == 1
