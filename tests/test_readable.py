"""`%responses tools`: what a model is told of tools and how they run, for people to read."""

from __future__ import annotations

import functools
from typing import Annotated, Any, Literal

import matplotlib.pyplot as plt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

import respmagic
import test_signatures as signatures
from respmagic import UnknownToolError
from respmagic._commands.tools import show_tools
from respmagic._readable import parameter_lines
from respmagic._session import Session
from respmagic._tools import describe


def kind(hint: Any, *default: Any) -> str:
    """The line of a parameter of this type."""
    [line, *_] = parameter_lines(describe(signatures.taking(hint, *default)).signature.loose, "")
    return line.removeprefix("x: ")


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (int, "whole number"),
        (float, "number"),
        (str, "text"),
        (bool, "true or false"),
        (None, "nothing"),
        (Any, "anything"),
        (bytes, "text"),
        (list, "list"),
        (list[int], "list of whole numbers"),
        (list[list[str]], "list of lists of texts"),
        (list[Any], "list"),
        (tuple[int, str], "list (whole number, text)"),
        (dict, "object"),
        (dict[str, float], "object of numbers by name"),
        (int | str, "whole number or text"),
        (int | None, "whole number or nothing"),
        (Literal["a", 1, True], 'one of "a", 1, true'),
        (Literal["a"], '"a"'),
        (signatures.Color, 'one of "r", "g" - A colour.'),
        (signatures.dt.date, "date (2026-02-03)"),
        (signatures.dt.timedelta, "duration (P1DT2H)"),
        (signatures.uuid.UUID, "UUID"),
        (signatures.Path, "path"),
        (Annotated[int, Field(ge=1, lt=9)], "whole number, at least 1, less than 9"),
        (Annotated[list[str], Field(max_length=3)], "list of texts, at most 3 of them"),
        (Annotated[str, "how many"], "text - how many"),
        (signatures.Point, "object"),
    ],
)
def test_types_in_plain_words(hint, words):
    assert kind(hint) == words


@pytest.mark.parametrize(
    ("hint", "default", "words"),
    [
        (int, 5, "whole number, optional (default 5)"),
        (Annotated[int, "how many"], 5, "whole number, optional - how many (default 5)"),
        (str | None, None, "text or nothing, optional"),
    ],
)
def test_what_may_be_left_out_says_so_and_what_stands_for_it(hint, default, words):
    assert kind(hint, default) == words


def test_of_many_values_the_first_are_told():
    hint = Literal[tuple(f"v{n}" for n in range(100))]
    assert kind(hint).endswith('"v11" and 88 more')


def test_nested_fields_stand_below_each_other():
    def order(person: signatures.Person, points: list[signatures.Point], tree: signatures.Tree): ...

    assert list(parameter_lines(describe(order).signature.loose)) == [
        "    person: object",
        "        name: text",
        "        address: object or nothing, optional (default null)",
        "            street: text - with the number",
        '            city: text, optional (default "Rome")',
        "        tags: list of texts, optional (default [])",
        "    points: list of objects",
        "        x: whole number",
        "        y: whole number, optional (default 0)",
        "    tree: object",
        "        name: text",
        "        branches: list of objects, optional",
    ]


@pytest.mark.parametrize("name", signatures.SIGNATURES)
def test_every_signature_can_be_read(name):
    schema = describe(signatures.SIGNATURES[name][0]).signature.loose
    text = "\n".join(parameter_lines(schema))
    assert all(f"    {parameter}: " in text for parameter in schema["properties"])


SCHEMAS = st.recursive(
    st.sampled_from([{}, {"type": "string"}, {"type": ["integer", "null"]}, {"const": 1}]),
    lambda inner: st.one_of(
        st.builds(lambda i: {"type": "array", "items": i}, inner),
        st.builds(lambda a, b: {"anyOf": [a, b]}, inner, inner),
        st.builds(
            lambda p: {"type": "object", "properties": p},
            st.dictionaries(st.text(max_size=3), inner, max_size=3),
        ),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1, max_size=3), SCHEMAS, max_size=3))
def test_no_schema_stops_the_reading(properties):
    assert list(parameter_lines({"type": "object", "properties": properties})) or not properties


# How they run


def shown(*functions: Any, settings: str = "allow") -> str:
    session = Session()
    names = {getattr(f, "__name__", f"tool_{n}"): f for n, f in enumerate(functions)}
    before, session.settings.approve = session.settings.approve, settings
    try:
        return respmagic_tools(session, names)
    finally:
        session.settings.approve = before


def respmagic_tools(session: Session, names: dict[str, Any]) -> str:
    import __main__

    vars(__main__).update(names)
    try:
        return show_tools(",".join(names), session)
    finally:
        for name in names:
            del vars(__main__)[name]


def test_the_last_line_says_how_a_tool_runs():
    def plain(x: int): ...

    async def later(x: int): ...

    def draws(x: Any):
        plt.plot(x)

    @respmagic.tool(thread=True, timeout=2.5, approve="ask", max_output=5000)
    def bounded():
        plt.plot()

    @respmagic.tool(approve="deny")
    def never(): ...

    bounds = "is stopped after 2.5 s; tells the model up to 5,000 characters"
    text = shown(plain, later, draws, bounded, never)
    assert [line for line in text.splitlines() if "[" in line] == [
        "    [strict; runs in a thread; runs without a question]",
        "    [strict; runs on a loop; runs without a question]",
        "    [not strict; runs on the main thread; runs without a question]",
        f"    [strict; runs in a thread; asks before each call; {bounds}]",
        "    [strict; runs in a thread; is never run]",
    ]


def test_what_was_allowed_for_good_says_so():
    @respmagic.tool(approve="ask")
    def asked(): ...

    session = Session()
    session.allowed.append(asked)
    assert "is always allowed, as you said" in respmagic_tools(session, {"asked": asked})


def test_each_tool_has_its_words_and_one_without_says_so():
    def add(x: int, y: int = 1):
        """Add.

        Two numbers.

        Args:
            x: the first,
                in two lines
        """

    assert shown(add, functools.partial(signatures.bare)) == (
        "add: Add.\n\n    Two numbers.\n"
        "    x: whole number - the first,\n        in two lines\n"
        "    y: whole number, optional (default 1)\n"
        "    [strict; runs in a thread; runs without a question]\n\n"
        "bare: (no description)\n    x: anything\n"
        "    [not strict; runs in a thread; runs without a question]"
    )


def test_nothing_of_a_docstring_steers_a_terminal():
    def f(x: Annotated[str, "\x1b[2Jgone"]): ...

    f.__doc__ = "Do\x07 it."
    assert "\x1b" not in shown(f)
    assert "\x07" not in shown(f)


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(UnknownToolError, match="no function called 'nowhere'"):
        show_tools("nowhere", Session())
