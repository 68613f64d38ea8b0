"""Answers in the shape of chat.completions, as events of the Responses vocabulary.

A body that was not streamed is read as a stream of one chunk. Nothing is taken on trust: fields
are missing, null, empty or of another type at one server or another, and each of them has text,
reasoning and tool calls in places of its own.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from respmagic._accumulator import Accumulator
from respmagic._dialects._chat_calls import Assembler
from respmagic._dialects._chat_usage import usage_of
from respmagic._dialects._think_tags import Said, ThinkTags
from respmagic._dialects.error_body import told_failure
from respmagic._events import Event
from respmagic._exceptions import ProtocolError
from respmagic._items import Response

__all__ = ["ChatTranslator", "is_chat", "read_body"]

# finish_reason -> why the answer is incomplete; "length" at most servers, others at few
_INCOMPLETE = {
    "length": "max_output_tokens",
    "max_tokens": "max_output_tokens",
    "model_length": "max_output_tokens",
    "content_filter": "content_filter",
    "sensitive": "content_filter",
    "safety": "content_filter",
}
_NO_REASON = frozenset({"", "null", "none"})  # what some servers say until there is one
_FAILED = frozenset({"error", "abort", "network_error", "insufficient_system_resource"})

# kind of piece -> (type of its item, the event that carries it)
_EVENTS = {
    "text": ("message", "response.output_text.delta"),
    "refusal": ("message", "response.refusal.delta"),
    "reasoning": ("reasoning", "response.reasoning_text.delta"),
}
_EMPTY_ITEMS: dict[str, Mapping[str, Any]] = {
    "message": {"type": "message", "role": "assistant", "status": "in_progress", "content": []},
    "reasoning": {"type": "reasoning", "summary": []},
}
# field of a delta -> the type of the item that its text is written to
_WRITTEN = {"content": "message", "reasoning_content": "reasoning", "reasoning": "reasoning"}
# The fields that have reasoning as text; where several have it, it is the same.
_REASONING = ("reasoning_content", "reasoning", "thinking")
# The types of parts of a content list: what they are, and the field of their text
_PARTS = {
    "text": ("text", "text"),
    "output_text": ("text", "text"),
    "refusal": ("refusal", "refusal"),
    "thinking": ("reasoning", "thinking"),
    "reasoning": ("reasoning", "text"),
}
# The fields of reasoning details that come in pieces
_PIECEWISE = ("text", "summary", "data")
# What names an answer: the field of a response, and that of a chunk
_HEAD = (("id", "id"), ("created_at", "created"), ("model", "model"))
# What a chunk has that is no news, or that has a place of its own in a response
_FRAME = {"id", "object", "created", "model", "choices", "usage", "error", "type", "obfuscation"}
_FRAME |= {"p", "status", "output", "incomplete_details"}


def is_chat(data: Mapping[str, Any]) -> bool:
    """Whether this is of chat.completions, a body or a chunk, and not of the Responses API."""
    return "choices" in data and "type" not in data and "output" not in data


def read_body(body: Mapping[str, Any], *, think_tags: bool = True) -> Response:
    """The response in a chat.completion.

    Raises:
        ProtocolError: if there is nothing in it.
    """
    if not body.get("choices") and not body.get("error") and told_failure(body) is None:
        raise ProtocolError("the answer is a chat.completion without choices")
    accumulator, translator = Accumulator(), ChatTranslator(think_tags=think_tags)
    for event in (*translator.events(body, ""), *translator.end(sentinel=True, otherwise="stop")):
        accumulator.feed(event)
    accumulator.end(sentinel=True)
    return replace(accumulator.response(), raw=body)


class ChatTranslator:
    """Turns the chunks of one answer into Responses events; of several choices, the first."""

    def __init__(self, *, think_tags: bool = True) -> None:
        self._tags = ThinkTags() if think_tags else None
        self._calls = Assembler()
        self._details: list[dict[str, Any]] = []
        self._annotations: list[Mapping[str, Any]] = []
        self._items = 0
        self._writing = ""  # the type of the item that text or reasoning is added to
        self._index: dict[str, int] = {}  # type -> place of the newest item of it
        self._snapshot: dict[str, Any] = {"object": "response", "status": "in_progress"}
        self._extras: dict[str, Any] = {}
        self._keys: Collection[str] = ()  # of the last chunk that had a choice
        self._own: tuple[str, ...] = ()  # what that chunk had of the server's own
        self._has_failed = False
        self._finish = ""
        self._is_over = False

    def events(self, data: Mapping[str, Any], name: str) -> Sequence[Event]:
        """What one chunk amounts to; an event of the Responses API passes."""
        if name != "error" and (event := self._continued(data)) is not None:
            return (event,)
        if isinstance(kind := data.get("type"), str) and kind.startswith("response."):
            return (data,)
        choice = _first(data.get("choices"))
        self._keys = data.keys() if choice is not None else ()
        self._own = tuple(key for key in data if key not in _FRAME)
        usage = usage_of(data, choice or {})
        events: list[Event] = [*self._failure(data, name), *self._head(data, usage)]
        if choice is None:
            # The usage comes last: some servers never close the connection after it.
            return [*events, *self._end()] if self._finish and usage else events
        delta = choice.get("delta")
        if not isinstance(delta, Mapping):
            delta = self._whole(choice)
        if isinstance(delta, Mapping):
            events += self._delta(delta)
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and reason.lower() not in _NO_REASON:
            self._finish = reason.lower()
        return events

    def _continued(self, data: Mapping[str, Any]) -> Event | None:
        """The event of a chunk that only adds to what is being written, as nearly all do.

        All that it does is in `events`, too; this is the short way.
        """
        if data.keys() != self._keys or data.get("usage") or data.get("error"):
            return None
        choices = data["choices"]
        choice = choices[0] if type(choices) is list and len(choices) == 1 else None
        if type(choice) is not dict or choice.get("index") or choice.get("finish_reason"):
            return None
        delta = choice.get("delta")
        if type(delta) is not dict or "usage" in choice:
            return None
        said = [key for key, value in delta.items() if value and key != "role"]
        if len(said) != 1 or _WRITTEN.get(said[0]) != self._writing:
            return None
        text = delta[said[0]]
        if type(text) is not str or (self._writing == "message" and not self._is_plain):
            return None
        if self._own:
            self._keep_own(data)
        return {
            "type": _EVENTS["text" if self._writing == "message" else "reasoning"][1],
            "output_index": self._index[self._writing],
            "content_index": 0,
            "delta": text,
        }

    def _whole(self, choice: Mapping[str, Any]) -> Any:
        """What a choice without delta says: a text, as before there was chat, or a message.

        A stream may repeat in a message what has come in pieces.
        """
        if isinstance(text := choice.get("text"), str):
            return {"content": text}
        return choice.get("message") if not self._items else None

    @property
    def is_finishing(self) -> bool:
        """Whether the reason to finish is told: behind it comes the usage, if any."""
        return bool(self._finish)

    @property
    def _is_plain(self) -> bool:
        """Whether text cannot begin with a tag any more."""
        return self._tags is None or self._tags.is_plain

    def end(self, *, sentinel: bool, otherwise: str = "") -> Sequence[Event]:
        """What the end of the stream amounts to.

        Args:
            sentinel: whether ``[DONE]`` stood there.
            otherwise: the reason to end if none was told.
        """
        self._finish = self._finish or otherwise
        return list(self._end(is_whole=sentinel))

    def _failure(self, data: Mapping[str, Any], name: str) -> Iterator[Event]:
        """The error, if `data` is one; an ``error`` inside a choice is none."""
        is_error = data.get("error") or name == "error" or data.get("object") == "error"
        failure = None if is_error or data.get("choices") else told_failure(data)
        if not is_error and failure is None:
            return
        self._has_failed = True
        told = {"error": failure} if failure else {k: data[k] for k in data if k != "choices"}
        yield {**told, "type": "error"}

    def _head(self, data: Mapping[str, Any], usage: Mapping[str, Any]) -> Iterator[Event]:
        """What `data` says of the answer as a whole."""
        known = self._snapshot
        self._keep_own(data)
        if usage and ("usage" not in known or any(usage.values())):
            known["usage"] = usage
        if "id" in known and "model" in known:
            return
        news = {key: data[at] for key, at in _HEAD if data.get(at) and key not in known}
        if news:
            known.update(news)
            yield {"type": "response.created", "response": dict(known)}

    def _keep_own(self, data: Mapping[str, Any]) -> None:
        """Keep what `data` has of the server's own, such as its citations."""
        self._extras.update({key: data[key] for key in self._own if data[key]})

    def _delta(self, delta: Mapping[str, Any]) -> Iterator[Event]:
        for said in self._said(delta):
            yield from self._say(said)
        for entry in _entries(delta):
            yield from self._call(entry)
        if images := delta.get("images"):
            yield from self._pictures(images)
        if isinstance(annotations := delta.get("annotations"), list):
            self._annotations += [_annotation(a) for a in annotations if isinstance(a, Mapping)]

    def _said(self, delta: Mapping[str, Any]) -> Iterator[Said]:
        details = delta.get("reasoning_details")
        details = (
            [d for d in details if isinstance(d, Mapping)] if isinstance(details, list) else []
        )
        self._keep(details)
        texts = [text for key in _REASONING if isinstance(text := delta.get(key), str) and text]
        yield Said("reasoning", texts[0] if texts else _details_text(details))
        yield from self._content(delta.get("content"))
        if isinstance(refusal := delta.get("refusal"), str):
            yield Said("refusal", refusal)

    def _content(self, content: Any) -> Iterator[Said]:
        if isinstance(content, str):
            if content:
                yield from self._tags.feed(content) if self._tags else (Said("text", content),)
            return
        for part in content if isinstance(content, list) else ():
            if not isinstance(part, Mapping):
                continue
            kind, key = _PARTS.get(str(part.get("type")), ("", ""))
            if kind == "text":
                yield from self._content(part.get(key))
            elif kind:
                yield Said("refusal" if kind == "refusal" else "reasoning", _flat(part.get(key)))

    def _say(self, said: Said) -> Iterator[Event]:
        kind, text = said
        if not text:
            return
        item_type, event_type = _EVENTS[kind]
        if self._writing != item_type:
            yield self._open(_EMPTY_ITEMS[item_type])
            self._writing = item_type
        yield {
            "type": event_type,
            "output_index": self._index[item_type],
            "content_index": 0,
            "delta": text,
        }

    def _open(self, item: Mapping[str, Any]) -> Event:
        index = self._index[item["type"]] = self._items
        self._items += 1
        return {"type": "response.output_item.added", "output_index": index, "item": item}

    def _call(self, entry: Any) -> Iterator[Event]:
        known, taken = len(self._calls.calls), self._calls.take(entry)
        if taken is None:
            return
        call, text = taken
        if len(self._calls.calls) > known:
            yield from self._held()
            yield self._open(call.opened())
            call.output_index, self._writing = self._items - 1, ""
        if text:
            yield {"type": call.delta_type, "output_index": call.output_index, "delta": text}

    def _pictures(self, images: Any) -> Iterator[Event]:
        for image in images if isinstance(images, list) else ():
            if data := _base64(image):
                item = {"type": "image_generation_call", "status": "completed", "result": data}
                yield self._open(item)
                yield self._done(item)
                self._writing = ""

    def _keep(self, details: list[Mapping[str, Any]]) -> None:
        """Gather reasoning details as they are to go back: whole, though they come in pieces."""
        for piece in details:
            same = (piece.get("type"), piece.get("index"))
            kept = next((d for d in self._details if (d.get("type"), d.get("index")) == same), None)
            if kept is None:
                self._details.append(dict(piece))
                continue
            for key, value in piece.items():
                if key in _PIECEWISE and isinstance(value, str):
                    kept[key] = f"{kept.get(key) or ''}{value}"
                elif value is not None:
                    kept[key] = value

    def _held(self) -> Iterator[Event]:
        """The text that waited for the rest of a tag."""
        for said in self._tags.end() if self._tags else ():
            yield from self._say(said)

    def _end(self, *, is_whole: bool = True) -> Iterator[Event]:
        """The last events; without a reason to finish only the sentinel says that it is whole."""
        if self._is_over:
            return
        self._is_over = True
        yield from self._held()
        if self._finish or is_whole:
            yield from self._close_items(_status(self._finish))
        # After an error nothing else is told: the error is the outcome.
        is_told = bool(self._finish) and not self._has_failed
        status = _status(self._finish) if is_told else "in_progress"
        why = _reason(self._finish) if is_told else {}
        snapshot = {**self._extras, **self._snapshot, "status": status, **why}
        yield {"type": f"response.{status}", "response": snapshot}

    def _close_items(self, status: str) -> Iterator[Event]:
        if self._details:
            if "reasoning" not in self._index:  # all of it is encrypted
                yield self._open(_EMPTY_ITEMS["reasoning"])
            index = self._index["reasoning"]
            item = {**_EMPTY_ITEMS["reasoning"], "reasoning_details": self._details}
            yield self._done(item, index)
        if "message" in self._index:
            where = {"output_index": self._index["message"], "content_index": 0}
            for annotation in self._annotations:
                kind = "response.output_text.annotation.added"
                yield {"type": kind, **where, "annotation": annotation}
        # Where nothing but the sentinel tells of the end, a call that is not whole was cut off.
        for call in filter(lambda call: self._finish or call.is_whole, self._calls.calls):
            is_last = call.number == len(self._calls.calls) - 1
            ended = status if status == "incomplete" and is_last else "completed"
            yield self._done(call.closed(ended), call.output_index)

    def _done(self, item: Mapping[str, Any], index: int | None = None) -> Event:
        place = self._items - 1 if index is None else index
        return {"type": "response.output_item.done", "output_index": place, "item": item}


