"""Tools that run on the server: asked for, shown while they work, and what they leave."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import recordings
import respmagic
from gateway import Gateway, Reply
from inert import assert_inert, hostile
from recordings import needs_recordings
from respmagic._accumulator import Accumulator
from respmagic._approval import Decision
from respmagic._cards import entry_html, entry_text
from respmagic._exceptions import OptionError, UnknownToolError
from respmagic._images import GeneratedImage
from respmagic._server_items import facts_of
from respmagic._transcript import Entry
from test_reasoning import Thinking
from wire import chat_text, message, stream, text_response


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), colour).save(out, "PNG")
    return out.getvalue()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


INTERPRETER = {"type": "code_interpreter", "container": {"type": "auto"}}
MCP = {"type": "mcp", "server_label": "docs", "server_url": "https://docs.example/mcp"}


def ask(gateway: Gateway, prompt: str = "Go", **how: Any) -> Any:
    how = {"model": "m", "base_url": gateway.base_url, "tools": (), "api": "responses", **how}
    return respmagic.respond(prompt, **how)


def add(x: int) -> int:
    """Add one."""
    return x + 1


# Asking for them


def test_they_are_offered_beside_the_functions(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")))
    result = ask(gateway, tools=[add], web_search=True, hosted=[INTERPRETER, MCP])
    offered = gateway.requests[0].json["tools"]
    assert [tool["type"] for tool in offered] == [
        *("function", "web_search", "code_interpreter", "mcp")
    ]
    assert offered[2] == INTERPRETER
    assert result.tools == ("add", "web_search", "code_interpreter", "mcp docs")
    assert "tools: add, web_search, code_interpreter, mcp docs" in str(
        result._repr_mimebundle_()["text/plain"]
    )


def test_a_search_may_say_more(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")), repeat=True)
    filters = {"filters": {"allowed_domains": ["example.org"]}}
    ask(gateway, web_search=filters)
    assert gateway.requests[0].json["tools"] == [{"type": "web_search", **filters}]
    ask(gateway, web_search=False, hosted=MCP)
    assert [tool["type"] for tool in gateway.requests[1].json["tools"]] == ["mcp"]


@pytest.mark.parametrize("kind", ["web_search", "web_search_preview"])
def test_a_search_goes_along_once(gateway: Gateway, kind: str):
    gateway.add(Reply.sse(text_response("Yes.")))
    own = {"type": kind, "search_context_size": "low"}
    ask(gateway, web_search=True, hosted=[own, INTERPRETER])
    assert gateway.requests[0].json["tools"] == [own, INTERPRETER]
    with pytest.raises(OptionError, match="said twice: in web_search= and in hosted="):
        ask(gateway, web_search={"filters": {}}, hosted=[own])


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        ("web_search", {"type": "web_search"}),
        ("mcp docs", {"type": "mcp", "server_label": "docs"}),
        ("required", "required"),
        ("auto", "auto"),
    ],
)
def test_one_may_be_chosen(gateway: Gateway, choice: str, sent: Any):
    gateway.add(Reply.sse(text_response("Yes.")))
    ask(gateway, web_search=True, hosted=MCP, tool_choice=choice)
    assert gateway.requests[0].json["tool_choice"] == sent
    with pytest.raises(UnknownToolError, match="is none of auto, none, required, mcp docs"):
        ask(gateway, hosted=MCP, tool_choice="web")


@pytest.mark.parametrize(("profile", "told"), [("openai", True), ("openrouter", False)])
def test_what_they_find_is_asked_for_where_the_gateway_tells_it(
    gateway: Gateway, profile: str, told: bool
):
    gateway.add(Reply.sse(text_response("Yes.")), repeat=True)
    search = {"type": "file_search", "vector_store_ids": ["vs_1"]}
    how = {"profile": profile, "api_key": "k", "hosted": [search, INTERPRETER]}
    ask(gateway, **how, web_search=True)
    include = gateway.requests[0].json.get("include", [])
    wanted = ["web_search_call.action.sources", "file_search_call.results"]
    wanted.append("code_interpreter_call.outputs")
    assert [name for name in include if "reasoning" not in name] == (wanted if told else [])
    ask(gateway, **how, include=["file_search_call.results"])
    assert gateway.requests[1].json["include"] == ["file_search_call.results"]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"hosted": "web"}, "a tool of the server is an object such as"),
        ({"hosted": [{"name": "x"}]}, "a tool of the server is an object such as"),
        ({"hosted": {"type": "function", "name": "f"}}, "is offered by --tools"),
        (
            {"web_search": True, "profile": "demo"},
            "demo has no tools of its own",
        ),
        ({"web_search": True, "api": "chat"}, "'web_search' runs on the server, and chat"),
    ],
)
def test_what_cannot_be_offered_is_refused_before_anything_is_sent(
    gateway: Gateway, how: Any, says: str
):
    how = {"base_url": None, **how} if "profile" in how else how
    with pytest.raises(OptionError) as caught:
        ask(gateway, **how)
    assert says in str(caught.value)
    assert gateway.requests == []


def test_a_server_that_has_only_chat_is_told_apart(gateway: Gateway):
    gateway.add(Reply.json({"error": {"message": "not found"}}, status=404))
    with pytest.raises(OptionError, match=r"there is no /responses at .* chat\.completions has no"):
        ask(gateway, web_search=True, api="auto")


def test_the_keys_of_a_server_of_tools_stay_out_of_sight(gateway: Gateway):
    gateway.add(Reply.sse(text_response("It is token-of-the-docs or header-of-the-docs.")))
    keys = {
        "authorization": "token-of-the-docs",
        "headers": {"X-Docs": "Bearer header-of-the-docs"},
    }
    result = ask(gateway, hosted={**MCP, **keys})
    assert gateway.requests[0].json["tools"][0]["authorization"] == "token-of-the-docs"
    shown = json.dumps([result._repr_mimebundle_(), result.requests], default=str)
    assert "of-the-docs" not in shown


# In a cell


def cell(shell: Any, gateway: Gateway, line: str) -> Any:
    line = f"-m m --base-url {gateway.base_url} --no-tools {line}"
    return shell.run_cell_magic("responses", line, "Go")


def test_a_cell_names_them_as_json_or_by_variables(shell, gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")), repeat=True)
    shell.user_ns.update(docs=MCP, both=[MCP, INTERPRETER])
    cell(shell, gateway, f"--web-search --hosted '{json.dumps(INTERPRETER)}' --hosted docs")
    cell(shell, gateway, "--hosted both")
    kinds = [[tool["type"] for tool in r.json["tools"]] for r in gateway.requests]
    assert kinds == [["web_search", "code_interpreter", "mcp"], ["mcp", "code_interpreter"]]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("dcos", "there is no such variable (did you mean docs?), and it is no JSON"),
        ("{x", "is no JSON"),
        ("number", "a tool of the server is an object such as"),
        ("[1]", "a tool of the server is an object such as"),
    ],
)
def test_a_cell_that_names_none_is_not_sent(shell, gateway: Gateway, word: str, says: str):
    shell.user_ns.update(docs=MCP, number=3)
    with pytest.raises(OptionError) as caught:
        cell(shell, gateway, f"--hosted '{word}'")
    assert says in str(caught.value)
    assert gateway.requests == []


# What each does, as recorded

FILE_SEARCH = (
    "[file search What is an embedding model according to this document?; What is an embedding mo…"
)
CARDS: dict[str, tuple[list[str], list[str]]] = {
    "vercel-openai-file-search-tool-1.jsonl": ([FILE_SEARCH + "]"], ["ai.pdf"]),
    "vercel-openai-file-search-tool-2.jsonl": ([FILE_SEARCH + " → 1 result]"], ["ai.pdf"]),
    "vercel-openai-mcp-tool-approval-2.jsonl": (["[tools of zip1 → 4 tools]"], []),
    "vercel-openai-custom-tool-1.jsonl": (
        ["[custom tool write_sql(SELECT * FROM users WHERE age > 25)]"],
        [],
    ),
    "vercel-openai-local-shell-tool-1.jsonl": (["[local shell, not run here: ls -a '~']"], []),
    "vercel-openai-shell-tool-1.step0.jsonl": (["[shell ls -a ~/Desktop]"], []),
    "vercel-openai-shell-container-1.jsonl": (
        ["[shell echo 'Hello from container!' && uname -a]", "[shell output → exit code 0]"],
        [],
    ),
    "vercel-openai-compaction-1.jsonl": (
        ["[compaction → what was said before is kept in short by the server]"],
        [],
    ),
    "pai-openai-responses-model-file-search-tool-stream.3.sse": (
        ["[file search What is the capital of France?]"],
        ["tmp8l5_2pzy.txt"],
    ),
    "pai-openai-responses-model-web-search-tool-with-invalid-region.0.json": (
        ["[web search weather: Brazil, Bahia, Salvador]"],
        [],
    ),
    "ruby-web-search-with-openai-gpt-5-2-searches-and-records-the-tool-call-items.0.json": (
        ["[web search latest stable Ruby version; Ruby releases stable version latest ru"],
        ["Download Ruby | Ruby"],
    ),
    "vercel-xai-x-search-tool.jsonl": (
        [
            '[custom tool x_keyword_search({"query":"from:xai filter:media","limit":20,',
            '[custom tool view_x_video({"video_url":"https://video.twimg.com/amplify_video/',
            *["[web search]"] * 4,
        ],
        [""] * 20,
    ),
}


def recorded(name: str) -> Reply:
    """The recording as a server sends it."""
    text = recordings.recording(f"responses/{name}").read_text("utf-8")
    if name.endswith(".json"):
        return Reply.json(json.loads(text))
    lines = [line.removeprefix("data:") for line in text.splitlines()]
    return Reply.sse([json.loads(line) for line in lines if line.strip().startswith("{")])


@needs_recordings
@pytest.mark.parametrize("name", CARDS)
def test_each_recorded_tool_leaves_its_cards_and_citations(gateway: Gateway, name: str):
    gateway.add(recorded(name))
    result = ask(gateway)
    cards, titles = CARDS[name]
    entries = result.run.entries()
    shown = [entry_text(entry) for entry in entries if entry.kind == "item"]
    assert [text[: len(card)] for text, card in zip(shown, cards, strict=True)] == cards
    assert len(result.citations) == len(titles)
    for citation, title in zip(result.citations, titles, strict=True):
        assert citation.title == title or citation.url.startswith("https://x.com/")
    types = [item["type"] for item in result.responses[0].output]
    assert types == recordings.expected(f"responses/{name}")["output_types"]
    for entry in entries:
        assert_inert(entry_html(entry))


@needs_recordings
def test_recorded_results_stand_in_the_card(gateway: Gateway):
    gateway.add(recorded("vercel-openai-file-search-tool-2.jsonl"))
    html = ask(gateway)._repr_mimebundle_()["text/html"]
    assert "<small>ai.pdf (0.93)</small>" in html
    assert "Generative artificial intelligence" in html
    gateway.add(recorded("vercel-openai-shell-container-1.jsonl"))
    html = ask(gateway)._repr_mimebundle_()["text/html"]
    assert "<small>stdout</small><pre>Hello from container!" in html


@needs_recordings
def test_a_recorded_citation_is_a_numbered_link_that_says_where_it_goes(gateway: Gateway):
    gateway.add(
        recorded(
            "ruby-web-search-with-openai-gpt-5-2-searches-and-records-the-tool-call-items.0.json"
        )
    )
    result = ask(gateway)
    [citation] = result.citations
    assert (citation.number, citation.kind) == (1, "url_citation")
    assert citation.url == "https://www.ruby-lang.org/en/downloads/?utm_source=openai"
    assert citation.quote.startswith("([ruby-lang.org](https://www.ruby-lang.org")
    bundle = result._repr_mimebundle_()
    assert ">Download Ruby | Ruby</a> (www.ruby-lang.org)</li>" in bundle["text/html"]
    assert f"[1] Download Ruby | Ruby {citation.url}" in bundle["text/plain"]


# Approval of a server's calls


@needs_recordings
@pytest.mark.parametrize(
    ("how", "approved", "says"),
    [
        ({"approve": "allow"}, True, "→ allowed]"),
        ({"approve": "deny"}, False, "→ not allowed: the user allows no calls]"),
        (
            {},
            False,
            "→ not allowed: this call needs the user's approval, and nobody can answer ",
        ),
    ],
)
def test_a_servers_call_runs_only_if_it_is_allowed(
    gateway: Gateway, how: Any, approved: bool, says: str
):
    gateway.add(*map(recorded, (f"vercel-openai-mcp-tool-approval-{n}.jsonl" for n in (1, 2))))
    result = ask(gateway, hosted=MCP, **how)
    first, second = (request.json for request in gateway.requests)
    assert second["tools"] == first["tools"]
    kinds = [item["type"] for item in second["input"]]
    assert kinds[:2] == ["message", "mcp_list_tools"]
    assert kinds[-2:] == ["mcp_approval_request", "mcp_approval_response"]
    asked, answer = second["input"][-2:]
    assert answer["approval_request_id"] == asked["id"]
    assert answer["approve"] is approved
    assert ("reason" in answer) is not approved
    [card] = [
        entry_text(entry)
        for entry in result.run.entries()
        if entry.kind == "item" and entry.content[0]["type"] == "mcp_approval_request"
    ]
    assert "approval zip1.create_short_url(" in card
    assert says in card


class Yes:
    """Whoever is asked says yes."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def ask(self, call: Any, tool: Any) -> Decision:
        self.asked.append((call.name, call.sent, tool))
        return Decision(True)


