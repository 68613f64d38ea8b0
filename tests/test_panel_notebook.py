"""What a panel leaves in the notebook, and what it shares with cells; and its end."""

from __future__ import annotations

import gc
import re

import pytest
from ipywidgets.widgets.widget import _instances as open_widgets
from PIL import Image

import respmagic
import wire
from inert import hostile_texts
from panels import (
    asking,
    button,
    click,
    field,
    fields,
    held,
    markup,
    on_loop,
    page,
    posted,
    settled,
    until,
)
from replies import Gate, Reply
from respmagic._line import parse_line
from respmagic._session import current_session

pytestmark = pytest.mark.usefixtures("notebook")

HOSTILE = '<img src=x onerror="alert(1)"> $\\href{javascript:alert(1)}{x}$'


def answers(gateway, *texts: str) -> None:
    gateway.add(*(Reply.sse(wire.text_response(t, id=f"resp_{n}")) for n, t in enumerate(texts)))


def cell(gateway, options: str = "") -> str:
    return f"-m gpt-test --base-url {gateway.base_url} --retries 0 {options}"


# Objects


@on_loop
async def test_an_answer_is_put_into_a_variable(gateway, notebook):
    answers(gateway, "One.", "Two.")
    panel = asking(gateway)
    first = await panel.ask("First")
    await panel.ask("Second")
    await settled()
    keep = fields(panel, "Keep as")
    keep[0].value = "answer"
    assert notebook.user_ns["answer"] is first
    await settled()
    assert "answer holds this result now" in page(panel)
    keep[1].value = "not a name"
    await settled()
    assert "OptionError: 'not a name' cannot hold the result" in page(panel)


@on_loop
async def test_a_panel_says_what_it_is_where_it_cannot_be_shown():
    panel = respmagic.Panel()
    bundle = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("A respmagic panel: it needs the kernel")
    assert repr(panel) == "<Panel of the conversation panel, 0 turns>"


# Cells


@on_loop
async def test_a_turn_as_a_cell_asks_the_same(gateway, notebook):
    answers(gateway, "One.", "One again.")
    settings = {"temperature": 0.5, "instructions": "Be short.\nBe kind.", "truncation": "auto"}
    panel = asking(gateway, **settings)
    await panel.ask("What is <b>this</b>?\n\n%% of it")
    await settled()
    click(panel, "As a cell")
    await settled()
    source = field(panel, "Cell").value
    assert source == panel.cell()
    magic, body = source.split("\n", 1)
    assert body == "What is <b>this</b>?\n\n%% of it"
    options = parse_line(magic.removeprefix("%%responses"))
    assert options["extra"] == {"truncation": "auto", "instructions": settings["instructions"]}
    assert options["conversation"] == "panel"
    panel.conversation.undo()
    notebook.run_cell_magic("responses", magic.removeprefix("%%responses "), body)
    by_panel, by_cell = posted(gateway)
    assert by_panel == by_cell
    await settled()
    for shown in (True, False):
        click(panel, "As a cell")
        await settled()
        assert bool(fields(panel, "Cell")) == shown


@on_loop
async def test_braces_and_tools_of_the_server_go_into_the_cell(gateway, notebook):
    answers(gateway, "One.", "One again.")
    tools = {"web_search": {"search_context_size": "low"}, "hosted": {"type": "file_search"}}
    panel = asking(gateway, verbose=False, dry_run=False, **tools)
    await panel.ask("What is {{ 1/0 }} in Vue?")
    await settled()
    magic, body = panel.cell().split("\n", 1)
    panel.conversation.undo()
    notebook.run_cell_magic("responses", magic.removeprefix("%%responses "), body)
    by_panel, by_cell = posted(gateway)
    assert by_panel == by_cell
    assert by_cell["input"][0]["content"] == "What is {{ 1/0 }} in Vue?"
    assert [tool["type"] for tool in by_cell["tools"]] == ["web_search", "file_search"]


