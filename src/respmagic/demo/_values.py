"""All that could be an argument in a text: one finder a kind, the surest kinds first."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._arithmetic import find_expressions
from respmagic.demo._dates import find_dates
from respmagic.demo._lexicon import tokenize
from respmagic.demo._numbers import currency_of, find_numbers, unit_of, units_pattern
from respmagic.demo._spans import Value
from respmagic.demo._units import CRYPTO, CURRENCIES, LANGUAGES, MONTHS, THINGS, UNITS, WEEKDAYS
from respmagic.demo._words import COMMANDS, PLACES_ZH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["PERSON_ZH", "REFERENCE", "find_values", "language_of"]

# Words for what came out before.
REFERENCE = re.compile(
    r"\bthe(?: two| three| four| \d)? (?:numbers|results|values|answers)\b"
    r"|(?<!is )(?<!are )(?<!was )\bthere\b(?! (?:is|are|was|were|will))"
    r"|\b(?:the|that|this|its|their)\s+(?:\w+\s+)?(?:results?|answer|output|outcome|sum|product"
    r"|total|difference|quotient|value|numbers?|list|text|temperature|price|amount|time|date)\b"
    r"(?!\s+(?:of|between|in|for)\b)"
    r"|\b(?:result|it|its|that|them|those|these|this|their|him|her|his)\b"
    r"(?!\s+(?:is|are|week|month|year|morning|evening|weekend|time)\b)"
    r"|(?:上述|得到的|这个|该|所得|计算)?(?<!的)(?:结果|答案|得数|总和)(?!是多少)|它们?"
    r"|这些(?:数字?|数据)?|译文|译稿|那里|那儿|这个数字?|其"
)
_LANGUAGE_OF = {w: name for name, words in LANGUAGES.items() for w in words.split()[1:]}


def language_of(word: str) -> str:
    """The English name of a language for any way of writing it, or ""."""
    return _LANGUAGE_OF.get(word.lower(), "")


def _as_it_is(kind: str, start: int, end: int, text: str) -> Value:
    return Value(kind, start, end, text[start:end], text[start:end])


def _pattern(kind: str, form: str) -> Callable[[str], Iterable[Value]]:
    compiled = re.compile(form, re.ASCII)  # so that a word ends where Chinese begins

    def find(text: str) -> Iterable[Value]:
        return (_as_it_is(kind, *m.span(), text) for m in compiled.finditer(text))

    return find


_QUOTES = re.compile(
    r"\"([^\"\n]*)\"|“([^”]*)”|「([^」]*)」|『([^』]*)』|《([^》]*)》|‘([^’\n]*)’|`([^`\n]+)`"
    r"|(?<![\w])'([^'\n]+(?:'\w+[^'\n]*)*?)'(?!\w)"
)


def _find_quotes(text: str) -> Iterable[Value]:
    for match in _QUOTES.finditer(text):
        inner = next((g for g in match.groups() if g is not None), "")
        yield Value("quoted", match.start(), match.end(), inner, inner)


def _find_json(text: str) -> Iterable[Value]:
    """Objects and lists written as JSON, also with Python's quotes."""
    decoder = json.JSONDecoder()
    at = 0
    while (found := re.compile(r"[\[{]").search(text, at)) is not None:
        at = found.end()
        for tail in (text[found.start() :], text[found.start() :].replace("'", '"')):
            try:
                value, length = decoder.raw_decode(tail)
            except (ValueError, RecursionError):
                continue
            at = found.start() + length
            yield Value("json", found.start(), at, value, text[found.start() : at])
            break


def _closed_list(
    kind: str, words: Iterable[str], name: Callable[[str], str]
) -> Callable[[str], Iterable[Value]]:
    clear = [w for w in words if len(w) > 2 or not (w.isalpha() and w.isascii()) or w in _SHORT]
    form = re.compile(rf"(?<![A-Za-z])(?:{units_pattern(clear)})", re.IGNORECASE)

    def find(text: str) -> Iterable[Value]:
        # Words such as "second", "May" or "try" are left to the other finders.
        matches = (m for m in form.finditer(text) if m[0].lower() not in _AMBIGUOUS)
        return (Value(kind, *m.span(), name(m[0]), m[0]) for m in matches)

    return find


_SHORT = frozenset("km kg cm mm lb ft oz mi ml gb mb kb tb".split())
_AMBIGUOUS = frozenset(
    "second sec min bar bars real won rand ether stones may cup cups night day % 年 天 周 晚 度 "
    "码 杯 块 元 星期 升 克 米 吨 mu".split()
)


