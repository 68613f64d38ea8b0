"""Lists of objects: one for each part of an enumeration, as in "2 pizzas and 3 colas"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from respmagic.demo._about import About, describe
from respmagic.demo._assign import assign
from respmagic.demo._fit import MISSING, build, fit
from respmagic.demo._offer import REFERENCE, Offer
from respmagic.demo._offers import offers_for
from respmagic.demo._request import Tool
from respmagic.demo._schema import Path, Slot, kind_of, resolve
from respmagic.demo._text import Text, Window

__all__ = ["object_lists"]

_PART = re.compile(r"[,、;:。]\s*(?:and\s+)?|\s+and\s+|和|以及|\.\s")
_SURE_LIST = 5.0


def object_lists(slot: Slot, text: Text, about: About) -> Iterator[Offer]:
    """A list of objects, one for each part of an enumeration: "2 pizzas and 3 colas"."""
    inner, _ = resolve(slot.schema.get("items", {}), slot.schema)
    if slot.kind != "array" or kind_of(inner) != "object":
        return
    item = describe(Tool("", f"{slot.name} {slot.description} {about.tool.name}", inner))
    offers = [o for own in item.slots for o in offers_for(own, text, item) if o.kind != REFERENCE]
    made = [g for part in _parts(text) if (g := _object(item, offers, text, part)) is not None]
    if made:
        objects = [
            build(inner, {p: o.argument for p, o in given.items()}, slot.schema) for given in made
        ]
        places = [o.place for given in made for o in given.values() if o.end > o.start]
        fitted = fit(objects, slot.schema)
        if fitted is not MISSING and places:
            start, end = min(a for a, _ in places), max(b for _, b in places)
            yield Offer(_SURE_LIST, slot, start, end, "list", fitted)


def _parts(text: Text) -> Iterator[Window]:
    """The parts of a text between commas and conjunctions."""
    start = 0
    for cut in _PART.finditer(text.said):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text.said)


def _object(
    item: About, offers: Sequence[Offer], text: Text, part: Window
) -> dict[Path, Offer] | None:
    """One object: from its number on ("Sara bought 4 apples"), else from the whole part."""
    numbers = [s for s in item.slots if s.kind in ("integer", "number")]
    starts = (v.start for v in text.values if v.kind == "number")
    first = next((at for at in starts if part[0] <= at < part[1]), part[0])
    for start in (first, part[0]) if numbers else (part[0],):
        given = assign(item.slots, [o for o in offers if o.within(start, part[1])])
        whole = all(s.path in given for s in item.slots if s.required)
        counted = not numbers or any(s.path in given for s in numbers)
        if whole and counted and any(o.end > o.start for o in given.values()):
            return given
    return None