@on_loop
async def test_a_turn_without_any_of_the_tools_is_a_cell_without_them(gateway, notebook):
    answers(gateway, "One.", "Two.")

    @respmagic.tool
    def tell() -> str:
        """Tell."""
        return "told"

    notebook.user_ns["tell"] = tell
    panel = asking(gateway)
    await settled()
    field(panel, "tell").value = False
    await panel.ask("Go")
    assert "--no-tools" in panel.cell()
    notebook.run_cell(panel.cell())
    assert "tools" not in posted(gateway)[-1]


@on_loop
async def test_the_turn_of_a_cell_is_asked_again_with_its_pictures(gateway, notebook, tmp_path):
    answers(gateway, "Red.", "Still red.", "Red.")
    picture = tmp_path / "red.png"
    Image.new("RGB", (8, 8), "red").save(picture)
    notebook.user_ns["word"] = "colour"
    panel = asking(gateway)
    options = f"-c panel --image {picture}"
    notebook.run_cell(f"%%responses {cell(gateway, options)}\nWhat {{{{ word }}}}?")
    await settled()
    assert f"You What {{{{ word }}}}? + {picture}" in page(panel)
    first = posted(gateway)[-1]["input"]
    source = panel.cell()
    panel.retry()
    await until(lambda: panel.result and panel.result.text == "Still red.")
    assert posted(gateway)[-1]["input"] == first
    panel.conversation.undo()
    notebook.run_cell(source)
    assert posted(gateway)[-1]["input"] == first


@on_loop
async def test_a_turn_from_a_file_is_asked_again_with_its_pictures(gateway, notebook, tmp_path):
    answers(gateway, "Red.", "Still red.")
    Image.new("RGB", (8, 8), "red").save(tmp_path / "red.png")
    options = f"-c main --image {tmp_path / 'red.png'}"
    notebook.run_cell(f"%%responses {cell(gateway, options)}\nWhat colour?")
    first = posted(gateway)[-1]["input"]
    notebook.run_cell(f"%responses conversations export main {tmp_path / 'saved.json'}")
    notebook.run_cell(f"%responses conversations load {tmp_path / 'saved.json'} old")
    panel = asking(gateway, conversation="old")
    await settled()
    assert "You What colour? + image" in page(panel)
    assert "data:" not in panel.cell()
    panel.retry()
    await until(lambda: panel.result and panel.result.text == "Still red.")
    assert posted(gateway)[-1]["input"] == first


@on_loop
async def test_keys_are_in_no_cell(gateway):
    answers(gateway, "One.")
    panel = asking(gateway, api_key="a-key-of-mine-0123456789")
    await panel.ask("Go")
    assert "a-key-of-mine" not in panel.cell()
    assert "a-key-of-mine" not in markup(panel)


@on_loop
async def test_panel_and_cell_go_on_with_one_conversation(gateway, notebook):
    answers(gateway, "To the panel.", "To the <b>cell.", "To the panel again.")
    panel = asking(gateway)
    await panel.ask("From the panel")
    notebook.run_cell_magic("responses", cell(gateway, "-c panel"), "From the <i>cell")
    await settled()
    assert "You From the <i>cell To the <b>cell." in page(panel)
    assert (
        f"-m gpt-test --base-url {gateway.base_url} --retries 0 -c panel\nFrom the" in panel.cell()
    )
    assert page(panel).index("From the panel") < page(panel).index("From the <i>cell")
    await panel.ask("From the panel again")
    said = str(posted(gateway)[-1]["input"])
    assert all(words in said for words in ("To the panel.", "From the <i>cell", "To the <b>cell."))
    assert len(panel.results) == len(panel.conversation.turns) == 3


