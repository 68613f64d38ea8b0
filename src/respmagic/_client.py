"""Sends what the flow asks for: in the dialect that is spoken, again where that may help."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from respmagic._background import Follower
from respmagic._connection import Connection
from respmagic._dialects.absent import is_absent, neither
from respmagic._dialects.base import Dialect
from respmagic._dialects.kept import can_be_resent, is_gone, is_kept, was_forgotten
from respmagic._dialects.responses import relaxed
from respmagic._endpoint import Endpoint, Exchange
from respmagic._exceptions import GatewayError, OptionError, StatusError, TruncatedError
from respmagic._flow import Approve, Check, Flow, Reply, RunCalls, Send
from respmagic._items import FunctionCallOutput, Item, Request, Response, State
from respmagic._retries import retry_wait

__all__ = [
    "FALLBACK_NOTE",
    "Client",
    "as_learnt",
    "drive",
    "spoken",
]

FALLBACK_NOTE = "no /responses there: asked through /chat/completions"
"""Said below each answer that came by the fallback, remembered or not, so that a cell's saved
output does not depend on which cell ran before it."""

FORGOT_NOTE = "the server had forgotten what was said: all of it was sent again"
FORGETFUL_NOTE = "the server keeps nothing: all that was said is sent each time"

# base URLs of servers that keep nothing though they are asked to. As long as the process.
_forgetful: set[str] = set()

# base URL -> name of the dialect that answered there, where two were possible. As long as the
# process: servers learn new dialects rarely, and each is tried again when the other is refused.
_spoken: dict[str, str] = {}

SendFunction = Callable[[Request], Awaitable[Response]]
ApproveFunction = Callable[[tuple[Item, ...]], Awaitable[tuple[Item, ...]]]
CheckFunction = Callable[[Response], Awaitable[str]]
RunCallsFunction = Callable[[RunCalls], Awaitable[tuple[FunctionCallOutput, ...]]]


def spoken(endpoint: Endpoint) -> Dialect:
    """The dialect in which `endpoint` is asked first: the one that answered there before."""
    other = endpoint.fallback
    is_other = other is not None and _spoken.get(endpoint.base_url) == other.name
    return other if other is not None and is_other else endpoint.dialect


async def drive(
    flow: Flow,
    send: Callable[[Request], Awaitable[Response]],
    run: RunCallsFunction,
    approve: ApproveFunction,
    check: CheckFunction,
) -> Response:
    """Do what `flow` yields until it is done, and return what it returns."""
    reply: Reply | None = None
    while True:
        try:
            action = flow.send(reply)  # type: ignore[arg-type]  # None starts a generator
        except StopIteration as stop:
            response: Response = stop.value
            return response
        match action:
            case Send(request):
                reply = await send(request)
            case RunCalls():
                reply = await run(action)
            case Approve(requests):
                reply = await approve(requests)
            case Check(response):
                reply = await check(response)


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
        self._connection = Connection(endpoint, http, changed)
        self._changed = changed
        self._dialect: Dialect | None = None  # what was answered in
        self._has_resent = False

    def exchange(self, request: Request) -> Exchange:
        """The exchange for `request`, not sent yet."""
        dialect = self._dialect or spoken(self._endpoint)
        return Exchange(request, dialect, self._note(dialect))

    async def send(self, exchange: Exchange, *, may_retry: bool = True) -> Response:
        """Send, and read the answer into `exchange`, that of a job to its end, whatever breaks.

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
            response = await self._send_whole(exchange, may_retry=may_retry)
        except TruncatedError:
            if not exchange.goes_on:
                raise
        else:
            if not exchange.goes_on:
                return response
        return await self.resume(exchange)

    async def resume(self, exchange: Exchange) -> Response:
        """Read the rest of the answer of a job.

        Raises:
            GatewayError: if it cannot be had; `exchange` keeps what came.
        """
        follower = Follower(self._connection, self._endpoint, exchange, self._changed)
        return await follower.follow()

    async def _send_whole(self, exchange: Exchange, *, may_retry: bool) -> Response:
        """Send all that the server does not have."""
        state = exchange.request.state
        if state is None:
            return await self._send_spoken(exchange, may_retry=may_retry)
        if can_be_resent(state) and self._endpoint.base_url in _forgetful:
            exchange.go_on_from(None, FORGETFUL_NOTE)
            return await self._send_spoken(exchange, may_retry=may_retry)
        return await self._send_kept(exchange, state, may_retry=may_retry)

    async def _send_kept(self, exchange: Exchange, state: State, *, may_retry: bool) -> Response:
        """Send what is new; where the server does not have the rest any more, send all of it."""
        try:
            response = await self._send_spoken(exchange, may_retry=may_retry)
        except GatewayError as error:
            if not (can_be_resent(state) and is_gone(error)):
                raise
            # One that forgets what it has just been told keeps nothing.
            forgot = was_forgotten(error) and not self._has_resent
        else:
            if not state.id or is_kept(state, response):
                return response
            if not can_be_resent(state):
                exchange.remark = f"the server does not say that it goes on from {state.id}"
                return response
            forgot = False
        self._has_resent = True
        if not forgot:
            _forgetful.add(self._endpoint.base_url)
        exchange.go_on_from(State() if forgot else None, FORGOT_NOTE if forgot else FORGETFUL_NOTE)
        self._changed()
        return await self._send_spoken(exchange, may_retry=may_retry)

    async def _send_spoken(self, exchange: Exchange, *, may_retry: bool) -> Response:
        """Send, in another dialect if this one is not spoken there."""
        try:
            response = await self._send(exchange, may_retry=may_retry)
        except GatewayError as error:
            other = (
                self._other(exchange.dialect) if may_retry and _is_absent(exchange, error) else None
            )
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
            if _is_absent(exchange, error):
                exchange.note, failure = "", neither(refused, error, url)
        else:
            self._remember(dialect)
            return response
        raise failure

    async def _send(self, exchange: Exchange, *, may_retry: bool = True) -> Response:
        retries = self._endpoint.retries if may_retry else 0
        for attempt in range(retries + 1):
            try:
                return await self._send_relaxed(exchange)
            except GatewayError as error:
                wait = None if self._is_refused(exchange, error) else retry_wait(error, attempt)
                if wait is None or attempt == retries:
                    raise
                reason = str(error.status) if isinstance(error, StatusError) else "no answer"
            with exchange.pausing(reason, wait):
                self._changed()
                await asyncio.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _is_refused(self, exchange: Exchange, error: GatewayError) -> bool:
        """Whether another dialect, and not another attempt, is what may help."""
        return self._other(exchange.dialect) is not None and _is_absent(exchange, error)

    async def _send_relaxed(self, exchange: Exchange) -> Response:
        """Send; where the server only minds what goes along for reasoning, send without it."""
        exchange.body = as_learnt(self._endpoint, exchange.body)
        try:
            return await self._connection.send(exchange)
        except StatusError as error:
            if error.status not in (400, 404):
                raise
            if (body := relaxed(exchange.body, error)) is None:
                raise
            if "include" in exchange.body and "include" not in body:
                where = (self._endpoint.base_url, exchange.body.get("model"))
                _refusals[where] = error  # it will not learn
            exchange.body = body
        return await self._connection.send(exchange)


def _is_absent(exchange: Exchange, error: GatewayError) -> bool:
    """Whether the dialect is not spoken there; a response that is gone may be told by 404, too."""
    is_of_state = exchange.request.state is not None and is_gone(error)
    return is_absent(error) and not is_of_state


# Refusals that hold for a model of a server, not only for the request that met them.
_refusals: dict[tuple[str, Any], StatusError] = {}


def as_learnt(endpoint: Endpoint, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """`body` without what the server has refused to give this model before."""
    refusal = _refusals.get((endpoint.base_url, body.get("model")))
    return (relaxed(body, refusal) if refusal is not None else None) or body
