"""Answers that a server's own parser spoiled: calls left in the text, and nothing but reasoning.

Some servers find the calls in what a model wrote only where they have all of it, or only in one
dialect. Such an answer is read as it came; what may help is said beside it.
"""

from __future__ import annotations

import re

from respmagic._items import Response

__all__ = ["leak_note"]

# How models write calls before a server has parsed them: Qwen and Hermes, Llama, Mistral, DeepSeek,
# Gemma, Kimi.
_CALL = re.compile(
    r"<\|?/?(?:tool_calls?|function_calls?)\b|<function=\w|\[TOOL_CALLS\]|<\|python_tag\|>"
    r"|<｜tool▁calls?▁begin｜>|```tool_code|<\|tool_calls?_section_begin\|>"
)
_HELP = "try --no-stream, or the other --api"
_SAYING_NOTHING = frozenset({"reasoning", "message"})


def leak_note(response: Response, *, offers_tools: bool) -> str:
    """What to say beside an answer in which the server missed something; else "".

    Args:
        response: the whole answer.
        offers_tools: whether tools went along.
    """
    if response.status != "completed" or response.function_calls:
        return ""
    if offers_tools and _CALL.search(response.text or response.reasoning):
        return f"the server left a tool call in the text: {_HELP}"
    kinds = {item["type"] for item in response.output}
    is_silent = not (response.text or response.refusal) and kinds <= _SAYING_NOTHING
    if not is_silent:
        return ""
    return f"nothing {'but reasoning ' if 'reasoning' in kinds else ''}came: {_HELP}"
