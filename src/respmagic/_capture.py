"""What a call prints, warns and displays goes to its own card, also when calls overlap.

A ContextVar says whose output it is; while tools run, thin stand-ins on `sys.stdout`, `sys.stderr`
and the shell's display publisher ask it. Nothing global is redirected, so all else goes where it
would have gone. Not seen here: output of threads that a tool starts (they begin with an empty
context before Python 3.14), of other processes, of C code, and of logging handlers made earlier.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Card", "Displayed", "Printed", "capturing", "current_card"]


class Printed:
    """Text that was written to a stream, ``stdout`` or ``stderr``."""

    __slots__ = ("_pieces", "stream")

    def __init__(self, stream: str, text: str) -> None:
        self.stream = stream
        self._pieces = [text]

    @property
    def text(self) -> str:
        """All of it; joined when asked for, since joining at each write costs ever more."""
        return "".join(self._pieces)

    def append(self, text: str) -> None:
        """Add what was written next."""
        self._pieces.append(text)


@dataclass(slots=True)
class Displayed:
    """A MIME bundle that was displayed."""

    data: Mapping[str, Any]
    metadata: Mapping[str, Any]
    display_id: str | None = None


@dataclass(slots=True)
class Card:
    """The outputs of one call, in order."""

    outputs: list[Printed | Displayed] = field(default_factory=list)

    def write(self, stream: str, text: str) -> None:
        """Take text written to `stream`."""
        last = self.outputs[-1] if self.outputs else None
        if isinstance(last, Printed) and last.stream == stream:
            last.append(text)
        else:
            self.outputs.append(Printed(stream, text))

    def update(self, display: Displayed) -> bool:
        """Replace the display of the same id, if it is in this card."""
        for number, output in enumerate(self.outputs):
            if isinstance(output, Displayed) and output.display_id == display.display_id:
                self.outputs[number] = display
                return True
        return False

    def text(self, stream: str) -> str:
        """All that was written to `stream`."""
        return "".join(
            output.text
            for output in list(self.outputs)
            if isinstance(output, Printed) and output.stream == stream
        )


current_card: ContextVar[Card | None] = ContextVar("respmagic_card", default=None)


class Recorder:
    """Keeps what others print and display in the running cell, to be shown again once cleared.

    Output of threads that were there before is left out: it belongs to the cell that began them.
    """

    def __init__(self) -> None:
        self.card = Card()
        # The threads themselves: their numbers are given again to others once they end.
        self._strangers = {*threading.enumerate()} - {threading.current_thread()}

    def target(self) -> Card | None:
        """Where the current thread's output is to be kept."""
        return None if threading.current_thread() in self._strangers else self.card


class _Stream:
    """Stands on `sys.stdout` or `sys.stderr`; all but writing is the stream's beneath."""

    def __init__(self, name: str, beneath: Any, standins: _Standins) -> None:
        self._name = name
        self._beneath = beneath
        self._standins = standins

    def write(self, text: str) -> int:
        if not isinstance(text, str):  # the streams beneath refuse it, too
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        card = current_card.get()
        if card is not None:
            card.write(self._name, text)
            return len(text)
        if (kept := self._standins.kept()) is not None:
            kept.write(self._name, text)
        count: int = self._beneath.write(text)
        return count

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._beneath, name)


class _Publisher:
    """Stands on the shell's display publisher; all but publishing is the one's beneath."""

    def __init__(self, beneath: Any, standins: _Standins) -> None:
        object.__setattr__(self, "_beneath", beneath)
        object.__setattr__(self, "_standins", standins)

    def publish(self, data: Any, metadata: Any = None, **options: Any) -> None:
        display = Displayed(
            data, metadata or {}, (options.get("transient") or {}).get("display_id")
        )
        update = options.get("update", False)
        card = current_card.get()
        target = card if card is not None else self._standins.kept()
        shown = target is not None and update and target.update(display)
        if target is not None and not update:
            target.outputs.append(display)
            shown = True
        if card is None or not shown:
            self._beneath.publish(data, metadata, **options)

    def clear_output(self, wait: bool = False) -> None:
        card = current_card.get()
        if card is not None:
            card.outputs.clear()
            return
        self._beneath.clear_output(wait)  # some publishers print to do so
        if (kept := self._standins.kept()) is not None:
            kept.outputs.clear()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._beneath, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._beneath, name, value)


class _Standins:
    """Puts the stand-ins up for the first run and takes them down after the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs = 0
        self._placed: list[tuple[Any, str, Any, Any]] = []  # (owner, name, beneath, stand-in)
        self._recorders: list[Recorder] = []

    def kept(self) -> Card | None:
        """Where output that is no call's is kept, if it is to be: with the newest run."""
        newest = self._recorders[-1:]  # a slice, since another thread may end it meanwhile
        return newest[0].target() if newest else None

    def enter(self, shell: Any, recorder: Recorder | None) -> None:
        with self._lock:
            self._runs += 1
            if recorder is not None:
                self._recorders.append(recorder)
            if self._runs == 1:
                self._put_up(shell)

    def leave(self, recorder: Recorder | None) -> None:
        with self._lock:
            self._runs -= 1
            if recorder is not None:
                self._recorders.remove(recorder)
            if self._runs == 0:
                self._take_down()

    def _put_up(self, shell: Any) -> None:
        for name in ("stdout", "stderr"):
            if (beneath := _beneath(getattr(sys, name))) is not None:
                self._place(sys, name, beneath, _Stream(name, beneath, self))
        if shell is not None:
            beneath = publisher_beneath(shell)
            self._place(shell, "display_pub", beneath, _Publisher(beneath, self))

    def _place(self, owner: Any, name: str, beneath: Any, standin: Any) -> None:
        setattr(owner, name, standin)
        self._placed.append((owner, name, beneath, standin))

    def _take_down(self) -> None:
        for owner, name, beneath, standin in self._placed:
            if getattr(owner, name) is standin:  # else someone stands on ours: it stays harmless
                setattr(owner, name, beneath)
        self._placed.clear()


def _beneath(standin: Any) -> Any:
    """What is under our stand-in: one that others put back after its time is not stood upon."""
    while isinstance(standin, _Stream | _Publisher):
        standin = standin._beneath  # noqa: SLF001 - one of ours
    return standin


_standins = _Standins()


@contextlib.contextmanager
def capturing(shell: Any, *, record: bool = False) -> Iterator[Card]:
    """Have calls' output go to their cards while this is entered.

    Args:
        shell: the IPython shell whose displays are to be captured too, or None.
        record: also keep what is no call's; it is shown as ever.

    Yields:
        The card of what was recorded.
    """
    recorder = Recorder() if record else None
    _standins.enter(shell, recorder)
    try:
        yield recorder.card if recorder is not None else Card()
    finally:
        _standins.leave(recorder)


def publisher_beneath(shell: Any) -> Any:
    """The shell's own display publisher, under our stand-in: what is painted is nobody's output."""
    return _beneath(shell.display_pub)
