"""Tab on our lines, in a real shell: options, profiles, models, tools, subcommands; no network."""

from __future__ import annotations

import numpy as np
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import respmagic
from respmagic import _gateways
from respmagic._magic import ResponsesMagics
from respmagic._options import OPTIONS
from respmagic._session import session_of


@pytest.fixture(scope="module")
def started():
    # Of the class itself, not `instance()`: other tests are to see no shell.
    quiet = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell(config=quiet)
    respmagic.load_ipython_extension(shell)
    yield shell
    respmagic.unload_ipython_extension(shell)


@pytest.fixture
def shell(started, monkeypatch):
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(_gateways, "_models", {})
    namespace = dict(started.user_ns)
    yield started
    started.user_ns.clear()
    started.user_ns.update(namespace)
    started.magics_manager.registry[ResponsesMagics.__name__].set_trait("profiles", {})


def offered(shell, text):
    """What Tab at the end of `text` makes of its last word, as a notebook asks for it."""
    with provisionalcompleter():
        return [text[: c.start] + c.text for c in shell.Completer.completions(text, len(text))]


def tails(shell, text):
    """The same without what stands before the last word."""
    before = text[: text.rfind(" ") + 1]
    found = offered(shell, text)
    assert all(line.startswith(before) for line in found)
    return [line.removeprefix(before) for line in found]


def test_options(shell):
    flags = tails(shell, "%%responses ")
    assert flags == [option.spelled[-1] for option in OPTIONS]
    assert tails(shell, "%%responses --max-t") == ["--max-turns"]
    assert tails(shell, "%%responses answer << --tem") == ["--temperature"]
    assert "--model" not in tails(shell, "%%responses -m x --")


def test_images_and_files(shell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.png", "a.pdf", ".hidden", "with space.png"):
        (tmp_path / name).touch()
    shell.user_ns.update(pixels=np.zeros((2, 2)), raw=b"x", where=tmp_path, number=3)
    assert tails(shell, "%%responses --image ") == ["pixels", "raw", "where", "a.pdf", "b.png"]
    assert tails(shell, "%%responses --image b.png --file a.") == ["a.pdf"]
    shell.user_ns["text"] = "x"
    assert tails(shell, "%%responses --prompt-from ") == ["where", "text", "a.pdf", "b.png"]
    shell.user_ns |= {
        "Town": type("Town", (), {"__module__": "__main__"}),
        "form": {"type": "object"},
    }
    assert tails(shell, "%%responses -s ") == ["Town", "form"]
    assert tails(shell, "%%responses --hosted ") == ["form"]
    assert "--image" in tails(shell, "%%responses --image b.png --im")


def test_profiles_are_those_of_the_own_shell(shell, notebook):
    shell.run_line_magic("responses", "profiles add lab --base-url http://lab.example/v1")
    assert tails(shell, "%%responses -p lab") == ["lab"]
    assert tails(notebook, "%%responses -p lab") == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("%%responses -p oll", ["ollama"]),
        ("%%responses --profile=mod", ["--profile=modelport", "--profile=modelverse"]),
        ("%%responses --renderer ", ["auto", "blocks", "final", "plain"]),
        ("%%responses --effort l", ["low"]),
        ("%%responses --approve d", ["deny"]),
        ("%%responses --tool-choice re", ["required"]),
        ("%%responses --base-url https://api.x", ["https://api.x.ai/v1"]),
        ("%responses mo", ["models"]),
        ("x = %responses prof", ["profiles"]),
        ("%responses profiles a", ["add", "azure"]),
        ("%responses profiles --", ["--check"]),
        ("%responses profiles --check deeps", ["deepseek"]),
        ("%responses profiles add lab --key", ["--key-env"]),
        ("%responses profiles add lab --like az", ["azure"]),
        ("%responses profiles add lab --api c", ["chat"]),
        ("%responses models -p demo res", ["respmagic-demo"]),
    ],
)
def test_values_and_subcommands(shell, line, found):
    assert tails(shell, line) == found


