"""What an output gives for a parameter of the next call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from respmagic.demo._fit import MISSING, fit
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._objects import handle_in, takes_object
from respmagic.demo._schema import Path, Slot
from respmagic.demo._summary import is_error
from respmagic.demo._values import find_values

__all__ = ["from_output"]

_READ = 2000  # of an output that is no JSON, no more is searched for a value
_RESULT = re.compile(r"result|value|answer|output|结果")


def from_output(slot: Slot, output: str, taken: Mapping[Path, Any]) -> Any:
    """The part of an output that suits a parameter, or MISSING.

    Args:
        slot: the parameter.
        output: what the earlier call gave.
        taken: the other arguments, whose values it need not have again.
    """
    if takes_object(slot):
        handle = handle_in(output, slot)
        return taken.get(slot.path, MISSING) if handle is None else handle
    # "404" in what an error says is no number to go on with.
    return MISSING if is_error(output) else _found(slot, output)


def _found(slot: Slot, output: str) -> Any:
    for value in _parts(_parsed(output), slot):
        fitted = fit(value, slot.schema)
        if fitted is not MISSING and (slot.kind != "array" or isinstance(value, list)):
            return fitted
    numbers = [v.value for v in find_values(output[:_READ]) if v.kind == "number"]
    if slot.kind in ("integer", "number") and numbers:
        return fit(numbers[-1] if "=" in output else numbers[0], slot.schema)
    if slot.kind == "array" and numbers:
        return fit(numbers, slot.schema)
    if slot.enum:
        texts = (m for m in slot.enum if isinstance(m, str))
        return next((m for m in texts if m.lower() in output.lower()), MISSING)
    return fit(output, slot.schema)


def _parsed(output: str) -> Any:
    try:
        return json.loads(output)
    except (ValueError, RecursionError):
        return output


def _parts(parsed: Any, slot: Slot) -> list[Any]:
    """What there is in an output, the likeliest first: by name, by type, then all of it."""
    if not isinstance(parsed, dict):
        return [parsed, *(parsed[:1] if isinstance(parsed, list) else [])]
    wanted = frozenset(k for t in tokenize(slot.name.replace("_", " ")) for k in t.keys)
    own = [v for name, v in parsed.items() if str(name).lower() == slot.name.lower()]
    named = [v for name, v in parsed.items() if keys(str(name).replace("_", " ")) & wanted]
    results = [v for name, v in parsed.items() if _RESULT.search(str(name))]
    if slot.kind == "string":
        typed = [v for v in parsed.values() if isinstance(v, str)]
    else:
        typed = [v for v in parsed.values() if not isinstance(v, dict | str | bool)]
    inner = [part for v in parsed.values() if isinstance(v, dict) for part in _parts(v, slot)]
    return [*own, *named, *results, *typed, *inner]
