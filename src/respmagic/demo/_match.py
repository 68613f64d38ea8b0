"""How well each value of a text suits each parameter: a table of kinds, words around, and order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from respmagic.demo._lexicon import Token, is_chinese, is_generic, keys, tokenize
from respmagic.demo._lists import find_lists, find_pairs
from respmagic.demo._numbers import currency_of, unit_of
from respmagic.demo._roles import (
    cue_words,
    dimensions_of,
    listed_members,
    rivals_of,
    role_of,
    unit_wanted,
)
from respmagic.demo._schema import MISSING, Slot, fit, kind_of, resolve
from respmagic.demo._spans import Value
from respmagic.demo._units import LANGUAGES, UNITS
from respmagic.demo._values import find_values, language_of
from respmagic.demo._words import NEGATIONS, OPPOSITES, SENTIMENT

__all__ = ["Candidate", "candidates", "label_score"]

_COUNT = frozenset(("#count", "#quantity", "#limit", "#guest", "#passenger", "#sample", "#length"))
_SMALL_NAMES = ("n", "k", "num", "size", "top", "top_k", "top_n", "amount", "times")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a parameter, and how much speaks for it."""

    score: float
    slot: Slot
    where: Value
    argument: Any


def candidates(slot: Slot, text: str) -> Iterator[Candidate]:
    """All that the text offers for one parameter."""
    find = _members if slot.enum else _BY_KIND.get(slot.kind, _anything)
    for score, where, argument in find(slot, text):
        fitted = argument if slot.enum else fit(argument, slot.schema)
        if fitted is not MISSING:
            yield Candidate(score, slot, where, fitted)


Offer = tuple[float, Value, Any]


# The words around a value


def _before(text: str, value: Value, words: int) -> list[Token]:
    """The nearest words before a value, the nearest first, up to the value before it."""
    edge = max((v.end for v in find_values(text) if v.end <= value.start and v.kind != "phrase"), default=0)
    tokens = [t for t in tokenize(text) if edge <= t.start and t.end <= value.start]
    return [t for t in reversed(tokens) if t.text.lower() not in _ARTICLES][:words]


def _after(text: str, value: Value, words: int) -> list[Token]:
    near: list[Token] = []
    for token in tokenize(text):
        if token.start >= value.end:
            if token.text in _BREAKS or len(near) == words or (near and near[-1].filler):
                break
            near.append(token)
    return near


_ARTICLES = frozenset("the a an my your our of : = is are 是 为 这个 那个 的 - \" “".split())
_BREAKS = frozenset(", . ; and or then 。 、 和 与 然后 ? !".split())


def _cue(slot: Slot, text: str, value: Value) -> str:
    """The word before a value, not counting words that only repeat the parameter's name."""
    near = _before(text, value, 3)
    own = [t for t in near if not t.keys & _name_keys(slot) or t.filler]
    return own[0].text.lower() if own else ""


@lru_cache(maxsize=1024)
def _name_keys(slot: Slot) -> frozenset[str]:
    words = " ".join(slot.path).replace("_", " ")
    return frozenset(key for token in tokenize(words) for key in token.keys) - _WEAK_KEYS


@lru_cache(maxsize=1024)
def _said_keys(description: str) -> frozenset[str]:
    return frozenset(
        key for t in tokenize(description) if not t.filler and not is_generic(t) for key in t.keys
    )


_WEAK_KEYS = frozenset(("of", "to", "in", "#target", "#source", "#destination", "#end", "#start"))


def label_score(slot: Slot, text: str, value: Value) -> float:
    """What the words beside a value say about the parameter: "width 5", "30 years old"."""
    named, said = _name_keys(slot), _said_keys(slot.description)
    best = 0.0
    behind, ahead = text[value.start - 1 : value.start], text[value.end : value.end + 1]
    # In Chinese the word for it stands first: 宽3米; and a counting word may name it: 六面.
    beside = (behind if behind not in _CLASSIFIERS else "", ahead)
    if value.kind == "number" and any(is_chinese(c) and c in slot.description for c in beside):
        best = 3.0
    after = 0.8 if is_chinese(behind) or is_chinese(ahead) else 1.1
    for near, weight in ((_before(text, value, 3), 1.0), (_after(text, value, 2), after)):
        for distance, token in enumerate(near):
            if not token.text[0].isalnum():
                continue
            closeness = weight * (1 - 0.15 * distance)
            if token.keys & named:
                best = max(best, 4 * closeness)
            elif not token.filler and token.keys & said:
                best = max(best, 1.4 * closeness)
    return best


