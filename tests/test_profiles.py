"""Gateways by name and by address: what is known of them, and which key goes where."""

from __future__ import annotations

import dataclasses

import pytest

from respmagic import _config, _secrets, _session
from respmagic._dialects.profiles import BUILT_IN, DEMO, OPENAI, PLAIN, Profile, profile_for
from respmagic._exceptions import OptionError
from respmagic._gateways import find_gateway, known_profiles
from respmagic._plan import make_plan

WANTED = [
    "openai",
    "azure",
    "modelport",
    "juai",
    "modelverse",
    "openrouter",
    "deepseek",
    "xai",
    "groq",
    "mistral",
    "qwen",
    "moonshot",
    "zai",
    "ollama",
    "lmstudio",
    "vllm",
    "llamacpp",
    "litellm",
    "demo",
]


def key_of(name: str) -> str:
    return f"key-of-{name}-0123456789"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """No keys, no addresses and no settings but those that a test makes."""
    for profile in BUILT_IN.values():
        for variable in (profile.key_env, profile.base_url_env):
            if variable:
                monkeypatch.delenv(variable, raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setattr(_secrets, "_known", set())
    monkeypatch.setattr(_session, "current_shell", lambda: None)
    monkeypatch.setattr(_session, "user_namespace", lambda shell: {})
    _config.activate(None)
    yield
    _config.activate(None)


@pytest.fixture
def every_key(monkeypatch):
    """Each profile's variable holds a key of its own."""
    for profile in BUILT_IN.values():
        if profile.key_env:
            monkeypatch.setenv(profile.key_env, key_of(profile.name))
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com")


def found(given=None, **settings):
    return find_gateway(given or {}, settings)


# What is built in


def test_the_profiles_that_are_built_in():
    assert list(BUILT_IN) == WANTED


def test_every_profile_but_the_demo_has_a_variable_of_its_own():
    variables = [profile.key_env for profile in BUILT_IN.values() if profile is not DEMO]
    assert len(set(variables)) == len(variables)
    assert all(variable.endswith("_API_KEY") for variable in variables)


@pytest.mark.parametrize("profile", BUILT_IN.values(), ids=BUILT_IN)
def test_a_profile_is_at_its_own_address_and_no_other_is(profile):
    if profile.base_url:
        assert [other for other in BUILT_IN.values() if other.is_at(profile.base_url)] == [profile]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://API.OpenAI.com", "openai"),
        ("https://api.openai.com:443/v1/", "openai"),
        ("https://api.modelport.ai/v1", "modelport"),
        ("https://juaiplus.com/v1", "juai"),
        ("https://api.juaiplus.com/v1", "juai"),
        ("https://api.modelverse.cn/v1/", "modelverse"),
        ("https://mine.openai.azure.com/openai/v1", "azure"),
        ("https://mine.services.ai.azure.com/openai/v1", "azure"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "qwen"),
        ("https://ws1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1", "qwen"),
        ("https://api.moonshot.cn/v1", "moonshot"),
        ("https://open.bigmodel.cn/api/paas/v4", "zai"),
        ("http://localhost:11434/v1", "ollama"),
        ("http://127.0.0.1:11434/v1", "ollama"),
        ("http://[::1]:1234/v1", "lmstudio"),
        ("http://0.0.0.0:4000", "litellm"),
        ("http://localhost:9999/v1", "plain"),
        ("http://localhost/v1", "plain"),
        ("https://localhost.example.com:11434/v1", "plain"),
        ("https://api.openai.com.evil.example/v1", "plain"),
        ("https://evil.example/api.openai.com/v1", "plain"),
        ("https://api.openai.com@evil.example/v1", "plain"),
        ("https://notjuaiplus.com/v1", "plain"),
        ("https://openai.azure.com.evil.example", "plain"),
        ("http://api.openai.com/v1", "plain"),  # another port, and in the clear
        ("http://[::1", "plain"),
        ("", "plain"),
    ],
)
def test_an_address_names_its_profile(url, name):
    assert profile_for(url).name == name


@pytest.mark.parametrize(
    ("url", "completed"),
    [
        ("https://api.openai.com", "https://api.openai.com/v1"),
        ("https://api.openai.com/", "https://api.openai.com/v1"),
        ("https://openrouter.ai", "https://openrouter.ai/api/v1"),
        ("https://mine.openai.azure.com", "https://mine.openai.azure.com/openai/v1"),
        ("https://api.deepseek.com", "https://api.deepseek.com"),
        ("https://api.deepseek.com/v1", "https://api.deepseek.com/v1"),
        ("http://localhost:11434", "http://localhost:11434/v1"),
    ],
)
def test_a_known_address_without_a_path_gets_its_own(every_key, url, completed):
    assert found({"base_url": url}).base_url == completed


