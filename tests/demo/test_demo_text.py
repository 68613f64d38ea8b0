"""What the embedded model says: small talk, summaries, structured answers."""

import json

import demo_tools as t
import pytest

from respmagic.demo._model import answer
from respmagic.demo._request import read_request


def say(prompt, **settings):
    items = prompt if isinstance(prompt, list) else [{"role": "user", "content": prompt}]
    body = {"model": "any", "input": items, **settings}
    return answer(read_request(json.dumps(body).encode())).text


@pytest.mark.parametrize("prompt", ["Hello!", "Who are you?", "Write a haiku.", "What can you do?"])
def test_it_says_that_it_is_a_demo(prompt):
    text = say(prompt, tools=[t.WEATHER])
    assert "demo" in text
    assert "not a language model" in text
    assert "get_weather" in text


@pytest.mark.parametrize("prompt", ["你好", "你是谁?", "写一首诗"])
def test_it_says_so_in_chinese(prompt):
    assert "不是语言模型" in say(prompt)


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("Count from 1 to 5.", "1, 2, 3, 4, 5"),
        ("What is 2 + 2?", "2 + 2 = 4"),
        ("What is 15% of 80?", "0.15 * 80 = 12"),
        ('Say "pong".', "pong"),
        ("Thanks!", "You are welcome."),
    ],
)
def test_small_things_need_no_tool(prompt, text):
    assert say(prompt) == text


def test_it_remembers_what_it_was_told():
    told = [
        {"role": "user", "content": "My name is Alice."},
        {"role": "assistant", "content": "Hello Alice!"},
        {"role": "user", "content": "What is my name?"},
    ]
    assert say(told) == "Your name is Alice."


def test_it_asks_for_what_it_lacks():
    text = say("What's the weather like?", tools=[t.WEATHER])
    assert "`get_weather`" in text
    assert "`location`" in text


def test_it_says_that_it_cannot_see():
    part = {"type": "input_image", "image_url": "data:image/png;base64,AAAA"}
    content = [{"type": "input_text", "text": "What do you see?"}, part]
    assert "image" in say([{"role": "user", "content": content}])


# Summaries


def summary(prompt, *outcomes):
    items = [{"role": "user", "content": prompt}]
    for index, (name, arguments, output) in enumerate(outcomes):
        call = {"type": "function_call", "call_id": f"c{index}", "name": name}
        items.append({**call, "arguments": json.dumps(arguments)})
        items.append({"type": "function_call_output", "call_id": f"c{index}", "output": output})
    return say(items)


def test_every_outcome_is_told():
    text = summary(
        "3 numbers, the time, and the system",
        ("random", {"count": 3}, "[17, 4, 93]"),
        ("now", {}, "19:00"),
        ("system", {}, '{"os": "Linux", "cpus": 8}'),
    )
    assert text == (
        "Here is what the 3 tools returned:\n\n"
        "- `random(count=3)`: 17, 4, 93\n"
        "- `now()`: 19:00\n"
        "- `system()`: os Linux, cpus 8"
    )


def test_in_the_language_of_the_prompt():
    assert summary("现在几点?", ("now", {}, "19:00")).startswith("工具返回的结果如下")


@pytest.mark.parametrize(
    "output",
    [
        "Error: no such city",
        "ValueError: no such city",
        '{"error": "no such city"}',
        "Traceback (most recent call last):\n  no such city",
        "错误: no such city",
    ],
)
def test_an_error_is_told_as_an_error(output):
    text = summary("weather", ("get_weather", {}, output))
    assert "**failed**" in text
    assert "no such city" in text


def test_markup_in_an_output_stays_what_it_is():
    assert "`<b>*x*</b>`" in summary("x", ("f", {}, "<b>*x*</b>"))
    assert "```" in summary("x", ("f", {}, "two\nlines"))


def test_a_huge_output_is_cut_and_it_is_said_how_much():
    text = summary("x", ("f", {}, "word " * 100_000))
    assert len(text) < 5000
    assert "characters more" in text


# Structured answers

S, N, I = t.STRING, t.NUMBER, t.INTEGER  # noqa: E741 - as short as the rows need
STRUCTURED = [
    (
        "Alice is 30 years old and lives in Paris",
        t.record(name=S, age=I, city=S),
        {"name": "Alice", "age": 30, "city": "Paris"},
    ),
    (
        "Extract the event: Alice and Bob are going to a science fair on Friday.",
        t.record(name=S, date=S, participants=t.list_of(S)),
        {"name": "science fair", "date": "Friday", "participants": ["Alice", "Bob"]},
    ),
    (
        "Jane, 54 years old, jane@x.org, lives at 12 High Street, London",
        t.record(name=S, age=I, email=S, address=t.record(street=S, city=S)),
        {
            "name": "Jane",
            "age": 54,
            "email": "jane@x.org",
            "address": {"street": "12 High Street", "city": "London"},
        },
    ),
    (
        "I love it, it is great!",
        t.record(sentiment=t.one_of("positive", "negative")),
        {"sentiment": "positive"},
    ),
    (
        "This is terrible.",
        t.record(sentiment=t.one_of("positive", "negative")),
        {"sentiment": "negative"},
    ),
    ("What is 2 + 3?", t.record(answer=N), {"answer": 5}),
    (
        "张三今年28岁,住在北京",
        t.record(name=S, age=I, city=S),
        {"name": "张三", "age": 28, "city": "北京"},
    ),
    (
        "Apples cost 3 dollars, pears 4 dollars",
        t.record(items=t.list_of(t.record(name=S, price=N))),
        {"items": [{"name": "Apples", "price": 3}, {"name": "pears", "price": 4}]},
    ),
]


@pytest.mark.parametrize(("prompt", "schema", "expected"), STRUCTURED)
def test_a_schema_is_filled_from_the_text(prompt, schema, expected):
    form = {"type": "json_schema", "name": "it", "schema": schema, "strict": True}
    assert json.loads(say(prompt, text={"format": form})) == expected


def test_a_json_object_is_one():
    assert "answer" in json.loads(say("Hello", text={"format": {"type": "json_object"}}))
