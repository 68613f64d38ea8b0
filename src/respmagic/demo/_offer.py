"""An offer: a value of a text for a parameter; and offers that stand together in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from respmagic.demo._lexicon import tokenize
from respmagic.demo._schema import Slot

__all__ = ["REFERENCE", "Offer", "are_alike", "chains", "coordinates"]

REFERENCE = "reference"  # the kind of a word that only points at a value: "it", "the result"
_LOOSE = frozenset(("phrase", "free", REFERENCE))
_PLAIN = frozenset("name phrase code member".split())
_LISTED = _PLAIN | frozenset("quoted color language stated".split())


@dataclass(frozen=True, slots=True)
class Offer:
    """A value for a parameter, and how much speaks for it.

    Attributes:
        score: the more, the likelier; from 4 up it is as good as sure.
        slot: the parameter.
        start: where it stands in the text.
        end: where it ends; flags take no room.
        kind: of the value in the text.
        argument: the value as the parameter takes it; None for a reference.
    """

    score: float
    slot: Slot
    start: int
    end: int
    kind: str
    argument: Any

    @property
    def is_firm(self) -> bool:
        """Whether it is a value of some kind, and not only words."""
        return self.kind not in _LOOSE

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares characters with a place."""
        return self.start < end and start < self.end

    def within(self, start: int, end: int) -> bool:
        """Whether it lies in a place."""
        return start <= self.start and self.end <= end


def are_alike(one: str, other: str) -> bool:
    """Whether values of two kinds can take each other's place."""
    return one == other or {one, other} <= _PLAIN


_GAP = re.compile(
    r"\s*(?:,|、|;|&|/|\b(?:and|or|as well as|plus)\b|和|与|及|以及|跟|还有|或者?)"
    r"\s*(?:,|\b(?:and|or|then)\b|和|与|及|以及)?\s*"
    r"(?:an?\s+\w+\s+of\s+)?(?:\b(?:of|in|for|from|at|to|on|with|by|that|those)\b\s*)?(?:of\s+)?"
    r"(?:\b(?:the|an?|my)\b\s*)?",
    re.IGNORECASE,
)


def coordinates(gap: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether what stands between two values only joins them: "Paris and in Rome".

    Words of `known` meanings may be said again: "pump 1 and pump 4".
    """
    if _GAP.fullmatch(gap):
        return True
    for token in reversed(tokenize(gap)) if known else ():
        if token.keys & known and not token.filler:
            gap = gap[: token.start].rstrip() + " " + gap[token.end :].lstrip()
    return _GAP.fullmatch(gap) is not None


def chains(offers: Sequence[Offer], said: str) -> list[list[Offer]]:
    """Offers that follow one another with only commas and "and" between, and each alone."""
    best: list[Offer] = []
    for offer in sorted(offers, key=lambda o: (-o.score, o.start)):
        if not any(offer.overlaps(*o.place) for o in best):
            best.append(offer)
    found: list[list[Offer]] = []
    for offer in sorted(best, key=lambda o: o.start):
        last = found[-1][-1] if found else None
        if last and coordinates(said[last.end : offer.start]) and _in_one_list(last, offer):
            found[-1].append(offer)
        else:
            found.append([offer])
    return found


def _in_one_list(one: Offer, other: Offer) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= _LISTED