def approval(name: str = "shorten", arguments: str = '{"url": "x"}') -> dict[str, Any]:
    item = {"type": "mcp_approval_request", "id": f"mcpr_{name}", "server_label": "docs"}
    return {**item, "name": name, "arguments": arguments}


def test_an_approver_is_asked_for_each_and_functions_run_meanwhile(gateway: Gateway, shell):
    from respmagic import _loop
    from respmagic._plan import make_plan
    from respmagic._pump import Interrupts, Pump
    from respmagic._running import Running

    call = {"type": "function_call", "name": "add", "arguments": '{"x": 1}'}
    done = {"type": "mcp_call", "server_label": "docs", "name": "shorten", "output": "short"}
    gateway.add(
        Reply.sse(stream([approval(), call, approval("again")])),
        Reply.sse(stream([{**done, "arguments": "{}"}, message("Done.")], id="resp_2")),
    )
    given = {"model": "m", "base_url": gateway.base_url, "tools": [add], "hosted": MCP}
    plan, approver = make_plan("Go", given, {}), Yes()
    with Interrupts() as interrupts:
        pump = Pump(interrupts)
        running = Running(plan, pump, approver=approver)
        pump.wait(_loop.worker().submit(running.main()), _loop.worker())
    result = running.result(None)
    assert [name for name, _, tool in approver.asked if tool is None] == [
        "docs.shorten",
        "docs.again",
    ]
    assert [call.result for call in result.tool_calls] == [2]
    sent = [item["type"] for item in gateway.requests[1].json["input"]]
    assert sent[-2:] == ["mcp_approval_response"] * 2
    assert sent.index("function_call_output") < sent.index("mcp_approval_response")
    assert "docs.shorten({}) → short" in str(result._repr_mimebundle_()["text/plain"])


