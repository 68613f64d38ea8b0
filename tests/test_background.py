"""Jobs: what goes on at the server whoever listens, and is read to its end whatever breaks."""

from __future__ import annotations

import os
import signal

import pytest
from IPython.utils.capture import capture_output

import respmagic
import wire
from gateway import Gateway, Received
from recordings import needs_recordings, recording
from replies import Gate, Reply
from respmagic import Conversation, OptionError
from respmagic._session import session_of

SOON = {"retry-after-ms": "1"}


def job_events(*items, id="resp_1", **fields):
    """The events of a background answer."""
    events = wire.stream(items, id=id, background=True, **fields)
    queued = {**events[0], "response": {**events[0]["response"], "status": "queued"}}
    return [queued, *events[1:]]


class Server:
    """A gateway with jobs: each POST begins one, and GET tells of it what `cuts` lets through.

    Args:
        gateway: the one that answers.
        jobs: the events of each job, in order.
        cuts: how many events each stream sends before its connection breaks; after these, all.
    """

    def __init__(self, gateway: Gateway, *jobs, cuts=()):
        self.jobs = list(jobs)
        self.known = {events[0]["response"]["id"]: events for events in jobs}
        self.cuts = list(cuts)
        self.streams = True
        self.numbered = True
        self.from_start = False
        gateway.answer = self.answer

    def answer(self, received: Received) -> Reply:
        if received.method == "POST":
            return self.stream(self.jobs.pop(0))
        name = received.path.rpartition("/")[2]
        if name not in self.known:
            return Reply.json({"error": {"message": f"Response '{name}' not found."}}, 404)
        events = self.known[name]
        query = dict(pair.split("=") for pair in received.query.split("&") if pair)
        if "stream" not in query:
            return Reply.json(wire.as_body(events))
        if not self.streams:
            return Reply.json({"error": {"message": "Streaming is not supported."}}, 400)
        after = -1 if self.from_start else int(query.get("starting_after", -1))
        return self.stream([e for e in events if e["sequence_number"] > after])

    def stream(self, events):
        cut = self.cuts.pop(0) if self.cuts else len(events)
        if not self.numbered:
            events = [{k: v for k, v in e.items() if k != "sequence_number"} for e in events]
        if cut >= len(events):
            return Reply.sse(events)
        head = Reply.sse(events[:cut], framing="close").content
        # Half of the next event goes out, too: it must come again whole.
        half = Reply.sse(events[cut : cut + 1]).content[:20]
        return Reply.sse([head, half], cut=len(head + half)) if head else Reply.raw()


def add(a: int) -> int:
    """Add one."""
    runs.append(a)
    return a + 1


runs: list[int] = []


@pytest.fixture(autouse=True)
def nothing_ran():
    runs.clear()


def ask(gateway, prompt="Go", **options):
    where = {"model": "m", "base_url": gateway.base_url, "tools": [], "background": True}
    return respmagic.respond(prompt, **{**where, **options})


def paths(gateway):
    return [f"{r.method} {r.path}{'?' + r.query if r.query else ''}" for r in gateway.requests]


def at_first_word(events):
    """How many events there are up to the first word of the answer."""
    return next(n for n, e in enumerate(events, 1) if e["type"] == "response.output_text.delta")


ANSWER = job_events(wire.reasoning("Hm."), wire.message("One two three."))
CALLS = job_events(wire.function_call("add", {"a": 1}), wire.function_call("add", {"a": 2}))
LAST = job_events(wire.message("Both are done."), id="resp_2")


# From beginning to end


def test_a_job_is_followed_like_any_answer(gateway):
    Server(gateway, ANSWER)
    result = ask(gateway)
    assert result.text == "One two three."
    body = gateway.requests[0].json
    assert (body["background"], body["stream"]) == (True, True)
    assert "store" not in body  # a server that is told to keep nothing has no job to ask for
    assert len(gateway.requests) == 1


def test_tools_of_a_job_run_here(gateway):
    Server(gateway, CALLS, LAST)
    result = ask(gateway, tools=[add])
    assert result.text == "Both are done."
    assert runs == [1, 2]


def test_a_server_that_answers_at_once_is_asked_how_far_it_is(gateway):
    queued = {**wire.as_body(ANSWER), "status": "queued", "output": []}
    gateway.add(
        Reply.json(queued),
        Reply.json({"error": "Busy."}, 503, headers=SOON),
        Reply.json({**queued, "status": "in_progress"}),
        Reply.json(wire.as_body(ANSWER)),
    )
    result = ask(gateway, stream=False)
    assert result.text == "One two three."
    assert paths(gateway) == ["POST /v1/responses"] + ["GET /v1/responses/resp_1"] * 3


