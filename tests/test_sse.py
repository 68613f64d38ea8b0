"""Bytes to server-sent events, and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._sse import Decoder, encode


def decode(*chunks):
    decoder = Decoder()
    events = [event for chunk in chunks for event in decoder.feed(chunk)]
    return events + decoder.flush()


def data_of(*chunks):
    return [data for _, data in decode(*chunks)]


def cut(body, size):
    return [body[at : at + size] for at in range(0, len(body), size)]


# Lines


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_at_lf_crlf_or_cr(end):
    body = end.join([b"event: a", b"data: 1", b"", b"data: 2", b"data: 3", b"", b""])
    assert decode(body) == [("a", b"1"), ("", b"2\n3")]


def test_line_ends_may_be_mixed():
    assert data_of(b"data: 1\r\ndata: 2\rdata: 3\n\r\ndata: 4\r\r") == [b"1\n2\n3", b"4"]


def test_a_crlf_cut_in_two_ends_one_line():
    assert data_of(b"data: 1\r", b"\ndata: 2\r", b"\n\r", b"\n") == [b"1\n2"]


def test_a_lone_cr_at_the_end_of_a_chunk_ends_its_line():
    assert data_of(b"data: 1\r", b"data: 2") == [b"1\n2"]


def test_an_event_is_given_out_once_its_blank_line_has_come():
    decoder = Decoder()
    assert decoder.feed(b"data: 1\n") == []
    assert decoder.feed(b"\n") == [("", b"1")]
    assert decoder.flush() == []


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_other_separators_of_lines_stay_in_the_data(separator):
    text = f'{{"t": "a{separator}b"}}'
    assert data_of(f"data: {text}\n\n".encode()) == [text.encode()]


@pytest.mark.parametrize("at", range(1, 24))
def test_characters_may_be_cut_at_any_byte(at):
    body = "data: \xe9\u4f60\u597d\U0001f600\n\n".encode()
    assert data_of(body[:at], body[at:]) == ["\xe9\u4f60\u597d\U0001f600".encode()]


# Fields


@pytest.mark.parametrize(
    ("line", "data"),
    [
        (b"data:x", b"x"),
        (b"data: x", b"x"),
        (b"data:  x ", b" x "),
        (b"data:\tx", b"\tx"),
        (b"data:a:b", b"a:b"),
        (b"data:", b""),
        (b"data: ", b""),
        (b"data", b""),
    ],
)
def test_one_space_after_the_colon_is_not_data(line, data):
    assert data_of(line + b"\n\n") == [data]


def test_several_data_lines_are_joined_by_line_feeds():
    assert data_of(b"data: {\ndata:\ndata: }\n\n") == [b"{\n\n}"]


def test_the_name_may_come_before_or_after_the_data():
    assert decode(b"event: a\ndata: 1\n\ndata: 2\nevent: b\n\n") == [
        ("a", b"1"),
        ("b", b"2"),
    ]


def test_a_name_holds_for_one_event_only():
    assert decode(b"event: a\n\ndata: 1\n\n") == [("", b"1")]


@pytest.mark.parametrize(
    "line", [b": ping", b":", b"id: 7", b"id", b"retry: 3000", b"foo: bar", b"DATA: x", b" data: x"]
)
def test_comments_and_other_fields_are_passed_over_anywhere(line):
    body = line + b"\n\n" + line + b"\ndata: 1\n" + line + b"\n\n" + line + b"\n\n"
    assert data_of(body) == [b"1"]


def test_blank_lines_are_no_events():
    assert decode(b"\n\n\r\n\n\r\r") == []


def test_bytes_that_are_not_utf8_pass_in_data_and_do_not_break_names():
    assert decode(b"event: \xff\ndata: \xff\n\n") == [("\ufffd", b"\xff")]


# Beginning and end


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_a_byte_order_mark_at_the_start_is_no_part_of_the_first_field(size):
    assert data_of(*cut(b"\xef\xbb\xbfdata: 1\n\ndata: 2\n\n", size)) == [b"1", b"2"]


def test_a_byte_order_mark_before_the_only_line_is_passed_over_too():
    assert data_of(b"\xef\xbb\xbfdata: 1") == [b"1"]


def test_a_byte_order_mark_elsewhere_is_data():
    assert data_of(b"data: \xef\xbb\xbf1\n\n") == [b"\xef\xbb\xbf1"]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\r", b"\n\n"])
def test_the_last_event_needs_no_blank_line(end):
    assert data_of(b"data: 1\n\ndata: 2" + end) == [b"1", b"2"]


def test_an_empty_body_has_no_events():
    assert decode() == decode(b"") == decode(b"", b"") == []


def test_the_end_is_told_once():
    decoder = Decoder()
    decoder.feed(b"data: 1")
    assert decoder.flush() == [("", b"1")]
    assert decoder.flush() == []


# Encoding


def test_an_event_is_written_as_servers_write_it():
    assert encode(b'{"a":1}', "response.created") == b'event: response.created\ndata: {"a":1}\n\n'
    assert encode(b"[DONE]") == b"data: [DONE]\n\n"
    assert encode(b"1\r\n2\r3\n4") == b"data: 1\ndata: 2\ndata: 3\ndata: 4\n\n"


NAMES = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=9)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(st.lists(st.tuples(NAMES, JSON), max_size=4), st.data())
def test_what_is_encoded_is_decoded_wherever_it_is_cut(events, draw):
    written = [
        (name, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        for name, value in events
    ]
    body = b"".join(encode(data, name) for name, data in written)
    assert decode(*pieces(body, draw)) == written


# Bytes that mean something to a decoder, so that cuts and ends meet often.
BODIES = st.lists(
    st.sampled_from(
        [b"data: ", b"data:x", b"event: e", b"\n", b"\r", b"\r\n", b":", b"id", b"\xef\xbb\xbf"]
    ),
    max_size=24,
).map(b"".join)


@given(BODIES, st.data())
def test_cuts_change_nothing(body, draw):
    assert decode(*pieces(body, draw)) == decode(body)


@given(BODIES)
def test_every_way_to_end_a_line_means_the_same(body):
    plain = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert decode(body) == decode(plain)


@given(st.binary(), st.data())
def test_no_bytes_break_the_decoder(body, draw):
    assert decode(*pieces(body, draw)) == decode(body)


def pieces(body, draw):
    """`body` cut at places that hypothesis chooses."""
    places = sorted(draw.draw(st.sets(st.integers(0, len(body)), max_size=8)))
    return [body[a:b] for a, b in zip([0, *places], [*places, len(body)], strict=True)]
