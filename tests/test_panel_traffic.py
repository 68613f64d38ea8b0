"""What a panel sends to the front end: messages and bytes are counted, nothing is timed."""

from __future__ import annotations

import json
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm

import wire
from panels import asking, held, on_loop, page, settled, until
from replies import Gate, Reply
from respmagic._dialects.responses import Responses
from respmagic._endpoint import Exchange
from respmagic._items import Request
from respmagic._panel.asked import Asked
from respmagic._panel.style import Makes
from respmagic._panel.turns import TurnView
from respmagic._transcript import Run

pytestmark = pytest.mark.usefixtures("notebook")

WORDS = "A sentence of about a dozen plain words, of the kind that models write all day. "
PARAGRAPH = WORDS * 5 + "\n\n"
TOKENS_A_TURN = 2_000
TURNS = 20


class Traffic:
    """What was sent over the comms of one test: messages, bytes, and which are open."""

    def __init__(self) -> None:
        self.messages = 0
        self.bytes = 0
        self.open: set[str] = set()

    def comm(self, *args: Any, **keys: Any) -> BaseComm:
        traffic = self

        class Counted(BaseComm):
            def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
                traffic.messages += 1
                traffic.bytes += len(json.dumps(data or {}))
                if msg_type == "comm_open":
                    traffic.open.add(self.comm_id)
                if msg_type == "comm_close":
                    traffic.open.remove(self.comm_id)

        return Counted(*args, **keys)


@pytest.fixture
def traffic(monkeypatch):
    """All that is sent in this test."""
    traffic = Traffic()
    monkeypatch.setattr(comm, "create_comm", traffic.comm)
    return traffic


def answer(tokens: int, number: int) -> str:
    text = PARAGRAPH * (tokens * 4 // len(PARAGRAPH) + 1)
    return f"Answer {number}.\n\n{text}"


def most_messages(seconds: float) -> float:
    """For a turn that takes so long: what a painting updates, and up to fifty pieces that come and
    go."""
    return 4 * (seconds / 0.1 + 2) + 120


@on_loop
async def test_twenty_long_turns_cost_in_proportion(gateway, traffic):
    texts = [answer(TOKENS_A_TURN, number) for number in range(TURNS)]
    streams = [wire.text_response(text, id=f"resp_{n}") for n, text in enumerate(texts)]
    gateway.add(*map(Reply.sse, streams))
    panel = asking(gateway)
    await settled()
    opened = []
    for number in range(TURNS):
        messages, sent, already = traffic.messages, traffic.bytes, len(traffic.open)
        result = await panel.ask(f"Go on, {number}")
        await settled()
        assert traffic.messages - messages < most_messages(result.elapsed)
        # A cell's bound while it streams, then the whole answer; and the line of turns.
        assert traffic.bytes - sent < 33 * len(texts[number]) + 50 * TURNS
        opened.append(len(traffic.open) - already)
    assert len(panel.results) == TURNS
    assert set(opened) == {7}  # what streamed is closed: a turn leaves so many widgets


class Streamed:
    """An answer as it comes, painted into a panel's turn a tenth of a second after the other."""

    def __init__(self) -> None:
        self.makes, self.run = Makes(), Run()
        self.view = TurnView(Asked("Go"), self.makes)
        self.run.exchanges.append(Exchange(Request("m", ()), Responses()))
        self.feed({"type": "response.created", "response": {"model": "m"}})

    def feed(self, event: dict[str, Any]) -> None:
        place = {"output_index": 0, "content_index": 0, "item_id": "msg_1"}
        data = json.dumps({**place, **event}).encode()
        self.run.exchanges[-1].reader.feed(b"data: " + data + b"\n\n")

    def say(self, text: str) -> None:
        self.feed({"type": "response.output_text.delta", "delta": text})
        self.view.paint(self.run)


@pytest.mark.parametrize("tokens", [TOKENS_A_TURN, 4 * TOKENS_A_TURN])
def test_bytes_and_messages_of_a_long_answer_are_bounded_as_in_a_cell(traffic, tokens):
    streamed, text = Streamed(), answer(tokens, 1)
    step = 10 * 4  # ten tokens: a hundred a second, painted ten times a second
    opened = len(traffic.open)
    before = traffic.bytes
    for start in range(0, len(text), step):
        messages = traffic.messages
        streamed.say(text[start : start + step])
        assert traffic.messages - messages <= 50  # once in a while pieces are joined
    paintings = len(text) / step
    assert traffic.bytes - before < 30 * len(text)
    assert traffic.messages < 3 * paintings + 100
    assert len(traffic.open) - opened <= 50
    streamed.view.finish("<p>All of it.</p>", "All of it.", streamed.makes.column())
    assert len(traffic.open) - opened <= 4


@on_loop
async def test_an_answer_in_many_deltas_is_painted_ten_times_a_second_at_most(gateway, traffic):
    gate = Gate()
    events = wire.text_response("One " + "word " * 3000 + "end.")
    gateway.add(held(events, gate, "One"))
    panel = asking(gateway)
    reply = panel.ask("Go")
    await until(lambda: "One" in page(panel))
    before, began = traffic.messages, panel._transcript.views[0]
    gate.open()
    result = await reply
    await settled()
    assert began.result is result
    deltas = sum(1 for event in events if event["type"].endswith("delta"))
    assert traffic.messages - before < min(most_messages(result.elapsed), deltas)


@on_loop
async def test_closing_leaves_no_comm(gateway, traffic):
    gateway.add(Reply.sse(wire.text_response("Yes.")))
    panel = asking(gateway)
    await panel.ask("Go")
    panel.close()
    await settled()
    assert traffic.open == set()
