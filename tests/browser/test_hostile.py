"""Hostile text does nothing, wherever it stands: as it streams, at the end, exported."""

from __future__ import annotations

import pytest
from frontend import JUPYTERLAB, FrontEnd
from hostile import CONTROL, FLAG, TOOLS, before_the_end, check_inert, said
from pages import NBCONVERT_HOSTS, SHOTS, ask, export, noted
from playwright.sync_api import expect

from gateway import Gateway
from replies import Gate

pytestmark = pytest.mark.browser


def test_hostile_text_is_inert_while_it_streams_at_the_end_and_exported(
    front: FrontEnd, gateway: Gateway
):
    texts = [line["text"].replace("alert(1)", FLAG) for line in noted("hostile.jsonl")]
    called, ended = Gate(), Gate()
    gateway.add(before_the_end(said(texts), called))
    gateway.add(before_the_end([], ended, id="resp_2"))
    options = "-t echo,show,fail"
    notebook = front.open("hostile.ipynb", CONTROL + TOOLS, ask(gateway, options=options))
    page, cell = notebook.page, notebook.cell(1)
    notebook.run_all()
    called.reached.wait()
    expect(cell.outputs.get_by_text("Enough.", exact=True)).to_have_count(1, timeout=60_000)
    check_inert(page, cell.outputs, len(texts))
    called.open()
    ended.reached.wait()
    expect(cell.outputs.get_by_text("Enough.", exact=True)).to_have_count(2, timeout=60_000)
    check_inert(page, cell.outputs, len(texts))
    notebook.shot(SHOTS / f"hostile-{front.server.app.name}.png")
    ended.open()
    cell.wait()
    expect(cell.value.locator(".respmagic")).to_have_count(1)
    check_inert(page, cell.outputs, len(texts))
    notebook.save()
    assert notebook.view.foreign_hosts == set()
    if front.server.app is JUPYTERLAB:  # the page does not tell who saved the file
        view = front.open_file(export(notebook.path))
        shown = view.page.locator(".jp-OutputArea-output:has(.respmagic)")
        check_inert(view.page, shown, len(texts))
        assert view.foreign_hosts <= NBCONVERT_HOSTS
