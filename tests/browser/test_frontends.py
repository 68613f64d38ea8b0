"""What a person sees of a run: an answer as it streams, the stop button, a failure, code."""

from __future__ import annotations

import re
import shutil

import pytest
from frontend import FrontEnd
from pages import LOAD, ROOT, SHOTS, ask, held, noted
from playwright.sync_api import Locator, expect

import wire
from gateway import Gateway
from replies import Gate, Reply

pytestmark = pytest.mark.browser


def test_the_quickstart_shows_answers_cards_and_last_lines(front: FrontEnd):
    shutil.copy(ROOT / "notebooks" / "quickstart.ipynb", front.server.folder)
    notebook = front.open("quickstart.ipynb")
    notebook.choose("Edit", "Clear Outputs of All Cells")
    notebook.run_all()
    notebook.cell(notebook.page.locator(".jp-CodeCell").count() - 1).wait()
    answer = notebook.outputs.locator(".respmagic").first
    expect(answer.locator("details.respmagic-call")).to_have_count(2)
    expect(answer.locator(".respmagic-line")).to_contain_text("respmagic-demo")
    card = answer.locator("details.respmagic-call").first
    expect(card.get_by_text("rolling 3 times")).to_be_hidden()
    card.locator("summary").click()
    expect(card.get_by_text("rolling 3 times")).to_be_visible()
    notebook.shot(SHOTS / f"quickstart-{front.server.app.name}.png")
    for cell in notebook.save()["cells"]:
        if "".join(cell["source"]).startswith("%%responses"):
            [output] = cell["outputs"]
            assert output["output_type"] == "execute_result"
            assert set(output["data"]) == {"text/html", "text/plain"}
    assert notebook.view.foreign_hosts == set()


REASONING = "The user wants a **loop** over the primes."
ANSWER = """## Primes below 20

The first paragraph, with `code`, **bold** and a formula $a^2 + b^2 < c^2$.

```python
def primes(n: int) -> list[int]:
    # a < b and "quoted" & so on
    return [p for p in range(2, n) if all(p % d for d in range(2, p))]
```

| prime | square |
|---|--:|
| 2 | 4 |
| 19 | 361 |

The last paragraph is still being written, and here it ends."""


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_streaming_answer_is_seen_as_it_grows_and_then_replaced_by_one_output(
    front: FrontEnd, gateway: Gateway, theme: str
):
    gate = Gate()
    gateway.add(Reply.sse(wire.call_response([("square", {"n": 19})], text="I look it up.")))
    gateway.add(held(wire.reasoning_response(REASONING, ANSWER, id="resp_2"), gate, " being"))
    tool = "def square(n: int) -> int:\n    print('squaring', n)\n    return n * n"
    front.server.set_theme(f"JupyterLab {theme}")
    notebook = front.open("streaming.ipynb", LOAD, tool, ask(gateway, options="-t square"))
    expect(notebook.page.locator("body")).to_have_attribute(
        "data-jp-theme-light", str(theme == "Light").lower()
    )
    notebook.run_all()
    cell, shots = notebook.cell(2), SHOTS / f"{front.server.app.name}-{theme}"
    gate.reached.wait()
    expect(cell.outputs.get_by_text("The last paragraph is still")).to_be_visible()
    expect(cell.prompt).to_have_text("[*]:")
    expect(cell.outputs.get_by_role("heading", name="Primes below 20")).to_be_visible()
    expect(cell.outputs.locator("strong", has_text="bold")).to_be_visible()
    expect(cell.outputs.get_by_role("table")).to_be_visible()
    expect(cell.outputs.get_by_text("square(n=19) → 361")).to_be_visible()
    expect(cell.outputs.get_by_text(re.compile(r"^gpt-test · .* · \d+ s( · .*)?$"))).to_have_count(
        1
    )
    expect(cell.value).to_have_count(0)
    notebook.shot(shots.with_name(f"streaming-{shots.name}.png"))
    gate.open()
    cell.wait()
    expect(cell.outputs).to_have_count(1)
    expect(cell.value).to_have_count(1)
    expect(cell.value).to_contain_text("and here it ends.")
    expect(cell.value.locator(".respmagic-line")).to_have_text(
        "gpt-test · 20 + 10 tokens · tools: square"
    )
    expect(cell.value.locator("mjx-container")).to_be_visible()
    notebook.shot(shots.with_name(f"final-{shots.name}.png"))


def test_a_long_answer_is_there_to_its_end_while_it_grows(front: FrontEnd, gateway: Gateway):
    gate = Gate()
    text = "\n\n".join(f"Paragraph {number}." for number in range(120))
    gateway.add(held(wire.text_response(text), gate, " 119."))
    notebook = front.open("long.ipynb", LOAD, ask(gateway))
    notebook.run_all()
    cell = notebook.cell(1)
    gate.reached.wait()
    expect(cell.outputs.get_by_text("Paragraph 119.")).to_be_visible()
    assert cell.outputs.get_by_text("Paragraph").all_inner_texts() == text.split("\n\n")
    expect(cell.outputs.get_by_text(re.compile(r"^gpt-test · .* · \d+ s( · .*)?$"))).to_be_visible()
    cell.outputs.get_by_text("Paragraph 119.").scroll_into_view_if_needed()
    notebook.shot(SHOTS / f"long-{front.server.app.name}.png")
    gate.open()
    cell.wait()
    expect(cell.outputs).to_have_count(1)


