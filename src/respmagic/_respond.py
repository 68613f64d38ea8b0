"""The one composition: options in, `Result` out. Cells, Python calls and tools all come here."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import json
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from typing import Any, Protocol

import httpx

from respmagic import _loop
from respmagic._calls import CallRunner, running_tools
from respmagic._capture import Card, Printed, capturing
from respmagic._cards import value_bundle
from respmagic._client import Client, drive
from respmagic._config import active_settings
from respmagic._exceptions import Interrupted, RespmagicError
from respmagic._flow import tool_loop
from respmagic._items import Request, Response
from respmagic._loop import Job, Outcome, outcome_of
from respmagic._namespace import current_shell
from respmagic._plan import Plan, make_plan
from respmagic._pump import PAINT_INTERVAL, Interrupts, Pump
from respmagic._renderers import cell_renderer
from respmagic._renderers.base import Renderer, is_own_cell
from respmagic._renderers.plain import Plain
from respmagic._renderers.whole import Whole
from respmagic._result import Result
from respmagic._transcript import Run

__all__ = ["Interrupts", "arespond", "is_own_cell", "respond", "run_cell"]


class _Foreground(Protocol):
    """The thread that a run's calls may be made on."""

    thread: threading.Thread

    def changed(self) -> None: ...

    def call(self, function: Callable[[], Any]) -> Awaitable[Outcome[Any]]: ...


class _LoopForeground:
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


class _Running:
    """One run of a plan, with what it needs from outside."""

    def __init__(
        self,
        plan: Plan,
        shell: Any,
        foreground: _Foreground,
        async_loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.foreground = foreground
        self.run = Run(offered=tuple(plan.tools), notes=plan.notes)
        self.children: set[Job[Response]] = set()
        self._plan = plan
        self._runner = CallRunner(
            plan.tools,
            foreground,
            changed=foreground.changed,
            render=lambda value: value_bundle(shell, value),
            async_loop=async_loop,
        )
        self.run.calls = self._runner.records

    async def main(self) -> Response:
        """Run the loop; on the worker loop."""
        plan = self._plan
        client = Client(plan.endpoint, _http(plan), self.foreground.changed)

        async def send(request: Request) -> Response:
            exchange = client.exchange(request)
            self.run.exchanges.append(exchange)
            return await client.send(exchange, may_retry=not self._runner.records)

        token = _current.set(self)
        try:
            flow = tool_loop(plan.request, max_turns=plan.max_turns)
            return await drive(flow, send, self._runner.run)
        finally:
            _current.reset(token)
            for job in list(self.children):
                job.cancel()

    def result(self, error: BaseException | None) -> Result:
        """What there is, now that the run is over."""
        self._runner.close()
        self.run.error = error
        self.run.elapsed = time.monotonic() - self.run.began
        result = Result(self.run, verbose=self._plan.verbose)
        if isinstance(error, RespmagicError | Interrupted):
            error.result = result
        return result


_current: ContextVar[_Running | None] = ContextVar("respmagic_run", default=None)

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


def _ended(error: BaseException) -> BaseException:
    """The error as the user is to see it, without the history that it has inside."""
    if isinstance(error, KeyboardInterrupt | concurrent.futures.CancelledError):
        error = Interrupted("stopped; what had arrived is kept in the result")
    error.__context__ = None
    return error


def run_plan(
    plan: Plan,
    *,
    interrupts: Interrupts,
    renderer: Renderer | None = None,
) -> tuple[Result, BaseException | None, Card]:
    """Run `plan`, waiting on this thread.

    Args:
        plan: what to do.
        interrupts: the guard that is entered around this call.
        renderer: shows the run while it goes on.

    Returns:
        The result, whole or partial, the error that ended the run, if one did, and what others
        printed meanwhile, if a renderer painted.

    Raises:
        UsageError: if called on the loop that would have to run it.
    """
    shell, parent = current_shell(), _current.get()
    own = parent is None or parent.foreground.thread is threading.current_thread()
    pump = Pump(interrupts)
    running = _Running(plan, shell, pump if parent is None or own else parent.foreground)
    if renderer is not None:
        pump.paint = functools.partial(renderer.paint, running.run)
    error: BaseException | None = None
    worker = _loop.worker()
    with capturing(shell, record=renderer is not None) as recorded:
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


@contextlib.contextmanager
def _adopted(parent: _Running | None, job: Job[Response]) -> Any:
    """While this is entered, the end of the outer run ends the inner one too."""
    if parent is None:
        yield
        return
    parent.children.add(job)
    try:
        yield
    finally:
        parent.children.discard(job)


def respond(
    prompt: str,
    *,
    model: str | None = None,
    profile: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    api: str | None = None,
    tools: Iterable[Any] | None = None,
    tool_choice: Any = None,
    instructions: str | None = None,
    temperature: float | None = None,
    max_output_tokens: int | None = None,
    effort: str | None = None,
    max_turns: int | None = None,
    stream: bool | None = None,
    timeout: float | None = None,
    retries: int | None = None,
    show: bool = False,
    verbose: bool | None = None,
    **extra: Any,
) -> Result:
    """Ask the model, run the tools it calls, and return what came of it.

    What is None is taken from the notebook's settings (`%config ResponsesMagics`), else left to
    the server. Works in scripts, cells, loops, threads and sync tools.

    Args:
        prompt: what to ask.
        model: the model's name.
        profile: the gateway to ask, e.g. ``openrouter``; ``%responses profiles`` lists them.
        base_url: where the API is, e.g. ``http://localhost:11434/v1``; by default
            ``OPENAI_BASE_URL``, then OpenAI's own where there is a key, then the embedded model.
        api_key: by default what the profile's variable holds, ``OPENAI_API_KEY`` without one.
        api: the dialect: ``responses``, ``chat``, or ``auto``, the default: the Responses API,
            and where a server does not know that, chat.completions; profiles may know better.
        tools: functions or names of functions; None for the marked functions of the notebook,
            without those that run around this call; empty for none.
        tool_choice: ``auto``, ``none``, ``required``, a tool's name, or the wire's own object.
        instructions: what the model is to keep to.
        temperature: 0 for the likeliest words.
        max_output_tokens: the longest answer in tokens, reasoning included.
        effort: how hard to reason, e.g. ``low``.
        max_turns: how many requests may be made, by default 10.
        stream: whether to ask for the answer as it is written, by default True.
        timeout: seconds without a byte until the server is given up, by default 600.
        retries: how often to try again before an answer begins, by default 2.
        show: display the run in the cell while it goes on, and the result at its end.
        verbose: show ids, times and details too, where the result is shown.
        extra: further parameters of the request, by their names on the wire.

    Returns:
        The result; its ``text`` is the answer.

    Raises:
        OptionError: if an argument cannot be used; nothing was sent.
        GatewayError: if no whole answer came; its ``result`` holds what did.
        MaxTurnsExceeded: if the model asks for tools again after the last turn.
        Interrupted: on Ctrl-C; its ``result`` holds what had arrived.
        UsageError: inside an async tool, where `arespond` is to be awaited.
    """
    plan = make_plan(prompt, _given(locals()), extra, running=running_tools.get())
    shell = current_shell()
    renderer = _shower(shell) if show else None
    with Interrupts() as interrupts:
        result, error, _ = run_plan(plan, interrupts=interrupts, renderer=renderer)
        if renderer is not None:
            renderer.finish(result)
    if error is not None:
        raise error
    return result


def run_cell(
    prompt: str, options: dict[str, Any], interrupts: Interrupts, *, quiet: bool = False
) -> tuple[Result, BaseException | None]:
    """Run a `%%responses` cell: as `respond`, but shown as the cell's options say.

    Args:
        prompt: the cell's text.
        options: by `Option.name`.
        interrupts: the guard that is entered around this call.
        quiet: whether to show nothing.

    Returns:
        The result, whole or partial, and the error that ended the run, if one did.

    Raises:
        OptionError: if an option cannot be used; nothing was sent.
    """
    given = {name: value for name, value in options.items() if name not in _CELL_OPTIONS}
    text = prompt.strip("\n")
    plan = make_plan(text, given, options.get("extra", {}), running=running_tools.get())
    shell = current_shell()
    wanted = options.get("renderer", active_settings().renderer)
    renderer = cell_renderer("final" if quiet else wanted, shell)
    result, error, others = run_plan(plan, interrupts=interrupts, renderer=renderer)
    renderer.finish(result)
    if renderer.to_clear:
        _clear(shell, others)
    if options.get("debug"):
        print(json.dumps(result.requests, indent=1, ensure_ascii=False))  # noqa: T201 - asked for
    return result, error


# The options of a cell that say how to run and show, not what to ask.
_CELL_OPTIONS = ("out", "renderer", "debug", "extra")


def _clear(shell: Any, others: Card) -> None:
    """Clear what was painted; what others printed meanwhile is shown again."""
    shell.display_pub.clear_output(wait=True)
    for output in others.outputs:
        if isinstance(output, Printed):
            getattr(sys, output.stream).write(output.text)
        else:
            shell.display_pub.publish(dict(output.data), dict(output.metadata))


# The arguments of `respond` that say how to run, not what to ask.
_NOT_OPTIONS = ("prompt", "show", "extra")


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in _NOT_OPTIONS}


