"""The tool loop by hand: what it asks for, and when it stops."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._exceptions import MaxTurnsExceeded, RepeatedCalls
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


# Wrappers that models make up


def wrapper(*uses, name="multi_tool_use.parallel", **fields):
    made = [{"recipient_name": f"functions.{tool}", "parameters": given} for tool, given in uses]
    return call("w", json.dumps({"tool_uses": made}), name, **fields)


@pytest.mark.parametrize("name", ["parallel", "multi_tool_use", "multi_tool_use.parallel"])
def test_the_calls_in_a_wrapper_are_made_and_take_its_place(name):
    flow = start()
    action = flow.send(answer(call("a"), wrapper(("f", {"x": 1}), ("g", {}), name=name)))
    assert action.calls == (
        FunctionCall("a", "f", "{}"),
        FunctionCall("w_0", "f", '{"x": 1}'),
        FunctionCall("w_1", "g", "{}"),
    )
    request = run(flow, action, "0", "1", "2")
    assert [i["name"] for i in request.input if i["type"] == "function_call"] == ["f", "f", "g"]
    assert ids_of(request)[3:] == [("output", "a"), ("output", "w_0"), ("output", "w_1")]


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "null",
        "[]",
        "{",
        '{"tool_uses": []}',
        '{"tool_uses": {}}',
        '{"tool_uses": [{}]}',
        '{"tool_uses": [{"recipient_name": "f"}, 5]}',
        '{"tool_uses": [{"recipient_name": 5}]}',
        '{"x": 1}',
    ],
)
def test_a_wrapper_that_cannot_be_read_is_a_call_like_any_other(arguments):
    action = start().send(answer(call("w", arguments, "parallel")))
    assert action.calls == (FunctionCall("w", "parallel", arguments),)


def test_a_name_that_let_its_namespace_slip_out_loses_it_on_both_sides():
    flow = start()
    action = flow.send(answer(call("a", name="functions.f")))
    assert action.calls == (FunctionCall("a", "f", "{}"),)
    assert run(flow, action, "1").input[1]["name"] == "f"


# The same call again and again


def again(flow, times, output="pending", **fields):
    """Have the same call made so often; the last action, or what ends the flow."""
    for _ in range(times):
        action = flow.send(answer(call(**fields)))
        given = [
            FunctionCallOutput(
                c.call_id, "\n".join(filter(None, (output, action.notes.get(c.call_id))))
            )
            for c in action.calls
        ]
        flow.send(tuple(given))
    return action


def test_a_call_made_again_to_the_same_outcome_is_told_and_then_ends_the_run():
    flow = start()
    assert again(flow, 2).notes == {}
    for number in range(2, 5):
        [note] = again(flow, 1).notes.values()
        assert f"this very call {number} times in a row" in note
    with pytest.raises(RepeatedCalls, match=r"\(f\) 6 times in a row.*--max-turns"):
        again(flow, 1)


def test_whoever_allows_many_turns_may_wait_longer():
    flow = start(max_turns=40)
    again(flow, 19)
    with pytest.raises(RepeatedCalls, match="20 times in a row"):
        again(flow, 1)


def test_an_outcome_that_changes_begins_anew():
    flow = start(max_turns=20)
    for output in ("a", "b") * 4:
        assert again(flow, 1, output).notes == {}
    again(flow, 5)
    again(flow, 1, "ready")
    assert again(flow, 1, "ready").notes == {}


def test_other_arguments_or_an_answer_in_between_begin_anew():
    flow = start(max_turns=20)
    for number in range(8):
        assert again(flow, 1, arguments=f'{{"x": {number}}}').notes == {}
    again(flow, 2, arguments='{"x": 1, "y": 2}')
    assert again(flow, 1, arguments=' {"y":2,"x":1}').notes != {}  # the same, however written


def test_a_new_call_beside_the_repeated_one_keeps_the_run_going():
    flow = start(max_turns=20)
    for number in range(12):
        action = flow.send(answer(call("a"), call("b", f'{{"n": {number}}}', "g")))
        notes = [action.notes.get(c.call_id, "") for c in action.calls]
        assert bool(notes[0]) == (number >= 2)
        assert notes[1] == ""
        run(flow, action, f"same\n{notes[0]}", "1")


# Whatever a server says

IDS = st.sampled_from(["call_0", "call_1", "", None, 7])
NAMES = st.sampled_from(["f", "g", "parallel", "functions.f", "", "multi_tool_use.parallel"])
ARGUMENTS = st.sampled_from(
    ["{}", "", "{", "null", '{"tool_uses": [{"recipient_name": "functions.f"}]}', '{"a": 1}']
)
CALLS = st.builds(call, IDS, ARGUMENTS, NAMES)
REASONING = {"type": "reasoning", "id": "rs", "summary": [], "encrypted_content": "x"}
ITEMS = st.one_of(CALLS, st.just(REASONING), st.just(said("Well.")))
STATUSES = st.sampled_from(["completed"] * 6 + ["incomplete", "truncated", "failed"])
ANSWERS = st.builds(
    lambda items, status: answer(*items, status=status), st.lists(ITEMS, max_size=4), STATUSES
)


@given(st.lists(ANSWERS, min_size=1, max_size=8), st.integers(1, 8))
def test_every_call_has_one_id_and_one_output_and_runs_only_after_a_whole_answer(answers, turns):
    flow = start(max_turns=turns, tool_choice="required")
    sent, action = 1, None
    try:
        for response in itertools.cycle(answers):
            action = flow.send(response)
            assert isinstance(action, RunCalls)
            assert response.status == "completed"
            request = run(flow, action, *(str(n) for n in range(len(action.calls))))
            sent += 1
            assert "tool_choice" not in request.parameters
            asked = [i["call_id"] for i in request.input if i["type"] == "function_call"]
            told = [i["call_id"] for i in request.input if i["type"] == "function_call_output"]
            assert asked == told
            assert len(set(asked)) == len(asked)
            assert all(isinstance(i["arguments"], str) for i in request.input if "arguments" in i)
    except StopIteration as stop:
        last = stop.value
        assert last.status != "completed" or not last.function_calls
    except RepeatedCalls:
        assert sent >= 6
    except MaxTurnsExceeded:
        assert sent == turns
