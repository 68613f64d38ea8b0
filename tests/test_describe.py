"""What a model is given of a value: bounded, and with the cut said."""

import dataclasses
import datetime as dt
import enum
import json
import os
import sqlite3
import subprocess
import sys
from collections import deque

import numpy as np
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

import respmagic
from respmagic._describe import (
    BUDGET,
    _registered,
    described,
    is_object,
    parts_of,
    safe_repr,
    summary,
)


class Color(enum.Enum):
    RED = "r"


@dataclasses.dataclass
class Point:
    x: int


class Model(pydantic.BaseModel):
    a: int = 1


class Shy:
    def __repr__(self):
        raise RuntimeError("no words")


class Proud:
    def __repr__(self):
        return "<Proud>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text as it is", "text as it is"),
        ("", ""),
        (None, "null"),
        (True, "true"),
        (5, "5"),
        (2.5, "2.5"),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        ([1, "a", None], '[1,"a",null]'),
        ({"a": {"b": (1, 2)}}, '{"a":{"b":[1,2]}}'),
        ({1: "a"}, '{"1":"a"}'),
        ({1}, "[1]"),
        (deque([1, 2]), "[1,2]"),
        (dt.date(2026, 2, 3), '"2026-02-03"'),
        (Color.RED, '"r"'),
        (Point(1), '{"x":1}'),
        (Model(), '{"a":1}'),
        (b"ab", '"ab"'),
        ([Proud()], '["<Proud>"]'),
        (np.int64(5), "5"),
        (np.float32(0.5), "0.5"),
        (np.bool_(1), "true"),
        ({"mean": np.float64(1.5)}, '{"mean":1.5}'),
        ({"a": np.array([[1, 2], [3, 4]])}, '{"a":[[1,2],[3,4]]}'),
        (np.datetime64("2026-02-03T04:05:06.000000007"), '"2026-02-03T04:05:06.000000007"'),
        (np.timedelta64(5, "ns"), '"5 nanoseconds"'),
    ],
)
def test_text_stays_and_data_becomes_json(value, text):
    assert described(value) == text


class Row:
    def __init__(self, number):
        self.number = number


def test_what_json_cannot_say_is_given_by_type_and_repr_without_its_address():
    assert described(Proud()) == "<Proud>"
    assert described(Row(1)).endswith(".Row object>")
    assert described(complex(1, 2)) == '"1+2j"'
    assert described(range(3)) == "range(0, 3)"
    assert "Proud" in described({"a": Proud(), "b": 1})
    assert "\\xff" in described(b"\xff")


def test_the_type_is_said_where_the_repr_does_not():
    class Ledger:
        def __repr__(self):
            return "3 accounts"

    assert described(Ledger()).endswith("Ledger, 3 accounts")


def test_a_list_that_holds_itself_is_told():
    value = [1]
    value.append(value)
    assert described(value) == "[1, [...]]"


def test_what_can_be_read_only_once_is_not_read():
    numbers = iter([1, 2])
    assert described(numbers) == "<list_iterator object>"
    assert list(numbers) == [1, 2]
    rows = sqlite3.connect(":memory:").execute("select 1")
    assert "Cursor" in described(rows)
    assert rows.fetchall() == [(1,)]


@pytest.mark.parametrize("value", [Shy(), [Shy()], {"a": Shy()}, (1, {"b": [Shy()]})])
def test_an_object_that_cannot_be_shown_breaks_nothing(value):
    assert "<Shy, whose repr raises RuntimeError: no words>" in described(value)
    assert "no words" in described({Shy(): 1})


def test_an_error_that_cannot_be_shown_breaks_nothing():
    class Mute(Exception):
        def __str__(self):
            raise ValueError

    class Rude:
        def __repr__(self):
            raise Mute

    assert described(Rude()) == "<Rude, whose repr raises Mute>"


class Hostile:
    __class__ = property(lambda self: 1 / 0)

    def __getattr__(self, name):
        raise RuntimeError("no asking")

    def __repr__(self):
        raise RuntimeError("no words")