def test_an_unknown_address_stays_as_it_is():
    assert found({"base_url": "http://localhost:9999"}).base_url == "http://localhost:9999"


# Which is meant


def test_without_anything_it_is_the_demo():
    gateway = found()
    assert (gateway.profile, gateway.api_key, gateway.named) == (DEMO, None, False)


def test_with_openais_key_it_is_openai(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    gateway = found()
    assert (gateway.profile, gateway.api_key) == (OPENAI, key_of("openai"))


def test_the_key_of_another_profile_alone_changes_nothing(monkeypatch):
    monkeypatch.setenv("DEEPSEEK_API_KEY", key_of("deepseek"))
    assert found().profile is DEMO


def test_the_cell_counts_more_than_the_settings_whichever_way_it_says_it(every_key):
    assert found(profile="xai").profile.name == "xai"
    assert found({"profile": "groq"}, profile="xai").profile.name == "groq"
    assert found({"profile": "groq"}, base_url="http://elsewhere/v1").base_url.endswith(
        "groq.com/openai/v1"
    )
    gateway = found({"base_url": "http://elsewhere/v1"}, profile="xai")
    assert (gateway.profile, gateway.base_url) == (PLAIN, "http://elsewhere/v1")


def test_a_named_profile_counts_more_than_the_environment(monkeypatch, every_key):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://env.example/v1")
    assert found({"profile": "xai"}).base_url == "https://api.x.ai/v1"
    assert found().base_url == "http://env.example/v1"


@pytest.mark.parametrize(
    ("name", "hint"), [("opnai", "openai"), ("deep-seek", "deepseek"), ("Ollama", "ollama")]
)
def test_an_unknown_name_gets_a_suggestion(name, hint):
    with pytest.raises(OptionError, match=rf"no profile '{name}'.*did you mean {hint}\?"):
        found({"profile": name})


def test_azure_is_where_its_variable_says(monkeypatch):
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", key_of("azure"))
    with pytest.raises(OptionError, match="set AZURE_OPENAI_ENDPOINT or say --base-url"):
        found({"profile": "azure"})
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com/")
    assert found({"profile": "azure"}).base_url == "https://mine.openai.azure.com/openai/v1"


@pytest.mark.parametrize("value", [5, ["openai"], {"a": 1}])
def test_a_name_must_be_text(value):
    with pytest.raises(OptionError, match="profile must be text"):
        found({"profile": value})


# Which key goes where


CLOUD = [name for name in WANTED if BUILT_IN[name].needs_key]


@pytest.mark.parametrize("name", [name for name in WANTED if name != "demo"])
def test_a_named_profile_gets_its_own_key_and_sends_it_nowhere_else(every_key, name):
    gateway = found({"profile": name})
    assert gateway.api_key == key_of(name)
    assert gateway.profile.is_at(gateway.base_url)
    for other in BUILT_IN.values():
        if other.base_url and other.name != name:
            with pytest.raises(OptionError, match=f"the address of {other.name}"):
                found({"profile": name, "base_url": other.base_url})


@pytest.mark.parametrize("name", [name for name in WANTED if name != "demo"])
def test_an_address_gets_the_key_of_the_profile_that_it_is(every_key, name):
    url = BUILT_IN[name].base_url or "https://mine.openai.azure.com/openai/v1"
    gateway = found({"base_url": url})
    assert (gateway.profile.name, gateway.api_key) == (name, key_of(name))


@pytest.mark.parametrize("how", ["profile", "base_url"])
@pytest.mark.parametrize("name", [name for name in CLOUD if name not in ("openai", "azure")])
def test_openais_key_does_not_stand_in_for_another(monkeypatch, name, how):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    given = {"profile": name, "base_url": BUILT_IN[name].base_url}
    with pytest.raises(OptionError, match=f"{BUILT_IN[name].key_env} is not set") as caught:
        found({how: given[how]})
    assert key_of("openai") not in str(caught.value)


@pytest.mark.parametrize("name", ["ollama", "lmstudio", "vllm", "llamacpp", "litellm"])
def test_a_server_of_ones_own_needs_no_key_and_gets_no_other(monkeypatch, name):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    assert found({"profile": name}).api_key is None
    assert found({"base_url": BUILT_IN[name].base_url}).api_key is None


def test_by_convention_openais_key_belongs_to_the_address_in_the_environment(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.deepseek.com")
    gateway = found()
    assert (gateway.profile.name, gateway.api_key) == ("deepseek", key_of("openai"))
    monkeypatch.setenv("DEEPSEEK_API_KEY", key_of("deepseek"))
    assert found().api_key == key_of("deepseek")


def test_a_key_that_is_given_counts_more_than_any_variable(every_key):
    assert found({"profile": "xai", "api_key": "given-key"}).api_key == "given-key"
    assert found({"api_key": "given-key"}).profile is OPENAI


def test_a_profile_may_be_used_at_an_address_of_ones_own(every_key):
    gateway = found({"profile": "modelverse", "base_url": "http://127.0.0.1:9999/v1"})
    assert gateway.profile.name == "modelverse"
    assert gateway.api_key == key_of("modelverse")


def test_no_key_of_any_profile_is_shown_once_one_was_asked(every_key):
    found()
    for profile in BUILT_IN.values():
        if profile.key_env:
            assert _secrets.scrub(f"it is {key_of(profile.name)}") == f"it is {_secrets.MASK}"


# The user's own


OWN = {"work": {"base_url": "https://llm.work.example/v1", "key_env": "WORK_KEY", "model": "w1"}}


def test_a_profile_of_ones_own(monkeypatch):
    monkeypatch.setenv("WORK_KEY", key_of("work"))
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    for given in ({"profile": "work"}, {"base_url": "https://llm.work.example/v1"}):
        gateway = found(given, profiles=OWN)
        assert (gateway.profile.name, gateway.api_key) == ("work", key_of("work"))
        assert gateway.profile.model == "w1"
    with pytest.raises(OptionError, match="the address of work"):
        found({"profile": "openai", "base_url": "https://llm.work.example/v1"}, profiles=OWN)


def test_without_a_variable_it_has_no_key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    own = {"work": {"base_url": "https://llm.work.example/v1"}}
    assert found({"profile": "work"}, profiles=own).api_key is None


def test_a_profile_may_start_from_another_but_does_not_take_its_key_along(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    own = {"work": {"like": "openai", "base_url": "https://llm.work.example/v1"}}
    gateway = found({"profile": "work"}, profiles=own)
    assert gateway.api_key is None
    assert gateway.profile.include == OPENAI.include
    assert not gateway.profile.is_at("https://api.openai.com/v1")


def test_at_the_same_hosts_it_keeps_the_key(monkeypatch):
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", key_of("azure"))
    own = {"work": {"like": "azure", "base_url": "https://w.openai.azure.com/openai/v1"}}
    gateway = found({"profile": "work"}, profiles=own)
    assert (gateway.api_key, gateway.profile.key_header) == (key_of("azure"), "api-key")


def test_a_built_in_profile_may_be_changed(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", key_of("openai"))
    profile = found(profiles={"openai": {"model": "gpt-mine"}}).profile
    assert profile == dataclasses.replace(OPENAI, model="gpt-mine")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"base-url": "https://x/v1"}, "has no field 'base-url'; fields are like, base_url"),
        ({"api": "grpc"}, "api must be one of auto, responses, chat"),
        ({"base_url": 5}, "base_url must be str, not int"),
        ({"strict": "yes"}, "strict must be bool, not str"),
        ({"include": "reasoning"}, "include must be list, not str"),
        ({"headers": ["X: y"]}, "headers must be dict, not list"),
        ({"like": "opnai"}, "is to be like 'opnai', which is no profile"),
        ({"key_env": "sk-proj-abc/def"}, "the name of an environment variable, never the value"),
        ("https://x/v1", "must be a dict such as"),
    ],
)
def test_a_profile_that_is_not_described_well_is_refused(fields, said):
    with pytest.raises(OptionError, match="profile 'work' ") as caught:
        find_gateway({"profile": "work"}, {"profiles": {"work": fields}})
    assert said in str(caught.value)
    assert "sk-proj" not in str(caught.value)


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Profile) if f.name != "name"])
def test_every_field_may_be_set(name):
    value = getattr(BUILT_IN["openai"], name)
    value = list(value) if isinstance(value, tuple) else value
    profile = known_profiles({"work": {name: value}})[0]["work"]
    assert getattr(profile, name) == getattr(BUILT_IN["openai"], name)


