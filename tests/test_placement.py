"""Which tools run on the main thread: found out from what their code names."""

import functools
import sqlite3
import sys
from typing import Annotated, Optional

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib import pyplot  # noqa: ICN001 - as users write it
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.pyplot import figure as new_figure

from respmagic._placement import needs_main_thread

connection = sqlite3.connect(":memory:")
cursor = connection.cursor()
a_figure = Figure()
frame = pd.DataFrame({"a": [1, 2]})


def by_alias():
    plt.plot([1])


def by_name():
    return pyplot.gcf()


def by_package():
    return mpl.pyplot.gcf()


def by_function():
    return new_figure()


def by_import():
    import matplotlib.pyplot as p  # noqa: ICN001

    p.plot([1])


def by_import_from():
    from matplotlib import pyplot as p  # noqa: ICN001

    p.plot([1])


def by_import_of_a_function():
    from matplotlib.pyplot import plot

    plot([1])


def by_figure():
    a_figure.clear()


def by_connection():
    return connection.execute("select 1")


def by_cursor():
    return cursor.fetchall()


def by_default(db=connection):
    return db


def by_keyword_default(*, db=connection):
    return db


def by_helper():
    return by_alias()


def by_helpers_helper():
    return by_helper()


def by_nested_function():
    def inner():
        return plt.gcf()

    return inner()


def by_lambda():
    return lambda: plt.plot([1])


def by_comprehension():
    return [plt.gcf() for _ in range(2)]


def by_drawing_method():
    return frame.a.hist()


def closing_over(value):
    def inner():
        return value

    return inner


def wrapping(function):
    @functools.wraps(function)
    def wrapper(*args):
        plt.figure()
        return function(*args)

    return wrapper


def transparent(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@wrapping
def by_wrapper(): ...


class Store:
    def __init__(self, database=None):
        self.database = database

    def query(self):
        return self.database.execute("select 1")

    def draw(self):
        plt.plot([1])

    def __call__(self):
        return self.database


def takes_axes(ax: Axes): ...


def takes_optional_axes(ax: Axes | None = None): ...


def takes_old_optional_axes(ax: Optional[Axes]): ...  # noqa: UP045


def takes_figures(figures: list[Figure]): ...


def takes_annotated(figure: Annotated[Figure, "to draw in"]): ...


def takes_quoted(ax: "Optional[plt.Axes]"): ...  # noqa: UP045


def takes_a_connection(db: sqlite3.Connection, sql: str): ...


def takes_a_quoted_cursor(rows: "sqlite3.Cursor | None"): ...


@functools.singledispatch
def chooses(x: int | str): ...


@chooses.register
def _(x: str):
    plt.plot(x)


BOUND = [
    chooses,
    *(value for name, value in list(globals().items()) if name.startswith(("by_", "takes_"))),
    closing_over(connection),
    closing_over(plt),
    functools.partial(by_alias),
    functools.partial(print, connection),
    functools.partial(print, x=a_figure),
    Store(connection),
    Store(connection).query,
    Store().draw,
    transparent(by_alias),
    plt.plot,
    connection.execute,
]


def named(function) -> str:
    """A case's name, the same in each process: addresses differ."""
    return getattr(function, "__qualname__", type(function).__name__)


@pytest.mark.parametrize("function", BOUND, ids=named)
def test_a_tool_that_reaches_for_what_is_bound_runs_on_the_main_thread(function):
    assert needs_main_thread(function)


def pure(x: int) -> int:
    return x + 1


def reads_a_frame():
    return frame.describe()


def opens_its_own_connection():
    import sqlite3

    return sqlite3.connect(":memory:").execute("select 1")


def opens_by_global_module():
    return sqlite3.connect(":memory:")


def plots(plot: str, figure: "FigureName"): ...  # noqa: F821


class Figure2:
    pass


Figure2.__name__ = "Figure"  # of something else
another_figure, a_normaliser = Figure2(), mpl.colors.Normalize()


def uses_other_objects():
    return another_figure, a_normaliser


def given_other_objects(figure: Figure2, norm: mpl.colors.Normalize, at: "Connection"): ...  # noqa: F821


def calls_itself():
    return calls_itself()


def calls_each_other():
    return calls_back()


def calls_back():
    return calls_each_other()


def an_empty_cell():
    def inner():
        return later

    if inner is None:
        later = 1  # never bound: the cell of the closure stays empty
    return inner


FREE = [
    pure,
    reads_a_frame,
    opens_its_own_connection,
    opens_by_global_module,
    plots,
    uses_other_objects,
    given_other_objects,
    calls_itself,
    calls_each_other,
    an_empty_cell(),
    closing_over(5),
    Store(),
    Store().query,
    len,
    print,
    int,
    Store,
    [].append,
    functools.lru_cache(pure),
    functools.partial(pure, 1),
    transparent(pure),
    mpl.rc,
]


@pytest.mark.parametrize("function", FREE, ids=named)
def test_any_other_tool_runs_in_a_thread(function):
    assert not needs_main_thread(function)


def test_a_closure_that_is_not_filled_yet_hides_nothing_else():
    def outer():
        def inner():
            plt.plot(later)

        if inner is None:
            later = 1
        return inner

    assert needs_main_thread(outer())


def test_the_tools_that_draw_by_seaborn_are_known_though_it_is_not_there():
    def draws():
        import seaborn as sns

        sns.lineplot([1])

    assert needs_main_thread(draws)


def test_a_drawing_method_needs_the_main_thread_only_where_pandas_is(monkeypatch):
    monkeypatch.delitem(sys.modules, "pandas")
    assert not needs_main_thread(by_drawing_method)


def test_finding_out_calls_nothing():
    class Trap:
        def __call__(self): ...

        def __getattr__(self, name):
            raise RuntimeError(name)

        def __eq__(self, other):
            raise RuntimeError("compared")

        __hash__ = None

    trap = Trap()
    assert not needs_main_thread(closing_over(trap))
    assert not needs_main_thread(trap)
    assert not needs_main_thread(functools.partial(pure, trap))