class Watched(Yes):
    """Allows all, and paints the run just before it does."""

    def __init__(self, paint: Any) -> None:
        super().__init__()
        self.paint = paint

    async def ask(self, call: Any, tool: Any) -> Decision:
        self.paint()
        return await super().ask(call, tool)


def test_a_terminal_prints_what_was_answered_and_not_that_it_was_asked(
    gateway: Gateway, shell, capsys
):
    from respmagic import _loop
    from respmagic._plan import make_plan
    from respmagic._pump import Interrupts, Pump
    from respmagic._renderers.plain import Plain
    from respmagic._running import Running

    gateway.add(
        Reply.sse(stream([approval(), approval("again")])),
        Reply.sse(text_response("Done.", id="resp_2")),
    )
    given = {"model": "m", "base_url": gateway.base_url, "tools": [], "hosted": MCP}
    plan, plain = make_plan("Go", given, {}), Plain()
    approver = Watched(lambda: plain.paint(running.run))
    with Interrupts() as interrupts:
        pump = Pump(interrupts)
        running = Running(plan, pump, approver=approver)
        pump.wait(_loop.worker().submit(running.main()), _loop.worker())
    assert len(approver.asked) == 2
    plain.finish(running.result(None))
    printed = capsys.readouterr().out.splitlines()
    assert [line.endswith("→ allowed]") for line in printed] == [True, True, False, False]
    assert printed[-1] == "Done."


