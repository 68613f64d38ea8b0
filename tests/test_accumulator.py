"""Events to a response: what holds whatever a server leaves out."""

import pytest

import wire
from respmagic._accumulator import Accumulator
from respmagic._items import FunctionCall, Usage


def fold(*events, sentinel=None):
    """The response of these events; `sentinel` tells whether [DONE] stood at the end of them."""
    accumulator = Accumulator()
    for event in events:
        accumulator.feed(event)
    if sentinel is not None:
        accumulator.end(sentinel=sentinel)
    return accumulator.response()


def event(kind, **fields):
    return {"type": f"response.{kind}", **fields}


def added(item, index=None):
    return event("output_item.added", item=item, **({} if index is None else placed(index)))


def done(item, index=None):
    return event("output_item.done", item=item, **({} if index is None else placed(index)))


def placed(index):
    return {"output_index": index}


def text(delta, **place):
    return event("output_text.delta", delta=delta, **place)


def arguments(delta, **place):
    return event("function_call_arguments.delta", delta=delta, **place)


def completed(*output, **fields):
    return event("completed", response={"status": "completed", "output": list(output), **fields})


def call(call_id="call_1", name="f", text="", **fields):
    fields = {"call_id": call_id, "name": name, "arguments": text, **fields}
    return {"type": "function_call", **fields}


def said(text, **fields):
    part = {"type": "output_text", "text": text, "annotations": []}
    return {"type": "message", "role": "assistant", "content": [part], **fields}


CREATED = event("created", response={"id": "resp_1", "model": "m", "status": "in_progress"})

# What streams are made of


def test_a_whole_stream_becomes_a_response():
    events = wire.stream(
        [wire.reasoning("Hm."), wire.message("It is 5."), wire.function_call("f", {"a": 1})]
    )
    response = fold(*events)
    assert (response.id, response.model, response.status) == ("resp_1", "gpt-test", "completed")
    assert (response.text, response.reasoning, response.refusal) == ("It is 5.", "Hm.", "")
    assert response.function_calls == (FunctionCall("call_1_0", "f", '{"a": 1}'),)
    assert response.usage == Usage(10, 5, 15)
    assert response.raw == events[-1]["response"]
    assert list(response.output) == events[-1]["response"]["output"]


def test_the_answer_is_known_as_far_as_it_has_come():
    response = fold(CREATED, text("It ", output_index=0), text("is", output_index=0))
    assert (response.id, response.status, response.text) == ("resp_1", "in_progress", "It is")
    assert fold() == fold({"type": "response.unheard_of"})


def test_an_answer_that_was_read_does_not_change_later():
    accumulator = Accumulator()
    accumulator.feed(text("a"))
    before = accumulator.response()
    accumulator.feed(text("b"))
    assert (before.text, accumulator.response().text) == ("a", "ab")


@pytest.mark.parametrize(
    "stream",
    [
        wire.text_response("one two three"),
        wire.call_response([("f", {"a": 1}), ("g", {})], text="I look."),
        wire.reasoning_response("I think.", "So it is."),
        wire.stream([wire.reasoning(raw="thinking aloud"), wire.message("So.")]),
        wire.refusal_response("I will not."),
    ],
)
@pytest.mark.parametrize(
    "kept", [".delta", ".done", "output_item.done", "output_text", "response.completed"]
)
def test_any_part_of_a_stream_that_says_all_is_enough(stream, kept):
    """Gateways leave out items, deltas, whole texts or the snapshot's output (R6, R15, R17, R19)"""
    whole = stream[-1]["response"]["output"]
    emptied = {**stream[-1], "response": {**stream[-1]["response"], "output": []}}
    said = [e for e in stream[:-1] if kept in e["type"] or e["type"].endswith("item.added")]
    response = fold(*said, stream[-1] if kept == "response.completed" else emptied)
    expected = fold(completed(*whole))
    if kept == "output_text" and not expected.text:
        assert (response.text, response.refusal) == ("", "")
        return
    assert (response.text, response.refusal) == (expected.text, expected.refusal)
    if kept != "output_text":
        assert response.function_calls == expected.function_calls
        assert response.reasoning == expected.reasoning


@pytest.mark.parametrize(
    ("delta", "whole", "kind"),
    [
        ("refusal.delta", {"refusal": "no!"}, "refusal"),
        ("reasoning_text.delta", {"text": "no!"}, "reasoning"),
        ("reasoning.delta", {"text": "no!"}, "reasoning"),
        ("reasoning_summary_text.delta", {"text": "no!"}, "reasoning"),
        ("output_text.delta", {"text": "no!"}, "text"),
    ],
)
def test_each_kind_of_text_goes_to_its_place(delta, whole, kind):
    pieces = [event(delta, delta="n"), event(delta, delta="o")]
    assert getattr(fold(*pieces), kind) == "no"
    ended = event(delta.replace("delta", "done"), **whole)
    assert getattr(fold(*pieces, ended), kind) == "no!"  # the whole text replaces the pieces
    assert getattr(fold(ended), kind) == "no!"


