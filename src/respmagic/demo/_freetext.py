"""Plain words of a prompt as an argument: what to search for, what to say, what to note down."""

from __future__ import annotations

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
            r"\b(?:articles?|news|information|info|papers?|documents?|results|anything"
            r"|something)\s+(?:about|on|for|regarding)\s+"
        ),
        (
            r"\b(?:search|look|google|find|research|query)\b(?:\s+(?:the\s+)?(?:web|internet|online"
            r"|wikipedia|docs))?(?:\s+(?:for|up|about|on))?\s+"
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
    "variable": (),
    "any": (),
}
_POLITE = re.compile(
    r"[\s,。.!?;:]+(?:please|thanks|thank you|for me)?[\s.!?。]*$|\s+please$", re.IGNORECASE
)
_QUESTION = re.compile(
    r"^\s*(?:who|what|when|where|why|how|which|is|are|did|does|was)\b|谁|什么|为什么|怎么|如何|哪",
    re.IGNORECASE,
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
    said = said.rstrip(" ,")
    end = found.start + len(said)
    return replace(found, end=end, value=said, text=said) if said else None


def _free_text(
    slot: Slot, text: str, taken: Sequence[Value], tool_words: str, *, announced: bool
) -> Value | None:
    role = role_of(slot).name
    about = keys(tool_words)
    after_colon = re.search(r":(?!//|\d)\s*(?=\S)", text)
    if after_colon and role in ("text", "query", "any") and not _inside(after_colon.end(), taken):
        return _tidy(text, after_colon.end(), taken, frozenset())
    for opener in _OPENERS.get(role, ()):
        for match in re.finditer(opener, text, re.IGNORECASE):
            found = _tidy(text, match.end(), taken, about)
            if found and (slot.required or role != "title" or "call" in opener):
                return found
    if not slot.required or announced:
        return None
    if role == "query" and _QUESTION.search(text):
        return _tidy(text, 0, taken, about)
    start = _after_request(text, tool_words)
    found = None if start is None else _tidy(text, start, taken, about)
    own = keys(slot.name.replace("_", " "))
    if role == "title":
        about = own = frozenset()
    return found and _without_end(found, about if role in ("text", "query") else about - own)


def _without_end(found: Value, about: frozenset[str]) -> Value:
    """Without last words that name the tool: "racecar" of "racecar a palindrome"."""
    end = len(found.text)
    for token in reversed(tokenize(found.text)):
        if not token.filler and not token.keys & about:
            end = token.end
            break
    return replace(found, end=found.start + end, value=found.text[:end], text=found.text[:end])


_PARTICIPLE = re.compile(
    r"\s+(?:published|released|written|made|dated|costing|priced|located|sorted)$"
)
_TAIL_ZH = re.compile(r"的(?:资料|信息|新闻|文章|内容|论文|资讯|消息|结果|东西)$")


def _without_tail(piece: str, about: frozenset[str]) -> str:
    """Without a last phrase that names the tool again: "buy milk to my todo list"."""
    for match in re.finditer(r"\s+(?:out of|off|to|on|in|into|onto|from|with|using|as)\s+", piece):
        tail = [t for t in tokenize(piece[match.end() :]) if not t.filler]
        if tail and match.start() > 0 and all(t.keys & about for t in tail):
            return piece[: match.start()]
    return piece


def _inside(at: int, taken: Sequence[Value]) -> bool:
    return any(value.start <= at < value.end for value in taken)


def _after_request(text: str, tool_words: str) -> int | None:
    """Where the words end that only name the tool, or None if there are no others."""
    about = keys(tool_words)
    end = 0
    for token in tokenize(text):
        if not token.filler and not token.keys & about:
            break
        end = token.end
    return end if end < len(text.rstrip(" .!?。")) else None


def _tidy(text: str, start: int, taken: Sequence[Value], about: frozenset[str]) -> Value | None:
    for value in sorted(taken, key=lambda v: v.start):
        if not text[start : value.start].strip(" ,") and value.end > start:
            start = value.end
    end = min((v.start for v in taken if v.start >= start and v.end > v.start), default=len(text))
    piece = _TAIL_ZH.sub("", _without_tail(text[start:end], about))
    if end < len(text):
        piece = _PARTICIPLE.sub("", _PREPOSITION.sub("", piece))
    piece = _POLITE.sub("", piece)
    lead = re.match(r"[\s,:]*(?:的|the\s+|a\s+|an\s+)?", piece)
    start += lead.end() if lead else 0
    piece = piece[lead.end() if lead else 0 :].strip(" \"'“”")
    if not any(not t.filler for t in tokenize(piece)):
        return None
    return Value("free", start, start + len(piece), piece, piece)
