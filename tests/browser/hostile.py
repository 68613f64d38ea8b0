"""Hostile text in every part of an answer, and whether it is inert on the page."""

from __future__ import annotations

import json
import re

from pages import LOAD
from playwright.sync_api import Locator, Page, expect

import wire
from replies import Gate, Reply

FLAG = "window.fired=1"
CONTROL = f"""{LOAD}
from IPython.display import HTML
display(HTML('<img src="x:control" onerror="{FLAG.replace("fired", "control")}">'))"""
TOOLS = """
class Shown:
    def __init__(self, text): self.text = text
    def _repr_html_(self): return self.text
def echo(text: str) -> str:
    print(text)
    return text
def show(text: str):
    display(Shown(text))
    return Shown(text)
def fail(text: str):
    raise ValueError(text)
"""
CARDS = 4  # a call of each of these tools, and one of a tool that bears the text as its name
# MathJax positions and names its own elements.
HARMFUL = """nodes => nodes.flatMap(node => [...node.querySelectorAll("*")]).filter(e =>
    e.matches(`script, iframe, form, object, embed, input, button, link, meta, base, video, audio,
        svg:not(mjx-container *), [data-commandlinker-command], [srcset], [action],
        [style*=position]:not(mjx-container, mjx-container *), [id]:not(mjx-container *),
        img[src]:not([src^="data:image/"])`)
    || [...e.attributes].some(a => a.name.startsWith("on"))
    || e.hasAttribute("href") && !/^(https?|mailto):/.test(e.getAttribute("href"))
).map(e => e.outerHTML)"""


def said(texts: list[str]) -> list[wire.Item]:
    """Each text as reasoning and as an answer, with a mark after it, and in four calls."""
    items: list[wire.Item] = []
    for number, text in enumerate(texts):
        items += [wire.reasoning(text), wire.message(text), wire.message(f"mark-{number}")]
        items += [wire.function_call(tool, {"text": text}) for tool in ("echo", "show", "fail")]
        items.append(wire.function_call(text, {text: text}))
    return items


def served(texts: list[str]) -> list[wire.Item]:
    """Each text in what five tools of the server did, and in a citation, with a mark after it."""
    items: list[wire.Item] = []
    for number, text in enumerate(texts):
        link = {"type": "url", "url": f"https://e.example/{text}"}
        search = {"type": "search", "query": text, "sources": [link]}
        found = {"filename": text, "text": text}
        logs = [{"type": "logs", "logs": text}, {"type": "image", "url": text}]
        tools = [{"name": text, "description": text or "none"}]
        cited = {"type": "url_citation", "title": text, "url": f"https://e.example/{number}?{text}"}
        marked = wire.message(f"mark-{number}")
        marked["content"][0]["annotations"] = [cited, {**cited, "url": text}]
        items += [
            {"type": "web_search_call", "action": search},
            {"type": "file_search_call", "queries": [text], "results": [found]},
            {"type": "code_interpreter_call", "code": text, "outputs": logs},
            {"type": "mcp_call", "name": text, "output": text, "error": text, "arguments": text},
            {"type": "mcp_list_tools", "server_label": text, "tools": tools},
            marked,
        ]
    return items


def before_the_end(items: list[wire.Item], gate: Gate, **options: str) -> Reply:
    """A response that says `Enough` last and stands at `gate` before its end."""
    # As ASCII: some of it is no text that UTF-8 could write.
    events = list(map(json.dumps, wire.stream([*items, wire.message("Enough.")], **options)))
    return Reply.sse([*events[:-1], gate, events[-1]])


def check_inert(page: Page, outputs: Locator, count: int, *, further: int = 0) -> None:
    """All of it is on the page, opened, and nothing of it has run or could.

    Args:
        page: where it is; `CONTROL` has been run there.
        outputs: what holds it, with our own elements around it.
        count: how many texts were `said`.
        further: how many cards there are beside.
    """
    expect(outputs.get_by_text(re.compile(r"^mark-\d+$"))).to_have_count(count)
    # A result's own HTML may hold some, too.
    expect(outputs.locator(".respmagic > details")).to_have_count(count * (CARDS + 1) + further)
    outputs.locator("details").evaluate_all("nodes => nodes.forEach(node => { node.open = true })")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.control") == 1
    assert page.evaluate("window.fired") is None
    assert outputs.locator(".respmagic").evaluate_all(HARMFUL) == []
