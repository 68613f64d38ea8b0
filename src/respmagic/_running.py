"""One run of a plan: the loop on the worker, calls where they belong, the end in a `Result`.

Whoever waits for a run brings a foreground: the thread that its calls may be made on. A cell and
`respond` wait on their own thread, `arespond` on the caller's loop.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import os
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import httpx

from respmagic import _loop, _secrets
from respmagic._approval import Approvals, Approver, StdinApprover, server_decision
from respmagic._calls import Foreground, ToolCall
from respmagic._capture import Card, capturing
from respmagic._cards import value_bundle
from respmagic._client import Client, as_learnt, drive, spoken
from respmagic._endpoint import Exchange
from respmagic._exceptions import (
    Interrupted,
    NotFoundError,
    OutputError,
    OutputInvalid,
    RespmagicError,
)
from respmagic._flow import RunCalls, tool_loop
from respmagic._items import FunctionCallOutput, Item, Request, Response
from respmagic._jobs import BackgroundJob, left_job
from respmagic._keeping import keep_turn
from respmagic._loop import Job, Outcome, ThreadCall, outcome_of
from respmagic._plan import Plan
from respmagic._pump import PAINT_INTERVAL, Interrupts, Pump
from respmagic._renderers.base import Renderer
from respmagic._result import Result
from respmagic._runner import CallRunner
from respmagic._transcript import Run, Unsent

__all__ = ["LoopForeground", "Running", "arun_plan", "run_plan"]


class LoopForeground:
    """The caller's own event loop, for `arespond`."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.thread = threading.current_thread()
        self._loop = loop

    def changed(self) -> None:
        """Nothing to wake: it looks for news by itself while it paints."""

    async def call(self, function: Callable[[], Any]) -> Outcome[Any]:
        async def make_call() -> Outcome[Any]:
            return outcome_of(function)

        future = asyncio.run_coroutine_threadsafe(make_call(), self._loop)
        return await asyncio.wrap_future(future)


