"""Running the calls of one response: validated, placed, captured, all at once.

Whatever goes wrong in a call becomes its output for the model, and the loop goes on.
"""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any

from respmagic._approval import Approvals
from respmagic._calls import Foreground, ToolCall
from respmagic._capture import current_card, flush_figures
from respmagic._exceptions import CallDenied, UnknownToolError
from respmagic._items import FunctionCall, FunctionCallOutput
from respmagic._loop import Outcome, ThreadCall, outcome_of
from respmagic._placement import needs_main_thread
from respmagic._tools import ArgumentsError, Tool, unknown_tool

__all__ = ["CallRunner", "running_tools"]

running_tools: ContextVar[frozenset[Any]] = ContextVar(
    "respmagic_running_tools", default=frozenset()
)
"""The functions that run around the current code, so that a nested run does not offer them."""


class CallRunner:
    """Runs calls and keeps a record of each.

    Args:
        tools: by the names that the model uses.
        foreground: the waiting thread; it is told whenever a call begins or ends.
        approvals: what may run.
        render: how a value shows itself, by MIME type; called where the call ran.
        keep: keeps an object that a tool gave, and returns the name to speak of it by.
        async_loop: the loop for async tools; None for the worker loop.
    """

    def __init__(
        self,
        tools: Mapping[str, Tool],
        foreground: Foreground,
        approvals: Approvals,
        *,
        render: Callable[[Any], Mapping[str, Any]] = lambda _: {},
        keep: Callable[[Any, str], str],
        async_loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.records: list[ToolCall] = []
        self._tools = tools
        self._foreground = foreground
        self._approvals = approvals
        self._render = render
        self._keep = keep
        self._async_loop = async_loop

    async def run(self, calls: tuple[FunctionCall, ...]) -> tuple[FunctionCallOutput, ...]:
        """Run `calls` at once, started in order; their outputs in the same order."""
        records = [
            ToolCall(call.call_id, call.name, call.arguments, sent=call.arguments) for call in calls
        ]
        self.records += records
        tasks = [asyncio.create_task(self._one(record)) for record in records]
        try:
            await asyncio.gather(*tasks)
        except asyncio.CancelledError:  # of this task, or since the user ended one at its question
            for task in tasks:
                task.cancel()
            self.close()
            self._name_objects(records)
            raise
        self._name_objects(records)
        return tuple(self.outputs[record.call_id] for record in records)

    @property
    def outputs(self) -> dict[str, FunctionCallOutput]:
        """What the model is given for each call that has come to something, by call id."""
        return {
            record.call_id: FunctionCallOutput(record.call_id, record.output)
            for record in self.records
            if record.is_over
        }

    def _name_objects(self, records: Iterable[ToolCall]) -> None:
        """In the calls' order, so that handles do not depend on which was the quickest."""
        for record in records:
            record.name_objects(self._keep)

    def close(self) -> None:
        """The run is over: what has not come to anything by now is cancelled."""
        for record in self.records:
            record.cancel()

    async def _one(self, record: ToolCall) -> None:
        current_card.set(record.card)
        try:
            tool = self._tool(record)
            record.arguments = tool.arguments(record.sent)
            record.references = tool.named(record.sent)
            await self._ask(record, tool)
        except (ArgumentsError, UnknownToolError, CallDenied) as error:
            record.finish(Outcome(error=error))
        else:
            began = time.monotonic()
            running_tools.set(running_tools.get() | {tool.function})
            record.status = "running"
            self._foreground.changed()
            outcome = await self._placed(tool, tool.bound(record.arguments), record)
            record.seconds = time.monotonic() - began
            record.finish(outcome)
        self._foreground.changed()

    async def _ask(self, record: ToolCall, tool: Tool) -> None:
        if self._approvals.asks(tool):
            record.status = "asking"
            self._foreground.changed()
        if (edited := await self._approvals.ask(record, tool)) is not None:
            record.arguments = tool.arguments(edited)
            record.references = tool.named(edited)
            record.edited = edited

    def _tool(self, record: ToolCall) -> Tool:
        if record.name not in self._tools:
            raise unknown_tool(record.name, self._tools)
        return self._tools[record.name]

    async def _placed(self, tool: Tool, call: Callable[[], Any], record: ToolCall) -> Outcome[Any]:
        if tool.is_async:
            return await self._awaited(call, record)
        if _wants_main_thread(tool):
            return await self._foreground.call(lambda: self._made(call, record, on_main=True))
        outcome = await ThreadCall(lambda: self._made(call, record)).outcome()
        if inspect.isawaitable(outcome.value):
            value = outcome.value
            return await self._awaited(lambda: value, record)
        return outcome

    def _made(self, call: Callable[[], Any], record: ToolCall, *, on_main: bool = False) -> Any:
        """Make the call, and have its value show itself on the same thread."""
        try:
            value = call()
        except BaseException:
            if on_main:
                flush_figures(None)
            raise
        if inspect.isgenerator(value):
            value = list(value)  # to be run to its end where it was called
        self._take(value, record)
        if on_main:
            flush_figures(value)
        return value

    def _take(self, value: Any, record: ToolCall) -> None:
        """Have the value describe and show itself: code of the user's, so none for our loop."""
        if not inspect.isawaitable(value):
            record.describe(value)
            record.bundle = self._rendered(value)

    def _rendered(self, value: Any) -> Mapping[str, Any]:
        outcome = outcome_of(lambda: self._render(value))
        return outcome.value or {}

    async def _awaited(self, call: Callable[[], Any], record: ToolCall) -> Outcome[Any]:
        coroutine = self._contained(call, record)
        if self._async_loop is None or self._async_loop is asyncio.get_running_loop():
            return await coroutine
        future = asyncio.run_coroutine_threadsafe(coroutine, self._async_loop)
        return await asyncio.wrap_future(future)

    async def _contained(self, call: Callable[[], Any], record: ToolCall) -> Outcome[Any]:
        """Await the call; what it raises stays here, unless it is this task's own end."""
        try:
            value = await call()
            self._take(value, record)
        except BaseException as error:
            task = asyncio.current_task()
            if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
                raise
            return Outcome(error=error)
        return Outcome(value)


def _wants_main_thread(tool: Tool) -> bool:
    if tool.mark.thread is not None:
        return not tool.mark.thread
    return needs_main_thread(tool.function)
