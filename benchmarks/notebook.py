"""What a notebook sees: bytes and CPU of painting, the first token, the stop button."""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

# Headers, signature and framing of one message, as measured on a kernel's own socket.
ENVELOPE = 530
RATE = 400  # characters a second: 100 tokens of four characters

WORDS = [
    "the",
    "of",
    "data",
    "model",
    "answer",
    "which",
    "shows",
    "that",
    "every",
    "number",
    "and",
    "function",
    "returns",
]


def prose(length: int) -> str:
    """An answer of paragraphs, lists and code, the same each time."""
    chance = random.Random(1)

    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count))

    def paragraph() -> str:
        return words(chance.randint(30, 90)).capitalize() + "."

    def code() -> str:
        lines = [f"value_{n} = compute({n}, name='x')" for n in range(chance.randint(5, 25))]
        return "```python\n" + "\n".join(lines) + "\n```"

    def items() -> str:
        return "\n".join(f"- **{words(1)}** {words(12)}" for _ in range(8))

    text = ""
    while len(text) < length:
        text += chance.choice([paragraph, paragraph, paragraph, code, items])() + "\n\n"
    return text[:length]


class CountingPublisher:
    """Counts what a display publisher would send."""

    def __init__(self) -> None:
        self.messages = self.size = 0

    def publish(self, data: Any, metadata: Any, **_: Any) -> None:
        """Count one message."""
        self.messages += 1
        self.size += ENVELOPE + len(json.dumps([data, metadata], ensure_ascii=False).encode())


class Shell:
    """As much of a shell as the renderer asks for."""

    def __init__(self) -> None:
        self.display_pub = CountingPublisher()


def painting(length: int) -> tuple[float, float]:
    """Bytes a character and CPU milliseconds of painting an answer, on a virtual clock."""
    from respmagic._dialects.responses import Responses
    from respmagic._endpoint import Exchange
    from respmagic._items import Request
    from respmagic._renderers.blocks import Blocks
    from respmagic._transcript import Run

    text, shell = prose(length), Shell()
    renderer, run = Blocks(shell.display_pub), Run()
    run.exchanges.append(Exchange(Request("m", ()), Responses()))
    step, took = RATE // 10, 0.0
    feed_event(run, {"type": "response.created", "response": {"model": "m"}})
    for start in range(0, length, step):
        for place in range(start, min(start + step, length), 4):
            piece = text[place : min(place + 4, start + step)]
            feed_event(run, {"type": "response.output_text.delta", "delta": piece})
        run.began = time.monotonic() - start / RATE
        began = time.process_time()
        renderer.paint(run)
        took += time.process_time() - began
    return shell.display_pub.size / length, took * 1e3


def feed_event(run: Any, event: dict[str, Any]) -> None:
    """Let an event arrive."""
    place = {"output_index": 0, "content_index": 0, "item_id": "msg_1"}
    run.exchanges[-1].reader.feed(b"data: " + json.dumps({**event, **place}).encode() + b"\n\n")


def kernel_times() -> tuple[float, float]:
    """Milliseconds from a delta's sending to its painting, and from the stop button to idle."""
    import wire
    from gateway import Gateway
    from kernels import kernel
    from replies import Gate, Reply

    shown, stopped = [], []
    with Gateway() as gateway, kernel() as running:
        cell = f"%%responses -m m --base-url {gateway.base_url} --no-tools\nGo"
        for _ in range(12):
            before, after = Gate(), Gate()
            events = wire.text_response("First words.")
            gateway.add(
                Reply.sse([*events[:3], before, *events[3:6], after], framing="chunked", hang=True)
            )
            msg_id = running.start(cell)
            before.reached.wait()
            began = time.perf_counter()
            before.open()
            for message in running.messages(msg_id):
                if "First" in str(message["content"].get("data", "")):
                    break
            shown.append(time.perf_counter() - began)
            began = time.perf_counter()
            running.interrupt()
            running.finish(msg_id)
            stopped.append(time.perf_counter() - began)
    return statistics.median(shown[2:]) * 1e3, statistics.median(stopped[2:]) * 1e3


if __name__ == "__main__":
    painting(2_000)
    result = {f"paint_{length}": painting(length) for length in (8_000, 32_000)}
    first, stop = kernel_times()
    print(json.dumps({**result, "first": first, "stop": stop}))
