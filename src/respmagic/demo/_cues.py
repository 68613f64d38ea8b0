"""Words before a value that say which parameter it is for: "from" a source, "to" a target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import tokenize
from respmagic.demo._roles import concepts_of, spaced

if TYPE_CHECKING:
    from respmagic.demo._schema import Slot

__all__ = ["cue_words", "rivals_of"]

_CUES: tuple[tuple[str, str], ...] = (
    ("#source", "from 从 由 out leaving departing 把 将"),
    ("#origin", "from 从 由 leaving departing"),
    ("#target", "to into in as 到 成 为 换成 转成 转换成 翻译成 兑换成 至 译成"),
    ("#destination", "to 到 去 飞 飞往 往 for in 至"),
    ("#checkin", "from 从 on starting"),
    ("#checkout", "to until till 到 至"),
    ("#departure", "on from leaving departing"),
    ("#return_trip", "returning return back until 返程 返回 回程"),
    ("#start", "from since starting 从"),
    ("#end", "to until till through 到 至"),
    ("#recipient", "to 给 向 email message text tell call notify"),
    ("#phone", "call to dial 给"),
    ("#location", "in at near for of around 在"),
    ("#city", "in at near for of around 在"),
    ("#author", "by"),
    ("#attendee", "with invite 邀请"),
    ("#subject", "about subject regarding titled 主题 主题是 关于"),
    ("#search", "for about on 关于 搜索"),
    ("#name", "named called titled name is 叫 名为 叫做"),
    ("#message", "saying says body message 说 内容"),
    ("#text", "saying says in of 说 内容"),
    ("#column", "column of on for 列"),
    ("#group", "by per 按 按照"),
    ("#time", "at 在"),
    ("#date", "on 在"),
    ("#language", "to into in 成 为"),
    ("#tag", "tagged tags label with 标签"),
    ("#separator", "by with using on at"),
    ("#old", "replace substitute swap change find 把 将"),
    ("#new", "with by to as into 为 成 换成"),
)
_RIVALS = (
    ("#source", "#target"),
    ("#origin", "#destination"),
    ("#start", "#end"),
    ("#checkin", "#checkout"),
    ("#departure", "#return_trip"),
    ("#old", "#new"),
)
_CUE_WORDS = {concept: frozenset(words.split()) for concept, words in _CUES}


_PREPOSITIONS = frozenset("by to from with in on at for about into of".split())
_NAMED_CUE = {"from": "#source", "to": "#target", "by": "#group"}


def cue_words(slot: Slot) -> frozenset[str]:
    """The words that announce a value for this parameter."""
    about = _direction(slot)
    if slot.name in _PREPOSITIONS:
        return frozenset({slot.name}) | _CUE_WORDS.get(_NAMED_CUE.get(slot.name, ""), frozenset())
    if re.search(r"\b(?:separator|delimiter|sep)\b", slot.name):
        return _CUE_WORDS["#separator"]
    found = [_CUE_WORDS[c] for c in about if c in _CUE_WORDS]
    if not found:
        found = [
            _CUE_WORDS[c] for c in concepts_of(slot.description, prose=True) if c in _CUE_WORDS
        ]
    return frozenset().union(*found)


def rivals_of(slot: Slot) -> frozenset[str]:
    """The words that announce a value for its opposite number: "from" for a destination."""
    about = _direction(slot)
    words: set[str] = set()
    for pair in _RIVALS:
        for own, other in (pair, pair[::-1]):
            if own in about and other not in about:
                words |= _CUE_WORDS.get(other, frozenset()) - _CUE_WORDS.get(own, frozenset())
    return frozenset(words)


def _direction(slot: Slot) -> frozenset[str]:
    words = " ".join(spaced(part) for part in slot.path)
    own = frozenset(key for token in tokenize(words) for key in token.keys)
    extra: set[str] = {"#old"} if re.search(r"\bold\b|\bfind\b|search", words.lower()) else set()
    extra |= {"#new"} if re.search(r"\bnew\b|replacement|\bwith\b", words.lower()) else set()
    extra |= {concept for form, concept in _SIDES_SAID if re.search(form, words.lower())}
    if not (own | extra) & {c for pair in _RIVALS for c in pair} and slot.kind == "string":
        said = slot.description.lower()
        extra |= {concept for form, concept in _SIDES_TOLD if re.search(form, said)}
    return own | frozenset(extra)


_SIDES_SAID = ((r"^base\b", "#source"), (r"^(?:quote|counter)\b", "#target"))
_TO = (
    r"\b(?:in)?to\b(?! (?:convert|exchange|translate|the|a|be|\w+ (?:from|to|into))\b)"
    r"|\btarget\b|目标"
)
_SIDES_TOLD = (
    (r"\bfrom\b(?! (?:the|a|an)\b)|\bsource\b|\boriginal\b|源", "#source"),
    (_TO, "#target"),
)
