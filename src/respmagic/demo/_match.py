"""How well each value of a text suits each parameter: a table of kinds, words around, and order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respmagic.demo._amounts import offer_numbers
from respmagic.demo._columns import offer_columns, offer_compared, offer_conditions
from respmagic.demo._fit import MISSING, fit
from respmagic.demo._flags import offer_flags
from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._lists import find_lists, find_pairs
from respmagic.demo._measures import listed_members
from respmagic.demo._members import match_members, offer_members
from respmagic.demo._nearby import cue_score, label_score
from respmagic.demo._roles import role_of
from respmagic.demo._schema import Slot, kind_of, resolve
from respmagic.demo._spans import Offer, Value
from respmagic.demo._units import LANGUAGES, UNITS
from respmagic.demo._values import find_values, month_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


__all__ = ["Candidate", "candidates"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a parameter, and how much speaks for it."""

    score: float
    slot: Slot
    where: Value
    argument: Any


def candidates(slot: Slot, text: str) -> Iterator[Candidate]:
    """All that the text offers for one parameter."""
    find = offer_members if slot.enum else _BY_KIND.get(slot.kind, _anything)
    for score, where, argument in find(slot, text):
        fitted = argument if slot.enum else fit(argument, slot.schema)
        if fitted is not MISSING:
            yield Candidate(score, slot, where, fitted)


def _strings(slot: Slot, text: str) -> Iterator[Offer]:
    role = role_of(slot)
    members = listed_members(slot)
    if members:
        for score, where, argument in match_members(slot, text, members):
            yield score + 0.5, where, argument
    for value in find_values(text):
        label = label_score(slot, text, value)
        base = role.kinds.get(value.kind)
        if base is None and label >= _NAMED and value.kind in ("number", "code", "name", "quoted"):
            base = 1.0  # "code 7392": whatever stands with the parameter's own name
        if base is not None and not _unfit(slot, role.name, value):
            score = base + cue_score(slot, text, value) + 0.75 * label
            said = _spelled(slot, value)
            yield score, value, _without_label(slot, said) if value.kind == "phrase" else said
    yield from _BY_ROLE.get(role.name, _nothing)(slot, text)
    if slot.name == "month":
        months = (month_in(v) for v in find_values(text) if v.kind == "date")
        yield from ((7, month, month.value) for month in months if month)
    if slot.name in ("value", "val", "threshold"):
        yield from offer_compared(text)
    if slot.name in ("char", "character", "letter"):
        yield from _letters(text)


_NAMED = 3.9  # the label score of a value right beside the parameter's name


def _without_label(slot: Slot, said: Any) -> Any:
    """A phrase without the word for the parameter: "the customers table" names customers."""
    words = said.split() if isinstance(said, str) and slot.name in said else []
    if len(words) > 1 and words[-1].lower() == slot.name.lower():
        return " ".join(words[:-1])
    return said


def _unfit(slot: Slot, role: str, value: Value) -> bool:
    if value.kind == "number" and role == "zip":
        return len(value.text) < 4 or not value.text.isdigit()
    if value.kind == "code" and role == "currency":
        return len(value.text) != 3
    if role == "variable":
        return False  # a column may be called like what is done with it
    return value.kind in ("phrase", "name") and _only_names(value.text, slot.tool_words)


def _nothing(_slot: Slot, _text: str) -> Iterator[Offer]:
    return iter(())


_LETTER = re.compile(
    r"\b(?:letter|character)\s+(\w)\b|(?<![\w'’])([b-hj-zB-HJ-Z])(?![\w'’])", re.IGNORECASE
)


def _letters(text: str) -> Iterator[Offer]:
    """Single letters, but not the words "a" and "I"."""
    for match in _LETTER.finditer(text):
        letter = match[1] or match[2]
        yield 5, Value("letter", match.start(), match.end(), letter, match[0]), letter


def _only_names(phrase: str, tool_words: str) -> bool:
    """Whether words only say what the tool is about: "the capital" in get_capital."""
    about = keys(tool_words)
    return all(token.filler or token.keys & about for token in tokenize(phrase))


_SYMBOLS = {"comma": ",", "semicolon": ";", "colon": ":", "space": " ", "dash": "-", "hyphen": "-"}


_SYMBOLS |= {
    "underscore": "_",
    "pipe": "|",
    "tab": "\t",
    "newline": "\n",
    "dot": ".",
    "slash": "/",
    "下划线": "_",
    "逗号": ",",
    "空格": " ",
}


