"""Jobs that a notebook has at servers: what is needed to go on with each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from respmagic._calls import ToolCall
from respmagic._client import spoken
from respmagic._endpoint import Exchange
from respmagic._plan import Plan
from respmagic._turns import text_of

__all__ = ["BackgroundJob", "left_job"]


@dataclass(frozen=True, slots=True)
class BackgroundJob:
    """A run whose last answer the server may be at work on.

    Attributes:
        plan: what is done.
        before: the requests before it, with their answers.
        exchange: the request that it is the answer to, as far as that has come.
        calls: those that were run.
    """

    plan: Plan
    before: tuple[Exchange, ...]
    exchange: Exchange
    calls: tuple[ToolCall, ...] = ()

    @classmethod
    def elsewhere(cls, plan: Plan, name: str) -> Self:
        """A job that was begun elsewhere, by the server's name for it."""
        return cls(plan, (), Exchange(plan.request, spoken(plan.endpoint), name=name))

    @property
    def name(self) -> str:
        """What the server calls the answer."""
        return self.exchange.name

    @property
    def asked(self) -> str:
        """What the user asked, on one line."""
        return " ".join(text_of(self.plan.request.input[self.plan.carried :]).split())


def left_job(
    plan: Plan, exchanges: Sequence[Exchange], calls: Iterable[ToolCall]
) -> BackgroundJob | None:
    """What a run leaves at work at the server, if it does."""
    if not exchanges or not exchanges[-1].goes_on:
        return None
    return BackgroundJob(plan, tuple(exchanges[:-1]), exchanges[-1], tuple(calls))
