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
            "Describe sales, keep the rows where units is above 50, and plot units against month",
            [[DESCRIBE, FILTER], [PLOT]],
        ),
        (
            "Keep the rows of sales where units is above 50, then describe the result",
            [[FILTER], [("describe", {"df": "df_1"})]],
        ),
        ("Filter sales to units > 50 and plot units over month", [[FILTER], [PLOT]]),
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


def listed(kind, *entries, said=""):
    """A parameter as a notebook describes it: what is said of it, then a line for each variable."""
    names = [entry.partition(":")[0] for entry in entries]
    lines = "\n".join(f"- {entry}" for entry in entries) or "the notebook has none yet"
    description = f"{said}\na {kind}:{chr(10) if entries else ' '}{lines}".strip()
    return t.one_of(*names, description=description) if names else t.of(t.STRING, description)


ORDERS = "orders: 3 rows x 2 columns (city: str, total: int64)"
STAFF = "staff: 2 rows x 2 columns (name: str, salary: int64)"


def ranked(*entries):
    table = listed("DataFrame", *entries, said="the data to look at")
    return [
        t.tool("top", "First rows of a table.", table=table, n=t.of(t.INTEGER, "how many rows")),
        t.tool(
            "sort",
            "Sort a DataFrame by a column.",
            data=listed("DataFrame", *entries),
            by=t.of(t.STRING, "the column"),
        ),
    ]


def test_the_number_of_a_handle_is_not_the_number_of_rows():
    earlier = [ORDERS, STAFF, "df_1: 2 rows x 2 columns", "df_2: 2 rows x 2 columns"]

    def offered(rounds):
        made = [("df_3: 3 rows x 2 columns")] if rounds else []
        return ranked(*earlier, *made)

    outputs = {"sort": lambda **_: "df_3: DataFrame, 3 rows", "top": lambda **_: "df_4: DataFrame"}
    prompt = "Sort orders by total and show the first 2 rows"
    rounds, _, _ = play(prompt, offered, functions=outputs)
    assert rounds == [
        [("sort", {"data": "orders", "by": "total"})],
        [("top", {"table": "df_3", "n": 2})],
    ]


def test_what_no_variable_holds_yet_is_what_the_call_before_makes():
    def offered(rounds):
        models = ["model_1: fitted on day"] if rounds else []
        return [
            t.tool(
                "fit",
                "Train a linear regression.",
                df=listed("DataFrame", ORDERS),
                target=t.of(t.STRING, "the column to predict"),
            ),
            t.tool(
                "predict",
                "Predict with a trained model.",
                model=listed("sklearn.LinearRegression", *models, said="the model"),
                x=t.of(t.NUMBER, "the input value"),
            ),
        ]

    outputs = {
        "fit": lambda **_: "model_1: sklearn.LinearRegression, fitted",
        "predict": lambda **_: "4",
    }
    prompt = "Train a model of total with orders and predict for x = 4"
    rounds, _, _ = play(prompt, offered, functions=outputs)
    assert [[name for name, _ in calls] for calls in rounds] == [["fit"], ["predict"]]
    assert rounds[1][0][1] == {"model": "model_1", "x": 4}


def test_an_object_of_any_type_is_taken_by_its_name_or_handle():
    def offered(rounds):
        models = ["old_model", *(["linear_1"] if rounds else [])]
        said = "the fitted model\na LinearRegression:\n" + "\n".join(
            f"- {m}: fitted" for m in models
        )
        points = t.one_of(
            "points", description="the data\nan ndarray:\n- points: 50 x 2 of float64"
        )
        return [
            t.tool("train_model", "Fit a line to points.", data=points),
            t.tool(
                "predict",
                "Predict y for an x.",
                model=t.one_of(*models, description=said),
                x=t.NUMBER,
            ),
        ]

    functions = {
        "train_model": lambda data: "linear_1: LinearRegression, 1 feature",
        "predict": lambda model, x: 4.2,
    }
    rounds, text, _ = play(
        "Train a model on points and predict y for 3", offered, functions=functions
    )
    assert rounds == [
        [("train_model", {"data": "points"})],
        [("predict", {"model": "linear_1", "x": 3})],
    ]
    assert "4.2" in text
