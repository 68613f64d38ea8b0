"""All that could be an argument in a text: one finder a kind, the surest kinds first."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._arithmetic import find_expressions
from respmagic.demo._dates import find_dates
from respmagic.demo._lexicon import Token, is_chinese, tokenize
from respmagic.demo._numbers import currency_of, find_numbers, unit_of, units_pattern
from respmagic.demo._spans import Value
from respmagic.demo._units import CRYPTO, CURRENCIES, LANGUAGES, MONTHS, THINGS, UNITS, WEEKDAYS
from respmagic.demo._words import COMMANDS, FILLER, PLACES_ZH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["REFERENCE", "find_values", "language_of", "month_in"]

# Words for what came out before.
REFERENCE = re.compile(
    r"\b(?:the|that|this|its|their)\s+(?:\w+\s+)?(?:results?|answer|output|outcome|sum|product"
    r"|total|"
    r"difference|quotient|value|numbers?|list|text|temperature|price|amount|time|date)\b"
    r"(?!\s+(?:of|between|in|for)\b)"
    r"|\b(?:result|it|its|that|them|those|these|this|their)\b(?!\s+(?:is|are)\b)"
    r"|(?:上述|得到的|这个|该|所得|计算)?(?<!的)(?:结果|答案|得数|总和)(?!是多少)|它们?"
    r"|这些(?:数字?|数据)?"
    r"|这个数字?|其"
)

_LANGUAGE_OF = {w: name for name, words in LANGUAGES.items() for w in words.split()[1:]}


_MONTH_NAME = re.compile("|".join(m[:3] + "[a-z]*" for m in MONTHS), re.IGNORECASE)


def month_in(value: Value) -> Value | None:
    """The name of the month in a date."""
    found = _MONTH_NAME.search(value.text)
    return value.part(*found.span()) if found else None


def language_of(word: str) -> str:
    """The English name of a language for any way of writing it, or ""."""
    return _LANGUAGE_OF.get(word.lower(), "")


def _pattern(kind: str, form: str, group: int = 0) -> Callable[[str], Iterable[Value]]:
    compiled = re.compile(form, re.ASCII)  # so that a word ends where Chinese begins

    def find(text: str) -> Iterable[Value]:
        for m in compiled.finditer(text):
            yield Value(kind, m.start(), m.end(), m[group], m[group])

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
    kind: str, words: list[str], name: Callable[[str], str]
) -> Callable[[str], Iterable[Value]]:
    clear = [w for w in words if len(w) > 2 or not (w.isalpha() and w.isascii()) or w in _SHORT]
    form = re.compile(rf"(?<![A-Za-z])(?:{units_pattern(clear)})", re.IGNORECASE)

    def find(text: str) -> Iterable[Value]:
        for m in form.finditer(text):
            # Words such as "second", "May" or "try" are left to the other finders.
            if m[0].lower() not in _AMBIGUOUS:
                yield Value(kind, m.start(), m.end(), name(m[0]), m[0])

    return find


_SHORT = frozenset("km kg cm mm lb ft oz mi ml gb mb kb tb".split())
_AMBIGUOUS = frozenset(
    "second sec min bar bars real won rand ether stones may cup cups night day % 年 天 周 晚 度 "
    "码 杯 块 元 星期 升 克 米 吨 mu".split()
)


def _find_letters(text: str) -> Iterable[Value]:
    """Single letters for units, only after "to", "in" or "as": 20 C to F."""
    for m in re.finditer(r"(?:\b(?:to|in|into|as)\s+|°)([CFK])\b", text):
        yield Value("unit", m.start(1), m.end(1), unit_of(m[1]), m[1])
    for m in re.finditer(r"(?:成|为|到|多少)\s*([米克升码斤吨天年周])(?![\u4e00-\u9fff])", text):
        yield Value("unit", m.start(1), m.end(1), unit_of(m[1]), m[1])


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
    rf"(?:{_TITLE})?(?:(?<!\w)[ie])?{_CAPITAL}(?:(?:\s+(?:of|the|de|la|le|da|di|van|von|du|del|el|al|bin))*\s+{_CAPITAL})*"
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
        start = match.start()
        if _SENTENCE_START.search(text[max(0, start - 8) : start]):
            start = _skip_common(text, start, match.end(1))
        before = text[max(0, start - 20) : start].rstrip()
        state = re.fullmatch(r"[A-Z]{2}", match[2])
        if (
            start < match.end(1)
            and not before.endswith((",", " and", " or"))
            and (state or re.search(r"\b(?:in|at|for|of|to|from|near)$", before))
        ):
            yield Value(
                "name", start, match.end(), text[start : match.end()], text[start : match.end()]
            )


def _find_models(text: str) -> Iterable[Value]:
    """A make with its number: "Sony WH-1000XM5"; "task T-17" is a word with a code."""
    for match in _MODEL.finditer(text):
        if not any(t.known or t.filler for t in tokenize(match[0].split()[0].lower())):
            yield Value("name", match.start(), match.end(), match[0], match[0])


def _find_names(text: str) -> Iterable[Value]:
    for match in _NAME.finditer(text):
        start, end = match.span()
        if _SENTENCE_START.search(text[max(0, start - 8) : start]):
            start = _skip_common(text, start, end)
        if start < end and text[start:end].lower() not in _NOT_NAMES:
            yield Value("name", start, end, text[start:end], text[start:end])


def _skip_common(text: str, start: int, end: int) -> int:
    """Where the name begins if a sentence begins with it: "Book Paris" -> at "Paris"."""
    first = re.match(r"\S+", text[start:end])
    word = first.group() if first else ""
    token = tokenize(word)[0] if word else None
    rest = start + len(word)
    common = token is not None and (
        token.filler or token.known or token.text.lower() in _NOT_NAMES | COMMANDS
    )
    verb = rest == end and _AFTER_VERB.match(text[rest:])
    if not common and not verb:
        return start
    space = re.match(r"\s*", text[rest:end])
    rest += space.end() if space else 0
    return _skip_common(text, rest, end) if rest < end and text[rest].islower() else rest


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严武戴莫孔向汤"
)
_GIVEN = "三四五六七伟芳娜敏静丽强磊军洋勇艳杰涛明超华平刚雪雷雨伦峰林玲云英梅红兰凤文斌辉"
_PERSON_ZH = (
    rf"(?:小|老)[{_SURNAMES}明红华强](?![\u4e00-\u9fff]?时)"
    rf"|[{_SURNAMES}](?:小明|经理|总|老师|医生|[{_GIVEN}](?:(?!明[天早晚])[{_GIVEN}])?)"
)


def _find_names_zh(text: str) -> Iterable[Value]:
    """Chinese has no capitals: a name is what no word list knows."""
    yield from (
        Value("name", t.start, t.end, t.text, t.text)
        for t in tokenize(text)
        if is_chinese(t.text) and not t.known and len(t.text) > 1 and not _is_label(t, text)
    )


def _is_label(token: Token, text: str) -> bool:
    """Whether a word says what the number after it is, as in "期限30年"."""
    return token.text not in PLACES_ZH and re.match(r"\s*\d", text[token.end :]) is not None


def _find_things(text: str) -> Iterable[Value]:
    """Rooms, colours, sizes and the like: words that say by themselves what they are."""
    for token in tokenize(text):
        word = token.text.lower()
        if word in _THING_OF:
            kind, name = _THING_OF[word]
            yield Value(kind, token.start, token.end, name, token.text)
    for match in _ROOMS.finditer(text):
        yield Value("room", match.start(), match.end(), match[0], match[0])


_THING_OF = {
    word: (kind, name)
    for kind, things in THINGS.items()
    for name, words in things.items()
    for word in (name, *words.split())
}
_ROOMS = re.compile(r"\b(?:living|dining|guest|laundry)[ _]room\b", re.IGNORECASE)


# "in paris", "to new york": what stands after a preposition until the next word of grammar.
_AFTER = (
    "in at for to from of about on by with near into named called titled saying as per "
    "predicting predict".split()
)


def _find_phrases(text: str) -> Iterable[Value]:
    tokens = tokenize(text)
    for index, token in enumerate(tokens):
        if token.text.lower() in _AFTER:
            run = _run(tokens, index + 1)
            if run:
                start, end = run[0].start, run[-1].end
                yield Value("phrase", start, end, text[start:end], text[start:end])


_VERSUS = re.compile(
    r"\b([a-z]\w*)\s+(?:against|vs\.?|versus|over)\s+([a-z]\w*)"
    r"|\bbetween\s+(?:the\s+)?([a-z]\w*)\s+and\s+(?:the\s+)?([a-z]\w*)"
)


def _find_versus(text: str) -> Iterable[Value]:
    """The two sides of "price against area" and of "between price and area"."""
    for match in _VERSUS.finditer(text):
        for group in (1, 2) if match[1] else (3, 4):
            if not tokenize(match[group])[0].filler:
                start, end = match.span(group)
                yield Value("phrase", start, end, match[group], match[group])


def _run(tokens: tuple[Token, ...], at: int) -> list[Token]:
    while at < len(tokens) and tokens[at].text.lower() in ("the", "a", "an", "my"):
        at += 1
    run: list[Token] = []
    for token in tokens[at : at + 5]:
        # "At most" has a meaning as a phrase; its last word alone has none.
        if token.filler or token.text.lower() in FILLER or not token.text[0].isalpha():
            break
        run.append(token)
    return run


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
    _pattern(
        "zone",
        r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific|Etc)/\w+|\bUTC(?:[+-]\d+)?\b",
    ),
    _pattern("zip", r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b"),
    _pattern("street", _STREET),
    _find_places,
    _pattern("code", r"\b[A-Z]+\d+(?:[-_]\w+)+\b"),
    _find_models,
    _pattern("name", _PERSON_ZH),
    _pattern(
        "phone",
        r"(?<![\w.])(?:\+\d{1,3}[\s-]?)?(?:\(\d{3}\)\s?|\d{3}[-\s])\d{3,4}[-\s]\d{4}\b"
        r"|(?<![\w.])\+\d{1,3}(?:[\s-]\d{2,4}){2,5}\b"
        r"|\+\d{8,15}\b|(?<!\d)1[3-9]\d{9}(?!\d)",
    ),
    find_numbers,
    _closed_list("currency", _MONEY_WORDS, currency_of),
    _closed_list("unit", _UNIT_WORDS, unit_of),
    _find_letters,
    _closed_list("language", list(_LANGUAGE_OF), language_of),
    _find_codes,
    _find_names,
    _find_things,
    _find_names_zh,
    _find_versus,
    _find_phrases,
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
    pounds = [v for v in values if v.text.lower().endswith(("pound", "pounds", "磅"))]
    kinds = {v.kind for v in values if v.kind in ("unit", "currency") and v not in pounds}
    if len(kinds) != 1 or not pounds:
        return values
    [kind] = kinds
    own = {"unit": "pound", "currency": "GBP"}
    kept = [v for v in values if v not in pounds or v.kind not in own or v.kind == kind]
    lost = {(v.start, v.end): v for v in pounds if v.kind in own}
    lost = {at: v for at, v in lost.items() if not any((k.start, k.end) == at for k in kept)}
    return [*kept, *(replace(v, kind=kind, value=own[kind]) for v in lost.values())]


def _is_crypto(value: Value) -> bool:
    return value.kind == "currency" and value.value in CRYPTO


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
    found = [replace(v, kind="crypto") if _is_crypto(v) else v for v in _one_sense(found)]
    return tuple(sorted(found, key=lambda v: (v.start, -v.end)))
