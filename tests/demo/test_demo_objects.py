"""Tools on the notebook's own objects: variables by an enum, results by a handle."""

import demo_tools as t
import pytest
from demo_play import play

COLUMNS = "region, month, units, price"


def offered(rounds):
    """What a notebook with the DataFrame `sales` declares, and with `df_1` once there is one."""
    names, shapes = ["sales"], [f"sales (120 rows x 4 columns: {COLUMNS})"]
    if any(name == "filter_rows" for calls in rounds for name, _ in calls):
        names.append("df_1")
        shapes.append(f"df_1 (31 rows x 4 columns: {COLUMNS})")
    df = t.one_of(*names, description="a DataFrame: " + "; ".join(shapes))
    return [
        t.tool("describe", "Summary statistics of a DataFrame.", df=df),
        t.tool(
            "filter_rows",
            "Keep the rows where a column lies in a range.",
            "above below",
            df=df,
            column=t.of(t.STRING, "the column to look at"),
            above=t.of(t.NUMBER, "keep what is above this"),
            below=t.of(t.NUMBER, "keep what is below this"),
        ),
        t.tool(
            "plot",
            "Draw one column against another.",
            df=df,
            x=t.of(t.STRING, "column of the x axis"),
            y=t.of(t.STRING, "column of the y axis"),
        ),
    ]


KEPT = f"df_1: DataFrame, 31 rows x 4 columns ({COLUMNS})\n  region month units price"
OUTPUTS = {
    "describe": lambda df: "count 120",
    "filter_rows": lambda df, **_: KEPT,
    "plot": lambda df, x, y: "a figure",
}
DESCRIBE = ("describe", {"df": "sales"})
FILTER = ("filter_rows", {"df": "sales", "column": "units", "above": 50})
PLOT = ("plot", {"df": "df_1", "x": "month", "y": "units"})


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "Describe sales, keep the rows where units is above 50, and plot month against units",
            [[DESCRIBE, FILTER], [PLOT]],
        ),
        (
            "Keep the rows of sales where units is above 50, then describe the result",
            [[FILTER], [("describe", {"df": "df_1"})]],
        ),
        ("Filter sales to units > 50 and plot units over month", [[FILTER], [PLOT]]),
        (
            "描述 sales,保留 units 大于 50 的行,然后画出 month 和 units 的图",
            [[DESCRIBE, FILTER], [PLOT]],
        ),
        (
            "Keep the rows of sales where units is above 50 and describe sales",
            [[FILTER, DESCRIBE]],
        ),
        (
            "Plot units over month for sales and describe it",
            [[("plot", {"df": "sales", "x": "month", "y": "units"}), DESCRIBE]],
        ),
    ],
)
def test_a_call_works_on_the_object_that_the_call_before_it_made(prompt, expected):
    assert play(prompt, offered, functions=OUTPUTS)[0] == expected


@pytest.mark.parametrize("output", ["31 rows kept", "df_7: DataFrame, 31 rows", "Error: no such"])
def test_without_a_handle_that_is_offered_the_call_keeps_to_the_variable_it_knows(output):
    functions = {**OUTPUTS, "filter_rows": lambda df, **_: output}
    prompt = "Keep the rows of sales where units is above 50, then plot units over month"
    rounds, _, _ = play(prompt, offered, functions=functions)
    assert rounds == [[FILTER], [("plot", {"df": "sales", "x": "month", "y": "units"})]]


def test_it_is_the_object_of_the_turn_before():
    prompt = "Keep the rows of sales where units is above 50"
    _, _, history = play(prompt, offered, functions=OUTPUTS)
    later = offered([[FILTER]])
    rounds, _, _ = play("Now describe it", later, history, functions=OUTPUTS)
    assert rounds == [[("describe", {"df": "df_1"})]]
