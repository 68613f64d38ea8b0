"""One server of each front end and one Chromium for all browser tests."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from frontend import JUPYTERLAB, NOTEBOOK, Chromium, FrontEnd, Server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Chromium; without it the tests are skipped, and say so."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium here: install Debian's chromium to run the browser tests")
    with Chromium(path) as running:
        yield running


@pytest.fixture(scope="session", params=[JUPYTERLAB, NOTEBOOK], ids=lambda app: app.name)
def server(
    request: pytest.FixtureRequest, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A front end's server on a folder of its own."""
    with Server(request.param, tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def front(server: Server, chromium: Chromium) -> Iterator[FrontEnd]:
    """A front end in the browser; what a test opens is closed after it."""
    front = FrontEnd(server, chromium)
    yield front
    front.close()
