"""What a text offers for a parameter: values of a fitting kind, words that are left, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from respmagic.demo._about import About, name_keys
from respmagic.demo._amounts import bound_score, converted, measure_score, said_ends
from respmagic.demo._conditions import conditions
from respmagic.demo._cues import cue_words, rivals_of
from respmagic.demo._fit import MISSING, fit
from respmagic.demo._flags import offer_flags
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._measures import listed_members
from respmagic.demo._members import may_say, places
from respmagic.demo._near import cue, foreign, label
from respmagic.demo._numbers import unit_of
from respmagic.demo._objects import takes_object
from respmagic.demo._offer import REFERENCE, Offer, chains
from respmagic.demo._pairs import pairs
from respmagic.demo._roles import Role, role_of
from respmagic.demo._runs import cores, runs
from respmagic.demo._schema import Slot, resolve
from respmagic.demo._spans import Value
from respmagic.demo._spelled import letters, spelled, symbols
from respmagic.demo._text import Text
from respmagic.demo._units import MONTHS

__all__ = ["offers_for"]

# What speaks for a value, where it stands, and the argument that it would be.
Found = Iterator[tuple[float, Value, Any]]


def offers_for(slot: Slot, text: Text, about: About) -> list[Offer]:
    """All that a text offers for one parameter of a tool."""
    if takes_object(slot) and not slot.enum:
        return _references(slot, text)  # no variable holds one yet
    find = _members if slot.enum else _BY_KIND.get(slot.kind, _anything)
    found = []
    for score, where, argument in find(slot, text, about):
        fitted = argument if slot.enum else fit(argument, slot.schema)
        if fitted is not MISSING:
            found.append(Offer(score, slot, where.start, where.end, where.kind, fitted))
    return [*found, *_stated(slot, text), *_references(slot, text)]


def _near(slot: Slot, text: Text, where: Value) -> float:
    return label(text, slot, where.start, where.end, number=True) + cue(text, slot, where.start)


# Strings

_LABELLED = 3.0  # the label of a value that stands right beside the parameter's name


def _strings(slot: Slot, text: Text, about: About) -> Found:
    role = role_of(slot)
    yield from _listed(slot, text, listed_members(slot), 0.5)
    for value in text.values:
        month = _MONTH.search(value.text) if value.kind == "date" else None
        if month and slot.name == "month":
            yield 7, value.part(*month.span()), month[0]
        score = _string_score(slot, role, text, about, value)
        if score is not None:
            yield score, value, spelled(slot, value)
    yield from _phrases(slot, role, text, about)
    if slot.name in ("char", "character", "letter"):
        yield from letters(text.said)
    if role.name in _SPECIAL:
        yield from _SPECIAL[role.name](text.said)


_MONTH = re.compile("|".join(m[:3] + "[a-z]*" for m in MONTHS), re.IGNORECASE)
_SPECIAL: dict[str, Callable[[str], Found]] = {"condition": conditions, "separator": symbols}


def _string_score(slot: Slot, role: Role, text: Text, about: About, value: Value) -> float | None:
    """What speaks for a value as a text argument; None if it is out of the question."""
    is_number, is_measure = value.kind == "number", value.kind in ("unit", "currency")
    named = label(text, slot, value.start, value.end, number=is_number)
    base = role.kinds.get(value.kind)
    if base is None and (named == _LABELLED or (named > 1.9 and value.kind in _NAMEABLE)):
        base = 1.5  # "code 7392": whatever stands with the parameter's own name
    if base is None or (is_number and value.bound):
        return None
    if is_measure and role.name not in ("unit", "currency") and text.is_measure(value):
        return None
    score = base + _cue(slot, text, value) + (1.0 if named == _LABELLED else 0.7) * named
    score += foreign(text, slot, about.slots, value.start)
    if is_number and role.name == "id" and _counts(text, value) and named < 1.9:
        score -= 3.0  # "3 notebooks" are three, not the third
    if value.kind in ("name", "code") and role.name != "variable" and _is_known(value, about):
        score -= 3.0  # "translate the RNA" names what the tool is about
    return score


_NAMEABLE = frozenset("number code name quoted".split())


def _is_known(value: Value, about: About) -> bool:
    known = about.said | about.labels
    return all(t.filler or t.keys & known for t in tokenize(value.text))


def _cue(slot: Slot, text: Text, value: Value) -> float:
    """What the word before says; a unit with its number is what a conversion starts from."""
    if value.kind in ("unit", "currency") and text.is_measure(value):
        return -3.0 if "from" in rivals_of(slot) else 2.0 if "from" in cue_words(slot) else 0.0
    return cue(text, slot, value.start)


def _phrases(slot: Slot, role: Role, text: Text, about: About) -> Found:
    """Words that neither the tool nor grammar explains: what is said of something."""
    base = min(role.kinds.get("phrase", float(role.free)), 2.5 if slot.required else 2.0)
    for run in runs(text) if base else ():
        if "name" in role.kinds and text.is_name(run[0].start, run[-1].end):
            continue  # offered as what it is
        for bonus, start, end in cores(run, slot, about, text):
            said = text.said[start:end]
            named = label(text, slot, start, end) if bonus > -1.0 else 0.0
            score = base + bonus + cue(text, slot, start) + 0.7 * named
            score += foreign(text, slot, about.slots, start)
            yield score, Value("phrase", start, end, said, said), said


# Members of a list


def _members(slot: Slot, text: Text, _about: About) -> Found:
    yield from _listed(slot, text, tuple(m for m in slot.enum if isinstance(m, str)), 0.0)
    for member in slot.enum:
        if isinstance(member, int | float) and not isinstance(member, bool):
            for value in text.values:
                if value.kind == "number" and value.value == member:
                    yield 3 + _near(slot, text, value), value, member


def _listed(slot: Slot, text: Text, members: tuple[str, ...], bonus: float) -> Found:
    for member in members:
        found = (*places(member, text.said, members), *_in_words(member, text.said))
        for score, where in found:
            near = 0.7 * label(text, slot, where.start, where.end) + _cue(slot, text, where)
            yield score + bonus + near, where, member


def _in_words(member: str, said: str) -> Iterator[tuple[float, Value]]:
    """A member such as ``bill_length_mm`` in plain words: "bill length"."""
    words = re.split(r"[_\s-]+", member)
    while len(words) > 2 and unit_of(words[-1]):
        words.pop()
    if len(words) < 2 or not all(words) or not may_say(said, "_".join(words)):
        return
    form = r"[\s_-]+".join(re.escape(w) + "(?:s|es)?" for w in words)
    for m in re.finditer(rf"(?<!\w){form}(?!\w)", said, re.IGNORECASE):
        yield 6.3, Value("member", m.start(), m.end(), member, m[0])


# Numbers and flags


def _numbers(slot: Slot, text: Text, about: About) -> Found:
    named = name_keys(slot) | frozenset(slot.name.lower().split("_"))
    for value in text.values:
        year = re.search(r"\d{4}", value.text) if value.kind == "date" else None
        if value.kind == "number":
            yield _number_score(slot, named, text, about, value), value, converted(slot, value)
        elif value.kind == "time" and "#hour" in named:
            yield 4, value, int(value.value[:2])
        elif year and "#year" in named:
            yield 4 + _near(slot, text, value), value.part(*year.span()), int(year[0])


def _number_score(
    slot: Slot, named: frozenset[str], text: Text, about: About, value: Value
) -> float:
    score = 2 + _near(slot, text, value) + foreign(text, slot, about.slots, value.start)
    score += bound_score(named | said_ends(slot), value) + measure_score(slot, named, value)
    if slot.kind == "integer" and value.value != int(value.value):
        score -= 2
    if "#divide" in about.acts and slot is about.slots[0] and _BY.search(text.said[: value.start]):
        score -= _DIVISOR
    if named & _COUNTS and not value.unit and not value.currency and _counts(text, value):
        score += 1.6
    return score


# "Divide by 5" names the divisor: what is divided comes from elsewhere.
_BY, _DIVISOR = re.compile(r"(?:\bby|除以)\s*$", re.IGNORECASE), 2.0
_COUNTS = frozenset("#count #quantity #number n k count".split())
_CLASSIFIERS = frozenset("个位次份张条只件名人本台杯瓶道颗题")


def _counts(text: Text, value: Value) -> bool:
    """Whether a number says how many there are of something: "4 dice"."""
    after = next((t for t in text.tokens if t.start >= value.end), None)
    if after is None or after.text in _CLASSIFIERS:
        return after is not None
    is_word = after.text[0].isascii() and after.text[0].isalpha()
    return is_word and not after.filler and after.start - value.end < 2


def _flags(slot: Slot, text: Text, _about: About) -> Found:
    yield from offer_flags(slot, text.said)


# Lists and objects


def _arrays(slot: Slot, text: Text, about: About) -> Found:
    for value in text.values:
        if value.kind == "json" and isinstance(value.value, list):
            yield 9, value, value.value
    inner, _ = resolve(slot.schema.get("items", {}), slot.schema)
    item = Slot(
        slot.path,
        {"description": slot.description, **inner},
        tool_words=slot.tool_words,
        siblings=slot.siblings,
    )
    offers = [*offers_for(item, text, about), *_plain_items(item, text, about)]
    fitting = [o for o in offers if o.kind != REFERENCE and o.end > o.start and o.score > 0.4]
    for chain in chains(fitting, text.said):
        mean = sum(o.score for o in chain) / len(chain)
        score = mean + 1.5 + 0.4 * len(chain) if len(chain) > 1 else mean - 1.0
        start, end = chain[0].start, chain[-1].end
        where = Value("list", start, end, None, text.said[start:end])
        yield score + 0.5 * label(text, slot, start, end), where, [o.argument for o in chain]


def _plain_items(item: Slot, text: Text, about: About) -> list[Offer]:
    """Single words that the tool knows may still be items of a list: "tags home and urgent"."""
    if item.kind != "string" or item.enum:
        return []
    known = about.named | name_keys(item)
    words = [run[0] for run in runs(text) if len(run) == 1 and not run[0].keys & known]
    return [
        Offer(0.6 + 0.7 * label(text, item, w.start, w.end), item, w.start, w.end, "phrase", w.text)
        for w in words
    ]


def _objects(_slot: Slot, text: Text, _about: About) -> Found:
    for value in text.values:
        if value.kind == "json" and isinstance(value.value, dict):
            yield 8, value, value.value
    yield from pairs(text.said)


def _anything(slot: Slot, text: Text, _about: About) -> Found:
    order = {"json": 6, "quoted": 5, "number": 4, "code": 3, "name": 3, "date": 2}
    for value in text.values:
        if value.kind in order:
            named = label(text, slot, value.start, value.end)
            yield order[value.kind] + named, value, value.value


_BY_KIND: dict[str, Callable[[Slot, Text, About], Found]] = {
    "string": _strings,
    "integer": _numbers,
    "number": _numbers,
    "boolean": _flags,
    "array": _arrays,
    "object": _objects,
}


# What is stated as in code, and what is only pointed at


def _stated(slot: Slot, text: Text) -> list[Offer]:
    """``name=value`` and ``name: value``."""
    if slot.kind in ("object", "array", "boolean"):
        return []
    name = re.escape(slot.name).replace("_", "[ _-]")
    free = slot.kind == "string" and role_of(slot).free
    word, more = r"[^\s,;，。`\"“‘]+", r"(?<=[:\s])[^\s,;，。`\"“‘][^,;，。`\"“‘\n]*"
    plain = f"{more}|{word}" if free else word
    form = rf"(?<!\w){name}\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|({plain}))"
    found = []
    for m in re.finditer(form, text.said, re.IGNORECASE):
        whole = next(g for g in m.groups() if g is not None)
        said = whole.rstrip(" .")
        start, end = m.end() - len(whole), m.end() - len(whole) + len(said)
        if slot.kind == "string" and any(v.start == start and v.end > end for v in text.values):
            continue  # a longer value begins there
        fitted = fit(said, slot.schema)
        if fitted is not MISSING:
            found.append(Offer(9.0, slot, m.start(), end, "stated", fitted))
    return found


_POINTED = {"integer": 2.2, "number": 2.2, "array": 3.5, "any": 3.0, "object": 2.5}
_POINTED_ROLES = frozenset("text query any id variable".split())


def _references(slot: Slot, text: Text) -> list[Offer]:
    """The result of another call, which the text only points at."""
    score = _POINTED.get(slot.kind)
    if slot.kind == "string":
        role = role_of(slot)
        score = 3.6 if role.name in _POINTED_ROLES else 1.2 if role.free else 0.9
    if score is None:
        return []
    own = keys(slot.tool_words)
    return [
        Offer(score + 0.5 * cue(text, slot, v.start), slot, v.start, v.end, REFERENCE, None)
        for v in text.values
        if v.kind == REFERENCE and not _names_own(v, own)
    ]


def _names_own(value: Value, own: frozenset[str]) -> bool:
    """Whether what is pointed at is what the tool is about: "the shopping list"."""
    words = value.text.split()
    noun = value.value or (words[1] if len(words) > 2 else "")
    return bool(noun) and bool(keys(noun) & own)
