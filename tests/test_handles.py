"""Objects that go from call to call by name: through `respond`, both dialects, a real socket."""

from __future__ import annotations

import asyncio
import gc
import json
import threading
import weakref

import numpy as np
import pandas as pd
import pytest

import respmagic
import wire
from replies import Reply
from respmagic import _config, _session

SALES = pd.DataFrame({"month": [1, 2, 3], "units": [40, 60, 80]})


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """A script of its own: its variables, nothing kept, no keys."""
    names = {"sales": SALES}
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(_session, "_sessions", [])
    monkeypatch.setattr(_session, "current_shell", lambda: None)
    monkeypatch.setattr(_session, "user_namespace", lambda shell: names)
    _config.activate(None)
    yield names
    _config.activate(None)


def filter_rows(df: pd.DataFrame, above: int) -> pd.DataFrame:
    """Keep rows."""
    return df[df["units"] > above]


def total(df: pd.DataFrame) -> int:
    """Add up."""
    return int(df["units"].sum())


def add_column(df: pd.DataFrame) -> pd.DataFrame:
    """Change the frame itself."""
    df["twice"] = df["units"] * 2
    return df


def split(df: pd.DataFrame):
    """Two halves and how many rows there are."""
    return df[:1], df[1:], len(df)


def ask(gateway, *rounds, tools, api="responses", **options):
    """Run a conversation: in each round the model makes these calls, then it says "Done."."""
    for number, calls in enumerate([*rounds, None]):
        gateway.add(_answer(calls, f"resp_{number}", api))
    return respmagic.respond(
        "Go", model="m", base_url=gateway.base_url, api=api, tools=tools, retries=0, **options
    )


def _answer(calls, name, api="responses"):
    if api == "chat":
        events = wire.chat_calls(calls, id=name) if calls else wire.chat_text("Done.", id=name)
    else:
        events = (
            wire.call_response(calls, id=name) if calls else wire.text_response("Done.", id=name)
        )
    return Reply.sse(events)


def offered(request, number=0):
    """The names that a request's first tool takes for its frame."""
    tool = request["tools"][number]
    return tool.get("function", tool)["parameters"]["properties"]["df"]["enum"]


def told(request):
    """What the model was given of the calls so far."""
    if "messages" in request:
        return [each["content"] for each in request["messages"] if each["role"] == "tool"]
    return [
        each["output"] for each in request["input"] if each.get("type") == "function_call_output"
    ]


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_result_is_kept_told_and_taken_by_the_next_call(gateway, api):
    result = ask(
        gateway,
        [("filter_rows", {"df": "sales", "above": 50})],
        [("total", {"df": "df_1"})],
        tools=[filter_rows, total],
        api=api,
    )
    first, second = result.tool_calls
    assert first.arguments["df"] is SALES
    assert first.handles == ("df_1",)
    assert second.arguments["df"] is first.result
    assert second.result == 140
    requests = [json.loads(received.body) for received in gateway.requests]
    assert [offered(request) for request in requests] == [
        ["sales"],
        ["sales", "df_1"],
        ["sales", "df_1"],
    ]
    assert told(requests[-1]) == [
        (
            "df_1: DataFrame, 2 rows x 2 columns (month: int64, units: int64)\n"
            "index,month,units\n1,2,60\n2,3,80"
        ),
        "140",
    ]


def test_the_card_names_objects_as_the_model_did(gateway):
    result = ask(gateway, [("total", {"df": "sales"})], tools=[total])
    assert "total(df=sales) → 180" in result._repr_mimebundle_()["text/plain"]
    assert "df = sales" in result._repr_mimebundle_()["text/html"]


def test_a_handle_is_taken_in_later_runs_until_it_is_forgotten(gateway):
    ask(gateway, [("filter_rows", {"df": "sales", "above": 50})], tools=[filter_rows])
    later = ask(gateway, [("total", {"df": "df_1"})], tools=[total])
    assert later.tool_calls[0].result == 140
    assert offered(later.requests[0]) == ["sales", "df_1"]
    _session.current_session().kept.forget("df_1")
    last = ask(gateway, [("total", {"df": "df_1"})], tools=[total])
    assert offered(last.requests[0]) == ["sales"]
    assert last.tool_calls[0].output == (
        "Error: the arguments do not fit: df: there is no DataFrame 'df_1'; there are: sales"
    )


def test_a_misspelled_name_goes_back_to_the_model_which_may_mend_it(gateway):
    result = ask(gateway, [("total", {"df": "sale"})], [("total", {"df": "sales"})], tools=[total])
    assert result.tool_calls[0].status == "failed"
    assert "(did you mean sales?)" in told(result.requests[1])[0]
    assert result.tool_calls[1].result == 180


def test_handles_follow_the_order_of_the_calls_not_who_was_quicker(gateway):
    second_is_done = threading.Event()

    def slow(df: pd.DataFrame) -> pd.DataFrame:
        assert second_is_done.wait(30)
        return df[:1]

    def quick(df: pd.DataFrame) -> pd.DataFrame:
        second_is_done.set()
        return df[:2]

    calls = [("slow", {"df": "sales"}), ("quick", {"df": "sales"})]
    result = ask(gateway, calls, tools=[slow, quick])
    assert [call.handles for call in result.tool_calls] == [("df_1",), ("df_2",)]
    assert told(result.requests[1])[0].startswith("df_1: DataFrame, 1 row ")