# Connections that break


def outcome(result):
    calls = [(call.name, call.result) for call in result.tool_calls]
    return result.text, result.reasoning, result.status, calls, result.usage


@pytest.mark.parametrize("cut", range(1, len(ANSWER)))
def test_a_connection_that_breaks_at_any_event_changes_nothing(gateway, cut):
    Server(gateway, ANSWER, cuts=[cut])
    assert outcome(ask(gateway)) == ("One two three.", "Hm.", "completed", [], USAGE)
    after = ANSWER[cut - 1]["sequence_number"]
    assert paths(gateway)[1:] == [f"GET /v1/responses/resp_1?stream=true&starting_after={after}"]


USAGE = respmagic.Usage(10, 5, 15)


@pytest.mark.parametrize("cut", range(1, len(CALLS)))
def test_no_tool_runs_twice_wherever_it_breaks(gateway, cut):
    Server(gateway, CALLS, LAST, cuts=[cut])
    result = ask(gateway, tools=[add])
    assert outcome(result)[0::3] == ("Both are done.", [("add", 2), ("add", 3)])
    assert sorted(runs) == [1, 2]


def test_one_that_breaks_after_each_event_is_read_to_its_end(gateway):
    Server(gateway, ANSWER, cuts=[1] * len(ANSWER))
    assert ask(gateway).text == "One two three."
    assert len(gateway.requests) == len(ANSWER)


@pytest.mark.parametrize("cut", [1, 4, len(ANSWER) - 1])
def test_a_server_that_sends_all_again_is_not_read_twice(gateway, cut):
    server = Server(gateway, ANSWER, cuts=[cut])
    server.from_start = True
    assert outcome(ask(gateway)) == ("One two three.", "Hm.", "completed", [], USAGE)


@pytest.mark.parametrize("cut", [1, 4, len(ANSWER) - 1])
def test_events_without_numbers_are_read_from_the_beginning(gateway, cut):
    server = Server(gateway, ANSWER, cuts=[cut])
    server.numbered = False
    assert outcome(ask(gateway)) == ("One two three.", "Hm.", "completed", [], USAGE)
    assert paths(gateway)[1] == "GET /v1/responses/resp_1?stream=true"


@pytest.mark.parametrize("cut", [1, 4, len(ANSWER) - 1])
def test_a_server_that_streams_only_once_is_asked_how_far_it_is(gateway, cut):
    server = Server(gateway, ANSWER, cuts=[cut])
    server.streams = False
    assert outcome(ask(gateway)) == ("One two three.", "Hm.", "completed", [], USAGE)
    assert paths(gateway)[-1] == "GET /v1/responses/resp_1"


@pytest.mark.parametrize(
    "fault",
    [
        {"cut": 20, "reset": True},
        {"cut": 0, "reset": True},
        {"framing": "chunked", "cut": 20},
    ],
    ids=["reset", "reset after the head", "cut"],
)
def test_an_answer_to_that_which_breaks_is_asked_for_again(gateway, fault):
    body = wire.as_body(ANSWER)
    queued = Reply.json({**body, "status": "queued", "output": []})
    gateway.add(queued, Reply.json(body, **fault), Reply.json(body))
    assert ask(gateway, stream=False).text == "One two three."
    assert [r.method for r in gateway.requests] == ["POST", "GET", "GET"]


def test_a_stream_that_ends_early_is_taken_up_again(gateway):
    gateway.add(Reply.sse(ANSWER[:6]), Reply.sse(ANSWER[6:]))
    assert ask(gateway).text == "One two three."


def test_an_answer_that_broke_before_it_had_a_name_cannot_be_gone_on_with(gateway):
    gateway.add(Reply.sse([b"event: response.cre"], cut=19))
    with pytest.raises(respmagic.TruncatedError, match="Run the cell again"):
        ask(gateway, retries=0)
    assert len(gateway.requests) == 1


def test_one_that_is_not_of_the_background_is_not_gone_on_with(gateway):
    gateway.add(Reply.sse(wire.text_response("One.")[:4]))
    with pytest.raises(respmagic.TruncatedError):
        ask(gateway, background=False)
    assert len(gateway.requests) == 1


