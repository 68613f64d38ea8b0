"""Functions as tools: what a model is told, what its arguments become, what it is given back."""

import asyncio
import dataclasses
import datetime as dt
import enum
import functools
import json
import math
import uuid
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import respmagic
from respmagic._arguments import ArgumentsError, parse_arguments, unknown_tool
from respmagic._exceptions import ToolDefinitionError, UnknownToolError
from respmagic._tools import describe, tools_by_name


class Color(enum.Enum):
    RED = "r"


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0

    def __post_init__(self):
        if self.x == 13:
            raise LookupError("no such point")


def add(x: int, y: int = 1) -> int:
    """Add two numbers.

    Args:
        x: the first
    """
    return x + y


class Adder:
    """Adds."""

    def __init__(self, base=10):
        self.base = base

    def __call__(self, x: int) -> int:
        """Call it.

        Args:
            x: what is added
        """
        return self.base + x

    def method(self, x: int) -> int:
        """Add by a method."""
        return self.base + x

    async def later(self, x: int) -> int:
        """Add later."""
        return self.base + x

    @classmethod
    def of_class(cls, x: int) -> int:
        """Add by the class."""
        return x

    @staticmethod
    def static(x: int) -> int:
        """Add by nothing."""
        return x


def call(function, text):
    tool = describe(function)
    return tool.bound(tool.arguments(text))()


# What a model is told


def test_a_definition_says_all_a_model_needs():
    assert describe(add).definition == {
        "type": "function",
        "name": "add",
        "description": "Add two numbers.",
        "parameters": {
            "type": "object",
            "properties": {
                "x": {"type": "integer", "description": "the first"},
                "y": {"type": ["integer", "null"], "description": "(default 1)"},
            },
            "required": ["x", "y"],
            "additionalProperties": False,
        },
        "strict": True,
    }


def test_the_mark_gives_another_name_and_description():
    @respmagic.tool(name="plus", description="Sum.")
    def f(x: int):
        """Doc."""

    definition = describe(f).definition
    assert (definition["name"], definition["description"]) == ("plus", "Sum.")


@pytest.mark.parametrize(
    ("function", "name", "description"),
    [
        (Adder().method, "method", "Add by a method."),
        (Adder.of_class, "of_class", "Add by the class."),
        (Adder.static, "static", "Add by nothing."),
        (Adder(), "Adder", "Adds."),
        (functools.partial(add, y=5), "add", "Add two numbers."),
        (functools.partial(functools.partial(Adder().method)), "method", "Add by a method."),
        (functools.lru_cache(add), "add", "Add two numbers."),
    ],
)
def test_every_callable_has_its_own_name_and_words(function, name, description):
    definition = describe(function).definition
    assert (definition["name"], definition["description"]) == (name, description)
    assert definition["parameters"]["properties"]["x"]["type"] == "integer"


def test_an_object_that_is_called_is_described_by_its_call():
    properties = describe(Adder()).definition["parameters"]["properties"]
    assert properties["x"]["description"] == "what is added"


@pytest.mark.parametrize(
    "name", ["add two", "größe", "a" * 65, "f.g", "<lambda>", "tool!", "naïve\n", "日本"]
)
def test_a_name_that_servers_refuse_is_refused_with_the_way_out(name):
    function = respmagic.tool(name=name)(lambda x: x)
    with pytest.raises(ToolDefinitionError, match=r"@respmagic\.tool\(name="):
        describe(function)
    with pytest.raises(ToolDefinitionError, match="<lambda>"):
        describe(lambda: None)


@pytest.mark.parametrize("name", ["a", "A-b_9", "a" * 64])
def test_a_name_that_servers_take_is_taken(name):
    assert describe(respmagic.tool(name=name)(lambda x: x)).name == name


def test_two_tools_of_one_name_are_refused():
    with pytest.raises(ToolDefinitionError, match="two tools are called add"):
        tools_by_name([add, respmagic.tool(name="add")(lambda: 1)])
    assert list(tools_by_name([add, Adder().method, add])) == ["add", "method"]


def test_an_unknown_tool_is_told_with_those_there_are():
    error = unknown_tool("multi_tool_use.parallel", tools_by_name([add]))
    assert isinstance(error, UnknownToolError)
    assert "'multi_tool_use.parallel'" in str(error)
    assert "the tools are: add" in str(error)
    assert "none" in str(unknown_tool("f", {}))


# Arguments


def typed(hint, *default):
    def f(x): ...

    f.__annotations__["x"] = hint
    f.__defaults__ = default or None
    return describe(f)


