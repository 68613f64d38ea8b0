"""For terminals: text as it comes, a line a call."""

from __future__ import annotations

import sys

from respmagic import _secrets
from respmagic._cards import entry_text
from respmagic._markdown import clean
from respmagic._result import Result
from respmagic._transcript import Entry, Run

__all__ = ["Plain"]


class Plain:
    """Prints what is new; nothing is ever taken back."""

    to_clear = False

    def __init__(self) -> None:
        self._printed: dict[str, int] = {}
        self._last = ""
        self._pauses = 0

    def paint(self, run: Run) -> None:
        """Print what has come since, and once for each pause why there is one."""
        if run.pauses > self._pauses and run.notice:
            self._pauses = run.pauses
            before = "\n" if self._last else ""
            sys.stdout.write(f"{before}[{clean(_secrets.scrub(run.notice))}]\n")
            self._last = ""
        for entry in run.entries():
            self._print(entry)
        sys.stdout.flush()

    def finish(self, result: Result) -> None:
        """Print the rest, end the line, and leave only the last line to the cell's value."""
        self.paint(result.run)
        if self._last:
            sys.stdout.write("\n")
            result.shorten_once()

    def _print(self, entry: Entry) -> None:
        if entry.kind == "call" and not entry.content.is_over:
            return
        if entry.kind in ("value", "item") and not entry.finished:
            return  # nothing is ever taken back
        text = entry_text(entry)
        done = self._printed.get(entry.key, 0)
        if (entry.kind != "text" and done) or len(text) <= done:
            return
        if self._last not in ("", entry.key):
            sys.stdout.write("\n\n" if entry.kind == "text" else "\n")
        sys.stdout.write(text[done:])
        self._printed[entry.key] = len(text)
        self._last = entry.key
