"""`respond` and `arespond` outside notebooks: real scripts in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import wire
from gateway import Gateway
from replies import Reply

SETUP = """
import asyncio, os, sys, threading, time
import respmagic
from respmagic import arespond, respond

def ask(prompt="Go", **options):
    return respond(prompt, model="m", base_url=os.environ["GATEWAY"], retries=0, **options)

def aask(prompt="Go", **options):
    return arespond(prompt, model="m", base_url=os.environ["GATEWAY"], retries=0, **options)
"""


@pytest.fixture
def script(gateway: Gateway, tmp_path: Path):
    """Run a script to its end, warnings being errors; its output."""

    def run(source: str, *flags: str) -> str:
        path = tmp_path / "script.py"
        path.write_text(SETUP + textwrap.dedent(source), encoding="utf-8")
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
        done = subprocess.run(
            [sys.executable, "-W", "error", *flags, str(path)],
            env={**clean, "GATEWAY": gateway.base_url, "MPLBACKEND": "agg"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
        assert done.returncode == 0, done.stdout
        return done.stdout

    return run


def answers(gateway: Gateway, *streams: list[wire.Event]) -> None:
    gateway.add(*(Reply.sse(stream, framing="chunked") for stream in streams))


def test_a_plain_script_asks_and_exits(script, gateway: Gateway):
    answers(gateway, wire.text_response("Hello."))
    assert script("print(ask().text)") == "Hello.\n"


def test_a_script_exits_while_a_tool_still_sleeps(script, gateway: Gateway):
    answers(gateway, wire.call_response([("sleep", {})]))
    script(
        """
        begun = threading.Event()
        def sleep():
            "Sleep."
            begun.set()
            time.sleep(600)
        threading.Thread(target=ask, kwargs={"tools": [sleep]}, daemon=True).start()
        begun.wait()
        """
    )


def test_marked_functions_of_the_script_are_offered(script, gateway: Gateway):
    answers(gateway, wire.call_response([("twice", {"n": 4})]), wire.text_response("8"))
    out = script(
        """
        @respmagic.tool
        def twice(n: int) -> int:
            "Double n."
            return 2 * n
        print([(c.name, c.result) for c in ask().tool_calls])
        """
    )
    assert out == "[('twice', 8)]\n"


def test_respond_works_in_loops_and_from_threads(script, gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Yes.")), repeat=True)
    out = script(
        """
        found = [ask().text for _ in range(3)]
        threads = [threading.Thread(target=lambda: found.append(ask().text)) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(len(found), set(found))
        """
    )
    assert out == "7 {'Yes.'}\n"


def test_respond_works_inside_a_sync_tool_and_does_not_offer_that_tool_again(
    script, gateway: Gateway
):
    answers(
        gateway,
        wire.call_response([("outer", {})]),
        wire.text_response("inner answer"),
        wire.text_response("outer answer"),
    )
    out = script(
        """
        @respmagic.tool
        def outer():
            "Asks again."
            return ask("inside").text
        @respmagic.tool
        def other():
            "Other."
        r = ask()
        print(r.tool_calls[0].result, "/", r.text)
        """
    )
    assert out == "inner answer / outer answer\n"
    assert [[t["name"] for t in r.json["tools"]] for r in gateway.requests] == [
        ["outer", "other"],
        ["other"],
        ["outer", "other"],
    ]


def test_calls_of_an_inner_run_that_need_the_main_thread_find_it(script, gateway: Gateway):
    answers(
        gateway,
        wire.call_response([("outer", {})]),
        wire.call_response([("on_main", {})]),
        wire.text_response("inner"),
        wire.text_response("outer"),
    )
    out = script(
        """
        @respmagic.tool(thread=False)
        def on_main():
            "On the main thread."
            return threading.current_thread() is threading.main_thread()
        def outer():
            "Asks again."
            assert threading.current_thread() is not threading.main_thread()
            return ask("inside", tools=[on_main]).tool_calls[0].result
        print(ask(tools=[outer]).tool_calls[0].result)
        """
    )
    assert out == "True\n"


def test_an_inner_run_on_the_main_thread_serves_its_own_calls(script, gateway: Gateway):
    answers(
        gateway,
        wire.call_response([("outer", {})]),
        wire.call_response([("on_main", {})]),
        wire.text_response("inner"),
        wire.text_response("outer"),
    )
    out = script(
        """
        @respmagic.tool(thread=False)
        def on_main():
            return threading.current_thread() is threading.main_thread()
        @respmagic.tool(thread=False)
        def outer():
            return ask("inside", tools=[on_main]).tool_calls[0].result
        print(ask(tools=[outer]).tool_calls[0].result)
        """
    )
    assert out == "True\n"


def test_respond_inside_an_async_tool_is_refused_with_the_remedy(script, gateway: Gateway):
    answers(
        gateway,
        wire.call_response([("wrong", {}), ("right", {})]),
        wire.text_response("inner"),
        wire.text_response("outer"),
    )
    out = script(
        """
        async def wrong():
            return ask("inside").text
        async def right():
            return (await aask("inside")).text
        for call in ask(tools=[wrong, right]).tool_calls:
            print(call.status, call.result, call.error)
        """
    )
    wrong, right = out.splitlines()
    assert wrong.startswith("failed None respond() cannot wait inside an async tool")
    assert "await respmagic.arespond" in wrong
    assert right == "done inner None"


def test_arespond_runs_async_tools_on_the_callers_loop(script, gateway: Gateway):
    answers(gateway, wire.call_response([("use", {}), ("sync", {})]), wire.text_response("Done."))
    out = script(
        """
        async def main():
            here = asyncio.get_running_loop()
            lock = asyncio.Lock()  # bound to the caller's loop
            async def use():
                async with lock:
                    return asyncio.get_running_loop() is here
            def sync():
                return threading.current_thread() is threading.main_thread()
            result = await aask(tools=[use, sync])
            print([c.result for c in result.tool_calls], result.text)
        asyncio.run(main())
        """
    )
    assert out == "[True, False] Done.\n"


def test_cancelling_arespond_cancels_the_request_and_the_tools(script, gateway: Gateway):
    answers(gateway, wire.call_response([("wait", {})]), wire.text_response("After."))
    out = script(
        """
        async def main():
            begun, ended = asyncio.Event(), asyncio.Event()
            async def wait():
                begun.set()
                try:
                    await asyncio.sleep(600)
                finally:
                    ended.set()
            task = asyncio.create_task(aask(tools=[wait]))
            await begun.wait()
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                print("cancelled")
            await ended.wait()
            print((await aask()).text)
        asyncio.run(main())
        """
    )
    assert out == "cancelled\nAfter.\n"


def test_many_aresponds_at_once(script, gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Yes.")), repeat=True)
    out = script(
        """
        async def main():
            results = await asyncio.gather(*(aask() for _ in range(20)))
            print(len(results), {r.text for r in results})
        asyncio.run(main())
        """
    )
    assert out == "20 {'Yes.'}\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_forked_child_asks_on_a_loop_of_its_own(script, gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Yes.")), repeat=True)
    out = script(
        """
        import warnings
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads: the point
        print(ask().text, flush=True)
        child = os.fork()
        if child == 0:
            print("child", ask().text, flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        print("parent", ask().text)
        """
    )
    assert out == "Yes.\nchild Yes.\nparent Yes.\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_child_that_a_tool_forks_waits_for_no_thread_of_its_parent(script, gateway: Gateway):
    answers(gateway, wire.call_response([("forks", {})]))
    answers(gateway, wire.call_response([("here", {})], id="resp_2"))
    answers(gateway, *(wire.text_response("Done.", id=f"resp_{n}") for n in (3, 4)))
    out = script(
        """
        import warnings
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads: the point
        @respmagic.tool(thread=False)
        def here():
            return "here"
        def forks():
            read, write = os.pipe()
            if os.fork() == 0:
                os.write(write, ask(tools=[here]).tool_calls[0].output.encode())
                os._exit(0)
            os.close(write)
            return os.read(read, 100).decode()
        print(ask(tools=[forks]).tool_calls[0].output)
        """
    )
    assert out == "here\n"


@pytest.mark.parametrize("raised", ["SystemExit('bye')", "KeyboardInterrupt()", "GeneratorExit()"])
@pytest.mark.parametrize("kind", ["def", "async def"])
def test_nothing_that_a_tool_raises_ends_the_loop(script, gateway: Gateway, kind: str, raised: str):
    answers(gateway, wire.call_response([("bad", {})]), wire.text_response("On it goes."))
    answers(gateway, wire.text_response("Still there."))
    out = script(
        f"""
        {kind} bad():
            raise {raised}
        r = ask(tools=[bad])
        print(r.tool_calls[0].status, r.text)
        print(ask().text)
        """
    )
    assert out.splitlines()[1] == "Still there."
    assert out.splitlines()[0].endswith("On it goes.")


def test_a_task_that_a_tool_leaves_behind_cannot_end_the_loop_either(script, gateway: Gateway):
    answers(gateway, wire.call_response([("bad", {})]), wire.text_response("On it goes."))
    answers(gateway, wire.text_response("Still there."))
    out = script(
        """
        async def quit():
            raise SystemExit
        async def bad():
            bad.task = asyncio.create_task(quit())
            await asyncio.sleep(0)
            return "left a task"
        r = ask(tools=[bad])
        print(r.tool_calls[0].result, r.text)
        print(ask().text)
        try:
            bad.task.exception()
        except BaseException:
            pass
        """
    )
    assert out == "left a task On it goes.\nStill there.\n"


def test_a_sync_function_that_returns_an_awaitable_is_awaited(script, gateway: Gateway):
    answers(gateway, wire.call_response([("indirect", {})]), wire.text_response("Done."))
    out = script(
        """
        async def inner():
            return 42
        def indirect():
            return inner()
        print(ask(tools=[indirect]).tool_calls[0].result)
        """
    )
    assert out == "42\n"


def test_ctrl_c_in_a_script_raises_interrupted_with_the_partial_result(script, gateway: Gateway):
    answers(gateway, wire.call_response([("press", {})], text="So far."))
    out = script(
        """
        import signal
        def press():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(600)
        before = signal.getsignal(signal.SIGINT)
        try:
            ask(tools=[press])
        except Exception:
            print("swallowed")
        except KeyboardInterrupt as error:
            print(type(error).__name__, error.result.text, error.result.status)
        print(signal.getsignal(signal.SIGINT) is before)
        """
    )
    assert out == "Interrupted So far. interrupted\nTrue\n"


def test_a_script_goes_on_with_a_job_that_it_stopped_waiting_for(script, gateway: Gateway):
    events = wire.stream([wire.message("One two.")], id="resp_1", background=True)
    first = next(n for n, event in enumerate(events, 1) if event.get("delta"))
    gateway.add(Reply.sse(events[:first], framing="chunked", hang=True), Reply.sse(events[first:]))
    out = script(
        """
        import signal
        class Screen:
            pressed = False
            def write(self, text):
                if "One" in text and not self.pressed:
                    self.pressed = True
                    os.kill(os.getpid(), signal.SIGINT)
                return len(text)
            def flush(self): ...
        out, sys.stdout = sys.stdout, Screen()
        try:
            ask(tools=[], background=True, show=True)
        except KeyboardInterrupt as error:
            sys.stdout = out
            print(error)
        print(respmagic.resume("resp_1").text)
        """
    )
    assert out == (
        'stopped waiting; the server goes on: respmagic.resume("resp_1") waits for it again\n'
        "One two.\n"
    )


def test_a_call_that_does_not_heed_ctrl_c_is_stopped_by_the_next_one(script, gateway: Gateway):
    answers(gateway, wire.call_response([("stubborn", {})]), wire.call_response([("press", {})]))
    out = script(
        """
        import signal
        heard, threads = threading.Event(), []
        def press():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(600)
        def stubborn():
            threads.append(threading.current_thread())
            try:
                os.kill(os.getpid(), signal.SIGINT)
                while True:
                    time.sleep(0.001)
            except BaseException:
                heard.set()
            while True:
                time.sleep(0.001)
        for tool in (stubborn, press):
            try:
                ask(tools=[tool])
            except KeyboardInterrupt:
                print(heard.wait(30))
        threads[0].join(30)
        print(threads[0].is_alive())
        """
    )
    assert out == "True\nTrue\nFalse\n"


def test_show_prints_the_run_in_a_script(script, gateway: Gateway):
    answers(
        gateway,
        wire.call_response([("add", {"a": 1, "b": 2})], text="Let me see."),
        wire.text_response("It is **3**."),
    )
    out = script(
        """
        def add(a: int, b: int) -> int:
            return a + b
        r = ask(tools=[add], show=True)
        """
    )
    assert out == "Let me see.\nadd(a=1, b=2) → 3\n\nIt is **3**.\n"


def test_an_error_shows_the_users_own_lines(gateway: Gateway, tmp_path: Path):
    gateway.add(Reply.json({"error": {"message": "no such model"}}, 404))
    path = tmp_path / "script.py"
    path.write_text(SETUP + "def mine():\n    return ask()\nmine()\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)],
        env={**os.environ, "GATEWAY": gateway.base_url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "in mine" in done.stderr
    assert "NotFoundError: HTTP 404, not found: no such model." in done.stderr
    assert "During handling" not in done.stderr
