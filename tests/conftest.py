"""Fixtures of every test."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from gateway import Gateway


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A fault-injecting gateway on a loopback port."""
    with Gateway() as running:
        yield running


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """A plain client, to look at a server with."""
    with httpx.Client(timeout=30) as client:
        yield client
