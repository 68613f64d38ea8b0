"""Tokens and times: below the answer, in the result, while it comes, and all together."""

from __future__ import annotations

import json
import re

import pytest
from IPython.utils.capture import capture_output

import respmagic
import wire
from replies import Gate, Reply
from respmagic import OptionError, Usage
from respmagic._dialects.responses import Responses
from respmagic._endpoint import Exchange
from respmagic._items import Request, Response
from respmagic._pace import first_token_seconds, pace, tokens_per_second
from respmagic._renderers.blocks import Blocks
from respmagic._transcript import Run
from respmagic._usage import Ledger

DETAILED = {
    "input_tokens": 1200,
    "input_tokens_details": {"cached_tokens": 1024},
    "output_tokens": 300,
    "output_tokens_details": {"reasoning_tokens": 256},
    "total_tokens": 1500,
}


def ask(gateway, prompt="Go", **options):
    where = {"model": "m", "base_url": gateway.base_url, "retries": 0, "tools": [], **options}
    return respmagic.respond(prompt, **where)


def line_of(result):
    return result._repr_mimebundle_()["text/plain"].splitlines()[-1]


# Below the answer


@pytest.mark.parametrize(
    ("usage", "said"),
    [
        (DETAILED, "1,200 (1,024 cached) + 300 (256 reasoning) tokens"),
        ({"input_tokens": 10, "output_tokens": 5}, "10 + 5 tokens"),
    ],
)
def test_cached_and_reasoning_tokens_stand_apart(gateway, usage, said):
    gateway.add(Reply.sse(wire.text_response("One.", usage=usage)))
    assert f" · {said} · " in line_of(ask(gateway))


def test_times_stand_there_only_if_they_are_asked_for(gateway):
    gateway.add(Reply.sse(wire.text_response("One.")), Reply.sse(wire.text_response("One.")))
    assert "token after" not in line_of(ask(gateway))
    verbose = line_of(ask(gateway, verbose=True))
    assert re.search(r"first token after \d+\.\d\d s", verbose)


# In the result


def test_the_wait_for_the_first_token_and_the_tokens_a_second(gateway):
    gate = Gate()
    events = wire.text_response("One two three.", usage=DETAILED)
    first = next(n for n, e in enumerate(events, 1) if e["type"].endswith("text.delta"))
    gateway.add(Reply.sse([*events[:first], gate, *events[first:]]))
    # The rest comes only once the first token is seen, so that time goes by in between.
    seen = []

    def changed(run):
        seen.append(run)
        if run.exchanges and run.exchanges[0].first is not None:
            gate.open()

    result = painted(gateway, changed)
    assert 0 < result.first_token_seconds < result.elapsed
    assert 300 / result.elapsed < result.tokens_per_second < float("inf")


def painted(gateway, paint):
    """Ask, with `paint` called while the answer comes."""
    from respmagic._plan import make_plan
    from respmagic._pump import Interrupts
    from respmagic._renderers.base import Final
    from respmagic._running import run_plan

    class Watcher(Final):
        def paint(self, run):
            paint(run)

    plan = make_plan("Go", {"model": "m", "base_url": gateway.base_url, "tools": []}, {})
    with Interrupts() as interrupts:
        result, error, _ = run_plan(plan, interrupts=interrupts, renderer=Watcher())
    assert error is None
    return result


def test_an_answer_in_one_piece_has_no_first_token(gateway):
    gateway.add(Reply.json(wire.as_body(wire.text_response("One."))))
    result = ask(gateway, stream=False)
    assert result.first_token_seconds is None
    assert result.tokens_per_second is None


@pytest.mark.parametrize("usage", [None, {"input_tokens": 3}])
def test_tokens_that_nobody_counted_have_no_pace(gateway, usage):
    gateway.add(Reply.sse(wire.text_response("One.", usage=usage)))
    result = ask(gateway)
    assert result.first_token_seconds > 0
    assert result.tokens_per_second is None


# While it comes


def exchange(events=(), *, sent=None, first=None, ended=None):
    made = Exchange(Request("m", ()), Responses())
    for event in events:
        made.reader.feed(f"data: {json.dumps(event)}\n\n".encode())
    made.sent, made.first, made.ended = sent, first, ended
    return made


TEXT = wire.text_response("four " * 80)


def test_the_pace_is_told_as_far_as_it_is_known():
    assert pace([]) == ""
    assert pace([exchange(sent=1.0)]) == ""
    assert pace([exchange(sent=1.0, first=1.25, ended=1.5)]) == "first token after 0.2 s"
    said = pace([exchange(TEXT, sent=1.0, first=2.0, ended=4.0)])
    assert said == "first token after 1.0 s · some 50 tokens/s"
    later = [exchange(TEXT, sent=1.0, first=2.0, ended=4.0), exchange(sent=5.0)]
    assert pace(later) == "first token after 1.0 s"


