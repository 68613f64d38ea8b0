"""Making one call where it belongs: in a thread, on the waiting thread, or on a loop.

Waiting for it ends at once when it is cancelled or its time is up, whatever the call itself makes
of being stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from respmagic._calls import Foreground, ToolCall
from respmagic._capture import Displayed
from respmagic._describe import summary
from respmagic._exceptions import CallTimedOut
from respmagic._figures import Drawing, drawing
from respmagic._loop import Outcome, ThreadCall, outcome_of
from respmagic._placement import runs_on_main_thread

if TYPE_CHECKING:
    from respmagic._tools import Tool

__all__ = ["MIXED", "Invoker"]

MIXED = (
    "another call drew with pyplot at the same time, so that their figures may be mixed up: "
    "declare these tools @respmagic.tool(thread=False)"
)
_PROGRESS = 200  # characters


class Invoker:
    """Makes calls.

    Args:
        foreground: the waiting thread; it is told of progress.
        render: how a value shows itself, by MIME type; called where the call ran.
        async_loop: the loop for async tools; None for the worker loop.
    """

    def __init__(
        self,
        foreground: Foreground,
        render: Callable[[Any], Mapping[str, Any]],
        async_loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self._foreground = foreground
        self._render = render
        self._async_loop = async_loop

    async def invoke(self, tool: Tool, record: ToolCall) -> Outcome[Any]:
        """Make the call that `record` tells of; what it comes to, at the latest at its timeout."""
        task = asyncio.create_task(self._placed(tool, tool.bound(record.arguments), record))
        try:
            await asyncio.wait({task}, timeout=tool.mark.timeout)
        except asyncio.CancelledError:
            _abandon(task)
            raise
        if task.done():
            return task.result()
        _abandon(task)
        record.seconds = tool.mark.timeout
        what = f"the call was stopped after {tool.mark.timeout:g} s without a result"
        return Outcome(error=CallTimedOut(what))

    async def _placed(self, tool: Tool, call: Callable[[], Any], record: ToolCall) -> Outcome[Any]:
        if tool.is_async:
            return await self._on_loop(call, record)
        if runs_on_main_thread(tool):
            outcome = await self._foreground.call(lambda: self._made(call, record))
        else:
            outcome = await ThreadCall(lambda: self._made(call, record)).outcome()
        if _is_async(outcome.value):
            value = outcome.value
            return await self._on_loop(lambda: value, record)
        return outcome

    def _made(self, call: Callable[[], Any], record: ToolCall) -> Any:
        """Make the call, and have its value show itself on the same thread."""
        with _watched(record) as drawn:
            value = None
            try:
                value = call()
                if inspect.isgenerator(value):
                    value = self._last_of(value, record)
                if not _is_async(value):
                    self._take(value, record)
            finally:
                drawn.flush(value)
        return value

    def _take(self, value: Any, record: ToolCall) -> None:
        """Have the value describe and show itself: code of the user's, so none for our loop."""
        record.describe(value)
        record.bundle = self._shown(value)
        for inside in record.objects_inside:
            record.card.outputs.append(Displayed(self._shown(inside), {}))

    def _shown(self, value: Any) -> Mapping[str, Any]:
        return outcome_of(lambda: self._render(value)).value or {}

    def _last_of(self, values: Generator[Any, Any, Any], record: ToolCall) -> Any:
        """What a generator returns, or else yields last; all before is its progress."""
        value = None
        with contextlib.closing(values):
            while True:
                try:
                    value = next(values)
                except StopIteration as stop:
                    return value if stop.value is None else stop.value
                self._tell(value, record)

    def _tell(self, value: Any, record: ToolCall) -> None:
        is_text = isinstance(value, str)
        record.progress = str(value)[:_PROGRESS] if is_text else summary(value, _PROGRESS)
        self._foreground.changed()

    async def _on_loop(self, call: Callable[[], Any], record: ToolCall) -> Outcome[Any]:
        coroutine = self._contained(call, record)
        if self._async_loop is None or self._async_loop is asyncio.get_running_loop():
            return await coroutine
        future = asyncio.run_coroutine_threadsafe(coroutine, self._async_loop)
        return await asyncio.wrap_future(future)

    async def _contained(self, call: Callable[[], Any], record: ToolCall) -> Outcome[Any]:
        """Await the call; what it raises stays here, unless it is this task's own end."""
        value = None
        try:
            with _watched(record) as drawn:
                try:
                    value = await self._ended(call(), record)
                    self._take(value, record)
                finally:
                    drawn.flush(value)
        except BaseException as error:
            task = asyncio.current_task()
            if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
                raise
            return Outcome(error=error)
        return Outcome(value)

    async def _ended(self, running: Any, record: ToolCall) -> Any:
        if inspect.isasyncgen(running):
            return await self._last_of_async(running, record)
        return await running

    async def _last_of_async(self, values: AsyncGenerator[Any, Any], record: ToolCall) -> Any:
        value = None
        async with contextlib.aclosing(values):
            async for value in values:
                self._tell(value, record)
        return value


@contextlib.contextmanager
def _watched(record: ToolCall) -> Iterator[Drawing]:
    """Note how long a call runs, and whether its figures got mixed up with others'."""
    began = time.monotonic()
    with drawing() as drawn:
        try:
            yield drawn
        finally:
            if not record.is_over:
                record.seconds = time.monotonic() - began
            if drawn.is_mixed:
                record.remarks.append(MIXED)


def _is_async(value: Any) -> bool:
    return inspect.isawaitable(value) or inspect.isasyncgen(value)


_abandoned: set[asyncio.Task[Any]] = set()  # the loop itself holds tasks weakly


def _abandon(task: asyncio.Task[Any]) -> None:
    """Stop what nobody waits for any more; it may take its time, or not heed it at all."""
    _abandoned.add(task)
    task.add_done_callback(_forget)
    task.cancel()


def _forget(task: asyncio.Task[Any]) -> None:
    _abandoned.discard(task)
    if not task.cancelled():
        task.exception()  # asked for, so that asyncio does not complain that nobody did
