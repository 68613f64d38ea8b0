"""HTTP and nothing else: sends what the flow asks for, reads what comes, retries what may be.

Whatever httpx raises leaves this room as one of our own errors. Redirects are not followed: they
could carry the key to another host.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from respmagic import _secrets
from respmagic._dialects.base import Dialect, Reader, WebPage
from respmagic._dialects.errors import Asked, page_error, response_failed, status_error
from respmagic._dialects.profiles import PLAIN, Profile
from respmagic._dialects.responses import relaxed
from respmagic._exceptions import (
    ConnectionFailed,
    GatewayError,
    OptionError,
    StatusError,
    TruncatedError,
)
from respmagic._flow import Flow, RunCalls, Send
from respmagic._items import FunctionCall, FunctionCallOutput, Request, Response
from respmagic._retries import retry_wait, said_wait

__all__ = ["Client", "Endpoint", "Exchange", "asked_of", "drive", "fetch"]

READ_TIMEOUT = 600.0
"""Seconds without a byte after which a server is given up, unless the user says otherwise."""
CONNECT_TIMEOUT = 5.0

_DRAIN_SECONDS = 0.05

SendFunction = Callable[[Request], Awaitable[Response]]
RunCallsFunction = Callable[[tuple[FunctionCall, ...]], Awaitable[tuple[FunctionCallOutput, ...]]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and how.

    Attributes:
        base_url: without a slash at the end; the dialect's path is put behind it.
        dialect: what is spoken there.
        profile: what is particular to it, headers above all.
        api_key: sent in the header that the profile names; None where none is needed.
        key_env: the environment variable that holds the key, for advice.
        models: those that are known to be there, for advice.
        timeout: seconds without a byte after which the server is given up.
        retries: how often a request that got no answer, or a passing refusal, is sent again.
    """

    base_url: str
    dialect: Dialect
    api_key: str | None = field(default=None, repr=False)
    timeout: float | None = None
    retries: int = 2
    profile: Profile = PLAIN
    key_env: str = ""
    models: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _secrets.remember(self.api_key)

    def url(self, path: str) -> str:
        """The address of `path`."""
        query = urllib.parse.urlencode(self.profile.query)
        return self.base_url.rstrip("/") + path + (f"?{query}" if query else "")

    @property
    def headers(self) -> dict[str, str]:
        """What goes along with each request, the key included."""
        headers = dict(self.profile.headers)
        if self.api_key:
            name = self.profile.key_header
            bearer = "Bearer " if name.lower() == "authorization" else ""
            headers[name] = bearer + self.api_key
        return headers


class Exchange:
    """One request and what has come of it so far; read it at any time, from any thread.

    Attributes:
        body: the JSON body as sent.
        pauses: how often the request was, or is just going to be, sent again.
    """

    def __init__(self, body: Mapping[str, Any], dialect: Dialect) -> None:
        self.body = body
        self.pauses = 0
        self._dialect = dialect
        self._pause: tuple[str, float] | None = None
        self.reader = Reader(dialect)

    @property
    def notice(self) -> str:
        """What is being waited for, while a request is to be sent again; else ""."""
        if (pause := self._pause) is None:
            return ""
        reason, end = pause
        seconds = max(end - time.monotonic(), 0.0)
        return f"{reason}, trying again in {seconds:.0f} s, Ctrl-C to stop"

    @contextlib.contextmanager
    def pausing(self, reason: str, seconds: float) -> Iterator[None]:
        """While this is entered, the notice tells of it; then the answer begins anew."""
        self.pauses += 1
        self._pause = reason, time.monotonic() + seconds
        try:
            yield
        finally:
            self._pause = None
        self.reader = Reader(self._dialect)

    @property
    def response(self) -> Response:
        """The answer as far as it is known."""
        return self.reader.response()


async def drive(
    flow: Flow, send: Callable[[Request], Awaitable[Response]], run: RunCallsFunction
) -> Response:
    """Do what `flow` yields until it is done, and return what it returns."""
    reply: Response | tuple[FunctionCallOutput, ...] | None = None
    while True:
        try:
            action = flow.send(reply)  # type: ignore[arg-type]  # None starts a generator
        except StopIteration as stop:
            response: Response = stop.value
            return response
        match action:
            case Send(request):
                reply = await send(request)
            case RunCalls(calls):
                reply = await run(calls)


