"""The main job in a real kernel: a cell asks, tools run, the notebook keeps the result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import wire
from gateway import Gateway
from kernels import Kernel, kernel
from replies import Gate, Reply

pytestmark = pytest.mark.kernel

KEY = "sk-" + "abcdefghij0123456789"


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel(OPENAI_API_KEY=KEY) as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    """The module's kernel, with nothing of earlier tests in it."""
    running.check("%reset -f")
    running.check("%reload_ext respmagic")
    return running


def cell(gateway: Gateway, prompt: str = "Go", options: str = "") -> str:
    return f"%%responses {options} -m gpt-test --base-url {gateway.base_url} --retries 0\n{prompt}"


def answers(gateway: Gateway, *streams: list[wire.Event]) -> None:
    gateway.add(*(Reply.sse(stream, framing="chunked") for stream in streams))


def seen(nb: Kernel, msg_id: str, text: str) -> None:
    """Wait until the running cell has painted `text`."""
    for message in nb.messages(msg_id):
        if text in str(message["content"].get("data", {}).get("text/html", "")):
            return
    raise AssertionError(f"the cell ended without showing {text!r}")


def test_one_result_is_the_value_of_the_cell_and_of_all_its_names(nb: Kernel, gateway: Gateway):
    answers(gateway, wire.text_response("Hello **you**."))
    done = nb.run(cell(gateway, options="answer <<"))
    assert done.reply["status"] == "ok"
    assert [o.output_type for o in done.outputs] == ["execute_result"]
    assert set(done.value) == {"text/html", "text/plain"}
    assert "<strong>you</strong>" in done.value["text/html"]
    assert done.text.startswith("Hello **you**.\n\n[gpt-test · ")
    count = done.reply["execution_count"]
    assert nb.value(f"answer is _response is Out[{count}]") == "True"
    nb.run("answer")
    assert nb.value("answer.text, answer.status, answer.usage.total_tokens > 0") == (
        "('Hello **you**.', 'completed', True)"
    )


def test_the_calls_of_one_response_run_all_at_once_each_with_its_own_output(
    nb: Kernel, gateway: Gateway
):
    nb.check(
        """
import threading
barrier = threading.Barrier(4)

@respmagic.tool
def work(n: int) -> dict:
    "Work."
    print("begin", n)
    barrier.wait(30)  # passes only if all four are here
    print("end", n)
    return {"n": n, "squared": n * n}
"""
    )
    calls = [("work", {"n": n}) for n in range(4)]
    answers(gateway, wire.call_response(calls), wire.text_response("Done."))
    done = nb.run(cell(gateway, options="r <<"))
    assert done.reply["status"] == "ok"
    assert nb.value("[c.stdout for c in r.tool_calls]") == str(
        [f"begin {n}\nend {n}\n" for n in range(4)]
    )
    assert nb.value("[c.result['squared'] for c in r.tool_calls]") == "[0, 1, 4, 9]"
    assert done.stream() == ""
    outputs = [i for i in gateway.requests[1].json["input"] if i["type"] == "function_call_output"]
    assert [output["output"] for output in outputs][:2] == [
        '{"n":0,"squared":0}',
        '{"n":1,"squared":1}',
    ]


def test_result_holds_the_live_python_object(nb: Kernel, gateway: Gateway):
    nb.check("class Thing: pass\nthing = Thing()\n@respmagic.tool\ndef give():\n    return thing")
    answers(gateway, wire.call_response([("give", {})]), wire.text_response("There."))
    nb.run(cell(gateway))
    assert nb.value("_response.tool_calls[0].result is thing") == "True"


