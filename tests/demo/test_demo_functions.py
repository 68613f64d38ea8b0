"""Tools declared as notebooks declare them, by functions: each prompt shows a rule at work."""

from typing import Literal

import pytest
from demo_play import play

from respmagic._tools import describe

Frame = Literal["df", "sales_2024"]


def forecast(city: str, day: str = "today", fahrenheit: bool = False):
    """Weather forecast for a city on a day."""


def read_sensor(sensor: Literal["temperature", "humidity"], location: str):
    """Current reading of a sensor."""


def switch_device(device: Literal["lamp", "fan", "tv"], on: bool):
    """Switch a device of the home on or off."""


def light_scene(room: str, color: str, brightness: int = 100):
    """Light a room in a colour."""


def exchange(amount: float, base: str, quote: str):
    """Convert money from one currency into another.

    Args:
        amount: how much
        base: currency code to convert from, like USD
        quote: currency code to convert to, like EUR
    """


def metal_price(metal: Literal["gold", "silver"], currency: str = "USD"):
    """Price of an ounce of a precious metal."""


def convert_length(value: float, unit_from: str, unit_to: str):
    """Convert a length between units."""


def count_days(start: str, end: str):
    """Days between two dates."""


def set_alarm_limit(sensor_id: str, low: float, high: float):
    """Set the limits outside which a sensor raises an alarm."""


def confidence_interval(mean: float, sd: float, n: int, level: float = 0.95):
    """Confidence interval of a mean."""


def top_n(frame: Frame, column: str, n: int = 5):
    """The n rows with the largest values in a column of a DataFrame."""


def group_frame(frame: Frame, by: str, column: str, how: Literal["mean", "max"] = "mean"):
    """Group a DataFrame and aggregate a column."""


def select(frame: Frame, columns: list[str], where: str | None = None, limit: int | None = None):
    """Select columns of a table."""


def sort_frame(frame: Frame, by: str, ascending: bool = True):
    """Sort a DataFrame by a column."""


def add_todo(task: str, due: str = "", priority: Literal["low", "high"] = "low"):
    """Add a task to the to-do list."""


def list_todos(status: Literal["open", "done"] = "open"):
    """List the tasks of the to-do list."""


def add_item(item: str, amount: int = 1, unit: str | None = None):
    """Put something on the shopping list."""


def reply_mail(message_id: str, text: str, reply_all: bool = False):
    """Reply to an e-mail."""


def zip_files(files: list[str], archive: str):
    """Pack files into a zip archive."""


def copy_file(source: str, destination: str, overwrite: bool = False):
    """Copy a file."""


def unlock_door(door: Literal["front", "garage"], code: str):
    """Unlock a door with a code."""


def uv_index(city: str, hour: int | None = None):
    """UV index at a place."""


def fx(amount: float, from_code: str, to_code: str):
    """Convert an amount between currencies given by their codes."""


def free_days(month: str, year: int):
    """Days without appointments in a month."""


def doorbell(volume: int, muted: bool = False):
    """Set the volume of the doorbell."""


def is_dark(color: str):
    """Whether a colour is dark."""


def palette(base_color: str, count: int = 5):
    """Palette around a base colour."""


def hotel(city: str, arrival: str, nights: int):
    """Book a hotel."""


def add_event(title: str, date: str, start: str, duration_minutes: int = 60):
    """Add an event to the calendar."""


def binomial(n: int, k: int):
    """Binomial coefficient: how many ways to choose k of n things."""


def rgb(red: int, green: int, blue: int):
    """Hex code of a colour."""


def coffee(strength: Literal["mild", "strong"], cups: int = 1, milk: bool = False):
    """Make coffee."""


def choose_random(options: list[str]):
    """Choose one of several options at random."""


def now():
    """The current date and time."""


def whoami():
    """Name of the current user."""


