"""What the waiting thread paints, and when."""

from __future__ import annotations

import asyncio
import threading

from respmagic import _loop, _pump
from respmagic._pump import Interrupts, Pump


def test_words_that_come_while_something_else_is_painted_are_painted_next(monkeypatch):
    monkeypatch.setattr(_pump, "PAINT_INTERVAL", 1e4)
    words: list[str] = []
    painted = threading.Event()
    worker = _loop.worker()
    with Interrupts() as interrupts:
        pump = Pump(interrupts)

        def paint() -> None:
            if words:
                painted.set()
            words.append("First")  # they come when the rest has been looked at
            pump.changed()

        async def answering() -> bool:
            pump.changed()
            return await asyncio.to_thread(painted.wait, 10)

        pump.paint, pump.begun = paint, lambda: bool(words)
        assert pump.wait(worker.submit(answering()), worker)