def test_the_last_line_names_the_marked_functions_that_are_bound_now(nb: Kernel, gateway: Gateway):
    nb.check(
        "@respmagic.tool\ndef one(): 'One.'\n@respmagic.tool\ndef two(): 'Two.'\n"
        "def plain(): 'Plain.'\ndel two"
    )
    answers(
        gateway, wire.text_response("Hi."), wire.text_response("Hi."), wire.text_response("Hi.")
    )
    assert nb.run(cell(gateway)).text.endswith("tools: one]")
    assert nb.run(cell(gateway, options="--tools plain")).text.endswith("tools: plain]")
    assert nb.run(cell(gateway, options="--no-tools")).text.endswith("no tools]")
    assert [t["name"] for t in gateway.requests[0].json["tools"]] == ["one"]
    assert "tools" not in gateway.requests[2].json


def test_the_first_words_wait_for_no_painting_before_them(nb: Kernel, gateway: Gateway):
    begun, after = Gate(), Gate()
    events = wire.text_response("First words.")
    gateway.add(Reply.sse([*events[:3], begun, *events[3:6], after], framing="chunked", hang=True))
    nb.check("from respmagic import _pump; usual, _pump.PAINT_INTERVAL = _pump.PAINT_INTERVAL, 1e4")
    msg_id = nb.start(cell(gateway))
    messages = nb.messages(msg_id)
    assert "gpt-test" in str(next(m for m in messages if m["msg_type"] == "display_data"))
    begun.open()
    assert any("First" in str(message["content"]) for message in messages)
    nb.interrupt()
    nb.finish(msg_id)
    nb.check("_pump.PAINT_INTERVAL = usual")


def test_a_streaming_answer_is_painted_block_by_block_and_then_replaced(
    nb: Kernel, gateway: Gateway
):
    gate = Gate()
    events = wire.text_response("First paragraph.\n\nSecond paragraph.")
    half = len(events) // 2 + 1
    gateway.add(Reply.sse([*events[:half], gate, *events[half:]], framing="chunked"))
    msg_id = nb.start(cell(gateway))
    gate.reached.wait()
    seen(nb, msg_id, "First")
    gate.open()
    done = nb.finish(msg_id)
    assert [o.output_type for o in done.outputs] == ["execute_result"]
    assert "Second paragraph." in done.text


def test_an_interrupt_in_mid_stream_keeps_the_partial_answer(nb: Kernel, gateway: Gateway):
    gate = Gate()
    events = wire.text_response("Partial answer that goes on.")
    gateway.add(Reply.sse([*events[:6], gate, *events[6:]], framing="chunked"))
    msg_id = nb.start(cell(gateway, options="kept <<"))
    gate.reached.wait()
    seen(nb, msg_id, "Partial")
    nb.interrupt()
    done = nb.finish(msg_id)
    assert done.reply["status"] == "error"
    assert done.error.ename == "Interrupted"
    assert done.error.traceback == [f"Interrupted: {done.error.evalue}"]
    assert done.text.startswith("Partial answer\n\n[gpt-test · interrupted")
    gateway.disconnected.wait()  # the server was told, so it can stop
    assert nb.value("kept is _response, kept.status, kept.text") == str(
        (True, "interrupted", "Partial answer")
    )
    answers(gateway, wire.text_response("Next."))
    assert nb.run(cell(gateway)).text.startswith("Next.")


