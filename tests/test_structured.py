"""Answers with a form: types and schemas on the wire, values of them at the end, and what fails."""

import dataclasses
import datetime as dt
import enum
import json
import sys
import typing
from typing import Annotated, Any, Literal

import pandas as pd
import pytest
import typing_extensions
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from pydantic import BaseModel, Field, field_validator
from traitlets.config import Config

import respmagic
from gateway import Gateway, Reply
from inert import assert_inert, hostile
from respmagic._exceptions import (
    OptionError,
    OutputCutOff,
    OutputInvalid,
    OutputRefused,
    SchemaError,
)
from respmagic._items import Response
from respmagic._structured import Form, form_of
from respmagic._values import answer_html, answer_text
from test_painting import Answer
from wire import (
    call_response,
    chat_calls,
    chat_stream,
    chat_text,
    incomplete_response,
    refusal_response,
    text_response,
)


class City(BaseModel):
    """A city."""

    name: str
    population: int = Field(ge=0)
    founded: dt.date | None = None


@dataclasses.dataclass
class Point:
    x: float
    y: float = 0.0


class Movie(typing.TypedDict):
    title: str
    year: typing.NotRequired[int]


class Newer(Movie, total=False):
    stars: int


class Modern(typing_extensions.TypedDict):
    title: str


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Grid(enum.Enum):
    FINE = (1, 1)
    COARSE = (9, 9)


class Node(BaseModel):
    label: str
    children: list["Node"] = []


Alias = typing_extensions.TypeAliasType("Alias", list[City])
SCHEMA = {
    "type": "object",
    "title": "place",
    "properties": {"name": {"type": "string"}, "size": {"type": "integer", "minimum": 0}},
    "required": ["name"],
}


def said(text, **fields):
    part = {"type": "output_text", "text": text}
    item = {"type": "message", "role": "assistant", "content": [part]}
    return Response(status="completed", output=(item,), **fields)


def value(schema, text):
    return form_of(schema).value(said(text))


# Types, both ways


@pytest.mark.parametrize(
    ("schema", "text", "parsed"),
    [
        (City, '{"name": "Bern", "population": 1}', City(name="Bern", population=1)),
        (
            City,
            '{"name": "Bern", "population": 1, "founded": "1191-01-01"}',
            City(name="Bern", population=1, founded=dt.date(1191, 1, 1)),
        ),
        (Point, '{"x": 1, "y": null}', Point(1.0)),
        (Movie, '{"title": "M", "year": null}', {"title": "M"}),
        (Newer, '{"title": "M", "stars": 5}', {"title": "M", "stars": 5}),
        (Modern, '{"title": "M"}', {"title": "M"}),
        (list[Movie], '{"value": [{"title": "M"}]}', [{"title": "M"}]),
        (list[City], '{"value": []}', []),
        (list[Point], '{"value": [{"x": 1, "y": 2}]}', [Point(1, 2)]),
        (tuple[int, str], '{"value": [1, "a"]}', (1, "a")),
        (set[int], '{"value": [1, 1]}', {1}),
        (dict[str, int], '{"a": 1}', {"a": 1}),
        (Colour, '{"value": "red"}', Colour.RED),
        (Grid, '{"value": "COARSE"}', Grid.COARSE),
        (list[Grid], '{"value": ["FINE"]}', [Grid.FINE]),
        (Literal["yes", "no"], '{"value": "no"}', "no"),
        (int, '{"value": 3}', 3),
        (str, '{"value": "x"}', "x"),
        (City | None, '{"value": null}', None),
        (City | Point, '{"value": {"x": 1}}', Point(1)),
        (Annotated[int, Field(gt=1)], '{"value": 3}', 3),
        (dt.date, '{"value": "2026-01-02"}', dt.date(2026, 1, 2)),
        (Node, '{"label": "a", "children": [{"label": "b", "children": null}]}', None),
        (Alias, '{"value": []}', []),
        (SCHEMA, '{"name": "Bern", "size": 3}', {"name": "Bern", "size": 3}),
        (SCHEMA, '{"name": "Bern", "size": null}', {"name": "Bern"}),
        ({"type": "array", "items": {"type": "integer"}}, '{"value": [1]}', [1]),
        ({"enum": ["a", "b"]}, '{"value": "b"}', "b"),
    ],
)
def test_a_type_goes_out_as_a_schema_and_comes_back_as_a_value(schema, text, parsed):
    form = form_of(schema)
    assert form.schema["type"] == "object"
    json.dumps(form.format)
    got = form.value(said(text))
    if schema is Node:
        parsed = Node(label="a", children=[Node(label="b")])
    assert got == parsed
    assert type(got) is type(parsed)


