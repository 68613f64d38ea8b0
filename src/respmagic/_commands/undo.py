"""`%responses undo`: the last turn of a conversation is taken back."""

from __future__ import annotations

from respmagic import _secrets
from respmagic._commands.base import last_conversation
from respmagic._exceptions import OptionError
from respmagic._line import parse_command
from respmagic._markdown import clean
from respmagic._options import COMMAND_OPTIONS
from respmagic._session import Session
from respmagic._turns import text_of

__all__ = ["undo"]

_SHOWN = 60


def undo(line: str, session: Session) -> str:
    """Take back the last turn, and say which it was.

    Args:
        line: ``-c`` and a name; by default the conversation of the last cell.
        session: the notebook's.

    Raises:
        OptionError: if there is no such conversation, or no turn in it.
    """
    options, words = parse_command(line, COMMAND_OPTIONS["undo"])
    if words:
        raise OptionError("%responses undo takes no words but -c [NAME]")
    conversation = last_conversation(options, session)
    turn = conversation.undo()
    asked = " ".join(clean(_secrets.scrub(text_of(turn.asked))).split())
    asked = asked if len(asked) <= _SHOWN else asked[: _SHOWN - 1] + "…"
    left = len(conversation)
    return f"Taken back from {conversation.name}: {asked!r}. Turns left: {left}."
