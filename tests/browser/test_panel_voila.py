"""A notebook that is only a panel, served by Voila to people who see no code."""

from __future__ import annotations

import pytest
from frontend import JUPYTERLAB, PATIENCE, Chromium, Server
from pages import LOAD, SHOTS
from panelpage import PANEL, PanelOnPage
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TOOLS = """
@respmagic.tool
def add(a: int, b: int) -> int:
    '''Add two numbers.'''
    return a + b
"""
# Voila asks for icons and MathJax, and does without where they cannot be had.
VOILA_HOSTS = {"cdn.jsdelivr.net", "cdnjs.cloudflare.com"}


@pytest.mark.parametrize("server", [JUPYTERLAB], ids=["Voila"], indirect=True)
def test_voila_serves_a_panel(server: Server, chromium: Chromium):
    server.write("only-a-panel.ipynb", LOAD + TOOLS, PANEL)
    view = chromium.new_page()
    view.page.goto(server.url("only-a-panel.ipynb", at="voila/render"), timeout=PATIENCE)
    panel = PanelOnPage(view.page.locator("body")).wait()
    expect(view.page.locator(".cm-content")).to_have_count(0)
    panel.type("Add 20 and 22.")
    turn = panel.ended(0)
    expect(turn).to_contain_text("add(a=20, b=22) → 42")
    panel.send("Hello")
    expect(panel.ended(1)).to_contain_text("respmagic-demo")
    SHOTS.mkdir(exist_ok=True)
    view.page.screenshot(path=SHOTS / "panel-Voila.png")
    assert view.foreign_hosts <= VOILA_HOSTS
    chromium.close_pages()
    server.stop_kernels()
