"""`%responses models` and `%responses profiles`: what servers have, and which keys are set."""

from __future__ import annotations

import pytest

import respmagic
from gateway import Gateway
from replies import Gate, Reply
from respmagic import _config, _gateways
from respmagic._commands import models, profiles
from respmagic._commands.models import show_models
from respmagic._commands.profiles import show_profiles
from respmagic._config import Settings
from respmagic._dialects.profiles import BUILT_IN
from respmagic._exceptions import OptionError
from respmagic._gateways import known_models
from respmagic._session import Session
from respmagic._table import Table

KEY = "work-key-0123456789"
LIKE_A_KEY = "sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH"
MODELS = {
    "data": [
        {"id": "big-chat", "owned_by": "us", "created": 1700000000, "context_length": 128000},
        {"id": "big-embed", "owned_by": "us"},
        {"id": "small-chat"},
    ]
}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for profile in BUILT_IN.values():
        for variable in (profile.key_env, profile.base_url_env):
            if variable:
                monkeypatch.delenv(variable, raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setattr(_gateways, "_models", {})
    monkeypatch.setenv("WORK_KEY", KEY)
    yield
    _config.activate(None)


def notebook(gateway: Gateway, **more) -> Session:
    work = {"base_url": gateway.base_url, "key_env": "WORK_KEY"}
    return with_settings(profiles={"work": work}, **more)


def with_settings(**settings) -> Session:
    _config.activate(Settings(**settings))
    return Session()


def shown(table: Table) -> str:
    bundle = table._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert all(name in bundle["text/html"] for name in table)
    return bundle["text/plain"]


# Models


def test_models_are_listed_as_a_table(gateway):
    gateway.route("GET", "/v1/models", Reply.json(MODELS))
    table = show_models("-p work", notebook(gateway))
    assert list(table) == ["big-chat", "big-embed", "small-chat"]
    assert shown(table) == (
        "model       by  created     context\n"
        "big-chat    us  2023-11-14  128,000\n"
        "big-embed   us\n"
        "small-chat\n"
        f"3 of 3 models at {gateway.base_url}"
    )
    [request] = gateway.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("chat", ["big-chat", "small-chat"]),
        ("BIG chat", ["big-chat"]),
        ("nothing", []),
    ],
)
def test_a_filter_shows_those_that_hold_all_its_words(gateway, words, names):
    gateway.route("GET", "/v1/models", Reply.json(MODELS))
    assert list(show_models(f"{words} --base-url {gateway.base_url}", with_settings())) == names


def test_a_filter_without_a_match_gets_a_suggestion(gateway):
    gateway.route("GET", "/v1/models", Reply.json(MODELS))
    table = show_models("smal-chat", notebook(gateway, profile="work"))
    assert "0 of 3 models" in table.note
    assert "did you mean small-chat?" in table.note


def test_a_long_list_is_cut_where_it_is_shown_and_only_there(gateway):
    gateway.route("GET", "/v1/models", Reply.json([f"m{n:04}" for n in range(1000)]))
    table = show_models("-p work", notebook(gateway))
    assert len(table) == len(list(table)) == 1000
    text = shown(Table(table.columns, table.rows[:200], table.note))
    assert "… 800 more; a FILTER shows fewer" in repr(table)
    assert "m0199" in text
    assert "m0200" not in repr(table)


def test_what_a_server_calls_its_models_is_inert(gateway):
    names = [
        "<img/src=x/onerror=alert(1)>",
        "a$b$c",
        "sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH",
        "ok\x1b[31m",
    ]
    gateway.route("GET", "/v1/models", Reply.json([*names, {"id": "m", "owned_by": "x\ny<b>"}]))
    table = show_models("-p work", notebook(gateway))
    html = table._repr_mimebundle_()["text/html"]
    assert "<img" not in html
    assert "<b>" not in html
    assert "sk-proj" not in html + repr(table)
    assert "\x1b" not in html + repr(table)
    assert repr(table).count("\n") == 5


def test_the_embedded_model_is_listed_where_nothing_is_set():
    table = show_models("", with_settings())
    assert list(table) == ["respmagic-demo"]


