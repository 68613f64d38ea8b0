"""Reasoning: how it is asked for, how it shows while it goes on, and what stays of it."""

from __future__ import annotations

import re
from typing import Any

import pytest

import respmagic
from gateway import Gateway, Reply
from inert import assert_inert, hostile
from respmagic._cards import entry_html
from respmagic._exceptions import OptionError
from respmagic._transcript import Entry, Thought
from test_painting import Answer
from wire import chat_text, reasoning, reasoning_response, stream, text_response

USAGE = {"input_tokens": 1, "output_tokens": 90, "output_tokens_details": {"reasoning_tokens": 64}}


def ask(gateway: Gateway, api: str = "responses", **how: Any) -> Any:
    how = {"model": "m", "base_url": gateway.base_url, "tools": (), "api": api, **how}
    return respmagic.respond("Go", **how)


# Asking for it


def test_effort_summary_and_verbosity_go_in_the_words_of_the_responses_api(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")))
    ask(gateway, effort="low", summary="auto", verbosity="high")
    sent = gateway.requests[0].json
    assert sent["reasoning"] == {"effort": "low", "summary": "auto"}
    assert sent["text"] == {"verbosity": "high"}


def test_effort_and_verbosity_go_in_the_words_of_chat(gateway: Gateway):
    gateway.add(Reply.sse(chat_text("Yes.")))
    ask(gateway, "chat", effort="low", verbosity="high")
    sent = gateway.requests[0].json
    assert (sent["reasoning_effort"], sent["verbosity"]) == ("low", "high")
    assert not {"reasoning", "text"} & sent.keys()


def test_chat_has_no_summaries_and_says_so_before_anything_is_sent(gateway: Gateway):
    with pytest.raises(OptionError, match=r"reasoning\.summary='auto' has no counterpart in chat"):
        ask(gateway, "chat", summary="auto")
    assert gateway.requests == []


def test_a_verbosity_stands_beside_a_form(gateway: Gateway):
    gateway.add(Reply.sse(text_response('{"value": 1}')))
    ask(gateway, schema=int, verbosity="low")
    assert gateway.requests[0].json["text"]["verbosity"] == "low"
    assert gateway.requests[0].json["text"]["format"]["type"] == "json_schema"


# While it goes on


class Thinking(Answer):
    def think(self, text: str, kind: str = "reasoning_summary_text") -> None:
        self.event({"type": f"response.{kind}.delta", "summary_index": 0, "delta": text})
        self.blocks.paint(self.run)

    def item(self, stage: str, item: dict[str, Any], at: int = 0) -> None:
        self.event({"type": f"response.output_item.{stage}", "item": item}, at)
        self.blocks.paint(self.run)

    @property
    def block(self) -> str:
        return re.sub("<p class=.*", "", self.page.html)


@pytest.mark.parametrize("kind", ["reasoning_summary_text", "reasoning_text"])
def test_it_streams_into_a_folded_block_that_counts(kind: str):
    answer = Thinking()
    answer.think("**Planning**\n\n", kind)
    answer.think("I weigh it. " * 40, kind)
    assert re.search(
        r"<details><summary>Reasoning… · \d+ s · some 1\d\d tokens</summary>", answer.block
    )
    assert "<strong>Planning</strong>" in answer.block
    answer.event({"type": "response.output_text.delta", "delta": "Yes."}, 1)
    answer.blocks.paint(answer.run)
    assert "<details><summary>Reasoning</summary>" in answer.block


def test_a_little_more_of_it_is_not_painted_again():
    answer = Thinking()
    answer.think("word " * 1_000)
    before = answer.page.sent
    for _ in range(20):
        answer.think("x ")
    assert answer.page.sent - before < 20 * 300
    answer.think("y" * 1_000)
    assert "y" * 1_000 in answer.page.html


def test_reasoning_that_the_server_keeps_to_itself_shows_only_while_it_goes_on():
    answer = Thinking()
    answer.item("added", {"type": "reasoning", "id": "rs_1", "summary": []})
    assert "<em>Reasoning… " in answer.page.html or "<em>Reasoning…<" in answer.page.html
    answer.item(
        "done", {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x"}
    )
    answer.event({"type": "response.output_text.delta", "delta": "Yes."}, 1)
    answer.blocks.paint(answer.run)
    assert "Reasoning" not in answer.page.html
    assert "Yes." in answer.page.html


# What stays


def test_the_saved_block_says_its_tokens_and_no_time(gateway: Gateway):
    gateway.add(Reply.sse(reasoning_response("I weigh it.", "Yes.", usage=USAGE)), repeat=True)
    first, second = (ask(gateway)._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert "<summary>Reasoning · 64 tokens</summary>" in first["text/html"]
    assert "weigh" not in first["text/plain"]
    assert ask(gateway).reasoning == "I weigh it."


def test_tokens_of_several_thoughts_are_not_put_down_to_each(gateway: Gateway):
    gateway.add(Reply.sse(stream([reasoning("One."), reasoning("Two.")], usage=USAGE)))
    html = ask(gateway)._repr_mimebundle_()["text/html"]
    assert html.count("<summary>Reasoning</summary>") == 2


def test_its_time_shows_if_details_are_wanted():
    thought = Thought("Hm.", None, 3.4)
    assert "Reasoning · 3 s<" in entry_html(Entry("0", "reasoning", thought, True), verbose=True)
    assert "Reasoning<" in entry_html(Entry("0", "reasoning", thought, True))


@hostile
def test_hostile_reasoning_is_inert(text: str):
    for finished in (True, False):
        entry = Entry("0", "reasoning", Thought(text, 3, 1.0), finished)
        assert_inert(entry_html(entry, verbose=True))