@pytest.mark.parametrize("schema", [City, Point, Movie, list[City], Colour, Node, SCHEMA, int])
def test_the_strict_form_is_used_where_there_is_one(schema):
    form = form_of(schema)
    assert form.strict

    def closed(part):
        if isinstance(part, dict):
            if part.get("type") == "object":
                assert part["additionalProperties"] is False
                assert part["required"] == list(part["properties"])
            assert "default" not in part
            for inner in part.values():
                closed(inner)
        elif isinstance(part, list):
            for inner in part:
                closed(inner)

    closed(form.schema)
    assert "$ref" not in form.schema
    assert not form_of(schema, strict=False).strict


@pytest.mark.parametrize(
    "schema", [dict[str, int], tuple[int, str], Any | None, {"type": "object"}]
)
def test_what_has_no_strict_form_goes_without(schema):
    assert form_of(schema).strict is False


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        (City, "City"),
        (list[City], "list_City"),
        (list[int] | None, "Union"),
        (Literal["a"], "Literal"),
        (SCHEMA, "place"),
        ({"type": "object", "title": "Größe & <x>" + "y" * 90}, "Gr_e_x_" + "y" * 57),
        ({"name": "own", "schema": {"type": "object"}, "strict": True}, "own"),
        ({"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA}}, "n"),
    ],
)
def test_its_name_is_one_that_the_wire_takes(schema, name):
    if sys.version_info < (3, 14) and name == "Union":
        name = form_of(schema).name  # the name of a union differs by Python's version
    assert form_of(schema).name == name
    assert form_of(schema).name.isascii()


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        (3, "the schema is an object of type int; it may be a pydantic model"),
        ("City", "the schema is an object of type str"),
        (City(name="x", population=1), "the schema is an object of type City"),
        (pd.DataFrame({"a": [1]}), "the schema is an object of type DataFrame"),
        (pd.DataFrame, "DataFrame cannot be written as JSON Schema"),
        (list[pd.DataFrame], "list_DataFrame cannot be written as JSON Schema"),
        ({}, "it has none of type, properties"),
        ({"name": "Bern"}, "the dict is no JSON Schema"),
        ({"type": "strin"}, "the dict is no JSON Schema: 'strin' is not valid"),
    ],
)
def test_what_is_no_type_is_refused(schema, says):
    with pytest.raises(SchemaError) as caught:
        form_of(schema)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


# Answers as they come


@pytest.mark.parametrize(
    "text",
    [
        '{"value": 3}',
        '  \n{"value": 3}\n',
        '```json\n{"value": 3}\n```',
        'Here it is:\n\n```json\n{"value": 3}\n```\nEnjoy!',
        '```\n{"value": 3}',
        "3",
    ],
)
def test_fences_and_words_around_them_are_no_part_of_it(text):
    assert value(int, text) == 3


