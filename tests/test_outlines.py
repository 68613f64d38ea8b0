"""Objects of data libraries in outline. A library that is not installed fails here, aloud."""

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from respmagic._describe import described, summary

ROWS = {"region": [1, 2] * 60, "price": [0.5] * 120}
HEAD = "120 rows x 2 columns (region: {}, price: {})"


FRAMES = [
    pytest.param(pd.DataFrame(ROWS), "DataFrame", ("int64", "float64"), id="pandas"),
    pytest.param(pl.DataFrame(ROWS), "polars.DataFrame", ("Int64", "Float64"), id="polars"),
    pytest.param(pa.table(ROWS), "pyarrow.Table", ("int64", "double"), id="pyarrow"),
    pytest.param(
        pa.RecordBatch.from_pydict(ROWS), "pyarrow.RecordBatch", ("int64", "double"), id="batch"
    ),
]


@pytest.mark.parametrize(("frame", "name", "kinds"), FRAMES)
def test_a_table_is_its_columns_and_first_rows(frame, name, kinds):
    head = HEAD.format(*kinds)
    rows = ["1,0.5", "2,0.5"] * 5
    assert described(frame).split("\n") == [
        f"{name}, {head}",
        "region,price",
        *rows,
        "[110 of 120 rows left out]",
    ]
    assert summary(frame, 200) == head


@pytest.mark.parametrize(("frame", "name", "kinds"), FRAMES)
@pytest.mark.parametrize("budget", [0, 20, 100, 130, 500])
def test_the_budget_of_a_table_is_kept_and_rows_are_counted(frame, name, kinds, budget):
    text = described(frame, budget)
    assert len(text) <= budget
    if budget == 500:
        left = int(text.rpartition("[")[2].split()[0])
        assert left == 120 - (text.count("\n") - 2)


def test_a_small_table_is_shown_whole():
    text = described(pd.DataFrame({"a": range(50)}))
    assert text.endswith("\n48\n49")
    assert "left out" not in text
    assert described(pd.DataFrame()) == "DataFrame, 0 rows x 0 columns\n"


def test_an_index_that_means_something_stands_before_the_row():
    by_name = pd.DataFrame({"n": [1]}, index=pd.Index(["a"], name="who"))
    assert described(by_name).endswith("\nwho,n\na,1")
    kept = pd.DataFrame({"n": [1, 2, 3]})[lambda df: df.n > 2]
    assert described(kept).endswith("\nindex,n\n2,3")
    grouped = pd.DataFrame({"a": [1], "b": ["x"], "n": [1.5]}).groupby(["a", "b"]).agg(["sum"])
    assert described(grouped).endswith("\na,b,\"('n', 'sum')\"\n1,x,1.5")


class Hostile:
    def __str__(self):
        raise RuntimeError("no")

    __repr__ = __str__


def test_names_and_cells_are_bounded_whatever_they_are():
    frame = pd.DataFrame(
        [["x" * 10**7, ["y"] * 10**6, Hostile(), b"z" * 10**7, "two\nlines, and a comma"]],
        columns=["a" * 500, "a", "a", float("nan"), ("b", 1)],
        dtype=object,
    )
    text = described(frame)
    assert len(text) < 1500
    assert "whose str raises RuntimeError" in text
    assert text.endswith(',"two lines, and a comma"')
    assert "nan: object, ('b', 1): object" in text


def test_a_wide_table_shows_its_first_columns():
    frame = pd.DataFrame(np.zeros((2, 5_000)))
    text = described(frame)
    assert text.startswith("DataFrame, 2 rows x 5,000 columns (0: float64, 1: float64,")
    assert "… 4,900 more)" in text
    assert "[each row: the first 30 of 5,000 columns]" in text
    assert text.count("\n") == 4
    short = described(frame, 300)
    assert len(short) <= 300
    assert "more)" in short
    assert "rows left out]" in short


CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.dates()
    | st.lists(st.integers(), max_size=3)
)


@given(
    st.lists(st.text() | st.integers() | st.floats() | st.none(), max_size=5).flatmap(
        lambda names: st.tuples(
            st.just(names),
            st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=70),
        )
    ),
    st.integers(0, 2_000),
)
def test_any_table_fits_any_budget(table, budget):
    names, rows = table
    frame = pd.DataFrame(rows, columns=pd.Index(names, dtype=object), dtype=object)
    text = described(frame, budget)
    assert len(text) <= budget
    text.encode()
    whole = described(frame, 10**6)
    assert whole.startswith(f"DataFrame, {len(rows)} row")
    assert ("left out]" in whole) == (len(rows) > 50)
    assert len(summary(frame, 50)) <= 50


