"""The words around a value, and what they say about the parameter that it is for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._cues import cue_words, rivals_of
from respmagic.demo._lexicon import Token, is_chinese, is_generic, tokenize
from respmagic.demo._values import find_values

if TYPE_CHECKING:
    from respmagic.demo._schema import Slot
    from respmagic.demo._spans import Value

__all__ = [
    "CLASSIFIERS",
    "after",
    "before",
    "cue_score",
    "label_score",
    "name_keys",
    "name_keys_of",
    "said_keys",
]


def before(text: str, value: Value, words: int) -> list[Token]:
    """The nearest words before a value, the nearest first, up to the value before it."""
    edge = max(
        (v.end for v in find_values(text) if v.end <= value.start and v.kind != "phrase"), default=0
    )
    tokens = [t for t in tokenize(text) if edge <= t.start and t.end <= value.start]
    return [t for t in reversed(tokens) if t.text.lower() not in _ARTICLES][:words]


def after(text: str, value: Value, words: int) -> list[Token]:
    near: list[Token] = []
    for token in tokenize(text):
        if token.start >= value.end and token.text != "-":
            if token.text in _BREAKS or len(near) == words or (near and near[-1].filler):
                break
            near.append(token)
    return near


_ARTICLES = frozenset('the a an my your our of : = is are 是 为 这个 那个 的 - " “'.split())


_BREAKS = frozenset(", . ; and or then 。 、 和 与 然后 ? !".split())


def _cue(slot: Slot, text: str, value: Value) -> str:
    """The word before a value, not counting words that only repeat the parameter's name."""
    near = before(text, value, 3)
    own = [t for t in near if not t.keys & name_keys(slot) or t.filler]
    return own[0].text.lower() if own else ""


def name_keys(slot: Slot) -> frozenset[str]:
    """The meanings of a parameter's name."""
    return name_keys_of(" ".join(slot.path))


@lru_cache(maxsize=1024)
def name_keys_of(name: str) -> frozenset[str]:
    """The meanings of a name, of a parameter or a tool."""
    words = tokenize(name.replace("_", " "))
    return frozenset(key for token in words for key in token.keys) - _WEAK_KEYS


@lru_cache(maxsize=1024)
def said_keys(description: str) -> frozenset[str]:
    return frozenset(
        key for t in tokenize(description) if not t.filler and not is_generic(t) for key in t.keys
    )


_WEAK_KEYS = frozenset("of to in #target #source #destination #end #start #create #get".split())


def label_score(slot: Slot, text: str, value: Value) -> float:
    """What the words beside a value say about the parameter: "width 5", "30 years old"."""
    named, said = name_keys(slot), said_keys(slot.description)
    # The verb of the request is no label: "raise 3" does not make 3 the exponent.
    named = named - name_keys_of(slot.tool_words.split(" ")[0]) or named
    best = 0.0
    behind, ahead = text[value.start - 1 : value.start], text[value.end : value.end + 1]
    # In Chinese the word for it stands first: 宽3米; and a counting word may name it: 六面.
    beside = (behind if behind not in CLASSIFIERS else "", ahead)
    if value.kind == "number" and any(is_chinese(c) and c in slot.description for c in beside):
        best = 3.0
    trailing = 0.8 if is_chinese(behind) or is_chinese(ahead) else 1.1
    for near, weight in ((before(text, value, 3), 1.0), (after(text, value, 2), trailing)):
        for distance, token in enumerate(near):
            if not token.text[0].isalnum():
                continue
            closeness = weight * (1 - 0.15 * distance)
            if token.keys & named:
                best = max(best, 4 * closeness)
            elif not token.filler and token.keys & said:
                best = max(best, 1.4 * closeness)
    return best


def cue_score(slot: Slot, text: str, value: Value) -> float:
    cue = _cue(slot, text, value)
    if value.kind in ("unit", "currency") and _is_measure(text, value):
        cue = "from"
    if cue in rivals_of(slot):
        return -4
    return 2.5 if cue in cue_words(slot) else 0


def _is_measure(text: str, value: Value) -> bool:
    """Whether a unit stands with its number, as in "5 miles"."""
    return any(v.kind == "number" and v.overlaps(value) for v in find_values(text))


CLASSIFIERS = frozenset("个 位 次 份 张 条 只 件 名 人 本 台 杯 瓶".split())
