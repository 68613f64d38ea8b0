"""`%responses retry`: the last question once more."""

from __future__ import annotations

from typing import Any

from respmagic._commands.base import last_conversation
from respmagic._conversations import Conversation
from respmagic._exceptions import OptionError
from respmagic._line import parse_command
from respmagic._options import COMMAND_OPTIONS
from respmagic._plan import Plan
from respmagic._pump import Interrupts
from respmagic._respond import run_shown
from respmagic._result import Result
from respmagic._session import Session

__all__ = ["retry"]


def retry(line: str, session: Session) -> Result:
    """Ask again what was asked last, in the same way; in a conversation in place of that turn.

    Args:
        line: ``-c`` and the conversation whose last question is meant; by default that of the
            last cell.
        session: the notebook's.

    Raises:
        OptionError: if nothing was asked, or what was asked was loaded from a file.
        RespmagicError: as the question itself did.
    """
    options, words = parse_command(line, COMMAND_OPTIONS["retry"])
    if words:
        raise OptionError("%responses retry takes no words but -c [NAME]")
    named = "conversation" in options
    last = _newest(last_conversation(options, session)) if named else session.last
    if last is None:
        raise OptionError("there is nothing to ask again: no %%responses cell has run yet")
    with Interrupts() as interrupts:
        plan = _again(last, last.plan)
        result, error = run_shown(plan, interrupts, session.settings.renderer)
    if error is not None:
        raise error
    return result


def _newest(conversation: Conversation) -> Any:
    """The result of the last turn."""
    turns, results = conversation.turns, conversation.results
    if turns and not (results and conversation.turn_of(results[-1]) is turns[-1]):
        raise OptionError(
            f"the last turn of conversation {conversation.name} was loaded from a file: it cannot "
            "be asked again as it was. Take it back by %responses undo and ask anew."
        )
    return results[-1] if turns else None


def _again(last: Result, plan: Plan) -> Plan:
    """What was asked for, in place of the turn that came of it."""
    place, plan = plan.place, plan.remake()
    if place is None:
        return plan
    return plan.at(
        place.conversation.place(
            place.key,
            base_url=plan.endpoint.base_url,
            model=plan.request.model or "",
            store=plan.request.state is not None,
            instead_of=place.conversation.turn_of(last),
        )
    )