def _first(choices: Any) -> Mapping[str, Any] | None:
    """The choice that counts."""
    for choice in choices if isinstance(choices, list) else ():
        if isinstance(choice, Mapping) and not choice.get("index"):
            return choice
    return None


def _entries(delta: Mapping[str, Any]) -> Iterator[Any]:
    """The pieces of tool calls, the way before there were several of them last."""
    if isinstance(calls := delta.get("tool_calls"), list):
        yield from calls
    if isinstance(function := delta.get("function_call"), Mapping):
        yield {"function": function}


def _status(finish: str) -> str:
    if finish in _INCOMPLETE:
        return "incomplete"
    return "failed" if finish in _FAILED else "completed"


def _reason(finish: str) -> dict[str, Any]:
    if finish in _INCOMPLETE:
        return {"incomplete_details": {"reason": _INCOMPLETE[finish]}}
    if finish in _FAILED:
        message = f"the server ended the answer with finish_reason {finish!r}"
        return {"error": {"code": finish, "message": message}}
    return {}


def _details_text(details: list[Mapping[str, Any]]) -> str:
    return "".join(_flat(detail.get("text") or detail.get("summary")) for detail in details)


def _flat(value: Any) -> str:
    """The text of `value`, which may be a list of parts."""
    if isinstance(value, list):
        return "".join(_flat(part.get("text")) for part in value if isinstance(part, Mapping))
    return value if isinstance(value, str) else ""


def _annotation(annotation: Mapping[str, Any]) -> Mapping[str, Any]:
    """A citation without the level that chat.completions put around it."""
    kind = str(annotation.get("type"))
    inner = annotation.get(kind)
    return {"type": kind, **inner} if isinstance(inner, Mapping) else annotation


def _base64(image: Any) -> str:
    """The data of a picture that came as a data URL; those elsewhere are not fetched."""
    inner = image.get("image_url") if isinstance(image, Mapping) else None
    url = inner.get("url") if isinstance(inner, Mapping) else None
    if not isinstance(url, str) or not url.startswith("data:image/"):
        return ""
    data = url.partition(";base64,")[2]
    try:
        base64.b64decode(data, validate=True)
    except (ValueError, binascii.Error):
        return ""
    return data
