"""The embedded model over HTTP/1.1: asyncio for the sockets, h11 for the protocol."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import math
import sys
from typing import TYPE_CHECKING

import h11

from respmagic.demo._service import Reply, Service
from respmagic.demo._wire import encode_event, encode_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

__all__ = ["main", "serve"]

HOST = "127.0.0.1"  # and nothing else: whoever could reach it could use it
PORT = 8765
_LARGEST_BODY = 64 * 2**20
_CHUNK = 2**16


async def serve(port: int = PORT, pace: float = 0.0) -> asyncio.Server:
    """Start answering on the loopback interface.

    Args:
        port: the TCP port; 0 takes a free one.
        pace: seconds between the events of a streamed answer.
    """
    service = Service()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Connection(reader, writer, service, pace).run()
        except (OSError, h11.RemoteProtocolError, h11.LocalProtocolError):
            pass  # the client went away or speaks something else: nobody is left to tell
        except asyncio.CancelledError:
            # Closing waits until all is read that was sent: a client that reads no more is not to
            # hold up Ctrl-C.
            writer.transport.abort()
            raise
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    talks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: one that asyncio makes for a coroutine complains when it is cancelled.
        task = asyncio.create_task(talk(reader, writer))
        talks.add(task)
        task.add_done_callback(talks.discard)

    return await asyncio.start_server(connected, HOST, port)


class _Connection:
    """One client, request after request."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        service: Service,
        pace: float,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._service = service
        self._pace = pace
        self._http = h11.Connection(h11.SERVER)

    async def run(self) -> None:
        """Answer until the client closes or something cannot be undone."""
        while await self._answer_one():
            if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
                return
            self._http.start_next_cycle()

    async def _answer_one(self) -> bool:
        try:
            request = await self._next_event()
            if not isinstance(request, h11.Request):
                return False
            body = b"".join([part async for part in self._body()])
        except h11.RemoteProtocolError as error:
            await self._refuse(str(error), error.error_status_hint)
            return False
        target = request.target.decode("latin-1")
        reply = self._service.reply(request.method.decode("ascii"), target, body)
        if reply.events is not None:
            await self._send_events(reply)
        else:
            await self._send_json(reply, head_only=request.method == b"HEAD")
        return True

    async def _next_event(self) -> type[h11.NEED_DATA | h11.PAUSED] | h11.Event:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                await self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self._http.receive_data(await self._reader.read(_CHUNK))
        return event

    async def _body(self) -> AsyncIterator[bytes]:
        size = 0
        while isinstance(event := await self._next_event(), h11.Data):
            size += len(event.data)
            if size > _LARGEST_BODY:
                raise h11.RemoteProtocolError("The body is too large.", error_status_hint=413)
            yield bytes(event.data)

    async def _refuse(self, why: str, status: int) -> None:
        if self._http.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            error = {"message": why, "type": "invalid_request_error", "param": None, "code": None}
            await self._send_json(Reply(status, {"error": error}))

    async def _send(self, *events: h11.Event) -> None:
        for event in events:
            self._writer.write(self._http.send(event) or b"")
        await self._writer.drain()

    async def _send_json(self, reply: Reply, *, head_only: bool = False) -> None:
        content = encode_json(reply.body)
        headers = [("content-type", "application/json"), ("content-length", str(len(content)))]
        head = h11.Response(status_code=reply.status, headers=_headers([*headers, *reply.headers]))
        data = b"" if head_only else content
        await self._send(head, h11.Data(data=data), h11.EndOfMessage())

    async def _send_events(self, reply: Reply) -> None:
        headers = [
            ("content-type", "text/event-stream; charset=utf-8"),
            ("cache-control", "no-cache"),
        ]
        await self._send(h11.Response(status_code=200, headers=_headers(headers)))
        for event in reply.events or ():
            # Also without a pace: other clients get their turn, and Ctrl-C gets through.
            await asyncio.sleep(self._pace)
            await self._send(h11.Data(data=encode_event(event)))
        await self._send(h11.EndOfMessage())


def _headers(pairs: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in pairs]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the server until Ctrl-C.

    Args:
        arguments: the command line; None takes the process's own.
    """
    parser = argparse.ArgumentParser(
        prog="python -m respmagic.demo",
        description=f"Serve the embedded model as an OpenAI-style endpoint on {HOST}.",
    )
    parser.add_argument("--port", type=_port, default=PORT, help="TCP port; 0 takes a free one")
    parser.add_argument(
        "--pace", type=_pace, default=0.0, metavar="MS", help="milliseconds between streamed events"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig()
    try:
        asyncio.run(_run(options.port, options.pace / 1000))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        sys.stderr.write(f"respmagic.demo: port {options.port} cannot be used: {error}\n")
        return 1
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _pace(text: str) -> float:
    try:
        milliseconds = float(text)
    except ValueError:
        milliseconds = math.nan
    if not 0 <= milliseconds < math.inf:
        raise argparse.ArgumentTypeError(f"a pace is a number from 0 up, not {text!r}")
    return milliseconds


async def _run(port: int, pace: float) -> None:
    server = await serve(port, pace)
    url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}/v1"
    sys.stdout.write(f"respmagic-demo answers at {url} (Ctrl-C stops it)\n")
    sys.stdout.flush()
    # Not serve_forever(): when cancelled it waits for open connections, so that Ctrl-C would not
    # stop an answer that is still streaming. asyncio.run cancels the connections' tasks.
    await asyncio.get_running_loop().create_future()
