"""Numbers for parameters: counts, bounds, measures, each where it belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from respmagic.demo._lexicon import tokenize
from respmagic.demo._measures import dimensions_of, unit_wanted
from respmagic.demo._units import UNITS

if TYPE_CHECKING:
    from respmagic.demo._schema import Slot
    from respmagic.demo._spans import Value

__all__ = ["bound_score", "converted", "measure_score", "said_ends"]


_COUNT = frozenset(("#count", "#quantity", "#limit", "#guest", "#passenger", "#sample"))


def said_ends(slot: Slot) -> frozenset[str]:
    """What the first words of a description say about a parameter with a vague name."""
    first = tokenize(slot.description)[:3]
    return frozenset(k for t in first for k in t.keys) & frozenset(("#minimum", "#maximum"))


_LOW_ENDS = frozenset("from since after #minimum #start low above over abov gt gte ge".split())
_HIGH_ENDS = frozenset(
    "to until before #maximum #end #limit high below under und lt lte le".split()
)


def bound_score(named: frozenset[str], value: Value) -> float:
    """The low end of a range suits a minimum, the high one a maximum."""
    is_low, is_high = bool(named & _LOW_ENDS), bool(named & _HIGH_ENDS)
    if not value.bound:
        return 0
    if is_low == is_high:
        return -0.8
    return 5 if (value.bound == "low") == is_low else -5


def measure_score(slot: Slot, named: frozenset[str], value: Value) -> float:
    """Metres suit a height, dollars a price, and neither suits a count."""
    wanted = dimensions_of(slot)
    if value.unit == "percent" and _as_fraction(slot):
        return 3
    measured = "money" if value.currency else UNITS[value.unit][0] if value.unit else ""
    if not measured:
        return 0
    if measured in wanted:
        return _unit_score(unit_wanted(slot), value.unit, measured)
    if named & {"#number", "#quantity"} or slot.name in ("value", "amount", "x", "number"):
        return 1.0
    if wanted or named & _COUNT:
        return -4
    return 0 if measured == "percent" else -0.5


def _unit_score(wanted: str, given: str, measured: str) -> float:
    if measured == "temperature" and wanted and given not in (wanted, "degree"):
        return -4  # a temperature in another unit is not converted
    return 5 if wanted == given else 4


def converted(slot: Slot, value: Value) -> Any:
    """The number in the unit that the parameter's name asks for: 2 hours as 120 minutes."""
    wanted, given = unit_wanted(slot), value.unit
    if given == "percent" and _as_fraction(slot):
        return round(value.value / 100, 10)
    if not wanted or not given or wanted == given:
        return value.value
    dimension, size, _ = UNITS[given]
    if dimension != UNITS[wanted][0] or dimension == "temperature":
        return value.value
    number = round(value.value * size / UNITS[wanted][1], 6)
    return int(number) if number == int(number) else number


def _as_fraction(slot: Slot) -> bool:
    highest = slot.schema.get("maximum")
    words = r"decimal|fraction|0\.\d|between 0 and 1|小数"
    return highest == 1 or re.search(words, slot.description, re.IGNORECASE) is not None