def test_a_cell_asks_by_input_and_the_answer_goes_to_the_server(
    gateway: Gateway, shell, monkeypatch
):
    import builtins

    asked: list[str] = []
    answers = iter(["n", "not today"])

    def answer(prompt: str = "") -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(builtins, "input", answer)
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    gateway.add(Reply.sse(stream([approval()])), Reply.sse(text_response("Then not.")))
    result = cell(shell, gateway, "--renderer final --hosted '" + json.dumps(MCP) + "'")
    assert "docs.shorten" in asked[0]
    assert gateway.requests[1].json["input"][-1] == {
        "type": "mcp_approval_response",
        "approval_request_id": "mcpr_shorten",
        "approve": False,
        "reason": "not today",
    }
    assert "→ not allowed: not today" in str(result._repr_mimebundle_()["text/plain"])


def test_ctrl_c_at_the_question_ends_the_run_and_sends_nothing_more(
    gateway: Gateway, shell, monkeypatch
):
    import builtins

    def stop(prompt: str = "") -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(builtins, "input", stop)
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda _: True})())
    gateway.add(Reply.sse(stream([approval()])))
    with pytest.raises(respmagic.Interrupted):
        cell(shell, gateway, "--renderer final --hosted '" + json.dumps(MCP) + "'")
    assert len(gateway.requests) == 1
    assert shell.user_ns["_response"].status == "interrupted"


