"""What a renderer is, and which one fits where the cell runs."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from respmagic._result import Result
from respmagic._transcript import Run

__all__ = ["Final", "Renderer", "fitting", "is_own_cell"]


class Renderer(Protocol):
    """Shows a run while it goes on. All methods are called on the thread that waits."""

    @property
    def to_clear(self) -> bool:
        """Whether it has painted what the result is to replace."""

    def paint(self, run: Run) -> None:
        """Show the newest state; called at most ten times a second."""

    def finish(self, result: Result) -> None:
        """The run is over."""


class Final:
    """Shows nothing until the end."""

    to_clear = False

    def paint(self, run: Run) -> None:
        """Show nothing."""

    def finish(self, result: Result) -> None:
        """Leave the result to the cell's value."""


def fitting(shell: Any) -> str:
    """The renderer's name that fits where this cell runs.

    ``blocks`` where someone looks at a notebook. ``final`` where nobody does (no stdin: nbclient,
    nbval, papermill), where output is captured and where code calls the magic: a cell that only
    returns its value is the same each time it is run. ``plain`` in a terminal.
    """
    if shell is None or _is_captured(shell) or not is_own_cell(shell):
        return "final"
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return "plain"
    return "blocks" if getattr(kernel, "_allow_stdin", False) else "final"


def _is_captured(shell: Any) -> bool:
    publisher = sys.modules.get("IPython.core.displaypub")
    capturing = publisher.CapturingDisplayPublisher if publisher is not None else ()
    return isinstance(shell.display_pub, capturing)


def is_own_cell(shell: Any) -> bool:
    """Whether the cell that runs is the magic's alone, so that clearing it clears only ours."""
    source = _cell_source(shell).strip()
    is_line = source.startswith("%responses") and "\n" not in source
    return is_line or source.startswith("%%responses")


def _cell_source(shell: Any) -> str:
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        inputs = shell.history_manager.input_hist_raw
        return str(inputs[-1]) if inputs else ""
    content = (shell.get_parent() or {}).get("content") or {}
    return str(content.get("code", ""))
