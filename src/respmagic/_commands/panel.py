"""`%responses panel`: a conversation to click through, and what remains of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from respmagic._exceptions import OptionError
from respmagic._line import parse_command
from respmagic._options import COMMAND_OPTIONS
from respmagic._session import Session

if TYPE_CHECKING:
    from respmagic._panel import Panel

__all__ = ["show_panel"]


def show_panel(line: str, session: Session) -> Any:
    """The panel of a conversation, its transcript, or the cell of its last turn.

    Args:
        line: the conversation's name, ``--to-cell`` and ``--static``; without a name the newest
            panel is meant.
        session: the notebook's.

    Returns:
        The panel, made if there is none yet; the transcript; or None.

    Raises:
        OptionError: if the line cannot be understood, or there is no such panel.
        UsageError: where there is no notebook that could show it.
    """
    options, names = parse_command(line, COMMAND_OPTIONS["panel"])
    if len(names) > 1:
        raise OptionError(f"a panel shows one conversation, not {' and '.join(names)}")
    name = names[0] if names else None
    panel = _open_panel(session, name)
    if not options:
        return panel if panel is not None else _new_panel(name)
    if panel is None:
        raise OptionError(f"there is no panel{f' of {name}' if name else ''}: %responses panel")
    if options.get("to_cell"):
        session.shell.set_next_input(panel.cell())
    return panel.static() if options.get("static") else None


def _open_panel(session: Session, name: str | None) -> Panel | None:
    """The newest panel, or the newest of this conversation."""
    panels = [p for p in session.panels if name in (None, p.conversation.name)]
    return panels[-1] if panels else None


def _new_panel(name: str | None) -> Panel:
    from respmagic._panel import Panel  # noqa: PLC0415 - other lines need no widgets

    return Panel(conversation=name)