def test_it_is_tried_a_bounded_number_of_times(gateway):
    gateway.add(Reply.sse(ANSWER[: at_first_word(ANSWER)]))
    gone = Reply.json({"error": "Busy."}, 503, headers=SOON)
    gateway.add(gone, repeat=True)
    with pytest.raises(respmagic.TruncatedError) as caught:
        ask(gateway)
    assert "5 attempts to go on failed, the last one so: HTTP 503" in str(caught.value)
    assert "%responses jobs resume resp_1" in str(caught.value)
    assert len(gateway.requests) == 1 + 6
    assert caught.value.result.text == "One"


def test_one_where_nothing_moves_is_given_up(gateway):
    queued = {**wire.as_body(ANSWER), "status": "queued", "output": []}
    gateway.add(Reply.json(queued), repeat=True)
    with pytest.raises(respmagic.TruncatedError, match=r"nothing has moved for 0 s\. .* resume"):
        ask(gateway, stream=False, timeout=0.2)


def test_a_job_that_failed_or_is_gone_says_so(gateway):
    Server(gateway, job_events(status="failed", error={"code": "server_error", "message": "Ow."}))
    with pytest.raises(respmagic.ResponseFailed, match="Ow"):
        ask(gateway)
    gateway.answer = None
    missing = Reply.json({"error": {"message": "Response 'resp_1' not found."}}, 404)
    gateway.add(Reply.sse(ANSWER[:4]), missing, missing)
    with pytest.raises(respmagic.NotFoundError, match="Response 'resp_1' not found"):
        ask(gateway)


# From Python


@pytest.fixture
def left(gateway):
    """Leave a job at the server, which does not answer for a while."""

    def leave(events, **options):
        session_of(None).jobs.clear()
        gone = [Reply.json({"error": "Busy."}, 503, headers=SOON)] * 6
        gateway.add(Reply.sse(events[: at_first_word(events)]), *gone)
        with pytest.raises(respmagic.TruncatedError, match=r"resume\('resp_1'\)"):
            ask(gateway, **options)
        gateway.requests.clear()
        gateway.add(Reply.sse(events[at_first_word(events) :]))

    yield leave
    session_of(None).jobs.clear()


@pytest.mark.parametrize("name", ["", "resp_1"])
def test_python_code_goes_on_with_a_job_that_was_left(left, gateway, name):
    left(ANSWER)
    result = respmagic.resume(name)
    assert outcome(result) == ("One two three.", "Hm.", "completed", [], USAGE)
    seen = at_first_word(ANSWER) - 1
    assert paths(gateway) == [f"GET /v1/responses/resp_1?stream=true&starting_after={seen}"]
    with pytest.raises(OptionError, match="there is no job"):
        respmagic.resume()


def test_it_goes_on_with_the_tools_and_in_the_conversation_of_the_job(left, gateway):
    talk = Conversation()
    events = job_events(wire.message("One moment."), wire.function_call("add", {"a": 1}))
    left(events, tools=[add], conversation=talk)
    gateway.add(Reply.sse(LAST))
    assert (respmagic.resume().text, runs) == ("Both are done.", [1])
    assert len(talk.turns) == 1


def test_it_asks_for_one_that_was_begun_elsewhere(gateway):
    Server(gateway, ANSWER)
    where = {"model": "m", "base_url": gateway.base_url, "tools": []}
    assert respmagic.resume("resp_1", **where).text == "One two three."
    assert paths(gateway) == ["GET /v1/responses/resp_1?stream=true"]
    with pytest.raises(respmagic.NotFoundError):
        respmagic.resume("resp_9", **where)


# Recorded ones


@needs_recordings
@pytest.mark.parametrize("name", ["streaming-starting-after", "streaming-continuation"])
def test_a_recorded_job_killed_at_every_event_ends_the_same(gateway, name):
    path = recording(f"responses/pai-background-mode-{name}-vcr.0.sse")
    events = path.read_bytes().rstrip().split(b"\n\n")
    gateway.add(Reply.recording(path))
    whole = ask(gateway)
    assert whole.text == "2 + 2 equals 4."
    for cut in range(1, len(events)):
        sent = len(gateway.requests)
        head = b"\n\n".join(events[:cut]) + b"\n\n"
        rest = b"\n\n".join(events[cut:]) + b"\n\n"
        headers = {"content-type": "text/event-stream"}
        gateway.add(Reply(body=head + rest, headers=headers, cut=len(head) + 3))
        gateway.add(Reply(body=rest, headers=headers))
        assert outcome(ask(gateway)) == outcome(whole)
        assert gateway.requests[sent + 1].query == f"stream=true&starting_after={cut - 1}"