@pytest.mark.parametrize("presses", [1, 2])
@pytest.mark.parametrize(
    "tool",
    [
        "def slow():\n    'Slow.'\n    print('begun', flush=True)\n    time.sleep(600)",
        "def slow():\n    'Slow.'\n    print('begun', flush=True)\n    while True: pass",
        "async def slow():\n    'Slow.'\n    print('begun')\n    await asyncio.sleep(600)",
        "@respmagic.tool(thread=False)\ndef slow():\n    'Slow.'\n    time.sleep(600)",
    ],
    ids=["sleeping thread", "spinning thread", "async", "main thread"],
)
def test_an_interrupt_in_mid_tool_ends_it_and_the_next_cell_works(
    nb: Kernel, gateway: Gateway, tool: str, presses: int
):
    mark = "" if tool.startswith("@") else "@respmagic.tool\n"
    nb.check(
        "import asyncio, time\n"
        "@respmagic.tool\ndef quick():\n    'Quick.'\n    return 'quick done'\n" + mark + tool
    )
    answers(
        gateway,
        wire.call_response([("quick", {})], id="resp_1"),
        wire.call_response([("slow", {})], text="Working.", id="resp_2"),
    )
    msg_id = nb.start(cell(gateway, options="kept <<"))
    seen(nb, msg_id, "slow()</code> → running")
    for _ in range(presses):
        nb.interrupt()
    done = nb.finish(msg_id)
    assert done.error.ename == "Interrupted"
    assert nb.value("kept.text, [(c.name, c.status) for c in kept.tool_calls]") == str(
        ("Working.", [("quick", "done"), ("slow", "cancelled")])
    )
    answers(gateway, wire.text_response("Next."))
    assert nb.run(cell(gateway)).text.startswith("Next.")


def test_a_failed_request_raises_one_line_with_the_next_step_and_binds_the_result(
    nb: Kernel, gateway: Gateway
):
    gateway.add(
        Reply.json({"error": {"message": f"Bad key {KEY}", "code": "invalid_api_key"}}, 401)
    )
    done = nb.run(cell(gateway, options="r <<"))
    assert done.reply["status"] == "error"
    assert done.error.ename == "AuthenticationError"
    [line] = done.error.traceback
    assert line.startswith("AuthenticationError: HTTP 401, the key was refused: Bad key")
    assert "Check the key" in line
    assert KEY not in str(done.messages)
    assert nb.value("r is _response, r.status, type(r.error).__name__") == (
        "(True, 'failed', 'AuthenticationError')"
    )


def test_a_broken_stream_shows_what_came_and_runs_no_tool(nb: Kernel, gateway: Gateway):
    nb.check("ran = []\n@respmagic.tool\ndef act():\n    'Act.'\n    ran.append(1)")
    events = wire.call_response([("act", {})], text="Before the break.")
    gateway.add(Reply.sse(events[:-1], framing="chunked"))
    done = nb.run(cell(gateway, options="r <<"))
    assert done.error.ename == "TruncatedError"
    assert done.text.startswith("Before the break.")
    assert "truncated" in done.text
    assert nb.value("ran, r.status, r.text") == "([], 'truncated', 'Before the break.')"


def test_a_tool_loop_past_max_turns_ends_with_what_there_is(nb: Kernel, gateway: Gateway):
    nb.check("@respmagic.tool\ndef more():\n    'More.'\n    return 'again'")
    answers(gateway, *(wire.call_response([("more", {})], id=f"resp_{n}") for n in range(2)))
    done = nb.run(cell(gateway, options="--max-turns 2"))
    assert done.error.ename == "MaxTurnsExceeded"
    assert "--max-turns" in done.error.evalue
    assert nb.value("len(_response.tool_calls), len(_response.responses)") == "(1, 2)"


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("--temprature 1", "OptionError", "did you mean --temperature?"),
        ("--tools nothing_like_it", "UnknownToolError", "no function called 'nothing_like_it'"),
        ("--api-key x", "OptionError", "a key does not belong on this line"),
        ("2x <<", "OptionError", "not a variable's name"),
        ("--extra {", "OptionError", "--extra"),
        ("--max-turns 0", "OptionError", "1 or more"),
        ("what is it?", "OptionError", "the prompt goes below the line"),
        ("--timeout 0", "OptionError", "more than 0"),
    ],
)
def test_a_bad_line_is_one_clear_error_and_nothing_is_sent(
    nb: Kernel, gateway: Gateway, line: str, name: str, said: str
):
    done = nb.run(f"%%responses {line} -m m --base-url {gateway.base_url}\nGo")
    assert done.error.ename == name
    assert said in done.error.evalue
    assert len(done.error.traceback) == 1
    assert gateway.requests == []


