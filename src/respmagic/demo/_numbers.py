"""Numbers in a text: digits, words, Chinese numerals, units, signs and ranges."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import is_chinese
from respmagic.demo._spans import Value
from respmagic.demo._units import CURRENCIES, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["currency_of", "find_numbers", "unit_of", "units_pattern"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_ONES)} | {w: 20 + 10 * n for n, w in enumerate(_TENS)}
_SMALL |= {"couple": 2, "pair": 2, "dozen": 12}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_DIGITS_ZH = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_POWERS_ZH = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALES = {"k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "mn": 10**6}
_SCALES |= {"bn": 10**9, "billion": 10**9, "万": 10**4, "亿": 10**8, "百万": 10**6, "千": 1000}

_SIGN = r"(?:(?<![\w)\]])[-−+]|\b(?:minus|negative)\s+|负|零下)?"
_MONEY = r"(?:(?:US)?[$€£¥₹₩₽])"
_DIGITS = re.compile(
    (
        rf"(?<![\w.#])(?<!\d,)(?<![A-Za-z]-){_SIGN}(?:{_MONEY}\s?)?(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)"
        rf"|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
        rf"|(?<=\dx)\d+"
    ),
    re.ASCII,
)
_SCALE = re.compile(
    r"\s?(thousand|million|billion|bn|百万|万|亿|千(?![米克卡瓦]))|([kKM])(?![\w²])"
)
_WORD = "|".join([*_SMALL, *_LARGE])
_POINT = rf"\s+point(?:\s+(?:{'|'.join(_ONES[:10])}))+"
_WORDS = re.compile(
    (
        r"\b(?:a\s+(?=couple|dozen|hundred|thousand|million|pair))?(?:minus\s+|negative\s+)?"
        rf"(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?(?:a\s+)?)(?:{_WORD}))*\b(?:{_POINT})?"
    ),
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"\b(?:this|that|which|the|no|any|every|each|another|only)\s+$", re.IGNORECASE
)
_HAN_NUMBER = re.compile(
    r"(?<!第)(?<!星期)(?<!周)(?<!礼拜)(?:负"
    r"|零下)?[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?"
)
_COUNTED_ZH = re.compile(r"[个位次份张条只件名人杯瓶颗间星晚天周年月岁斤元块度米公分小]")
_NOT_HAN = re.compile(r"一(?:下|些|起|共|样|直|定|般|切|旦|句|段)|万一|十分|千万别")
_HALF = re.compile(
    r"\bhalf\s+an?\s+(?=hour|day|year|minute)|半(?=个?小时|天|年|分钟)", re.IGNORECASE
)


def units_pattern(words: list[str]) -> str:
    """A pattern for any of the words, the longest first, each ending where a word ends."""
    latin = sorted((w for w in words if not is_chinese(w)), key=len, reverse=True)
    han = sorted((w for w in words if is_chinese(w)), key=len, reverse=True)
    spaced = (re.escape(w).replace("_", r"\s") for w in latin)
    return rf"(?:(?:{'|'.join(spaced)})(?![A-Za-z]))|{'|'.join(map(re.escape, han))}"


_UNIT_OF = {w: name for name, (_, _, words) in reversed(UNITS.items()) for w in words.split()}
_CURRENCY_OF = {w: code for code, words in reversed(CURRENCIES.items()) for w in words.split()}
_UNIT_AFTER = re.compile(rf"[\s-]?(?:degrees?\s+)?({units_pattern(list(_UNIT_OF))})", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(rf"\s?({units_pattern(list(_CURRENCY_OF))})", re.IGNORECASE)


def unit_of(word: str) -> str:
    """The unit's own name for any way of writing it, or "" for what is no unit."""
    return _UNIT_OF.get(word.lower().replace("_", " ").strip(), "")


def currency_of(word: str) -> str:
    """The currency's code for any way of writing it, or ""."""
    return _CURRENCY_OF.get("_".join(word.lower().split()), "")


@lru_cache(maxsize=256)
def find_numbers(text: str) -> tuple[Value, ...]:
    """All numbers of a text in order, with unit or currency, and with their part in a range."""
    found: list[Value] = []
    for finder in (_find_digits, _find_words, _find_half, _find_han):
        for value in finder(text):
            if not any(value.start < v.end and v.start < value.end for v in found):
                found.append(value)
    found.sort(key=lambda v: v.start)
    return tuple(_mark_bounds(text, found))


