"""What the tests of the panel share: a loop to run on, and a user's eyes and hands."""

from __future__ import annotations

import asyncio
import functools
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from html import unescape
from typing import Any

from ipywidgets import HTML, HTMLMath

import respmagic
import wire
from gateway import Gateway
from replies import Gate, Reply
from respmagic import _loop

PATIENCE = 30.0  # seconds after which a test that waits in vain fails


def on_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test on a loop of its own, which is the kernel's then."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def asking(gateway: Gateway, **settings: Any) -> Any:
    """A panel that asks the gateway."""
    gateway.route("GET", "/v1/models", Reply.json({"data": [{"id": "gpt-test"}]}))
    where = {"model": "gpt-test", "base_url": gateway.base_url, "retries": 0}
    return respmagic.Panel(**{**where, **settings})


def posted(gateway: Gateway) -> list[Any]:
    """The requests to answer, as JSON; a panel lists the models meanwhile, whenever it gets to."""
    return [request.json for request in gateway.requests if request.method == "POST"]


def held(events: list[wire.Event], gate: Gate, text: str) -> Reply:
    """A stream that stands at `gate` once the deltas up to the one that ends in `text` are sent."""
    deltas = [str(event.get("delta", "")).endswith(text) for event in events]
    at = deltas.index(True) + 1
    return Reply.sse([*events[:at], gate, *events[at:]])


async def until(condition: Callable[[], Any]) -> None:
    """Let things happen until it is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("it did not come to that")
        await asyncio.sleep(0.005)


async def settled() -> None:
    """Let the worker loop do all that has been posted by now."""

    async def nothing() -> None:
        await asyncio.sleep(0)

    for _ in range(3):  # what was posted may post, too
        await asyncio.wrap_future(_loop.worker().submit(nothing()).future)


def widgets(root: Any) -> Iterator[Any]:
    """All widgets in `root`, in the order of the page, but for what is hidden."""
    if root.layout is not None and root.layout.display == "none":
        return
    yield root
    for child in getattr(root, "children", ()):
        yield from widgets(child)


def button(panel: Any, text: str) -> Any:
    """The last button that bears this text."""
    return [w for w in widgets(panel) if getattr(w, "description", "") == text][-1]


def click(panel: Any, text: str) -> None:
    """Click it, as a front end lets one."""
    target = button(panel, text)
    assert not target.disabled, f"{text} cannot be clicked"
    target.click()


def field(panel: Any, label: str) -> Any:
    """The last field with this label, placeholder or tooltip."""
    return fields(panel, label)[-1]


def fields(panel: Any, label: str) -> list[Any]:
    """All of them, in the order of the page."""
    return [w for w in widgets(panel) if label in _labels(w)]


def _labels(widget: Any) -> list[str]:
    return [str(getattr(widget, name, "")) for name in ("description", "placeholder", "tooltip")]


def prompt(panel: Any) -> Any:
    """Where the prompt is written."""
    return field(panel, "Ask something. Shift+Enter sends.")


def markup(panel: Any) -> str:
    """All the HTML on the page."""
    return "".join(w.value for w in widgets(panel) if isinstance(w, HTML | HTMLMath))


def page(panel: Any) -> str:
    """What can be read."""
    text = re.sub("</?span[^>]*>", "", markup(panel))
    text = re.sub("<style>.*?</style>|<[^>]*>", " ", text, flags=re.S)
    return " ".join(unescape(text).split())
