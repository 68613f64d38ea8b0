"""Hostile text in every part of a panel does nothing: as it streams, asks, fails and stays."""

from __future__ import annotations

import json

import pytest
from frontend import JUPYTERLAB, PATIENCE, FrontEnd
from hostile import CONTROL, FLAG, HARMFUL, TOOLS, before_the_end, check_inert, said
from pages import SHOTS, noted
from panelpage import PanelOnPage
from playwright.sync_api import expect

import wire
from gateway import Gateway, Received
from replies import Gate, Reply

pytestmark = pytest.mark.browser

CELLS = (
    """
import json
texts = json.load(open("texts.json"))
@respmagic.tool(approve="ask")
def wanted(text: str) -> str:
    return text
panel = respmagic.Panel(
    model="gpt-test", base_url=URL, retries=0, tools=[echo, show, fail, wanted]
)
panel""",
    'panel.ask("\\n".join(texts)); None',
    """
for text in texts[:20]:
    try:
        await panel.ask(text)
    except respmagic.RespmagicError:
        pass""",
    'panel.ask("Ask me"); None',
    "panel.static()",
)


def refused(received: Received) -> Reply:
    """What was asked, as the reason why not."""
    said = received.json["input"][-1]["content"]
    return Reply.json(
        {"error": {"message": said if isinstance(said, str) else said[0]["text"]}}, 400
    )


def test_hostile_text_in_every_part_of_a_panel(front: FrontEnd, gateway: Gateway):
    # Both front ends show widgets by the same code: one of them gets them all.
    step = 1 if front.server.app is JUPYTERLAB else 4
    texts = [line["text"].replace("alert(1)", FLAG) for line in noted("hostile.jsonl")][::step]
    prompts = [text for text in texts if text.encode(errors="ignore").decode() == text]
    (front.server.folder / "texts.json").write_text(json.dumps(prompts))
    models = json.dumps({"data": [{"id": text} for text in texts]})
    gateway.route("GET", "/v1/models", Reply.text(models, content_type="application/json"))
    called, ended = Gate(), Gate()
    gateway.add(before_the_end(said(texts), called), before_the_end([], ended, id="resp_2"))
    cells = [cell.replace("URL", repr(gateway.base_url)) for cell in CELLS]
    notebook = front.open("panel-hostile.ipynb", CONTROL + TOOLS, *cells)
    for number in (0, 1, 2):
        notebook.cell(number).run()
        notebook.cell(number).wait()
    page, panel = notebook.page, PanelOnPage(notebook.cell(1).outputs).wait()
    # As it streams, and at its end; the prompt holds them, too.
    called.reached.wait()
    expect(panel.root.get_by_text("Enough.", exact=True)).to_have_count(1, timeout=PATIENCE)
    check_inert(page, panel.root, len(texts))
    called.open()
    ended.open()
    panel.ended(0)
    check_inert(page, panel.root, len(texts))
    assert panel.root.locator("datalist option").count() > 20
    # In errors.
    gateway.answer = refused
    notebook.cell(3).run()
    notebook.cell(3).wait()
    errors = panel.root.locator(".respmagic:has(.respmagic-error)")
    expect(errors).to_have_count(20, timeout=PATIENCE)
    assert errors.evaluate_all(HARMFUL) == []
    # In questions, and in the cell to copy.
    calls = wire.call_response([("wanted", {"text": text}) for text in texts[:20]])
    gateway.add(Reply.sse(list(map(json.dumps, calls))))
    notebook.cell(4).run()
    questions = panel.root.locator(".respmagic-approval")
    expect(questions).to_have_count(20, timeout=PATIENCE)
    assert questions.locator(".respmagic").evaluate_all(HARMFUL) == []
    panel.turns.nth(0).get_by_role("button", name="As a cell").click()
    expect(panel.field("Cell")).to_be_visible(timeout=PATIENCE)
    notebook.shot(SHOTS / f"panel-hostile-{front.server.app.name}.png")
    assert page.evaluate("window.fired") is None
    panel.button("Stop").click()
    expect(questions).to_have_count(0, timeout=PATIENCE)
    # In the copy that stays.
    notebook.cell(5).run()
    notebook.cell(5).wait()
    copy = notebook.cell(5).outputs
    expect(copy.locator(".respmagic-question")).to_have_count(22)
    check_inert(page, copy, len(texts), further=20)
    assert notebook.view.foreign_hosts == set()