def _find_digits(text: str) -> list[Value]:
    found = []
    for match in _DIGITS.finditer(text):
        raw = _unsigned(text, match)
        lead = len(match.group()) - len(raw)
        end = match.end()
        if re.match(r"(?!x\d)[A-Za-z_]+\d*[-_]?\d|_", text[end : end + 12]):
            continue  # the start of a name such as 3f-22
        digits = re.sub(r"[^\d.eE+-]", "", re.sub(r"minus|negative|负|零下|−", "-", raw))
        if re.search(r"(?:\bper|每)\s*$", _just_before(text, match.start())):
            continue  # "per 100 km" is part of a unit
        number = _number(float(digits.lstrip("+")), "." in digits or "e" in digits.lower(), digits)
        scale = _SCALE.match(text, end)
        if scale:
            number = _tidy(number * _SCALES[(scale.group(1) or scale.group(2)).lower()])
            end = scale.end()
        sign = re.search(_MONEY, raw)
        money = currency_of(sign.group()) if sign else ""
        found.append(_with_unit(text, match.start() + lead, end, number, money))
    return found


_OPERAND = re.compile(rf"(?:\d|\)|\b(?:{_WORD}))\s*$", re.IGNORECASE)


def _unsigned(text: str, match: re.Match[str]) -> str:
    """The match without a "minus" that stands between two numbers, where it is no sign."""
    raw = match.group().lstrip()
    sign = re.match(r"minus\s+|negative\s+", raw, re.IGNORECASE)
    return raw[sign.end() :] if sign and _OPERAND.search(_just_before(text, match.start())) else raw


def _number(value: float, fractional: bool, digits: str) -> int | float:
    return value if fractional else int(digits.lstrip("+"))


def _tidy(value: float) -> int | float:
    value = round(value, 10)
    return int(value) if value == int(value) else value


def _find_words(text: str) -> list[Value]:
    found = []
    for match in _WORDS.finditer(text):
        words = re.findall(r"[a-z]+", _unsigned(text, match).lower())
        start = match.end() - len(_unsigned(text, match))
        alone = words == ["one"]
        if alone and (
            _NOT_ONE.search(_just_before(text, match.start()))
            or re.match(r"\s+of\b", text[match.end() :])
        ):
            continue
        if words[-1] in ("couple", "pair", "dozen") and words[0] in ("couple", "pair"):
            continue  # "couple" without "a" is two people
        end = match.end()
        of = re.match(r"\s+of(?=\s)", text[end:]) if words[-1] in ("couple", "pair") else None
        end += of.end() if of else 0
        found.append(_with_unit(text, start, end, _from_words(words), ""))
    return found


def _from_words(words: list[str]) -> int | float:
    negative = words[0] in ("minus", "negative")
    decimals = ""
    if "point" in words:
        cut = words.index("point")
        decimals = "".join(str(_SMALL[w]) for w in words[cut + 1 :])
        words = words[:cut]
    total = group = 0
    for word in words:
        if word == "dozen":
            group = (group or 1) * 12
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _LARGE:
            total, group = total + (group or 1) * _LARGE[word], 0
        else:
            group += _SMALL.get(word, 0)
    value: int | float = total + group
    if decimals:
        value = float(f"{value}.{decimals}")
    return -value if negative else value


def _find_half(text: str) -> list[Value]:
    return [_with_unit(text, m.start(), m.end(), 0.5, "") for m in _HALF.finditer(text)]


def _find_han(text: str) -> list[Value]:
    found = []
    for match in _HAN_NUMBER.finditer(text):
        if _NOT_HAN.match(text, max(0, match.start())) or _NOT_HAN.match(text, match.start() - 1):
            continue
        raw = match.group()
        counts = _COUNTED_ZH.match(text, match.end())
        if len(raw) == 1 and re.search(r"\d", text) and (raw == "一" or not counts):
            continue  # where digits count, "一个" is an article, and "三" part of a word
        if set(raw) <= set("百千万亿") or re.match(r"[月日号](?!内)", text[match.end() :]):
            continue
        found.append(_with_unit(text, match.start(), match.end(), _from_han(raw), ""))
    return found


def _from_han(raw: str) -> int | float:
    negative = raw.startswith(("负", "零下"))
    raw = re.sub("^(负|零下)", "", raw)
    whole, _, decimals = raw.partition("点")
    total = section = digit = 0
    for char in whole:
        if char in _DIGITS_ZH:
            digit = digit * 10 + _DIGITS_ZH[char] if not section and digit else _DIGITS_ZH[char]
        elif _POWERS_ZH[char] >= 10**4:
            total, section, digit = total + (section + digit) * _POWERS_ZH[char], 0, 0
        else:
            section, digit = section + (digit or 1) * _POWERS_ZH[char], 0
    value: int | float = total + section + digit
    if decimals:
        value = float(f"{value}.{''.join(str(_DIGITS_ZH[c]) for c in decimals)}")
    return -value if negative else value


