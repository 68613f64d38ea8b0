"""The tokens of a chat.completion, in the Responses' words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["usage_of"]


def usage_of(data: Mapping[str, Any], choice: Mapping[str, Any]) -> dict[str, Any]:
    """The tokens that a chunk or body tells, wherever they stand; {} if it tells none."""
    places = (data.get("usage"), choice.get("usage"), _of(data, "x_groq").get("usage"))
    usage = next((place for place in places if isinstance(place, Mapping) and place), {})
    if not usage:
        return {}
    prompt, completion = (_of(usage, f"{side}_tokens_details") for side in ("prompt", "completion"))
    cached = (prompt.get("cached_tokens"), usage.get("prompt_cache_hit_tokens"))
    cached_tokens = next((n for n in (*cached, usage.get("cached_tokens")) if n is not None), None)
    return {
        **{k: v for k, v in usage.items() if not k.startswith(("prompt_", "completion_"))},
        **_given("input_tokens", usage.get("prompt_tokens")),
        **_given("output_tokens", usage.get("completion_tokens")),
        **_given("input_tokens_details", {**prompt, **_given("cached_tokens", cached_tokens)}),
        **_given("output_tokens_details", completion),
    }


def _of(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _given(key: str, value: Any) -> dict[str, Any]:
    return {} if value is None or value == {} else {key: value}
