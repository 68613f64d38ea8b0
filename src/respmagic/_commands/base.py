"""What subcommands share: waiting for a server, and which conversation is meant."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from respmagic import _loop
from respmagic._conversations import Conversation
from respmagic._exceptions import Interrupted
from respmagic._options import MAIN
from respmagic._pump import Interrupts, Pump
from respmagic._session import Session

__all__ = ["last_conversation", "waited"]

T = TypeVar("T")


def last_conversation(options: Mapping[str, str], session: Session) -> Conversation:
    """The conversation that ``-c`` names, else that of the last cell, else the main one.

    Raises:
        OptionError: if there is none of that name.
    """
    own = getattr(session.last, "conversation", None)
    if "conversation" not in options and isinstance(own, Conversation):
        return own
    return session.conversation(options.get("conversation", MAIN), create=False)


def waited(coroutine: Coroutine[Any, Any, T]) -> T:
    """Wait on this thread; an interrupt ends it at once."""
    worker = _loop.worker()
    try:
        with Interrupts() as interrupts:
            return Pump(interrupts).wait(worker.submit(coroutine), worker)
    except KeyboardInterrupt:
        raise Interrupted("stopped") from None
