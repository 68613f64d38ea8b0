"""What a model is given of a tool's value."""

import dataclasses
import datetime as dt
import enum
import json

import numpy as np
import pandas as pd
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._tools import OUTPUT_LIMIT, output_text


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
        (dt.date(2026, 2, 3), '"2026-02-03"'),
        (Color.RED, '"r"'),
        (Point(1), '{"x":1}'),
        (Model(), '{"a":1}'),
        (b"ab", '"ab"'),
        (Proud(), '"<Proud>"'),
        ([Proud()], '["<Proud>"]'),
        (np.int64(5), "5"),
        (np.float32(0.5), "0.5"),
        (np.bool_(1), "true"),
        (np.array([[1, 2], [3, 4]]), "[[1,2],[3,4]]"),
        (np.array(5), "5"),
        ({"mean": np.float64(1.5)}, '{"mean":1.5}'),
        (np.datetime64("2026-02-03T04:05:06.000000007"), '"2026-02-03T04:05:06.000000007"'),
        (np.timedelta64(5, "ns"), '"5 nanoseconds"'),
        (np.array(["a"], dtype=object), '["a"]'),
    ],
)
def test_text_stays_and_all_else_becomes_json(value, text):
    assert output_text(value) == text


def test_what_json_cannot_say_is_given_by_its_repr():
    frame = pd.DataFrame({"a": [1, 2]})
    assert output_text(frame) == json.dumps(repr(frame))
    assert "Proud" in output_text({"a": Proud(), "b": 1})
    assert "\\xff" in output_text(b"\xff")


def test_a_list_that_holds_itself_is_told():
    value = [1]
    value.append(value)
    assert output_text(value) == "[1, [...]]"


@pytest.mark.parametrize("value", [Shy(), [Shy()], {"a": Shy()}, (1, {"b": [Shy()]})])
def test_an_object_that_cannot_be_shown_breaks_nothing(value):
    assert "<Shy, whose repr raises RuntimeError: no words>" in output_text(value)
    assert "no words" in output_text({Shy(): 1})


def test_an_object_whose_parts_raise_breaks_nothing():
    class Trap(pydantic.BaseModel):
        @pydantic.computed_field
        def boom(self) -> int:
            raise RuntimeError("boom")

        def __repr__(self):
            return "<Trap>"

    assert "Trap" in output_text(Trap())


def test_half_a_character_pair_can_be_sent():
    """Names of files on disk may hold such halves."""
    for value in ("a\udcffb", ["a\udcffb"], {"a\udcffb": 1}):
        output_text(value).encode()
    assert output_text("a\udcffb") == "a?b"


def test_a_long_output_is_cut_and_says_so():
    text = output_text("x" * (OUTPUT_LIMIT + 5))
    assert text.startswith("x" * OUTPUT_LIMIT + "\n[cut: 5 of 20,005 characters")
    assert output_text("x" * OUTPUT_LIMIT) == "x" * OUTPUT_LIMIT
    assert output_text([1, 2, 3], limit=3) == "[1,\n[cut: 4 of 7 characters left out]"


def test_a_large_array_is_summed_up():
    text = output_text(np.arange(1_000_000))
    assert "..." in text
    assert len(text) < 200


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.floats(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
        max_leaves=8,
    )
)
def test_any_value_becomes_text_that_can_be_sent(value):
    text = output_text(value)
    text.encode()
    assert len(text) <= OUTPUT_LIMIT + 80
