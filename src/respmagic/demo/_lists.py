"""Lists in a text: "5, 3 and 9", "apple, banana and cherry", "milk: 2, eggs: 12"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from respmagic.demo._columns import ENUMERATED
from respmagic.demo._lexicon import is_chinese, keys, tokenize
from respmagic.demo._roles import role_of
from respmagic.demo._spans import Offer, Value
from respmagic.demo._values import find_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from respmagic.demo._schema import Slot

__all__ = ["find_lists", "find_pairs", "runs"]

_GAP = re.compile(
    r"[\s,、;&/]*(?:\b(?:and|or|then|plus)\b|和|与|及|以及|跟)?[\s,、]*(?:\b(?:the|an?|my)\s+)?",
    re.IGNORECASE,
)
_AND = r"\s*[,、;\n]\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+|\s*(?:和|与|以及|及)\s*"
_PAIR = re.compile(
    r"[\"']?([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff-]*)[\"']?\s*[=:]\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s,;}]+))"
)
_EASY = (
    "quoted",
    "name",
    "code",
    "email",
    "url",
    "path",
    "date",
    "color",
    "domain",
    "ip",
    "language",
    "currency",
)


def find_lists(
    text: str, kind: str, slot: Slot, item: Mapping[str, Any]
) -> Iterator[tuple[float, Value, list[Any]]]:
    """All lists whose elements could be of the wanted kind."""
    for value in find_values(text):
        if value.kind == "json" and isinstance(value.value, list):
            yield 8, value, value.value
    wanted = ("number",) if kind in ("number", "integer") else _kinds(slot, kind)
    best = 1
    for run in runs(text, wanted):
        best = max(best, len(run))
        values = [v.value for v in run]
        where = Value("list", run[0].start, run[-1].end, None, text[run[0].start : run[-1].end])
        # A lone number is a list only if nothing else is to be had.
        yield (5 + 0.2 * len(run) if len(run) > 1 else 1.5), where, values
    if role_of(slot).name == "variable":
        yield from _enumerated(text)
    if kind in ("string", "any"):
        yield from _labelled(text, slot)
        for score, where, items in _word_lists(text, slot):
            # Words of which some are known as values make a longer list than these alone.
            longer = bool(best > 1 and len(items) > best)
            yield score + (1.5 + 0.2 * len(items)) * longer, where, items
    del item


def _kinds(slot: Slot, kind: str) -> tuple[str, ...]:
    if kind != "string":
        return (*_EASY, "number")
    fitting = role_of(slot).kinds
    return tuple(k for k, weight in fitting.items() if weight >= 2 and k != "phrase") or _EASY


def runs(text: str, kinds: Sequence[str]) -> list[list[Value]]:
    """Values of some kinds that follow one another with only commas and "and" between."""
    found: list[list[Value]] = []
    for value in find_values(text):
        if value.kind not in kinds or (found and found[-1][-1].overlaps(value)):
            continue
        if (
            found
            and _alike(found[-1][-1], value)
            and _GAP.fullmatch(text[found[-1][-1].end : value.start])
        ):
            found[-1].append(value)
        else:
            found.append([value])
    return found


def _alike(one: Value, other: Value) -> bool:
    """Whether two values can stand in one list: a file is no neighbour of a name."""
    return one.kind == other.kind or not {one.kind, other.kind} & {"path", "url", "email", "date"}


def _word_lists(text: str, slot: Slot) -> Iterator[tuple[float, Value, list[Any]]]:
    """Plain words: what stands after a colon, or between the verb and the end."""
    for match in re.finditer(r":\s*([^:.。!?\n]+)", text):
        items = _items(match[1], frozenset())
        if items:
            yield (5.5 if len(items) > 1 else 3), _span(text, match.start(1), items), items
    tool = keys(slot.tool_words)
    for match in re.finditer(r"[^:.。!?\n]+", text):
        items = _items(match[0], tool)
        if len(items) > 1:
            yield 4, _span(text, match.start(), items), items


def _enumerated(text: str) -> Iterator[tuple[float, Value, list[Any]]]:
    """Single words one after the other, as names of columns are: "name, age and city"."""
    for match in ENUMERATED.finditer(text):
        items = [*re.split(r",\s*", match[1]), match[2]]
        if not any(t.filler for item in items for t in tokenize(item)):
            yield 5.5, _span(text, match.start(), items), items


def _labelled(text: str, slot: Slot) -> Iterator[tuple[float, Value, list[Any]]]:
    """What follows the parameter's own name: "with tags home and urgent"."""
    named = frozenset(key for t in tokenize(slot.name.replace("_", " ")) for key in t.keys)
    for token in tokenize(text):
        if token.filler or not token.keys & named:
            continue
        found = _LABELLED.match(text, token.end)
        items = [i.strip() for i in re.split(_AND, found[1])] if found else []
        while items and any(t.filler or t.known for t in tokenize(items[-1])[1:]):
            items.pop()  # "and pin it" is no tag
        if items and all(not t.filler for i in items for t in tokenize(i)[:1]):
            yield 7, _span(text, token.end, items), items


_ITEM = r"[\w#-]+(?: (?!(?:and|or|with|in|to|for|on|at|by|from|into|as|every|each|until)\b)[\w-]+)?"
_LABELLED = re.compile(
    rf"\s*(?:(?:are|is|of)\b|[:=])?\s*((?:{_ITEM})(?:\s*(?:,|、|\band\b|和)\s*(?:and\s+)?{_ITEM})*)"
)


def _span(text: str, start: int, items: Sequence[str]) -> Value:
    """Where a list stands, without the words around it."""
    begin = end = text.index(items[0], start)
    for item in items:
        end = text.index(item, end) + len(item)
    return Value("list", begin, end, None, text[begin:end])


def _items(text: str, tool: frozenset[str]) -> list[str]:
    parts = [part for part in re.split(_AND, text.strip()) if part.strip()]
    if len(parts) > 1:
        parts = [
            _trim(parts[0], tool, first=True),
            *parts[1:-1],
            _trim(parts[-1], tool, first=False),
        ]
    parts = [part.strip(" \"'“”") for part in parts]
    short = all(
        len(part.split()) <= 4 and (len(part) < 9 or not is_chinese(part)) for part in parts
    )
    return parts if short and all(parts) else []


def _trim(part: str, tool: frozenset[str], *, first: bool) -> str:
    """Cut off the words that belong to the request, not to the list."""
    tokens = tokenize(part)
    if first:
        inner = [t.end for t in tokens if t.filler or t.keys & tool]
        return part[max(inner) :] if inner and max(inner) < len(part) else part
    outer = [t.start for t in tokens if t.filler or t.keys & tool or t.text.endswith("ly")]
    return part[: min(outer)] if outer and min(outer) > 0 else part


def find_pairs(text: str) -> Iterator[Offer]:
    """Keys with values: "color=red, size: 4"."""
    pairs = list(_PAIR.finditer(text))
    if not pairs:
        return
    found = {m[1]: _plain(next(g for g in m.groups()[1:] if g is not None)) for m in pairs}
    yield 5, Value("json", pairs[0].start(), pairs[-1].end(), found, ""), found


def _plain(word: str) -> Any:
    words = {"true": True, "false": False, "null": None, "yes": True, "no": False}
    if word.lower() in words:
        return words[word.lower()]
    try:
        return int(word) if re.fullmatch(r"-?\d+", word) else float(word)
    except ValueError:
        return word