class Running:
    """One run of a plan, with what it needs from outside.

    Args:
        plan: what to do.
        foreground: the thread that waits for it.
        async_loop: where async tools run; None for the worker loop.
        approver: asks the user about calls; None to ask by `input()`.
        left: what is gone on with, if it was begun before.
    """

    def __init__(
        self,
        plan: Plan,
        foreground: Foreground,
        async_loop: asyncio.AbstractEventLoop | None = None,
        approver: Approver | None = None,
        left: BackgroundJob | None = None,
    ) -> None:
        self.foreground = foreground
        self.approver = approver or StdinApprover(foreground, plan.session.shell)
        self.run = Run(offered=plan.offered, notes=plan.placed_notes, form=plan.form)
        self._misfit: OutputError | None = None
        self.children: set[Job[Response]] = set()
        self._plan = plan
        self._runner = CallRunner(
            plan.tools,
            foreground,
            Approvals(plan.approvals, self.approver, plan.session.allowed),
            most=plan.max_parallel_tools,
            render=lambda value: value_bundle(plan.session.shell, value),
            keep=plan.objects.keep,
            sees=plan.endpoint.profile.images,
            async_loop=async_loop,
        )
        self._definitions = plan.request.tools
        self._left = left
        self._counted = len(left.before) if left is not None else 0
        if left is not None:
            self.run.exchanges += left.before
            self._runner.records += left.calls
        self.run.calls = self._runner.records

    async def main(self) -> Response:
        """Run the loop; on the worker loop."""
        plan = self._plan
        client = Client(plan.endpoint, _http(plan), self.foreground.changed)

        async def send(request: Request) -> Response:
            if (left := self._left) is not None:
                self._left = None
                self.run.exchanges.append(exchange := left.exchange.again())
                return await client.resume(exchange)
            exchange = client.exchange(request)
            self.run.exchanges.append(exchange)
            return await client.send(exchange, may_retry=not self._runner.records)

        token = _current.set(self)
        repairs = None if plan.form is None else plan.repair
        flow = tool_loop(
            plan.request if self._left is None else self._left.exchange.request,
            max_turns=plan.max_turns - len(self.run.exchanges),
            tools=lambda: self._definitions,
            repairs=repairs,
        )
        try:
            response = await drive(flow, send, self._run_calls, self._approve, self._check)
        finally:
            _current.reset(token)
            for job in list(self.children):
                job.cancel()
        if self._misfit is not None:
            raise self._misfit
        return response

    async def _approve(self, requests: tuple[Item, ...]) -> tuple[Item, ...]:
        """Ask the user about calls that a server of tools wants to make, one after another."""
        return tuple([await self._answer(request) for request in requests])

    async def _answer(self, request: Item) -> Item:
        name = f"{request.get('server_label') or 'server'}.{request.get('name') or ''}"
        arguments = str(request.get("arguments") or "")
        call = ToolCall(str(request.get("id")), name, arguments, sent=arguments)
        decision = await server_decision(call, self._plan.server_calls, self.approver)
        self.run.decisions[call.call_id] = decision
        self.foreground.changed()
        answer = {"type": "mcp_approval_response", "approval_request_id": request.get("id")}
        reason = {"reason": decision.reason} if decision.reason else {}
        return {**answer, "approve": decision.allowed, **reason}

    async def _check(self, response: Response) -> str:
        """Make the answer a value, on the waiting thread: a type may check by code of the user's.

        Returns:
            What is to be said to the model, if it may help to ask again; else "".
        """
        form = self._plan.form
        assert form is not None  # noqa: S101 - else nothing is checked
        outcome = await self.foreground.call(lambda: form.value(response))
        self.run.parsed = outcome.value
        match outcome.error:
            case None | OutputError():
                self._misfit = outcome.error
            case KeyboardInterrupt():  # it may not enter this loop
                raise asyncio.CancelledError
            case error:
                self._misfit = OutputInvalid(f"the check of the answer raises {error!r:.200}")
                return ""
        return _REPAIR.format(self._misfit) if isinstance(self._misfit, OutputInvalid) else ""

    async def _run_calls(self, action: RunCalls) -> tuple[FunctionCallOutput, ...]:
        """Run the calls, and describe the tools anew: there may be objects to name now."""
        outputs = await self._runner.run(action.calls, action.notes)
        if any(tool.signature.references for tool in self._plan.tools.values()):
            described = await ThreadCall(self._plan.definitions).outcome()
            self._definitions = described.value or self._definitions
        return outputs

    def result(self, error: BaseException | None) -> Result:
        """What there is, now that the run is over."""
        self._runner.close()
        self.run.error = error
        self.run.elapsed = time.monotonic() - self.run.began
        plan = self._plan
        left = left_job(plan, self.run.exchanges, self._runner.records)
        if left is not None and not isinstance(error, NotFoundError):  # else it is there no more
            plan.session.jobs[left.name] = left
            if isinstance(error, Interrupted):
                error.args = (
                    (_LEFT if plan.session.shell is not None else _LEFT_ALONE).format(left.name),
                )
        elif isinstance(error, Interrupted) and self._is_nameless:
            error.args = (_NAMELESS,)
        result = Result(self.run, verbose=plan.verbose, plan=plan)
        self.run.notes += keep_turn(plan, result, self._runner.outputs)
        self._count(result)
        if isinstance(error, RespmagicError | Interrupted):
            error.result = result
        return result

    @property
    def _is_nameless(self) -> bool:
        """Whether a job was asked for of which the server has not said how it calls it."""
        last = self.run.exchanges[-1] if self.run.exchanges else None
        return last is not None and last.is_background and not last.name

    def _count(self, result: Result) -> None:
        """Add up the tokens; those of a job that goes on were not counted when it was left."""
        talk = result.conversation.name if result.conversation is not None else ""
        answers = [
            (exchange.request.model or "", exchange.response)
            for exchange in self.run.exchanges[self._counted :]
            if exchange.response.output and not exchange.goes_on
        ]
        self._plan.session.usage.add(answers, talk)


_CLEAN_UP_SECONDS = 1.0
_LEFT = "stopped waiting; the server goes on: %responses jobs resume {0}, or jobs cancel {0}"
_LEFT_ALONE = 'stopped waiting; the server goes on: respmagic.resume("{0}") waits for it again'
_NAMELESS = (
    "stopped before the server had named the job: it may be at work on it, but cannot be asked for "
    "it from here"
)

# Nothing of what the model said stands in it but names of fields.
_REPAIR = "Your last answer cannot be used: {}. Answer again, with the corrected JSON only."

_current: ContextVar[Running | None] = ContextVar("respmagic_run", default=None)

if hasattr(os, "register_at_fork"):  # in a child of a tool's, nobody pumps for the run around it
    os.register_at_fork(after_in_child=lambda: _current.set(None))


def _http(plan: Plan) -> httpx.AsyncClient:
    """The connection pool for this address; a TLS context is dear, so it is kept with the loop."""
    kept = _loop.worker().kept
    address = plan.endpoint.base_url
    if address not in kept:
        kept[address] = httpx.AsyncClient(transport=plan.transport() if plan.transport else None)
    http: httpx.AsyncClient = kept[address]
    return http


def _unsent(plan: Plan) -> Result:
    """What `plan` would send first, shown and not sent."""
    endpoint, dialect = plan.endpoint, spoken(plan.endpoint)
    body = as_learnt(endpoint, Exchange(plan.request, dialect).body)
    unsent = Unsent(endpoint.url(dialect.path), _secrets.scrub(endpoint.headers), body)
    run = Run(plan.offered, plan.placed_notes, form=plan.form, unsent=unsent, elapsed=0.0)
    return Result(run, verbose=plan.verbose, plan=plan)


