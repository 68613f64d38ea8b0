"""Measure respmagic beside bare httpx and its peers, and print a table of ratios.

Usage: python run.py   (the `bench` extra installs the peers)

Variants take turns, each in a process of its own; medians of three rounds. CPU time where it is
the client's own work, wall time where it is waiting. The machine's speed cancels out of a ratio.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 3
# What pip installs is compiled, and so is what is measured here, though nothing may be written in
# some environments: peers would be read from bytecode, and a checkout from its source each time.
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The loopback server's base URL."""
    command = [sys.executable, str(HERE / "server.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
        assert process.stdin is not None
        process.stdin.close()


def once(name: str, variant: str, url: str) -> float:
    """One measurement in a fresh process."""
    command = [sys.executable, str(HERE / "measure.py"), name, variant, url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=COMPILED)
    return float(done.stdout.splitlines()[-1])


def medians(name: str, variants: list[str], url: str) -> dict[str, float]:
    """The variants' medians, taken in turns."""
    found: dict[str, list[float]] = {variant: [] for variant in variants}
    for _ in range(ROUNDS):
        for variant in variants:
            found[variant].append(once(name, variant, url))
    return {variant: statistics.median(values) for variant, values in found.items()}


def rows(url: str) -> Iterator[tuple[str, str, str, bool]]:
    """What was measured, how much it is, the target, and whether that is met."""
    cpu = medians("cpu_20000", ["httpx", "respmagic", "openai", "chatlas"], url)
    short = medians("cpu_2000", ["httpx", "respmagic"], url)
    mine = cpu["respmagic"]
    ratio, peer = mine / cpu["httpx"], cpu["openai"] / mine
    flat = ratio / (short["respmagic"] / short["httpx"])
    yield "CPU a streamed event, of bare httpx", f"{ratio:.2f} ×", "≤ 1.7 ×", ratio <= 1.7
    yield (
        "the same, openai and chatlas of ours",
        (f"{peer:.1f} ×, {cpu['chatlas'] / mine:.1f} ×"),
        "≥ 7 × (openai)",
        peer >= 7,
    )
    yield "20,000 deltas of 2,000, an event", f"{flat:.2f} ×", "flat", flat <= 1.1
    delta = medians("first_delta", ["socket", "respmagic", "openai"], url)
    over, theirs = delta["respmagic"] - delta["socket"], delta["openai"] - delta["socket"]
    yield (
        "first delta over a raw socket, of openai's",
        f"{over / theirs:.2f} × ({over:.1f} ms)",
        ("≤ 0.5 ×"),
        over <= theirs / 2,
    )
    memory = medians("memory", ["respmagic", "openai"], url)["respmagic"]
    yield "memory over 20,000 deltas", f"{memory:+.1f} MiB", "≤ +3 MiB", memory <= 3
    panel = medians("panel_memory", ["respmagic"], url)["respmagic"]
    yield "memory over 15 turns of 2,000 tokens in a panel", f"{panel:+.1f} MiB", "flat", panel <= 5
    load = medians("load_ext", ["time", "memory"], url)
    yield (
        "%load_ext",
        f"{load['time']:.1f} ms, {load['memory']:.1f} MiB",
        "≤ 5 ms, 1 MiB",
        (load["time"] <= 5 and load["memory"] <= 1),
    )
    first = medians("imports", ["cell", "tool", "openai"], url)
    plain, part = first["cell"] / first["openai"], first["tool"] / first["openai"]
    yield "first cell, all imports, of `import openai`", f"{plain:.2f} ×", "≤ 0.4 ×", plain <= 0.4
    yield "first cell with a tool, the same", f"{part:.2f} ×", "≤ 0.4 ×", part <= 0.4
    first = medians("first_answer", ["respmagic", "openai"], url)
    part = first["respmagic"] / first["openai"]
    yield "first answer in a script, all CPU, of openai's", f"{part:.2f} ×", "", True
    tools = medians("tools", ["respmagic", "chatlas"], url)
    slow = medians("async_tools", ["respmagic"], url)["respmagic"] / 0.5
    part = tools["respmagic"] / 0.5
    yield (
        "4 sync (async) tools of 0.5 s at once, of the slowest",
        f"{part:.3f} × ({slow:.3f} ×)",
        ("≤ 1.03 ×"),
        max(part, slow) <= 1.03,
    )
    yield "the same, chatlas of ours", f"{tools['chatlas'] / tools['respmagic']:.1f} ×", "", True
    yield from notebook_rows()


def notebook_rows() -> Iterator[tuple[str, str, str, bool]]:
    """What a notebook sees."""
    command = [sys.executable, str(HERE / "notebook.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    (short, _), (size, cpu) = found["paint_8000"], found["paint_32000"]
    growth = size * 32_000 / (short * 8_000)
    yield "bytes a character to the page, 8,000 tokens", f"{size:.1f}", "≤ 30", size <= 30
    yield "all bytes, 8,000 tokens of 2,000", f"{growth:.1f} ×", "≤ 4.2 ×", growth <= 4.2
    yield "CPU of painting them", f"{cpu:.0f} ms", "≤ 700 ms", cpu <= 700
    yield "a first token sent, painted", f"{found['first']:.1f} ms", "≤ 3 ms", found["first"] <= 3
    yield "stop button to idle", f"{found['stop']:.0f} ms", "≤ 50 ms", found["stop"] <= 50
    yield from frame_rows()


def frame_rows() -> Iterator[tuple[str, str, str, bool]]:
    """What a reader of the page sees, or that there is no browser to see it in."""
    command = [sys.executable, str(HERE / "frames.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    gaps = json.loads(done.stdout.splitlines()[-1])
    if gaps is None:
        missing = "not measured: needs Chromium and the `browser` extra"
        yield (
            "2,000 deltas in JupyterLab and Notebook, longest frame gap",
            missing,
            "≤ 100 ms",
            True,
        )
        return
    for name, gap in gaps.items():
        yield f"2,000 deltas in {name}, longest frame gap", f"{gap:.0f} ms", "≤ 100 ms", gap <= 100


def main() -> None:
    """Print the table."""
    names = ("respmagic", "httpx", "pydantic", "openai", "chatlas", "ipykernel")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    print(f"{dt.date.today()}, Python {platform.python_version()}, {versions}\n")  # noqa: DTZ011
    print("| measured | result | target | |\n|---|--:|--:|---|")
    with server() as url:
        for what, result, target, met in rows(url):
            print(f"| {what} | {result} | {target} | {'' if met else 'missed'} |", flush=True)


if __name__ == "__main__":
    main()
