"""The longest time that a page goes without a frame while 2,000 deltas come.

Usage: python frames.py   (needs the `browser` extra, and Chromium)
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "browser")]


def main() -> int:
    """Print the gap in milliseconds for each front end, as JSON; null where it cannot be had."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None or importlib.util.find_spec("playwright") is None:
        print("null")
        return 0
    from frames import stream
    from frontend import JUPYTERLAB, NOTEBOOK, Chromium, FrontEnd, Server

    from gateway import Gateway

    found = {}
    with Chromium(path) as chromium:
        for app in (JUPYTERLAB, NOTEBOOK):
            with tempfile.TemporaryDirectory() as root, Server(app, Path(root)) as server:
                front = FrontEnd(server, chromium)
                with Gateway() as gateway:
                    found[app.name] = max(stream(front, gateway)[1])
                front.close()
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
