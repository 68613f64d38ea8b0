"""Values spelled the way a parameter wants them, and letters and signs by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from respmagic.demo._schema import Slot
from respmagic.demo._spans import Offer, Value
from respmagic.demo._units import LANGUAGES

__all__ = ["letters", "spelled", "symbols"]


def spelled(slot: Slot, value: Value) -> Any:
    """The value the way the parameter's description writes such things."""
    if value.kind == "date":
        return _date_as(value.value, f"{slot.description} {slot.name}")
    if value.kind == "language":
        return _language_as(value, slot)
    if value.kind == "unit":
        return _unit_as(value, slot)
    if value.kind == "phone":
        return value.text.strip()
    return str(value.value) if value.kind == "number" else value.value


def _language_as(value: Value, slot: Slot) -> str:
    """A language by its code where the parameter speaks of codes, else by its name."""
    if not value.text.isascii() and not (slot.tool_words + slot.description).isascii():
        return value.text
    code = LANGUAGES[value.value].split()[0]
    form = rf"\bcode\b|\bISO\b|代码|['\"(\s]{code}['\",)\s]|['\"(](?:en|fr|es|de|zh)\b"
    return code if re.search(form, f"{slot.description} {slot.name}") else value.value


def _date_as(iso: str, said: str) -> str:
    form = re.search(r"\b(?:(?:YYYY|DD|MM)[-/. ]?){2}(?:YYYY|DD|MM)\b", said, re.IGNORECASE)
    parts = re.match(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if not form or not parts:
        return iso
    spelled = form[0].upper()
    for mark, part in zip(("YYYY", "MM", "DD"), parts.groups(), strict=True):
        spelled = spelled.replace(mark, part)
    return spelled


def _unit_as(value: Value, slot: Slot) -> str:
    """A unit by its symbol where the examples are symbols, else as the text has it."""
    written = re.sub(r"^[\d.,\s+-]+", "", value.text).strip()
    if not written.isascii():
        return value.value if slot.description.isascii() else written
    return value.value if written.lower() in ("c", "f", "k") else written


_LETTER = re.compile(
    r"\b(?:letter|character)\s+(\w)\b|(?<![\w'’])([b-hj-zB-HJ-Z])(?![\w'’])", re.IGNORECASE
)


def letters(text: str) -> Iterator[Offer]:
    """Single letters, but not the words "a" and "I"."""
    for match in _LETTER.finditer(text):
        letter = match[1] or match[2]
        yield 5, Value("letter", match.start(), match.end(), letter, match[0]), letter


_SYMBOLS = {"comma": ",", "semicolon": ";", "colon": ":", "space": " ", "dash": "-", "hyphen": "-"}
_SYMBOLS |= {"underscore": "_", "pipe": "|", "tab": "\t", "newline": "\n", "dot": ".", "slash": "/"}
_SYMBOLS |= {"下划线": "_", "逗号": ",", "空格": " "}


def symbols(text: str) -> Iterator[Offer]:
    """Separators by their names: "by comma"."""
    for name, symbol in _SYMBOLS.items():
        for match in re.finditer(rf"(?<![A-Za-z]){name}s?(?![A-Za-z])", text, re.IGNORECASE):
            yield 5, Value("symbol", match.start(), match.end(), symbol, match[0]), symbol
