"""The gateway sends exactly the bytes it is told, with every fault it is told."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack

import httpx
import pytest

from gateway import Gate, Gateway, Reply

BODY = "Grüße \u2028 to all, {}\r\n".encode() * 9


def connect(gateway):
    host, port = gateway.origin.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def ask(connection, *lines, body=b""):
    head = ["POST /v1/responses HTTP/1.1", f"content-length: {len(body)}", *lines]
    connection.sendall("".join(f"{line}\r\n" for line in [*head, ""]).encode() + body)


def read_to_end(connection):
    return b"".join(iter(lambda: connection.recv(65536), b""))


# Which reply a request gets


def test_the_script_is_answered_in_order(gateway, http):
    gateway.add(Reply.json({"n": 1}), Reply.json({"n": 2}, status=429))
    answers = [http.post(gateway.base_url + "/responses") for _ in range(2)]
    assert [(a.status_code, a.json()) for a in answers] == [(200, {"n": 1}), (429, {"n": 2})]


def test_the_last_reply_may_repeat(gateway, http):
    gateway.add(Reply.json(1), Reply.json(2), repeat=True)
    assert [http.get(gateway.base_url).json() for _ in range(4)] == [1, 2, 2, 2]


def test_a_route_is_answered_beside_the_script(gateway, http):
    gateway.route("GET", "/v1/models", Reply.json({"data": []}))
    gateway.add(Reply.json("scripted"))
    assert http.get(gateway.base_url + "/models?limit=3").json() == {"data": []}
    assert http.get(gateway.base_url + "/responses").json() == "scripted"
    assert http.get(gateway.base_url + "/models").json() == {"data": []}


def test_an_answer_may_be_computed(gateway, http):
    gateway.answer = lambda received: Reply.json(received.json["n"] + 1)
    assert [http.post(gateway.base_url, json={"n": n}).json() for n in (1, 5)] == [2, 6]


def test_a_request_nobody_expected_fails_the_test(http):
    gateway = Gateway().__enter__()
    assert http.get(gateway.base_url + "/x").status_code == 418
    with pytest.raises(AssertionError, match="no reply left for GET /v1/x"):
        gateway.__exit__(None)


def test_an_error_while_computing_fails_the_test(http):
    gateway = Gateway().__enter__()
    gateway.answer = lambda received: Reply.json(1 / 0)
    assert http.get(gateway.base_url).status_code == 418
    with pytest.raises(ZeroDivisionError):
        gateway.__exit__(None)


def test_the_tests_own_failure_comes_first(http):
    gateway = Gateway().__enter__()
    assert http.get(gateway.base_url).status_code == 418
    gateway.__exit__(LookupError)


# What the gateway receives


def test_requests_are_kept_in_order(gateway, http):
    gateway.add(Reply.json({}), repeat=True)
    http.post(gateway.base_url + "/responses?a=1&b", json={"é": 1}, headers={"X-Name": "value"})
    http.delete(gateway.origin + "/else")
    first, second = gateway.requests
    assert (first.method, first.path, first.query) == ("POST", "/v1/responses", "a=1&b")
    assert (first.json, first.headers["x-name"]) == ({"é": 1}, "value")
    assert (second.method, second.path, second.body) == ("DELETE", "/else", b"")


def test_a_chunked_request_body_is_read(gateway, http):
    gateway.add(Reply.json({}), repeat=True)
    for pieces in ([b"ab", b"c" * 70_000], []):
        http.post(gateway.base_url, content=iter(pieces))
        assert gateway.requests[-1].body == b"".join(pieces)


def test_repeated_request_headers_are_joined(gateway):
    gateway.add(Reply())
    with connect(gateway) as connection:
        ask(connection, "Accept: a", "accept: b", "connection: close")
        read_to_end(connection)
    assert gateway.requests[0].headers["accept"] == "a, b"


def test_a_request_may_come_in_pieces_or_early(gateway):
    gateway.add(Reply(body=b"1"), Reply(body=b"2"))
    request = b"GET / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc"
    with connect(gateway) as connection:
        for byte in request:
            connection.sendall(bytes([byte]))
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
        assert read_to_end(connection).count(b"200 OK") == 2
    assert [received.body for received in gateway.requests] == [b"abc", b"abc"]


def test_reuse_of_a_connection_shows(gateway):
    gateway.add(Reply(body=b"x"), Reply(body=b"y", framing="close"), Reply(body=b"z"))
    with httpx.Client() as http:
        assert [http.get(gateway.base_url).text for _ in range(3)] == ["x", "y", "z"]
    assert [received.connection for received in gateway.requests] == [1, 1, 2]


# How an answer goes out


@pytest.mark.parametrize("framing", ["chunked", "length", "close"])
@pytest.mark.parametrize("chunk", [1, 2, 7, 64, None])
@pytest.mark.parametrize("compressed", [False, True])
def test_a_body_arrives_whole(gateway, http, framing, chunk, compressed):
    gateway.add(Reply(body=BODY, framing=framing, chunk=chunk, gzip=compressed))
    answer = http.get(gateway.base_url)
    assert answer.content == BODY
    assert answer.headers.get("content-encoding") == ("gzip" if compressed else None)


def test_chunks_keep_their_boundaries(gateway, http):
    gateway.add(Reply(body=[b"hello", b"", b"you"], framing="chunked", chunk=2))
    with http.stream("GET", gateway.base_url) as answer:
        assert list(answer.iter_raw()) == [b"he", b"ll", b"o", b"yo", b"u"]


def test_a_large_body_arrives_whole(gateway, http):
    body = bytes(range(256)) * 20_000
    gateway.add(Reply(body=body, framing="close"))
    assert http.get(gateway.base_url).content == body


def test_gzip_is_readable_up_to_each_piece(gateway, http):
    gate = Gate()
    gateway.add(Reply(body=[b"first", gate, b"second"], framing="chunked", gzip=True))
    with http.stream("GET", gateway.base_url) as answer:
        pieces = answer.iter_bytes()
        assert next(pieces) == b"first"
        gate.open()
        assert b"".join(pieces) == b"second"


# Faults


@pytest.mark.parametrize("framing", ["chunked", "length"])
def test_a_cut_shows_where_the_length_is_told(gateway, http, framing):
    gateway.add(Reply(body=BODY, framing=framing, cut=20))
    with http.stream("GET", gateway.base_url) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == BODY[:20]
        with pytest.raises(httpx.RemoteProtocolError):
            next(pieces)


def test_a_chunked_body_cut_after_its_last_byte_misses_its_end(gateway, http):
    gateway.add(Reply(body=BODY, framing="chunked", cut=len(BODY)))
    with pytest.raises(httpx.RemoteProtocolError):
        http.get(gateway.base_url)


def test_a_gate_at_the_cut_decides_when(gateway, http):
    gate = Gate()
    gateway.add(Reply(body=[b"hello", gate, b"you", Gate()], framing="close", cut=5))
    with http.stream("GET", gateway.base_url) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"hello"
        gate.open()
        assert list(pieces) == []


def test_a_connection_may_be_reset(gateway):
    gateway.add(Reply(body=b"hello", cut=3, reset=True))
    with connect(gateway) as connection:
        ask(connection)
        with pytest.raises(ConnectionResetError):
            read_to_end(connection)


def test_a_connection_may_end_before_the_first_byte(gateway, http):
    gateway.add(Reply.raw(), Reply.raw(reset=True))
    with pytest.raises(httpx.RemoteProtocolError):
        http.get(gateway.base_url)
    with pytest.raises(httpx.ReadError):
        http.get(gateway.base_url)


def test_an_answer_may_be_literal_to_the_status_line(gateway, http):
    gateway.add(
        Reply.raw(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nhi"),
        Reply.raw(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnothex\r\n"),
    )
    assert http.get(gateway.base_url).text == "hi"
    with pytest.raises(httpx.RemoteProtocolError):
        http.get(gateway.base_url)


def test_an_idle_connection_may_close_unannounced(gateway):
    gateway.add(Reply(body=b"hello", cut=5))
    with connect(gateway) as connection:
        ask(connection)
        assert b"connection: close" not in read_to_end(connection)


def test_nothing_listens_after_the_end(http):
    with Gateway() as gateway:
        pass
    with pytest.raises(httpx.ConnectError):
        http.get(gateway.base_url)


# Gates, hanging and leaving


def test_what_stands_before_a_gate_arrives_before_it_opens(gateway, http):
    gate = Gate()
    gateway.add(Reply.sse(["one", gate, "two"]))
    with http.stream("GET", gateway.base_url) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"data: one\n\n"
        assert gate.reached.wait()
        gate.open()
        assert b"".join(pieces) == b"data: two\n\n"


def test_the_first_byte_may_wait(gateway):
    gate = Gate()
    gateway.add(Reply(body=b"late", framing="close", before_head=gate))
    with connect(gateway) as connection:
        ask(connection)
        assert gate.reached.wait()
        connection.setblocking(False)
        with pytest.raises(BlockingIOError):
            connection.recv(1)
        connection.settimeout(30)
        gate.open()
        assert read_to_end(connection).endswith(b"late")


def test_a_gate_holds_up_only_its_own_answer(gateway, http):
    gate = Gate()
    gateway.add(Reply(body=[b"a", gate, b"b"]), Reply(body=b"other"))
    with http.stream("GET", gateway.base_url) as answer:
        assert gate.reached.wait()
        assert http.get(gateway.base_url).text == "other"
        gate.open()
        assert answer.read() == b"ab"


def test_an_open_gate_stays_open(gateway, http):
    gate = Gate()
    gate.open()
    gateway.add(Reply(body=[b"a", gate, b"b"]), repeat=True)
    assert [http.get(gateway.base_url).text for _ in range(2)] == ["ab", "ab"]


def test_one_gate_holds_several_answers(gateway):
    gate = Gate()
    gateway.add(Reply(body=[gate, b"ab"], framing="close"), repeat=True)
    with connect(gateway) as one, connect(gateway) as other:
        ask(one)
        ask(other)
        gate.reached.wait()
        gate.open()
        assert all(read_to_end(connection).endswith(b"ab") for connection in (one, other))


def test_a_client_that_leaves_at_a_gate_is_noticed(gateway, http):
    gate = Gate()
    gateway.add(Reply.sse(["one", gate, "two"]))
    with http.stream("GET", gateway.base_url):
        assert gate.reached.wait()
        assert not gateway.disconnected.is_set()
    assert gateway.disconnected.wait()
    assert gateway.requests[0].disconnected.is_set()


@pytest.mark.parametrize("framing", ["chunked", "length", "close"])
def test_a_hanging_answer_sends_no_end(gateway, http, framing):
    gateway.add(Reply(body=b"hello", framing=framing, hang=True))
    with http.stream("GET", gateway.base_url) as answer:
        assert next(answer.iter_raw()) == b"hello"
    assert gateway.disconnected.wait()


def test_a_client_that_stops_reading_and_leaves_is_noticed(gateway, http):
    gateway.add(Reply(body=b"x" * 20_000_000))
    with http.stream("GET", gateway.base_url) as answer:
        next(answer.iter_raw())
    assert gateway.disconnected.wait()


def test_a_client_that_reads_all_has_not_left(gateway, http):
    gateway.add(Reply.json({}), Reply.json({}, framing="close"))
    for _ in range(2):
        http.get(gateway.base_url)
    assert not gateway.disconnected.is_set()


def test_waiting_in_vain_is_an_error():
    with pytest.raises(TimeoutError, match="nothing happened"):
        Gate().reached.wait(0)


@pytest.mark.parametrize("place", ["before_head", "body", "hang"])
def test_the_gateway_ends_while_an_answer_hangs(place):
    gate = Gate()
    fault = {"before_head": gate} if place == "before_head" else {"body": [b"x", gate]}
    with ExitStack() as clients:
        with Gateway() as gateway:
            gateway.add(Reply(**fault, hang=place == "hang"))
            idle, hanging = (clients.enter_context(connect(gateway)) for _ in range(2))
            ask(hanging)
            gate.reached.wait()
            if place == "hang":
                gate.open()
        assert not [thread for thread in threading.enumerate() if thread.name == "gateway"]
        assert read_to_end(idle) == b""
        assert read_to_end(hanging).endswith(b"" if place == "before_head" else b"x")
    gate.open()  # of no use any more, and no error


def test_the_gateway_may_be_closed_early(http):
    with Gateway() as gateway:
        gateway.close()
        with pytest.raises(httpx.ConnectError):
            http.get(gateway.base_url)


def test_another_process_is_served(gateway):
    gateway.add(Reply.json({"from": "here"}))
    code = "import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())"
    run = subprocess.run(
        [sys.executable, "-c", code, gateway.base_url], check=True, capture_output=True, text=True
    )
    assert json.loads(run.stdout) == {"from": "here"}
