"""One measurement in a process of its own: python measure.py NAME VARIANT URL; prints a number."""

from __future__ import annotations

import asyncio
import importlib
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

URL = sys.argv[3] if len(sys.argv) > 3 else ""


def ask(variant: str) -> Callable[[str], Any]:
    """What asks the server once, by the model's name, and reads the whole answer."""
    return {"httpx": httpx_loop, "respmagic": ours, "openai": openai_loop, "chatlas": chatlas_chat}[
        variant
    ]()


def httpx_loop() -> Callable[[str], Any]:
    import httpx

    client = httpx.Client()

    def go(model: str) -> None:
        body = {"model": model, "input": "x", "stream": True}
        with client.stream("POST", f"{URL}/responses", json=body) as answer:
            for _ in answer.iter_bytes():
                pass

    return go


def ours() -> Callable[[str], Any]:
    import respmagic

    return lambda model: respmagic.respond("x", model=model, base_url=URL, tools=())


def openai_loop() -> Callable[[str], Any]:
    import openai

    client = openai.OpenAI(base_url=URL, api_key="none")

    def go(model: str) -> None:
        for _ in client.responses.create(model=model, input="x", stream=True):
            pass

    return go


def chatlas_chat() -> Callable[[str], Any]:
    import chatlas

    def go(model: str) -> None:
        chat = chatlas.ChatOpenAI(base_url=URL, api_key="none", model=model)
        for _ in chat.stream("x", echo="none"):
            pass

    return go


def stream_cpu(variant: str, pieces: int) -> float:
    """CPU microseconds of this process for each streamed event, warm."""
    go, rounds = ask(variant), max(2, 40_000 // pieces)
    for _ in range(2):
        go(f"deltas-{pieces}")
    began = time.process_time()
    for _ in range(rounds):
        go(f"deltas-{pieces}")
    return (time.process_time() - began) / rounds / pieces * 1e6


def memory(variant: str) -> float:
    """MiB that the peak grows by over an answer of 20,000 deltas, after a short one."""
    go = ask(variant)
    go("deltas-200")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    go("deltas-20000")
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def first_delta(variant: str) -> float:
    """Milliseconds from the call to the first piece of text, warm, median of 30."""
    go = {"socket": first_socket, "respmagic": first_ours, "openai": first_openai}[variant]()
    for _ in range(5):
        go()
    return statistics.median(go() for _ in range(30)) * 1e3


def first_ours() -> Callable[[], float]:
    import respmagic

    def go() -> float:
        began = time.monotonic()
        result = respmagic.respond("x", model="deltas-50", base_url=URL, tools=())
        return result.run.exchanges[0].first - began  # noted when the first token came

    return go


def first_openai() -> Callable[[], float]:
    import openai

    client = openai.OpenAI(base_url=URL, api_key="none")

    def go() -> float:
        began, found = time.perf_counter(), 0.0
        for event in client.responses.create(model="deltas-50", input="x", stream=True):
            if not found and event.type == "response.output_text.delta":
                found = time.perf_counter()
        return found - began

    return go


def first_socket() -> Callable[[], float]:
    import json
    import socket
    import urllib.parse

    place = urllib.parse.urlsplit(URL)
    peer = socket.create_connection((place.hostname, place.port))
    body = json.dumps({"model": "deltas-50", "input": "x", "stream": True}).encode()
    head = b"POST /v1/responses HTTP/1.1\r\ncontent-length: %d\r\n\r\n" % len(body)

    def go() -> float:
        began, found, data = time.perf_counter(), 0.0, b""
        peer.sendall(head + body)
        while not data.endswith(b"0\r\n\r\n"):
            data += peer.recv(65536)
            if not found and b"output_text.delta" in data:
                found = time.perf_counter()
        return found - began

    return go


def imports(variant: str) -> float:
    """CPU milliseconds to import all that a first use loads, a shell being there."""
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.instance()
    modules = ["openai"] if variant == "openai" else loaded_elsewhere(variant)
    began = time.process_time()
    for name in modules:
        importlib.import_module(name)
    return (time.process_time() - began) * 1e3


def loaded_elsewhere(variant: str) -> list[str]:
    """The modules that a first use loads, in its order: seen in a process that has done it."""
    command = [sys.executable, __file__, "loaded", variant, URL]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def loaded(variant: str) -> str:
    """The names of all modules that a first cell loads, from `%load_ext` to its value shown."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    before = set(sys.modules)
    shell.run_cell("%load_ext respmagic").raise_error()
    if variant == "tool":
        source = "@respmagic.tool\ndef work(n: int) -> str:\n    'Work.'\n    return str(n)"
        shell.run_cell(source).raise_error()
    model = {"cell": "deltas-50", "tool": "tools"}[variant]
    done = shell.run_cell(f"%%responses -m {model} --base-url {URL}\nx")
    done.raise_error()
    assert done.result.text
    return " ".join(name for name in sys.modules if name not in before)


def first_answer(variant: str) -> float:
    """CPU milliseconds of a first answer in a fresh process: imports, client, request and all."""
    began = time.process_time()
    ask(variant)("deltas-8")
    return (time.process_time() - began) * 1e3


def load_ext(variant: str) -> float:
    """CPU milliseconds, or MiB, of `%load_ext respmagic` in a shell."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "storemagic")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    shell.run_line_magic("load_ext", "respmagic")
    took = (time.process_time() - began) * 1e3
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return took if variant == "time" else grown


def tools(variant: str) -> float:
    """Seconds for a run with four calls that each sleep half a second, warm imports."""

    def work(n: int) -> str:
        """Work."""
        time.sleep(0.5)
        return str(n)

    run = {"respmagic": run_ours, "chatlas": run_chatlas}[variant]
    run("deltas-8", work)
    began = time.perf_counter()
    run("tools", work)
    return time.perf_counter() - began


def run_ours(model: str, work: Callable[..., Any]) -> None:
    """Ask with one tool, and see that all calls of it were made."""
    import respmagic

    result = respmagic.respond("x", model=model, base_url=URL, tools=[work])
    assert len(result.tool_calls) == (4 if model == "tools" else 0)


def run_chatlas(model: str, work: Callable[..., Any]) -> None:
    """The same."""
    import chatlas

    chat = chatlas.ChatOpenAI(base_url=URL, api_key="none", model=model)
    chat.register_tool(work)
    for _ in chat.stream("x", echo="none"):
        pass


def async_tools(_: str) -> float:
    """The same with async tools."""

    async def work(n: int) -> str:
        """Work."""
        await asyncio.sleep(0.5)
        return str(n)

    run_ours("deltas-8", work)
    began = time.perf_counter()
    run_ours("tools", work)
    return time.perf_counter() - began


def panel_memory(_: str) -> float:
    """MiB that the peak grows by over turns 6 to 20 of 2,000 tokens in a panel."""
    import respmagic

    async def turns() -> float:
        panel = respmagic.Panel(model="deltas-2000", base_url=URL)
        for _ in range(5):
            await panel.ask("x")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(15):
            await panel.ask("x")
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    return asyncio.run(turns())


MEASURES: dict[str, Callable[[str], float | str]] = {
    "cpu_20000": lambda variant: stream_cpu(variant, 20_000),
    "cpu_2000": lambda variant: stream_cpu(variant, 2_000),
    "memory": memory,
    "panel_memory": panel_memory,
    "first_delta": first_delta,
    "imports": imports,
    "loaded": loaded,
    "first_answer": first_answer,
    "load_ext": load_ext,
    "tools": tools,
    "async_tools": async_tools,
}

if __name__ == "__main__":
    print(MEASURES[sys.argv[1]](sys.argv[2]))
