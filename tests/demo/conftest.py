"""The embedded model as a server, for as long as the tests need it."""

import signal

import httpx
import pytest
from demo_server import start_demo, through_transport


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


@pytest.fixture(params=["transport", "server"])
def send(request):
    """Sends one request: in the process, or over a socket."""
    if request.param == "transport":
        return through_transport
    url = request.getfixturevalue("demo_url").removesuffix("/v1")
    return lambda method, path, **more: httpx.request(method, url + path, **more)
