"""Parameters that JSON cannot carry: names of notebook objects for the model, objects for tools."""

import collections.abc
import dataclasses
import datetime as dt
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from types import FunctionType
from typing import Annotated, Any, Optional, Protocol, Union, runtime_checkable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pydantic
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.base import BaseEstimator
from sklearn.linear_model import LinearRegression

from respmagic._arguments import ArgumentsError
from respmagic._exceptions import ToolDefinitionError
from respmagic._kept import Kept, NotebookObjects
from respmagic._readable import parameter_lines
from respmagic._schema import describe_signature
from respmagic._strict_form import strict_form
from respmagic._tools import describe

SALES = pd.DataFrame({"region": [1], "price": [2.5]})
COSTS = pd.DataFrame({"cost": [1, 2]})
SHAPES = {"sales": "1 row x 2 columns (region: int64, price: float64)"}
SHAPES["costs"] = "2 rows x 1 column (cost: int64)"


class Ledger:
    def __repr__(self):
        return "<3 accounts>"


class Old(Ledger):
    pass


@runtime_checkable
class Pricing(Protocol):
    def price(self): ...


class Flat:
    def price(self):
        return 1


@dataclasses.dataclass
class Job:
    frame: pd.DataFrame


def namespace():
    figure = Figure()
    return {
        "sales": SALES,
        "costs": COSTS,
        "prices": SALES["price"],
        "pixels": np.zeros((2, 3)),
        "drawing": figure,
        "upper": figure.subplots(),
        "ledger": Ledger(),
        "old": Old(),
        "fit": LinearRegression(),
        "db": sqlite3.connect(":memory:"),
        "flat": Flat(),
        "job": Job(SALES),
        "rate": len,
        "note": "costs",
        "pd": pd,
        "_": SALES,
        "_hidden": SALES,
        "Out": {1: SALES},
        "Ledger": Ledger,
    }


def objects(names=None, **options):
    return NotebookObjects(namespace() if names is None else names, Kept(), **options)


def taking(hint, *default, doc=""):
    def f(x): ...

    f.__annotations__["x"] = hint
    f.__defaults__ = default or None
    f.__doc__ = doc
    return f


def described(hint, *default, doc="", resolver=None):
    return describe_signature(taking(hint, *default, doc=doc), "f", resolver or objects())


def schema(hint, *default, **options):
    return described(hint, *default, **options).parameters["properties"]["x"]


def enums(schema):
    """All names that a schema offers."""
    if isinstance(schema, dict):
        inside = [name for value in schema.values() for name in enums(value)]
        return [*schema.get("enum", []), *inside]
    return [name for part in schema for name in enums(part)] if isinstance(schema, list) else []


# What the model is told


def test_a_frame_is_an_enum_of_variables_with_a_few_words_about_each():
    assert schema(pd.DataFrame) == {
        "type": "string",
        "enum": ["sales", "costs"],
        "description": f"a DataFrame:\n- sales: {SHAPES['sales']}\n- costs: {SHAPES['costs']}",
    }