@needs_recordings
def test_a_job_is_taken_up_as_it_was_recorded(gateway):
    names = [f"responses/pai-background-mode-streaming-starting-after-vcr.{n}.sse" for n in (0, 1)]
    first = recording(names[0]).read_bytes()
    cut = first.index(b"\n\n") + 2
    gateway.add(Reply.recording(recording(names[0]), cut=cut), Reply.recording(recording(names[1])))
    assert ask(gateway).text == "2 + 2 equals 4."
    assert gateway.requests[1].query == "stream=true&starting_after=0"


@needs_recordings
def test_a_job_is_polled_as_it_was_recorded(gateway):
    names = [f"responses/pai-background-mode-vcr.{n}.json" for n in range(3)]
    gateway.add(*(Reply.recording(recording(name)) for name in names))
    result = ask(gateway, stream=False)
    assert result.status == "completed"
    assert result.text


# Where there is no such thing


@pytest.mark.parametrize("profile", ["ollama", "llamacpp", "openrouter", "groq", "demo"])
def test_profiles_without_it_say_so_before_anything_is_sent(gateway, profile, monkeypatch):
    for variable in ("OPENROUTER_API_KEY", "GROQ_API_KEY"):
        monkeypatch.setenv(variable, "key-0123456789")
    with pytest.raises(OptionError, match=f"{profile} keeps nothing, so it works on nothing in"):
        ask(gateway, profile=profile, base_url=None if profile == "demo" else gateway.base_url)
    assert gateway.requests == []


def test_chat_completions_says_so_before_anything_is_sent(gateway):
    with pytest.raises(OptionError, match="background=True has no counterpart in chat"):
        ask(gateway, api="chat")
    assert gateway.requests == []


def test_it_is_yes_or_no(gateway):
    with pytest.raises(OptionError, match="background must be True or False, not 'no'"):
        ask(gateway, background="no")
    assert gateway.requests == []


# In a notebook


@pytest.fixture
def cell(shell, gateway):
    def run(text="Go", line=""):
        where = f"-m m --base-url {gateway.base_url}"
        return shell.run_cell_magic("responses", f"--background {line} {where}", text)

    return run


@pytest.fixture
def command(shell):
    def run(line):
        with capture_output() as captured:
            value = shell.run_line_magic("responses", line)
        return captured.stdout.strip() or value

    return run


@pytest.fixture
def interrupted(cell, gateway, monkeypatch):
    """Run a cell whose job is stopped being waited for once its first word is there."""
    from respmagic import _renderers
    from respmagic._renderers.base import Final

    class Stopper(Final):
        stopped = False

        def paint(self, run):
            said = any(entry.content == "One" for entry in run.entries())
            if said and not self.stopped:
                self.stopped = True
                os.kill(os.getpid(), signal.SIGINT)

    def run(events, line="", before=()):
        monkeypatch.setitem(_renderers._RENDERERS, "final", lambda _: Stopper())
        gateway.add(*before, Reply.sse(events[: at_first_word(events)], hang=True))
        with pytest.raises(respmagic.Interrupted) as caught:
            cell(line=f"--renderer final {line}")
        monkeypatch.undo()
        return caught.value

    return run


def test_an_interrupt_stops_the_waiting_and_not_the_work(interrupted, gateway, shell, command):
    error = interrupted(ANSWER)
    assert str(error) == (
        "stopped waiting; the server goes on: %responses jobs resume resp_1, or jobs cancel resp_1"
    )
    assert error.result.text == "One"
    assert [r.method for r in gateway.requests] == ["POST"]
    gateway.route("GET", "/v1/responses/resp_1", Reply.json({"status": "in_progress"}))
    table = command("jobs")
    assert table.rows == (("resp_1", "in_progress", "m", "Go"),)


def test_one_stopped_before_it_had_a_name_may_be_at_work_and_is_said_to(
    cell, gateway, shell, monkeypatch
):
    from respmagic import _renderers
    from respmagic._renderers.base import Final

    class Stopper(Final):
        stopped = False

        def paint(self, run):
            if run.exchanges and not self.stopped:
                self.stopped = True
                os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setitem(_renderers._RENDERERS, "final", lambda _: Stopper())
    gateway.add(Reply.sse(ANSWER, before_head=Gate()))
    with pytest.raises(respmagic.Interrupted, match="before the server had named the job"):
        cell(line="--renderer final")
    assert not session_of(shell).jobs


