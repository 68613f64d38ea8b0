"""`%responses last`: the newest result once more."""

from __future__ import annotations

from typing import Any

from respmagic._exceptions import OptionError
from respmagic._session import Session

__all__ = ["show_last"]


def show_last(line: str, session: Session) -> Any:
    """The newest result of a cell.

    Raises:
        OptionError: if there is none, or a word follows.
    """
    if line:
        raise OptionError("%responses last takes no words")
    if session.last is None:
        raise OptionError("no %%responses cell has run yet")
    return session.last
