"""Plain words of a prompt as an argument: what to search for, what to say, what to note down."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._roles import role_of
from respmagic.demo._spans import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from respmagic.demo._schema import Slot

__all__ = ["free_text"]

# For each role, what comes before the words that are wanted. The first form that fits counts.
_OPENERS: dict[str, tuple[str, ...]] = {
    "text": (
        (
            r"\b(?:saying|that says|which says|says|telling (?:him|her|them)(?: that)?"
            r"|with the (?:message|text|body))[:,]?\s+"
        ),
        (
            r"\b(?:remind\w*|remember|task|todo|to-do|note)\b(?: me| us)?(?: list)?(?: \w+ly)?"
            r"\s+(?:to|that|about|for)\s+"
        ),
        r"\b(?:because|reason(?: is| being)?(?: that)?)[:,]?\s+|原因(?:是|为)?[:,]?\s*",
        r"\bto\s+(?=[a-z]+\s+(?:the|an?|my|our|some|it|him|her|them|all)\b)",
        r"(?:提醒我|提醒|内容(?:是|为)?|说|记下|写下|备注)[:,]?\s*",
        (
            r"\b(?:reverse|uppercase|capitali[sz]e|translate|summari[sz]e|encode|decode|repeat|echo"
            r"|say)\s+(?:the\s+(?:word|words|text|string|phrase|sentence)\s+)?"
        ),
        r"(?:翻译|反转|总结|编码|重复)(?:一下)?(?:单词|文本|字符串|这句话)?[:]?\s*",
        r"\b(?:the\s+)?(?:word|text|string|phrase|sentence)\s+",
    ),
    "query": (
        (
            r"\b(?:articles?|news|information|info|papers?|documents?|results|anything|something)\s+"
            r"(?:about|on|for|regarding)\s+"
        ),
        (
            r"\b(?:search|look|google|find|research|query)\b"
            r"(?:\s+(?:the\s+)?(?:web|internet|online|wikipedia|docs))?(?:\s+(?:for|up|about|on))?\s+"
        ),
        r"\b(?:about|regarding)\s+",
        r"(?:关于|有关)\s*",
        r"(?:搜索|搜一下|搜|查找|查询|检索|查一下)(?:一下)?\s*",
    ),
    "title": (
        r"\b(?:called|named|titled|entitled)\s+",
        r"(?:叫做?|名为|标题(?:是|为)?|主题(?:是|为)?)\s*",
        r"\b(?:about|regarding|subject)\s+",
    ),
    "expression": (r"\b(?:solve|calculate|compute|evaluate)\s+", r"(?:计算|求解|解方程|求)\s*"),
}
_POLITE = re.compile(
    r"[\s,。.!?;:]+(?:please|thanks|thank you|for me)?[\s.!?。]*$|\s+please$", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"(?:^|\s+|(?<=[\u4e00-\u9fff]))(?:at|on|in|to|from|for|with|by|into|and|of|as|until|before"
    r"|after|给|在|从|到|的|把|为|成|用)\s*$",
    re.IGNORECASE,
)


def free_text(
    slot: Slot,
    text: str,
    taken: Sequence[Value],
    tool_words: str,
    *,
    announced: bool = False,
    labels: frozenset[str] = frozenset(),
) -> Value | None:
    """The words for a text parameter, or None if there are none left.

    Args:
        slot: the parameter.
        text: the part of the prompt that asks for the call.
        taken: values that went to other parameters; they and their prepositions are cut off.
        tool_words: name and description of the tool, whose words only name it.
        announced: take only words that the text announces: "called …", "about …".
        labels: names of the other parameters, which are cut off with their values.
    """
    found = _free_text(slot, text, taken, tool_words, announced=announced)
    return found and _without_labels(found, text, labels)


def _without_labels(found: Value, text: str, labels: frozenset[str]) -> Value | None:
    """Without the name of a parameter whose value comes next: "call the plumber, due"."""
    said = found.text
    if found.end < len(text.rstrip(" .!?。")):
        while (last := re.search(r"[\s,]*\b(\w+)$", said)) and last[1].lower() in labels:
            said = _PREPOSITION.sub("", said[: last.start()])
    return _cut(found, len(said.rstrip(" ,")))


def _cut(found: Value, length: int) -> Value | None:
    said = found.text[:length]
    return replace(found, end=found.start + length, value=said, text=said) if said else None


def _free_text(
    slot: Slot, text: str, taken: Sequence[Value], tool_words: str, *, announced: bool
) -> Value | None:
    role = role_of(slot).name
    after_colon = re.search(r":(?!//|\d)\s*(?=\S)", text)
    if after_colon and role in ("text", "query", "any") and not _inside(after_colon.end(), taken):
        return _tidy(text, after_colon.end(), taken)
    for opener in _OPENERS.get(role, ()):
        for match in re.finditer(opener, text, re.IGNORECASE):
            found = _tidy(text, match.end(), taken)
            if found and (slot.required or role != "title" or "call" in opener):
                return found
    if not slot.required or announced:
        return None
    about = keys(tool_words)
    found = _tidy(text, _after_request(text, about), taken)
    return found if found is None or role == "title" else _without_end(found, about)


def _without_end(found: Value, about: frozenset[str]) -> Value | None:
    """Without last words that name the tool: "racecar" of "racecar a palindrome"."""
    ends = [t.end for t in tokenize(found.text) if not t.filler and not t.keys & about]
    return _cut(found, ends[-1]) if ends else found


def _inside(at: int, taken: Sequence[Value]) -> bool:
    return any(value.start <= at < value.end for value in taken)


def _after_request(text: str, about: frozenset[str]) -> int:
    """Where the words end that only name the tool."""
    told = itertools.takewhile(lambda t: t.filler or t.keys & about, tokenize(text))
    return max((token.end for token in told), default=0)


def _tidy(text: str, start: int, taken: Sequence[Value]) -> Value | None:
    """The words from a place to the next value, without politeness and grammar at the ends."""
    for value in sorted(taken, key=lambda v: v.start):
        if not text[start : value.start].strip(" ,") and value.end > start:
            start = value.end
    end = min((v.start for v in taken if v.start >= start and v.end > v.start), default=len(text))
    piece = text[start:end]
    if end < len(text):
        piece = _PREPOSITION.sub("", piece)
    piece = _POLITE.sub("", piece)
    said = re.sub(r"^[\s,:]*(?:的|the\s+|an?\s+)?", "", piece)
    start += len(piece) - len(said)
    piece = said.strip(" \"'“”")
    if all(t.filler for t in tokenize(piece)):
        return None
    return Value("free", start, start + len(piece), piece, piece)
