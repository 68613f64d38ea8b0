"""Arguments for a call: every value of the text goes to the parameter it suits best."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from respmagic.demo._fit import MISSING, build, fit
from respmagic.demo._freetext import free_text
from respmagic.demo._lexicon import keys
from respmagic.demo._match import Candidate, candidates
from respmagic.demo._objects import takes_object
from respmagic.demo._request import Tool
from respmagic.demo._roles import role_of
from respmagic.demo._schema import Path, Slot, kind_of, resolve, slots
from respmagic.demo._spans import Value
from respmagic.demo._values import REFERENCE, find_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Filling", "Reference", "complete", "fill", "tool_slots"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Stands for what an earlier call will have given; `word` may say which call."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a text gives for the parameters of a tool.

    Attributes:
        values: the arguments found, by path; a `Reference` where the text says "the result".
        places: where in the text each was found.
        missing: required parameters without a value.
    """

    values: Mapping[Path, Any] = field(default_factory=dict)
    places: Mapping[Path, Value] = field(default_factory=dict)
    missing: tuple[Slot, ...] = ()

    def uses(self, value: Value) -> bool:
        """Whether a value of the text became an argument, or part of one."""
        # A flag takes no room in the text, but it has its place.
        return any(
            value.overlaps(place) or value.start <= place.start < value.end
            for place in self.places.values()
            if value.kind != "number" or place.kind not in ("unit", "currency")
        )


def tool_slots(tool: Tool) -> tuple[Slot, ...]:
    """The parameters of a tool."""
    return slots(tool.parameters, f"{tool.name} {tool.description}")


def fill(
    tool: Tool, text: str, *, earlier: frozenset[str] | None = None, free: bool = True
) -> Filling:
    """Fill a tool's parameters from a text.

    Args:
        tool: the tool to call.
        text: the part of the prompt that asks for it.
        earlier: what the tools of earlier calls are about, which "it" may mean; None: no calls.
        free: plain words may become a text argument.
    """
    wanted = tool_slots(tool)
    whole = _whole_object(wanted, text)
    if whole:
        return _filling(wanted, whole, {})
    values, places = _assign(wanted, text, earlier)
    for slot in wanted:
        if slot.path not in values and _is_object_list(slot):
            found = _object_list(slot, text)
            fitted = fit(found, slot.schema)
            if found and fitted is not MISSING:
                values[slot.path] = fitted
                places[slot.path] = Value("list", 0, len(text), None, text)
    if free:
        _fill_free(wanted, text, values, places, tool)
    return _filling(wanted, values, places)


def _filling(
    wanted: Sequence[Slot], values: Mapping[Path, Any], places: Mapping[Path, Value]
) -> Filling:
    # What nobody switches on is off: a flag is never missing.
    open_slots = (s for s in wanted if s.required and s.path not in values and s.kind != "boolean")
    return Filling(values, places, tuple(open_slots))


def complete(tool: Tool, values: Mapping[Path, Any]) -> dict[str, Any]:
    """The arguments as an object that is valid for the tool."""
    built = build(tool.parameters, values)
    return built if isinstance(built, dict) else {}


# The assignment

_ENOUGH_REQUIRED = 0.5
_ENOUGH_OPTIONAL = 3.0


def _assign(
    wanted: Sequence[Slot], text: str, earlier: frozenset[str] | None
) -> tuple[dict[Path, Any], dict[Path, Value]]:
    offers = [c for slot in wanted for c in _offers(slot, text, earlier)]
    values: dict[Path, Any] = {}
    places: dict[Path, Value] = {}
    for offer in sorted(offers, key=lambda c: (-c.score, c.where.start)):
        enough = _ENOUGH_REQUIRED if offer.slot.required else _ENOUGH_OPTIONAL
        if offer.score < enough or offer.slot.path in values:
            continue
        if not any(_clash(offer.where, place) for place in places.values()):
            values[offer.slot.path] = offer.argument
            places[offer.slot.path] = offer.where
    _make_room(wanted, offers, values, places)
    _uncross(wanted, offers, values, places, backwards=_BACKWARDS.search(text) is not None)
    _spend_last_number(wanted, offers, values, places)
    _move_second(wanted, text, values, places)
    return values, places


def _clash(one: Value, other: Value) -> bool:
    measures = {one.kind, other.kind} & {"unit", "currency"}
    # "5 miles" is a number and a unit: two arguments from one place.
    return one.overlaps(other) and not (measures and "number" in (one.kind, other.kind))


def _offers(slot: Slot, text: str, earlier: frozenset[str] | None) -> Iterator[Candidate]:
    yield from _stated(slot, text)
    yield from candidates(slot, text)
    if earlier is not None and (takes_object(slot) or not slot.enum):
        yield from _references(slot, text, earlier)


