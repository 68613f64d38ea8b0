"""A signature as JSON Schema: hints, defaults, docstrings, the strict form."""

import dataclasses
import datetime as dt
import enum
import functools
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal, Optional, Self

import jsonschema
import numpy as np
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._exceptions import ToolDefinitionError
from respmagic._schema import describe_signature
from respmagic._strict_form import strict_form

ODD = Literal["a", 1, None]  # noqa: PYI061 - as users write it


class Color(enum.Enum):
    RED = "r"
    GREEN = "g"


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0
    color: Color = Color.RED


@dataclasses.dataclass
class Tree:
    name: str
    branches: list["Tree"] = dataclasses.field(default_factory=list)


class Order(pydantic.BaseModel):
    points: list[Point] = []
    note: str | None = None


def taking(hint, *default, doc=""):
    """A function whose parameter `x` has this hint."""

    def f(x): ...

    f.__annotations__["x"] = hint
    f.__defaults__ = default or None
    f.__doc__ = doc
    return f


def described(hint, *default, doc=""):
    return describe_signature(taking(hint, *default, doc=doc), "f")


def schema(hint, *default, doc=""):
    return described(hint, *default, doc=doc).parameters["properties"]["x"]


# Hints


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (int, {"type": "integer"}),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
        (str, {"type": "string"}),
        (None, {"type": "null"}),
        (list[str], {"type": "array", "items": {"type": "string"}}),
        (Sequence[int], {"type": "array", "items": {"type": "integer"}}),
        (Iterable[int], {"type": "array", "items": {"type": "integer"}}),
        (set[int], {"type": "array", "items": {"type": "integer"}}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
        (ODD, {"type": ["integer", "null", "string"], "enum": ["a", 1, None]}),
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (int | str, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
        (dt.date, {"type": "string", "format": "date"}),
        (dt.datetime, {"type": "string", "format": "date-time"}),
        (pydantic.HttpUrl, {"type": "string", "minLength": 1, "maxLength": 2083}),
        (Annotated[int, pydantic.Field(ge=1)], {"type": "integer", "minimum": 1}),
        (Annotated[int, "how many"], {"type": "integer", "description": "how many"}),
        (Color, {"$ref": "#/$defs/Color"}),
        ("int", {"type": "integer"}),
        ("list[Point]", {"type": "array", "items": {"$ref": "#/$defs/Point"}}),
    ],
)
def test_a_hint_becomes_strict_schema(hint, expected):
    signature = described(hint)
    assert signature.strict
    assert signature.parameters["properties"] == {"x": expected}
    assert signature.parameters["required"] == ["x"]
    assert signature.parameters["additionalProperties"] is False


@pytest.mark.parametrize(
    "hint",
    [Any, object, dict, dict[str, int], list, tuple[int, str], pydantic.JsonValue, list[Any]],
)
def test_what_has_no_strict_form_is_said_to_be_loose(hint):
    assert not described(hint).strict
    assert strict_form(described(hint).parameters) is None


def test_a_function_without_parameters_takes_an_empty_object():
    signature = describe_signature(lambda: None, "f")
    assert (signature.strict, signature.description) == (True, "")
    assert signature.parameters == {
        "type": "object",
        "properties": {},
        "required": [],
        "additionalProperties": False,
    }


def test_without_a_hint_the_default_tells_the_type():
    assert schema(int, 3) == schema_of_default(3)
    assert schema_of_default("a") == {"type": ["string", "null"], "description": "(default 'a')"}
    assert schema_of_default(True)["type"] == ["boolean", "null"]
    assert schema_of_default([1]) == {"description": "(default [1])"}
    assert schema_of_default(None) == {}


def schema_of_default(default):
    def f(x=default): ...

    return describe_signature(f, "f").parameters["properties"]["x"]


# Strict form


def test_a_parameter_with_a_default_may_be_null():
    assert schema(int, 3)["type"] == ["integer", "null"]
    assert schema(Literal["a", "b"], "a")["anyOf"] == [
        {"type": "string", "enum": ["a", "b"]},
        {"type": "null"},
    ]
    assert schema(int | None, None)["anyOf"] == [{"type": "integer"}, {"type": "null"}]
    assert schema(int | str, 1)["anyOf"][-1] == {"type": "null"}
    assert schema(Color, Color.RED)["anyOf"] == [{"$ref": "#/$defs/Color"}, {"type": "null"}]
    assert schema(None, None) == {"type": "null"}


