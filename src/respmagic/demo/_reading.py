"""A reading of a text by a tool: its arguments, and how much of the text they explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from respmagic.demo._about import About, rarity
from respmagic.demo._again import Given, values_again
from respmagic.demo._assign import assign
from respmagic.demo._evidence import Sign, contradicts, only_tells, signs
from respmagic.demo._fit import MISSING, fit
from respmagic.demo._freetext import free_text
from respmagic.demo._lexicon import Token, is_generic, tokenize
from respmagic.demo._object_lists import object_lists
from respmagic.demo._offer import REFERENCE, Offer
from respmagic.demo._offers import offers_for
from respmagic.demo._roles import role_of
from respmagic.demo._schema import Path, Slot
from respmagic.demo._spans import Value
from respmagic.demo._text import Text, Window

__all__ = ["LACKING", "Given", "Reader", "Reading", "filled"]


@dataclass(frozen=True)
class Reading:
    """One call that a part of a text may ask for.

    Attributes:
        about: the tool.
        window: the part of the text.
        given: the offer taken for each parameter.
        missing: parameters that a call must have and that got none.
        again: further values for one parameter, each for a call of its own: "Paris and Rome".
        evidence: how much speaks for the tool.
        asked: the same without the words that became arguments.
        anchors: the words that speak for the tool.
        left: how much of the window stays unexplained.
        opens: the window begins with what the tool does.
        score: how well the reading explains the window.
    """

    about: About
    window: Window
    given: Given
    missing: tuple[Slot, ...]
    again: tuple[Offer, ...]
    evidence: float
    asked: float
    anchors: tuple[Token, ...]
    left: float
    opens: bool
    score: float

    @property
    def values(self) -> dict[Path, Any]:
        """The arguments of the first call, but for references."""
        return {p: o.argument for p, o in self.given.items() if o.kind != REFERENCE}

    @property
    def points(self) -> bool:
        """Whether an argument is only pointed at."""
        return any(o.kind == REFERENCE for o in self.given.values())

    @property
    def firm(self) -> list[Offer]:
        """The arguments that are values of some kind, and not only words."""
        return [o for o in self.given.values() if o.is_firm]


_FULL = 4.0  # the score of an argument that is as good as sure
_REQUIRED, _OPTIONAL, _ANOTHER = 1.0, 0.7, 1.4  # what a sure argument explains
LACKING = 1.3  # what each missing argument costs
_CONTRADICTED = 3.0
# What is left over costs: a value, a name that the tool knows, a member, a word, a contradiction.
_VALUE, _KNOWN, _MEMBER, _WORD, _TORN = 0.8, 0.1, 0.6, 0.15, 2.0
_USED, _MEANT, _TELLS, _STATED = 0.15, 0.25, 0.35, 0.3  # what is left of a sign that is spent
_COVERED = 0.8
_STRONG = frozenset(
    "number quoted email url path date time json name code expression phone ip street zip color "
    "language".split()
)
_BACKWARDS = re.compile(r"\b(?:subtract|take|deduct)\b.+\bfrom\b|\bless than\b", re.IGNORECASE)
_IS = re.compile(r"\s*(?:is|=|:|是|为)\s*(?=[\w\"“-])(?!the\b|多少|什么|a\b|an\b|it\b|there\b)")


def filled(given: Given) -> float:
    """How much the arguments explain."""
    return sum(
        min(1.0, max(0.0, o.score) / _FULL) * (_REQUIRED if o.slot.required else _OPTIONAL)
        for o in given.values()
    )


class Reader:
    """Reads windows of one text for all tools, each only once."""

    def __init__(self, text: Text, abouts: Sequence[About]) -> None:
        self.text = text
        self.abouts = tuple(abouts)
        self._offers: dict[int, list[Offer]] = {}
        self._signs: dict[int, list[Sign]] = {}
        self._read: dict[Any, Reading] = {}

    def offers(self, about: About) -> list[Offer]:
        """All offers of the whole text for a tool."""
        if id(about) not in self._offers:
            found = [o for slot in about.slots for o in offers_for(slot, self.text, about)]
            found += [o for slot in about.slots for o in object_lists(slot, self.text, about)]
            self._offers[id(about)] = found
        return self._offers[id(about)]

    def signs(self, about: About) -> list[Sign]:
        """All that speaks for a tool in the whole text."""
        if id(about) not in self._signs:
            self._signs[id(about)] = signs(self.text, about)
        return self._signs[id(about)]

    def read(
        self,
        about: About,
        window: Window,
        *,
        blocked: tuple[Window, ...] = (),
        without: frozenset[Path] = frozenset(),
        expand: bool = True,
    ) -> Reading:
        """The best reading of a window by a tool.

        Args:
            about: the tool.
            window: the part of the text.
            blocked: places that are taken.
            without: parameters that something else gives.
            expand: a parameter may have several values, for several calls.
        """
        key = (id(about), window, blocked, without, expand)
        if key not in self._read:
            page = _Page(self, about, window, blocked, without)
            self._read[key] = page.reading(expand=expand)
        return self._read[key]


@dataclass(frozen=True)
class _Page:
    """A window that a tool is about to read."""

    reader: Reader
    about: About
    window: Window
    blocked: tuple[Window, ...]
    without: frozenset[Path]

    def reading(self, *, expand: bool) -> Reading:
        offers = [o for o in self.reader.offers(self.about) if self._is_open(o)]
        backwards = _BACKWARDS.search(self._said) is not None
        given = assign(self.about.slots, offers, backwards=backwards)
        given |= self._words(given)
        again = values_again(self.about, given, offers, self.reader.text) if expand else ()
        given = {p: o for p, o in given.items() if not any(o.overlaps(*a.place) for a in again)}
        missing = tuple(
            s for s in self.about.needs if s.path not in given and s.path not in self.without
        )
        evidence, asked, anchors = self._evidence(given, again)
        left = self._left(given, again)
        words = self.reader.text.content(self.window)
        score = evidence + filled(given) - left - LACKING * len(missing)
        score += 0 if missing else _ANOTHER * len(again)
        score -= _CONTRADICTED * contradicts(words, self.about)
        opens = bool(words) and self._is_order(words[0])
        return Reading(
            self.about, self.window, given, missing, again,
            evidence, asked, anchors, left, opens, score,
        )  # fmt: skip

    def _is_order(self, first: Token) -> bool:
        """Whether the first word that says something says to do what the tool does."""
        before = self.reader.text.before(first.start, 1)
        named = bool(before) and before[0].text.lower() in ("the", "a", "an", "my")
        return not named and bool(first.keys & self.about.acts)

    @property
    def _said(self) -> str:
        return self.reader.text.said[self.window[0] : self.window[1]]

    def _is_open(self, offer: Offer) -> bool:
        return (
            offer.within(*self.window)
            and offer.slot.path not in self.without
            and not any(offer.overlaps(*place) for place in self.blocked)
        )

    # Words that are no value of any kind

    def _words(self, given: Given) -> dict[Path, Offer]:
        """Let the rest be a message, a title or a query."""
        found: dict[Path, Offer] = {}
        for slot in self.about.slots:
            role = role_of(slot)
            is_text = slot.kind in ("string", "any") and not slot.enum and role.free
            if not is_text or slot.path in self.without:
                continue
            now = given.get(slot.path)
            wordy = role.name in ("text", "query", "expression")
            if now is None or (wordy and now.kind in _WEAK and now.score < 5):
                offer = self._free(slot, {**given, **found})
                found |= {slot.path: offer} if offer is not None else {}
        return found

    def _free(self, slot: Slot, given: Given) -> Offer | None:
        start = self.window[0]
        places = [o.place for p, o in given.items() if p != slot.path]
        others = [
            Value("taken", a - start, b - start, None, "") for a, b in (*places, *self.blocked)
        ]
        labels = frozenset(s.name.lower() for s in self.about.slots if s is not slot)
        about = f"{self.about.tool.name} {self.about.tool.description}"
        score = _ANNOUNCED
        found = free_text(slot, self._said, others, about, announced=True, labels=labels)
        if found is None and slot.path not in given and slot.required:
            score = _REST
            found = free_text(slot, self._said, others, about, labels=labels)
            lead = _PREPOSITION.match(found.text) if found is not None else None
            found = found.part(lead.end(), len(found.text)) if found and lead else found
        fitted = MISSING if found is None else fit(found.value, slot.schema)
        if found is None or fitted is MISSING:
            return None
        return Offer(score, slot, start + found.start, start + found.end, "free", fitted)

    # What the reading explains, and what it leaves

    def _evidence(
        self, given: Given, again: Sequence[Offer]
    ) -> tuple[float, float, tuple[Token, ...]]:
        """What speaks for the tool, the same without arguments, and the words that do."""
        best: dict[str, tuple[float, Sign]] = {}
        spent = 0.0
        for sign in self.reader.signs(self.about):
            token = sign.token
            if not (self.window[0] <= token.start and token.end <= self.window[1]):
                continue
            over = [o for o in (*given.values(), *again) if o.overlaps(token.start, token.end)]
            used = not sign.is_hint and any(o.kind != "free" for o in over)
            weight = sign.weight * self._use(sign, over if used else ())
            if weight > best.get(sign.key, (0.0, sign))[0]:
                best[sign.key] = weight, sign
                spent += weight if used else 0.0
        found = frozenset(key for _, sign in best.values() for key in sign.token.keys)
        total = sum(weight for weight, _ in best.values()) + _COVERED * self.about.coverage(found)
        return total, total - spent, tuple(s.token for w, s in best.values() if w > 0.5)

    def _use(self, sign: Sign, over: Sequence[Offer]) -> float:
        """How much of a sign counts where it stands."""
        use = rarity(self.reader.abouts, sign.key)
        if not sign.is_hint and self.reader.text.has_value(sign.token, _SUMS):
            use *= _IN_SUM  # "17 divided by 5" says it already as a value
        if over:
            use *= _MEANT if any(o.kind == "member" for o in over) else _USED
        if not sign.token.keys & self.about.acts:
            if only_tells(self.reader.text, sign.token, self.about):
                use *= _TELLS
            if _IS.match(self.reader.text.said, sign.token.end):
                use *= _STATED  # "her email is ..." gives an address and asks for nothing
        return use

    def _left(self, given: Given, again: Sequence[Offer]) -> float:
        """What stays unexplained: values, members, and words that say something."""
        offers = [o for o in (*given.values(), *again) if o.kind not in ("unit", "currency")]
        values = list(self._values_left(offers))
        places = [*(o.place for o in offers), *self.blocked, *(v.place for v in values)]
        flags = {o.start for o in offers if o.start == o.end}
        words = [
            t
            for t in self.reader.text.content(self.window)
            if not is_generic(t)
            and t.start not in flags
            and not t.keys & self.about.weights.keys()
            and not any(a <= t.start < b for a, b in places)
        ]
        cost = sum(_KNOWN if _is_known(v, self.about) else _VALUE for v in values)
        return cost + self._members_left(offers) + _WORD * len(words)

    def _values_left(self, offers: Sequence[Offer]) -> Iterator[Value]:
        timed = any(role_of(s).name in ("date", "time", "when") for s in self.about.slots)
        measured = any(o.kind == "number" for o in offers)
        flags = [o.start for o in offers if o.start == o.end]
        seen: list[Value] = []
        for value in self.reader.text.values:
            start, end = value.place
            if value.kind not in _STRONG or not (self.window[0] <= start and end <= self.window[1]):
                continue
            # A time amid a message is left over where the tool wants times.
            loose = timed and value.kind in ("date", "time")
            loose = loose or (measured and value.kind == "number" and bool(value.unit))
            taken = [o.place for o in offers if not (loose and o.kind == "free")]
            is_taken = any(start < b and a < end for a, b in (*taken, *self.blocked))
            has_flag = any(start <= flag < end for flag in flags)
            if not is_taken and not has_flag and not any(value.overlaps(v) for v in seen):
                seen.append(value)
                yield value

    def _members_left(self, offers: Sequence[Offer]) -> float:
        """What members cost that are said and not used, and flags that are said both ways."""
        own = [o for o in self.reader.offers(self.about) if o.within(*self.window)]
        places = [o.place for o in offers] + list(self.blocked)
        meant: list[Window] = []
        for offer in (o for o in own if o.kind == "member" and o.score >= 6 and o.end > o.start):
            if not any(offer.overlaps(*place) for place in (*places, *meant)):
                meant.append(offer.place)
        flags = [(o.slot.path, o.argument) for o in own if o.kind == "flag" and o.score >= 5]
        torn = {path for path, way in flags if (path, not way) in flags}
        return _MEMBER * len(meant) + _TORN * len(torn)  # on and off at once are two calls


_PREPOSITION = re.compile(r"(?:with|of|in|for|by|to|from|at|on)\s+(?=\w)", re.IGNORECASE)
_WEAK = frozenset("phrase name code".split())
_SUMS, _IN_SUM = frozenset(("expression",)), 0.5
_ANNOUNCED, _REST = 4.0, 1.5  # words that the text announces, and what is left of it


def _is_known(value: Value, about: About) -> bool:
    words = tokenize(value.text)
    known = all(t.filler or t.keys & about.weights.keys() for t in words)
    return value.kind in ("name", "code") and known
