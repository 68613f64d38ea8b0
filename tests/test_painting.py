"""What a notebook's front end holds while an answer is painted block by block."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from respmagic._dialects.responses import Responses
from respmagic._endpoint import Exchange
from respmagic._items import Request
from respmagic._renderers.blocks import Blocks
from respmagic._transcript import Run

# JupyterLab and Notebook fold away what a cell shows beyond its fiftieth output.
FOLDED_BEYOND = 50


class Page:
    """Holds displays by their ids, in order, as a front end does; counts what was sent."""

    def __init__(self) -> None:
        self.displays: dict[str, str] = {}
        self.sent = 0

    def publish(self, data: Any, _metadata: Any, *, transient: Any, update: bool) -> None:
        key, html = transient["display_id"], data["text/html"]
        assert update == (key in self.displays)
        self.displays[key] = html
        self.sent += len(html)

    @property
    def html(self) -> str:
        return re.sub("<style>.*?</style>", "", "".join(self.displays.values()), flags=re.S)

    @property
    def words(self) -> list[str]:
        return re.sub("<[^>]*>", " ", self.html.partition("<small>")[0]).split()


class Answer:
    """An answer that grows, and the page that it is painted on."""

    def __init__(self) -> None:
        self.page, self.run = Page(), Run()
        self.run.exchanges.append(Exchange(Request("m", ()), Responses()))
        self.blocks = Blocks(self.page)
        self.event({"type": "response.created", "response": {"model": "m"}})

    def event(self, event: dict[str, Any], at: int = 0) -> None:
        place = {"output_index": at, "content_index": 0, "item_id": f"item_{at}"}
        data = json.dumps({**place, **event}).encode()
        self.run.exchanges[-1].reader.feed(b"data: " + data + b"\n\n")

    def say(self, text: str) -> None:
        self.event({"type": "response.output_text.delta", "delta": text})
        self.blocks.paint(self.run)

    def call(self, name: str, at: int) -> None:
        item = {"type": "function_call", "call_id": name, "name": name, "arguments": "{}"}
        self.event({"type": "response.output_item.added", "item": item}, at)
        self.event({"type": "response.output_item.done", "item": item}, at)
        self.blocks.paint(self.run)


def test_the_status_line_stands_once_and_last():
    answer = Answer()
    for text in ("One.", " Still one.\n\n", "Two.\n\nThree", ".\n\nFour."):
        answer.say(text)
        assert answer.page.html.count("<small>") == 1
        assert answer.page.html.endswith("</small></p></div>")
    assert answer.page.words == ["One.", "Still", "one.", "Two.", "Three.", "Four."]


def test_a_waiting_cell_shows_the_status_line_where_the_answer_then_begins():
    answer = Answer()
    answer.blocks.paint(answer.run)
    assert answer.page.html.count("<small>") == 1
    answer.say("One.")
    assert len(answer.page.displays) == 1
    assert answer.page.words == ["One."]


@pytest.mark.parametrize("count", [49, 60, 200, 1100])
def test_however_many_blocks_an_answer_has_none_is_folded_away(count: int):
    answer = Answer()
    for number in range(count):
        answer.say(f"block-{number}\n\n")
        assert len(answer.page.displays) <= FOLDED_BEYOND
        if number % 100 == 0 or number + 1 == count:
            assert answer.page.words == [f"block-{n}" for n in range(number + 1)]
            assert answer.page.html.count("<small>") == 1


def test_calls_stand_in_their_order_among_many():
    answer = Answer()
    for number in range(120):
        answer.call(f"tool_{number}", number)
    assert len(answer.page.displays) <= FOLDED_BEYOND
    shown = re.findall(r"tool_\d+(?=\()", answer.page.html)
    assert shown == [f"tool_{number}" for number in range(120)]


def test_what_is_sent_grows_in_proportion_to_the_answer():
    sent = []
    for count in (100, 400):
        answer = Answer()
        for number in range(count):
            answer.say(f"{'word ' * 40}{number}\n\n")
        sent.append(answer.page.sent)
    assert sent[1] < 5 * sent[0]