@pytest.mark.parametrize(
    ("hint", "names"),
    [
        (pd.DataFrame, ["sales", "costs"]),
        (pd.Series, ["prices"]),
        (np.ndarray, ["pixels"]),
        (npt.NDArray[np.float64], ["pixels"]),
        (Figure, ["drawing"]),
        (Axes, ["upper"]),
        (BaseEstimator, ["fit"]),
        (LinearRegression, ["fit"]),
        (sqlite3.Connection, ["db"]),
        (Ledger, ["ledger", "old"]),
        (Old, ["old"]),
        (Pricing, ["flat"]),
        (Job, ["job"]),
        (Callable, ["db", "rate"]),
        (Callable[[int], str], ["db", "rate"]),
        (collections.abc.Callable, ["db", "rate"]),
        (Optional[pd.DataFrame], ["sales", "costs"]),  # noqa: UP045 - as users write it
        (pd.DataFrame | None, ["sales", "costs"]),
        (Union[pd.DataFrame, pd.Series], ["sales", "costs", "prices"]),  # noqa: UP007
        (pd.DataFrame | str, ["sales", "costs"]),
        (list[pd.DataFrame], ["sales", "costs"]),
        (Sequence[pd.DataFrame], ["sales", "costs"]),
        (Iterable[pd.DataFrame], ["sales", "costs"]),
        (list[pd.DataFrame | pd.Series], ["sales", "costs", "prices"]),
        (tuple[pd.DataFrame, int], ["sales", "costs"]),
        (tuple[pd.DataFrame, ...], ["sales", "costs"]),
        (dict[str, pd.DataFrame], ["sales", "costs"]),
        (Annotated[pd.DataFrame, "the data"], ["sales", "costs"]),
        (Annotated[pd.DataFrame | None, "the data"], ["sales", "costs"]),
        ("pd.DataFrame", ["sales", "costs"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("default", [(), (None,)], ids=["", "optional"])
def test_the_names_are_those_of_the_objects_that_fit(hint, names, default):
    signature = described(hint, *default)
    assert enums(signature.parameters["properties"]["x"]) == names
    assert signature.references == {"x"}
    json.dumps(signature.parameters)
    if signature.strict:
        assert strict_form(signature.loose) == signature.parameters
        assert signature.parameters["required"] == ["x"]


def test_private_names_modules_and_what_is_not_the_users_own_are_left_out():
    names = {"_": SALES, "__": SALES, "_df": SALES, "df": SALES, "table": SALES, "pd": pd}
    hidden = {"df": SALES, "table": COSTS}  # a name of IPython's that the user has bound anew
    assert enums(schema(pd.DataFrame, resolver=objects(names, hidden=hidden))) == ["table"]
    assert enums(schema(type(sys), resolver=objects(names))) == []


def test_a_docstring_stands_before_the_names():
    doc = "Do.\n\nArgs:\n    x: the data"
    assert schema(pd.Series, doc=doc)["description"].split("\n")[:2] == ["the data", "a Series:"]
    noted = schema(Annotated[pd.Series, pydantic.Field(description="rows")])
    assert noted["description"].startswith("rows\na Series:\n- prices:")
    either = schema(pd.Series | None, doc=doc)
    assert either["description"] == "the data"
    assert either["anyOf"][0]["description"].startswith("a Series:")
    assert schema(np.ndarray)["description"].startswith("an ndarray:")
    assert schema(sqlite3.Connection)["description"].startswith("a sqlite3.Connection:")


def test_where_nothing_fits_the_parameter_says_so_and_has_no_empty_enum():
    signature = described(pd.DataFrame, resolver=objects({}))
    assert signature.strict
    assert signature.parameters["properties"]["x"] == {
        "type": "string",
        "description": "a DataFrame: the notebook has none yet",
    }


def test_the_names_are_those_of_the_moment():
    names = {}
    signature = described(pd.DataFrame, resolver=objects(names))
    names["sales"] = SALES
    assert enums(signature.parameters) == []
    renewed = signature.renewed()
    assert enums(renewed.parameters) == ["sales"]
    assert renewed.strict
    assert signature.validate({"x": "sales"})["x"] is SALES


def test_one_object_of_several_names_is_described_once():
    text = schema(pd.DataFrame, resolver=objects({"a": SALES, "b": SALES}))["description"]
    assert text.endswith("\n- b: the same as a")


def test_of_very_many_the_newest_are_offered_and_all_are_taken():
    names = {f"df{n}": pd.DataFrame({f"column {m}": [n] for m in range(50)}) for n in range(500)}
    signature = described(pd.DataFrame, resolver=objects(names))
    offered = signature.parameters["properties"]["x"]
    assert offered["enum"] == [f"df{n}" for n in range(300, 500)]
    assert len(offered["description"]) < 7_000
    assert offered["description"].endswith("\n- df499")
    assert signature.validate({"x": "df0"})["x"] is names["df0"]


class Hostile:
    __class__ = property(lambda self: 1 / 0)

    def __repr__(self):
        raise RuntimeError("no words")

    def __eq__(self, other):
        raise RuntimeError("no comparing")

    __hash__ = None

    def __getattr__(self, name):
        raise RuntimeError("no asking")


def test_hostile_objects_do_no_harm():
    hostile = Hostile()
    resolver = objects({"bad": hostile, "sales": SALES})
    assert enums(schema(pd.DataFrame, resolver=resolver)) == ["sales"]
    signature = described(Hostile, resolver=resolver)
    assert enums(signature.parameters) == ["bad"]
    assert signature.validate({"x": "bad"})["x"] is hostile


class Vague(type):
    def __subclasscheck__(cls, other):
        raise RuntimeError("who knows")


class Anything(metaclass=Vague):
    pass


@runtime_checkable
class Keyed(Protocol):
    key: str


class Safe:
    @property
    def key(self):
        raise RuntimeError("locked")


class Open:
    key = "k"


def test_classes_that_cannot_be_asked_and_objects_that_do_not_answer_fit_nothing():
    assert enums(schema(Anything)) == []
    names = {"safe": Safe(), "open": Open(), "sales": SALES}
    assert enums(schema(Keyed, resolver=objects(names))) == ["open"]


def test_what_looks_like_a_key_is_masked_in_the_words():
    class Client:
        def __repr__(self):
            return "<Client with sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH>"

    described = schema(Client, resolver=objects({"client": Client()}))["description"]
    assert described.endswith("\n- client: <Client with •••>")


def test_people_read_what_the_model_is_told():
    tool = describe(taking(pd.DataFrame, doc="Sum up.\n\nArgs:\n    x: the data"), objects())
    assert "\n".join(parameter_lines(tool.signature.loose)).split("\n") == [
        '    x: one of "sales", "costs" - the data',
        "        a DataFrame:",
        f"        - sales: {SHAPES['sales']}",
        f"        - costs: {SHAPES['costs']}",
    ]


# What the function is given


@pytest.mark.parametrize(
    ("hint", "sent", "check"),
    [
        (pd.DataFrame, "sales", lambda x: x is SALES),
        (pd.DataFrame | None, None, lambda x: x is None),
        (pd.DataFrame | None, "costs", lambda x: x is COSTS),
        (pd.DataFrame | str, "sales", lambda x: x is SALES),
        (str | pd.DataFrame, "sales", lambda x: x is SALES),
        (str | pd.DataFrame, "other text", lambda x: x == "other text"),
        (float | pd.DataFrame, 2.5, lambda x: x == 2.5),
        (list[pd.DataFrame], ["sales", "costs"], lambda x: x[0] is SALES and x[1] is COSTS),
        (Iterable[pd.DataFrame], ["sales"], lambda x: x[0] is SALES),
        (tuple[pd.DataFrame, int], ["sales", 2], lambda x: x[0] is SALES and x[1] == 2),
        (dict[str, pd.DataFrame], {"a": "sales"}, lambda x: x["a"] is SALES),
        (Callable, "rate", lambda x: x is len),
    ],
    ids=lambda value: "" if isinstance(value, FunctionType) else str(value),
)
def test_the_function_gets_the_object_itself(hint, sent, check):
    assert check(described(hint).validate({"x": sent})["x"])


def test_a_default_is_not_asked_for():
    signature = described(pd.DataFrame, SALES)
    assert "default" not in json.dumps(signature.parameters)
    assert signature.validate({}) == {}
    assert signature.validate({"x": None}) == {}


def test_checks_of_a_users_own_still_run():
    def has_cost(frame):
        if "cost" not in frame:
            raise ValueError("it has no column cost")
        return frame

    signature = described(Annotated[pd.DataFrame, pydantic.AfterValidator(has_cost)])
    assert signature.validate({"x": "costs"})["x"] is COSTS
    with pytest.raises(ValueError, match="it has no column cost"):
        signature.validate({"x": "sales"})


def fault(hint, sent, **options):
    tool = describe(taking(hint), objects(**options))
    with pytest.raises(ArgumentsError) as caught:
        tool.arguments(json.dumps({"x": sent}))
    return str(caught.value).removeprefix("the arguments do not fit: ")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("sale", "x: there is no DataFrame 'sale' (did you mean sales?); there are: sales, costs"),
        ("zzz", "x: there is no DataFrame 'zzz'; there are: sales, costs"),
        ("_hidden", "x: there is no DataFrame '_hidden'; there are: sales, costs"),
        ("pd", "x: there is no DataFrame 'pd'; there are: sales, costs"),
        ("prices", "x: prices is no DataFrame, but of type Series; there are: sales, costs"),
        ("note", "x: note is no DataFrame, but of type str; there are: sales, costs"),
        (5, "x: expected the name of a variable that holds a DataFrame; there are: sales, costs"),
        (
            {"a": 1},
            "x: expected the name of a variable that holds a DataFrame; there are: sales, costs",
        ),
        (
            None,
            "x: expected the name of a variable that holds a DataFrame; there are: sales, costs",
        ),
    ],
)
def test_a_wrong_name_is_told_with_what_there_is(sent, said):
    assert fault(pd.DataFrame, sent) == said


def test_without_any_the_model_is_told_that_there_is_none():
    assert fault(pd.DataFrame, "a {b}", names={}) == (
        "x: there is no DataFrame 'a {b}'; the notebook has none yet"
    )
    assert fault(pd.DataFrame, None, names={}) == (
        "x: expected the name of a variable that holds a DataFrame; the notebook has none yet"
    )


# Types that are made of what JSON carries, and those that cannot be had


class Celsius(float):
    pass


class Word(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("hint", "sent", "value"),
    [
        (np.float64, 2.5, np.float64(2.5)),
        (np.int64, 3, np.int64(3)),
        (Celsius, 2.5, Celsius(2.5)),
        (Word, "a", Word("a")),
        (pd.Timestamp, "2026-02-03T04:05:06", pd.Timestamp("2026-02-03T04:05:06")),
        (pd.Timedelta, "PT5S", pd.Timedelta(seconds=5)),
        (list[np.float64], [1.5], [np.float64(1.5)]),
    ],
    ids=str,
)
def test_a_number_or_a_date_of_a_library_is_made_of_a_plain_one(hint, sent, value):
    signature = described(hint)
    assert enums(signature.parameters) == []
    got = signature.validate({"x": sent})["x"]
    assert got == value
    assert type(got) is type(value)


class Secret(Protocol):
    key: str


@pytest.mark.parametrize("hint", [5, [int], json, type, Secret, "Missing"])
def test_what_is_no_class_is_refused_by_its_parameters_name(hint):
    with pytest.raises(ToolDefinitionError, match=r"^tool f: .*parameter x"):
        described(hint)


def test_without_a_notebook_there_are_no_references():
    with pytest.raises(ToolDefinitionError, match="has a type that JSON cannot carry"):
        describe_signature(taking(pd.DataFrame), "f")


def test_plain_types_are_not_touched():
    for hint in (int, str, dt.date, list[float], Any, pydantic.BaseModel):
        assert described(hint).references == frozenset()
        plain = describe_signature(taking(hint), "f").parameters
        assert described(hint).parameters == plain
    assert re.match(r"a DataFrame:", schema(pd.DataFrame)["description"])
