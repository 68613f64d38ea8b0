"""Dates and times in a text, in English and Chinese, as ISO text where the text says enough.

"Tomorrow" stays "tomorrow": without a clock, which would make answers differ from day to day,
only a date that the conversation itself gives can turn it into a day of the calendar.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._spans import Value
from respmagic.demo._units import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["find_dates", "resolve"]

_MONTH = "|".join(sorted((f"{m}|{m[:3]}\\.?" for m in MONTHS), key=len, reverse=True)) + "|sept\\.?"
_DAY_EN = r"(\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = "|".join([*WEEKDAYS, *(d[:3] for d in WEEKDAYS if d not in ("sunday", "saturday"))])
_PART_OF_DAY = "早上|早晨|上午|中午|下午|傍晚|晚上|今晚|凌晨|夜里"
_DIGIT_ZH = "零一二三四五六七八九十两"


def _iso(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _month_number(word: str) -> int:
    return [m[:3] for m in MONTHS].index(word[:3].lower()) + 1


def _from_slashes(match: re.Match[str]) -> str | None:
    # 5/3/2024 is the American order, unless its first number can be no month.
    first, second = int(match[1]), int(match[2])
    month, day = (second, first) if first > 12 else (first, second)
    return _iso(match[3], month, day)


def _named(month: str, day: str, year: str | None, words: str) -> str | None:
    if year:
        return _iso(year, _month_number(month), day)
    return words.strip() if 1 <= int(day) <= 31 else None


def _numbers(match: re.Match[str]) -> str | None:
    return _iso(match[1], match[2], match[3])


def _stamp(match: re.Match[str]) -> str | None:
    day = _numbers(match)
    return day and f"{day}T{match[4]}"


def _words(match: re.Match[str]) -> str:
    return match[0].strip()


_DATE_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)", _stamp),
    (r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _numbers),
    (r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", _numbers),
    (r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)", _from_slashes),
    (
        rf"\b({_MONTH})\s+{_DAY_EN}(?!\d)(?:,?\s+(\d{{4}}))?\b",
        lambda m: _named(m[1], m[2], m[3], m[0]),
    ),
    (
        rf"\b(?:the\s+)?{_DAY_EN}\s+(?:of\s+)?({_MONTH})(?:,?\s+(\d{{4}}))?\b",
        lambda m: _named(m[2], m[1], m[3], m[0]),
    ),
    (r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]", _words),
    (rf"\b(?:{_MONTH})\s+\d{{4}}\b", _words),
    (r"\b(?:the\s+)?day\s+after\s+tomorrow\b", lambda _: "day after tomorrow"),
    (r"\b(?:today|tonight|tomorrow|yesterday)\b", _words),
    (rf"\b(?:(?:next|this|last|coming)\s+)(?:{_WEEKDAY}|week|weekend|month|year)\b", _words),
    (rf"\b({'|'.join(WEEKDAYS)})s?\b", lambda m: m[1]),
    (r"(?:下下|下|上|这|本)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]", _words),
    (r"今天|今晚|明天|明晚|后天|昨天|前天|大后天", lambda m: m[0].replace("晚", "天")),
    (r"下周|下个?月|明年|今年|去年", _words),
)


def _clock(hour: int, minute: int, second: str = "") -> str | None:
    if hour > 24 or minute > 59:
        return None
    return f"{hour % 24:02}:{minute:02}" + (f":{second}" if second else "")


def _half_day(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half.lower().startswith("p") else 0)


def _hour(match: re.Match[str]) -> str | None:
    return _clock(_half_day(int(match[1]), match[2]), 0)


def _from_han_clock(match: re.Match[str]) -> str | None:
    hour = _small_han(match[2])
    if match[1] in ("下午", "傍晚", "晚上", "今晚", "夜里") and hour < 12:
        hour += 12
    minutes = 30 if match[3] == "半" else _small_han((match[3] or "0").rstrip("分"))
    return _clock(hour, minutes)


def _small_han(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGIT_ZH.index(tens) if tens != "两" else 2
    return (_DIGIT_ZH.index(tens) if tens else 1) * 10 + (_DIGIT_ZH.index(ones) if ones else 0)


_NUMBER_ZH = rf"(?:\d{{1,2}}|[{_DIGIT_ZH}]{{1,3}})"
_TIME_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
    (
        r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap]\.?m\b\.?))?",
        lambda m: _clock(_half_day(int(m[1]), m[4]), int(m[2]), m[3] or ""),
    ),
    (r"(?<![\d:.])(\d{1,2})\s*([ap]\.?m\b\.?)", _hour),
    (r"\b(\d{1,2})\s+o'?clock(?:\s+(?:in the\s+)?(pm|afternoon|evening))?", _hour),
    (
        rf"({_PART_OF_DAY})?\s*({_NUMBER_ZH})\s*[点时](?!间|候|差)(?:钟|整)?(半|{_NUMBER_ZH}分?)?",
        _from_han_clock,
    ),
    (r"\bnoon\b|正午", lambda _: "12:00"),
    (r"\bmidnight\b|午夜", lambda _: "00:00"),
)
_TABLES = tuple(
    (kind, re.compile(form, re.IGNORECASE | re.ASCII), read)
    for kind, forms in (("date", _DATE_FORMS), ("time", _TIME_FORMS))
    for form, read in forms
)


@lru_cache(maxsize=256)
def find_dates(text: str) -> tuple[Value, ...]:
    """All dates and times of a text, in order."""
    found: list[Value] = []
    for kind, form, read in _TABLES:
        for match in form.finditer(text):
            said = read(match)
            if said is None:
                continue
            value = Value(kind, match.start(), match.end(), said, match[0].strip())
            if not any(value.overlaps(other) for other in found):
                found.append(value)
    return tuple(sorted(found, key=lambda v: v.start))


# Relative dates, where the conversation says what day it is

_TODAY = re.compile(
    r"(?:today(?:'s date)?|current date|now|今天|当前日期|现在)\D{0,12}?"
    r"(\d{4})[-年/](\d{1,2})[-月/](\d{1,2})",
    re.IGNORECASE,
)
_SHIFTS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2}
_SHIFTS |= {"今天": 0, "明天": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_SHIFTS |= {"next week": 7, "下周": 7}


def resolve(said: str, known: str) -> str:
    """A relative date as an ISO date, if `known` (what the conversation says) names today.

    Example:
        >>> resolve("tomorrow", "Today is 2026-03-01.")
        '2026-03-02'
    """
    found = _TODAY.search(known)
    today = _numbers(found) if found else None
    if today is None:
        return said
    start = date.fromisoformat(today)
    words = said.lower()
    if words in _SHIFTS:
        return (start + timedelta(days=_SHIFTS[words])).isoformat()
    weekday = next((n for n, name in enumerate(WEEKDAYS) if name in words), None)
    if weekday is None:
        return said
    return (start + timedelta(days=(weekday - start.weekday() - 1) % 7 + 1)).isoformat()
