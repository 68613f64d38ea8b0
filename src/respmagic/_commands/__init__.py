"""The subcommands of `%responses`; `respmagic._options.COMMANDS` says how they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from respmagic._commands.conversations import show_conversations
from respmagic._commands.forget import forget
from respmagic._commands.jobs import show_jobs
from respmagic._commands.last import show_last
from respmagic._commands.models import show_models
from respmagic._commands.panel import show_panel
from respmagic._commands.profiles import show_profiles
from respmagic._commands.retry import retry
from respmagic._commands.tools import show_tools
from respmagic._commands.undo import undo
from respmagic._commands.usage import show_usage
from respmagic._session import Session

__all__ = ["run_command"]

_FUNCTIONS: dict[str, Callable[[str, Session], Any]] = {
    "conversations": show_conversations,
    "forget": forget,
    "jobs": show_jobs,
    "last": show_last,
    "models": show_models,
    "panel": show_panel,
    "profiles": show_profiles,
    "retry": retry,
    "tools": show_tools,
    "undo": undo,
    "usage": show_usage,
}


def run_command(name: str, line: str, session: Session) -> Any:
    """Run a subcommand.

    Args:
        name: one of `respmagic._options.COMMANDS`, but ``help``.
        line: what stands behind the name.
        session: the notebook that asks.

    Returns:
        What is to be shown: text to print, a value, or None.

    Raises:
        RespmagicError: if the line cannot be understood, or what it asks for cannot be had.
    """
    return _FUNCTIONS[name](line, session)
