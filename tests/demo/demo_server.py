"""Starts the embedded model as a server in a process of its own, and asks it."""

import asyncio
import re
import subprocess
import sys

import httpx

from respmagic.demo import DemoTransport


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


def through_transport(method, path, **request):
    """Send one request to the model in this process."""

    async def send():
        async with httpx.AsyncClient(transport=DemoTransport(), base_url="http://demo") as client:
            return await client.request(method, path, **request)

    return asyncio.run(send())


def ask(send, prompt, /, **settings):
    """Ask for a response."""
    return send("POST", "/v1/responses", json={"model": "any", "input": prompt, **settings})
