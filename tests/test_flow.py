"""The tool loop by hand: what it asks for, and when it stops."""

import pytest

from respmagic._exceptions import MaxTurnsExceeded
from respmagic._flow import RunCalls, Send, tool_loop
from respmagic._items import FunctionCall, FunctionCallOutput, Request, Response, user_message

ASKED = user_message("Add.")
TOOLS = ({"type": "function", "name": "f"},)


def call(call_id="call_1", arguments="{}", name="f", **fields):
    fields = {"call_id": call_id, "name": name, "arguments": arguments, **fields}
    return {"type": "function_call", **fields}


def said(text):
    part = {"type": "output_text", "text": text}
    return {"type": "message", "role": "assistant", "content": [part]}


def answer(*output, status="completed"):
    return Response(status=status, output=output)


def start(max_turns=10, history=(ASKED,), **parameters):
    flow = tool_loop(
        Request("m", tuple(history), TOOLS, parameters=parameters), max_turns=max_turns
    )
    first = next(flow)
    assert first == Send(Request("m", tuple(history), TOOLS, parameters=parameters))
    return flow


def run(flow, action, *values):
    """Answer `RunCalls` with these outputs; the next request."""
    assert isinstance(action, RunCalls)
    outputs = [FunctionCallOutput(c.call_id, v) for c, v in zip(action.calls, values, strict=True)]
    return flow.send(tuple(outputs)).request


def end(flow, reply):
    with pytest.raises(StopIteration) as stop:
        flow.send(reply)
    return stop.value.value


def test_an_answer_without_calls_is_the_last():
    flow = start()
    assert end(flow, answer(said("Hi"))) == answer(said("Hi"))


def test_calls_run_together_and_their_outputs_go_back():
    flow = start(temperature=0)
    action = flow.send(answer(said("I add."), call("a", '{"x":1}'), call("b", "", "g")))
    assert action == RunCalls((FunctionCall("a", "f", '{"x":1}'), FunctionCall("b", "g", "")))
    request = run(flow, action, "1", "2")
    assert request == Request(
        "m",
        (
            ASKED,
            said("I add."),
            call("a", '{"x":1}'),
            call("b", "", "g"),
            {"type": "function_call_output", "call_id": "a", "output": "1"},
            {"type": "function_call_output", "call_id": "b", "output": "2"},
        ),
        TOOLS,
        parameters={"temperature": 0},
    )
    assert end(flow, answer(said("3"))).text == "3"


def test_each_request_carries_all_before():
    flow = start()
    request = run(flow, flow.send(answer(call("a"))), "1")
    request = run(flow, flow.send(answer(call("b"))), "2")
    assert [(i["type"], i.get("call_id")) for i in request.input] == [
        ("message", None),
        ("function_call", "a"),
        ("function_call_output", "a"),
        ("function_call", "b"),
        ("function_call_output", "b"),
    ]


@pytest.mark.parametrize(
    "status", ["incomplete", "failed", "truncated", "cancelled", "in_progress"]
)
def test_calls_of_an_answer_that_is_not_whole_are_not_run(status):
    flow = start()
    assert end(flow, answer(call("a"), status=status)).status == status


def test_calls_of_custom_and_hosted_tools_end_the_loop():
    flow = start()
    response = answer({"type": "custom_tool_call", "call_id": "a", "name": "f", "input": "x"})
    assert end(flow, response) == response


# Call ids


def ids_of(request):
    return [(i["type"][-6:], i["call_id"]) for i in request.input if "call_id" in i]


def test_a_call_id_that_an_earlier_call_bears_is_changed_on_both_sides():
    """R4"""
    flow = start()
    names = []
    for number in range(3):
        action = flow.send(answer(call("call_0"), call("call_1")))
        names += [c.call_id for c in action.calls]
        request = run(flow, action, "x", "y")
        assert len(set(names)) == 2 * (number + 1)
    asked = [name for kind, name in ids_of(request) if kind == "n_call"]
    told = [name for kind, name in ids_of(request) if kind == "output"]
    assert asked == told == names
    assert names[:2] == ["call_0", "call_1"]


def test_two_calls_of_one_answer_under_one_id_are_told_apart():
    flow = start()
    action = flow.send(answer(call("x", '{"a":1}'), call("x", '{"a":2}')))
    assert len({c.call_id for c in action.calls}) == 2


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_call_without_an_id_is_given_one(nothing):
    flow = start()
    action = flow.send(answer(call(nothing, id="fc_1"), call(nothing), call(nothing)))
    names = [c.call_id for c in action.calls]
    assert names[0] == "fc_1"
    assert all(names)
    assert len(set(names)) == 3
    request = run(flow, action, "1", "2", "3")
    assert [i["call_id"] for i in request.input if i["type"] == "function_call"] == names


def test_an_id_that_is_a_number_becomes_text_on_both_sides():
    flow = start()
    request = run(flow, flow.send(answer(call(7))), "1")
    assert ids_of(request) == [("n_call", "7"), ("output", "7")]


# A forced choice


@pytest.mark.parametrize(
    "choice",
    [
        "required",
        {"type": "function", "name": "f"},
        {"type": "web_search"},
        {"type": "mcp", "server_label": "s"},
    ],
)
def test_a_forced_choice_holds_for_one_request(choice):
    flow = start(tool_choice=choice, top_p=0.5)
    assert run(flow, flow.send(answer(call())), "1").parameters == {"top_p": 0.5}


@pytest.mark.parametrize("choice", ["auto", "none"])
def test_a_free_choice_stays(choice):
    flow = start(tool_choice=choice)
    assert run(flow, flow.send(answer(call())), "1").parameters == {"tool_choice": choice}


@pytest.mark.parametrize("mode", ["auto", "required", None])
def test_a_choice_among_allowed_tools_stays_but_forces_no_more(mode):
    allowed = {"type": "allowed_tools", "tools": [{"type": "function", "name": "f"}]}
    flow = start(tool_choice=allowed if mode is None else {**allowed, "mode": mode})
    request = run(flow, flow.send(answer(call())), "1")
    assert request.parameters == {"tool_choice": {**allowed, "mode": "auto"}}


def test_what_was_asked_for_is_not_changed_by_the_loop():
    request = Request("m", (ASKED,), TOOLS, parameters={"tool_choice": "required"})
    flow = tool_loop(request, max_turns=3)
    next(flow)
    run(flow, flow.send(answer(call())), "1")
    assert request == Request("m", (ASKED,), TOOLS, parameters={"tool_choice": "required"})


# Turns


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_after_the_last_turn_calls_are_not_run_but_named(turns):
    flow = start(max_turns=turns)
    for number in range(turns - 1):
        run(flow, flow.send(answer(call(f"c{number}"))), "1")
    with pytest.raises(MaxTurnsExceeded, match=rf"\(f, g\) after {turns} requests.*--max-turns"):
        flow.send(answer(call("y"), call("z", name="g"), call("zz")))


def test_an_answer_at_the_last_turn_is_an_answer():
    flow = start(max_turns=2)
    run(flow, flow.send(answer(call())), "1")
    assert end(flow, answer(said("done"))).text == "done"
