"""How much too long an input is: in the server's numbers where it gives some, else estimated."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from respmagic._items import shortened

__all__ = ["how_long"]

_NUMBER = r"(\d[\d,_]{2,})"
_LIMITS = (
    rf"(?:maximum|max\b|limit|available|allowed|context (?:size|length))[^0-9.]{{0,60}}{_NUMBER}",
    rf"{_NUMBER}(?: tokens)? (?:maximum|max\b|limit)",
    rf"exceeds? (?:the )?(?:limit )?(?:of )?{_NUMBER}",
)
_BEFORE_SIZE = r"(?:resulted in|requested|contains|count \(|too long:?|you (?:sent|have)|input of)"
_SIZES = (
    rf"{_BEFORE_SIZE}(?: about| only| a total of)?[ (]{{0,2}}{_NUMBER}",
    rf"{_NUMBER} (?:input )?tokens (?:exceed|were|>)",
)
# Fields in which servers tell the numbers beside their words.
_LIMIT_FIELDS = ("n_ctx", "max_context_length", "context_length", "limit")
_SIZE_FIELDS = ("n_prompt_tokens", "prompt_tokens", "input_tokens")


def how_long(message: str, error: Any, sent: Mapping[str, Any] | None) -> str:
    """The numbers that help: how long the input is, and how long it may be.

    Args:
        message: the server's words.
        error: its error object, for servers that tell the numbers there.
        sent: the body that was sent, to estimate from; images and files do not count in it.

    Returns:
        A few words, or "" if nothing is known.
    """
    fields = error if isinstance(error, Mapping) else {}
    limit = _told(fields, _LIMIT_FIELDS) or _found(_LIMITS, message)
    size = _told(fields, _SIZE_FIELDS) or _found(_SIZES, message)
    if size and limit and size > limit:
        return f"{size:,} tokens, {size - limit:,} more than the {limit:,} it takes"
    estimate = len(shortened(json.dumps(sent, ensure_ascii=False))) // 4 if sent else 0
    own = f"some {estimate:,} tokens by our estimate" if estimate else ""
    return ", ".join(filter(None, (own, f"and it takes {limit:,}" if limit else "")))


def _told(fields: Mapping[str, Any], names: tuple[str, ...]) -> int:
    values = (fields.get(name) for name in names)
    return next((v for v in values if isinstance(v, int) and not isinstance(v, bool)), 0)


def _found(patterns: tuple[str, ...], message: str) -> int:
    matches = (re.search(pattern, message, re.IGNORECASE) for pattern in patterns)
    return next((int(re.sub("[,_]", "", match[1])) for match in matches if match), 0)
