"""How a panel looks, narrow and wide, light and dark: nothing sticks out, all can be read."""

from __future__ import annotations

import pytest
from frontend import FrontEnd
from pages import LOAD, SHOTS
from panelpage import PANEL, PanelOnPage
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TOOLS = '''
import random

@respmagic.tool
def random_generator(min: int = 1, max: int = 100, count: int = 1) -> list[int]:
    """Random whole numbers."""
    return [random.randint(min, max) for _ in range(count)]

@respmagic.tool(approve="ask")
def delete_file(path: str) -> str:
    """Delete a file."""
    return "deleted " + path

numbers = [1, 2, 3]
'''
# Text against what is behind it, as WCAG counts contrast.
CONTRAST = """node => {
    const channels = text => (text.match(/[\\d.]+/g) || []).map(Number)
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0)
    let behind = node, found = [0, 0, 0, 0]
    while (behind && (found.length > 3 && found[3] < .9)) {
        found = channels(getComputedStyle(behind).backgroundColor)
        behind = behind.parentElement
    }
    const [a, b] = [light(channels(getComputedStyle(node).color)), light(found)].sort()
    return (b + .05) / (a + .05)
}"""
STICKING_OUT = """(root) => [...root.querySelectorAll("input,textarea,button,.respmagic,label")]
    .filter(node => node.offsetParent !== null)
    .filter(node => node.getBoundingClientRect().right > root.getBoundingClientRect().right + 1)
    .map(node => node.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_panel_fits_and_can_be_read(front: FrontEnd, theme: str):
    front.server.set_theme(f"JupyterLab {theme}")
    notebook = front.open("look.ipynb", LOAD + TOOLS, PANEL)
    for number in (0, 1):
        notebook.cell(number).run()
        notebook.cell(number).wait()
    panel = PanelOnPage(notebook.cell(1).outputs).wait()
    panel.send("Give me 3 random numbers between 1 and 100.")
    panel.ended(0).get_by_role("button", name="As a cell").click()
    expect(panel.field("Cell")).to_be_visible()
    panel.send("Delete the file 'old.csv'")
    expect(panel.root.get_by_text("May delete_file run?")).to_be_visible()
    panel.button("Edit").click()
    panel.root.get_by_text("Settings and tools").click()
    expect(panel.field("random_generator")).to_be_checked()
    app = front.server.app.name
    for width in (600, 1400):
        notebook.page.set_viewport_size({"width": width, "height": 1500})
        panel.button("Allow").scroll_into_view_if_needed()
        expect(panel.prompt).to_be_in_viewport()
        notebook.shot(SHOTS / f"panel-{app}-{theme}-{width}.png")
        assert panel.root.evaluate(STICKING_OUT) == []
        box, prompt = panel.root.bounding_box(), panel.prompt.bounding_box()
        assert prompt["width"] > 0.9 * box["width"]
    for sight in (
        panel.root.locator(".respmagic-question").first,
        panel.root.locator(".respmagic-line").first,
        panel.root.get_by_text("May delete_file run?"),
        panel.prompt,
    ):
        assert sight.evaluate(CONTRAST) > 4.5
