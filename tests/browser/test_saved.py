"""What remains in the file: opened again without a kernel, by others, and exported as a page."""

from __future__ import annotations

import pytest
from frontend import JUPYTERLAB, FrontEnd
from pages import LOAD, NBCONVERT_HOSTS, SHOTS, ask, export
from playwright.sync_api import Locator, expect

import wire
from gateway import Gateway
from replies import Reply

pytestmark = pytest.mark.browser

CODE = 'for n in range(3):\n    print("<b>", n & 1)\n'
ANSWER = f"## What I saw\n\nA **square**, List<int> and $a<b$.\n\n```python\n{CODE}```"
PIXEL = "R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
TOOLS = f"""
from base64 import b64decode
from IPython.display import Image, display

class Table:
    def _repr_html_(self):
        return "<table><tr><td>a cell of a table</td></tr></table>"

def look(at: str):
    print("looking at", at)
    display(Image(data=b64decode("{PIXEL}"), format="gif"))
    return Table()

def fail():
    raise ValueError("no <i>luck</i>")
"""


def check_answer(answer: Locator) -> None:
    """Text, code, cards and last line are there, and the cards open."""
    expect(answer).to_have_count(1)
    expect(answer.get_by_role("heading", name="What I saw")).to_be_visible()
    expect(answer.locator("strong", has_text="square")).to_be_visible()
    assert answer.locator("pre > code").first.text_content() == CODE
    expect(answer.locator(".respmagic-line, p:has(> small)").last).to_have_text(
        "gpt-test · 20 + 10 tokens · tools: look, fail"
    )
    look, fail, reasoning = answer.locator("details").all()
    expect(look.get_by_text("look(at=")).to_be_visible()
    if look.get_attribute("open") is None:
        look.locator("summary").click()
    expect(look.get_by_text("looking at the table")).to_be_visible()
    expect(look.get_by_role("cell", name="a cell of a table")).to_be_visible()
    picture = look.locator("img")
    expect(picture).to_have_count(1)
    assert picture.evaluate("node => node.naturalWidth") == 1
    expect(fail.locator("summary")).to_contain_text("ValueError: no <i>luck</i>")
    reasoning.locator("summary").click()
    expect(reasoning.get_by_text("I look first.")).to_be_visible()


def test_a_saved_answer_is_there_without_a_kernel_for_others_and_as_a_page(
    front: FrontEnd, gateway: Gateway
):
    calls = [("look", {"at": "the table"}), ("fail", {})]
    gateway.add(Reply.sse(wire.call_response(calls)))
    gateway.add(Reply.sse(wire.reasoning_response("I look first.", ANSWER, id="resp_2")))
    notebook = front.open("saved.ipynb", LOAD + TOOLS, ask(gateway, options="-t look,fail"))
    notebook.run_all()
    notebook.cell(1).wait()
    check_answer(notebook.cell(1).value.locator(".respmagic"))
    saved = notebook.save()
    front.close()
    running = front.server.kernels()
    for trusted in (True, False):
        name = f"reopened-{trusted}.ipynb"
        front.server.write_without_kernel(name, saved, trusted=trusted)
        again = front.open_without_kernel(name)
        check_answer(again.cell(1).value.locator("div:has(> details)").first)
        again.shot(SHOTS / f"reopened-{front.server.app.name}-{trusted}.png")
        assert again.view.foreign_hosts == set()
    assert front.server.kernels() == running  # opening it has started none
    if front.server.app is JUPYTERLAB:  # the page does not tell who saved the file
        view = front.open_file(export(notebook.path))
        check_answer(view.page.locator(".jp-OutputArea-output .respmagic"))
        view.page.screenshot(path=SHOTS / "exported.png")
        assert view.foreign_hosts <= NBCONVERT_HOSTS