@on_loop
async def test_a_panel_of_a_conversation_that_cells_began_shows_it(gateway, notebook):
    answers(gateway, "To the cell.")
    notebook.run_cell_magic("responses", cell(gateway, "-c"), "From the cell")
    panel = notebook.run_line_magic("responses", "panel main")
    await settled()
    assert "You From the cell To the cell." in page(panel)
    panel.conversation.undo()
    await settled()
    assert "From the cell" not in page(panel)


@on_loop
async def test_what_failed_stays_where_it_was_asked(gateway, notebook):
    answers(gateway, "One.")
    for words in ("Broken", "Broken again"):
        gateway.add(Reply.json({"error": {"message": words}}, 500))
    answers(gateway, "Two.")
    panel = asking(gateway)
    await panel.ask("First")
    for prompt in ("Second", "Third"):
        with pytest.raises(respmagic.ServerError):
            await panel.ask(prompt)
    await panel.ask("Fourth")
    await settled()
    shown = ("You First", "You Second", "You Third", "Broken again", "You Fourth")
    order = [page(panel).index(words) for words in shown]
    assert order == sorted(order)
    assert len(panel.conversation.turns) == 2


# The magic


@on_loop
async def test_the_magic_shows_one_panel_a_conversation(notebook):
    panel = notebook.run_line_magic("responses", "panel")
    assert notebook.run_line_magic("responses", "panel") is panel
    assert notebook.run_line_magic("responses", "panel panel") is panel
    other = notebook.run_line_magic("responses", "panel other")
    assert other is not panel
    assert other.conversation.name == "other"
    assert notebook.run_line_magic("responses", "panel") is other


@on_loop
async def test_the_last_turn_is_put_below_as_a_cell(notebook):
    panel = notebook.run_line_magic("responses", "panel")
    await panel.ask("Hello")
    assert notebook.run_line_magic("responses", "panel --to-cell") is None
    assert notebook.rl_next_input == "%%responses -c panel\nHello"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("panel --static", "there is no panel"),
        ("panel nobody --to-cell", "there is no panel of nobody"),
        ("panel one two", "a panel shows one conversation, not one and two"),
        ("panel --statik", "did you mean --static"),
    ],
)
def test_lines_that_cannot_be_followed(notebook, line, words):
    with pytest.raises(respmagic.OptionError, match=re.escape(words)):
        notebook.run_line_magic("responses", line)


def test_where_no_panel_can_be_shown_the_line_says_so(notebook):
    with pytest.raises(respmagic.UsageError, match="a panel needs a notebook"):
        notebook.run_line_magic("responses", "panel")
    assert current_session().panels == []


@on_loop
async def test_a_question_of_a_run_inside_a_tool_is_asked_in_the_panel(gateway, notebook):
    @respmagic.tool(approve="ask")
    def inner() -> str:
        """Do it."""
        return "done"

    @respmagic.tool
    def outer() -> str:
        """Ask again."""
        return respmagic.respond("Inside", model="m", base_url=gateway.base_url, tools=[inner]).text

    gateway.add(Reply.sse(wire.call_response([("outer", {})])))
    gateway.add(Reply.sse(wire.call_response([("inner", {})], id="resp_2")))
    gateway.add(Reply.sse(wire.text_response("Inner answer.", id="resp_3")))
    gateway.add(Reply.sse(wire.text_response("Outer answer.", id="resp_4")))
    panel = asking(gateway, tools=[outer])
    answer = panel.ask("Go")
    await until(lambda: "May inner run?" in page(panel))
    click(panel, "Allow")
    assert (await answer).text == "Outer answer."
    assert panel.result.tool_calls[0].result == "Inner answer."


@on_loop
async def test_nothing_to_make_a_cell_of(notebook):
    notebook.run_line_magic("responses", "panel")
    with pytest.raises(respmagic.OptionError, match="nothing was asked in this panel yet"):
        notebook.run_line_magic("responses", "panel --to-cell")


# The static copy


