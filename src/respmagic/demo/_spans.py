"""A value found in a text, with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

__all__ = ["Offer", "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """Something in a text that an argument could be.

    Attributes:
        kind: number, date, time, quoted, name, code, email, url, path, phone, color, ip, json,
            expression, unit, currency, language or phrase.
        start: where it begins in the text.
        end: where it ends.
        value: the value as an argument would have it.
        text: the words themselves.
        unit: of a number, by its own name; of an expression, the concept of its operator.
        currency: of a number, as a three-letter code.
        bound: "low" or "high" for the two ends of a range.
    """

    kind: str
    start: int
    end: int
    value: Any
    text: str
    unit: str = ""
    currency: str = ""
    bound: str = ""

    def with_bound(self, bound: str) -> Value:
        """The same number as one end of a range."""
        return replace(self, bound=bound)

    def part(self, start: int, end: int) -> Value:
        """A part of the value, by places in its text."""
        said = self.text[start:end]
        return Value(self.kind, self.start + start, self.start + end, said, said)

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end

    def overlaps(self, other: Value) -> bool:
        """Whether two values share characters."""
        return self.start < other.end and other.start < self.end


# What speaks for a value, where it stands, and what the argument would be.
Offer = tuple[float, Value, Any]