def test_an_object_that_lies_about_its_class_breaks_nothing():
    for value in (Hostile(), [Hostile()], {"a": Hostile()}):
        assert "Hostile, whose repr raises RuntimeError: no words" in described(value)
        parts_of(value)
    assert is_object(Hostile())
    assert "no words" in summary(Hostile(), 100)


def test_an_object_whose_parts_raise_breaks_nothing():
    class Trap(pydantic.BaseModel):
        @pydantic.computed_field
        def boom(self) -> int:
            raise RuntimeError("boom")

        def __repr__(self):
            return "<Trap>"

    assert "Trap" in described(Trap())


def test_half_a_character_pair_can_be_sent():
    """Names of files on disk may hold such halves."""
    for value in ("a\udcffb", ["a\udcffb"], {"a\udcffb": 1}):
        described(value).encode()
    assert described("a\udcffb") == "a?b"


# Bounds


def test_a_long_text_is_cut_and_says_so():
    assert described("x" * BUDGET) == "x" * BUDGET
    text = described("x" * (BUDGET + 5))
    kept = text.count("x")
    assert text == "x" * kept + f"\n[cut: {BUDGET + 5 - kept} of 20,005 characters left out]"
    assert BUDGET - 5 <= len(text) <= BUDGET


def test_a_long_list_is_told_from_its_beginning():
    text = described(list(range(1_000_000)), 100)
    assert text.startswith("[0,1,2,3,")
    assert text.endswith(' more left out"]')
    *shown, note = json.loads(text)
    assert shown == list(range(len(shown)))
    assert note == f"… {1_000_000 - len(shown):,} more left out"


def test_a_long_list_inside_leaves_room_for_what_stands_beside_it():
    text = described({"rows": [{"n": n} for n in range(10**5)], "note": "x" * 10**6, "total": 5})
    told = json.loads(text)
    assert told["rows"][0] == {"n": 0}
    assert "more left out" in told["rows"][-1]
    assert "characters left out" in told["note"]
    assert told["total"] == 5
    assert BUDGET / 4 < len(text) <= BUDGET
    pairs = json.loads(described({str(n): n for n in range(10**6)}, 200))
    assert "more left out" in pairs["…"]


def test_of_a_large_list_only_the_beginning_is_looked_at():
    looked = []

    class Watched(list):
        def __iter__(self):
            return (looked.append(number) or number for number in range(10**9))

        def __len__(self):
            return 10**9

    assert len(described({"a": Watched(), "b": 1}, 300)) <= 300
    assert len(looked) < 1_000


@pytest.mark.parametrize("budget", [0, 1, 10, 50, 200])
@pytest.mark.parametrize(
    "value",
    ["x" * 500, list(range(500)), Shy(), np.arange(10**5), {str(n): n for n in range(500)}],
    ids=["text", "list", "object", "array", "dict"],
)
def test_the_budget_is_kept_however_small(value, budget):
    assert len(described(value, budget)) <= budget


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.floats(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
        max_leaves=8,
    ),
    st.integers(0, 200),
)
def test_any_value_becomes_text_that_can_be_sent(value, budget):
    described(value).encode()
    assert len(described(value, budget)) <= budget
    assert len(summary(value, 20)) <= 20
    assert "\n" not in summary(value, 20)


# What people say of their own classes


class Portfolio:
    positions = 3

    def _repr_llm_(self):
        return f"{self.positions} positions\nin EUR"


class Fund(Portfolio):
    pass


@pytest.fixture
def own_words():
    """Whatever a test registers is forgotten after it."""
    before = dict(_registered)
    yield
    _registered.clear()
    _registered.update(before)


def test_a_class_says_by_repr_llm_what_models_are_told():
    assert described(Fund()).endswith("Fund, 3 positions\nin EUR")
    assert summary(Fund(), 100) == "3 positions"
    assert "3 positions" in described([Fund()])


@pytest.mark.usefixtures("own_words")
def test_a_registered_describer_wins_for_a_class_and_those_below_it():
    @respmagic.describer(Portfolio)
    def portfolio(value):
        return f"{value.positions} at last"

    assert described(Fund()).endswith("Fund, 3 at last")

    @respmagic.describer(Fund)
    def fund(value):
        return "a fund"

    assert described(Fund()).endswith("Fund, a fund")
    assert described(Portfolio()).endswith("Portfolio, 3 at last")


