"""`%responses conversations`, `undo` and `retry`, in a real shell."""

from __future__ import annotations

import json

import pytest
from IPython.utils.capture import capture_output

import respmagic
import wire
from inert import assert_inert
from replies import Reply
from respmagic import OptionError
from respmagic._markdown import STYLE
from respmagic._session import session_of

KEY = "sk-" + "abcdefghij0123456789"


@pytest.fixture
def talks(shell):
    return session_of(shell).conversations


@pytest.fixture
def cell(shell, gateway):
    def run(text="Go", line="-c"):
        where = f"-m m --base-url {gateway.base_url} --retries 0"
        return shell.run_cell_magic("responses", f"{line} {where}", text)

    return run


@pytest.fixture
def command(shell):
    """Run a subcommand: what it prints, else its value."""

    def run(line):
        with capture_output() as captured:
            value = shell.run_line_magic("responses", line)
        return captured.stdout.strip() or value

    return run


def answers(gateway, *texts):
    for number, text in enumerate(texts):
        gateway.add(Reply.sse(wire.text_response(text, id=f"resp_{number}")))


def sent(gateway):
    return [
        item["content"] if isinstance(item.get("content"), str) else item["type"]
        for item in gateway.requests[-1].json["input"]
    ]


def add(a: int) -> int:
    """Add one."""
    return a + 1


# List and show


def test_they_are_listed(cell, command, gateway, talks):
    assert command("conversations").startswith("No conversation has begun")
    answers(gateway, "One.", "Two.", "Three.")
    cell("What is\none?")
    cell("2", "-c other")
    cell("3", "-c other")
    talks.named("empty")
    assert repr(command("conversations")) == (
        "conversation  turns  tokens  model  last asked\n"
        "main          1      15      m      What is one?\n"
        "other         2      30      m      3"
    )


def test_one_is_shown_as_it_went(cell, command, gateway, shell):
    shell.user_ns["add"] = add
    gateway.add(Reply.sse(wire.call_response([("add", {"a": 1})], text="I **add**.")))
    answers(gateway, "It is 2.")
    cell("What is\n1 + 1?", "-c -t add")
    story = command("conversations show main")
    assert repr(story) == (
        'main, turn 1\n\n> What is\n> 1 + 1?\n\nI **add**.\n\nadd({"a": 1}) → 2\n\nIt is 2.'
    )
    html = story._repr_mimebundle_()["text/html"]
    assert "<strong>add</strong>" in html
    assert "<blockquote>" in html


def test_what_is_shown_is_inert_and_has_no_keys(cell, command, gateway):
    answers(gateway, f"<img src=x onerror=alert(1)> {KEY}")
    cell(f"<script>alert(1)</script> {KEY}")
    story = command("conversations show main")
    bundle = story._repr_mimebundle_()
    assert_inert(bundle["text/html"].removesuffix(STYLE))
    assert KEY not in "".join(bundle.values())
    assert KEY not in repr(command("conversations"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("conversations shwo main", r"no 'shwo' \(did you mean show\?\); it has show, fork"),
        ("conversations show", "say %responses conversations show NAME"),
        ("conversations fork main", "say %responses conversations fork NAME NEW"),
        ("conversations show mian", r"no conversation 'mian' \(did you mean main\?\)"),
        ("conversations fork main main", "there is a conversation 'main' already"),
        ("conversations fork main a/b", "'a/b' is no name"),
        ("conversations rename none new", "no conversation 'none'"),
        ("conversations drop none", "no conversation 'none'"),
        ("conversations export none x.json", "no conversation 'none'"),
        ("conversations --all", "there is no option --all"),
        ("undo main", "takes no words but -c"),
        ("undo -c none", "no conversation 'none'"),
        ("retry main", "takes no words but -c"),
        ("last main", "last takes no words"),
        ("retry -c none", "no conversation 'none'"),
    ],
)
def test_what_cannot_be_done_is_said(cell, shell, gateway, line, said):
    answers(gateway, "One.")
    cell("1")
    with pytest.raises(OptionError, match=said):
        shell.run_line_magic("responses", line)


def test_fork_rename_and_drop(cell, command, gateway, talks):
    answers(gateway, "One.", "Two.")
    cell("1")
    assert command("conversations fork main other") == "other begins with the 1 turn of main."
    cell("2", "-c other")
    assert sent(gateway) == ["1", "message", "2"]
    assert command("conversations rename other new") == "other is called new now."
    assert command("conversations drop main") == "main is gone, and with it 1 turn."
    assert list(talks) == ["new"]


# Files


def test_one_is_saved_and_goes_on_elsewhere(cell, command, gateway, shell, tmp_path, talks):
    shell.user_ns["add"] = add
    gateway.add(Reply.sse(wire.stream([thought(), wire.function_call("add", {"a": 1})])))
    answers(gateway, "It is 2.", "Fine.")
    cell("1 + 1?", "-c -t add")
    path = tmp_path / "talk.json"
    assert command(f"conversations export main {path}") == (
        f"1 turn of main written to {path}, secrets masked."
    )
    assert "is gone" in command("conversations drop main")
    assert command(f"conversations load {path}") == (
        "main has 1 turn now; a cell with -c main goes on with it."
    )
    assert "main has" not in command(f"conversations load {path} copy")
    [turn] = talks["main"].turns
    assert turn.usage.total_tokens == 30
    assert turn.key is None
    cell("And?")
    kinds = ["1 + 1?", "reasoning", "function_call", "function_call_output", "message", "And?"]
    assert sent(gateway) == kinds
    assert "was loaded from a file" not in repr(talks["main"].results)


