"""Lists of models in every shape that servers give them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._dialects.base import WebPage
from respmagic._dialects.listing import Model, listed_models
from respmagic._exceptions import ProtocolError


def listed(value):
    return listed_models(json.dumps(value).encode())


def names(value):
    return [model.name for model in listed(value)]


A, B = {"id": "a", "object": "model"}, {"id": "b", "object": "model"}


@pytest.mark.parametrize(
    "value",
    [
        {"object": "list", "data": [A, B]},
        {"data": [B, A], "has_more": False},
        {"models": [A, B]},
        {"models": [{"name": "a", "size": 1}, {"name": "b"}]},
        {"models": [{"model": "a"}, {"model": "b"}], "data": None},
        {"models": ["a", "b"]},
        {"data": ["a", "b"]},
        {"data": {"models": [A, B]}},
        {"data": {"a": {"owned_by": "x"}, "b": {}}},
        {"data": {"us": ["a"], "them": [B], "nobody": []}},
        {"result": [A, B], "success": True},
        {"model_list": [{"model_name": "a"}, {"model_name": "b"}]},
        [A, B],
        ["a", "b"],
        [A, "b", A, None, 5, {}, {"id": None}, {"id": ""}, {"id": "two words"}, {"id": "x\n"}],
        {"data": [{"id": "a", "name": "A, the first"}, {"id": "b", "name": "B"}]},
    ],
)
def test_names_are_found_in_every_shape(value):
    assert names(value) == ["a", "b"]


def test_an_empty_list_is_one():
    assert names({"data": []}) == []
    assert names([]) == []


@pytest.mark.parametrize(
    ("entry", "model"),
    [
        (
            {"id": "gpt-4.1", "object": "model", "created": 1744316542, "owned_by": "system"},
            Model("gpt-4.1", "system", "2025-04-10"),
        ),
        (
            {"id": "o/m", "name": "O: M", "created": 1.7e9, "context_length": 8192.0},
            Model("o/m", "", "2023-11-14", 8192),
        ),
        (
            {"name": "qwen3:8b", "modified_at": "2025-05-01T10:00:00Z", "details": {}},
            Model("qwen3:8b", "", "2025-05-01"),
        ),
        ({"id": "m", "max_model_len": 4096, "owned_by": "vllm"}, Model("m", "vllm", "", 4096)),
        ({"id": "m", "meta": {"n_ctx_train": 32768}}, Model("m", "", "", 32768)),
        (
            {"id": "m", "created": 0, "owned_by": None, "context_length": None},
            Model("m"),
        ),
        ({"id": "m", "created": 1e300, "context_length": -1}, Model("m")),
        ({"id": "m", "created": "soon", "context_length": "8k"}, Model("m")),
        ({"id": "m", "created": True, "context_window": True}, Model("m")),
    ],
)
def test_what_else_is_said_of_a_model(entry, model):
    assert listed([entry]) == (model,)


def test_models_are_in_the_order_of_their_names():
    assert names(["b", "A", "a-2", "C"]) == ["A", "a-2", "b", "C"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b"ok", "not JSON"),
        (b"{}", "no list of models"),
        (b"null", "no list of models"),
        (b'"gpt"', "no list of models"),
        (b'{"error": {"message": "nothing here"}}', "no list of models: nothing here"),
        (b'{"data": "gpt"}', "no list of models"),
    ],
)
def test_what_is_no_list_is_told(body, said):
    with pytest.raises(ProtocolError, match=said):
        listed_models(body)


def test_a_page_is_told_apart():
    with pytest.raises(WebPage):
        listed_models(b"<!doctype html><p>Hello")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "models", "id", "created", "meta", "x"]), inner)
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_ends_in_a_list_or_an_error_of_ours(value):
    try:
        models = listed(value)
    except ProtocolError:
        return
    assert all(isinstance(model, Model) and model.name for model in models)
