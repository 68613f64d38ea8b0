"""The wire's words as values."""

import dataclasses

import pytest

from respmagic._items import (
    FunctionCall,
    FunctionCallOutput,
    Request,
    Response,
    Usage,
    user_message,
)


def message(*parts):
    return {"type": "message", "role": "assistant", "content": list(parts)}


def test_what_the_user_says_is_an_item():
    assert user_message("Hi") == {"type": "message", "role": "user", "content": "Hi"}


def test_an_output_goes_back_as_an_item():
    assert FunctionCallOutput("call_1", "5").to_item() == {
        "type": "function_call_output",
        "call_id": "call_1",
        "output": "5",
    }


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ("", ""),
        (None, ""),
        ({"a": 1}, '{"a": 1}'),
        ({}, "{}"),
        ([1], "[1]"),
        (0, "0"),
        ("{broken", "{broken"),
    ],
)
def test_arguments_are_text_whatever_came(arguments, text):
    item = {"type": "function_call", "call_id": "c", "name": "f", "arguments": arguments}
    assert FunctionCall.from_item(item) == FunctionCall("c", "f", text)


def test_a_call_may_lack_everything():
    assert FunctionCall.from_item({"type": "function_call"}) == FunctionCall("", "", "")
    odd = {"type": "function_call", "call_id": None, "name": 7}
    assert FunctionCall.from_item(odd) == FunctionCall("", "7", "")


@pytest.mark.parametrize(
    ("wire", "usage"),
    [
        (None, None),
        ("12", None),
        ([], None),
        ({}, Usage()),
        ({"input_tokens": 3, "output_tokens": 4}, Usage(3, 4, 7)),
        ({"input_tokens": 3, "output_tokens": 4, "total_tokens": 9}, Usage(3, 4, 9)),
        ({"total_tokens": 20}, Usage(0, 0, 20)),
        ({"input_tokens": 3.0, "output_tokens": None}, Usage(3, 0, 3)),
        ({"input_tokens": 3, "input_tokens_details": None}, Usage(3, 0, 3)),
        (
            {
                "input_tokens": 3,
                "output_tokens": 4,
                "input_tokens_details": {"cached_tokens": 1},
                "output_tokens_details": {"reasoning_tokens": 2},
            },
            Usage(3, 4, 7, cached_tokens=1, reasoning_tokens=2),
        ),
    ],
)
def test_usage_is_read_as_far_as_it_goes(wire, usage):
    assert Usage.from_wire(wire) == usage


def test_usages_add_up():
    assert Usage(1, 2, 3, 4, 5) + Usage(10, 20, 30, 40, 50) == Usage(11, 22, 33, 44, 55)
    assert sum([Usage(1, 2, 3), Usage(1, 2, 3)], Usage()) == Usage(2, 4, 6)


def test_the_text_is_that_of_all_messages_and_parts():
    response = Response(
        output=(
            message({"type": "output_text", "text": "a"}, {"type": "output_text", "text": "b"}),
            {"type": "web_search_call", "id": "ws"},
            message({"type": "refusal", "refusal": "no"}, {"type": "output_text", "text": "c"}),
        )
    )
    assert (response.text, response.refusal) == ("abc", "no")


def test_reasoning_is_the_summary_else_the_text():
    summary = {"summary": [{"type": "summary_text", "text": t} for t in ("a", "b")]}
    content = {"content": [{"type": "reasoning_text", "text": "raw"}]}
    for fields, shown in [
        (summary | content, "a\n\nb"),
        (content | {"summary": []}, "raw"),
        ({"summary": None, "encrypted_content": "x"}, ""),
    ]:
        assert Response(output=({"type": "reasoning", **fields},)).reasoning == shown


def test_each_reasoning_item_shows_what_it_has():
    items = (
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "short"}]},
        {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "long"}]},
    )
    assert Response(output=items).reasoning == "short\n\nlong"


@pytest.mark.parametrize(
    "content",
    [None, "plain", {}, [None], ["x"], [{}], [{"text": "x"}], [{"type": "output_text", "text": 7}]],
)
def test_content_of_another_shape_has_no_text(content):
    items = ({"type": "message", "content": content}, {"type": "reasoning", "summary": content})
    response = Response(output=items)
    assert (response.text, response.refusal, response.reasoning) == ("", "", "")


def test_only_function_calls_are_calls_of_ours():
    output = tuple(
        {"type": kind, "call_id": kind, "name": "f", "arguments": "{}"}
        for kind in ("function_call", "custom_tool_call", "mcp_call", "function_call_output")
    )
    assert Response(output=output).function_calls == (FunctionCall("function_call", "f", "{}"),)


@pytest.mark.parametrize(
    "value", [Usage(), FunctionCall("", "", ""), Request(None, ()), Response()]
)
def test_values_do_not_change(value):
    name = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "x")


def test_the_raw_answer_does_not_crowd_the_repr():
    assert "secret" not in repr(Response(raw={"secret": 1}))
