"""The mark that makes a function a tool."""

import dataclasses
import functools
import subprocess
import sys
from unittest import mock

import pytest

import respmagic
from respmagic._mark import Mark, mark_of, tool


def test_a_marked_function_stays_itself():
    def f(): ...

    assert tool(f) is f
    assert mark_of(f) == Mark()


def test_the_mark_may_say_more():
    @tool(name="g", description="Do.", thread=False)
    def f(): ...

    assert mark_of(f) == Mark("g", "Do.", thread=False)
    assert tool()(f) is f


def test_the_public_name_is_the_mark():
    assert respmagic.tool is tool


class Box:
    @tool
    def method(self): ...

    @tool
    def __call__(self): ...


class Slotted:
    __slots__ = ()

    def __call__(self): ...


@dataclasses.dataclass(frozen=True)
class Frozen:
    def __call__(self): ...


def test_methods_partials_objects_and_classes_can_be_marked():
    assert mark_of(Box().method) == Mark()
    for markable in (functools.partial(print), Box(), Box, lambda: None):
        assert mark_of(tool(markable)) == Mark()


def test_a_mark_is_the_things_own():
    class Marked:
        def __call__(self): ...

    tool(Marked)
    assert mark_of(Marked()) is None
    assert mark_of(type("Child", (Marked,), {})) is None


def test_a_wrapper_keeps_the_mark():
    def f(): ...

    tool(f)
    assert mark_of(functools.wraps(f)(lambda: None)) == Mark()


@pytest.mark.parametrize("value", [5, "f", None, [], {}])
def test_what_cannot_be_called_cannot_be_marked(value):
    with pytest.raises(TypeError, match="cannot be called"):
        tool()(value)


@pytest.mark.parametrize("value", [print, Slotted(), Frozen(), Box().method, int, len])
def test_what_cannot_carry_a_mark_says_to_wrap_it(value):
    with pytest.raises(TypeError, match="wrap it in a function"):
        tool(value)


@pytest.mark.parametrize(
    "value", [None, 5, "x", object(), print, int, [], Slotted(), {"__respmagic_tool__": Mark()}]
)
def test_all_else_bears_no_mark(value):
    assert mark_of(value) is None


def test_a_thing_that_answers_to_every_name_bears_no_mark():
    assert mark_of(mock.MagicMock()) is None


def test_looking_for_a_mark_runs_no_code_of_the_value():
    ran = []

    class Lazy:
        @property
        def __class__(self):
            ran.append("class")
            return int

        def __getattr__(self, name):
            ran.append(name)
            return Mark()

        def __getattribute__(self, name):
            ran.append(name)
            return super().__getattribute__(name)

    assert mark_of(Lazy()) is None
    assert ran == []


def test_marking_imports_nothing_heavy():
    code = (
        "import sys, respmagic\n"
        "@respmagic.tool\n"
        "def f(): ...\n"
        "heavy = {'pydantic', 'httpx', 'IPython', 'asyncio', 'traitlets', 'docstring_parser'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
