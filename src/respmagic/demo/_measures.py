"""What the words of a parameter say of its values: members, units, and what a number measures."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._numbers import currency_of, unit_of
from respmagic.demo._roles import spaced
from respmagic.demo._units import UNITS

if TYPE_CHECKING:
    from respmagic.demo._schema import Slot

__all__ = ["dimensions_of", "listed_members", "unit_wanted"]

_LIST = re.compile(
    r"(?P<intro>:\s*|one of\s+(?:the following\s*)?|either\s+|can be\s+|must be\s+"
    r"|options?(?: are)?\s*|supported\s+|choose from\s+|\(\s*|values?\s+|^|\s)"
    r"(?P<items>['\"`]?[A-Za-z][\w-]*['\"`]?(?:\s*(?:[,、/|]|\bor\b|或)\s*(?:or\s+"
    r"|and\s+)?['\"`]?[A-Za-z][\w-]*['\"`]?)+)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:e\.?g\.?,?|such as|like|for example,?|例如|比如)\s*:?\s*\(?$", re.IGNORECASE
)


@lru_cache(maxsize=512)
def _members_in(description: str, name: str) -> tuple[str, ...]:
    for match in _LIST.finditer(description):
        raw = re.split(r"\s*(?:[,、/|]|\bor\b|\band\b|或)\s*", match["items"])
        items = [item.strip(" '\"`") for item in raw if item.strip(" '\"`")]
        quoted = re.search(r"['\"`]", match["items"])
        measured = all(unit_of(i) or currency_of(i) for i in items)
        before = description[: match.start("items")]
        introduced = match["intro"].strip() and not _EXAMPLE.search(before)
        plain = all(i.islower() or (i.isupper() and len(i) > 2) for i in items)
        if len(items) > 1 and (quoted or measured or (introduced and plain)) and name not in items:
            return tuple(items)
    return ()


def listed_members(slot: Slot) -> tuple[str, ...]:
    """The values that a description lists: "operation: add, subtract or divide"."""
    return _members_in(slot.description, slot.name) if slot.kind == "string" else ()


def unit_wanted(slot: Slot) -> str:
    """The unit that a number is wanted in: minutes for ``duration_minutes``."""
    for text in (slot.name, slot.description):
        for token in reversed(tokenize(text.replace("_", " "))):
            unit = unit_of(token.text)
            if unit and (len(token.text) > 1 or text == slot.name) and len(slot.name) > 1:
                return unit
    return ""


_DIMENSIONS = {
    f"#{concept}": dimension
    for dimension, concepts in {
        "mass": "weight",
        "length": "height width depth length distance radius diameter",
        "temperature": "temperature",
        "time": "duration timer age year month week night minute hour second",
        "money": "price budget bill salary principal loan payment balance",
        "percent": "percent rate interest discount tip tax",
        **{same: same for same in "speed voltage resistance frequency force energy area".split()},
    }.items()
    for concept in concepts.split()
}


def dimensions_of(slot: Slot) -> frozenset[str]:
    """What a number measures here: mass, length, money..., as far as the name says."""
    name = spaced(slot.name)
    named = frozenset(key for token in tokenize(name) for key in token.keys)
    if "#speed" in named:
        return frozenset({"speed"})
    unit = unit_wanted(slot)
    if unit:
        return frozenset({UNITS[unit][0]})
    found = frozenset(_DIMENSIONS[concept] for concept in named & _DIMENSIONS.keys())
    if found or len(slot.name) > 2:
        return found
    said = keys(slot.description)
    return frozenset(_DIMENSIONS[concept] for concept in said & _DIMENSIONS.keys())
