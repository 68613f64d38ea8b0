"""What a panel offers to choose from, and how that goes along: gateways, tools, settings, files."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

import respmagic
import wire
from panels import (
    asking,
    click,
    field,
    held,
    on_loop,
    page,
    posted,
    prompt,
    settled,
    until,
    widgets,
)
from replies import Gate, Reply
from respmagic._session import current_session

pytestmark = pytest.mark.usefixtures("notebook")

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=")
MODELS = {"data": [{"id": "big"}, {"id": "<img/src=x/onerror=alert(1)>"}]}


def attach(panel, *files: tuple[str, bytes]) -> None:
    """As the front end's dialog does it."""
    [upload] = [w for w in widgets(panel) if type(w).__name__ == "FileUpload"]
    assert not upload.disabled
    upload.set_state(
        {
            "value": [
                {
                    "name": n,
                    "type": "",
                    "size": len(d),
                    "content": memoryview(d),
                    "last_modified": 0,
                }
                for n, d in files
            ]
        }
    )


def labels(panel) -> list[str]:
    return [getattr(w, "description", "") for w in widgets(panel)]


@on_loop
async def test_models_are_listed_without_waiting_for_them(gateway):
    gate = Gate()
    gateway.route("GET", "/v1/models", Reply.json(MODELS, before_head=gate))
    gateway.add(Reply.sse(wire.text_response("Hello.")))
    panel = respmagic.Panel(base_url=gateway.base_url, model="gpt-test")
    assert (await panel.ask("Hello")).text == "Hello."  # meanwhile
    gate.open()
    names = [model["id"] for model in MODELS["data"]]
    await until(lambda: set(field(panel, "Model").options) == set(names))


@on_loop
async def test_why_no_models_are_listed_is_said(gateway):
    gateway.route("GET", "/v1/models", Reply.json({"error": {"message": "Not for you"}}, 403))
    panel = respmagic.Panel(base_url=gateway.base_url)
    await until(lambda: "the models are not listed" in page(panel))
    assert "Not for you" in page(panel)
    assert field(panel, "Model").options == ()


@on_loop
async def test_choosing_another_gateway_lists_its_models(gateway, notebook):
    gateway.route("GET", "/v1/models", Reply.json(MODELS))
    work = {"work": {"base_url": gateway.base_url}}
    notebook.run_line_magic("config", f"ResponsesMagics.profiles = {work}")
    panel = respmagic.Panel()
    await until(lambda: field(panel, "Model").options == ("respmagic-demo",))
    assert field(panel, "Model").placeholder == "respmagic-demo"
    assert "work" in field(panel, "Gateway").options
    field(panel, "Gateway").value = "work"
    await until(lambda: len(field(panel, "Model").options) == 2)
    field(panel, "Gateway").value = "wrok"
    await until(lambda: "there is no profile 'wrok'" in page(panel))
    assert "did you mean work?" in page(panel)


@on_loop
async def test_the_chosen_model_and_settings_go_along(gateway):
    gateway.add(Reply.sse(wire.text_response("Yes.")))
    panel = asking(gateway, temperature=0.5, instructions="Be short.", top_p=0.9)
    field(panel, "Model").value = "other-model"
    field(panel, "Effort").value = "low"
    field(panel, "Max tokens").value = "100"
    field(panel, "Temperature").value = ""
    await panel.ask("Go")
    sent = posted(gateway)[-1]
    assert sent["model"] == "other-model"
    assert sent["instructions"] == "Be short."
    assert sent["reasoning"]["effort"] == "low"
    assert sent["max_output_tokens"] == 100
    assert sent["top_p"] == 0.9
    assert "temperature" not in sent


@on_loop
async def test_only_what_the_gateway_takes_is_offered(gateway):
    panel = respmagic.Panel()
    await settled()
    assert "Temperature" not in labels(panel)
    assert "Instructions" in labels(panel)
    [upload] = [w for w in widgets(panel) if type(w).__name__ == "FileUpload"]
    assert upload.disabled
    assert "takes neither images nor files" in upload.tooltip
    other = asking(gateway)
    await settled()
    [upload] = [w for w in widgets(other) if type(w).__name__ == "FileUpload"]
    assert upload.tooltip == "Images, PDFs and text to go along"
    assert {"Effort", "Temperature", "Max tokens"} <= set(labels(other))


