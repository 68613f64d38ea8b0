"""May a call run? Asked by buttons in the panel's card."""

from __future__ import annotations

import json

import pytest

import respmagic
import wire
from panels import asking, button, click, field, on_loop, page, posted, settled, until
from replies import Reply

SECRET = "sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH"


@pytest.fixture(autouse=True)
def deleted(notebook, monkeypatch):
    """What the tool has deleted so far; nobody is to be asked by `input()`."""
    done = []

    @respmagic.tool(approve="ask")
    def delete(path: str) -> str:
        """Delete a file."""
        done.append(path)
        return f"deleted {path}"

    def no_input(_=""):
        raise AssertionError("a panel asks by buttons")

    notebook.user_ns["delete"] = delete
    monkeypatch.setattr("builtins.input", no_input)
    return done


def wanting(gateway, *paths: str):
    calls = [("delete", {"path": path}) for path in paths]
    gateway.add(Reply.sse(wire.call_response(calls)))
    gateway.add(Reply.sse(wire.text_response("Done.", id="resp_2")))
    return asking(gateway)


def told(gateway) -> list[str]:
    sent = posted(gateway)[-1]["input"]
    return [item["output"] for item in sent if item["type"] == "function_call_output"]


@on_loop
async def test_allowing_runs_the_call(gateway, deleted):
    panel = wanting(gateway, "<b>a.csv")
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    assert 'path = "<b>a.csv"' in page(panel)
    assert deleted == []
    click(panel, "Allow")
    assert (await answer).text == "Done."
    assert deleted == ["<b>a.csv"]
    await settled()
    assert "May delete run?" not in page(panel)


@on_loop
async def test_denying_tells_the_model_why(gateway, deleted):
    panel = wanting(gateway, "a.csv")
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    field(panel, "why not? (the model is told)").value = "it is the only copy"
    click(panel, "Deny")
    result = await answer
    assert deleted == []
    assert result.tool_calls[0].status == "denied"
    assert told(gateway) == [
        "Error: the user did not allow this call. They say: it is the only copy"
    ]
    await settled()
    assert "denied: " in page(panel)


@on_loop
async def test_two_calls_are_asked_for_one_below_the_other(gateway, deleted):
    panel = wanting(gateway, "a.csv", "b.csv")
    answer = panel.ask("Delete both")
    await until(lambda: page(panel).count("May delete run?") == 2)
    click(panel, "Deny")  # the lower one
    await until(lambda: page(panel).count("May delete run?") == 1)
    click(panel, "Allow")
    assert [call.status for call in (await answer).tool_calls] == ["done", "denied"]
    assert deleted == ["a.csv"]


@on_loop
async def test_always_does_not_ask_again(gateway, deleted):
    panel = wanting(gateway, "a.csv")
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    click(panel, "Always")
    await answer
    gateway.add(Reply.sse(wire.call_response([("delete", {"path": "b.csv"})], id="resp_3")))
    gateway.add(Reply.sse(wire.text_response("Done.", id="resp_4")))
    await panel.ask("The next one")
    assert deleted == ["a.csv", "b.csv"]


@on_loop
async def test_always_answers_for_the_calls_that_wait_too(gateway, deleted):
    panel = wanting(gateway, "a.csv", "b.csv")
    answer = panel.ask("Delete both")
    await until(lambda: page(panel).count("May delete run?") == 2)
    click(panel, "Always")
    assert [call.status for call in (await answer).tool_calls] == ["done", "done"]
    assert sorted(deleted) == ["a.csv", "b.csv"]


@on_loop
async def test_arguments_may_be_edited_before_the_call_runs(gateway, deleted):
    panel = wanting(gateway, "a.csv")
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    click(panel, "Edit")
    await settled()
    assert json.loads(field(panel, "Arguments").value) == {"path": "a.csv"}
    field(panel, "Arguments").value = '{"path": 3}'
    click(panel, "Allow")
    await until(lambda: "the arguments do not fit" in page(panel))
    assert deleted == []
    field(panel, "Arguments").value = '{"path": bad'
    click(panel, "Always")
    await until(lambda: "not JSON" in page(panel))
    assert page(panel).count("ArgumentsError") == 1
    field(panel, "Arguments").value = '{"path": "b.csv"}'
    click(panel, "Allow")
    result = await answer
    assert deleted == ["b.csv"]
    assert result.tool_calls[0].arguments == {"path": "b.csv"}
    assert "The user changed the arguments" in told(gateway)[0]
    assert "ArgumentsError" not in page(panel)


@on_loop
async def test_arguments_that_stay_as_they_were_are_not_told_as_changed(gateway, deleted):
    panel = wanting(gateway, SECRET)
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    click(panel, "Edit")
    await settled()
    assert SECRET not in page(panel) + field(panel, "Arguments").value
    click(panel, "Allow")
    await answer
    assert deleted == [SECRET]
    assert told(gateway) == [f"deleted {SECRET}"]


@on_loop
async def test_stopping_while_it_is_asked_cancels_the_call(gateway, deleted):
    panel = wanting(gateway, "a.csv")
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    click(panel, "Stop")
    result = await answer
    assert (result.status, deleted) == ("interrupted", [])
    assert result.tool_calls[0].status == "cancelled"
    await settled()
    assert "May delete run?" not in page(panel)
    assert not button(panel, "Send").disabled


@on_loop
async def test_a_second_click_does_no_harm(gateway, deleted):
    panel = wanting(gateway, "a.csv")
    answer = panel.ask("Delete it")
    await until(lambda: "May delete run?" in page(panel))
    allow = button(panel, "Allow")
    allow.click()
    allow.click()
    assert (await answer).text == "Done."
    assert deleted == ["a.csv"]
