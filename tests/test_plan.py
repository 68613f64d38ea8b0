"""What is asked for, made into what will be done."""

import pytest

from respmagic import _config, _secrets, _session, tool
from respmagic._dialects import profiles
from respmagic._exceptions import OptionError, UnknownToolError
from respmagic._items import user_message
from respmagic._plan import make_plan

KEY = "test-key-12345678"


def add(x: int, y: int = 1) -> int:
    """Add."""
    return x + y


def greet(name: str) -> str:
    """Greet."""
    return name


@pytest.fixture(autouse=True)
def notebook(monkeypatch):
    """A script's namespace without shell, keys and settings."""
    names = {}
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(_secrets, "_known", set())
    monkeypatch.setattr(_session, "current_shell", lambda: None)
    monkeypatch.setattr(_session, "user_namespace", lambda shell: names)
    _config.activate(None)
    yield names
    _config.activate(None)


def plan(prompt="Hi", extra=None, running=(), **given):
    given = {"model": "m", **given}
    return make_plan(prompt, given, extra or {}, running=running)


def parameters(**given):
    return dict(plan(**given).request.parameters)


# Where to ask


def test_without_key_and_address_the_embedded_model_is_asked():
    demo = make_plan("Hi", {}, {})
    assert demo.endpoint.base_url == profiles.DEMO.base_url
    assert demo.request.model == "respmagic-demo"
    assert demo.transport is not None
    assert "not a language model" in demo.notes[0]


def test_with_a_key_openai_is_asked(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\n")
    made = plan()
    assert made.endpoint.base_url == "https://api.openai.com/v1"
    assert made.endpoint.api_key == KEY
    assert (made.transport, made.notes) == (None, ())
    assert KEY not in repr(made)
    assert _secrets.scrub(f"x {KEY}") == "x •••"


@pytest.mark.parametrize("given", [{"base_url": "http://localhost:1234/v1/"}, {}])
def test_an_address_alone_needs_no_key(monkeypatch, given):
    if not given:
        monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1234/v1")
    made = plan(**given)
    assert made.endpoint.base_url == "http://localhost:1234/v1"
    assert (made.endpoint.api_key, made.transport) == (None, None)


def test_what_is_given_counts_more_than_settings_and_they_more_than_the_environment(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://env/v1")
    assert plan().endpoint.base_url == "http://env/v1"
    _config.activate(_config.Settings(base_url="http://settings/v1", model="set", max_turns=3))
    made = make_plan("Hi", {"base_url": None}, {})
    assert made.endpoint.base_url == "http://settings/v1"
    assert (made.request.model, made.max_turns) == ("set", 3)
    given = plan(base_url="http://given/v1", max_turns=5)
    assert (given.endpoint.base_url, given.max_turns) == ("http://given/v1", 5)


@pytest.mark.parametrize(
    "url",
    [
        "localhost:1234",
        "ftp://host/v1",
        "http://",
        "/v1",
        "http://[::1",
        "http://host:port/v1",
        "http://ho st/v1",
        "https://host/v1?api-version=1",
        "https://host/v1#here",
        "https://host/v1/responses",
        "https://host/v1/chat/completions/",
    ],
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(OptionError, match=r"base URL"):
        plan(base_url=url)


def test_a_password_in_the_address_is_kept_out_of_all_that_is_shown():
    plan(base_url="https://user:pass-word-123@host/v1")
    assert "pass-word-123" not in _secrets.scrub("no answer from https://user:pass-word-123@host")


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "https://user:pw@ho st/v1"},
        {"base_url": "https://user:pw@host/v1?x=1"},
        {"base_url": "https://user:pw@api.x.ai/v1", "profile": "groq"},
    ],
)
def test_a_short_password_is_kept_out_of_errors_too(monkeypatch, options):
    monkeypatch.setenv("GROQ_API_KEY", "key-0123456789")
    with pytest.raises(OptionError) as caught:
        plan(**options)
    assert "user:pw" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-\u2026truncated", "two\nlines", "tab\there"])