def _stated(slot: Slot, text: str) -> Iterator[Candidate]:
    """``name=value`` and ``name: value``."""
    if slot.kind in ("object", "array", "boolean"):
        return
    name = re.escape(slot.name).replace("_", "[ _-]")
    plain = r"[^,;\n]+" if slot.kind == "string" and role_of(slot).free else r"[^\s,;]+"
    form = rf"(?<!\w){name}\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|({plain}))"
    for m in re.finditer(form, text, re.IGNORECASE):
        said = next(g for g in m.groups() if g is not None)
        fitted = fit(said, slot.schema)
        if fitted is not MISSING:
            yield Candidate(9, slot, Value("stated", m.start(), m.end(), said, m[0]), fitted)


_REFERENCE_SCORES = {"integer": 1.7, "number": 1.7, "array": 4, "any": 3, "object": 2}


def _references(slot: Slot, text: str, earlier: frozenset[str]) -> Iterator[Candidate]:
    score = _REFERENCE_SCORES.get(slot.kind)
    if takes_object(slot):
        score = 7.0
    elif slot.kind == "string":
        role = role_of(slot)
        # "It" may be a text, but hardly a place: "is it raining in Rome, what time is it there?"
        score = 4.6 if role.name in ("text", "query", "any") else 2.0 if role.free else None
    if score is None:
        return
    for m in REFERENCE.finditer(text.lower()):
        if len(m[0].split()) > 2 and keys(m[0].split()[1]) & keys(slot.tool_words):
            continue  # "the shopping list" is what the tool is about
        yield Candidate(
            score, slot, Value("reference", m.start(), m.end(), None, m[0]), Reference()
        )
    for m in _NAMED.finditer(text.lower()):
        # "the summary", where an earlier call summarises
        if keys(m[1]) & earlier - keys(slot.tool_words):
            where = Value("reference", m.start(), m.end(), None, m[0])
            yield Candidate(score + 0.2, slot, where, Reference(m[1]))


_NAMED = re.compile(r"\b(?:the|this|that|its|their)\s+(\w+)\b(?!\s+(?:of|between|in|for)\b)")


_MUCH_WORSE = 1.5  # by so much no value gives way to another parameter's


def _make_room(
    wanted: Sequence[Slot],
    offers: Sequence[Candidate],
    values: dict[Path, Any],
    places: dict[Path, Value],
) -> None:
    """A value that two parameters want goes to the one that can take no other."""
    ranked = sorted(offers, key=lambda c: (-c.score, c.where.start))
    for slot in wanted:
        if not slot.required or slot.path in values:
            continue
        for offer in (o for o in ranked if o.slot is slot and o.score >= _ENOUGH_REQUIRED):
            rivals = [path for path, place in places.items() if _clash(offer.where, place)]
            if len(rivals) != 1:
                continue
            kept = [offer.where, *(p for path, p in places.items() if path != rivals[0])]
            own = [o for o in ranked if o.slot.path == rivals[0]]
            now = max(o.score for o in own if o.where is places[rivals[0]])
            free = [o for o in own if not any(_clash(o.where, place) for place in kept)]
            if free and free[0].score >= now - _MUCH_WORSE:
                for moved in (offer, free[0]):
                    values[moved.slot.path], places[moved.slot.path] = moved.argument, moved.where
                break


_BACKWARDS = re.compile(r"\b(?:subtract|take|deduct)\b.+\bfrom\b|\bless than\b", re.IGNORECASE)
_AS_GOOD = 0.3  # by so much may two values be worse the other way round


def _uncross(
    wanted: Sequence[Slot],
    offers: Sequence[Candidate],
    values: dict[Path, Any],
    places: dict[Path, Value],
    *,
    backwards: bool,
) -> None:
    """Among equals, first come goes to the first parameter: "divide 10 by 4"."""
    known = {_key(o.slot.path, o.where): o for o in sorted(offers, key=lambda c: c.score)}
    open_slots = [s.path for s in wanted if s.path in places and not s.enum]
    for one, other in itertools.combinations(open_slots, 2):
        first, second = places[one], places[other]
        if (first.start > second.start) == backwards or first.overlaps(second):
            continue
        kept = [known.get(_key(*at)) for at in ((one, first), (other, second))]
        swapped = [known.get(_key(*at)) for at in ((one, second), (other, first))]
        better = [o for o in swapped if o is not None]
        if len(better) == 2 and _sum(better) >= _sum(kept) - _AS_GOOD:
            values[one], values[other] = (o.argument for o in better)
            places[one], places[other] = second, first


def _key(path: Path, where: Value) -> tuple[Path, str, int, int]:
    return path, where.kind, where.start, where.end


def _sum(offers: Sequence[Candidate | None]) -> float:
    return sum(o.score for o in offers if o is not None)


def _spend_last_number(
    wanted: Sequence[Slot],
    offers: Sequence[Candidate],
    values: dict[Path, Any],
    places: dict[Path, Value],
) -> None:
    """The one number that is left goes to the one number parameter that is left."""
    open_slots = [s for s in wanted if s.kind in ("integer", "number") and s.path not in values]
    spare = [
        o
        for o in offers
        if o.slot in open_slots
        and o.score > 1.2
        and o.where.kind == "number"
        and not any(_clash(o.where, place) for place in places.values())
    ]
    if len(open_slots) == 1 and len({o.where.start for o in spare}) == 1:
        values[spare[0].slot.path] = spare[0].argument
        places[spare[0].slot.path] = spare[0].where


