"""The options of a `%%responses` cell: one row each, from which parser, help and Tab are made."""

from __future__ import annotations

import json
import keyword
import math
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from respmagic._config import APIS, RENDERERS
from respmagic._mark import APPROVALS
from respmagic._spelling import did_you_mean

__all__ = [
    "COMMANDS",
    "COMMAND_OPTIONS",
    "COMMAND_WORDS",
    "CUTS",
    "EFFORTS",
    "MAIN",
    "OPTIONS",
    "Command",
    "Option",
    "commands_text",
    "help_text",
    "variable_name",
]


class Option(NamedTuple):
    """One option of the cell.

    Attributes:
        name: the keyword of `respmagic.respond` that it sets, or the magic's own word.
        flags: how it is written, the long one last; from `name` if empty.
        metavar: what stands behind it; "" for a switch.
        parse: makes the value of the text; raises ValueError or TypeError if it cannot.
        const: what a switch sets.
        repeats: what each of several makes of a list: ``append`` its value, ``extend`` it by its
            values; "" where only the last one counts.
        bare: what stands for the value where it may be left out; "" where it may not.
        help: one line for people.
    """

    name: str
    help: str
    metavar: str = ""
    flags: tuple[str, ...] = ()
    parse: Callable[[str], Any] = str
    const: Any = True
    repeats: Literal["", "append", "extend"] = ""
    bare: str = ""

    @property
    def spelled(self) -> tuple[str, ...]:
        """The flags, short one first."""
        return self.flags or (f"--{self.name.replace('_', '-')}",)

    @property
    def value(self) -> str:
        """The metavar as it stands in the help."""
        return f"[{self.metavar}]" if self.bare else self.metavar


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"no JSON ({error})") from None
    if not isinstance(value, dict):
        raise TypeError("no JSON object, such as '{\"top_p\": 0.5}' in single quotes")
    return value


def variable_name(text: str) -> str:
    if not text.isidentifier() or keyword.iskeyword(text):
        raise ValueError("not a variable's name")
    return text


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("must be a whole number") from None


def _at_least_one(text: str) -> int:
    if (number := _whole(text)) < 1:
        raise ValueError("must be 1 or more")
    return number


def _not_negative(text: str) -> int:
    if (number := _whole(text)) < 0:
        raise ValueError("must be 0 or more")
    return number


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError("must be a number") from None
    if not math.isfinite(number):
        raise ValueError("must be a finite number")
    return number


def _seconds(text: str) -> float:
    if (number := _number(text)) <= 0:
        raise ValueError("must be seconds, more than 0")
    return number


CUTS = ("auto", "disabled")
MAIN = "main"
"""The conversation that a bare -c goes on with."""


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(f"not one of {', '.join(words)}{did_you_mean(text, words)}")
        return text

    return parse


EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")
OPTIONS: tuple[Option, ...] = (
    Option("out", "bind the result to this variable too", "NAME", ("-o", "--out"), variable_name),
    Option("model", "the model to ask", "MODEL", ("-m", "--model")),
    Option("profile", "the gateway to ask, e.g. openrouter", "NAME", ("-p", "--profile")),
    Option("base_url", "where the API is, e.g. http://localhost:11434/v1", "URL"),
    Option("api", f"what is spoken there: {', '.join(APIS)}", "NAME", parse=_one_of(APIS)),
    Option(
        "tools",
        "exactly these functions as tools",
        "F,G",
        ("-t", "--tools"),
        _names,
        repeats="extend",
    ),
    Option("tools", "no tools", flags=("--no-tools",), const=()),
    Option("tool_choice", "auto, none, required, or the tool that must be called", "CHOICE"),
    Option(
        "approve",
        f"whether tools run: {', '.join(APPROVALS)}",
        "RULE",
        parse=_one_of(APPROVALS),
    ),
    Option("max_parallel_tools", "how many calls run at once", "N", parse=_at_least_one),
    Option("max_turns", "how many requests one cell may make", "N", parse=_at_least_one),
    Option("template", "leave {{ … }} in the text as it is", flags=("--no-template",), const=False),
    Option("prompt_from", "text from a variable or a file goes before the cell's", "NAME|PATH"),
    Option("instructions", "what the model is to keep to", "TEXT", ("-i", "--instructions")),
    Option(
        "images",
        "an image: a variable, path, pattern or URL; may be repeated",
        "X",
        ("--image",),
        repeats="append",
    ),
    Option(
        "files",
        "a PDF or text file: the same; may be repeated",
        "X",
        ("--file",),
        repeats="append",
    ),
    Option(
        "schema",
        "a type or JSON Schema for the answer: City, 'list[City]', a variable",
        "TYPE",
        ("-s", "--schema"),
    ),
    Option("repair", "how often an answer that does not fit goes back", "N", parse=_not_negative),
    Option(
        "conversation",
        f"go on with a conversation ({MAIN}), and add to it",
        "NAME",
        ("-c", "--conversation"),
        bare=MAIN,
    ),
    Option(
        "conversation",
        "stand alone, though the settings say otherwise",
        flags=("--no-conversation",),
        const=None,
    ),
    Option("store", "have the server keep what is said, so that only new things are sent"),
    Option("store", "the server is to keep nothing", flags=("--no-store",), const=False),
    Option("background", "a job: the server goes on though you stop waiting"),
    Option("truncate", "auto: what is too long is cut by the server", "HOW", parse=_one_of(CUTS)),
    Option("web_search", "let the server search the web"),
    Option(
        "hosted",
        "a tool of the server, as JSON or a variable; may be repeated",
        "JSON|NAME",
        repeats="append",
    ),
    Option("temperature", "0 for the likeliest words, more for variety", "X", parse=_number),
    Option("top_p", "choose among the likeliest words that make up this share", "X", parse=_number),
    Option("max_output_tokens", "the longest answer, reasoning included", "N", parse=_at_least_one),
    Option("effort", "how hard to reason: none, minimal, low, medium, high, …", "LEVEL"),
    Option("summary", "show a summary of the reasoning: auto, concise, detailed", "KIND"),
    Option("verbosity", "how much to say: low, medium, high", "LEVEL"),
    Option("stream", "ask for the answer in one piece", flags=("--no-stream",), const=False),
    Option("timeout", "give up after so long without a byte", "SECONDS", parse=_seconds),
    Option("retries", "how often to try again before an answer begins", "N", parse=_not_negative),
    Option("renderer", f"how to show it: {', '.join(RENDERERS)}", "NAME", parse=_one_of(RENDERERS)),
    Option("dry_run", "show what would be sent, and send nothing"),
    Option("verbose", "show ids, times and tokens in detail too"),
    Option("debug", "show the whole traceback of an error, and what was sent"),
    Option(
        "quiet", "show nothing and leave _ alone; the variables are bound", flags=("-q", "--quiet")
    ),
    Option("extra", "further parameters of the request, as JSON", "JSON", parse=_object),
)