def _find_letters(text: str) -> Iterable[Value]:
    """Single letters and signs for units, only where a unit is asked for: 20 C to F."""
    for m in _LETTERS.finditer(text):
        at = m.span(1) if m[1] else m.span(2)
        yield Value("unit", *at, unit_of(m[1] or m[2]), m[1] or m[2])


_LETTERS = re.compile(
    r"(?:\b(?:to|in|into|as)\s+|°)([CFK])\b"
    r"|(?:成|为|到|多少)\s*([米克升码斤吨天年周])(?![\u4e00-\u9fff])"
)
_CODES = re.compile(
    r"#\w[\w-]*|\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Z0-9]+(?:[-_][A-Z0-9]+)*\b(?!\s*%)"
    r"|\b[A-Z]+(?:[-_]\d+)+\b|(?<![\w'])[A-Z]{2,6}(?:\.[A-Z]{1,2})?(?![\w'])"
    r"|\b[A-Za-z]+(?:_[A-Za-z0-9]+)+\b|\b[a-z]+-\d+\b",
    re.ASCII,
)
_NOT_CODES = frozenset(
    "I OK AM PM TV PC IT JSON CSV PDF SQL HTML XML API URL ID THE AND OR".split()
)


def _find_codes(text: str) -> Iterable[Value]:
    for match in _CODES.finditer(text):
        if match[0] not in _NOT_CODES:
            yield Value("code", match.start(), match.end(), match[0].lstrip("#"), match[0])


# Names

_LETTER = r"[^\W\u3400-\u9fff]"
_TITLE = r"(?:Prof|Dr|Mr|Mrs|Ms|St|Sr|Jr)\.\s+"
_CAPITAL = rf"[A-ZÀ-ÖØ-Þ](?:{_LETTER}|[’'.&-])*(?<![.'’])"
_MODEL = re.compile(rf"(?<=\w )(?:[ie]?{_CAPITAL}\s+)+(?=[\dA-Z-]*\d)[A-Z\d][A-Z\d-]*(?!\w)")
_NAME = re.compile(
    rf"(?:{_TITLE})?(?:(?<!\w)[ie])?{_CAPITAL}"
    rf"(?:(?:\s+(?:of|the|de|la|le|da|di|van|von|du|del|el|al|bin))*\s+{_CAPITAL})*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n。!?:][\"'\s]*|^\s*(?:\d+[.)]|[-*•])\s*)$")
_NOT_NAMES = frozenset([*MONTHS, *WEEKDAYS, "i", "i'm", "i'd", "i'll", "i’m"])
_AFTER_VERB = re.compile(
    r"\s+(?:(?:an?|the|my|me|us|this|that|these|those|all|some|it|for|to|up|out)\b|[\"“\d])"
)


_PLACE = re.compile(
    rf"({_CAPITAL}(?:\s+{_CAPITAL})*),\s+"
    rf"([A-Z]{{2}}(?!\w)|{_CAPITAL}(?:\s+{_CAPITAL})?(?![\w-]|\s*,|\s+(?:and|or|&)\s))"
)


def _find_places(text: str) -> Iterable[Value]:
    """One place with its state or country: "Boston, MA"; of three and more, each is its own."""
    for match in _PLACE.finditer(text):
        start = _start_of_name(text, match.start(), match.end(1))
        before = text[max(0, start - 20) : start].rstrip()
        listed = before.endswith((",", " and", " or"))
        told = match[2].isupper() or re.search(r"\b(?:in|at|for|of|to|from|near)$", before)
        if start < match.end(1) and told and not listed:
            yield _as_it_is("name", start, match.end(), text)


def _find_models(text: str) -> Iterable[Value]:
    """A make with its number: "Sony WH-1000XM5"; "task T-17" is a word with a code."""
    for match in _MODEL.finditer(text):
        if not any(t.known or t.filler for t in tokenize(match[0].split()[0].lower())):
            yield _as_it_is("name", *match.span(), text)


def _find_names(text: str) -> Iterable[Value]:
    for match in _NAME.finditer(text):
        start, end = _start_of_name(text, *match.span()), match.end()
        if start < end and text[start:end].lower() not in _NOT_NAMES:
            yield _as_it_is("name", start, end, text)


def _start_of_name(text: str, start: int, end: int) -> int:
    """The first word of a sentence has a capital, whether it is part of a name or not."""
    opens = _SENTENCE_START.search(text[max(0, start - 8) : start])
    return _skip_common(text, start, end) if opens else start


