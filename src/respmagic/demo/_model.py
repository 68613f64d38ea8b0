"""The model itself: a request in, calls or a text out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respmagic.demo._about import describe
from respmagic.demo._clauses import clean
from respmagic.demo._dates import resolve
from respmagic.demo._division import Ask, divide
from respmagic.demo._fit import MISSING
from respmagic.demo._lexicon import narrow
from respmagic.demo._outputs import from_output
from respmagic.demo._reading import Reader
from respmagic.demo._request import Call, Message, Output, Request
from respmagic.demo._roles import role_of
from respmagic.demo._steps import Step, complete, make_steps, tool_slots
from respmagic.demo._structured import fill_schema
from respmagic.demo._summary import Outcome, sum_up
from respmagic.demo._talk import ask_for, small_talk
from respmagic.demo._text import read_text
from respmagic.demo._wire import Answer, PlannedCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from respmagic.demo._schema import Path, Slot

__all__ = ["answer"]


# How much of a prompt is read for choosing, like the context window of a model. What is longer is
# seldom a request: a text to work on follows it, and that is passed on whole.
_WINDOW = 2000
_FOLLOW_UP = 60  # no longer is a question that leaves out what the one before it said
_LONG = 99  # so long a text that ends where the window ends goes on beyond it


@dataclass(frozen=True, slots=True)
class _Turn:
    """The newest user message and what happened since, and what was said before."""

    prompt: str
    attachments: int
    done: tuple[Outcome, ...]
    before: tuple[Message | Outcome, ...]
    instructions: str = ""


def answer(request: Request) -> Answer:
    """Decide on a request: calls to make, or the text that ends the turn."""
    turn = _read_turn(request)
    steps = _plan(request, turn) if request.tools else []
    calls = _next_calls(steps, turn)
    if not calls and request.must_call and not turn.done:
        calls = [_forced(request, turn)]
    if calls:
        wanted = calls if request.parallel else calls[:1]
        return Answer(calls=_as_written(wanted, turn.prompt))
    return Answer(text=_text(request, turn, steps))


def _read_turn(request: Request) -> _Turn:
    outputs = {i.call_id: i.text for i in request.history if isinstance(i, Output)}
    told: list[Message | Outcome] = []
    for item in request.history:
        if isinstance(item, Call):
            told.append(Outcome(item.name, item.arguments, outputs.get(item.call_id, "")))
        elif isinstance(item, Message):
            told.append(item)
    last = max(
        (i for i, m in enumerate(told) if isinstance(m, Message) and m.role == "user"), default=-1
    )
    message = told[last] if last >= 0 else None
    prompt, files = (message.text, message.attachments) if isinstance(message, Message) else ("", 0)
    done = tuple(o for o in told[last + 1 :] if isinstance(o, Outcome))
    return _Turn(prompt, files, done, tuple(told[: max(last, 0)]), request.instructions)


def _read(prompt: str) -> str:
    return clean(narrow(prompt))[:_WINDOW]


def _plan(request: Request, turn: _Turn) -> list[Step]:
    text = _read(turn.prompt)
    recalls = any(isinstance(item, Outcome) for item in turn.before)
    reader = _reader(request, text, recalls=recalls)
    asks = divide(reader)
    if not asks:
        reader, asks = _follow_up(request, turn, text)
    return make_steps(asks, reader, recalls=recalls)


def _reader(request: Request, text: str, *, recalls: bool = False) -> Reader:
    abouts = [describe(tool) for tool in request.tools]
    return Reader(read_text(text, abouts, recalls=recalls), abouts)


def _follow_up(request: Request, turn: _Turn, text: str) -> tuple[Reader, list[Ask]]:
    """The question before, asked again with other values: "And in Rome?"."""
    earlier = [m.text for m in turn.before if isinstance(m, Message) and m.role == "user"]
    if not earlier or not text or len(text) > _FOLLOW_UP:
        return _reader(request, text), []
    first = _read(earlier[-1])
    reader = _reader(request, f"{first}\n{text}")
    return reader, [ask for ask in divide(reader) if ask.reading.window[0] > len(first)]


# Calls


def _as_written(calls: Sequence[PlannedCall], prompt: str) -> tuple[PlannedCall, ...]:
    """The calls with texts as the prompt has them: full-width characters, and to the end."""
    plain = narrow(prompt)
    cut_off = len(plain) > _WINDOW and _read(prompt).rstrip(" .!?")
    if plain == prompt and not cut_off:
        return tuple(calls)

    def restore(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: restore(part) for name, part in value.items()}
        if isinstance(value, list):
            return [restore(part) for part in value]
        at = plain.find(value) if isinstance(value, str) and len(value) > 1 else -1
        if at >= 0 and cut_off and len(value) > _LONG and cut_off.endswith(value):
            return prompt[at:]
        return prompt[at : at + len(value)] if at >= 0 else value

    return tuple(PlannedCall(call.name, restore(dict(call.arguments))) for call in calls)


def _next_calls(steps: Sequence[Step], turn: _Turn) -> list[PlannedCall]:
    """The calls of the plan that are not made yet and need no output that is still to come."""
    outputs = _match(steps, turn.done)
    calls = []
    for index, step in enumerate(steps):
        if outputs[index] is not None or step.missing:
            continue
        values = _with_outputs(step, outputs, turn)
        if values is not None:
            dated = _with_dates(step, values, turn)
            calls.append(PlannedCall(step.tool.name, complete(step.tool, dated)))
    return calls


def _with_dates(step: Step, values: dict[Path, Any], turn: _Turn) -> dict[Path, Any]:
    """The arguments with "tomorrow" as a date, if the conversation says what day it is."""
    told = [o for o in (*turn.before, *turn.done) if isinstance(o, Outcome)]
    clocks = [o.output for o in told if re.search(r"time|date|today|now|clock", o.name)]
    known = "\n".join([turn.instructions, turn.prompt[:_WINDOW], *(f"today {c}" for c in clocks)])
    days = {
        s.path for s in tool_slots(step.tool) if s.kind == "string" and role_of(s).name == "date"
    }
    return {
        p: resolve(v, known) if p in days and isinstance(v, str) else v for p, v in values.items()
    }


def _match(steps: Sequence[Step], done: Sequence[Outcome]) -> list[str | None]:
    """For each step the output of its call, if it was made."""
    spare = list(done)
    outputs: list[str | None] = []
    for step in steps:
        same = [o for o in spare if o.name == step.tool.name]
        exact = [o for o in same if o.given() == complete(step.tool, step.values)]
        taken = (exact or same)[:1]
        outputs.append(taken[0].output if taken else None)
        for outcome in taken:
            spare.remove(outcome)
    return outputs


def _with_outputs(step: Step, outputs: Sequence[str | None], turn: _Turn) -> dict[Path, Any] | None:
    """The step's arguments with what earlier outputs give, or None while they are not there."""
    values = dict(step.values)
    slots = {slot.path: slot for slot in tool_slots(step.tool)}
    before = [o.output for o in turn.before if isinstance(o, Outcome)]
    for path, source in step.needs.items():
        output = outputs[source] if source >= 0 else before[-1] if before else None
        if output is None:
            return None
        found = from_output(slots[path], output, values)
        if path in step.gathers:
            found = _gathered(slots[path], [outputs[i] for i in step.gathers[path]])
        if found is MISSING:
            return None
        values[path] = found
    return values


