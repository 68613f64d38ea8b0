"""The model behind LiteLLM's proxy: a script. Runs in the proxy's process, not in the tests'."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from litellm import CustomLLM, ModelResponse, RateLimitError
from litellm.types.utils import GenericStreamingChunk

USAGE = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}


class ScriptedModel(CustomLLM):
    """Says hello, or asks for the weather and tells it."""

    async def acompletion(
        self, *args: Any, messages: list[dict[str, Any]], model_response: ModelResponse, **_: Any
    ) -> ModelResponse:
        """One whole answer."""
        text, call = _turn(messages)
        message: dict[str, Any] = {"role": "assistant", "content": text or None}
        if call:
            message["tool_calls"] = [call]
        finish = "tool_calls" if call else "stop"
        choice = {"index": 0, "message": message, "finish_reason": finish}
        return ModelResponse(choices=[choice], usage=USAGE)

    async def astreaming(
        self, *args: Any, messages: list[dict[str, Any]], **_: Any
    ) -> AsyncIterator[GenericStreamingChunk]:
        """The same in pieces."""
        text, call = _turn(messages)
        for word in text.split(" "):
            yield _chunk(word if text.startswith(word) else f" {word}")
        if call:
            yield _chunk("", call={**call, "index": 0})
        yield _chunk("", finish="tool_calls" if call else "stop")


def _turn(messages: list[dict[str, Any]]) -> tuple[str, dict[str, Any] | None]:
    """The text and the call of this turn."""
    last = messages[-1]
    if last["role"] == "tool":
        return ("It is sunny in Paris." if "sunny" in str(last["content"]) else "Who knows?"), None
    if "Too often" in str(last["content"]):
        raise RateLimitError("Slow down.", llm_provider="scripted", model="one")
    if "weather" not in str(last["content"]):
        return "Hello! How can I help?", None
    function = {"name": "get_weather", "arguments": json.dumps({"city": "Paris"})}
    return "", {"id": "call_weather", "type": "function", "function": function}


def _chunk(text: str, *, call: Any = None, finish: str = "") -> GenericStreamingChunk:
    return GenericStreamingChunk(
        text=text,
        tool_use=call,
        is_finished=bool(finish),
        finish_reason=finish,
        usage=USAGE if finish else None,
        index=0,
    )


scripted_model = ScriptedModel()
