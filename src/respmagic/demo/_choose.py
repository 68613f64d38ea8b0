"""Which tool a text asks for: words that it shares with the tool's name and description."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._arguments import fill
from respmagic.demo._lexicon import Token, is_generic, keys, tokenize
from respmagic.demo._measures import listed_members, unit_wanted
from respmagic.demo._numbers import unit_of
from respmagic.demo._schema import slots
from respmagic.demo._values import REFERENCE, find_values
from respmagic.demo._words import HOMOGRAPHS, OPPOSITES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from respmagic.demo._request import Tool

__all__ = ["ENOUGH", "Chooser"]

ENOUGH = 2.4  # below this, the likeness is chance

_NAME, _MEMBER, _DESCRIPTION, _PARAMETER, _PARAMETER_TEXT = 3.0, 1.8, 1.2, 1.0, 0.5
# Concepts so broad that they alone tell no tool from another.
_BROAD = frozenset(
    "#get #list #info #number #check #now #text #name #read #target #source #end #start "
    "#destination #origin #result #run #test #choose #generate #create #value #tag #row".split()
)
# So broad that they tell something only as part of a tool's name.
_BROADISH = frozenset(
    "#location #city #person #date #system #quantity #count #category #high #low #maximum "
    "#minimum".split()
)


def _units_of(tool: Tool) -> set[str]:
    """The units that a tool's parameters are named after, or may be set to."""
    wanted = slots(tool.parameters)
    members = (m for slot in wanted for m in slot.enum if isinstance(m, str))
    return {*map(unit_wanted, wanted), *map(unit_of, members)} - {""}


def _spelled_out(name: str, text: str) -> bool:
    """Whether a text has a tool's name, as it is or in words: "Who am I?" for whoami."""
    # A name that is a plain word, such as "sensor", is only a word of the text.
    if (
        len(name) > 3
        and not name.isalpha()
        and re.search(rf"(?<![\w]){re.escape(name)}(?!\w)", text)
    ):
        return True
    squeezed = name.replace("_", "").lower()
    words = re.escape(squeezed[0]) + "".join(rf"[\s-]?{re.escape(char)}" for char in squeezed[1:])
    found = re.search(rf"(?<!\w){words}", text.lower()) if len(squeezed) > 5 else None
    return found is not None and not found[0].isalnum()


_COMPLETE = 1.0  # what it counts that a text gives all that a tool must have
_SOME = 0.9  # below this, a text has nothing to do with a tool


def _complete(tool: Tool, text: str) -> bool:
    filling = fill(tool, text)
    return bool(filling.values) and not filling.missing


def _filled(tool: Tool, text: str) -> bool:
    """Whether a text gives all that a tool must have, and not only by words that fit anywhere."""
    filling = fill(tool, text, free=False)
    firm = [p for p in filling.places.values() if p.kind not in ("phrase", "reference")]
    return bool(firm) and not filling.missing


