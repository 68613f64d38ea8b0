"""A JSON Schema filled from a text, where the answer must be structured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from respmagic.demo._arguments import fill
from respmagic.demo._request import Tool
from respmagic.demo._schema import MISSING, build, fit, placeholder, slots
from respmagic.demo._summary import Outcome

__all__ = ["fill_schema"]


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
    values = dict(fill(Tool("", "", schema), text).values)
    for outcome in outcomes:
        for slot in wanted:
            given = Outcome("", outcome.output, "").given()
            if isinstance(given, dict) and slot.name in given:
                fitted = fit(given[slot.name], slot.schema)
                if fitted is not MISSING:
                    values[slot.path] = fitted
    return build(schema, values)
