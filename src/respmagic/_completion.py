"""Tab on a line of `%%responses` or `%responses`: options, profiles, models, tools, subcommands.

Nothing is asked of any server here: models are those that were listed before.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult

from respmagic._config import APIS, RENDERERS
from respmagic._dialects.profiles import BUILT_IN
from respmagic._exceptions import OptionError
from respmagic._gateways import find_gateway, known_models, known_profiles
from respmagic._mark import APPROVALS, mark_of
from respmagic._options import COMMAND_OPTIONS, COMMAND_WORDS, CUTS, EFFORTS, OPTIONS, Option
from respmagic._session import Session

__all__ = ["complete"]

_LINE = re.compile(r"\s*(?:[\w.,\s]+=\s*)?(%%?)responses(\s.*)", re.DOTALL)
_CHOICES = ("auto", "none", "required")

Values = Callable[[Mapping[str, str], Session], Iterable[str]]


def complete(context: CompletionContext, session: Session) -> SimpleMatcherResult:
    """What may stand at the cursor, as a matcher of IPython's completer returns it.

    Args:
        context: where the cursor is.
        session: the notebook's, for the names of tools and of what is kept.
    """
    begun, found = "", list[str]()
    if (match := _LINE.fullmatch(context.text_until_cursor)) is not None:
        above = context.full_text.split("\n")[: context.cursor_line]
        if match[1] == "%" or not "".join(above).strip():
            begun, found = _found(match, session)
    return {
        "completions": [SimpleCompletion(text, type="magic") for text in found],
        "matched_fragment": begun,
        "suppress": bool(found),
        "ordered": True,
    }


def _found(match: re.Match[str], session: Session) -> tuple[str, list[str]]:
    """What is begun on our line, and what it may become."""
    *before, word = re.split(r"\s+", match[2].lstrip())
    if match[1] == "%%":
        return _argument(before, word, OPTIONS, session, ())
    if not before:
        return word, _fitting(word, COMMAND_WORDS)
    return _of_command(before, word, session)


def _of_command(before: list[str], word: str, session: Session) -> tuple[str, list[str]]:
    command, *rest = before
    if rest and (whole := f"{command} {rest[0]}") in COMMAND_OPTIONS:
        command, rest = whole, rest[1:]
    options = COMMAND_OPTIONS.get(command, ())
    found = _WORDS[command](_said(rest, options), session) if command in _WORDS else ()
    seconds = [name.split()[1] for name in COMMAND_OPTIONS if name.startswith(f"{command} ")]
    return _argument(rest, word, options, session, [*([] if rest else seconds), *found])


def _argument(
    before: list[str],
    word: str,
    options: Iterable[Option],
    session: Session,
    words: Iterable[str],
) -> tuple[str, list[str]]:
    """An option, the value of one, or one of `words`."""
    by_flag = {flag: option for option in options for flag in option.spelled}
    flag, equals, begun = word.partition("=")
    if not equals and before:
        flag, begun = before[-1], word
    option = by_flag.get(flag)
    if option is not None and option.metavar and not (option.bare and word.startswith("-")):
        values = _VALUES.get(option.name)
        found = values(_said(before, options), session) if values else ()
        begun = begun.rpartition(",")[2] if option.name == "tools" else begun
        return begun, _fitting(begun, found)
    once = [option for flag in before if (option := by_flag.get(flag)) and not option.repeats]
    given = {option.name for option in once}
    flags = [flag for flag, option in by_flag.items() if option.name not in given]
    long = [flag for flag in flags if flag.startswith("--") or word == flag]
    return word, _fitting(word, [*words, *long])


def _fitting(begun: str, values: Iterable[str]) -> list[str]:
    """The `values` that go on as it is begun; else those that hold it, as models' names do."""
    values = list(dict.fromkeys(values))
    found = [value for value in values if value.startswith(begun)]
    return found or [value for value in values if begun.lower() in value.lower()]


def _said(words: list[str], options: Iterable[Option]) -> dict[str, str]:
    """The options that stand on the line already, as far as they have values."""
    by_flag = {flag: option.name for option in options for flag in option.spelled}
    said = {}
    for word, after in itertools.zip_longest(words, words[1:], fillvalue=""):
        flag, equals, value = word.partition("=")
        if flag in by_flag:
            said[by_flag[flag]] = value if equals else after
    return said


