"""Jobs that a notebook has at servers: what is needed to go on with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from respmagic._calls import ToolCall
from respmagic._client import spoken
from respmagic._endpoint import Exchange
from respmagic._exceptions import OptionError
from respmagic._plan import Plan, make_plan
from respmagic._session import Session
from respmagic._turns import text_of

__all__ = ["BackgroundJob", "job_named", "left_job"]


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


def job_named(name: str, session: Session, options: Mapping[str, Any]) -> BackgroundJob:
    """The job that the server calls so, also where this notebook knows of none.

    Args:
        name: as the server said it; "" for the newest of this notebook.
        session: the notebook.
        options: where to ask for one that was begun elsewhere, such as by a kernel that has ended.

    Raises:
        OptionError: if the name is empty and there is none, or if an option cannot be used.
    """
    if name and name not in session.jobs:
        plan = make_plan(
            f"[the answer {name}]", {**options, "background": True}, {}, session=session
        )
        return BackgroundJob.elsewhere(plan, name)
    if not session.jobs:
        raise OptionError("there is no job: name one by the server's name for it, resp_…")
    found: BackgroundJob = session.jobs[name or list(session.jobs)[-1]]
    return found