def test_requests_for_approval_count_as_turns(gateway: Gateway):
    gateway.add(Reply.sse(stream([approval()])), repeat=True)
    with pytest.raises(respmagic.MaxTurnsExceeded, match=r"asks for tools \(shorten\) after 2"):
        ask(gateway, hosted=MCP, approve="allow", max_turns=2)


def test_an_unanswered_request_is_not_kept_in_a_conversation(gateway: Gateway):
    gateway.add(
        Reply.sse(stream([message("I may need it."), approval()])), Reply.sse(text_response("Hm."))
    )
    with pytest.raises(respmagic.MaxTurnsExceeded):
        ask(gateway, hosted=MCP, conversation="asks", max_turns=1)
    ask(gateway, conversation="asks")
    sent = gateway.requests[1].json["input"]
    assert "mcp_approval_request" not in [item["type"] for item in sent]


# While they work


def events(*steps: tuple[str, dict[str, Any]]) -> Accumulator:
    accumulator = Accumulator()
    for kind, fields in steps:
        accumulator.feed({"type": f"response.{kind}", "output_index": 0, **fields})
    return accumulator


@pytest.mark.parametrize(
    ("kind", "status", "shown"),
    [
        ("web_search_call", "searching", "[web search → searching…]"),
        ("file_search_call", "in_progress", "[file search → running…]"),
        ("code_interpreter_call", "interpreting", "[code interpreter → interpreting…]"),
        ("image_generation_call", "generating", "[image generation → generating…]"),
        ("mcp_list_tools", "in_progress", "[tools of docs → running…]"),
        ("mcp_call", "failed", "[server tool docs.f() → failed]"),
        ("web_search_call", "completed", "[web search]"),
    ],
)
def test_their_progress_shows(kind: str, status: str, shown: str):
    item = {"type": kind, "id": "x", "status": "in_progress"}
    if kind.startswith("mcp"):
        item |= {"server_label": "docs"} | ({"name": "f"} if kind == "mcp_call" else {})
    response = events(("output_item.added", {"item": item}), (f"{kind}.{status}", {})).response()
    assert response.output[0]["status"] == status
    assert entry_text(Entry("0", "item", (response.output[0], None), False)) == shown


