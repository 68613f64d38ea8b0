"""Numbers in a text: digits, words, Chinese numerals, units, signs and ranges."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import is_chinese
from respmagic.demo._spans import Value
from respmagic.demo._units import CURRENCIES, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        rf"(?<![\w.#])(?<!\d,(?=\d{{3}}(?!\d)))(?<![A-Za-z]-){_SIGN}(?:{_MONEY}\s?)?(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)"
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
    r"(?<!第)(?<!星期)(?<!周)(?<!礼拜)(?:负|零下)?"
    r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?"
)
_COUNTED_ZH = re.compile(r"[个位次份张条只件名人杯瓶颗间星晚天周年月岁斤元块度米公分小]")
_WORD_AHEAD = re.compile(r"(?![和与到至加减乘除的是、次倍面边])[\u4e00-\u9fff]")
_NOT_HAN = re.compile(r"一(?:下|些|起|共|样|直|定|般|切|旦|句|段)|万一|十分|千万别")


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
    return _UNIT_OF.get("_".join(word.lower().split()), "")


def currency_of(word: str) -> str:
    """The currency's code for any way of writing it, or ""."""
    return _CURRENCY_OF.get("_".join(word.lower().split()), "")


@lru_cache(maxsize=256)
def find_numbers(text: str) -> tuple[Value, ...]:
    """All numbers of a text in order, with unit or currency, and with their part in a range."""
    found: list[Value] = []
    for finder in (_find_digits, _find_words, _find_han):
        for value in finder(text):
            if not any(value.overlaps(other) for other in found):
                found.append(value)
    found.sort(key=lambda v: v.start)
    return tuple(_mark_bounds(text, found))


def _find_digits(text: str) -> Iterator[Value]:
    for match in _DIGITS.finditer(text):
        raw = _unsigned(text, match)
        end = match.end()
        if re.match(r"(?!x\d)[A-Za-z_]+\d*[-_]?\d|_", text[end : end + 12]):
            continue  # the start of a name such as 3f-22
        if re.search(r"(?:\bper|每)\s*$", _just_before(text, match.start())):
            continue  # "per 100 km" is part of a unit
        digits = re.sub(r"[^\d.eE+-]", "", re.sub(r"minus|negative|负|零下|−", "-", raw))
        number = float(digits) if re.search(r"[.eE]", digits) else int(digits)
        if not math.isfinite(float(digits)):
            continue  # more than a float holds: nothing can be worked out with it
        scale = _SCALE.match(text, end)
        if scale:
            number = _whole(round(number * _SCALES[(scale[1] or scale[2]).lower()], 10))
            end = scale.end()
        sign = re.search(_MONEY, raw)
        money = currency_of(sign[0]) if sign else ""
        yield _with_unit(text, match.end() - len(raw), end, number, money)


_OPERAND = re.compile(rf"(?:\d|\)|\b(?:{_WORD}))\s*$", re.IGNORECASE)


def _unsigned(text: str, match: re.Match[str]) -> str:
    """The match without a "minus" that stands between two numbers, where it is no sign."""
    raw = match[0].lstrip()
    sign = re.match(r"minus\s+|negative\s+", raw, re.IGNORECASE)
    return raw[sign.end() :] if sign and _OPERAND.search(_just_before(text, match.start())) else raw


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _find_words(text: str) -> Iterator[Value]:
    for match in _WORDS.finditer(text):
        raw = _unsigned(text, match)
        words, end = re.findall(r"[a-z]+", raw.lower()), match.end()
        of = re.match(r"\s+of(?=\s)", text[end:])
        if words == ["one"] and (of or _NOT_ONE.search(_just_before(text, match.start()))):
            continue
        if words[0] in ("couple", "pair"):
            continue  # "couple" without "a" is two people
        if of and words[-1] in ("couple", "pair"):
            end += of.end()
        yield _with_unit(text, match.end() - len(raw), end, _from_words(words))


def _from_words(words: list[str]) -> int | float:
    negative = words[0] in ("minus", "negative")
    cut = words.index("point") if "point" in words else len(words)
    decimals = "".join(str(_SMALL[w]) for w in words[cut + 1 :])
    total = group = 0
    for word in words[:cut]:
        if word in ("dozen", "hundred"):
            group = (group or 1) * (12 if word == "dozen" else 100)
        elif word in _LARGE:
            total, group = total + (group or 1) * _LARGE[word], 0
        else:
            group += _SMALL.get(word, 0)
    return _signed(total + group, decimals, negative=negative)


def _signed(whole: int, decimals: str, *, negative: bool) -> int | float:
    value = float(f"{whole}.{decimals}") if decimals else whole
    return -value if negative else value


def _find_han(text: str) -> Iterator[Value]:
    for match in _HAN_NUMBER.finditer(text):
        raw, (start, end) = match[0], match.span()
        counts = _COUNTED_ZH.match(text, end)
        single = len(raw) == 1
        if (
            _NOT_HAN.match(text, start)
            or _NOT_HAN.match(text, start - 1)
            # Where digits count, "一个" is an article, and "三" part of a word.
            or (single and re.search(r"\d", text) and (raw == "一" or not counts))
            or (raw == "一" and _ARTICLE_ZH.match(text, end))
            or (single and not counts and _WORD_AHEAD.match(text, end))  # 九寨沟 is a place
            or set(raw) <= set("百千万亿")
            or _DAY_ZH.match(text, end)
        ):
            continue
        yield _with_unit(text, start, end, _from_han(raw))