def test_of_a_large_table_only_the_first_rows_are_looked_at():
    taken = []

    class Watched(pd.DataFrame):
        @property
        def iloc(self):
            class Slices:
                def __getitem__(_, key):
                    taken.append(key[0].stop)
                    return pd.DataFrame(super(Watched, self).iloc[key])

            return Slices()

        def _forbidden(self, *_args, **_kwargs):
            raise AssertionError("this reads or copies all of it")

        copy = to_string = to_dict = to_csv = memory_usage = itertuples = __repr__ = _forbidden

    text = described(Watched(np.zeros((10**6, 4))))
    assert "1,000,000 rows x 4 columns" in text
    assert text.endswith("[999,990 of 1,000,000 rows left out]")
    assert taken == [0, 10]


def test_a_table_that_cannot_be_read_says_so():
    class Broken(pd.DataFrame):
        @property
        def iloc(self):
            raise RuntimeError("broken")

        def __repr__(self):
            return "<Broken>"

    assert described(Broken({"a": [1]})) == "<Broken>"


def test_a_column_of_its_own():
    prices = pd.Series([0.5] * 60, name="price")
    assert described(prices).startswith("Series, 60 values of float64 named price\n0.5\n")
    assert described(prices).endswith("[50 of 60 values left out]")
    assert described(pd.Series([1], index=["a"])) == "Series, 1 value of int64\nindex,value\na,1"
    assert described(pl.Series("n", [1, 2])) == "polars.Series, 2 values of Int64 named n\n1\n2"
    assert described(pa.array([1, 2])).endswith(", 2 values of int64\n1\n2")
    assert described(pa.chunked_array([[1], [2]])).endswith(", 2 values of int64\n1\n2")
    assert described(pd.Index(["a"], dtype=object)) == "Index, 1 label of object\na"


def test_a_query_that_is_not_collected_is_not_looked_into():
    query = pl.scan_csv("no such file.csv")
    assert described(query) == "polars.LazyFrame, a query that is not collected yet"


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (np.arange(3), "3 values of int64\n[0, 1, 2]"),
        (np.array([[1, 2], [3, 4]]), "2 x 2 of int64\n[[1, 2], [3, 4]]"),
        (np.array(5), "one value of int64\n5"),
        (np.array([], dtype=float), "0 values of float64\n[]"),
        (np.array(["2026-02-03"], "M8[D]"), "1 values of datetime64[D]\n['2026-02-03']"),
        (np.array(["a" * 300, 5, Hostile()], dtype=object), None),
    ],
)
def test_a_small_array_is_shown_whole(array, text):
    said = described(array)
    assert said == f"ndarray, {text}" if text else len(said) < 400


def test_of_a_large_array_the_first_values_are_shown():
    text = described(np.zeros((1000, 1000)))
    assert text.startswith("ndarray, 1,000 x 1,000 of float64, the first 50:\n[0.0, 0.0,")
    assert text.endswith("0.0, …]")


def test_a_figure_is_told_by_what_is_drawn():
    figure = Figure(figsize=(4, 3), dpi=100)
    axes = figure.subplots()
    assert described(figure).endswith("\naxes: empty")
    axes.plot([1, 2], [3, 4])
    axes.bar([1, 2], [3, 4])
    axes.set(title="Sales", xlabel="month", ylabel="units")
    line = "axes: title 'Sales', x 'month', y 'units', 1 line, 2 patches"
    assert described(figure) == f"Figure, 400 x 300 pixels, 1 axes\n{line}"
    assert described(axes) == f"Axes, {line}"
    assert mpl.get_backend()  # described without pyplot


def test_an_image_is_told_by_its_size():
    assert described(Image.new("RGB", (30, 20))) == "PIL.Image, 30 x 20 pixels, mode RGB"


def test_an_estimator_is_told_by_its_parameters_and_what_it_has_learnt():
    model = LinearRegression(fit_intercept=False)
    name = "sklearn.LinearRegression"
    assert described(model) == f"{name}, not fitted: LinearRegression(fit_intercept=False)"
    model.fit(pd.DataFrame({"month": [1.0, 2.0]}), [1.0, 2.0])
    said = described(model)
    assert said.startswith(
        f"{name}, fitted on month: LinearRegression(fit_intercept=False)\nlearnt:"
    )
    assert "coef_" in said
    pipeline = make_pipeline(StandardScaler(), model)
    assert "\n" not in summary(pipeline, 200)
    assert "StandardScaler" in described(pipeline)


def test_no_library_is_imported_to_describe():
    script = (
        "import sys\nfrom respmagic._describe import described\n"
        "described({'a': [1, object()]}), described(object())\n"
        "names = {'pandas', 'polars', 'pyarrow', 'numpy', 'matplotlib', 'PIL', 'sklearn'}\n"
        "print(sorted(names & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
