"""Booleans: what is asked for, forbidden, or asked for by its opposite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import Token, is_generic, keys, tokenize
from respmagic.demo._spans import Offer, Value
from respmagic.demo._words import NEGATIONS, OPPOSITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from respmagic.demo._schema import Slot

__all__ = ["offer_flags"]


def offer_flags(slot: Slot, text: str) -> Iterator[Offer]:
    """Where a text says yes or no to a boolean parameter."""
    name = re.escape(slot.name)
    stated = re.search(
        rf"\b{name}\s*(?:[=:]|is|to)?\s*(true|false|yes|no|on|off)\b", text, re.IGNORECASE
    )
    if stated:
        yield 9, _at(stated.start()), stated[1].lower() in ("true", "yes", "on")
        return
    spelled = re.search(rf"\b{name.replace('_', '[ _-]')}\b", text, re.IGNORECASE)
    if spelled and "_" in slot.name:
        yield 6, _at(spelled.start()), True
    wanted, said = _wanted(slot), _flag_words(slot)
    against = _opposite_keys(wanted)
    tokens = tokenize(text)
    for index, token in enumerate(tokens):
        where, said_no = _at(token.start, token.text), _negated(tokens, index)
        if token.keys & against and not token.keys & wanted:
            yield 6, where, said_no
        elif token.keys & wanted and (not token.filler or token.text.lower() in ("on", "off")):
            yield 5 + 0.5 * said_no, where, not said_no
        elif token.keys & said and not token.filler:
            yield 3, where, not said_no


def _at(start: int, said: str = "") -> Value:
    return Value("flag", start, start, None, said)


def _wanted(slot: Slot) -> frozenset[str]:
    """What the name of a flag says is so: "arm it" says armed."""
    named = [t for t in tokenize(slot.name.replace("_", " ")) if t.text.lower() not in _FLAG_VERBS]
    wanted = frozenset(k for t in named for k in t.keys)
    past = [t.text.lower() for t in named if t.text.lower().endswith("ed")]
    wanted |= {word.removesuffix(end) for word in past for end in ("ed", "d")}
    # "Reply" in reply_mail does not say reply_all.
    return wanted - keys(re.sub(r"[_-]", " ", slot.tool_words.split(" ")[0])) or wanted


_FLAG_VERBS = frozenset(
    "create make is use with enable show has should allow do get return want needs".split()
)


def _flag_words(slot: Slot) -> frozenset[str]:
    """What the description adds to the name: sort(reverse) may say "descending"."""
    said = re.split(r"[;,.]|\bdefault", slot.description)[0]
    return _telling(said) - keys(slot.tool_words) - _telling("whether true false if 是否 set")


def _opposite_keys(wanted: frozenset[str]) -> frozenset[str]:
    pairs = [(f"#{a}", f"#{b}") for pair in OPPOSITES for a, b in (pair, pair[::-1])]
    return frozenset(other for own, other in pairs if own in wanted)


_NOT = NEGATIONS | frozenset(
    "ignore ignoring disable excluding exclude skip off false insensitive".split()
)


def _negated(tokens: Sequence[Token], index: int) -> bool:
    near = {t.text.lower() for t in tokens[max(0, index - 3) : index]}
    later = {t.text.lower() for t in tokens[index + 1 : index + 3]}
    return bool(near & _NOT) or "insensitive" in later


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        k for t in tokenize(text) if not t.filler and not is_generic(t) for k in t.keys
    )