_ARTICLE_ZH = re.compile(r"[个份张条只件位次首段篇句部列组批家]")
_DAY_ZH = re.compile(r"[月日号](?!内)")


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
    fraction = "".join(str(_DIGITS_ZH[c]) for c in decimals)
    return _signed(total + section + digit, fraction, negative=negative)


def _with_unit(text: str, start: int, end: int, number: float, money: str = "") -> Value:
    """Take the unit or currency that follows the number into the value."""
    counted = re.match(r"个(?=小时|月|星期|钟头)", text[end:])
    after = _UNIT_AFTER.match(text, end + (1 if counted else 0))
    paid = _CURRENCY_AFTER.match(text, end)
    unit = ""
    if after:  # 5K is no temperature, 5 K is
        unit = unit_of(after[1]) if after[1] not in "CFK" or end < after.start(1) else ""
    if paid and not money and (not after or len(paid[1]) >= len(after[1])):
        money = currency_of(paid[1])
        end = paid.end()
    elif after and not money:
        end = after.end()
    if unit in ("meter", "kilometer") and (rate := re.search(r"每(秒|小时|时)$", text[:start])):
        unit = "mps" if rate[1] == "秒" else "kph"
    if money:
        unit = "pound" if unit == "pound" else ""
    return Value("number", start, end, number, text[start:end], unit=unit, currency=money)


# Ranges

_ASKED = re.compile(
    r"(?:calculate|compute|evaluate|what is|what's|solve|计算|算|求)\D{0,6}$", re.IGNORECASE
)
# After these verbs "3 to 5" joins two operands, it spans no range.
_TAKES_TO = re.compile(
    r"\b(?:add|raise|raising|power|convert|change|round|set|compare|increase|append)\w*\s+$",
    re.IGNORECASE,
)
# What stands in the middle of a range, and whether the words before and after it allow one.
_GAPS: tuple[tuple[str, Callable[[str, str], object]], ...] = (
    (
        r"\s*(?:and|和|与|跟|、)\s*",
        lambda before, after: (
            re.search(r"\bbetween\s+$|介于\s*$", before, re.IGNORECASE)
            or re.match(r"\s*(?:之间|间|范围)", after)
        ),
    ),
    (r"\s*(?:to|through|until|up to)\s*", lambda before, _: not _TAKES_TO.search(before)),
    (
        r"\s*(?:-|–|—|~|\.\.|到|至)\s*",
        lambda before, after: (
            not _ASKED.search(before) and not re.match(r"\s*(?:=|等于|是多少|得多少)", after)
        ),
    ),
)
# What stands before or after one end of a range.
_ONE_SIDED = (
    (
        (
            r"\b(?:up to|at most|below|under|less than|no more than|maximum of|within)\s+$"
            r"|(?:不超过|最多|小于(?:等于)?|低于|少于|<=?)\s*$"
        ),
        r"以下|以内|之内",
        "high",
    ),
    (
        (
            r"\b(?:at least|over|above|more than|greater than|no less than|minimum of)\s+$"
            r"|(?:至少|大于(?:等于)?|高于|超过|不少于|>=?)\s*$"
        ),
        r"以上",
        "low",
    ),
)
# Outside of a range, where "or" stands between: what is below its low end or above its high one.
_OUTSIDE = re.compile(r"(?:\s*\S+){0,2}?\s*(?:or|或者?)\s+(?:\S+\s+)?", re.IGNORECASE)


def _just_before(text: str, at: int) -> str:
    """The words before a place; all of the text would take time that grows with its square."""
    return text[max(0, at - 40) : at]


def _mark_bounds(text: str, values: list[Value]) -> list[Value]:
    marked = list(values)
    for index in range(len(values) - 1):
        low, high = marked[index : index + 2]
        if not low.bound and _spans(text, low, high):
            marked[index : index + 2] = [low.with_bound("low"), high.with_bound("high")]
    marked = [v if v.bound else v.with_bound(_one_sided(text, v)) for v in marked]
    for index in range(len(marked) - 1):
        low, high = marked[index : index + 2]
        apart = _OUTSIDE.match(text, low.end, high.start)
        if apart and (low.bound, high.bound) == ("high", "low"):
            marked[index : index + 2] = [low.with_bound("low"), high.with_bound("high")]
    return marked


def _one_sided(text: str, value: Value) -> str:
    before = _just_before(text, value.start)
    for opening, closing, bound in _ONE_SIDED:
        if re.search(opening, before, re.IGNORECASE) or re.match(closing, text[value.end :]):
            return bound
    return ""


def _spans(text: str, low: Value, high: Value) -> bool:
    gap, before = text[low.end : high.start], _just_before(text, low.start)
    after = text[high.end : high.end + 20]
    spaced_minus = gap.strip() in ("-", "–") and gap != gap.strip()
    if spaced_minus or (low.unit and high.unit and low.unit != high.unit):
        return False
    return any(re.fullmatch(p, gap, re.IGNORECASE) and ok(before, after) for p, ok in _GAPS)
