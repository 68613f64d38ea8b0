"""One request over HTTP: what goes out, what comes in, and what broken connections amount to.

Whatever httpx raises leaves this room as one of our own errors. Redirects are not followed: they
could carry the key to another host.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import urllib.parse
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Any, cast

import httpx

from respmagic._dialects.base import Reader, WebPage
from respmagic._dialects.errors import Asked, no_answer, page_error, response_failed, status_error
from respmagic._endpoint import Endpoint, Exchange, asked_of
from respmagic._exceptions import (
    ConnectionFailed,
    GatewayError,
    OptionError,
    ProtocolError,
    TruncatedError,
)
from respmagic._items import Response

__all__ = ["READ_TIMEOUT", "Connection", "fetch", "job_path"]

READ_TIMEOUT = 600.0
"""Seconds without a byte after which a server is given up, unless the user says otherwise."""
CONNECT_TIMEOUT = 5.0

_DRAIN_SECONDS = 0.05

# After the reason to finish only the usage may come. Servers have counted by then and send it in
# the same breath; some send neither it nor an end. Longer only for a proxy that gathers.
_USAGE_SECONDS = 3.0

# A refusal may come without its end, or with more than anybody reads.
_REFUSAL_SECONDS = 5.0
_REFUSAL_BYTES = 1_000_000


class Connection:
    """Sends single requests to one endpoint.

    Args:
        endpoint: where and how.
        http: the connection pool; it outlives this and is closed by its owner.
        changed: called whenever something new has come.
    """

    def __init__(
        self, endpoint: Endpoint, http: httpx.AsyncClient, changed: Callable[[], None]
    ) -> None:
        self._endpoint = endpoint
        self._http = http
        self._changed = changed

    async def send(self, exchange: Exchange) -> Response:
        """Send the request once, and read the answer into `exchange`.

        Raises:
            GatewayError: if there is no whole answer; `exchange` keeps what came.
            OptionError: if the base URL is none.
        """
        asked = await self._read(exchange, exchange.reader, self._post(exchange))
        return _whole(exchange.response, asked)

    async def resume(self, exchange: Exchange) -> Response:
        """Read the rest of the answer of a job, from where it broke off.

        Returns:
            The whole answer, or one that is pending if the server does not stream it.

        Raises:
            GatewayError: as `send` does.
        """
        name, reader = exchange.name, exchange.reader
        reader.go_on()
        after = {} if reader.sequence is None else {"starting_after": reader.sequence}
        asked = await self._read(exchange, reader, self._get(name, stream="true", **after))
        return _whole(exchange.response, asked)

    async def poll(self, exchange: Exchange) -> Response:
        """Ask for the answer of a job as far as it is.

        Raises:
            GatewayError: as `send` does.
        """
        reader = exchange.new_reader()
        asked = await self._read(exchange, reader, self._get(exchange.name))
        exchange.reader = reader
        return _whole(exchange.response, asked)

    async def _read(self, exchange: Exchange, reader: Reader, opening: Any) -> Asked:
        """Read an answer into `reader`; what advice on it depends on."""
        began, asked = False, self._asked(exchange, {})
        exchange.going()
        answer: httpx.Response | None = None
        try:
            async with opening as answer:
                asked = self._asked(exchange, answer.headers)
                await _check(answer, asked)
                async with contextlib.aclosing(_chunks(answer)) as chunks:
                    async for chunk in chunks:
                        began = True
                        self._take(exchange, reader, chunk)
                        if reader.is_finishing:
                            await self._take_rest(exchange, reader, chunks)
                            break
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise OptionError(_bad_url(self._endpoint.base_url, error)) from None
        except httpx.TransportError as error:
            if not (began and _is_answer(reader)):
                raise _broken(error, self._endpoint.base_url, answer, began=began) from None
        except httpx.HTTPError as error:
            raise _unreadable(error) from None
        try:
            reader.end()
        except WebPage:
            raise page_error(self._endpoint.base_url) from None
        except ProtocolError as error:
            raise no_answer(error, self._endpoint.base_url) from None
        exchange.ended = time.monotonic()
        return asked

    def _take(self, exchange: Exchange, reader: Reader, chunk: bytes) -> None:
        reader.feed(chunk)
        exchange.heard(reader)
        self._changed()

    async def _take_rest(
        self, exchange: Exchange, reader: Reader, chunks: AsyncIterator[bytes]
    ) -> None:
        """Take what comes behind the reason to finish, as long as it comes without a pause."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_USAGE_SECONDS) as patience:
                while not reader.done and (chunk := await anext(chunks, None)) is not None:
                    self._take(exchange, reader, chunk)
                    patience.reschedule(asyncio.get_running_loop().time() + _USAGE_SECONDS)
        if reader.done:
            await _drain(chunks)

    def _post(self, exchange: Exchange) -> Any:
        body, url = exchange.body, self._endpoint.url(exchange.dialect.path)
        return self._open("POST", url, streams=bool(body.get("stream")), json=body)

    def _get(self, name: str, **query: Any) -> Any:
        url = self._endpoint.url(job_path(name), **query)
        return self._open("GET", url, streams="stream" in query)

    def _open(self, method: str, url: str, *, streams: bool, json: Any = None) -> Any:
        accept = "text/event-stream" if streams else "application/json"
        read = self._endpoint.timeout or READ_TIMEOUT
        return self._http.stream(
            method,
            url,
            json=json,
            headers={"Accept": accept, **self._endpoint.headers},
            timeout=httpx.Timeout(read, connect=min(read, CONNECT_TIMEOUT)),
            follow_redirects=False,
        )

    def _asked(self, exchange: Exchange, headers: Mapping[str, str]) -> Asked:
        model = str(exchange.body.get("model") or "")
        asked = asked_of(self._endpoint, model, headers)
        return replace(asked, sent=exchange.body, job=exchange.name)


