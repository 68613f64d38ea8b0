"""Sixty signatures: what a model is told of each, by OpenAI's own rules where that is strict."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import json
import typing
import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, Optional, Union

import jsonschema
import pydantic
import pytest
from pydantic import Field
from typing_extensions import TypedDict

import strict
from respmagic._arguments import ArgumentsError
from respmagic._tools import describe


class Color(enum.Enum):
    """A colour."""

    RED = "r"
    GREEN = "g"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Size(enum.StrEnum):
    S = "small"
    L = "large"


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


@dataclasses.dataclass
class Tree:
    name: str
    branches: list[Tree] = dataclasses.field(default_factory=list)


class Corner(enum.Enum):
    """Where it stands."""

    LOW = (0, 0)
    MIDDLE = "middle"


class Day(enum.Enum):
    FIRST = dt.date(2026, 1, 1)
    NEW_YEAR = dt.date(2026, 1, 1)  # noqa: PIE796 - another name


class Pair(tuple, enum.Enum):  # noqa: SLOT001 - an Enum has a dict
    ONES = (1, 1)


class Step(enum.Enum):
    DOUBLE = functools.partial(lambda x: 2 * x)


class Share(enum.Enum):
    HALF = 0.5


class Reach(enum.Enum):
    ONE = 1.0
    ALL = float("inf")


class Plain(typing.TypedDict):
    """One of the standard library."""

    title: str
    year: typing.NotRequired[int]


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


class Address(pydantic.BaseModel):
    """Where somebody lives."""

    street: str = Field(description="with the number")
    city: str = "Rome"


class Person(pydantic.BaseModel):
    name: str
    address: Address | None = None
    tags: set[str] = set()


class Dog(pydantic.BaseModel):
    kind: Literal["dog"] = "dog"
    barks: bool


class Cat(pydantic.BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int


Pet = Annotated[Dog | Cat, Field(discriminator="kind")]


# Callables of every kind


def nothing(): ...


def bare(x): ...


def bare_with_defaults(a=1, b="b", c=True, d=None, e=2.5): ...


async def later(x: int): ...


def keyword_only(*, x: int, y: str = "y"): ...


def positional_only(x: int, /, y: int): ...


def rest(x: int, *more: int): ...


def open_to_all(x: int, **more: Any): ...


def yields(x: int) -> Iterable[int]:
    yield x


class Shop:
    def method(self, item: str): ...

    @classmethod
    def of_class(cls, item: str): ...

    @staticmethod
    def static(item: str): ...

    def __call__(self, item: str): ...


def closing_over(base: int):
    def inner(x: int):
        return base + x

    return inner


def many(first: int, second: str, third: float): ...


@functools.wraps(many)
def wrapper(*arguments, **keywords): ...


# Hints


def taking(hint: Any, *default: Any):
    def f(x): ...

    f.__annotations__["x"] = hint
    f.__defaults__ = default or None
    return f


ANY = {"type": "object", "properties": {"x": {}}, "required": ["x"], "additionalProperties": False}


def x(schema, **more):
    """The schema of an object with this as its one property."""
    return {
        "type": "object",
        "properties": {"x": schema},
        "required": ["x"],
        "additionalProperties": False,
        **more,
    }


def items(schema, **more):
    return {"type": "array", "items": schema, **more}


STRING, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
NULL, BOOLEAN = {"type": "null"}, {"type": "boolean"}
ITEM = {
    "type": "object",
    "properties": {"item": STRING},
    "required": ["item"],
    "additionalProperties": False,
}
POINT = {
    "type": "object",
    "properties": {"x": INTEGER, "y": {"type": ["integer", "null"]}},
    "required": ["x", "y"],
    "additionalProperties": False,
}

LOOSE = "loose"
SAME = "whatever it says, by the rules"

# What is called -> the parameters the model is told; LOOSE where there is no strict form.
SIGNATURES: dict[str, tuple[Any, Any]] = {
    "no parameters": (
        nothing,
        {"type": "object", "properties": {}, "required": [], "additionalProperties": False},
    ),
    "no hint": (bare, LOOSE),
    "hints by defaults": (bare_with_defaults, LOOSE),  # d may be anything
    "async": (later, x(INTEGER)),
    "generator": (yields, x(INTEGER)),
    "keyword-only": (keyword_only, SAME),
    "positional-only": (positional_only, SAME),
    "*args are left out": (rest, x(INTEGER)),
    "**kwargs": (open_to_all, LOOSE),
    "method": (Shop().method, ITEM),
    "classmethod": (Shop.of_class, ITEM),
    "staticmethod": (Shop.static, ITEM),
    "callable object": (Shop(), ITEM),
    "closure": (closing_over(1), x(INTEGER)),
    "partial by keyword": (functools.partial(many, second="s"), SAME),
    "partial by place": (functools.partial(many, 1), SAME),
    "wrapper": (wrapper, SAME),
    "str": (taking(str), x(STRING)),
    "int": (taking(int), x(INTEGER)),
    "float": (taking(float), x(NUMBER)),
    "bool": (taking(bool), x(BOOLEAN)),
    "None": (taking(None), x(NULL)),
    "Any": (taking(Any), LOOSE),
    "list": (taking(list), LOOSE),
    "list[int]": (taking(list[int]), x(items(INTEGER))),
    "list[list[float]]": (taking(list[list[float]]), x(items(items(NUMBER)))),
    "Sequence[str]": (taking(Sequence[str]), x(items(STRING))),
    "Iterable[int]": (taking(Iterable[int]), x(items(INTEGER))),
    "dict": (taking(dict), LOOSE),
    "dict[str, int]": (taking(dict[str, int]), LOOSE),
    "Mapping[str, Any]": (taking(Mapping[str, Any]), LOOSE),
    "tuple[int, str]": (taking(tuple[int, str]), LOOSE),
    "tuple[int, ...]": (taking(tuple[int, ...]), x(items(INTEGER))),
    "set[str]": (taking(set[str]), x(items(STRING))),
    "frozenset[int]": (taking(frozenset[int]), x(items(INTEGER))),
    "Literal": (taking(Literal["a", "b"]), x({"type": "string", "enum": ["a", "b"]})),
    "Literal of one": (taking(Literal["a"]), x({"type": "string", "const": "a"})),
    "Literal, mixed": (
        taking(Literal["a", 1, True]),
        x({"type": ["boolean", "integer", "string"], "enum": ["a", 1, True]}),
    ),
    "Enum": (taking(Color), SAME),
    "IntEnum": (taking(Level), SAME),
    "StrEnum": (taking(Size), SAME),
    "date": (taking(dt.date), x({"type": "string", "format": "date"})),
    "datetime": (taking(dt.datetime), x({"type": "string", "format": "date-time"})),
    "time": (taking(dt.time), x({"type": "string", "format": "time"})),
    "timedelta": (taking(dt.timedelta), x({"type": "string", "format": "duration"})),
    "Decimal": (taking(Decimal), SAME),
    "UUID": (taking(uuid.UUID), x({"type": "string", "format": "uuid"})),
    "Path": (taking(Path), x(STRING)),
    "bytes": (taking(bytes), x(STRING)),
    "Optional": (taking(Optional[int]), x({"anyOf": [INTEGER, NULL]})),  # noqa: UP045
    "X | None = None": (taking(int | None, None), x({"anyOf": [INTEGER, NULL]})),
    "Union": (taking(Union[int, str]), x({"anyOf": [INTEGER, STRING]})),  # noqa: UP007
    "union of lists": (
        taking(list[int] | list[str]),
        x({"anyOf": [items(INTEGER), items(STRING)]}),
    ),
    "default": (
        taking(int, 5),
        x({"type": ["integer", "null"], "description": "(default 5)"}),
    ),
    "default of a list": (
        taking(list[int], [1]),
        x({"type": ["array", "null"], "items": INTEGER, "description": "(default [1])"}),
    ),
    "default of an Enum": (taking(Color, Color.RED), SAME),
    "default of a model": (taking(Person, None), SAME),
    "Annotated text": (
        taking(Annotated[int, "how many"]),
        x({"type": "integer", "description": "how many"}),
    ),
    "Annotated Field": (
        taking(Annotated[int, Field(description="how many", ge=1, le=10)]),
        x({"type": "integer", "minimum": 1, "maximum": 10, "description": "how many"}),
    ),
    "Field as the default": (
        taking(int, Field(5, ge=1, description="how many")),
        x(
            {
                "type": ["integer", "null"],
                "minimum": 1,
                "description": "how many (default 5)",
            }
        ),
    ),
    "Field without a default": (
        taking(int, Field(gt=0, description="how many")),
        x({"type": "integer", "exclusiveMinimum": 0, "description": "how many"}),
    ),
    "Field of a pattern": (
        taking(Annotated[str, Field(pattern="^a")]),
        x({"type": "string", "pattern": "^a"}),
    ),
    "Field of a length": (
        taking(Annotated[list[int], Field(min_length=1, max_length=3)]),
        x(items(INTEGER, minItems=1, maxItems=3)),
    ),
    "Field with examples": (taking(Annotated[str, Field(examples=["a"])]), SAME),
    "Field with other words": (taking(Annotated[str, Field(title="T", deprecated=True)]), SAME),
    "Enum of a text or a pair": (taking(Corner), SAME),
    "list of such": (taking(list[Corner]), SAME),
    "such or nothing": (taking(Corner | None), SAME),
    "default of such": (taking(Corner, Corner.LOW), SAME),
    "TypedDict": (taking(Movie), SAME),
    "TypedDict of typing": (taking(Plain), SAME),
    "TypedDicts in other types": (taking(dict[str, Annotated[list[Plain], "all"]]), LOOSE),
    "TypedDict | None": (taking(Plain | None, None), SAME),
    "dataclass": (taking(Point), x({"$ref": "#/$defs/Point"}, **{"$defs": {"Point": POINT}})),
    "list of dataclasses": (
        taking(list[Point]),
        x(items({"$ref": "#/$defs/Point"}), **{"$defs": {"Point": POINT}}),
    ),
    "a type that holds itself": (taking(Tree), SAME),
    "BaseModel": (taking(Person), SAME),
    "BaseModel | None": (taking(Person | None, None), SAME),
    "tagged union": (taking(Pet), SAME),
    "email": (taking(Annotated[str, Field(json_schema_extra={"format": "email"})]), SAME),
    "url": (taking(pydantic.AnyUrl), SAME),
    "secret": (taking(pydantic.SecretStr), SAME),
    "positive": (taking(pydantic.PositiveInt), x({"type": "integer", "exclusiveMinimum": 0})),
    "JSON in text": (taking(pydantic.Json), SAME),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_what_a_model_is_told(name):
    function, expected = SIGNATURES[name]
    definition = describe(function).definition
    parameters = definition["parameters"]
    json.dumps(parameters)
    jsonschema.Draft202012Validator.check_schema(parameters)
    assert definition["strict"] is (expected is not LOOSE)
    if definition["strict"]:
        assert strict.faults(parameters) == []
    if isinstance(expected, dict):
        assert parameters == expected


def test_the_checker_finds_what_is_wrong():
    """A second opinion that never objects would be none."""
    good = describe(taking(Point)).definition["parameters"]
    assert strict.faults(good) == []
    for spoil, fault in [
        ({"type": "array", "items": STRING}, "$: the root is no plain object"),
        ({**good, "additionalProperties": True}, "$: additionalProperties is not false"),
        ({**good, "required": []}, "$: required does not name all properties"),
        ({**good, "title": "T"}, "$: title is not supported"),
        (x({}), "$.x: says of no type what it is"),
        (x({"type": "array"}), "$.x: an array without items"),
        (x({"type": "object", "properties": {}}), "$.x: additionalProperties is not false"),
        (x({"$ref": "#/$defs/No"}), "$.x: #/$defs/No leads nowhere"),
        (x({"$ref": "#/$defs/P", "description": "d"}), "$.x: something stands beside a reference"),
        (x({"type": "string", "format": "path"}), "$.x: format path is not supported"),
        (x({"type": "string", "enum": [str(n) for n in range(1001)]}), "more than 1000 values"),
        (x(functools.reduce(lambda inner, _: items(inner), range(11), STRING)), "more than 10 l"),
    ]:
        assert any(found.startswith(fault) for found in strict.faults(spoil)), fault


@pytest.mark.parametrize("name", [name for name, (_, e) in SIGNATURES.items() if e is not LOOSE])
def test_the_strict_form_takes_what_the_loose_one_takes(name):
    """Whatever a model writes by the rules is understood: every default may be null."""
    tool = describe(SIGNATURES[name][0])
    loose = tool.defined(strict=False)["parameters"]
    assert set(loose["properties"]) == set(tool.signature.parameters["properties"])
    given = {key: None for key in loose["properties"] if key not in loose.get("required", [])}
    if not loose.get("required"):
        assert tool.arguments(json.dumps(given)) == {} or all(
            value is None for value in tool.arguments(json.dumps(given)).values()
        )


VALUES: dict[str, tuple[Any, str, Any]] = {
    "date": (dt.date, '"2026-02-03"', dt.date(2026, 2, 3)),
    "datetime": (dt.datetime, '"2026-02-03T04:05:06"', dt.datetime(2026, 2, 3, 4, 5, 6)),
    "time": (dt.time, '"04:05"', dt.time(4, 5)),
    "timedelta": (dt.timedelta, '"P1DT2H"', dt.timedelta(days=1, hours=2)),
    "timedelta in seconds": (dt.timedelta, "90", dt.timedelta(seconds=90)),
    "Decimal": (Decimal, '"0.10"', Decimal("0.10")),
    "UUID": (uuid.UUID, f'"{uuid.UUID(int=7)}"', uuid.UUID(int=7)),
    "Path": (Path, '"a/b.txt"', Path("a/b.txt")),
    "Enum": (Color, '"g"', Color.GREEN),
    "Enum of a text or a pair": (Corner, '"MIDDLE"', Corner.MIDDLE),
    "Enum of a pair": (Corner, '"LOW"', Corner.LOW),
    "list of such": (list[Corner], '["LOW"]', [Corner.LOW]),
    "such or nothing": (Corner | None, '"LOW"', Corner.LOW),
    "such by a word": (dict[str, Annotated[Corner, "c"]], '{"a": "LOW"}', {"a": Corner.LOW}),
    "Enum of dates": (Day, '"FIRST"', Day.FIRST),
    "Enum that is a tuple": (Pair, '"ONES"', Pair.ONES),
    "Enum of functions": (Step, '"DOUBLE"', Step.DOUBLE),
    "Enum of floats": (Share, "0.5", Share.HALF),
    "Enum without an end": (Reach, '"ALL"', Reach.ALL),
    "IntEnum": (Level, "2", Level.HIGH),
    "StrEnum": (Size, '"large"', Size.L),
    "set": (set[str], '["a", "b", "a"]', {"a", "b"}),
    "frozenset": (frozenset[int], "[1]", frozenset({1})),
    "tuple": (tuple[int, str], '[1, "a"]', (1, "a")),
    "tuple of any length": (tuple[dt.date, ...], '["2026-02-03"]', (dt.date(2026, 2, 3),)),
    "dict": (dict[str, Decimal], '{"a": "1.5"}', {"a": Decimal("1.5")}),
    "TypedDict": (Movie, '{"title": "M", "year": 1931}', {"title": "M", "year": 1931}),
    "TypedDict of typing": (Plain, '{"title": "M", "year": null}', {"title": "M"}),
    "TypedDict or dataclass": (Point | Plain, '{"title": "M"}', {"title": "M"}),
    "list of TypedDicts": (list[Plain] | None, '[{"title": "M"}]', [{"title": "M"}]),
    "TypedDict, null": (Movie, '{"title": "M", "year": null}', {"title": "M"}),
    "dataclass": (Point, '{"x": 1, "y": null}', Point(1)),
    "BaseModel": (
        Person,
        '{"name": "A", "address": {"street": "S", "city": null}, "tags": ["t"]}',
        Person(name="A", address=Address(street="S"), tags={"t"}),
    ),
    "tagged union": (Pet, '{"kind": "cat", "lives": 9}', Cat(lives=9)),
    "itself": (Tree, '{"name": "a", "branches": [{"name": "b"}]}', Tree("a", [Tree("b")])),
}


@pytest.mark.parametrize("name", VALUES)
def test_arguments_arrive_as_what_the_hints_say(name):
    hint, given, value = VALUES[name]
    found = describe(taking(hint)).arguments(f'{{"x": {given}}}')["x"]
    assert found == value
    assert type(found) is type(value)


def test_an_enum_that_json_cannot_carry_is_told_by_its_names():
    told = describe(taking(Corner)).definition["parameters"]["properties"]["x"]
    assert told == {"type": "string", "enum": ["LOW", "MIDDLE"], "description": "Where it stands."}
    with pytest.raises(ArgumentsError, match="x: Input should be 'LOW' or 'MIDDLE'"):
        describe(taking(Corner)).arguments('{"x": [0, 0]}')
    told = describe(taking(Day)).definition["parameters"]["properties"]["x"]
    assert "FIRST" in str(told)
    assert "NEW_YEAR" not in str(told)  # another name of the same


def test_a_call_gets_the_default_that_stands_in_a_field():
    many = Field(default_factory=list)

    def function(a: int = Field(5, ge=1), /, b: list[int] = many, *, c: str = Field()):
        return a, b, c

    tool = describe(function)
    for given, value in [
        ('{"c": "c"}', (5, [], "c")),
        ('{"a": null, "b": [1], "c": "c"}', (5, [1], "c")),
        ('{"a": 2, "b": null, "c": "c"}', (2, [], "c")),
    ]:
        assert tool.bound(tool.arguments(given))() == value
    with pytest.raises(ArgumentsError, match="c: Field required"):
        tool.arguments('{"a": 1}')
    with pytest.raises(ArgumentsError, match="a: Input should be greater"):
        tool.arguments('{"a": 0, "c": "c"}')


class Made:
    """A thing."""

    def __init__(self, a: int):
        """Make it.

        Args:
            a: the first
        """


class Bare(pydantic.BaseModel):
    a: int


class Given(Made):
    def __init__(self, a: int):
        self.a = a


@pytest.mark.parametrize(
    ("kind", "said", "of_a"), [(Made, "A thing.", "the first"), (Bare, "", None), (Given, "", None)]
)
def test_a_class_is_described_by_its_own_words(kind, said, of_a):
    definition = describe(kind).definition
    assert definition["description"] == said
    assert definition["parameters"]["properties"]["a"].get("description") == of_a


GOOGLE = """Do it.

    At length.

    Args:
        a: the first
        b (str, optional): the second,
            in two lines. Defaults to "b".

    Returns:
        nothing
    """
NUMPY = """Do it.

    At length.

    Parameters
    ----------
    a : int
        the first
    b : str, optional
        the second,
        in two lines. Defaults to "b".

    Returns
    -------
    None
    """
SPHINX = """Do it.

    At length.

    :param a: the first
    :param str b: the second,
        in two lines. Defaults to "b".
    :returns: nothing
    """


@pytest.mark.parametrize("doc", [GOOGLE, NUMPY, SPHINX], ids=["google", "numpy", "sphinx"])
@pytest.mark.parametrize("kind", ["function", "async", "method", "partial"])
def test_docstrings_of_all_styles_describe_callables_of_all_kinds(doc, kind):
    def function(a: int, b: str = "b"): ...

    async def coroutine(a: int, b: str = "b"): ...

    class Box:
        def method(self, a: int, b: str = "b"): ...

    made = {
        "function": function,
        "async": coroutine,
        "method": Box.method,
        "partial": function,
    }[kind]
    made.__doc__ = doc
    bound = {"method": Box().method, "partial": functools.partial(function)}.get(kind, made)
    definition = describe(bound).definition
    properties = definition["parameters"]["properties"]
    assert definition["description"] == "Do it.\n\nAt length."
    assert properties["a"] == {"type": "integer", "description": "the first"}
    words = " ".join(properties["b"]["description"].split())
    assert words == 'the second, in two lines. Defaults to "b".'
