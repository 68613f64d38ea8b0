"""The options of a `%%responses` cell: one row each, from which parser and help are made."""

from __future__ import annotations

import argparse
import json
import keyword
import math
import re
import shlex
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, NoReturn

from respmagic import _secrets
from respmagic._exceptions import OptionError

__all__ = [
    "APIS",
    "COMMAND_OPTIONS",
    "OPTIONS",
    "RENDERERS",
    "Option",
    "did_you_mean",
    "help_text",
    "parse_command",
    "parse_line",
]

_ASSIGNED = re.compile(r"\s*([^\s<]+)\s*<<(?:\s+|$)(.*)", re.DOTALL)


class Option(NamedTuple):
    """One option of the cell.

    Attributes:
        name: the keyword of `respmagic.respond` that it sets, or the magic's own word.
        flags: how it is written, the long one last; from `name` if empty.
        metavar: what stands behind it; "" for a switch.
        parse: makes the value of the text; raises ValueError or TypeError if it cannot.
        const: what a switch sets.
        help: one line for people.
    """

    name: str
    help: str
    metavar: str = ""
    flags: tuple[str, ...] = ()
    parse: Callable[[str], Any] = str
    const: Any = True

    @property
    def spelled(self) -> tuple[str, ...]:
        """The flags, short one first."""
        return self.flags or (f"--{self.name.replace('_', '-')}",)


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


def _variable(text: str) -> str:
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


RENDERERS = ("auto", "blocks", "final", "plain")
APIS = ("auto", "responses", "chat")


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(f"not one of {', '.join(words)}{did_you_mean(text, words)}")
        return text

    return parse


OPTIONS: tuple[Option, ...] = (
    Option("out", "bind the result to this variable too", "NAME", ("-o", "--out"), _variable),
    Option("model", "the model to ask", "MODEL", ("-m", "--model")),
    Option("profile", "the gateway to ask, e.g. openrouter", "NAME", ("-p", "--profile")),
    Option("base_url", "where the API is, e.g. http://localhost:11434/v1", "URL"),
    Option("api", f"what is spoken there: {', '.join(APIS)}", "NAME", parse=_one_of(APIS)),
    Option("tools", "exactly these functions as tools", "F,G", ("-t", "--tools"), _names),
    Option("tools", "no tools", flags=("--no-tools",), const=()),
    Option("tool_choice", "auto, none, required, or the tool that must be called", "CHOICE"),
    Option("max_turns", "how many requests one cell may make", "N", parse=_at_least_one),
    Option("instructions", "what the model is to keep to", "TEXT", ("-i", "--instructions")),
    Option("temperature", "0 for the likeliest words, more for variety", "X", parse=_number),
    Option("max_output_tokens", "the longest answer, reasoning included", "N", parse=_at_least_one),
    Option("effort", "how hard to reason: none, minimal, low, medium, high, …", "LEVEL"),
    Option("stream", "ask for the answer in one piece", flags=("--no-stream",), const=False),
    Option("timeout", "give up after so long without a byte", "SECONDS", parse=_seconds),
    Option("retries", "how often to try again before an answer begins", "N", parse=_not_negative),
    Option("renderer", f"how to show it: {', '.join(RENDERERS)}", "NAME", parse=_one_of(RENDERERS)),
    Option("verbose", "show ids, times and tokens in detail too"),
    Option("debug", "show the whole traceback of an error, and what was sent"),
    Option(
        "quiet", "show nothing and leave _ alone; the variables are bound", flags=("-q", "--quiet")
    ),
    Option("extra", "further parameters of the request, as JSON", "JSON", parse=_object),
)


