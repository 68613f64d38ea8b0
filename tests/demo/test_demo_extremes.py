"""Prompts, tools and outputs at the edge of what can be sent."""

import json

import jsonschema
import pytest
from demo_tools import ADD, BOOLEAN, EMAIL, INTEGER, NUMBER, STRING, list_of, of, tool

from respmagic.demo._model import answer
from respmagic.demo._request import read_request

ROLL = tool("roll_dice", "Roll dice", dice=of(INTEGER, "How many dice"))


def ask(prompt, tools, *more, **settings):
    items = [{"role": "user", "content": prompt}, *more]
    body = {"model": "any", "input": items, "tools": tools, **settings}
    return answer(read_request(json.dumps(body).encode()))


@pytest.mark.parametrize("tool_choice", ["auto", "required"])
@pytest.mark.parametrize(
    "prompt",
    [
        pytest.param("1" * 1500, id="digits"),
        pytest.param("Add " + "9" * 400 + " and 1", id="more than a float holds"),
        "Add 1e999 and 1e-999",
        "Roll 1e999 dice",
        "",
        "\x00",
        "🙂",
    ],
)
def test_no_prompt_breaks_it(prompt, tool_choice):
    parameters = {t["name"]: t["parameters"] for t in (ADD, ROLL)}
    for call in ask(prompt, [ADD, ROLL], tool_choice=tool_choice).calls:
        jsonschema.validate(dict(call.arguments), parameters[call.name])
        json.dumps(dict(call.arguments), allow_nan=False)


@pytest.mark.parametrize("output", ["[" * 3000, '{"a":' * 3000, "9" * 5000, "", "\x00"])
def test_no_output_breaks_it(output):
    call = {"type": "function_call", "call_id": "c", "name": "add", "arguments": '{"a":3,"b":4}'}
    given = {"type": "function_call_output", "call_id": "c", "output": output}
    said = ask("Add 3 and 4, then email the result to a@b.example", [ADD, EMAIL], call, given)
    assert [c.name for c in said.calls] == ["send_email"]
    assert ask("Add 3 and 4", [ADD], call, given).text


THING = tool(
    "get_thing",
    "Get the thing of a city for a user",
    city=STRING,
    user=NUMBER,
    loud=BOOLEAN,
    names=list_of(STRING),
)
MANY = [{**THING, "name": f"get_thing_{number}"} for number in range(128)]
MANY_MEMBERS = tool(
    "pick", "Pick", value={"type": "string", "enum": [f"item {n}" for n in range(5000)]}
)


def test_among_thousands_of_members_the_one_that_is_said():
    assert dict(ask("Pick item 4711 please", [MANY_MEMBERS]).calls[0].arguments) == {
        "value": "item 4711"
    }


def test_among_many_tools_the_one_that_is_named():
    (call,) = ask(
        "Use get_thing_77 for user 5 in Paris with the names Tom, Ann and Kim", MANY
    ).calls
    assert (call.name, call.arguments["user"]) == ("get_thing_77", 5)


SEAT = of(STRING, "Number of the seat", pattern=r"^[A-Z]-\d{2}$")


def test_a_text_takes_the_form_that_is_wanted_or_is_none():
    book = tool("book_seat", "Book a seat", seat=SEAT)
    assert dict(ask("Book seat B-12 in Paris", [book]).calls[0].arguments) == {"seat": "B-12"}
    assert not ask("Book seat Paris", [book]).calls
