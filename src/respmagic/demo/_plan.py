"""From asks to calls: what can be called at once, and what must wait for an output."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from respmagic.demo._arguments import Reference, fill, tool_slots
from respmagic.demo._choose import ENOUGH, Chooser
from respmagic.demo._fit import MISSING, fit
from respmagic.demo._formula import in_parts, takes_expressions
from respmagic.demo._lexicon import is_generic, keys, tokenize
from respmagic.demo._match import candidates
from respmagic.demo._objects import handle_in, makes_object, takes_object
from respmagic.demo._roles import role_of
from respmagic.demo._values import find_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from respmagic.demo._arguments import Filling
    from respmagic.demo._asks import Ask
    from respmagic.demo._request import Tool
    from respmagic.demo._schema import Path, Slot
    from respmagic.demo._spans import Value

__all__ = ["Step", "from_output", "make_plan"]


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


def make_plan(asks: Sequence[Ask], text: str, chooser: Chooser, *, recalls: bool) -> list[Step]:
    """Put the asks in order and find out what each still needs.

    Args:
        asks: what the prompt wants, in its order.
        text: the whole prompt, for values that stand elsewhere in it.
        chooser: knows the other tools, which may give what is missing.
        recalls: there are earlier outputs that "it" may mean.
    """
    plan = _Planner(text, chooser, recalls=recalls)
    for ask in asks:
        plan.take(ask)
    return plan.steps


class _Planner:
    """Builds the steps, one ask after the other."""

    def __init__(self, text: str, chooser: Chooser, *, recalls: bool) -> None:
        self.steps: list[Step] = []
        self._text = text
        self._chooser = chooser
        self._recalls = recalls
        self._asked: dict[int, Ask] = {}  # by the index of the step that answers it

    def take(self, ask: Ask) -> None:
        """Add the step for an ask, after any others that it needs."""
        if self._take_formula(ask):
            return
        filling = ask.filling(self._spoken_of())
        values: dict[Path, Any] = {}
        needs: dict[Path, int] = {}
        for path, value in filling.values.items():
            meant = self._thing(value)
            source = self._source(ask, path, meant, filling.places.get(path))
            if source is None:
                values[path] = meant
            else:
                needs[path] = source
        self._take_objects(ask, filling, values, needs)
        missing: list[Slot] = []
        for slot in filling.missing:
            if slot.path in needs:
                continue
            gap = self._fill_gap(slot, ask, values, needs)
            if isinstance(gap, int):
                needs[slot.path] = gap
            elif gap is MISSING:
                missing.append(slot)
            else:
                values[slot.path] = gap[0]
        self._asked[len(self.steps)] = ask
        lists = [s.path for s in tool_slots(ask.tool) if s.kind == "array" and s.path in needs]
        gathers = {path: alike for path in lists if len(alike := self._alike(needs[path])) > 1}
        self.steps.append(Step(ask.tool, values, needs, gathers, tuple(missing)))

    def _alike(self, last: int) -> tuple[int, ...]:
        """A step and those before it that call the same tool: "them" is what all of them gave."""
        first = last
        while first > 0 and self.steps[first - 1].tool is self.steps[last].tool:
            first -= 1
        return tuple(range(first, last + 1))

    def _thing(self, value: Any) -> Any:
        """After a question, "it" is what the question was about, not the answer."""
        last = max(self._asked, default=None)
        if not isinstance(value, Reference) or value.word or last is None:
            return value
        about = [v for v in self.steps[last].values.values() if isinstance(v, str)]
        return about[0] if about and _QUESTION.search(self._asked[last].text) else value

    def _take_objects(
        self, ask: Ask, filling: Filling, values: dict[Path, Any], needs: dict[Path, int]
    ) -> None:
        """Let an object that the ask does not name be the one that the steps before have made."""
        makers = [i for i in self._ready() if makes_object(self.steps[i].tool)]
        for slot in filter(takes_object, tool_slots(ask.tool)):
            place = filling.places.get(slot.path)
            is_named = bool(slot.enum and place and place.text)
            if makers and slot.path not in needs and not is_named:
                needs[slot.path] = makers[-1]
            if slot.path not in needs:
                continue
            # Where no output gives a handle, the call is about what the others were about.
            about = values.get(slot.path) or self._worked_on(slot)
            if about is not None:
                values[slot.path] = about
                if needs[slot.path] not in makers and needs[slot.path] >= 0:
                    del needs[slot.path]

    def _worked_on(self, slot: Slot) -> Any:
        """The variable that the last call before was about."""
        used = [v for step in self.steps for v in step.values.values() if v in slot.enum]
        return used[-1] if used else None

    def _take_formula(self, ask: Ask) -> bool:
        """Work out "(3 + 5) * 2" in parts, where no tool takes it as a whole."""
        found = next((v for v in find_values(ask.text) if v.kind == "expression"), None)
        if found is None or ask.given or takes_expressions(ask.tool):
            return False
        first = len(self.steps)
        tools = [ask.tool, *(t for t in self._chooser.tools if t is not ask.tool)]
        for part in in_parts(found.value, tools):
            needs = {path: first + index for path, index in part.needs.items()}
            self.steps.append(Step(part.tool, part.values, needs))
        return len(self.steps) > first

    def _ready(self) -> list[int]:
        return [i for i, step in enumerate(self.steps) if not step.missing]

    def _spoken_of(self) -> frozenset[str] | None:
        """What the calls so far are about; None if there are none that "it" could mean."""
        ready = self._ready()
        if not ready and not self._recalls:
            return None
        return frozenset().union(*(_about(self.steps[i].tool) for i in ready))

    def _source(self, ask: Ask, path: Path, value: Any, place: Value | None) -> int | None:
        """The step that gives a value which the text only names."""
        if isinstance(value, Reference):
            ready = self._ready()
            meant = [
                i for i in ready if value.word and keys(value.word) & _about(self.steps[i].tool)
            ]
            return (meant or ready or [-1])[-1]
        if place is None or not isinstance(value, str):
            return None
        step = _nested_in(place, ask, self._chooser)
        if step is None:
            step = _giving(path[-1], value, ask, self._chooser)
        if step is None and place.kind in ("phrase", "free", "name"):
            step = _named_in(value, ask, self._chooser)
        if step is None:
            return None
        self.steps.append(step)
        return len(self.steps) - 1

    def _fill_gap(
        self, slot: Slot, ask: Ask, values: dict[Path, Any], needs: dict[Path, int]
    ) -> Any:
        """What to put where the ask's own words give nothing.

        Returns:
            The index of a step, a value in a tuple, or MISSING.
        """
        elsewhere = _elsewhere(slot, ask, self._text, self.steps)
        if elsewhere is not None and elsewhere not in values.values():
            worked_on = [i for i, s in enumerate(self.steps) if elsewhere in s.values.values()]
            # "Reverse it and capitalise": one after the other.
            chained = worked_on and role_of(slot).name == "text"
            return worked_on[-1] if chained else (elsewhere,)
        # What gives one argument may give the next: a price its currency.
        giver = max(needs.values()) if needs else _giver(slot, self.steps)
        if giver is not None:
            return giver
        if slot.enum:
            likely = values or len(tool_slots(ask.tool)) == 1
            return (_other_member(slot, values),) if likely else MISSING
        return self._add_producer(slot, ask)

    def _add_producer(self, slot: Slot, ask: Ask) -> Any:
        named = role_of(slot).name == "variable"  # the name of a column is in the text or nowhere
        added = None if named else _producer(slot, ask, self._chooser)
        if added is None:
            return MISSING
        self.steps.append(added)
        return len(self.steps) - 1


def _about(tool: Tool) -> frozenset[str]:
    return _telling_keys(tool.name) | _telling_keys(tool.description)


def _named_in(said: str, ask: Ask, chooser: Chooser) -> Step | None:
    """The call of a tool that a phrase names: "my current location", "the capital" of a country."""
    words = [t for t in tokenize(said) if not t.filler and not is_generic(t)]
    for tool in chooser.tools:
        named = _telling_keys(tool.name)
        if tool is ask.tool or not words or not all(t.keys & (named | _PLAIN) for t in words):
            continue
        if not any(t.keys & named for t in words):
            continue
        own = fill(tool, ask.text)
        if not own.missing:
            return Step(tool, own.values)
    return None


def _giving(name: str, value: str, ask: Ask, chooser: Chooser) -> Step | None:
    """The call of a tool that is called like the parameter and takes what was said for it.

    Where isbn(title) is there, the "Emma" of price(isbn) is a title.
    """
    for tool in chooser.tools:
        named = re.sub(r"^(?:get|find|look_?up|fetch)_", "", tool.name.lower())
        if tool is not ask.tool and named == name.lower():
            own = fill(tool, ask.text)
            if not own.missing and value in own.values.values():
                return Step(tool, own.values)
    return None


_PLAIN = frozenset(("#now", "#get"))


_OF = re.compile(r"\b(?:the|its|their)\s+((?:\w+\s+){1,2})of\s+(?:the\s+)?[\"'“`]?$", re.IGNORECASE)
_OF_ZH = re.compile(r"[\"'”」》]?的([\u4e00-\u9fff]{1,6})")


def _nested_in(place: Value, ask: Ask, chooser: Chooser) -> Step | None:
    """The call inside a call: "translate the meaning of X" wants the meaning first."""
    before, after = _OF.search(ask.text[: place.start]), _OF_ZH.match(ask.text[place.end :])
    found = before or after
    noun = _telling_keys(found[1]) - _about(ask.tool) if found else frozenset()
    for tool in chooser.tools if noun else ():
        if tool is not ask.tool and noun & _telling_keys(tool.name):
            own = fill(tool, ask.text[place.start : place.end])
            if not own.missing:
                return Step(tool, own.values)
    return None


_QUESTION = re.compile(
    r"^\s*(?:what|which|who|is|are|does|do|how)\b|[?吗呢]\s*$|什么|是不是|多少", re.IGNORECASE
)


def _other_member(slot: Slot, values: Mapping[Path, Any]) -> Any:
    """A member that no other argument has: from celsius, if it goes to fahrenheit."""
    return next((m for m in slot.enum if m not in values.values()), slot.enum[0])


_ELSEWHERE = 4.0


def _elsewhere(slot: Slot, ask: Ask, text: str, steps: Sequence[Step]) -> Any:
    """A value from the rest of the prompt: "the weather and the time in Tokyo"."""
    if slot.kind in ("integer", "number") and steps:
        return None  # numbers belong to the call that they stand with
    offers = [c for c in candidates(slot, text) if c.score >= _ELSEWHERE - (2 if not steps else 0)]
    best = max(offers, key=lambda c: c.score, default=None)
    return None if best is None or ask.text == text else best.argument


def _giver(slot: Slot, steps: Sequence[Step]) -> int | None:
    """An earlier step of the prompt: what is asked for after it builds on it."""
    ready = [i for i, step in enumerate(steps) if not step.missing]
    if not ready:
        return None
    wanted = keys(slot.name.replace("_", " "))
    related = [i for i in ready if wanted & keys(steps[i].tool.name.replace("_", " "))]
    return (related or ready)[-1]


def _producer(slot: Slot, ask: Ask, chooser: Chooser) -> Step | None:
    """Another tool that gives what this one needs: a user's id, the price to convert."""
    wanted = _telling_keys(slot.name) or _telling_keys(slot.description)
    scores = {tool.name: score for score, tool in chooser.scores(ask.text)}
    ranked: list[tuple[float, int, Step]] = []
    for index, tool in enumerate(chooser.tools):
        if tool is ask.tool:
            continue
        shared = wanted & _telling_keys(tool.name)
        if slot.kind in ("integer", "number") or role_of(slot).name == "id":
            shared |= wanted & _telling_keys(tool.description)  # "Customer number for a name."
        named = len(shared) + 0.5 * len(wanted & _telling_keys(tool.description))
        own = fill(tool, ask.text)
        asked_for = slot.kind != "string" and scores[tool.name] >= ENOUGH
        if (shared or asked_for) and not own.missing:
            ranked.append((named + scores[tool.name], -index, Step(tool, own.values)))
    return max(ranked, key=lambda r: r[:2])[2] if ranked else None


