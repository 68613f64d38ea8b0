"""A prompt taken apart once: its words and the values in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from respmagic.demo._about import About
from respmagic.demo._lexicon import Token, is_chinese, keys, tokenize
from respmagic.demo._spans import Value
from respmagic.demo._values import PERSON_ZH, REFERENCE, find_values
from respmagic.demo._words import FILLER_ZH, PLACES_ZH

__all__ = ["VERBS_ZH", "Text", "Window", "read_text"]

Window = tuple[int, int]  # from one place in the text to another

# Characters that are a verb or a word of grammar by themselves, and no part of a name.
VERBS_ZH = frozenset(
    "查算求看找画给用在到去从把将每各问买借订发放开关读写存取加减乘除比的和与有是一二三四五六七八九十两百千万"
)


@dataclass(frozen=True)
class Text:
    """A prompt as read for some tools.

    Attributes:
        said: the prompt.
        tokens: its words; Chinese is cut where the tools' own words begin and end.
        values: the typed values in it, in order.
    """

    said: str
    tokens: tuple[Token, ...]
    values: tuple[Value, ...]

    def within(self, window: Window) -> list[Token]:
        """The words of a window."""
        start, end = window
        return [t for t in self.tokens if start <= t.start and t.end <= end]

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def before(self, start: int, most: int) -> list[Token]:
        """The nearest words before a place, the nearest first."""
        index = bisect_left(self._starts, start)
        while index and self.tokens[index - 1].end > start:
            index -= 1
        return list(self.tokens[max(0, index - most) : index][::-1])

    def after(self, end: int, most: int) -> list[Token]:
        """The nearest words after a place."""
        index = bisect_left(self._starts, end)
        return list(self.tokens[index : index + most])

    def content(self, window: Window) -> list[Token]:
        """The words of a window that are no grammar."""
        return [t for t in self.within(window) if not t.filler and t.text[0].isalnum()]

    def has_value(self, token: Token, kinds: frozenset[str]) -> bool:
        """Whether a word is part of a value of one of these kinds."""
        return not kinds.isdisjoint(self._kinds_at.get(token.start, ()))

    @cached_property
    def _kinds_at(self) -> dict[int, set[str]]:
        """The kinds of the values over each character: every word is asked for, again and again."""
        kinds: dict[int, set[str]] = {}
        for value in self.values:
            for at in range(value.start, value.end):
                kinds.setdefault(at, set()).add(value.kind)
        return kinds

    def is_measure(self, value: Value) -> bool:
        """Whether a unit stands with its number, as in "5 miles"."""
        return any(v.kind == "number" and v.overlaps(value) for v in self.values)

    def is_name(self, start: int, end: int) -> bool:
        """Whether a place lies in a name."""
        return any(v.kind == "name" and v.start <= start and end <= v.end for v in self.values)


def read_text(said: str, abouts: Sequence[About], *, recalls: bool = False) -> Text:
    """Take a prompt apart, in the light of the words that the tools use.

    Args:
        said: the prompt.
        abouts: the tools.
        recalls: something has been said before that the first clause may point at.
    """
    han = " ".join(_han_of(about) for about in abouts)
    tokens = [part for token in _joined(tokenize(said)) for part in _recut(token, han)]
    acts = frozenset(k for a in abouts for k in a.acts if not k.startswith("#"))
    found = (_without_order(v, said, acts) for v in find_values(said))
    kept = [v for v in found if v is not None and not _is_doubtful(v)]
    pointing = _pointing(said, abouts, kept, recalls=recalls)
    kept = [v for v in kept if v.kind != "number" or not any(v.overlaps(p) for p in pointing)]
    return Text(said, tuple(tokens), tuple(sorted([*kept, *pointing], key=_by_place)))


def _by_place(value: Value) -> tuple[int, int]:
    return value.start, -value.end


def _is_doubtful(value: Value) -> bool:
    """Whether a Chinese name is none that a list or its form makes sure."""
    is_sure = value.text in PLACES_ZH or re.fullmatch(PERSON_ZH, value.text) is not None
    return value.kind == "name" and is_chinese(value.text) and not is_sure


# Words that point

_SEALED = frozenset("quoted path url email json expression".split())
_THE = re.compile(
    r"\b(?:the|that|this|its|their)\s+(\w+)\b(?!\s+(?:of|between|in|for|from)\b"
    r"|\s+\w+\s+(?:of|column)\b)",
    re.IGNORECASE,
)
_FIRST_END = re.compile(r"[,.;。]|\band\b|然后|再")


def _pointing(
    said: str, abouts: Sequence[About], others: Sequence[Value], *, recalls: bool
) -> list[Value]:
    """Words for what another call has given: "it", "the result", "the translation"."""
    sealed = [v for v in others if v.kind in _SEALED]
    found = [
        Value("reference", m.start(), m.end(), None, m[0])
        for m in REFERENCE.finditer(said.lower())
        if not any(v.start <= m.start() and m.end() <= v.end for v in sealed)
    ]
    named = frozenset().union(*(about.named for about in abouts))
    found += [
        Value("reference", m.start(), m.end(), m[1], m[0])
        for m in _THE.finditer(said)
        if keys(m[1]) & named
        and not any(v.start < m.end() and m.start() < v.end for v in (*others, *found))
    ]
    if recalls:
        return found
    first = _FIRST_END.search(said)
    # Nothing has been said that the first clause could point at.
    return [v for v in found if first is not None and v.start > first.start()]


# Chinese words, and names without the order before them


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Join single characters of which one stands in no list: 泰 and 山 are one mountain."""
    found: list[Token] = []
    for token in tokens:
        if found and _belongs(found[-1], token):
            last = found.pop()
            word = last.text + token.text
            found.append(Token(word, last.start, token.end, frozenset({word})))
        else:
            found.append(token)
    return found


