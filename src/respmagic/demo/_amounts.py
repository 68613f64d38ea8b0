"""Numbers for parameters: counts, bounds, measures, each where it belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from respmagic.demo._lexicon import tokenize
from respmagic.demo._measures import dimensions_of, unit_wanted
from respmagic.demo._nearby import CLASSIFIERS, after, cue_score, label_score, name_keys
from respmagic.demo._units import MONTHS, UNITS
from respmagic.demo._values import find_values, month_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from respmagic.demo._schema import Slot
    from respmagic.demo._spans import Offer, Value

__all__ = ["offer_numbers"]


_COUNT = frozenset(("#count", "#quantity", "#limit", "#guest", "#passenger", "#sample"))


_SMALL_NAMES = ("n", "k", "num", "size", "top", "top_k", "top_n", "amount", "times")


def offer_numbers(slot: Slot, text: str) -> Iterator[Offer]:
    for value in find_values(text):
        if value.kind == "number":
            score = _number_score(slot, text, value)
            yield score, value, _converted(slot, value)
        elif value.kind == "time" and "#hour" in name_keys(slot):
            yield 4, value, int(value.value[:2])
        elif value.kind == "date" and "#year" in name_keys(slot):
            year = re.search(r"\b\d{4}\b", value.text)
            if year:
                yield 4, value.part(*year.span()), int(year[0])
        elif value.kind == "date" and "#month" in name_keys(slot):
            month = month_in(value)
            if month:
                yield 4, month, [m[:3] for m in MONTHS].index(month.text[:3].lower()) + 1


def _number_score(slot: Slot, text: str, value: Value) -> float:
    named = name_keys(slot)
    score = 2 + label_score(slot, text, value)
    score += _bound_score(named | _said_ends(slot), value)
    score += _measure_score(slot, named, value)
    following = after(text, value, 1)
    counted = following and (following[0].text in CLASSIFIERS or not following[0].filler)
    if counted and not value.unit and (named & _COUNT or slot.name in _SMALL_NAMES):
        score += 1.6
    score += cue_score(slot, text, value)
    return score if slot.kind != "integer" or value.value == int(value.value) else score - 2


def _said_ends(slot: Slot) -> frozenset[str]:
    """What the first words of a description say about a parameter with a vague name."""
    first = tokenize(slot.description)[:3]
    return frozenset(k for t in first for k in t.keys) & frozenset(("#minimum", "#maximum"))


_LOW_ENDS = frozenset("#minimum #start low above over abov gt gte ge".split())
_HIGH_ENDS = frozenset("#maximum #end #limit high below under und lt lte le".split())


def _bound_score(named: frozenset[str], value: Value) -> float:
    is_low, is_high = bool(named & _LOW_ENDS), bool(named & _HIGH_ENDS)
    if not value.bound:
        return 0
    if is_low == is_high:
        return -1.2
    return 5 if (value.bound == "low") == is_low else -5


def _measure_score(slot: Slot, named: frozenset[str], value: Value) -> float:
    """Metres suit a height, dollars a price, and neither suits a count."""
    wanted = dimensions_of(slot)
    if value.unit == "percent" and _as_fraction(slot):
        return 3
    measured = "money" if value.currency else UNITS[value.unit][0] if value.unit else ""
    if value.unit == "degree" and "temperature" not in wanted:
        measured = "angle" if "angle" in wanted else measured
    if not measured:
        return 0
    if measured in wanted:
        return 4 if unit_wanted(slot) != value.unit else 5
    if named & {"#number", "#quantity"} or slot.name in ("value", "amount", "x", "number"):
        return 1.0
    return -4 if wanted or named & _COUNT else -0.5


def _converted(slot: Slot, value: Value) -> Any:
    """The number in the unit that the parameter's name asks for: 2 hours as 120 minutes."""
    wanted, given = unit_wanted(slot), value.unit
    if given == "percent" and _as_fraction(slot):
        return round(value.value / 100, 10)
    if (
        not wanted
        or not given
        or wanted == given
        or "temperature" in (UNITS[wanted][0], UNITS[given][0])
    ):
        return value.value
    dimension, size, _ = UNITS[given]
    if dimension != UNITS[wanted][0]:
        return value.value
    if dimension == "time" and {wanted, given} == {"night", "day"}:
        return value.value
    number = round(value.value * size / UNITS[wanted][1], 6)
    return int(number) if number == int(number) else number


def _as_fraction(slot: Slot) -> bool:
    highest = slot.schema.get("maximum")
    words = r"decimal|fraction|0\.\d|between 0 and 1|小数"
    return highest == 1 or re.search(words, slot.description, re.IGNORECASE) is not None