def thought():
    return {"type": "reasoning", "summary": [], "encrypted_content": "gAAAA"}


def test_keys_stay_out_of_files(cell, command, gateway, tmp_path):
    answers(gateway, f"You said {KEY}.")
    cell(f"My key is {KEY}.")
    path = tmp_path / "talk.json"
    command(f"conversations export main {path}")
    assert KEY not in path.read_text()
    assert "•••" in path.read_text()


def test_only_an_older_export_is_written_over(cell, command, gateway, shell, tmp_path):
    answers(gateway, "One.", "Two.")
    cell("1")
    path, other = tmp_path / "talk.json", tmp_path / "notes.txt"
    other.write_text("mine")
    command(f"conversations export main {path}")
    cell("2")
    assert command(f"conversations export main {path}").startswith("2 turns")
    with pytest.raises(OptionError, match="there already and no conversation of ours"):
        shell.run_line_magic("responses", f"conversations export main {other}")
    assert other.read_text() == "mine"
    with pytest.raises(OptionError, match="cannot be written"):
        shell.run_line_magic("responses", f"conversations export main {tmp_path / 'no' / 'way'}")


def file_of(*came, **fields):
    asked = [{"type": "message", "role": "user", "content": "Hi"}]
    row = {"asked": asked, "came": list(came), "base_url": "", "model": "m"}
    row |= {"response_id": "", "stored": 0, "usage": None, **fields}
    return {"format": "respmagic conversation 1", "name": "talk", "turns": [row]}


CALL = {"type": "function_call", "call_id": "a", "name": "f", "arguments": "{}"}
OUTPUT = {"type": "function_call_output", "call_id": "a", "output": "1"}
SAID = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "x"}]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no conversation of ours: Invalid JSON"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"[" * 100_000, "no conversation of ours: Invalid JSON: recursion limit exceeded"),
        (b'{"cells": [], "nbformat": 4}', "no conversation of ours: format: Field required"),
        ({**file_of(), "format": "respmagic conversation 2"}, "format: Input should be"),
        ({**file_of(), "name": "a b"}, "'a b' is no name"),
        ({**file_of(), "turns": {}}, "turns: Input should be a valid array"),
        (file_of(asked=[]), "turns.0.asked: List should have at least 1 item"),
        (file_of(asked=[{**SAID}]), "turn 1 .* what was asked is not a message of the user's"),
        (file_of(asked=[{"type": "message", "role": "system", "content": ""}]), "by 'system'"),
        (file_of("text"), "turns.0.came.0: Input should be an object"),
        (file_of({"type": ["message"]}), "an item of type .* does not go back"),
        (file_of({"type": "item_reference", "id": "rs_1"}), "an item of type 'item_reference'"),
        (file_of({**CALL, "arguments": {}}, OUTPUT), "arguments of a function_call is not str"),
        (file_of({**SAID, "content": ["x"]}), "content of a message holds what is no part"),
        (file_of(CALL), "call 'a' has no output"),
        (file_of(OUTPUT), "output 'a' belongs to no call"),
        (file_of(CALL, OUTPUT, OUTPUT), "output 'a' belongs to no call before it, or is its"),
        (file_of(CALL, OUTPUT, CALL, OUTPUT), "there are two calls 'a'"),
        (file_of(CALL, SAID, OUTPUT), "a message stands between call 'a' and its output"),
        (file_of(thought(), OUTPUT), "reasoning stands before nothing|belongs to no call"),
        (file_of(SAID, thought()), "reasoning stands before nothing"),
        (file_of(usage={"input_tokens": -1}), "usage.input_tokens: Input should be greater"),
    ],
)
def test_a_file_that_is_none_is_refused(shell, talks, tmp_path, content, said):
    path = tmp_path / "x.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(OptionError, match=said):
        shell.run_line_magic("responses", f"conversations load {path}")
    assert not talks


def test_fields_that_are_not_ours_stay_in_the_file(command, tmp_path, talks):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(file_of({**SAID, "id": "msg_1", "evil": 1}, base_url="http://x")))
    command(f"conversations load {path} other")
    assert talks["other"].turns[0].came == (SAID,)


def test_a_message_that_is_text_and_no_parts_is_shown_too(command, tmp_path):
    path = tmp_path / "talk.json"
    said = {"type": "message", "role": "assistant", "content": "Plain <b>words</b>."}
    path.write_text(json.dumps(file_of(said)))
    command(f"conversations load {path}")
    bundle = command("conversations show talk")._repr_mimebundle_()
    assert bundle["text/plain"].endswith("Plain <b>words</b>.")
    assert "Plain &lt;b&gt;words&lt;/b&gt;." in bundle["text/html"]