def test_a_job_is_gone_on_with_from_its_last_event(interrupted, gateway, shell, command):
    error = interrupted(ANSWER)
    seen = at_first_word(ANSWER)
    gateway.add(Reply.sse(ANSWER[seen:]))
    result = command("jobs resume resp_1")
    assert result.text == "One two three."
    assert gateway.requests[-1].query == f"stream=true&starting_after={seen - 1}"
    assert shell.user_ns["_response"] is result
    assert error.result.responses[0].text == "One"
    assert command("jobs").startswith("No job is left at a server")


def test_tools_and_the_conversation_go_on_with_it(interrupted, gateway, shell, command):
    shell.user_ns["add"] = add
    events = job_events(wire.message("One moment."), wire.function_call("add", {"a": 1}))
    error = interrupted(events, "-c -t add")
    assert "not kept in main" in error.result._repr_mimebundle_()["text/plain"]
    gateway.add(Reply.sse(events[at_first_word(events) :]), Reply.sse(LAST))
    result = command("jobs resume")
    assert (result.text, runs) == ("Both are done.", [1])
    assert len(result.responses) == 2
    talk = session_of(shell).conversations["main"]
    assert [item["type"] for item in talk.turns[0].items] == [
        "message",
        "message",
        "function_call",
        "function_call_output",
        "message",
    ]


def test_calls_that_were_run_before_are_not_run_again(interrupted, gateway, shell, command):
    shell.user_ns["add"] = add
    calls = job_events(wire.function_call("add", {"a": 1}), id="resp_0")
    interrupted(ANSWER, "-t add", before=[Reply.sse(calls)])
    assert runs == [1]
    gateway.add(Reply.sse(ANSWER[at_first_word(ANSWER) :]))
    result = command("jobs resume resp_1")
    assert runs == [1]
    assert [call.result for call in result.tool_calls] == [2]
    assert len(result.responses) == 2
    assert gateway.requests[1].json["background"] is True


def test_a_job_that_is_stopped_twice_stays_a_job(interrupted, gateway, command, shell):
    interrupted(ANSWER)
    gateway.add(Reply.json({"error": "Busy."}, 503, headers=SOON), repeat=True)
    with pytest.raises(respmagic.TruncatedError, match="jobs resume resp_1"):
        command("jobs resume resp_1")
    assert list(session_of(shell).jobs) == ["resp_1"]
    assert shell.user_ns["_response"].text == "One"


def test_a_job_is_stopped_at_the_server(interrupted, gateway, command, shell):
    interrupted(ANSWER)
    gateway.add(Reply.json({"status": "cancelled"}))
    assert command("jobs cancel") == "resp_1: cancelled"
    assert paths(gateway)[-1] == "POST /v1/responses/resp_1/cancel"
    assert not session_of(shell).jobs


def test_a_job_of_another_kernel_is_gone_on_with_by_its_name(gateway, command):
    Server(gateway, ANSWER)
    result = command(f"jobs resume resp_1 --base-url {gateway.base_url} -m m")
    assert result.text == "One two three."
    assert paths(gateway) == ["GET /v1/responses/resp_1?stream=true"]


def test_what_cannot_be_done_with_jobs_is_said(command, gateway, interrupted):
    assert command("jobs").startswith("No job is left at a server")
    for line, said in [
        ("jobs resume", "there is no job: name one"),
        ("jobs resume a b", "one job at a time"),
        ("jobs stop", "say %responses jobs, jobs resume"),
        ("jobs resume --all", "there is no option --all"),
    ]:
        with pytest.raises(OptionError, match=said):
            command(line)
    interrupted(ANSWER)
    gateway.route("GET", "/v1/responses/resp_1", Reply.json({"error": "Gone."}, 404))
    assert command("jobs").rows[0][1].startswith("not known: HTTP 404")


@pytest.mark.parametrize("what", ["resume", "cancel"])
def test_a_job_that_the_server_has_no_more_is_said_and_is_none_any_more(
    interrupted, gateway, command, shell, what
):
    interrupted(ANSWER)
    gateway.add(Reply.json({"error": {"message": "No such response."}}, 404), repeat=True)
    with pytest.raises(respmagic.NotFoundError) as caught:
        command(f"jobs {what}")
    assert str(caught.value) == (
        "HTTP 404, not found: No such response. The server has no answer resp_1, or no more: ask "
        "anew."
    )
    assert not session_of(shell).jobs


def test_a_conversation_goes_on_after_a_job(gateway):
    talk = Conversation()
    Server(gateway, ANSWER, LAST)
    ask(gateway, "1", conversation=talk)
    ask(gateway, "2", conversation=talk)
    assert len(gateway.requests[1].json["input"]) == 3