def _models(said: Mapping[str, str], session: Session) -> Iterable[str]:
    try:
        gateway = find_gateway(said, session.settings.values_by_name())
    except OptionError:
        return ()
    own = [gateway.profile.model] if gateway.profile.model else []
    return [*own, *known_models(gateway.base_url)]


def _profiles(_: Mapping[str, str], session: Session) -> Iterable[str]:
    return known_profiles(session.settings.profiles)[0]


def _functions(_: Mapping[str, str], session: Session) -> Iterable[str]:
    """The functions of the notebook, the marked ones first."""
    names = [
        name
        for name, value in list(session.namespace.items())
        if not name.startswith("_") and _is_function(value)
    ]
    return sorted(names, key=lambda name: (mark_of(session.namespace[name]) is None, name))


def _is_function(value: Any) -> bool:
    # What a notebook is born with (exit, get_ipython, classes, modules) is no tool.
    own = getattr(value, "__module__", None) == "__main__"
    return mark_of(value) is not None or (own and callable(value) and not isinstance(value, type))


def _inputs(_: Mapping[str, str], session: Session) -> Iterable[str]:
    """What may be an image or a file: data of the notebook, and the files beside it."""
    kinds = ("matplotlib", "PIL", "numpy", "pathlib")
    names = [
        name
        for name, value in list(session.namespace.items())
        if not name.startswith("_")
        and (type(value).__module__.partition(".")[0] in kinds or isinstance(value, bytes))
    ]
    return [*names, *_files()]


def _files() -> list[str]:
    """The files beside the notebook."""
    names = [p.name for p in Path().iterdir() if p.is_file() and len(p.name.split()) == 1]
    return sorted(name for name in names if not name.startswith("."))


def _texts(_: Mapping[str, str], session: Session) -> Iterable[str]:
    names = [
        name
        for name, value in list(session.namespace.items())
        if isinstance(value, str | Path) and not name.startswith("_")
    ]
    return [*names, *_files()]


def _types(_: Mapping[str, str], session: Session) -> Iterable[str]:
    """The classes of the notebook, and the dicts that may be schemas."""
    return [
        name
        for name, value in list(session.namespace.items())
        if not name.startswith("_")
        and (
            (isinstance(value, type) and value.__module__ == "__main__")
            or (isinstance(value, dict) and "type" in value)
        )
    ]


def _hosted(_: Mapping[str, str], session: Session) -> Iterable[str]:
    """The dicts that may be tools of a server."""
    return [
        name
        for name, value in list(session.namespace.items())
        if isinstance(value, dict) and "type" in value and not name.startswith("_")
    ]


def _tool_choices(said: Mapping[str, str], session: Session) -> Iterable[str]:
    return [*_CHOICES, *_functions(said, session)]


def _addresses(_: Mapping[str, str], __: Session) -> Iterable[str]:
    return [profile.base_url for profile in BUILT_IN.values() if profile.base_url]


def _conversations(_: Mapping[str, str], session: Session) -> Iterable[str]:
    return [name for name, talk in session.conversations.items() if talk.turns]


def _fixed(*values: str) -> Values:
    return lambda _, __: values


# What may stand behind a subcommand, and behind an option.
_WORDS: dict[str, Values] = {
    "conversations show": _conversations,
    "conversations fork": _conversations,
    "conversations rename": _conversations,
    "conversations drop": _conversations,
    "conversations export": _conversations,
    "jobs resume": lambda _, session: session.jobs,
    "jobs cancel": lambda _, session: session.jobs,
    "conversations load": lambda _, __: _files(),
    "forget": lambda _, session: session.kept,
    "models": _models,
    "panel": _conversations,
    "profiles": _profiles,
    "tools": _functions,
}
_VALUES: dict[str, Values] = {
    "conversation": _conversations,
    "truncate": _fixed(*CUTS),
    "model": _models,
    "profile": _profiles,
    "like": _profiles,
    "base_url": _addresses,
    "tools": _functions,
    "images": _inputs,
    "files": _inputs,
    "prompt_from": _texts,
    "schema": _types,
    "hosted": _hosted,
    "tool_choice": _tool_choices,
    "api": _fixed(*APIS),
    "effort": _fixed(*EFFORTS),
    "summary": _fixed("auto", "concise", "detailed"),
    "verbosity": _fixed("low", "medium", "high"),
    "approve": _fixed(*APPROVALS),
    "renderer": _fixed(*RENDERERS),
}
