"""The best way to give values to parameters: all together, not one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from respmagic.demo._offer import Offer
from respmagic.demo._schema import Path, Slot

__all__ = ["assign"]

_LEAST, _LEAST_OPTIONAL, _LEAST_NUMBER = 0.9, 2.9, 1.9  # below that nothing is taken
_REQUIRED = 2.0  # what must be there goes before what may be there
_OPTIONAL = 0.4
_TIDY = 0.3  # for values that come in the order of their parameters
_MOST_OFFERS, _MOST_STEPS = 7, 400  # so much is tried, for a text that offers no end of values


def assign(
    wanted: Sequence[Slot], offers: Sequence[Offer], *, backwards: bool = False
) -> dict[Path, Offer]:
    """The offers that together score most, no place used twice and each parameter filled once.

    Args:
        wanted: the parameters, in their order.
        offers: what there is for them.
        backwards: the text names the last parameter first: "subtract 3 from 10".
    """
    by_path: dict[Path, list[Offer]] = {}
    for offer in offers:
        if offer.score >= _least(offer):
            by_path.setdefault(offer.slot.path, []).append(offer)
    ranked = [_ranked(by_path[slot.path]) for slot in wanted if slot.path in by_path]
    ranked.sort(key=lambda own: -own[0].score)
    order = {slot.path: index for index, slot in enumerate(wanted)}
    return _Search(ranked, order, backwards=backwards).best()


def _ranked(own: Sequence[Offer]) -> list[Offer]:
    """The best of a parameter's offers, each place and argument once."""
    distinct: dict[tuple[int, int, str], Offer] = {}
    for offer in sorted(own, key=lambda o: (-o.score, o.start)):
        distinct.setdefault((*offer.place, repr(offer.argument)), offer)
    return list(distinct.values())[:_MOST_OFFERS]


def _least(offer: Offer) -> float:
    if offer.slot.required:
        return _LEAST
    return _LEAST_NUMBER if offer.kind == "number" else _LEAST_OPTIONAL


def _worth(offer: Offer) -> float:
    return offer.score + _REQUIRED if offer.slot.required else _OPTIONAL * offer.score


class _Search:
    """Depth first, leaving out what can no longer beat the best."""

    def __init__(
        self, ranked: Sequence[list[Offer]], order: Mapping[Path, int], *, backwards: bool
    ) -> None:
        self._ranked, self._order = ranked, order
        self._tidy = -_TIDY if backwards else _TIDY
        self._rest = [0.0] * (len(ranked) + 1)  # the most that the parameters from here can add
        for index in reversed(range(len(ranked))):
            self._rest[index] = self._rest[index + 1] + _worth(ranked[index][0])
        self._most, self._best = -1.0, tuple[Offer, ...]()
        self._steps = 0

    def best(self) -> dict[Path, Offer]:
        self._try(0, 0.0, ())
        return {offer.slot.path: offer for offer in self._best}

    def _try(self, index: int, total: float, taken: tuple[Offer, ...]) -> None:
        self._steps += 1
        if total + self._rest[index] + _TIDY <= self._most or self._steps > _MOST_STEPS:
            return
        if index == len(self._ranked):
            tidy = total + self._tidy * self._in_order(taken)
            if tidy > self._most:
                self._most, self._best = tidy, taken
            return
        for offer in self._ranked[index]:
            if not any(_clash(offer, other) for other in taken):
                self._try(index + 1, total + _worth(offer), (*taken, offer))
        self._try(index + 1, total, taken)

    def _in_order(self, taken: Sequence[Offer]) -> float:
        """Which part of the neighbours come in the order of their parameters."""
        in_turn = sorted(taken, key=lambda o: self._order[o.slot.path])
        pairs = list(pairwise(o.start for o in in_turn if o.end > o.start))
        return sum(a < b for a, b in pairs) / len(pairs) if pairs else 0.0


def _clash(one: Offer, other: Offer) -> bool:
    if one.start == one.end or other.start == other.end:
        return False  # a flag takes no room
    if isinstance(one.argument, str) and one.argument == other.argument:
        return True
    # "5 miles" is a number and a unit: two arguments from one place.
    kinds = {one.kind, other.kind}
    is_measure = "number" in kinds and bool(kinds & {"unit", "currency"})
    return one.overlaps(*other.place) and not is_measure
