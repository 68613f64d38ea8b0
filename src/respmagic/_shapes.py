"""Output items in the shapes that gateways give them, as the Responses API has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from respmagic._items import Item

__all__ = ["item_from", "items_of"]


def items_of(body: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items of a response object; some gateways give their text and nothing else."""
    output = body.get("output")
    if isinstance(output, list) and output:
        return tuple(item_from(item) for item in output if isinstance(item, Mapping))
    text = output if isinstance(output, str) else body.get("output_text")
    return (_message(text),) if isinstance(text, str) and text else ()


def item_from(item: Mapping[str, Any]) -> Item:
    """An output item: for messages and parts some gateways send bare text, for text an object."""
    kind = item.get("type")
    if kind == "text":
        return _message(item.get("text")) | ({"id": item["id"]} if item.get("id") else {})
    if kind == "message" and (content := item.get("content")):
        return {**item, "content": _content(content)}
    if kind == "function_call" and isinstance(item.get("arguments"), Mapping):
        return {**item, "arguments": json.dumps(item["arguments"], ensure_ascii=False)}
    return item if isinstance(kind, str) else {**item, "type": ""}


def _message(text: Any) -> dict[str, Any]:
    return {"type": "message", "role": "assistant", "content": [_text(text)]}


def _content(content: Any) -> Any:
    if isinstance(content, str):
        return [_text(content)]
    return [_part(part) for part in content] if isinstance(content, list) else content


def _part(part: Any) -> Any:
    """A part of a message; some gateways write it as the input of other APIs is written."""
    if isinstance(part, str):
        return _text(part)
    if isinstance(part, Mapping) and part.get("type") == "text":
        return {**part, **_text(part.get("text"), part.get("annotations"))}
    return part


def _text(text: Any, annotations: Any = None) -> dict[str, Any]:
    return {"type": "output_text", "text": str(text or ""), "annotations": annotations or []}
