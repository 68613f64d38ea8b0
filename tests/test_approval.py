"""Whether a call may run: rules, approvers of other kinds, scripts at a terminal and without."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys

import pytest

import respmagic
import wire
from gateway import Gateway
from replies import Reply
from respmagic._approval import Decision, rule_of
from respmagic._exceptions import CallDenied
from respmagic._plan import make_plan
from respmagic._running import arun_plan
from respmagic._tools import describe


def tool_saying(approve):
    @respmagic.tool(approve=approve)
    def f(): ...

    return describe(f)


RULES = {
    # what the tool, the cell and the settings say -> what holds
    (None, None, "allow"): "allow",
    (None, None, "ask"): "ask",
    (None, None, "deny"): "deny",
    ("ask", None, "allow"): "ask",
    ("allow", None, "ask"): "allow",
    ("allow", None, "deny"): "allow",
    ("ask", "allow", "allow"): "allow",
    ("allow", "ask", "allow"): "ask",
    (None, "allow", "deny"): "allow",
    ("allow", "deny", "allow"): "deny",
    ("deny", "allow", "allow"): "deny",
    ("deny", "ask", "allow"): "deny",
}


@pytest.mark.parametrize("said", RULES, ids=str)
def test_the_nearest_word_holds_and_a_tools_own_deny_stays(said):
    declared, chosen, usual = said
    assert rule_of(tool_saying(declared), chosen, usual) == RULES[said]


@pytest.mark.parametrize("approve", ["maybe", "", True, 5])
def test_what_is_no_rule_is_refused_where_it_is_declared(approve):
    with pytest.raises(ValueError, match="is none of allow, ask, deny"):
        respmagic.tool(approve=approve)
    with pytest.raises(respmagic.OptionError, match=r"approve=.* is none of allow, ask, deny"):
        make_plan("Go", {"approve": approve, "max_turns": 3}, {})


class Says:
    """An approver that has made up its mind."""

    def __init__(self, *decisions):
        self.decisions = itertools.cycle(decisions)
        self.asked = []

    async def ask(self, call, tool):
        self.asked.append((call.name, call.arguments, call.sent, call.status, tool.name))
        await asyncio.sleep(0)
        decision = next(self.decisions)
        if isinstance(decision, Exception):
            raise decision
        return decision


made = []


@respmagic.tool(approve="ask")
def add(x: int) -> int:
    """Add one."""
    made.append(x)
    return x + 1


def outputs(gateway):
    items = gateway.requests[-1].json["input"]
    return [item["output"] for item in items if item["type"] == "function_call_output"]


def run(gateway, approver, *calls, **options):
    """Have the model make these calls of a run that asks `approver`."""
    made.clear()
    for events in (wire.call_response(calls), wire.text_response("Done.")):
        gateway.add(Reply.sse(events))
    given = {"base_url": gateway.base_url, "model": "m", "tools": [add], **options}
    result, error = asyncio.run(arun_plan(make_plan("Go", given, {}), approver=approver))
    assert error is None
    return result


def test_an_approver_sees_the_checked_call_and_decides(gateway: Gateway):
    approver = Says(Decision(True), Decision(False, "too much"))
    result = run(gateway, approver, ("add", {"x": "1"}), ("add", {"x": 2}))
    assert approver.asked == [
        ("add", {"x": 1}, '{"x": "1"}', "asking", "add"),
        ("add", {"x": 2}, '{"x": 2}', "asking", "add"),
    ]
    assert made == [1]
    assert outputs(gateway) == ["2", "Error: the user did not allow this call. They say: too much"]
    assert [call.status for call in result.tool_calls] == ["done", "denied"]
    assert isinstance(result.tool_calls[1].error, CallDenied)
    assert result.tool_calls[1].seconds is None


def test_an_approver_may_change_the_arguments(gateway: Gateway):
    result = run(gateway, Says(Decision(True, arguments='{"x": 5}')), ("add", {"x": 1}))
    assert (made, result.tool_calls[0].arguments) == ([5], {"x": 5})
    assert outputs(gateway) == ['(The user changed the arguments to {"x": 5})\n6']


def test_changed_arguments_that_do_not_fit_are_not_run(gateway: Gateway):
    run(gateway, Says(Decision(True, arguments='{"x": "many"}')), ("add", {"x": 1}))
    assert made == []
    assert "the arguments do not fit" in outputs(gateway)[0]


def test_nobody_is_asked_about_arguments_that_do_not_fit(gateway: Gateway):
    approver = Says(Decision(True))
    run(gateway, approver, ("add", {"x": "many"}), ("unknown", {}))
    assert approver.asked == []


def test_an_approver_that_reaches_nobody_denies(gateway: Gateway):
    run(gateway, Says(CallDenied("the panel is closed")), ("add", {"x": 1}))
    assert outputs(gateway) == ["Error: the panel is closed"]


def test_what_is_denied_is_not_asked_for(gateway: Gateway):
    approver = Says(Decision(True))
    run(gateway, approver, ("add", {"x": 1}), approve="deny")
    assert (approver.asked, made) == ([], [])
    assert outputs(gateway) == ["Error: this tool is switched off: the user allows no call of it"]


@pytest.mark.parametrize("said", [{}, {"approve": "allow"}, {"approve": "ask"}])
def test_where_no_tool_is_to_be_called_a_call_that_comes_is_not_run(gateway: Gateway, said):
    approver = Says(Decision(True))
    result = run(gateway, approver, ("add", {"x": 1}), tool_choice="none", **said)
    assert (made, approver.asked, result.tool_calls[0].status) == ([], [], "denied")
    assert outputs(gateway) == [
        "Error: no tool may be called for this answer (tool_choice is none): answer without"
    ]
    assert [request.json["tool_choice"] for request in gateway.requests] == ["none", "none"]
    assert result.text == "Done."


def test_nor_one_that_a_server_of_tools_asks_to_make(gateway: Gateway):
    request = {"type": "mcp_approval_request", "id": "mcpr_1", "server_label": "s", "name": "f"}
    gateway.add(Reply.sse(wire.stream([{**request, "arguments": "{}"}])))
    gateway.add(Reply.sse(wire.text_response("Done.")))
    hosted = {"type": "mcp", "server_label": "s", "server_url": "https://mcp.example.com"}
    given = {"base_url": gateway.base_url, "model": "m", "tools": [], "hosted": hosted}
    plan = make_plan("Go", {**given, "tool_choice": "none", "approve": "allow"}, {})
    result, error = asyncio.run(arun_plan(plan, approver=Says(Decision(True))))
    answer = gateway.requests[1].json["input"][-1]
    assert (error, answer["type"], answer["approve"]) == (None, "mcp_approval_response", False)
    assert result.text == "Done."


def test_what_is_allowed_for_good_stays_so_in_later_runs(gateway: Gateway):
    approver = Says(Decision(True, always=True), Decision(False))
    session = make_plan("Go", {"model": "m", "max_turns": 1}, {}).session
    try:
        run(gateway, approver, ("add", {"x": 1}))
        run(gateway, approver, ("add", {"x": 2}))
        assert len(approver.asked) == 1
    finally:
        session.allowed.clear()


class Box:
    @respmagic.tool(approve="ask")
    def method(self):
        """Do."""


def test_a_method_that_is_looked_up_again_is_the_same_function(gateway: Gateway):
    box, other = Box(), Box()
    approver = Says(Decision(True, always=True))
    session = make_plan("Go", {"model": "m", "max_turns": 1}, {}).session
    try:
        for bound in (box.method, box.method, other.method):
            run(gateway, approver, ("method", {}), tools=[bound])
        assert len(approver.asked) == 2
    finally:
        session.allowed.clear()


SCRIPT = """
import sys, respmagic
@respmagic.tool(approve="ask")
def add(x: int) -> int:
    "Add one."
    return x + 1
r = respmagic.respond("Call add with x = 5.", base_url=None, tools=[add])
print([(c.status, c.result) for c in r.tool_calls])
"""


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}


@pytest.mark.parametrize("stdin", [{"stdin": subprocess.DEVNULL}, {"input": b"y\n"}], ids=str)
def test_a_script_without_a_terminal_is_not_asked(stdin):
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        command, capture_output=True, env=environment(), check=True, timeout=60, **stdin
    )
    assert done.stdout == b"[('denied', None)]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")
def test_a_script_at_a_terminal_is_asked():
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdin=slave, stdout=subprocess.PIPE, env=environment()
    ) as script:
        os.write(master, b"y\n")
        out, _ = script.communicate(timeout=60)
    os.close(slave)
    os.close(master)
    assert out.decode().endswith("[('done', 6)]\n")
    assert "The model wants to run add:\n    x = 5\n" in out.decode()
