"""The embedded model as an httpx transport: no socket, the same bytes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from respmagic.demo._wire import encode_event, encode_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from typing import Any

    from respmagic.demo._service import Service

__all__ = ["DemoTransport"]


class DemoTransport(httpx.AsyncBaseTransport):
    """Answers ``POST …/responses`` and ``GET …/models`` from the embedded model.

    Args:
        pace: seconds between the events of a streamed answer.

    Example:
        >>> client = httpx.AsyncClient(transport=DemoTransport())
    """

    def __init__(self, pace: float = 0.0) -> None:
        self._pace = pace
        self._service: Service | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request as the server would."""
        if self._service is None:
            # The word lists are read when they are first needed: importing stays light.
            from respmagic.demo._service import Service  # noqa: PLC0415

            self._service = Service()
        raw = await request.aread()
        reply = self._service.reply(request.method, request.url.raw_path.decode("ascii"), raw)
        if reply.events is not None:
            headers = {"content-type": "text/event-stream; charset=utf-8"}
            return httpx.Response(200, headers=headers, stream=_Events(reply.events, self._pace))
        content = encode_json(reply.body)
        headers = {"content-type": "application/json", **dict(reply.headers)}
        return httpx.Response(reply.status, headers=headers, content=content)


class _Events(httpx.AsyncByteStream):
    """One server-sent event a chunk."""

    def __init__(self, events: Iterator[Mapping[str, Any]], pace: float) -> None:
        self._events = events
        self._pace = pace
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for event in self._events:
            # Also without a pace: a cancelled reader stops here, and other tasks get their turn.
            await asyncio.sleep(self._pace)
            if self._closed:
                return
            yield encode_event(event)

    async def aclose(self) -> None:
        self._closed = True
