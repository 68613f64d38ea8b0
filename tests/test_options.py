"""The cell's first line: what it may say, and how it is told what it may not."""

import ast
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import respmagic
from respmagic._exceptions import OptionError
from respmagic._line import parse_line, written
from respmagic._options import OPTIONS, help_text
from respmagic._spelling import did_you_mean


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("", {}),
        ("  \n", {}),
        ("answer <<", {"out": "answer"}),
        ("answer << -m gpt", {"out": "answer", "model": "gpt"}),
        ("  answer<< -m gpt", {"out": "answer", "model": "gpt"}),
        ("-o answer", {"out": "answer"}),
        ("a << -o b", {"out": "a"}),
        ("-m gpt-4.1", {"model": "gpt-4.1"}),
        ("--model=gpt-4.1", {"model": "gpt-4.1"}),
        ("-t f,g", {"tools": ["f", "g"]}),
        ("-t ' f , g ,'", {"tools": ["f", "g"]}),
        ("--tools obj.method", {"tools": ["obj.method"]}),
        ("--no-tools", {"tools": ()}),
        ("--tool-choice required", {"tool_choice": "required"}),
        ("--max-turns 1", {"max_turns": 1}),
        ("-i 'be brief'", {"instructions": "be brief"}),
        ('-i "say \\"hi\\""', {"instructions": 'say "hi"'}),
        ("-i ''", {"instructions": ""}),
        ("--image fig", {"images": ["fig"]}),
        ("--image fig --image 'a b.png' --file x", {"images": ["fig", "a b.png"], "files": ["x"]}),
        ("--temperature 0", {"temperature": 0.0}),
        ("--temperature -1", {"temperature": -1.0}),
        ("--max-output-tokens 16", {"max_output_tokens": 16}),
        ("--effort low", {"effort": "low"}),
        ("--no-template", {"template": False}),
        ("--prompt-from text.md", {"prompt_from": "text.md"}),
        ("-i '{{ name }}'", {"instructions": "{{ name }}"}),
        ("--no-stream", {"stream": False}),
        ("--timeout 2.5", {"timeout": 2.5}),
        ("--retries 0", {"retries": 0}),
        ("--renderer plain", {"renderer": "plain"}),
        ("--verbose --debug -q", {"verbose": True, "debug": True, "quiet": True}),
        ("""--extra '{"top_p": 0.5}'""", {"extra": {"top_p": 0.5}}),
        ("--base-url http://localhost:11434/v1", {"base_url": "http://localhost:11434/v1"}),
        ("-i 'use bearer authentication'", {"instructions": "use bearer authentication"}),
        ("-i 'x << y'", {"instructions": "x << y"}),
        ("-m a -m b", {"model": "b"}),
    ],
)
def test_a_line_says_only_what_stands_there(line, options):
    assert parse_line(line) == options


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--modle gpt", "there is no option --modle (did you mean --model?)"),
        ("--temp 0", "there is no option --temp"),
        ("--tempreature=0", "there is no option --tempreature (did you mean --temperature?)"),
        ("-x", "there is no option -x"),
        ("--help", "there is no option --help"),
        ("hello", "'hello' stands where an option is expected"),
        ("-m gpt hello", "'hello' stands where an option is expected"),
        ("-model gpt", "'gpt' stands where an option is expected"),
        ("-m", "expected one argument"),
        ("-i 'be brief", "is a quote not closed?"),
        ("2x <<", "'2x' before << is not a variable's name"),
        ("class << -m x", "'class' before << is not a variable's name"),
        ("-o a.b", "--out 'a.b': not a variable's name"),
        ("--max-turns 0", "--max-turns '0': must be 1 or more"),
        ("--max-turns x", "--max-turns 'x': must be a whole number"),
        ("--max-turns 1.5", "--max-turns '1.5': must be a whole number"),
        ("--retries -1", "--retries '-1': must be 0 or more"),
        ("--temperature hot", "--temperature 'hot': must be a number"),
        ("--temperature nan", "--temperature 'nan': must be a finite number"),
        ("--timeout 0", "--timeout '0': must be seconds, more than 0"),
        ("--timeout inf", "--timeout 'inf': must be a finite number"),
        ("--renderer block", "--renderer 'block': not one of auto, blocks, final, plain"),
        ("--renderer block", " (did you mean blocks?)"),
        ("--extra '{'", "--extra '{': no JSON"),
        ("--extra '[1]'", "--extra '[1]': no JSON object"),
        ("--no-stream=1", "--no-stream"),
    ],
)
def test_a_line_that_cannot_be_understood_says_which_word(line, says):
    with pytest.raises(OptionError) as caught:
        parse_line(line)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        "--api-key x",
        "--api-key=x",
        "--api_key x",
        "--key x",
        "-m sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH",
        "-i 'my key is sk-proj-4fJ2kPq9wXz7aB1cD3eF5gH'",
        """--extra '{"Authorization": "Bearer abc123DEF456"}'""",
    ],
)
def test_a_key_on_the_line_is_refused_and_not_repeated(line):
    with pytest.raises(OptionError, match="OPENAI_API_KEY in the environment") as caught:
        parse_line(line)
    assert "sk-proj" not in str(caught.value)
    assert "abc123" not in str(caught.value)


