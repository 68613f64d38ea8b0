"""HTTP and nothing else: sends what the flow asks for, reads what comes, retries what may be.

Whatever httpx raises leaves this room as one of our own errors. Redirects are not followed: they
could carry the key to another host.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import httpx

from respmagic import _secrets
from respmagic._dialects.absent import is_absent, neither
from respmagic._dialects.base import Dialect, Reader
from respmagic._dialects.errors import response_failed, status_error
from respmagic._exceptions import (
    ConnectionFailed,
    GatewayError,
    OptionError,
    StatusError,
    TruncatedError,
)
from respmagic._flow import Flow, RunCalls, Send
from respmagic._items import FunctionCall, FunctionCallOutput, Request, Response

__all__ = ["FALLBACK_NOTE", "Client", "Endpoint", "Exchange", "drive", "spoken"]

READ_TIMEOUT = 600.0
"""Seconds without a byte after which a server is given up, unless the user says otherwise."""
CONNECT_TIMEOUT = 5.0

_RETRIED = frozenset({408, 409, 429})
# These are 429 too, but waiting does not help.
_FINAL_CODES = frozenset({"insufficient_quota", "credit_balance_exhausted"})
_LONGEST_WAIT = 120.0
_DRAIN_SECONDS = 0.05

FALLBACK_NOTE = "no /responses there: asked through /chat/completions"
"""Said below each answer that came by the fallback, remembered or not, so that a cell's saved
output does not depend on which cell ran before it."""

# base URL -> name of the dialect that answered there, where two were possible. As long as the
# process: servers learn new dialects rarely, and each is tried again when the other is refused.
_spoken: dict[str, str] = {}

SendFunction = Callable[[Request], Awaitable[Response]]
RunCallsFunction = Callable[[tuple[FunctionCall, ...]], Awaitable[tuple[FunctionCallOutput, ...]]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and how.

    Attributes:
        base_url: without a slash at the end; the dialect's path is put behind it.
        dialect: what is spoken there.
        fallback: what is spoken if the server turns out not to know `dialect`.
        api_key: sent as a bearer token; None where none is needed.
        timeout: seconds without a byte after which the server is given up.
        retries: how often a request that got no answer, or a passing refusal, is sent again.
    """

    base_url: str
    dialect: Dialect
    api_key: str | None = field(default=None, repr=False)
    timeout: float | None = None
    retries: int = 2
    fallback: Dialect | None = None

    def __post_init__(self) -> None:
        _secrets.remember(self.api_key)


def spoken(endpoint: Endpoint) -> Dialect:
    """The dialect in which `endpoint` is asked first: the one that answered there before."""
    other = endpoint.fallback
    is_other = other is not None and _spoken.get(endpoint.base_url) == other.name
    return other if other is not None and is_other else endpoint.dialect


