"""Booleans: what is asked for, forbidden, or asked for by its opposite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import Token, keys, tokenize
from respmagic.demo._nearby import name_keys_of, said_keys
from respmagic.demo._spans import Offer, Value
from respmagic.demo._words import NEGATIONS, OPPOSITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from respmagic.demo._schema import Slot

__all__ = ["offer_flags"]


def offer_flags(slot: Slot, text: str) -> Iterator[Offer]:
    stated = re.search(
        rf"\b{re.escape(slot.name)}\s*(?:[=:]|is|to)?\s*(true|false|yes|no|on|off)\b",
        text,
        re.IGNORECASE,
    )
    if stated:
        where = Value("flag", stated.start(), stated.start(), None, "")
        yield 9, where, stated[1].lower() in ("true", "yes", "on")
        return
    spelled = re.search(rf"\b{re.escape(slot.name).replace('_', '[ _-]')}\b", text, re.IGNORECASE)
    if spelled and "_" in slot.name:
        yield 6, Value("flag", spelled.start(), spelled.start(), None, ""), True
    tokens = tokenize(text)
    named = [t for t in tokenize(slot.name.replace("_", " ")) if t.text.lower() not in _FLAG_VERBS]
    wanted = frozenset(k for t in named for k in t.keys)
    # "Arm it" says armed.
    past = [t.text.lower() for t in named if t.text.lower().endswith("ed")]
    wanted |= {word.removesuffix(end) for word in past for end in ("ed", "d")}
    # "Reply" in reply_mail does not say reply_all.
    wanted = wanted - name_keys_of(slot.tool_words.split(" ")[0]) or wanted
    against = _opposite_keys(wanted)
    said = _flag_words(slot)
    for index, token in enumerate(tokens):
        where = Value("flag", token.start, token.start, None, token.text)
        said_no = _negated(tokens, index)
        if token.keys & against and not token.keys & wanted:
            yield 6, where, said_no
        elif token.keys & wanted and (not token.filler or token.text.lower() in ("on", "off")):
            yield 5, where, not said_no
        elif token.keys & said and not token.filler:
            yield 3, where, not said_no


_FLAG_VERBS = frozenset("is use with enable show has should allow do get return want needs".split())


def _flag_words(slot: Slot) -> frozenset[str]:
    """What the description adds to the name: sort(reverse) may say "descending"."""
    tool = keys(slot.tool_words)
    said = re.split(r"[;,.]|\bdefault", slot.description)[0]
    return said_keys(said) - tool - said_keys("whether true false if 是否 set")


def _opposite_keys(wanted: frozenset[str]) -> frozenset[str]:
    pairs = [(f"#{a}", f"#{b}") for pair in OPPOSITES for a, b in (pair, pair[::-1])]
    return frozenset(other for own, other in pairs if own in wanted)


def _negated(tokens: Sequence[Token], index: int) -> bool:
    near = [t.text.lower() for t in tokens[max(0, index - 3) : index]]
    later = [t.text.lower() for t in tokens[index + 1 : index + 3]]
    stop = frozenset("ignore ignoring disable excluding exclude skip off false insensitive".split())
    return any(w in NEGATIONS or w in stop for w in near) or "insensitive" in later
