"""A panel on a page, used as a person uses it."""

from __future__ import annotations

from frontend import PATIENCE
from pages import LOAD
from playwright.sync_api import Locator, expect

PANEL = "%responses panel"


class PanelOnPage:
    """The panel in the outputs of a cell, or anywhere below `place`."""

    def __init__(self, place: Locator) -> None:
        self.root = place.locator(".respmagic-panel")
        self.prompt = self.root.locator(".respmagic-prompt textarea")
        self.transcript = self.root.locator(".respmagic-transcript")
        self.turns = self.root.locator(".respmagic-turn")
        self.page = place.page

    def wait(self) -> PanelOnPage:
        """Wait until it can be used."""
        expect(self.prompt).to_be_visible(timeout=PATIENCE)
        return self

    def button(self, name: str) -> Locator:
        """The last button of this name."""
        return self.root.get_by_role("button", name=name, exact=True).last

    def field(self, label: str) -> Locator:
        """A field by its label."""
        return self.root.get_by_label(label, exact=True).last

    def send(self, text: str) -> None:
        """Write a prompt and press Send."""
        self.prompt.fill(text)
        self.button("Send").click()

    def type(self, text: str) -> None:
        """Type a prompt, and press Shift+Enter."""
        self.prompt.click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Shift+Enter")

    def choose(self, label: str, value: str) -> None:
        """Write into a field and leave it."""
        self.field(label).fill(value)
        self.field(label).press("Enter")

    def ended(self, number: int) -> Locator:
        """A turn, once it is over."""
        turn = self.turns.nth(number)
        expect(turn.get_by_role("button", name="As a cell")).to_be_visible(timeout=PATIENCE)
        return turn


def panel_cells(gateway_url: str, *more: str, options: str = "") -> list[str]:
    """Cells that load the extension and show a panel that asks the gateway."""
    where = f"model='gpt-test', base_url={gateway_url!r}, retries=0"
    return ["\n".join([LOAD, *more]), f"panel = respmagic.Panel({where}{options})\npanel"]