class Exchange:
    """One request and what has come of it so far; read it at any time, from any thread.

    Attributes:
        body: the JSON body as sent.
        dialect: what it is written in.
        notice: what is being waited for, while a request is to be sent again; else "".
        note: what is to be said beside the answer of how it was asked; else "".
    """

    def __init__(self, request: Request, dialect: Dialect, note: str = "") -> None:
        self.request = request
        self.notice = ""
        self.write(dialect, note)

    def write(self, dialect: Dialect, note: str = "") -> None:
        """Write the request in `dialect`, as if it had not been sent.

        Raises:
            OptionError: if it cannot be said there.
        """
        self.body: Mapping[str, Any] = dialect.encode(self.request)
        self.dialect = dialect
        self.note = note
        self.reader = Reader(dialect)

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
        self._dialect: Dialect | None = None  # what was answered in

    def exchange(self, request: Request) -> Exchange:
        """The exchange for `request`, not sent yet."""
        dialect = self._dialect or spoken(self._endpoint)
        return Exchange(request, dialect, self._note(dialect))

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
        try:
            response = await self._send(exchange, may_retry=may_retry)
        except GatewayError as error:
            other = self._other(exchange.dialect) if may_retry and is_absent(error) else None
            if other is None:
                raise
            refused = error
        else:
            self._remember(exchange.dialect)
            return response
        return await self._send_instead(exchange, other, refused)

    def _note(self, dialect: Dialect) -> str:
        return FALLBACK_NOTE if dialect is self._endpoint.fallback else ""

    def _other(self, dialect: Dialect) -> Dialect | None:
        """The dialect to try where `dialect` is not spoken, if there is one."""
        endpoint = self._endpoint
        return endpoint.dialect if dialect is endpoint.fallback else endpoint.fallback

    def _remember(self, dialect: Dialect) -> None:
        self._dialect = dialect
        if self._endpoint.fallback is not None:
            _spoken[self._endpoint.base_url] = dialect.name

    async def _send_instead(
        self, exchange: Exchange, dialect: Dialect, refused: GatewayError
    ) -> Response:
        """Send in another dialect; if that is refused as well, the reason that helps most."""
        url = self._endpoint.base_url
        try:
            exchange.write(dialect, self._note(dialect))
        except OptionError as error:
            raise OptionError(
                f"there is no {exchange.dialect.path} at {url}, and {error}"
            ) from None
        self._changed()
        try:
            response = await self._send(exchange)
        except GatewayError as error:
            failure = error
            if is_absent(error):
                exchange.note, failure = "", neither(refused, error, url)
        else:
            self._remember(dialect)
            return response
        raise failure

    async def _send(self, exchange: Exchange, *, may_retry: bool = True) -> Response:
        retries = self._endpoint.retries if may_retry else 0
        for attempt in range(retries + 1):
            try:
                return await self._send_once(exchange)
            except GatewayError as error:
                wait = None if self._is_refused(exchange, error) else _wait(error, attempt)
                if wait is None or attempt == retries:
                    raise
                failure = error
            await self._pause(exchange, failure, wait)
        raise AssertionError("the last attempt returns or raises")

    def _is_refused(self, exchange: Exchange, error: GatewayError) -> bool:
        """Whether another dialect, and not another attempt, is what may help."""
        return self._other(exchange.dialect) is not None and is_absent(error)

    async def _pause(self, exchange: Exchange, error: GatewayError, seconds: float) -> None:
        reason = str(error.status) if isinstance(error, StatusError) else "no connection"
        exchange.notice = f"{reason}, trying again in {seconds:.0f} s; interrupt to stop"
        self._changed()
        await asyncio.sleep(seconds)
        exchange.notice = ""
        exchange.reader = Reader(exchange.dialect)

    async def _send_once(self, exchange: Exchange) -> Response:
        began = False
        try:
            async with self._open(exchange) as answer:
                await self._check(answer)
                async with contextlib.aclosing(_chunks(answer)) as chunks:
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
            raise ConnectionFailed(f"the answer cannot be read: {error}") from None
        exchange.reader.end()
        return _whole(exchange.response)

    def _open(self, exchange: Exchange) -> Any:
        endpoint, body = self._endpoint, exchange.body
        headers = {"Accept": "text/event-stream" if body.get("stream") else "application/json"}
        if endpoint.api_key:
            headers["Authorization"] = f"Bearer {endpoint.api_key}"
        read = endpoint.timeout or READ_TIMEOUT
        return self._http.stream(
            "POST",
            endpoint.base_url.rstrip("/") + exchange.dialect.path,
            json=body,
            headers=headers,
            timeout=httpx.Timeout(read, connect=min(read, CONNECT_TIMEOUT)),
            follow_redirects=False,
        )

    async def _check(self, answer: httpx.Response) -> None:
        if answer.status_code < 300:
            return
        body = await answer.aread()
        raise status_error(
            answer.status_code,
            {key.lower(): value for key, value in answer.headers.items()},
            body,
            url=self._endpoint.base_url,
            has_key=bool(self._endpoint.api_key),
        )


def _chunks(answer: httpx.Response) -> AsyncGenerator[bytes]:
    """The body as it comes; decoding is a step for each event that most bodies do not need."""
    encoded = "content-encoding" in answer.headers
    chunks = answer.aiter_bytes() if encoded else answer.aiter_raw()
    return cast("AsyncGenerator[bytes]", chunks)


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    """Read the end of the body, so that the connection serves again; some servers never end it."""
    with contextlib.suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for _ in chunks:
                pass


def _whole(response: Response) -> Response:
    """`response` if it is an answer that can be used."""
    if response.status == "truncated":
        raise TruncatedError(
            "the stream ended before the answer did; what came is kept, tools of it were not run. "
            "Run the cell again, or try --no-stream."
        )
    if response.status in ("failed", "cancelled"):
        raise response_failed(response.error or {"message": f"the response is {response.status}"})
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
    failed = ConnectionFailed(
        f"no answer from {base_url}: {reason}. Is the server running, and is the base URL right?"
    )
    failed.may_retry = not slow
    return failed


def _reason(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection in time"
    return str(error) or type(error).__name__


def _wait(error: GatewayError, attempt: int) -> float | None:
    """Seconds to wait before the next attempt, or None if there is to be none.

    The policy of OpenAI's own clients: the server's word first, then 0.5 s doubled each time up
    to 8 s, less up to a quarter so that many clients do not come back at once.
    """
    headers: Mapping[str, str] = {}
    if isinstance(error, StatusError):
        headers = error.headers
        if not _is_passing(error, headers.get("x-should-retry")):
            return None
    elif not (isinstance(error, ConnectionFailed) and error.may_retry):
        return None
    said = _said_wait(headers)
    if said is not None:
        return said if said <= _LONGEST_WAIT else None
    jitter = 1 - 0.25 * random.random()  # noqa: S311 - not for secrecy
    return jitter * min(0.5 * 2.0**attempt, 8.0)


def _is_passing(error: StatusError, said: str | None) -> bool:
    if said in ("true", "false"):
        return said == "true"
    if error.code in _FINAL_CODES:
        return False
    return error.status in _RETRIED or (error.status >= 500 and error.status != 501)


def _said_wait(headers: Mapping[str, str]) -> float | None:
    """The wait that the server asks for, in seconds, if it says one that is above 0."""
    milliseconds = _number(headers.get("retry-after-ms"))
    after = headers.get("retry-after", "")
    seconds = milliseconds / 1000 if milliseconds is not None else _number(after)
    if seconds is None and after:
        moment = email.utils.parsedate_tz(after)
        seconds = email.utils.mktime_tz(moment) - time.time() if moment else None
    return seconds if seconds and seconds > 0 else None


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
