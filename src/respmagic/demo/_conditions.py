"""Comparisons as a condition writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from respmagic.demo._lexicon import tokenize
from respmagic.demo._spans import Offer, Value

__all__ = ["conditions"]

_SIGN = (
    r"(>=|<=|==|!=|<>|>|<|=|(?:is |are |was )?(?:not )?(?:greater|more|larger|higher|less|lower"
    r"|smaller|equal|above|over|below|under|at least|at most|exactly)(?: than| to| or equal to)*"
    r"|大于等于|小于等于|不等于|不超过|大于|小于|等于|超过|低于)"
)
_CONDITION = re.compile(rf"\b([A-Za-z_]\w*)\s*{_SIGN}\s*(\"[^\"]*\"|'[^']*'|-?[\w.]+)")
_SIGN_OF = (
    (r"大于等于|at least|greater.*or equal", ">="),
    (r"小于等于|不超过|at most|less.*or equal", "<="),
    (r"不等于|not", "!="),
    (r"greater|more|larger|higher|above|over|大于|超过", ">"),
    (r"less|lower|smaller|below|under|小于|低于", "<"),
    (r"equal|exactly|等于", "="),
)


def conditions(text: str) -> Iterator[Offer]:
    """Comparisons as a condition writes them: "price is above 10" as ``price > 10``."""
    for match in _CONDITION.finditer(text):
        column, said, value = match.groups()
        if not tokenize(column)[0].filler:
            sign = next((sign for form, sign in _SIGN_OF if re.search(form, said)), said)
            condition = f"{column} {sign} {value.rstrip('.')}"
            yield 6, Value("condition", *match.span(), condition, match[0]), condition
