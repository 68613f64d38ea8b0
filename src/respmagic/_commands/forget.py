"""`%responses forget`: the objects that are kept for models, and letting go of them."""

from __future__ import annotations

from respmagic._describe import summary, type_name
from respmagic._exceptions import OptionError
from respmagic._kept import KeptObject
from respmagic._line import parse_command
from respmagic._options import COMMAND_OPTIONS
from respmagic._session import Session
from respmagic._table import Table

__all__ = ["forget"]

_WORDS = 80


def forget(line: str, session: Session) -> Table | str:
    """What is kept, or what is no longer.

    Args:
        line: handles, or ``--all``; nothing to see what there is.
        session: the notebook's.

    Raises:
        OptionError: if a handle is none; nothing was forgotten.
    """
    options, words = parse_command(line, COMMAND_OPTIONS["forget"])
    names = " ".join(words).replace(",", " ").split()
    if options.get("all") and names:
        raise OptionError("say names or --all, not both")
    if options.get("all"):
        return f"{_counted(session.kept.clear())} forgotten."
    if not names:
        return _listed(session)
    session.kept.forget(*names)
    return f"{_counted(len(set(names)))} forgotten."


def _listed(session: Session) -> Table | str:
    rows = [_row(name, kept, session) for name, kept in session.kept.items()]
    if not rows:
        return "Nothing is kept: no tool has given an object that JSON cannot carry."
    note = f"{_counted(len(rows))} kept; %responses forget NAME or --all lets go"
    return Table(["handle", "type", "what it holds", "from"], rows, note)


def _row(name: str, kept: KeptObject, session: Session) -> tuple[str, str, str, str]:
    words = summary(kept.value, _WORDS)
    if name in session.namespace:
        words = f"hidden by your variable {name}; {words}"
    return name, type_name(type(kept.value)), words, kept.tool


def _counted(number: int) -> str:
    return "1 object" if number == 1 else f"{number:,} objects"
