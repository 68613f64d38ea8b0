"""Asking before a call in a real kernel, with a front end that answers, and with none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import wire
from gateway import Gateway
from kernels import Executed, Kernel, kernel
from replies import Gate, Reply

pytestmark = pytest.mark.kernel

NOBODY = "Error: this call needs the user's approval, and nobody can answer here"

TOOLS = """
made = []
@respmagic.tool(approve="ask")
def erase(path: str, times: int = 1) -> str:
    "Erase a file."
    made.append((path, times))
    return f"erased {path}"
@respmagic.tool
def look() -> str:
    "Look."
    return "looked"
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel() as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    running.check("%reset -f")
    running.check("%reload_ext respmagic")
    running.check(TOOLS)
    return running


def cell(gateway: Gateway, options: str = "") -> str:
    return f"%%responses {options} -m m --base-url {gateway.base_url} --retries 0\nGo"


def ask_for(gateway: Gateway, *calls: wire.Call) -> None:
    """Have the model make these calls, and then say something."""
    for events in (wire.call_response(calls), wire.text_response("Done.")):
        gateway.add(Reply.sse(events))


def answered(nb: Kernel, gateway: Gateway, *lines: str, options: str = "") -> Executed:
    """Run a cell whose questions are answered so."""
    msg_id = nb.start(cell(gateway, options))
    nb.answer(*lines)
    return nb.finish(msg_id)


def told(gateway: Gateway) -> list[str]:
    """The outputs that the model was given last."""
    items = gateway.requests[-1].json["input"]
    return [item["output"] for item in items if item["type"] == "function_call_output"]