def _cue_score(slot: Slot, text: str, value: Value) -> float:
    cue = _cue(slot, text, value)
    if value.kind in ("unit", "currency") and _is_measure(text, value):
        cue = "from"
    if cue in rivals_of(slot):
        return -4
    return 2.5 if cue in cue_words(slot) else 0


def _is_measure(text: str, value: Value) -> bool:
    """Whether a unit stands with its number, as in "5 miles"."""
    return any(v.kind == "number" and v.overlaps(value) for v in find_values(text))


# Strings


def _strings(slot: Slot, text: str) -> Iterator[Offer]:
    role = role_of(slot)
    members = listed_members(slot)
    if members:
        for score, where, argument in _match_members(slot, text, members):
            yield score + 0.5, where, argument
    for value in find_values(text):
        base = role.kinds.get(value.kind)
        if value.kind in ("phrase", "name") and _only_names(value.text, slot.tool_words):
            continue
        if value.kind == "code" and role.name == "currency" and len(value.text) != 3:
            continue
        if base is not None:
            score = base + _cue_score(slot, text, value) + 0.75 * label_score(slot, text, value)
            yield score, value, _spelled(slot, value)
    if role.name == "variable":
        yield from _compared(text)
    if role.name == "separator":
        yield from _symbols(text)
    if role.name == "text" and slot.name in ("char", "character", "letter"):
        for m in re.finditer(r"\b(?:letter|character)\s+(\w)\b|(?<![\w'’])([b-hj-zB-HJ-Z])(?![\w'’])", text):
            yield 5, Value("letter", m.start(), m.end(), m[1] or m[2], m[0]), m[1] or m[2]


def _only_names(phrase: str, tool_words: str) -> bool:
    """Whether words only say what the tool is about: "the capital" in get_capital."""
    about = keys(tool_words)
    return all(token.filler or token.keys & about for token in tokenize(phrase))


_COMPARISON = re.compile(
    r"(\w+)\s*(>=|<=|==|!=|>|<|=|(?:is |are |was )?(?:greater|more|larger|higher|less|lower|smaller|equal|above|over|below|under)"
    r"(?: than| to| or equal to)*|大于等于|小于等于|大于|小于|等于|超过|不超过|不等于)\s*[\"'\d-]"
)
_COLUMNS = tuple(
    re.compile(form, re.ASCII)
    for form in (r"\b(\w+)\s+columns?\b", r"\bcolumns?\s+(\w+)", r"([A-Za-z]\w*)\s*列")
)
_SYMBOLS = {"comma": ",", "semicolon": ";", "colon": ":", "space": " ", "dash": "-", "hyphen": "-"}
_SYMBOLS |= {"pipe": "|", "tab": "\t", "newline": "\n", "dot": ".", "slash": "/", "逗号": ",", "空格": " "}


def _symbols(text: str) -> Iterator[Offer]:
    """Separators by their names: "by comma"."""
    for name, symbol in _SYMBOLS.items():
        for match in re.finditer(rf"(?<![A-Za-z]){name}s?(?![A-Za-z])", text, re.IGNORECASE):
            yield 5, Value("symbol", match.start(), match.end(), symbol, match[0]), symbol


_SIGNS = {
    ">": r">(?!=)|\b(?:greater|more|larger|higher) than\b(?! or)|\b(?:above|over)\b|大于(?!等)|(?<!不)超过",
    "<": r"<(?!=)|\b(?:less|lower|smaller|fewer) than\b(?! or)|\b(?:below|under)\b|小于(?!等)",
    ">=": r">=|\bat least\b|greater than or equal|大于等于|至少",
    "<=": r"<=|\bat most\b|less than or equal|小于等于|不超过|最多",
    "==": r"==|(?<![<>!])=(?!=)|\b(?:equals?|equal to|is exactly)\b|(?<![大小不]于)等于",
    "=": r"(?<![<>!=])=(?!=)|\b(?:equals?|equal to)\b|等于",
    "!=": r"!=|<>|\bnot equal\b|不等于",
}


