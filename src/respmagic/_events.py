"""The vocabulary of the Responses stream: which event says what about which part of an answer.

Events stay the JSON objects that came; the tables here say how to read them. Sources: the
Responses API's event list and the Open Responses specification, and what gateways send beside
them (aliases are marked). A type that stands in no table is passed over: servers send more than
any list has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["DELTAS", "PROGRESS", "TERMINAL", "TEXTS", "Event", "Target"]

Event = Mapping[str, Any]
"""One event as JSON has it; dispatch on its ``type``."""


class Target(NamedTuple):
    """Where in an item a piece of text belongs.

    Attributes:
        item: the type of the item, should it have to be opened because no event did.
        field: the item's field.
        part: the type of the part in that field's list, or "" where the field is text itself.
        key: the part's key that holds the text, or the event's key where `part` is "".
        number: the event's key that tells which part.
    """

    item: str
    field: str
    part: str = ""
    key: str = ""
    number: str = ""


_TEXT = Target("message", "content", "output_text", "text", "content_index")
_REFUSAL = Target("message", "content", "refusal", "refusal", "content_index")
_SUMMARY = Target("reasoning", "summary", "summary_text", "text", "summary_index")
_REASONING = Target("reasoning", "content", "reasoning_text", "text", "content_index")
_ARGUMENTS = Target("function_call", "arguments", key="arguments")
_INPUT = Target("custom_tool_call", "input", key="input")
_MCP_ARGUMENTS = Target("mcp_call", "arguments", key="arguments")
_CODE = Target("code_interpreter_call", "code", key="code")

DELTAS: dict[str, Target] = {
    "response.output_text.delta": _TEXT,
    "response.text.delta": _TEXT,  # alias of gateways
    "response.delta": _TEXT,  # alias of gateways
    "response.refusal.delta": _REFUSAL,
    "response.reasoning_summary_text.delta": _SUMMARY,
    "response.reasoning_text.delta": _REASONING,
    "response.reasoning.delta": _REASONING,  # Open Responses' own name
    "response.function_call_arguments.delta": _ARGUMENTS,
    "response.custom_tool_call_input.delta": _INPUT,
    "response.mcp_call_arguments.delta": _MCP_ARGUMENTS,
    "response.code_interpreter_call_code.delta": _CODE,
}
"""Events that carry a piece of text, in ``delta``."""

TEXTS: dict[str, Target] = {
    "response.output_text.done": _TEXT,
    "response.refusal.done": _REFUSAL,
    "response.reasoning_summary_text.done": _SUMMARY,
    "response.reasoning_text.done": _REASONING,
    "response.reasoning.done": _REASONING,
    "response.function_call_arguments.done": _ARGUMENTS,
    "response.custom_tool_call_input.done": _INPUT,
    "response.mcp_call_arguments.done": _MCP_ARGUMENTS,
    "response.code_interpreter_call_code.done": _CODE,
}
"""Events that carry a whole text, under the target's key."""

TERMINAL: dict[str, str] = {
    "response.completed": "completed",
    "response.done": "completed",  # the Realtime API's name, sent by some gateways
    "response.incomplete": "incomplete",
    "response.failed": "failed",
    "response.cancelled": "cancelled",
}
"""Events that end an answer, and the status they give it where the snapshot has none."""

PROGRESS: dict[str, tuple[str, str]] = {
    f"response.{item}.{status}": (item, status)
    for item, doing in (
        ("web_search_call", "searching"),
        ("file_search_call", "searching"),
        ("code_interpreter_call", "interpreting"),
        ("image_generation_call", "generating"),
        ("mcp_list_tools", "listing"),
        ("mcp_call", "calling"),
    )
    for status in ("in_progress", doing, "completed", "failed")
}
"""Events that say how far a tool of the server has come: the item's type and its new status."""