def _skip_common(text: str, start: int, end: int) -> int:
    """Where the name begins if a sentence begins with it: "Book Paris" -> at "Paris"."""
    word = text[start:end].split(maxsplit=1)[0]
    token = tokenize(word)[0]
    rest = start + len(word)
    common = token.filler or token.known or token.text.lower() in _NOT_NAMES | COMMANDS
    verb = rest == end and _AFTER_VERB.match(text[rest:])
    if not common and not verb:
        return start
    rest = end - len(text[rest:end].lstrip())
    return _skip_common(text, rest, end) if rest < end and text[rest].islower() else rest


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严武戴莫孔向汤"
)
_PLACES_ZH = frozenset(PLACES_ZH)
_GIVEN = "三四五六七伟芳娜敏静丽强磊军洋勇艳杰涛明超华平刚雪雷雨伦峰林玲云英梅红兰凤文斌辉"
PERSON_ZH = (
    rf"(?:小|老)[{_SURNAMES}明红华强](?![\u4e00-\u9fff]?时)"
    rf"|[{_SURNAMES}](?:小明|经理|总|老师|医生|[{_GIVEN}](?:(?!明[天早晚])[{_GIVEN}])?)"
)


def _find_cities_zh(text: str) -> Iterable[Value]:
    """Chinese has no capitals: only names that are listed are sure."""
    for token in tokenize(text):
        if token.text in _PLACES_ZH:
            yield _as_it_is("name", token.start, token.end, text)


def _find_things(text: str) -> Iterable[Value]:
    """Rooms, colours, sizes and the like: words that say by themselves what they are."""
    for token in tokenize(text):
        word = token.text.lower()
        if word in THINGS:
            kind, name = THINGS[word]
            yield Value(kind, token.start, token.end, name, token.text)
    for match in _ROOMS.finditer(text):
        yield _as_it_is("room", *match.span(), text)


_ROOMS = re.compile(r"\b(?:living|dining|guest|laundry)[ _]room\b", re.IGNORECASE)


_TERM = (
    r"(?:(?:sin|cos|tan|exp|log|ln|sqrt|abs)\s?\([^()\n]{1,30}\)|\([^()\n]{1,30}\)"
    r"|\d+(?:\.\d+)?\s?\*?\s?[a-cnp-rt-z](?![A-Za-z])|[a-cnp-rt-z](?![A-Za-z])|\d+(?:\.\d+)?)(?:\s?(?:\*\*|\^)\s?-?\d+|[²³])?"
)
# Arithmetic with a letter in it: "x**2 - 3*x", "2x + 3 = 7", "sin(x)".
_FORMULA = (
    rf"(?<![\w.-])(?=[^,;。]*?[a-cnp-rt-z])(?=\S*\s?[-+*/^=²³(])(?:-\s?)?{_TERM}(?:\s?[-+*/=]\s?{_TERM})+(?![\w])"
    r"|(?<!\w)(?:sin|cos|tan|exp|log|ln|sqrt|abs)\([^()\n]{1,30}\)|(?<!\w)[a-z](?:\*\*|\^)\d+|(?<!\w)\d*[a-z][²³]"
)
_FORMULA_FORM = re.compile(_FORMULA, re.ASCII)


def _find_formulas(text: str) -> Iterable[Value]:
    """Arithmetic with a letter in it; without one it is a sum, a date or a phone number."""
    for m in _FORMULA_FORM.finditer(text):
        if re.search(r"(?<![a-z])[a-z](?![a-z])", m[0]) and re.search(r"\d|[(*^²³]", m[0]):
            yield _as_it_is("formula", *m.span(), text)


