"""Answers in the shape of chat.completions: each quirk of servers by its own chunks."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wire
from replies import Reply
from respmagic._dialects.base import Reader
from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._exceptions import ProtocolError
from respmagic._items import FunctionCall, Usage


def read(chunks, *, done=True, dialect=None, **options):
    return read_bytes(Reply.sse(chunks, done=done, **options).content, dialect)


def read_bytes(body, dialect=None):
    reader = Reader(dialect or ChatCompletions())
    reader.feed(body)
    reader.end()
    return reader.response()


def read_body(body):
    return read_bytes(json.dumps(body).encode())


def chunk(delta=None, finish=None, **fields):
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish}
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "model": "m",
        "choices": [choice],
        **fields,
    }


def text(said, **fields):
    return chunk({"content": said}, **fields)


def called(*entries, **fields):
    return chunk({"tool_calls": list(entries)}, **fields)


def function(name=None, arguments=None, **fields):
    said = {"name": name, "arguments": arguments}
    return {"function": {k: v for k, v in said.items() if v is not None}, **fields}


STOP = chunk(finish="stop")
CALLS = chunk(finish="tool_calls")
USAGE = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
EMPTY = {"id": "c1", "object": "chat.completion.chunk", "model": "m", "choices": []}


def pairs(response):
    return [(call.name, call.arguments) for call in response.function_calls]


# Whole answers


def test_a_stream_and_a_body_say_the_same():
    chunks = wire.chat_text("It is 5 €.", reasoning="Hm.")
    stream, body = read(chunks), read_body(wire.chat_body(chunks))
    for response in (stream, body):
        assert (response.text, response.reasoning, response.status) == (
            "It is 5 €.",
            "Hm.",
            "completed",
        )
        assert (response.id, response.model) == ("chatcmpl_1", wire.MODEL)
        assert response.usage == Usage(10, 5, 15)
    assert [i["type"] for i in stream.output] == [i["type"] for i in body.output]


def test_calls_come_in_pieces():
    calls = [("f", {"a": 1, "b": "two words"}), ("g", {})]
    chunks = wire.chat_calls(calls, text="Let me see.")
    for response in (read(chunks), read_body(wire.chat_body(chunks))):
        assert response.text == "Let me see."
        assert [json.loads(call.arguments) for call in response.function_calls] == [
            c[1] for c in calls
        ]
        assert [c.call_id for c in response.function_calls] == ["call_1_0", "call_1_1"]
        assert response.status == "completed"


def test_the_body_itself_is_kept():
    body = wire.chat_body(wire.chat_text("hi")) | {"system_fingerprint": "fp"}
    assert read_body(body).raw == body


def test_what_else_chunks_say_of_the_answer_is_kept():
    raw = read([text("hi", citations=["u"]), chunk(finish="stop", provider="p", p="abc")]).raw
    assert (raw["citations"], raw["provider"]) == (["u"], "p")
    assert "p" not in raw


def test_items_keep_the_order_in_which_they_began():
    chunks = [
        chunk({"reasoning_content": "a"}),
        text("b"),
        chunk({"reasoning_content": "c"}),
        called(function("f", "{}", index=0, id="x")),
        text("d"),
        CALLS,
    ]
    response = read(chunks)
    kinds = ["reasoning", "message", "reasoning", "function_call", "message"]
    assert [item["type"] for item in response.output] == kinds
    assert (response.text, response.reasoning) == ("bd", "a\n\nc")


def test_the_answer_may_be_read_while_it_comes():
    reader = Reader(ChatCompletions())
    reader.feed(Reply.sse([text("Hel"), text("lo")]).content)
    response = reader.response()
    assert (response.text, response.status, response.model) == ("Hello", "in_progress", "m")


# How it ends


@pytest.mark.parametrize(
    ("finish", "status", "reason"),
    [
        ("stop", "completed", None),
        ("tool_calls", "completed", None),
        ("function_call", "completed", None),
        ("end_turn", "completed", None),
        ("length", "incomplete", "max_output_tokens"),
        ("MAX_TOKENS", "incomplete", "max_output_tokens"),
        ("model_length", "incomplete", "max_output_tokens"),
        ("content_filter", "incomplete", "content_filter"),
        ("sensitive", "incomplete", "content_filter"),
    ],
)
def test_the_finish_reason_is_the_status(finish, status, reason):
    for response in (read([text("x"), chunk(finish=finish)]), read([text("x", finish=finish)])):
        assert response.status == status
        assert (response.incomplete_details or {}).get("reason") == reason


@pytest.mark.parametrize("finish", ["error", "network_error", "insufficient_system_resource"])
def test_some_finish_reasons_are_failures(finish):
    response = read([text("x"), chunk(finish=finish)])
    assert (response.status, response.error["code"], response.text) == ("failed", finish, "x")


@pytest.mark.parametrize("finish", ["null", "None", ""])
def test_words_for_no_reason_yet_are_none(finish):
    assert read([text("x", finish=finish)], done=False).status == "truncated"
    assert read([text("x", finish=finish), STOP], done=False).status == "completed"


@pytest.mark.parametrize("done", [True, False])
def test_no_sentinel_is_needed(done):
    """C4"""
    assert read([text("x"), STOP], done=done).status == "completed"


def test_a_stream_without_reason_and_sentinel_was_cut_off():
    """C33"""
    response = read([text("x"), called(function("f", "", index=0, id="a"))], done=False)
    assert (response.status, response.text) == ("truncated", "x")
    assert response.function_calls[0].arguments == ""  # not closed, so nothing is made of it


@pytest.mark.parametrize("finish", [None, ""])
@pytest.mark.parametrize("delta", [{"content": "x"}, {"tool_calls": [function("f", "{}", id="a")]}])
def test_the_sentinel_ends_an_answer_that_never_says_why(delta, finish):
    """C24"""
    assert read([chunk(delta, finish)]).status == "completed"


@pytest.mark.parametrize("text", ["", "{", '{"city": "Ber', '"Ber'])
def test_unless_a_call_was_cut_off(text):
    """A proxy writes the sentinel also where the server behind it broke off."""
    other = function("g", "{}", index=0, id="a")
    cut = called(other, function("f", text, index=1, id="b"))
    assert read([cut]).status == "truncated"
    assert read([cut, CALLS]).status == "completed"  # the model is told what is wrong with it
    assert read([called(other, {"custom": {"name": "f", "input": text}, "id": "b"})]).status == (
        "completed"
    )


def test_a_body_needs_no_reason():
    assert read_body({"choices": [{"message": {"content": "x"}}]}).status == "completed"


def test_the_usage_after_the_reason_ends_the_answer():
    """Some servers leave the connection open after it."""
    reader = Reader(ChatCompletions())
    reader.feed(Reply.sse([text("x"), STOP, {**EMPTY, "usage": USAGE}]).content)
    assert reader.done
    assert reader.response().usage == Usage(7, 3, 10)


def test_the_last_call_of_an_answer_that_is_cut_short_is_incomplete():
    chunks = [
        called(function("f", "{}", index=0, id="a")),
        called(function("f", '{"x', index=1, id="b")),
        chunk(finish="length"),
    ]
    statuses = [item["status"] for item in read(chunks).output]
    assert statuses == ["completed", "incomplete"]


def test_an_empty_choice_that_was_filtered_is_no_exception():
    """C29"""
    body = {"choices": [{"finish_reason": "content_filter", "index": 0}], "id": "c", "model": "m"}
    response = read_body(body)
    assert response.status == "incomplete"
    assert response.incomplete_details == {"reason": "content_filter"}


# What is missing, null or too much


@pytest.mark.parametrize(
    "odd",
    [
        {
            "choices": [],
            "id": "",
            "model": "",
            "object": "",
            "created": 0,
            "prompt_filter_results": [],
        },
        {**EMPTY, "choices": None},
        {**EMPTY, "choices": "x"},
        {**EMPTY, "choices": [None]},
        {**EMPTY, "choices": [{"index": 0, "delta": None}]},
        {**EMPTY, "choices": [{"index": 0}]},
        {**EMPTY, "moderation": {"input": {}}},
        chunk({"role": ""}),
        chunk({"role": "assistant", "content": None, "refusal": None, "tool_calls": None}),
        chunk({"content": 5, "refusal": [], "tool_calls": {}, "annotations": 3, "images": "x"}),
        chunk({"content": "", "function_call": {"name": "", "arguments": ""}, "audio": {}}),
        called(
            {
                "id": "",
                "type": "",
                "function": {"name": "", "arguments": ""},
                "custom": {"name": ""},
            }
        ),
        called(None, 3),
        chunk({"reasoning_details": [None], "reasoning": None}),
        {},
        {"ping": 1},
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_chunks_that_say_nothing_change_nothing(odd, place):
    """C1, C2, C3, C21, C24, C26, C32"""
    chunks = [text("a"), text("b"), STOP]
    chunks.insert(place, odd)
    response = read(chunks)
    assert (response.text, response.status, response.model) == ("ab", "completed", "m")
    assert [item["type"] for item in response.output] == ["message"]


def test_a_text_that_looks_false_is_a_text():
    """C27"""
    assert read([text("1"), text("0"), text("0"), STOP]).text == "100"


def test_the_last_chunk_may_come_twice():
    """C9"""
    last = chunk({"content": ""}, "stop")
    response = read([text("x"), last, {**last, "usage": USAGE}])
    assert (response.text, response.status, response.usage) == ("x", "completed", Usage(7, 3, 10))


def test_of_several_choices_the_first_counts():
    """C28"""
    other = {"index": 1, "delta": {"content": "no"}, "finish_reason": "length"}
    response = read(
        [{**EMPTY, "choices": [other]}, text("yes"), {**EMPTY, "choices": [other]}, STOP]
    )
    assert (response.text, response.status) == ("yes", "completed")
    body = {
        "choices": [
            {**other, "message": other["delta"]},
            {"index": 0, "message": {"content": "yes"}},
        ]
    }
    assert read_body(body).text == "yes"


def test_a_message_that_repeats_the_deltas_is_not_added():
    """C5"""
    repeated = {"index": 0, "delta": {"content": ""}, "message": {"content": "ab"}}
    last = {"index": 0, "message": {"content": "ab"}, "finish_reason": "stop"}
    chunks = [text("a"), text("b"), {**EMPTY, "choices": [repeated]}, {**EMPTY, "choices": [last]}]
    assert read(chunks, newline="\r\n", done=False).text == "ab"


def test_the_text_of_a_completion_without_chat_is_read():
    pieces = [{"choices": [{"index": 0, "text": said}]} for said in ("Hel", "lo")]
    end = {"choices": [{"index": 0, "text": "", "finish_reason": "stop"}]}
    assert read([*pieces, end], done=False).text == "Hello"
    assert read_body({"choices": [{"text": "Hello", "finish_reason": "stop"}]}).text == "Hello"
    both = chunk({"content": "Hello"}, "stop")
    both["choices"][0]["text"] = "Hello"
    assert read([both]).text == "Hello"


def test_keep_alives_are_passed_over():
    """C6, C7"""
    chunks = [
        b": OPENROUTER PROCESSING\n\n",
        b":\n\n",
        b"data: : ping\n\n",
        b"id: 1\n\n",
        text("x"),
        STOP,
    ]
    assert read(chunks, comments=True).text == "x"


@pytest.mark.parametrize("body", [{"choices": []}, {"choices": None, "usage": USAGE}])
def test_a_body_without_choices_is_no_answer(body):
    with pytest.raises(ProtocolError, match="without choices"):
        read_body(body)


def test_an_answer_in_the_shape_of_responses_is_read_all_the_same():
    events = wire.text_response("hi")
    for response in (read(events), read_body(wire.as_body(events))):
        assert (response.text, response.status) == ("hi", "completed")


# Usage


@pytest.mark.parametrize(
    "chunks",
    [
        [text("x"), chunk(finish="stop", usage=USAGE)],
        [text("x"), STOP, {**EMPTY, "usage": USAGE}],
        [text("x", usage={**USAGE, "completion_tokens": 1}), chunk(finish="stop", usage=USAGE)],
        [text("x"), {**STOP, "choices": [{**STOP["choices"][0], "usage": USAGE}]}],
        [text("x"), {**STOP, "x_groq": {"usage": USAGE}}],
        [text("x", usage=USAGE), chunk(finish="stop", usage=dict.fromkeys(USAGE, 0))],
        [text("x", usage=None), chunk(finish="stop", usage=USAGE), {**EMPTY, "usage": None}],
        [text("x"), STOP, {**EMPTY, "usage": {"input_tokens": 7, "output_tokens": 3}}],
    ],
)
def test_usage_is_found_wherever_it_comes(chunks):
    assert read(chunks).usage == Usage(7, 3, 10)


@pytest.mark.parametrize(
    ("usage", "cached", "reasoning"),
    [
        ({"prompt_tokens_details": {"cached_tokens": 2}}, 2, 0),
        ({"prompt_cache_hit_tokens": 2}, 2, 0),
        ({"cached_tokens": 2}, 2, 0),
        ({"completion_tokens_details": {"reasoning_tokens": 1}}, 0, 1),
        ({"prompt_tokens_details": None, "completion_tokens_details": None}, 0, 0),
        ({"cost": 0.1}, 0, 0),
    ],
)
def test_usage_in_detail(usage, cached, reasoning):
    found = read([text("x", usage={**USAGE, **usage}), STOP]).usage
    assert found == Usage(7, 3, 10, cached, reasoning)


def test_without_usage_there_is_none():
    assert read([text("x"), STOP]).usage is None


# Errors


@pytest.mark.parametrize(
    "error",
    [
        {**text("y"), "error": {"code": 400, "message": "no"}},
        {"error": {"code": 400, "message": "no"}},
        b'event: error\ndata: {"error": {"code": 400, "message": "no"}, "status_code": 400}\n\n',
        b'event: error\ndata: {"code": 400, "message": "no"}\n\n',
        {"error": "no", "code": 400},
        {"object": "error", "message": "no", "code": 400},
    ],
)
@pytest.mark.parametrize("end", [[], [STOP], [STOP, {**EMPTY, "usage": USAGE}]])
def test_an_error_at_the_top_fails_the_answer(error, end):
    """C8, C10"""
    response = read([text("x"), error, *end])
    assert (response.status, response.error["code"], response.error["message"]) == (
        "failed",
        400,
        "no",
    )
    assert response.text.startswith("x")


def test_what_failed_is_kept():
    error = {"code": "tool_use_failed", "failed_generation": "<function=f>"}
    assert (
        read([b"event: error\ndata: " + json.dumps({"error": error}).encode() + b"\n\n"]).error
        == error
    )


@pytest.mark.parametrize("error", [None, {}, "", False])
def test_an_empty_error_is_none(error):
    assert read([text("x", error=error), STOP]).status == "completed"


def test_an_error_inside_a_choice_is_no_failure():
    choice = {"index": 0, "delta": {"content": "x"}, "finish_reason": "stop"}
    filtered = {
        "error": {"code": "content_filter_error", "message": "The contents are not filtered"}
    }
    response = read([{**EMPTY, "choices": [{**choice, "content_filter_result": filtered}]}])
    assert (response.status, response.text, response.error) == ("completed", "x", None)


def test_a_body_that_is_an_error():
    response = read_body({"error": {"code": "content_filter", "message": "filtered"}})
    assert (response.status, response.error["code"]) == ("failed", "content_filter")


# Reasoning, refusals and other content


@pytest.mark.parametrize(
    "delta",
    [
        {"reasoning_content": "Hm."},
        {"reasoning": "Hm."},
        {"thinking": "Hm."},
        {"reasoning_details": [{"type": "reasoning.text", "text": "Hm.", "index": 0}]},
        {"reasoning_details": [{"type": "reasoning.summary", "summary": "Hm."}]},
        {"reasoning": "Hm.", "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}]},
        {"reasoning_content": "Hm.", "reasoning": "Hm."},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}]},
        {"content": [{"type": "thinking", "thinking": "Hm.", "closed": True}]},
        {"content": "<think>Hm.</think>"},
        {"content": [{"type": "text", "text": "<think>Hm.</think>"}]},
    ],
)
def test_reasoning_is_found_in_every_spelling(delta):
    """C22, C23"""
    expected = ("Hm.", "Ah.", ["reasoning", "message"])
    for response in (
        read([chunk(delta), text("Ah."), STOP]),
        read(
            [
                chunk({**delta, "role": "assistant"}),
                chunk({"content": [{"type": "text", "text": "Ah."}]}),
                STOP,
            ]
        ),
    ):
        kinds = [item["type"] for item in response.output]
        assert (response.reasoning, response.text, kinds) == expected


def test_reasoning_of_a_body():
    message = {"role": "assistant", "content": "Ah.", "reasoning": "Hm.", "refusal": None}
    response = read_body({"choices": [{"message": message, "finish_reason": "stop"}]})
    assert (response.reasoning, response.text) == ("Hm.", "Ah.")


def test_tags_stay_in_the_text_where_that_is_wanted():
    said = "<think>Hm.</think>Ah."
    assert read([text(said), STOP], dialect=ChatCompletions(think_tags=False)).text == said


def test_a_tag_that_never_closes_is_reasoning():
    response = read([text("<think>Hm."), chunk(finish="length")])
    assert (response.reasoning, response.text, response.status) == ("Hm.", "", "incomplete")


def test_the_beginning_of_a_tag_that_is_none_is_text():
    chunks = [text("<th"), called(function("f", "{}", index=0, id="a")), CALLS]
    response = read(chunks)
    assert response.text == "<th"
    assert [item["type"] for item in response.output] == ["message", "function_call"]


def test_encrypted_reasoning_is_kept_to_go_back():
    details = [{"type": "reasoning.encrypted", "data": "abc", "index": 0, "id": "r1"}]
    response = read([chunk({"reasoning_details": details}), text("x"), STOP])
    [thought] = [item for item in response.output if item["type"] == "reasoning"]
    assert thought["reasoning_details"] == details


def test_a_refusal_comes_in_a_field_or_a_part():
    for delta in ({"refusal": "No."}, {"content": [{"type": "refusal", "refusal": "No."}]}):
        response = read([chunk(delta), STOP])
        assert (response.refusal, response.text) == ("No.", "")
    message = {"content": None, "refusal": "No."}
    assert read_body({"choices": [{"message": message, "finish_reason": "stop"}]}).refusal == "No."


def test_citations_stand_with_the_text_wherever_they_came():
    citation = {"type": "url_citation", "url_citation": {"url": "https://a.example", "title": "A"}}
    flat = {"type": "url_citation", "url": "https://a.example", "title": "A"}
    for chunks in (
        [chunk({"content": "", "annotations": [citation]}), text("x"), STOP],
        [text("x"), chunk({"annotations": [citation]}), STOP],
        [chunk({"content": "x", "annotations": [citation]}), STOP],
    ):
        [part] = read(chunks).output[0]["content"]
        assert (part["text"], part["annotations"]) == ("x", [flat])


def test_pictures_that_came_as_data_are_items():
    url = "data:image/png;base64,iVBORw0KGgo="
    images = [
        {"type": "image_url", "image_url": {"url": url}},
        {"type": "image_url", "image_url": {"url": "https://elsewhere.example/x.png"}},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,<script>"}},
        None,
    ]
    response = read([text("Here:"), chunk({"images": images}), STOP])
    [image] = [i for i in response.output if i["type"] == "image_generation_call"]
    assert image["result"] == "iVBORw0KGgo="


# Calls


@pytest.mark.parametrize(
    "entries",
    [
        [function("f", '{"a":1}', index=0, id="x")],
        [function("f", "", index=0, id="x"), function(None, '{"a":1}', index=0)],
        [
            function("f", None, index=1, id="x"),
            function(None, '{"a"', index=1),
            function(None, ":1}", index=1),
        ],
        [function("f", "", index=0, id="x"), function("", '{"a":1}', index=0, id="")],
        [function("f", "", index=0, id="x"), function(None, '{"a":1}', index=0, id=None)],
        [function("f", "", index=0, id="x"), function("f", '{"a":1}', index=0, id="x")],
        [function("f", "", id="x"), function(None, '{"a":1}')],
        [function("f", "", index=0, id="x"), function(None, '{"a":1}', index=1, id="x")],
        [function("f", "", index=0, id="x"), function(None, '{"a":1}', index=3)],
        [function("f", '{"a":1}', id="x")],
        [function("f", {"a": 1}, index=0, id="x")],
        [function("f", "", index=0), function(None, '{"a":1}', index=0, id="x")],
        [function(None, "", index=0, id="x"), function("f", '{"a":1}', index=0)],
        [function("f", '{"a":1}', index=0, id="x")] * 2,
    ],
)
def test_one_call_however_its_pieces_are_named(entries):
    """C11, C12, C14, C16, C17, C19"""
    in_chunks = read([*map(called, entries), CALLS])
    at_once = read([called(*entries), chunk(finish="stop")])  # C15, C25
    for response in (in_chunks, at_once):
        [call] = response.function_calls
        assert (call.call_id, call.name, json.loads(call.arguments)) == ("x", "f", {"a": 1})


@pytest.mark.parametrize(
    "entries",
    [
        [function("f", '{"a":1}', index=0, id="x"), function("g", "{}", index=1, id="y")],
        [function("f", '{"a":1}', index=0, id="x"), function("g", "{}", index=0, id="y")],
        [function("f", '{"a":1}', id="x"), function("g", "{}", id="y")],
        [
            function("f", "", index=0, id="x"),
            function(None, '{"a":1}', index=0),
            function("g", "", index=0, id="y"),
            function(None, "{}", index=1),
        ],
        [
            function("f", "", index=0, id="x"),
            function("g", "", index=1, id="y"),
            function(None, "{}", index=1),
            function(None, '{"a":1}', index=0),
        ],
        [function("f", '{"a":1}', index=0, id="x"), function("g", "", index=0, id="y")],
    ],
)
def test_parallel_calls_stay_apart(entries):
    """C13, C14"""
    for response in (read([*map(called, entries), CALLS]), read([called(*entries), CALLS])):
        calls = [(c.call_id, c.name, c.arguments) for c in response.function_calls]
        assert calls == [("x", "f", '{"a":1}'), ("y", "g", "{}")]


@pytest.mark.parametrize("index", [{}, {"index": 0}])
@pytest.mark.parametrize("name", [{}, {"id": ""}, {"id": None}])
def test_calls_without_ids_are_given_some(index, name):
    """C18"""
    entries = [function("f", '{"a":1}', **index, **name), function("f", '{"a":2}', **index, **name)]
    calls = read([called(*entries), CALLS]).function_calls
    assert calls == (FunctionCall("call_0", "f", '{"a":1}'), FunctionCall("call_1", "f", '{"a":2}'))


def test_what_a_server_wants_back_with_a_call_is_kept():
    """C18"""
    extra = {"google": {"thought_signature": "abc"}}
    response = read([called(function("f", "{}", index=0, id="", extra_content=extra)), CALLS])
    assert response.output[0]["extra_content"] == extra


@pytest.mark.parametrize("arguments", [None, "", " "])
def test_no_arguments_are_an_empty_object(arguments):
    """C20"""
    assert pairs(read([called(function("f", arguments, index=0, id="x")), CALLS])) == [("f", "{}")]


def test_two_objects_in_one_call_are_left_for_the_tool_to_refuse():
    entries = [
        function("f", '{"a":1}', index=0, id="x"),
        function(None, '{"a":2}', index=0, id="x"),
    ]
    assert pairs(read([*map(called, entries), CALLS])) == [("f", '{"a":1}{"a":2}')]


def test_the_old_way_of_one_call_is_understood():
    chunks = [
        chunk({"function_call": {"name": "f", "arguments": ""}}),
        chunk({"function_call": {"arguments": '{"a"'}}),
        chunk({"function_call": {"arguments": ":1}"}}),
        chunk(finish="function_call"),
    ]
    assert pairs(read(chunks)) == [("f", '{"a":1}')]


def test_calls_of_custom_tools_are_items_of_their_own():
    entries = [
        {"index": 0, "id": "x", "type": "custom", "custom": {"name": "sql", "input": "select"}},
        {"index": 0, "custom": {"input": " 1"}},
    ]
    [item] = read([*map(called, entries), CALLS]).output
    assert (item["type"], item["call_id"], item["input"]) == ("custom_tool_call", "x", "select 1")


# Anything at all


FIELDS = st.sampled_from(
    """index delta message finish_reason content reasoning tool_calls id function custom name
    arguments type text thinking usage images reasoning_details annotations image_url url
    function_call refusal extra_content prompt_tokens prompt_tokens_details x_groq
    url_citation""".split()  # noqa: SIM905 - a list of words
)
PARTS = st.sampled_from(
    ["content", "reasoning", "reasoning_content", "reasoning_details", "images"]
)
WORDS = st.sampled_from(["", "x", "stop", "<think>", "{}", "text", "thinking", "url_citation"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=8,
)
PARTS |= st.sampled_from(["tool_calls", "refusal", "annotations", "function_call"])
DELTAS = st.dictionaries(PARTS, ANYTHING | st.lists(ANYTHING, max_size=3), max_size=3)
TOP = st.sampled_from(["choices", "usage", "error", "id", "model", "created", "x_groq", "type"])
CHUNKS = st.builds(chunk, DELTAS, ANYTHING) | st.dictionaries(TOP, ANYTHING, max_size=4)


@given(st.lists(CHUNKS, min_size=1, max_size=6), st.booleans())
def test_no_chunk_breaks_the_translation(chunks, done):
    response = read(chunks, done=done)
    assert isinstance(response.text + response.refusal + response.reasoning, str)
    assert all(isinstance(call.arguments, str) for call in response.function_calls)
    assert response.status in ("completed", "incomplete", "failed", "truncated", "cancelled")


@given(DELTAS, ANYTHING)
def test_no_body_breaks_the_translation(message, finish):
    response = read_body({"choices": [{"message": message, "finish_reason": finish}]})
    assert response.status in ("completed", "incomplete", "failed")


SIMPLE = st.builds(
    lambda key, said, **fields: chunk({key: said}, **fields),
    st.sampled_from(["content", "reasoning_content", "reasoning", "refusal", "role"]),
    st.sampled_from(["", "a", "b ", "<think>", "</think>", "<"]),
    finish=st.sampled_from([None, None, None, "stop"]),
    citations=st.sampled_from([None, ["u"], ["v"]]),
)


@given(st.lists(SIMPLE | CHUNKS, min_size=1, max_size=8), st.booleans())
def test_chunks_that_are_read_the_short_way_say_the_same(chunks, done):
    """After a chunk of another kind none is."""
    between = [one for each in chunks for one in ({"ping": 1}, each)]
    short, long = read(chunks, done=done), read(between, done=done)
    assert short == replace(long, raw=short.raw)
    assert {**short.raw, "ping": 1} == {**long.raw, "ping": 1}


def test_citations_of_one_chunk_in_the_middle_are_kept():
    told = [None, ["https://example.org"], None, None]
    response = read([chunk({"content": "a"}, citations=each) for each in told], done=True)
    assert response.raw["citations"] == ["https://example.org"]


STREAM = Reply.sse(
    [*wire.chat_calls([("f", {"a": "b c"}), ("g", {})], text="Let me see.")], done=True
).content


@given(
    st.lists(
        st.tuples(st.sampled_from(["drop", "double", "swap"]), st.integers(0, 5000)), max_size=4
    )
)
def test_any_damage_ends_in_a_response_or_an_error_of_ours(damages):
    body = STREAM
    for kind, at in damages:
        at, size = at % len(body), 1 + at % 40  # noqa: PLW2901 - the place in what is left
        piece = body[at : at + size]
        kept = {"drop": b"", "double": piece * 2, "swap": piece[::-1]}[kind]
        body = body[:at] + kept + body[at + size :]
    try:
        response = read_bytes(body or b"x")
    except ProtocolError:
        return
    assert response.status in ("completed", "incomplete", "failed", "truncated")
    assert all(isinstance(call.arguments, str) for call in response.function_calls)