@pytest.mark.usefixtures("own_words")
def test_a_registered_describer_wins_over_what_is_known_of_a_library():
    respmagic.describer(np.ndarray)(lambda array: f"{array.size} readings")
    assert described(np.arange(4)) == "ndarray, 4 readings"
    assert described({"a": Fund(), "b": np.arange(3)}).count("readings") == 0


@pytest.mark.usefixtures("own_words")
@pytest.mark.parametrize("say", [lambda _: 1 / 0, lambda _: None, lambda _: 5, lambda _: "  "])
def test_a_describer_that_says_nothing_leaves_the_usual_words(say):
    respmagic.describer(Proud)(say)
    assert described(Proud()) == "<Proud>"


@pytest.mark.usefixtures("own_words")
def test_a_describer_that_says_too_much_is_cut():
    respmagic.describer(Proud)(lambda _: "x" * 10**6)
    assert len(described(Proud(), 500)) <= 500
    assert "characters left out]" in described(Proud(), 500)
    assert len(summary(Proud(), 50)) == 50


def test_a_describer_is_for_a_class():
    with pytest.raises(TypeError, match=r"describer takes a class, not 'DataFrame'"):
        respmagic.describer("DataFrame")


def test_an_object_that_has_every_attribute_is_not_asked_for_its_words():
    class Yes:
        def __getattr__(self, name):
            return lambda: "anything"

        def __repr__(self):
            return "<Yes>"

    assert described(Yes()) == "<Yes>"


def test_what_is_missing_in_pandas_is_null():
    pandas = pytest.importorskip("pandas")
    found = [pandas.NaT, pandas.NA]
    assert [described(value) for value in [*found, found]] == ["null", "null", "[null,null]"]
    assert [is_object(value) for value in found] == [False, False]


# Objects and data


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((value, False) for value in (None, 1, 2.5, "a", b"a", True, [Proud()], {"a": Proud()})),
        *((value, False) for value in (dt.date(2026, 1, 1), Color.RED, Point(1), Model())),
        *((value, False) for value in (np.int64(1), np.float64(1), sys, (1, 2))),
        *((value, True) for value in (Proud(), Shy(), np.arange(3), iter([]))),
        (sqlite3.connect(":memory:"), True),
        (Point(Proud()), True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_objects_are_what_json_cannot_carry(value, expected):
    assert is_object(value) is expected


# Sets, whose order differs from run to run


@pytest.mark.parametrize(
    ("value", "told", "shown"),
    [
        ({"b", "a", "c"}, '["a","b","c"]', "{'a', 'b', 'c'}"),
        (frozenset("ba"), '["a","b"]', "frozenset({'a', 'b'})"),
        ({10, 9, 2}, "[2,9,10]", "{2, 9, 10}"),
        ({"b", 1, None}, '["b",1,null]', "{'b', 1, None}"),
        ({("b", 1), ("a", 2)}, '[["a",2],["b",1]]', "{('a', 2), ('b', 1)}"),
        (
            {frozenset("dc"), frozenset("ba")},
            '[["a","b"],["c","d"]]',
            "{frozenset({'a', 'b'}), frozenset({'c', 'd'})}",
        ),
        (set(), "[]", "set()"),
        (frozenset(), "[]", "frozenset()"),
    ],
)
def test_a_set_is_told_in_order(value, told, shown):
    assert described(value) == told
    assert described({"inside": [value]}) == f'{{"inside":[{told}]}}'
    assert (safe_repr(value), summary(value, 200)) == (shown, shown)


def test_also_what_is_told_of_a_large_one():
    words = {f"word {number:05}" for number in range(5_000)}
    told = json.loads(described(words, 400))
    assert told[:2] == ["word 00000", "word 00001"]
    assert told[-1].endswith("more left out")


def test_a_set_is_the_same_in_each_process():
    code = "from respmagic._describe import described; print(described({'a', 'b', 'c', 'd'}))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert said == {'["a","b","c","d"]\n'}
