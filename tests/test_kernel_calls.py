"""Calls in a real kernel: progress, pictures, and the stop button while they run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import wire
from gateway import Gateway
from kernels import Executed, Kernel, kernel
from replies import Gate, Reply

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel() as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    running.check("%reset -f")
    running.check("%reload_ext respmagic")
    return running


@pytest.fixture
def door(gateway: Gateway) -> Gate:
    """Where a tool stands that asks for `pause()`; the test sees it come and lets it go on."""
    gate = Gate()
    gateway.route("GET", "/door", Reply.json({}, before_head=gate))
    return gate


def pause(gateway: Gateway) -> str:
    return f"""
import urllib.request
def pause():
    urllib.request.urlopen({gateway.origin + "/door"!r}).close()
"""


def cell(gateway: Gateway, options: str = "") -> str:
    return f"%%responses {options} -m m --base-url {gateway.base_url} --retries 0\nGo"


def ask_for(gateway: Gateway, *calls: wire.Call) -> None:
    """Have the model make these calls, and then say something."""
    for events in (wire.call_response(calls), wire.text_response("Done.")):
        gateway.add(Reply.sse(events))


def shown(nb: Kernel, msg_id: str, text: str) -> None:
    """Wait until the running cell has painted `text`."""
    for message in nb.messages(msg_id):
        if text in str(message["content"].get("data", {}).get("text/html", "")):
            return
    raise AssertionError(f"the cell ended without showing {text!r}")


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_what_a_generator_yields_is_shown_as_progress(
    nb: Kernel, gateway: Gateway, door: Gate, kind: str
):
    nb.check(pause(gateway))
    wait = "await asyncio.to_thread(pause)" if kind == "async def" else "pause()"
    nb.check(
        f"import asyncio\n@respmagic.tool\n{kind} steps():\n    'Go.'\n"
        f"    yield '<b>1 of 2</b>'\n    {wait}\n    yield 'all done'"
    )
    ask_for(gateway, ("steps", {}))
    msg_id = nb.start(cell(gateway))
    shown(nb, msg_id, "running… &lt;b&gt;1 of 2&lt;/b&gt;")
    door.open()
    done = nb.finish(msg_id)
    assert "steps() → all done" in done.text
    assert "1 of 2" not in done.value["text/html"]


DRAWING = """
%matplotlib inline
import sqlite3
import matplotlib.pyplot as plt
db = sqlite3.connect(":memory:")
@respmagic.tool
def draw(title: str):
    "Draw."
    plt.plot([1, 2]); plt.title(title)
    print("drawn", plt.gca().get_title(), len(plt.get_fignums()))
@respmagic.tool
def total() -> int:
    "Sum."
    return db.execute("select 1 + 2").fetchone()[0]
@respmagic.tool
def count(name: str) -> str:
    "Count."
    import time
    for n in range(50):
        print(name, n)
        time.sleep(0)
    return name
