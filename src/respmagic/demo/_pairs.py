"""Keys with values, as text: "color=red, size: 4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from respmagic.demo._spans import Offer, Value

__all__ = ["pairs"]

_PAIR = re.compile(
    r"[\"']?([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff-]*)[\"']?\s*[=:]\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s,;}]+))"
)
_WORDS = {"true": True, "false": False, "null": None, "yes": True, "no": False}


def pairs(text: str) -> Iterator[Offer]:
    """The object that the pairs of a text make, if it has any."""
    found = list(_PAIR.finditer(text))
    if found:
        made = {m[1]: _plain(next(g for g in m.groups()[1:] if g is not None)) for m in found}
        yield 5, Value("json", found[0].start(), found[-1].end(), made, ""), made


def _plain(word: str) -> Any:
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    try:
        return int(word) if re.fullmatch(r"-?\d+", word) else float(word)
    except ValueError:
        return word
