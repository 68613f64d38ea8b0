"""Several values for one parameter: "the weather in Paris and in Rome" is two calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from respmagic.demo._about import About, name_keys
from respmagic.demo._offer import REFERENCE, Offer, are_alike, coordinates
from respmagic.demo._schema import Path
from respmagic.demo._text import Text

__all__ = ["Given", "values_again"]

Given = Mapping[Path, Offer]


def values_again(
    about: About, given: Given, offers: Sequence[Offer], text: Text
) -> tuple[Offer, ...]:
    """Values that stand beside a given one, joined by "and", and that no parameter has."""
    needed = any(s.required for s in about.slots)
    best: tuple[Offer, ...] = ()
    for path, first in given.items():
        if (needed and not first.slot.required) or not _is_single(first, text):
            continue
        others = [o for o in given.values() if o is not first]
        spare = [
            o
            for o in offers
            if o.slot.path == path
            and o.end > o.start
            and o.argument != first.argument
            and are_alike(o.kind, first.kind)
            and not _is_better_for_another(o, others, needed=needed)
        ]
        chain = _chain(first, spare, _joins(about, first, given, offers, text))
        best = chain if len(chain) > len(best) else best
    return best


def _is_single(offer: Offer, text: Text) -> bool:
    """Whether a parameter takes one value, and the text does not span a range with it."""
    spans = any(v.bound for v in text.values if v.start == offer.start)
    several = offer.slot.kind in ("array", "object", "boolean")
    return not several and not spans and offer.kind not in ("free", REFERENCE)


def _is_better_for_another(offer: Offer, others: Sequence[Offer], *, needed: bool) -> bool:
    """Whether a value went to a parameter that must have it, or that it suits better."""
    return any(
        offer.overlaps(*o.place) and (o.slot.required or not needed or o.score > offer.score)
        for o in others
    )


def _joins(
    about: About, first: Offer, given: Given, offers: Sequence[Offer], text: Text
) -> Callable[[int, int], bool]:
    """Tells whether two places are joined: by "and", and with no switch turned in between."""
    known = (about.said | name_keys(first.slot)) - about.acts - {"#on", "#off"}
    turned = [
        o.start
        for o in offers
        if o.kind == "flag"
        and o.score >= 3
        and o.slot.path in given
        and o.argument != given[o.slot.path].argument
    ]

    def joins(start: int, end: int) -> bool:
        is_turned = any(start <= at < end for at in turned)
        return not is_turned and coordinates(text.said[start:end], known)

    return joins


def _chain(
    first: Offer, spare: Sequence[Offer], joins: Callable[[int, int], bool]
) -> tuple[Offer, ...]:
    """The offers that follow and precede one, each joined to the next."""
    found: list[Offer] = []
    at: Offer | None = first
    while at is not None:
        ahead = [o for o in spare if o.start >= at.end and joins(at.end, o.start)]
        at = max(ahead, key=lambda o: (o.score, -o.start), default=None)
        found += [at] if at is not None else []
    at = first
    while at is not None:
        behind = [o for o in spare if o.end <= at.start and joins(o.end, at.start)]
        at = max(behind, key=lambda o: (o.score, o.start), default=None)
        found[:0] = [at] if at is not None else []
    distinct = {repr(o.argument): o for o in reversed(found)}
    return tuple(sorted(distinct.values(), key=lambda o: o.start))