def _with_unit(text: str, start: int, end: int, number: float, money: str) -> Value:
    """Take the unit or currency that follows the number into the value."""
    unit = ""
    measured = re.match(r"个(?=小时|月|星期|钟头)", text[end:])
    after = _UNIT_AFTER.match(text, end + (1 if measured else 0))
    paid = _CURRENCY_AFTER.match(text, end)
    if after and not (
        len(after.group(1)) == 1 and after.group(1) in "CFK" and end == after.start(1)
    ):
        unit = unit_of(after.group(1))
    elif after:
        unit = unit_of(after.group(1).lower())
    if paid and not money and (not after or len(paid.group(1)) >= len(after.group(1))):
        money = currency_of(paid.group(1))
        end = paid.end()
    elif after and not money:
        end = after.end()
    if money:
        unit = "pound" if unit == "pound" else ""
    return Value("number", start, end, number, text[start:end], unit=unit, currency=money)


# Ranges

_GAPS: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    (r"\s*(?:and|和|与|跟|、)\s*", lambda pre, post: _opened(pre) or _closed(post)),
    (r"\s*(?:to|through|until|up to)\s*", lambda pre, _: not _takes_to(pre)),
    (r"\s*(?:-|–|—|~|\.\.|到|至)\s*", lambda pre, post: not _is_sum(pre, post)),
)
_ONE_SIDED = (
    (
        (
            r"\b(?:up to|at most|below|under|less than|no more than|maximum of|within)\s+$"
            r"|不超过\s*$|最多\s*$|小于(?:等于)?\s*$|低于\s*$|少于\s*$|<=?\s*$"
        ),
        "high",
    ),
    (
        (
            r"\b(?:at least|over|above|more than|greater than|no less than|minimum of)\s+$|至少\s*$"
            r"|大于(?:等于)?\s*$|高于\s*$|超过\s*$|不少于\s*$|>=?\s*$"
        ),
        "low",
    ),
)


# Outside of a range, where "or" stands between: what is below its low end or above its high one.
_OUTSIDE = re.compile(r"(?:\s*\S+){0,2}?\s*(?:or|或者?)\s+(?:\S+\s+)?", re.IGNORECASE)


def _just_before(text: str, at: int) -> str:
    """The words before a place; all of the text would take time that grows with its square."""
    return text[max(0, at - 40) : at]


def _opened(before: str) -> bool:
    return re.search(r"\bbetween\s+$|介于\s*$", before, re.IGNORECASE) is not None


def _closed(after: str) -> bool:
    return re.match(r"\s*(?:之间|间|范围)", after) is not None


def _takes_to(before: str) -> bool:
    """After these verbs "3 to 5" joins two operands, it spans no range."""
    pattern = (
        r"\b(?:add|raise|raising|power|convert|change|round|set|compare|increase|append)\w*\s+$"
    )
    return re.search(pattern, before, re.IGNORECASE) is not None


def _is_sum(before: str, after: str) -> bool:
    asked = r"(?:calculate|compute|evaluate|what is|what's|solve|计算|算|求)\D{0,6}$"
    return (
        re.search(asked, before, re.IGNORECASE) is not None
        or re.match(r"\s*(?:=|等于|是多少|得多少)", after) is not None
    )


def _mark_bounds(text: str, values: list[Value]) -> list[Value]:
    marked = list(values)
    for index, value in enumerate(values):
        if (
            index + 1 < len(values)
            and not marked[index].bound
            and _spans(text, value, values[index + 1])
        ):
            marked[index] = value.with_bound("low")
            marked[index + 1] = values[index + 1].with_bound("high")
    for index, value in enumerate(marked):
        if not value.bound:
            before = _just_before(text, value.start)
            bound = next((b for p, b in _ONE_SIDED if re.search(p, before, re.IGNORECASE)), "")
            after = text[value.end : value.end + 4]
            bound = bound or ("high" if re.match(r"以下|以内|之内", after) else "")
            bound = bound or ("low" if re.match(r"以上", after) else "")
            if bound:
                marked[index] = value.with_bound(bound)
    for index in range(len(marked) - 1):
        low, high = marked[index], marked[index + 1]
        apart = _OUTSIDE.match(text, low.end, high.start)
        if apart and (low.bound, high.bound) == ("high", "low"):
            marked[index : index + 2] = [low.with_bound("low"), high.with_bound("high")]
    return marked


def _spans(text: str, low: Value, high: Value) -> bool:
    gap, before = text[low.end : high.start], _just_before(text, low.start)
    after = text[high.end : high.end + 20]
    spaced_minus = gap.strip() in ("-", "–") and gap != gap.strip()
    if spaced_minus or (low.unit and high.unit and low.unit != high.unit):
        return False
    return any(re.fullmatch(p, gap, re.IGNORECASE) and ok(before, after) for p, ok in _GAPS)
