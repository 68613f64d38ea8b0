"""Replies write events as servers do, and recordings as they were recorded."""

from __future__ import annotations

import gzip
import itertools

import pytest

from gateway import Gate, Reply
from recordings import each_recording, recording, request_of, row
from wire import text_response


def sent(reply):
    """All bytes of an answer without gates."""
    return b"".join(reply.wire())


# Bytes


def test_the_bytes_of_each_framing():
    reply = {"body": b"hello", "chunk": 3, "headers": {"X-A": "b"}}
    assert sent(Reply(**reply, framing="length")) == (
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx-a: b\r\n\r\nhello"
    )
    assert sent(Reply(**reply, framing="chunked")) == (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-a: b\r\n\r\n"
        b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
    )
    assert sent(Reply(**reply, framing="close")) == (
        b"HTTP/1.1 200 OK\r\nconnection: close\r\nx-a: b\r\n\r\nhello"
    )
    assert sent(Reply(**reply, framing="raw")) == b"hello"


def test_headers_may_be_wrong_or_missing():
    wrong = Reply(status=529, body=b"hello", headers={"Content-Length": "99"})
    assert sent(wrong) == b"HTTP/1.1 529 Unknown\r\ncontent-length: 99\r\n\r\nhello"
    missing = Reply.json({}, headers={"content-type": None, "content-length": None})
    assert sent(missing) == b"HTTP/1.1 200 OK\r\n\r\n{}"


def test_gzip_is_what_other_programs_read():
    answer = sent(Reply(body=b"hello" * 99, gzip=True))
    assert gzip.decompress(answer.partition(b"\r\n\r\n")[2]) == b"hello" * 99


@pytest.mark.parametrize("cut", range(len(b"hello") + 1))
def test_a_body_may_be_cut_at_any_byte(cut):
    answer = sent(Reply(body=b"hello", framing="close", cut=cut))
    assert answer.partition(b"\r\n\r\n")[2] == b"hello"[:cut]


def test_a_cut_counts_compressed_bytes():
    answer = sent(Reply(body=b"hello" * 99, gzip=True, cut=12))
    assert len(answer.partition(b"\r\n\r\n")[2]) == 12


def test_nothing_comes_after_a_cut_within_a_piece():
    answer = sent(Reply.raw(b"hello", Gate(), cut=4))
    assert answer == b"hell"


# Server-sent events


def test_events_as_servers_write_them():
    events = [{"type": "a", "é": "\u2028"}, {"id": 1}, "text", "two\nlines", b": literal\n"]
    assert Reply.sse(events, done=True).content.decode() == (
        'event: a\ndata: {"type":"a","é":"\u2028"}\n\n'
        'data: {"id":1}\n\n'
        "data: text\n\n"
        "data: two\ndata: lines\n\n"
        ": literal\n"
        "data: [DONE]\n\n"
    )


def test_events_without_event_lines():
    assert Reply.sse([{"type": "a"}], event_lines=False).content == b'data: {"type":"a"}\n\n'


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_events_with_other_line_ends_and_comments(newline):
    reply = Reply.sse([{"type": "a"}], newline=newline, comments=True)
    lines = [": keep-alive", "", "event: a", 'data: {"type":"a"}', "", ""]
    assert reply.content == newline.join(lines).encode()


def test_a_stream_says_what_it_is(gateway, http):
    gateway.add(Reply.sse(text_response("Hello")), Reply.text("<p>no</p>", 502))
    stream, page = (http.get(gateway.base_url) for _ in range(2))
    assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert stream.headers["transfer-encoding"] == "chunked"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert (page.status_code, page.text) == (502, "<p>no</p>")


# Recordings


@each_recording()
def test_every_recording_reads_back_byte_for_byte(gateway, http, name):
    path = recording(name)
    body = path.read_bytes()
    sizes = [1, 7, 64, 1000, None] if len(body) < 5_000 else [64, 1000, None]
    for chunk, framing in itertools.product(sizes, ["chunked", "close"]):
        gateway.add(Reply.recording(path, chunk=chunk, framing=framing))
        answer = http.get(gateway.base_url)
        assert answer.status_code == (row(name)["http_status"] or 200)
        assert recorded_bytes(path, answer.content) == body


def recorded_bytes(path, content):
    """Undo the wrapping of events that were recorded one a line."""
    if path.suffix != ".jsonl":
        return content
    lines = [line.removeprefix(b"data: ") for line in content.removesuffix(b"\n\n").split(b"\n\n")]
    ending = b"\n" if path.read_bytes().endswith(b"\n") else b""
    return b"\n".join(lines) + ending


@each_recording(format="json")
def test_a_recording_keeps_its_status_and_headers(name):
    reply = Reply.recording(recording(name))
    assert reply.status == (row(name)["http_status"] or 200)
    assert row(name)["response_headers"].items() <= reply.headers.items()


@each_recording()
def test_a_recorded_request_is_a_json_object(name):
    assert isinstance(request_of(name), dict | None)


def test_a_body_of_ones_own_is_served_like_a_recording(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text('{"a":1}\n{"b":"\u2028"}\n', "utf-8")
    reply = Reply.recording(path, done=True, headers={"x-a": "b"})
    assert reply.content.decode() == 'data: {"a":1}\n\ndata: {"b":"\u2028"}\n\ndata: [DONE]\n\n'
    assert (reply.status, reply.headers["x-a"]) == (200, "b")
