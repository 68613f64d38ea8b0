"""The embedded model as a server, in a process of its own, for as long as the tests need it."""

import re
import signal
import subprocess
import sys

import pytest


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


def start_demo(*options):
    """A server on a free port, and its base URL as it says it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "respmagic.demo", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    line = process.stdout.readline()
    return process, re.search(r"http://127\.0\.0\.1:\d+/v1", line)[0]