def _symbols(_slot: Slot, text: str) -> Iterator[Offer]:
    """Separators by their names: "by comma"."""
    for name, symbol in _SYMBOLS.items():
        for match in re.finditer(rf"(?<![A-Za-z]){name}s?(?![A-Za-z])", text, re.IGNORECASE):
            yield 5, Value("symbol", match.start(), match.end(), symbol, match[0]), symbol


_BY_ROLE: dict[str, Callable[[Slot, str], Iterator[Offer]]] = {
    "variable": offer_columns,
    "condition": offer_conditions,
    "separator": _symbols,
}


def _spelled(slot: Slot, value: Value) -> Any:
    """The value the way the parameter's description writes such things."""
    said = slot.description + " " + slot.name
    if value.kind == "date":
        return _date_as(value.value, said)
    if value.kind == "language":
        code = LANGUAGES[value.value].split()[0]
        if not value.text.isascii() and not slot.tool_words.isascii():
            return value.text
        short = re.search(
            rf"\bcode\b|\bISO\b|代码|['\"(\s]{code}['\",)\s]|['\"(](?:en|fr|es|de|zh)\b", said
        )
        return code if short else value.value
    if value.kind == "unit":
        return _unit_as(value, slot)
    if value.kind in ("number", "phone"):
        return value.text.strip() if value.kind == "phone" else str(value.value)
    return value.value


def _date_as(iso: str, said: str) -> str:
    form = re.search(
        r"\b(?:YYYY|yyyy|DD|dd|MM|mm)[-/. ]?(?:MM|mm|DD|dd|YYYY|yyyy)[-/. ]?(?:YYYY|yyyy|DD|dd)\b",
        said,
    )
    parts = re.match(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if not form or not parts:
        return iso
    spelled = form[0].upper()
    for mark, part in zip(("YYYY", "MM", "DD"), parts.groups(), strict=True):
        spelled = spelled.replace(mark, part)
    return spelled


def _unit_as(value: Value, slot: Slot) -> str:
    """A unit by its symbol where the examples are symbols, else as the text has it."""
    words = UNITS[value.value][2].split()
    said = {t.text.lower() for t in tokenize(slot.description)}
    if said & {"km", "kg", "lb", "cm", "mi", "ft", "oz", "g"} and words[0].isascii():
        return words[0]
    written = re.sub(r"^[\d.,\s+-]+", "", value.text).strip()
    if not written.isascii():
        return value.value if slot.description.isascii() else written
    return (
        value.value
        if len(written) == 1 and value.value in ("celsius", "fahrenheit", "kelvin")
        else written
    )


def _arrays(slot: Slot, text: str) -> Iterator[Offer]:
    inner, _ = resolve(slot.schema.get("items", {}), slot.schema)
    if inner.get("enum"):
        item = Slot(slot.path, inner, tool_words=slot.tool_words)
        found = sorted(offer_members(item, text), key=lambda offer: offer[1].start)
        members = list(dict.fromkeys(m for score, _, m in found if score > 3))
        if members:
            yield 6, _hull([o[1] for o in found if o[0] > 3]), members
        return
    kind = kind_of(inner)
    for score, where, items in find_lists(text, kind, slot, inner):
        near = 0.6 * label_score(slot, text, where) + cue_score(slot, text, where)
        yield score + near, where, items
    if kind == "string":
        yield from _single(Slot(slot.path, {**inner, "description": slot.description}), text)


def _single(item: Slot, text: str) -> Iterator[Offer]:
    """A list of the one value that there is."""
    for score, where, argument in _strings(item, text):
        yield score - 1.5, where, [argument]


def _hull(values: Sequence[Value]) -> Value:
    start, end = min(v.start for v in values), max(v.end for v in values)
    return Value("list", start, end, None, "")


def _objects(_slot: Slot, text: str) -> Iterator[Offer]:
    for value in find_values(text):
        if value.kind == "json" and isinstance(value.value, dict):
            yield 8, value, value.value
    yield from find_pairs(text)


def _anything(slot: Slot, text: str) -> Iterator[Offer]:
    order = {"json": 6, "quoted": 5, "number": 4, "code": 3, "name": 3, "date": 2, "phrase": 1.5}
    for value in find_values(text):
        if value.kind in order:
            yield order[value.kind] + label_score(slot, text, value), value, value.value


_BY_KIND: dict[str, Callable[[Slot, str], Iterator[Offer]]] = {
    "string": _strings,
    "integer": offer_numbers,
    "number": offer_numbers,
    "boolean": offer_flags,
    "array": _arrays,
    "object": _objects,
}