def test_a_key_with_characters_that_no_key_has_is_refused(key):
    with pytest.raises(OptionError, match="pasted wrongly") as caught:
        plan(api_key=key)
    assert key not in str(caught.value)


def test_an_address_without_a_model_asks_for_one():
    with pytest.raises(OptionError, match=r"no model is named: say -m NAME"):
        make_plan("Hi", {"base_url": "http://host/v1"}, {})


# What to ask


def test_the_prompt_is_the_users_message():
    assert plan("  Hi\n").request.input == (user_message("  Hi\n"),)


@pytest.mark.parametrize("prompt", ["", " \n\t", None, 5, ["Hi"]])
def test_there_must_be_something_to_ask(prompt):
    with pytest.raises(OptionError, match="prompt"):
        plan(prompt)


def test_only_what_was_set_is_sent():
    assert parameters() == {}
    assert parameters(temperature=0, instructions="", max_output_tokens=16, effort="low") == {
        "temperature": 0,
        "instructions": "",
        "max_output_tokens": 16,
        "reasoning": {"effort": "low"},
    }
    assert parameters(temperature=None, effort=None) == {}


def test_further_parameters_go_along_and_count_more_than_settings():
    _config.activate(_config.Settings(temperature=0))
    assert parameters(extra={"top_p": 0.5, "temperature": 1}) == {"top_p": 0.5, "temperature": 1}


# As `respond` gives them: all of its keywords, most of them None.
KEYWORDS = dict.fromkeys(
    [
        "model",
        "base_url",
        "api_key",
        "api",
        "tools",
        "tool_choice",
        "instructions",
        "temperature",
        "max_output_tokens",
        "effort",
        "max_turns",
        "stream",
        "timeout",
        "retries",
        "verbose",
    ]
)


@pytest.mark.parametrize(
    "name",
    [
        "store",
        "include",
        "truncation",
        "reasoning",
        "stream_options",
        "max_tool_calls",
        "metadata",
        "parallel_tool_calls",
        "previous_response_id",
        "conversation",
        "text",
        "top_p",
        "user",
        "top_logprobs",
        "presence_penalty",
        "frequency_penalty",
        "service_tier",
        "background",
        "prompt",
        "prompt_cache_key",
        "safety_identifier",
        "context_management",
        "moderation",
        "max_tokens",
        "max_completion_tokens",
        "seed",
        "stop",
        "verbosity",
        "response_format",
    ],
)
def test_every_parameter_of_the_wire_may_go_along(name):
    assert parameters(**KEYWORDS | {"model": "m"}, extra={name: 1}) == {name: 1}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("temprature", "there is no option temprature (did you mean temperature?)"),
        ("max_turn", "there is no option max_turn (did you mean max_turns?)"),
        ("api", "api is said twice"),
        ("input", "input is not set as a parameter: the prompt says it"),
        (
            "tools",
            "tools is not set as a parameter: --tools, or --hosted for the server's, says it",
        ),
        ("model", "model is not set as a parameter: --model says it"),
        ("stream", "stream is not set as a parameter: --no-stream says it"),
    ],
)
def test_a_misspelled_option_does_not_go_to_the_server(name, says):
    with pytest.raises(OptionError) as caught:
        parameters(**KEYWORDS | {"model": "m", "api": "auto"}, extra={name: 1})
    assert str(caught.value).startswith(says)


def test_a_further_parameter_that_is_none_is_not_sent():
    assert parameters(extra={"user": None, "top_p": 0}) == {"top_p": 0}


@pytest.mark.parametrize("value", [float("nan"), {"a": object()}, [{1}], b"x", "half \ud83d"])
def test_what_json_cannot_say_is_refused_by_name(value):
    with pytest.raises(OptionError, match=r"^metadata cannot be sent as JSON: "):
        plan(extra={"metadata": value})
    with pytest.raises(OptionError, match=r"^temperature cannot be sent as JSON: "):
        plan(temperature=value)


