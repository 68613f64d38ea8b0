"""The user's names: which functions are tools now."""

import functools
import sys

import pandas as pd
import pytest

from respmagic import tool
from respmagic._exceptions import OptionError, UnknownToolError
from respmagic._namespace import (
    current_shell,
    marked_functions,
    named_functions,
    user_namespace,
)


def marked(name, called=None):
    @tool(name=called)
    def f(): ...

    f.__name__ = name
    return f


class Box:
    value = 5

    @tool
    def method(self): ...

    def plain(self): ...


def test_marked_functions_that_are_bound_now_are_tools_in_order():
    g, f = marked("g"), marked("f")
    namespace = {"g": g, "x": 5, "plain": len, "f": f, "Box": Box}
    assert marked_functions(namespace) == [g, f]
    del namespace["g"]
    assert marked_functions(namespace) == [f]


def test_a_bound_method_is_a_tool_where_it_bears_a_name():
    box = Box()
    bound = box.method
    assert marked_functions({"box": box, "method": bound}) == [bound]


def test_names_that_begin_with_an_underscore_are_not_looked_at():
    f = marked("f")
    assert marked_functions({"_": f, "_f": f, "__": f}) == []


def test_the_newest_version_is_the_one_under_its_own_name():
    old, new = marked("f"), marked("f")
    assert marked_functions({"backup": old, "f": new}) == [new]
    assert marked_functions({"f": new, "backup": old}) == [new]


def test_one_function_under_two_names_is_one_tool():
    f = marked("f")
    assert marked_functions({"f": f, "alias": f}) == [f]


def test_the_marks_name_counts():
    first, second = marked("f", called="a"), marked("f", called="b")
    assert marked_functions({"f": first, "g": second}) == [first, second]


def test_running_functions_are_left_out():
    f, g = marked("f"), marked("g")
    assert marked_functions({"f": f, "g": g}, without=[f]) == [g]
    box, other = Box(), Box()
    namespace = {"one": box.method, "two": other.method}
    assert marked_functions(namespace, without=[box.method]) == [other.method]


def test_values_that_refuse_to_be_compared_are_passed_over():
    frame = pd.DataFrame({"a": [1, 2]})
    f = marked("f")
    assert marked_functions({"frame": frame, "f": f}, without=[frame, f]) == []


def test_tools_may_be_named_or_given():
    def f(): ...

    assert named_functions({"f": f}, ["f", len]) == [f, len]
    assert named_functions({"f": f}, []) == []


def test_a_dotted_name_leads_to_a_method():
    box = Box()
    assert named_functions({"box": box}, ["box.method"]) == [box.method]


def test_a_tool_may_be_named_as_the_model_calls_it():
    f = marked("f", called="plus")
    assert named_functions({"f": f}, ["plus"]) == [f]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ad", "there is no function called 'ad' in the notebook (did you mean add?)"),
        ("xyzzy", "there is no function called 'xyzzy' in the notebook. Run the cell"),
        ("", "there is no function called ''"),
        ("box.mehtod", "there is no function called 'box.mehtod' in the notebook"),
        ("nothing.at.all", "there is no function called 'nothing.at.all'"),
    ],
)
def test_a_name_that_stands_for_nothing_is_told(name, says):
    with pytest.raises(UnknownToolError) as caught:
        named_functions({"add": len, "box": Box(), "x": 5}, [name])
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("tool", "says"),
    [
        ("x", "'x' cannot be a tool: its type is int, not a function"),
        ("box.value", "'box.value' cannot be a tool: its type is int"),
        (5, "a value cannot be a tool: its type is int"),
        (None, "a value cannot be a tool: its type is NoneType"),
    ],
)
def test_what_cannot_be_called_cannot_be_a_tool(tool, says):
    with pytest.raises(OptionError) as caught:
        named_functions({"x": 5, "box": Box()}, [tool])
    assert str(caught.value).startswith(says)


def test_a_large_value_that_is_no_tool_is_not_written_out():
    frame = pd.DataFrame({"a": range(100)})
    with pytest.raises(OptionError) as caught:
        named_functions({}, [frame])
    assert str(caught.value) == "a value cannot be a tool: its type is DataFrame, not a function"


def test_a_partial_is_a_function():
    f = functools.partial(print, 1)
    assert named_functions({"f": f}, ["f"]) == [f]


def test_in_a_script_the_names_are_those_of_main():
    assert user_namespace(None) is vars(sys.modules["__main__"])


def test_with_a_shell_the_names_are_the_users():
    namespace = {"x": 1}

    class Shell:
        user_ns = namespace

    assert user_namespace(Shell()) is namespace


def test_without_ipython_there_is_no_shell(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython.core.interactiveshell", raising=False)
    assert current_shell() is None