class Client:
    """Sends requests to one endpoint.

    Args:
        endpoint: where and how.
        http: the connection pool; it outlives the client and is closed by its owner.
        changed: called whenever something new has come.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        http: httpx.AsyncClient,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._endpoint = endpoint
        self._http = http
        self._changed = changed

    def exchange(self, request: Request) -> Exchange:
        """The exchange for `request`, not sent yet."""
        dialect = self._endpoint.dialect
        return Exchange(dialect.encode(request), dialect)

    async def send(self, exchange: Exchange, *, may_retry: bool = True) -> Response:
        """Send, and read the answer into `exchange`.

        Args:
            exchange: from `exchange`.
            may_retry: whether a failure before the first byte may be tried again; not once a
                tool has run.

        Returns:
            The whole answer: completed, or incomplete with its reason.

        Raises:
            GatewayError: if there is no such answer; `exchange` keeps what came.
            OptionError: if the base URL is none.
        """
        retries = self._endpoint.retries if may_retry else 0
        for attempt in range(retries + 1):
            try:
                return await self._send_relaxed(exchange)
            except GatewayError as error:
                wait = retry_wait(error, attempt)
                if wait is None or attempt == retries:
                    raise
                reason = str(error.status) if isinstance(error, StatusError) else "no answer"
            with exchange.pausing(reason, wait):
                self._changed()
                await asyncio.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _send_relaxed(self, exchange: Exchange) -> Response:
        """Send; where the server only minds what goes along for reasoning, send without it."""
        where = (self._endpoint.base_url, exchange.body.get("model"))
        if refusal := _refusals.get(where):
            exchange.body = relaxed(exchange.body, refusal) or exchange.body
        try:
            return await self._send_once(exchange)
        except StatusError as error:
            if error.status not in (400, 404):
                raise
            if (body := relaxed(exchange.body, error)) is None:
                raise
            if "include" in exchange.body and "include" not in body:
                _refusals[where] = error  # it will not learn
            exchange.body = body
        return await self._send_once(exchange)

    async def _send_once(self, exchange: Exchange) -> Response:
        began, asked = False, self._asked(exchange, {})
        try:
            async with self._open(exchange.body) as answer:
                asked = self._asked(exchange, answer.headers)
                await _check(answer, asked)
                async with contextlib.aclosing(answer.aiter_bytes()) as chunks:
                    async for chunk in chunks:
                        began = True
                        exchange.reader.feed(chunk)
                        self._changed()
                        if exchange.reader.done:
                            await _drain(chunks)
                            break
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise OptionError(_bad_url(self._endpoint.base_url, error)) from None
        except httpx.TransportError as error:
            if not exchange.reader.done:
                raise _broken(error, self._endpoint.base_url, began=began) from None
        except httpx.HTTPError as error:
            raise _unreadable(error) from None
        try:
            exchange.reader.end()
        except WebPage:
            raise page_error(self._endpoint.base_url) from None
        return _whole(exchange.response, asked)

    def _open(self, body: Mapping[str, Any]) -> Any:
        endpoint = self._endpoint
        accept = "text/event-stream" if body.get("stream") else "application/json"
        read = endpoint.timeout or READ_TIMEOUT
        return self._http.stream(
            "POST",
            endpoint.url(endpoint.dialect.path),
            json=body,
            headers={"Accept": accept, **endpoint.headers},
            timeout=httpx.Timeout(read, connect=min(read, CONNECT_TIMEOUT)),
            follow_redirects=False,
        )

    def _asked(self, exchange: Exchange, headers: Mapping[str, str]) -> Asked:
        return asked_of(self._endpoint, str(exchange.body.get("model") or ""), headers)


# Refusals that hold for a model of a server, not only for the request that met them.
_refusals: dict[tuple[str, Any], StatusError] = {}


def asked_of(endpoint: Endpoint, model: str, headers: Mapping[str, str]) -> Asked:
    """What advice on an answer with these `headers` depends on."""
    lower = {key.lower(): value for key, value in headers.items()}
    return Asked(
        url=endpoint.base_url,
        key_env=endpoint.key_env,
        has_key=bool(endpoint.api_key),
        model=model,
        models=endpoint.models,
        headers=lower,
        wait=said_wait(lower),
    )


async def _check(answer: httpx.Response, asked: Asked) -> None:
    if answer.status_code >= 300:
        raise status_error(answer.status_code, await answer.aread(), asked)


async def fetch(endpoint: Endpoint, http: httpx.AsyncClient, path: str, seconds: float) -> bytes:
    """What the server says to ``GET`` `path`.

    Args:
        endpoint: where; its dialect does not matter.
        http: the connection pool.
        path: below the base URL.
        seconds: after which the server is given up.

    Raises:
        GatewayError: if it says no, or nothing.
    """
    headers = {"Accept": "application/json", **endpoint.headers}
    try:
        async with asyncio.timeout(seconds):
            answer = await http.get(endpoint.url(path), headers=headers, follow_redirects=False)
    except TimeoutError:
        raise ConnectionFailed(f"no answer from {endpoint.base_url} in {seconds:.0f} s") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise OptionError(_bad_url(endpoint.base_url, error)) from None
    except httpx.TransportError as error:
        raise _broken(error, endpoint.base_url, began=False) from None
    except httpx.HTTPError as error:
        raise _unreadable(error) from None
    await _check(answer, asked_of(endpoint, "", answer.headers))
    return answer.content


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    """Read the end of the body, so that the connection serves again; some servers never end it."""
    with contextlib.suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for _ in chunks:
                pass


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


def _broken(error: httpx.TransportError, base_url: str, *, began: bool) -> GatewayError:
    """Our error for a connection that failed, before or after the answer began."""
    slow = isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout)
    reason = "the server was silent too long (--timeout)" if slow else _reason(error)
    if began:
        return TruncatedError(
            f"the connection broke in the middle of the answer: {reason}; what came is kept. "
            "Run the cell again."
        )
    return ConnectionFailed(
        f"no answer from {base_url}: {reason}. Is the server running, and is the base URL right?"
    )


def _reason(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection in time"
    return str(error) or type(error).__name__