@pytest.mark.parametrize(
    ("hint", "given", "value"),
    [
        (int, "5", 5),
        (int, '"5"', 5),
        (int, "5.0", 5),
        (float, "5", 5.0),
        (bool, "true", True),
        (list[int], "[1, 2]", [1, 2]),
        (tuple[int, str], '[1, "a"]', (1, "a")),
        (set[int], "[1, 1]", {1}),
        (Iterable[int], "[1]", [1]),
        (dict[str, int], '{"a": 1}', {"a": 1}),
        (Color, '"r"', Color.RED),
        (Point, '{"x": 1}', Point(1)),
        (Point, '{"x": 1, "y": null}', Point(1)),
        (list[Point], '[{"x": 1, "y": null}]', [Point(1)]),
        (Point | None, '{"x": 1, "y": null}', Point(1)),
        (Point | None, "null", None),
        (int | None, "null", None),
        (dt.date, '"2026-02-03"', dt.date(2026, 2, 3)),
        (dt.datetime, '"2026-02-03T04:05"', dt.datetime(2026, 2, 3, 4, 5)),
        (Path, '"a/b"', Path("a/b")),
        (Decimal, '"1.5"', Decimal("1.5")),
        (uuid.UUID, f'"{uuid.UUID(int=5)}"', uuid.UUID(int=5)),
        (bytes, '"ab"', b"ab"),
        (Any, '{"a": null}', {"a": None}),
    ],
)
def test_json_becomes_real_python_values(hint, given, value):
    arguments = typed(hint).arguments(f'{{"x": {given}}}')
    assert arguments == {"x": value}
    assert type(arguments["x"]) is type(value)


@pytest.mark.parametrize("text", ["", " ", "\n", "{}", "null", ' {"y": null} ', '{"y": 1}'])
def test_nothing_and_null_stand_for_defaults(text):
    assert call(lambda_named(lambda y=1: y, y=int), text) == 1


def lambda_named(function, **hints):
    function.__name__ = "f"
    function.__annotations__ = hints
    return function


def test_null_is_a_value_where_the_hint_takes_it():
    assert typed(int | None, 5).arguments('{"x": null}') == {"x": None}
    assert typed(Literal["a", None], "a").arguments('{"x": null}') == {"x": None}  # noqa: PYI061
    assert typed(Any, 5).arguments('{"x": null}') == {"x": None}
    assert typed(int, 5).arguments('{"x": null}') == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{broken", "not JSON"),
        ('{"x": 1}{"x": 2}', "not JSON, but 2 values one after another: make a call for each"),
        ('{"x": 1} {"x": 1} rest', "not JSON (trailing characters"),
        ('"{broken"', "not JSON"),
        ("[1]", "not a JSON object, but [1]"),
        ('"text"', "not a JSON object"),
        ("{}", "x: Field required"),
        ('{"x": "a"}', "x: Input should be a valid integer"),
        ('{"x": null}', "x: Input should be a valid integer"),
        ('{"x": 1, "z": 2}', "z: Extra inputs are not permitted"),
        ('{"x": "a", "y": "b"}', "\ny: "),
    ],
)
def test_arguments_that_do_not_fit_are_told_by_name(text, says):
    with pytest.raises(ArgumentsError) as caught:
        describe(add).arguments(text)
    assert str(caught.value).startswith("the arguments do not fit: ")
    assert says in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_a_fault_deep_inside_is_told_by_its_place():
    with pytest.raises(ArgumentsError, match=r"x\.1\.y: Input should be a valid integer"):
        typed(list[Point]).arguments('{"x": [{"x": 1}, {"x": 1, "y": "no"}]}')


def test_an_error_in_a_types_own_check_is_one_of_the_arguments():
    with pytest.raises(ArgumentsError, match="LookupError: no such point"):
        typed(Point).arguments('{"x": {"x": 13}}')


@pytest.mark.parametrize(
    "text",
    ['{"x": 4}{"x": 4}', '{"x": 4}\n{"x":4}', r'"{\"x\": 4}"', '{"x": 4}{"x": 4}{"x": 4}'],
)
def test_arguments_that_a_server_wrote_twice_over_are_understood(text):
    assert call(add, text) == 5


VALUES = st.dictionaries(
    st.text(max_size=4),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=5,
    ),
    max_size=4,
)


@given(VALUES)
def test_arguments_come_as_they_were_written(value):
    def f(**anything): ...

    text = json.dumps(value)
    assert parse_arguments(text) == value
    assert describe(f).arguments(text) == value


@given(st.text())
def test_any_text_is_arguments_or_a_fault(text):
    try:
        value = parse_arguments(text)
    except ValueError as error:
        value = {"fault": str(error).index("JSON")}
    assert isinstance(value, dict)


# Calls


