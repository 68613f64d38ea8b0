"""What a prompt asks for: one ask for every call that it wants made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from respmagic.demo._arguments import Filling, fill, tool_slots
from respmagic.demo._choose import ENOUGH
from respmagic.demo._clauses import Piece, pieces
from respmagic.demo._fit import MISSING, fit
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._match import candidates
from respmagic.demo._members import offer_members
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
    groups = _groups(text, chooser, pieces(text)) or _groups(text, chooser, _sentences(text))
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


Group = tuple[Tool, Piece, list[Piece], list[Piece]]


def _sentences(text: str) -> list[Piece]:
    """Whole sentences, and then all of it, for an ask whose words stand far apart."""
    found: dict[int, Piece] = {}
    for piece in pieces(text):
        start = found[piece.sentence].start if piece.sentence in found else piece.start
        found[piece.sentence] = Piece(start, piece.end, piece.sentence)
    return list(found.values())


def _groups(text: str, chooser: Chooser, parts: Sequence[Piece]) -> list[Group]:
    """Pieces that ask for a tool, each with the pieces beside it that ask for none."""
    groups: list[Group] = []
    waiting: list[Piece] = []
    for piece in parts:
        said = text[piece.start : piece.end]
        adds = bool(groups) and piece.sentence == groups[-1][1].sentence and _only_values(said)
        score, tool = (0.0, None) if adds or _declined(said) else chooser.best(said)
        if tool is None:
            if groups and not _DECLINE.search(said):
                groups[-1][3].append(piece)
            else:
                waiting.append(piece)
        elif groups and (
            _goes_on(text, groups[-1], piece)
            if groups[-1][0] is tool
            else _completes(text, groups[-1], piece, tool, sure=score >= ENOUGH)
        ):
            groups[-1][3].append(piece)
        else:
            # What stands before the first ask belongs to it only within one sentence,
            # unless it lacks something.
            lacks = bool(waiting) and bool(fill(tool, said, free=False).missing)
            near = [p for p in waiting if lacks or p.sentence == piece.sentence]
            groups.append((tool, piece, near, []))
            waiting = []
    return groups


def _only_values(said: str) -> bool:
    """Whether a piece has nothing but values, which ask for nothing by themselves."""
    found = [v for v in find_values(said) if v.kind in _STRONG]
    words = [t for t in tokenize(said) if t.text[0].isalnum() and t.text.lower() not in _LINKS]
    return len(found) == 1 and all(found[0].start <= t.start < found[0].end for t in words)


_LINKS = frozenset("the a an in at to for of from my".split())


_DECLINE = re.compile(
    r"\b(?:don't|do not|don’t|never|no need to|without)\b.{0,40}\b(?:use|using|call|calling|check"
    r"|get|look|send|run|fetch|need)\b"
    r"|^\s*(?:please\s+)?(?:don't|do not|don’t|never)\b"
    r"|(?:不要|别|不用|无需|不需要)(?!忘)",
    re.IGNORECASE,
)


_STATEMENT = re.compile(
    r"^\s*(?:my|i|i'm|we|it|this|that|he|she|they|the \w+)\b[^?]*?(?:\b(?:is|are|was|were|love|hate"
    r"|enjoy|prefer|like|had|went|saw|met|bought|ate|visited|loved|enjoyed)\b|'m\b|\bam\b)"
    r"(?!\s+(?:looking|trying|planning|going|searching|to|there|it)\b)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"[?]|\b(?:want|need|would like|please|can you|could you|let's|wish|what|how|when|where|which"
    r"|who)\b",
    re.IGNORECASE,
)


def _declined(said: str) -> bool:
    """Whether a piece forbids calls, or only states something."""
    if _DECLINE.search(said):
        return True
    return _STATEMENT.search(said) is not None and not _WISH.search(said)


def _completes(text: str, group: Group, piece: Piece, other: Tool, *, sure: bool) -> bool:
    """Whether a piece gives an ask what it lacks: "group by region and take the max of price"."""
    tool, core, _, after = group
    opening = next((t for t in tokenize(text[piece.start : piece.end]) if not t.filler), None)
    if opening is not None and opening.keys & keys(other.name.replace("_", " ")):
        return False
    so_far = fill(tool, text[core.start : (after or [core])[-1].end], free=False)
    own = fill(other, text[piece.start : piece.end], free=False)
    if not so_far.missing or (sure and not own.missing):
        return False
    joined = fill(tool, text[core.start : piece.end], free=False)
    return len(joined.missing) < len(so_far.missing) and _keeps(so_far, joined)


def _goes_on(text: str, group: Group, piece: Piece) -> bool:
    """Whether a piece that speaks of the same tool only adds to what was asked."""
    tool, core, _, after = group
    if _begins_anew(text[piece.start : piece.end], tool):
        return False
    joined = text[core.start : piece.end]
    own = _values(text, piece, tool)
    if not own:
        return after == [] or piece.sentence == core.sentence
    filling = fill(tool, joined)
    before = fill(tool, text[core.start : core.end])
    used = all(filling.uses(v.moved(piece.start - core.start)) for v in own)
    return used and (len(filling.missing) < len(before.missing) or _keeps(before, filling))


def _begins_anew(said: str, tool: Tool) -> bool:
    """Whether the piece starts like an order: "roll a die, roll another"."""
    first = next((t for t in tokenize(said) if not t.filler), None)
    name = tokenize(tool.name.replace("_", " "))
    return (
        first is not None
        and not first.text.endswith(("ed", "ing"))
        and bool(name)
        and bool(first.keys & name[0].keys)
        and (first.text[0].isascii() or len(name) == 1)
    )


_WRITTEN = 6.0  # the score of a member that stands in the text as it is
_STRONG = frozenset(
    "number quoted name room street code email url path date time json language currency unit ip "
    "phone domain zip crypto "
    "color expression".split()
)


def _values(text: str, piece: Piece, tool: Tool) -> list[Value]:
    """The values of a piece, without those that are part of another or name a parameter."""
    said, wanted = text[piece.start : piece.end], tool_slots(tool)
    names = {slot.name.lower() for slot in wanted}
    found = [v for v in find_values(said) if v.kind in _STRONG and v.text.lower() not in names]
    for slot in wanted if not found else ():
        found += [
            v
            for score, v, _ in (offer_members(slot, said) if slot.enum else ())
            if score >= _WRITTEN
        ]
    return [v for v in found if v.kind not in ("unit", "currency") or not _in_number(v, found)]


def _in_number(value: Value, found: Sequence[Value]) -> bool:
    return any(v.kind == "number" and v.overlaps(value) for v in found)


def _join_before(text: str, asks: list[Ask], piece: Piece) -> list[Ask]:
    """Take in what stands before: "In Paris, …" completes an ask, "Rome and …" doubles it."""
    core = asks[-1]
    own = _values(text, piece, core.tool)
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
    own = [v.moved(p.start - start) for p in parts for v in _values(text, p, core.tool)]
    if not own or not all(map(filling.uses, own)) or not _keeps(core.filling(), filling):
        return None
    return replace(core, text=joined, start=start, sentence=max(core.sentence, parts[-1].sentence))


def _join_after(text: str, asks: list[Ask], piece: Piece) -> list[Ask]:
    core = asks[-1]
    own = _values(text, piece, core.tool)
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
    if (all(used) or completes) and _keeps(before, filling):
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


def _keeps(before: Filling, after: Filling) -> bool:
    """Whether what was filled stays filled the same, but for texts and lists that grew."""
    return all(
        path in after.values
        and (after.values[path] == value or isinstance(value, list | str))
        and (not _swapped(before, after, path))
        for path, value in before.values.items()
    )


def _swapped(before: Filling, after: Filling, path: Path) -> bool:
    old, new = before.places.get(path), after.places.get(path)
    if old is None or new is None or isinstance(before.values[path], list):
        return False
    return old.kind == new.kind != "free" and old.start != new.start


def _parallel(text: str, piece: Piece, core: Ask) -> bool:
    """Whether a piece is only values and the tool's own words, like "in Rome"."""
    said = text[piece.start : piece.end]
    about = keys(f"{core.tool.name} {core.tool.description} {core.text}")
    spans = [v for v in find_values(said) if v.kind in _STRONG]
    # "30 minutes of running and 15 minutes of stretching"
    amounts = {v.unit for v in find_values(core.text) if v.kind == "number"}
    if spans and spans[0].kind == "number" and spans[0].unit and spans[0].unit in amounts:
        return said[: spans[0].start].strip() == ""
    if spans and spans[0].kind == "number" and not said[: spans[0].start].strip():
        return not fill(core.tool, said).missing  # "and 6 lemons"
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
    own = _values(text, piece, core.tool)
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
