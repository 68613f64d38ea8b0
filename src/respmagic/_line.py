"""The line of a cell or of a subcommand, read by the tables of its options."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from respmagic import _secrets
from respmagic._exceptions import OptionError
from respmagic._options import OPTIONS, Option, variable_name
from respmagic._spelling import did_you_mean

__all__ = ["parse_command", "parse_line", "written"]

_ASSIGNED = re.compile(r"\s*([^\s<]+)\s*<<(?:\s+|$)(.*)", re.DOTALL)

_LOGIN = re.compile(r"(?:--[\w-]+=)?https?://[^/?#\s]*:[^/?#\s]*@")


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
    groups: dict[str, Any] = {}  # of --tools and --no-tools, one name's, only one may stand there
    for option in options:
        settings: dict[str, Any] = {"dest": option.name, "default": argparse.SUPPRESS}
        if option.metavar:
            settings |= {"type": _type(option), "metavar": option.metavar}
            settings |= {"action": option.repeats} if option.repeats else {}
            if option.bare:
                settings |= {"nargs": "?", "const": option.bare}
        else:
            settings |= {"action": "store_const", "const": option.const}
        if option.name not in groups:
            groups[option.name] = parser.add_mutually_exclusive_group()
        groups[option.name].add_argument(*option.spelled, **settings)
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
        return variable_name(name), rest
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
        if _LOGIN.match(word):
            raise OptionError(
                "a password does not belong on this line, where the notebook saves it: set "
                "OPENAI_BASE_URL in the environment instead, and take this one out of the cell"
            )


def _unknown(word: str, options: Iterable[Option]) -> str:
    if not word.startswith("-"):
        return f"{word!r} stands where an option is expected; the prompt goes below the line"
    flag = word.split("=", maxsplit=1)[0]
    flags = [flag for option in options for flag in option.spelled]
    return f"there is no option {flag}{did_you_mean(flag, flags)}. %%responses? lists them."


def written(options: Mapping[str, Any], prompt: str) -> str:
    """The cell that asks `prompt` with these options: what `parse_line` reads, written.

    Args:
        options: by `Option.name`, with values as `parse_line` returns them.
        prompt: the text.
    """
    lines = {name for name, value in options.items() if not _is_one_line(value)}
    further = {**options.get("extra", {}), **{name: options[name] for name in lines}}
    words = [
        word
        for name, value in options.items()
        if name not in lines and name != "extra"
        for word in _written(name, value)
    ]
    words += _written("extra", further) if further else []
    return f"{' '.join(['%%responses', *words])}\n{prompt}"


def _is_one_line(value: Any) -> bool:
    return not isinstance(value, str) or value.splitlines() in ([], [value])


def _written(name: str, value: Any) -> list[str]:
    """One option, as it stands on the line."""
    candidates = [option for option in OPTIONS if option.name == name]
    for option in candidates:
        if not option.metavar and option.const == value:
            return [option.spelled[-1]]
    valued = [option for option in candidates if option.metavar]
    if not valued:  # a switch that is off
        return []
    [option] = valued
    if option.repeats and not isinstance(value, str | Mapping):
        return [word for each in value for word in _written(name, each)]
    text = shlex.quote(_text(value))
    if text.startswith(("-", "'-")):  # else it would be taken for an option itself
        return [f"{option.spelled[-1]}={text}"]
    return [option.spelled[0], text]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return json.dumps(value)
    return ",".join(value) if isinstance(value, list | tuple) else str(value)
