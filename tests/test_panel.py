"""The panel: asking, streaming, stopping, asking again; in-process, as a user would click."""

from __future__ import annotations

import asyncio

import pytest

import respmagic
import wire
from panels import (
    PATIENCE,
    asking,
    button,
    click,
    field,
    held,
    on_loop,
    page,
    posted,
    prompt,
    settled,
    until,
)
from replies import Gate, Reply

pytestmark = pytest.mark.usefixtures("notebook")


@on_loop
async def test_what_is_written_is_sent_and_answered():
    panel = respmagic.Panel()
    prompt(panel).value = "Hello there"
    click(panel, "Send")
    assert prompt(panel).value == ""
    await until(lambda: panel.result)
    await settled()
    assert "You Hello there" in page(panel)
    assert "respmagic-demo" in page(panel)
    assert panel.results == panel.conversation.results == (panel.result,)
    assert panel.conversation.name == "panel"


@on_loop
async def test_asking_from_code_returns_at_once_and_may_be_awaited(gateway):
    gate = Gate()
    gateway.add(held(wire.text_response("One two three."), gate, " two"))
    panel = asking(gateway)
    answer = panel.ask("Count")
    await until(lambda: "One two" in page(panel))
    assert not answer.done()
    assert panel.result is None
    gate.open()
    assert (await answer).text == "One two three."
    assert panel.result.status == "completed"


@on_loop
async def test_stopping_keeps_the_partial_answer_and_a_usable_conversation(gateway):
    gateway.add(Reply.sse(wire.text_response("First.")))
    gateway.add(held(wire.text_response("A partial answer."), Gate(), " partial"))
    gateway.add(Reply.sse(wire.text_response("Third.", id="resp_3")))
    panel = asking(gateway)
    await panel.ask("One")
    assert button(panel, "Stop").disabled
    answer = panel.ask("Two")
    await until(lambda: "A partial" in page(panel))
    click(panel, "Stop")
    stopped = await answer
    assert (stopped.status, stopped.text) == ("interrupted", "A partial")
    await settled()
    assert "gpt-test · interrupted" in page(panel)
    assert "Interrupted: stopped; what had arrived is kept in the result" in page(panel)
    gateway.disconnected.wait()
    assert (await panel.ask("Three")).text == "Third."
    sent = [item.get("content") for item in posted(gateway)[-1]["input"]]
    assert str(sent).count("One") == 1
    assert "First." in str(sent)
    assert panel.results[1] is stopped


@on_loop
async def test_stopping_right_after_sending_ends_the_turn_too(gateway):
    gateway.add(Reply.sse(wire.text_response("Late.")))
    panel = asking(gateway)
    answer = panel.ask("Go")
    panel.stop()
    assert (await answer).status == "interrupted"
    assert (await panel.ask("Go again")).text == "Late."


@on_loop
async def test_an_error_has_the_words_of_a_cell(gateway):
    refusal = Reply.json({"error": {"message": "No <b>such</b> key", "code": "x"}}, 401)
    gateway.add(refusal, refusal)
    panel = asking(gateway)
    with pytest.raises(respmagic.AuthenticationError) as in_panel:
        await panel.ask("Go")
    with pytest.raises(respmagic.AuthenticationError) as in_cell:
        await respmagic.arespond("Go", model="gpt-test", base_url=gateway.base_url, retries=0)
    assert str(in_panel.value) == str(in_cell.value)
    assert "AuthenticationError:" in page(panel)
    assert "No <b>such</b> key" in page(panel)
    assert not button(panel, "Send").disabled


@on_loop
async def test_what_cannot_be_sent_stays_where_it_is():
    panel = respmagic.Panel(api="chat")
    prompt(panel).value = "Keep this"
    click(panel, "Send")
    await settled()
    assert prompt(panel).value == "Keep this"
    assert "OptionError: the embedded demo speaks /responses only" in page(panel)
    prompt(panel).value = "  "
    click(panel, "Send")
    await settled()
    assert "the prompt is empty" in page(panel)
    assert panel.results == ()


@on_loop
async def test_one_answer_at_a_time(gateway):
    gate = Gate()
    gateway.add(held(wire.text_response("One two."), gate, "One"))
    panel = asking(gateway)
    answer = panel.ask("First")
    for act in (lambda: panel.ask("Second"), panel.retry, panel.clear):
        with pytest.raises(respmagic.UsageError, match="an answer is still on its way"):
            act()
    await until(lambda: button(panel, "Send").disabled)
    gate.open()
    await answer
    assert len(gateway.requests) >= 1
    assert [r.text for r in panel.results] == ["One two."]


@on_loop
async def test_several_panels_go_on_apart(gateway):
    gates = [Gate(), Gate()]
    for number, gate in enumerate(gates):
        gateway.add(held(wire.text_response(f"Answer {number}."), gate, "Answer"))
    first, second = asking(gateway), asking(gateway)
    assert (first.conversation.name, second.conversation.name) == ("panel", "panel-1")
    answers = [first.ask("Go")]
    await until(lambda: "Answer" in page(first))
    answers.append(second.ask("Go"))
    await until(lambda: "Answer" in page(second))
    gates[1].open()
    assert (await answers[1]).text == "Answer 1."
    assert not answers[0].done()
    gates[0].open()
    assert (await answers[0]).text == "Answer 0."