@pytest.mark.parametrize(
    ("prompt", "functions", "expected"),
    [
        # which tool: by what the text fills, by all of its words, by a name in words
        (
            "What is the humidity in the greenhouse?",
            [read_sensor, forecast],
            [("read_sensor", {"sensor": "humidity", "location": "greenhouse"})],
        ),
        (
            "Which tasks are done already?",
            [add_todo, list_todos],
            [("list_todos", {"status": "done"})],
        ),
        ("What is 8 choose 3?", [binomial, now], [("binomial", {"n": 8, "k": 3})]),
        ("What time is it, and who am I?", [now, whoami, forecast], [("now", {}), ("whoami", {})]),
        (
            "What time is it, what is the weather in Madrid, and how much is 50 euros in pounds?",
            [now, forecast, exchange],
            [
                ("now", {}),
                ("forecast", {"city": "Madrid"}),
                ("exchange", {"amount": 50, "base": "EUR", "quote": "GBP"}),
            ],
        ),
        ("Remind me to call Ana", [list_todos, add_todo], [("add_todo", {"task": "call Ana"})]),
        # what a tool works on does not say which tool
        (
            "Zip notes.md, plan.pdf and data.csv into stuff.zip",
            [copy_file, zip_files],
            [
                (
                    "zip_files",
                    {"files": ["notes.md", "plan.pdf", "data.csv"], "archive": "stuff.zip"},
                )
            ],
        ),
        (
            "Copy a.txt to backup/a.txt and overwrite it if it exists",
            [copy_file, zip_files],
            [("copy_file", {"source": "a.txt", "destination": "backup/a.txt", "overwrite": True})],
        ),
        # one call or several
        (
            "Turn off the tv and switch on the fan",
            [switch_device],
            [
                ("switch_device", {"device": "tv", "on": False}),
                ("switch_device", {"device": "fan", "on": True}),
            ],
        ),
        (
            "Group sales_2024 by region and take the max of revenue",
            [group_frame, top_n],
            [
                (
                    "group_frame",
                    {"frame": "sales_2024", "by": "region", "column": "revenue", "how": "max"},
                )
            ],
        ),
        (
            "What's the forecast for Paris and for Rome, in fahrenheit?",
            [forecast, now],
            [("forecast", {"city": city, "fahrenheit": True}) for city in ("Paris", "Rome")],
        ),
        (
            "How much is an ounce of gold and an ounce of silver in euros?",
            [metal_price],
            [("metal_price", {"metal": m, "currency": "EUR"}) for m in ("gold", "silver")],
        ),
        (
            "Put 500 grams of flour and 6 lemons on the shopping list",
            [add_item, add_todo],
            [
                ("add_item", {"item": "flour", "amount": 500, "unit": "grams"}),
                ("add_item", {"item": "lemons", "amount": 6}),
            ],
        ),
        (
            "How much red is that? I mean the hex code for red 255, green 99, blue 71",
            [rgb],
            [("rgb", {"red": 255, "green": 99, "blue": 71})],
        ),
        # which value to which parameter
        (
            "How many Swiss francs do I get for 1,250.50 dollars?",
            [exchange],
            [("exchange", {"amount": 1250.5, "base": "USD", "quote": "CHF"})],
        ),
        (
            "How many feet are 12.5 meters?",
            [convert_length, exchange],
            [("convert_length", {"value": 12.5, "unit_from": "meters", "unit_to": "feet"})],
        ),
        (
            "How many days are there between 2025-01-15 and 2025-04-01?",
            [count_days],
            [("count_days", {"start": "2025-01-15", "end": "2025-04-01"})],
        ),
        (
            "Raise an alarm if sensor T-17 goes below -5 or above 30.5",
            [set_alarm_limit],
            [("set_alarm_limit", {"sensor_id": "T-17", "low": -5, "high": 30.5})],
        ),
        (
            "99% confidence interval for a mean of 20, sd 4 and n=36",
            [confidence_interval],
            [("confidence_interval", {"mean": 20, "sd": 4, "n": 36, "level": 0.99})],
        ),
        (
            "UV index in Sydney at 14:00?",
            [uv_index],
            [("uv_index", {"city": "Sydney", "hour": 14})],
        ),
        (
            "Unlock the garage with code 7392",
            [unlock_door],
            [("unlock_door", {"door": "garage", "code": "7392"})],
        ),
        (
            "Add a task: call the plumber, due 2025-02-03, priority high",
            [add_todo],
            [("add_todo", {"task": "call the plumber", "due": "2025-02-03", "priority": "high"})],
        ),
        (
            "Reply to message MSG-881 saying I will be late",
            [reply_mail],
            [("reply_mail", {"message_id": "MSG-881", "text": "I will be late"})],
        ),
        (
            "Change 1,000 Japanese yen to Australian dollars",
            [fx],
            [("fx", {"amount": 1000, "from_code": "JPY", "to_code": "AUD"})],
        ),
        (
            "Which days are free in August 2025?",
            [free_days],
            [("free_days", {"month": "August", "year": 2025})],
        ),
        (
            "Mute the doorbell at volume 0",
            [doorbell],
            [("doorbell", {"volume": 0, "muted": True})],
        ),
        (
            "Is #222222 a dark colour? And what about beige?",
            [palette, is_dark],
            [("is_dark", {"color": color}) for color in ("#222222", "beige")],
        ),
        (
            "Book a hotel in Nice for 2 nights from 2025-06-21",
            [hotel],
            [("hotel", {"city": "Nice", "arrival": "2025-06-21", "nights": 2})],
        ),
        (
            "Add a dentist appointment on 2025-11-03 at 16:30 for 45 minutes",
            [add_event, add_todo],
            [
                (
                    "add_event",
                    {
                        "title": "dentist appointment",
                        "date": "2025-11-03",
                        "start": "16:30",
                        "duration_minutes": 45,
                    },
                )
            ],
        ),
        # columns of a table
        (
            "Select name and price from df where price is above 10, at most 5",
            [select, sort_frame],
            [
                (
                    "select",
                    {
                        "frame": "df",
                        "columns": ["name", "price"],
                        "where": "price > 10",
                        "limit": 5,
                    },
                )
            ],
        ),
        (
            "Sort df by price from highest to lowest",
            [select, sort_frame],
            [("sort_frame", {"frame": "df", "by": "price", "ascending": False})],
        ),
        # no tool
        ("Why is the sky blue?", [light_scene, now], []),
        ("My sister got married last weekend.", [forecast, now], []),
        # Chinese prompts, English tools
        (
            "纽约和旧金山现在的天气",
            [forecast],
            [("forecast", {"city": "纽约"}), ("forecast", {"city": "旧金山"})],
        ),
        (
            "把客厅的灯调成蓝色,亮度60",
            [light_scene],
            [("light_scene", {"room": "客厅", "color": "blue", "brightness": 60})],
        ),
        (
            "来两杯浓咖啡,加牛奶",
            [coffee, light_scene],
            [("coffee", {"strength": "strong", "cups": 2, "milk": True})],
        ),
        (
            "帮我在披萨、寿司和汉堡里随机选一个",
            [choose_random, now],
            [("choose_random", {"options": ["披萨", "寿司", "汉堡"]})],
        ),
        (
            "从2025年3月1日到2025年5月20日有多少天?",
            [count_days, forecast],
            [("count_days", {"start": "2025-03-01", "end": "2025-05-20"})],
        ),
    ],
)
def test_a_rule_at_work(prompt, functions, expected):
    assert calls_of(prompt, functions)[0] == expected


