"""Whether a text wants a call at all: what is declined, explained, told or only listed."""

from __future__ import annotations

import re

from respmagic.demo._lexicon import tokenize
from respmagic.demo._reading import Reading

__all__ = ["changes", "doubt", "is_declined", "is_wanted", "states"]

_DECLINE = re.compile(
    r"\b(?:don't|do not|don’t|never|no need to|without)\b.{0,40}\b(?:use|using|call|calling|check"
    r"|get|look|send|run|fetch|need)\b"
    r"|^\s*(?:please\s+)?(?:don't|do not|don’t|never)\b"
    r"|(?:不要|(?<![分性级特类])别|不用|无需|不需要)(?!忘)",
    re.IGNORECASE,
)
_EXPLAIN = re.compile(
    r"\b(?:explain|how (?:do|does|did)|why|what (?:is|are) an?\b(?! \w+ of)|what does .* mean"
    r"|the (?:meaning|history|concept) of|difference between .* and|compose|invent"
    r"|write (?:me )?(?:an?|some|the)|tell me an?|tell me about|your favou?rite)\b"
    r"|解释|为什么|什么是|写一[首篇个段]|讲一?个",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"^\s*(?:and\s+)?(?:please\s+)?(?:what|which|how|who|where|when|is|are|does|do|did|can|could"
    r"|show|give|tell|get|find|list|compute|calculate|look)\b"
    r"|[?？吗呢]\s*$|多少|多大|多长|多高|什么|哪|几|怎么|查|求|算|列出|给我",
    re.IGNORECASE,
)
_TOLD = (
    "is|are|was|were|love|hate|enjoy|prefer|like|had|went|saw|met|bought|ate|visited|loved|enjoyed"
    "|measured"
)
_STATE = re.compile(
    r"^\s*[A-Z]\w+(?: [A-Z]\w+)? (?:is|was|has|had|works|lives|bought|measured)\b"
    r"|^\s*(?i:my|i|i'm|we|it|this|that|he|she|they|his|her|their|its|the \w+)\b"
    rf"[^?]*?(?:\b(?:{_TOLD})\b|'m\b|\bam\b)"
    r"(?!\s+(?:looking|trying|planning|going|searching|to|there|it)\b)",
)
_STATE_ZH = re.compile(r"^[^?？查算求帮请给]*(?:很|非常|太|真)[\u4e00-\u9fff]{1,4}[了。!！]*\s*$")
_WISH = re.compile(
    r"[?]|\b(?:want|need|would like|please|can you|could you|let's|wish|what|how|when|where|which"
    r"|who|calculate|compute|show|find|book|remind|record|log|add|save|store|convert|put|tell|give"
    r"|set|turn|send)\b",
    re.IGNORECASE,
)
_GO_ON = re.compile(
    r"\s*(?:with|using|for|in|from|by|of|at|on|to|用|以|从|在|对|由)\b|\s*[用以从在对由]",
    re.IGNORECASE,
)

_ENOUGH, _ASKED = 1.7, 0.6  # so much makes a tool likely, and so much of it beside the arguments
_BARE_ENOUGH, _BARE_LEFT = 0.9, 0.2  # for a tool that needs nothing
_SOME, _LITTLE = 0.75, 0.1  # for a call that has all it needs, and one that has more than that
_EXPLAINED = 2.5


def is_declined(said: str) -> bool:
    """Whether a text forbids a call."""
    return _DECLINE.search(said) is not None


def states(said: str) -> bool:
    """Whether a text tells something."""
    return _STATE.search(said) is not None or _STATE_ZH.search(said) is not None


def doubt(reading: Reading, said: str) -> float:
    """Who wants a thing explained or a poem about it does not want it done."""
    match = _EXPLAIN.search(said)
    if match is None or (not reading.missing and reading.firm):
        return 0.0
    named = any(t.keys & reading.about.acts for t in tokenize(match[0]))
    return 0.0 if named else _EXPLAINED


_QUESTION = re.compile(
    r"^\s*(?:which|what|where|when|who|how many|is|are|does|do)\b|[?？]\s*$|哪|什么|多少|谁",
    re.IGNORECASE,
)
_CHANGES = frozenset(
    "#create #delete #update #cancel #send #add #book #order #buy #sell #transfer #reserve "
    "#remove".split()
)
_CHANGED = 1.2


def changes(reading: Reading, said: str) -> float:
    """What speaks against a tool that changes something, where a text only asks."""
    acts = reading.about.acts
    if not acts & _CHANGES or not _QUESTION.search(said):
        return 0.0
    named = any(t.keys & acts for t in tokenize(said) if not t.filler)
    return 0.0 if named else _CHANGED


def is_wanted(reading: Reading, said: str) -> bool:
    """Whether a reading may be what a text wants."""
    if not reading.opens and states(said) and not _WISH.search(said):
        return False
    doubted = doubt(reading, said)
    evidence, asked = reading.evidence - doubted, reading.asked - doubted
    if evidence >= _ENOUGH and asked >= _ASKED:
        return True
    is_bare = not any(s.required for s in reading.about.slots)
    if is_bare and evidence >= _BARE_ENOUGH and reading.left < _BARE_LEFT:
        return True
    return _is_whole(reading, said, evidence)


def _is_whole(reading: Reading, said: str, evidence: float) -> bool:
    """Whether little evidence is enough, since the text gives all that the tool needs."""
    if reading.missing:
        return False
    if reading.opens:
        return True
    if not any(o.score >= 3 for o in reading.firm):
        return False
    sure = sum(1 for o in reading.given.values() if o.slot.required or o.score >= 5)
    complete = sure > 1 and not _GO_ON.match(said)
    asks = complete or reading.asked > 0.3 or _ASK.search(said) is not None
    return asks and evidence >= (_LITTLE if complete else _SOME)
