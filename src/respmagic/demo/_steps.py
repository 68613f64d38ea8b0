"""From asks to calls: what can be called at once, and what must wait for an output."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from respmagic.demo._about import About, is_id, name_keys
from respmagic.demo._arithmetic import operations
from respmagic.demo._division import Ask
from respmagic.demo._fit import build
from respmagic.demo._formula import in_parts
from respmagic.demo._lexicon import keys
from respmagic.demo._objects import makes_object, takes_object
from respmagic.demo._offer import REFERENCE, Offer
from respmagic.demo._reading import Reader
from respmagic.demo._request import Tool
from respmagic.demo._roles import role_of
from respmagic.demo._schema import Path, Slot, slots

__all__ = ["Step", "complete", "make_steps", "tool_slots"]


@dataclass(frozen=True, slots=True)
class Step:
    """A call to make.

    Attributes:
        tool: what to call.
        values: the arguments known from the text.
        needs: for arguments that an output must give, the index of the step that gives it;
            -1 stands for what was said before this prompt.
        gathers: for lists, the steps whose outputs are their items.
        missing: required parameters that nothing gives.
    """

    tool: Tool
    values: Mapping[Path, Any]
    needs: Mapping[Path, int] = field(default_factory=dict)
    gathers: Mapping[Path, tuple[int, ...]] = field(default_factory=dict)
    missing: tuple[Slot, ...] = ()


def tool_slots(tool: Tool) -> tuple[Slot, ...]:
    """The parameters of a tool."""
    return slots(tool.parameters, f"{tool.name} {tool.description}")


def complete(tool: Tool, values: Mapping[Path, Any]) -> dict[str, Any]:
    """The arguments as an object that is valid for the tool."""
    built = build(tool.parameters, values)
    return built if isinstance(built, dict) else {}


def make_steps(asks: Sequence[Ask], reader: Reader, *, recalls: bool) -> list[Step]:
    """Put the asks in order and find out what each still needs.

    Args:
        asks: what the prompt wants, in its order.
        reader: knows all that the prompt offers.
        recalls: there are earlier outputs that "it" may mean.
    """
    plan = _Plan(reader, asks, recalls=recalls)
    for ask in asks:
        plan.take(ask)
    return plan.steps


@dataclass
class _Draft:
    """A step while its arguments are sought: known, waited for, and wanting."""

    ask: Ask
    given: dict[Path, Offer]
    values: dict[Path, Any] = field(default_factory=dict)
    needs: dict[Path, int] = field(default_factory=dict)
    missing: list[Slot] = field(default_factory=list)

    @property
    def about(self) -> About:
        return self.ask.reading.about

    def is_open(self, slot: Slot) -> bool:
        return slot.path not in self.values and slot.path not in self.needs


class _Plan:
    """Builds the steps, one ask after the other."""

    def __init__(self, reader: Reader, asks: Sequence[Ask], *, recalls: bool) -> None:
        self.steps: list[Step] = []
        self._reader = reader
        self._asks = asks
        self._recalls = recalls
        self._latest: list[int] = []  # the steps of the ask before
        self._question: Ask | None = None  # the ask before, if it is a question

    def take(self, ask: Ask) -> None:
        """Add the steps for an ask, after any others that it needs."""
        first = len(self.steps)
        if not self._take_formula(ask):
            draft = self._draft(ask)
            first = len(self.steps)
            self._add(draft)
        start, end = ask.reading.window
        self._question = ask if _QUESTION.match(self._reader.text.said[start:end]) else None
        self._latest = list(range(first, len(self.steps)))

    def _draft(self, ask: Ask) -> _Draft:
        draft = _Draft(ask, self._given(ask))
        for path, inner in ask.inner.items():
            draft.needs[path] = self._call(inner.about.tool, inner.values)
        for path, offer in draft.given.items():
            if offer.kind != REFERENCE and path not in draft.needs:
                self._settle(draft, path, offer)
        self._take_objects(draft)
        pointing = [o.slot for o in draft.given.values() if o.kind == REFERENCE]
        for slot in filter(draft.is_open, pointing):
            self._follow(draft, slot)
        wanting = [slot for slot in draft.about.needs if draft.is_open(slot)]
        for index, slot in enumerate(wanting):
            self._fill(draft, slot, index, len(wanting))
        return draft

    def _call(self, tool: Tool, values: Mapping[Path, Any]) -> int:
        self.steps.append(Step(tool, values))
        return len(self.steps) - 1

    def _add(self, draft: _Draft) -> None:
        """Add the step, once for each value of a parameter that has several."""
        again = draft.ask.reading.again
        several = [draft.given[again[0].slot.path], *again] if again else []
        gathers = self._gathered(draft)
        others = [{o.slot.path: o.argument} for o in sorted(several, key=lambda o: o.start)]
        for own in others or [{}]:
            values, missing = {**draft.values, **own}, tuple(draft.missing)
            step = Step(draft.about.tool, values, draft.needs, gathers, missing)
            if not values or step not in self.steps:  # nobody asks twice for the very same
                self.steps.append(step)

    def _gathered(self, draft: _Draft) -> dict[Path, tuple[int, ...]]:
        """Lists of which the calls before give the items: "them" is what all of them gave."""
        lists = [s.path for s in draft.about.slots if s.kind == "array" and s.path in draft.needs]
        several = len(self._latest) > 1
        return {
            path: tuple(self._latest)
            for path in lists
            if several and draft.needs[path] in self._latest
        }

    def _take_formula(self, ask: Ask) -> bool:
        """Work out "(3 + 5) * 2" in parts, where no tool takes it as a whole."""
        start, end = ask.reading.window
        values = (v for v in self._reader.text.values if start <= v.start and v.end <= end)
        found = next((v for v in values if v.kind == "expression"), None)
        about = ask.reading.about
        whole = any(role_of(slot).name == "expression" for slot in about.slots)
        if found is None or ask.base or whole or len(operations(found.value)) < 2:
            return False
        first = len(self.steps)
        others = [a.tool for a in self._reader.abouts if a is not about]
        for part in in_parts(found.value, [about.tool, *others]):
            needs = {path: first + index for path, index in part.needs.items()}
            self.steps.append(Step(part.tool, part.values, needs))
        return len(self.steps) > first

    # What the text gives

    def _given(self, ask: Ask) -> dict[Path, Offer]:
        """The offers of an ask over those that it repeats, and what a later twin adds."""
        given = dict(ask.reading.given)
        base = ask.base
        while base is not None:
            given = {**base.reading.given, **given}
            base = base.base
        for twin in (a for a in self._asks if a.base is ask):
            shared = (
                (path, o)
                for path, o in twin.reading.given.items()
                if o.slot.required or role_of(o.slot).name in _COMMON
            )
            given = {**dict(shared), **given}
        return given

    def _settle(self, draft: _Draft, path: Path, offer: Offer) -> None:
        """Take an argument as it is, or as what another tool finds for it: the id of "Kim"."""
        plain = offer.kind in ("quoted", "name", "phrase") and not re.search(
            r"\d", str(offer.argument)
        )
        giver = None
        if plain and self._is_found_by_tool(offer.slot) and not draft.ask.reading.again:
            giver = self._producer(draft, offer.slot)
        if giver is None:
            draft.values[path] = offer.argument
        else:
            draft.needs[path] = giver

    def _take_objects(self, draft: _Draft) -> None:
        """Let an object that the ask does not name be the one that the steps before have made."""
        makers = [i for i in self._ready if makes_object(self.steps[i].tool)]
        for slot in filter(takes_object, draft.about.slots):
            offer = draft.given.get(slot.path)
            named = offer is not None and offer.kind != REFERENCE and offer.end > offer.start
            if named:
                continue
            if makers:
                draft.needs.setdefault(slot.path, makers[-1])
            used = [v for step in self.steps for v in step.values.values() if v in slot.enum]
            if used:  # where no output gives a handle, the call is about what the others were about
                draft.values[slot.path] = used[-1]

    # What the steps before give

    @property
    def _ready(self) -> list[int]:
        return [i for i, step in enumerate(self.steps) if not step.missing]

    def _follow(self, draft: _Draft, slot: Slot) -> None:
        """Give what the text points at: something spoken of, or an output."""
        spoken = self._spoken_of(slot)
        if spoken is not None:
            draft.values[slot.path] = spoken
        elif self._ready:
            draft.needs[slot.path] = self._likeliest(slot)
        elif self._recalls:
            draft.needs[slot.path] = -1

    def _spoken_of(self, slot: Slot) -> Any:
        """What an earlier call was about: "in Nice ... there" for a parameter of the same name."""
        role = role_of(slot).name
        if role in ("text", "query") and self._question:
            given = self._question.reading.given.values()
            return next((o.argument for o in reversed(list(given)) if o.kind == "quoted"), None)
        if role in ("text", "query", "id") or slot.kind != "string":
            return None
        named = (
            value
            for i in reversed(self._ready)
            for path, value in self.steps[i].values.items()
            if path[-1] == slot.name
        )
        return next(named, None)

    def _likeliest(self, slot: Slot) -> int:
        """The step that a parameter may be from: one that speaks of it, else the last."""
        wanted = name_keys(slot) - _WEAK
        related = [i for i in self._ready if wanted & _about(self.steps[i].tool)]
        return (related or self._ready)[-1]

    def _fill(self, draft: _Draft, slot: Slot, index: int, count: int) -> None:
        """Find what the words of the ask do not give."""
        shared = self._shared(draft, slot)
        if (
            self._ready
            and (not slot.enum or shared is not None)
            and self._is_fed(draft, slot, shared)
        ):
            several = count > 1 and len(self._latest) >= count
            at = self._latest[-count:][index] if several else self._likeliest(slot)
            draft.needs[slot.path] = at
        elif shared is not None:
            draft.values[slot.path] = shared
        elif slot.enum:
            self._choose(draft, slot)
        elif self._recalls and not draft.values:
            draft.needs[slot.path] = -1
        else:
            self._find(draft, slot)

    def _is_fed(self, draft: _Draft, slot: Slot, shared: Any) -> bool:
        """Whether the steps before give a parameter, rather than another part of the text."""
        exact = {k for k in name_keys(slot) if not k.startswith("#")}
        words = self._reader.text.within(draft.ask.reading.window)
        named = any(t.keys & exact for t in words)  # "translate the RNA" speaks of it as known
        worked_on = role_of(slot).name == "text" and any(
            shared in step.values.values() for step in self.steps
        )
        return shared is None or is_id(slot) or named or worked_on

    def _choose(self, draft: _Draft, slot: Slot) -> None:
        """A member that no other argument has: from celsius, if it goes to fahrenheit."""
        others = [m for m in slot.enum if m not in draft.values.values()]
        if draft.values and others:
            draft.values[slot.path] = others[0]
        else:
            draft.missing.append(slot)

    def _find(self, draft: _Draft, slot: Slot) -> None:
        told = None if self.steps else _told(draft, slot)
        giver = self._producer(draft, slot) if told is None else None
        if told is not None:
            draft.values[slot.path] = told
        elif giver is not None:
            draft.needs[slot.path] = giver
        else:
            draft.missing.append(slot)

    def _shared(self, draft: _Draft, slot: Slot) -> Any:
        """A value that another part of the prompt gives: "the weather and the time in Tokyo"."""
        if slot.kind in ("integer", "number") and self.steps:
            return None  # numbers belong to the call that they stand with
        start, end = draft.ask.reading.window
        offers = [
            o
            for o in self._reader.offers(draft.about)
            if o.slot.path == slot.path
            and o.score >= _SHARED
            and o.kind not in (REFERENCE, "phrase")
            and not start <= o.start < end
            and o.argument not in draft.values.values()
            and (slot.kind != "array" or len(o.argument) > 1)
        ]
        best = max(offers, key=lambda o: o.score, default=None)
        return None if best is None else best.argument

    def _producer(self, draft: _Draft, slot: Slot) -> int | None:
        """The call of another tool that gives what this one needs: the id of a customer."""
        wanted = name_keys(slot) - _WEAK
        for about in self._reader.abouts:
            taken = tuple(o.place for p, o in draft.given.items() if p != slot.path and o.is_firm)
            window = draft.ask.reading.window
            own = self._reader.read(about, window, blocked=taken, expand=False)
            if about is draft.about or own.missing:
                continue
            bare = not any(s.required for s in about.slots) and wanted & about.named
            finds = wanted & about.said or self._is_found_by_tool(slot)
            if bare or (own.firm and finds):
                return self._call(about.tool, own.values)
        return None

    def _is_found_by_tool(self, slot: Slot) -> bool:
        """Whether a parameter wants what people do not say: an id, or what a tool is to find."""
        names = (_FIND.sub("", about.tool.name.lower()) for about in self._reader.abouts)
        return is_id(slot) or slot.name.lower() in names


_SHARED = 3.8  # so sure a value must be to be meant for another call as well
_COMMON = frozenset("unit currency language date".split())
_FIND = re.compile(r"^(?:get|find|look_?up|fetch)_")
_WEAK = frozenset(
    "#get #number #list #id #name #info #text #target #source #result #count #value id valu".split()
)
_QUESTION = re.compile(
    r"\s*(?:what|which|who|is|are|does|do|how many|how often)\b|.*(?:是什么|是不是|多少)",
    re.IGNORECASE,
)


def _about(tool: Tool) -> frozenset[str]:
    return keys(f"{tool.name} {tool.description}".replace("_", " ")) - _WEAK


def _told(draft: _Draft, slot: Slot) -> Any:
    """An email about lunch has lunch for its subject, and for want of more for its text too."""
    if not _is_wordy(slot):
        return None
    said = (
        o.argument
        for o in draft.given.values()
        if _is_wordy(o.slot) and o.kind in ("phrase", "free", "quoted")
    )
    return next(said, None)


def _is_wordy(slot: Slot) -> bool:
    return slot.kind == "string" and not slot.enum and role_of(slot).name in ("text", "title")
