"""The recorded responses of real servers, which live outside the project.

`RESPMAGIC_STREAMS` names their folder; without it, `../shared/streams` beside the project is
taken if it is there. Tests that need them are skipped where there is neither.
"""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any

import pytest

HOW = "set RESPMAGIC_STREAMS to the folder of recorded responses"
BESIDE = Path(__file__).parents[2] / "shared" / "streams"


@functools.cache
def streams_dir() -> Path | None:
    """The folder of the recordings, if there is one.

    Raises:
        FileNotFoundError: RESPMAGIC_STREAMS names a folder that holds no recordings.
    """
    named = os.environ.get("RESPMAGIC_STREAMS")
    folder = Path(named) if named else BESIDE
    if index(folder):
        return folder
    if named:
        raise FileNotFoundError(f"no index.json in RESPMAGIC_STREAMS={named}")
    return None


@functools.cache
def index(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of a folder's index.json by file; none where the folder has no index."""
    path = folder / "index.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return {row["file"]: row for row in rows}


def recording(name: str) -> Path:
    """The file of a recording, by its name in the index ("chat/….sse")."""
    return _folder() / name


def row(name: str) -> dict[str, Any]:
    """What the index says of a recording: dialect, vendor, format, what it exercises, …"""
    return index(_folder())[name]


def expected(name: str) -> dict[str, Any]:
    """A second opinion on a recording's outcome: text, calls, usage, errors, …"""
    return _expected()[name]


def request_of(name: str) -> dict[str, Any] | None:
    """The recorded request, where it was kept."""
    kept = row(name).get("request_file")
    return json.loads((_folder() / kept).read_text("utf-8")) if kept else None


def names(**wanted: str) -> list[str]:
    """The recordings whose rows have these values, such as dialect="chat", format="sse"."""
    if streams_dir() is None:
        return []
    return [
        name
        for name, entry in index(_folder()).items()
        if all(entry[key] == value for key, value in wanted.items())
    ]


needs_recordings = pytest.mark.skipif(streams_dir() is None, reason=HOW)


def each_recording(**wanted: str) -> pytest.MarkDecorator:
    """Run a test with `name` being each of these recordings; skip it where there are none."""
    missing = pytest.param("", marks=pytest.mark.skip(reason=HOW))
    return pytest.mark.parametrize("name", names(**wanted) if streams_dir() else [missing])


def _folder() -> Path:
    if folder := streams_dir():
        return folder
    raise FileNotFoundError(HOW)


@functools.cache
def _expected() -> dict[str, dict[str, Any]]:
    outcomes: dict[str, dict[str, Any]] = json.loads(
        (_folder() / "expected.json").read_text("utf-8")
    )
    return outcomes
