"""A prompt divided among calls: of all divisions, the one whose readings explain most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from respmagic.demo._about import About, is_id
from respmagic.demo._clauses import Piece, pieces
from respmagic.demo._lexicon import is_generic
from respmagic.demo._nested import nested
from respmagic.demo._offer import REFERENCE, are_alike
from respmagic.demo._reading import LACKING, Reader, Reading
from respmagic.demo._schema import Path
from respmagic.demo._text import Window
from respmagic.demo._wanted import changes, doubt, is_declined, is_wanted, states

__all__ = ["Ask", "divide"]


@dataclass(frozen=True)
class Ask:
    """A call that a text asks for.

    Attributes:
        reading: the call.
        inner: calls inside it: "the root of the sum of 3 and 4".
        base: the ask that it repeats with other values: "and in Rome?".
    """

    reading: Reading
    inner: Mapping[Path, Reading] = field(default_factory=dict)
    base: Ask | None = None


Scored = tuple[Ask, float]

_NEW = 1.0  # what one more call costs, so that none is made up
_ACROSS = 0.3  # what it costs to read over the end of a sentence
_TURN = 0.8  # and over the beginning of another order
_WIDEST, _BEAM = 6, 6  # so many pieces make one reading; so many divisions are kept at a time
_TRIED = 6  # so many tools read a window, if more are declared
_MOST = 16  # into so many pieces a prompt is cut, however long it is
_FETCHED = 1.6  # what a missing id is worth that another tool gives
_LATER = 0.9  # what a missing argument is worth that the rest of the sentence gives
_POINTS, _POINTS_NOWHERE = 0.4, -1.0  # for "it", with a call before that it may mean, and with none
_FED, _FED_PARTLY = 0.7, 0.2  # what is missing and a call before may give: all, or a part
_OWN, _OWN_ORDER = 0.8, 2.0  # so much at most the words of a repeated call count; as an order
_ANOTHER = 1.5  # for "what about Rome?"
# What it costs to leave a value, a word, at most all of a piece, and a whole call unread.
_SKIP_VALUE, _SKIP_WORD, _SKIP_MOST, _SKIP_CALL = 0.25, 0.08, 1.5, 1.5
_NO_ITEMS = frozenset(("unit", "currency", REFERENCE))
_DEAR = frozenset("number quoted name date email path".split())


def divide(reader: Reader) -> list[Ask]:
    """The calls that a text asks for, in its order."""
    return _Division(reader).best()


@dataclass(frozen=True)
class _State:
    """A division of the text up to some piece.

    Attributes:
        score: how much it explains.
        asks: the calls so far.
        waits: the last has no words of its own: the next must be of its tool.
    """

    score: float
    asks: tuple[Ask, ...] = ()
    waits: bool = False

    @property
    def last(self) -> Ask | None:
        return self.asks[-1] if self.asks else None


class _Division:
    """Goes through the text piece by piece, and keeps the best divisions up to each."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._text = reader.text
        self._wanted: dict[Window, list[Scored]] = {}

    @cached_property
    def _parts(self) -> list[Piece]:
        """The pieces, with the items of a list in one: a list is not cut in two."""
        joined: list[Piece] = []
        for part in pieces(self._text.said):
            last = joined[-1] if joined else None
            if last and last.sentence == part.sentence and self._is_item(part):
                joined[-1] = Piece(last.start, part.end, last.sentence)
            else:
                joined.append(part)
        if len(joined) > _MOST:
            rest = joined[_MOST - 1]
            joined[_MOST - 1 :] = [Piece(rest.start, joined[-1].end, rest.sentence)]
        return joined

    def _is_item(self, part: Piece) -> bool:
        """Whether a piece is nothing but one more item of a list."""
        words = self._text.content((part.start, part.end))
        if not words or self._has_flag(part):
            return False  # "the lamp on and the fan off"
        start, end = words[0].start, words[-1].end
        values = [
            v
            for v in self._text.values
            if part.start <= v.start and v.end <= part.end and v.kind not in _NO_ITEMS
        ]
        if any(v.start <= start and end <= v.end for v in values):
            return True
        says_tool = any(t.keys & a.named for t in words for a in self._reader.abouts)
        has_grammar = any(t.filler for t in self._text.within((start, end)))
        return not values and len(words) <= 3 and not has_grammar and not says_tool

    def _has_flag(self, part: Piece) -> bool:
        return any(
            o.kind == "flag" and part.start <= o.start < part.end
            for about in self._reader.abouts
            if any(slot.kind == "boolean" for slot in about.slots)
            for o in self._reader.offers(about)
        )

    def best(self) -> list[Ask]:
        parts = self._parts
        states: list[list[_State]] = [[_State(0.0)], *([] for _ in parts)]
        for i, part in enumerate(parts):
            kept = sorted(states[i], key=lambda s: -s.score)[:_BEAM]
            skipped = self._skipped((part.start, part.end))
            states[i + 1] += [_State(s.score - skipped, s.asks) for s in kept if not s.waits]
            for j in sorted({*range(i + 1, min(len(parts), i + _WIDEST) + 1), len(parts)}):
                cost = _NEW + self._across(parts[i:j])
                window = (part.start, parts[j - 1].end)
                for state in kept:
                    states[j] += list(self._go_on(state, window, cost))
        return list(max((s for s in states[-1] if not s.waits), key=lambda s: s.score).asks)

    def _go_on(self, state: _State, window: Window, cost: float) -> Iterator[_State]:
        """A division with one more call, in all ways that the window may be read."""
        if not state.waits:
            for ask, score in self._unsaid(window):
                yield _State(state.score + score - cost, (*state.asks, ask), waits=True)
        for ask, score in self._next(state, window):
            yield _State(state.score + score - cost, (*state.asks, ask))

    def _next(self, state: _State, window: Window) -> Iterator[Scored]:
        repeated = self._repeated(state.last, window) if state.last else None
        if repeated is not None:
            yield repeated
        whole = repeated is not None and not repeated[0].reading.missing
        for ask, score in self._readings(window):
            if _follows(ask, state, repeats=whole):
                yield ask, score + _fed(ask, state)

    def _across(self, parts: Sequence[Piece]) -> float:
        """What speaks against one call over several pieces."""
        cost = _ACROSS * (parts[-1].sentence - parts[0].sentence)
        for part in parts[1:]:
            words = self._text.content((part.start, part.end))
            orders = words and any(words[0].keys & a.acts for a in self._reader.abouts)
            before = self._text.said[max(0, part.start - 12) : part.start + 6]
            cost += _TURN * (bool(orders) or _THEN.search(before) is not None)
        return cost

    def _skipped(self, window: Window) -> float:
        """What it costs to leave a piece unread."""
        inside = (v for v in self._text.values if window[0] <= v.start and v.end <= window[1])
        values = sum(1 for v in inside if v.kind in _DEAR)
        words = sum(1 for t in self._text.content(window) if not is_generic(t))
        calls = any(
            ask.reading.given and not ask.reading.missing and score > 1
            for ask, score in self._readings(window)
        )
        return min(_SKIP_MOST, _SKIP_VALUE * values + _SKIP_WORD * words) + _SKIP_CALL * calls

    # The ways to read a window

    def _readings(self, window: Window) -> list[Scored]:
        if window not in self._wanted:
            said = self._text.said[window[0] : window[1]]
            self._wanted[window] = [] if is_declined(said) else list(self._read(window, said))
        return self._wanted[window]

    def _read(self, window: Window, said: str) -> Iterator[Scored]:
        plain = [self._reader.read(about, window) for about in self._likeliest(window)]
        for reading in plain:
            if is_wanted(reading, said):
                score = reading.score - doubt(reading, said) - changes(reading, said)
                score += _LATER * self._given_later(reading) + _FETCHED * self._is_fetched(reading)
                yield Ask(reading), score
        for outer in plain:
            for inner in plain:
                found = nested(self._reader, window, outer, inner) if outer is not inner else None
                if found is not None:
                    path, rest, score = found
                    yield Ask(rest, {path: inner}), score

    def _likeliest(self, window: Window) -> list[About]:
        """The tools for which most speaks in a window, in their own order."""
        weights = {
            index: weight
            for index, about in enumerate(self._reader.abouts)
            if (weight := sum(s.weight for s in self._reader.signs(about) if s.within(window)))
        }
        likeliest = sorted(weights, key=lambda index: -weights[index])[:_TRIED]
        return [self._reader.abouts[index] for index in sorted(likeliest)]

    def _is_fetched(self, reading: Reading) -> bool:
        """Whether another tool may give the id that is missing, from what the window says."""
        if not any(map(is_id, reading.missing)):
            return False
        taken = tuple(o.place for o in reading.firm if o.end > o.start)
        others = (about for about in self._reader.abouts if about is not reading.about)
        found = (self._reader.read(a, reading.window, blocked=taken, expand=False) for a in others)
        return any(own.firm and not own.missing for own in found)

    def _given_later(self, reading: Reading) -> int:
        """How many missing arguments the sentence gives later: "the mean and median of 3 and 4"."""
        end = reading.window[1]
        stop = _SENTENCE_END.search(self._text.said, end)
        limit = stop.start() if stop else len(self._text.said)
        later = {
            o.slot.path
            for o in self._reader.offers(reading.about)
            if o.within(end, limit) and o.score >= 3.5 and o.kind not in ("phrase", REFERENCE)
        }
        return sum(1 for slot in reading.missing if slot.path in later)

    def _unsaid(self, window: Window) -> Iterator[Scored]:
        """Calls of which only the next piece speaks: "500 g of flour and 6 eggs on my list"."""
        if states(self._text.said[window[0] : window[1]]):
            return
        known = [ask.reading.about for ask, _ in self._readings(window)]
        for about in self._likeliest((window[1], len(self._text.said))):
            signs = self._reader.signs(about)
            later = any(s.token.start >= window[1] and s.weight > 1 for s in signs)
            if later and about not in known:
                reading = self._reader.read(about, window)
                if reading.firm and not reading.missing:
                    yield Ask(reading), reading.score

    def _repeated(self, last: Ask, window: Window) -> Scored | None:
        """The last call once more with the values of another window: "and in Rome?"."""
        about, before = last.reading.about, last.reading
        reading = self._reader.read(about, window)
        whole = self._reader.read(about, (before.window[0], window[1]))
        if _is_one(before, whole):
            return None
        known = {**_origin(last).reading.given, **before.given}
        own = [
            path
            for path, o in reading.given.items()
            if (o.is_firm and o.kind != "flag")
            or (path in before.given and are_alike(before.given[path].kind, o.kind))
        ]
        if not known.keys() & set(own) and (own or reading.evidence < 2):
            return None
        still = [slot for slot in reading.missing if slot.path not in known]
        score = reading.score - reading.evidence + LACKING * (len(reading.missing) - len(still))
        score += min(reading.evidence, _OWN_ORDER if reading.opens else _OWN)
        if _ANOTHER_FORM.search(self._text.said[window[0] : window[1] + 1]):
            score += _ANOTHER
        return Ask(reading, base=last), score