"""


def pictures(done: Executed) -> int:
    return done.value["text/html"].count('<img src="data:image/png;base64,')


def test_a_tool_that_draws_and_one_that_reads_a_connection_need_no_option(
    nb: Kernel, gateway: Gateway
):
    nb.check(DRAWING)
    ask_for(gateway, ("draw", {"title": "alone"}))
    assert pictures(nb.run(cell(gateway))) == 1
    ask_for(gateway, ("total", {}))
    nb.run(cell(gateway))
    assert nb.value("_response.tool_calls[0].result") == "3"
    ask_for(
        gateway,
        ("count", {"name": "a"}),
        ("draw", {"title": "beside"}),
        ("total", {}),
        ("count", {"name": "b"}),
    )
    done = nb.run(cell(gateway))
    assert pictures(done) == 1
    assert nb.value("[c.result for c in _response.tool_calls]") == "['a', None, 3, 'b']"
    assert done.stream() == ""


def test_two_tools_that_print_at_once_have_each_their_own_lines(nb: Kernel, gateway: Gateway):
    nb.check(DRAWING)
    ask_for(gateway, ("count", {"name": "a"}), ("count", {"name": "b"}))
    done = nb.run(cell(gateway))
    for number, name in enumerate("ab"):
        lines = "".join(f"{name} {n}\n" for n in range(50))
        assert nb.value(f"_response.tool_calls[{number}].stdout") == lines
        assert lines in done.value["text/html"]


def test_two_tools_that_draw_in_one_response_give_two_right_pictures(nb: Kernel, gateway: Gateway):
    nb.check(DRAWING)
    ask_for(gateway, ("draw", {"title": "p"}), ("draw", {"title": "q"}))
    done = nb.run(cell(gateway))
    assert nb.value("[c.stdout for c in _response.tool_calls]") == (
        r"['drawn p 1\n', 'drawn q 1\n']"
    )
    assert pictures(done) == 2
    assert nb.value("len({str(c.card.outputs[-1].data) for c in _response.tool_calls})") == "2"
    assert nb.value("[c.remarks for c in _response.tool_calls], plt.get_fignums()") == (
        "([[], []], [])"
    )


def test_forced_into_threads_drawing_tools_name_the_remedy(nb: Kernel, gateway: Gateway):
    nb.check(DRAWING)
    nb.check(
        """
import threading
both = threading.Barrier(2)
@respmagic.tool(thread=True)
def forced(title: str):
    "Draw."
    plt.plot([1, 2]); plt.title(title); both.wait(30)
@respmagic.tool(thread=True)
def read():
    "Read."
    return db.execute("select 1").fetchone()
"""
    )
    ask_for(gateway, ("forced", {"title": "p"}), ("forced", {"title": "q"}), ("read", {}))
    done = nb.run(cell(gateway))
    assert [o.output_type for o in done.outputs] == ["execute_result"]
    assert done.value["text/html"].count("@respmagic.tool(thread=False)") == 3
    assert "another call drew with pyplot at the same time" in done.text


def test_a_tool_whose_drawing_is_not_seen_beforehand_is_right_alone(nb: Kernel, gateway: Gateway):
    nb.check(DRAWING)
    nb.check(
        "library = vars()\n@respmagic.tool\ndef hidden():\n    'Draw.'\n"
        "    library['pl' + 't'].plot([1, 2])"
    )
    ask_for(gateway, ("hidden", {}))
    done = nb.run(cell(gateway))
    assert pictures(done) == 1
    assert [o.output_type for o in done.outputs] == ["execute_result"]


# The stop button


TOOLS = """
import asyncio, threading, time
begun = []
ended = []
@respmagic.tool
def swallows():
    "Swallow what is raised."
    begun.append(threading.current_thread())
    while True:
        try:
            int("x")
        except Exception:
            continue
@respmagic.tool
def sleeps():
    "Sleep."
    time.sleep(600)
@respmagic.tool
async def waits():
    "Wait."
    try:
        await asyncio.sleep(600)
    finally:
        ended.append("waits")
@respmagic.tool
async def stubborn():
    "Wait, whatever is said."
    try:
        await asyncio.sleep(600)
    except asyncio.CancelledError:
        await asyncio.sleep(600)
@respmagic.tool
def quick():
    "Be quick."
    return "quick"
@respmagic.tool
def stands():
    "Say that it runs, and wait."
    pause()
@respmagic.tool(thread=False)
def on_main():
    "Run on the main thread."
    pause()
