"""The quickstart and hostile text in JupyterLab, in a real browser."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

import wire
from gateway import Gateway, Received
from lab import OUTPUT, Browser, Lab
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
            return Reply.sse(wire.call_response(calls))
        return Reply.sse(wire.reasoning_response(text, text))

    lab.write(
        "hostile.ipynb",
        "%load_ext respmagic\nfrom IPython.display import HTML\n"
        f"HTML('<img src=\"x:control\" onerror=\"{FLAG.replace('fired', 'control')}\">')",
        "def echo(text: str) -> str:\n    print(text)\n    return text\n"
        "class Shown:\n    def __init__(self, text): self.text = text\n"
        "    def _repr_html_(self): return self.text\n"
        "def fail(text: str):\n    display(Shown(text))\n    raise ValueError(text)",
        "import urllib.request\n"
        "def ask(n): return respmagic.respond(f'number {n}', model='m', base_url=URL, "
        "tools=[echo, fail], retries=0)",
    )
    with Gateway() as gateway:
        gateway.answer = answer
        notebook_file = lab.folder / "hostile.ipynb"
        notebook_file.write_text(notebook_file.read_text().replace("URL", repr(gateway.base_url)))
        add_cell(notebook_file, f"for n in range({len(texts)}): display(ask(n))")
        add_cell(notebook_file, f"%%responses -m m --base-url {gateway.base_url} -t echo,fail\nnumber 0")
        notebook = browser.open("hostile.ipynb")
        notebook.run_all()
        notebook.wait_for_cell(4)
    shown = notebook.page.locator(f"{OUTPUT} .respmagic")
    expect(shown).to_have_count(len(texts) + 1)
    for details in notebook.page.locator(f"{OUTPUT} details").all():
        details.evaluate("node => { node.open = true }")
    notebook.page.wait_for_load_state("networkidle")
    assert notebook.page.evaluate("window.control") == 1
    assert notebook.page.evaluate("window.fired") is None
    found = "nodes => nodes.flatMap(n => [...n.querySelectorAll('*')]).map(e => e.tagName)"
    tags = set(shown.evaluate_all(found))
    assert tags.isdisjoint({"SCRIPT", "IFRAME", "IMG", "SVG", "FORM", "OBJECT", "EMBED", "INPUT"})
    SHOTS.mkdir(exist_ok=True)
    notebook.page.screenshot(path=SHOTS / "hostile.png")


def add_cell(path: Path, source: str) -> None:
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, path)