def _compared(text: str) -> Iterator[Offer]:
    """The column of a condition: "amount > 100"."""
    for match in _COMPARISON.finditer(text):
        value = Value("code", match.start(1), match.end(1), match[1], match[1])
        yield 6, value, match[1]
    for match in (m for form in _COLUMNS for m in form.finditer(text)):
        if not tokenize(match[1])[0].filler:
            yield 6, Value("code", match.start(), match.end(), match[1], match[0]), match[1]


def _spelled(slot: Slot, value: Value) -> Any:
    """The value the way the parameter's description writes such things."""
    said = slot.description + " " + slot.name
    if value.kind == "date":
        return _date_as(value.value, said)
    if value.kind == "language":
        code = LANGUAGES[value.value].split()[0]
        if not value.text.isascii() and not slot.tool_words.isascii():
            return value.text
        short = re.search(rf"\bcode\b|\bISO\b|代码|['\"(\s]{code}['\",)\s]|['\"(](?:en|fr|es|de|zh)\b", said)
        return code if short else value.value
    if value.kind == "unit":
        return _unit_as(value, slot)
    if value.kind in ("number", "phone"):
        return value.text.strip() if value.kind == "phone" else str(value.value)
    return value.value


def _date_as(iso: str, said: str) -> str:
    form = re.search(r"\b(?:YYYY|yyyy|DD|dd|MM|mm)[-/. ]?(?:MM|mm|DD|dd|YYYY|yyyy)[-/. ]?(?:YYYY|yyyy|DD|dd)\b", said)
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
    return value.value if len(written) == 1 and value.value in ("celsius", "fahrenheit", "kelvin") else written


# Enums, and lists of members in a description


def _members(slot: Slot, text: str) -> Iterator[Offer]:
    plain = [m for m in slot.enum if isinstance(m, str)]
    yield from _match_members(slot, text, plain)
    for member in slot.enum:
        if isinstance(member, int | float) and not isinstance(member, bool):
            for value in find_values(text):
                if value.kind == "number" and value.value == member:
                    yield 4 + label_score(slot, text, value), value, member


def _match_members(slot: Slot, text: str, members: Sequence[str]) -> Iterator[Offer]:
    for member in members:
        for score, value in _places(member, text, members):
            near = _cue_score(slot, text, value) + 0.5 * label_score(slot, text, value)
            yield score + near, value, member
    yield from _described_members(slot, text, members)


def _places(member: str, text: str, members: Sequence[str]) -> Iterator[tuple[float, Value]]:
    """Where a text means a member of a list, the surest signs first."""
    words = re.escape(member).replace("_", r"[\s_-]?").replace(r"\-", r"[\s_-]?")
    edge = (r"(?<![A-Za-z0-9_])", r"(?![A-Za-z0-9_])") if member.isascii() else ("", "")
    for m in re.finditer(edge[0] + words + edge[1], text, re.IGNORECASE):
        if len(member) > 1 or m[0] == member:
            yield 6.5, Value("member", m.start(), m.end(), member, m[0])
    for m in re.finditer(_SIGNS.get(member, "(?!)"), text):
        yield 6, Value("member", m.start(), m.end(), member, m[0])
    canonical = {c for c in (unit_of(member), currency_of(member), language_of(member)) if c}
    for value in find_values(text):
        if value.kind in ("unit", "currency", "language") and value.value in canonical:
            yield 6, value
        elif value.kind == "expression" and "#" + value.unit in _member_keys(member):
            yield 6.2, Value("operator", value.start, value.start, member, value.text)
    felt = SENTIMENT.get(member.lower(), frozenset())
    for token in tokenize(text):
        if token.text.lower() in felt:
            yield 4, Value("member", token.start, token.end, member, token.text)
    own = _member_keys(member)
    others = frozenset().union(*(_member_keys(m) for m in members if m != member))
    for token in tokenize(text):
        shared = token.keys & own
        if shared and (shared - others or len(members) == 1):
            weak = token.filler and not any(k.startswith("#") for k in shared - others)
            if not weak and not (token.filler and len(token.text) > 4):
                exact = 4.5 if not token.filler else 3.2
                yield exact, Value("member", token.start, token.end, member, token.text)