# What it does to a request


def body_of(model="m", extra=None, tools=(), **given):
    plan = make_plan("Hi", {"model": model, "tools": tools, **given}, extra or {})
    return plan.endpoint.dialect.encode(plan.request)


def add(a: int, b: int = 1) -> int:
    """Add."""
    return a + b


def test_the_limit_is_called_what_the_gateway_calls_it(every_key):
    assert body_of(profile="modelverse", max_output_tokens=50)["max_tokens"] == 50
    assert "max_output_tokens" not in body_of(profile="modelverse", max_output_tokens=50)
    assert body_of(profile="openai", max_output_tokens=50)["max_output_tokens"] == 50


def test_a_lone_message_is_text_where_the_gateway_knows_nothing_else(every_key):
    assert body_of(profile="modelverse")["input"] == "Hi"
    assert body_of(profile="modelport")["input"] == [
        {"type": "message", "role": "user", "content": "Hi"}
    ]


def test_encrypted_reasoning_is_asked_for_where_it_is_known(every_key):
    asked = {name for name in CLOUD if BUILT_IN[name].include}
    assert asked == {"openai", "azure", "xai"}
    assert body_of(profile="openai")["include"] == ["reasoning.encrypted_content"]
    assert "include" not in body_of(profile="modelport")
    assert body_of(profile="openai", extra={"include": ["x"]})["include"] == ["x"]


