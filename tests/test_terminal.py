"""The magics in IPython's terminal shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import wire
from gateway import Gateway
from replies import Reply


def terminal(gateway: Gateway, tmp_path: Path, *cells: str) -> str:
    """What a terminal shows of `cells`, run one after the other."""
    script = (
        "from IPython.terminal.interactiveshell import TerminalInteractiveShell\n"
        "shell = TerminalInteractiveShell.instance(simple_prompt=True, colors='NoColor')\n"
        f"for cell in {list(cells)!r}:\n"
        "    shell.run_cell(cell, store_history=True)\n"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**clean, "OPENAI_BASE_URL": gateway.base_url, "IPYTHONDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_text_is_printed_as_it_comes_and_not_a_second_time(gateway: Gateway, tmp_path: Path):
    gateway.add(
        Reply.sse(wire.call_response([("add", {"a": 3, "b": 4})], text="Let me see.")),
        Reply.sse(wire.text_response("It is **7**.\n\nReally.")),
    )
    out = terminal(
        gateway,
        tmp_path,
        "%load_ext respmagic",
        "@respmagic.tool\ndef add(a: int, b: int) -> int:\n    print('quiet')\n    return a + b",
        "%%responses r << -m m\nadd 3 and 4",
        "r",
    )
    first, second = out.split("Out[3]: ")[0], out.split("Out[3]: ")[1]
    assert first == "Let me see.\nadd(a=3, b=4) → 7\n\nIt is **7**.\n\nReally.\n"
    line, again = second.split("Out[4]: ")
    assert line.strip() == "[gpt-test · 20 + 10 tokens · tools: add]"
    assert again.strip().startswith("Let me see.\n\nadd(a=3, b=4) → 7\n\nIt is **7**.")


def test_a_failure_is_one_line(gateway: Gateway, tmp_path: Path):
    gateway.add(Reply.json({"error": {"message": "no such model"}}, 404))
    out = terminal(
        gateway, tmp_path, "%load_ext respmagic", "%%responses -m m\nhello", "_.status, 1 + 1"
    )
    assert "NotFoundError: HTTP 404, not found: no such model." in out
    assert "Traceback" not in out
    assert "('failed', 2)" in out


def test_subcommands(gateway: Gateway, tmp_path: Path):
    out = terminal(
        gateway,
        tmp_path,
        "%load_ext respmagic",
        "%responses last",
        "%responses tools",
        "@respmagic.tool\ndef add(a: int, b: int = 2):\n"
        "    '''Add.\n\n    Args:\n        a: first\n    '''",
        "%responses tools add",
        "%responses toools",
        "%responses",
    )
    assert "OptionError: no %%responses cell has run yet" in out
    assert "No function is marked by @respmagic.tool." in out
    assert (
        "add: Add.\n    a: whole number - first\n    b: whole number, optional (default 2)\n" in out
    )
    assert "%responses has no 'toools' (did you mean tools?)" in out
    assert "--max-output-tokens N" in out
