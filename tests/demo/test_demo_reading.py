"""How a prompt is read: what the model weighs, one idea at a time."""

import json
from typing import Literal

import pytest
from demo_play import play
from hypothesis import given, settings
from hypothesis import strategies as st

from respmagic._tools import describe
from respmagic.demo._about import describe as about
from respmagic.demo._model import answer
from respmagic.demo._request import Tool, read_request
from respmagic.demo._text import read_text


def said(prompt, *functions, **settings):
    tools = [describe(function).definition for function in functions]
    body = {"model": "any", "input": prompt, "tools": tools, **settings}
    return answer(read_request(json.dumps(body).encode()))


def calls(prompt, *functions):
    return [
        (call.name, {k: v for k, v in call.arguments.items() if v is not None})
        for call in said(prompt, *functions).calls
    ]


def take_number(x: int):
    """Take a number."""


def tide_now(harbour: str):
    """Level of the tide in a harbour now."""


def tide_on(harbour: str, date: str):
    """Level of the tide in a harbour on a date."""


def sort_words(words: list[str], descending: bool = False):
    """Sort words."""


def plot_columns(columns: list[Literal["wind", "rain", "sun"]]):
    """Plot columns of the table."""


def switch(device: Literal["fan", "lamp", "radio"], on: bool):
    """Switch a device on or off."""


def translate(text: str, language: str):
    """Translate a text into a language."""


def delete_note(title: str):
    """Delete a note."""


def find_member(name: str) -> int:
    """Find the number of a member by name."""


def list_loans(member_id: int):
    """List the loans of a member."""


def cancel_loan(member_id: int, book: str):
    """Cancel a loan of a member."""


# The best reading is the one that explains most.


@pytest.mark.parametrize("tools", [(tide_now, tide_on), (tide_on, tide_now)])
@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("What is the tide in Brest?", ("tide_now", {"harbour": "Brest"})),
        (
            "What is the tide in Brest on 2026-03-04?",
            ("tide_on", {"harbour": "Brest", "date": "2026-03-04"}),
        ),
    ],
)
def test_of_two_tools_the_one_that_leaves_least_unread_is_called(prompt, expected, tools):
    assert calls(prompt, *tools) == [expected]


def test_a_tool_that_undoes_what_is_asked_is_not_called():
    def create_note(title: str):
        """Create a note."""

    assert calls('Delete the note "Paint"', create_note, delete_note) == [
        ("delete_note", {"title": "Paint"})
    ]


# Where a prompt is cut


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "Sort the words pear, fig and apple",
            [("sort_words", {"words": ["pear", "fig", "apple"]})],
        ),
        ("Plot wind, rain and sun", [("plot_columns", {"columns": ["wind", "rain", "sun"]})]),
        (
            "Plot wind and sun and sort the words pear, fig and apple",
            [
                ("plot_columns", {"columns": ["wind", "sun"]}),
                ("sort_words", {"words": ["pear", "fig", "apple"]}),
            ],
        ),
    ],
)
def test_a_list_is_not_cut_in_two(prompt, expected):
    assert calls(prompt, sort_words, plot_columns) == expected


@pytest.mark.parametrize(
    "prompt",
    [
        "Switch the lamp on and the fan off",
        "Switch on the lamp and switch off the fan",
        "Turn the lamp on, then turn the fan off",
    ],
)
def test_on_and_off_at_once_are_two_calls(prompt):
    assert calls(prompt, switch) == [
        ("switch", {"device": "lamp", "on": True}),
        ("switch", {"device": "fan", "on": False}),
    ]


def test_on_and_off_at_once_are_two_calls_in_chinese():
    def control(device: Literal["台灯", "风扇"], on: bool):
        """打开或关闭设备。"""

    assert calls("打开台灯,关闭风扇", control) == [
        ("control", {"device": "台灯", "on": True}),
        ("control", {"device": "风扇", "on": False}),
    ]


def test_what_is_said_of_two_things_holds_for_both():
    assert calls("Turn off the lamp and the radio", switch) == [
        ("switch", {"device": "lamp", "on": False}),
        ("switch", {"device": "radio", "on": False}),
    ]


# What points at something, and what asks for nothing


@pytest.mark.parametrize(
    ("prompt", "tool", "lacks"),
    [
        ("Translate it into French", translate, "text"),
        ("Delete it", delete_note, "title"),
        ("List their loans", list_loans, "member_id"),
    ],
)
def test_a_pointing_word_without_anything_before_it_is_not_followed(prompt, tool, lacks):
    answered = said(prompt, tool)
    assert answered.calls == ()
    assert f"`{lacks}`" in answered.text