def test_all_subcommands(shell):
    commands = tails(shell, "%responses ")
    assert {"help", "models", "profiles", "tools", "last"} <= set(commands)


def test_tools_are_the_functions_of_the_notebook(shell):
    source = "import math\nfrom math import sin\nclass Thing: pass\nnumber = 5\n"
    source += "def beta(): pass\ndef alpha(): pass\n@respmagic.tool\ndef marked(): pass\n"
    exec(source, shell.user_ns)
    for name in ("alpha", "beta", "marked"):
        shell.user_ns[name].__module__ = "__main__"
    assert tails(shell, "%%responses --tools ") == ["marked", "alpha", "beta"]
    assert tails(shell, "%%responses -t alpha,b") == ["alpha,beta"]
    assert tails(shell, "%responses tools al") == ["alpha"]
    assert tails(shell, "%%responses --tool-choice mark") == ["marked"]


def test_what_is_kept_may_be_forgotten(shell):
    assert tails(shell, "%responses forget ") == ["--all"]
    session_of(shell).objects().keep(object(), "f")
    assert tails(shell, "%responses forget ob") == ["object_1"]


def test_models_are_those_that_were_listed_before(shell):
    _gateways.remember_models("http://localhost:11434/v1", ("qwen3:8b", "qwen3:32b", "llama3"))
    assert tails(shell, "%%responses -p ollama -m qwen3:") == ["qwen3:8b", "qwen3:32b"]
    url = "http://localhost:11434/v1"
    assert tails(shell, f"%%responses --base-url {url} -m ll") == ["llama3"]
    assert tails(shell, "%%responses -p ollama --model=q") == [
        "--model=qwen3:8b",
        "--model=qwen3:32b",
    ]
    assert tails(shell, "%responses models -p ollama 32") == ["qwen3:32b"]
    assert tails(shell, "%%responses -m ") == ["respmagic-demo"]


def test_profiles_of_ones_own(shell, capsys):
    shell.run_line_magic("responses", "profiles add lab --base-url http://h.example/v1 -m m1")
    capsys.readouterr()
    assert tails(shell, "%%responses -p la") == ["lab"]
    assert tails(shell, "%%responses -p lab -m ") == ["m1"]


def test_nothing_is_asked_of_anyone(shell, gateway):
    for line in ("-m ", "-p ", f"--base-url {gateway.base_url} -m "):
        offered(shell, f"%%responses {line}")
    assert gateway.requests == []


@pytest.mark.parametrize("line", ["%%responses -p nobody -m x", '%%responses -i "open -m x'])
def test_a_line_that_makes_no_sense_breaks_nothing(shell, line, capsys):
    offered(shell, line)
    assert "Traceback" not in capsys.readouterr().err


def test_other_lines_are_left_alone(shell):
    shell.user_ns["modest"] = 1
    for text in ("mode", "x = mode", "print(1)\nmode"):
        assert any(line.endswith("modest") for line in offered(shell, text)), text
    assert "--model" not in str(offered(shell, "x\n%%responses --mod"))


def test_below_the_first_line_of_a_cell_the_prompt_is_not_completed(shell):
    assert "--model" not in str(offered(shell, "%%responses\n--mod"))
    assert offered(shell, "\n%%responses --mod") == ["\n%%responses --model"]


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_the_older_interface_says_the_same(shell):
    assert shell.complete(None, "%%responses --tem", 17) == ("--tem", ["--temperature"])


def test_unloading_takes_the_completer_away(shell):
    respmagic.unload_ipython_extension(shell)
    assert shell.Completer.custom_matchers == []
    assert "--temperature" not in str(offered(shell, "%%responses --tem"))
    respmagic.load_ipython_extension(shell)
    respmagic.unload_ipython_extension(shell)
    respmagic.load_ipython_extension(shell)
    assert len(shell.Completer.custom_matchers) == 1
    assert offered(shell, "%%responses --tem") == ["%%responses --temperature"]