class Chooser:
    """Scores texts against the declared tools."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self.tools = tuple(tools)
        self._about = [_describe(tool) for tool in tools]
        self._units = [_units_of(tool) for tool in tools]

    def scores(self, text: str) -> list[tuple[float, Tool]]:
        """Every tool with what speaks for it, the likeliest first."""
        scored = [(self._score(text, index), -index, tool) for index, tool in enumerate(self.tools)]
        return [(score, tool) for score, _, tool in sorted(scored, key=lambda s: (-s[0], -s[1]))]

    def best(self, text: str) -> tuple[float, Tool | None]:
        """The tool that a text asks for, with its score; None if it asks for none.

        Whether any is asked for is told by the words that fit it, however many tools share them;
        which one, by the words that fit it alone.
        """
        likely = [
            (self._score(text, index) + _leaning(text, tool), -index, tool)
            for index, tool in enumerate(self.tools)
            if self._score(text, index, alone=True) - _explains(text, tool) >= ENOUGH
        ]
        if not likely:
            return self._fitting(text)
        if len(likely) > 1:
            likely = [
                (score + _COMPLETE * _complete(tool, text), place, tool)
                for score, place, tool in likely
            ]
        score, _, tool = max(likely, key=lambda s: s[:2])
        return score, tool

    def _fitting(self, text: str) -> tuple[float, Tool | None]:
        """A tool of which the words say little, but which takes all that the text gives."""
        likely = [
            (score, -index, tool)
            for index, tool in enumerate(self.tools)
            if (score := self._score(text, index, alone=True)) >= _SOME
            and not _explains(text, tool)
            and (_filled(tool, text) or self._covers(text, index))
        ]
        score, _, tool = max(likely, key=lambda s: s[:2], default=(0.0, 0, None))
        return score, tool

    def _covers(self, text: str, index: int) -> bool:
        """Whether all words of a text that say something say something of the tool."""
        about, values = self._about[index], find_values(text)
        words = [
            t
            for t in tokenize(text)
            if t.text.isalnum() and not any(v.start <= t.start < v.end for v in values)
        ]
        telling = [t for t in words if not t.filler and not is_generic(t)]
        return bool(telling) and all(t.keys & about.keys() for t in telling)

    def _score(self, text: str, index: int, *, alone: bool = False) -> float:
        tool, about = self.tools[index], self._about[index]
        if _spelled_out(tool.name, text):
            return 10.0
        data = [v for v in find_values(text) if v.kind in _DATA]
        tokens = [t for t in tokenize(text) if not any(v.start <= t.start < v.end for v in data)]
        total, seen = 0.0, set[str]()
        for place, token in enumerate(tokens):
            match = self._match(token, about)
            if match is None:
                continue
            weight, key = match
            if key not in seen:
                seen.add(key)
                rarity = 1 if alone else self._rarity(key, index)
                total += weight * rarity * _use(tokens, place, tool, about)
        total += self._shapes(text, index)
        return total - _contradiction(text, tool)

    def _match(self, token: Token, about: dict[str, float]) -> tuple[float, str] | None:
        shared = [(about[key], key) for key in token.keys if key in about]
        if not shared:
            return None
        weight, key = max(shared)
        if token.filler and not _telling(token):
            # "now" asks for nothing by itself, but it fits a tool of that name.
            same = any(about.get(k) == _NAME for k in token.keys if not k.startswith("#"))
            if same and token.text.lower() in _LAST_VERBS:
                return 1.0, key
            return (0.6, key) if weight == _NAME and key.startswith("#") else None
        if is_generic(token) or key in _BROAD or (key in _BROADISH and weight < _NAME):
            weight *= 0.35
        return weight, key

    def _rarity(self, key: str, index: int) -> float:
        """A word that many tools share tells less; a name's word more than a description's."""
        own = self._about[index][key]
        rivals = sum(1 for a in self._about if a.get(key, 0) >= own) - 1
        return 1 / (1 + 0.5 * rivals)

    def _shapes(self, text: str, index: int) -> float:
        """What the values of the text hint at, whatever its words: 2+2 wants a calculator."""
        about = self._about[index]
        hints: set[str] = set()
        values = find_values(text)
        for value in values:
            if value.kind == "expression":
                hints |= {"#calculate", "#" + value.unit}
        spoken = [
            t for t in tokenize(text) if t.text.lower() not in ("times", "over", "less", "more")
        ]
        operations = {k for t in spoken for k in t.keys & _OPERATIONS}
        numbers = [v for v in values if v.kind == "number"]
        operands = len(numbers) + (REFERENCE.search(text.lower()) is not None)
        if numbers and operands > 1 and operations and not any(v.bound for v in numbers):
            hints |= {"#calculate", *operations}
        measured = [v for v in values if v.kind == "number" and (v.unit or v.currency)]
        targets = [v for v in values if v.kind in ("unit", "currency")]
        if measured and len(targets) > len(measured):
            hints |= {"#convert", "#currency" if measured[0].currency else "#unit"}
        spoken_of = any(v.kind == "quoted" for v in values) or re.search(r"\bsay\b|怎么说", text)
        if spoken_of and any(v.kind == "language" for v in values):
            hints |= {"#translate", "#language"}
        soft = {_SOFT[v.kind] for v in values if v.kind in _SOFT}
        hints |= {"#color" for v in values if v.kind == "color"}
        hints |= {"#percent" for v in measured if v.unit == "percent"}
        if re.search(r"\w\s*(?:[<>]=?|==)\s*\d", text):
            hints.add("#filter")
        exact = 0.8 * any(v.unit in self._units[index] for v in measured)
        exact = exact or 0.4 * any(
            v.value in self._units[index] for v in values if v.kind == "unit"
        )
        faint = sum(min(about.get(hint, 0), weight) for hint, weight in soft if hint not in hints)
        return exact + faint + sum(min(about.get(hint, 0), 2.4) for hint in hints)


# What a tool works on does not say which tool: "report.zip" asks for no archive.
_DATA = frozenset("quoted path url email json street".split())
# What the kind of a value says of the tool, a little.
_SOFT = {
    "path": ("#file", 0.7),
    "currency": ("#currency", 1.0),
    "language": ("#language", 1.0),
    "email": ("#email", 0.7),
    "url": ("#url", 1.0),
    "ip": ("#ip", 1.0),
}
_OPERATIONS = frozenset("#add #subtract #multiply #divide #power #modulo".split())
_TELLING = frozenset("#add #subtract #multiply #divide #on #off #power #modulo".split())


def _telling(token: Token) -> bool:
    """Words of grammar that are also the name of an operation: plus, over, times."""
    return not token.text.isalnum() and bool(token.keys & _TELLING)


def _describe(tool: Tool) -> dict[str, float]:
    """The meanings of all that a tool says of itself, the weightiest place of each."""
    about: dict[str, float] = {}

    def note(words: frozenset[str], weight: float) -> None:
        for key in words:
            about[key] = max(about.get(key, 0), weight)

    name = tool.name.replace("_", " ").replace("-", " ")
    # A name that is nothing but grammar, such as "now", is still a name.
    note(_keys(name) or frozenset(k for t in tokenize(name) for k in t.keys), _NAME)
    verbs = (t for t in tokenize(name) if t.text.lower() in _LAST_VERBS)
    note(frozenset(key for t in verbs for key in t.keys if not key.startswith("#")), _NAME)
    said = re.split(r"\bArgs:|\bParameters:|\bReturns:", tool.description)[0]
    words = [t for t in tokenize(said) if not t.filler and not is_generic(t)]
    # A short description says one thing, a long one mentions many.
    note(_keys(said), 2.0 if len(words) < 3 else 1.6 if len(words) < 5 else _DESCRIPTION)
    for slot in slots(tool.parameters):
        note(_keys(" ".join(slot.path).replace("_", " ")), _PARAMETER)
        note(_keys(slot.description), _PARAMETER_TEXT)
        for member in (*slot.enum, *listed_members(slot)):
            if isinstance(member, str):
                parts = tokenize(member.replace("_", " "))
                note(frozenset(key for t in parts for key in t.keys), _MEMBER)
    return about


@lru_cache(maxsize=2048)
def _keys(text: str) -> frozenset[str]:
    return frozenset(key for t in tokenize(text) if not t.filler or _telling(t) for key in t.keys)


def _use(tokens: Sequence[Token], place: int, tool: Tool, about: dict[str, float]) -> float:
    """How much a shared word counts where it stands.

    "Book" after an article is no booking, and "time complexity" is no time.
    """
    token = tokens[place]
    before = tokens[place - 1].text.lower() if place else ""
    first = tokenize(tool.name.replace("_", " "))[:1]
    is_thing = before in ("the", "a", "an", "this", "that", "my", "your", "of")
    verb = bool(first) and first[0].text.lower() in HOMOGRAPHS and bool(token.keys & first[0].keys)
    if is_thing and verb and len(tokenize(tool.name.replace("_", " "))) > 1:
        return 0.2
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    compound = (
        after is not None
        and after.text.isalpha()
        and after.text.isascii()
        and after.text.islower()
        and not after.filler
        and not after.known
        and not after.keys & about.keys()
        and not after.text.endswith("ly")
    )
    ahead = tokens[place + 2].text.lower() if place + 2 < len(tokens) else ""
    return 0.35 if compound and is_thing and ahead in ("of", "in", "for", "?", "") else 1.0


_READS = frozenset(
    "#get #search #read #list #check #status #info #describe #count #compare".split()
)
_WRITES = frozenset(
    "#create #delete #update #write #send #book #cancel #order #buy #sell #transfer #add #start "
    "#stop #upload #deposit #withdraw #drop #fill".split()
)
_ASKS = re.compile(
    r"^\s*(?:what|which|when|where|who|how|is|are|do|does|did|any|show|list|tell)\b|[?吗呢]\s*$"
    r"|什么|哪|多少|有没有",
    re.IGNORECASE,
)


_LAST_VERBS = frozenset("show add get list remove delete create update set send".split())


def _leaning(text: str, tool: Tool) -> float:
    """A question rather wants something read than something changed."""
    named = tokenize(tool.name.replace("_", " "))
    # The verb comes first, or last: add_item, item_add.
    verbs = named[:1] + tuple(t for t in named[1:] if t.text.lower() in _LAST_VERBS)
    deed = frozenset(key for token in verbs for key in token.keys)
    said = deed & frozenset(k for t in tokenize(text) if not t.filler for k in t.keys)
    opening = next((t.keys for t in tokenize(text) if not t.filler), frozenset[str]())
    shared = (opening & deed) - (_BROAD - {"#create"}) - {"generat"}
    if len(tool.name.split("_")) == 1:
        shared -= {key for key in shared if key.startswith("#")}  # "todos" are no deed
    if shared:
        return 2.0  # "convert the price" wants it converted, not looked up
    if not _ASKS.search(text) or said:
        return 0.0
    return 0.5 * bool(deed & _READS) - 0.8 * bool(deed & _WRITES)


_EXPLAIN = re.compile(
    r"\b(?:explain|how (?:do|does|did)|why|what (?:is|are) an?\b|what does .* mean|the (?:meaning"
    r"|history|concept) of|"
    r"difference between|compose|write (?:me )?(?:an?|some|the)|tell me an?|tell me about|invent)\b"
    r"|解释|为什么|什么是|写一[首篇个段]|讲一?个",
    re.IGNORECASE,
)


_VAGUE_KINDS = frozenset("phrase unit color room size cuisine genre".split())


def _explains(text: str, tool: Tool) -> float:
    """Who wants a thing explained or a poem about it does not want it done."""
    match = _EXPLAIN.search(text)
    if not match or any(v.kind not in _VAGUE_KINDS for v in find_values(text)):
        return 0.0
    if match[0].lower() == "tell me about" and _filled(tool, text):
        return 0.0
    named = frozenset(k for t in tokenize(tool.name.replace("_", " ")) for k in t.keys)
    verbs = frozenset(k for t in tokenize(match[0]) if not t.filler for k in t.keys)
    after = tokenize(text[match.end() :])[:1]
    meant = verbs | (after[0].keys if after else frozenset())
    return 0.0 if meant & named and not match[0].lower().startswith("explain") else 2.5


def _contradiction(text: str, tool: Tool) -> float:
    """A tool that deletes is not wanted by a text that creates."""
    asked, named = keys(text), keys(tool.name.replace("_", " "))
    for pair in OPPOSITES:
        for own, other in (pair, pair[::-1]):
            own_key, other_key = f"#{own}", f"#{other}"
            if (
                other_key in named
                and own_key not in named
                and own_key in asked
                and other_key not in asked
            ):
                return 4.0
    return 0.0