def test_calls_and_reasoning_are_tokens_too():
    call = wire.stream([wire.reasoning("x" * 200), wire.function_call("f", {"a": "y" * 190})])
    said = pace([exchange(call, sent=0.0, first=0.0, ended=2.0)])
    assert said == "first token after 0.0 s · some 50 tokens/s"


def test_the_pace_of_several_answers_is_that_of_all():
    usage = {"input_tokens": 1, "output_tokens": 30}
    answers = [
        exchange(wire.text_response("a", usage=usage), sent=0.0, first=1.0, ended=2.0),
        exchange(wire.text_response("b", usage=usage), sent=5.0, first=6.0, ended=8.0),
    ]
    assert tokens_per_second(answers) == 20.0
    assert first_token_seconds(answers) == 1.0


def test_the_first_token_may_be_of_reasoning_or_of_a_call(gateway):
    for item in (wire.reasoning("Hm."), wire.function_call("f", {"a": 1})):
        made = exchange()
        for event in wire.stream([item]):
            before = made.first
            made.reader.feed(f"data: {json.dumps(event)}\n\n".encode())
            made.heard(made.reader)
            if event["type"].endswith(".delta"):
                break
        assert before is None
        assert made.first is not None


def test_a_notebook_shows_it_and_paints_no_more_often_for_it():
    published = []

    class Page:
        def publish(self, data, metadata, **kwargs):
            published.append(data["text/html"])

    run = Run(exchanges=[exchange(TEXT[:-2], sent=0.0, first=0.5)], elapsed=7.0)
    blocks = Blocks(Page())
    for _ in range(3):
        blocks.paint(run)
    assert len(published) == 1
    assert re.search(r"7 s · first token after 0\.5 s · some [\d,]+ tokens/s", published[0])


# All together


def told(shell):
    with capture_output() as captured:
        value = shell.run_line_magic("responses", "usage")
    return captured.stdout.strip() or repr(value)


def test_usage_adds_up_by_model_and_conversation(shell, gateway):
    assert told(shell) == "Nothing was asked yet."

    def cell(line, **fields):
        gateway.add(Reply.sse(wire.text_response("One.", **fields)))
        shell.run_cell_magic("responses", f"{line} -m m --base-url {gateway.base_url}", "Go")

    cell("-c", usage=DETAILED)
    assert told(shell) == (
        "model     conversation  requests  input  cached  output  reasoning  total\n"
        "gpt-test  main          1         1,200  1,024   300     256        1,500"
    )
    cell("-c", usage=DETAILED)
    cell("", model="")
    cell("", usage=None)
    assert told(shell) == (
        "model     conversation  requests  input  cached  output  reasoning  total\n"
        "gpt-test  main          2         2,400  2,048   600     512        3,000\n"
        "m         none          1         10     0       5       0          15\n"
        "gpt-test  none          1         0      0       0       0          0\n"
        "all                     4         2,410  2,048   605     512        3,015\n"
        "requests without a word of tokens: 1"
    )
    with pytest.raises(OptionError, match="usage takes no words"):
        shell.run_line_magic("responses", "usage main")


def test_a_run_that_fails_counts_what_was_answered(shell, gateway):
    def f() -> int:
        return 1

    shell.user_ns["f"] = f
    gateway.add(Reply.sse(wire.call_response([("f", {})])), Reply.json({"error": "No."}, 400))
    line = f"-t f -m m --base-url {gateway.base_url}"
    with pytest.raises(respmagic.StatusError):
        shell.run_cell_magic("responses", line, "Go")
    assert told(shell).splitlines()[1:] == [
        "gpt-test  none          1         10     0       5       0          15"
    ]


def test_a_job_is_counted_once(gateway):
    from respmagic._jobs import left_job
    from respmagic._plan import make_plan
    from respmagic._pump import Interrupts
    from respmagic._running import run_plan
    from respmagic._session import Session

    events = wire.text_response("One.", background=True)
    session = Session()
    given = {"model": "m", "base_url": gateway.base_url, "tools": [], "background": True}
    plan = make_plan("Go", given, {}, session=session)
    gone = Reply.json({"error": "Busy."}, 503, headers={"retry-after-ms": "1"})
    gateway.add(Reply.sse(events[:4]), *[gone] * 6, Reply.sse(events[4:]))
    with Interrupts() as interrupts:
        first, _, _ = run_plan(plan, interrupts=interrupts)
        assert session.usage.by_place() == {}
        left = left_job(plan, first.run.exchanges, ())
        run_plan(plan, interrupts=interrupts, left=left)
    [sums] = session.usage.by_place().values()
    assert (sums.requests, sums.usage) == (1, Usage(10, 5, 15))


def test_threads_may_add_at_once():
    import threading

    ledger = Ledger()
    answers = [("m", Response(usage=Usage(1, 1, 2)))] * 3

    def work():
        for _ in range(100):
            ledger.add(answers, "main")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.by_place()["m", "main"].usage == Usage(1200, 1200, 2400)
