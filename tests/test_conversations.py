"""Conversations from cell to cell: what goes along, what is kept, what a new run replaces."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import pytest

import respmagic
import wire
from replies import Reply
from respmagic import Conversation, OptionError
from respmagic._conversations import Conversations
from respmagic._items import user_message
from respmagic._loop import Worker
from respmagic._session import Key, cell_key, session_of
from respmagic._turns import Turn


@pytest.fixture
def cell(shell, gateway):
    """Run a cell, in a front end that names cells or in one that does not."""

    def run(text="Go", line="-c", *, name=None, execution="1"):
        header = {"msg_id": execution, "session": "s"}
        metadata = {"cellId": name} if name else {}
        shell.get_parent = lambda: {"header": header, "metadata": metadata}
        where = f"-m m --base-url {gateway.base_url} --retries 0"
        return shell.run_cell_magic("responses", f"{line} {where}", text)

    return run


def answers(gateway, *texts):
    for number, text in enumerate(texts):
        gateway.add(Reply.sse(wire.text_response(text, id=f"resp_{number}")))


def sent(gateway, number=-1):
    """The texts of the messages in a request, and what else is in it by type."""
    return [
        text_of(item["content"]) if item["type"] == "message" else item["type"]
        for item in gateway.requests[number].json["input"]
    ]


def text_of(content):
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def texts(conversation):
    return [text_of(item["content"]) for turn in conversation.turns for item in turn.items]


def line_of(result):
    return result._repr_mimebundle_()["text/plain"].splitlines()[-1]


# From cell to cell


def test_a_cell_stands_alone(cell, gateway, shell):
    answers(gateway, "One.", "Two.")
    assert cell("1", "").conversation is cell("2", "").conversation is None
    assert sent(gateway) == ["2"]
    assert not session_of(shell).conversations


def test_a_conversation_goes_on_in_the_next_cell(cell, gateway, shell):
    answers(gateway, "One.", "Two.", "Three.")
    first, second = cell("1"), cell("2")
    assert sent(gateway) == ["1", "One.", "2"]
    main = session_of(shell).conversations["main"]
    assert first.conversation is second.conversation is main
    assert main.results == (first, second)
    assert texts(main) == ["1", "One.", "2", "Two."]
    assert cell("3", "-c main").conversation is main
    assert sent(gateway) == ["1", "One.", "2", "Two.", "3"]
    assert line_of(second) == "[gpt-test · 10 + 5 tokens · no tools · conversation main, turn 2]"


def test_conversations_go_on_apart(cell, gateway):
    answers(gateway, "One.", "Two.", "Three.")
    cell("1", "-c one")
    cell("2", "-c two")
    cell("3", "-c one")
    assert sent(gateway) == ["1", "One.", "3"]


def test_the_settings_may_say_that_cells_go_on(cell, gateway, shell):
    session_of(shell).settings.conversation = "talk"
    answers(gateway, "One.", "Two.", "Three.")
    cell("1", "")
    assert cell("2", "--no-conversation").conversation is None
    assert sent(gateway) == ["2"]
    assert cell("3", "").conversation.name == "talk"
    assert sent(gateway) == ["1", "One.", "3"]


def test_a_conversation_in_code(gateway):
    answers(gateway, "One.", "Two.", "Three.")
    talk = Conversation()
    where = {"model": "m", "base_url": gateway.base_url}
    respmagic.respond("1", conversation=talk, **where)
    second = respmagic.respond("2", conversation=talk, **where)
    assert sent(gateway) == ["1", "One.", "2"]
    respmagic.respond("3", conversation=second.conversation, **where)
    assert repr(talk) == "<Conversation main: 3 turns>"


def test_calls_and_their_outputs_go_along(cell, gateway, shell):
    shell.user_ns["add"] = add
    gateway.add(Reply.sse(wire.call_response([("add", {"a": 1}), ("add", {"a": 2})])))
    answers(gateway, "Done.", "More.")
    cell("1", "-c -t add")
    cell("2", "-c --no-tools")
    kinds = ["function_call"] * 2 + ["function_call_output"] * 2
    assert sent(gateway) == ["1", *kinds, "Done.", "2"]


def add(a: int) -> int:
    """Add one."""
    return a + 1


@pytest.mark.parametrize("dialect", ["responses", "chat"])
def test_a_conversation_goes_on_in_the_other_dialect(cell, gateway, dialect):
    replies = {
        "responses": Reply.sse(wire.reasoning_response("Hm.", "One.")),
        "chat": Reply.sse(wire.chat_text("One.", reasoning="Hm."), done=True),
    }
    gateway.add(*(replies.pop(dialect), *replies.values()))
    other = "chat" if dialect == "responses" else "responses"
    cell("1", f"-c --api {dialect}")
    cell("2", f"-c --api {other}")
    body = gateway.requests[-1].json
    assert [text_of(m["content"]) for m in body.get("messages") or body["input"]] == [
        "1",
        "One.",
        "2",
    ]


# What cannot be a conversation


@pytest.mark.parametrize("name", ["", "two words", "-x", "a/b", "x" * 101, 7, True, ["main"]])
def test_what_is_no_name_is_refused(gateway, name):
    with pytest.raises(OptionError, match="is no name of a conversation: it is one word"):
        respmagic.respond("Go", conversation=name, model="m", base_url=gateway.base_url)
    assert gateway.requests == []


def test_one_that_is_not_there(shell):
    family = session_of(shell).conversations
    family.named("main")
    with pytest.raises(OptionError, match=r"no conversation 'mian' \(did you mean main\?\)"):
        family.named("mian", create=False)


# What is kept


def test_a_failure_leaves_the_conversation_as_it_was(cell, gateway, shell):
    answers(gateway, "One.")
    gateway.add(Reply.json({"error": {"message": "No."}}, 500))
    answers(gateway, "Three.")
    cell("1")
    with pytest.raises(respmagic.ServerError) as caught:
        cell("2")
    assert "not kept in main" in line_of(caught.value.result)
    cell("3")
    assert sent(gateway) == ["1", "One.", "3"]


def test_a_stream_that_breaks_is_no_answer(cell, gateway, shell):
    events = wire.text_response("One two three four.")
    gateway.add(Reply.sse(events[:-4]))
    with pytest.raises(respmagic.TruncatedError):
        cell("1")
    assert session_of(shell).conversations["main"].turns == ()


def test_an_answer_that_was_cut_off_by_a_limit_is_kept(cell, gateway):
    gateway.add(Reply.sse(wire.incomplete_response("One tw")))
    answers(gateway, "o.")
    cell("1")
    cell("Go on")
    assert sent(gateway) == ["1", "One tw", "Go on"]


def test_what_tools_did_is_kept_though_the_answer_after_it_fails(cell, gateway, shell):
    shell.user_ns["add"] = add
    gateway.add(
        Reply.sse(wire.call_response([("add", {"a": 1})])), Reply.json({"error": "No."}, 503)
    )
    answers(gateway, "Fine.")
    with pytest.raises(respmagic.ServerError):
        cell("1", "-c -t add")
    cell("2")
    assert sent(gateway) == ["1", "function_call", "function_call_output", "2"]


def test_what_the_server_refuses_is_not_kept_since_it_would_refuse_it_again(cell, gateway, shell):
    shell.user_ns["add"] = add
    gateway.add(
        Reply.sse(wire.call_response([("add", {"a": 1})])), Reply.json({"error": "Too big."}, 400)
    )
    answers(gateway, "Fine.")
    with pytest.raises(respmagic.StatusError):
        cell("1", "-c -t add")
    cell("2")
    assert sent(gateway) == ["2"]


def test_calls_that_are_interrupted_are_kept_as_cancelled(cell, gateway, shell):
    waiting = threading.Event()

    def stop():
        os.kill(os.getpid(), signal.SIGINT)
        while not waiting.wait(0.01):
            pass

    shell.user_ns |= {"add": add, "stop": stop}
    gateway.add(Reply.sse(wire.call_response([("add", {"a": "x"}), ("stop", {})])))
    answers(gateway, "Fine.")
    with pytest.raises(respmagic.Interrupted) as caught:
        cell("1", "-c -t add,stop")
    waiting.set()
    assert [call.status for call in caught.value.result.tool_calls] == ["failed", "cancelled"]
    cell("2")
    [failed, cancelled] = [i for i in gateway.requests[-1].json["input"] if "output" in i]
    assert failed["output"].startswith("Error: ")
    assert cancelled["output"] == "The call was cancelled by the user."
    assert sent(gateway)[-1] == "2"


def test_calls_beyond_the_last_request_are_kept_as_not_run(cell, gateway, shell):
    shell.user_ns["add"] = add
    gateway.add(Reply.sse(wire.call_response([("add", {"a": 1})])))
    answers(gateway, "Fine.")
    with pytest.raises(respmagic.MaxTurnsExceeded):
        cell("1", "-c -t add --max-turns 1")
    cell("Go on")
    assert gateway.requests[-1].json["input"][2]["output"] == "The call was not run."


# Cells that are run again


def test_a_cell_run_again_replaces_what_it_made(cell, gateway, shell):
    answers(gateway, "One.", "Two.", "Three.", "New.", "Last.")
    cell("1", name="a", execution="1")
    cell("2", name="b", execution="2")
    cell("3", name="c", execution="3")
    again = cell("new", name="b", execution="4")
    assert sent(gateway) == ["1", "One.", "new"]
    talks = session_of(shell).conversations
    assert texts(talks["main"]) == ["1", "One.", "new", "New."]
    assert texts(talks["main-1"]) == ["1", "One.", "2", "Two.", "3", "Three."]
    assert line_of(again).endswith("main, turn 2 · what it replaces is kept as main-1]")
    cell("5", name="d", execution="5")
    assert sent(gateway) == ["1", "One.", "new", "New.", "5"]


def test_a_cell_run_again_that_fails_leaves_what_it_made_before(cell, gateway, shell):
    answers(gateway, "One.")
    gateway.add(Reply.json({"error": "No."}, 500))
    cell("1", name="a", execution="1")
    with pytest.raises(respmagic.ServerError):
        cell("1", name="a", execution="2")
    talks = session_of(shell).conversations
    assert texts(talks["main"]) == ["1", "One."]
    assert list(talks) == ["main"]


def test_a_loop_in_one_cell_goes_on(cell, gateway, shell):
    answers(gateway, "One.", "Two.", "Three.", "Four.")
    cell("1", name="a", execution="1")
    cell("2", name="a", execution="1")
    assert sent(gateway) == ["1", "One.", "2"]
    cell("3", name="a", execution="2")
    cell("4", name="a", execution="2")
    assert sent(gateway) == ["3", "Three.", "4"]
    assert list(session_of(shell).conversations) == ["main", "main-1"]


def test_where_the_front_end_names_no_cells_all_goes_on(cell, gateway):
    answers(gateway, "One.", "One again.")
    cell("1", execution="1")
    cell("1", execution="2")
    assert sent(gateway) == ["1", "One.", "1"]


VSCODE = "vscode-notebook-cell:/home/a/nb.ipynb"


@pytest.mark.parametrize(
    ("parent", "key"),
    [
        ({"metadata": {"cellId": "b45cd0e0"}, "header": {"msg_id": "m"}}, Key("b45cd0e0", "m")),
        (
            {
                "metadata": {"cellId": f"{VSCODE}#W2sZmlsZQ%3D%3D"},
                "header": {"msg_id": "m", "session": "s"},
            },
            Key(f"s {VSCODE}#W2sZmlsZQ%3D%3D", "m"),
        ),
        ({"metadata": {"cellId": VSCODE}, "header": {"msg_id": "m", "session": "s"}}, None),
        ({"metadata": {"cellId": 7}, "header": {"msg_id": "m"}}, None),
        ({"metadata": {"cellId": "x"}, "header": {}}, None),
        ({"metadata": {}, "header": {"msg_id": "m"}}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_cell_is_known_by_what_the_front_end_calls_it(shell, parent, key):
    shell.get_parent = lambda: parent
    assert cell_key(shell) == key


def test_a_terminal_names_no_cells(shell):
    assert cell_key(shell) is cell_key(None) is None


# As objects


def turn(text, key=None):
    return Turn((user_message(text),), (user_message(text.upper()),), key)


def test_the_last_turn_may_be_taken_back():
    talk = Conversation()
    talk.commit(turn("a"))
    talk.commit(turn("b"))
    assert talk.undo() == turn("b")
    assert talk.turns == (turn("a"),)
    talk.undo()
    with pytest.raises(OptionError, match="conversation main has no turn to take back"):
        talk.undo()


def test_a_fork_goes_on_apart():
    talk = Conversation()
    talk.commit(turn("a"), "its result")
    fork, named = talk.fork(), talk.fork("other")
    talk.commit(turn("b"))
    fork.commit(turn("c"))
    assert (fork.name, named.name) == ("main-1", "other")
    assert talk.turns == (turn("a"), turn("b"))
    assert fork.turns == (turn("a"), turn("c"))
    assert fork.results == ("its result",)
    assert talk.fork().name == "main-2"
    with pytest.raises(OptionError, match="there is a conversation 'other' already"):
        talk.fork("other")


def test_one_may_be_renamed():
    family = Conversations()
    talk = family.named("main")
    family.named("other")
    family.rename("main", "weather")
    assert list(family) == ["weather", "other"]
    assert family["weather"] is talk
    assert talk.name == "weather"
    for new in ("other", "no name"):
        with pytest.raises(OptionError):
            family.rename("weather", new)


def test_subscribers_are_told_of_each_change(caplog):
    talk = Conversation()
    seen = []

    def tell():
        seen.append(len(talk))

    talk.changed.subscribe(broken)
    talk.changed.subscribe(tell)
    talk.commit(turn("a"))
    talk.undo()
    assert seen == [1, 0]
    assert "a subscriber of a conversation failed" in caplog.text
    talk.changed.unsubscribe(tell)
    talk.changed.unsubscribe(tell)
    talk.commit(turn("a"))
    assert seen == [1, 0]


def broken():
    raise ValueError("broken")


def test_threads_commit_to_one_conversation():
    talk = Conversation()

    def work(name):
        for number in range(50):
            talk.commit(turn(f"{name}{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in "abc":
        own = [text for text in texts(talk) if text.startswith(name)]
        assert own == [f"{name}{number}" for number in range(50)]


# Turns that are added while another is made


@pytest.mark.parametrize("store", [False, True])
def test_calls_of_a_tools_own_run_are_told_apart_from_those_around_it(gateway, store):
    """A server that counts ids from 0 in each answer gives both the same."""
    talk = Conversation()
    options = {"model": "m", "base_url": gateway.base_url, "conversation": talk, "store": store}

    def look():
        return 1

    def ask():
        return respmagic.respond("Look.", tools=[look], **options).text

    for name in ("ask", "look"):
        gateway.add(Reply.sse(wire.call_response([(name, {})], id="resp_1")))
    for text in ("Looked.", "Asked.", "Next."):
        gateway.add(Reply.sse(wire.text_response(text, previous_response_id="resp_1")))
    respmagic.respond("Ask.", tools=[ask], **options)
    respmagic.respond("Next?", tools=[], **options)
    items = gateway.requests[-1].json["input"]
    called = [(item["type"], item["call_id"]) for item in items if "call_id" in item]
    first, second = "call_1_0", "call_1_0-1"
    assert called == [
        *(("function_call", first), ("function_call_output", first)),
        *(("function_call", second), ("function_call_output", second)),
    ]
    assert [item.get("output") for item in items if "output" in item] == ["1", "Looked."]


# Answers that are to have a form


def test_an_answer_that_does_not_fit_is_kept_for_the_next_cell_to_speak_of(cell, gateway):
    answers(gateway, '{"value": "many"}', '{"value": 2}', '{"value": 3}')
    with pytest.raises(respmagic.OutputInvalid):
        cell("How many?", "-c -s int", name="a")
    assert cell("As a number, please.", "-c -s int", name="b").parsed == 2
    assert sent(gateway) == ["How many?", '{"value": "many"}', "As a number, please."]


def test_and_the_same_cell_run_again_replaces_it(cell, gateway):
    answers(gateway, '{"value": "many"}', '{"value": 2}')
    with pytest.raises(respmagic.OutputInvalid):
        cell("How many?", "-c -s int", name="a")
    assert cell("How many?", "-c -s int", name="a", execution="2").parsed == 2
    assert sent(gateway) == ["How many?"]


# Cancelled tasks


@pytest.fixture
def cancelled(gateway):
    """Ask in a task that is cancelled in the middle of a tool, by `cancel` or by a timeout."""

    async def main(talk, cancel):
        waits = asyncio.Event()

        async def wait():
            waits.set()
            await asyncio.Event().wait()

        gateway.add(Reply.sse(wire.call_response([("wait", {})], text="I wait.")))
        options = {"model": "m", "base_url": gateway.base_url, "tools": [wait]}
        task = asyncio.create_task(respmagic.arespond("1", conversation=talk, **options))
        await waits.wait()
        await cancel(task)

    return lambda talk, cancel: asyncio.run(main(talk, cancel))


def test_a_cancelled_task_leaves_what_had_arrived(cancelled):
    talk, results = Conversation(), []

    async def cancel(task):
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as error:
            results.append(error.result)

    cancelled(talk, cancel)
    [result] = results
    assert (result.text, result.status) == ("I wait.", "interrupted")
    assert [call.status for call in result.tool_calls] == ["cancelled"]
    assert talk.results == (result,)
    assert talk.turns[0].items[-1]["output"] == "The call was cancelled by the user."


def test_so_does_one_that_takes_too_long(cancelled):
    talk, results = Conversation(), []

    async def cancel(task):
        try:
            async with asyncio.timeout(0):
                await task
        except TimeoutError as error:
            results.append(error.__context__.result)  # older Pythons name no cause

    cancelled(talk, cancel)
    assert results[0].text == "I wait."


def test_an_interrupt_in_the_very_beginning_loses_nothing(cell, gateway, monkeypatch):
    """The run may be in its first tool before the thread that began it has got any further."""
    submit, began, ended = Worker.submit, threading.Event(), threading.Event()

    def interrupted(self, coroutine):
        job = submit(self, coroutine)
        assert began.wait(30)
        os.kill(os.getpid(), signal.SIGINT)
        return job

    def begin():
        began.set()
        try:
            while True:
                threading.Event().wait(0.001)
        finally:
            ended.set()

    monkeypatch.setattr(Worker, "submit", interrupted)
    gateway.add(Reply.sse(wire.call_response([("begin", {})])))
    where = {"model": "m", "base_url": gateway.base_url, "tools": [begin]}
    with pytest.raises(respmagic.Interrupted) as caught:
        respmagic.respond("1", conversation=Conversation(), **where)
    assert ended.wait(30)
    assert [call.status for call in caught.value.result.tool_calls] == ["cancelled"]
