"""Words before a value that say which parameter it is for: "from" a source, "to" a target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import tokenize
from respmagic.demo._roles import spaced

if TYPE_CHECKING:
    from respmagic.demo._schema import Slot

__all__ = ["cue_words", "rivals_of"]

_CUES = {
    "#source": "from 从 由 out leaving departing 把 将",
    "#origin": "from 从 由 leaving departing",
    "#target": "to into in as predict predicts predicting 预测 到 成 为 换成 转成 转换成 翻译成 "
    "兑换成 至 译成",
    "#destination": "to 到 去 飞 飞往 往 for in 至",
    "#checkin": "from 从 on starting",
    "#checkout": "to until till 到 至",
    "#departure": "on from leaving departing",
    "#return_trip": "returning return back until 返程 返回 回程",
    "#interval": "every each 每 每隔",
    "#duration": "for 持续",
    "#start": "from since starting 从",
    "#end": "to until till through 到 至",
    "#recipient": "to 给 向 email message text tell call notify",
    "#phone": "call to dial 给",
    "#location": "in at near for of around 在",
    "#city": "in at near for of around 在",
    "#author": "by",
    "#attendee": "with invite 邀请",
    "#subject": "about subject regarding titled 主题 主题是 关于",
    "#search": "for about on 关于 搜索",
    "#name": "named called titled name 叫 名为 叫做",
    "#message": "saying says body message 说 内容",
    "#text": "saying says in of 说 内容",
    "#column": "from using with on 用",
    "#group": "by per 按 按照",
    "#time": "at 在",
    "#date": "on 在",
    "#language": "to into in 成 为",
    "#tag": "tagged tags label with 标签",
    "#separator": "by with using on at",
    "#x_axis": "against versus vs over",
    "#outcome": "predict predicts predicting 预测",
    "#old": "replace substitute swap change find 把 将",
    "#new": "with by to as into 为 成 换成",
}
_CUE_WORDS = {concept: frozenset(words.split()) for concept, words in _CUES.items()}
_RIVALS = (
    ("#source", "#target"),
    ("#origin", "#destination"),
    ("#start", "#end"),
    ("#checkin", "#checkout"),
    ("#departure", "#return_trip"),
    ("#old", "#new"),
)


def cue_words(slot: Slot) -> frozenset[str]:
    """The words that announce a value for this parameter."""
    return frozenset().union(*(_CUE_WORDS.get(about, frozenset()) for about in _direction(slot)))


def rivals_of(slot: Slot) -> frozenset[str]:
    """The words that announce a value for its opposite number: "from" for a destination."""
    about = _direction(slot)
    pairs = [pair for one, other in _RIVALS for pair in ((one, other), (other, one))]
    opposed = [(own, other) for own, other in pairs if own in about and other not in about]
    return frozenset().union(*(_CUE_WORDS[other] - _CUE_WORDS[own] for own, other in opposed))


def _direction(slot: Slot) -> frozenset[str]:
    """The meanings of a parameter's name, and the side that it says."""
    words = " ".join(spaced(part) for part in slot.path).lower()
    own = frozenset(key for token in tokenize(words) for key in token.keys)
    return own | {concept for form, concept in _SIDES_SAID if re.search(form, words)}


_SIDES_SAID = (
    (r"\bold\b|\bfind\b|search", "#old"),
    (r"\bnew\b|replacement|\bwith\b", "#new"),
    (r"^base\b", "#source"),
    (r"^(?:quote|counter)\b", "#target"),
)