@pytest.mark.parametrize(
    "function",
    [add, Adder(1), Adder(1).method, functools.partial(add, y=1), functools.lru_cache(add)],
)
def test_every_callable_can_be_called(function):
    assert call(function, '{"x": 4}') == 5


@functools.singledispatch
def told(x: int | str, y: int = 0) -> str:
    return f"other {x}"


@told.register
def _(x: int, y: int = 0) -> str:
    return f"number {x}, {y}"


@told.register
def _(x: str, y: int = 0) -> str:
    return f"text {x}, {y}"


@functools.wraps(told)
def around(*args, **more):
    return told(*args, **more)


@pytest.mark.parametrize(
    "function",
    [
        told,
        functools.partial(told),
        functools.partial(told, y=0),
        around,
    ],
)
def test_what_chooses_by_its_first_argument_is_given_that_by_place(function):
    assert call(function, '{"x": 4}') == "number 4, 0"
    assert call(function, '{"x": "a"}') == "text a, 0"
    assert call(function, '{"x": "a", "y": 2}') == "text a, 2"


def test_and_what_is_chosen_already_is_given_the_rest():
    assert call(functools.partial(told, 1), '{"y": 2}') == "number 1, 2"
    assert call(functools.partial(told, 1), "{}") == "number 1, 0"


class Shelf:
    @functools.singledispatchmethod
    def find(self, x: int): ...

    @find.register
    def _(self, x: str): ...

    def count(self, x: int): ...


@pytest.mark.parametrize("method", [Shelf.count, Shelf().find])
def test_a_method_without_its_object_is_refused(method):
    with pytest.raises(ToolDefinitionError, match="takes self, so it is a method without its obj"):
        describe(method)


def test_what_has_no_signature_is_refused_with_what_to_do():
    with pytest.raises(ToolDefinitionError, match=r"cannot be read .* Wrap it in a function of"):
        describe(max)


def test_a_partial_takes_what_is_left_open():
    assert call(functools.partial(add, 4), '{"y": 2}') == 6
    assert call(functools.partial(add, y=2), '{"x": 1, "y": 5}') == 6


def test_positional_only_parameters_are_given_by_place():
    def f(a, b=2, c=3, /, d=4, *rest, e=5):
        return (a, b, c, d, rest, e)

    assert call(f, '{"a": 1, "d": 0}') == (1, 2, 3, 0, (), 5)
    assert call(f, '{"a": 1, "c": 0, "e": 9}') == (1, 2, 0, 4, (), 9)
    assert call(lambda_named(lambda a=1, b=2, /: (a, b)), '{"b": 5}') == (1, 5)


def test_keyword_arguments_leave_the_schema_open():
    def f(x: int, *more, **others: int):
        return x, more, others

    tool = describe(f)
    assert not tool.definition["strict"]
    assert tool.definition["parameters"]["additionalProperties"] is True
    assert call(f, '{"x": 1, "y": 2}') == (1, (), {"y": 2})


def test_what_stands_inside_an_open_schema_stays_closed():
    @dataclasses.dataclass
    class Point:
        x: int

    def f(at: Point, **others: int):
        return at, others

    tool = describe(f)
    parameters = tool.definition["parameters"]
    assert parameters["additionalProperties"] is True
    assert parameters["$defs"]["Point"].get("additionalProperties") is not True
    assert call(f, '{"at": {"x": 1}, "y": 2, "z": null}') == (Point(1), {"y": 2, "z": None})
    with pytest.raises(ArgumentsError, match=r"at\.y: "):
        tool.arguments('{"at": {"x": 1, "y": 2}}')


def test_a_name_may_stand_twice_where_python_allows_it():
    def f(x, /, **others):
        return x, others

    assert call(f, '{"x": 1, "y": 2}') == (1, {"y": 2})


async def later(x: int) -> int:
    return x


def blocking(function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return run


def deferred(function):
    @functools.wraps(function)
    async def run(*args, **kwargs):
        return function(*args, **kwargs)

    return run


class Later:
    async def __call__(self, x: int) -> int:
        return x


@pytest.mark.parametrize(
    ("function", "is_async"),
    [
        (add, False),
        (later, True),
        (functools.partial(later, x=1), True),
        (Adder().later, True),
        (functools.partial(Adder().later), True),
        (Later(), True),
        (Later, False),
        (Adder(), False),
        (blocking(later), False),
        (deferred(add), True),
    ],
)
def test_a_tool_is_async_if_calling_it_gives_a_coroutine(function, is_async):
    assert describe(function).is_async is is_async


@given(st.floats())
def test_numbers_that_are_not_finite_pass(number):
    text = json.dumps({"x": number})
    given = typed(float).arguments(text)["x"]
    assert given == number or math.isnan(number)
