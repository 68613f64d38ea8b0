"""Keys stay out of all that is shown, and words stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic import _secrets
from respmagic._secrets import MASK, looks_secret, remember, remember_login, scrub


@pytest.fixture(autouse=True)
def forget(monkeypatch):
    monkeypatch.setattr(_secrets, "_known", set())
    monkeypatch.setattr(_secrets, "_logins", set())


LIKELY = [
    "sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH",
    "sk-ant-api03-AbCdEfGhIjKlMnOpQrStUv",
    "sk-or-v1-0123456789abcdef0123456789abcdef",
    "gsk_AbCdEfGhIjKlMnOpQrStUvWx",
    "xai-AbCdEfGhIjKlMnOpQrStUvWx1234",
    "hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh",
    "AIzaSyA1234567890abcdefghijklmnopqrstuv",
    "ghp_AbCdEfGhIjKlMnOpQrStUvWx12",
    "pk-lf-12345678-90ab-cdef-1234-567890abcdef",
]


@pytest.mark.parametrize("key", LIKELY)
def test_what_looks_like_a_key_is_masked_though_nobody_told(key):
    assert looks_secret(key)
    assert scrub(f"the key is {key}.") == f"the key is {MASK}."
    assert scrub(f'{{"key":"{key}"}}') == f'{{"key":"{MASK}"}}'
    assert scrub(repr(f"\n{key}")) == repr(f"\n{MASK}")


@pytest.mark.parametrize(
    "header", ["Bearer abc123DEF456", "bearer eyJhbGciOi.eyJzdWIi.SflKx-w_=", "BEARER 0123456789"]
)
def test_a_bearer_token_is_masked(header):
    assert scrub(f"Authorization: {header}") == f"Authorization: {header.split()[0]} {MASK}"


@pytest.mark.parametrize(
    "text",
    [
        "The bearer instruments are certificates.",
        "Use bearer authentication with 12 requests",
        "pk_customer_order_history_id is the primary key",
        "from the sk-learn-contrib-projects collection",
        "hf_model_for_text_classification",
        "ask-me-anything-about-this-topic",
        "task_0123456789abcdefghij",
        "sk-short",
        "none",
        "",
    ],
)
def test_ordinary_words_stay(text):
    assert scrub(text) == text
    assert not looks_secret(text)


def test_a_known_key_is_masked_whatever_it_looks_like():
    remember("correct horse")
    assert scrub("my correct horse runs; correct horse!") == f"my {MASK} runs; {MASK}!"


@pytest.mark.parametrize("placeholder", [None, "", "x", "none", "EMPTY", "ollama"])
def test_placeholders_are_no_secrets(placeholder):
    remember(placeholder)
    assert scrub("none of x, EMPTY or ollama") == "none of x, EMPTY or ollama"


def test_a_key_that_begins_like_another_leaves_no_rest():
    remember("abcdefgh")
    remember("abcdefgh-ijklmnop")
    assert scrub("abcdefgh-ijklmnop abcdefgh") == f"{MASK} {MASK}"


def test_mappings_and_lists_are_scrubbed_all_through():
    remember("hunter2hunter2")
    value = {"a": ["hunter2hunter2", {"b": ("x hunter2hunter2", 1, None)}], "hunter2hunter2": True}
    assert scrub(value) == {"a": [MASK, {"b": (f"x {MASK}", 1, None)}], MASK: True}
    assert value["a"][0] == "hunter2hunter2"  # the value itself stays


@pytest.mark.parametrize("name", ["Authorization", "api-key", "X-API-Key", "Cookie"])
def test_headers_with_credentials_are_masked_whole(name):
    assert scrub({name: "anything", "Accept": "json"}) == {name: MASK, "Accept": "json"}


def test_a_schema_of_what_is_called_like_a_header_stays():
    schema = {"properties": {"cookie": {"type": "string"}}}
    assert scrub(schema) == schema


@pytest.mark.parametrize("value", [None, 3, 2.5, True, b"bytes", object])
def test_other_values_pass(value):
    assert scrub(value) is value


def test_a_named_tuple_becomes_a_tuple():
    from respmagic._events import Target

    assert scrub(Target("a", "b")) == ("a", "b", "", "", "")


KEYS = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=8, max_size=30)


@given(st.lists(KEYS, min_size=1, max_size=3), st.text(), st.text(), st.data())
def test_no_known_key_is_left_in_any_text(keys, before, after, data):
    for key in keys:
        remember(key)
    text = before + data.draw(st.sampled_from(keys)) + after
    assert not any(key in scrub(text) for key in keys)
    assert not any(key in scrub({"x": [text]})["x"][0] for key in keys)


@given(st.text())
def test_scrubbing_twice_changes_nothing_more(text):
    assert scrub(scrub(text)) == scrub(text)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:pw@host.example/v1", f"https://{MASK}@host.example/v1"),
        ("https://me:p@ss@host/v1", f"https://{MASK}@host/v1"),
        ("https://me:@host/v1", f"https://{MASK}@host/v1"),
        ("https://token@host/v1", f"https://{MASK}@host/v1"),
        ("http://[::1", "http://[::1"),
        ("https://host/v1?a=b@c", "https://host/v1?a=b@c"),
    ],
)
def test_who_logs_in_at_an_address_is_masked_there_however_short(url, shown):
    remember_login(url)
    assert scrub(f"no answer from {url}: gone") == f"no answer from {shown}: gone"
    assert scrub("pw and me and token and ss") == "pw and me and token and ss"


def test_a_long_password_of_an_address_is_masked_anywhere():
    remember_login("https://me:pass%2Dword%2D123@host")
    assert scrub("pass-word-123 pass%2Dword%2D123") == f"{MASK} {MASK}"
