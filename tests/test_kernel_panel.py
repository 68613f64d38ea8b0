"""The panel in a real kernel: painting while other cells run, clicks as a front end sends them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

import wire
from gateway import Gateway
from kernels import PATIENCE, Kernel, kernel
from panels import held, posted
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


class Page:
    """What a front end knows of the widgets: their state, kept up by the messages."""

    def __init__(self, nb: Kernel) -> None:
        self._nb = nb
        self.states: dict[str, dict[str, Any]] = {}

    def show(self, gateway: Gateway, settings: str = "") -> None:
        """Run the cell that makes a panel."""
        gateway.route("GET", "/v1/models", Reply.json({"data": [{"id": "gpt-test"}]}))
        where = f"model='gpt-test', base_url={gateway.base_url!r}, retries=0"
        self.run(f"panel = respmagic.Panel({where}{settings})")

    def run(self, code: str) -> None:
        """Run a cell, and keep up with all that comes meanwhile."""
        running = self._nb.start(code)
        while not self._is_end(message := self.next(), running):
            self.take(message)

    def _is_end(self, message: Mapping[str, Any], running: str) -> bool:
        ours = message["parent_header"].get("msg_id") == running
        return ours and message["content"].get("execution_state") == "idle"

    def next(self) -> Mapping[str, Any]:
        """The next message."""
        message: Mapping[str, Any] = self._nb.client.get_iopub_msg(timeout=PATIENCE)
        return message

    def take(self, message: Mapping[str, Any]) -> None:
        """Keep up with one message."""
        content = message["content"]
        if message["msg_type"] == "comm_open":
            self.states[content["comm_id"]] = dict(content["data"]["state"])
        elif message["msg_type"] == "comm_close":
            self.states.pop(content["comm_id"], None)
        elif message["msg_type"] == "comm_msg" and content["data"].get("method") == "update":
            self.states.setdefault(content["comm_id"], {}).update(content["data"]["state"])

    def until(self, text: str) -> list[Mapping[str, Any]]:
        """Keep up until `text` is on the page; the messages that came meanwhile."""
        return self._until(lambda: text in self.text, text)

    def _until(self, is_so: Callable[[], bool], what: str) -> list[Mapping[str, Any]]:
        came, end = [], time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"{what} is not to be seen on: {self.text[-2000:]}"
            came.append(self.next())
            self.take(came[-1])
        return came

    @property
    def text(self) -> str:
        said = [
            state.get(key) for state in self.states.values() for key in ("value", "description")
        ]
        return "".join(text for text in said if isinstance(text, str))

    def click(self, text: str) -> str:
        """Press a button once it stands on the page; the message's id."""
        ids = [key for key, state in self.states.items() if state.get("description") == text]
        # One that is made and stands nowhere yet may not listen yet.
        self._until(lambda: self._holds(f"IPY_MODEL_{ids[-1]}"), f"the button {text}")
        data = {"method": "custom", "content": {"event": "click"}}
        session, channel = self._nb.client.session, self._nb.client.shell_channel
        message = session.msg("comm_msg", {"comm_id": ids[-1], "data": data})
        channel.send(message)
        return str(message["header"]["msg_id"])

    def _holds(self, reference: str) -> bool:
        return any(reference in state.get("children", ()) for state in self.states.values())


def test_an_answer_is_painted_while_another_cell_runs(nb: Kernel, gateway: Gateway):
    gate = Gate()
    gateway.add(held(wire.text_response("One two three."), gate, " two"))
    page = Page(nb)
    page.show(gateway)
    page.run("import threading; go_on = threading.Event(); panel.ask('Count'); None")
    page.until("One two")
    waiting = nb.start("go_on.wait(30)")
    gate.open()
    came = page.until("three.")
    ended = [m for m in came if m["parent_header"].get("msg_id") == waiting]
    assert "idle" not in [m["content"].get("execution_state") for m in ended]
    nb.interrupt()
    nb.finish(waiting)


def test_a_tool_for_the_main_thread_waits_for_the_running_cell(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.call_response([("ready", {}), ("draw", {})])))
    gateway.add(Reply.sse(wire.text_response("Drawn.", id="resp_2")))
    nb.check(
        "import threading\n"
        "order, called = [], threading.Event()\n"
        "@respmagic.tool\n"
        "def ready() -> str:\n"
        "    'Say that calls have begun.'\n"
        "    called.set()\n"
        "@respmagic.tool(thread=False)\n"
        "def draw() -> str:\n"
        "    'Draw.'\n"
        "    order.append(('tool', threading.current_thread() is threading.main_thread()))"
    )
    page = Page(nb)
    page.show(gateway)
    page.run("panel.ask('Go')\ncalled.wait(30)\norder.append('cell')")
    page.until("Drawn.")
    assert nb.value("order") == "['cell', ('tool', True)]"


def test_the_stop_button_ends_such_a_tool_and_the_answer_goes_on(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.call_response([("sleep", {})])))
    gateway.add(Reply.sse(wire.text_response("Awake.", id="resp_2")))
    nb.check(
        "import time\n"
        "@respmagic.tool(thread=False)\n"
        "def sleep() -> str:\n"
        "    'Sleep.'\n"
        "    time.sleep(600)"
    )
    page = Page(nb)
    page.show(gateway)
    page.run("panel.ask('Go'); None")
    page.until("running…")
    nb.interrupt()
    page.until("Awake.")
    told = [i["output"] for i in posted(gateway)[-1]["input"] if "output" in i]
    assert told == ["The call was cancelled by the user."]
    assert nb.value("panel.result.status, 1 + 1") == "('completed', 2)"


def test_stop_is_a_click_that_arrives_between_cells(nb: Kernel, gateway: Gateway):
    gateway.add(held(wire.text_response("A partial answer."), Gate(), " partial"))
    page = Page(nb)
    page.show(gateway)
    page.run("panel.ask('Go'); None")
    page.until("A partial")
    page.click("Stop")
    page.until("Interrupted: stopped")
    gateway.disconnected.wait()
    assert nb.value("panel.result.status, panel.result.text") == "('interrupted', 'A partial')"


def test_approval_is_a_click(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.call_response([("erase", {})])))
    gateway.add(Reply.sse(wire.text_response("Erased.", id="resp_2")))
    nb.check("@respmagic.tool(approve='ask')\ndef erase() -> str:\n    'Erase.'\n    return 'yes'")
    page = Page(nb)
    page.show(gateway)
    page.run("panel.ask('Go'); None")
    page.until("Allow")
    page.click("Allow")
    page.until("Erased.")
    assert nb.value("panel.result.tool_calls[0].result") == "yes"


def test_a_turn_to_a_cell_is_put_below(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Yes.")))
    Page(nb).show(gateway)
    nb.check("await panel.ask('Is it?')")
    done = nb.check("%responses panel --to-cell")
    [payload] = done.reply["payload"]
    assert payload["source"] == "set_next_input"
    assert payload["text"].startswith("%%responses ")
    assert payload["text"].endswith("\nIs it?")
    static = nb.check("%responses panel --static")
    assert set(static.value) == {"text/html", "text/plain"}


def test_a_kernel_with_an_answer_on_its_way_shuts_down_at_once(gateway: Gateway):
    gateway.add(held(wire.text_response("A partial answer."), Gate(), " partial"))
    started = Kernel()
    started.check("%load_ext respmagic")
    page = Page(started)
    page.show(gateway)
    page.run("panel.ask('Go'); None")
    page.until("A partial")
    assert started.exit_code() == 0
    gateway.disconnected.wait()
