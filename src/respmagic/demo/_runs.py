"""Words of a text that are left when grammar and values are taken away: what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from respmagic.demo._about import About, name_keys
from respmagic.demo._cues import cue_words
from respmagic.demo._lexicon import Token, is_chinese
from respmagic.demo._roles import role_of
from respmagic.demo._schema import Slot
from respmagic.demo._text import VERBS_ZH, Text
from respmagic.demo._words import COMMANDS, FILLER, NEGATIONS

__all__ = ["cores", "runs"]

_NO_THINGS = NEGATIONS | FILLER
_NO_THINGS |= frozenset(
    "published released located takes costs many much against versus vs wants want".split()
)
_SEALED = frozenset(
    "quoted email url path number date time json expression reference phone ip street zip".split()
)
_ORDERED = re.compile(r" (?:the|an?|my|your|our|it|them|me)(?!\w)")  # "take the", "pin it"
_OPENING = re.compile(r"(?:^|[.!?\n]\s+)(?:please\s+)?$", re.IGNORECASE)

# What speaks for a run: without the words that only name the tool, with them, and nothing else.
_CORE, _WHOLE, _ALONE, _NAMES = 0.8, -0.3, -1.0, -1.5


def runs(text: Text) -> list[list[Token]]:
    """Words that stand together with no word of grammar and no sealed value between."""
    found: list[list[Token]] = []
    for token in text.tokens:
        if not _is_content(text, token):
            found.append([])
        elif found and found[-1] and _touch(text, found[-1][-1], token):
            found[-1].append(token)
        else:
            found.append([token])
    return [run for run in found if run and not _measures(text, run)]


def _is_content(text: Text, token: Token) -> bool:
    return (
        token.text[0].isalnum()
        and not token.filler
        and token.text.lower() not in _NO_THINGS
        and not _ORDERED.match(text.said, token.end)
        and not text.has_value(token, _SEALED)
        and not _is_in_code(text, token)
    )


def _is_in_code(text: Text, token: Token) -> bool:
    """Whether a word is only a part of something like sales_2024."""
    return any(
        v.kind == "code" and v.start <= token.start < v.end and v.text != token.text
        for v in text.values
    )


def _touch(text: Text, one: Token, other: Token) -> bool:
    alike = is_chinese(one.text) == is_chinese(other.text)
    return alike and text.said[one.end : other.start] in ("", " ", "-")


def _measures(text: Text, run: list[Token]) -> bool:
    """Whether a word only measures what comes after it: the bottles of "2 bottles of milk"."""
    counted = any(v.kind == "number" and 0 <= run[0].start - v.end <= 1 for v in text.values)
    return counted and text.said[run[-1].end :].startswith(" of ")


def cores(
    run: list[Token], slot: Slot, about: About, text: Text
) -> Iterator[tuple[float, int, int]]:
    """A run without the words at its ends that only name the tool or the parameter.

    Yields:
        What speaks for it, where it begins and where it ends.
    """
    if len(text.said) > run[0].end and _opens(text, run[0]):
        run = run[1:]  # an order begins with what is to be done
    if not run:
        return
    if is_chinese(run[0].text):  # no spaces: what the tool says ends a run
        for part in _cut(run, about):
            yield from _core(part, slot, about)
    else:
        yield from _core(run, slot, about)


def _cut(run: list[Token], about: About) -> Iterator[list[Token]]:
    known = about.said | about.labels
    part: list[Token] = []
    for token in run:
        if token.keys & known or token.text in VERBS_ZH:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part or all(t.keys & known for t in run):
        yield part or run


def _core(run: list[Token], slot: Slot, about: About) -> Iterator[tuple[float, int, int]]:
    first, last = _trimmed(run, slot, about)
    if first == last:
        yield from _explained(run, slot, about)
        return
    yield _CORE, run[first].start, run[last - 1].end
    if last < len(run) or first:
        yield _WHOLE, run[first].start, run[-1].end


def _trimmed(run: list[Token], slot: Slot, about: About) -> tuple[int, int]:
    own, known, cues = name_keys(slot), about.said | about.labels, cue_words(slot)
    first, last = 0, len(run)
    while first < last and (run[first].keys & known or run[first].text.lower() in COMMANDS | cues):
        first += 1
    trailing = own if role_of(slot).name == "title" else own | known
    while last > first and run[last - 1].keys & trailing:
        last -= 1
    return first, last


def _explained(run: list[Token], slot: Slot, about: About) -> Iterator[tuple[float, int, int]]:
    """A run that the tool's own words explain may still be meant, where nothing else is said."""
    if all(t.keys & about.labels for t in run):
        return
    role = role_of(slot).name
    single = len(run) == 1 and not run[0].keys & about.named
    if slot.required and single and role in ("any", "variable", "title"):
        yield _ALONE, run[0].start, run[0].end
    elif role in ("query", "title", "text") and (
        len(run) > 1 or not run[0].keys & (about.named | name_keys(slot))
    ):
        yield _NAMES, run[0].start, run[-1].end


def _opens(text: Text, token: Token) -> bool:
    """Whether a word opens a sentence."""
    return token.text[0].isascii() and _OPENING.search(text.said[: token.start]) is not None
