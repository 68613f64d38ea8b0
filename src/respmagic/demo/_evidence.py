"""The words and values of a text that speak for a tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from respmagic.demo._about import About
from respmagic.demo._lexicon import Token
from respmagic.demo._spans import Value
from respmagic.demo._text import Text, Window
from respmagic.demo._words import OPPOSITES

__all__ = ["Sign", "contradicts", "only_tells", "signs"]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for a tool.

    Attributes:
        token: the word, or a value as if it were one.
        weight: how much it counts.
        key: the meaning that it shares with the tool.
        is_hint: it is the kind of a value and no word.
    """

    token: Token
    weight: float
    key: str
    is_hint: bool = False

    def within(self, window: Window) -> bool:
        """Whether it begins in a window."""
        return window[0] <= self.token.start < window[1]


# What a tool works on does not say which tool: "report.zip" asks for no archive.
_DATA = frozenset("quoted path url email json street".split())
# What the kind of a value hints at, whatever the words: 2+2 wants a calculator.
_HINTS = {
    "expression": ("#calculate", 2.4),
    "formula": ("#expression", 1.2),
    "currency": ("#currency", 1.2),
    "language": ("#language", 1.2),
    "email": ("#email", 0.8),
    "url": ("#url", 0.9),
    "path": ("#file", 0.7),
    "ip": ("#ip", 0.9),
    "color": ("#color", 0.8),
}
_OPERATION, _PERCENT, _CONVERT, _SPELLED = 1.8, 1.0, 1.5, 3.0


def signs(text: Text, about: About) -> list[Sign]:
    """All that speaks for a tool in a text."""
    words = (t for t in text.tokens if not text.has_value(t, _DATA))
    agreeing = ((token, *about.agrees(token)) for token in words)
    found = [Sign(token, weight, key) for token, weight, key in agreeing if weight]
    return [*found, *_hints(text, about), *_spelled(text, about)]


def _spelled(text: Text, about: About) -> Iterator[Sign]:
    """The tool's name in words or run together: "Who am I?" for whoami."""
    name = re.sub(r"[\W_]", "", about.tool.name).lower()
    if len(name) < 6 or not name.isascii():
        return
    form = r"[\s_-]?".join(map(re.escape, name))
    found = re.search(rf"(?<!\w){form}(?!\w)", text.said.lower())
    if found:
        yield Sign(Token(found[0], *found.span(), frozenset({name})), _SPELLED, "name")


def _hints(text: Text, about: About) -> Iterator[Sign]:
    measured = [v for v in text.values if v.kind == "number" and (v.unit or v.currency)]
    targets = [v for v in text.values if v.kind in ("unit", "currency")]
    converts = bool(measured) and len(targets) > len(measured)
    for value in text.values:
        for key, most in _hinted(value, converts=converts):
            weight = min(about.weights.get(key, 0.0), most)
            if weight:
                token = Token(value.text, value.start, value.end, frozenset({key}))
                yield Sign(token, weight, key, is_hint=True)


def _hinted(value: Value, *, converts: bool) -> Iterator[tuple[str, float]]:
    if value.kind in _HINTS:
        yield _HINTS[value.kind]
    if value.kind == "expression":
        yield f"#{value.unit}", _OPERATION
    if value.kind == "number" and value.unit == "percent":
        yield "#percent", _PERCENT
    if value.kind in ("unit", "currency") and converts:
        yield "#convert", _CONVERT


def only_tells(text: Text, token: Token, about: About) -> bool:
    """Whether a word after an article only tells which: "the time complexity" is no time."""
    before, after = text.before(token.start, 1), text.after(token.end, 2)
    if not before or before[0].text.lower() not in ("the", "a", "an") or not after:
        return False
    noun = after[0]
    plain = noun.text.isascii() and noun.text.isalpha() and noun.text.islower()
    unknown = not noun.filler and not noun.known and not noun.keys & about.weights.keys()
    closes = len(after) < 2 or after[1].text.lower() in ("of", "in", "for", "?")
    return plain and unknown and closes


def contradicts(tokens: Sequence[Token], about: About) -> bool:
    """Whether a text wants the opposite: a tool that deletes is not wanted where one creates."""
    asked = frozenset(key for t in tokens if not t.filler for key in t.keys)
    return any(
        f"#{other}" in about.named - asked and f"#{own}" in asked - about.named
        for pair in OPPOSITES
        for own, other in (pair, pair[::-1])
    )