def _gathered(slot: Slot, outputs: Sequence[str | None]) -> Any:
    """The list of what several calls gave, or MISSING while one has not."""
    parts = [MISSING if o is None else from_output(slot, o, {}) for o in outputs]
    if any(part is MISSING for part in parts):
        return MISSING
    return [item for part in parts for item in part]


def _forced(request: Request, turn: _Turn) -> PlannedCall:
    """The likeliest call where one is demanded, completed with plain values."""
    text = _read(turn.prompt)
    reader = _reader(request, text)
    best = max((reader.read(a, (0, len(text))) for a in reader.abouts), key=lambda r: r.score)
    return PlannedCall(best.about.tool.name, complete(best.about.tool, best.values))


# Text


def _text(request: Request, turn: _Turn, steps: Sequence[Step]) -> str:
    if request.schema is not None:
        told = "\n".join(part[:_WINDOW] for part in (turn.prompt, *(o.output for o in turn.done)))
        return json.dumps(fill_schema(request.schema, told, turn.done), ensure_ascii=False)
    if turn.done:
        text = sum_up(turn.done, turn.prompt)
    else:
        prompt = turn.prompt[:_WINDOW]
        text = ask_for(steps, prompt) or small_talk(
            prompt, request, [m for m in turn.before if isinstance(m, Message)]
        )
    return json.dumps({"answer": text}, ensure_ascii=False) if request.json_object else text
