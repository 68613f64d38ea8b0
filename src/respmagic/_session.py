"""What a notebook has going on beside its variables, as long as its kernel or the script runs."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from respmagic._config import Settings, settings_of
from respmagic._conversations import Conversation, Conversations
from respmagic._kept import Kept, NotebookObjects
from respmagic._namespace import current_shell, user_namespace
from respmagic._turns import Key
from respmagic._usage import Ledger

__all__ = ["Session", "cell_key", "current_session", "end_session", "session_of"]


class Session:
    """One notebook, terminal or script.

    Args:
        shell: its IPython shell; None in a plain script.

    Attributes:
        shell: the same.
        last: the newest result of a cell, or None.
        kept: what tools gave that JSON cannot carry, by handle.
        allowed: the functions of which the user allowed all calls, when asked about one.
        conversations: those that go on from cell to cell, by name.
        usage: the tokens that were used.
        jobs: those that servers may be at work on, by the servers' names for them.
        panels: the widgets that are open, in the order in which they were made.
    """

    def __init__(self, shell: Any = None) -> None:
        self.shell = shell
        self.last: Any = None
        self.kept = Kept()
        self.allowed: list[Any] = []
        self.conversations = Conversations()
        self.usage = Ledger()
        self.jobs: dict[str, Any] = {}
        self.panels: list[Any] = []

    def conversation(self, name: str, *, create: bool = True) -> Conversation:
        """The conversation called `name`, begun if there is none.

        Raises:
            OptionError: if it is no name, or there is none and none is to begin.
        """
        return self.conversations.named(name, create=create)

    @property
    def namespace(self) -> MutableMapping[str, Any]:
        """The user's variables."""
        return user_namespace(self.shell)

    def objects(self) -> NotebookObjects:
        """The objects that models may speak of by name, in a run that begins now."""
        hidden = getattr(self.shell, "user_ns_hidden", None)
        cell = cell_key(self.shell)
        return NotebookObjects(self.namespace, self.kept, hidden=hidden, cell=cell)

    @property
    def settings(self) -> Settings:
        """What holds unless a cell says otherwise."""
        return settings_of(self.shell)


def cell_key(shell: Any) -> Key | None:
    """The cell that runs, and its execution; None where the front end does not say.

    JupyterLab names cells for good. VS Code gives the address of the cell's text, whose fragment
    numbers the cells as long as a window is open: it holds within one client session only, and
    without a fragment it is the whole notebook's.
    """
    get_parent = getattr(shell, "get_parent", None)
    parent = (get_parent() if get_parent is not None else None) or {}
    header, cell = parent.get("header") or {}, (parent.get("metadata") or {}).get("cellId")
    execution = header.get("msg_id")
    if not isinstance(cell, str) or not cell or not execution:
        return None
    if ":" in cell:
        if not cell.partition("#")[2]:
            return None
        cell = f"{header.get('session')} {cell}"
    return Key(cell, str(execution))


_sessions: list[Session] = []


def session_of(shell: Any) -> Session:
    """The session of `shell`, or that of the script if it is None."""
    for session in _sessions:
        if session.shell is shell:
            return session
    _sessions.append(Session(shell))
    return _sessions[-1]


def end_session(shell: Any) -> None:
    """Forget what `shell` has going on, and end it."""
    for session in _sessions:
        for panel in list(session.panels) if session.shell is shell else ():
            panel.close()
    _sessions[:] = [session for session in _sessions if session.shell is not shell]


def current_session() -> Session:
    """The session of the notebook, terminal or script that runs."""
    return session_of(current_shell())
