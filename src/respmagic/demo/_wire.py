"""What goes out: response objects, their items, and the events that build them up."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = [
    "MODEL",
    "Answer",
    "PlannedCall",
    "count_tokens",
    "encode_event",
    "encode_json",
    "events",
    "input_item",
    "response",
]

MODEL = "respmagic-demo"


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A function call that the model wants made."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model decided: calls to make, or else a text."""

    calls: tuple[PlannedCall, ...] = ()
    text: str = ""


# What a request may set and a response repeats, with the value that stands where nothing was set.
_ECHOED: dict[str, Any] = {
    "background": False,
    "frequency_penalty": 0.0,
    "instructions": None,
    "max_output_tokens": None,
    "max_tool_calls": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "presence_penalty": 0.0,
    "previous_response_id": None,
    "prompt_cache_key": None,
    "safety_identifier": None,
    "store": True,
    "temperature": 1.0,
    "tool_choice": "auto",
    "tools": [],
    "top_logprobs": 0,
    "top_p": 1.0,
    "truncation": "disabled",
}


def response(
    body: Mapping[str, Any],
    answer: Answer,
    *,
    salt: str,
    created_at: int,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The finished response object.

    Args:
        body: the request, whose settings a response repeats.
        answer: what the model decided.
        salt: makes the ids differ between requests with one body.
        created_at: Unix time in seconds.
        earlier: the items before the input that the server remembers: these are read, too.
    """
    seed = salt + json.dumps(body, sort_keys=True, ensure_ascii=False)
    limit = body.get("max_output_tokens")
    output, used, cut = _output_items(answer, seed, limit)
    read = count_tokens(_spoken(body, earlier))
    return {
        "id": _id("resp", seed),
        "object": "response",
        "created_at": created_at,
        "completed_at": None if cut else created_at,
        "status": "incomplete" if cut else "completed",
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
        "model": MODEL,
        "output": output,
        **{name: _echo(body, name) for name in _ECHOED},
        "reasoning": {"effort": None, "summary": None, **(body.get("reasoning") or {})},
        "service_tier": "default",
        "text": {"format": {"type": "text"}, "verbosity": "medium", **(body.get("text") or {})},
        "usage": {
            "input_tokens": read,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": used,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": read + used,
        },
        "user": body.get("user"),
    }


def _echo(body: Mapping[str, Any], name: str) -> Any:
    value = body.get(name)
    if value is None:
        return _ECHOED[name]
    if name == "tools":
        return [_echo_tool(tool) for tool in value]
    if name == "tool_choice" and isinstance(value, dict) and value.get("type") == "allowed_tools":
        return {"mode": "auto", **value}
    return value


def _echo_tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    if tool["type"] != "function":
        return dict(tool)
    return {"description": None, "parameters": None, "strict": False, **tool}


def _spoken(body: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]) -> str:
    """All of the request that a model would read; ids differ each time, and would count so."""
    read = [body.get("instructions"), _without_ids(body.get("input")), body.get("tools")]
    read += [_without_ids(list(earlier))] if earlier else []
    return "\n".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in read)


def _without_ids(items: Any) -> Any:
    if not isinstance(items, list):
        return items
    return [
        {key: value for key, value in item.items() if key not in ("id", "call_id")}
        if isinstance(item, dict)
        else item
        for item in items
    ]


def _id(prefix: str, *seeds: object) -> str:
    return f"{prefix}_{hashlib.sha256(repr(seeds).encode()).hexdigest()[:24]}"


def input_item(item: Mapping[str, Any], response_id: str, index: int) -> dict[str, Any]:
    """An item of the input as the endpoint lists it: with an id, and a message's text in a part."""
    listed = {"id": _id("item", response_id, index), **item}
    if item.get("type", "message") == "message" and isinstance(item.get("content"), str):
        kind = "output_text" if item.get("role") == "assistant" else "input_text"
        part = {"type": kind, "text": item["content"]}
        extra: dict[str, Any] = {"annotations": []} if kind == "output_text" else {}
        listed |= {"type": "message", "status": "completed", "content": [{**part, **extra}]}
    return listed


# Tokens: a word, up to three digits, or any other single character. A real tokenizer differs by a
# third or so; what a demo needs is that the number grows with the text and is always the same.
_TOKEN = re.compile(r"[^\W\d_\u3040-\u9fff\uac00-\ud7af]+|\d{1,3}|[^\s]")


def count_tokens(text: str) -> int:
    """How many tokens a text counts as."""
    return sum(1 for _ in _TOKEN.finditer(text))


def _cut(text: str, tokens: int) -> str:
    ends = [match.end() for match in _TOKEN.finditer(text)]
    return text if len(ends) <= tokens else text[: ends[tokens - 1]]


def _output_items(
    answer: Answer, seed: str, limit: int | None
) -> tuple[list[dict[str, Any]], int, bool]:
    """The items, what they count as, and whether they had to be cut short."""
    if not answer.calls:
        text = answer.text if limit is None else _cut(answer.text, limit)
        cut = text != answer.text
        return [_message(text, seed, cut=cut)], count_tokens(text), cut
    items: list[dict[str, Any]] = []
    used = 0
    for index, call in enumerate(answer.calls):
        arguments = json.dumps(dict(call.arguments), ensure_ascii=False)
        used += count_tokens(call.name + " " + arguments)
        if limit is not None and used > limit:
            return items, limit, True
        items.append(_function_call(call.name, arguments, seed, index))
    return items, used, False


def _message(text: str, seed: str, *, cut: bool) -> dict[str, Any]:
    return {
        "id": _id("msg", seed),
        "type": "message",
        "status": "incomplete" if cut else "completed",
        "role": "assistant",
        "content": [_part(text)],
    }


def _part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def _function_call(name: str, arguments: str, seed: str, index: int) -> dict[str, Any]:
    return {
        "id": _id("fc", seed, index),
        "type": "function_call",
        "status": "completed",
        "call_id": _id("call", seed, index),
        "name": name,
        "arguments": arguments,
    }


# Events


def events(final: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The events that tell a finished response, in the order of the specification."""
    opened = {**final, "status": "in_progress", "output": [], "usage": None}
    opened |= {"completed_at": None, "incomplete_details": None}
    told: list[dict[str, Any]] = [
        {"type": "response.created", "response": opened},
        {"type": "response.in_progress", "response": opened},
    ]
    number = 0
    for event in told:
        yield {**event, "sequence_number": number}
        number += 1
    for index, item in enumerate(final["output"]):
        tell = _tell_message if item["type"] == "message" else _tell_call
        for event in tell(item):
            yield {**event, "output_index": index, "sequence_number": number}
            number += 1
    end = f"response.{final['status']}"
    yield {"type": end, "response": dict(final), "sequence_number": number}


def _tell_message(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    part = item["content"][0]
    at = {"item_id": item["id"], "content_index": 0}
    text = part["text"]
    added = {**item, "status": "in_progress", "content": []}
    yield {"type": "response.output_item.added", "item": added}
    yield {"type": "response.content_part.added", **at, "part": _part("")}
    for delta in _pieces(text, _WORDS):
        yield {"type": "response.output_text.delta", **at, "delta": delta, "logprobs": []}
    yield {"type": "response.output_text.done", **at, "text": text, "logprobs": []}
    yield {"type": "response.content_part.done", **at, "part": part}
    yield {"type": "response.output_item.done", "item": dict(item)}


def _tell_call(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    at = {"item_id": item["id"]}
    arguments = item["arguments"]
    added = {**item, "status": "in_progress", "arguments": ""}
    yield {"type": "response.output_item.added", "item": added}
    for delta in _pieces(arguments, _DOZENS):
        yield {"type": "response.function_call_arguments.delta", **at, "delta": delta}
    done = {"name": item["name"], "arguments": arguments}
    yield {"type": "response.function_call_arguments.done", **at, **done}
    yield {"type": "response.output_item.done", "item": dict(item)}


# Every character belongs to exactly one piece: what is joined again is what was cut.
_HAN, _STOPS = r"\u3040-\u9fff", r"[\u3000-\u303f\uff00-\uffef]*"
_WORDS = re.compile(rf"\s*(?:[{_HAN}]{{1,2}}{_STOPS}|[^\s{_HAN}]+)|\s+")
_DOZENS = re.compile(r"(?s).{1,12}")


def _pieces(text: str, pattern: re.Pattern[str]) -> Sequence[str]:
    return pattern.findall(text)


def encode_event(event: Mapping[str, Any]) -> bytes:
    """One event as the bytes of a server-sent event."""
    data = encode_json(event, separators=(",", ":"))
    return b"event: %b\ndata: %b\n\n" % (event["type"].encode(), data)


def encode_json(value: Any, separators: tuple[str, str] | None = None) -> bytes:
    """JSON as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=separators)
    # A lone surrogate, which JSON can say and UTF-8 cannot, would stop many a reader: "?" for it.
    return text.encode("utf-8", "replace")
