"""Tools on a notebook's own data, in a real kernel: by name, by handle, with pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import wire
from gateway import Gateway
from kernels import Executed, Kernel, kernel
from replies import Gate, Reply

pytestmark = pytest.mark.kernel

SETUP = '''
%matplotlib inline
import matplotlib.pyplot as plt
import pandas as pd

units = [42, 38, 55, 61, 47, 73, 80, 76, 58, 49, 66, 91]
sales = pd.DataFrame({"month": range(1, 13), "units": units})

@respmagic.tool
def describe(df: pd.DataFrame) -> pd.DataFrame:
    """Summary statistics of a DataFrame."""
    return df.describe()

@respmagic.tool
def filter_rows(df: pd.DataFrame, column: str, above: float) -> pd.DataFrame:
    """Keep the rows of a DataFrame where a column is above a value."""
    return df[df[column] > above]

@respmagic.tool
def plot(df: pd.DataFrame, x: str, y: str):
    """Draw one column of a DataFrame against another."""
    plt.figure(figsize=(2, 1))
    plt.plot(df[x], df[y])
'''
CHAIN = (
    "%%responses\nDescribe sales, keep the rows where units is above 50, and plot units over month."
)


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel() as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    running.check("%reset -f")
    running.check("%reload_ext respmagic")
    running.check(SETUP)
    return running


def asked(gateway: Gateway, prompt: str = "Go", options: str = "") -> str:
    return f"%%responses {options} -m m --base-url {gateway.base_url} --api responses\n{prompt}"


def answers(gateway: Gateway, *rounds: list) -> None:
    """The model makes these calls, round by round, and then says "Done."."""
    for number, calls in enumerate(rounds):
        gateway.add(Reply.sse(wire.call_response(calls, id=f"resp_{number}")))
    gateway.add(Reply.sse(wire.text_response("Done.", id="resp_z")))


def sent(gateway: Gateway, number: int) -> dict:
    return json.loads(gateway.requests[number].body)


def offered(request: dict) -> list[str]:
    return request["tools"][0]["parameters"]["properties"]["df"]["enum"]


def test_the_embedded_model_works_on_a_frame_from_call_to_call(nb: Kernel):
    shown = nb.check(CHAIN)
    html = shown.value["text/html"]
    assert shown.text.split("\n")[0].startswith("describe(df=sales) → df_1: DataFrame, 8 rows")
    assert 'filter_rows(df=sales, column="units", above=50.0) → df_2: DataFrame' in shown.text
    assert 'plot(df=df_2, x="month", y="units") →' in shown.text
    assert html.count("<table") == 2  # each frame in its own rich form
    assert html.count('<img src="data:image/png;base64,') == 1
    assert nb.value("type(_.tool_calls[1].result).__name__, len(_.tool_calls[1].result)") == (
        "('DataFrame', 8)"
    )


def test_the_same_cells_leave_the_same_output_each_time(nb: Kernel):
    first = nb.check(CHAIN)
    nb.check("%reset -f")
    nb.check("%reload_ext respmagic")
    nb.check(SETUP)
    again = nb.check(CHAIN)
    assert again.text.split("\n") == first.text.split("\n")
    assert again.value == first.value


def test_what_a_tool_draws_goes_to_its_card_and_to_the_model(nb: Kernel, gateway: Gateway):
    both = [("plot", {"df": "sales", "x": "month", "y": "units"})] * 2
    answers(gateway, both)
    shown = nb.check(asked(gateway))
    assert shown.value["text/html"].count("<img ") == 2
    outputs = [item["output"] for item in sent(gateway, 1)["input"] if "output" in item]
    for text, image in outputs:
        assert text == {"type": "input_text", "text": "[1 picture]"}
        assert image["image_url"].startswith("data:image/png;base64,")
    assert [o.output_type for o in shown.outputs] == ["execute_result"]


def test_only_the_users_own_public_variables_are_offered(nb: Kernel, gateway: Gateway):
    nb.check("sales")  # and so _, _1, Out[…] hold it, too
    nb.check("_mine = sales")
    nb.check("from collections.abc import Callable\ndef apply(df: Callable): ...")
    answers(gateway)
    nb.check(asked(gateway))
    assert offered(sent(gateway, 0)) == ["sales"]
    answers(gateway)
    nb.check(asked(gateway, options="-t apply"))
    own = ["describe", "filter_rows", "plot", "apply"]  # not exit, get_ipython, open and the like
    assert offered(sent(gateway, 1)) == own


def test_what_is_kept_is_taken_by_later_cells_and_forgotten(nb: Kernel, gateway: Gateway):
    answers(gateway, [("filter_rows", {"df": "sales", "column": "units", "above": 50})])
    nb.check(asked(gateway))
    answers(gateway, [("describe", {"df": "df_1"})])
    nb.check(asked(gateway, options="-c talk"))
    assert nb.value("_response.tool_calls[0].arguments['df'].shape") == "(8, 2)"
    assert "df_1" not in nb.value("dir()")
    listed = nb.check("%responses forget").text
    assert "df_1    DataFrame  8 rows x 2 columns" in listed
    assert nb.check("%responses forget df_1").stream() == "1 object forgotten.\n"
    failed = nb.run("%responses forget df_1")
    assert failed.error.ename == "OptionError"


def test_a_cell_that_is_run_again_replaces_what_it_kept(nb: Kernel, gateway: Gateway):
    def run(name: str) -> Executed:
        answers(gateway, [("filter_rows", {"df": "sales", "column": "units", "above": 50})])
        return nb.finish(nb.start(asked(gateway), cell=name))

    first, _ = run("a"), run("b")
    gateway.add(Reply.json({"error": {"message": "no"}}, 400))
    failed = nb.finish(nb.start(asked(gateway), cell="a"))
    assert failed.error.ename == "StatusError"
    assert "df_1 " in nb.check("%responses forget").text  # a failure loses nothing
    again = run("a")
    assert "→ df_1: " in first.text
    assert again.text == first.text
    assert nb.value("list(__import__('respmagic')._session.current_session().kept)") == (
        "['df_2', 'df_1']"
    )
    assert offered(sent(gateway, 5)) == ["sales", "df_2"]  # of the cell itself nothing is left


def test_an_interrupt_leaves_what_was_made_to_be_named(nb: Kernel, gateway: Gateway):
    hold = Gate()
    calls = [("filter_rows", {"df": "sales", "column": "units", "above": 50})]
    gateway.add(
        Reply.sse(wire.call_response(calls)),
        Reply.sse([hold, *wire.text_response("Never.", id="resp_2")]),
    )
    cell = nb.start(asked(gateway))
    hold.reached.wait()
    nb.interrupt()
    executed = nb.finish(cell)
    hold.open()
    assert executed.error.ename == "Interrupted"
    answers(gateway, [("describe", {"df": "df_1"})])
    assert "describe(df=df_1) → df_2: " in nb.check(asked(gateway)).text
