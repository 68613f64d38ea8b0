"""Tools in a real kernel: figures, connections, async cells, the embedded model, shutting down."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import wire
from gateway import Gateway
from kernels import Kernel, kernel
from replies import Gate, Reply

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def running() -> Iterator[Kernel]:
    with kernel() as started:
        yield started


@pytest.fixture
def nb(running: Kernel) -> Kernel:
    running.check("%reset -f")
    running.check("%reload_ext respmagic")
    return running


def cell(gateway: Gateway, prompt: str = "Go", options: str = "") -> str:
    return f"%%responses {options} -m gpt-test --base-url {gateway.base_url} --retries 0\n{prompt}"


def answers(gateway: Gateway, *streams: list[wire.Event]) -> None:
    gateway.add(*(Reply.sse(stream, framing="chunked") for stream in streams))


SEED = """请同时帮我做以下几件事:
1. 获取当前系统时间
2. 查看系统信息(操作系统、内存等)
3. 帮我计算 123.5 + 456.7 的结果
4. 生成3个1-100之间的随机数

这是一个并行工具调用测试,请同时执行这些任务。"""

SEED_TOOLS = '''
import datetime, platform, random

@respmagic.tool
def random_generator(min: int = 1, max: int = 100, count: int = 1) -> list[int]:
    """生成指定范围内的随机数,支持批量生成

    Args:
        min: 最小值(默认1)
        max: 最大值(默认100)
        count: 生成数量(默认1,最大10)
    """
    return [random.randint(min, max) for _ in range(count)]

@respmagic.tool
def system_info() -> dict:
    """获取当前系统的基本信息,包括操作系统、Java版本、内存使用情况等"""
    return {"system": platform.system(), "machine": platform.machine()}

@respmagic.tool
def math_calculator(operation: str, a: float, b: float) -> float:
    """执行基本数学运算,支持加减乘除和幂运算

    Args:
        operation: 运算类型: add, subtract, multiply, divide, power
        a: 第一个数字
        b: 第二个数字
    """
    return round({"add": lambda: a + b, "power": lambda: a**b}[operation](), 10)

@respmagic.tool
def current_time() -> str:
    """获取当前系统时间"""
    return datetime.datetime.now().isoformat(timespec="seconds")
'''


def test_the_embedded_model_carries_the_seed_prompt_with_its_four_tools(nb: Kernel):
    nb.check(SEED_TOOLS)
    done = nb.run(f"%%responses r <<\n{SEED}")
    assert done.reply["status"] == "ok"
    assert nb.value("[len(x.function_calls) for x in r.responses], r.model") == (
        "([4, 0], 'respmagic-demo')"
    )
    calls = json.loads(
        nb.value(
            "__import__('json').dumps({c.name: [c.arguments, c.result] for c in r.tool_calls})"
        )
    )
    assert calls["math_calculator"] == [{"operation": "add", "a": 123.5, "b": 456.7}, 580.2]
    arguments, numbers = calls["random_generator"]
    assert arguments == {"min": 1, "max": 100, "count": 3}
    assert len(numbers) == 3
    assert all(1 <= number <= 100 for number in numbers)
    text = nb.value("r.text")
    outcomes = [
        "580.2",
        *map(str, numbers),
        calls["current_time"][1],
        calls["system_info"][1]["system"],
    ]
    assert all(outcome in text for outcome in outcomes)
    assert "embedded demo, not a language model" in done.text


def test_a_figure_that_a_tool_draws_goes_to_its_own_card(nb: Kernel, gateway: Gateway):
    nb.check(
        """
%matplotlib inline
import matplotlib.pyplot as plt
@respmagic.tool
def p():
    "Draw p."
    plt.plot([1, 2]); plt.title("p")
@respmagic.tool
def q():
    "Draw q and return it."
    figure, axes = plt.subplots(); axes.set_title("q")
    return figure
@respmagic.tool
def helper_draws():
    "Draw through a helper."
    draw()
def draw():
    import matplotlib.pyplot as mine
    mine.plot([3, 4]); mine.title("h")
