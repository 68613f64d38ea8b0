"""Bytes of an answer to a response: streamed or not, whatever was asked and whatever was said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wire
from replies import Reply
from respmagic._dialects.base import Reader, parse_json
from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._dialects.responses import Responses
from respmagic._exceptions import ProtocolError
from respmagic._items import Request, user_message


def read(*chunks, dialect=None):
    reader = Reader(dialect or Responses())
    for chunk in chunks:
        reader.feed(chunk)
    reader.end()
    return reader.response()


def cut(body, size):
    return [body[at : at + size] for at in range(0, len(body), size)]


def sse(events, **options):
    return Reply.sse(events, **options).content


def as_json(value):
    return json.dumps(value).encode()


EVENTS = wire.stream(
    [wire.reasoning("Hm."), wire.message("It is 5 €."), wire.function_call("f", {})]
)
BODY = wire.as_body(EVENTS)
EMPTY = [{**event, "response": {**event["response"], "output": []}} for event in EVENTS[-1:]]

# What it is shows by its first bytes


def test_a_stream_and_a_body_say_the_same():
    assert read(sse(EVENTS)) == read(as_json(BODY))


@pytest.mark.parametrize("size", [1, 2, 7, 64])
@pytest.mark.parametrize("body", [sse(EVENTS), sse(EVENTS, done=True), as_json(BODY)])
def test_cuts_change_nothing(body, size):
    assert read(*cut(body, size)) == read(body)


@pytest.mark.parametrize(
    "options",
    [
        {"event_lines": False},
        {"done": True},
        {"newline": "\r\n"},
        {"newline": "\r"},
        {"comments": True},
        {"comments": True, "newline": "\r\n", "done": True, "event_lines": False},
    ],
)
def test_framing_does_not_matter(options):
    """R1, R2, R3"""
    body = sse(EVENTS, **options)
    assert read(body) == read(*cut(body, 1)) == read(sse(EVENTS))


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\n", b"\r\n\r\n", b" \t", b"\xef\xbb\xbf\n\t"]
)
def test_marks_and_blanks_may_stand_before_a_body(before):
    body = before + as_json(BODY) + b"\r\n"
    assert read(body) == read(*cut(body, 1)) == read(as_json(BODY))


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n", b"\r\n\r\n", b": ping\n\n", b"id: 1\n"])
def test_marks_and_blank_lines_may_stand_before_a_stream(before):
    body = before + sse(EVENTS)
    assert read(body) == read(*cut(body, 1)) == read(sse(EVENTS))


@pytest.mark.parametrize("body", [b"", b"\n", b" \r\n\t ", b"\xef\xbb\xbf"])
def test_an_empty_answer_is_none(body):
    with pytest.raises(ProtocolError, match="empty"):
        read(*cut(body, 1))


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><h1>hi</h1>", b"\n\n  <html>", b"<?xml?>"])
def test_a_web_page_is_no_answer(body):
    for chunks in ([body], cut(body, 1)):
        with pytest.raises(ProtocolError, match=r"web page.*/v1"):
            read(*chunks)


@pytest.mark.parametrize(
    "body",
    [
        b"upstream connect error",
        b"error: no route",
        b"Internal Server Error\n",
        b"data plane is down",
        b"404",
        b"no\n\ndata: here",
    ],
)
def test_plain_text_is_quoted(body):
    for chunks in ([body], cut(body, 1)):
        with pytest.raises(ProtocolError) as caught:
            read(*chunks)
        assert body.decode().strip() in str(caught.value)


def test_a_long_body_that_is_no_json_is_quoted_in_part():
    with pytest.raises(ProtocolError) as caught:
        read(b'{"a": ' + b"x" * 10_000)
    assert 200 < len(str(caught.value)) < 400


@pytest.mark.parametrize("body", [b"[1, 2]", b'"text"', b"null", b"17"])
def test_json_that_is_no_object_is_no_answer(body):
    with pytest.raises(ProtocolError, match="no object"):
        read(body)


def test_the_first_object_of_json_lines_is_not_taken_for_the_answer():
    with pytest.raises(ProtocolError, match="not JSON"):
        read(as_json(BODY) + b"\n" + as_json(BODY))


# Another API's shape

CHAT = wire.chat_text("hi")


def test_the_shape_of_chat_completions_is_read_all_the_same():
    """R24"""
    for body in (as_json(wire.chat_body(CHAT)), sse(CHAT, done=True), sse(CHAT)):
        response = read(body)
        assert (response.text, response.status) == ("hi", "completed")
        assert response.usage.input_tokens == wire.USAGE["input_tokens"]


def test_an_error_in_the_shape_of_chat_completions_is_an_error():
    chunk = {**CHAT[1], "error": {"code": 400, "message": "no"}}
    for body in (as_json(chunk), sse([chunk], done=True)):
        response = read(body)
        assert (response.status, response.error) == ("failed", {"code": 400, "message": "no"})


ENVELOPES = [
    ({"success": False, "message": "No."}, None),
    ({"success": False, "message": "No.", "data": None, "code": 0}, None),
    ({"code": 1001, "msg": "No.", "data": None}, 1001),
    ({"errcode": "E1", "errmsg": "No."}, "E1"),
    ({"base_resp": {"status_code": 1004, "status_msg": "No."}}, 1004),
    ({"choices": None, "base_resp": {"status_code": 1004, "status_msg": "No."}}, 1004),
]


@pytest.mark.parametrize(("body", "code"), ENVELOPES)
@pytest.mark.parametrize("dialect", [Responses(), ChatCompletions()])
def test_an_envelope_that_tells_of_a_failure_is_one(body, code, dialect):
    for sent in (as_json(body), sse([body]), sse([body], done=True)):
        response = read(sent, dialect=dialect)
        assert (response.status, response.error) == ("failed", {"code": code, "message": "No."})


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Welcome"},
        {"code": 200, "msg": "success", "data": {}},
        {"code": "0", "message": "ok"},
        {"success": True, "message": "Welcome"},
        {"success": False},
        {"base_resp": {"status_code": 0, "status_msg": "success"}},
    ],
)
def test_an_envelope_that_tells_of_none_is_no_answer(body):
    with pytest.raises(ProtocolError, match="no response object"):
        read(as_json(body))
    assert read(sse([body])).status == "truncated"


def test_what_an_envelope_says_beside_an_answer_is_no_failure():
    well = {**BODY, "base_resp": {"status_code": 1, "status_msg": "x"}, "code": 5, "msg": "x"}
    assert read(as_json(well)).status == "completed"
    chat = {**wire.chat_body(CHAT), "code": 5, "msg": "x", "success": False}
    assert read(as_json(chat)).text == read(sse([chat])).text == "hi"


@pytest.mark.parametrize("dialect", [Responses(), ChatCompletions()])
def test_an_event_of_an_error_may_be_plain_text(dialect):
    response = read(b"event: error\ndata: upstream  gone\n\n", dialect=dialect)
    assert (response.status, response.error["message"]) == ("failed", "upstream  gone")


def test_an_object_of_another_kind_is_named_by_its_fields():
    with pytest.raises(ProtocolError, match="contentType, data"):
        read(b'{"contentType": "x", "data": []}')


# Bodies


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("completed", "completed"),
        ("incomplete", "incomplete"),
        ("failed", "failed"),
        ("queued", "queued"),
        ("in_progress", "in_progress"),
        ("requires_action", "completed"),
        ("stop", "completed"),
        ("", "completed"),
        (None, "completed"),
        (3, "completed"),
    ],
)
def test_a_body_says_its_status(said, status):
    assert read(as_json({**BODY, "status": said})).status == status


@pytest.mark.parametrize("output", [None, []])
@pytest.mark.parametrize("error", [{"message": "no", "code": None}, "no"])
def test_a_body_with_an_error_has_failed(output, error):
    response = read(as_json({"output": output, "error": error, "status": None}))
    assert (response.status, response.error["message"]) == ("failed", "no")


def test_the_code_beside_an_error_of_plain_text_is_kept():
    response = read(b'{"code": "invalid-argument", "error": "bad key"}')
    assert response.error == {"code": "invalid-argument", "message": "bad key"}


@pytest.mark.parametrize("error", [None, {}, ""])
def test_an_empty_error_in_a_body_is_none(error):
    response = read(as_json({**BODY, "error": error}))
    assert (response.status, response.error) == ("completed", None)


def test_a_body_of_bare_texts_is_a_message():
    """R25"""
    body = {"id": "r", "created": 1, "output": [{"type": "text", "text": "Hi!"}]}
    response = read(as_json({**body, "usage": {"total_tokens": 20}}))
    assert (response.text, response.usage.total_tokens) == ("Hi!", 20)


MESSAGE = {"type": "message", "role": "assistant"}


@pytest.mark.parametrize(
    "body",
    [
        {"output": "Hello"},
        {"output": [], "output_text": "Hello"},
        {"output": None, "output_text": "Hello"},
        {"output_text": "Hello"},
        {"output": [{**MESSAGE, "content": [{"type": "text", "text": "Hello"}]}]},
        {"output": [{**MESSAGE, "content": ["Hel", "lo"]}]},
        {"output": [{**MESSAGE, "content": "Hello"}], "output_text": "Hello"},
    ],
)
def test_the_text_of_an_answer_is_found_wherever_it_stands(body):
    whole = {"type": "response.completed", "response": {"id": "r", **body}}
    assert [read(as_json(body)).text, read(sse([whole])).text] == ["Hello", "Hello"]


def test_a_snapshot_whose_parts_are_bare_texts_replaces_the_pieces():
    pieces = [{"type": "response.output_text.delta", "delta": text} for text in ("Hel", "lo")]
    output = [{**MESSAGE, "content": [{"type": "text", "text": "Hello"}]}]
    assert read(sse([*pieces, {"type": "response.completed", "response": {"output": output}}])) == (
        read(sse([{"type": "response.completed", "response": {"output": output}}]))
    )


def test_a_text_beside_the_items_loses_none_of_them():
    events = [event for event in EVENTS if event["type"] != "response.completed"]
    end = {"type": "response.completed", "response": {"output": [], "output_text": "It is 5 €."}}
    assert read(sse([*events, end])).output == read(sse(EVENTS)).output


@pytest.mark.parametrize("delta", ["Hi", {"text": "Hi"}, {"type": "text", "text": "Hi"}])
def test_a_delta_may_be_a_part(delta):
    events = [{"type": "response.delta", "delta": delta}, {"type": "response.done"}]
    assert read(sse(events)).text == "Hi"


@pytest.mark.parametrize("delta", [{"text": None}, {"text": 5}, {}, [], 5])
def test_a_delta_of_nothing_adds_nothing(delta):
    events = [{"type": "response.delta", "delta": delta}, *EVENTS]
    assert read(sse(events)).output == read(sse(EVENTS)).output


def test_a_call_that_a_body_has_twice_is_one_call():
    item = {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}
    assert len(read(as_json({"output": [item, item]})).function_calls) == 1


def test_odd_items_of_a_body_break_nothing():
    output = [None, "x", {"a": 1}, {"type": 3}, {"type": "message", "content": "plain"}]
    response = read(as_json({"output": output}))
    assert [item["type"] for item in response.output] == ["", "", "message"]
    assert (response.text, response.function_calls, response.reasoning) == ("plain", (), "")


# Streams


def test_the_terminal_event_ends_the_answer():
    reader = Reader(Responses())
    reader.feed(sse(EVENTS[:-1]))
    assert not reader.done
    reader.feed(sse(EVENTS[-1:]) + b"data: broken {\n\n")
    assert reader.done
    assert reader.response().status == "completed"


def test_the_answer_may_be_read_while_it_comes():
    reader = Reader(Responses())
    assert reader.response().status == "in_progress"
    reader.feed(b'data: {"type": "response.output_text.delta", "delta": "Hi"}\n\n')
    assert reader.response().text == "Hi"


@pytest.mark.parametrize("sentinel", ["[DONE]", " [DONE] ", "[DONE]\t"])
def test_the_sentinel_ends_a_stream_without_a_terminal_event(sentinel):
    reader = Reader(Responses())
    reader.feed(sse([*EVENTS[:-1], sentinel]))
    assert reader.done
    assert reader.response().status == "completed"
    assert reader.response().text == "It is 5 €."


@pytest.mark.parametrize("kept", range(1, len(EVENTS)))
def test_a_stream_that_ends_early_was_cut_off(kept):
    assert read(sse(EVENTS[:kept])).status == "truncated"


@pytest.mark.parametrize("at", [5, 12, 30, 60, 200])
def test_a_stream_that_ends_inside_an_event_was_cut_off(at):
    body = sse(EVENTS[:6]) + sse(EVENTS[6:7])[:at]
    assert read(body).status == "truncated"
    assert read(body[: len(sse(EVENTS[:1])) + at]).status == "truncated"


def test_the_last_event_needs_no_blank_line():
    assert read(sse(EVENTS).rstrip(b"\n")) == read(sse(EVENTS))


def test_an_event_that_is_no_json_is_quoted():
    with pytest.raises(ProtocolError, match=r'not JSON .*\{"type": oops'):
        read(sse([EVENTS[0], '{"type": oops', EVENTS[-1]]))


def test_data_that_is_no_object_is_passed_over():
    odd = ["[1]", '"text"', "null", "7"]
    assert read(sse([*odd, *EVENTS, *odd])) == read(sse(EVENTS))


@pytest.mark.parametrize("blank", [b"data:\n\n", b"data: \n\n", b"data:  \n\n", b"data\n\n"])
def test_events_without_data_are_passed_over(blank):
    assert read(blank, sse(EVENTS[:3]), blank, sse(EVENTS[3:])) == read(sse(EVENTS))


@pytest.mark.parametrize("comment", [": PROCESSING", ":", " : ping"])
def test_comments_that_a_proxy_wrapped_are_passed_over(comment):
    assert read(sse([comment, *EVENTS])) == read(sse(EVENTS))


def test_the_name_of_an_event_counts_where_the_json_has_no_type():
    bare = [{key: value for key, value in e.items() if key != "type"} for e in EVENTS]
    body = b"".join(
        b"event: " + full["type"].encode() + b"\ndata: " + as_json(event) + b"\n\n"
        for full, event in zip(EVENTS, bare, strict=True)
    )
    assert read(body) == read(sse(EVENTS))
    failed = read(b'event: error\ndata: {"error": {"message": "no"}, "status_code": 400}\n\n')
    assert (failed.status, failed.error) == ("failed", {"message": "no"})


def test_the_type_in_the_json_counts_more_than_the_name():
    assert read(b"event: error\ndata: " + as_json(EVENTS[-1]) + b"\n\n").status == "completed"


def test_half_a_character_pair_in_an_escape_breaks_nothing():
    """Some gateways cut text between the two escapes of one character."""
    halves = rb'{"type":"response.output_text.delta","delta":"ok \ud83d"}', rb"\ude00"
    body = b"data: " + halves[0] + b"\n\n"
    text = read(body + sse(EMPTY)).text
    assert text.startswith("ok ")
    text.encode()
    whole = rb'data: {"type":"response.output_text.done","text":"ok \ud83d\ude00"}' + b"\n\n"
    assert read(body + whole + sse(EMPTY)).text == "ok \U0001f600"
    lone = json.dumps({**BODY, "note": "\ud800"}).encode()
    assert read(lone).text == "It is 5 €."


def test_logprobs_that_are_not_finite_break_nothing():
    body = (
        b'data: {"type":"response.output_text.delta","delta":"a","logprobs":[-Infinity, NaN]}\n\n'
    )
    assert read(body).text == "a"


# Any bytes


def outcome(chunks):
    try:
        return read(*chunks)
    except ProtocolError as error:
        return str(error)


PIECES = st.lists(
    st.sampled_from([*[sse([e]) for e in EVENTS], b"data: [DONE]\n\n", b"data:", b"\n", b"{", b"<"])
    | st.binary(max_size=5),
    max_size=8,
).map(b"".join)


@given(PIECES, st.data())
def test_any_bytes_end_in_a_response_or_an_error_of_ours(body, data):
    places = sorted(data.draw(st.sets(st.integers(0, len(body)), max_size=6)))
    chunks = [body[a:b] for a, b in zip([0, *places], [*places, len(body)], strict=True)]
    assert outcome(chunks) == outcome([body])


# Requests


def test_a_request_says_only_what_was_set():
    request = Request(None, (user_message("Hi"),), stream=False)
    message = {"type": "message", "role": "user", "content": "Hi"}
    assert Responses().encode(request) == {"input": [message], "store": False}


def test_a_request_carries_tools_and_parameters():
    tool = {"type": "function", "name": "f", "parameters": {}, "strict": True}
    request = Request("m", (), (tool,), parameters={"temperature": 0.0, "store": True})
    assert Responses().encode(request) == {
        "model": "m",
        "input": [],
        "tools": [tool],
        "stream": True,
        "store": True,
        "temperature": 0.0,
    }


def test_reasoning_goes_back_only_with_its_encrypted_content():
    """Without it a server would look for an item that it never stored, and refuse the request."""
    bare = {"type": "reasoning", "id": "rs_1", "summary": []}
    whole = {**bare, "encrypted_content": "x"}
    of_chat = {**whole, "reasoning_details": [{"type": "reasoning.text"}]}
    body = Responses().encode(Request("m", (bare, whole, of_chat)))
    assert body["input"] == [whole, whole]


def test_a_body_is_parsed_with_its_reason():
    assert parse_json(b' {"a": 1} ') == {"a": 1}
    with pytest.raises(ProtocolError, match="not JSON"):
        parse_json(b"{]")


def test_a_message_whose_content_is_plain_text_is_read():
    item = {"type": "message", "role": "assistant", "content": "Plain."}
    body = json.dumps({"status": "completed", "output": [item]}).encode()
    assert outcome([body]).text == "Plain."
