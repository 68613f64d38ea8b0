"""A call of a tool as a record: what was asked for, what came of it, what the model is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from respmagic import _secrets
from respmagic._arguments import ArgumentsError
from respmagic._capture import Card
from respmagic._describe import BUDGET, Part, described, parts_of, safe_repr
from respmagic._exceptions import CallDenied, CallError, Interrupted, UnknownToolError
from respmagic._items import FunctionCallOutput, Item
from respmagic._loop import Outcome

__all__ = ["TOLD", "Foreground", "ToolCall"]

T = TypeVar("T")

TOLD = "Error: "
"""How an output begins by which the model is told of an error."""
_NAMES = 100  # characters for the names of what a call gave
CANCELLED_OUTPUT = "The call was cancelled by the user."


class Foreground(Protocol):
    """The thread that waits for the run, where calls may be made too.

    Attributes:
        thread: the same.
    """

    thread: threading.Thread

    def changed(self) -> None:
        """There is something new to paint. May be called from any thread, for each event."""

    def call(self, function: Callable[[], T]) -> Awaitable[Outcome[T]]:
        """Have it make this call; to be awaited on the worker loop."""


@dataclass(slots=True, eq=False, repr=False)
class ToolCall:
    """A call that was run, or is running.

    Attributes:
        call_id: its name in the conversation.
        name: the tool's name.
        arguments: the Python values that the function was given; the text as it came until, and
            unless, they are validated.
        status: ``waiting`` (nobody has taken it up), ``queued``, ``asking`` (the user is asked
            whether it may run), ``running``, ``done``, ``failed``, ``denied`` or ``cancelled``.
        result: what the function returned: the object itself.
        error: what it raised, or why it was not run.
        seconds: how long it ran, or None.
        output: what the model was given.
        card: what it printed and displayed, in order.
        bundle: how its result shows itself, by MIME type; empty for plain values.
        sent: the arguments as the model wrote them.
        edited: the JSON text that the user put in their place; else empty.
        references: the names in it that stand for objects of the notebook, by parameter.
        handles: the names under which the objects that it gave are known to the model.
        note: what the model is told at the end of the output.
        progress: the newest value of a generator that runs, in a few words.
        remarks: what is to be said of it beside its output.
        budget: how many characters of its output the model is given at most.
        pictures: the ``input_image`` parts that the model is given beside its output.
    """

    call_id: str
    name: str
    arguments: Any
    status: str = "waiting"
    result: Any = None
    error: BaseException | None = None
    seconds: float | None = None
    output: str = ""
    card: Card = field(default_factory=Card)
    bundle: Mapping[str, Any] = field(default_factory=dict)
    sent: str = ""
    edited: str = ""
    references: Mapping[str, Any] = field(default_factory=dict)
    handles: tuple[str, ...] = ()
    note: str = ""
    progress: str = ""
    remarks: list[str] = field(default_factory=list)
    budget: int = BUDGET
    pictures: tuple[Item, ...] = ()
    _parts: tuple[Part, ...] = ()

    @property
    def stdout(self) -> str:
        """What it printed."""
        return self.card.text("stdout")

    @property
    def stderr(self) -> str:
        """What it wrote to stderr, warnings among it."""
        return self.card.text("stderr")

    @property
    def is_over(self) -> bool:
        """Whether it has come to anything, be it to nothing."""
        return self.status not in ("waiting", "queued", "asking", "running")

    def finish(self, outcome: Outcome[Any]) -> None:
        """Take what the call came to, unless nobody waits for it any more."""
        if self.is_over:
            return
        self.error = outcome.error
        if outcome.error is None:
            self.result = outcome.value
            self.status = "done"
            self.output = self._told()
        elif isinstance(outcome.error, KeyboardInterrupt | asyncio.CancelledError):
            self.cancel()
        else:
            self.status = "denied" if isinstance(outcome.error, CallDenied) else "failed"
            self.output = self._said(described(_secrets.scrub(_told(outcome.error)), self.budget))

    def cancel(self) -> None:
        """It is cancelled, unless it has come to something."""
        if self.is_over:
            return
        self.status = "cancelled"
        self.error = self.error or Interrupted("the call was cancelled")
        self.output = CANCELLED_OUTPUT

    def describe(self, value: Any) -> None:
        """Find the words for what the call returned; runs code of the user's (a `repr`).

        A function that only prints has said what it has to say by printing.
        """
        printed = self.stdout.strip() if value is None else ""
        names = min(_NAMES, self.budget // 10)
        self._parts = parts_of(printed or value, self.budget - names)

    @property
    def objects_inside(self) -> tuple[Any, ...]:
        """The objects in what it gave, where it gave several together."""
        return tuple(part.value for part in self._parts if part.is_object and part.label)

    def name_objects(self, keep: Callable[[Any, str], str]) -> None:
        """Have the objects that it gave kept, and tell the model the names they are kept under.

        Args:
            keep: takes an object and the tool's name, and returns the object's name.
        """
        objects = [part.value for part in self._parts if part.is_object]
        if self.status == "done" and objects:
            self.handles = tuple(keep(value, self.name) for value in objects)
            self.output = self._told()

    def add_pictures(self, parts: tuple[Item, ...], note: str) -> None:
        """Give the model these pictures too, and tell it by a note."""
        text = "" if self.result is None and not self.stdout.strip() else self.output
        self.output = f"{text}\n[{note}]".strip()
        self.pictures = parts

    def to_output(self) -> FunctionCallOutput:
        """What goes back to the model."""
        if not self.pictures:
            return FunctionCallOutput(self.call_id, self.output)
        text = {"type": "input_text", "text": self.output}
        return FunctionCallOutput(self.call_id, (text, *self.pictures))

    def _told(self) -> str:
        """The words for what it gave, each object's name before them."""
        names = iter(self.handles)
        lines = []
        for part in self._parts:
            heads = [part.label, next(names, "") if part.is_object else "", part.words]
            lines.append(": ".join(filter(None, heads)))
        return self._said(described("\n".join(lines), self.budget))

    def _said(self, text: str) -> str:
        changed = f"(The user changed the arguments to {self.edited})" if self.edited else ""
        return "\n".join([*filter(None, (changed,)), text, *filter(None, (self.note,))])

    def __repr__(self) -> str:
        said = f"{self.name}({safe_repr(self.arguments)}) {self.status}: {self.output}"
        text: str = _secrets.scrub(said)
        return f"<ToolCall {text if len(text) <= 200 else text[:199] + '…'}>"


def _told(error: BaseException) -> str:
    """An error as the model is told of it: enough to mend the call."""
    if isinstance(error, UnknownToolError | ArgumentsError | CallError):
        return f"{TOLD}{error}"
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - an exception of the user's, whose str may raise
        return f"{TOLD}{type(error).__name__}"
    hint = next((remedy for words, remedy in _REMEDIES.items() if words in text), "")
    return f"{TOLD}{type(error).__name__}: {text}{hint}"


# Errors of a tool that runs in the wrong place, by words in them: what the user can do.
_REMEDIES = {
    "SQLite objects created in a thread can only be used in that same thread": (
        "\nThis tool ran in a thread of its own: declare it @respmagic.tool(thread=False), "
        "or open the connection inside it."
    ),
    "different event loop": (
        "\nAsync tools of a cell run on a loop of their own: make such objects inside the tool, "
        "or use `await respmagic.arespond(...)`, under which tools run on your loop."
    ),
}
_REMEDIES["attached to a different loop"] = _REMEDIES["different event loop"]