@on_loop
async def test_tools_are_those_that_the_notebook_has_now(gateway, notebook):
    panel = asking(gateway)
    cell = "import respmagic\n@respmagic.tool\ndef {}():\n    'Do.'"
    notebook.run_cell(cell.format("first"))
    notebook.run_cell(cell.format("second"))
    await settled()
    assert {"first", "second"} <= set(labels(panel))
    field(panel, "first").value = False
    notebook.run_cell(cell.format("third") + "\ndel second")
    await settled()
    assert "second" not in labels(panel)
    assert not field(panel, "first").value
    gateway.add(Reply.sse(wire.text_response("Yes.")))
    await panel.ask("Go")
    assert [tool["name"] for tool in posted(gateway)[-1]["tools"]] == ["third"]


@on_loop
async def test_a_panel_may_be_told_its_tools(gateway, notebook):
    def plain(n: int) -> int:
        """Return it."""
        return n

    notebook.user_ns["named"] = plain
    panel = asking(gateway, tools=[plain])
    await settled()
    assert "plain" in labels(panel)
    gateway.add(Reply.sse(wire.text_response("Yes.")))
    await panel.ask("Go")
    assert [tool["name"] for tool in posted(gateway)[-1]["tools"]] == ["plain"]
    click(panel, "As a cell")
    await settled()
    assert " -t named " in field(panel, "Cell").value


@on_loop
async def test_attached_files_go_along_once(gateway):
    gateway.add(Reply.sse(wire.text_response("A pixel.")), Reply.sse(wire.text_response("No.")))
    panel = asking(gateway)
    await settled()
    attach(panel, ("dot$x$.gif", PIXEL), ("notes.txt", b"one <b>line"))
    prompt(panel).value = "What is it?"
    click(panel, "Send")
    await until(lambda: panel.result)
    [message] = posted(gateway)[-1]["input"]
    kinds = [part["type"] for part in message["content"]]
    assert sorted(kinds) == ["input_image", "input_text", "input_text"]
    await settled()
    assert "+ dot$x$.gif" in page(panel)
    assert "--file 'dot$x$.gif' --file notes.txt" in panel.cell()
    await panel.ask("And now?")
    assert "input_image" not in str(posted(gateway)[-1]["input"][-1])


@on_loop
async def test_that_a_picture_was_made_smaller_is_said(gateway):
    gateway.add(Reply.sse(wire.text_response("A field.")))
    panel = asking(gateway)
    await settled()
    large = io.BytesIO()
    Image.new("L", (3_000, 10)).save(large, "PNG")
    attach(panel, ("field.png", large.getvalue()))
    prompt(panel).value = "What is it?"
    click(panel, "Send")
    await until(lambda: panel.result)
    await settled()
    assert "field.png scaled from 3,000 × 10 to 2,048 × 7" in page(panel)


@on_loop
async def test_a_file_that_cannot_be_sent_is_refused_and_nothing_is_lost(gateway):
    panel = asking(gateway)
    await settled()
    attach(panel, ("data.bin", b"\x00\xff\x00"))
    prompt(panel).value = "Read it"
    click(panel, "Send")
    await settled()
    assert "OptionError: data.bin is neither PDF" in page(panel)
    assert prompt(panel).value == "Read it"
    assert "POST" not in [request.method for request in gateway.requests]


@on_loop
async def test_a_variable_is_put_into_the_prompt(notebook):
    panel = respmagic.Panel()
    notebook.run_cell("numbers = [1, 2, 3]\ndef f(): pass\nimport math")
    await settled()
    offered = field(panel, "insert a variable").options
    assert "numbers" in offered
    assert {"f", "math", "In", "Out"}.isdisjoint(offered)
    prompt(panel).value = "Sum up "
    field(panel, "insert a variable").value = "numbers"
    assert prompt(panel).value == "Sum up {{ numbers }}"
    assert field(panel, "insert a variable").value == ""


@on_loop
async def test_a_variable_in_the_prompt_goes_along_as_in_a_cell(gateway, notebook):
    gateway.add(Reply.sse(wire.text_response("Six.")))
    panel = asking(gateway)
    notebook.user_ns["numbers"] = [1, 2, 3]
    prompt(panel).value = "Sum up {{ numbers }} and {{ nmubers }}"
    click(panel, "Send")
    await settled()
    assert "did you mean numbers?" in page(panel)
    prompt(panel).value = "Sum up {{ numbers }}"
    click(panel, "Send")
    await until(lambda: panel.result)
    assert "[1,2,3]" in str(posted(gateway)[-1]["input"]).replace(" ", "")
    assert panel.cell().endswith(" -c panel\nSum up {{ numbers }}")
    gateway.add(Reply.sse(wire.text_response("As it is.")))
    await panel.ask("Explain {{ numbers }}")  # from code, as `respond` does it
    assert "{{ numbers }}" in str(posted(gateway)[-1]["input"][-1])
    assert panel.cell().endswith(" --no-template\nExplain {{ numbers }}")