def test_a_prompt_with_half_a_character_is_refused():
    with pytest.raises(OptionError, match="the prompt cannot be sent"):
        plan("half \ud83d")


def test_effort_and_further_parameters_of_reasoning_go_together():
    assert parameters(effort="low", extra={"reasoning": {"summary": "auto"}}) == {
        "reasoning": {"effort": "low", "summary": "auto"}
    }
    assert parameters(effort="low", extra={"reasoning": {"effort": "high"}}) == {
        "reasoning": {"effort": "high"}
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"max_turns": 0}, "max_turns must be a whole number of at least 1, not 0"),
        ({"max_turns": 2.0}, "max_turns must be a whole number"),
        ({"max_turns": True}, "max_turns must be a whole number"),
        ({"retries": -1}, "retries must be a whole number of at least 0, not -1"),
        ({"timeout": 0}, "timeout must be a number of seconds above 0, not 0"),
        ({"timeout": float("nan")}, "timeout must be a number of seconds"),
        ({"timeout": "5"}, "timeout must be a number of seconds"),
        ({"timeout": True}, "timeout must be a number of seconds"),
        ({"api": "soap"}, "api='soap' is not spoken here"),
        ({"model": 5}, "model must be text, not a int"),
        ({"model": "  "}, "no model is named"),
        ({"base_url": 5}, "base_url must be text"),
    ],
)
def test_an_option_that_cannot_be_used_says_what_was_expected(given, says):
    with pytest.raises(OptionError) as caught:
        plan(base_url=given.pop("base_url", "http://host/v1"), **given)
    assert str(caught.value).startswith(says)


def test_time_and_retries_reach_the_endpoint():
    made = plan(timeout=3, retries=0, stream=False, verbose=True)
    assert (made.endpoint.timeout, made.endpoint.retries) == (3.0, 0)
    assert (made.request.stream, made.verbose) == (False, True)
    assert (plan().request.stream, plan().verbose) == (True, False)


# Tools


def test_marked_functions_go_along_unless_tools_are_named(notebook):
    notebook |= {"add": tool(add), "greet": greet}
    assert list(plan().tools) == ["add"]
    assert [t["name"] for t in plan().request.tools] == ["add"]
    assert list(plan(tools=["greet", add]).tools) == ["greet", "add"]
    assert list(plan(tools="greet").tools) == ["greet"]
    assert list(plan(tools=greet).tools) == ["greet"]
    assert plan(tools=()).tools == {}
    assert plan(running=[add]).tools == {}


def test_a_tool_that_is_not_there_is_told(notebook):
    with pytest.raises(UnknownToolError, match="'ad'"):
        plan(tools=["ad"])


@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        ("auto", "auto"),
        ("none", "none"),
        ("required", "required"),
        ("add", {"type": "function", "name": "add"}),
        ({"type": "web_search"}, {"type": "web_search"}),
    ],
)
def test_a_choice_of_tools_is_written_as_the_wire_has_it(choice, sent):
    assert parameters(tools=[add], tool_choice=choice) == {"tool_choice": sent}


@pytest.mark.parametrize(
    ("choice", "tools", "says"),
    [
        ("requierd", [add], "none of auto, none, required, add (did you mean required?)"),
        ("greet", [add], "tool_choice='greet' is none of"),
        ("required", [], "no tool is offered"),
        ("add", [], "no tool is offered"),
    ],
)
def test_a_choice_that_cannot_be_made_is_refused(choice, tools, says):
    with pytest.raises(OptionError) as caught:
        plan(tools=tools, tool_choice=choice)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "extra",
    [{"metadata": {1, 2}}, {"top_p": float("nan")}, {"user": "half a pair: \ud83d"}],
)
def test_what_json_cannot_say_is_refused_before_it_is_sent(extra):
    with pytest.raises(OptionError, match="cannot be sent as JSON: "):
        plan(extra=extra)