"""
    )
    calls = [("p", {}), ("q", {}), ("helper_draws", {})]
    answers(gateway, wire.call_response(calls), wire.text_response("Drawn."))
    done = nb.run(cell(gateway, options="r <<"))
    assert [o.output_type for o in done.outputs] == ["execute_result"]
    assert done.value["text/html"].count('<img src="data:image/png;base64,') == 3
    assert nb.value("plt.get_fignums()") == "[]"
    assert nb.value("[len(c.card.outputs) for c in r.tool_calls]") == "[1, 0, 1]"
    assert nb.value("r.tool_calls[1].result.axes[0].get_title()") == "q"
    assert nb.value("len({str(c.card.outputs or c.bundle) for c in r.tool_calls})") == "3"


def test_a_sqlite_connection_is_used_on_the_thread_that_made_it(nb: Kernel, gateway: Gateway):
    nb.check(
        """
import sqlite3, threading
db = sqlite3.connect(":memory:")
db.execute("create table t (x)"); db.executemany("insert into t values (?)", [(1,), (2,)])
@respmagic.tool
def total() -> int:
    "Sum up."
    return db.execute("select sum(x) from t").fetchone()[0]
@respmagic.tool
def where() -> bool:
    "Say whether this is the main thread."
    return threading.current_thread() is threading.main_thread()
"""
    )
    calls = [("total", {}), ("where", {})]
    answers(gateway, wire.call_response(calls), wire.text_response("3."))
    nb.run(cell(gateway))
    assert nb.value("[c.result for c in _response.tool_calls]") == "[3, False]"


def test_displays_and_warnings_of_a_call_go_to_its_card(nb: Kernel, gateway: Gateway):
    nb.check(
        """
import warnings
from IPython.display import display, HTML, clear_output
@respmagic.tool
def show(name: str):
    "Show."
    handle = display(HTML(f"<b>first {name}</b>"), display_id=True)
    warnings.warn(f"careful, {name}")
    handle.update(HTML(f"<b>second {name}</b>"))
@respmagic.tool
def cleared():
    "Clear."
    print("gone"); clear_output(); print("stays")
"""
    )
    calls = [("show", {"name": "a"}), ("show", {"name": "b"}), ("cleared", {})]
    answers(gateway, wire.call_response(calls), wire.text_response("Shown."))
    done = nb.run(cell(gateway, options="r <<"))
    html = done.value["text/html"]
    for name in "ab":
        assert html.count(f"<b>second {name}</b>") == 1
        assert f"first {name}" not in html
    assert "careful, b" in nb.value("r.tool_calls[1].stderr")
    assert "careful, a" not in nb.value("r.tool_calls[1].stderr")
    assert nb.value("r.tool_calls[2].stdout") == "stays\n"
    assert done.stream() == done.stream("stderr") == ""


def test_a_data_frame_shows_itself_sanitised(nb: Kernel, gateway: Gateway):
    nb.check(
        """
import pandas as pd
@respmagic.tool
def table():
    "A table."
    return pd.DataFrame({"city": ["<img src=x onerror=alert(1)>"], "n": [3]})
"""
    )
    answers(gateway, wire.call_response([("table", {})]), wire.text_response("Table."))
    html = nb.run(cell(gateway, options="r <<")).value["text/html"]
    assert "<table" in html
    assert "<img" not in html
    assert nb.value("r.tool_calls[0].result.n.sum()") == "3"
    assert nb.value("list(r.to_frame().columns)") == (
        "['name', 'arguments', 'result', 'error', 'seconds']"
    )


def test_exceptions_and_unknown_tools_go_back_to_the_model(nb: Kernel, gateway: Gateway):
    nb.check("@respmagic.tool\ndef divide(a: int, b: int):\n    'Divide.'\n    return a / b")
    calls = [("divide", {"a": 1, "b": 0}), ("divide", {"a": "x", "b": 1}), ("divid", {"a": 1})]
    answers(gateway, wire.call_response(calls), wire.text_response("Sorry."))
    done = nb.run(cell(gateway))
    assert done.reply["status"] == "ok"
    items = gateway.requests[1].json["input"]
    first, second, third = [i["output"] for i in items if i["type"] == "function_call_output"]
    assert first == "Error: ZeroDivisionError: division by zero"
    assert second.startswith("Error: the arguments do not fit: a: Input should be a valid integer")
    assert third == (
        "Error: there is no tool called 'divid' (did you mean divide?); the tools are: divide"
    )
    assert "division by zero" in done.text


def test_arespond_in_an_async_cell(nb: Kernel, gateway: Gateway):
    answers(gateway, wire.call_response([("use", {})]), wire.text_response("Done."))
    done = nb.check(
        f"""