def test_progress_of_what_is_done_or_unknown_changes_nothing():
    item = {"type": "web_search_call", "id": "x", "status": "completed"}
    steps = [("output_item.done", {"item": item}), ("web_search_call.searching", {})]
    assert events(*steps).response().output == (item,)
    assert events(("web_search_call.searching", {})).response().output == ()
    said = {"type": "message", "id": "x", "content": []}
    assert events(("output_item.added", {"item": said}), steps[1]).response().output == (said,)


def test_code_is_written_before_the_eyes_and_a_card_is_painted_only_where_it_changes():
    page = Thinking()
    page.item("added", {"type": "code_interpreter_call", "id": "ci", "status": "in_progress"})
    for delta in ("import math\n", "print(math.pi)"):
        page.event({"type": "response.code_interpreter_call_code.delta", "delta": delta})
        page.blocks.paint(page.run)
    assert "math" in page.page.html
    sent = page.page.sent
    for _ in range(5):
        page.blocks.paint(page.run)
    assert page.page.sent == sent


def test_a_terminal_prints_what_came_of_it_once(capsys):
    from respmagic._renderers.plain import Plain

    page, plain = Thinking(), Plain()
    search = {"type": "web_search_call", "id": "ws"}
    page.item("added", {**search, "status": "in_progress"})
    plain.paint(page.run)
    assert capsys.readouterr().out == ""
    page.item("done", {**search, "action": {"type": "search", "query": "dots"}})
    page.event({"type": "response.output_text.delta", "delta": "Red."}, 1)
    plain.paint(page.run)
    assert capsys.readouterr().out == "[web search dots]\n\nRed."


def test_partial_images_show_until_the_whole_one_is_there():
    page = Thinking()
    page.item("added", {"type": "image_generation_call", "id": "ig", "status": "in_progress"})
    for colour in ("red", "blue"):
        image = {"partial_image_b64": b64(png(colour)), "partial_image_index": 0}
        page.event({"type": "response.image_generation_call.partial_image", **image})
        page.blocks.paint(page.run)
        assert page.page.html.count("<img") == 1
        assert b64(png(colour)) in page.page.html
    whole = {"type": "image_generation_call", "id": "ig", "status": "completed"}
    page.item("done", {**whole, "result": b64(png("green"))})
    assert b64(png("green")) in page.page.html
    assert b64(png("blue")) not in page.page.html


# What stays of them


def test_code_its_logs_and_its_pictures_are_a_card(gateway: Gateway):
    item = {
        "type": "code_interpreter_call",
        "code": "import math\nprint(math.pi)",
        "outputs": [
            {"type": "logs", "logs": "3.14159\n\x1b[31mred\x1b[0m"},
            {"type": "image", "url": f"data:image/png;base64,{b64(png())}"},
            {"type": "image", "url": "https://files.example/plot.png"},
        ],
    }
    gateway.add(Reply.sse(stream([item, message("Pi.")])))
    result = ask(gateway, hosted=INTERPRETER)
    html, text = (result._repr_mimebundle_()[f"text/{kind}"] for kind in ("html", "plain"))
    assert "[code interpreter import math → " in text
    assert "3.14159\nred</pre>" in html
    assert html.count("<img") == 1
    assert ">image on the server</a> (files.example)" in html
    assert [image.data for image in result.images] == [png()]


