"""Jobs: answers that a server works on whoever listens, read to their end whatever breaks.

The stream is taken up after its last event; where a server does not stream an answer again, it is
asked from time to time how far it is. Source: the guide "Background mode" of OpenAI's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from respmagic._connection import READ_TIMEOUT, Connection
from respmagic._endpoint import PENDING, Endpoint, Exchange
from respmagic._exceptions import ConnectionFailed, GatewayError, StatusError, TruncatedError
from respmagic._items import Response
from respmagic._retries import retry_wait

__all__ = ["Follower"]

_ATTEMPTS = 5
"""How often in a row a job may be asked for in vain."""
_SHORTEST, _LONGEST = 0.5, 5.0
"""Seconds between two questions how far a job is, unless the server says how long to wait."""


class Follower:
    """Follows one job to its end.

    Args:
        connection: to the server.
        endpoint: where that is, and for how long it may be silent.
        exchange: what was asked, and what has come of it.
        changed: called whenever something new has come.
    """

    def __init__(
        self,
        connection: Connection,
        endpoint: Endpoint,
        exchange: Exchange,
        changed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._patience = endpoint.timeout or READ_TIMEOUT
        self._exchange = exchange
        self._changed = changed
        self._failures = 0  # in a row

    async def follow(self) -> Response:
        """Read the rest of the answer.

        Returns:
            The whole answer.

        Raises:
            TruncatedError: if the server cannot be reached any more, or nothing moves there.
            GatewayError: if the job failed, or is not there.
        """
        if self._exchange.body.get("stream"):
            response = await self._streamed()
            if response is not None:
                return response
        return await self._polled()

    async def _streamed(self) -> Response | None:
        """The whole answer by its stream; None if the server does not stream it again."""
        while True:
            before = self._exchange.reader.sequence
            try:
                response = await self._connection.resume(self._exchange)
            except StatusError as error:
                if retry_wait(error, 0) is None:
                    return None  # whether it is there at all is seen when it is asked for
                failed: GatewayError = error
            except (TruncatedError, ConnectionFailed) as error:
                failed = error
            else:
                return None if response.status in PENDING else response
            if self._exchange.reader.sequence != before:
                self._failures = 0
            await self._wait_after(failed)

    async def _polled(self) -> Response:
        moved, known, wait = time.monotonic(), None, _SHORTEST
        while True:
            try:
                response = await self._connection.poll(self._exchange)
            except (StatusError, TruncatedError, ConnectionFailed) as error:
                if isinstance(error, StatusError) and retry_wait(error, 0) is None:
                    raise
                await self._wait_after(error)  # to ask how far it is costs nothing
                continue
            if response.status not in PENDING:
                return response
            self._failures = 0
            self._changed()
            if (response.status, response.output) != known:
                moved, known = time.monotonic(), (response.status, response.output)
            elif time.monotonic() - moved > self._patience:
                raise self._given_up(f"nothing has moved for {self._patience:.0f} s")
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST)

    async def _wait_after(self, error: GatewayError) -> None:
        """Wait before the next attempt, the longer the more of them failed in a row."""
        self._failures += 1
        if self._failures > _ATTEMPTS:
            raise self._given_up(f"{_ATTEMPTS} attempts to go on failed, the last one so: {error}")
        if self._failures == 1 and not isinstance(error, StatusError):
            return
        wait = retry_wait(error, self._failures - 2) or _SHORTEST
        with self._exchange.waiting("the connection broke", wait):
            self._changed()
            await asyncio.sleep(wait)

    def _given_up(self, reason: str) -> TruncatedError:
        name = self._exchange.name
        return TruncatedError(
            f"{reason.rstrip('. ')}. The server may be at work on {name} still: "
            f"%responses jobs resume {name}, or respmagic.resume({name!r})"
        )