def test_files_that_are_not_there_or_too_large(shell, tmp_path, monkeypatch):
    with pytest.raises(OptionError, match="cannot be read: No such file"):
        shell.run_line_magic("responses", f"conversations load {tmp_path / 'none'}")
    with pytest.raises(OptionError, match="cannot be read"):
        shell.run_line_magic("responses", f"conversations load {tmp_path}")
    with pytest.raises(OptionError, match="/dev/zero cannot be read: it is no file"):
        shell.run_line_magic("responses", "conversations load /dev/zero")
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(200_000_001)
    with pytest.raises(OptionError, match="is too large: more than 200,000,000 bytes"):
        shell.run_line_magic("responses", f"conversations load {large}")


# Undo


def test_undo_takes_back_the_last_turn(cell, command, gateway):
    answers(gateway, "One.", "Two.", "Three.")
    cell("1")
    cell("2")
    assert command("undo") == "Taken back from main: '2'. Turns left: 1."
    cell("3")
    assert sent(gateway) == ["1", "message", "3"]


def test_undo_is_of_the_conversation_of_the_last_cell_or_the_one_named(cell, command, gateway):
    answers(gateway, "One.", "Two.")
    cell("1", "-c one")
    cell("2", "-c two")
    assert command("undo") == "Taken back from two: '2'. Turns left: 0."
    assert command("undo -c one") == "Taken back from one: '1'. Turns left: 0."


def test_undo_where_there_is_nothing(shell):
    with pytest.raises(OptionError, match="there is no conversation 'main'"):
        shell.run_line_magic("responses", "undo")


# Retry


def test_retry_asks_the_last_question_again(cell, command, gateway, shell):
    answers(gateway, "One.", "Two.")
    cell("1", "")
    again = command("retry")
    assert again.text == "Two."
    assert shell.user_ns["_response"] is again
    assert [request.json for request in gateway.requests] == [gateway.requests[0].json] * 2


def test_retry_replaces_the_turn_of_a_conversation(cell, command, gateway, talks):
    answers(gateway, "One.", "Two.", "Better.", "Three.")
    cell("1")
    cell("2")
    again = command("retry")
    assert sent(gateway) == ["1", "message", "2"]
    assert repr(again.conversation) == "<Conversation main: 2 turns>"
    assert again._repr_mimebundle_()["text/plain"].endswith(
        "conversation main, turn 2 · what it replaces is kept as main-1]"
    )
    assert talks["main-1"].results[-1].text == "Two."
    cell("3")
    assert sent(gateway) == ["1", "message", "2", "message", "3"]


def test_retry_after_a_failure_shows_and_binds_what_came(cell, command, gateway, shell):
    gateway.add(Reply.json({"error": "No."}, 500), Reply.json({"error": "No."}, 503))
    answers(gateway, "At last.")
    with pytest.raises(respmagic.ServerError):
        cell("1")
    with pytest.raises(respmagic.ServerError) as caught:
        command("retry")
    assert shell.user_ns["_response"] is caught.value.result
    assert command("retry").text == "At last."
    assert sent(gateway) == ["1"]


def test_retry_takes_things_as_they_are_now(cell, command, gateway, shell):
    def broken(a: int) -> int:
        raise ValueError("broken")

    shell.user_ns["add"] = broken
    for text in ("It failed.", "It is 2."):
        gateway.add(Reply.sse(wire.call_response([("add", {"a": 1})])))
        answers(gateway, text)
    assert cell("1 + 1?", "-c -t add").tool_calls[0].status == "failed"
    shell.user_ns["add"] = add
    assert command("retry").tool_calls[0].result == 2


def test_retry_of_a_conversation_by_name(cell, command, gateway):
    answers(gateway, "One.", "Two.", "Again.")
    cell("1", "-c one")
    cell("2", "-c two")
    assert command("retry -c one").text == "Again."
    assert sent(gateway) == ["1"]


def test_retry_where_there_is_nothing_to_ask(cell, command, gateway, shell, tmp_path):
    with pytest.raises(OptionError, match="nothing to ask again: no %%responses cell has run"):
        command("retry")
    path = tmp_path / "x.json"
    path.write_text(json.dumps(file_of(SAID)))
    command(f"conversations load {path}")
    with pytest.raises(OptionError, match="the last turn of conversation talk was loaded"):
        command("retry -c talk")


# Tab


def test_names_are_completed(cell, gateway, shell):
    from IPython.core.completer import provisionalcompleter

    def tails(text):
        with provisionalcompleter():
            found = shell.Completer.completions(text, len(text))
            return [text[: c.start] + c.text for c in found]

    answers(gateway, "One.", "Two.")
    cell("1", "-c weather")
    cell("2", "-c wine")
    assert tails("%%responses -c w") == ["%%responses -c weather", "%%responses -c wine"]
    assert tails("%responses undo -c wi") == ["%responses undo -c wine"]
    assert tails("%responses conversations sh") == ["%responses conversations show"]
    assert tails("%responses conversations show we") == ["%responses conversations show weather"]
    assert tails("%%responses -c --eff") == ["%%responses -c --effort"]
