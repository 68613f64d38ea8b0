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
    r"|options?(?: are)?\s*|"
    r"supported\s+|choose from\s+|\(\s*|values?\s+|^|\s)"
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
        introduced = match["intro"].strip() and not _EXAMPLE.search(
            description[: match.start("items")]
        )
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


_DIMENSIONS: tuple[tuple[str, str], ...] = (
    ("#weight", "mass"),
    ("#height", "length"),
    ("#width", "length"),
    ("#depth", "length"),
    ("#distance", "length"),
    ("#radius", "length"),
    ("#diameter", "length"),
    ("#temperature", "temperature"),
    ("#duration", "time"),
    ("#timer", "time"),
    ("#age", "time"),
    ("#year", "time"),
    ("#month", "time"),
    ("#week", "time"),
    ("#night", "time"),
    ("#minute", "time"),
    ("#hour", "time"),
    ("#second", "time"),
    ("#price", "money"),
    ("#budget", "money"),
    ("#bill", "money"),
    ("#salary", "money"),
    ("#principal", "money"),
    ("#loan", "money"),
    ("#payment", "money"),
    ("#balance", "money"),
    ("#percent", "percent"),
    ("#rate", "percent"),
    ("#interest", "percent"),
    ("#discount", "percent"),
    ("#tip", "percent"),
    ("#tax", "percent"),
    ("#speed", "speed"),
    ("#area", "area"),
)


def dimensions_of(slot: Slot) -> frozenset[str]:
    """What a number measures here: mass, length, money..., as far as the name says."""
    unit = unit_wanted(slot)
    if unit:
        return frozenset({UNITS[unit][0]})
    about = keys(spaced(slot.name)) | frozenset(
        key for token in tokenize(spaced(slot.name)) for key in token.keys
    )
    named = frozenset(dimension for concept, dimension in _DIMENSIONS if concept in about)
    if named or len(slot.name) > 2:
        return named
    said = keys(slot.description)
    return frozenset(dimension for concept, dimension in _DIMENSIONS if concept in said)