def test_a_generated_picture_is_shown_and_is_an_object(gateway: Gateway, tmp_path: Path):
    item = {"type": "image_generation_call", "result": b64(png()), "revised_prompt": "A red dot"}
    gateway.add(Reply.sse(stream([item])), Reply.sse(text_response("Red.")))
    result = ask(gateway, hosted={"type": "image_generation"})
    html = result._repr_mimebundle_()["text/html"]
    assert f'<img src="data:image/png;base64,{b64(png())}" alt="">' in html
    assert "<details" in html
    assert " open>" in html
    assert_inert(entry_html(result.run.entries()[0]))
    [image] = result.images
    assert (image.mime, image.prompt) == ("image/png", "A red dot")
    assert repr(image) == f"<GeneratedImage PNG, {len(png())} bytes>"
    assert image._repr_mimebundle_()["image/png"] == b64(png())
    assert image.save(tmp_path / "dot").name == "dot.png"
    assert (tmp_path / "dot.png").read_bytes() == png()
    ask(gateway, "Which colour?", images=image)
    sent = gateway.requests[1].json["input"][0]["content"][1]
    assert sent["image_url"] == f"data:image/png;base64,{b64(png())}"


@pytest.mark.parametrize("result", ["", "no base64!", b64(b"<svg onload=alert(1)>"), None, 3])
def test_what_is_no_picture_is_not_shown_as_one(gateway: Gateway, result: Any):
    gateway.add(Reply.sse(stream([{"type": "image_generation_call", "result": result}])))
    done = ask(gateway, hosted={"type": "image_generation"})
    assert done.images == ()
    assert "<img" not in done._repr_mimebundle_()["text/html"]


def test_a_picture_of_many_bytes_is_named_instead():
    data = b64(png() + b"\0" * 5_000_000)
    html = entry_html(
        Entry("0", "item", ({"type": "image_generation_call", "result": data}, None), True)
    )
    assert "an image of 5,000," in html
    assert len(html) < 500
    assert GeneratedImage(png(), "image/png") == GeneratedImage(png(), "image/png")


def test_sources_of_a_search_are_links(gateway: Gateway):
    sources = [{"type": "url", "url": f"https://example.org/{n}"} for n in range(3)]
    search = {"type": "web_search_call", "status": "completed"}
    items = [
        {**search, "action": {"type": "search", "query": "dots", "sources": sources}},
        {**search, "action": {"type": "open_page", "url": "https://example.org/1"}},
        {**search, "action": {"type": "find_in_page", "pattern": "red", "url": "https://e.org"}},
        {**search, "action": None},
    ]
    gateway.add(Reply.sse(stream(items)))
    bundle = ask(gateway, web_search=True)._repr_mimebundle_()
    assert bundle["text/html"].count("<a href=") == 5
    for line in ("dots → 3 sources", "open → https://example.org/1", "red → in https://e.org"):
        assert f"[web search {line}]" in bundle["text/plain"]


def test_one_page_is_cited_once_and_chats_annotations_are_read(gateway: Gateway):
    cited = {"type": "url_citation", "title": "A", "url": "https://a.org", "start_index": 0}
    part = {
        "type": "output_text",
        "text": "Yes.",
        "annotations": [cited, {**cited, "end_index": 3}],
    }
    part["annotations"] += [
        {"type": "file_citation", "file_id": "f1", "filename": "a.pdf"},
        {"type": "container_file_citation", "file_id": "f2", "filename": "plot.png"},
        {"type": "url_citation", "url_citation": {"url": "https://b.org", "title": "B"}},
        {"type": "url_citation"},
        None,
    ]
    gateway.add(Reply.sse(stream([{"type": "message", "role": "assistant", "content": [part]}])))
    cites = ask(gateway).citations
    assert [(c.number, c.title, c.url, c.file_id) for c in cites] == [
        (1, "A", "https://a.org", ""),
        (2, "a.pdf", "", "f1"),
        (3, "plot.png", "", "f2"),
        (4, "B", "https://b.org", ""),
    ]


