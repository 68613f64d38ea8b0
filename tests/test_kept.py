"""What tools gave, kept under handles."""

import gc
import threading
import weakref
from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from IPython.display import Image as Shown
from matplotlib.figure import Figure
from PIL import Image
from sklearn.linear_model import LinearRegression

from respmagic import _kept
from respmagic._commands import run_command
from respmagic._exceptions import OptionError
from respmagic._kept import Kept, KeptObject, NotebookObjects
from respmagic._session import Session


def frame():
    return pd.DataFrame({"a": [1]})


def objects(names=None, kept=None, cell=None):
    return NotebookObjects(
        {} if names is None else names, Kept() if kept is None else kept, cell=cell
    )


class Mine:
    pass


class Sub(pd.DataFrame):
    pass


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (frame(), "df_1"),
        (Sub(), "df_1"),
        (pl.DataFrame(), "df_1"),
        (pd.Series([1]), "series_1"),
        (np.arange(3), "array_1"),
        (Figure(), "figure_1"),
        (Figure().subplots(), "axes_1"),
        (Image.new("L", (1, 1)), "image_1"),
        (Shown(data=b"\x89PNG\r\n\x1a\n"), "image_1"),
        (LinearRegression(), "model_1"),
        (Mine(), "object_1"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_handle_says_what_it_is(value, name):
    assert objects().keep(value, "f") == name


def test_handles_count_and_never_take_a_users_name():
    here = objects({"df_2": 5, "_df_3": 1})
    assert [here.keep(frame(), "f") for _ in range(3)] == ["df_1", "df_3", "df_4"]
    assert here.keep(Mine(), "f") == "object_1"


def test_an_object_that_has_a_name_is_not_kept_again():
    sales, kept = frame(), Kept()
    here = objects({"sales": sales}, kept)
    assert here.keep(sales, "f") == "sales"
    assert len(kept) == 0
    new = frame()
    assert [here.keep(new, "f"), here.keep(new, "g")] == ["df_1", "df_1"]
    assert kept["df_1"].tool == "f"


def test_a_handle_is_offered_after_the_variables_and_found():
    here = objects({"sales": frame()})
    new = frame()
    here.keep(new, "f")
    assert list(here.offered(pd.DataFrame)) == ["sales", "df_1"]
    assert here.found("df_1", pd.DataFrame) is new


def test_while_tools_are_described_each_object_is_looked_at_once():
    looked = []

    class Seen:
        def __repr__(self):
            looked.append(self)
            return "<Seen>"

    names = {"seen": Seen()}
    here = objects(names)
    with here.steady():
        assert here.offered(Seen) == here.offered(Seen) == {"seen": "<Seen>"}
        names["second"] = Seen()
        assert list(here.offered(Seen)) == ["seen"]
    assert len(looked) == 1
    assert list(here.offered(Seen)) == ["seen", "second"]


def test_a_users_variable_hides_a_handle_of_its_name():
    names = {}
    here = objects(names)
    here.keep(frame(), "f")
    names["df_1"] = 5
    assert here.offered(pd.DataFrame) == {}
    with pytest.raises(LookupError, match="df_1 is no DataFrame, but of type int"):
        here.found("df_1", pd.DataFrame)
    del names["df_1"]
    assert list(here.offered(pd.DataFrame)) == ["df_1"]


def test_what_is_kept_lives_until_it_is_forgotten():
    kept = Kept()
    here = objects(kept=kept)
    here.keep(frame(), "f")
    here.keep(frame(), "g")
    assert list(kept) == ["df_1", "df_2"]
    kept.forget("df_1")
    with pytest.raises(LookupError, match="there is no DataFrame 'df_1'"):
        here.found("df_1", pd.DataFrame)
    with pytest.raises(OptionError, match=r"nothing is kept as 'df_3' \(did you mean df_2\?\)"):
        kept.forget("df_3")
    assert kept.clear() == 1
    assert len(kept) == 0


def test_the_oldest_goes_once_there_are_very_many_and_its_handle_is_not_given_again(monkeypatch):
    monkeypatch.setattr(_kept, "MOST_KEPT", 2)
    kept = Kept()
    here = objects(kept=kept)
    assert [here.keep(frame(), "f") for _ in range(3)] == ["df_1", "df_2", "df_3"]
    assert list(kept) == ["df_2", "df_3"]
    assert here.keep(frame(), "f") == "df_4"


def test_a_cell_that_is_run_again_replaces_what_it_made():
    kept = Kept()
    objects(kept=kept, cell=("a", "1")).keep(frame(), "f")
    other = objects(kept=kept, cell=("b", "1"))
    other.keep(frame(), "f")
    again = objects(kept=kept, cell=("a", "2"))
    assert list(again.offered(pd.DataFrame)) == ["df_2"]
    assert list(kept) == ["df_1", "df_2"]  # nothing goes before it has made something
    new = frame()
    assert again.keep(new, "f") == "df_1"
    again.settle()
    assert other.found("df_1", pd.DataFrame) is new


def test_a_cell_that_makes_nothing_when_it_is_run_again_leaves_nothing():
    kept = Kept()
    objects(kept=kept, cell=("a", "1")).keep(frame(), "f")
    objects(kept=kept, cell=("a", "2")).settle()
    assert list(kept) == []


def test_nothing_is_replaced_where_nobody_knows_the_cell():
    kept = Kept()
    for _ in range(2):
        here = objects(kept=kept)
        here.keep(frame(), "f")
        here.settle()
    assert list(kept) == ["df_1", "df_2"]


def test_threads_get_handles_of_their_own():
    here, found = objects(), []

    def keep():
        found.extend(here.keep(Mine(), "f") for _ in range(50))

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 200


def test_an_object_kept_says_which_tool_gave_it():
    kept = Kept()
    assert kept.keep(KeptObject(5, "f", None), ()) == "object_1"
    assert [(name, each.tool) for name, each in kept.items()] == [("object_1", "f")]
    assert "object_1" in kept


# %responses forget


def session():
    made = Session(SimpleNamespace(user_ns={}, user_ns_hidden={}))
    made.objects().keep(frame(), "load")
    made.objects().keep(Mine(), "make")
    return made


def test_what_is_kept_is_listed_and_forgotten_by_name():
    here = session()
    here.namespace["object_1"] = 5
    table = run_command("forget", "", here)
    assert table.rows[0] == ("df_1", "DataFrame", "1 row x 1 column (a: int64)", "load")
    assert table.rows[1][2].startswith("hidden by your variable object_1; ")
    assert table.note == "2 objects kept; %responses forget NAME or --all lets go"
    assert run_command("forget", "df_1", here) == "1 object forgotten."
    assert list(here.kept) == ["object_1"]
    with pytest.raises(OptionError, match=r"nothing is kept as 'object_2' \(did you mean object_1"):
        run_command("forget", "object_1, object_2", here)
    assert list(here.kept) == ["object_1"]
    assert run_command("forget", "--all", here) == "1 object forgotten."
    assert run_command("forget", "", here).startswith("Nothing is kept")


def test_what_is_forgotten_is_let_go():
    here = session()
    still_there = weakref.ref(here.kept["df_1"].value)
    assert still_there() is not None
    run_command("forget", "--all", here)
    gc.collect()
    assert still_there() is None


@pytest.mark.parametrize(
    ("line", "said"),
    [("df_1 --all", "names or --all"), ("--al", r"there is no option --al \(did you mean --all")],
)
def test_a_line_that_cannot_be_meant_forgets_nothing(line, said):
    here = session()
    with pytest.raises(OptionError, match=said):
        run_command("forget", line, here)
    assert len(here.kept) == 2