def test_every_object_is_closed_and_requires_all():
    signature = described(Order)
    assert signature.strict
    assert_strict(signature.parameters)
    assert signature.parameters["$defs"]["Point"]["properties"]["y"] == {
        "type": ["integer", "null"]
    }


def test_a_reference_stands_alone():
    """OpenAI refuses a description beside a reference."""
    signature = described(Color, doc="Do.\n\nArgs:\n    x: which color")
    assert signature.parameters["properties"]["x"] == {
        "anyOf": [{"$ref": "#/$defs/Color"}],
        "description": "which color",
    }
    assert_strict(signature.parameters)


def test_a_type_may_hold_itself():
    assert described(Tree).strict
    assert_strict(described(Tree).parameters)
    assert described(Tree).validate({"x": {"name": "a", "branches": [{"name": "b"}]}}) == {
        "x": Tree("a", [Tree("b")])
    }


def assert_strict(node):
    if isinstance(node, list):
        for entry in node:
            assert_strict(entry)
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        assert list(node) == ["$ref"]
    if node.get("type") == "object":
        assert node["additionalProperties"] is False
        assert sorted(node["required"]) == sorted(node["properties"])
    assert not {"default", "title", "uniqueItems", "oneOf", "allOf"} & node.keys()
    for key, entry in node.items():
        for child in entry.values() if key in ("properties", "$defs") else [entry]:
            assert_strict(child)


def test_a_property_may_be_called_as_a_keyword_is():
    def f(title: str, default: int, properties: str = "a"): ...

    names = ["title", "default", "properties"]
    assert list(describe_signature(f, "f").parameters["properties"]) == names


HINTS = st.recursive(
    st.sampled_from([int, float, bool, str, None, Color, Point, Literal["a", 2], dt.date]),
    lambda inner: (
        inner.map(lambda hint: list[hint])
        | inner.map(lambda hint: Optional[hint])  # noqa: UP045 - null's own class takes no |
        | st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1] if all(pair) else pair[0])
        | inner.map(lambda hint: dict[str, hint])
    ),
    max_leaves=4,
)


@given(st.lists(st.tuples(HINTS, st.booleans()), max_size=4))
def test_any_signature_has_a_valid_schema_and_keeps_its_names(hints):
    hints.sort(key=lambda pair: pair[1])  # defaults come last
    names = [f"p{n}" for n in range(len(hints))]
    code = ", ".join(n + "=None" * has for n, (_, has) in zip(names, hints, strict=True))
    f = eval(f"lambda {code}: None")
    f.__annotations__ = {name: hint for name, (hint, _) in zip(names, hints, strict=True)}
    signature = describe_signature(f, "f")
    jsonschema.Draft202012Validator.check_schema(signature.parameters)
    assert sorted(signature.parameters["properties"]) == names
    json.dumps(signature.parameters)
    if signature.strict:
        assert_strict(signature.parameters)
    if all(has_default for _, has_default in hints):
        nothing = dict.fromkeys(names)
        given = signature.validate(nothing)
        assert given == {
            name: None for name, (hint, _) in zip(names, hints, strict=True) if takes_null(hint)
        }


def takes_null(hint):
    return hint is None or pydantic.TypeAdapter(hint).validator.isinstance_python(None)


# Docstrings

GOOGLE = """Add them.

    More words.

    Args:
        x: the first
        y (int): the second

    Returns:
        The sum.
    """
NUMPY = """Add them.

    More words.

    Parameters
    ----------
    x : int
        the first
    y : int, optional
        the second

    Returns
    -------
    int
        The sum.
    """
SPHINX = """Add them.

    More words.

    :param x: the first
    :param int y: the second
    :returns: The sum.
    """


@pytest.mark.parametrize("doc", [GOOGLE, NUMPY, SPHINX])
def test_docstrings_of_three_styles_describe_function_and_parameters(doc):
    def f(x: int, y: int = 2): ...

    f.__doc__ = doc
    signature = describe_signature(f, "f")
    assert signature.description == "Add them.\n\nMore words."
    assert {n: s["description"] for n, s in signature.parameters["properties"].items()} == {
        "x": "the first",
        "y": "the second (default 2)",
    }