@on_loop
async def test_the_static_copy_is_one_inert_output_of_all_turns(gateway, notebook):
    answers(gateway, f"One {HOSTILE}")
    gateway.add(held(wire.text_response("Partial answer", id="resp_2"), Gate(), "Partial"))
    panel = asking(gateway)
    assert "has no turn yet" in repr(panel.static())
    await panel.ask(f"First {HOSTILE}")
    answer = panel.ask("Second")
    await until(lambda: "Partial" in page(panel))
    assert "still being answered" in panel.static()._repr_mimebundle_()["text/html"]
    panel.stop()
    await answer
    copy = notebook.run_line_magic("responses", "panel --static")
    bundle = copy._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"].startswith(f"You: First {HOSTILE}\n\nOne {HOSTILE}")
    html = bundle["text/html"]
    assert html.count('class="respmagic-question"') == 2
    assert "<img" not in html
    assert "Partial" in html
    assert "Interrupted: stopped" in html


# Hostile text


def said(text: str) -> list[wire.Item]:
    calls = [wire.function_call("echo", {"text": text}), wire.function_call(text, {text: text})]
    return [wire.reasoning(text), wire.message(text), *calls]


@on_loop
async def test_hostile_text_is_inert_in_every_part(gateway, notebook):
    texts = [entry["text"] for entry in hostile_texts()][:40]

    @respmagic.tool(approve="ask")
    def echo(text: str) -> str:
        """Say it."""
        return text

    notebook.user_ns["echo"] = echo
    panel = asking(gateway)
    for number, text in enumerate(texts):
        gateway.add(Reply.sse(wire.stream(said(text), id=f"resp_{number}")))
        gateway.add(Reply.json({"error": {"message": text}}, 400))
        answer = panel.ask(text or "-")
        await until(lambda: "May echo run?" in page(panel))
        click(panel, "Allow")
        with pytest.raises(respmagic.StatusError):
            await answer
    await settled()
    html = markup(panel)
    assert html.count('class="respmagic-question"') == len(texts)
    assert html.count('class="respmagic-error"') == len(texts)
    found = re.findall(r"<(\w+)(?=[\s>])", html)
    assert {"img", "script", "svg", "iframe", "object", "form"}.isdisjoint(found)
    assert not re.search(r"<[^>]*\son\w+=", html)


# The end


@on_loop
async def test_closing_stops_the_answer_and_leaves_no_widget(gateway):
    before = set(open_widgets)
    gateway.add(held(wire.text_response("A partial answer."), Gate(), " partial"))
    panel = asking(gateway)
    answer = panel.ask("Go")
    await until(lambda: "A partial" in page(panel))
    panel.close()
    gateway.disconnected.wait()
    assert (await answer).status == "interrupted"
    await settled()
    assert set(open_widgets) <= before
    assert current_session().panels == []
    panel.close()  # once more does no harm


@on_loop
async def test_unloading_closes_the_panels(gateway, notebook):
    before = set(open_widgets)
    gateway.add(held(wire.text_response("A partial answer."), Gate(), " partial"))
    panel = asking(gateway)
    answer = panel.ask("Go")
    await until(lambda: "A partial" in page(panel))
    respmagic.unload_ipython_extension(notebook)
    gateway.disconnected.wait()
    await answer
    await settled()
    assert set(open_widgets) <= before
    notebook.run_cell("x = 1")  # nobody listens any more
    respmagic.load_ipython_extension(notebook)


@on_loop
async def test_a_click_on_a_closed_panel_does_nothing(gateway):
    panel = asking(gateway)
    send = button(panel, "Send")
    panel.close()
    await settled()
    send.click()
    await settled()
    assert posted(gateway) == []


def test_a_panel_that_could_not_be_made_leaves_nothing(recwarn):
    before = set(open_widgets)
    with pytest.raises(respmagic.UsageError):
        respmagic.Panel()
    gc.collect()
    assert set(open_widgets) <= before
    assert list(recwarn) == []
