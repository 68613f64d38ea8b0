"""pyplot's figures: which calls draw with it, and to whose card goes what they drew.

pyplot has one current figure for all threads. Calls that draw belong on the main thread, one after
another; where one is in a thread all the same, alone it is as well there, but of two at once the
figures are mixed up without any error. So it is watched who asks pyplot for its figure.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

__all__ = ["Drawing", "drawing", "flush_figures"]

_WATCHED = ("get_active", "set_active")
"""What all of pyplot goes through, of the class that holds its figures."""


class Drawing:
    """What one call has to do with pyplot while it runs.

    Attributes:
        is_drawn: whether it used a figure of pyplot.
        is_mixed: whether another call did at the same time.
    """

    def __init__(self) -> None:
        self.is_drawn = False
        self.is_mixed = False

    def flush(self, returned: Any) -> None:
        """Show what it drew in its card; to be called at its end, in its context and thread.

        Args:
            returned: the call's value; a figure that is the value is only closed.
        """
        on_main = threading.current_thread() is threading.main_thread()
        is_alone = not _others(self)
        if (on_main and self.is_drawn) or (is_alone and (on_main or self.is_drawn)):
            flush_figures(returned)


_lock = threading.Lock()
_running: set[Drawing] = set()
_placed: dict[str, tuple[Any, Any]] = {}  # name: what was there, what we put in its place
_current: ContextVar[Drawing | None] = ContextVar("respmagic_drawing", default=None)


@contextlib.contextmanager
def drawing() -> Iterator[Drawing]:
    """Watch what the call that runs inside, in this context, has to do with pyplot."""
    own = Drawing()
    token = _current.set(own)
    with _lock:
        _running.add(own)
        _watch()
    try:
        yield own
    finally:
        _current.reset(token)
        with _lock:
            _running.discard(own)
            if not _running:
                _unwatch()


def _others(own: Drawing) -> list[Drawing]:
    """The other calls that run and have drawn."""
    return [other for other in list(_running) if other is not own and other.is_drawn]


def _touch() -> None:
    if (own := _current.get()) is None or own.is_drawn:
        return
    with _lock:
        own.is_drawn = True
        for other in _others(own):
            own.is_mixed = other.is_mixed = True


def _watch() -> None:
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None or _placed:
        return
    for name in _WATCHED:
        beneath = helpers.Gcf.__dict__[name]
        _placed[name] = (beneath, _watching(beneath))
        setattr(helpers.Gcf, name, _placed[name][1])


def _watching(beneath: Any) -> Any:
    def method(cls: Any, *arguments: Any) -> Any:
        _touch()
        return beneath.__get__(None, cls)(*arguments)

    return classmethod(method)


def _unwatch() -> None:
    for name, (beneath, standin) in _placed.items():
        gcf = sys.modules["matplotlib._pylab_helpers"].Gcf
        if gcf.__dict__[name] is standin:  # else someone stands on ours: it stays harmless
            setattr(gcf, name, beneath)
    _placed.clear()


def flush_figures(returned: Any) -> None:
    """Show the pyplot figures that a call left open, in its card, and close them.

    Without this IPython would show them below the whole cell. To be called in the call's context
    on its thread. A figure that is also the call's value is only closed: the value is shown.
    """
    pyplot = sys.modules.get("matplotlib.pyplot")
    inline = sys.modules.get("matplotlib_inline.backend_inline")
    if pyplot is None or inline is None or "inline" not in pyplot.get_backend():
        return
    if (figure := _figure_of(returned)) is not None:
        pyplot.close(figure)
    inline.flush_figures()


def _figure_of(returned: Any) -> Any:
    """The figure that `returned` is or is drawn in; None for all else."""
    if not type(returned).__module__.startswith("matplotlib."):
        return None
    figures = sys.modules["matplotlib.figure"]
    while not isinstance(returned, figures.Figure):
        inside = getattr(returned, "figure", None)  # of an Axes or a part of a figure
        if inside is None or inside is returned:
            return None
        returned = inside
    return returned
