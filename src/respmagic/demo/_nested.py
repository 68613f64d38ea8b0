"""One call inside another: "the square root of the sum of 3 and 4"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from respmagic.demo._about import About, name_keys, rarity
from respmagic.demo._clauses import pieces
from respmagic.demo._lexicon import Token, is_chinese
from respmagic.demo._reading import Reader, Reading, filled
from respmagic.demo._schema import Path, Slot
from respmagic.demo._text import Window

__all__ = ["nested"]

_WORDS = 1.5  # so much must speak for each of the two
_GIVES, _LACKS, _LOST = 0.3, 0.5, 0.8  # what the inner gives, what is lacking still, a value lost
_OF, _OF_ZH = re.compile(r"\b(?:of|the|my|your)\b|[\u4e00-\u9fff]"), re.compile("的")
_SURE = 4.0  # an argument that has so much is not looked for inside another call
_VALUES = frozenset("number name quoted date".split())


def nested(
    reader: Reader, window: Window, outer: Reading, inner: Reading
) -> tuple[Path, Reading, float] | None:
    """Read a window as one call that gives an argument of another.

    Returns:
        The parameter that the inner call gives, the rest of the outer call, and how much both
        explain; None if the text does not say so.
    """
    own, own_inner = _own_words(outer, inner), _own_words(inner, outer)
    if not own or not own_inner or inner.missing or inner.again or outer.points or inner.points:
        return None
    if not _is_inside(reader, window, (outer, own[0]), (inner, own_inner[0])):
        return None
    words = _weight(reader, outer.about, own), _weight(reader, inner.about, own_inner)
    if min(words) < _WORDS:
        return None
    places = tuple(o.place for o in inner.given.values() if o.end > o.start)
    places += tuple((t.start, t.end) for t in own_inner)
    best: tuple[Path, Reading, float] | None = None
    for slot in outer.about.needs:
        if not _may_be_given(slot, outer, inner, places):
            continue
        without = frozenset({slot.path})
        rest = reader.read(outer.about, window, blocked=places, without=without, expand=False)
        score = sum(words) + filled(rest.given) + filled(inner.given) + _GIVES
        score -= _LACKS * len(rest.missing) + _LOST * _lost(reader, window, rest, inner)
        if len(rest.missing) < 2 and (best is None or score > best[2]):
            best = slot.path, rest, score
    return best


def _own_words(one: Reading, other: Reading) -> list[Token]:
    """The words that speak for one call and not for the other."""
    taken = [o.place for o in other.given.values() if o.is_firm]
    named = [
        t
        for t in one.anchors
        if not t.keys & other.about.weights.keys() and not any(a <= t.start < b for a, b in taken)
    ]
    return sorted(named, key=lambda t: t.start)


def _is_inside(
    reader: Reader, window: Window, outer: tuple[Reading, Token], inner: tuple[Reading, Token]
) -> bool:
    """Whether the inner call stands where its language puts it: "A of B", B 的 A."""
    said = reader.text.said
    has_han = is_chinese(said[window[0] : window[1]])
    (around, first), (within, second) = outer, inner
    backwards = has_han and not around.opens
    if (first.start < second.start) == backwards:
        return False
    starts = [o.start for o in within.given.values() if o.end > o.start]
    if starts and (min(starts) < second.start) != has_han:
        return False
    if within.given and not any(o.score >= (2 if o.is_firm else 3) for o in within.given.values()):
        return False
    between = said[min(first.start, second.start) : max(first.start, second.start)]
    last = max((o.end for o in within.given.values()), default=second.start)
    link = _OF_ZH.search(said[last : first.start]) if backwards else _OF.search(between)
    return link is not None and len(pieces(between + "x")) == 1


def _may_be_given(slot: Slot, outer: Reading, inner: Reading, places: Sequence[Window]) -> bool:
    if slot.enum or slot.kind == "object":
        return False
    if not inner.given and not name_keys(slot) & inner.about.said:
        return False
    now = outer.given.get(slot.path)
    return now is None or now.score < _SURE or any(now.overlaps(*place) for place in places)


def _weight(reader: Reader, about: About, words: Sequence[Token]) -> float:
    own = (sign for sign in reader.signs(about) if sign.token in words)
    return sum(sign.weight * rarity(reader.abouts, sign.key) for sign in own)


def _lost(reader: Reader, window: Window, outer: Reading, inner: Reading) -> int:
    """How many values neither of the two takes."""
    taken = [o.place for reading in (outer, inner) for o in reading.given.values()]
    return sum(
        1
        for v in reader.text.values
        if v.kind in _VALUES
        and window[0] <= v.start
        and v.end <= window[1]
        and not any(v.start < b and a < v.end for a, b in taken)
    )