def _ended(error: BaseException) -> BaseException:
    """The error as the user is to see it, without the history that it has inside."""
    if isinstance(error, KeyboardInterrupt | concurrent.futures.CancelledError):
        error = _stopped()
    error.__context__ = None
    return error


def _stopped() -> Interrupted:
    return Interrupted("stopped; what had arrived is kept in the result")


def run_plan(
    plan: Plan,
    *,
    interrupts: Interrupts,
    renderer: Renderer | None = None,
    approver: Approver | None = None,
    left: BackgroundJob | None = None,
) -> tuple[Result, BaseException | None, Card]:
    """Run `plan`, waiting on this thread.

    Args:
        plan: what to do.
        interrupts: the guard that is entered around this call.
        renderer: shows the run while it goes on.
        approver: asks the user about calls, by default that of the run around this one.
        left: what is gone on with, if it was begun before.

    Returns:
        The result, whole or partial, the error that ended the run, if one did, and what others
        printed meanwhile, if a renderer painted.

    Raises:
        UsageError: if called on the loop that would have to run it.
    """
    if plan.dry_run:
        return _unsent(plan), None, Card()
    parent = _current.get()
    own = parent is None or parent.foreground.thread is threading.current_thread()
    pump = Pump(interrupts)
    running = Running(
        plan,
        pump if parent is None or own else parent.foreground,
        approver=approver or _approver_of(parent),
        left=left,
    )
    if renderer is not None:
        pump.paint = functools.partial(renderer.paint, running.run)
        pump.begun = lambda: bool(running.run.entries())
    error: BaseException | None = None
    worker = _loop.worker()
    with capturing(plan.session.shell, record=renderer is not None) as recorded:
        interrupts.delay()  # it may get to a tool before this thread gets any further
        job = worker.submit(running.main())
        try:
            with _adopted(parent, job):
                if own:
                    pump.wait(job, worker)
                else:
                    job.future.result()
        except (Exception, KeyboardInterrupt) as caught:  # noqa: BLE001 - none may lose the result
            error = _ended(caught)
    return running.result(error), error, recorded


def _approver_of(parent: Running | None) -> Approver | None:
    """What an outer run was given asks for the inner one, too; `input()` knows its own thread."""
    given = parent.approver if parent is not None else None
    return None if isinstance(given, StdinApprover) else given


@contextlib.contextmanager
def _adopted(parent: Running | None, job: Job[Response]) -> Any:
    """While this is entered, the end of the outer run ends the inner one too."""
    if parent is None:
        yield
        return
    parent.children.add(job)
    try:
        yield
    finally:
        parent.children.discard(job)


async def arun_plan(
    plan: Plan, renderer: Renderer | None = None, approver: Approver | None = None
) -> tuple[Result, BaseException | None]:
    """Run `plan`, waiting on the caller's event loop.

    Args:
        plan: what to do.
        renderer: shows the run while it goes on.
        approver: asks the user about calls, by default that of the run around this one.

    Returns:
        The result, whole or partial, and the error that ended the run, if one did.

    Raises:
        CancelledError: if the awaiting task is cancelled; the request and the tools are, too. Its
            ``result`` holds what had arrived.
    """
    if plan.dry_run:
        return _unsent(plan), None
    loop, worker = asyncio.get_running_loop(), _loop.worker()
    inside, parent = worker.is_current_thread, _current.get()
    foreground = parent.foreground if parent is not None and inside else LoopForeground(loop)
    running = Running(plan, foreground, None if inside else loop, approver or _approver_of(parent))
    error: BaseException | None = None
    with capturing(plan.session.shell):
        try:
            if inside:
                await running.main()
            else:
                await _watched(worker.submit(running.main()), running.run, renderer)
        except RespmagicError as caught:
            error = _ended(caught)
        except asyncio.CancelledError as cancelled:
            # On this very instance: a subclass is no cancellation to `asyncio.timeout`.
            cancelled.result = running.result(_stopped())  # type: ignore[attr-defined]
            raise
    return running.result(error), error


async def _watched(job: Job[Response], run: Run, renderer: Renderer | None) -> None:
    """Wait for `job` on the caller's loop, painting meanwhile."""
    future = asyncio.wrap_future(job.future)
    # Once cancelled nobody asks what came of it, and asyncio would complain of that.
    future.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        while not future.done():
            # Also where nothing is painted: a kernel's loop takes an interrupt only as it wakes.
            await asyncio.wait({future}, timeout=PAINT_INTERVAL)
            if renderer is not None and not future.done():
                renderer.paint(run)
        future.result()
    except asyncio.CancelledError:
        job.cancel()
        with contextlib.suppress(asyncio.CancelledError):  # once more: it is on its way
            await asyncio.wait({future}, timeout=_CLEAN_UP_SECONDS)
        raise
