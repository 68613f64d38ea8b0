"""A JSON Schema filled from a text, where the answer must be structured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from respmagic.demo._about import describe
from respmagic.demo._arithmetic import evaluate, find_expressions
from respmagic.demo._fit import MISSING, build, fit, placeholder
from respmagic.demo._reading import Reader
from respmagic.demo._request import Tool
from respmagic.demo._schema import Slot, slots
from respmagic.demo._summary import Outcome
from respmagic.demo._text import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["fill_schema"]


# "Extract the event:" tells what to do, not what to fill in.
_ORDER = re.compile(
    r"^\s*(?:please\s+)?[^:\n]{0,60}(?::\s+|(?<=[\u4e00-\u9fff]):)(?=\S)|^\s*[^:\n\d]{0,40}:\s*\n"
)


_QUOTES = {'"': '"', "'": "'", "“": "”", "「": "」"}


def _worked_out(slot: Slot, text: str) -> Any:
    """The value of the text's arithmetic, for what is called an answer; else MISSING."""
    found = find_expressions(text)
    if not found or not re.search(r"answer|result|value|答案|结果", slot.name):
        return MISSING
    value = evaluate(found[0].value)
    return MISSING if value is None else fit(value, slot.schema)


def fill_schema(schema: Mapping[str, Any], text: str, outcomes: Sequence[Outcome] = ()) -> Any:
    """A value that satisfies the schema, with all that the text gives for it.

    Args:
        schema: the JSON Schema asked for.
        text: the prompt and the outputs.
        outcomes: calls of this turn, whose outputs may be objects with the names wanted.
    """
    wanted = slots(schema)
    if not wanted:
        return placeholder(schema)
    subject = (_ORDER.sub("", text) or text).strip()
    if subject[:1] in _QUOTES and subject[-1:] == _QUOTES[subject[0]]:
        subject = subject[1:-1]
    about = describe(Tool("", "", schema))
    values = (
        Reader(read_text(subject, [about]), [about])
        .read(about, (0, len(subject)), expand=False)
        .values
    )
    for slot in wanted:
        worked_out = _worked_out(slot, text)
        if worked_out is not MISSING:
            values[slot.path] = worked_out
    for outcome in outcomes:
        for slot in wanted:
            given = Outcome("", outcome.output, "").given()
            if isinstance(given, dict) and slot.name in given:
                fitted = fit(given[slot.name], slot.schema)
                if fitted is not MISSING:
                    values[slot.path] = fitted
    return build(schema, values)
