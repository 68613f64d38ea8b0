"""How fast answers come: the wait for the first token, and tokens a second."""

from __future__ import annotations

import time
from collections.abc import Sequence

from respmagic._endpoint import Exchange
from respmagic._items import Response

__all__ = ["first_token_seconds", "pace", "tokens_per_second"]


def first_token_seconds(exchanges: Sequence[Exchange]) -> float | None:
    """From the first request to its first token; None where the answer did not stream."""
    if not exchanges or exchanges[0].sent is None or exchanges[0].first is None:
        return None
    return exchanges[0].first - exchanges[0].sent


def tokens_per_second(exchanges: Sequence[Exchange]) -> float | None:
    """The tokens that the servers counted, by the time from each first token to the last."""
    tokens, seconds = 0, 0.0
    for exchange in exchanges:
        usage = exchange.response.usage
        if usage is not None and exchange.first is not None and exchange.ended is not None:
            tokens += usage.output_tokens
            seconds += exchange.ended - exchange.first
    return tokens / seconds if tokens and seconds > 0 else None


def pace(exchanges: Sequence[Exchange]) -> str:
    """What is said of it while an answer comes; tokens are estimated until they are counted."""
    first = first_token_seconds(exchanges)
    if first is None:
        return ""
    said = f"first token after {first:.1f} s"
    last = exchanges[-1]
    if last.first is None:
        return said
    seconds = (last.ended or time.monotonic()) - last.first
    tokens = _estimated(last.response)
    return f"{said} · some {tokens / seconds:,.0f} tokens/s" if tokens and seconds >= 1 else said


def _estimated(response: Response) -> int:
    calls = sum(len(call.arguments) for call in response.function_calls)
    return (len(response.text) + len(response.reasoning) + calls) // 4
