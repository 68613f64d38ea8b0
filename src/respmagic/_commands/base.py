"""What subcommands share: waiting for a server."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

from respmagic import _loop
from respmagic._exceptions import Interrupted
from respmagic._pump import Interrupts, Pump

__all__ = ["waited"]

T = TypeVar("T")


def waited(coroutine: Coroutine[Any, Any, T]) -> T:
    """Wait on this thread; an interrupt ends it at once."""
    worker = _loop.worker()
    try:
        with Interrupts() as interrupts:
            return Pump(interrupts).wait(worker.submit(coroutine), worker)
    except KeyboardInterrupt:
        raise Interrupted("stopped") from None