@pytest.mark.parametrize("alias", ["delta", "text.delta"])
def test_names_of_gateways_for_text_are_known(alias):
    assert fold(event(alias, delta="a"), event(alias, delta="b")).text == "ab"


def test_a_text_in_several_parts_keeps_their_order():
    events = [
        text("b", output_index=0, content_index=1),
        text("a", output_index=0, content_index=0),
        event("refusal.delta", output_index=0, content_index=2, delta="no"),
    ]
    response = fold(*events)
    assert (response.text, response.refusal) == ("ab", "no")


def test_text_and_refusal_without_part_numbers_stay_apart():
    response = fold(text("Well, "), event("refusal.delta", delta="no"), text("then"))
    assert (response.text, response.refusal) == ("Well, then", "no")


def test_summary_parts_that_nobody_announced_are_gathered():
    """R10"""
    kind = "reasoning_summary_text.delta"
    events = [event(kind, summary_index=n, delta=t) for n, t in enumerate(["a", "b"])]
    assert fold(*events).reasoning == "a\n\nb"


def test_citations_are_kept_while_text_goes_on():
    citation = {"type": "url_citation", "url": "https://example.org", "title": "t"}
    place = {"output_index": 0, "content_index": 0}
    response = fold(
        text("a", **place),
        event("output_text.annotation.added", **place, annotation={"type": "file_citation"}),
        event("output_text.annotation.added", output_index=0, content_index=0, annotation=citation),
        text("b", output_index=0, content_index=0),
    )
    assert response.text == "ab"
    cited = response.output[0]["content"][0]["annotations"]
    assert cited == [{"type": "file_citation"}, citation]


def test_a_part_of_no_shape_does_not_take_a_text():
    opened = {"type": "message", "id": "m", "content": [None, "odd"]}
    assert fold(added(opened, 0), text("hi", output_index=0, content_index=0)).text == "hi"


@pytest.mark.parametrize("number", [None, 7, "0", -1, [0]])
def test_a_citation_of_a_part_that_is_not_there_breaks_nothing(number):
    cited = event("output_text.annotation.added", content_index=number, annotation={"url": "u"})
    assert fold(text("a"), cited).text == "a"
    assert fold(cited).output == ()


# Items


def test_parallel_calls_may_interleave():
    response = fold(
        added(call("call_a", id="a"), 0),
        added(call("call_b", id="b"), 1),
        arguments('{"x"', item_id="a", output_index=0),
        arguments('{"y"', item_id="b", output_index=1),
        arguments(":1}", item_id="a", output_index=0),
        arguments(":2}", item_id="b", output_index=1),
    )
    assert [c.arguments for c in response.function_calls] == ['{"x":1}', '{"y":2}']


def test_the_index_tells_items_apart_where_ids_change_with_each_event():
    """R5"""
    response = fold(
        added(call("call_a", id="1"), 0),
        arguments('{"x"', item_id="2", output_index=0),
        arguments(":1}", item_id="3", output_index=0),
        done(call("call_a", text='{"x":1}', id="4"), 0),
        completed(),
    )
    assert response.function_calls == (FunctionCall("call_a", "f", '{"x":1}'),)


def test_ids_tell_items_apart_where_there_is_no_index():
    response = fold(
        added(call("call_a", id="a")),
        added(call("call_b", id="b")),
        arguments('{"x":1}', item_id="a"),
        arguments("{}", item_id="b"),
        done(call("call_a", text='{"x":1}', id="a")),
        done(call("call_b", text="{}", id="b")),
    )
    assert [c.arguments for c in response.function_calls] == ['{"x":1}', "{}"]


def test_call_ids_stand_in_for_ids_where_calls_have_none():
    """R8: the deltas name the call by its call id, and the whole items come at the end."""
    response = fold(
        added(call("fc_a")),
        arguments('{"x"', item_id="fc_a"),
        added(call("fc_b")),
        arguments("{}", item_id="fc_b"),
        arguments(":1}", item_id="fc_a"),
        done(call("fc_a", text='{"x":1}')),
        done(call("fc_b", text="{}")),
    )
    assert response.function_calls == (
        FunctionCall("fc_a", "f", '{"x":1}'),
        FunctionCall("fc_b", "f", "{}"),
    )


def test_without_index_and_id_a_text_belongs_to_the_last_open_item_of_its_kind():
    response = fold(
        added({"type": "message", "content": []}),
        added(call("call_a")),
        text("a"),
        arguments("{}"),
        text("b"),
        done(call("call_a")),
        added(call("call_b")),
        arguments("[]"),
    )
    assert response.text == "ab"
    assert [c.arguments for c in response.function_calls] == ["{}", "[]"]


