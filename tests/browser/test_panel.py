"""The panel in JupyterLab and Notebook 7: what a person sees and clicks."""

from __future__ import annotations

import re
import time

import pytest
from frontend import PATIENCE, FrontEnd
from pages import LOAD, SHOTS, held
from panelpage import PANEL, PanelOnPage, panel_cells
from playwright.sync_api import expect

import wire
from gateway import Gateway
from replies import Gate, Reply

pytestmark = pytest.mark.browser

MODELS = Reply.json({"data": [{"id": "gpt-test"}, {"id": "gpt-other"}]})
TOOLS = '''
@respmagic.tool
async def tell(who: str) -> str:
    """Tell something."""
    print("telling", who)
    return f"told {who}"

@respmagic.tool(approve="ask")
def delete(path: str) -> str:
    """Delete a file."""
    return f"deleted {path}"
'''
PIXEL = bytes.fromhex(
    "47494638396101000100800000050404000000 2c00000000010001000002024401003b".replace(" ", "")
)


def opened(front: FrontEnd, gateway: Gateway, *more: str, tools: str = "") -> tuple:
    """A notebook with a panel, run."""
    gateway.route("GET", "/v1/models", MODELS)
    notebook = front.open("panel.ipynb", *panel_cells(gateway.base_url, tools), *more)
    for number in (0, 1):
        notebook.cell(number).run()
        notebook.cell(number).wait()
    return notebook, PanelOnPage(notebook.cell(1).outputs).wait()


def test_a_turn_streams_is_stopped_goes_on_and_survives_a_reload(front: FrontEnd, gateway: Gateway):
    gate, never = Gate(), Gate()
    gateway.add(held(wire.text_response("One **two** $a^2 < b$ three."), gate, " **two**"))
    gateway.add(held(wire.text_response("A partial answer.", id="resp_2"), never, " partial"))
    gateway.add(Reply.json({"error": {"message": "No such key", "code": "invalid_api_key"}}, 401))
    gateway.add(Reply.sse(wire.text_response("Here I am again.", id="resp_4")))
    notebook, panel = opened(front, gateway, "busy = 1", "import time; time.sleep(3); 'over'")
    panel.type("Count to\nthree")
    expect(panel.prompt).to_have_value("")
    expect(panel.turns.nth(0).get_by_text("One two")).to_be_visible()
    # It goes on while another cell runs.
    notebook.cell(3).run()
    expect(notebook.cell(3).prompt).to_have_text("[*]:")
    gate.open()
    expect(panel.turns.nth(0).get_by_text("three.")).to_be_visible()
    expect(panel.turns.nth(0).locator("mjx-container")).to_be_visible()
    assert notebook.cell(3).prompt.inner_text() == "[*]:"
    notebook.cell(3).wait()
    panel.ended(0)
    panel.send("Now something long")
    expect(panel.turns.nth(1).get_by_text("A partial")).to_be_visible()
    began = time.monotonic()
    panel.button("Stop").click()
    expect(panel.turns.nth(1).get_by_text("Interrupted: stopped")).to_be_visible()
    print(f"\nStop on an idle kernel, {front.server.app.name}: {time.monotonic() - began:.3f} s")
    gateway.disconnected.wait()
    expect(panel.turns.nth(1)).to_contain_text("A partial")
    panel.send("Fail")
    expect(panel.turns.nth(2).locator(".respmagic-error")).to_contain_text(
        re.compile("^AuthenticationError: .*No such key")
    )
    panel.button("Retry").click()
    expect(panel.turns.nth(2)).to_contain_text("Here I am again.")
    panel.ended(2)
    expect(panel.turns).to_have_count(3)
    said = str(gateway.requests[-1].json["input"])
    assert "Count to\\nthree" in said
    assert "One **two**" in said
    # The page is loaded again, and the kernel still has it all.
    notebook.save()
    notebook.page.reload()
    notebook.wait_until_idle()
    panel.wait()
    expect(panel.turns).to_have_count(3, timeout=PATIENCE)
    expect(panel.turns.nth(0)).to_contain_text("three.")
    gateway.add(Reply.sse(wire.text_response("After the reload.", id="resp_5")))
    panel.send("Are you there?")
    expect(panel.turns.nth(3)).to_contain_text("After the reload.")
    assert notebook.view.foreign_hosts == set()


def test_tools_run_together_and_ask_by_buttons(front: FrontEnd, gateway: Gateway):
    calls = [("tell", {"who": "Ada"}), ("tell", {"who": "Bob"}), ("delete", {"path": "a.csv"})]
    gateway.add(Reply.sse(wire.call_response(calls)))
    gateway.add(Reply.sse(wire.text_response("All done.", id="resp_2")))
    gateway.add(Reply.sse(wire.call_response([("delete", {"path": "b.csv"})], id="resp_3")))
    gateway.add(Reply.sse(wire.text_response("As you wish.", id="resp_4")))
    gateway.add(Reply.sse(wire.call_response([("delete", {"path": "c.csv"})], id="resp_5")))
    gateway.add(Reply.sse(wire.text_response("Changed.", id="resp_6")))
    notebook, panel = opened(front, gateway, tools=TOOLS)
    panel.send("Tell both and delete")
    expect(panel.turns.nth(0).get_by_text("May delete run?")).to_be_visible()
    expect(panel.turns.nth(0).get_by_text('tell(who="Bob") → told Bob')).to_be_visible()
    notebook.shot(SHOTS / f"panel-approval-{front.server.app.name}.png")
    panel.button("Allow").click()
    turn = panel.ended(0)
    expect(turn).to_contain_text('delete(path="a.csv") → deleted a.csv')
    expect(turn).to_contain_text("All done.")
    panel.send("Delete another")
    panel.root.get_by_placeholder("why not?").fill("no more")
    panel.button("Deny").click()
    expect(panel.ended(1)).to_contain_text("denied: the user did not allow this call")
    outputs = [i for i in gateway.requests[-1].json["input"] if "output" in i]
    assert outputs[-1]["output"].endswith("They say: no more")
    panel.send("Delete a third")
    panel.button("Edit").click()
    panel.field("Arguments").fill('{"path": "other.csv"}')
    panel.button("Allow").click()
    expect(panel.ended(2)).to_contain_text("arguments, changed by the user")
    expect(panel.ended(2)).to_contain_text("deleted other.csv")