_WEAK = frozenset(
    "#get #number #list #id #name #info #text #target #source #result #count id".split()
)


def _telling_keys(text: str) -> frozenset[str]:
    return keys(text.replace("_", " ")) - _WEAK


# What an output gives


_READ = 2000  # of an output that is no JSON, no more is searched for a value


def from_output(slot: Slot, output: str, taken: Mapping[Path, Any]) -> Any:
    """The part of an output that suits a parameter, or MISSING.

    Args:
        slot: the parameter.
        output: what the earlier call gave.
        taken: the other arguments, whose values it need not have again.
    """
    if takes_object(slot):
        handle = handle_in(output, slot)
        return taken.get(slot.path, MISSING) if handle is None else handle
    if slot.enum:
        offers = sorted(candidates(slot, output[:_READ]), key=lambda c: -c.score)
        found = [c.argument for c in offers if c.argument not in taken.values()]
        return found[0] if found else _other_member(slot, taken)
    try:
        parsed = json.loads(output)
    except ValueError:
        parsed = output
    for value in _parts(parsed, slot):
        fitted = fit(value, slot.schema)
        if fitted is not MISSING and not (slot.kind == "array" and not isinstance(value, list)):
            return fitted
    numbers = [v.value for v in find_values(output[:_READ]) if v.kind == "number"]
    if slot.kind in ("integer", "number") and numbers:
        return fit(numbers[-1] if "=" in output else numbers[0], slot.schema)
    if slot.kind == "array" and numbers:
        return fit(numbers, slot.schema)
    return fit(output, slot.schema)


def _parts(parsed: Any, slot: Slot) -> list[Any]:
    """What there is in an output, the likeliest first: by name, by type, then all of it."""
    if not isinstance(parsed, dict):
        return [parsed, *(parsed[:1] if isinstance(parsed, list) else [])]
    wanted = frozenset(k for t in tokenize(slot.name.replace("_", " ")) for k in t.keys)
    named = [v for name, v in parsed.items() if keys(str(name).replace("_", " ")) & wanted]
    results = [
        v for name, v in parsed.items() if re.search(r"result|value|answer|output|结果", str(name))
    ]
    simple = [v for v in parsed.values() if not isinstance(v, dict | str | bool)]
    texts = [v for v in parsed.values() if isinstance(v, str)]
    inner = [part for v in parsed.values() if isinstance(v, dict) for part in _parts(v, slot)]
    return [*named, *results, *(simple if slot.kind != "string" else texts), *inner]
