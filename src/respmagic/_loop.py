"""One event loop in a daemon thread, and sync calls in daemon threads of their own.

The loop and every thread of a sync call are daemons of our own: an anyio portal or an executor kept
open stops kernels and scripts from exiting. No KeyboardInterrupt and no other BaseException of a
tool ever enters the loop: it would end it, and with it everything that waits.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import contextvars
import os
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from respmagic._exceptions import UsageError

__all__ = ["Job", "Outcome", "ThreadCall", "Worker", "outcome_of", "stop_again", "worker"]

T = TypeVar("T")


class Job(Generic[T]):
    """A coroutine on its way on the worker loop.

    Attributes:
        future: done when the coroutine has really ended, clean-up and all.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> None:
        self.future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self.future.set_running_or_notify_cancel()  # from here on only `cancel` cancels
        self._loop = loop
        self._task: asyncio.Task[T] | None = None
        loop.call_soon_threadsafe(self._start, coroutine)

    def cancel(self) -> None:
        """Cancel the coroutine. May be called from any thread, at any time."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._cancel)

    def _start(self, coroutine: Coroutine[Any, Any, T]) -> None:
        self._task = self._loop.create_task(coroutine)
        self._task.add_done_callback(self._finish)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _finish(self, task: asyncio.Task[T]) -> None:
        if task.cancelled():
            self.future.set_exception(concurrent.futures.CancelledError())
        elif (error := task.exception()) is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(task.result())


class Worker:
    """The event loop that requests and async tools run on, with what lives as long as it does."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.loop = asyncio.new_event_loop()
        self.kept: dict[Any, Any] = {}
        self.usable = True
        self._thread = threading.Thread(target=self._run, name="respmagic-loop", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        while True:
            # A task that a tool started for itself may still raise SystemExit out of here.
            with contextlib.suppress(BaseException):
                self.loop.run_forever()

    @property
    def is_current_thread(self) -> bool:
        """Whether the caller runs on this loop's thread."""
        return threading.current_thread() is self._thread

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Job[T]:
        """Start `coroutine` on the loop, in a copy of the caller's context.

        Raises:
            UsageError: if called on the loop itself, where waiting would wait for ever.
        """
        if self.is_current_thread:
            coroutine.close()
            raise UsageError(
                "respond() cannot wait inside an async tool, on whose loop it would have to run; "
                "write `await respmagic.arespond(...)` there"
            )
        return Job(self.loop, coroutine)


_worker: Worker | None = None
_abandoned: list[Worker] = []  # kept, since a loop that is dropped unclosed warns
_lock = threading.Lock()


def worker() -> Worker:
    """The loop of this process; made anew after a fork, or when the old one hangs."""
    global _worker  # noqa: PLW0603 - there is one loop a process
    with _lock:
        if _worker is None or _worker.pid != os.getpid() or not _worker.usable:
            if _worker is not None:
                _abandoned.append(_worker)
            _worker = Worker()
        return _worker


def _new_lock() -> None:
    """In a forked child: the lock may have been held by a thread that is not there any more."""
    global _lock  # noqa: PLW0603 - see above
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(after_in_child=_new_lock)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a call came to: its value, or what it raised, as a value that may cross the loop."""

    value: T | None = None
    error: BaseException | None = None


def outcome_of(function: Callable[[], T]) -> Outcome[T]:
    """Call `function` and keep whatever comes of it."""
    try:
        return Outcome(function())
    except BaseException as error:  # noqa: BLE001 - see the module's docstring
        return Outcome(error=error)


class _Stopped(BaseException):
    """Raised inside the thread of a sync call that nobody waits for any more."""


class ThreadCall(Generic[T]):
    """A sync call in a daemon thread of its own, in a copy of the caller's context."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[Outcome[T]] = self._loop.create_future()
        self._guard = threading.Lock()
        self._running = True
        context = contextvars.copy_context()
        self._thread = threading.Thread(
            target=self._run, args=(context, function), name="respmagic-tool", daemon=True
        )
        self._thread.start()

    def _run(self, context: contextvars.Context, function: Callable[[], T]) -> None:
        with contextlib.suppress(_Stopped):  # it may come at the very end of the call
            outcome = context.run(outcome_of, function)
            with self._guard:
                self._running = False
                _stopping.discard(self)
            with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
                self._loop.call_soon_threadsafe(self._set, outcome)

    def _set(self, outcome: Outcome[T]) -> None:
        if not self._future.done():
            self._future.set_result(outcome)

    async def outcome(self) -> Outcome[T]:
        """Wait for the call; if the waiting is cancelled, the call is stopped."""
        try:
            return await self._future
        except asyncio.CancelledError:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop Python code of the call at its next step; a call into C ends first.

        Guarded, so that the exception never reaches code of ours after the call's end.
        """
        import ctypes  # noqa: PLC0415 - few calls are stopped

        with self._guard:
            if self._running and self._thread.is_alive():
                _stopping.add(self)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread.ident or 0), ctypes.py_object(_Stopped)
                )
            else:
                _stopping.discard(self)

    def stop_soon(self) -> None:
        """Have the loop stop it: a signal may come while this very thread holds the guard."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self.stop)


# Those that were asked to stop and run all the same: code of the user's may catch anything.
_stopping: set[ThreadCall[Any]] = set()


def stop_again() -> None:
    """Ask the calls that were to stop, and did not, once more. May be called by a signal's handler.

    A call that catches what it is stopped by goes on in its thread, though nobody waits for it.
    """
    for call in list(_stopping):
        call.stop_soon()
