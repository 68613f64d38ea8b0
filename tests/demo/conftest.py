"""The embedded model as a server, for as long as the tests need it."""

import signal

import pytest
from demo_server import start_demo


@pytest.fixture(scope="session")
def demo_url():
    """The base URL of a running ``python -m respmagic.demo``."""
    process, url = start_demo()
    yield url
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