def _shower(shell: Any) -> Renderer:
    if shell is None or getattr(shell, "kernel", None) is None:
        return Plain()
    return Whole(shell, live=bool(getattr(shell.kernel, "_allow_stdin", False)))


async def arespond(
    prompt: str,
    *,
    model: str | None = None,
    profile: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    api: str | None = None,
    tools: Iterable[Any] | None = None,
    tool_choice: Any = None,
    instructions: str | None = None,
    temperature: float | None = None,
    max_output_tokens: int | None = None,
    effort: str | None = None,
    max_turns: int | None = None,
    stream: bool | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - a server's silence, not this call's length
    retries: int | None = None,
    show: bool = False,
    verbose: bool | None = None,
    **extra: Any,
) -> Result:
    """`respond` for async code: takes and returns the same, and holds up nothing.

    Async tools run on the caller's loop, as do tools that need the main thread.

    Raises:
        CancelledError: if the awaiting task is cancelled; the request and the tools are, too.
        RespmagicError: as `respond` does.
    """
    plan = make_plan(prompt, _given(locals()), extra, running=running_tools.get())
    shell, loop, worker = current_shell(), asyncio.get_running_loop(), _loop.worker()
    inside, parent = worker.is_current_thread, _current.get()
    foreground = parent.foreground if parent is not None and inside else _LoopForeground(loop)
    running = _Running(plan, shell, foreground, None if inside else loop)
    renderer = _shower(shell) if show else None
    error: BaseException | None = None
    with capturing(shell):
        try:
            if inside:
                await running.main()
            else:
                await _watched(worker.submit(running.main()), running.run, renderer)
        except RespmagicError as caught:
            error = _ended(caught)
    result = running.result(error)
    if renderer is not None:
        renderer.finish(result)
    if error is not None:
        raise error
    return result


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
        raise
