"""What a notebook has going on beside its variables, as long as its kernel or the script runs."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from respmagic._config import Settings, active_settings
from respmagic._kept import Kept, NotebookObjects
from respmagic._namespace import current_shell, user_namespace

__all__ = ["Session", "current_session", "end_session", "session_of"]


class Session:
    """One notebook, terminal or script.

    Args:
        shell: its IPython shell; None in a plain script.

    Attributes:
        shell: the same.
        last: the newest result of a cell, or None.
        kept: what tools gave that JSON cannot carry, by handle.
        allowed: the functions of which the user allowed all calls, when asked about one.
    """

    def __init__(self, shell: Any = None) -> None:
        self.shell = shell
        self.last: Any = None
        self.kept = Kept()
        self.allowed: list[Any] = []

    @property
    def namespace(self) -> MutableMapping[str, Any]:
        """The user's variables."""
        return user_namespace(self.shell)

    def objects(self) -> NotebookObjects:
        """The objects that models may speak of by name, in a run that begins now."""
        hidden = getattr(self.shell, "user_ns_hidden", None)
        return NotebookObjects(self.namespace, self.kept, hidden=hidden)

    @property
    def settings(self) -> Settings:
        """What holds unless a cell says otherwise."""
        return active_settings()


_sessions: list[Session] = []


def session_of(shell: Any) -> Session:
    """The session of `shell`, or that of the script if it is None."""
    for session in _sessions:
        if session.shell is shell:
            return session
    _sessions.append(Session(shell))
    return _sessions[-1]


def end_session(shell: Any) -> None:
    """Forget what `shell` has going on."""
    _sessions[:] = [session for session in _sessions if session.shell is not shell]


def current_session() -> Session:
    """The session of the notebook, terminal or script that runs."""
    return session_of(current_shell())
