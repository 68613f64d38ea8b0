"""What servers say, in few words: events of a Responses stream, chunks of a chat stream.

Each builder returns the whole stream in order, as dicts for `Reply.sse`; `as_body` and
`chat_body` turn it into the answer without streaming. Ids follow from the response's own id:
"resp_1" holds "msg_1_0" (0 is the output index) and "call_1_0", "call_1_1" (counting calls), and
the chat answer "chatcmpl_1" names its calls the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Event = dict[str, Any]
Item = dict[str, Any]
Call = tuple[str, Any]  # name and arguments: an object, or text that goes out as it is

MODEL = "gpt-test"
USAGE: Mapping[str, Any] = {
    "input_tokens": 10,
    "input_tokens_details": {"cached_tokens": 0},
    "output_tokens": 5,
    "output_tokens_details": {"reasoning_tokens": 0},
    "total_tokens": 15,
}


# Responses


def text_response(text: str, *, id: str = "resp_1", **options: Any) -> list[Event]:
    """A message; options as in `stream`."""
    return stream([message(text)], id=id, **options)


def call_response(calls: Iterable[Call], *, text: str = "", **options: Any) -> list[Event]:
    """Parallel function calls, after a message if there is a text."""
    said = [message(text)] if text else []
    return stream([*said, *(function_call(*call) for call in calls)], **options)


def reasoning_response(summary: str, text: str, **options: Any) -> list[Event]:
    """A reasoning summary, then a message."""
    return stream([reasoning(summary), message(text)], **options)


def refusal_response(refusal: str, **options: Any) -> list[Event]:
    """A message that only refuses."""
    return stream([message(refusal, kind="refusal")], **options)


def incomplete_response(
    text: str, reason: str = "max_output_tokens", **options: Any
) -> list[Event]:
    """A message that ends early, and why."""
    details = {"reason": reason}
    return stream([message(text)], status="incomplete", incomplete_details=details, **options)


def failed_response(
    message: str = "The server had an error.", code: str = "server_error", **options: Any
) -> list[Event]:
    """An `error` event and then `response.failed`, as recorded; no output, no usage."""
    error = {"code": code, "message": message}
    events = stream([], status="failed", error=error, usage=None, **options)
    return _numbered([*events[:-1], error_event(message, code), events[-1]])


def error_event(
    message: str, code: str = "server_error", *, type: str = "server_error", flat: bool = False
) -> Event:
    """An `error` event, nested as servers send it or flat as the reference says."""
    error = {"code": code, "message": message, "param": None}
    return {"type": "error", **(error if flat else {"error": {"type": type, **error}})}


def message(text: str, *, kind: str = "output_text") -> Item:
    """An output message of one part: `output_text` or `refusal`."""
    extra: Item = {"annotations": [], "logprobs": []} if kind == "output_text" else {}
    part = {"type": kind, _key(kind): text, **extra}
    return {"type": "message", "role": "assistant", "content": [part]}


def reasoning(summary: str = "", *, raw: str = "") -> Item:
    """A reasoning item: with a summary, the raw reasoning, both or neither."""
    item: Item = {"type": "reasoning", "summary": []}
    if summary:
        item["summary"] = [{"type": "summary_text", "text": summary}]
    if raw:
        item["content"] = [{"type": "reasoning_text", "text": raw}]
    return item


def function_call(name: str, arguments: Any) -> Item:
    """A function call; its ids are given by `stream`."""
    return {"type": "function_call", "name": name, "arguments": _arguments(arguments)}


def stream(
    items: Iterable[Item],
    *,
    id: str = "resp_1",
    model: str = MODEL,
    usage: Mapping[str, Any] | None = USAGE,
    status: str = "completed",
    **fields: Any,
) -> list[Event]:
    """All events of a response with these output items.

    Args:
        items: may carry ids of their own.
        id: of the response; the items' ids follow from it.
        model: echoed in the snapshots.
        usage: in the last snapshot.
        status: of the response at its end, and so the name of the last event.
        fields: any other field of the response object.
    """
    output = _identified(items, _suffix(id), status)
    start = _snapshot(id, model, status="in_progress")
    end = _snapshot(id, model, status=status, output=output, usage=usage and dict(usage), **fields)
    body = (event for at, item in enumerate(output) for event in _item_events(item, at))
    return _numbered(
        [
            {"type": "response.created", "response": start},
            {"type": "response.in_progress", "response": start},
            *body,
            {"type": f"response.{status}", "response": end},
        ]
    )


def as_body(events: list[Event]) -> Event:
    """The response object of the last event: the answer without streaming."""
    response: Event = events[-1]["response"]
    return response


def _snapshot(id: str, model: str, **fields: Any) -> Event:
    return {
        "id": id,
        "object": "response",
        "created_at": 1700000000,
        "status": None,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "max_output_tokens": None,
        "model": model,
        "output": [],
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None},
        "store": False,
        "temperature": 1.0,
        "text": {"format": {"type": "text"}},
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "truncation": "disabled",
        "usage": None,
        "user": None,
        "metadata": {},
    } | fields


def _identified(items: Iterable[Item], suffix: str, status: str) -> list[Item]:
    """The items with ids; the last one shares the status of a response that ended early."""
    prefixes = {"message": "msg", "reasoning": "rs", "function_call": "fc"}
    output: list[Item] = []
    calls = 0
    for at, item in enumerate(items):
        ids = {"id": f"{prefixes.get(item['type'], 'item')}_{suffix}_{at}", "status": "completed"}
        if item["type"] == "function_call":
            ids["call_id"] = f"call_{suffix}_{calls}"
            calls += 1
        output.append(ids | item)
    if output and status == "incomplete":
        output[-1]["status"] = status
    return output


def _item_events(item: Item, at: int) -> Iterator[Event]:
    where = {"item_id": item["id"], "output_index": at}
    empty = {"arguments": "", "content": [], "summary": []}
    opened = item | {key: value for key, value in empty.items() if key in item}
    opened["status"] = "in_progress"
    yield {"type": "response.output_item.added", "output_index": at, "item": opened}
    for index, part in enumerate(item.get("summary", [])):
        place = where | {"summary_index": index}
        yield from _part_events(part, place, "response.reasoning_summary_part")
    for index, part in enumerate(item.get("content", [])):
        yield from _part_events(part, where | {"content_index": index}, "response.content_part")
    if "arguments" in item:
        stem = "response.function_call_arguments"
        yield from _text_events(stem, where, "arguments", item["arguments"])
    yield {"type": "response.output_item.done", "output_index": at, "item": item}


def _part_events(part: Item, place: Event, stem: str) -> Iterator[Event]:
    kind, key = part["type"], _key(part["type"])
    text_stem = {"summary_text": "response.reasoning_summary_text"}.get(kind, f"response.{kind}")
    yield {"type": f"{stem}.added", **place, "part": part | {key: ""}}
    yield from _text_events(text_stem, place, key, part[key], logprobs=kind == "output_text")
    yield {"type": f"{stem}.done", **place, "part": part}


def _text_events(
    stem: str, place: Event, key: str, text: str, *, logprobs: bool = False
) -> Iterator[Event]:
    extra: Event = {"logprobs": []} if logprobs else {}
    for delta in _tokens(text):
        yield {"type": f"{stem}.delta", **place, "delta": delta, **extra}
    yield {"type": f"{stem}.done", **place, key: text, **extra}


def _key(kind: str) -> str:
    return "refusal" if kind == "refusal" else "text"


def _numbered(events: Iterable[Event]) -> list[Event]:
    return [event | {"sequence_number": number} for number, event in enumerate(events)]


# Chat completions


def chat_text(
    text: str, *, reasoning: str = "", finish: str = "stop", **options: Any
) -> list[Event]:
    """A message, after its `reasoning_content` if there is any; options as in `chat_stream`."""
    deltas = [{"reasoning_content": token} for token in _tokens(reasoning)]
    deltas += [{"content": token} for token in _tokens(text)]
    return chat_stream(deltas, finish=finish, **options)


def chat_calls(
    calls: Iterable[Call], *, text: str = "", id: str = "chatcmpl_1", **options: Any
) -> list[Event]:
    """Parallel tool calls, after a text if there is one; their arguments come in pieces."""
    deltas: list[Event] = [{"content": token} for token in _tokens(text)]
    for at, (name, arguments) in enumerate(calls):
        head = {"id": f"call_{_suffix(id)}_{at}", "type": "function"}
        function = {"name": name, "arguments": ""}
        deltas.append({"tool_calls": [{"index": at, **head, "function": function}]})
        for token in _tokens(_arguments(arguments)):
            deltas.append({"tool_calls": [{"index": at, "function": {"arguments": token}}]})
    return chat_stream(deltas, id=id, **{"finish": "tool_calls", **options})


def chat_stream(
    deltas: Iterable[Event],
    *,
    id: str = "chatcmpl_1",
    model: str = MODEL,
    usage: Mapping[str, Any] | None = USAGE,
    finish: str | None = "stop",
) -> list[Event]:
    """All chunks of a chat answer with these deltas.

    Args:
        deltas: what each chunk's choice adds.
        id: of the answer.
        model: echoed in each chunk.
        usage: in the Responses' words; it comes in a last chunk without choices.
        finish: the finish reason; None leaves it out.
    """
    frame = {"id": id, "object": "chat.completion.chunk", "created": 1700000000, "model": model}

    def chunk(delta: Event, reason: str | None = None) -> Event:
        return frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

    chunks = [chunk({"role": "assistant", "content": ""}), *map(chunk, deltas)]
    if finish:
        chunks.append(chunk({}, finish))
    if usage:
        chunks.append(frame | {"choices": [], "usage": _chat_usage(usage)})
    return chunks


def chat_body(chunks: list[Event]) -> Event:
    """The chat.completion that the chunks add up to: the answer without streaming."""
    message: Event = {"role": "assistant", "content": None}
    calls: list[Event] = []
    finish = None
    for choice in (choice for chunk in chunks for choice in chunk["choices"]):
        finish = choice["finish_reason"] or finish
        for key in ("content", "reasoning_content"):
            if added := choice["delta"].get(key):
                message[key] = (message.get(key) or "") + added
        for part in choice["delta"].get("tool_calls", []):
            _add_call(calls, part)
    if calls:
        message["tool_calls"] = calls
    body = {key: chunks[0][key] for key in ("id", "created", "model")}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    usage = {key: chunks[-1][key] for key in ("usage",) if key in chunks[-1]}
    return body | {"object": "chat.completion", "choices": choices} | usage


def _add_call(calls: list[Event], part: Event) -> None:
    if "id" in part:
        calls.append(
            {key: part[key] for key in ("id", "type")} | {"function": {**part["function"]}}
        )
    else:
        calls[part["index"]]["function"]["arguments"] += part["function"]["arguments"]


def _chat_usage(usage: Mapping[str, Any]) -> Event:
    words = {"input": "prompt", "output": "completion"}
    return {re.sub("^(input|output)", lambda m: words[m[0]], key): usage[key] for key in usage}


# Both


def _suffix(id: str) -> str:
    return id.partition("_")[2] or id


def _tokens(text: str) -> list[str]:
    """The text in pieces, as a model would say it: a word with the space before it."""
    return re.findall(r"\s*\S+|\s+", text)


def _arguments(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
