"""JupyterLab and Notebook 7 in Chromium, driven as a person drives them."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import nbformat
from nbformat.sign import NotebookNotary
from playwright.sync_api import Locator, Page, Request, Response, expect, sync_playwright

PATIENCE = 60_000  # milliseconds after which a test that waits in vain fails

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class App:
    """A front end: what runs its server, and where it shows one notebook alone."""

    name: str
    module: str
    path: str


JUPYTERLAB = App("JupyterLab", "jupyterlab", "doc/tree")
NOTEBOOK = App("Notebook", "notebook", "notebooks")


class Server:
    """A front end's server.

    Args:
        app: which.
        root: an empty folder; the notebooks go into ``root/notebooks``.
    """

    def __init__(self, app: App, root: Path) -> None:
        self.app = app
        self.folder = root / "notebooks"
        self._token = secrets.token_hex(16)
        self._port = _free_port()
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir()
        self._write_setting("apputils-extension", "notification", {"fetchNews": "false"})
        names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        own = {name: str(self._root / name.lower()) for name in names}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.app.module, "--no-browser", "--allow-root", *self._flags()],
            env={
                **clean,
                **own,
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "JUPYTER_DATA_DIR": str(self._data),
                "JUPYTERLAB_SETTINGS_DIR": str(self._root / "settings"),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    @property
    def _data(self) -> Path:
        return self._root / "data"

    def _flags(self) -> list[str]:
        return [
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={self._port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.folder}",
            f"--IdentityProvider.token={self._token}",
        ]

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            try:
                self._api("api")
            except OSError:
                time.sleep(0.1)  # until the server listens there is nothing to wait on
            else:
                return
        raise TimeoutError(f"{self.app.name} did not start")

    def _api(self, path: str, method: str = "GET") -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/{path}",
            method=method,
            headers={"Authorization": f"token {self._token}"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE / 1000) as answer:
            return json.loads(answer.read() or b"null")

    def url(self, name: str, at: str = "") -> str:
        """Where a notebook of the folder is shown alone, by the front end or by what is `at`."""
        query = f"token={self._token}" + ("&reset" if self.app is JUPYTERLAB else "")
        return f"http://127.0.0.1:{self._port}/{at or self.app.path}/{name}?{query}"

    def write(self, name: str, *cells: str) -> Path:
        """A notebook of these code cells."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        path = self.folder / name
        nbformat.write(notebook, path)
        return path

    def write_without_kernel(self, name: str, saved: dict[str, Any], *, trusted: bool) -> Path:
        """A saved notebook that names no kernel, so that none is started when it is opened."""
        notebook = nbformat.from_dict({**saved, "metadata": {}})
        path = self.folder / name
        nbformat.write(notebook, path)
        if trusted:
            notary = NotebookNotary(data_dir=str(self._data))
            notary.sign(notebook)
            notary.store.close()
        return path

    def set_theme(self, name: str) -> None:
        """The theme of the pages opened from now on, e.g. ``JupyterLab Dark``."""
        self._write_setting("apputils-extension", "themes", {"theme": name})

    def _write_setting(self, extension: str, plugin: str, setting: dict[str, Any]) -> None:
        folder = self._root / "settings" / "@jupyterlab" / extension
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{plugin}.jupyterlab-settings").write_text(json.dumps(setting))

    def kernels(self) -> int:
        """How many run."""
        return len(self._api("api/kernels"))

    def stop_kernels(self) -> None:
        """End what the notebooks have started."""
        for session in self._api("api/sessions"):
            self._api(f"api/sessions/{session['id']}", "DELETE")

    def __exit__(self, *exc_info: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Chromium:
    """The browser; its pages ask no host but this machine."""

    def __init__(self, path: str) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=path, args=FLAGS)

    def new_page(self) -> View:
        """An empty page."""
        view = View(self._browser.new_page(viewport={"width": 1200, "height": 1600}))
        view.page.route(_FOREIGN, view.refuse)
        return view

    def close_pages(self) -> None:
        """Close all of them."""
        for context in self._browser.contexts:
            context.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._browser.close()
        self._playwright.stop()


_FOREIGN = re.compile(r"(https?|wss?)://(?!127\.0\.0\.1[:/])")