_THEN = re.compile(
    r"\s*(?:and\s+)?(?:then|after that|afterwards|next|finally)\b|然后|再|接着|最后|之后",
    re.IGNORECASE,
)
_ANOTHER_FORM = re.compile(
    r"^\W*(?:and\s+)?(?:what|how)\s+about\b|呢[?？]?\s*$|^\W*那", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?。]")


def _origin(ask: Ask) -> Ask:
    while ask.base is not None:
        ask = ask.base
    return ask


def _is_one(before: Reading, whole: Reading) -> bool:
    """Whether two windows make one call, and not the same call twice."""
    if before.missing and not whole.missing:
        return True
    kept = all(
        path in whole.given
        and (whole.given[path].start == o.start or o.kind in ("list", "free", "phrase"))
        for path, o in before.given.items()
    )
    return kept and whole.left < before.left + 0.5


def _follows(ask: Ask, state: _State, *, repeats: bool) -> bool:
    """Whether a call may come next."""
    if state.last is None:
        return True
    last = state.last.reading.about
    same = ask.reading.about is last
    if state.waits:
        return same
    if ask.inner:
        return True
    # "And court 5 on Monday" says no other call than the one before.
    says_no_more = all(t.keys & last.said for t in ask.reading.anchors)
    return not same and not (repeats and says_no_more)


def _fed(ask: Ask, state: _State) -> float:
    """What is lacking or pointed at may come from the calls before, if there are any."""
    points = ask.reading.points
    if not state.asks:
        return _POINTS_NOWHERE * points
    bare = not any(o.slot.required for o in ask.reading.given.values())
    fed = _FED if points or bare else _FED_PARTLY
    return fed * len(ask.reading.missing) + _POINTS * points
