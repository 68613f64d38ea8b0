"""Prompts and tools in, calls out."""

import json

import demo_tools as t
import pytest
from demo_cases import CASES, MORE
from demo_play import play

from respmagic.demo._model import answer
from respmagic.demo._request import read_request


def calls(prompt, tools, **settings):
    body = {"model": "any", "input": prompt, "tools": tools, **settings}
    return [
        (call.name, dict(call.arguments))
        for call in answer(read_request(json.dumps(body).encode())).calls
    ]


@pytest.mark.parametrize(("prompt", "tools", "expected"), [*CASES, *MORE])
def test_the_calls_that_a_prompt_asks_for(prompt, tools, expected):
    assert calls(prompt, tools) == expected


@pytest.mark.parametrize(("prompt", "tools", "expected"), CASES)
def test_the_order_of_the_tools_does_not_matter(prompt, tools, expected):
    assert calls(prompt, tools[::-1]) == expected


RANDOM = t.tool(
    "random_generator",
    "生成指定范围内的随机数,支持批量生成",
    "min max count",
    min=t.of(t.INTEGER, "最小值(默认1)"),
    max=t.of(t.INTEGER, "最大值(默认100)"),
    count=t.of(t.INTEGER, "生成数量(默认1,最大10)"),
)
SYSTEM = t.tool("system_info", "获取当前系统的基本信息,包括操作系统、Java版本、内存使用情况等")
MATH = t.tool(
    "math_calculator",
    "执行基本数学运算,支持加减乘除和幂运算",
    a=t.of(t.NUMBER, "第一个数字"),
    b=t.of(t.NUMBER, "第二个数字"),
    operation=t.of(t.STRING, "运算类型: add, subtract, multiply, divide, power"),
)
CLOCK = t.tool("current_time", "获取当前系统时间")
FOUR = [RANDOM, SYSTEM, MATH, CLOCK]
FOUR_TASKS = (
    "请同时帮我做以下几件事:\n1. 获取当前系统时间\n2. 查看系统信息(操作系统、内存等)\n"
    "3. 帮我计算 123.5 + 456.7 的结果\n4. 生成3个1-100之间的随机数\n\n"
    "这是一个并行工具调用测试,请同时执行这些任务。"
)


def test_four_tasks_are_four_calls_in_one_response_and_four_outcomes():
    functions = {
        "random_generator": lambda **_: [17, 4, 93],
        "system_info": lambda: {"os": "Linux", "memory": "16 GiB"},
        "math_calculator": lambda a, b, operation: round(a + b, 1),
        "current_time": lambda: "2026-11-20 19:00:00",
    }
    rounds, text, _ = play(FOUR_TASKS, FOUR, functions=functions)
    assert rounds == [
        [
            ("current_time", {}),
            ("system_info", {}),
            ("math_calculator", {"a": 123.5, "b": 456.7, "operation": "add"}),
            ("random_generator", {"min": 1, "max": 100, "count": 3}),
        ]
    ]
    for outcome in ("17, 4, 93", "Linux", "16 GiB", "580.2", "2026-11-20 19:00:00"):
        assert outcome in text


def test_numbers_and_the_time():
    prompt = "Give me 3 random numbers between 1 and 100, and tell me the time."
    assert calls(prompt, FOUR) == [
        ("random_generator", {"min": 1, "max": 100, "count": 3}),
        ("current_time", {}),
    ]


# Chains

RANDOMS = t.tool(
    "random_numbers",
    "Random whole numbers",
    "count min max",
    count=t.INTEGER,
    min=t.INTEGER,
    max=t.INTEGER,
)
LOCATION = t.tool("get_location", "The current location of the user")
CAPITAL = t.tool("get_capital", "Capital city of a country", country=t.STRING)
SUMMARY = t.tool("summarize_text", "Summarise a text", text=t.STRING)
CHAINS = [
    (
        "Add 3 and 5, then multiply the result by 2",
        [t.ADD, t.MULTIPLY],
        [[("add", {"a": 3, "b": 5})], [("multiply", {"a": 8, "b": 2})]],
    ),
    (
        "Multiply 6 by 7 and then subtract 2 from it.",
        [t.ADD, t.MULTIPLY, t.SUBTRACT],
        [[("multiply", {"a": 6, "b": 7})], [("subtract", {"a": 42, "b": 2})]],
    ),
    (
        "先计算3加5,然后把结果乘以2",
        [t.MATH],
        [
            [("calculate", {"a": 3, "b": 5, "operation": "add"})],
            [("calculate", {"a": 8, "b": 2, "operation": "multiply"})],
        ],
    ),
    (
        "What is (3 + 5) * 2?",
        [t.ADD, t.MULTIPLY],
        [[("add", {"a": 3, "b": 5})], [("multiply", {"a": 8, "b": 2})]],
    ),
    (
        "What is the square root of the sum of 9 and 16?",
        [t.ADD, t.SQRT],
        [[("add", {"a": 9, "b": 16})], [("square_root", {"x": 25})]],
    ),
    (
        "Get the weather in Paris and convert the temperature to fahrenheit.",
        [t.WEATHER, t.TEMPERATURE],
        [
            [("get_weather", {"location": "Paris"})],
            [
                (
                    "convert_temperature",
                    {"value": 21, "from_unit": "celsius", "to_unit": "fahrenheit"},
                )
            ],
        ],
    ),
    (
        "Convert the price of AAPL to euros",
        [t.STOCK, t.CURRENCY],
        [
            [("get_stock_price", {"symbol": "AAPL"})],
            [
                (
                    "convert_currency",
                    {"amount": 190.5, "from_currency": "USD", "to_currency": "EUR"},
                )
            ],
        ],
    ),
    (
        "What orders does Alice have?",
        [t.USER_ID, t.USER_ORDERS],
        [[("get_user_id", {"name": "Alice"})], [("get_orders", {"user_id": 42})]],
    ),
    (
        "Give me 3 random numbers between 1 and 100 and sort them in descending order",
        [RANDOMS, t.SORT],
        [
            [("random_numbers", {"count": 3, "min": 1, "max": 100})],
            [("sort_numbers", {"numbers": [17, 4, 93], "descending": True})],
        ],
    ),
    (
        "What's the weather at my current location?",
        [t.WEATHER, LOCATION],
        [[("get_location", {})], [("get_weather", {"location": "Lyon"})]],
    ),
    (
        "What is the weather in the capital of France?",
        [t.WEATHER, CAPITAL],
        [[("get_capital", {"country": "France"})], [("get_weather", {"location": "Paris"})]],
    ),
    (
        (
            "Read notes.txt, summarize it, and email the summary to bob@example.com "
            'with subject "Notes"'
        ),
        [t.READ_FILE, SUMMARY, t.EMAIL],
        [
            [("read_file", {"path": "notes.txt"})],
            [("summarize_text", {"text": "hello from a file"})],
            [("send_email", {"to": "bob@example.com", "subject": "Notes", "body": "short"})],
        ],
    ),
]