def test_schemas_are_strict_only_where_servers_know_of_it(every_key):
    [strict] = body_of(profile="openai", tools=[add])["tools"]
    [loose] = body_of(profile="deepseek", tools=[add])["tools"]
    assert (strict["strict"], strict["parameters"]["required"]) == (True, ["a", "b"])
    assert (loose["strict"], loose["parameters"]["required"]) == (False, ["a"])


@pytest.mark.parametrize(
    ("name", "asked", "otherwise"),
    [
        ("openai", "responses", None),
        ("azure", "responses", "chat"),
        ("modelport", "responses", "chat"),
        ("mistral", "chat", None),
        ("qwen", "chat", None),
        ("zai", "chat", None),
        ("ollama", "responses", "chat"),
        ("demo", "responses", None),
    ],
)
def test_the_dialect_is_the_profiles_unless_the_cell_says_another(
    every_key, name, asked, otherwise
):
    endpoint = make_plan("Hi", {"model": "m", "profile": name}, {}).endpoint
    assert endpoint.dialect.name == asked
    assert (endpoint.fallback.name if endpoint.fallback else None) == otherwise
    if name != "demo":
        said = make_plan("Hi", {"model": "m", "profile": name, "api": "chat"}, {}).endpoint
        assert (said.dialect.name, said.fallback) == ("chat", None)


def test_chat_is_spoken_as_the_gateway_wants_it(every_key):
    options = {"api": "chat", "max_output_tokens": 9, "tools": [add]}
    openai = body_of(profile="openai", **options)
    assert openai["max_completion_tokens"] == 9
    assert openai["tools"][0]["function"]["strict"] is True
    assert openai["stream_options"] == {"include_usage": True}
    assert "include" not in openai
    mistral = body_of(profile="mistral", **options)
    assert mistral["max_tokens"] == 9
    assert not {"stream_options", "store", "max_completion_tokens"} & set(mistral)
    deepseek = body_of(profile="deepseek", **options)
    assert "strict" not in deepseek["tools"][0]["function"]


@pytest.mark.parametrize(
    ("name", "key"), [("deepseek", "reasoning_content"), ("ollama", "reasoning"), ("juai", None)]
)
def test_reasoning_goes_back_in_the_field_that_the_server_reads(every_key, name, key):
    plan = make_plan("Hi", {"model": "m", "profile": name, "api": "chat"}, {})
    call = {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}
    output = {"type": "function_call_output", "call_id": "c", "output": "1"}
    request = dataclasses.replace(plan.request, input=(*plan.request.input, SHOWN, call, output))
    [said] = [m for m in plan.endpoint.dialect.encode(request)["messages"] if "tool_calls" in m]
    assert {k: v for k, v in said.items() if "reasoning" in k} == ({key: "because"} if key else {})