@pytest.mark.parametrize(
    ("schema", "text", "says"),
    [
        (City, "Bern is a city.", "the answer is no JSON: expected value"),
        (City, '{"name": "Bern"', "the answer is no JSON: EOF while parsing"),
        (City, '{"name": "Bern"} and more', "the answer is no JSON: trailing characters"),
        (City, " ", "the model gave no answer, where JSON was asked for"),
        (City, "[]", "the answer does not fit City: answer: Input should be an object"),
        (
            City,
            '{"name": "Bern", "population": -1}',
            "population: Input should be greater than or equal to 0",
        ),
        (City, '{"population": 1}', "does not fit City: name: Field required"),
        (list[City], '{"value": [{"name": "x", "population": "many"}]}', "0.population: Input"),
        (SCHEMA, '{"size": -1}', "answer: 'name' is a required property"),
        (SCHEMA, '{"name": "x", "size": -1}', "size: -1 is less than the minimum of 0"),
        (Colour, '{"value": "green"}', "Input should be 'red' or 'blue'"),
    ],
)
def test_an_answer_that_does_not_fit_says_where(schema, text, says):
    with pytest.raises(OutputInvalid) as caught:
        value(schema, text)
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


def test_many_faults_are_told_by_the_first_ones():
    with pytest.raises(OutputInvalid, match=r"; and 15 more$"):
        value(list[int], json.dumps({"value": ["x"] * 25}))