@pytest.mark.parametrize(("prompt", "tools", "expected"), CHAINS)
def test_an_output_feeds_the_next_call(prompt, tools, expected):
    assert play(prompt, tools)[0] == expected


def test_without_parallel_calls_the_same_calls_come_one_by_one():
    rounds, _, _ = play("weather in Paris and London", [t.WEATHER], parallel_tool_calls=False)
    assert rounds == [
        [("get_weather", {"location": "Paris"})],
        [("get_weather", {"location": "London"})],
    ]


# Several turns


def weather_of_paris():
    return play("What's the weather in Paris?", [t.WEATHER])[2]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("And in Rome?", [("get_weather", {"location": "Rome"})]),
        ("What about London?", [("get_weather", {"location": "London"})]),
        ("Thanks!", []),
    ],
)
def test_a_follow_up_asks_the_same_again(prompt, expected):
    rounds, _, _ = play(prompt, [t.WEATHER], weather_of_paris())
    assert rounds == ([expected] if expected else [])


def test_that_is_what_came_out_before():
    rounds, _, _ = play("Convert that to fahrenheit", [t.TEMPERATURE], weather_of_paris())
    wanted = {"value": 21, "from_unit": "celsius", "to_unit": "fahrenheit"}
    assert rounds == [[("convert_temperature", wanted)]]


# tool_choice


@pytest.mark.parametrize(
    ("prompt", "choice", "expected"),
    [
        ("What's the weather in Paris?", "none", []),
        ("What's the weather in Paris?", "auto", ["get_weather"]),
        ("Hello", {"type": "function", "name": "current_time"}, ["current_time"]),
        (
            "What's the weather in Paris and what time is it?",
            {"type": "allowed_tools", "tools": [{"type": "function", "name": "current_time"}]},
            ["current_time"],
        ),
        (
            "Hello",
            {
                "type": "allowed_tools",
                "mode": "required",
                "tools": [{"type": "function", "name": "current_time"}],
            },
            ["current_time"],
        ),
    ],
)
def test_tool_choice(prompt, choice, expected):
    names = [name for name, _ in calls(prompt, [t.WEATHER, t.TIME], tool_choice=choice)]
    assert names == expected


def test_a_call_that_is_demanded_comes_whatever_is_said():
    ((name, _),) = calls("Hello", [t.WEATHER, t.TIME], tool_choice="required")
    assert name in {"get_weather", "current_time"}


def test_a_demanded_call_is_demanded_once():
    rounds, text, _ = play("weather in Paris", [t.WEATHER], tool_choice="required")
    assert len(rounds) == 1
    assert "21" in text


# Dates


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "tomorrow"),
        ({"instructions": "Today is 2026-02-28."}, "2026-03-01"),
    ],
)
def test_tomorrow_is_a_date_only_if_today_is_known(said, expected):
    assert calls("What events do I have tomorrow?", [t.LIST_EVENTS], **said) == [
        ("list_events", {"date": expected})
    ]


def test_full_width_characters_stay_as_they_were():
    text = "\uff08\u4eca\u5929\uff0c\u660e\u5929\uff09"
    prompt = f"\u628a\u201c{text}\u201d\u53cd\u8f6c"
    assert calls(prompt, [t.REVERSE]) == [("reverse_string", {"text": text})]


def test_a_long_text_is_passed_on_whole():
    text = "All happy families are alike. " * 500
    ((name, given),) = calls(f"Count the words: {text}", [t.COUNT_WORDS])
    assert name == "count_words"
    assert given["text"].strip(" .") == text.strip(" .")
