"""Values, reasoning, sources, pictures and the server's tools, as a person sees them."""

from __future__ import annotations

import base64
import io
import json

import pytest
from frontend import FrontEnd
from pages import LOAD, SHOTS, ask, held
from PIL import Image, ImageDraw
from playwright.sync_api import expect

import wire
from gateway import Gateway
from replies import Gate, Reply

pytestmark = pytest.mark.browser

CITIES = [
    {"name": "Zürich", "population": 443037, "rivers": ["Limmat", "Sihl"], "founded": None},
    {"name": "Genève", "population": 203856, "rivers": ["Rhône", "Arve"], "founded": None},
    {"name": "Basel", "population": 178120, "rivers": ["Rhein"], "founded": "374"},
]
TYPE = """
import pydantic
class City(pydantic.BaseModel):
    name: str
    population: int
    rivers: list[str]
    founded: str | None = None
"""
THOUGHT = "**Comparing the cities**\n\nThe user wants the *largest* ones. I sort them by people."


def picture() -> str:
    image = Image.new("RGB", (240, 120), "#d0e4ff")
    ImageDraw.Draw(image).ellipse((80, 20, 160, 100), fill="#c0392b")
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def searched() -> list[wire.Event]:
    """An answer in which tools of the server had a part, with its sources."""
    text = "Copper rose ([markets](https://metals.example/copper)) by a tenth this year."
    cited = [
        {"type": "url_citation", "title": "Copper at the exchange", "start_index": 0}
        | {"url": "https://metals.example/copper?ref=answer", "end_index": 11},
        {"type": "url_citation", "title": "bank.example", "url": "https://other.example/x"},
        {"type": "file_citation", "file_id": "f1", "filename": "report.pdf", "index": 3},
    ]
    search = {"type": "search", "query": "copper price 2026"}
    sources = [{"type": "url", "url": f"https://metals.example/{n}"} for n in range(3)]
    code = "import math\nprices = [1, 2, 3]\nprint(math.fsum(prices))"
    drawn = {"type": "image", "url": f"data:image/png;base64,{picture()}"}
    message = wire.message(text)
    message["content"][0]["annotations"] = cited
    return wire.stream(
        [
            wire.reasoning(THOUGHT),
            {"type": "web_search_call", "action": {**search, "sources": sources}},
            {
                "type": "code_interpreter_call",
                "code": code,
                "outputs": [{"type": "logs", "logs": "6.0"}, drawn],
            },
            {"type": "mcp_list_tools", "server_label": "docs", "tools": [{"name": "look_up"}]},
            {
                "type": "mcp_call",
                "server_label": "docs",
                "name": "look_up",
                "arguments": '{"word": "copper"}',
                "output": "Cu, 29",
            },
            {"type": "slug:unheard_of", "status": "completed"},
            message,
        ]
    )


def drawing(gate: Gate) -> Reply:
    """A picture that stands at `gate` while it is half done."""
    item = {"type": "image_generation_call", "revised_prompt": "A red dot on pale blue"}
    events = wire.stream([{**item, "result": picture()}])
    opened = next(e for e in events if e["type"] == "response.output_item.added")
    opened["item"] = {**opened["item"], "result": None}
    at = events.index(opened) + 1
    partial = {"type": "response.image_generation_call.partial_image", "output_index": 0}
    partial |= {"partial_image_b64": picture(), "partial_image_index": 0}
    return Reply.sse([*events[:at], partial, gate, *events[at:]])


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_values_thoughts_sources_and_pictures_are_seen(
    front: FrontEnd, gateway: Gateway, theme: str
):
    shots = SHOTS / f"{front.server.app.name}-{theme}"
    half, half_drawn = Gate(), Gate()
    value = wire.stream([wire.reasoning(THOUGHT), wire.message(json.dumps({"value": CITIES}))])
    gateway.add(held(value, half, " 203856,"))
    gateway.add(Reply.sse(searched()), drawing(half_drawn))
    front.server.set_theme(f"JupyterLab {theme}")
    notebook = front.open(
        "answers.ipynb",
        LOAD + TYPE,
        ask(gateway, "The largest cities of Switzerland?", "-s list[City] --summary auto"),
        ask(gateway, "How is copper?", "--web-search"),
        ask(gateway, "Draw a dot.", """--hosted '{"type": "image_generation"}'"""),
    )
    notebook.run_all()
    cells = [notebook.cell(number) for number in range(4)]
    half.reached.wait()
    table = cells[1].outputs.locator(".respmagic-value table").first
    expect(table.locator("thead th").first).to_have_text("name")
    expect(table.locator("tbody > tr").nth(1)).to_contain_text("Genève")
    expect(cells[1].outputs.locator("summary", has_text="Reasoning")).to_be_visible()
    notebook.shot(shots.with_name(f"{shots.name}-value-half.png"))
    half.open()
    half_drawn.reached.wait()
    expect(cells[3].outputs.locator("img")).to_be_visible()
    expect(cells[3].outputs.locator("summary")).to_contain_text("running…")
    half_drawn.open()
    for cell in cells:
        cell.wait()
    expect(table.locator("> tbody > tr")).to_have_count(3)
    cells[1].outputs.locator("summary").click()
    expect(cells[1].outputs.locator("strong", has_text="Comparing")).to_be_visible()
    sources = cells[2].outputs.locator(".respmagic-citations li")
    expect(sources).to_have_count(3)
    expect(sources.nth(0)).to_have_text("Copper at the exchange (metals.example)")
    expect(sources.nth(1)).to_have_text("bank.example (other.example)")
    expect(sources.nth(2)).to_have_text("report.pdf")
    expect(sources.nth(2).locator("a")).to_have_count(0)
    expect(cells[2].outputs.locator("details.respmagic-call img")).to_be_visible()
    cells[2].outputs.locator("summary", has_text="web search").click()
    notebook.shot(shots.with_name(f"{shots.name}-answers.png"))
    image = cells[3].outputs.locator("img")
    assert image.evaluate("image => image.complete && image.naturalWidth == 240")
    for cell in notebook.save()["cells"][1:]:
        [output] = cell["outputs"]
        assert output["output_type"] == "execute_result"
    assert notebook.view.foreign_hosts == set()
