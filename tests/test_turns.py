"""A conversation as data: which items go back, how they are cleaned, in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._items import FunctionCallOutput, Request, Response, State, user_message
from respmagic._replay import continued, replayable
from respmagic._turns import Key, Step, Turn, before, carried, whole_part

ASKED = user_message("Hi")


def said(text="hm", **fields):
    content = [{"type": "output_text", "text": text, "annotations": []}]
    return {"type": "message", "role": "assistant", "content": content, **fields}


def call(call_id, **fields):
    return {"type": "function_call", "call_id": call_id, "name": "f", "arguments": "{}", **fields}


def thought(text="x", **fields):
    fields = {"summary": [], "encrypted_content": text, **fields}
    return {"type": "reasoning", "id": f"rs_{text}", **fields}


def kinds(items):
    return [item.get("call_id") or item["type"] for item in items]


def test_what_was_stored_nowhere_goes_back_without_its_id():
    items = [said(id="msg_1", status="completed"), call("a", id="fc_1", status=None, parsed={})]
    assert replayable(items) == [said(), call("a")]


def test_unknown_fields_and_nulls_stay_behind():
    assert replayable([call("a", namespace=None, copilot_usage=3)]) == [call("a")]
    assert replayable([said(phase="commentary")]) == [said(phase="commentary")]
    assert replayable([call("a", namespace="ns")]) == [call("a", namespace="ns")]


def test_reasoning_stays_as_far_as_it_says_anything():
    """The dialect knows in which form the server takes it back."""
    whole = thought(status="completed", extra=1, content=None)
    bare = {"type": "reasoning", "id": "rs_2", "summary": [{"type": "summary_text", "text": "t"}]}
    empty = {"type": "reasoning", "id": "rs_3", "summary": [], "encrypted_content": None}
    assert replayable([whole, bare, empty, said()]) == [thought(), bare, said()]


def test_reasoning_goes_back_with_a_summary_though_it_had_none():
    """OpenAI requires the key."""
    item = {"type": "reasoning", "id": "rs", "encrypted_content": "x", "summary": None}
    assert replayable([item, said()]) == [{**item, "summary": []}, said()]


def test_reasoning_goes_back_with_the_item_that_followed_it_or_not_at_all():
    """OpenAI: "… of type 'reasoning' was provided without its required following item"."""
    ran = {"type": "shell_call", "id": "sh", "status": "completed"}
    assert replayable([thought("1"), ran, thought("2"), said(), thought("3")]) == [
        thought("2"),
        said(),
    ]


def test_what_tools_of_the_server_did_goes_back_by_its_id():
    """Recorded: OpenAI takes a web search back that it did not store."""
    searched = {"type": "web_search_call", "id": "ws", "status": "completed", "action": {}}
    listed = {"type": "mcp_list_tools", "id": "l", "server_label": "docs", "tools": []}
    asked = {"type": "mcp_approval_request", "id": "r", "name": "f", "arguments": "{}"}
    odd = {"type": "mcp_call", "id": "c", "name": "f", "output": "x", "status": "completed"}
    del (kept := dict(odd))["status"]
    assert replayable([thought("1"), searched, listed, asked, odd]) == [
        *(thought("1"), searched, listed, asked, kept)
    ]


def test_reasoning_of_a_chat_answer_goes_back_wherever_it_stood():
    details = {**thought(), "reasoning_details": [{"type": "reasoning.encrypted", "data": "x"}]}
    assert replayable([said(), details]) == [said(), details]


@pytest.mark.parametrize(
    "kind", ["shell_call", "custom_tool_call", "computer_call", "slug:thing", "", "text"]
)
def test_items_that_servers_may_refuse_stay_behind(kind):
    assert replayable([{"type": kind, "id": "x"}, said()]) == [said()]


@pytest.mark.parametrize("content", [None, [], ""])
def test_a_message_without_content_stays_behind(content):
    assert replayable([said(content=content), call("a")]) == [call("a")]


def test_a_message_without_a_role_is_the_models():
    assert replayable([{"type": "message", "content": "Hi"}]) == [
        {"type": "message", "role": "assistant", "content": "Hi"}
    ]


def test_the_items_themselves_stay_as_they_came():
    item = call("a", id="fc_1")
    replayable([item])
    assert item == call("a", id="fc_1")


def test_outputs_follow_all_calls():
    """One server refuses any other order."""
    outputs = [FunctionCallOutput("a", "1"), FunctionCallOutput("b", "2")]
    items = continued((ASKED,), [call("a"), call("b")], outputs)
    assert items == (ASKED, call("a"), call("b"), *(output.to_item() for output in outputs))


def test_no_message_stands_between_calls_and_outputs():
    output = [call("a"), said("first"), call("b"), said("last")]
    outputs = [FunctionCallOutput("a", "1"), FunctionCallOutput("b", "2")]
    items = continued((ASKED,), output, outputs)
    assert kinds(items) == ["message", "message", "message", "a", "b", "a", "b"]


def test_reasoning_keeps_its_place_before_its_call():
    output = [thought("1"), said(), thought("2"), call("a"), thought("3"), call("b")]
    assert list(continued((), output, [])) == output


def test_reasoning_moves_with_its_call():
    output = [thought("1"), call("a"), thought("2"), said()]
    assert list(continued((), output, [])) == [thought("2"), said(), thought("1"), call("a")]


ITEMS = st.lists(
    st.one_of(
        st.builds(said, st.text(min_size=1, max_size=3)),
        st.builds(call, st.sampled_from("abc")),
        st.builds(thought, st.sampled_from("xy")),
        st.just({"type": "web_search_call"}),
    ),
    max_size=7,
)


@given(ITEMS, ITEMS)
def test_nothing_that_goes_back_is_lost_or_doubled_and_calls_keep_their_order(before, output):
    outputs = [FunctionCallOutput(i["call_id"], "") for i in output if i["type"] == "function_call"]
    items = continued(before, output, outputs)
    assert list(items[: len(before)]) == before
    middle = items[len(before) : len(items) - len(outputs)]
    assert sorted(map(str, middle)) == sorted(map(str, replayable(output)))
    assert not middle or middle[-1]["type"] != "reasoning"
    assert [i for i in middle if i["type"] == "function_call"] == [
        i for i in replayable(output) if i["type"] == "function_call"
    ]
    after_calls = kinds_after_first_call(middle)
    assert "message" not in after_calls


def kinds_after_first_call(items):
    names = [item["type"] for item in items]
    return names[names.index("function_call") :] if "function_call" in names else []


# What is whole of a run


def step(sent, *output, status="completed"):
    return Step(Request("m", tuple(sent)), Response(id="r", status=status, output=output))


def whole_items(steps, outputs):
    whole = whole_part(steps, outputs)
    return whole and whole.items


def outputs(**given):
    return {name: FunctionCallOutput(name, output) for name, output in given.items()}


def test_an_answer_is_whole():
    assert whole_items([step([ASKED], thought(), said())], {}) == (ASKED, thought(), said())


def test_nothing_is_whole_before_the_first_answer():
    assert whole_items([], {}) is None
    for status in ("in_progress", "truncated", "failed", "cancelled"):
        assert whole_items([step([ASKED], said(), status=status)], {}) is None


@pytest.mark.parametrize("output", [[], [said("")], [thought()], [{"type": "web_search_call"}]])
def test_an_answer_that_says_nothing_is_none(output):
    assert whole_items([step([ASKED], *output)], {}) is None


def test_calls_that_were_stopped_have_their_outputs():
    items = whole_items(
        [step([ASKED], call("a"), call("b"))], outputs(a="1", b="The call was cancelled.")
    )
    assert items == continued(
        (ASKED,), [call("a"), call("b")], outputs(a="1", b="The call was cancelled.").values()
    )


def test_calls_that_were_never_run_say_so():
    items = whole_items([step([ASKED], call("a"))], {})
    assert items[-1]["output"] == "The call was not run."


def test_what_came_before_a_broken_answer_is_whole():
    between = continued((ASKED,), [call("a")], outputs(a="1").values())
    steps = [step([ASKED], call("a")), step(between, said("I"), status="truncated")]
    assert whole_items(steps, outputs(a="1")) == between


def test_a_request_to_mend_an_answer_that_is_not_met_is_left_out():
    between = (*continued((ASKED,), [said("no JSON")], ()), user_message("Mend it."))
    steps = [step([ASKED], said("no JSON")), step(between, status="failed")]
    assert whole_items(steps, {}) == (ASKED, said("no JSON"))


def test_an_answer_that_was_cut_off_by_a_limit_counts_without_its_calls():
    cut = step([ASKED], thought("1"), said(), thought("2"), call("a"), status="incomplete")
    assert whole_items([cut], {}) == (ASKED, thought("1"), said())
    assert whole_items([step([ASKED], call("a"), status="incomplete")], {}) is None


def kept_by_the_server(*output, status="completed", outputs=()):
    """How many items the server keeps after one answer that it was to keep, and of which name."""
    asked = Request("m", (ASKED,), state=State())
    response = Response(id="r", status=status, output=output)
    whole = whole_part([Step(asked, response)], dict(outputs))
    return whole.stored, whole.response_id


def test_the_server_keeps_all_but_outputs_that_it_was_not_sent():
    assert kept_by_the_server(said()) == (2, "r")
    assert kept_by_the_server(call("a"), call("b"), outputs=outputs(a="1").items()) == (3, "r")
    assert kept_by_the_server(said(), status="incomplete") == (2, "r")


def test_what_it_has_more_than_we_is_not_gone_on_from():
    """It would ask for the output of the call that was cut off."""
    assert kept_by_the_server(said(), call("a"), status="incomplete") == (0, "r")
    asked = {"type": "mcp_approval_request", "id": "m", "name": "f"}
    assert kept_by_the_server(said(), asked) == (0, "r")


def test_nothing_is_kept_unless_it_was_asked_for():
    assert whole_part([step([ASKED], said())], {}).stored == 0


def test_a_call_that_bears_the_name_of_an_earlier_one_gets_another():
    first = continued((ASKED,), [call("call_0")], outputs(call_0="1").values())
    items = whole_items([step([*first, ASKED], call("call_0"))], {})
    assert [item["call_id"] for item in items if "call_id" in item] == [
        "call_0",
        "call_0",
        "call_0-1",
        "call_0-1",
    ]


# Lines of turns


def turn(text, key=None, **fields):
    return Turn((user_message(text),), (thought(), said(text)), key, **fields)


A1, A2, B1 = Key("a", "1"), Key("a", "2"), Key("b", "2")


def test_the_turns_of_an_earlier_execution_of_the_cell_and_all_behind_it_are_left_out():
    line = (turn("0"), turn("1", A1), turn("2", A1), turn("3", B1))
    assert before(line, A2) == line[:1]
    assert before(line, Key("b", "3")) == line[:3]


def test_a_loop_in_one_execution_goes_on():
    line = (turn("1", A1), turn("2", A1))
    assert before(line, A1) == line


def test_where_no_cell_is_known_all_goes_on():
    line = (turn("0"), turn("1", A1))
    assert before(line, None) == before(line, B1) == line


HERE = {"base_url": "http://h/v1", "model": "m"}


def test_a_line_goes_back_whole_to_where_it_came_from():
    assert carried([turn("1", **HERE)], **HERE) == (user_message("1"), thought(), said("1"))


@pytest.mark.parametrize("there", [{**HERE, "model": "n"}, {**HERE, "base_url": "http://i/v1"}])
def test_reasoning_and_signatures_stay_with_the_server_and_model_they_are_of(there):
    signed = call("a", extra_content={"google": {"thought_signature": "x"}}, namespace="ns")
    output = FunctionCallOutput("a", "1").to_item()
    line = [Turn((ASKED,), (thought(), signed, output, thought(), said(phase="final")), **HERE)]
    assert carried(line, **there) == (ASKED, call("a"), output, said())
    assert carried(line, **HERE) == line[0].items