def test_refused_connections_are_told_as_such(nb: Kernel):
    with Gateway() as gone:
        pass
    done = nb.run(cell(gone))
    assert done.error.ename == "ConnectionFailed"
    assert "Is the server running" in done.error.evalue


def test_where_nobody_can_answer_a_cell_only_returns_its_value(nb: Kernel, gateway: Gateway):
    nb.check("@respmagic.tool\ndef hi():\n    'Hi.'\n    print('printed')\n    return 1")
    answers(gateway, wire.call_response([("hi", {})]), wire.text_response("Fine."))
    done = nb.finish(nb.start(cell(gateway), stdin=False))
    assert [m["msg_type"] for m in done.messages] == ["execute_input", "execute_result"]


def test_called_from_code_or_captured_it_clears_nothing(nb: Kernel, gateway: Gateway):
    answers(gateway, *(wire.text_response(f"No {n}.") for n in range(3)))
    line = f"-m m --base-url {gateway.base_url}"
    done = nb.check(
        f"print('before')\nfor n in range(2):\n"
        f"    print(get_ipython().run_cell_magic('responses', {line!r}, 'Go').text)"
    )
    assert done.stream() == "before\nNo 0.\nNo 1.\n"
    assert not [m for m in done.messages if m["msg_type"] == "clear_output"]
    nb.check(f"%%capture caught\n%%responses {line}\nGo")
    assert nb.value("repr(caught.stdout), len(caught.outputs)") == "(\"''\", 1)"


def test_what_others_print_meanwhile_is_printed_again(nb: Kernel, gateway: Gateway):
    nb.check(
        """
import threading, warnings, sys
from IPython.display import display
@respmagic.tool
def noisy():
    "Noisy."
    def shout():
        print("from a thread of its own")
        print("to stderr", file=sys.stderr)
    thread = threading.Thread(target=shout); thread.start(); thread.join()
"""
    )
    gate = Gate()
    gateway.add(
        Reply.sse(wire.call_response([("noisy", {})])),
        Reply.sse([gate, *wire.text_response("Fine.")], framing="chunked"),
    )
    msg_id = nb.start(cell(gateway))
    seen(nb, msg_id, "noisy()")
    gate.open()
    done = nb.finish(msg_id)
    assert any(m["msg_type"] == "clear_output" for m in done.messages)
    assert done.stream() == "from a thread of its own\n"
    assert done.stream("stderr") == "to stderr\n"
    assert done.outputs[-1].output_type == "execute_result"


def test_quiet_shows_nothing_and_binds(nb: Kernel, gateway: Gateway):
    answers(gateway, wire.text_response("Silent."))
    done = nb.run(cell(gateway, options="-q -o r"))
    assert done.outputs == []
    assert nb.value("r.text, _response is r") == "('Silent.', True)"


def test_options_reach_the_wire(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.json(wire.as_body(wire.text_response("Whole."))))
    nb.run(
        cell(
            gateway,
            options="""--no-stream -i "Be brief" --temperature 0.5 --max-output-tokens 50 """
            """--effort low --tool-choice none --extra '{"top_p": 0.9, "metadata": {"a": "b"}}'""",
        )
    )
    body = gateway.requests[0].json
    assert body == {
        "model": "gpt-test",
        "input": [{"type": "message", "role": "user", "content": "Go"}],
        "store": False,
        "instructions": "Be brief",
        "temperature": 0.5,
        "max_output_tokens": 50,
        "reasoning": {"effort": "low"},
        "tool_choice": "none",
        "top_p": 0.9,
        "metadata": {"a": "b"},
    }
    assert gateway.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert "Whole." in nb.value("_response.text")


def test_settings_hold_for_cells_and_for_python_calls(nb: Kernel, gateway: Gateway):
    nb.check(
        f"%config ResponsesMagics.base_url = {gateway.base_url!r}\n"
        "%config ResponsesMagics.model = 'configured'"
    )
    answers(gateway, wire.text_response("One."), wire.text_response("Two."))
    assert nb.run("%%responses\nGo").reply["status"] == "ok"
    assert nb.value("respmagic.respond('Go').text") == "Two."
    assert [r.json["model"] for r in gateway.requests] == ["configured", "configured"]


