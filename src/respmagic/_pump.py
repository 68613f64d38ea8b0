"""The waiting thread: it paints, makes the calls that need it, and takes the interrupt."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import math
import queue
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any, Self, TypeVar

from respmagic._loop import Job, Outcome, Worker, outcome_of, stop_again

__all__ = ["PAINT_INTERVAL", "Interrupts", "Pump"]

T = TypeVar("T")

PAINT_INTERVAL = 0.1
"""Seconds between two paintings."""
_TICK_SECONDS = 1.0
_NEVER = -math.inf
_CLEAN_UP_SECONDS = 1.0


class Interrupts:
    """While this is entered, the first Ctrl-C is raised and later ones are passed over.

    The first one starts the clean-up, and nothing that has arrived may get lost in it: not by a
    second one either. Outside the main thread, where no signal arrives, it does nothing.
    """

    def __init__(self) -> None:
        self._spent = False
        self._in_call = False
        self._lingers = False
        self._delays = False
        self._delayed = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            before = signal.getsignal(signal.SIGINT)
            if callable(before):  # else someone ignores it, or C code has it
                self._before = before
                signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *exc_info: object) -> None:
        if not self._lingers:
            self.restore()

    def linger(self) -> None:
        """Stay after the exit, until someone restores what was before.

        A second Ctrl-C on the heels of the first would else hit the kernel just when it sends the
        reply of the cell. Kernels restore their own handler after each message.
        """
        self._lingers = self._spent

    def restore(self) -> None:
        """Put back what handled the signal before, unless another has taken over since."""
        if self._before is not None and signal.getsignal(signal.SIGINT) == self._on_signal:
            signal.signal(signal.SIGINT, self._before)

    def call(self, function: Callable[[], T]) -> T:
        """Make a call of the user's, in which every Ctrl-C is raised: it may catch some."""
        self._in_call = True
        try:
            return function()
        finally:
            self._in_call = False

    def delay(self) -> None:
        """Keep what comes from now on until `release`: a run begins that must not be lost."""
        self._delays = True

    def release(self) -> None:
        """Raise what came meanwhile, if anything did.

        Raises:
            KeyboardInterrupt: on Ctrl-C since `delay`.
        """
        self._delays = False
        if self._delayed:
            self._delayed, self._spent = False, True
            raise KeyboardInterrupt

    def rearm(self) -> None:
        """Nothing was interrupted after all (the user's code took it): raise the next one."""
        self._spent = False

    def hold(self) -> None:
        """Pass over what comes from now on."""
        self._spent = True

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        stop_again()
        if self._delays:
            self._delayed = True
        elif self._in_call or not self._spent:
            self._spent = True
            self._before(number, frame)
            raise KeyboardInterrupt  # in an async cell the kernel's handler only cancels the cell


class Pump:
    """What a thread does while it waits for a run.

    Args:
        interrupts: the guard that is entered around the run.

    Attributes:
        thread: the one that waits.
        paint: shows the newest state; called on that thread only.
        begun: whether there is anything of the answer to show; until then nothing has to wait.
    """

    def __init__(self, interrupts: Interrupts) -> None:
        self.thread = threading.current_thread()
        self.paint: Callable[[], None] | None = None
        self.begun: Callable[[], bool] = lambda: True
        self._interrupts = interrupts
        self._wake = threading.Event()
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def changed(self) -> None:
        """There is something new to paint. May be called from any thread, for each event."""
        # Waking is dear: it takes a lock, and the threads then vie for the interpreter.
        if self.paint is not None and not self._wake.is_set():
            self._wake.set()

    def call(self, function: Callable[[], T]) -> Awaitable[Outcome[T]]:
        """Have the waiting thread make this call; to be awaited on the worker loop."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome[T]] = loop.create_future()
        context = contextvars.copy_context()

        def settle(outcome: Outcome[T]) -> None:
            if not future.done():
                future.set_result(outcome)

        def make_call() -> None:
            if future.done():  # cancelled while it waited for its turn
                return
            outcome = self._interrupts.call(lambda: context.run(outcome_of, function))
            if isinstance(outcome.error, KeyboardInterrupt):
                raise outcome.error  # `wait` cancels the job, and with it what awaits this call
            loop.call_soon_threadsafe(settle, outcome)

        self._calls.put(make_call)
        self._wake.set()
        return future

    def wait(self, job: Job[T], worker: Worker) -> T:
        """Wait for `job` and return its result; paint the newest state meanwhile.

        The first words are painted at once, what follows at most ten times a second. Whatever is
        raised here, KeyboardInterrupt above all, first cancels the job and gives it a moment to
        clean up.
        """
        job.future.add_done_callback(lambda _: self._wake.set())
        try:
            self._interrupts.release()
            self._turn(job.future)
        except BaseException:
            self._interrupts.hold()
            job.cancel()
            ended = concurrent.futures.wait([job.future], _CLEAN_UP_SECONDS).done
            worker.usable = bool(ended)  # an async tool may block it; the next run gets another
            raise
        return job.future.result()

    def _turn(self, future: concurrent.futures.Future[Any]) -> None:
        painted, begun = _NEVER, False
        while not future.done():
            self._sleep(_TICK_SECONDS)
            while (rest := painted + PAINT_INTERVAL - time.monotonic()) > 0 and not future.done():
                self._sleep(rest)  # let changes gather
            if not future.done():
                begun = begun or self.begun()  # what comes while this is painted is not in it
                self._show()
                painted = time.monotonic() if begun else _NEVER

    def _sleep(self, seconds: float) -> None:
        """Sleep until there is news; neither the end nor a call of this thread waits longer."""
        self._wake.wait(seconds)
        self._wake.clear()
        self._make_calls()
        self._interrupts.rearm()

    def _make_calls(self) -> None:
        while not self._calls.empty():  # this thread alone takes from it
            self._show()  # while the call is made, nothing can be painted
            self._calls.get_nowait()()

    def _show(self) -> None:
        if self.paint is not None:
            self.paint()
