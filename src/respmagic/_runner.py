"""Running the calls of one response: validated, allowed, captured, all at once up to a limit.

Whatever goes wrong in a call becomes its output for the model, and the loop goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from respmagic._approval import Approvals
from respmagic._arguments import ArgumentsError, unknown_tool
from respmagic._calls import Foreground, ToolCall
from respmagic._capture import current_card
from respmagic._describe import BUDGET
from respmagic._exceptions import CallDenied, UnknownToolError
from respmagic._invocation import Invoker
from respmagic._items import FunctionCall, FunctionCallOutput
from respmagic._loop import Outcome, ThreadCall
from respmagic._pictures import add_pictures

if TYPE_CHECKING:
    from respmagic._tools import Tool

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
        most: how many calls run at once.
        render: how a value shows itself, by MIME type; called where the call ran.
        keep: keeps an object that a tool gave, and returns the name to speak of it by.
        sees: whether the model is given pictures.
        async_loop: the loop for async tools; None for the worker loop.
    """

    def __init__(
        self,
        tools: Mapping[str, Tool],
        foreground: Foreground,
        approvals: Approvals,
        *,
        most: int,
        render: Callable[[Any], Mapping[str, Any]] = lambda _: {},
        keep: Callable[[Any, str], str],
        sees: bool = False,
        async_loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.records: list[ToolCall] = []
        self._tools = tools
        self._foreground = foreground
        self._approvals = approvals
        self._keep = keep
        self._sees = sees
        self._slots = asyncio.Semaphore(most)
        self._invoker = Invoker(foreground, render, async_loop)

    async def run(
        self, calls: Iterable[FunctionCall], notes: Mapping[str, str] | None = None
    ) -> tuple[FunctionCallOutput, ...]:
        """Run `calls` at once, started in order; their outputs in the same order.

        Args:
            calls: the calls.
            notes: what the model is to be told at the end of an output, by call id.
        """
        records = [_record(call, (notes or {}).get(call.call_id, "")) for call in calls]
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
        await ThreadCall(lambda: add_pictures(records, sees=self._sees)).outcome()
        return tuple(self.outputs[record.call_id] for record in records)

    @property
    def outputs(self) -> dict[str, FunctionCallOutput]:
        """What the model is given for each call that has come to something, by call id."""
        return {record.call_id: record.to_output() for record in self.records if record.is_over}

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
            async with self._slots:
                running_tools.set(running_tools.get() | {tool.function})
                record.status = "running"
                record.budget = tool.mark.max_output or BUDGET
                self._foreground.changed()
                record.finish(await self._invoker.invoke(tool, record))
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


def _record(call: FunctionCall, note: str) -> ToolCall:
    return ToolCall(
        call.call_id, call.name, call.arguments, "queued", sent=call.arguments, note=note
    )