ENCRYPTED = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "blob"}
TEXT = [{"type": "reasoning_text", "text": "because"}]
SHOWN = {"type": "reasoning", "id": "rs_2", "summary": [], "content": TEXT}
BOTH = {**SHOWN, "encrypted_content": "blob"}
BARE = {"type": "reasoning", "id": "rs_3", "summary": [{"type": "summary_text", "text": "s"}]}


@pytest.mark.parametrize(
    ("name", "replayed"),
    [
        ("openai", [ENCRYPTED, BOTH]),
        ("xai", [ENCRYPTED, BOTH]),
        ("ollama", [ENCRYPTED, BOTH]),
        ("deepseek", [SHOWN, SHOWN]),
        ("lmstudio", [SHOWN, SHOWN]),
        ("llamacpp", [SHOWN, SHOWN]),
        ("vllm", [SHOWN, SHOWN]),
        ("modelport", []),
        ("juai", []),
    ],
)
def test_reasoning_goes_back_in_the_form_that_the_server_takes(every_key, name, replayed):
    plan = make_plan("Hi", {"model": "m", "profile": name}, {})
    request = dataclasses.replace(
        plan.request, input=(*plan.request.input, ENCRYPTED, SHOWN, BOTH, BARE)
    )
    assert plan.endpoint.dialect.encode(request)["input"][1:] == replayed


def test_the_model_is_the_one_that_was_named_closest(every_key):
    own = {"work": {"base_url": "https://w.example/v1", "model": "w1"}}
    _config.activate(_config.Settings(profiles=own, model="usual"))
    given = {"tools": ()}
    assert make_plan("Hi", {**given, "profile": "work"}, {}).request.model == "w1"
    assert make_plan("Hi", {**given, "profile": "work", "model": "m"}, {}).request.model == "m"
    assert make_plan("Hi", {**given, "profile": "xai"}, {}).request.model == "usual"
    _config.activate(_config.Settings(profiles=own, profile="work", model="usual"))
    assert make_plan("Hi", given, {}).request.model == "usual"
    _config.activate(_config.Settings(profiles=own, profile="work"))
    assert make_plan("Hi", given, {}).request.model == "w1"


def test_the_key_goes_in_the_header_that_the_gateway_wants(every_key):
    azure = make_plan("Hi", {"profile": "azure", "model": "m"}, {}).endpoint
    assert azure.headers == {"api-key": key_of("azure")}
    assert azure.url("/responses") == "https://mine.openai.azure.com/openai/v1/responses"
    router = make_plan("Hi", {"profile": "openrouter", "model": "m"}, {}).endpoint
    assert router.headers == {"Authorization": f"Bearer {key_of('openrouter')}"}


def test_headers_and_query_of_ones_own_go_along():
    own = {
        "base_url": "https://w.example/v1",
        "query": {"api-version": "preview"},
        "headers": {"X-Team": "a", "Api-Key": "header-key-12345"},
    }
    _config.activate(_config.Settings(profiles={"work": own}))
    endpoint = make_plan("Hi", {"profile": "work", "model": "m"}, {}).endpoint
    assert endpoint.url("/responses") == "https://w.example/v1/responses?api-version=preview"
    assert endpoint.headers == own["headers"]
    assert "header-key" not in _secrets.scrub("header-key-12345")


def test_the_demo_may_be_named():
    plan = make_plan("Hi", {"profile": "demo"}, {})
    assert plan.transport is not None
    assert plan.notes == ("embedded demo, not a language model",)


FAULTY = {"bad": {"url": "http://h/v1"}, "good": {"base_url": "http://good.example/v1"}}


def test_one_that_is_not_described_well_stands_in_the_way_of_itself_only():
    assert find_gateway({"profile": "good"}, {"profiles": FAULTY}).base_url.startswith(
        "http://good"
    )
    assert find_gateway({"base_url": "http://h/v1"}, {"profiles": FAULTY}).profile is PLAIN
    assert find_gateway({}, {"profiles": FAULTY}).profile is DEMO
    with pytest.raises(OptionError, match="profile 'bad' has no field 'url'"):
        find_gateway({"profile": "bad"}, {"profiles": FAULTY})


def test_what_is_like_one_that_is_not_described_well_is_not_either():
    described = {"openai": {"api": "soap"}, "mine": {"like": "openai"}}
    profiles, faults = known_profiles(described)
    assert set(faults) == {"openai"}
    assert profiles["mine"].base_url == OPENAI.base_url
    assert profiles["openai"] is OPENAI
