"""How calls run: at once up to a limit, within their time, told in bounded words."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

import respmagic
import wire
from gateway import Gateway
from replies import Reply
from respmagic import CallTimedOut, Result, ToolDefinitionError


def answers(gateway: Gateway, *calls: wire.Call) -> None:
    """Have the model make these calls, and then say something."""
    for events in (wire.call_response(calls), wire.text_response("Done.")):
        gateway.add(Reply.sse(events))


def run(gateway: Gateway, *functions, calls=None, **options) -> Result:
    """Have the model call these functions once, or make `calls`."""
    answers(gateway, *(calls or [(function.__name__, {}) for function in functions]))
    given = {"model": "m", "base_url": gateway.base_url, "retries": 0, "tools": functions}
    result = respmagic.respond("Go", **given, **options)
    assert (result.status, result.text) == ("completed", "Done.")
    return result


def outputs(gateway: Gateway) -> list[str]:
    """What the model was given last."""
    items = gateway.requests[-1].json["input"]
    return [item["output"] for item in items if item["type"] == "function_call_output"]


# How many at once


def test_no_more_calls_run_at_once_than_are_allowed_and_they_start_in_order(gateway: Gateway):
    running, most, began = [], [], []

    def work(n: int) -> int:
        began.append(n)
        running.append(n)
        most.append(len(running))
        pair.wait(30)  # passes only if another one runs as well
        running.remove(n)
        return n

    pair = threading.Barrier(2)
    calls = [("work", {"n": n}) for n in range(6)]
    result = run(gateway, work, calls=calls, max_parallel_tools=2)
    assert [call.result for call in result.tool_calls] == list(range(6))
    assert max(most) == 2
    assert [sorted(began[at : at + 2]) for at in (0, 2, 4)] == [[0, 1], [2, 3], [4, 5]]


def test_one_at_a_time_is_in_order(gateway: Gateway):
    seen = []

    def sync(n: int):
        seen.append(n)

    async def later(n: int):
        await asyncio.sleep(0)
        seen.append(n)

    calls = [("later" if n % 2 else "sync", {"n": n}) for n in range(6)]
    run(gateway, sync, later, calls=calls, max_parallel_tools=1)
    assert seen == list(range(6))


@pytest.mark.parametrize("number", [0, -1, 2.5, True, "3"])
def test_the_limit_is_a_whole_number(number):
    with pytest.raises(respmagic.OptionError, match="max_parallel_tools must be a whole number"):
        respmagic.respond("Go", max_parallel_tools=number)


# Time


def test_a_call_that_takes_too_long_is_stopped_and_the_loop_goes_on(gateway: Gateway):
    threads = []

    @respmagic.tool(timeout=0.05)
    def spins():
        threads.append(threading.current_thread())
        while True:
            try:
                int("x")
            except Exception:
                continue

    def quick():
        return 1

    result = run(gateway, spins, quick)
    assert outputs(gateway) == ["Error: the call was stopped after 0.05 s without a result", "1"]
    first, second = result.tool_calls
    assert (first.status, type(first.error), second.status) == ("failed", CallTimedOut, "done")
    assert first.seconds == 0.05
    threads[0].join(30)
    assert not threads[0].is_alive()


def test_a_call_that_cannot_be_stopped_holds_up_nobody(gateway: Gateway):
    release = threading.Event()

    @respmagic.tool(timeout=0.05)
    def sleeps():
        release.wait(60)  # C code: not to be stopped

    try:
        run(gateway, sleeps)
    finally:
        release.set()
    assert outputs(gateway) == ["Error: the call was stopped after 0.05 s without a result"]


@pytest.mark.parametrize("heeds", [True, False])
def test_an_async_call_that_takes_too_long_is_cancelled(gateway: Gateway, heeds: bool):
    cancelled, release = threading.Event(), threading.Event()

    @respmagic.tool(timeout=0.05)
    async def waits():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            if not heeds:  # goes on all the same
                await asyncio.to_thread(release.wait, 60)
            raise

    try:
        run(gateway, waits)
    finally:
        release.set()
    assert outputs(gateway) == ["Error: the call was stopped after 0.05 s without a result"]
    assert cancelled.is_set()


def test_a_call_within_its_time_is_as_any_other(gateway: Gateway):
    @respmagic.tool(timeout=60)
    def quick():
        return "in time"

    @respmagic.tool(timeout=60)
    async def later():
        return "in time"

    run(gateway, quick, later)
    assert outputs(gateway) == ["in time", "in time"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"timeout": 5, "thread": False}, "timeout needs a thread"),
        ({"timeout": 0}, "timeout=0 must be a number of seconds above 0"),
        ({"timeout": "5"}, "timeout='5' must be a number"),
        ({"timeout": True}, "timeout=True must be a number"),
        ({"timeout": float("inf")}, "timeout=inf must be"),
        ({"max_output": 0}, "max_output=0 must be a whole number"),
        ({"max_output": 2.5}, "max_output=2.5 must be a whole number"),
        ({"max_output": True}, "max_output=True must be a whole number"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_declared(options, message):
    with pytest.raises(ValueError, match=message):
        respmagic.tool(**options)


def test_a_timeout_on_the_main_thread_is_refused_before_anything_is_sent(gateway: Gateway):
    connection = sqlite3.connect(":memory:")

    @respmagic.tool(timeout=5)
    def total():
        return connection.execute("select 1").fetchone()

    with pytest.raises(ToolDefinitionError, match="tool total has a timeout, but reaches for"):
        respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[total])
    assert gateway.requests == []


# Progress


def test_the_last_value_of_a_generator_is_its_result(gateway: Gateway):
    where = []

    def steps():
        where.append(threading.current_thread().name)
        yield "half"
        yield {"n": 2}

    def returns():
        yield "half"
        return 7

    def empty():
        yield from ()

    def fails():
        yield 1
        raise ValueError("no more")

    result = run(gateway, steps, returns, empty, fails)
    assert [call.result for call in result.tool_calls] == [{"n": 2}, 7, None, None]
    assert outputs(gateway) == ['{"n":2}', "7", "null", "Error: ValueError: no more"]
    assert where == ["respmagic-tool"]


def test_an_async_generator_is_run_to_its_end_too(gateway: Gateway):
    closed = []

    async def steps():
        try:
            yield 1
            await asyncio.sleep(0)
            yield 2
        finally:
            closed.append(True)

    def gives():
        return steps()

    result = run(gateway, steps, gives)
    assert [call.result for call in result.tool_calls] == [2, 2]
    assert closed == [True, True]


def test_a_generator_that_takes_too_long_is_stopped(gateway: Gateway):
    threads = []

    @respmagic.tool(timeout=0.05)
    def endless():
        threads.append(threading.current_thread())
        while True:
            yield 1

    run(gateway, endless)
    assert outputs(gateway) == ["Error: the call was stopped after 0.05 s without a result"]
    threads[0].join(30)
    assert not threads[0].is_alive()


# Words for the model


def test_outputs_are_cut_for_the_model_and_whole_in_the_result(gateway: Gateway):
    @respmagic.tool(max_output=100)
    def long():
        return "x" * 5000

    @respmagic.tool(max_output=100)
    def prints():
        print("y" * 5000)

    @respmagic.tool(max_output=100)
    def raises():
        raise ValueError("z" * 5000)

    result = run(gateway, long, prints, raises)
    assert all(80 < len(output) <= 100 for output in outputs(gateway))
    assert all("characters left out]" in output for output in outputs(gateway))
    assert result.tool_calls[0].result == "x" * 5000
    assert len(result.tool_calls[1].stdout) == 5001
    assert len(str(result.tool_calls[2].error)) == 5000


def test_the_usual_limit_is_that_of_descriptions(gateway: Gateway):
    def long():
        return "x" * 50_000

    run(gateway, long)
    assert 19_000 < len(outputs(gateway)[0]) <= 20_000


def test_a_connection_in_a_thread_tells_the_remedy(gateway: Gateway):
    connection = sqlite3.connect(":memory:")

    @respmagic.tool(thread=True)
    def total():
        return connection.execute("select 1").fetchone()

    result = run(gateway, total)
    assert outputs(gateway)[0].startswith("Error: ProgrammingError: SQLite objects created in")
    assert "declare it @respmagic.tool(thread=False)" in outputs(gateway)[0]
    assert "@respmagic.tool(thread=False)" in result._repr_mimebundle_()["text/html"]


def test_an_object_of_another_loop_tells_the_remedy(gateway: Gateway):
    lock = asyncio.Lock()

    async def bind():  # to this test's loop
        await lock.acquire()
        waiting = asyncio.ensure_future(lock.acquire())
        await asyncio.sleep(0)
        lock.release()
        await waiting

    asyncio.run(bind())

    async def use():
        await lock.acquire()

    run(gateway, use)
    assert "is bound to a different event loop\nAsync tools of a cell" in outputs(gateway)[0]
    assert "await respmagic.arespond(...)" in outputs(gateway)[0]


def test_under_arespond_async_tools_run_on_the_callers_loop(gateway: Gateway):
    loops = []

    async def here():
        loops.append(asyncio.get_running_loop())

    async def steps():
        loops.append(asyncio.get_running_loop())
        yield 1

    async def main():
        loops.append(asyncio.get_running_loop())
        answers(gateway, ("here", {}), ("steps", {}))
        return await respmagic.arespond(
            "Go", model="m", base_url=gateway.base_url, tools=[here, steps]
        )

    assert asyncio.run(main()).tool_calls[1].result == 1
    assert loops[0] is loops[1] is loops[2]


# pyplot in threads


@pytest.fixture
def plt(monkeypatch):
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    yield plt
    plt.close("all")


def test_calls_that_draw_at_once_in_threads_say_so_in_their_cards(gateway: Gateway, plt):
    both = threading.Barrier(3)

    @respmagic.tool(thread=True)
    def one():
        plt.figure()
        both.wait(30)

    @respmagic.tool(thread=True)
    def two():
        plt.title("two")  # into whichever figure is there
        both.wait(30)

    def other():
        both.wait(30)

    result = run(gateway, one, two, other)
    assert [len(call.remarks) for call in result.tool_calls] == [1, 1, 0]
    bundle = result._repr_mimebundle_()
    assert bundle["text/html"].count("declare these tools @respmagic.tool(thread=False)") == 2
    assert bundle["text/plain"].count("may be mixed up") == 2


def test_calls_that_draw_one_after_another_have_nothing_to_say(gateway: Gateway, plt):
    @respmagic.tool(thread=True)
    def one():
        plt.figure()

    @respmagic.tool(thread=True)
    def two():
        plt.title("two")

    result = run(gateway, one, two, max_parallel_tools=1)
    assert [call.remarks for call in result.tool_calls] == [[], []]


def test_a_call_that_draws_nothing_takes_no_figure_of_one_in_a_thread(
    gateway: Gateway, plt, monkeypatch
):
    from matplotlib_inline import backend_inline

    drawn, over, shown_by = threading.Event(), threading.Event(), []
    monkeypatch.setattr(plt, "get_backend", lambda: "inline")
    monkeypatch.setattr(
        backend_inline, "flush_figures", lambda: shown_by.append(threading.current_thread())
    )

    @respmagic.tool(thread=True)
    def draws():
        plt.figure()
        drawn.set()
        over.wait(30)
        return threading.current_thread()

    @respmagic.tool(thread=False)
    def reads():
        drawn.wait(30)

    @respmagic.tool(thread=False)
    def ends():
        over.set()

    result = run(gateway, draws, reads, ends)
    assert shown_by[0] is result.tool_calls[0].result  # else the figure was in the card of reads
    assert [call.remarks for call in result.tool_calls] == [[], [], []]


def test_pyplot_is_left_as_it_was(gateway: Gateway, plt):
    from matplotlib._pylab_helpers import Gcf

    before = dict(Gcf.__dict__)

    @respmagic.tool(thread=True)
    def draws():
        figure = plt.figure()
        return plt.gcf() is figure, Gcf.__dict__ != before

    assert run(gateway, draws).tool_calls[0].result == (True, True)
    assert dict(Gcf.__dict__) == before


def test_a_tool_reads_files_in_a_thread_as_ever(gateway: Gateway, tmp_path: Path):
    (tmp_path / "a.txt").write_text("inside")

    def read(path: Path) -> str:
        return path.read_text()

    run(gateway, read, calls=[("read", {"path": str(tmp_path / "a.txt")})])
    assert outputs(gateway) == ["inside"]


# What models make up


def test_each_call_in_a_wrapper_has_its_card(gateway: Gateway):
    def weather(location: str) -> str:
        return f"rain in {location}"

    def count() -> int:
        return 3

    uses = [
        {"recipient_name": "functions.weather", "parameters": {"location": "Rome"}},
        {"recipient_name": "functions.count", "parameters": {}},
    ]
    calls = [("count", {}), ("multi_tool_use.parallel", {"tool_uses": uses}), ("count", {})]
    result = run(gateway, weather, count, calls=calls)
    assert [call.name for call in result.tool_calls] == ["count", "weather", "count", "count"]
    assert outputs(gateway) == ["3", "rain in Rome", "3", "3"]
    text = result._repr_mimebundle_()["text/plain"]
    assert [line for line in text.splitlines() if "→" in line] == [
        "count() → 3",
        'weather(location="Rome") → rain in Rome',
        "count() → 3",
        "count() → 3",
    ]


def test_a_name_that_is_not_there_is_told_with_the_nearest_ones(gateway: Gateway):
    def get_weather(): ...

    def get_whether(): ...

    def add(): ...

    run(gateway, get_weather, get_whether, add, calls=[("getWeather", {}), ("zzz", {})])
    near, far = outputs(gateway)
    known = "the tools are: get_weather, get_whether, add"
    assert near.endswith(f"'getWeather' (did you mean get_weather or get_whether?); {known}")
    assert far == f"Error: there is no tool called 'zzz'; {known}"


def test_of_very_many_tools_not_all_are_told(gateway: Gateway):
    functions = []
    for number in range(200):

        def function(): ...

        function.__name__ = f"a_tool_with_number_{number}"
        functions.append(function)
    run(gateway, *functions, calls=[("a_tool_with_number_7x", {})])
    assert "did you mean a_tool_with_number_7" in outputs(gateway)[0]
    assert len(outputs(gateway)[0]) < 1300


def test_the_same_call_without_end_is_told_to_the_model_and_ended(gateway: Gateway):
    def look() -> str:
        return "nothing new"

    gateway.add(Reply.sse(wire.call_response([("look", {})])), repeat=True)
    with pytest.raises(respmagic.RepeatedCalls, match=r"\(look\) 6 times in a row") as raised:
        respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[look], retries=0)
    assert len(gateway.requests) == 6
    said = [call.output for call in raised.value.result.tool_calls]
    assert said[:2] == ["nothing new"] * 2
    assert all("this very call" in output for output in said[2:])
    assert outputs(gateway) == said[:5]


def test_a_tool_that_is_asked_until_something_has_changed_is_no_repetition(gateway: Gateway):
    seconds = iter(range(100))

    def poll() -> str:
        return f"pending for {next(seconds)} s"

    for _ in range(8):
        gateway.add(Reply.sse(wire.call_response([("poll", {})])))
    gateway.add(Reply.sse(wire.text_response("Ready.")))
    result = respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[poll])
    assert (result.text, len(result.tool_calls)) == ("Ready.", 8)


def test_a_call_that_a_broken_stream_left_open_is_never_run(gateway: Gateway):
    ran = []

    def erase(path: str):
        ran.append(path)

    events = wire.call_response([("erase", {"path": "a.txt"}), ("erase", {"path": "b.txt"})])
    gateway.add(Reply.sse(events[:-2]))
    with pytest.raises(respmagic.TruncatedError) as raised:
        respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[erase], retries=0)
    assert (ran, raised.value.result.tool_calls) == ([], ())
    assert "→ not run" in raised.value.result._repr_mimebundle_()["text/plain"]


def test_a_forced_tool_is_forced_once(gateway: Gateway):
    def add() -> int:
        return 1

    run(gateway, add, tool_choice="add")
    first, second = (request.json.get("tool_choice") for request in gateway.requests)
    assert first == {"type": "function", "name": "add"}
    assert second in (None, "auto")
