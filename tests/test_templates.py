"""Values of the notebook in a cell's text: replaced once, bounded, and never from data."""

import base64
import datetime as dt
import decimal
import io
import pathlib

import IPython.display
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

mpl.use("Agg")

from matplotlib.figure import Figure

import respmagic
from gateway import Gateway, Reply
from respmagic._exceptions import OptionError, TemplateError
from respmagic._templates import filled, filled_text
from wire import text_response


def text_of(text, **names):
    return filled_text(text, names, "the text")


# What is replaced


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Tell me about {{ city }}.", "Tell me about Bern."),
        ("{{city}}{{ n }}", "Bern3"),
        ("{{ city.upper() + '}}' }}", "BERN}}"),
        ("{{ {'a': {'b': n}}['a']['b'] }}", "3"),
        ("{{ f'{n}{{}}' }}", "3{}"),
        ("{{ ', '.join(str(i * n) for i in range(n)) }}", "0, 3, 6"),
        ("{{ [\n  i for i in (1, 2)\n] }}", "[1,2]"),
        ("\\frac{{{ n }}}{2}", "\\frac{3}{2}"),
        ("{{ n }}}", "3}"),
        ("{{ city }} {{ city", "Bern {{ city"),
        ("{{ when }}, {{ price }}, {{ path }}", "2026-11-24, 1.10, a/b"),
        ("{{ nothing }} {{ yes }}", "None True"),
        ("{{ np.float64(2.5) }}", "2.5"),
    ],
)
def test_an_expression_becomes_its_value(text, becomes):
    names = {"city": "Bern", "n": 3, "when": dt.date(2026, 11, 24), "nothing": None, "yes": True}
    names |= {"price": decimal.Decimal("1.10"), "path": pathlib.PurePosixPath("a/b"), "np": np}
    assert text_of(text, **names) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "{ x }",
        '{"a": {"b": 1}}',
        "a } b }} c",
        "set {} and {{}} and {{ }}",
        "{{ never closed",
        "if (x) { y(); }",
        "$\\frac{1}{2}$",
        "{% for x in y %}",
    ],
)
def test_other_braces_are_text(text):
    assert text_of(text) == text


@given(st.text(alphabet=st.characters(exclude_characters="{", exclude_categories=["Cs"])))
def test_text_without_double_braces_stays_as_it_is(text):
    assert text_of(f"x{text}") == f"x{text}"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.text("{} x1+", max_size=20)
)
def test_what_a_value_holds_is_never_filled_in(value, more):
    held = f"{{{{ {value} }}}}{more}{{{{ 1/0 }}}}"
    assert text_of("a {{ held }} b {{ held }}", held=held) == f"a {held} b {held}"


def test_a_value_cannot_complete_an_expression():
    assert text_of("{{ a }} 1/0 }}", a="{{") == "{{ 1/0 }}"
    assert text_of("{{ a }}{{ a }} x }}", a="{") == "{{ x }}"


# Data


def test_data_becomes_a_bounded_outline_that_says_what_was_cut():
    frame = pd.DataFrame({"price": range(100_000), "city": "Bern"})
    said = filled("Look: {{ df }}", {"df": frame})
    [part] = said.parts
    assert len(part["text"]) < 9_000
    assert "100,000" in part["text"]
    assert "price" in part["text"]
    assert "left out" in part["text"]
    [note] = said.notes
    assert note.startswith("{{ df }} is some ")
    assert note.endswith(" tokens")


@pytest.mark.parametrize(
    "value", [list(range(10**6)), np.arange(10**6), {i: i for i in range(10**5)}]
)
def test_long_lists_and_arrays_are_bounded(value):
    text = text_of("{{ value }}", value=value)
    assert len(text) <= 8_000
    assert "left out" in text or "the first 50" in text


def test_text_is_not_cut_but_its_length_is_said():
    said = filled("{{ text }}", {"text": "word " * 10_000})
    assert said.parts[0]["text"] == "word " * 10_000
    assert said.notes == ("{{ text }} is some 12,500 tokens",)
    assert filled("{{ text }}", {"text": "short"}).notes == ()


