"""JupyterLab in Chromium, driven as a person drives it."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

import nbformat
from playwright.sync_api import Page, expect, sync_playwright

PATIENCE = 60_000  # milliseconds after which a test that waits in vain fails
OUTPUT = ".jp-Notebook .jp-OutputArea-output"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Lab:
    """A JupyterLab server.

    Args:
        root: an empty folder; the notebooks go into ``root/notebooks``.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / "notebooks"
        self.token = secrets.token_hex(16)
        self.port = _free_port()
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir()
        settings = self._root / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
        names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        own = {name: str(self._root / name.lower()) for name in names}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *self._flags()],
            env={
                **clean,
                **own,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "JUPYTERLAB_SETTINGS_DIR": str(self._root / "settings"),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        return self

    def _flags(self) -> list[str]:
        return [
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.folder}",
            f"--IdentityProvider.token={self.token}",
        ]

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/api?token={self.token}", timeout=1).close()
            except OSError:
                time.sleep(0.1)  # until the server listens there is nothing to wait on
            else:
                return
        raise TimeoutError("JupyterLab did not start")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def write(self, name: str, *cells: str) -> Path:
        """A notebook of these code cells."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        path = self.folder / name
        nbformat.write(notebook, path)
        return path

    def __exit__(self, *exc_info: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Browser:
    """Chromium, with one page for each notebook."""

    def __init__(self, chromium: str, lab: Lab) -> None:
        self._lab = lab
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=chromium, args=FLAGS)

    def open(self, name: str) -> Notebook:
        """Open a notebook of the server's folder and wait for its kernel."""
        page = self._browser.new_page(viewport={"width": 1200, "height": 1600})
        page.goto(f"{self._lab.url}/doc/tree/{name}?reset&token={self._lab.token}")
        notebook = Notebook(page, self._lab.folder / name)
        notebook.wait_until_idle()
        return notebook

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._browser.close()
        self._playwright.stop()


class Notebook:
    """A notebook open in JupyterLab."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.path = path

    @property
    def outputs(self) -> Any:
        """All outputs on the page."""
        return self.page.locator(OUTPUT)

    def wait_until_idle(self) -> None:
        status = self.page.locator("#jp-main-statusbar").get_by_text("| Idle")
        expect(status).to_be_visible(timeout=PATIENCE)

    def run_all(self) -> None:
        """Run all cells and wait until the last one has its number."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    def wait_for_cell(self, number: int) -> None:
        """Wait until the cell at that position has run."""
        prompt = self.page.locator(".jp-CodeCell").nth(number).locator(".jp-InputPrompt")
        expect(prompt).to_have_text(_NUMBERED, timeout=PATIENCE)

    def save(self) -> dict[str, Any]:
        """Save, and read the file back."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        end = time.monotonic() + PATIENCE / 1000
        while self.path.stat().st_mtime_ns == before:
            assert time.monotonic() < end, "the notebook was not saved"
            self.page.wait_for_timeout(50)
        saved: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return saved


_NUMBERED = re.compile(r"\[\d+\]:")