@on_loop
async def test_retry_takes_the_last_turn_back(gateway):
    texts = ["First.", "Second.", "Second once more."]
    gateway.add(*(Reply.sse(wire.text_response(text)) for text in texts))
    panel = asking(gateway)
    await panel.ask("One")
    await panel.ask("Two")
    click(panel, "Retry")
    await until(lambda: panel.result is not None and panel.result.text == texts[2])
    await settled()
    assert [r.text for r in panel.results] == [texts[0], texts[2]]
    assert [r.text for r in panel.conversation.results] == [texts[0], texts[2]]
    assert page(panel).count("You Two") == 1
    assert len(posted(gateway)[-1]["input"]) == len(posted(gateway)[-2]["input"])


@on_loop
async def test_retry_after_a_failure_takes_the_failed_one_from_the_page(gateway):
    gateway.add(Reply.json({"error": {"message": "Later"}}, 500))
    gateway.add(Reply.sse(wire.text_response("Now.")))
    panel = asking(gateway)
    with pytest.raises(respmagic.ServerError):
        await panel.ask("Go")
    assert panel.conversation.turns == ()
    panel.retry()
    await until(lambda: panel.result is not None and panel.result.text == "Now.")
    await settled()
    assert page(panel).count("You Go") == 1
    assert "ServerError" not in page(panel)


@on_loop
async def test_a_retry_that_cannot_be_sent_leaves_the_turn(gateway):
    gateway.add(Reply.sse(wire.text_response("First.")))
    panel = asking(gateway)
    await panel.ask("One")
    field(panel, "Temperature").value = "warm"
    click(panel, "Retry")
    await settled()
    assert "OptionError: Temperature 'warm': must be a number" in page(panel)
    assert [r.text for r in panel.conversation.results] == ["First."]
    assert page(panel).count("First.") == 1


@on_loop
async def test_nothing_to_retry():
    panel = respmagic.Panel()
    click(panel, "Retry")
    await settled()
    assert "OptionError: there is nothing to ask again" in page(panel)


@on_loop
async def test_clear_begins_anew_and_keeps_what_was():
    panel = respmagic.Panel()
    first = await panel.ask("Hello")
    click(panel, "Clear")
    await until(lambda: not panel.results)
    await settled()
    assert "You Hello" not in page(panel)
    assert panel.conversation.turns == ()
    kept = respmagic._session.current_session().conversation("panel-1", create=False)
    assert kept.results == (first,)
    assert (await panel.ask("Hello again")).status == "completed"


@on_loop
async def test_tools_run_in_parallel_and_show_as_cards(gateway, notebook):
    both = [asyncio.Event(), asyncio.Event()]

    @respmagic.tool
    async def meet(number: int) -> str:
        """Wait for the other."""
        both[number].set()
        await both[1 - number].wait()
        return f"met {1 - number}"

    notebook.user_ns["meet"] = meet
    calls = [("meet", {"number": 0}), ("meet", {"number": 1})]
    gateway.add(Reply.sse(wire.call_response(calls)))
    gateway.add(Reply.sse(wire.text_response("Both are there.", id="resp_2")))
    panel = asking(gateway)
    result = await panel.ask("Meet")
    assert [call.result for call in result.tool_calls] == ["met 1", "met 0"]
    await settled()
    assert "meet(number=0) → met 1" in page(panel)


@on_loop
async def test_a_tool_that_needs_the_main_thread_waits_for_the_kernels_loop(gateway, notebook):
    import threading

    where = []

    @respmagic.tool(thread=False)
    def here() -> str:
        """Say where."""
        where.append(threading.current_thread())
        return "here"

    notebook.user_ns["here"] = here
    gateway.add(Reply.sse(wire.call_response([("here", {})])))
    gateway.add(Reply.sse(wire.text_response("It ran.", id="resp_2")))
    panel = asking(gateway)
    assert (await panel.ask("Go")).text == "It ran."
    assert where == [threading.main_thread()]


def test_a_panel_needs_a_loop():
    with pytest.raises(respmagic.UsageError, match="a panel needs a notebook"):
        respmagic.Panel()


@on_loop
async def test_keywords_are_those_of_respond():
    with pytest.raises(respmagic.OptionError, match=r"no option modle \(did you mean model\?\)"):
        respmagic.Panel(modle="x")
    with pytest.raises(respmagic.OptionError, match="a panel takes no show"):
        respmagic.Panel(show=True)


@on_loop
async def test_a_double_click_on_send_sends_once_and_says_nothing(gateway):
    gateway.add(Reply.sse(wire.text_response("Once.")))
    panel = asking(gateway)
    prompt(panel).value = "Go"
    send = button(panel, "Send")
    send.click()
    send.click()
    await until(lambda: panel.result)
    await settled()
    assert [result.text for result in panel.results] == ["Once."]
    assert "Error" not in page(panel)


@on_loop
async def test_closing_right_after_sending_ends_the_turn_too(gateway):
    panel = asking(gateway)
    answer = panel.ask("Go")
    panel.close()
    assert (await asyncio.wait_for(answer, PATIENCE)).status == "interrupted"


@on_loop
async def test_a_closed_panel_asks_nothing_more(gateway):
    gateway.add(Reply.sse(wire.text_response("One.")))
    panel = asking(gateway)
    await panel.ask("Go")
    panel.close()
    for act in (lambda: panel.ask("More"), panel.retry, panel.clear):
        with pytest.raises(respmagic.UsageError, match="this panel is closed"):
            act()
    assert [turn.asked[0]["content"] for turn in panel.conversation.turns] == ["Go"]
