"""A real kernel in its own process, driven as a front end drives it."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

PATIENCE = 60.0  # seconds after which a test that waits in vain fails


@dataclass
class Executed:
    """What one execution sent.

    Attributes:
        reply: the content of the execute_reply.
        messages: what came on iopub, in order.
        outputs: the outputs as a front end would hold them at the end.
    """

    reply: Mapping[str, Any] = field(default_factory=dict)
    messages: list[Mapping[str, Any]] = field(default_factory=list)
    outputs: list[NotebookNode] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text/plain of the cell's value."""
        return str(self.value["text/plain"])

    @property
    def value(self) -> Mapping[str, Any]:
        """The cell's value as a MIME bundle; there must be one."""
        [value] = [o for o in self.outputs if o.output_type == "execute_result"]
        return value.data

    @property
    def error(self) -> NotebookNode:
        """The cell's error; there must be one."""
        [error] = [o for o in self.outputs if o.output_type == "error"]
        return error

    def stream(self, name: str = "stdout") -> str:
        """What was printed and stayed."""
        return "".join(o.text for o in self.outputs if o.output_type == "stream" and o.name == name)

    def painted(self) -> list[str]:
        """The HTML of each display and update, in order."""
        kinds = ("display_data", "update_display_data")
        sent = [m["content"] for m in self.messages if m["msg_type"] in kinds]
        return [content["data"].get("text/html", "") for content in sent]


class _Outputs:
    """Folds messages into outputs as JupyterLab does."""

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []
        self._displays: dict[str, NotebookNode] = {}
        self._clear_next = False

    def take(self, message: Mapping[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "clear_output":
            self._clear_next = True
            if not content["wait"]:
                self._clear()
        elif kind == "update_display_data":
            shown = self._displays.get(content["transient"]["display_id"])
            if shown is not None:
                shown.update(data=content["data"], metadata=content["metadata"])
        elif kind in ("stream", "display_data", "execute_result", "error"):
            self._clear()
            self._append(message)

    def _clear(self) -> None:
        if self._clear_next:
            self.outputs.clear()
        self._clear_next = False

    def _append(self, message: Mapping[str, Any]) -> None:
        output = output_from_msg(message)
        last = self.outputs[-1] if self.outputs else None
        same = last is not None and last.output_type == output.output_type == "stream"
        if last is not None and same and last.name == output.name:
            last.text += output.text
            return
        self.outputs.append(output)
        display_id = message["content"].get("transient", {}).get("display_id")
        if display_id:
            self._displays[display_id] = output


class Kernel:
    """One kernel.

    Args:
        env: added to its environment; the test run's own keys are not passed on.
    """

    def __init__(self, **env: str) -> None:
        # Sockets in a folder of its own: ports that are free now may be another kernel's soon.
        self._folder = tempfile.TemporaryDirectory(prefix="kernel")
        place = str(Path(self._folder.name) / "socket")
        self._manager = KernelManager(kernel_name="python3", transport="ipc", ip=place)
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
        self._manager.start_kernel(env={**clean, "PYDEVD_DISABLE_FILE_VALIDATION": "1", **env})
        self.client: BlockingKernelClient = self._manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def start(self, code: str, *, stdin: bool = True, cell: str | None = None) -> str:
        """Send a cell and return at once with its message id.

        Args:
            code: its source.
            stdin: whether questions may be asked.
            cell: what the front end calls it, if it says so.
        """
        if cell is None:
            return self.client.execute(code, allow_stdin=stdin)
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": stdin}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def finish(self, msg_id: str) -> Executed:
        """Wait until the cell of that message is done."""
        executed, fold = Executed(), _Outputs()
        for message in self.messages(msg_id):
            executed.messages.append(message)
            fold.take(message)
        executed.outputs = fold.outputs
        executed.reply = self._reply(msg_id)["content"]
        return executed

    def run(self, code: str, *, stdin: bool = True) -> Executed:
        """Run a cell to its end."""
        return self.finish(self.start(code, stdin=stdin))

    def check(self, code: str) -> Executed:
        """Run a cell that must end well."""
        executed = self.run(code)
        assert executed.reply["status"] == "ok", executed.reply
        return executed

    def value(self, expression: str) -> str:
        """The `str` of an expression, evaluated in the kernel."""
        return self.check(f"print(({expression}), end='')").stream()

    def asked(self) -> str:
        """Wait until the kernel asks for a line; its prompt."""
        request = self.client.get_stdin_msg(timeout=PATIENCE)
        assert request["msg_type"] == "input_request"
        return str(request["content"]["prompt"])

    def answer(self, *lines: str) -> list[str]:
        """Answer so many questions; their prompts."""
        prompts = []
        for line in lines:
            prompts.append(self.asked())
            self.client.input(line)
        return prompts

    def messages(self, msg_id: str) -> Iterator[Mapping[str, Any]]:
        """The iopub messages of an execution, until it is idle."""
        end = time.monotonic() + PATIENCE
        while True:
            message = self.client.get_iopub_msg(timeout=max(end - time.monotonic(), 0.01))
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    return
            else:
                yield message

    def interrupt(self) -> None:
        """What the stop button does."""
        self._manager.interrupt_kernel()

    def _reply(self, msg_id: str) -> Mapping[str, Any]:
        while True:
            reply: Mapping[str, Any] = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == msg_id:
                return reply

    def exit_code(self) -> int:
        """Ask it to end by itself; its exit code once it has."""
        process = self._manager.provisioner.process
        self._manager.request_shutdown()
        code: int = process.wait(PATIENCE)
        self.client.stop_channels()
        self._manager.cleanup_resources()
        self._folder.cleanup()
        return code

    def shut_down(self) -> None:
        """Ask it to end, as a front end does, and wait until it has."""
        self.client.stop_channels()
        self._manager.shutdown_kernel(now=False)
        self._manager.cleanup_resources()
        self._folder.cleanup()


@contextlib.contextmanager
def kernel(**env: str) -> Iterator[Kernel]:
    """A kernel with the extension loaded, shut down at the end."""
    started = Kernel(**env)
    try:
        started.check("%load_ext respmagic")
        yield started
    finally:
        started.shut_down()
