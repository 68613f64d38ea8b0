"""How quirks of gateways are written down: one row each, with the bytes that a server sends.

The rows are `quirks_responses.ROWS` (R1 to R31) and `quirks_chat.ROWS` (C1 to C33); `test_quirks`
reads each at several chunk sizes. Where a quirk is not in an answer but in what a server wants or
refuses, its row says so and a test of its name plays it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Quirk", "frames", "pad"]


@dataclass(frozen=True, kw_only=True)
class Quirk:
    """One quirk.

    Attributes:
        what: in a few words.
        who: where it was seen.
        body: the answer's bytes; none where the quirk is in the asking.
        text: what comes of them, and so are the following; all else is to be empty.
        calls: id, name and arguments of each.
        tokens: of input and output, where the row is about them.
        error: code and message.
        raw: fields that are kept of the response as it came.
    """

    what: str
    who: str
    body: bytes = b""
    text: str = ""
    reasoning: str = ""
    refusal: str = ""
    calls: tuple[tuple[str, str, str], ...] = ()
    status: str = "completed"
    reason: str | None = None
    tokens: tuple[int, int] | None = None
    error: tuple[Any, str] | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)


def frames(lines: str) -> bytes:
    """A stream with an event a line, its data only."""
    return b"".join(b"data: %s\n\n" % line.strip().encode() for line in lines.strip().split("\n"))


def pad(lines: str, newline: str = "\n") -> bytes:
    """A body of these very lines."""
    return "".join(line.strip() + newline for line in lines.strip().split("\n")).encode() + (
        newline.encode()
    )
