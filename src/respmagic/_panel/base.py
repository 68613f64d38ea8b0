"""Who may do what in a panel: clicks post, the worker loop does; nothing that is raised is lost.

What is shown is written by the loop alone: two threads that set one trait lose updates. What the
user enters is the front end's, and is read and cleared on the main thread, where clicks arrive.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from respmagic import _loop

__all__ = ["Post"]

# An async tool that does not await holds up the loop, and is not to hold up the notebook, too.
_PATIENCE = 2.0


class Post:
    """Has things done on the worker loop, in the order in which they are posted.

    Args:
        failed: takes what one of them raised; called on the loop.

    Attributes:
        closed: whether nothing is done any more.
    """

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._tasks: set[asyncio.Task[Any]] = set()
        self.closed = False

    def soon(self, function: Callable[..., None], *arguments: Any) -> None:
        """Have the loop call `function`. May be called from any thread."""
        _loop.worker().loop.call_soon_threadsafe(self._call, function, arguments)

    def start(self, coroutine: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin a task; on the loop only."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def guarded(self, function: Callable[..., None]) -> Callable[..., None]:
        """`function` as a callback of a widget: what it raises is shown in the panel.

        The front end tells nobody of errors in callbacks.
        """

        def call(*arguments: Any) -> None:
            if self.closed:
                return
            try:
                function(*arguments)
            except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - shown, whatever it is
                self.soon(self._failed, error)

        return call

    def settle(self) -> None:
        """Wait until all is done that has been posted by now; on the loop itself it is no wait."""
        worker = _loop.worker()
        if not worker.is_current_thread:
            done = threading.Event()
            worker.loop.call_soon_threadsafe(done.set)
            done.wait(_PATIENCE)

    def last(self, function: Callable[[], None]) -> None:
        """Have the loop cancel what goes on, call `function`, and then do nothing any more."""
        self.soon(self._close, function)

    def _close(self, function: Callable[[], None]) -> None:
        self.closed = True
        for task in list(self._tasks):  # after its first step, which makes the turn that it ends
            asyncio.get_running_loop().call_soon(task.cancel)
        function()

    def _call(self, function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        if self.closed:
            return
        try:
            function(*arguments)
        except Exception as error:  # noqa: BLE001 - see above
            self._failed(error)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not self.closed:
            self._failed(error)
