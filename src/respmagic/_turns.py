"""A conversation as data: which items go back to the server, and in which order.

Between requests nothing is remembered for us (``store: false``), so each request carries the items
of all before. Servers are particular about them: see the rules at each function.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from respmagic._items import FunctionCallOutput, Item

__all__ = ["continued", "replayable"]

# What an item needs to be understood again. Everything else is the server's own and may be
# refused when it comes back; ids of items that were not stored are refused by OpenAI.
_KEPT: dict[str, tuple[str, ...]] = {
    "message": ("type", "role", "content", "phase"),
    "function_call": ("type", "call_id", "name", "arguments", "namespace", "extra_content"),
    "reasoning": ("type", "id", "summary", "content", "encrypted_content", "reasoning_details"),
}


def replayable(items: Iterable[Item]) -> list[Item]:
    """The output items that may be sent again, each cleaned; the others are left out.

    Reasoning stays as far as it says anything: the dialect knows in which form the server takes
    it back. A message needs content, too.
    """
    return [_cleaned(item) for item in items if _goes_back(item)]


_SAYING = {
    "reasoning": ("encrypted_content", "content", "summary", "reasoning_details"),
    "message": ("content",),
}


def _goes_back(item: Item) -> bool:
    kind = item["type"]
    return kind in _KEPT and any(item.get(key) for key in _SAYING.get(kind, ("type",)))


def _cleaned(item: Item) -> Item:
    kept = {key: item[key] for key in _KEPT[item["type"]] if item.get(key) is not None}
    if item["type"] == "message":
        kept["role"] = item.get("role") or "assistant"
    if item["type"] == "reasoning":
        kept.setdefault("summary", [])  # OpenAI requires it
    return kept


def continued(
    items: Sequence[Item], output: Iterable[Item], outputs: Iterable[FunctionCallOutput]
) -> tuple[Item, ...]:
    """The input of the next request: what was sent, what came, what the calls gave.

    Every call stands before every output, with no message between them: one server refuses any
    other order.
    """
    answered = replayable(output)
    calls = [item for item in answered if item["type"] == "function_call"]
    others = [item for item in answered if item["type"] != "function_call"]
    ordered = answered if _calls_last(answered) else [*others, *calls]
    return (*items, *ordered, *(output.to_item() for output in outputs))


def _calls_last(items: Sequence[Item]) -> bool:
    """Whether no message follows a call; then reasoning may keep its place next to its call."""
    kinds = [item["type"] for item in items]
    return (
        "message" not in kinds[kinds.index("function_call") :] if "function_call" in kinds else True
    )
