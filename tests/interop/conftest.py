"""One process per independent server, shared by all tests that ask it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from servers import SERVERS, Absent, Server, running


def _started(name: str, factory: pytest.TempPathFactory) -> Iterator[Server]:
    try:
        with running(name, factory.mktemp(name)) as server:
            yield server
    except Absent as absent:
        pytest.skip(f"{name}: {absent}")


@pytest.fixture(scope="session")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The npm package @copilotkit/aimock."""
    yield from _started("aimock", tmp_path_factory)


@pytest.fixture(scope="session")
def litellm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """LiteLLM's proxy."""
    yield from _started("litellm", tmp_path_factory)


@pytest.fixture(scope="session")
def transformers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Transformers' server, with a tiny model."""
    yield from _started("transformers", tmp_path_factory)


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Server:
    """Each of them in turn."""
    asked: Server = request.getfixturevalue(request.param)
    return asked