def test_what_was_listed_is_known_afterwards(gateway):
    gateway.route("GET", "/v1/models", Reply.json(MODELS))
    assert known_models(gateway.base_url) == ()
    show_models("chat -p work", notebook(gateway))
    assert known_models(gateway.base_url + "/") == ("big-chat", "big-embed", "small-chat")
    gateway.add(Reply.json({"error": {"message": "m", "code": "model_not_found"}}, 404))
    with pytest.raises(respmagic.NotFoundError, match=r"Did you mean big-chat\?"):
        respmagic.respond("Go", base_url=gateway.base_url, model="bigchat", tools=(), retries=0)


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (Reply.json({"detail": "No key"}, 401), respmagic.AuthenticationError, "WORK_KEY"),
        (Reply.json({"detail": "Not Found"}, 404), respmagic.NotFoundError, "Check the base URL"),
        (Reply.text("<html>Hi</html>"), respmagic.ProtocolError, "sent a web page"),
        (Reply.json({"ok": 1}), respmagic.ProtocolError, "no list of models"),
        (Reply.raw(), respmagic.ConnectionFailed, "no answer from"),
        (
            Reply.text("", 302, headers={"location": "http://x/"}),
            respmagic.StatusError,
            "not followed",
        ),
    ],
)
def test_a_server_that_lists_none_says_why(gateway, reply, error, said):
    gateway.route("GET", "/v1/models", reply)
    with pytest.raises(error, match=said):
        show_models("-p work", notebook(gateway))


def test_a_silent_server_is_given_up(gateway, monkeypatch):
    monkeypatch.setattr(models, "_LIST_SECONDS", 0.1)
    gateway.route("GET", "/v1/models", Reply(before_head=Gate()))
    with pytest.raises(respmagic.ConnectionFailed, match="no answer from"):
        show_models("-p work", notebook(gateway))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-p wrk", r"did you mean work\?"),
        ("--profil work", r"did you mean --profile\?"),
        ("--api-key x", "a key does not belong on this line"),
        ("--base-url nowhere", "is none"),
        ('"open', "cannot be split"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_asked(gateway, line, said):
    with pytest.raises(OptionError, match=said):
        show_models(line, notebook(gateway))
    assert gateway.requests == []


# Profiles


def rows(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in table.rows}


def test_profiles_tell_which_keys_are_set_and_never_what_they_are(gateway, monkeypatch):
    monkeypatch.setenv("GROQ_API_KEY", "groq-key-0123456789")
    table = show_profiles("", notebook(gateway))
    found = rows(table)
    assert set(found) == {*BUILT_IN, "work"}
    assert found["work"] == ("WORK_KEY", "set", gateway.base_url, "auto")
    assert found["groq"][:2] == ("GROQ_API_KEY", "set")
    assert found["xai"][:2] == ("XAI_API_KEY", "not set")
    assert found["ollama"][:2] == ("OLLAMA_API_KEY", "not set (optional)")
    assert found["demo"][:2] == ("", "none")
    assert found["azure"][2] == "as AZURE_OPENAI_ENDPOINT says"
    text = shown(table) + table._html()
    assert KEY not in text
    assert "groq-key" not in text
    assert gateway.requests == []


def test_the_note_tells_whom_a_plain_cell_asks(gateway):
    assert "asks demo" in show_profiles("", with_settings()).note
    assert (
        f"asks work at {gateway.base_url}"
        in show_profiles("", notebook(gateway, profile="work")).note
    )
    assert "XAI_API_KEY is not set" in show_profiles("", with_settings(profile="xai")).note


def test_one_may_be_picked(gateway):
    assert list(show_profiles("work openai", notebook(gateway))) == ["work", "openai"]
    with pytest.raises(OptionError, match=r"did you mean openai\?"):
        show_profiles("opnai", with_settings())


def test_one_that_is_not_described_well_does_not_hide_the_others():
    described = {"work": {"url": "x"}, "mine": {"base_url": "http://h/v1"}}
    table = show_profiles("", with_settings(profiles=described))
    assert list(table) == [*BUILT_IN, "mine"]
    with pytest.raises(OptionError, match="profile 'work' has no field 'url'"):
        show_profiles("work", with_settings(profiles=described))
    assert "profile 'work' has no field 'url'" in table.note


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply.json(MODELS), "yes, 3 models"),
        (Reply.json(["one"]), "yes, 1 model"),
        (Reply.json({}, 401), "yes, but the key was refused"),
        (Reply.json({}, 404), "yes, but it lists no models (HTTP 404)"),
        (Reply.json({}, 500), "yes, but it lists no models (HTTP 500)"),
        (Reply.text("<p>Hi"), "yes, but it lists no models:"),
        (Reply.raw(), "no: "),
    ],
)
def test_a_check_asks_whether_it_is_there(gateway, reply, said):
    gateway.route("GET", "/v1/models", reply)
    [row] = show_profiles("--check work", notebook(gateway)).rows
    assert row[-1].startswith(said)


