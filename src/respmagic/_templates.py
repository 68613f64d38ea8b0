"""Values of the notebook in a cell's text: each ``{{ expression }}`` is replaced, once.

The expression is the user's own code in the user's own cell, as in an f-string. Nothing else is
ever evaluated: not what a value holds, not what a file says, not what a model answered.
"""

from __future__ import annotations

import builtins
import datetime as dt
import re
import uuid
from collections.abc import Iterator, Mapping
from numbers import Number
from pathlib import PurePath
from types import CodeType
from typing import Any, NamedTuple, cast

from respmagic._describe import described
from respmagic._exceptions import TemplateError
from respmagic._images import is_picture
from respmagic._inputs import Inputs, image_inputs
from respmagic._items import Item
from respmagic._spelling import did_you_mean

__all__ = ["filled", "filled_text"]

# Characters for one value: some two thousand tokens.
BUDGET = 8_000
# Shorter values need no word about how much they add.
_WORTH_A_NOTE = 100
_LONGEST = 2_000

# What is text enough; data is described.
_PLAIN = (
    *(str, Number, type(None), PurePath),
    *(dt.date, dt.time, dt.timedelta, uuid.UUID),
)

# Where more than two braces stand, the outer ones are text.
_OPEN = re.compile(r"\{\{(?!\{)")
_INSTEAD = "For text with such braces say --no-template."


class _Expression(NamedTuple):
    source: str
    code: CodeType


def filled(text: str, namespace: Mapping[str, Any]) -> Inputs:
    """The parts of a message that `text` makes, and what is to be said of the values in it.

    Data becomes a bounded outline that says what was cut, a figure or image an ``input_image`` at
    its place. Lone braces, and ``{{`` that nothing closes, are text.

    Args:
        text: the cell's own.
        namespace: the user's variables.

    Raises:
        TemplateError: if an expression is none, names what is not there, or raises.
    """
    inputs, written = Inputs(), ""
    for piece in _pieces(text):
        if isinstance(piece, str):
            written += piece
            continue
        value = _value(piece, namespace)
        if not is_picture(value):
            shown = str(value) if isinstance(value, _PLAIN) else described(value, BUDGET)
            written += shown
            inputs += Inputs((), _note(piece.source, shown))
            continue
        inputs += Inputs(_text_part(written)) + image_inputs(value, piece.source)
        written = ""
    return inputs + Inputs(_text_part(written))


def filled_text(text: str, namespace: Mapping[str, Any], name: str) -> str:
    """The same where only text may stand, such as in instructions.

    Raises:
        TemplateError: also if a value is an image.
    """
    parts = filled(text, namespace).parts
    if any(part["type"] != "input_text" for part in parts):
        raise TemplateError(f"{name} may hold text only, and a value in it is an image")
    return "".join(part["text"] for part in parts)


def _text_part(text: str) -> tuple[Item, ...]:
    return ({"type": "input_text", "text": text},) if text.strip() else ()


def _note(source: str, shown: str) -> tuple[str, ...]:
    if len(shown) < _WORTH_A_NOTE:
        return ()
    return (f"{_quoted(source)} is some {len(shown.encode('utf-8', 'replace')) // 4:,} tokens",)


def _pieces(text: str) -> Iterator[str | _Expression]:
    """Text and expressions in turn."""
    at = 0
    while (opened := _OPEN.search(text, at)) is not None:
        found = _closed(text, opened.end())
        if found is None:  # nothing closes it
            break
        end, expression = found
        yield text[at : opened.start()]
        yield expression if expression is not None else text[opened.start() : end]
        at = end
    yield text[at:]


def _closed(text: str, start: int) -> tuple[int, _Expression | None] | None:
    """The end of the braces opened before `start`, and the expression in them, if there is one.

    It ends at the first closing braces that make it Python: it may hold braces itself.
    """
    first = end = text.find("}}", start, start + _LONGEST)
    if first < 0:
        return None
    if not text[start:first].strip():
        return first + 2, None
    reason: Exception | None = None
    while end >= 0:
        source = text[start:end].strip()
        try:
            return end + 2, _Expression(source, compile(source, "<template>", "eval"))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            reason = reason or error
        end = text.find("}}", end + 1, start + _LONGEST)
    why = getattr(reason, "msg", None) or reason
    raise TemplateError(f"{_quoted(text[start:first])} is no Python expression: {why}. {_INSTEAD}")


def _quoted(source: str) -> str:
    line = " ".join(source.split())
    return f"{{{{ {line if len(line) <= 60 else line[:59] + '…'} }}}}"


def _value(expression: _Expression, namespace: Mapping[str, Any]) -> Any:
    shown = _quoted(expression.source)
    try:
        # As globals, so that comprehensions see the names, too.
        return eval(expression.code, cast("dict[str, Any]", namespace))  # noqa: S307 - see above
    except NameError as error:
        if error.name is None or not _is_missing(error.name, expression.code, namespace):
            raise _failed(shown, error) from error
        known = [name for name in namespace if not name.startswith("_")]
        raise TemplateError(
            f"there is no variable {error.name!r}{did_you_mean(error.name, known)}, which {shown} "
            f"names: run the cell that makes it first. {_INSTEAD}"
        ) from None
    except Exception as error:
        raise _failed(shown, error) from error


def _is_missing(name: str, code: CodeType, namespace: Mapping[str, Any]) -> bool:
    """Whether the expression itself, not code that it calls, names what is not there."""
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    named = name in code.co_names or any(name in const.co_names for const in inner)
    return named and name not in namespace and not hasattr(builtins, name)


def _failed(shown: str, error: Exception) -> TemplateError:
    return TemplateError(f"{shown} raises {type(error).__name__}: {error}")
