"""What the words beside a value say about the parameter that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from respmagic.demo._about import name_keys
from respmagic.demo._cues import cue_words, rivals_of
from respmagic.demo._lexicon import Token, is_chinese, is_generic, tokenize
from respmagic.demo._schema import Slot
from respmagic.demo._text import Text

__all__ = ["cue", "foreign", "label"]

_NAMED, _AKIN, _TOLD = 3.0, 1.95, 1.0  # a word of the name, one that means the same, one told
_TAKEN = 1.6  # less for a label that touches another value more closely
# What stands between a label and its value costs: a word, a separator, another value, an "of".
_STEP, _GAP, _VALUE, _OWNER = 0.15, 1.1, 1.2, 1.8
_BEHIND = 0.25  # a label stands before its value rather than behind it
_FAR_BEFORE, _FAR_AFTER = 6, 5  # as many words away it is none
_SEPARATORS = frozenset(", ; and or 、 和 与 及 以及 then 然后 再 并 跟 plus".split())
_STOPS = frozenset(".。?!？！")
_LINKS = frozenset("of is are = : 是 为 the a an to as with".split())
_APART = frozenset("number quoted date time email url path name code".split())
_SKIPPED = frozenset("the a an my our your is".split())


@lru_cache(maxsize=1024)
def _told_keys(slot: Slot) -> frozenset[str]:
    tokens = (t for t in tokenize(slot.description) if not t.filler and not is_generic(t))
    return frozenset(key for t in tokens for key in t.keys) - name_keys(slot)


@lru_cache(maxsize=1024)
def _last_keys(slot: Slot) -> frozenset[str]:
    words = tokenize(slot.name.replace("_", " "))
    return name_keys(slot) & words[-1].keys if words else frozenset()


def label(text: Text, slot: Slot, start: int, end: int, *, number: bool = False) -> float:
    """What words of the parameter's own, near a place, are worth there: "width 5", "30 years".

    Returns:
        From 0 for none to 3 for the parameter's name right beside it.
    """
    # The radius of 5 is 5, but the capital of Peru is no capital called Peru.
    of, de = ("", "") if number else ("of", "的")
    before = _walk(text, slot, text.before(start, _FAR_BEFORE + 2), _FAR_BEFORE, of)
    after = _walk(text, slot, text.after(end, _FAR_AFTER + 2), _FAR_AFTER, de, behind=True)
    return max(before, after)


def _walk(
    text: Text, slot: Slot, tokens: Sequence[Token], most: int, owner: str, *, behind: bool = False
) -> float:
    best, cost = 0.0, _BEHIND * behind
    for index, token in enumerate(tokens[:most]):
        word = token.text.lower()
        if word in _STOPS:
            break
        worth = _worth(token, slot)
        if worth and _is_taken(text, tokens[index + 1 : index + 3], behind=behind):
            worth -= _TAKEN
        best = max(best, worth - cost)
        if word == owner:
            cost += _OWNER
        elif word in _SEPARATORS:
            cost += _GAP
        elif text.has_value(token, _APART):
            cost += _VALUE
        elif not token.filler:
            cost += _STEP
    return best


def _worth(token: Token, slot: Slot) -> float:
    shared = token.keys & name_keys(slot)
    if shared and (not token.filler or len(token.text) < 3 or is_chinese(token.text)):
        return _NAMED if any(not key.startswith("#") for key in shared) else _AKIN
    telling = not token.filler and not is_generic(token)
    return _TOLD if telling and token.keys & _told_keys(slot) else 0.0


def _is_taken(text: Text, beyond: Sequence[Token], *, behind: bool) -> bool:
    """Whether a label touches another value more closely: in "a=1 b=2" the b is not 1's."""
    for token in beyond:
        if text.has_value(token, _APART):
            return True
        if not (behind and token.text.lower() in _LINKS):
            return False
    return False


def foreign(text: Text, slot: Slot, others: Sequence[Slot], start: int) -> float:
    """What speaks against a place right behind another's name: "city Leeds" is no name."""
    for token in text.before(start, 2):
        if token.text.lower() in _LINKS:
            continue
        plain = {k for k in token.keys if not k.startswith("#")}
        if token.filler or plain & name_keys(slot):
            return 0.0
        return -2.0 if any(plain & _last_keys(o) for o in others if o is not slot) else 0.0
    return 0.0


def cue(text: Text, slot: Slot, start: int) -> float:
    """What the word of grammar before a place says: "from" a source, "to" a target."""
    own, rivals = cue_words(slot), rivals_of(slot)
    for token in text.before(start, 3):
        word = token.text.lower()
        if word in rivals:
            return -3.0
        if word in own:
            return 2.0
        if word not in _SKIPPED and not token.keys & name_keys(slot):
            break
    return 0.0
