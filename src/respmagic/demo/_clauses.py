"""A prompt cut into pieces, so that each can be asked what it wants."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from respmagic.demo._lexicon import tokenize
from respmagic.demo._values import find_values

__all__ = ["Piece", "clean", "pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the prompt between two separators.

    Attributes:
        start: where it begins.
        end: where it ends.
        sentence: the number of its sentence; "and" and commas do not end one.
    """

    start: int
    end: int
    sentence: int


_MARKER = re.compile(r"(?m)^[ \t]*(?:\(?\d{1,2}[.)、](?=\D)|[-*•·](?=\s)|[①-⑳])[ \t]*")
_INLINE_MARKER = re.compile(r"(?<=[\s:;,。])(?:\(?\d\)|[①-⑳])\s*")
_HARD = re.compile(r"\n+|\.(?=\s|$)|[。?!;]")
_SOFT = re.compile(
    r",(?!\d{3}\b)|、|\s+(?:and(?:\s+then)?|then|also|plus|as well as|&|but|or|while|followed by"
    r"|after that)(?=\s)",
    re.IGNORECASE,
)
_SOFT_ZH = frozenset(
    "和 与 及 以及 并 并且 而且 然后 接着 再 还有 同时 另外 此外 顺便 最后".split()
)
# A number may end at a comma that ends the piece as well: it protects nothing by itself.
_WHOLE = frozenset(
    "street zip quoted json url email path date time ip domain phone expression name".split()
)


def clean(prompt: str) -> str:
    """The prompt without the numbers and bullets of its lists, which are no values."""
    text = _MARKER.sub("\n", prompt)
    if re.search(r"(?<!\w)\(?1\)", text) and re.search(r"(?<!\w)\(?2\)", text):
        text = _INLINE_MARKER.sub("\n", text)
    return text.strip()


def pieces(text: str) -> list[Piece]:
    """All pieces of a text in order."""
    guarded = [(v.start, v.end) for v in find_values(text) if v.kind in _WHOLE]
    guarded += [m.span() for m in re.finditer(r"[(\[][^()\[\]\n]*[)\]]", text)]
    guarded += _spans_of_ranges(text)
    hard = {m.span() for m in _HARD.finditer(text)}
    soft = {m.span() for m in _SOFT.finditer(text)}
    soft |= {(t.start, t.end) for t in tokenize(text) if t.text in _SOFT_ZH}
    found: list[Piece] = []
    start = sentence = 0
    for cut, after in sorted(hard | soft):
        if cut < start or any(a < cut < b or a <= cut < b - 1 for a, b in guarded):
            continue
        if text[start:cut].strip():
            found.append(Piece(start, cut, sentence))
        sentence += (cut, after) in hard
        start = after
    if text[start:].strip():
        found.append(Piece(start, len(text), sentence))
    return found


def _spans_of_ranges(text: str) -> list[tuple[int, int]]:
    """Where ranges stand: "between 1 and 100" is one thing."""
    numbers = [v for v in find_values(text) if v.kind == "number" and v.bound]
    pairs = itertools.pairwise(numbers)
    return [(a.start, b.end) for a, b in pairs if (a.bound, b.bound) == ("low", "high")]
