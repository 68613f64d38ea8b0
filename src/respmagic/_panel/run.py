"""A panel's run: it is driven, painted and stopped on the worker loop, and holds up nothing."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from respmagic._approval import Approver
from respmagic._capture import capturing
from respmagic._exceptions import Interrupted, UsageError
from respmagic._loop import Outcome
from respmagic._panel.base import Post
from respmagic._plan import Plan
from respmagic._pump import PAINT_INTERVAL
from respmagic._result import Result
from respmagic._running import LoopForeground, Running
from respmagic._transcript import Run

__all__ = ["KernelForeground", "run_turn"]

T = TypeVar("T")

_TICK_SECONDS = 1.0
_NO_KERNEL = (
    "a panel needs a notebook: on this thread runs no kernel's event loop. Make it in a cell of "
    "JupyterLab, Notebook or Voila; elsewhere use %%responses or respmagic.respond()"
)


class KernelForeground(LoopForeground):
    """The kernel's own loop: calls that need it wait for the cell that runs.

    Raises:
        UsageError: if it is not made on such a loop.
    """

    def __init__(self) -> None:
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:
            raise UsageError(_NO_KERNEL) from None
        super().__init__(self.loop)
        self.news = asyncio.Event()

    async def call(self, function: Callable[[], Any]) -> Outcome[Any]:
        """Make a call there; the kernel's stop button ends it, although no cell runs."""
        return await super().call(lambda: _interruptibly(function))

    def changed(self) -> None:
        """Wake whoever paints; on the worker loop."""
        self.news.set()


def _interruptibly(function: Callable[[], T]) -> T:
    """Have Ctrl-C raised in it: between cells a kernel passes over it.

    A late one is raised here, too, where whoever makes the call takes it as its outcome.
    """
    if threading.current_thread() is not threading.main_thread():
        return function()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return function()
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)


async def run_turn(
    plan: Plan,
    foreground: KernelForeground,
    approver: Approver,
    paint: Callable[[Run], None],
    post: Post,
) -> tuple[Result, BaseException | None]:
    """Run `plan` on the worker loop.

    Args:
        plan: what to do.
        foreground: where calls that need the main thread are made.
        approver: asks the user about calls.
        paint: shows the newest state; called at once, then at most ten times a second.
        post: takes what painting raises.

    Returns:
        The result, whole or partial, and the error that ended the run, if one did. Cancelling the
        task is the way to stop; the result then holds what had come.
    """
    running = Running(plan, foreground, approver=approver)
    painting = post.start(_painting(running.run, foreground.news, paint))
    error: BaseException | None = None
    try:
        with capturing(plan.session.shell):
            await running.main()
    except asyncio.CancelledError:
        error = Interrupted("stopped; what had arrived is kept in the result")
    except Exception as caught:  # noqa: BLE001 - none may lose the result
        caught.__context__ = None
        error = caught
    finally:
        painting.cancel()
    return running.result(error), error


async def _painting(run: Run, news: asyncio.Event, paint: Callable[[Run], None]) -> None:
    while True:
        # Not `wait_for`, which may swallow the cancelling in Python 3.11: this would never end.
        with contextlib.suppress(TimeoutError):  # the seconds go on
            async with asyncio.timeout(_TICK_SECONDS):
                await news.wait()
        news.clear()
        paint(run)
        await asyncio.sleep(PAINT_INTERVAL)