def interrupted(value: Locator, errors: Locator) -> None:
    """The partial answer says so, and one red line stands below it."""
    expect(value.locator(".respmagic-line")).to_contain_text("gpt-test · interrupted")
    expect(errors).to_have_count(1)
    expect(errors.locator("pre")).to_have_text(re.compile(r"^Interrupted: [^\n]+\n?$"))


def test_the_stop_button_keeps_what_had_come_in_mid_stream_and_in_mid_tool(
    front: FrontEnd, gateway: Gateway
):
    gate = Gate()
    gateway.add(held(wire.text_response("A partial answer that goes on."), gate, " answer"))
    gateway.add(Reply.sse(wire.call_response([("slow", {})], text="I shall wait.")))
    gateway.add(Reply.sse(wire.text_response("The next answer.")))
    notebook = front.open(
        "stop.ipynb",
        f"{LOAD}\nimport time\ndef slow():\n    print('begun')\n    time.sleep(600)",
        ask(gateway, options="stream <<"),
        ask(gateway, options="tool << -t slow"),
        ask(gateway),
        "stream.text, stream.status, tool.text, [c.status for c in tool.tool_calls]",
    )
    notebook.cell(0).run()
    notebook.cell(0).wait()
    for number, sight in ((1, "A partial answer"), (2, "slow() → running…")):
        cell = notebook.cell(number)
        cell.run()
        expect(cell.outputs.get_by_text(sight)).to_be_visible()
        notebook.stop()
        cell.wait()
        interrupted(cell.value, cell.errors)
        expect(cell.outputs).to_have_count(2)
    expect(notebook.cell(1).value).to_contain_text("A partial answer")
    expect(notebook.cell(2).value).to_contain_text("I shall wait.")
    expect(notebook.cell(2).value).to_contain_text("slow() → cancelled")
    gateway.disconnected.wait()
    notebook.shot(SHOTS / f"stopped-{front.server.app.name}.png")
    notebook.cell(3).run()
    expect(notebook.cell(3).value).to_contain_text("The next answer.")
    notebook.cell(4).run()
    expect(notebook.cell(4).value).to_have_text(
        "('A partial answer', 'interrupted', 'I shall wait.', ['cancelled'])"
    )


def test_a_failing_cell_stops_run_all(front: FrontEnd, gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Fine.")))
    gateway.add(Reply.json({"error": {"message": "No such key", "code": "invalid_api_key"}}, 401))
    notebook = front.open(
        "failing.ipynb", LOAD, ask(gateway), ask(gateway), "print('not reached')", ask(gateway)
    )
    notebook.run_all()
    failed = notebook.cell(2)
    failed.wait()
    expect(notebook.cell(1).value).to_contain_text("Fine.")
    expect(failed.value.locator(".respmagic-line")).to_contain_text("failed")
    expect(failed.errors).to_have_count(1)
    expect(failed.errors.locator("pre")).to_have_text(re.compile(r"^\w+Error: [^\n]*No such key"))
    notebook.wait_until_idle()
    for number in (3, 4):
        expect(notebook.cell(number).prompt).to_have_text("[ ]:")
        expect(notebook.cell(number).outputs).to_have_count(0)
    assert len(gateway.requests) == 2
    notebook.shot(SHOTS / f"failing-{front.server.app.name}.png")


def fenced(markdown: str) -> list[str]:
    """What stands in the fences of a text, without the marks of the list or quote around them."""
    blocks = re.findall(r"^([> ]*)(`{3,}|~{3,})[^\n`]*\n(.*?)^\1\2 *$", markdown, re.M | re.S)
    return [re.sub(f"^{indent}", "", code, flags=re.M) for indent, _, code in blocks]


def test_code_in_the_page_is_what_the_model_wrote(front: FrontEnd, gateway: Gateway):
    answers = [line["text"] for line in noted("normal.jsonl")]
    gateway.add(*(Reply.sse(wire.text_response(text)) for text in answers))
    where = f"model='gpt-test', base_url={gateway.base_url!r}"
    notebook = front.open(
        "code.ipynb",
        LOAD,
        f"for n in range({len(answers)}): display(respmagic.respond('Go', {where}))",
    )
    notebook.run_all()
    notebook.cell(1).wait()
    shown = notebook.cell(1).outputs.locator(".respmagic")
    expect(shown).to_have_count(len(answers))
    codes = [code_of(shown.nth(number)) for number in range(len(answers))]
    expected = [fenced(text) for text in answers]
    assert sum(map(len, expected)) >= 15
    for blocks, (found, copied) in zip(expected, codes, strict=True):
        if blocks:
            assert found == blocks
            assert copied == [block.rstrip("\n") for block in blocks]


def code_of(answer: Locator) -> tuple[list[str], list[str]]:
    """The text of its code blocks, and what is copied when they are selected."""
    blocks = answer.locator("pre > code")
    found: list[str] = blocks.evaluate_all("nodes => nodes.map(node => node.textContent)")
    copied: list[str] = blocks.evaluate_all(
        """nodes => nodes.map(node => {
            getSelection().selectAllChildren(node)
            return getSelection().toString().replace(/\\n+$/, "")
        })"""
    )
    return found, copied
