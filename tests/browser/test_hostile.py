"""Hostile text does nothing, wherever it stands: as it streams, at the end, exported."""

from __future__ import annotations

import json

import pytest
from frontend import JUPYTERLAB, FrontEnd
from hostile import CONTROL, FLAG, HARMFUL, TOOLS, before_the_end, check_inert, said, served
from pages import NBCONVERT_HOSTS, SHOTS, ask, export, noted
from playwright.sync_api import expect

import wire
from gateway import Gateway, Received
from replies import Gate, Reply

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


def test_hostile_text_of_the_servers_tools_and_in_values_is_inert(
    front: FrontEnd, gateway: Gateway
):
    texts = [line["text"].replace("alert(1)", FLAG) for line in noted("hostile.jsonl")]
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    ended = Gate()
    value = json.dumps({"value": [{text: [text, {text: text}]} for text in texts[:90]]})
    gateway.add(before_the_end(served(texts), ended), Reply.sse(wire.text_response(value)))
    notebook = front.open(
        "served.ipynb",
        CONTROL,
        ask(gateway, options="--web-search"),
        ask(gateway, options="-s 'list[dict[str, Any]]'"),
    )
    page, cells = notebook.page, [notebook.cell(number) for number in range(3)]
    notebook.run_all()
    ended.reached.wait()
    expect(cells[1].outputs.get_by_text("Enough.", exact=True)).to_have_count(1, timeout=60_000)
    check_inert(page, cells[1].outputs, len(texts))
    ended.open()
    for cell in cells:
        cell.wait()
    expect(cells[1].value.locator(".respmagic-citations li")).to_have_count(2 * len(texts))
    check_inert(page, cells[1].outputs, len(texts))
    expect(cells[2].value.locator(".respmagic-value table").first).to_be_visible()
    assert cells[2].outputs.locator(".respmagic").evaluate_all(HARMFUL) == []
    assert page.evaluate("window.fired") is None
    notebook.save()
    assert notebook.view.foreign_hosts == set()
    if front.server.app is JUPYTERLAB:
        view = front.open_file(export(notebook.path))
        shown = view.page.locator(".jp-OutputArea-output:has(.respmagic)")
        check_inert(view.page, shown, len(texts))
        assert view.foreign_hosts <= NBCONVERT_HOSTS


def refused(received: Received) -> Reply:
    """What was asked, as the reason why not."""
    return Reply.json({"error": {"message": received.json["input"][-1]["content"]}}, 400)


def test_hostile_text_of_the_servers_errors_is_inert(front: FrontEnd, gateway: Gateway):
    texts = [line["text"].replace("alert(1)", FLAG) for line in noted("hostile.jsonl")]
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    (front.server.folder / "texts.json").write_text(json.dumps(texts))
    gateway.answer = refused
    line = ask(gateway, options="--no-template").partition("\n")[0].removeprefix("%%responses")
    asking = f"""
for text in json.load(open("texts.json"))[FIRST:LAST]:
    try:
        get_ipython().run_cell_magic("responses", {line!r}, text)
    except respmagic.RespmagicError:
        get_ipython().showtraceback()"""
    # A page shows fifty outputs of a cell, and a click is needed for more.
    firsts = range(0, len(texts), 25)
    asked = [asking.replace("FIRST:LAST", f"{first}:{first + 25}") for first in firsts]
    raising = ask(gateway, texts[0])
    notebook = front.open("errors.ipynb", f"{CONTROL}\nimport json", *asked, raising)
    notebook.run_all()
    page, cells = notebook.page, [notebook.cell(number) for number in range(len(asked) + 2)]
    for cell in cells:
        cell.wait()
    counts = [*(len(texts[first : first + 25]) for first in firsts), 1]
    for cell, count in zip(cells[1:], counts, strict=True):
        expect(cell.outputs.locator(".respmagic")).to_have_count(count)
        expect(cell.errors).to_have_count(count)
        assert cell.outputs.locator(".respmagic").evaluate_all(HARMFUL) == []
        # The front end makes links in an error: of addresses, to a page apart, and of paths.
        tags = cell.errors.locator("*").evaluate_all("nodes => nodes.map(node => node.tagName)")
        assert {"PRE"} <= set(tags) <= {"PRE", "SPAN", "A"}
        near = cell.errors.locator('a[href*=":"]:not([target=_blank][rel=noopener])')
        expect(near).to_have_count(0)
    expect(cells[-1].errors).to_contain_text(FLAG)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.control") == 1
    assert page.evaluate("window.fired") is None
    assert notebook.view.foreign_hosts == set()
