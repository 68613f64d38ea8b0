"""The quickstart and hostile text in JupyterLab, in a real browser."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from lab import OUTPUT, Browser, Lab
from playwright.sync_api import expect

import wire
from gateway import Gateway, Received
from replies import Reply

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
NOTES = Path(os.environ.get("RESPMAGIC_NOTES") or ROOT.parent / "shared" / "notes")
SHOTS = Path(os.environ.get("RESPMAGIC_SHOTS") or ROOT / ".shots")

FLAG = "window.fired=1"


def test_the_quickstart_shows_answers_cards_and_last_lines(lab: Lab, browser: Browser):
    shutil.copy(ROOT / "notebooks" / "quickstart.ipynb", lab.folder)
    notebook = browser.open("quickstart.ipynb")
    notebook.page.get_by_role("menuitem", name="Edit", exact=True).click()
    notebook.page.get_by_role("menuitem", name="Clear Outputs of All Cells", exact=True).click()
    notebook.run_all()
    cells = notebook.page.locator(".jp-CodeCell").count()
    notebook.wait_for_cell(cells - 1)
    answer = notebook.page.locator(f"{OUTPUT} .respmagic").first
    expect(answer.locator("details.respmagic-call").first).to_be_visible()
    expect(answer.locator(".respmagic-line")).to_contain_text("respmagic-demo")
    SHOTS.mkdir(exist_ok=True)
    answer.locator("summary").first.click()
    notebook.page.screenshot(path=SHOTS / "quickstart.png")
    saved = notebook.save()
    for cell in saved["cells"]:
        if "".join(cell["source"]).startswith("%%responses"):
            [output] = cell["outputs"]
            assert output["output_type"] == "execute_result"
            assert set(output["data"]) == {"text/html", "text/plain"}


CONTROL = f"""%load_ext respmagic
from IPython.display import HTML
HTML('<img src="x:control" onerror="{FLAG.replace("fired", "control")}">')"""

HOSTILE_TOOLS = """
class Shown:
    def __init__(self, text): self.text = text
    def _repr_html_(self): return self.text
def echo(text: str) -> str:
    print(text)
    return text
def fail(text: str):
    display(Shown(text))
    raise ValueError(text)
def ask(n):
    return respmagic.respond(
        f"number {n}", model="m", base_url=URL, tools=[echo, fail], retries=0
    )
"""


def hostile_texts() -> list[str]:
    path = NOTES / "hostile.jsonl"
    if not path.exists():
        pytest.skip("set RESPMAGIC_NOTES to the folder that holds hostile.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"].replace("alert(1)", FLAG) for line in lines if line]


def test_hostile_text_is_inert_wherever_it_stands(lab: Lab, browser: Browser):
    texts = hostile_texts()

    def answer(request: Received) -> Reply:
        """Each text as tool name, arguments and error, then as reasoning and answer."""
        items = request.json["input"]
        number = int(items[0]["content"].split()[1])
        text = texts[number]
        if len(items) == 1:
            calls = [("echo", {"text": text}), (text, {"any": text}), ("fail", {"text": text})]
            return Reply.sse(map(json.dumps, wire.call_response(calls)))
        return Reply.sse(map(json.dumps, wire.reasoning_response(text, text)))

    with Gateway() as gateway:
        gateway.answer = answer
        url = gateway.base_url
        batches = [range(len(texts))[start : start + 40] for start in range(0, len(texts), 40)]
        lab.write(
            "hostile.ipynb",
            CONTROL,
            HOSTILE_TOOLS.replace("URL", repr(url)),
            # JupyterLab shows fifty outputs of a cell and folds the others away.
            *(f"for n in {batch!r}: display(ask(n))" for batch in batches),
            f"%%responses -m m --base-url {url} -t echo,fail\nnumber 0",
        )
        notebook = browser.open("hostile.ipynb")
        notebook.run_all()
        notebook.wait_for_cell(2 + len(batches))
    shown = notebook.page.locator(f"{OUTPUT} .respmagic")
    expect(shown).to_have_count(len(texts) + 1)
    details = notebook.page.locator(f"{OUTPUT} details")
    details.evaluate_all("nodes => nodes.forEach(node => { node.open = true })")
    notebook.page.wait_for_load_state("networkidle")
    assert notebook.page.evaluate("window.control") == 1
    assert notebook.page.evaluate("window.fired") is None
    harmful = shown.locator(
        "script, iframe, svg, form, object, embed, input, link, meta, [onerror], [onload], "
        "img[src]:not([src^='data:image/']), a[href^='javascript'], a[href^='data']"
    )
    assert [element.evaluate("e => e.outerHTML") for element in harmful.all()] == []
    SHOTS.mkdir(exist_ok=True)
    notebook.page.screenshot(path=SHOTS / "hostile.png")
