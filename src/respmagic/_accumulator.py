"""Events to a `Response`: the fold, forgiving towards what servers leave out.

An item is found by its output index, else by its id, else it is the last one open; one that no
event opened is opened by its first text. A whole text replaces the pieces, a whole item replaces
what was gathered of it, and the terminal event's snapshot replaces everything, each only where it
is not empty, and nothing is ever appended twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from respmagic._events import DELTAS, PROGRESS, TERMINAL, TEXTS, Event, Target
from respmagic._items import FunctionCall, Item, Response, Usage
from respmagic._shapes import item_from, items_of

__all__ = ["Accumulator", "response_from"]

# The fields that deltas fill, should the whole item leave them empty.
_GATHERED = ("content", "summary", "arguments", "input", "code")
_OWN_FIELD = {"custom_tool_call": "input", "function_call": "arguments"}
_NAMES = ("id", "call_id")
_HEAD = ("id", "model")
_FLAT = ("output", "usage", "error")
_STATUSES = frozenset({"completed", "incomplete", "failed", "cancelled"})


class _OpenItem:
    """An item in the making."""

    def __init__(self, index: int | None, item: Item, *, announced: bool = True) -> None:
        self.index = index
        self.item = item
        self.announced = announced
        self.done = False
        self.is_said = False  # whether its text ended, and is empty
        # (field, number of the part, its type) -> (its target, its pieces of text)
        self.texts: dict[tuple[str, int, str], tuple[Target, list[str]]] = {}

    def pieces(self, target: Target, number: int) -> list[str]:
        """The list that this part's pieces go to."""
        if self.item["type"] in _OWN_FIELD and not target.part:
            # One gateway streams a function's arguments by events for custom tools.
            target = target._replace(field=_OWN_FIELD[self.item["type"]])
        return self.texts.setdefault((target.field, number, target.part), (target, []))[1]

    def is_named(self, name: Any) -> bool:
        """Whether this is the item of that id (or call id: some servers give calls no other)."""
        return bool(name) and any(self.item.get(key) == name for key in _NAMES)

    def is_another(self, item: Item) -> bool:
        """Whether both have names, and none in common."""
        both = [key for key in _NAMES if self.item.get(key) and item.get(key)]
        return bool(both) and all(self.item[key] != item[key] for key in both)

    def announce(self, index: int | None, item: Item) -> None:
        """Take what its announcement says of an item that was opened before."""
        self.item = {**self.item, **{key: value for key, value in item.items() if value}}
        self.index = index if self.index is None else self.index
        self.announced = True

    def close(self, item: Item) -> None:
        """Take the whole item, and keep what was gathered where it has nothing."""
        gathered = self.built()
        kept = {key: gathered[key] for key in _GATHERED if gathered.get(key) and not item.get(key)}
        self.item = {**item, **kept}
        self.texts = {}
        self.done = True

    @property
    def is_cut(self) -> bool:
        """Whether this is a call that nothing closed, neither an event nor its arguments' end."""
        if self.done or self.is_said or self.item["type"] != "function_call":
            return False
        try:
            return not isinstance(json.loads(self.built().get("arguments") or ""), dict)
        except (TypeError, ValueError, RecursionError):
            return True

    def built(self) -> Item:
        """The item as far as it is known."""
        if not self.texts:
            return self.item
        item = dict(self.item)
        lists: dict[str, list[Any]] = {}
        for (field, number, _), (target, pieces) in sorted(self.texts.copy().items()):
            text = "".join(pieces)
            if not target.part:
                item[field] = text or item.get(field, "")
                continue
            parts = lists.setdefault(field, _parts(item.get(field)))
            _put(parts, number, target, text)
        return {**item, **lists}