def test_an_answer_without_tools_of_the_server_has_none(gateway: Gateway):
    gateway.add(Reply.sse(chat_text("Yes.")))
    result = ask(gateway, api="chat")
    assert (result.citations, result.images) == ((), ())
    assert "Sources" not in result._repr_mimebundle_()["text/html"]


# Odd and hostile items


@pytest.mark.parametrize(
    "item",
    [
        {"type": "slug:new_thing", "status": "completed"},
        {"type": "program_output"},
        {"type": ""},
        {"type": "web_search_call", "action": [1], "status": 7},
        {"type": "file_search_call", "results": {"a": 1}, "queries": "x"},
        {"type": "code_interpreter_call", "code": 3, "outputs": [None, {"type": "image"}]},
        {"type": "mcp_call", "arguments": {"a": 1}, "error": {"code": 3}},
        {"type": "mcp_list_tools", "tools": [None, {}], "error": "down"},
        {"type": "shell_call", "action": {"commands": None, "command": "x"}},
        {"type": "shell_call_output", "output": "text"},
        {
            "type": "apply_patch_call",
            "operation": {"type": "create_file", "path": "a", "diff": "+x"},
        },
        {"type": "computer_call", "action": {"type": "click", "x": 1}},
        {"type": "tool_search_output", "tools": []},
    ],
)
def test_items_with_whatever_they_lack_are_a_line_or_a_card(item: Any):
    entry = Entry("0", "item", (item, None), True)
    assert_inert(entry_html(entry))
    assert entry_text(entry).startswith("[")
    assert "\n" not in entry_text(entry)


@hostile
def test_hostile_text_is_inert_wherever_a_server_puts_it(text: str):
    link = {"type": "url", "url": f"https://e.org/{text}", "title": text}
    items = [
        {"type": text, "status": text},
        {"type": "web_search_call", "action": {"type": "search", "query": text, "sources": [link]}},
        {"type": "web_search_call", "action": {"type": "open_page", "url": text}},
        {
            "type": "file_search_call",
            "queries": [text],
            "results": [{"filename": text, "text": text}],
        },
        {
            "type": "code_interpreter_call",
            "code": text,
            "outputs": [{"type": "logs", "logs": text}, {"type": "image", "url": text}],
        },
        {"type": "image_generation_call", "result": text, "revised_prompt": text},
        {
            "type": "mcp_list_tools",
            "server_label": text,
            "tools": [{"name": text, "description": text}],
        },
        {"type": "mcp_call", "name": text, "arguments": text, "output": text, "error": text},
        {"type": "mcp_approval_request", "name": text, "server_label": text, "arguments": text},
        {"type": "shell_call", "action": {"commands": [text]}},
        {"type": "shell_call_output", "output": [{"stdout": text, "stderr": text}]},
        {"type": "apply_patch_call", "operation": {"path": text, "diff": text}},
        {"type": "custom_tool_call", "name": text, "input": text},
    ]
    for item in items:
        decision = Decision(False, text) if item["type"] == "mcp_approval_request" else None
        entry = Entry("0", "item", (item, decision), True)
        assert_inert(entry_html(entry))
        assert not any(c in entry_text(entry) for c in "\x1b\x9b\u202e")
    assert facts_of(items[0]).tool == text


@hostile
def test_hostile_citations_are_inert(text: str):
    from respmagic._citations import Citation

    urls = (text, f"https://e.org/{text}", f"https://{text}@e.org", f"javascript:{text}")
    cited = tuple(Citation(n + 1, "url_citation", text, url) for n, url in enumerate(urls))
    entry = Entry("citations", "citations", cited, True)
    assert_inert(entry_html(entry))
    assert not any(c in entry_text(entry) for c in "\x1b\x9b\u202e")
