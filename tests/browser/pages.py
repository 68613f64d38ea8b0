"""What the browser tests share: cells that ask, answers with gates, notes and pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import wire
from gateway import Gateway
from replies import Gate, Reply

ROOT = Path(__file__).parent.parent.parent
SHOTS = Path(os.environ.get("RESPMAGIC_SHOTS") or ROOT / ".shots")
_NOTES = Path(os.environ.get("RESPMAGIC_NOTES") or ROOT.parent / "shared" / "notes")

LOAD = "%load_ext respmagic"
# What a page made by nbconvert asks for by itself.
NBCONVERT_HOSTS = {"cdn.jsdelivr.net", "cdnjs.cloudflare.com", "unpkg.com"}


def ask(gateway: Gateway, prompt: str = "Go", options: str = "") -> str:
    """A cell that asks the gateway."""
    where = f"-m gpt-test --base-url {gateway.base_url} --retries 0"
    return f"%%responses {options} {where}\n{prompt}"


def held(events: list[wire.Event], gate: Gate, text: str) -> Reply:
    """A stream that stands at `gate` once the deltas up to the one that ends in `text` are sent."""
    deltas = [str(event.get("delta", "")).endswith(text) for event in events]
    at = deltas.index(True) + 1
    return Reply.sse([*events[:at], gate, *events[at:]])


def noted(name: str) -> list[dict[str, Any]]:
    """The lines of a file of the notes."""
    path = _NOTES / name
    if not path.exists():
        pytest.skip(f"set RESPMAGIC_NOTES to the folder that holds {name}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def export(path: Path) -> Path:
    """The notebook as a page, by nbconvert."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR", str(path)]
    subprocess.run(command, check=True)
    return path.with_suffix(".html")