_BY_NAME = {option.name: option for option in reversed(OPTIONS)}  # the first of a name
_WHERE = (_BY_NAME["profile"], _BY_NAME["base_url"])
_TALK = (_BY_NAME["conversation"],)


class Command(NamedTuple):
    """A subcommand of `%responses`.

    Attributes:
        name: a word, or two where the second makes it another one.
        usage: what stands behind it.
        help: one line for people.
        options: what it takes beside words.
    """

    name: str
    usage: str
    help: str
    options: tuple[Option, ...] = ()


COMMANDS: tuple[Command, ...] = (
    Command("models", "[FILTER] [-p NAME]", "the models that the server lists", _WHERE),
    Command(
        "profiles",
        "[NAME] [--check]",
        "the gateways, whose keys are set, and who is there",
        (Option("check", "ask whether it is there, and what it has"),),
    ),
    Command(
        "profiles add",
        "NAME --base-url URL --key-env VARIABLE [--api API] [-m MODEL]",
        "one of your own",
        (
            _BY_NAME["base_url"],
            Option("key_env", "the NAME of the variable that holds the key", "VARIABLE"),
            _BY_NAME["api"],
            _BY_NAME["model"],
            Option("like", "the profile to start from", "NAME"),
        ),
    ),
    Command("tools", "[F,G]", "what the model is told of functions, and how they run"),
    Command(
        "forget",
        "[NAME | --all]",
        "the objects kept for models, and letting go of them",
        (Option("all", "let go of all of them"),),
    ),
    Command(
        "panel",
        "[CONVERSATION] [--to-cell] [--static]",
        "a conversation to click through",
        (
            Option("to_cell", "put the cell that asks the last turn below this one"),
            Option("static", "leave the transcript as an output that needs no kernel"),
        ),
    ),
    Command("last", "", "the last result"),
    Command("retry", "[-c [NAME]]", "ask the last question again", _TALK),
    Command("undo", "[-c [NAME]]", "take back the last turn of a conversation", _TALK),
    Command("usage", "", "the tokens that were used, by model and conversation"),
    Command("jobs", "", "what servers are at work on (--background)"),
    Command("jobs resume", "[ID]", "go on with a job", (*_WHERE, _BY_NAME["model"])),
    Command("jobs cancel", "[ID]", "stop it", _WHERE),
    Command("conversations", "", "what goes on from cell to cell"),
    Command("conversations show", "NAME", "all that was said in it"),
    Command("conversations fork", "NAME NEW", "another one with the same turns"),
    Command("conversations rename", "NAME NEW", "call it otherwise"),
    Command("conversations drop", "NAME", "let go of it"),
    Command("conversations export", "NAME PATH", "into a JSON file"),
    Command("conversations load", "PATH [NAME]", "from such a file"),
    Command("help", "", "this text"),
)
COMMAND_OPTIONS = {command.name: command.options for command in COMMANDS}
COMMAND_WORDS = tuple(dict.fromkeys(command.name.split()[0] for command in COMMANDS))


def help_text() -> str:
    """All options, a line each."""
    return _aligned(
        (", ".join(option.spelled) + (f" {option.value}" if option.metavar else ""), option.help)
        for option in OPTIONS
    )


def commands_text() -> str:
    """All subcommands, a line each."""
    return _aligned(
        (f"%responses {command.name} {command.usage}".rstrip(), command.help)
        for command in COMMANDS
    )


_WIDEST = 44


def _aligned(rows: Iterable[tuple[str, str]]) -> str:
    rows = list(rows)
    width = max(len(left) for left, _ in rows if len(left) <= _WIDEST)
    return "\n".join(
        f"  {left:<{width}}  {right}"
        if len(left) <= width
        else f"  {left}\n  {'':<{width}}  {right}"
        for left, right in rows
    )
