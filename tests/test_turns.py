"""A conversation as data: which items go back, how they are cleaned, in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._items import FunctionCallOutput, user_message
from respmagic._turns import continued, replayable

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
    assert replayable([whole, bare, empty]) == [thought(), bare]


def test_reasoning_goes_back_with_a_summary_though_it_had_none():
    """OpenAI requires the key."""
    item = {"type": "reasoning", "id": "rs", "encrypted_content": "x", "summary": None}
    assert replayable([item]) == [{**item, "summary": []}]


@pytest.mark.parametrize(
    "kind", ["web_search_call", "custom_tool_call", "mcp_call", "slug:thing", "", "text"]
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
    items = continued((), output, [])
    assert [i.get("encrypted_content") or i["type"] for i in items] == [
        "1",
        "message",
        "2",
        "function_call",
        "3",
        "function_call",
    ]


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
    assert [i for i in middle if i["type"] == "function_call"] == [
        i for i in replayable(output) if i["type"] == "function_call"
    ]
    after_calls = kinds_after_first_call(middle)
    assert "message" not in after_calls


def kinds_after_first_call(items):
    names = [item["type"] for item in items]
    return names[names.index("function_call") :] if "function_call" in names else []