# Pictures


def png():
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


def pictures():
    figure = Figure(figsize=(2, 1))
    axes = figure.subplots()
    return [figure, axes, Image.new("L", (3, 3)), IPython.display.Image(data=png()), png()]


@pytest.mark.parametrize("picture", pictures(), ids=lambda p: type(p).__name__)
def test_a_picture_is_an_image_at_its_place(picture):
    parts = filled("Left: {{ a }} right: {{ a }}\nWhich?", {"a": picture}).parts
    kinds = [part["type"] for part in parts]
    assert kinds == ["input_text", "input_image", "input_text", "input_image", "input_text"]
    assert [parts[i]["text"] for i in (0, 2, 4)] == ["Left: ", " right: ", "\nWhich?"]
    assert base64.b64decode(parts[1]["image_url"].partition(",")[2]).startswith(b"\x89PNG")


def test_pictures_alone_need_no_text():
    parts = filled("{{ a }}\n{{ a }}", {"a": png()}).parts
    assert [part["type"] for part in parts] == ["input_image", "input_image"]


def test_an_array_is_data_and_not_a_picture():
    assert "uint8" in text_of("{{ a }}", a=np.zeros((20, 20, 3), "uint8"))


def test_what_was_done_to_a_picture_is_said():
    said = filled("{{ a }}", {"a": Image.new("RGB", (3000, 3))})
    assert said.notes == ("a scaled from 3,000 × 3 to 2,048 × 2",)


def test_instructions_hold_text_only():
    with pytest.raises(TemplateError, match="instructions may hold text only"):
        filled_text("{{ a }}", {"a": png()}, "instructions")


# What cannot be filled in


def broken():
    return undefined_name  # noqa: F821 - on purpose


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ dff }}", "there is no variable 'dff' (did you mean df?), which {{ dff }} names"),
        ("{{ df[dff] }}", "there is no variable 'dff' (did you mean df?)"),
        ("{{ [x for y in (1,)] }}", "there is no variable 'x'"),
        ("{{ [y for y in (1,) if zz] }}", "there is no variable 'zz'"),
        ("{{ 1 / 0 }}", "{{ 1 / 0 }} raises ZeroDivisionError: division by zero"),
        ("{{ df['b'] }}", "{{ df['b'] }} raises KeyError: 'b'"),
        ("{{ broken() }}", "{{ broken() }} raises NameError: name 'undefined_name'"),
        ("{{ df.head( }}", "{{ df.head( }} is no Python expression"),
        ("{{ x = 1 }}", "is no Python expression"),
        ("{{ import os }}", "is no Python expression"),
        ("{{#each users}}", "For text with such braces say --no-template."),
        ("{{ name | upper }}", "there is no variable 'name'"),
        ("int a[2][2] = {{1,2},{3,4}};", "is no Python expression"),
        ("{{ \0 }}", "is no Python expression"),
        ("{{ " + "(" * 300 + " }}", "is no Python expression"),
        ("{{ 'x' * 70 + yy + 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' }}", "zzz… }}"),
    ],
)
def test_an_expression_that_fails_says_which_and_why(text, says):
    names = {"df": {"a": 1}, "broken": broken, "upper": 1}
    with pytest.raises(TemplateError) as caught:
        text_of(f"Some text {text}", **names)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_ctrl_c_in_an_expression_is_one():
    def slow():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        text_of("{{ slow() }}", slow=slow)


def test_braces_far_apart_are_text():
    text = "{{ " + "x" * 3_000 + " }}"
    assert text_of(text) == text


# Cells


def ask(shell, gateway, line, cell):
    gateway.add(Reply.sse(text_response("Yes.")))
    line = f"-q -m m --base-url {gateway.base_url} --no-tools {line}"
    shell.run_cell_magic("responses", line, cell)
    return gateway.requests[-1].json


