"""Independent servers as child processes, each made to play the same small conversation.

Each server is installed into a folder of its own by `make interop`; one that is not there is
absent, and its tests are skipped with the reason.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["SERVERS", "Absent", "Server", "running"]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
START_LIMIT = 120  # seconds after which a server that does not answer has failed


class Absent(Exception):
    """The server is not installed here; the message says how that can be mended."""


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        name: as in `SERVERS`.
        base_url: ends in `/v1`.
        key: what it wants as an API key.
        model: what is to be asked for.
    """

    name: str
    base_url: str
    key: str
    model: str


@contextlib.contextmanager
def running(name: str, folder: Path) -> Iterator[Server]:
    """Start a server in an empty `folder`; it is stopped at the end."""
    with SERVERS[name](folder) as server:
        yield server


@contextlib.contextmanager
def aimock(folder: Path) -> Iterator[Server]:
    """The npm package @copilotkit/aimock, on written fixtures."""
    program = _installed(ROOT / ".venv-interop-aimock/node_modules/.bin/llmock", "npm")
    port = _free_port()
    command = [str(program), "--host", "127.0.0.1", "--port", str(port), "--strict"]
    command += ["--fixtures", str(HERE / "aimock.json"), "--validate-on-load"]
    with _child(command, folder, {}, f"http://127.0.0.1:{port}/v1/models"):
        yield Server("aimock", f"http://127.0.0.1:{port}/v1", "sk-none-needed", "any")


@contextlib.contextmanager
def litellm(folder: Path) -> Iterator[Server]:
    """LiteLLM's proxy, with a handler of ours as the model behind it."""
    program = _installed(ROOT / ".venv-interop-litellm/bin/litellm", "pip")
    port, key = _free_port(), f"sk-{secrets.token_hex(32)}"
    (folder / "handler.py").write_text((HERE / "litellm_handler.py").read_text())
    config = folder / "config.yaml"
    config.write_text(json.dumps(_LITELLM))  # JSON is YAML
    command = [str(program), "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
    extra = {"LITELLM_MASTER_KEY": key, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    with _child(command, folder, extra, f"http://127.0.0.1:{port}/health/liveliness"):
        yield Server("litellm", f"http://127.0.0.1:{port}/v1", key, "scripted")


@contextlib.contextmanager
def transformers(folder: Path) -> Iterator[Server]:
    """`transformers serve` with a model of a few thousand weights, trained on the spot."""
    program = _installed(ROOT / ".venv-interop-transformers/bin/transformers", "pip and torch")
    model, cache, port = folder / "model", folder / "cache", _free_port()
    cache.mkdir()
    extra = {"HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(cache), "HF_HUB_DISABLE_TELEMETRY": "1"}
    making = [str(program.parent / "python"), str(HERE / "tiny_model.py"), str(model)]
    subprocess.run(making, env=_environment(folder, extra), check=True, timeout=START_LIMIT)
    command = [str(program), "serve", str(model), "--host", "127.0.0.1", "--port", str(port)]
    command += ["--device", "cpu"]
    with _child(command, folder, extra, f"http://127.0.0.1:{port}/health"):
        yield Server("transformers", f"http://127.0.0.1:{port}/v1", "sk-none-needed", str(model))


SERVERS = {"aimock": aimock, "litellm": litellm, "transformers": transformers}

_LITELLM = {
    "model_list": [
        {"model_name": "scripted", "litellm_params": {"model": "scripted/one"}},
        {
            "model_name": "limited",
            "litellm_params": {"model": "openai/none", "mock_response": "litellm.RateLimitError"},
        },
    ],
    "litellm_settings": {
        "telemetry": False,
        "num_retries": 0,
        "custom_provider_map": [
            {"provider": "scripted", "custom_handler": "handler.scripted_model"}
        ],
    },
    "router_settings": {"num_retries": 0, "disable_cooldowns": True},
}


def _installed(program: Path, needs: str) -> Path:
    name = program.relative_to(ROOT).parts[0]
    if not (ROOT / name / "made").exists():
        raise Absent(f"{name} could not be made here: it needs {needs} and the package's registry")
    return program


@contextlib.contextmanager
def _child(
    command: list[str], folder: Path, extra: Mapping[str, str], answers_at: str
) -> Iterator[None]:
    """Run `command` until the end of the block; what it says goes to a file in `folder`."""
    said = folder / "said.txt"
    with said.open("wb") as output:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(folder, extra),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_it_answers(child, answers_at, said)
            yield
        finally:
            _stop(child)


def _environment(folder: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """What a child may know: no key and no setting of the one who runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": str(folder), "DO_NOT_TRACK": "1", **extra}


def _wait_until_it_answers(child: subprocess.Popen[bytes], url: str, said: Path) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and child.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return  # it says no, so it answers
        except OSError:
            time.sleep(0.1)  # until the server listens there is nothing to wait on
        else:
            return
    raise RuntimeError(f"the server did not start:\n{said.read_text(errors='replace')[-4000:]}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(timeout=20)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
