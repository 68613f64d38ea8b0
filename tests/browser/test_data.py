"""A chain of calls on a notebook's own data, as a person sees it: tables and a picture."""

from __future__ import annotations

import shutil

import pytest
from frontend import FrontEnd
from pages import ROOT, SHOTS
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_frames_and_pictures_are_shown_in_the_cards(front: FrontEnd):
    shutil.copy(ROOT / "notebooks" / "tools_on_data.ipynb", front.server.folder)
    notebook = front.open("tools_on_data.ipynb")
    notebook.choose("Edit", "Clear Outputs of All Cells")
    notebook.run_all()
    notebook.cell(notebook.page.locator(".jp-CodeCell").count() - 1).wait()
    cards = notebook.outputs.locator(".respmagic").first.locator("details.respmagic-call")
    expect(cards).to_have_count(3)
    expect(cards.nth(0).locator("summary")).to_contain_text("describe(df=sales)")
    expect(cards.nth(2).locator("summary")).to_contain_text('plot(df=df_2, x="month", y="units")')
    picture = cards.nth(2).locator("img")
    expect(picture).to_be_visible()  # the card is open by itself
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    cards.nth(1).locator("summary").click()
    expect(cards.nth(1).locator("table")).to_be_visible()
    expect(cards.nth(1).locator("tbody tr")).to_have_count(8)
    picture.scroll_into_view_if_needed()
    notebook.shot(SHOTS / f"tools_on_data-{front.server.app.name}.png")
    assert notebook.view.foreign_hosts == set()
