"""What a tool says of itself, as meanings with weights, and how well a word of a text agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from respmagic.demo._lexicon import Token, is_generic, keys, tokenize
from respmagic.demo._measures import listed_members
from respmagic.demo._request import Tool
from respmagic.demo._roles import role_of
from respmagic.demo._schema import Slot, slots

__all__ = ["About", "describe", "is_id", "name_keys", "rarity"]

_NAME, _DESCRIPTION, _PARAMETER, _MEMBER, _PARAMETER_TEXT = 3.0, 1.3, 1.0, 1.3, 0.5
# Concepts so broad that they alone tell no tool from another.
_BROAD = frozenset(
    "#get #list #info #number #check #now #text #name #read #target #source #end #start "
    "#destination #origin #result #run #test #choose #generate #create #value #tag #row "
    "#location #city #person #date #system #quantity #count #category #high #low #search "
    "#calculate #data #update #show #column #dataframe".split()
)
_FAINT, _AKIN = 0.4, 0.9  # what a broad word counts, and one that only means the same
# Verbs that may end a tool's name: item_add, web_search.
_LAST_VERBS = frozenset(
    "search lookup find add list check get create delete remove update send convert "
    "calculate".split()
)
_WEAK_NAMES = frozenset(
    "of to in the a an on at #target #source #start #end #create #get #destination #list".split()
)
_IDS = frozenset("id ids identifier number no code key".split())


@lru_cache(maxsize=1024)
def name_keys(slot: Slot) -> frozenset[str]:
    """The meanings of a parameter's name."""
    words = tokenize(slot.name.replace("_", " "))
    return frozenset(key for token in words for key in token.keys) - _WEAK_NAMES


def is_id(slot: Slot) -> bool:
    """Whether a parameter wants what people do not say: an id, a number in a register."""
    words = re.split(r"[_\s]", slot.name.lower())
    return role_of(slot).name == "id" or not _IDS.isdisjoint(words)


@dataclass(frozen=True)
class About:
    """A tool with the meanings of its words.

    Attributes:
        tool: the tool.
        slots: its parameters.
        weights: how much each meaning tells of the tool.
        named: the meanings of its name.
        acts: the meanings of the verb in its name.
    """

    tool: Tool
    slots: tuple[Slot, ...]
    weights: Mapping[str, float]
    named: frozenset[str]
    acts: frozenset[str]

    @cached_property
    def said(self) -> frozenset[str]:
        """The meanings of its name and description."""
        return self.named | keys(_prose(self.tool.description))

    @cached_property
    def labels(self) -> frozenset[str]:
        """The meanings of the names of its parameters."""
        return frozenset(key for slot in self.slots for key in name_keys(slot))

    @cached_property
    def needs(self) -> tuple[Slot, ...]:
        """The parameters that a call must have. What nobody switches on is off: no flag is one."""
        return tuple(slot for slot in self.slots if slot.required and slot.kind != "boolean")

    def coverage(self, found: frozenset[str]) -> float:
        """Which part of the words of its name a text has, from 0 to 1."""
        words = [t for t in tokenize(_spaced(self.tool.name)) if not t.filler]
        return sum(1 for t in words if t.keys & found) / len(words) if words else 0.0

    def agrees(self, token: Token) -> tuple[float, str]:
        """How much a word of a text speaks for the tool, and by which meaning."""
        shared = [(self.weights[key], key) for key in token.keys if key in self.weights]
        if not shared:
            return 0.0, ""
        weight, key = max(shared)
        if token.filler and not (weight == _NAME and token.text.isalpha() and key in self.acts):
            return 0.0, ""  # "now" asks for nothing by itself, but for a tool of that name
        if is_generic(token) or all(_is_broad(key) for _, key in shared):
            weight *= _FAINT
        elif key.startswith("#"):
            weight *= _AKIN
        return weight, key


def _is_broad(key: str) -> bool:
    return f"#{key.removeprefix('#')}" in _BROAD


def describe(tool: Tool) -> About:
    """Read a tool."""
    name = _spaced(tool.name)
    words = tokenize(name)
    acts = words[0].keys if words else frozenset()
    if len(words) > 1 and words[-1].text.lower() in _LAST_VERBS:
        acts |= words[-1].keys
    wanted = slots(tool.parameters, f"{tool.name} {tool.description}")
    return About(tool, wanted, _weights(tool, name, wanted), keys(name), acts)


def _weights(tool: Tool, name: str, wanted: Sequence[Slot]) -> dict[str, float]:
    """Each meaning with the weight of the weightiest place that has it."""
    weights: dict[str, float] = {}

    def note(text: str, weight: float, *, grammar: bool = False) -> None:
        for token in tokenize(text):
            if grammar or not token.filler:
                for key in token.keys:
                    weights[key] = max(weights.get(key, 0.0), weight)

    note(name, _NAME, grammar=not keys(name))
    prose = _prose(tool.description)
    telling = [t for t in tokenize(prose) if not t.filler and not is_generic(t)]
    # A short description says one thing, a long one mentions many.
    note(prose, 2.0 if len(telling) < 3 else 1.6 if len(telling) < 6 else _DESCRIPTION)
    for slot in wanted:
        note(_spaced(" ".join(slot.path)), _PARAMETER)
        note(slot.description, _PARAMETER_TEXT)
        for member in (*slot.enum, *listed_members(slot)):
            if isinstance(member, str):
                note(_spaced(member), _MEMBER)
    return weights


def _spaced(name: str) -> str:
    return re.sub(r"[_\-.]", " ", name)


def _prose(description: str) -> str:
    return re.split(r"\bArgs:|\bParameters:|\bReturns:|\bExamples?:", description)[0]


def rarity(abouts: Sequence[About], key: str) -> float:
    """How much a meaning tells of one tool if others share it, from 1 down."""
    rivals = sum(1 for about in abouts if about.weights.get(key, 0) >= _PARAMETER)
    return 1 / (1 + 0.5 * max(0, rivals - 1))
