"""From asks to calls: what can be called at once, and what must wait for an output."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from respmagic.demo._arguments import Filling, Reference, fill
from respmagic.demo._asks import Ask
from respmagic.demo._choose import ENOUGH, Chooser
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._match import candidates
from respmagic.demo._request import Tool
from respmagic.demo._schema import MISSING, Path, Slot, fit
from respmagic.demo._values import find_values

__all__ = ["Step", "from_output", "make_plan"]


@dataclass(frozen=True, slots=True)
class Step:
    """A call to make.

    Attributes:
        tool: what to call.
        values: the arguments known from the text.
        needs: for arguments that an output must give, the index of the step that gives it;
            -1 stands for what was said before this prompt.
        missing: required parameters that nothing gives.
    """

    tool: Tool
    values: Mapping[Path, Any]
    needs: Mapping[Path, int] = field(default_factory=dict)
    missing: tuple[Slot, ...] = ()


def make_plan(asks: Sequence[Ask], text: str, chooser: Chooser, *, recalls: bool) -> list[Step]:
    """Put the asks in order and find out what each still needs.

    Args:
        asks: what the prompt wants, in its order.
        text: the whole prompt, for values that stand elsewhere in it.
        chooser: knows the other tools, which may give what is missing.
        recalls: there are earlier outputs that "it" may mean.
    """
    steps: list[Step] = []
    for ask in asks:
        earlier = [i for i, step in enumerate(steps) if not step.missing]
        filling = ask.filling(chained=bool(earlier) or recalls)
        values = {p: v for p, v in filling.values.items() if not isinstance(v, Reference)}
        last = earlier[-1] if earlier else -1
        needs = {p: last for p, v in filling.values.items() if isinstance(v, Reference)}
        missing: list[Slot] = []
        for slot in filling.missing:
            source = _fill_gap(slot, ask, filling, text, steps, chooser)
            if isinstance(source, int):
                needs[slot.path] = source
            elif source is MISSING:
                missing.append(slot)
            else:
                values[slot.path] = source[0]
        steps.append(Step(ask.tool, values, needs, tuple(missing)))
    return steps


def _fill_gap(
    slot: Slot, ask: Ask, filling: Filling, text: str, steps: list[Step], chooser: Chooser
) -> Any:
    """What to put where the ask's own words give nothing: the index of a step, a value in a
    tuple, or MISSING.
    """
    elsewhere = _elsewhere(slot, ask, text, steps)
    if elsewhere is not None:
        return (elsewhere,)
    if slot.kind in ("integer", "number", "array", "any", "string") and not slot.enum:
        giver = _giver(slot, steps)
        if giver is not None:
            return giver
        added = _producer(slot, ask, filling, text, chooser)
        if added is not None:
            steps.append(added)
            return len(steps) - 1
    return MISSING


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


def _producer(
    slot: Slot, ask: Ask, filling: Filling, text: str, chooser: Chooser
) -> Step | None:
    """Another tool that gives what this one needs: a user's id, the price to convert."""
    wanted = _telling_keys(slot.name) or _telling_keys(slot.description)
    ranked: list[tuple[float, int, Step]] = []
    scores = {tool.name: score for score, tool in chooser.scores(ask.text)}
    for index, tool in enumerate(chooser.tools):
        if tool is ask.tool:
            continue
        named = len(wanted & _telling_keys(tool.name)) + 0.5 * len(wanted & _telling_keys(tool.description))
        fit_for_it = named >= 1 or scores[tool.name] >= ENOUGH
        own = fill(tool, ask.text)
        if fit_for_it and not own.missing and not (set(own.values.values()) & {None}):
            ranked.append((named + scores[tool.name], -index, Step(tool, own.values)))
    del filling, text
    return max(ranked, key=lambda r: r[:2])[2] if ranked else None


_WEAK = frozenset("#get #number #list #id #name #info #text #target #source #result #count id".split())


def _telling_keys(text: str) -> frozenset[str]:
    return keys(text.replace("_", " ")) - _WEAK


# What an output gives


def from_output(slot: Slot, output: str) -> Any:
    """The part of an output that suits a parameter, or MISSING."""
    try:
        parsed = json.loads(output)
    except ValueError:
        parsed = output
    for value in _parts(parsed, slot):
        fitted = fit(value, slot.schema)
        if fitted is not MISSING and not (slot.kind == "array" and not isinstance(value, list)):
            return fitted
    numbers = [v.value for v in find_values(output) if v.kind == "number"]
    if slot.kind in ("integer", "number") and numbers:
        return fit(numbers[-1] if "=" in output else numbers[0], slot.schema)
    return fit(output, slot.schema)


def _parts(parsed: Any, slot: Slot) -> list[Any]:
    """What there is in an output, the likeliest first: by name, by type, then all of it."""
    if not isinstance(parsed, dict):
        return [parsed, *(parsed[:1] if isinstance(parsed, list) else [])]
    wanted = frozenset(k for t in tokenize(slot.name.replace("_", " ")) for k in t.keys)
    named = [v for name, v in parsed.items() if keys(str(name).replace("_", " ")) & wanted]
    results = [v for name, v in parsed.items() if re.search(r"result|value|answer|output|结果", str(name))]
    simple = [v for v in parsed.values() if not isinstance(v, dict | str | bool)]
    texts = [v for v in parsed.values() if isinstance(v, str)]
    inner = [part for v in parsed.values() if isinstance(v, dict) for part in _parts(v, slot)]
    return [*named, *results, *(simple if slot.kind != "string" else texts), *inner]