def test_parameters_that_share_a_line_share_its_words():
    def f(x: int, y: int):
        """Add.

        Parameters
        ----------
        x, y : int
            numbers
        """

    properties = describe_signature(f, "f").parameters["properties"]
    assert [schema["description"] for schema in properties.values()] == ["numbers", "numbers"]


@pytest.mark.parametrize(
    ("text", "default", "shown"),
    [
        ("how many", 3, "how many (default 3)"),
        ("how many.", 3, "how many (default 3)"),
        ("how many, by default three", 3, "how many, by default three"),
        ("how many", None, "how many"),
        ("", 3, "(default 3)"),
        ("", object(), None),
        ("", "x" * 500, None),
        ("", "sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH", "(default '•••')"),
    ],
)
def test_a_default_is_told_where_it_says_something(text, default, shown):
    doc = f"Do.\n\nArgs:\n    x: {text}"
    assert schema(Any, default, doc=doc).get("description") == shown


@pytest.mark.parametrize("note", ["own words", pydantic.Field(description="own words")])
def test_the_words_in_a_hint_are_kept_unless_the_docstring_has_others(note):
    hint = Annotated[int, note]
    assert schema(hint, 3)["description"] == "own words (default 3)"
    assert schema(hint, doc="Do.\n\nArgs:\n    x: other")["description"] == "other"


@given(st.text())
def test_no_docstring_breaks_a_description(doc):
    assert schema(int, doc=doc)["type"] == "integer"


# What cannot be described


@pytest.mark.parametrize(
    "hint",
    [5, [int], {"a": int}, np.ndarray, Callable, type, Self, Literal[()], json]  # noqa: RUF005
    + ["Missing", "int or", "json.nothing", "words for people", "1/0"],
)
@pytest.mark.parametrize("default", [(), (None,)])
@pytest.mark.parametrize("doc", ["", "Do.\n\nArgs:\n    x: it"])
def test_a_bad_hint_is_refused_by_its_parameters_name(hint, default, doc):
    with pytest.raises(ToolDefinitionError, match=r"^tool f: .*parameter x") as caught:
        described(hint, *default, doc=doc)
    assert "arbitrary_types_allowed" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_return_hint_that_cannot_be_resolved_does_no_harm():
    def f(x: "int") -> "Missing": ...  # noqa: F821

    assert describe_signature(f, "f").parameters["properties"] == {"x": {"type": "integer"}}


def test_a_callable_without_a_signature_is_refused():
    def f(): ...

    f.__signature__ = 3
    with pytest.raises(ToolDefinitionError, match="signature"):
        describe_signature(f, "f")


def test_defaults_that_are_no_json_need_no_warning():
    @dataclasses.dataclass
    class Odd:
        key: Any = dataclasses.field(default=object)

    assert not described(Odd).strict


def test_hints_of_both_kinds_stand_beside_a_return_hint_that_cannot_be_resolved():
    def f(x: "int", y=2) -> "Missing": ...  # noqa: F821

    f.__annotations__["y"] = str
    properties = describe_signature(f, "f").parameters["properties"]
    assert [properties["x"]["type"], properties["y"]["type"]] == ["integer", ["string", "null"]]


def test_hints_of_an_object_that_is_called_are_those_of_its_module():
    class Drawer:
        def __call__(self, x: "Point") -> "Missing": ...  # noqa: F821

    assert describe_signature(Drawer(), "f").validate({"x": {"x": 1}}) == {"x": Point(1)}


def test_a_default_whose_repr_raises_is_not_told():
    class Shy:
        def __repr__(self):
            raise RuntimeError

    assert schema(Any, Shy()) == {}


@pytest.mark.parametrize("loose", [{"type": "object"}, {"type": "array"}, {}, {"oneOf": []}])
def test_a_schema_that_leaves_its_inside_open_has_no_strict_form(loose):
    assert strict_form(loose) is None
    assert strict_form({"type": "array", "items": loose}) is None


def test_hints_in_quotes_are_resolved_where_the_function_is():
    f = functools.partial(taking("Point"))
    assert describe_signature(f, "f").validate({"x": {"x": 1}}) == {"x": Point(1)}
