"""`%responses jobs`: what servers are at work on, going on with it, and stopping it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from respmagic._commands.base import waited
from respmagic._connection import fetch, job_path
from respmagic._dialects.base import parse_json
from respmagic._exceptions import GatewayError, NotFoundError, OptionError
from respmagic._jobs import BackgroundJob, job_named
from respmagic._line import parse_command
from respmagic._options import COMMAND_OPTIONS
from respmagic._pump import Interrupts
from respmagic._respond import run_shown
from respmagic._result import Result
from respmagic._session import Session
from respmagic._table import Table

__all__ = ["show_jobs"]

_SECONDS = 10.0
_SHOWN = 60
_AT_WORK = ("queued", "in_progress")


def show_jobs(line: str, session: Session) -> Table | Result | str:
    """The jobs, or what came of going on with one or of stopping it.

    Args:
        line: nothing; or ``resume`` or ``cancel``, and the server's name for the job.
        session: the notebook's.

    Raises:
        OptionError: if the line cannot be understood, or there is no such job.
        GatewayError: if the server does not do it.
    """
    word, _, rest = line.partition(" ")
    if word == "resume":
        return _resume(rest, session)
    if word == "cancel":
        return _cancel(rest, session)
    if word:
        raise OptionError("say %responses jobs, jobs resume [ID] or jobs cancel [ID]")
    if not session.jobs:
        return "No job is left at a server: a cell with --background begins one."
    jobs = list(session.jobs.values())
    said = waited(_asked(jobs))
    rows = [_row(job, status) for job, status in zip(jobs, said, strict=True)]
    note = "%responses jobs resume ID goes on with one, cancel ID stops it"
    return Table(["job", "status", "model", "asked"], rows, note)


def _row(job: BackgroundJob, status: str) -> tuple[str, ...]:
    asked = job.asked if len(job.asked) <= _SHOWN else job.asked[: _SHOWN - 1] + "…"
    return job.name, status, job.plan.request.model or "", asked


async def _asked(jobs: list[BackgroundJob]) -> list[str]:
    """How far each job is, all asked at once."""
    return await asyncio.gather(*map(_status, jobs))


async def _status(job: BackgroundJob) -> str:
    try:
        return await _told(job, job_path(job.name))
    except GatewayError as error:
        return f"not known: {error}"


async def _told(job: BackgroundJob, path: str, method: str = "GET") -> str:
    """The status that the server tells of a job when it is asked so."""
    plan = job.plan
    async with httpx.AsyncClient(transport=plan.transport() if plan.transport else None) as http:
        body = parse_json(await fetch(plan.endpoint, http, path, _SECONDS, method, job.name))
    return str(body.get("status") or "not told")


def _resume(line: str, session: Session) -> Result:
    options, words = parse_command(line, COMMAND_OPTIONS["jobs resume"])
    job = _job(words, session, options)
    session.jobs.pop(job.name, None)
    with Interrupts() as interrupts:
        result, error = run_shown(job.plan, interrupts, session.settings.renderer, job)
    if error is not None:
        raise error
    return result


def _cancel(line: str, session: Session) -> str:
    options, words = parse_command(line, COMMAND_OPTIONS["jobs cancel"])
    job = _job(words, session, options)
    try:
        status = waited(_told(job, f"{job_path(job.name)}/cancel", "POST"))
    except NotFoundError:
        session.jobs.pop(job.name, None)
        raise
    if status not in _AT_WORK:
        session.jobs.pop(job.name, None)
    return f"{job.name}: {status}"


def _job(words: list[str], session: Session, options: Mapping[str, Any]) -> BackgroundJob:
    """The job that is meant: the newest, or that of the name, also where this notebook has none."""
    if len(words) > 1:
        raise OptionError("one job at a time: say its name only")
    return job_named(words[0] if words else "", session, options)
