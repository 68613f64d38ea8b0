"""What a prompt asks for: one ask for every call that it wants made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from respmagic.demo._arguments import Filling, fill, tool_slots
from respmagic.demo._clauses import Piece, pieces
from respmagic.demo._fit import MISSING, fit
from respmagic.demo._groups import STRONG, keeps, make_groups, values_in, whole_sentences
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._match import candidates
from respmagic.demo._request import Tool
from respmagic.demo._roles import role_of
from respmagic.demo._values import find_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from respmagic.demo._choose import Chooser
    from respmagic.demo._schema import Path
    from respmagic.demo._spans import Value

__all__ = ["Ask", "find_asks"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One call that the prompt wants.

    Attributes:
        tool: the tool chosen.
        text: the words that ask for it.
        start: where they begin, which gives the order.
        sentence: the number of the last sentence that belongs to it.
        inherited: arguments taken over from the ask that this one repeats with other values.
        given: arguments known already.
    """

    tool: Tool
    text: str
    start: int = 0
    sentence: int = 0
    inherited: Mapping[Path, Any] = field(default_factory=dict)
    given: Mapping[Path, Any] = field(default_factory=dict)

    def filling(self, earlier: frozenset[str] | None = None) -> Filling:
        """The arguments that its own words give it, over those that it inherits."""
        if self.given:
            wanted = (s for s in tool_slots(self.tool) if s.required and s.kind != "boolean")
            lacking = tuple(s for s in wanted if s.path not in self.given)
            return _over(Filling(self.given, {}, lacking), self)
        return _over(fill(self.tool, self.text, earlier=earlier), self)


def _over(filling: Filling, ask: Ask) -> Filling:
    values = {**ask.inherited, **filling.values}
    missing = tuple(s for s in filling.missing if s.path not in values)
    return replace(filling, values=values, missing=missing)


def find_asks(text: str, chooser: Chooser) -> list[Ask]:
    """All asks of a cleaned prompt, in its own order."""
    found: list[Ask] = []
    groups = make_groups(text, chooser, pieces(text)) or make_groups(
        text, chooser, whole_sentences(text)
    )
    for tool, core, before, after in groups:
        asks = [Ask(tool, text[core.start : core.end], core.start, core.sentence)]
        for some, join in ((before[::-1], _join_before), (after, _join_after)):
            whole = _join_all(text, asks[-1], some)
            if whole is not None:
                asks[-1] = whole
                continue
            for piece in some:
                asks = join(text, asks, piece)
        found.extend(asks)
    return _share(sorted(found, key=lambda ask: ask.start))


def _share(asks: list[Ask]) -> list[Ask]:
    """What the last of several like asks says once is meant for all: "Oslo and Rome in celsius"."""
    shared = list(asks)
    for index in reversed(range(len(asks) - 1)):
        ask, after = shared[index : index + 2]
        if ask.tool is not after.tool or ask.sentence != after.sentence:
            continue
        own, later = ask.filling(), after.filling()
        common = {s.path for s in tool_slots(ask.tool) if role_of(s).name in _COMMON}
        extra = {
            path: value
            for path, value in later.values.items()
            if path not in own.values
            and (path in after.inherited or path in common or _common(later.places.get(path)))
        }
        if own.values and extra:
            shared[index] = replace(ask, inherited={**extra, **ask.inherited})
    return shared


def _common(place: Value | None) -> bool:
    return place is not None and place.kind in _COMMON


_COMMON = frozenset("currency unit language date".split())


def _join_before(text: str, asks: list[Ask], piece: Piece) -> list[Ask]:
    """Take in what stands before: "In Paris, …" completes an ask, "Rome and …" doubles it."""
    core = asks[-1]
    own = values_in(text, piece, core.tool)
    if not own:
        return asks
    joined = text[piece.start : core.start + len(core.text)]
    filling, before = fill(core.tool, joined), fill(core.tool, core.text)
    shift = core.start - piece.start
    kept = [v.moved(shift) for v in find_values(core.text) if before.uses(v)]
    if all(filling.uses(v) for v in (*own, *kept)):
        return [*asks[:-1], replace(core, text=joined, start=piece.start)]
    if _parallel(text, piece, core):
        return [_repeat(text, piece, core), *asks]
    said = text[piece.start : piece.end]
    alone = fill(core.tool, said)
    if alone.values and not alone.missing and not before.missing:
        return [Ask(core.tool, said, piece.start, piece.sentence), *asks]
    return asks


def _join_all(text: str, core: Ask, parts: Sequence[Piece]) -> Ask | None:
    """One ask of all the pieces, if it has a place for every value: a list, the parts of a date."""
    if len(parts) < 2 or core.given or core.inherited:
        return None
    start = min(core.start, parts[-1].start)
    joined = text[start : max(core.start + len(core.text), parts[-1].end)]
    filling = fill(core.tool, joined)
    own = [v.moved(p.start - start) for p in parts for v in values_in(text, p, core.tool)]
    if not own or not all(map(filling.uses, own)) or not keeps(core.filling(), filling):
        return None
    return replace(core, text=joined, start=start, sentence=max(core.sentence, parts[-1].sentence))