@dataclass
class View:
    """A page, and the hosts that it asked for, in vain."""

    page: Page
    foreign_hosts: set[str] = field(default_factory=set)

    def refuse(self, route: Any, request: Request) -> None:
        """Note a request for another host, and let it fail."""
        self.foreign_hosts.add(str(urllib.parse.urlsplit(request.url).hostname))
        route.abort()


class FrontEnd:
    """A server and the browser that looks at it."""

    def __init__(self, server: Server, chromium: Chromium) -> None:
        self.server = server
        self._chromium = chromium

    def open(self, name: str, *cells: str) -> Notebook:
        """Write a notebook of these cells, or take one of the folder; wait for its kernel."""
        if cells:
            self.server.write(name, *cells)
        notebook = self._open(name)
        notebook.wait_until_idle()
        return notebook

    def open_without_kernel(self, name: str) -> Notebook:
        """Open a notebook that names no kernel, and choose none."""
        notebook = self._open(name)
        dialog = notebook.page.locator(".jp-Dialog").filter(has_text="Select Kernel")
        dialog.get_by_role("button", name="No Kernel").click(timeout=PATIENCE)
        return notebook

    def _open(self, name: str) -> Notebook:
        view = self._chromium.new_page()
        view.page.goto(self.server.url(name), timeout=PATIENCE)
        return Notebook(view, self.server.folder / name)

    def open_file(self, path: Path) -> View:
        """Open a file of this machine, such as an exported notebook."""
        view = self._chromium.new_page()
        view.page.goto(path.as_uri())
        return view

    def close(self) -> None:
        """Close the notebooks and end their kernels."""
        self._chromium.close_pages()
        self.server.stop_kernels()
        self.server.set_theme("JupyterLab Light")


class Notebook:
    """An open notebook."""

    def __init__(self, view: View, path: Path) -> None:
        self.view = view
        self.page = view.page
        self.path = path

    @property
    def outputs(self) -> Locator:
        """All outputs on the page."""
        return self.page.locator(".jp-Notebook .jp-OutputArea-output")

    def cell(self, number: int) -> Cell:
        """A code cell."""
        return Cell(self.page.locator(".jp-Notebook .jp-CodeCell").nth(number))

    def wait_until_idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        # Before a kernel is chosen the front end calls itself idle, too.
        toolbar = self.page.locator(".jp-Toolbar").filter(has_text="Python 3")
        status = toolbar.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        expect(status).to_be_visible(timeout=PATIENCE)

    def choose(self, menu: str, item: str) -> None:
        """Click an item of the menu bar."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def run_all(self) -> None:
        """Start all cells."""
        self.choose("Run", "Run All Cells")

    def stop(self) -> None:
        """Press the stop button."""
        self.page.get_by_role("button", name="Interrupt the kernel").first.click()

    def shot(self, path: Path) -> None:
        """A picture of the page."""
        path.parent.mkdir(exist_ok=True)
        self.page.screenshot(path=path)

    def save(self) -> dict[str, Any]:
        """Save, and read the file back."""
        with self.page.expect_response(_is_saving, timeout=PATIENCE):
            self.page.keyboard.press("Control+s")
        saved: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return saved


def _is_saving(response: Response) -> bool:
    return response.request.method == "PUT" and "/api/contents/" in response.url


class Cell:
    """A code cell of an open notebook."""

    def __init__(self, locator: Locator) -> None:
        self.locator = locator

    @property
    def outputs(self) -> Locator:
        """All its outputs."""
        return self.locator.locator(".jp-OutputArea-output")

    @property
    def value(self) -> Locator:
        """The output that is its value."""
        return self.locator.locator(".jp-OutputArea-executeResult .jp-OutputArea-output")

    @property
    def errors(self) -> Locator:
        """The errors among its outputs."""
        return self.locator.locator('[data-mime-type="application/vnd.jupyter.stderr"]')

    @property
    def prompt(self) -> Locator:
        """What stands before its source: its number, or a star while it runs."""
        return self.locator.locator(".jp-InputPrompt")

    def run(self) -> None:
        """Start it."""
        self.locator.locator(".cm-content").click()
        self.locator.page.keyboard.press("Shift+Enter")

    def wait(self) -> None:
        """Wait until it has run."""
        expect(self.prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=PATIENCE)