def test_yes_runs_the_call(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a.txt", "times": 2}))
    msg_id = nb.start(cell(gateway))
    [prompt] = nb.answer("y")
    done = nb.finish(msg_id)
    assert prompt.startswith(
        'The model wants to run erase:\n    path = "a.txt"\n    times = 2\ny = yes, n = no'
    )
    assert told(gateway) == ["erased a.txt"]
    assert nb.value("made") == "[('a.txt', 2)]"
    assert [o.output_type for o in done.outputs] == ["execute_result"]


def test_the_card_says_that_the_question_waits(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a.txt"}))
    msg_id = nb.start(cell(gateway))
    nb.answer("y")
    assert any("may it run?" in html for html in nb.finish(msg_id).painted())


def test_no_tells_the_model_the_reason(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a.txt"}))
    done = answered(nb, gateway, "n", "that file is needed")
    assert told(gateway) == [
        "Error: the user did not allow this call. They say: that file is needed"
    ]
    assert "denied: the user did not allow this call. They say: that file is needed" in done.text
    assert nb.value("made, _response.tool_calls[0].status, _response.status") == (
        "([], 'denied', 'completed')"
    )
    assert nb.value("type(_response.tool_calls[0].error).__name__") == "CallDenied"


@pytest.mark.parametrize(
    ("lines", "output"),
    [
        (["n use the bin"], "Error: the user did not allow this call. They say: use the bin"),
        (["No, use the bin"], "Error: the user did not allow this call. They say: use the bin"),
        (["n", ""], "Error: the user did not allow this call."),
        (["what?", "", "YES"], "erased a.txt"),
        (["maybe"] * 10, "Error: the user did not allow this call. They say: no clear answer"),
    ],
)
def test_an_answer_may_be_short_long_or_unclear(
    nb: Kernel, gateway: Gateway, lines: list[str], output: str
):
    ask_for(gateway, ("erase", {"path": "a.txt"}))
    answered(nb, gateway, *lines)
    assert told(gateway) == [output]


def test_always_holds_for_this_function_and_no_other(nb: Kernel, gateway: Gateway):
    nb.check("@respmagic.tool(approve='ask')\ndef burn():\n    'Burn.'\n    return 'burnt'")
    erase = ("erase", {"path": "a"})
    ask_for(gateway, erase)
    answered(nb, gateway, "a")
    ask_for(gateway, erase, ("burn", {}))
    answered(nb, gateway, "n no fire")  # the one question is about burn
    assert told(gateway) == [
        "erased a",
        "Error: the user did not allow this call. They say: no fire",
    ]
    ask_for(gateway, ("burn", {}), ("burn", {}), ("burn", {}))
    answered(nb, gateway, "n no fire", "a")  # the third waits already
    assert told(gateway)[1:] == ["burnt", "burnt"]
    nb.check(TOOLS)  # defined again it is another function
    ask_for(gateway, erase)
    answered(nb, gateway, "n not any more")
    assert told(gateway) == ["Error: the user did not allow this call. They say: not any more"]


def test_edited_arguments_are_checked_and_run_and_the_model_is_told(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a.txt", "times": 2}))
    msg_id = nb.start(cell(gateway))
    prompts = nb.answer(
        "e", '{"path": "b.txt"', '{"path": "b.txt", "times": "x"}', '{"path": "b.txt", "times": 3}'
    )
    done = nb.finish(msg_id)
    assert prompts[1].startswith('The arguments: {"path": "a.txt", "times": 2}')
    assert "not JSON" in prompts[2]
    assert "times: Input should be a valid integer" in prompts[3]
    assert nb.value("made") == "[('b.txt', 3)]"
    assert told(gateway) == [
        '(The user changed the arguments to {"path": "b.txt", "times": 3})\nerased b.txt'
    ]
    assert "arguments, changed by the user" in done.value["text/html"]


def test_editing_may_be_left_again(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a.txt"}))
    answered(nb, gateway, "e", "", "y")
    assert told(gateway) == ["erased a.txt"]


def test_a_masked_secret_survives_the_editing(nb: Kernel, gateway: Gateway):
    key = "sk-" + "abcdefghij0123456789"
    ask_for(gateway, ("erase", {"path": key, "times": 2}))
    msg_id = nb.start(cell(gateway))
    prompts = nb.answer("e", '{"path": "•••", "times": 3}')
    nb.finish(msg_id)
    assert key not in "".join(prompts)
    assert "•••" in prompts[0]
    assert nb.value(f"made == [({key!r}, 3)]") == "True"


def test_no_text_of_the_model_passes_for_a_part_of_the_question(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a\n    times = 0\x1b[2K\u202egpj.txt"}))
    msg_id = nb.start(cell(gateway))
    [prompt] = nb.answer("y")
    nb.finish(msg_id)
    assert prompt.splitlines()[1] == r'    path = "a\n    times = 0\u001b[2K\u202egpj.txt"'
    assert len(prompt.splitlines()) == 3


def test_several_questions_come_in_order_while_other_calls_run(nb: Kernel, gateway: Gateway):
    looked = Gate()
    gateway.route("GET", "/looked", Reply.json({}, before_head=looked))
    nb.check(
        f"""
import urllib.request
@respmagic.tool
def look():
    "Look."
    return urllib.request.urlopen({gateway.origin + "/looked"!r}).status
"""
    )
    ask_for(gateway, ("erase", {"path": "1"}), ("look", {}), ("erase", {"path": "2"}))
    msg_id = nb.start(cell(gateway))
    first = nb.asked()
    looked.reached.wait()  # with the first question still open
    looked.open()
    nb.client.input("y")
    [second] = nb.answer("n 2 stays")
    nb.finish(msg_id)
    assert ('path = "1"' in first, 'path = "2"' in second) == (True, True)
    assert told(gateway) == [
        "erased 1",
        "200",
        "Error: the user did not allow this call. They say: 2 stays",
    ]


def test_ctrl_c_at_the_question_ends_the_run_and_keeps_the_result(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a"}), ("erase", {"path": "b"}))
    msg_id = nb.start(cell(gateway, "kept <<"))
    nb.asked()
    nb.interrupt()
    done = nb.finish(msg_id)
    assert done.error.ename == "Interrupted"
    assert nb.value("made, [c.status for c in kept.tool_calls], kept.status") == (
        "([], ['cancelled', 'cancelled'], 'interrupted')"
    )


def test_without_stdin_ask_means_no_and_the_card_says_so(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a"}), ("look", {}))
    done = nb.run(cell(gateway), stdin=False)
    assert told(gateway) == [NOBODY, "looked"]
    assert 'erase(path="a") → denied: this call needs the user\'s approval' in done.text
    assert done.reply["status"] == "ok"
    assert nb.value("made") == "[]"


@pytest.mark.parametrize(("options", "output"), [("--approve allow", "erased a"), ("", NOBODY)])
def test_the_cell_may_allow_what_a_tool_asks_for(
    nb: Kernel, gateway: Gateway, options: str, output: str
):
    ask_for(gateway, ("erase", {"path": "a"}))
    nb.run(cell(gateway, options), stdin=False)
    assert told(gateway) == [output]


def test_a_cell_and_the_settings_may_ask_for_every_call(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("look", {}))
    answered(nb, gateway, "y", options="--approve ask")
    assert told(gateway) == ["looked"]
    nb.check('%config ResponsesMagics.approve = "ask"')
    ask_for(gateway, ("look", {}))
    msg_id = nb.start(cell(gateway))
    assert nb.answer("n") == ["The model wants to run look without arguments.\n" + CHOICES]
    nb.answer("")
    nb.finish(msg_id)
    assert told(gateway) == ["Error: the user did not allow this call."]
    nb.check('%config ResponsesMagics.approve = "allow"')


CHOICES = (
    "y = yes, n = no, a = always (this function, until the kernel ends), e = edit the arguments: "
)


def test_an_async_cell_is_asked_too(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a"}))
    call = f"respmagic.arespond('Go', model='m', base_url={gateway.base_url!r})"
    msg_id = nb.start(f"r = await {call}")
    nb.answer("y")
    nb.finish(msg_id)
    assert told(gateway) == ["erased a"]


def test_ctrl_c_at_the_question_of_an_async_cell_ends_the_cell(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a"}))
    call = f"respmagic.arespond('Go', model='m', base_url={gateway.base_url!r})"
    msg_id = nb.start(f"r = await {call}")
    nb.asked()
    nb.interrupt()
    assert nb.finish(msg_id).reply["status"] == "error"
    assert nb.value("made") == "[]"


def test_a_thread_of_the_users_cannot_ask(nb: Kernel, gateway: Gateway):
    ask_for(gateway, ("erase", {"path": "a"}))
    nb.check(
        f"""
import threading
def work():
    respmagic.respond('Go', model='m', base_url={gateway.base_url!r})
thread = threading.Thread(target=work); thread.start(); thread.join()
"""
    )
    assert told(gateway) == [NOBODY]


def test_a_run_inside_a_tool_asks_through_the_cell(nb: Kernel, gateway: Gateway):
    nb.check(
        f"""
@respmagic.tool
def inner() -> str:
    "Ask again."
    return respmagic.respond('Go', model='m', tools=[erase], base_url={gateway.base_url!r}).text
"""
    )
    gateway.add(Reply.sse(wire.call_response([("inner", {})])))
    ask_for(gateway, ("erase", {"path": "a"}))
    gateway.add(Reply.sse(wire.text_response("Outer.")))
    done = answered(nb, gateway, "y")
    assert done.text.endswith("tools: erase, look, inner]")
    assert nb.value("made, _response.text") == "([('a', 1)], 'Outer.')"
