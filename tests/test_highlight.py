"""Code gets colours, and keeps every character."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inert import ANSWER, inspect
from respmagic import _highlight
from respmagic._highlight import CLASSES, STYLE, highlight


def source_of(markup):
    """Give the code that coloured code is of."""
    return html.unescape(re.sub(r"</?span[^>]*>", "", markup))


def coloured(markup, css_class):
    """Give what has a class in coloured code."""
    return [
        html.unescape(text)
        for text in re.findall(rf'<span class="{css_class}">(.*?)</span>', markup)
    ]


@pytest.mark.parametrize(
    ("info", "code", "css_class", "expected"),
    [
        ("python", "def f(): # c", "k", ["def"]),
        ("python", "def f(): # c", "nf", ["f"]),
        ("python", "def f(): # c", "c", ["# c"]),
        ("py title=x", "@d\nclass A: x = 'y'", "nd", ["@d"]),
        ("{python}", "x = 'y' + 1", "s", ["'y'"]),
        ("{.python .numberLines}", "x = 1", "m", ["1"]),
        ("Python3", "None", "kc", ["None"]),
        ("language-js", "let x = `y`", "k", ["let"]),
        ("java", "public class A {}", "k", ["public", "class"]),
        ("C#", "return null;", "k", ["return"]),
        ("c++", "int x;", "k", ["int"]),
        ("sh", "echo $x", "nb", ["echo"]),
        ("diff", "- a\n+ b\n", "gd", ["- a"]),
        ("diff", "- a\n+ b\n", "gi", ["+ b"]),
        ("html", "<p id=x>", "nt", ["p"]),
        ("php", "echo 1;", "k", ["echo"]),
        ("sql", "SELECT a FROM b", "k", ["SELECT", "FROM"]),
    ],
)
def test_a_known_language_is_coloured(info, code, css_class, expected):
    assert coloured(highlight(code, info), css_class) == expected


@pytest.mark.parametrize(
    "info", ["", " ", "text", "mermaid", "nosuch", "=html", "<b>", "{", "python" * 9]
)
def test_an_unknown_language_is_not(info):
    assert highlight("if <b>: 'x'", info) == "if &lt;b&gt;: &#x27;x&#x27;"


@pytest.mark.parametrize("name", sorted(_highlight._LANGUAGES))
def test_every_language_has_a_lexer_that_keeps_the_code(name):
    code = "\n\nclass A: // # 'x' \"y\" <b a='c'>&amp; $x 1.5 {}\n\tif (a < b) return;\n\n"
    markup = highlight(code, name)
    assert source_of(markup) == code
    assert set(re.findall(r'class="(\w+)"', markup)) <= CLASSES


def test_neighbours_of_one_class_share_a_span():
    assert coloured(highlight("'a' 'b'", "python"), "s") == ["'a'", "'b'"]
    assert coloured(highlight("'a\\n'", "python"), "s") == ["'a\\n'"]


@pytest.mark.parametrize(
    "code",
    ["x = 1\n" * 4_000, "x = '" + "y" * 1_000 + "'", "x\n" + "\n" * 100 + "y", "x" + " " * 100],
    ids=["long", "long line", "blank lines", "blanks"],
)
def test_code_that_a_lexer_could_take_long_over_is_not_coloured(code):
    assert highlight(code, "python") == html.escape(code)


def test_a_lexer_that_changes_the_code_is_not_believed():
    assert highlight("\ufeffx = 1", "python") == "\ufeffx = 1"


def test_a_lexer_that_fails_costs_the_colours_alone(monkeypatch):
    def fail(_):
        raise RuntimeError

    monkeypatch.setattr(_highlight, "_lexer", fail)
    assert highlight("x < 1", "python") == "x &lt; 1"


@given(st.text(), st.sampled_from(sorted(_highlight._LEXER_OF)))
def test_any_code_keeps_every_character(code, info):
    markup = highlight(code, info)
    assert source_of(markup) == code
    found = inspect(f"<p>{markup}</p>", ANSWER)
    assert found.problems == [] or "\r" in code or "\x00" in code


def test_every_class_has_a_colour():
    for name in CLASSES:
        assert re.search(
            rf"\.respmagic pre \.{name}\{{color:var\(--jp-[\w-]+,#[0-9a-f]{{6}}\)\}}", STYLE
        )


@pytest.mark.parametrize("background", ["#ffffff", "#111111"])
def test_fallback_colours_stand_out_on_light_and_dark(background):
    def luminance(colour):
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for _, _, fallback in _highlight._COLOURS.values():
        low, high = sorted((luminance(fallback), luminance(background)))
        assert (high + 0.05) / (low + 0.05) > 4, fallback
