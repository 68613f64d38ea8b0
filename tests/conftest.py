"""Fixtures of every test."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import settings
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import respmagic
from gateway import Gateway

settings.register_profile("respmagic", deadline=None)  # nothing is timed
settings.load_profile("respmagic")

# A shell has what it starts in the background ignore Ctrl-C, which some tests press.
signal.signal(signal.SIGINT, signal.default_int_handler)


def _quiet() -> Config:
    """Made anew for each shell, which keeps it and may write to it."""
    return Config({"HistoryManager": {"enabled": False}})


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A fault-injecting gateway on a loopback port."""
    with Gateway() as running:
        yield running


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """A shell with the extension loaded, as the one of this process; the embedded model answers."""
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    shell = InteractiveShell.instance(config=_quiet())
    respmagic.load_ipython_extension(shell)
    yield shell
    respmagic.unload_ipython_extension(shell)
    InteractiveShell.clear_instance()


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """A second shell beside the one of the process, as an embedded one is."""
    shell = InteractiveShell(config=_quiet())
    respmagic.load_ipython_extension(shell)
    yield shell
    respmagic.unload_ipython_extension(shell)


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """A plain client, to look at a server with."""
    with httpx.Client(timeout=30) as client:
        yield client