def test_a_check_ends_in_time(gateway, monkeypatch):
    monkeypatch.setattr(profiles, "_CHECK_SECONDS", 0.1)
    gateway.route("GET", "/v1/models", Reply(before_head=Gate()))
    [row] = show_profiles("work --check", notebook(gateway)).rows
    assert row[-1].startswith("no: no answer from")


def test_a_check_of_all_asks_only_those_whose_key_is_set(gateway, monkeypatch):
    for name in ("ollama", "lmstudio", "vllm", "llamacpp", "litellm"):
        monkeypatch.setitem(BUILT_IN, name, BUILT_IN["demo"])
    gateway.route("GET", "/v1/models", Reply.json(MODELS))
    found = rows(show_profiles("--check", notebook(gateway)))
    assert found["work"][-1] == "yes, 3 models"
    assert found["demo"][-1] == "yes, 1 model"
    cloud = {row[-1] for name, row in found.items() if name in BUILT_IN and name != "demo"}
    assert all(said.startswith("not asked: ") for said in cloud)


def test_without_a_key_a_check_sends_none(gateway, monkeypatch):
    monkeypatch.delenv("WORK_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", "openai-key-0123456789")
    gateway.route("GET", "/v1/models", Reply.json({}, 401))
    [row] = show_profiles("--check work", notebook(gateway)).rows
    assert row[-1] == "yes, but it wants a key"
    assert "authorization" not in gateway.requests[0].headers


# Adding one


def test_a_profile_is_added_and_how_to_keep_it_is_told(gateway, monkeypatch):
    made = with_settings()
    said = show_profiles(
        f"add lab --base-url {gateway.base_url} --key-env WORK_KEY --api responses -m m1", made
    )
    assert made.settings.profiles == {
        "lab": {
            "base_url": gateway.base_url,
            "key_env": "WORK_KEY",
            "api": "responses",
            "model": "m1",
        }
    }
    assert f"c.ResponsesMagics.profiles.update({made.settings.profiles!r})" in said
    assert "ipython_config.py" in said
    assert "key from WORK_KEY (set)" in said
    assert KEY not in said
    assert rows(show_profiles("lab", made))["lab"][2] == gateway.base_url


def test_how_to_keep_it_works(gateway):
    from traitlets.config import Config

    made = with_settings()
    said = show_profiles(f"add lab --base-url {gateway.base_url}", made)
    c = Config()
    exec(said.splitlines()[-1].replace("ResponsesMagics", "Settings"), {"c": c})
    assert Settings(config=c).profiles == made.settings.profiles


def test_one_like_another_is_added():
    made = with_settings()
    show_profiles("add mine --like deepseek -m m", made)
    assert rows(show_profiles("mine", made))["mine"][0] == "DEEPSEEK_API_KEY"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("add", "say %responses profiles add NAME"),
        ("add --base-url http://x/v1", "say %responses profiles add NAME"),
        ("add a b --base-url http://x/v1", "say %responses profiles add NAME"),
        ("add 'a b' --base-url http://x/v1", "one word"),
        ("add work", "needs an address"),
        ("add work --base-url x", "is none"),
        ("add work --base-url http://x/v1 --api grpc", "one of auto, responses, chat"),
        ("add work --like opnai", "no profile"),
        (
            "add work --base-url http://x/v1 --key-env sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH",
            "a key does not",
        ),
        ("add work --base-url http://x/v1 --key-env abc/def+ghi", "never the value"),
        ("add work --base-url http://x/v1 --key abc", "a key does not belong"),
        ("add work --url http://x/v1", r"did you mean --base-url\?|there is no option --url"),
    ],
)
def test_what_cannot_be_added_is_told(line, said):
    made = with_settings()
    with pytest.raises(OptionError, match=said) as caught:
        show_profiles(line, made)
    assert made.settings.profiles == {}
    assert "sk-proj" not in str(caught.value)
    assert "abc/def" not in str(caught.value)
