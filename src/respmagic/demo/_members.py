"""Members of an enum, or of a list in a description, that a text means."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import tokenize
from respmagic.demo._numbers import currency_of, unit_of
from respmagic.demo._spans import Value
from respmagic.demo._units import LANGUAGES
from respmagic.demo._values import find_values, language_of
from respmagic.demo._words import SENTIMENT

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["may_say", "places"]


_SIGNS = {
    ">": r">(?!=)|\b(?:greater|more|larger|higher) than\b(?! or)|\b(?:above|over)\b"
    r"|(?:大|高|多)于(?!等)|(?<!不)超过",
    "<": r"<(?!=)|\b(?:less|lower|smaller|fewer) than\b(?! or)|\b(?:below|under)\b"
    r"|(?:小|低|少)于(?!等)",
    ">=": r">=|\bat least\b|greater than or equal|大于等于|至少",
    "<=": r"<=|\bat most\b|less than or equal|小于等于|不超过|最多",
    "==": r"==|(?<![<>!])=(?!=)|\b(?:equals?|equal to|is exactly)\b|(?<![大小不]于)等于",
    "!=": r"!=|<>|\bnot equal\b|不等于",
}
_SIGNS["="] = _SIGNS["=="]


def places(member: str, text: str, members: tuple[str, ...]) -> Iterator[tuple[float, Value]]:
    """Where a text means a member of a list, the surest signs first."""
    yield from _written(member, text)
    names = unit_of(member), currency_of(member), language_of(member), _by_code(member, members)
    canonical = {name for name in names if name}
    for value in find_values(text):
        if value.kind in ("unit", "currency", "language") and value.value in canonical:
            yield 6, value
        elif value.kind == "expression" and "#" + value.unit in _member_keys(member):
            yield 6.2, Value("operator", value.start, value.start, member, value.text)
    felt, own = SENTIMENT.get(member.lower(), frozenset()), _member_keys(member)
    telling = own - _shared_keys(members)
    for token in tokenize(text):
        where = Value("member", token.start, token.end, member, token.text)
        if token.text.lower() in felt:
            yield 4, where
        elif not token.filler and token.keys & telling:
            yield 4.5, where


def _written(member: str, text: str) -> Iterator[tuple[float, Value]]:
    """The member itself, and for a sign such as ">" the words for it."""
    words = re.escape(member).replace("_", r"[\s_-]?").replace(r"\-", r"[\s_-]?")
    edge = (r"(?<![A-Za-z0-9_])", r"(?![A-Za-z0-9_])") if member.isascii() else ("", "")
    form = edge[0] + words + edge[1]
    for m in re.finditer(form, text, re.IGNORECASE) if may_say(text, member) else ():
        if len(member) > 1 or m[0] == member:
            yield 6.5 + 0.05 * len(member), Value("member", m.start(), m.end(), member, m[0])
    for m in re.finditer(_SIGNS.get(member, "(?!)"), text):
        yield 6, Value("member", m.start(), m.end(), member, m[0])


def may_say(text: str, member: str) -> bool:
    """Whether a text has all parts of a member: of thousands few are worth a pattern."""
    said = text.lower()
    return all(part in said for part in re.split(r"[_\s-]+", member.lower()))


def _by_code(member: str, members: tuple[str, ...]) -> str:
    """The language that a code stands for, where all members are codes: "no" alone is an answer."""
    return _LANGUAGE_BY_CODE[_code(member)] if _are_codes(members) else ""


@lru_cache(maxsize=64)
def _are_codes(members: tuple[str, ...]) -> bool:
    return len(members) > 1 and all(_code(m) in _LANGUAGE_BY_CODE for m in members)


def _code(member: str) -> str:
    """The language of a code such as pt-BR."""
    return re.split("[-_]", member.lower())[0]


_LANGUAGE_BY_CODE = {words.split()[0]: name for name, words in LANGUAGES.items()}


@lru_cache(maxsize=64)
def _shared_keys(members: tuple[str, ...]) -> frozenset[str]:
    """The meanings that more than one member has, and that tell none of them from the others."""
    counts = Counter(key for member in set(members) for key in _member_keys(member))
    return frozenset(key for key, count in counts.items() if count > 1)


@lru_cache(maxsize=1024)
def _member_keys(member: str) -> frozenset[str]:
    tokens = tokenize(re.sub(r"(?<=\w)[-_](?=\w)", " ", member))
    # The 2 of df_2 is not what a text means by "2 rows".
    words = [token for token in tokens if not token.text.isdigit()] or tokens
    return frozenset(key for token in words for key in token.keys)