"""


def stop_while_running(nb: Kernel, gateway: Gateway, door: Gate, *names: str) -> Executed:
    nb.check(pause(gateway))
    nb.check(TOOLS)
    gateway.add(Reply.sse(wire.call_response([(name, {}) for name in names])))
    msg_id = nb.start(cell(gateway, "kept <<"))
    door.reached.wait()
    nb.interrupt()
    return nb.finish(msg_id)


def test_stopping_ends_the_wait_and_each_unfinished_call_is_cancelled(
    nb: Kernel, gateway: Gateway, door: Gate
):
    names = ("swallows", "sleeps", "waits", "stubborn", "stands")
    done = stop_while_running(nb, gateway, door, *names)
    assert done.error.ename == "Interrupted"
    assert nb.value("{c.status for c in kept.tool_calls}, {c.output for c in kept.tool_calls}") == (
        "({'cancelled'}, {'The call was cancelled by the user.'})"
    )
    assert done.text.count("→ cancelled") == 5
    assert nb.value("begun[0].join(30) or begun[0].is_alive()") == "False"
    assert nb.value("ended") == "['waits']"
    # The next cell finds the same loop and runs its tools.
    ask_for(gateway, ("quick", {}))
    assert "quick() → quick" in nb.run(cell(gateway)).text


def test_what_was_done_before_the_stop_stays(nb: Kernel, gateway: Gateway, door: Gate):
    stop_while_running(nb, gateway, door, "quick", "on_main")
    assert nb.value("[(c.status, c.result) for c in kept.tool_calls]") == (
        "[('done', 'quick'), ('cancelled', None)]"
    )


def test_a_tool_on_the_main_thread_is_stopped_itself(nb: Kernel, gateway: Gateway, door: Gate):
    done = stop_while_running(nb, gateway, door, "on_main", "sleeps", "waits")
    assert done.error.ename == "Interrupted"
    assert nb.value("[c.status for c in kept.tool_calls]") == (
        "['cancelled', 'cancelled', 'cancelled']"
    )


def test_calls_that_wait_for_their_turn_are_cancelled_and_never_run(
    nb: Kernel, gateway: Gateway, door: Gate
):
    nb.check(pause(gateway))
    nb.check(TOOLS)
    nb.check("ran = []\n@respmagic.tool\ndef later():\n    'Later.'\n    ran.append(1)")
    ask_for(gateway, ("stands", {}), ("later", {}))
    msg_id = nb.start(cell(gateway, "kept << --max-parallel-tools 1"))
    door.reached.wait()
    nb.interrupt()
    nb.finish(msg_id)
    assert nb.value("ran, [c.status for c in kept.tool_calls]") == (
        "([], ['cancelled', 'cancelled'])"
    )


def test_respond_in_an_async_cell_is_stopped_as_well(nb: Kernel, gateway: Gateway, door: Gate):
    nb.check(pause(gateway))
    nb.check(TOOLS)
    gateway.add(Reply.sse(wire.call_response([("stands", {}), ("sleeps", {})])))
    ask = f"respmagic.respond('Go', model='m', base_url={gateway.base_url!r})"
    msg_id = nb.start(f"import asyncio\nawait asyncio.sleep(0)\nr = {ask}")
    door.reached.wait()
    nb.interrupt()
    assert nb.finish(msg_id).error.ename == "Interrupted"
    assert nb.value("await asyncio.sleep(0, 'alive')") == "alive"


def test_a_conversation_goes_on_after_a_stop_with_every_call_answered(
    nb: Kernel, gateway: Gateway, door: Gate
):
    nb.check(pause(gateway))
    nb.check(TOOLS)
    gateway.add(Reply.sse(wire.call_response([("stands", {}), ("sleeps", {})])))
    msg_id = nb.start(cell(gateway, "-c stopped"))
    door.reached.wait()
    nb.interrupt()
    nb.finish(msg_id)
    gateway.add(Reply.sse(wire.text_response("On we go.")))
    assert nb.run(cell(gateway, "-c stopped")).text.startswith("On we go.")
    items = gateway.requests[-1].json["input"]
    asked = [item["call_id"] for item in items if item.get("type") == "function_call"]
    given = {i["call_id"]: i["output"] for i in items if i.get("type") == "function_call_output"}
    assert len(asked) == 2
    assert given == dict.fromkeys(asked, "The call was cancelled by the user.")