def test_unloading_takes_everything_away_and_reloading_works_twice(nb: Kernel):
    nb.check("%reload_ext respmagic\n%reload_ext respmagic")
    assert "ResponsesMagics" in nb.check("%config").stream()
    nb.check("%unload_ext respmagic")
    assert nb.run("%%responses\nHi").reply["status"] == "error"
    assert "ResponsesMagics" not in nb.check("%config").stream()
    assert nb.run("respmagic").error.ename == "NameError"
    nb.check("%load_ext respmagic")
    assert nb.run("%responses help").stream().startswith("%%responses")


def test_even_a_fault_of_our_own_leaves_the_result(nb: Kernel, gateway: Gateway):
    nb.check(
        "from respmagic._renderers.blocks import Blocks\nkept = Blocks.paint\n"
        "def broken(self, run): raise RuntimeError('a fault while painting')\nBlocks.paint = broken"
    )
    gate = Gate()
    events = wire.text_response("Came before.")
    gateway.add(Reply.sse([*events[:6], gate], framing="chunked", hang=True))
    done = nb.run(cell(gateway, options="r <<"))
    nb.check("Blocks.paint = kept")
    assert done.error.ename == "RuntimeError"
    assert nb.value("r is _response, type(r.error).__name__") == "(True, 'RuntimeError')"


def test_a_cell_that_the_front_end_names_replaces_its_own_turns(nb: Kernel, gateway: Gateway):
    answers(gateway, *(wire.text_response(text) for text in ("One.", "Two.", "New.", "Newer.")))

    def run(prompt: str, name: str | None) -> str:
        return nb.finish(nb.start(cell(gateway, prompt, "-c"), cell=name)).text

    assert run("1", "first").endswith("conversation main, turn 1]")
    assert run("2", "second").endswith("conversation main, turn 2]")
    again = run("new", "first")
    assert again.endswith("conversation main, turn 1 · what it replaces is kept as main-1]")
    assert [item["content"] for item in gateway.requests[-1].json["input"]] == ["new"]
    assert run("newer", None).endswith("conversation main, turn 2]")


def test_a_retry_is_painted_and_left_like_a_cell(nb: Kernel, gateway: Gateway):
    gate = Gate()
    events = wire.text_response("Two **three**.")
    answers(gateway, wire.text_response("One."), [*events[:5], gate, *events[5:]])
    nb.check(cell(gateway, "1", "-c"))
    running = nb.start("%responses retry")
    seen(nb, running, "Two")
    gate.open()
    done = nb.finish(running)
    assert [o.output_type for o in done.outputs] == ["execute_result"]
    assert done.text.startswith("Two **three**.\n\n[gpt-test")
    assert nb.value("_response.text, _response is _") == "('Two **three**.', True)"


def test_the_stop_button_leaves_a_job_at_the_server(nb: Kernel, gateway: Gateway):
    events = wire.text_response("One two.", background=True)
    head = next(n for n, e in enumerate(events, 1) if e["type"].endswith("text.delta"))
    gateway.add(Reply.sse(events[:head], hang=True), Reply.sse(events[head:]))
    running = nb.start(cell(gateway, options="--background"))
    seen(nb, running, "One")
    nb.interrupt()
    stopped = nb.finish(running)
    assert "stopped waiting; the server goes on" in stopped.error.evalue
    assert stopped.text.startswith("One\n\n[gpt-test · interrupted")
    resumed = nb.run("%responses jobs resume resp_1")
    assert resumed.text.startswith("One two.\n\n[gpt-test · 10 + 5 tokens")
    assert gateway.requests[-1].query == f"stream=true&starting_after={head - 1}"
