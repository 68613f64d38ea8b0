"""Starts the embedded model as a server in a process of its own."""

import re
import subprocess
import sys


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