@on_loop
async def test_another_conversation_is_shown_and_goes_on(gateway):
    gateway.add(*(Reply.sse(wire.text_response(f"Answer {n}.")) for n in range(3)))
    panel = asking(gateway)
    await panel.ask("In the panel")
    field(panel, "Conversation").value = "other"
    await settled()
    assert panel.conversation.name == "other"
    assert "In the panel" not in page(panel)
    await panel.ask("In the other")
    assert len(posted(gateway)[-1]["input"]) == 1
    field(panel, "Conversation").value = "panel"
    await settled()
    assert "In the panel" in page(panel)
    assert "In the other" not in page(panel)
    await panel.ask("Go on")
    assert len(posted(gateway)[-1]["input"]) == 3


@on_loop
async def test_one_that_was_dropped_begins_anew(gateway, notebook):
    gateway.add(*(Reply.sse(wire.text_response(f"Answer {n}.")) for n in range(3)))
    panel = asking(gateway)
    await panel.ask("In the old one")
    notebook.run_cell("%responses conversations drop panel")
    await settled()
    assert "the conversation panel was dropped: another one of that name begins here" in page(panel)
    assert "In the old one" not in page(panel)
    assert panel.results == ()
    await panel.ask("In the new one")
    assert len(posted(gateway)[-1]["input"]) == 1
    assert current_session().conversations["panel"] is panel.conversation
    notebook.run_line_magic("responses", "conversations drop panel")  # no cell has ended yet
    with pytest.raises(respmagic.OptionError, match="nothing to ask again"):
        panel.retry()
    await panel.ask("In a third")
    assert len(posted(gateway)[-1]["input"]) == 1


@on_loop
async def test_one_that_was_dropped_while_it_answers_is_left_afterwards(gateway, notebook):
    gate = Gate()
    gateway.add(held(wire.text_response("One two."), gate, "One"))
    gateway.add(Reply.sse(wire.text_response("Two.")))
    panel = asking(gateway)
    answer = panel.ask("First")
    await until(lambda: "One" in page(panel))
    notebook.run_cell("%responses conversations drop panel")
    gate.open()
    assert (await answer).text == "One two."
    await settled()
    assert panel.results == (await answer,)
    await panel.ask("Second")
    assert len(posted(gateway)[-1]["input"]) == 1
    assert [result.text for result in panel.results] == ["Two."]


@on_loop
async def test_one_that_is_of_no_notebook_is_not_dropped(gateway, notebook):
    talk = respmagic.Conversation()
    panel = asking(gateway, conversation=talk)
    notebook.run_cell("pass")
    await settled()
    assert panel.conversation is talk


@on_loop
async def test_a_name_that_is_none_leaves_the_conversation():
    panel = respmagic.Panel()
    field(panel, "Conversation").value = "two words"
    await settled()
    assert "is no name of a conversation" in page(panel)
    assert field(panel, "Conversation").value == panel.conversation.name == "panel"
    assert list(current_session().conversations) == ["panel"]


@on_loop
async def test_everything_to_click_or_write_in_has_a_name(gateway):
    panel = asking(gateway)
    gateway.add(Reply.sse(wire.text_response("Yes.")))
    await panel.ask("Go")
    await settled()
    kinds = ("Button", "Text", "Textarea", "Combobox", "Checkbox", "FileUpload")
    controls = [w for w in widgets(panel) if type(w).__name__ in kinds]
    assert len(controls) > 12
    assert all(w.tooltip for w in controls)
    assert all(w.description or w.placeholder.strip("\u200b") for w in controls)


@on_loop
async def test_an_emptied_name_is_the_conversations_again(gateway):
    panel = asking(gateway)
    field(panel, "Conversation").value = " "
    assert field(panel, "Conversation").value == "panel"


@on_loop
async def test_a_conversation_that_is_renamed_is_shown_by_its_new_name(gateway, notebook):
    panel = asking(gateway)
    notebook.run_cell("%responses conversations rename panel other")
    assert field(panel, "Conversation").value == "other"
    await settled()
    assert field(panel, "Conversation").options == ("other",)
    assert panel.conversation is current_session().conversation("other")
