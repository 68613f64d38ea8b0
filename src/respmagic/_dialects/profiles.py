"""Gateways and their quirks, as data: nowhere else may one be told apart from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["DEMO", "OPENAI", "PLAIN", "Profile", "profile_for"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is to be known of a gateway.

    Attributes:
        name: what options call it.
        base_url: where its API begins, usually ending in ``/v1``; "" where the user says.
        key_env: the environment variable that holds its key.
        model: the model to ask where none is named.
        parameters: wire parameters that go along unless the user set them.
        chat_reasoning: the field of an assistant message that takes reasoning back in
            chat.completions, e.g. ``reasoning_content``; "" for none.
        chat_output_limit: what chat.completions calls ``max_output_tokens`` here.
    """

    name: str
    base_url: str = ""
    key_env: str = "OPENAI_API_KEY"
    model: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    chat_reasoning: str = ""
    chat_output_limit: str = "max_tokens"


DEMO = Profile("demo", "http://demo.invalid/v1", key_env="", model="respmagic-demo")
OPENAI = Profile("openai", "https://api.openai.com/v1", chat_output_limit="max_completion_tokens")
PLAIN = Profile("plain")


def profile_for(base_url: str) -> Profile:
    """The built-in profile whose address this is, or the one without quirks."""
    return OPENAI if base_url.rstrip("/") == OPENAI.base_url else PLAIN