def test_a_pointing_word_is_followed_to_what_came_out_before():
    tools = [describe(function).definition for function in (tide_now, translate)]
    functions = {"tide_now": lambda harbour: "rising", "translate": lambda text, language: "steigt"}
    _, _, history = play("What is the tide in Brest?", tools, functions=functions)
    rounds, _, _ = play("Translate that into German", tools, history, functions=functions)
    assert rounds == [[("translate", {"text": "rising", "language": "German"})]]


@pytest.mark.parametrize(
    "prompt",
    [
        "The tide in Brest was very high yesterday.",
        "My neighbour is a member of the library.",
        "I love the tide.",
        "布列斯特的潮水很美。",
    ],
)
def test_a_statement_asks_for_nothing(prompt):
    assert calls(prompt, tide_now, find_member) == []


# What no one says is fetched.


@pytest.mark.parametrize(
    ("prompt", "last"),
    [
        ("Which loans does Mira Stein have?", ("list_loans", {"member_id": 88})),
        (
            'Cancel the loan of "Garden Birds" for Mira Stein',
            ("cancel_loan", {"member_id": 88, "book": "Garden Birds"}),
        ),
    ],
)
def test_an_id_is_fetched_by_the_tool_that_gives_it(prompt, last):
    tools = [describe(function).definition for function in (list_loans, cancel_loan, find_member)]
    functions = {
        "find_member": lambda name: 88,
        "list_loans": lambda **_: [],
        "cancel_loan": lambda **_: "ok",
    }
    rounds, _, _ = play(prompt, tools, functions=functions)
    assert rounds == [[("find_member", {"name": "Mira Stein"})], [last]]


def test_an_id_that_is_said_is_not_fetched():
    assert calls("List the loans of member 4411", list_loans, find_member) == [
        ("list_loans", {"member_id": 4411})
    ]


# Chinese has no spaces: the words of the tools show where one begins.


def test_the_chinese_words_of_the_tools_cut_the_text():
    def words(prompt, description):
        tool = Tool("measure", description, {"type": "object", "properties": {}})
        return [token.text for token in read_text(prompt, [about(tool)]).tokens]

    assert words("石墨烯霍尔", "测量霍尔系数") == ["石墨烯", "霍尔"]
    assert words("石墨烯霍尔", "测量") == ["石墨烯霍尔"]


def test_a_word_that_only_the_tool_knows_chooses_it():
    def hall(material: str):
        """测量材料的霍尔系数。"""

    def bandgap(material: str):
        """测量材料的禁带宽度。"""

    assert [name for name, _ in calls("请测量石墨烯的禁带宽度", hall, bandgap)] == ["bandgap"]
    assert [name for name, _ in calls("请测量石墨烯的霍尔系数", hall, bandgap)] == ["hall"]


# Whatever stands in a list


def mean(values: list[float]):
    """Arithmetic mean of numbers."""


def in_words(items):
    *before, last = map(str, items)
    return f"{', '.join(before)} and {last}" if before else last


@given(st.lists(st.integers(-999, 999) | st.sampled_from([0.5, -2.25, 3.75]), min_size=2))
@settings(max_examples=40, deadline=None)
def test_every_number_of_a_list_is_in_one_call(numbers):
    assert calls(f"Compute the mean of {in_words(numbers)}", mean) == [
        ("mean", {"values": numbers})
    ]


@given(
    st.lists(
        st.sampled_from(["pear", "fig", "apple", "plum", "lime", "peach", "date"]),
        min_size=2,
        unique=True,
    )
)
@settings(max_examples=40, deadline=None)
def test_every_word_of_a_list_is_in_one_call(words):
    expected = [("sort_words", {"words": words})]
    assert calls(f"Sort the words {in_words(words)}", sort_words, plot_columns) == expected


@given(st.permutations(["Brest", "Oslo", "Lima", "Porto"]), st.integers(2, 4))
@settings(max_examples=20, deadline=None)
def test_places_of_which_a_tool_takes_one_are_as_many_calls(places, count):
    asked = places[:count]
    expected = [("tide_now", {"harbour": place}) for place in asked]
    assert calls(f"What is the tide in {in_words(asked)}?", tide_now, sort_words) == expected


def book_classroom(room: str, date: str):
    """Book a classroom."""


def test_the_code_of_a_room_is_its_name():
    expected = ("book_classroom", {"room": "A301", "date": "2025-09-12"})
    assert calls("Book classroom A301 for 2025-09-12", book_classroom) == [expected]
    assert calls("请预订2025年9月12日的A301教室", book_classroom) == [expected]


def test_what_is_stated_ends_before_the_full_stop():
    (call,) = calls("Call take_number with x = 5.", take_number)
    assert call == ("take_number", {"x": 5})