def test_a_cell_fills_in_its_text_and_instructions(shell, gateway: Gateway):
    shell.user_ns.update(city="Bern", style="brief", prompt="{{ 1/0 }}")
    sent = ask(shell, gateway, "-i 'Be {{ style }}.'", "Where is {{ city }}? {{ prompt }}")
    assert sent["input"][0]["content"] == "Where is Bern? {{ 1/0 }}"
    assert sent["instructions"] == "Be brief."


def test_a_cell_may_ask_for_its_braces_as_they_are(shell, gateway: Gateway):
    sent = ask(shell, gateway, "--no-template -i '{{ x }}'", "What does {{ x }} mean in Vue?")
    assert sent["input"][0]["content"] == "What does {{ x }} mean in Vue?"
    assert sent["instructions"] == "{{ x }}"


def test_a_cell_whose_values_are_missing_is_not_sent(shell, gateway: Gateway):
    with pytest.raises(TemplateError, match="there is no variable 'city'"):
        ask(shell, gateway, "", "Where is {{ city }}?")
    with pytest.raises(TemplateError, match="there is no variable 'style'"):
        ask(shell, gateway, "-i '{{ style }}'", "Hello")
    assert gateway.requests == []


def test_text_from_a_variable_or_a_file_goes_first_and_is_not_filled_in(
    shell, gateway: Gateway, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.md").write_text("From a file: {{ 1/0 }}", "utf-8")
    shell.user_ns.update(report="From a variable: {{ 1/0 }}", where=tmp_path / "report.md", n=3)
    for word in ("report.md", "where", "./*.md"):
        sent = ask(shell, gateway, f"--prompt-from {word}", "In {{ n }} words.")
        assert sent["input"][0]["content"] == "From a file: {{ 1/0 }}\n\nIn 3 words."
    sent = ask(shell, gateway, "--prompt-from report", "\n")
    assert sent["input"][0]["content"] == "From a variable: {{ 1/0 }}"
    shell.user_ns["picture"] = png()
    sent = ask(shell, gateway, "--prompt-from report", "{{ picture }}")
    assert [part["type"] for part in sent["input"][0]["content"]] == ["input_text", "input_image"]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("df", "df is no text: its type is dict; write {{ df }} in the cell's text"),
        ("repot", "there is no text 'repot' (did you mean report?)"),
        ("raw.bin", "raw.bin is neither PDF, an image, nor text"),
    ],
)
def test_text_that_is_none_is_refused(shell, gateway: Gateway, tmp_path, monkeypatch, word, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw.bin").write_bytes(b"\x00\x01")
    shell.user_ns.update(report="x", df={})
    with pytest.raises(OptionError) as caught:
        ask(shell, gateway, f"--prompt-from {word}", "Go")
    assert says in str(caught.value)


def test_a_cell_of_nothing_is_refused(shell, gateway: Gateway):
    shell.user_ns["nothing"] = "  "
    for line, cell in (("", "{{ nothing }}"), ("--prompt-from nothing", " ")):
        with pytest.raises(OptionError, match="the prompt is empty"):
            ask(shell, gateway, line, cell)


# Python calls


def test_from_python_text_is_filled_in_only_if_it_is_asked_for(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Yes.")), repeat=True)
    how = {"model": "m", "base_url": gateway.base_url, "tools": ()}
    respmagic.respond("{{ 1/0 }}", instructions="{{ 1/0 }}", **how)
    respmagic.respond("{{ 2 + 2 }}", template=True, **how)
    sent = [request.json["input"][0]["content"] for request in gateway.requests]
    assert sent == ["{{ 1/0 }}", "4"]
    assert gateway.requests[0].json["instructions"] == "{{ 1/0 }}"


def test_what_a_model_says_is_never_filled_in(shell, gateway: Gateway):
    gateway.add(Reply.sse(text_response("{{ 1/0 }}")))
    shell.run_cell_magic("responses", f"-q -m m --base-url {gateway.base_url}", "Hello")
    assert shell.user_ns["_response"].text == "{{ 1/0 }}"
    sent = ask(shell, gateway, "", "You said: {{ _response.text }} and {{ _response }}")
    assert sent["input"][0]["content"].startswith("You said: {{ 1/0 }} and ")
