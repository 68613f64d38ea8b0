"""Every parameter of the request reaches the server, and a dry run shows it and sends nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

import respmagic
from gateway import Gateway, Reply
from inert import assert_inert, hostile
from respmagic._cards import entry_html
from respmagic._options import OPTIONS
from wire import chat_text, text_response

PROMPT = {"id": "pmpt_1", "version": "2", "variables": {"city": "Bern"}}

# Parameter -> (a value, the keywords of `respond` that say it, the options of a cell that say it).
# Those without either go by their own name, and by --extra.
PARAMETERS: dict[str, tuple[Any, dict[str, Any] | None, str | None]] = {
    "model": ("m", {}, ""),
    "input": ([{"type": "message", "role": "user", "content": "Go"}], {}, ""),
    "instructions": ("Be brief.", {"instructions": "Be brief."}, "-i 'Be brief.'"),
    "max_output_tokens": (99, {"max_output_tokens": 99}, "--max-output-tokens 99"),
    "max_tool_calls": (3, None, None),
    "metadata": ({"a": "b"}, None, None),
    "parallel_tool_calls": (False, None, None),
    "previous_response_id": ("resp_0", None, None),
    "conversation": ("conv_1", {"extra": {"conversation": "conv_1"}}, None),
    "reasoning": (
        {"effort": "low", "summary": "auto"},
        {"effort": "low", "summary": "auto"},
        "--effort low --summary auto",
    ),
    "text": ({"verbosity": "low"}, {"verbosity": "low"}, "--verbosity low"),
    "tools": ([{"type": "web_search"}], {"web_search": True}, "--web-search"),
    "tool_choice": ("none", {"tool_choice": "none"}, "--tool-choice none"),
    "stream": (True, {}, ""),
    "stream_options": ({"include_obfuscation": False}, None, None),
    "include": (["message.output_text.logprobs"], None, None),
    "store": (True, {"store": True}, "--store"),
    "background": (True, {"background": True}, "--background"),
    "truncation": ("auto", {"truncate": "auto"}, "--truncate auto"),
    "temperature": (0.5, {"temperature": 0.5}, "--temperature 0.5"),
    "top_p": (0.9, {"top_p": 0.9}, "--top-p 0.9"),
    "top_logprobs": (2, None, None),
    "presence_penalty": (0.1, None, None),
    "frequency_penalty": (0.2, None, None),
    "service_tier": ("flex", None, None),
    "prompt_cache_key": ("k", None, None),
    "safety_identifier": ("s", None, None),
    "user": ("u", None, None),
    "prompt_cache_options": ({"mode": "x"}, None, None),
    "prompt_cache_retention": ("24h", None, None),
    "prompt": (PROMPT, {"extra": {"prompt": PROMPT}}, None),
    "context_management": ([{"type": "compaction", "compact_threshold": 9}], None, None),
    "moderation": ({"model": "omni"}, None, None),
    "image": ({"size": "auto"}, None, None),
    "access_programs": (["x"], None, None),
    "not_known_here_yet": ({"a": [1]}, None, None),
}


def ask(gateway: Gateway, **how: Any) -> Any:
    how = {"model": "m", "base_url": gateway.base_url, "tools": (), "api": "responses", **how}
    return respmagic.respond("Go", **how)


def cell(shell: Any, gateway: Gateway, line: str) -> Any:
    line = f"-m m --base-url {gateway.base_url} --api responses --no-tools {line}"
    return shell.run_cell_magic("responses", line, "Go")


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_stands_in_the_body_that_python_sends(gateway: Gateway, name: str):
    value, keywords, _ = PARAMETERS[name]
    gateway.add(Reply.sse(text_response("Yes.")))
    ask(gateway, **({name: value} if keywords is None else keywords))
    assert gateway.requests[0].json[name] == value


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_stands_in_the_body_that_a_cell_sends(gateway: Gateway, shell, name: str):
    value, _, options = PARAMETERS[name]
    gateway.add(Reply.sse(text_response("Yes.")))
    cell(shell, gateway, f"--extra '{json.dumps({name: value})}'" if options is None else options)
    assert gateway.requests[0].json[name] == value


def test_nothing_goes_along_that_nobody_asked_for(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")))
    ask(gateway)
    assert set(gateway.requests[0].json) == {"model", "input", "store", "stream"}


@pytest.mark.parametrize("name", ["top_p", "summary", "verbosity"])
def test_what_is_set_for_the_notebook_goes_along(gateway: Gateway, shell, name: str):
    gateway.add(Reply.sse(text_response("Yes.")))
    value = 0.25 if name == "top_p" else "low"
    magics = shell.magics_manager.registry["ResponsesMagics"]
    setattr(magics, name, value)
    cell(shell, gateway, "")
    assert str(value) in json.dumps(gateway.requests[0].json)


def test_further_parameters_are_a_dict(gateway: Gateway):
    with pytest.raises(respmagic.OptionError, match="extra must be a dict of parameters"):
        ask(gateway, extra="top_p")
    with pytest.raises(respmagic.OptionError, match="input is not set as a parameter"):
        ask(gateway, extra={"input": "x"})


# Dry runs


def test_a_dry_run_sends_nothing_and_shows_all_that_would_go(gateway: Gateway, shell):
    key = "sk-test-0123456789abcdefghij"
    shell.user_ns["city"] = "Bern"
    given = {"web_search": True, "instructions": f"Use {key}.", "schema": int, "api_key": key}
    result = ask(gateway, dry_run=True, **given)
    assert gateway.requests == []
    [body] = result.requests
    assert body["text"]["format"]["type"] == "json_schema"
    assert (result.status, result.text, result.responses, result.error) == (
        "not sent",
        "",
        (),
        None,
    )
    bundle = result._repr_mimebundle_()
    for shown in bundle.values():
        assert f"POST {gateway.base_url}/responses" in shown
        assert "Authorization: •••" in shown
        assert key not in shown
    text = bundle["text/plain"]
    assert json.loads(text[text.index("{") : text.rindex("}") + 1]) == body
    assert text.endswith("[nothing was sent · tools: web_search]")


def test_what_a_dry_run_shows_is_what_is_sent(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")))
    how = {"images": "https://example.com/a.png", "temperature": 0.5, "store": True}
    dry = ask(gateway, dry_run=True, **how)
    ask(gateway, **how)
    assert gateway.requests[0].json == dry.requests[0]


def test_a_dry_run_leaves_out_what_the_server_has_refused(gateway: Gateway, monkeypatch):
    from respmagic import _client

    monkeypatch.setattr(_client, "_refusals", {})
    said = "Encrypted content is not supported with this model."
    gateway.add(Reply.json({"error": {"message": said}}, status=400))
    gateway.add(Reply.sse(text_response("Yes.")))
    how = {"profile": "openai", "api_key": "k"}
    assert "include" in ask(gateway, dry_run=True, **how).requests[0]
    ask(gateway, **how)
    dry = ask(gateway, dry_run=True, **how)
    assert dry.requests[0] == gateway.requests[1].json
    assert "include" not in dry.requests[0]


def test_a_cell_may_be_a_dry_run(gateway: Gateway, shell):
    shell.user_ns["city"] = "Bern"
    line = f"-m m --base-url {gateway.base_url} --api chat --dry-run --no-tools"
    result = shell.run_cell_magic("responses", f"shown << {line}", "Where is {{ city }}?")
    assert gateway.requests == []
    assert shell.user_ns["shown"] is result is shell.user_ns["_response"]
    assert result.requests[0]["messages"] == [{"role": "user", "content": "Where is Bern?"}]
    assert "/chat/completions" in result._repr_mimebundle_()["text/plain"]


def test_a_dry_run_in_async_code_and_of_the_embedded_model(gateway: Gateway):
    import asyncio

    how = {"profile": "demo", "tools": (), "dry_run": True}
    result = asyncio.run(respmagic.arespond("Hello", **how))
    assert result.requests[0]["input"][0]["content"] == "Hello"


def test_a_dry_run_adds_nothing_to_a_conversation(gateway: Gateway):
    gateway.add(Reply.sse(chat_text("Yes.")))
    shown = ask(gateway, dry_run=True, conversation="dry")._repr_mimebundle_()["text/plain"]
    assert "conversation dry, turn 1" in shown.splitlines()[-1]
    ask(gateway, api="chat", conversation="dry")
    assert len(gateway.requests[0].json["messages"]) == 1


def test_files_in_it_are_shown_by_their_length(gateway: Gateway):
    result = ask(gateway, dry_run=True, files=b"%PDF-1.7\n" + b"x" * 3_000)
    assert "data:application/pdf;base64,… 3,0" in result._repr_mimebundle_()["text/plain"]
    assert len(result.requests[0]["input"][0]["content"][1]["file_data"]) > 4_000


@hostile
def test_a_hostile_prompt_is_inert_in_it(text: str):
    from respmagic._transcript import Entry, Unsent

    unsent = Unsent(f"https://e.org/{text}", {"X": text}, {"input": text, text: [text]})
    assert_inert(entry_html(Entry("unsent", "unsent", unsent, True)))


def test_every_option_of_the_design_is_there():
    flags = {flag for option in OPTIONS for flag in option.spelled}
    wanted = "--top-p --dry-run --summary --verbosity --web-search --hosted --schema --image --file"
    assert set(wanted.split()) <= flags