@lru_cache(maxsize=1024)
def _member_keys(member: str) -> frozenset[str]:
    spaced = re.sub(r"(?<=\w)[-_](?=\w)", " ", member)
    return frozenset(key for token in tokenize(spaced) for key in token.keys)


def _described_members(slot: Slot, text: str, members: Sequence[str]) -> Iterator[Offer]:
    """Members that the description explains: the frame "sales" because it has a "revenue"."""
    starts = [(slot.description.find(m), m) for m in members if len(m) > 1]
    starts = sorted((at, m) for at, m in starts if at >= 0)
    asked = keys(text)
    for (at, member), (end, _) in zip(starts, [*starts[1:], (None, "")], strict=False):
        explained = _said_keys(slot.description[at + len(member) : end])
        shared = {k for k in explained & asked if not k.startswith("#")}
        if shared:
            yield 2 + 0.3 * len(shared), Value("member", 0, 0, member, ""), member


# Numbers


def _numbers(slot: Slot, text: str) -> Iterator[Offer]:
    for value in find_values(text):
        if value.kind == "number":
            score = _number_score(slot, text, value)
            yield score, value, _converted(slot, value, text)
        elif value.kind == "date" and "#year" in _name_keys(slot):
            year = re.match(r"\d{4}", str(value.value))
            if year:
                yield 4, value, int(year[0])


def _number_score(slot: Slot, text: str, value: Value) -> float:
    named = _name_keys(slot)
    score = 2 + label_score(slot, text, value)
    score += _bound_score(named | _said_ends(slot), value)
    score += _measure_score(slot, named, value)
    following = _after(text, value, 1)
    counted = following and (following[0].text in _CLASSIFIERS or not following[0].filler)
    if counted and not value.unit and (named & _COUNT or slot.name in _SMALL_NAMES):
        score += 1.6
    score += _cue_score(slot, text, value)
    return score if slot.kind != "integer" or value.value == int(value.value) else score - 2


_CLASSIFIERS = frozenset("个 位 次 份 张 条 只 件 名 人 本 台 杯 瓶".split())


def _said_ends(slot: Slot) -> frozenset[str]:
    """What the first words of a description say about a parameter with a vague name."""
    first = tokenize(slot.description)[:3]
    return frozenset(k for t in first for k in t.keys) & frozenset(("#minimum", "#maximum"))


def _bound_score(named: frozenset[str], value: Value) -> float:
    is_low = bool(named & {"#minimum", "#start", "low"})
    is_high = bool(named & {"#maximum", "#end", "high", "#limit"})
    if not value.bound:
        return 0
    if is_low == is_high:
        return -2.5
    return 5 if (value.bound == "low") == is_low else -5


def _measure_score(slot: Slot, named: frozenset[str], value: Value) -> float:
    """Metres suit a height, dollars a price, and neither suits a count."""
    wanted = dimensions_of(slot)
    measured = "money" if value.currency else UNITS[value.unit][0] if value.unit else ""
    if value.unit == "degree" and "temperature" not in wanted:
        measured = "angle" if "angle" in wanted else measured
    if not measured:
        return 0
    if measured in wanted:
        return 4 if unit_wanted(slot) != value.unit else 5
    if named & {"#number", "#quantity"} or slot.name in ("value", "amount", "x", "number"):
        return 1.0
    return -4 if wanted or named & _COUNT else -0.5