import asyncio
lock = asyncio.Lock()
async def use():
    async with lock:
        print("on the cell's loop")
    return asyncio.get_running_loop() is here
here = asyncio.get_running_loop()
r = await respmagic.arespond("Go", model="m", base_url={gateway.base_url!r}, tools=[use])
print(r.text, r.tool_calls[0].result, r.tool_calls[0].stdout)
"""
    )
    assert done.stream() == "Done. True on the cell's loop\n\n"


def test_interrupting_an_async_cell_cancels_its_request(nb: Kernel, gateway: Gateway):
    gate = Gate()
    events = wire.text_response("Never finished.")
    gateway.add(Reply.sse([*events[:5], gate, *events[5:]], framing="chunked"))
    call = f"respmagic.arespond('Go', model='m', base_url={gateway.base_url!r})"
    msg_id = nb.start(f"await {call}")
    gate.reached.wait()
    nb.interrupt()
    assert nb.finish(msg_id).reply["status"] == "error"
    gateway.disconnected.wait()
    answers(gateway, wire.text_response("Next."))
    assert nb.value(f"(await {call}).text") == "Next."


def test_show_leaves_the_result_and_clears_nothing(nb: Kernel, gateway: Gateway):
    answers(gateway, wire.text_response("Shown."))
    done = nb.check(
        f"print('before')\n"
        f"respmagic.respond('Go', model='m', base_url={gateway.base_url!r}, show=True);\n"
        "print('after')"
    )
    assert done.stream() == "before\nafter\n"
    [display] = [o for o in done.outputs if o.output_type == "display_data"]
    assert "Shown." in display.data["text/html"]
    assert display.data["text/plain"].startswith("Shown.")


def test_verbose_tells_times_and_ids_and_the_default_does_not(nb: Kernel, gateway: Gateway):
    answers(gateway, wire.text_response("A."), wire.text_response("B."))
    assert "resp_1" not in nb.run(cell(gateway)).text
    verbose = nb.run(cell(gateway, options="--verbose")).text
    assert "resp_1" in verbose
    assert "1 request" in verbose


def test_debug_shows_what_was_sent_and_the_whole_traceback(nb: Kernel, gateway: Gateway):
    gateway.add(Reply.json({"error": {"message": "no"}}, 400))
    done = nb.run(cell(gateway, prompt="Tell me", options="--debug"))
    assert json.loads(done.stream())[0]["input"][0]["content"] == "Tell me"
    assert len(done.error.traceback) > 1


def test_a_long_answer_is_painted_without_sending_it_again_and_again(nb: Kernel, gateway: Gateway):
    paragraph = "Some words of an answer that goes on for a while. " * 6 + "\n\n"
    text = paragraph * 40
    answers(gateway, wire.text_response(text))
    done = nb.run(cell(gateway))
    sent = sum(len(html) for html in done.painted())
    assert sent < 4 * len(text)


def test_a_kernel_shuts_down_while_a_tool_sleeps(gateway: Gateway):
    started = Kernel()
    started.check("%load_ext respmagic")
    started.check("import time\n@respmagic.tool\ndef sleep():\n    'Sleep.'\n    time.sleep(600)")
    answers(gateway, wire.call_response([("sleep", {})]))
    msg_id = started.start(cell(gateway))
    for message in started.messages(msg_id):
        if "running" in str(message["content"].get("data", "")):
            break
    started.interrupt()  # the sleeping thread stays behind: C code cannot be stopped
    started.finish(msg_id)
    assert started.exit_code() == 0