def job_path(name: str) -> str:
    """Where a response is asked for by the server's name for it."""
    return f"/responses/{urllib.parse.quote(name, safe='')}"


async def _check(answer: httpx.Response, asked: Asked) -> None:
    if answer.status_code >= 300:
        raise status_error(answer.status_code, await _refusal(answer), asked)


async def _refusal(answer: httpx.Response) -> bytes:
    """The body of a refusal as far as it comes: what matters is in the status already."""
    body = bytearray()
    with contextlib.suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_REFUSAL_SECONDS):
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > _REFUSAL_BYTES:
                    break
    return bytes(body)


async def fetch(
    endpoint: Endpoint,
    http: httpx.AsyncClient,
    path: str,
    seconds: float,
    method: str = "GET",
    job: str = "",
) -> bytes:
    """What the server says to a request that carries nothing.

    Args:
        endpoint: where; its dialect does not matter.
        http: the connection pool.
        path: below the base URL.
        seconds: after which the server is given up.
        method: in capitals.
        job: the server's name for the answer that this is about, if it is about one.

    Raises:
        GatewayError: if it says no, or nothing.
    """
    headers = {"Accept": "application/json", **endpoint.headers}
    try:
        async with (
            asyncio.timeout(seconds),
            http.stream(
                method, endpoint.url(path), headers=headers, follow_redirects=False
            ) as answer,
        ):
            await _check(answer, replace(asked_of(endpoint, "", answer.headers), job=job))
            return await answer.aread()
    except TimeoutError:
        raise ConnectionFailed(f"no answer from {endpoint.base_url} in {seconds:.0f} s") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise OptionError(_bad_url(endpoint.base_url, error)) from None
    except httpx.TransportError as error:
        raise _broken(error, endpoint.base_url) from None
    except httpx.HTTPError as error:
        raise _unreadable(error) from None


def _chunks(answer: httpx.Response) -> AsyncGenerator[bytes]:
    """The body as it comes: decoding and counting are steps for each event that few need."""
    if "content-encoding" in answer.headers:
        return cast("AsyncGenerator[bytes]", answer.aiter_bytes())
    stream = cast("httpx.AsyncByteStream", answer.stream)
    return cast("AsyncGenerator[bytes]", aiter(stream))


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    """Read the end of the body, so that the connection serves again; some servers never end it."""
    with contextlib.suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for _ in chunks:
                pass


def _is_answer(reader: Reader) -> bool:
    """Whether what came is whole, though the connection broke behind it."""
    with contextlib.suppress(ProtocolError):
        reader.end()
        return reader.response().status not in ("truncated", "in_progress")
    return False


def _unreadable(error: httpx.HTTPError) -> ConnectionFailed:
    failed = ConnectionFailed(f"the answer cannot be read: {error}")
    failed.may_retry = False  # some of it has come
    return failed


def _whole(response: Response, asked: Asked) -> Response:
    """`response` if it is an answer that can be used."""
    if response.status == "truncated":
        raise TruncatedError(
            "the stream ended before the answer did; what came is kept, tools of it were not run. "
            "Run the cell again, or try --no-stream."
        )
    if response.status in ("failed", "cancelled"):
        error = response.error or {"message": f"the response is {response.status}"}
        raise response_failed(error, asked)
    return response


def _bad_url(base_url: str, error: Exception) -> str:
    return f"the base URL {base_url!r} is none ({error}); it looks like https://host/v1"


def _broken(
    error: httpx.TransportError,
    base_url: str,
    answer: httpx.Response | None = None,
    *,
    began: bool = False,
) -> GatewayError:
    """Our error for a connection that failed.

    Args:
        error: what httpx says.
        base_url: where was asked.
        answer: the head of the answer, if that came.
        began: whether there was anything behind the head.
    """
    slow = isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout)
    reason = "the server was silent too long (--timeout)" if slow else _reason(error)
    if began:
        return TruncatedError(
            f"the connection broke in the middle of the answer: {reason}; what came is kept. "
            "Run the cell again."
        )
    if answer is None:
        return ConnectionFailed(
            f"no answer from {base_url}: {reason}. Is the server running, and is the base URL "
            "right?"
        )
    failed = ConnectionFailed(
        f"{base_url} took the request, but nothing came of it: {reason}. A model may have begun, "
        "so it is not sent again by itself: run the cell again."
    )
    failed.may_retry = False  # the model would be paid for twice
    return failed


def _reason(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, httpx.ReadError | httpx.WriteError) and not str(error):
        return "the connection was reset"
    return str(error).rstrip(". ") or type(error).__name__
