"""Events to a response: how an answer ends, and what is no answer."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wire
from respmagic._accumulator import Accumulator
from respmagic._events import DELTAS, TERMINAL, TEXTS
from respmagic._items import FunctionCall, Usage
from test_accumulator import (
    CREATED,
    added,
    arguments,
    call,
    completed,
    done,
    event,
    fold,
    said,
    text,
)

# Items in words of gateways


def test_bare_texts_are_messages_in_a_stream_too():
    """R25"""
    bare = {"type": "text", "text": ""}
    events = [added(bare, 0), event("delta", delta="Hi"), event("delta", delta="!")]
    for end in ([], [done({**bare, "text": "Hi!"}, 0)]):
        response = fold(*events, *end, event("done"))
        assert response.text == "Hi!"
        assert [item["type"] for item in response.output] == ["message"]


def test_a_message_of_plain_text_is_read_in_a_stream_too():
    item = {"type": "message", "role": "assistant", "content": "Hi!"}
    assert fold(done(item), completed()).text == "Hi!"


@pytest.mark.parametrize("ending", [[], [{"a": 1}]], ids=["its item", "the snapshot"])
def test_arguments_that_are_an_object_become_text(ending):
    items = [call("call_a", text=given) for given in ending]
    response = fold(done(call("call_a", text={"a": 1})), completed(*items))
    assert [item["arguments"] for item in response.output] == ['{"a": 1}']


# Calls that were never closed


@pytest.mark.parametrize("text", ["", '{"a":', '{"a":1},', "null"])
@pytest.mark.parametrize("ending", ["completed", "sentinel"])
def test_a_call_whose_arguments_never_ended_was_cut_off(text, ending):
    """Without arguments a tool might run on its defaults."""
    accumulator = Accumulator()
    for one in (added(call("call_a")), arguments(text)):
        accumulator.feed(one)
    if ending == "completed":
        accumulator.feed(completed())
    accumulator.end(sentinel=True)
    assert accumulator.response().status == "truncated"


@pytest.mark.parametrize(
    "closing",
    [
        event("function_call_arguments.done", output_index=0, arguments=""),
        done(call("call_a"), 0),
        completed(call("call_a")),
    ],
    ids=["its text", "its item", "the snapshot"],
)
def test_a_call_may_be_closed_without_arguments(closing):
    response = fold(added(call("call_a")), closing, completed())
    assert (response.status, len(response.function_calls)) == ("completed", 1)


# The snapshot


def test_a_snapshot_with_output_replaces_all_and_is_never_appended():
    """R16"""
    response = fold(text("draft"), done(call("call_a", text="{}")), completed(said("final")))
    assert (response.text, response.function_calls) == ("final", ())


@pytest.mark.parametrize("output", [[], None, "", {}, [None, 3, {}, {"type": None}]])
def test_a_snapshot_without_output_leaves_what_was_gathered(output):
    """R15"""
    ended = event("completed", response={"status": "completed", "output": output})
    response = fold(text("hi"), done(call("call_a", text="{}")), ended)
    assert (response.text, len(response.function_calls)) == ("hi", 1)


def test_a_call_that_is_there_twice_is_one_call():
    """R16"""
    item = call("call_a", text="{}", id="a")
    assert fold(completed(item, {**item, "id": "b"})).function_calls == (
        FunctionCall("call_a", "f", "{}"),
    )
    twice = fold(done(item, 0), done({**item, "id": "b"}, 1), completed())
    assert len(twice.function_calls) == 1


def test_two_calls_that_bear_one_call_id_are_both_kept():
    response = fold(completed(call("call_0", text='{"a":1}'), call("call_0", text='{"a":2}')))
    assert [c.arguments for c in response.function_calls] == ['{"a":1}', '{"a":2}']


def test_bare_texts_in_a_snapshot_are_messages():
    """R25"""
    response = fold(
        event("delta", delta="Hi"),
        event("done", response={"output": [{"type": "text", "text": "Hi!"}]}),
    )
    assert (response.text, response.status) == ("Hi!", "completed")


def test_the_snapshot_says_model_id_and_usage():
    response = fold(CREATED, completed(id="resp_2", model="m-1", usage={"input_tokens": 3}))
    assert (response.id, response.model, response.usage) == ("resp_2", "m-1", Usage(3, 0, 3))


@pytest.mark.parametrize("snapshot", [{}, {"response": None}, {"response": "x"}])
def test_a_terminal_event_needs_no_snapshot(snapshot):
    response = fold(CREATED, text("hi"), event("completed", **snapshot))
    assert (response.id, response.status, response.text) == ("resp_1", "completed", "hi")


@pytest.mark.parametrize("usage", [None, "12", [], {"input_tokens": None}, {"input_tokens": "1"}])
def test_usage_of_any_shape_breaks_nothing(usage):
    assert fold(completed(usage=usage)).usage in (None, Usage())


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_usage_that_is_no_number_counts_nothing(number):
    assert fold(completed(usage={"input_tokens": number})).usage == Usage()


# Ends


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("response.completed", "completed"),
        ("response.done", "completed"),
        ("response.incomplete", "incomplete"),
        ("response.failed", "failed"),
        ("response.cancelled", "cancelled"),
    ],
)
def test_each_terminal_event_gives_its_status(kind, status):
    assert fold({"type": kind}).status == status
    assert fold({"type": kind, "response": {"status": "in_progress"}}).status == status


@pytest.mark.parametrize("kind", ["response.completed", "response.done"])
@pytest.mark.parametrize("status", ["incomplete", "failed", "cancelled"])
def test_the_snapshots_status_counts_where_the_event_says_completed(kind, status):
    assert fold({"type": kind, "response": {"status": status}}).status == status


@pytest.mark.parametrize("said", [None, "", "requires_action", "stop", 7, ["completed"]])
def test_another_status_in_a_completed_event_means_completed(said):
    assert fold(completed(status=said)).status == "completed"


def test_an_incomplete_answer_says_why():
    response = fold(*wire.incomplete_response("It is"))
    assert (response.status, response.text) == ("incomplete", "It is")
    assert response.incomplete_details == {"reason": "max_output_tokens"}


def test_the_first_terminal_event_ends_the_answer():
    """R23"""
    accumulator = Accumulator()
    accumulator.feed(event("failed", response={"error": {"message": "no"}}))
    assert accumulator.done
    accumulator.feed(completed(said("late")))
    accumulator.feed(text("later"))
    accumulator.end(sentinel=True)
    response = accumulator.response()
    assert (response.status, response.text, response.error) == ("failed", "", {"message": "no"})


def test_a_body_that_just_ends_was_cut_off():
    response = fold(CREATED, text("It is"), sentinel=False)
    assert (response.status, response.text) == ("truncated", "It is")
    assert fold(done(said("It is so.")), sentinel=False).status == "truncated"
    assert fold(sentinel=False).status == "truncated"


def test_the_sentinel_ends_an_answer_that_has_come():
    assert fold(text("hi"), sentinel=True).status == "completed"
    assert fold(CREATED, sentinel=True).status == "truncated"


# Errors


@pytest.mark.parametrize(
    "error",
    [
        wire.error_event("no quota", "insufficient_quota"),
        wire.error_event("no quota", "insufficient_quota", flat=True),
        {"error": {"message": "no quota", "code": "insufficient_quota"}},
        {"type": "error", "error": "no quota", "code": "insufficient_quota"},
        {"object": "error", "message": "no quota", "code": "insufficient_quota", "type": "X"},
    ],
)
def test_an_error_in_the_stream_fails_the_answer_in_every_shape(error):
    response = fold(CREATED, error, sentinel=False)
    assert response.status == "failed"
    assert (response.error["message"], response.error["code"]) == ("no quota", "insufficient_quota")
    assert fold(error, sentinel=True).status == "failed"


@pytest.mark.parametrize("error", [{"type": "error"}, {"error": 7}, {"type": "error", "error": {}}])
def test_an_error_without_words_is_one_all_the_same(error):
    response = fold(error, sentinel=False)
    assert response.status == "failed"
    assert response.error is not None


def test_after_an_error_the_failure_itself_may_come():
    response = fold(*wire.failed_response("no quota", "insufficient_quota"))
    assert (response.status, response.error["message"]) == ("failed", "no quota")


def test_a_failure_may_be_told_in_plain_text():
    assert fold(event("failed", response={"error": "no quota"})).error == {"message": "no quota"}


def test_a_failure_without_an_error_keeps_the_one_that_came_before():
    response = fold(wire.error_event("no quota"), event("failed", response={"error": None}))
    assert response.error["message"] == "no quota"


def test_an_error_that_the_server_got_over_is_none():
    response = fold(wire.error_event("slow"), text("hi"), completed())
    assert (response.status, response.error) == ("completed", None)


@pytest.mark.parametrize("error", [None, {}, ""])
def test_an_empty_error_is_none(error):
    assert fold(text("hi", error=error), {"error": error}, completed(error=error)).error is None


def test_an_error_inside_an_item_is_no_failure():
    item = {"type": "mcp_call", "id": "x", "error": {"message": "no"}}
    response = fold(added(item, 0), done(item, 0), completed())
    assert (response.status, response.error) == ("completed", None)


# What nobody has heard of


@pytest.mark.parametrize("kind", [None, "", 7, [], {}, True, "response.new.thing", "slug:thing"])
def test_events_of_unknown_types_are_passed_over(kind):
    strange = {"type": kind, "delta": "x", "item": {}, "output_index": 0}
    response = fold(text("a"), strange, {}, text("b"), sentinel=True)
    assert (response.text, response.status, response.error) == ("ab", "completed", None)


@pytest.mark.parametrize("delta", [None, 0, {}, ["x"], True])
def test_a_delta_that_is_no_text_counts_as_none(delta):
    """R20"""
    assert fold(text("a"), text(delta), arguments(delta), text("b")).text == "ab"


def test_a_text_that_looks_false_is_a_text():
    assert fold(text("0"), text(""), text("0")).text == "00"


@pytest.mark.parametrize("item", [None, "x", [], {}, {"type": None}, {"type": 3}])
def test_an_item_without_a_type_is_passed_over(item):
    assert fold(added(item, 0), done(item, 0), text("a")).text == "a"


def test_unknown_items_and_fields_pass_untouched():
    item = {"type": "slug:thing", "id": "x", "odd": [1, {"deep": None}]}
    response = fold(added(item, 0), done(item, 0), completed(content_filters=[]))
    assert response.output == (item,)
    assert response.raw["content_filters"] == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats() | st.sampled_from(["", "x", "0"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "content", "output", "error", "call_id", "usage", "id"]
            ),
            inner | st.sampled_from(["message", "function_call", "reasoning", "text"]),
            max_size=4,
        )
    ),
    max_leaves=6,
)
KINDS = [*DELTAS, *TEXTS, *TERMINAL, "response.created", "response.output_item.added"]
KINDS += ["response.output_item.done", "response.output_text.annotation.added", "error", "new"]
FIELDS = ["output_index", "item_id", "content_index", "summary_index", "delta", "text", "item"]
FIELDS += ["arguments", "annotation", "response", "error", "message", "object"]
EVENTS = st.builds(
    lambda kind, fields: {**fields, "type": kind},
    st.sampled_from(KINDS) | ANYTHING,
    st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=5),
)


@given(st.lists(EVENTS, max_size=8), st.booleans())
def test_no_event_breaks_the_fold(events, sentinel):
    accumulator = Accumulator()
    for one in events:
        accumulator.feed(one)
        read_all(accumulator.response())
    accumulator.end(sentinel=sentinel)
    read_all(accumulator.response())
    assert accumulator.done


def read_all(response):
    assert isinstance(response.text + response.refusal + response.reasoning, str)
    assert all(isinstance(call.arguments, str) for call in response.function_calls)


@given(st.data())
def test_calls_that_interleave_in_any_order_are_told_apart(data):
    """Each item's own events keep their order; those of different items mix as they like."""
    texts = data.draw(st.lists(st.text(max_size=6), min_size=1, max_size=4))
    waiting = []
    for n, whole in enumerate(texts):
        place = {"item_id": f"i{n}", "output_index": n}
        pieces = [arguments(character, **place) for character in whole]
        item = call(f"call_{n}", id=f"i{n}")
        waiting.append([added(item, n), *pieces, done({**item, "arguments": whole}, n)])
    events = [queue.pop(0) for queue in waiting]
    while any(waiting):
        queue = data.draw(st.sampled_from([queue for queue in waiting if queue]))
        events.append(queue.pop(0))
    cut = data.draw(st.integers(0, len(events)))
    for received in fold(*events[:cut]).function_calls:
        assert texts[int(received.call_id.removeprefix("call_"))].startswith(received.arguments)
    calls = fold(*events, completed()).function_calls
    assert [(c.call_id, c.arguments) for c in calls] == [
        (f"call_{n}", whole) for n, whole in enumerate(texts)
    ]