_STREET = (
    r"\b\d+[a-z]?\s+(?:[A-Z]\w+\s+)+(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Way|Blvd"
    r"|Square|Court)\b"
    r"|\b[A-Z]\w*(?:str\.?|stra(?:ss|ß)e|weg|platz|gasse)\s+\d+[a-z]?\b|\b\d+,?\s+rue(?:\s+\w+)+"
)
_UNIT_WORDS = [w for _, _, words in UNITS.values() for w in words.split()]
_MONEY_WORDS = [w for words in CURRENCIES.values() for w in words.split()]
_FINDERS: tuple[Callable[[str], Iterable[Value]], ...] = (
    _find_json,
    _find_quotes,
    _pattern("url", r"https?://[^\s<>\"',。]+[^\s<>\"',。.!?)]|\bwww\.[^\s,。]+[^\s,。.]"),
    _pattern("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    _pattern("ip", r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    _pattern("color", r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?=\W|$)"),
    _pattern(
        "path",
        r"(?<![\w/])(?:~|\.{1,2})?/(?:[\w.-]+/?)+|\b[A-Z]:\\[\w\\.-]+"
        r"|\b(?!and/|his/|her/|she/|he/|km/)[a-z_][\w-]{2,}(?:/[\w.-]+)+/?"
        r"|\b[\w-]+(?:[./][\w-]+)*\.(?:txt|csv|json|pdf|py|md|png|jpe?g|gif|xlsx?|docx?|html?|xml"
        r"|ya?ml|log|zip|tar\.gz|parquet|ipynb|toml|sql|js|mp3|mp4)\b",
    ),
    _pattern("domain", r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cn|edu|gov|de|uk|fr|ai|app)\b"),
    _pattern("glob", r"(?<!\S)[\w./-]*\*[\w.*/-]*\.\w+(?!\S)"),
    find_dates,
    _pattern("code", r"\b(?=\w*\d)(?=\w*[A-Z])[A-Z0-9]{8,}\b"),
    _find_formulas,
    _pattern(
        "zone",
        r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific|Etc)/\w+|\bUTC(?:[+-]\d+)?\b",
    ),
    _pattern("zip", r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b"),
    _pattern("street", _STREET),
    _find_places,
    _pattern("code", r"\b[A-Z]+\d+(?:[-_]\w+)+\b"),
    _pattern(
        "code",
        r"\b(?=\w*\d|\w*[A-Z][a-z][A-Z]|\w+\(|[A-Z]{1,2}[a-z]\b)"
        r"(?:[A-Z][a-z]?\d*|\((?:[A-Z][a-z]?\d*)+\)\d*){2,}(?![\w(])|\b[A-Z][a-z]?\d+(?!\w)",
    ),
    _find_models,
    _pattern("name", PERSON_ZH),
    _pattern(
        "phone",
        r"(?<![\w.])(?:\+\d{1,3}[\s-]?)?(?:\(\d{3}\)\s?|\d{3}[-\s])\d{3,4}[-\s]\d{4}\b"
        r"|(?<![\w.])\+\d{1,3}(?:[\s-]\d{2,8}){2,5}\b"
        r"|(?<![\w.])0\d{8,10}(?!\d)|\+\d{8,15}\b|(?<!\d)1[3-9]\d{9}(?!\d)",
    ),
    find_numbers,
    _closed_list("currency", _MONEY_WORDS, currency_of),
    _closed_list("unit", _UNIT_WORDS, unit_of),
    _find_letters,
    _closed_list("language", _LANGUAGE_OF, language_of),
    _find_codes,
    _find_names,
    _find_things,
    _find_cities_zh,
)


def _measures(values: Iterable[Value]) -> list[Value]:
    """The unit or currency of every number that has one, as a value of its own."""
    return [
        replace(v, kind=kind, value=name)
        for v in values
        if v.kind == "number"
        for kind, name in (("currency", v.currency), ("unit", v.unit))
        if name
    ]


def _one_sense(values: list[Value]) -> list[Value]:
    """Pounds are weight beside kilograms, and money beside dollars."""
    own = {"unit": "pound", "currency": "GBP"}
    pounds = [v for v in values if v.kind in own and v.text.lower().endswith(_POUNDS)]
    kinds = {v.kind for v in values if v.kind in own and v not in pounds}
    if len(kinds) != 1:
        return values
    [kind] = kinds
    known = {(v.start, v.end): replace(v, kind=kind, value=own[kind]) for v in pounds}
    return [*(v for v in values if v not in pounds), *known.values()]


_POUNDS = ("pound", "pounds", "磅")


@lru_cache(maxsize=512)
def find_values(text: str) -> tuple[Value, ...]:
    """All values of a text in order; arithmetic comes besides the numbers in it."""
    found: list[Value] = []
    for finder in _FINDERS:
        for value in finder(text):
            if not any(value.overlaps(other) for other in found):
                found.append(value)
    sure = [v for v in found if v.kind not in ("number", "phrase", "name", "unit")]
    sums = find_expressions(text)
    found.extend(value for value in sums if not any(value.overlaps(other) for other in sure))
    found.extend(_measures(found))
    found = [
        replace(v, kind="crypto") if v.kind == "currency" and v.value in CRYPTO else v
        for v in _one_sense(found)
    ]
    return tuple(sorted(found, key=lambda v: (v.start, -v.end)))