def test_a_call_and_a_message_may_share_an_index():
    response = fold(
        added(call("call_a", id="a"), 0),
        done(call("call_a", text="{}", id="a"), 0),
        added({"type": "message", "id": "m", "content": []}, 0),
        text("hi", item_id="m", output_index=0),
        done(said("hi", id="m"), 0),
        completed(),
    )
    assert [item["type"] for item in response.output] == ["function_call", "message"]


@pytest.mark.parametrize("announced", [True, False])
def test_calls_that_all_bear_index_0_stay_apart(announced):
    events = []
    for name in "ab":
        item = call(f"call_{name}", text="{}", id=name)
        events += [added({**item, "arguments": ""}, 0)] if announced else []
        events += [done(item, 0)]
    assert [c.call_id for c in fold(*events).function_calls] == ["call_a", "call_b"]


def test_items_that_all_bear_one_id_stay_apart():
    response = fold(
        added({"type": "message", "id": "x", "content": []}),
        text("hi", item_id="x"),
        added(call(id="x")),
        arguments("{}", item_id="x"),
    )
    assert response.text == "hi"
    assert [c.arguments for c in response.function_calls] == ["{}"]


def test_an_item_that_is_announced_or_closed_twice_is_one():
    item = call("call_a", text="{}", id="a")
    opened = {**item, "arguments": ""}
    response = fold(added(opened, 0), added(opened, 0), done(item, 0), done(item, 0))
    assert response.output == (item,)


@pytest.mark.parametrize("index", [None, 0])
@pytest.mark.parametrize("name", [None, "m"])
def test_an_item_may_be_announced_after_its_first_text(name, index):
    place = {"item_id": name} | ({} if index is None else placed(index))
    opened = {"type": "message", "role": "assistant", "content": []}
    item = said("ab") if name is None else said("ab", id=name)
    begun = (text("a", **place), added({**opened, "id": name}, index), text("b", **place))
    assert fold(*begun).text == "ab"
    assert [item["role"] for item in fold(*begun).output] == ["assistant"]
    assert fold(*begun, done(item, index)).output == (item,)


def test_an_index_may_come_with_some_events_only():
    item = call("call_a", text="{}", id="a")
    opened = {**item, "arguments": ""}
    place = {"item_id": "a", "output_index": 0}
    assert fold(added(opened), arguments("{}", **place), done(item)).output == (item,)
    assert fold(added(opened, 0), arguments("{}", item_id="a"), done(item, 0)).output == (item,)


def test_a_whole_item_without_content_keeps_what_was_gathered():
    closed = {"type": "message", "id": "m", "role": "assistant", "status": "completed"}
    for content in ({}, {"content": []}, {"content": None}):
        response = fold(text("hi", item_id="m"), done({**closed, **content}), completed())
        assert (response.text, response.output[0]["status"]) == ("hi", "completed")
    assert fold(arguments("{}"), done(call("call_a"))).function_calls[0].arguments == "{}"


def test_reasoning_is_taken_from_its_whole_item():
    opened = {"type": "reasoning", "id": "rs", "summary": [], "encrypted_content": "early"}
    closed = {**opened, "encrypted_content": "late"}
    response = fold(
        added(opened, 0),
        event("reasoning_summary_text.delta", output_index=0, summary_index=0, delta="Hm."),
        done(closed, 0),
    )
    assert response.output[0]["encrypted_content"] == "late"
    assert response.reasoning == "Hm."


def test_an_empty_message_that_nobody_opened_is_left_out():
    """R18"""
    orphan = {"type": "message", "id": "chatcmpl-1", "role": "assistant", "content": []}
    response = fold(
        done(call("call_a", text="{}", id="a"), 0),
        event("output_text.done", item_id="chatcmpl-1", output_index=1, text=""),
        done(orphan, 1),
    )
    assert [item["type"] for item in response.output] == ["function_call"]


def test_arguments_may_come_by_the_events_of_custom_tools():
    """R21"""
    kind = "custom_tool_call_input"
    begun = (added(call("call_a"), 0), event(f"{kind}.delta", output_index=0, delta='{"a"'))
    assert fold(*begun).function_calls[0].arguments == '{"a"'
    ended = event(f"{kind}.done", output_index=0, input='{"a":1}')
    assert fold(*begun, ended).function_calls[0].arguments == '{"a":1}'
    assert "input" not in fold(*begun, ended).output[0]


def test_input_of_custom_tools_and_other_calls_is_gathered():
    pieces = {
        "custom_tool_call": ("custom_tool_call_input", "input"),
        "mcp_call": ("mcp_call_arguments", "arguments"),
        "code_interpreter_call": ("code_interpreter_call_code", "code"),
    }
    for kind, (name, field) in pieces.items():
        events = [added({"type": kind, "id": "x"}, 0)]
        events += [event(f"{name}.delta", output_index=0, delta=d) for d in ("a", "b")]
        assert fold(*events).output[0][field] == "ab"
        assert fold(*events).function_calls == ()