def test_the_help_has_a_line_for_every_option():
    lines = help_text().splitlines()
    assert len(lines) == len(OPTIONS)
    for option, line in zip(OPTIONS, lines, strict=True):
        assert ", ".join(option.spelled) in line
        assert line.endswith(option.help)
        assert len(line) <= 110


def test_long_names_are_the_keywords_of_respond():
    source = Path(respmagic.__file__).with_name("_respond.py").read_text("utf-8")
    functions = {node.name: node for node in ast.parse(source).body if hasattr(node, "args")}
    keywords = {argument.arg for argument in functions["respond"].args.kwonlyargs}
    cell_only = {"out", "renderer", "debug", "quiet", "extra", "prompt_from"}
    for option in OPTIONS:
        assert option.name in keywords or option.name in cell_only
        long = option.spelled[-1]
        name = long.removeprefix("--").removeprefix("no-").replace("-", "_")
        assert option.name in (name, f"{name}s" if option.repeats == "append" else name)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("modle", " (did you mean model?)"), ("xyzzy", ""), ("", "")],
)
def test_a_close_word_is_offered(word, hint):
    assert did_you_mean(word, ["model", "tools"]) == hint


@given(st.text())
def test_any_line_is_options_or_an_error_of_ours(line):
    try:
        options = parse_line(line)
    except OptionError:
        options = {}
    assert options.keys() <= {option.name for option in OPTIONS}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_quoted_words_come_through_whole(text):
    words = ["-i", text]
    try:
        options = parse_line(shlex.join(words))
    except OptionError as error:
        options = {"instructions": text} if text.startswith("-") else {"error": str(error)}
    assert options == {"instructions": text}


def test_tools_that_are_named_one_by_one_all_count():
    assert parse_line("-t f -t g,h --tools=i") == {"tools": ["f", "g", "h", "i"]}
    assert parse_line("--no-tools --no-tools") == {"tools": ()}


@pytest.mark.parametrize("line", ["-t f --no-tools", "--no-tools --tools f"])
def test_tools_and_none_are_not_both_said(line):
    with pytest.raises(OptionError, match="not allowed with"):
        parse_line(line)


@pytest.mark.parametrize("line", ["--base-url https://me:pw@host/v1", "--base-url=http://a:b@h"])
def test_a_password_in_an_address_does_not_belong_on_the_line(line):
    with pytest.raises(OptionError, match="a password does not belong") as caught:
        parse_line(line)
    assert "pw" not in str(caught.value)
    assert parse_line("--base-url http://h/a:b@c") == {"base_url": "http://h/a:b@c"}


# Written again: the cell that asks the same

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
_NAMES = st.lists(st.from_regex("[a-z]{1,9}", fullmatch=True), min_size=1, max_size=3)
_WRITABLE = st.fixed_dictionaries(
    {},
    optional={
        "model": st.from_regex("[a-zA-Z0-9./:-]{1,20}", fullmatch=True),
        "instructions": _TEXT.filter(lambda text: text.splitlines() == [text]),
        "tools": _NAMES,
        "images": st.lists(st.from_regex("[ a-z.$'\"]{1,9}", fullmatch=True), min_size=1),
        "temperature": st.floats(0, 2),
        "max_output_tokens": st.integers(1, 10**6),
        "stream": st.just(False),
        "verbose": st.just(True),
        "conversation": st.sampled_from(["main", "other"]),
        "extra": st.dictionaries(st.sampled_from(["user", "seed"]), _TEXT, min_size=1),
    },
)


@given(_WRITABLE, st.text())
def test_what_is_written_reads_as_it_was(options, prompt):
    line, _, body = written(options, prompt).partition("\n")
    assert body == prompt
    assert parse_line(line.removeprefix("%%responses")) == options


@pytest.mark.parametrize("end", ["\n", "\r\n", "\v", "\u2028"])
def test_what_takes_more_than_a_line_is_written_as_json(end):
    text = f"one{end}two{end}"
    source = written({"instructions": text, "tools": (), "extra": {"seed": 1}}, "Go")
    line, body = source.splitlines()
    assert body == "Go"
    assert parse_line(line.removeprefix("%%responses")) == {
        "tools": (),
        "extra": {"seed": 1, "instructions": text},
    }
