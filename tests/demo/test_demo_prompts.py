"""Prompts and functions as tools, played to their end: calls, and what is said of the outputs."""

import json
import re

import demo_prompts as p
import pytest
from demo_play import play

from respmagic._tools import describe
from respmagic.demo._lexicon import is_chinese
from respmagic.demo._model import answer
from respmagic.demo._request import read_request


def definition(tool):
    return tool if isinstance(tool, dict) else describe(tool).definition


def rounds_of(prompt, tools, outputs=None, **settings):
    """The calls of each round, without what was left out as null, and the final text."""
    given = outputs or {}

    def output(name):
        out = given.get(name, "ok")
        return out if callable(out) else lambda **_: out

    definitions = [definition(tool) for tool in tools]
    functions = {d["name"]: output(d["name"]) for d in definitions}
    rounds, text, _ = play(prompt, definitions, functions=functions, **settings)
    plain = [
        [(name, {k: v for k, v in given.items() if v is not None}) for name, given in calls]
        for calls in rounds
    ]
    return plain, text


ONE_ROUND = [*p.AMOUNTS, *p.LISTS, *p.DATES, *p.CHOICES, *p.OBJECTS, *p.WORDS, *p.SEVERAL]


@pytest.mark.parametrize(("prompt", "tools", "expected"), ONE_ROUND)
def test_the_calls_come_in_one_response_and_their_outputs_are_told_in_its_language(
    prompt, tools, expected
):
    outputs = {name: f"outcome-of-{name}" for name, _ in expected}
    rounds, text = rounds_of(prompt, tools, outputs)
    assert rounds == [expected]
    assert all(output in text for output in outputs.values())
    assert is_chinese(re.sub("`[^`]*`", "", text)) == is_chinese(prompt)


@pytest.mark.parametrize(("prompt", "tools", "expected"), ONE_ROUND)
def test_the_order_of_the_tools_does_not_matter(prompt, tools, expected):
    assert rounds_of(prompt, tools[::-1])[0] == [expected]


@pytest.mark.parametrize(("prompt", "tools", "outputs", "expected"), p.CHAINS)
def test_an_output_feeds_the_next_call(prompt, tools, outputs, expected):
    assert rounds_of(prompt, tools, outputs)[0] == expected


@pytest.mark.parametrize(("prompt", "tools"), p.NONE)
def test_a_prompt_that_needs_no_tool(prompt, tools):
    rounds, text = rounds_of(prompt, tools)
    assert rounds == []
    assert text


@pytest.mark.parametrize(("prompt", "tools", "settings", "expected"), p.SETTINGS)
def test_the_request_says_what_may_be_called(prompt, tools, settings, expected):
    assert rounds_of(prompt, tools, **settings)[0] == expected


@pytest.mark.parametrize(("prompt", "schema", "expected"), p.FORMS)
def test_a_schema_is_filled(prompt, schema, expected):
    form = {"type": "json_schema", "name": "form", "schema": schema}
    body = {"model": "any", "input": prompt, "text": {"format": form}}
    assert json.loads(answer(read_request(json.dumps(body).encode())).text) == expected