_SECOND = re.compile(r"\b(?:by|with)\s+$|(?:除以|乘以|减去|加上)\s*$", re.IGNORECASE)
_TAKE_FROM = re.compile(r"\b(?:subtract|take|deduct)\s+$", re.IGNORECASE)


def _move_second(
    wanted: Sequence[Slot], text: str, values: dict[Path, Any], places: dict[Path, Value]
) -> None:
    """The only number of "divide it by 10" is the second of the two that are needed."""
    pair = [s for s in wanted if s.required and s.kind in ("integer", "number")]
    if len(pair) != 2 or pair[0].path not in values or pair[1].path in values:
        return
    first, second = (slot.path for slot in pair)
    before = text[: places[first].start]
    if places[first].kind == "number" and (_SECOND.search(before) or _TAKE_FROM.search(before)):
        values[second], places[second] = values.pop(first), places.pop(first)


# Objects


def _whole_object(wanted: Sequence[Slot], text: str) -> dict[Path, Any]:
    """Arguments that the text spells out as one JSON object."""
    names = {slot.path[0] for slot in wanted}
    for value in find_values(text):
        spelled = value.value if value.kind == "json" else None
        if isinstance(spelled, dict) and spelled and spelled.keys() <= names:
            flat = {slot: _dig(spelled, slot.path) for slot in wanted}
            fitted = {slot.path: fit(part, slot.schema) for slot, part in flat.items()}
            return {path: v for path, v in fitted.items() if v is not MISSING}
    return {}


def _dig(node: Any, path: Path) -> Any:
    for name in path:
        node = node.get(name, MISSING) if isinstance(node, dict) else MISSING
    return node


def _is_object_list(slot: Slot) -> bool:
    inner, _ = resolve(slot.schema.get("items", {}), slot.schema)
    return slot.kind == "array" and kind_of(inner) == "object"


def _object_list(slot: Slot, text: str) -> list[Any]:
    """One object for every part of an enumeration: "2 pizzas and 3 colas"."""
    inner, _ = resolve(slot.schema.get("items", {}), slot.schema)
    tool = Tool("", slot.tool_words, inner)
    found = []
    for said in re.split(r"[,、;:]\s*(?:and\s+)?|\s+and\s+|和|以及", text):
        # "1 cola for delivery": what comes after the thing itself is about the whole.
        counted = re.match(r".*?\d\s+[\w ]+?(?=\s(?:for|to|with|from|into|in|on)\s)", said)
        part = counted[0] if counted else said
        filling = fill(tool, part)
        numbers = [s for s in tool_slots(tool) if s.kind in ("integer", "number")]
        if (
            filling.values
            and not filling.missing
            and (not numbers or any(s.path in filling.values for s in numbers))
        ):
            found.append(complete(tool, filling.values))
    return found


# Plain words


def _fill_free(
    wanted: Sequence[Slot],
    text: str,
    values: dict[Path, Any],
    places: dict[Path, Value],
    tool: Tool,
) -> None:
    """Words that are no value of any kind may still be a message, a title or a query."""
    for slot in wanted:
        if slot.path in values and not _is_weak(slot, places[slot.path], text):
            continue
        if slot.kind not in ("string", "any") or slot.enum or not role_of(slot).free:
            continue
        others = [place for path, place in places.items() if path != slot.path]
        named_only = slot.path in values and role_of(slot).name == "title"
        about = f"{tool.name} {tool.description}"
        labels = frozenset(s.name.lower() for s in wanted if s is not slot)
        found = free_text(slot, text, others, about, announced=named_only, labels=labels)
        if found is not None and fit(found.value, slot.schema) is not MISSING:
            values[slot.path] = fit(found.value, slot.schema)
            places[slot.path] = found
    _share_text(wanted, values, places)


def _share_text(wanted: Sequence[Slot], values: dict[Path, Any], places: dict[Path, Value]) -> None:
    """An email about lunch has lunch for its subject, and for want of more for its text too."""
    wordy = [s for s in wanted if s.kind == "string" and role_of(s).name in ("text", "title")]
    given = [
        s for s in wordy if s.path in places and places[s.path].kind in ("free", "quoted", "phrase")
    ]
    for slot in wordy:
        if slot.required and slot.path not in values and given:
            fitted = fit(values[given[0].path], slot.schema)
            if fitted is not MISSING:
                values[slot.path] = fitted


def _is_weak(slot: Slot, place: Value, text: str) -> bool:
    """A single name or phrase, where a whole text is wanted, may be only a part of it."""
    role = role_of(slot)
    if place.kind == "name" and re.search(r"\b(?:in|of)\s+$", text[: place.start]):
        return False  # "how often does s occur in Mississippi"
    wordy = role.name in ("text", "query", "title")
    return wordy and place.kind in ("name", "phrase", "code") and role.kinds.get(place.kind, 0) < 4
