"""Conversations as a state machine: whatever happens to them, what is sent is valid.

The gateway is the judge. It puts what it was to keep before what it is sent, and looks at the whole
as a strict server would.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import deque
from contextlib import suppress
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import respmagic
import wire
from gateway import Gateway, Received
from replies import Reply
from respmagic._session import session_of

# What an answer of the server may be.
STEPS = ["say", "think", "call", "call both", "think and call", "call after saying", "search"]
ENDS = [*STEPS, "cut off", "cut off in a call", "break", "break in a call", "fail", "refuse"]
SCRIPTS = st.tuples(st.lists(st.sampled_from(STEPS), max_size=2), st.sampled_from(ENDS))
MODELS = st.sampled_from(["m", "n"])
CELLS = st.sampled_from("abc")


class Judge:
    """A server that keeps what it is asked to, and looks closely at what it is sent."""

    def __init__(self) -> None:
        self.script: deque[str] = deque()
        self.faults: list[str] = []
        self._waiting: dict[str, list[dict[str, Any]]] = {}  # calls by the response they are of
        self._numbers = count(1)

    def answer(self, received: Received) -> Reply:
        body = received.json
        before = body.get("previous_response_id")
        calls = self._waiting.get(before, [])
        known = {call["call_id"] for call in calls}
        outputs = {item["call_id"] for item in body["input"] if "output" in item}
        if before and not outputs <= known:
            return refusal(f"No tool call found for function call output {outputs - known}.")
        self.faults += faults([*calls, *body["input"]], body["model"])
        step = self.script.popleft() if self.script else "say"
        name = f"resp_{next(self._numbers)}"
        output, fields = self._output(step, body["model"], name)
        fields |= {"previous_response_id": before, "store": body["store"]}
        events = wire.stream(output, id=name, **fields)
        if body["store"]:
            self._waiting[name] = [item for item in output if "call_id" in item]
        if step == "fail":
            return Reply.json({"error": {"message": "Failed."}}, 500)
        if step == "refuse":
            return refusal("Refused.")
        return Reply.sse(events[:-3] if step.startswith("break") else events)

    def _output(
        self, step: str, model: str, name: str
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        thought = {"type": "reasoning", "summary": [], "encrypted_content": f"of {model}"}
        said, searched = wire.message("Well."), {"type": "computer_call", "id": "cc_1"}
        # Some servers count the calls of each answer from 0.
        calls = [{**wire.function_call("work", {"n": n}), "call_id": f"call_{n}"} for n in (0, 1)]
        both = [{**call, "call_id": f"{name}_{call['call_id']}"} for call in calls]
        cut = {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
        return {
            "think": ([thought, said], {}),
            "call": (calls[:1], {}),
            "call both": (both, {}),
            "think and call": ([thought, both[0], thought, said, both[1]], {}),
            "call after saying": ([said, calls[0]], {}),
            "search": ([thought, searched, thought, said], {}),
            "cut off": ([thought, said], cut),
            "cut off in a call": ([said, thought, calls[0]], cut),
            "break in a call": (calls, {}),
        }.get(step, ([said], {}))


def refusal(message: str) -> Reply:
    return Reply.json({"error": {"message": message}}, 400)


def faults(items: list[dict[str, Any]], model: str) -> list[str]:
    """What a strict server would refuse."""
    found = []
    open_calls: list[str] = []
    ids: set[str] = set()
    for number, item in enumerate(items):
        after = items[number + 1] if number + 1 < len(items) else {"type": "nothing"}
        match item["type"]:
            case "reasoning":
                if (
                    after["type"] in ("nothing", "function_call_output")
                    or after.get("role") == "user"
                ):
                    found.append("reasoning without the item that followed it")
                if item["encrypted_content"] != f"of {model}":
                    found.append("reasoning of another model")
            case "function_call":
                if item["call_id"] in ids:
                    found.append(f"two calls {item['call_id']}")
                ids.add(item["call_id"])
                open_calls.append(item["call_id"])
            case "function_call_output":
                if item["call_id"] not in open_calls:
                    found.append(f"output {item['call_id']} without its call, or its second")
                else:
                    open_calls.remove(item["call_id"])
            case "message" if open_calls:
                found.append("a message between calls and outputs")
    return found + [f"call {name} without output" for name in open_calls]


class Conversations(RuleBasedStateMachine):
    """A notebook whose cells go on with conversations, and all that may come in between."""

    def __init__(self) -> None:
        super().__init__()
        self.judge = Judge()
        self.gateway = Gateway()
        self.gateway.__enter__()
        self.gateway.answer = self.judge.answer
        self.shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
        respmagic.load_ipython_extension(self.shell)
        self.shell.user_ns["work"] = self.work
        self.talks = session_of(self.shell).conversations
        self.executions = count(1)
        self.name, self.stops = "main", False

    def teardown(self) -> None:
        respmagic.unload_ipython_extension(self.shell)
        self.gateway.close()

    def work(self, n: int) -> int:
        """Work."""
        if self.stops and n == 0:
            self.stops = False
            os.kill(os.getpid(), signal.SIGINT)
            while True:
                threading.Event().wait(0.001)
        if n:
            raise ValueError("n is too much")
        return n

    def run(self, cell: str | None, model: str, line: str) -> None:
        header = {"msg_id": str(next(self.executions)), "session": "s"}
        parent = {"header": header, "metadata": {"cellId": cell} if cell else {}}
        self.shell.get_parent = lambda: parent
        where = f"-m {model} --base-url {self.gateway.base_url} --api responses --retries 0"
        ended = (respmagic.RespmagicError, respmagic.Interrupted)
        with suppress(*ended):
            self.shell.run_cell_magic(
                "responses", f"-q -c {self.name} -t work {where} {line}", "Go"
            )
        self.judge.script.clear()

    @rule(cell=CELLS | st.none(), script=SCRIPTS, model=MODELS, store=st.booleans())
    def ask(self, cell, script, model, store):
        steps, end = script
        self.judge.script.extend([*steps, end])
        self.run(cell, model, "--store" if store else "")

    @rule(cell=CELLS, model=MODELS, store=st.booleans())
    def interrupt_in_a_tool(self, cell, model, store):
        self.judge.script.append("call both")
        self.stops = True
        self.run(cell, model, "--store" if store else "")
        self.stops = False

    @rule(cell=CELLS, model=MODELS)
    def reach_the_last_request(self, cell, model):
        self.judge.script.extend(["call", "call both"])
        self.run(cell, model, "--max-turns 2")

    @rule()
    def undo(self):
        with suppress(respmagic.OptionError):
            self.shell.run_line_magic("responses", f"conversations show {self.name}")
            self.talks[self.name].undo()

    @rule()
    def retry(self):
        with suppress(respmagic.RespmagicError):
            self.shell.run_line_magic("responses", f"retry -c {self.name}")

    @rule()
    def fork(self):
        if self.name in self.talks:
            self.name = self.talks[self.name].fork().name

    @rule()
    def go_back(self):
        self.name = "main"

    @invariant()
    def what_was_sent_is_valid(self):
        assert self.judge.faults == []

    @invariant()
    def what_may_be_sent_next_is_valid(self):
        for talk in self.talks.values():
            for model in ("m", "n"):
                items = talk.items(base_url=self.gateway.base_url, model=model)
                assert faults([json.loads(json.dumps(item)) for item in items], model) == []


TestConversations = Conversations.TestCase
TestConversations.settings = settings(
    max_examples=40,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_the_judge_finds_what_is_wrong():
    call = {"type": "function_call", "call_id": "a"}
    output = {"type": "function_call_output", "call_id": "a"}
    said = {"type": "message", "role": "assistant"}
    thought = {"type": "reasoning", "encrypted_content": "of m"}
    assert faults([thought, call, output, said], "m") == []
    for items in (
        [call],
        [output],
        [call, output, output],
        [call, call, output],
        [call, said, output],
        [thought],
        [thought, output],
        [{**thought, "encrypted_content": "of n"}, said],
    ):
        assert faults(items, "m")
