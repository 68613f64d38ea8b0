"""A loopback gateway that answers with literal bytes and with every fault a real one may have.

    with Gateway() as gateway:
        gateway.add(Reply.sse(text_response("Hello")))
        ...  # a client, of this process or another, asks gateway.base_url

What happens is decided by the test alone: a gate, not a clock, says when an answer goes on.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from replies import Gate, Piece, Reply, Signal

__all__ = ["Gate", "Gateway", "Piece", "Received", "Reply", "Signal"]


@dataclass(frozen=True, eq=False)
class Received:
    """A request as it came.

    Attributes:
        method: in capitals, as sent.
        path: without the query.
        query: what follows the question mark.
        headers: by lower-case name.
        body: without its transfer encoding.
        connection: counts the gateway's connections, so that reuse can be seen.
        disconnected: happens when the client closes before the whole answer has been sent.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    connection: int
    disconnected: Signal = field(default_factory=Signal, repr=False)

    @property
    def json(self) -> Any:
        """The body's JSON value."""
        return json.loads(self.body)


class Gateway:
    """Answers HTTP on 127.0.0.1, from a thread and loop of its own.

    A request gets the fixed answer of its route, else the next reply of the script, else what
    `answer` makes of it. A request that none of them answers gets 418 and, like an error in
    `answer`, makes leaving the `with` block raise.

    Attributes:
        requests: all requests so far, in order.
        answer: computes a reply, on the gateway's thread.
        disconnected: happens when any client closes before its whole answer has been sent.
        origin: scheme, host and port; nothing listens there any more after the block.
        base_url: the origin with `/v1`.
    """

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.answer: Callable[[Received], Reply] | None = None
        self.disconnected = Signal()
        self._script: deque[Reply] = deque()
        self._last: Reply | None = None
        self._routes: dict[tuple[str, str], Reply] = {}
        self._failures: list[Exception] = []
        self._conversations: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(1)
        self._stopping = asyncio.Event()
        self._loop = asyncio.SelectorEventLoop()  # for add_reader, on any system
        self._thread = threading.Thread(target=self._run, name="gateway", daemon=True)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.base_url = f"{self.origin}/v1"

    def add(self, *replies: Reply, repeat: bool = False) -> None:
        """Append to the script, one reply a request; with `repeat` the last never runs out."""
        self._script.extend(replies)
        self._last = replies[-1] if repeat else None

    def route(self, method: str, path: str, reply: Reply) -> None:
        """Answer this path always so, beside the script."""
        self._routes[method, path] = reply

    def close(self) -> None:
        """End every answer and listen no more; safe to call again."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        if self._failures and kind is None:
            raise self._failures[0]

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._loop.add_reader(self._listener, self._accept)
        await self._stopping.wait()
        self._loop.remove_reader(self._listener)
        self._listener.close()  # the runner ends the conversations under way

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        connection = _Connection(client, next(self._numbers))
        conversation = self._loop.create_task(self._converse(connection))
        self._conversations.add(conversation)
        conversation.add_done_callback(self._conversations.discard)
        conversation.add_done_callback(lambda _: connection.close())  # even if it never began

    async def _converse(self, connection: _Connection) -> None:
        """Answer the requests of one connection."""
        try:
            while received := await connection.request():
                reply = self._reply_to(received)
                if not await connection.send(reply):
                    received.disconnected.set()
                    self.disconnected.set()
                    return
                if reply.reset:
                    connection.close_with_reset()
                if reply.ends_connection or received.headers.get("connection") == "close":
                    return
        except Exception as error:
            self._failures.append(error)

    def _reply_to(self, received: Received) -> Reply:
        self.requests.append(received)
        try:
            return self._found(received)
        except Exception as error:
            self._failures.append(error)
            return Reply.json({"error": {"message": f"the gateway: {error}"}}, status=418)

    def _found(self, received: Received) -> Reply:
        if fixed := self._routes.get((received.method, received.path)):
            return fixed
        if self._script:
            return self._script.popleft()
        if self._last:
            return self._last
        if self.answer:
            return self.answer(received)
        raise AssertionError(f"no reply left for {received.method} {received.path}")


class _Connection:
    """A client's connection: requests come in, answers go out as literal bytes."""

    def __init__(self, client: socket.socket, number: int) -> None:
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client = client
        self._number = number
        self._loop = asyncio.get_running_loop()
        self._unread = b""

    async def request(self) -> Received | None:
        """The next request, or None when the client has left."""
        try:
            head = await self._until(b"\r\n\r\n")
            start, *lines = head.decode("latin-1").split("\r\n")
            headers = _headers(lines)
            body = await self._body(headers)
        except (EOFError, ConnectionError):
            return None
        method, target, _ = start.split(" ")
        path, _, query = target.partition("?")
        return Received(method, path, query, headers, body, self._number)

    async def send(self, reply: Reply) -> bool:
        """Send an answer; False when the client left (even by half) before the end of it."""
        sending = asyncio.create_task(self._write(reply))
        leaving = asyncio.create_task(self._client_leaves())
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            return sending.done() and await sending
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    def close(self) -> None:
        """Close; what was written is in the system's hands already."""
        self._client.close()

    def close_with_reset(self) -> None:
        """Close with RST in place of FIN."""
        self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    async def _write(self, reply: Reply) -> bool:
        if reply.before_head:
            await reply.before_head.passed()
        try:
            for piece in reply.wire():
                await self._put(piece)
        except ConnectionError:
            return False
        if reply.hang:
            await Gate().passed()
        return True

    async def _put(self, piece: Piece) -> None:
        if isinstance(piece, Gate):
            await piece.passed()
        else:
            await self._loop.sock_sendall(self._client, piece)

    async def _client_leaves(self) -> None:
        """Return when the client closes; what it sends before is kept for its next request."""
        try:
            while True:
                await self._read()
        except (EOFError, ConnectionError):
            return

    async def _read(self) -> None:
        await self._readable()
        data = self._client.recv(65536)
        if not data:
            raise EOFError
        self._unread += data

    async def _readable(self) -> None:
        """Wait for bytes but take none, so that nothing is lost when the wait is cancelled."""
        readable = asyncio.Event()
        self._loop.add_reader(self._client, readable.set)
        try:
            await readable.wait()
        finally:
            self._loop.remove_reader(self._client)

    async def _until(self, end: bytes) -> bytes:
        while end not in self._unread:
            await self._read()
        found, _, self._unread = self._unread.partition(end)
        return found

    async def _exactly(self, size: int) -> bytes:
        while len(self._unread) < size:
            await self._read()
        found, self._unread = self._unread[:size], self._unread[size:]
        return found

    async def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return await self._exactly(int(headers.get("content-length", 0)))
        body = b""
        while size := int(await self._until(b"\r\n"), 16):
            body += await self._exactly(size)
            await self._until(b"\r\n")
        await self._until(b"\r\n")
        return body


def _headers(lines: list[str]) -> dict[str, str]:
    """Header lines by lower-case name; repeated ones are joined with a comma."""
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = (part.strip() for part in line.partition(":"))
        name = name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