_BY_NAME = {option.name: option for option in OPTIONS}
_WHERE = (_BY_NAME["profile"], _BY_NAME["base_url"])
COMMAND_OPTIONS: dict[str, tuple[Option, ...]] = {
    "models": _WHERE,
    "profiles": (Option("check", "ask whether it is there, and what it has"),),
    "profiles add": (
        _BY_NAME["base_url"],
        Option("key_env", "the NAME of the variable that holds the key", "VARIABLE"),
        _BY_NAME["api"],
        _BY_NAME["model"],
        Option("like", "the profile to start from", "NAME"),
    ),
}
"""The options of the subcommands of `%responses` that have any."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(f"{message}. %%responses? lists the options.")


def _type(option: Option) -> Callable[[str], Any]:
    """`option.parse` for argparse, whose own message would hide the reason."""

    def parse(text: str) -> Any:
        try:
            return option.parse(text)
        except (ValueError, TypeError) as error:
            raise OptionError(f"{option.spelled[-1]} {text!r}: {error}") from None

    return parse


def _parser(options: Iterable[Option]) -> _Parser:
    parser = _Parser(prog="%%responses", add_help=False, allow_abbrev=False)
    for option in options:
        settings: dict[str, Any] = {"dest": option.name, "default": argparse.SUPPRESS}
        if option.metavar:
            settings |= {"type": _type(option), "metavar": option.metavar}
        else:
            settings |= {"action": "store_const", "const": option.const}
        parser.add_argument(*option.spelled, **settings)
    return parser


def parse_line(line: str) -> dict[str, Any]:
    """The options on the cell's first line, only those that stand there, by `Option.name`.

    Raises:
        OptionError: if the line cannot be understood; says which word and what was expected.
    """
    name, rest = _assigned(line)
    words = _split(rest)
    _refuse_keys(words)
    found, unknown = _parser(OPTIONS).parse_known_args(words)
    if unknown:
        raise OptionError(_unknown(unknown[0], OPTIONS))
    options = vars(found)
    if name is not None:
        options["out"] = name
    return options


def parse_command(line: str, options: Iterable[Option]) -> tuple[dict[str, Any], list[str]]:
    """The options on the line of a subcommand, by `Option.name`, and its other words.

    Raises:
        OptionError: if the line cannot be understood.
    """
    words = _split(line)
    _refuse_keys(words)
    found, others = _parser(options).parse_known_args(words)
    for word in others:
        if word.startswith("-"):
            raise OptionError(_unknown(word, options))
    return vars(found), others


def _assigned(line: str) -> tuple[str | None, str]:
    """The variable before ``<<``, if there is one, and the rest of the line."""
    if (match := _ASSIGNED.fullmatch(line)) is None:
        return None, line
    name, rest = match.groups()
    try:
        return _variable(name), rest
    except ValueError as error:
        raise OptionError(f"{name!r} before << is {error}") from None


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        message = f"the line cannot be split into words ({error}): is a quote not closed?"
        raise OptionError(message) from None


def _refuse_keys(words: list[str]) -> None:
    """A key on the line would be saved with the notebook and in the history."""
    for word in words:
        if word.split("=")[0] in ("--api-key", "--api_key", "--key") or _secrets.looks_secret(word):
            raise OptionError(
                "a key does not belong on this line, where the notebook saves it: set "
                "OPENAI_API_KEY in the environment instead, or the variable of the profile, and "
                "take this one out of the cell"
            )


def _unknown(word: str, options: Iterable[Option]) -> str:
    if not word.startswith("-"):
        return f"{word!r} stands where an option is expected; the prompt goes below the line"
    flag = word.split("=", maxsplit=1)[0]
    flags = [flag for option in options for flag in option.spelled]
    return f"there is no option {flag}{did_you_mean(flag, flags)}. %%responses? lists them."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean X?)`` if one of `known` is close to `word`, else nothing."""
    import difflib  # noqa: PLC0415 - a mistake may cost what the loading of the extension need not

    close = difflib.get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def help_text() -> str:
    """All options, a line each."""
    rows = [
        (", ".join(option.spelled) + (f" {option.metavar}" if option.metavar else ""), option.help)
        for option in OPTIONS
    ]
    width = max(len(left) for left, _ in rows)
    return "\n".join(f"  {left:<{width}}  {right}" for left, right in rows)