def test_a_check_of_the_users_that_raises_is_a_misfit():
    class Picky(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def check(cls, name):
            if name == "odd":
                raise ZeroDivisionError("by name")
            raise ValueError(f"not {name}")

    with pytest.raises(OutputInvalid, match="name: Value error, not x"):
        value(Picky, '{"name": "x"}')
    with pytest.raises(OutputInvalid, match="ZeroDivisionError: by name"):
        value(Picky, '{"name": "odd"}')


def test_a_schema_that_refers_to_elsewhere_fetches_nothing():
    form = form_of({"type": "object", "properties": {"a": {"$ref": "http://127.0.0.1:9/x"}}})
    with pytest.raises(OutputInvalid, match=r"127\.0\.0\.1:9/x"):
        form.value(said('{"a": 1}'))


def test_without_jsonschema_a_schemas_answer_is_taken_as_it_is(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    assert value(SCHEMA, '{"size": -1}') == {"size": -1}


# While it streams


@given(st.integers(0, 200))
def test_each_beginning_of_an_answer_shows_what_there_is(size):
    whole = [{"name": f"city {i}", "population": i, "founded": None} for i in range(3)]
    text = json.dumps({"value": whole})[:size]
    form = form_of(list[City])
    partial = form.partial(text)
    if partial is not Form.NOTHING and partial != {}:
        assert len(partial) <= 3
        for there, full in zip(partial, whole, strict=False):
            assert set(there) <= set(full)
            assert full["name"].startswith(there.get("name", ""))
    html = answer_html(text, form, finished=False)
    assert_inert(html)
    assert isinstance(answer_text(text, form), str)


def test_a_list_of_objects_is_a_table_and_an_object_a_list_of_names():
    form = form_of(list[City])
    html = answer_html(
        '{"value": [{"name": "Bern", "population": 1}, {"name": "Ba', form, finished=False
    )
    assert "<th>name</th><th>population</th>" in html
    assert "<td>Bern</td><td><code>1</code></td>" in html
    assert "<td>Ba</td><td></td>" in html
    one = answer_html('{"name": "Bern", "population": null}', form_of(City), finished=True)
    assert "<tr><th>name</th><td>Bern</td></tr>" in one
    assert "<code>null</code>" in one
    assert answer_text('{"value":["ä"]}', form_of(list[str])) == '[\n  "ä"\n]'


def test_values_in_a_row_stand_in_its_cell():
    rows = '{"value": [{"a": ["x", 1, null]}, {"a": [["y"]]}]}'
    html = answer_html(rows, form_of(list[dict[str, Any]]), finished=True)
    assert "<td>x, <code>1</code>, <code>null</code></td>" in html
    assert "<td><ul><li>y</li></ul></td>" in html
    assert "<ul><li>a</li><li>b</li></ul>" in answer_html(
        '["a", "b"]', form_of(list[str]), finished=True
    )


def test_a_value_is_painted_as_it_grows_and_costs_in_proportion():
    form = form_of(list[City])
    sent = []
    for rows in (200, 800):
        answer = Answer()
        answer.run.form = form
        answer.say('{"value": [')
        for number in range(rows):
            answer.say(json.dumps({"name": f"city {number}", "population": number}) + ", ")
        assert answer.page.html.count("<tr>") > 150
        sent.append(answer.page.sent)
    assert sent[1] < 5 * sent[0]


def test_what_is_no_json_is_shown_as_it_came():
    assert "<p>Sorry, I cannot.</p>" in answer_html(
        "Sorry, I cannot.", form_of(City), finished=True
    )
    assert answer_text("Sorry.", form_of(City)) == "Sorry."


def test_long_answers_are_shown_in_part():
    rows = [{f"column {i}": "x" * 5_000 for i in range(40)}] + [{"a": 1}] * 300
    html = answer_html(json.dumps({"value": rows}), form_of(list[dict[str, Any]]), finished=True)
    assert "… 101 more values" in html
    assert "… 11 more columns" in html
    assert "3,000 more" in html
    deep: Any = 1
    for _ in range(20):
        deep = {"a": [deep]}
    assert len(answer_html(json.dumps(deep), form_of(dict[str, Any]), finished=True)) < 2_000


@hostile
def test_hostile_values_are_inert(text):
    form = form_of(list[dict[str, Any]])
    answer = json.dumps({"value": [{text: text, "inner": [text, {text: text}]}, {"b": text}]})
    for end in (len(answer), len(answer) // 2):
        assert_inert(answer_html(answer[:end], form, finished=end == len(answer)))
    assert_inert(answer_html(text, form, finished=True))
    assert_inert(answer_html(text, form, finished=False))


# Through a server


BERN = '{"name": "Bern", "population": 144000, "founded": null}'
STREAMS = {
    "responses": (text_response, call_response, refusal_response),
    "chat": (
        chat_text,
        chat_calls,
        lambda refusal: chat_stream([{"refusal": refusal}]),
    ),
}


def ask(gateway, api="responses", prompt="Go", **how):
    how = {"model": "m", "base_url": gateway.base_url, "tools": (), "api": api, **how}
    return respmagic.respond(prompt, **how)


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_value_comes_back_in_both_dialects(gateway: Gateway, api):
    gateway.add(Reply.sse(STREAMS[api][0](BERN)))
    result = ask(gateway, api, schema=City)
    assert result.parsed == City(name="Bern", population=144000)
    assert result.text == BERN
    assert (result.status, result.error) == ("completed", None)
    sent = gateway.requests[0].json
    form = sent["response_format"]["json_schema"] if api == "chat" else sent["text"]["format"]
    assert (form["name"], form["strict"]) == ("City", True)
    assert form["schema"]["properties"]["population"]["minimum"] == 0


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_tools_come_before_the_value_in_both_dialects(gateway: Gateway, api):
    def population(city: str) -> int:
        return 144000

    text, calls, _ = STREAMS[api]
    gateway.add(Reply.sse(calls([("population", {"city": "Bern"})])), Reply.sse(text(BERN)))
    result = ask(gateway, api, schema=City, tools=[population])
    assert result.parsed.population == result.tool_calls[0].result
    forms = [r.json.get("text") or r.json.get("response_format") for r in gateway.requests]
    assert forms[0] == forms[1] is not None


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_refusal_is_an_error_that_says_so(gateway: Gateway, api):
    gateway.add(Reply.sse(STREAMS[api][2]("I will not\x1b[31m.")))
    with pytest.raises(OutputRefused, match="declined to answer: I will not") as caught:
        ask(gateway, api, schema=City, repair=3)
    assert "\x1b" not in str(caught.value)
    assert caught.value.result.parsed is None
    assert len(gateway.requests) == 1


@pytest.mark.parametrize("reason", ["max_output_tokens", "content_filter"])
def test_an_answer_that_was_cut_off_is_an_error_that_says_by_what(gateway: Gateway, reason):
    gateway.add(Reply.sse(incomplete_response('{"name": "Be', reason=reason)))
    says = {"max_output_tokens": "--max-output-tokens", "content_filter": r"\(content_filter\)"}
    with pytest.raises(OutputCutOff, match=says[reason]) as caught:
        ask(gateway, schema=City)
    assert caught.value.result.text == '{"name": "Be'
    assert caught.value.result.status == "incomplete"


def test_an_answer_that_does_not_fit_is_an_error_with_the_text_kept(gateway: Gateway):
    gateway.add(Reply.sse(text_response('{"name": "Bern"}')))
    with pytest.raises(OutputInvalid, match="population: Field required") as caught:
        ask(gateway, schema=City)
    result = caught.value.result
    assert (result.text, result.parsed, result.status) == ('{"name": "Bern"}', None, "failed")


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_what_does_not_fit_goes_back_as_often_as_was_said(gateway: Gateway, api):
    answers = ['{"name": "Bern"}', "no JSON", BERN]
    gateway.add(*(Reply.sse(STREAMS[api][0](answer)) for answer in answers))
    result = ask(gateway, api, schema=City, repair=2)
    assert result.parsed.name == "Bern"
    assert len(result.responses) == 3
    sent = gateway.requests[2].json
    said = [item["content"] for item in sent.get("input") or sent["messages"]]
    assert said[0] == "Go"
    assert "population: Field required" in said[2]
    assert "no JSON" in said[4]


def test_after_the_last_repair_the_fault_is_raised(gateway: Gateway):
    gateway.add(Reply.sse(text_response("no JSON")), repeat=True)
    for how, asked in (({"repair": 1}, 2), ({}, 1), ({"repair": 9, "max_turns": 3}, 3)):
        gateway.requests.clear()
        with pytest.raises(OutputInvalid, match="the answer is no JSON"):
            ask(gateway, schema=City, **how)
        assert len(gateway.requests) == asked


def test_a_list_is_a_frame(gateway: Gateway):
    rows = [{"name": "Bern", "population": 1}, {"name": "Basel", "population": 2}]
    gateway.add(Reply.sse(text_response(json.dumps({"value": rows}))), repeat=True)
    for schema in (list[City], list[dict[str, Any]]):
        frame = ask(gateway, schema=schema).to_frame("parsed")
        assert list(frame["name"]) == ["Bern", "Basel"]
        assert frame["population"].sum() == 3
    assert "seconds" in ask(gateway).to_frame()
    with pytest.raises(ValueError, match="nothing was parsed"):
        ask(gateway).to_frame("parsed")
    gateway.add(Reply.sse(text_response("no JSON")), repeat=True)
    with pytest.raises(OutputInvalid) as caught:
        ask(gateway, schema=City)
    with pytest.raises(ValueError, match="the answer holds no value"):
        caught.value.result.to_frame("parsed")
    with pytest.raises(ValueError, match="'tool_calls' or 'parsed', not 'rows'"):
        ask(gateway).to_frame("rows")


def test_one_object_is_a_row_and_values_a_column(gateway: Gateway):
    gateway.add(Reply.sse(text_response(BERN)), Reply.sse(text_response('{"value": [1, 2]}')))
    assert ask(gateway, schema=City).to_frame("parsed").shape == (1, 3)
    assert ask(gateway, schema=list[int]).to_frame("parsed").shape == (2, 1)


@pytest.mark.parametrize("profile", ["deepseek", "zai"])
def test_a_gateway_without_schemas_is_asked_for_json_in_words(gateway: Gateway, profile):
    answer = text_response(BERN) if profile == "deepseek" else chat_text(BERN)
    gateway.add(Reply.sse(answer))
    result = ask(gateway, None, schema=City, profile=profile, instructions="Be exact.", api_key="k")
    assert result.parsed.name == "Bern"
    sent = gateway.requests[0].json
    told = sent.get("instructions") or sent["messages"][0]["content"]
    assert told.startswith("Be exact.\n\nAnswer with JSON only, which fits this JSON Schema: {")
    form = sent.get("response_format") or sent["text"]["format"]
    assert form == {"type": "json_object"}


def test_further_words_about_the_text_stand_beside_the_form(gateway: Gateway):
    gateway.add(Reply.sse(text_response(BERN)))
    ask(gateway, schema=City, text={"verbosity": "low"})
    assert gateway.requests[0].json["text"]["verbosity"] == "low"
    assert gateway.requests[0].json["text"]["format"]["name"] == "City"


def test_there_is_nothing_to_repair_without_a_form(gateway: Gateway):
    with pytest.raises(OptionError, match="nothing to repair without --schema"):
        ask(gateway, repair=1)


def test_a_check_runs_on_the_thread_that_waits(gateway: Gateway):
    import threading

    seen = []

    class Seen(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def check(cls, name):
            seen.append(threading.current_thread())
            return name

    gateway.add(Reply.sse(text_response('{"name": "x"}')))
    ask(gateway, schema=Seen)
    assert seen == [threading.current_thread()]


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit])
def test_a_check_that_ends_the_process_ends_only_the_run(gateway: Gateway, raised):
    class Ending(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def check(cls, name):
            raise raised("by name")

    gateway.add(Reply.sse(text_response('{"name": "x"}')), Reply.sse(text_response("Still here.")))
    ends = {KeyboardInterrupt: respmagic.Interrupted, SystemExit: OutputInvalid}
    with pytest.raises(ends[raised]) as caught:
        ask(gateway, schema=Ending, repair=2)
    assert caught.value.result.text == '{"name": "x"}'
    assert caught.value.result.parsed is None
    gateway.requests.clear()
    assert ask(gateway).text == "Still here."


# Cells


@pytest.fixture
def shell():
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    respmagic.load_ipython_extension(shell)
    shell.user_ns.update(City=City, schema=SCHEMA)
    yield shell
    respmagic.unload_ipython_extension(shell)


def cell(shell, gateway, line):
    return shell.run_cell_magic(
        "responses", f"-m m --base-url {gateway.base_url} --no-tools {line}", "Go"
    )


def test_a_cell_names_types_variables_and_lists_of_them(shell, gateway: Gateway):
    gateway.add(
        Reply.sse(text_response(BERN)),
        Reply.sse(text_response(json.dumps({"value": [json.loads(BERN)]}))),
        Reply.sse(text_response('{"name": "x"}')),
        Reply.sse(text_response('{"value": "no"}')),
    )
    assert cell(shell, gateway, "-s City").parsed.name == "Bern"
    assert cell(shell, gateway, "-s list[City]").parsed[0].name == "Bern"
    assert cell(shell, gateway, "--schema schema").parsed == {"name": "x"}
    assert cell(shell, gateway, """-s 'Literal["yes", "no"]'""").parsed == "no"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("Ctiy", "there is no type or variable 'Ctiy' (did you mean City?)"),
        ("list[Citty]", "(did you mean City?)"),
        ("list[", "--schema 'list[' is no type"),
        ("3", "an object of type int"),
        ("City.nothing", "is no type (nothing)"),
    ],
)
def test_a_cell_that_names_no_type_is_not_sent(shell, gateway: Gateway, word, says):
    with pytest.raises(SchemaError) as caught:
        cell(shell, gateway, f"-s '{word}'")
    assert says in str(caught.value)
    assert gateway.requests == []


def test_the_saved_bundle_is_the_value_in_a_table_and_as_json(shell, gateway: Gateway):
    gateway.add(Reply.sse(text_response(f"```json\n{BERN}\n```")), repeat=True)
    first, second = (cell(shell, gateway, "-s City")._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert "<th>name</th><td>Bern</td>" in first["text/html"]
    assert first["text/plain"].startswith('{\n  "name": "Bern",')


def test_the_embedded_model_fills_a_schema_in(shell):
    result = shell.run_cell_magic(
        "responses", "-p demo --no-tools -s City", "Bern has 144000 people. Extract the city."
    )
    assert isinstance(result.parsed, City)
