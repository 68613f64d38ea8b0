"""How long a page goes without drawing a frame, counted in the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from frontend import FrontEnd
from pages import LOAD, ask
from playwright.sync_api import Locator

import wire
from gateway import Gateway
from replies import Gate, Reply

_PARAGRAPH = (
    "The page draws what has come so far, and **no more often** than it must: words of a "
    "paragraph, `names` and other parts of a text arrive one after the other, as a model says "
    "them, while the reader already reads the beginning of it.\n\n"
)
_CODE = "```python\nfor number in range(10):\n    print(number, number * number)\n```\n\n"
_LIST = "- one thing\n- another thing\n- and a **third** one\n\n"

# More than 2,000 deltas of words, as an answer has them: paragraphs, lists and code.
PROSE = (_PARAGRAPH * 3 + _CODE + _LIST) * 14 + "The last word."

_WATCH = """() => {
    const gaps = []
    let last = performance.now()
    const draw = now => {
        gaps.push(now - last)
        last = now
        requestAnimationFrame(draw)
    }
    requestAnimationFrame(draw)
    window.frameGaps = gaps
}"""


def stream(front: FrontEnd, gateway: Gateway) -> tuple[Locator, list[float]]:
    """Stream `PROSE` into a cell.

    Returns:
        The cell's value, and the milliseconds between each two frames of the page meanwhile.
    """
    gates: list[Gate] = []
    gateway.add(Reply.sse(_gated(wire.text_response(PROSE), gates)))
    notebook = front.open("frames.ipynb", LOAD, ask(gateway))
    notebook.cell(0).run()
    notebook.cell(0).wait()
    notebook.page.evaluate(_WATCH)
    notebook.cell(1).run()
    for gate in gates:
        gate.reached.wait()
        for _ in range(3):
            notebook.page.evaluate("() => new Promise(requestAnimationFrame)")
        gate.open()
    notebook.cell(1).wait()
    gaps: list[float] = notebook.page.evaluate("frameGaps")
    return notebook.cell(1).value, gaps


_TOGETHER = 20  # deltas that come at once, then three frames: some 400 a second


def _gated(events: list[wire.Event], gates: list[Gate]) -> Iterator[wire.Event | Gate]:
    """The events with a gate before every twentieth delta."""
    deltas = [event["type"].endswith("output_text.delta") for event in events]
    assert sum(deltas) >= 2000
    for number, (event, seen) in enumerate(zip(events, accumulate(deltas), strict=True)):
        if deltas[number] and seen % _TOGETHER == 0:
            gates.append(Gate())
            yield gates[-1]
        yield event
