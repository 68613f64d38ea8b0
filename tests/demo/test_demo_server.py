"""The server as a process: its connections, and Ctrl-C."""

import json
import signal
import socket

import pytest
from demo_server import start_demo


def connect(url):
    """A bare connection to a server."""
    host, port = url.removeprefix("http://").removesuffix("/v1").split(":")
    return socket.create_connection((host, int(port)), timeout=60)


def post(**body):
    """The bytes of a request for a response."""
    content = json.dumps({"model": "m", **body}).encode()
    return b"POST /v1/responses HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%b" % (
        len(content),
        content,
    )


@pytest.mark.parametrize("stream", [False, True])
def test_ctrl_c_stops_it_while_a_client_does_not_read_what_it_is_sent(stream):
    process, url = start_demo()
    with connect(url) as client:
        # The response repeats its instructions: more than the buffers between the two hold.
        client.sendall(post(input="Hello", instructions="x" * 2**24, stream=stream))
        assert client.recv(12) == b"HTTP/1.1 200"
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "", "")


def test_requests_that_are_sent_at_once_are_answered_in_their_order(demo_url):
    last = b"GET /v1/models HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
    with connect(demo_url) as client, client.makefile("rb") as answers:
        client.sendall(post(input="What is 1 + 1?", stream=True) + post(input="x" * 9) + last)
        read = answers.read()
    assert read.count(b"HTTP/1.1 200") == 3
    streamed, at_once, models = (
        read.index(b"1 + 1 = 2"),
        read.index(b'"object": "response"'),
        read.index(b'"object": "list"'),
    )
    assert streamed < at_once < models


def test_a_connection_lives_on_after_a_head(demo_url):
    with connect(demo_url) as client, client.makefile("rb") as answers:
        client.sendall(b"HEAD /v1/models HTTP/1.1\r\nHost: h\r\n\r\n")
        client.sendall(b"GET /v1/models HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        read = answers.read()
    assert read.count(b"HTTP/1.1 200") == 2
    assert read.count(b'"object": "list"') == 1