def _join_after(text: str, asks: list[Ask], piece: Piece) -> list[Ask]:
    core = asks[-1]
    own = values_in(text, piece, core.tool)
    joined = text[core.start : piece.end]
    if core.given and _adds(core, text[piece.start : piece.end]):
        more = fill(core.tool, text[piece.start : piece.end], free=False).values
        return [_with_more(ask, more) for ask in asks]
    if not own:
        return [*asks[:-1], replace(core, text=joined)] if piece.sentence == core.sentence else asks
    filling = fill(core.tool, joined)
    used = [filling.uses(v.moved(piece.start - core.start)) for v in own]
    cut = piece.start - core.start
    across = any(p.kind == "name" and p.start < cut < p.end for p in filling.places.values())
    if core.inherited or core.given or across:
        used = [False] * len(own)
    before = fill(core.tool, core.text)
    completes = len(filling.missing) < len(before.missing) and any(used)
    if (all(used) or completes) and keeps(before, filling):
        return [*asks[:-1], replace(core, text=joined, sentence=piece.sentence)]
    near = piece.sentence == core.sentence or _CONTINUES.match(text[piece.start : piece.end])
    if near and _parallel(text, piece, core):
        return [*asks, _repeat(text, piece, core)]
    return [*asks[:-1], replace(core, text=joined)] if any(used) else asks


def _adds(core: Ask, said: str) -> bool:
    """Whether a piece only says more of the same: "in Paris and in Rome, in celsius"."""
    more = fill(core.tool, said, free=False).values
    return bool(more) and not more.keys() & core.filling().values.keys()


def _with_more(ask: Ask, more: Mapping[Path, Any]) -> Ask:
    if ask.given:
        return replace(ask, given={**more, **ask.given})
    return replace(ask, inherited={**more, **ask.inherited})


_CONTINUES = re.compile(
    r"\s*(?:and|also|or|plus|then|what about|how about|same for|now|那么?|还有|以及|和|再)\b|那"
    r"|还有|再|\S+呢$",
    re.IGNORECASE,
)


def _parallel(text: str, piece: Piece, core: Ask) -> bool:
    """Whether a piece is only values and the tool's own words, like "in Rome"."""
    said = text[piece.start : piece.end]
    about = keys(f"{core.tool.name} {core.tool.description} {core.text}")
    spans = [v for v in find_values(said) if v.kind in STRONG]
    # "30 minutes of running and 15 minutes of stretching"
    amounts = {v.unit for v in find_values(core.text) if v.kind == "number"}
    if spans and spans[0].kind == "number" and spans[0].unit and spans[0].unit in amounts:
        return said[: spans[0].start].strip() == ""
    if spans and spans[0].kind == "number" and not said[: spans[0].start].strip():
        return not fill(core.tool, said).missing  # "and 6 lemons"
    spans += fill(core.tool, said, free=False).places.values()
    rest = [
        t
        for t in tokenize(said)
        if not t.filler
        and not t.keys & about
        and not any(v.start <= t.start < v.end for v in spans)
    ]
    return not rest


def _repeat(text: str, piece: Piece, core: Ask) -> Ask:
    """The same call with the values of another piece in place of its own."""
    said = text[piece.start : piece.end]
    base = core.filling()
    own = values_in(text, piece, core.tool)
    filling = fill(core.tool, said, free=False)
    if len(filling.values) < 2 and len(own) == 1 and not _cued(said, own[0]):
        path = _twin(own[0], base, after=piece.start >= core.start)
        if path is not None:
            slot = next(s for s in tool_slots(core.tool) if s.path == path)
            offers = [c for c in candidates(slot, said) if c.where.overlaps(own[0])]
            best = max(offers, key=lambda c: c.score, default=None)
            fitted = fit(own[0].value, slot.schema) if best is None else best.argument
            if fitted is not MISSING:
                given = {**base.values, path: fitted}
                return Ask(core.tool, said, piece.start, piece.sentence, given=given)
    whole = fill(core.tool, said)
    if not filling.values or not whole.missing:
        filling = whole
    measures = {s.path for s in tool_slots(core.tool) if role_of(s).name == "unit"}
    # A unit belongs to its number: "500 grams of flour and 6 lemons".
    kept = {p: v for p, v in base.values.items() if p not in measures or filling.missing}
    return Ask(core.tool, said, piece.start, piece.sentence, inherited=kept, given=filling.values)


def _cued(said: str, value: Value) -> bool:
    return bool(re.search(r"[A-Za-z]", said[: value.start]))


def _twin(value: Value, base: Filling, *, after: bool) -> Path | None:
    """The parameter whose value is of the same kind and stands nearest."""
    like = [
        (place.start, path)
        for path, place in base.places.items()
        if place.kind == value.kind
        or {place.kind, value.kind} <= {"name", "phrase", "code", "member"}
    ]
    return (max if after else min)(like)[1] if like else None