def test_choices_files_cells_and_the_static_copy(front: FrontEnd, gateway: Gateway):
    answers = ["First.", "Second.", "To the cell.", "In another."]
    gateway.add(*(Reply.sse(wire.text_response(t, id=f"resp_{n}")) for n, t in enumerate(answers)))
    notebook, panel = opened(front, gateway, "", "%responses panel --static", "answer.text")
    expect(panel.field("Model")).to_have_value("gpt-test")
    for name in ("gpt-test", "gpt-other", "openrouter"):
        offered = panel.root.locator(f'datalist option[value="{name}"]')
        expect(offered.first).to_be_attached(timeout=PATIENCE)
    panel.choose("Model", "gpt-other")
    with notebook.page.expect_file_chooser() as chooser:
        panel.root.get_by_role("button", name=re.compile("Attach")).click()
    chooser.value.set_files({"name": "dot.gif", "mimeType": "image/gif", "buffer": PIXEL})
    expect(panel.root.get_by_role("button", name="Attach (1)")).to_be_visible()
    panel.send("What is in it?")
    turn = panel.ended(0)
    expect(turn).to_contain_text("+ dot.gif")
    sent = gateway.requests[-1].json
    assert sent["model"] == "gpt-other"
    assert "input_image" in [part["type"] for part in sent["input"][-1]["content"]]
    panel.send("And <b>now</b>?")
    turn = panel.ended(1)
    turn.get_by_label("Keep as").fill("answer")
    turn.get_by_label("Keep as").press("Enter")
    expect(panel.root).to_contain_text("answer holds this result now")
    # As a cell: shown, copied, pasted into a cell, run; and the panel follows.
    turn.get_by_role("button", name="As a cell").click()
    cell_text = turn.get_by_label("Cell").input_value()
    assert cell_text.startswith("%%responses ")
    assert cell_text.endswith("\nAnd <b>now</b>?")
    turn.get_by_label("Cell").press("Control+a")
    turn.get_by_label("Cell").press("Control+c")
    notebook.cell(2).locator.locator(".cm-content").click()
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.press("Control+v")
    notebook.cell(2).run()
    notebook.cell(2).wait()
    expect(notebook.cell(2).value).to_contain_text("To the cell.")
    expect(panel.turns).to_have_count(3)
    expect(panel.turns.nth(2)).to_contain_text("To the cell.")
    # Another conversation, and back.
    panel.choose("Conversation", "other")
    expect(panel.turns).to_have_count(0)
    panel.send("Somewhere else")
    panel.ended(0)
    assert len(gateway.requests[-1].json["input"]) == 1
    panel.choose("Conversation", "panel")
    expect(panel.turns).to_have_count(3)
    # What remains without a kernel.
    for number in (3, 4):
        notebook.cell(number).run()
        notebook.cell(number).wait()
    expect(notebook.cell(3).value).to_contain_text("And <b>now</b>?")
    expect(notebook.cell(4).value).to_have_text("'Second.'")
    saved = notebook.save()
    front.server.write_without_kernel("kept.ipynb", saved, trusted=False)
    reopened = front.open_without_kernel("kept.ipynb")
    copy = reopened.cell(3).value
    expect(copy.locator(".respmagic-question")).to_have_count(3)
    expect(copy).to_contain_text("To the cell.")
    text = "".join(saved["cells"][1]["outputs"][-1]["data"]["text/plain"])
    assert text.startswith("A respmagic panel: it needs the kernel")


def test_the_embedded_model_answers_and_clicks_wait_for_the_running_cell(front: FrontEnd):
    sleep = "import time; time.sleep(2); 'over'"
    notebook = front.open("demo.ipynb", LOAD + TOOLS, PANEL, sleep)
    for number in (0, 1):
        notebook.cell(number).run()
        notebook.cell(number).wait()
    panel = PanelOnPage(notebook.cell(1).outputs).wait()
    notebook.cell(2).run()
    expect(notebook.cell(2).prompt).to_have_text("[*]:")
    panel.send("Hello, who are you?")
    expect(panel.turns).to_have_count(0)
    notebook.cell(2).wait()
    expect(panel.ended(0)).to_contain_text("I am respmagic-demo")
    expect(panel.root).to_contain_text("clicks wait for the running cell")
    panel.button("Clear").click()
    expect(panel.turns).to_have_count(0)
    # By keyboard alone: from the prompt on, Tab reaches the buttons in order.
    panel.prompt.click()
    notebook.page.keyboard.type("Hello again")
    notebook.page.keyboard.press("Tab")
    expect(panel.button("Send")).to_be_focused()
    notebook.page.keyboard.press("Enter")
    expect(panel.ended(0)).to_contain_text("I am respmagic-demo")