def _belongs(last: Token, token: Token) -> bool:
    touches = last.end == token.start and len(token.text) == 1 and len(last.text) <= 2
    if not touches or not is_chinese(last.text) or not is_chinese(token.text):
        return False
    if last.filler or token.filler or {last.text, token.text} & VERBS_ZH:
        return False
    return not last.known or (len(last.text) == 1 and not token.known)


def _han_of(about: About) -> str:
    texts = [about.tool.name, about.tool.description]
    for slot in about.slots:
        texts += [*slot.path, slot.description, *(m for m in slot.enum if isinstance(m, str))]
    return " ".join(t for t in texts if is_chinese(t))


_GRAMMAR_ZH = frozenset(word for word in FILLER_ZH if len(word) == 1)


def _recut(token: Token, han: str) -> list[Token]:
    """Cut a run of unknown characters where a word begins that the tools use."""
    run = token.text
    if token.known or len(run) < 3 or not is_chinese(run) or not han:
        return [token]
    parts: list[tuple[int, int]] = []
    at = loose = 0
    while at < len(run):
        size = next((n for n in range(len(run) - at, 1, -1) if _is_word(run[at : at + n], han)), 0)
        if size:
            parts += [(loose, at)] * (loose < at) + [(at, at + size)]
            loose = at + size
        at += size or 1
    parts += [(loose, at)] * (loose < at)
    return [_part(token, a, b) for a, b in parts] if len(parts) > 1 else [token]


def _is_word(word: str, han: str) -> bool:
    return word in han and word[0] not in _GRAMMAR_ZH and word[-1] not in _GRAMMAR_ZH


def _part(token: Token, start: int, end: int) -> Token:
    word = token.text[start:end]
    twos = frozenset(word[i : i + 2] for i in range(len(word) - 1))
    return Token(word, token.start + start, token.start + end, twos | {word})


def _without_order(value: Value, said: str, acts: frozenset[str]) -> Value | None:
    """A name without the order before it: "Enroll Tom" orders something for Tom."""
    if value.kind == "phrase":
        return None
    opens = re.search(r"(?:^|[.!?:;\n,]\s*)$", said[: value.start])
    if value.kind != "name" or not opens:
        return value
    first = tokenize(value.text)[0]
    if not first.keys & acts:
        return value
    rest = value.text[first.end :].lstrip()
    return value.part(len(value.text) - len(rest), len(value.text)) if rest else None
