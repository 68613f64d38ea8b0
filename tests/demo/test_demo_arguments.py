"""Whatever the schema and whatever the text: the arguments are valid."""

import json
import string

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respmagic.demo._model import answer
from respmagic.demo._request import read_request

NAMES = st.sampled_from(
    [
        "city",
        "amount",
        "count",
        "unit",
        "date",
        "time",
        "text",
        "query",
        "to",
        "from",
        "flag",
        "items",
        "user",
        "price",
        "n",
        "x",
        "label",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "Convert 12.5 miles to km, please",
            "Book 2 tickets from Paris to Rome on 2026-05-01 at 7pm",
            "把100美元换成人民币",
            'Send "hello" to bob@example.com and turn off the lights',
            "sort 5, 3 and -1.5",
            '{"city": 3}',
        ]
    ),
)


def bounded(kind, numbers):
    """A number schema whose bounds leave room for something."""
    return st.builds(
        lambda low, span: {"type": kind, "minimum": low, "maximum": low + span},
        numbers,
        st.integers(0, 50),
    )


STRINGS = st.one_of(
    st.just({"type": "string"}),
    st.builds(
        lambda least, more: {"type": "string", "minLength": least, "maxLength": least + more},
        st.integers(0, 5),
        st.integers(0, 20),
    ),
    st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=6), min_size=1, max_size=4).map(
        lambda members: {"type": "string", "enum": members}
    ),
)
SCALARS = st.one_of(
    STRINGS,
    st.just({"type": "integer"}),
    st.just({"type": "number"}),
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    bounded("integer", st.integers(-100, 100)),
    bounded("number", st.floats(-100, 100)),
    st.builds(lambda step: {"type": "integer", "multipleOf": step}, st.integers(1, 9)),
    st.just({"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 9}),
    st.sampled_from([{"const": 7}, {"enum": [1, "two", None]}, {}]),
)


def deeper(inner):
    objects = st.dictionaries(NAMES, inner, max_size=3).flatmap(
        lambda parts: st.sets(st.sampled_from(sorted(parts)) if parts else st.nothing()).map(
            lambda needed: {
                "type": "object",
                "properties": parts,
                "required": sorted(needed),
                "additionalProperties": False,
            }
        )
    )
    return st.one_of(
        objects,
        inner.map(lambda items: {"type": "array", "items": items}),
        inner.map(lambda items: {"type": "array", "items": items, "minItems": 2, "maxItems": 3}),
        inner.map(lambda one: {"anyOf": [one, {"type": "null"}]}),
        st.lists(inner, min_size=1, max_size=2).map(
            lambda parts: {
                "type": "array",
                "prefixItems": parts,
                "minItems": len(parts),
                "maxItems": len(parts),
            }
        ),
        st.builds(
            lambda kind: {"type": [kind, "null"]},
            st.sampled_from(["string", "integer", "number", "boolean"]),
        ),
    )


ANYTHING = st.recursive(SCALARS, deeper, max_leaves=6)
PARAMETERS = st.dictionaries(NAMES, ANYTHING, max_size=4).flatmap(
    lambda parts: st.sets(st.sampled_from(sorted(parts)) if parts else st.nothing()).map(
        lambda needed: {"type": "object", "properties": parts, "required": sorted(needed)}
    )
)


def ask(text, parameters, **more):
    tools = [
        {"type": "function", "name": "do_it", "description": "Do it", "parameters": parameters}
    ]
    body = {"model": "m", "input": text, "tools": tools, **more}
    return answer(read_request(json.dumps(body).encode()))


@given(PARAMETERS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_a_forced_call_is_valid(parameters, text):
    (call,) = ask(text, parameters, tool_choice="required").calls
    jsonschema.validate(call.arguments, parameters)


@given(PARAMETERS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_structured_answer_is_valid(schema, text):
    form = {"type": "json_schema", "name": "it", "schema": schema}
    body = {"model": "m", "input": text, "text": {"format": form}}
    jsonschema.validate(json.loads(answer(read_request(json.dumps(body).encode())).text), schema)


LINKED = {
    "type": "object",
    "properties": {"head": {"$ref": "#/$defs/Node"}},
    "required": ["head"],
    "$defs": {
        "Node": {
            "type": "object",
            "properties": {
                "value": {"type": "integer"},
                "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
            },
            "required": ["value", "next"],
        }
    },
}


@pytest.mark.parametrize(
    "parameters",
    [
        LINKED,
        {
            "type": "object",
            "properties": {"a": {"allOf": [{"type": "integer"}, {"minimum": 5}]}},
            "required": ["a"],
        },
        {
            "type": "object",
            "properties": {"a": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
            "required": ["a"],
        },
        {"type": "object", "properties": {"code": {"type": "string", "pattern": "^[A-Z]{3}$"}}},
        {
            "type": "object",
            "properties": {
                "a": {
                    "type": "array",
                    "items": {"enum": [1, 2, 3]},
                    "minItems": 2,
                    "uniqueItems": True,
                }
            },
            "required": ["a"],
        },
        {
            "type": "object",
            "properties": {"day": {"type": "string", "format": "date"}},
            "required": ["day"],
        },
        {
            "type": "object",
            "properties": {"data": {"type": "object", "additionalProperties": {"type": "integer"}}},
            "required": ["data"],
        },
        {"type": "object", "required": ["undescribed"]},
        {"type": "object"},
        {},
    ],
)
def test_schemas_with_references_unions_and_limits(parameters):
    (call,) = ask("Do it with a=3, b=4", parameters, tool_choice="required").calls
    jsonschema.validate(call.arguments, parameters)


@pytest.mark.parametrize(
    "parameters",
    [
        {"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"type": "colour"}}, "required": ["a"]},
        {"type": "object", "properties": {"a": True, "b": None, "c": "string"}, "required": ["a"]},
        {"type": "object", "properties": [], "required": "a"},
        {
            "type": "object",
            "properties": {"a": {"type": "string", "pattern": "("}},
            "required": ["a"],
        },
        {
            "type": "object",
            "properties": {"a": {"enum": []}, "b": {"anyOf": []}},
            "required": ["a", "b"],
        },
        {
            "type": "object",
            "properties": {"a": {"minimum": "low", "type": "integer"}},
            "required": ["a"],
        },
    ],
)
def test_a_broken_schema_breaks_nothing(parameters):
    (call,) = ask("Do it with 3 and x", parameters, tool_choice="required").calls
    assert call.name == "do_it"