def test_an_object_that_is_changed_and_returned_keeps_its_name(gateway, names):
    names["mine"] = pd.DataFrame({"units": [1]})
    result = ask(
        gateway,
        [("add_column", {"df": "mine"})],
        [("filter_rows", {"df": "mine", "above": 0})],
        [("add_column", {"df": "df_1"})],
        tools=[add_column, filter_rows],
    )
    assert [call.handles for call in result.tool_calls] == [("mine",), ("df_1",), ("df_1",)]
    assert list(_session.current_session().kept) == ["df_1"]
    assert told(result.requests[1])[0].startswith("mine: DataFrame, 1 row x 2 columns")
    shown = json.dumps(result.requests[1]["tools"])
    assert "twice: int64" in shown  # described anew, as it is now


def test_frames_that_are_returned_together_are_kept_each(gateway):
    result = ask(
        gateway, [("split", {"df": "sales"})], [("total", {"df": "df_2"})], tools=[split, total]
    )
    assert result.tool_calls[0].handles == ("df_1", "df_2")
    assert result.tool_calls[1].result == 140
    output = result.tool_calls[0].output
    assert output.startswith("0: df_1: DataFrame, 1 row ")
    assert "\n1: df_2: DataFrame, 2 rows " in output
    assert output.endswith("\n2: 3")


def test_plain_values_are_not_kept(gateway):
    def plain():
        return [{"a": 1}, (2, None), np.float64(0.5), "text"]

    result = ask(gateway, [("plain", {})], tools=[plain])
    assert result.tool_calls[0].handles == ()
    assert result.tool_calls[0].output == '[{"a":1},[2,null],0.5,"text"]'
    assert len(_session.current_session().kept) == 0


def test_an_object_of_any_class_may_go_from_call_to_call(gateway):
    class Account:
        def __init__(self):
            self.balance = 0

        def __repr__(self):
            return f"<Account with {self.balance}>"

    def opened() -> Account:
        return Account()

    def paid(account: Account, amount: int) -> Account:
        account.balance += amount
        return account

    paid.__annotations__["account"] = Account
    result = ask(
        gateway,
        [("opened", {})],
        [("paid", {"account": "object_1", "amount": 5})],
        tools=[opened, paid],
    )
    assert result.tool_calls[1].result.balance == 5
    assert [call.output for call in result.tool_calls] == [
        "object_1: <Account with 0>",
        "object_1: <Account with 5>",
    ]
    assert "enum" not in json.dumps(result.requests[0]["tools"])
    assert '"enum": ["object_1"]' in json.dumps(result.requests[1]["tools"])


def test_the_users_names_are_never_bound_nor_shadowed(gateway, names):
    before = dict(names)
    ask(gateway, [("filter_rows", {"df": "sales", "above": 50})], tools=[filter_rows])
    assert names == before
    names["df_1"] = own = pd.DataFrame({"units": [7]})
    later = ask(gateway, [("total", {"df": "df_1"})], tools=[total])
    assert later.tool_calls[0].arguments["df"] is own


def test_a_variable_that_a_tool_makes_is_offered_at_once(gateway, names):
    def load():
        names["loaded"] = pd.DataFrame({"units": [9]})

    result = ask(gateway, [("load", {})], [("total", {"df": "loaded"})], tools=[total, load])
    assert offered(result.requests[1]) == ["sales", "loaded"]
    assert result.tool_calls[1].result == 9


def test_async_tools_take_and_give_objects_too(gateway):
    async def clipped(df: pd.DataFrame) -> pd.DataFrame:
        await asyncio.sleep(0)
        return df.clip(upper=50)

    gateway.add(
        _answer([("clipped", {"df": "sales"})], "resp_0"),
        _answer([("total", {"df": "df_1"})], "resp_1"),
        _answer(None, "resp_2"),
    )
    result = asyncio.run(
        respmagic.arespond(
            "Go", model="m", base_url=gateway.base_url, api="responses", tools=[clipped, total]
        )
    )
    assert [call.handles for call in result.tool_calls] == [("df_1",), ()]
    assert result.tool_calls[1].result == 140


def test_a_run_inside_a_tool_knows_what_the_outer_one_keeps(gateway):
    where = {"model": "m", "base_url": gateway.base_url, "api": "responses"}

    def delegate() -> int:
        return respmagic.respond("Go", tools=[total], **where).tool_calls[0].result

    gateway.add(
        _answer([("filter_rows", {"df": "sales", "above": 50})], "resp_0"),
        _answer([("delegate", {})], "resp_1"),
        _answer([("total", {"df": "df_1"})], "resp_2"),
        _answer(None, "resp_3"),
        _answer(None, "resp_4"),
    )
    result = respmagic.respond("Go", tools=[filter_rows, delegate], **where)
    assert result.tool_calls[1].result == 140


def test_once_forgotten_nothing_holds_an_object_but_the_results(gateway):
    result = ask(
        gateway,
        [("filter_rows", {"df": "sales", "above": 50})],
        [("total", {"df": "df_1"})],
        tools=[filter_rows, total],
    )
    still_there = weakref.ref(result.tool_calls[0].result)
    _session.current_session().kept.clear()
    gc.collect()
    assert still_there() is not None
    del result
    gc.collect()
    assert still_there() is None
