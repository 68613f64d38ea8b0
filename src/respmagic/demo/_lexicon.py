"""Text to tokens, and a token to the meanings that it may have."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._concepts import CONCEPTS
from respmagic.demo._units import CURRENCIES, LANGUAGES, THINGS, UNITS
from respmagic.demo._vocabulary import VOCABULARY
from respmagic.demo._words import FILLER, FILLER_ZH, GENERIC, PLACES_ZH

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Token", "is_chinese", "is_generic", "keys", "narrow", "stem", "tokenize"]

_HAN = r"\u3400-\u9fff"
_TOKEN = re.compile(
    rf"[{_HAN}]+|\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)*|[^\W\d_{_HAN}]+(?:['’][^\W\d_]+)?|[^\s\w]"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SUFFIXES = (
    *("ations", "ation", "ators", "ator", "ating", "ated", "ates", "ate"),
    *("ings", "ing", "ions", "ion", "ers", "er", "ed", "es", "ly", "s", "e"),
)
_UNINFLECTED = frozenset(
    "news series species lens yes does this plus minus daily weekly monthly yearly family".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with its place and its meanings.

    Attributes:
        keys: the stem and ``#concept`` for every concept that the word may stand for; two words
            mean the same if they share a key.
        filler: a word of grammar or politeness, which asks for nothing.
        known: stands in some word list; what is not known may be a name.
    """

    text: str
    start: int
    end: int
    keys: frozenset[str]
    filler: bool = False
    known: bool = False


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its inflection, the same for words of one family.

    Example:
        >>> stem("calculator") == stem("calculations")
        True
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word if word in _UNINFLECTED else _without_suffix(_without_suffix(word))


def _without_suffix(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4 and not word.endswith("ss"):
            word = word[: -len(suffix)]
            break
    else:
        if word.endswith("s") and len(word) == 4 and not word.endswith("ss"):
            word = word[:-1]
        elif word.endswith("ed") and len(word) == 5:
            word = word[:-1]  # sided, as in sides
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


# Full-width forms, as Chinese text has them, stand 1:1 for ASCII: no place in a text moves.
_WIDE = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20, 0xFFE5: 0xA5}


def narrow(text: str) -> str:
    """A text of the same length with ASCII for full-width letters, digits and punctuation."""
    return text.translate(_WIDE)


def _entries() -> Iterator[tuple[str, str, str]]:
    """Every meaning with its English and its Chinese words."""
    for line in CONCEPTS.strip().splitlines():
        concept, _, words = line.partition(":")
        english, _, chinese = words.partition("|")
        yield concept, english, chinese
    for entry in VOCABULARY:
        word, _, chinese = entry.partition(":")
        yield word, word, chinese.replace(",", " ")
    named = ((name, unit[2]) for name, unit in UNITS.items())
    for name, words in (*named, *CURRENCIES.items(), *LANGUAGES.items()):
        yield name, "", " ".join(filter(is_chinese, words.split()))


def _read_concepts() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    english: dict[str, frozenset[str]] = {}
    chinese: dict[str, frozenset[str]] = {}
    for concept, latin, han in _entries():
        for word in latin.split():
            key = "_".join(map(stem, word.split("_")))
            english[key] = english.get(key, frozenset()) | {"#" + concept}
        for word in han.split():
            chinese[word] = chinese.get(word, frozenset()) | {"#" + concept}
    return english, chinese


def is_chinese(text: str) -> bool:
    """Whether there are Chinese characters in a text."""
    return re.search(rf"[{_HAN}]", text) is not None


_ENGLISH, _CHINESE = _read_concepts()
# Words that only the vocabulary has: they mean something, and may be a name or a thing as well.
_ONLY_WORDS = {f"#{entry.partition(':')[0]}" for entry in VOCABULARY} - {
    f"#{line.partition(':')[0]}" for line in CONCEPTS.strip().splitlines()
}
_EVERYDAY = frozenset(
    word
    for table in (_ENGLISH, _CHINESE)
    for word, concepts in table.items()
    if concepts <= _ONLY_WORDS
)
_LONGEST = 5
_PLACES, _FILLER_ZH = frozenset(PLACES_ZH), frozenset(FILLER_ZH)
_DICTIONARY = _PLACES | _FILLER_ZH | _CHINESE.keys() | set(filter(is_chinese, {*GENERIC, *THINGS}))
_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC)


def is_generic(token: Token) -> bool:
    """Whether a word is so common in tools' descriptions that it tells nothing."""
    return token.text.lower() in GENERIC or stem(token.text) in _GENERIC_STEMS


@lru_cache(maxsize=1024)
def tokenize(text: str) -> tuple[Token, ...]:
    """All words of a text in order; names like ``getWeather`` and ``get_weather`` come apart."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        piece, at = match.group(), match.start()
        if is_chinese(piece):
            tokens.extend(_segment(piece, at))
        else:
            cuts = [0, *(m.start() for m in _CAMEL.finditer(piece)), len(piece)]
            tokens.extend(_latin(piece[a:b], at + a) for a, b in itertools.pairwise(cuts) if a < b)
    return tuple(_with_phrases(tokens))


def _latin(word: str, start: int) -> Token:
    lower = word.lower().replace("’", "'")
    root = stem(lower)
    concepts = _ENGLISH.get(root, frozenset()) | _ENGLISH.get(lower, frozenset())
    filler = lower in FILLER or not word[0].isalnum()
    known = bool(concepts) and root not in _EVERYDAY
    return Token(word, start, start + len(word), concepts | {root}, filler, known)


def _with_phrases(tokens: list[Token]) -> list[Token]:
    """Give the words of a phrase such as "square root" the phrase's meaning too."""
    for size in (3, 2):
        for index in range(len(tokens) - size + 1):
            run = tokens[index : index + size]
            concepts = _ENGLISH.get("_".join(stem(t.text) for t in run))
            if concepts:
                merged = replace(run[-1], keys=run[-1].keys | concepts, filler=False, known=True)
                tokens[index + size - 1] = merged
    return tokens


def _segment(run: str, start: int) -> list[Token]:
    """Chinese has no spaces: take the longest known word, else gather unknown characters."""
    tokens: list[Token] = []
    at = unknown = 0
    while at < len(run):
        tries = (run[at : at + n] for n in range(_LONGEST, 0, -1))
        word = next((word for word in tries if word in _DICTIONARY), "")
        if word:
            tokens += _unknown(run[unknown:at], start + unknown)
            concepts = _CHINESE.get(word, frozenset())
            known = word not in _PLACES and word not in _EVERYDAY
            end = start + at + len(word)
            tokens.append(
                Token(word, start + at, end, concepts | {word}, word in _FILLER_ZH, known)
            )
            unknown = at + len(word)
        at += len(word) or 1
    return tokens + _unknown(run[unknown:], start + unknown)


def _unknown(run: str, start: int) -> list[Token]:
    pairs = frozenset(run[i : i + 2] for i in range(len(run) - 1))
    return [Token(run, start, start + len(run), pairs | {run})] if run else []


def keys(text: str) -> frozenset[str]:
    """All meanings of all words of a text that are not mere grammar."""
    return frozenset().union(*(token.keys for token in tokenize(text) if not token.filler))