def _converted(slot: Slot, value: Value, text: str) -> Any:
    """The number in the unit that the parameter's name asks for: 2 hours as 120 minutes."""
    wanted, given = unit_wanted(slot), value.unit
    if given == "percent" and "percent" in dimensions_of(slot) and _as_fraction(slot):
        return round(value.value / 100, 10)
    if not wanted or not given or wanted == given or "temperature" in (UNITS[wanted][0], UNITS[given][0]):
        return value.value
    dimension, size, _ = UNITS[given]
    if dimension != UNITS[wanted][0]:
        return value.value
    if dimension == "time" and {wanted, given} == {"night", "day"}:
        return value.value
    number = round(value.value * size / UNITS[wanted][1], 6)
    return int(number) if number == int(number) else number


def _as_fraction(slot: Slot) -> bool:
    highest = slot.schema.get("maximum")
    words = r"decimal|fraction|0\.\d|between 0 and 1|小数"
    return highest == 1 or re.search(words, slot.description, re.IGNORECASE) is not None


# Flags


def _flags(slot: Slot, text: str) -> Iterator[Offer]:
    stated = re.search(
        rf"\b{re.escape(slot.name)}\s*(?:[=:]|is|to)?\s*(true|false|yes|no|on|off)\b", text, re.IGNORECASE
    )
    if stated:
        where = Value("flag", stated.start(), stated.start(), None, "")
        yield 9, where, stated[1].lower() in ("true", "yes", "on")
        return
    spelled = re.search(rf"\b{re.escape(slot.name).replace('_', '[ _-]')}\b", text, re.IGNORECASE)
    if spelled and "_" in slot.name:
        yield 6, Value("flag", spelled.start(), spelled.start(), None, ""), True
    tokens = tokenize(text)
    named = [t for t in tokenize(slot.name.replace("_", " ")) if t.text.lower() not in _FLAG_VERBS]
    wanted = frozenset(k for t in named for k in t.keys)
    against = _opposite_keys(wanted)
    said = _flag_words(slot)
    for index, token in enumerate(tokens):
        where = Value("flag", token.start, token.start, None, token.text)
        said_no = _negated(tokens, index)
        if token.keys & against and not token.keys & wanted:
            yield 6, where, said_no
        elif token.keys & wanted and (not token.filler or token.text.lower() in ("on", "off")):
            yield 5, where, not said_no
        elif token.keys & said and not token.filler:
            yield 3, where, not said_no


_FLAG_VERBS = frozenset("is use with enable show has should allow do get return want needs".split())


def _flag_words(slot: Slot) -> frozenset[str]:
    """What the description adds to the name: sort(reverse) may say "descending"."""
    tool = keys(slot.tool_words)
    said = re.split(r"[;,.]|\bdefault", slot.description)[0]
    return _said_keys(said) - tool - _said_keys("whether true false if 是否 set")


def _opposite_keys(wanted: frozenset[str]) -> frozenset[str]:
    pairs = [(f"#{a}", f"#{b}") for pair in OPPOSITES for a, b in (pair, pair[::-1])]
    return frozenset(other for own, other in pairs if own in wanted)


def _negated(tokens: Sequence[Token], index: int) -> bool:
    near = [t.text.lower() for t in tokens[max(0, index - 3) : index]]
    later = [t.text.lower() for t in tokens[index + 1 : index + 3]]
    stop = frozenset("ignore ignoring disable excluding exclude skip off false insensitive".split())
    return any(w in NEGATIONS or w in stop for w in near) or "insensitive" in later


# Lists, objects, anything


def _arrays(slot: Slot, text: str) -> Iterator[Offer]:
    inner, _ = resolve(slot.schema.get("items", {}), slot.schema)
    if inner.get("enum"):
        item = Slot(slot.path, inner, tool_words=slot.tool_words)
        found = sorted(_members(item, text), key=lambda offer: offer[1].start)
        members = list(dict.fromkeys(m for score, _, m in found if score > 3))
        if members:
            yield 6, _hull([o[1] for o in found if o[0] > 3]), members
        return
    kind = kind_of(inner)
    for score, where, items in find_lists(text, kind, slot, inner):
        near = 0.6 * label_score(slot, text, where) + _cue_score(slot, text, where)
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


def _objects(slot: Slot, text: str) -> Iterator[Offer]:
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
    "integer": _numbers,
    "number": _numbers,
    "boolean": _flags,
    "array": _arrays,
    "object": _objects,
}