def _parts(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _put(parts: list[Any], number: int, target: Target, text: str) -> None:
    if not text:
        return
    part = {"type": target.part, target.key: text}
    for place in range(number, len(parts)):
        if _fits(parts[place], target):
            parts[place] = {**parts[place], **part}
            return
    parts.append({**part, "annotations": []} if target.part == "output_text" else part)


def _fits(part: Any, target: Target) -> bool:
    """Whether this part is the target's, or still empty; text and refusal may share a number."""
    if not isinstance(part, Mapping):
        return False
    return part.get("type") == target.part or not (part.get("text") or part.get("refusal"))


class Accumulator:
    """Folds one answer's events; `response` may be read at any time, from any thread."""

    def __init__(self) -> None:
        self.done = False
        self._raw: Mapping[str, Any] = {}
        self._status = ""
        self._error: Mapping[str, Any] | None = None
        self._items: list[_OpenItem] = []
        # Most events continue the text of the event before: what it was, and where that went.
        self._last: tuple[Any, ...] = ()
        self._pieces: list[str] = []

    @property
    def error(self) -> Mapping[str, Any] | None:
        """The error that the stream reported, if any."""
        return self._error

    @property
    def has_begun(self) -> bool:
        """Whether the first token is there, be it of text, of reasoning or of a call."""
        return bool(self._last) or any(item.texts or item.done for item in self._items)

    def feed(self, event: Event) -> None:
        """Take in one event; events after the terminal one are passed over."""
        if self.done:
            return
        kind = event.get("type")
        if not isinstance(kind, str):
            kind = ""
        if kind in DELTAS:
            self._delta(event, DELTAS[kind])
        elif kind in TEXTS:
            self._text(event, TEXTS[kind])
        elif kind in TERMINAL:
            self._finish(event, TERMINAL[kind])
        elif kind in PROGRESS:
            self._progress(event, *PROGRESS[kind])
        elif kind in self._others:
            self._others[kind](self, event)
        elif (not kind and event.get("error")) or event.get("object") == "error":
            self._on_error(event)

    def end(self, *, sentinel: bool = False) -> None:
        """The body has ended; after the sentinel ``[DONE]`` that is an end, else it was cut off."""
        if self.done:
            return
        self.done = True
        if self._error is not None:
            self._status = "failed"
        else:
            self._status = "completed" if sentinel and self._items else "truncated"
        self._see_to_cut_calls()

    def reopen(self) -> None:
        """The answer goes on in another body, after the last event that was taken in."""
        self.done, self._status, self._last = False, "", ()

    def response(self) -> Response:
        """The answer as far as it is known."""
        output = tuple(item.built() for item in list(self._items))
        return response_from(self._raw, output, self._status, self._error)

    def _delta(self, event: Event, target: Target) -> None:
        delta = event.get("delta")
        if not isinstance(delta, str):
            delta = delta.get("text") if isinstance(delta, Mapping) else None
            if not isinstance(delta, str):
                return
        place = (target, event.get("output_index"), event.get("item_id"), event.get(target.number))
        if place != self._last:
            self._pieces = self._place(event, target)
            self._last = place
        self._pieces.append(delta)

    def _text(self, event: Event, target: Target) -> None:
        text = event.get(target.key)
        if isinstance(text, str) and text:
            self._place(event, target)[:] = [text]
        elif text == "" and (item := self._find(event, target.item)) is not None:
            item.is_said = item.is_said or item.item["type"] == target.item

    def _place(self, event: Event, target: Target) -> list[str]:
        item = self._find(event, target.item)
        if item is None:
            item = self._open(event, {"type": target.item, "id": event.get("item_id")})
            item.announced = False
        return item.pieces(target, _number(event, target.number))

    def _on_snapshot(self, event: Event) -> None:
        if isinstance(snapshot := event.get("response"), Mapping):
            # The answer's names may stand in the first snapshot only.
            named = {key: self._raw[key] for key in _HEAD if self._raw.get(key)}
            missing = {key: name for key, name in named.items() if not snapshot.get(key)}
            self._raw = {**snapshot, **missing} if missing else snapshot

    def _on_item_added(self, event: Event) -> None:
        if (item := _item(event)) is None:
            return
        self._last = ()
        known = self._find(event, item["type"])
        if known is not None and _announces(item, known):
            known.announce(_index(event), item)
        else:
            self._open(event, item)

    def _on_item_done(self, event: Event) -> None:
        if (item := _item(event)) is None:
            return
        self._last = ()
        known = self._find(event, item["type"])
        if known is None or known.item["type"] != item["type"]:
            if item["type"] == "message" and not item.get("content"):
                return  # one gateway closes an empty message that it never opened
            known = self._open(event, item)
        known.close(item)

    def _on_annotation(self, event: Event) -> None:
        item = self._find(event, "message")
        annotation = event.get("annotation")
        if item is None or not isinstance(annotation, Mapping):
            return
        number = _number(event, "content_index")
        parts = _parts(item.built().get("content"))
        if number < len(parts) and isinstance(parts[number], Mapping):
            part = parts[number]
            parts[number] = {**part, "annotations": [*(part.get("annotations") or ()), annotation]}
            item.item = {**item.item, "content": parts}

    def _progress(self, event: Event, kind: str, status: str) -> None:
        """A tool of the server has come that far."""
        item = self._find(event, kind)
        if item is not None and not item.done and item.item["type"] == kind:
            item.item = {**item.item, "status": status}

    def _on_partial_image(self, event: Event) -> None:
        item = self._find(event, "image_generation_call")
        image = event.get("partial_image_b64")
        if item is not None and not item.done and isinstance(image, str):
            item.item = {**item.item, "partial_image_b64": image}

    def _on_error(self, event: Event) -> None:
        error = event.get("error")
        if isinstance(error, Mapping):
            self._error = error
        else:
            message = event.get("message") or error or "the server reported an error"
            self._error = {
                "code": event.get("code"),
                "message": str(message),
                "param": event.get("param"),
            }

    _others: ClassVar[dict[str, Callable[[Accumulator, Event], None]]] = {
        "response.created": _on_snapshot,
        "response.queued": _on_snapshot,
        "response.in_progress": _on_snapshot,
        "response.output_item.added": _on_item_added,
        "response.output_item.done": _on_item_done,
        "response.output_text.annotation.added": _on_annotation,
        "response.image_generation_call.partial_image": _on_partial_image,
        "error": _on_error,
    }

    def _finish(self, event: Event, status: str) -> None:
        # One server puts the response's fields into the event itself.
        is_flat = "response" not in event and any(key in event for key in _FLAT)
        self._on_snapshot({"response": event} if is_flat else event)
        self.done = True
        said = self._raw.get("status")
        is_known = isinstance(said, str) and said in _STATUSES
        self._status = str(said) if is_known and status == "completed" else status
        if error := self._raw.get("error"):
            self._error = error if isinstance(error, Mapping) else {"message": str(error)}
        elif self._status == "completed":
            self._error = None  # an error that the server got over is none
        output = [item for item in items_of(self._raw) if item["type"]]
        if output and (self._raw.get("output") or not self._items):
            self._items = [_OpenItem(number, item) for number, item in enumerate(output)]
        else:
            self._see_to_cut_calls()

    def _see_to_cut_calls(self) -> None:
        """An answer that is called complete lacks something if a call of it has no end."""
        if self._status == "completed" and any(item.is_cut for item in self._items):
            self._status = "truncated"

    def _open(self, event: Event, item: Item) -> _OpenItem:
        opened = _OpenItem(_index(event), item)
        self._items.append(opened)
        return opened

    def _find(self, event: Event, kind: str) -> _OpenItem | None:
        """The item that `event` speaks of, `kind` being its likely type."""
        index, item = _index(event), _item(event) or {"id": event.get("item_id")}
        # One server gives a call and the message after it the same index; some give 0 to all.
        found = [i for i in self._items if i.index == index and not (i.done and i.is_another(item))]
        if index is not None and found:
            return _best(found, item, kind)
        open_to_all = [i for i in self._items if index is None or i.index is None]
        if named := [i for i in open_to_all if _names(item, i)]:
            return _best(named, item, kind)
        alike = [i for i in open_to_all if not i.done and i.item["type"] == kind]
        return alike[-1] if alike else None


def _best(items: list[_OpenItem], item: Item, kind: str) -> _OpenItem:
    return max(
        enumerate(items),
        key=lambda entry: (_names(item, entry[1]), entry[1].item["type"] == kind, entry[0]),
    )[1]


def _names(item: Item, known: _OpenItem) -> bool:
    return any(known.is_named(item.get(key)) for key in _NAMES)


def _announces(item: Item, known: _OpenItem) -> bool:
    """Whether `item` is `known`, announced twice or after its first text."""
    if known.done or known.item["type"] != item["type"] or known.is_another(item):
        return False
    return not known.announced or _names(item, known)


def _index(event: Event) -> int | None:
    index = event.get("output_index")
    return index if isinstance(index, int) else None


def _number(event: Event, key: str) -> int:
    """The number of a part; 0 where the event has none."""
    number = event.get(key)
    return max(number, 0) if isinstance(number, int) else 0


def _is_item(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("type"), str)


def _item(event: Event) -> Item | None:
    item = event.get("item")
    return item_from(item) if isinstance(item, Mapping) and _is_item(item) else None


def _distinct(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`items` without a call that is there already: one bridge repeats it in its snapshot."""
    seen: set[FunctionCall] = set()
    kept = []
    for item in items:
        if item["type"] == "function_call" and item.get("call_id"):
            call = FunctionCall.from_item(item)
            if call in seen:
                continue
            seen.add(call)
        kept.append(item)
    return tuple(kept)


def response_from(
    raw: Mapping[str, Any],
    output: tuple[Item, ...],
    status: str,
    error: Mapping[str, Any] | None = None,
) -> Response:
    """A `Response` of a response object as the server gave it and the items as we know them."""
    details = raw.get("incomplete_details")
    return Response(
        id=str(raw.get("id") or ""),
        status=status or "in_progress",
        model=str(raw.get("model") or ""),
        output=_distinct(output),
        usage=Usage.from_wire(raw.get("usage")),
        error=error,
        incomplete_details=details if isinstance(details, Mapping) else None,
        raw=raw,
    )
