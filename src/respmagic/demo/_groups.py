"""Pieces of a prompt put together: those that ask for a tool, each with what belongs to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._arguments import Filling, fill, tool_slots
from respmagic.demo._choose import ENOUGH
from respmagic.demo._clauses import Piece, pieces
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._members import offer_members
from respmagic.demo._request import Tool
from respmagic.demo._values import find_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from respmagic.demo._choose import Chooser
    from respmagic.demo._schema import Path
    from respmagic.demo._spans import Value

__all__ = ["STRONG", "Group", "keeps", "make_groups", "values_in", "whole_sentences"]

Group = tuple[Tool, Piece, list[Piece], list[Piece]]


def whole_sentences(text: str) -> list[Piece]:
    """Whole sentences, and then all of it, for an ask whose words stand far apart."""
    found: dict[int, Piece] = {}
    for piece in pieces(text):
        start = found[piece.sentence].start if piece.sentence in found else piece.start
        found[piece.sentence] = Piece(start, piece.end, piece.sentence)
    return list(found.values())


def make_groups(text: str, chooser: Chooser, parts: Sequence[Piece]) -> list[Group]:
    """Pieces that ask for a tool, each with the pieces beside it that ask for none."""
    groups: list[Group] = []
    waiting: list[Piece] = []
    for piece in parts:
        said = text[piece.start : piece.end]
        adds = bool(groups) and piece.sentence == groups[-1][1].sentence and _only_values(said)
        adds = adds or (bool(groups) and _ONE_MORE.match(said) is not None)
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
    found = [v for v in find_values(said) if v.kind in STRONG]
    words = [t for t in tokenize(said) if t.text[0].isalnum() and t.text.lower() not in _LINKS]
    return len(found) == 1 and all(found[0].start <= t.start < found[0].end for t in words)


_LINKS = frozenset("the a an in at to for of from my".split())


_ONE_MORE = re.compile(r"\s*(?:and\s+)?(?:what|how)\s+about\b", re.IGNORECASE)
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
    return len(joined.missing) < len(so_far.missing) and keeps(so_far, joined)


def _goes_on(text: str, group: Group, piece: Piece) -> bool:
    """Whether a piece that speaks of the same tool only adds to what was asked."""
    tool, core, _, after = group
    before = fill(tool, text[core.start : core.end])
    if not before.missing and _begins_anew(text[piece.start : piece.end], tool):
        return False
    joined = text[core.start : piece.end]
    own = values_in(text, piece, tool)
    if not own:
        return after == [] or piece.sentence == core.sentence
    filling = fill(tool, joined)
    used = all(filling.uses(v.moved(piece.start - core.start)) for v in own)
    return used and (len(filling.missing) < len(before.missing) or keeps(before, filling))


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
STRONG = frozenset(
    "number quoted name room street code email url path date time json language currency unit ip "
    "phone domain zip crypto "
    "color expression".split()
)


def values_in(text: str, piece: Piece, tool: Tool) -> list[Value]:
    """The values of a piece, without those that are part of another or name a parameter."""
    said, wanted = text[piece.start : piece.end], tool_slots(tool)
    names = {slot.name.lower() for slot in wanted}
    found = [v for v in find_values(said) if v.kind in STRONG and v.text.lower() not in names]
    for slot in wanted:
        found += [
            v
            for score, v, _ in (offer_members(slot, said) if slot.enum else ())
            if score >= _WRITTEN
        ]
    return [v for v in found if v.kind not in ("unit", "currency") or not _in_number(v, found)]


def _in_number(value: Value, found: Sequence[Value]) -> bool:
    return any(v.kind == "number" and v.overlaps(value) for v in found)


def keeps(before: Filling, after: Filling) -> bool:
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
