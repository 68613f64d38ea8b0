"""What a notebook has going on: its own, whatever else runs in the process."""

import respmagic
from respmagic import _options
from respmagic._commands import _FUNCTIONS
from respmagic._session import Session, current_session, session_of


def test_a_script_has_one_session():
    assert session_of(None) is session_of(None)
    assert session_of(None) is not Session()


def test_a_shell_has_its_own_names_and_results(shell):
    assert session_of(shell) is session_of(shell) is not current_session()
    assert session_of(shell).namespace is shell.user_ns
    shell.user_ns["area"] = respmagic.tool(area)
    shell.run_cell_magic("responses", "-q", "What is the area of 3 by 4?")
    assert session_of(shell).last.tools == ("area",)
    assert session_of(shell).last.tool_calls[0].result == 12
    assert current_session().last is not session_of(shell).last


def area(width: int, height: int) -> int:
    """The area of a rectangle."""
    return width * height


def test_unloading_forgets(shell):
    shell.run_cell_magic("responses", "-q", "Hello")
    respmagic.unload_ipython_extension(shell)
    assert session_of(shell).last is None


def test_a_shell_has_settings_of_its_own(notebook, shell):
    notebook.run_line_magic("config", "ResponsesMagics.model = 'usual'")
    shell.run_line_magic("config", "ResponsesMagics.model = 'other'")
    shell.run_line_magic("responses", "profiles add mine --base-url http://mine.example/v1")
    assert session_of(notebook).settings.model == current_session().settings.model == "usual"
    assert session_of(shell).settings.model == "other"
    assert list(session_of(shell).settings.profiles) == ["mine"]
    assert "mine" not in session_of(notebook).settings.profiles
    respmagic.unload_ipython_extension(shell)
    assert current_session().settings.model == "usual"


def test_every_subcommand_that_is_told_of_is_there():
    assert {*_FUNCTIONS, "help"} == set(_options.COMMAND_WORDS)