def calls_of(prompt, functions, **outputs):
    """The calls of each round, without the arguments that were left out as null."""
    given = {f.__name__: outputs.get(f.__name__, lambda **_: "ok") for f in functions}
    tools = [describe(function).definition for function in functions]
    rounds, _, _ = play(prompt, tools, functions=given)
    plain = [
        [(name, {k: v for k, v in arguments.items() if v is not None}) for name, arguments in calls]
        for calls in rounds
    ]
    return plain or [[]]


def get_temperature(city: str) -> float:
    """Current temperature of a city."""


def average(numbers: list[float]) -> float:
    """Arithmetic mean of numbers."""


def divide(a: float, b: float) -> float:
    """Divide a by b."""


def find_id(customer: str) -> int:
    """Customer number for a name."""


def open_invoices(customer_number: int) -> list[str]:
    """Open invoices of a customer number."""


def define(word: str) -> str:
    """Meaning of a word."""


def translate(text: str, to: str) -> str:
    """Translate a text into another language."""


@pytest.mark.parametrize(
    ("prompt", "functions", "outputs", "expected"),
    [
        (
            "Get the temperature in Oslo, Rome and Cairo and then the average of them",
            [get_temperature, average],
            {"get_temperature": lambda city: {"Oslo": 4, "Rome": 18, "Cairo": 27}[city]},
            [
                [("get_temperature", {"city": city}) for city in ("Oslo", "Rome", "Cairo")],
                [("average", {"numbers": [4, 18, 27]})],
            ],
        ),
        (
            "Divide the temperature in Oslo by 2",
            [get_temperature, divide],
            {"get_temperature": lambda city: 8.5},
            [[("get_temperature", {"city": "Oslo"})], [("divide", {"a": 8.5, "b": 2})]],
        ),
        (
            "Get the temperature in Oslo and divide by 2",
            [get_temperature, divide],
            {"get_temperature": lambda city: 8.5},
            [[("get_temperature", {"city": "Oslo"})], [("divide", {"a": 8.5, "b": 2})]],
        ),
        (
            "Which open invoices does Contoso have?",
            [find_id, open_invoices],
            {"find_id": lambda **_: 3107},
            [
                [("find_id", {"customer": "Contoso"})],
                [("open_invoices", {"customer_number": 3107})],
            ],
        ),
        (
            "Translate the meaning of 'ubiquitous' into French",
            [define, translate],
            {"define": lambda word: "being everywhere"},
            [
                [("define", {"word": "ubiquitous"})],
                [("translate", {"text": "being everywhere", "to": "French"})],
            ],
        ),
        (
            "What does 'serendipity' mean and how do you say it in Spanish?",
            [define, translate],
            {},
            [
                [
                    ("define", {"word": "serendipity"}),
                    ("translate", {"text": "serendipity", "to": "Spanish"}),
                ]
            ],
        ),
    ],
)
def test_a_rule_at_work_in_a_chain(prompt, functions, outputs, expected):
    assert calls_of(prompt, functions, **outputs) == expected


def test_an_error_is_no_value_for_the_next_call():
    outputs = {"get_temperature": lambda city: "Error: ValueError: sensor 404 is offline"}
    prompt = "Get the temperature in Oslo and divide by 2"
    assert calls_of(prompt, [get_temperature, divide], **outputs) == [
        [("get_temperature", {"city": "Oslo"})]
    ]
