"""Columns of a table that a text names in passing: "amount > 100", "mean salary per team"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import tokenize
from respmagic.demo._nearby import cue_score, label_score
from respmagic.demo._spans import Offer, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from respmagic.demo._schema import Slot

__all__ = ["ENUMERATED", "offer_columns", "offer_compared", "offer_conditions"]


_SIGN = (
    r"(>=|<=|==|!=|<>|>|<|=|(?:is |are |was )?(?:not )?(?:greater|more|larger|higher|less|lower"
    r"|smaller|equal|above|over|below|under|at least|at most|exactly)(?: than| to| or equal to)*"
    r"|大于等于|小于等于|不等于|不超过|大于|小于|等于|超过|低于)"
)
_COMPARISON = re.compile(rf"(\w+)\s*(?:{_SIGN}\s*[\"'\d-]|(?:==|!=|=|[<>]=?)\s*\w)")


_COLUMNS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"\b(?:each|every|unique|distinct|different)\s+(\w+)",
        r"\b(\w+)\s+columns?\b",
        r"\bcolumns?\s+(?!is\b|called\b|named\b)(\w+)",
        r"([A-Za-z]\w*)\s*列",
    )
)


_CALLED = re.compile(r"\bcolumn\s+(?:is\s+)?(?:called|named)\s+[\"'`]?(\w+)|列名?(?:叫|是)\s*(\w+)")
_MEASURES = (
    "average|mean|sum|total|median|maximum|max|minimum|min|highest|lowest|largest|smallest|count"
)
_AGGREGATED = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        (
            rf"\b(?:{_MEASURES})\s+(?:of\s+)?(?:the\s+)?(\w+)\s+"
            r"(?:per|by|for each|grouped by|in|of|from)\b"
        ),
        r"\b(?:per|by|for each|grouped by)\s+(?:the\s+)?(\w+)",
    )
)
_AGGREGATED_ZH = tuple(
    re.compile(form)
    for form in (
        r"按照?([^\s,、。按]{1,6}?)(?:分组|排序|统计|汇总|求|计算)",
        r"([^\s,、。的求按组算]{1,6})的?(?:平均值?|均值|总和|最大值|最小值|中位数|总数)",
    )
)
_MISSING = re.compile(
    r"\b(\w+)\s+(?:is|are)\s+(?:not\s+)?(?:missing|null|empty|nan|na)\b", re.ASCII
)
_NO_COLUMNS = frozenset("row rows record records entry entries value values result results".split())
_FORMS = (_COMPARISON, _MISSING, *_COLUMNS, *_AGGREGATED, *_AGGREGATED_ZH)


ENUMERATED = re.compile(r"\b(\w+(?:,\s*\w+)*),?\s+(?:and|or)\s+(\w+)\b", re.ASCII)
_AXES = re.compile(r"\b([a-z]\w*)\s+(?:over|as a function of)\s+(?:the\s+)?([a-z]\w*)")
_ON_AXIS = re.compile(r"\b([A-Za-z]\w*)\s+(?:on|as|for|along)\s+(?:the\s+)?([xy])(?:[ -]?axis)?\b")


_SURE, _LIKELY, _POSSIBLE = 9, 6, 4


def offer_columns(slot: Slot, text: str) -> Iterator[Offer]:
    """All words of a text that stand where the name of a column stands."""
    for start, end in _named_spans(slot, text):
        yield _SURE, _column(text, start, end), text[start:end]
    for sure, spans in ((_LIKELY, _likely_spans(slot, text)), (_POSSIBLE, _enumerated(text))):
        for start, end in spans:
            value = _column(text, start, end)
            near = cue_score(slot, text, value) + 0.5 * label_score(slot, text, value)
            yield sure + near, value, value.text


def _column(text: str, start: int, end: int) -> Value:
    return Value("code", start, end, text[start:end], text[start:end])


def _named_spans(slot: Slot, text: str) -> Iterator[tuple[int, int]]:
    """Words that the text itself calls what the parameter is called: "region as rows"."""
    axis = {"y": 1, "x": 2}.get(slot.name.split("_")[0])
    for match in _AXES.finditer(text) if axis else ():
        if not tokenize(match[axis or 1])[0].filler:
            yield match.span(axis or 1)
    for match in _ON_AXIS.finditer(text):
        if match[2] == slot.name.split("_")[0]:
            yield match.span(1)
    for match in _CALLED.finditer(text):
        yield match.span(1 if match[1] else 2)
    named = re.escape(slot.name.removesuffix("s"))
    for match in re.finditer(rf"\b(\w+)\s+(?:as|for)\s+(?:the\s+)?{named}s?\b", text):
        if not tokenize(match[1])[0].filler:
            yield match.span(1)


def _likely_spans(slot: Slot, text: str) -> Iterator[tuple[int, int]]:
    """Words in the place of a column, and those that the description of a table lists."""
    for match in (m for form in _FORMS for m in form.finditer(text)):
        if not tokenize(match[1])[0].filler and match[1].lower() not in _NO_COLUMNS:
            yield match.span(1)
    for token in tokenize(text):
        if re.search(rf"[(,:]\s*{re.escape(token.text)}\b(?=\s*[,);:]|$)", slot.siblings):
            yield token.start, token.end


def _enumerated(text: str) -> Iterator[tuple[int, int]]:
    for match in ENUMERATED.finditer(text):
        if re.match(r"\s+(?:the|an?|it|them|my)\b", text[match.end() :]):
            continue  # "by region and take the max": what follows "and" is an order
        for word in re.finditer(r"\w+", match[0]):
            if word[0] not in ("and", "or") and not tokenize(word[0])[0].filler:
                yield match.start() + word.start(), match.start() + word.end()


_CONDITION = re.compile(rf"\b([A-Za-z_]\w*)\s*{_SIGN}\s*(\"[^\"]*\"|'[^']*'|-?[\w.]+)")
_SIGN_OF = (
    (r"大于等于|at least|greater.*or equal", ">="),
    (r"小于等于|不超过|at most|less.*or equal", "<="),
    (r"不等于|not", "!="),
    (r"greater|more|larger|higher|above|over|大于|超过", ">"),
    (r"less|lower|smaller|below|under|小于|低于", "<"),
    (r"equal|exactly|等于", "="),
)


def offer_conditions(_slot: Slot, text: str) -> Iterator[Offer]:
    """Comparisons as a condition writes them: "price is above 10" as ``price > 10``."""
    for match in _CONDITION.finditer(text):
        column, said, value = match.groups()
        if not tokenize(column)[0].filler:
            sign = next((sign for form, sign in _SIGN_OF if re.search(form, said)), said)
            condition = f"{column} {sign} {value.rstrip('.')}"
            yield 6, Value("condition", *match.span(), condition, match[0]), condition


def offer_compared(text: str) -> Iterator[Offer]:
    """What a column is compared with."""
    for match in _CONDITION.finditer(text):
        said = match[3].strip("\"'").rstrip(".")
        start = match.start(3)
        yield 6, Value("code", start, match.end(3), said, match[3]), said
