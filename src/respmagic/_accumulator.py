"""Events to a `Response`: the fold, forgiving towards what servers leave out.

An item is found by its output index, else by its id, else it is the last one open; one that no
event opened is opened by its first text. A whole text replaces the pieces, a whole item replaces
what was gathered of it, and the terminal event's snapshot replaces everything, each only where it
is not empty, and nothing is ever appended twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from respmagic._events import DELTAS, TERMINAL, TEXTS, Event, Target
from respmagic._items import Item, Response, Usage

__all__ = ["Accumulator", "response_from"]

# The fields that deltas fill, should the whole item leave them empty.
_GATHERED = ("content", "summary", "arguments", "input", "code")
_OWN_FIELD = {"custom_tool_call": "input", "function_call": "arguments"}
_STATUSES = frozenset({"completed", "incomplete", "failed", "cancelled"})


class _OpenItem:
    """An item in the making."""

    def __init__(self, index: int | None, item: Item) -> None:
        self.index = index
        self.item = item
        self.done = False
        # (field, number of the part) -> (its target, its pieces of text)
        self.texts: dict[tuple[str, int], tuple[Target, list[str]]] = {}

    def pieces(self, target: Target, number: int) -> list[str]:
        """The list that this part's pieces go to."""
        if self.item["type"] in _OWN_FIELD and not target.part:
            # One gateway streams a function's arguments by events for custom tools.
            target = target._replace(field=_OWN_FIELD[self.item["type"]])
        return self.texts.setdefault((target.field, number), (target, []))[1]

    def is_named(self, name: Any) -> bool:
        """Whether this is the item of that id; nothing is named None or ""."""
        return bool(name) and self.item.get("id") == name

    def close(self, item: Item) -> None:
        """Take the whole item, and keep what was gathered where it has nothing."""
        gathered = self.built()
        kept = {key: gathered[key] for key in _GATHERED if gathered.get(key) and not item.get(key)}
        self.item = {**item, **kept}
        self.texts = {}
        self.done = True

    def built(self) -> Item:
        """The item as far as it is known."""
        if not self.texts:
            return self.item
        item = dict(self.item)
        lists: dict[str, list[Any]] = {}
        for (field, number), (target, pieces) in sorted(self.texts.copy().items()):
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
    if number < len(parts) and isinstance(parts[number], Mapping):
        if text:
            parts[number] = {**parts[number], "type": target.part, target.key: text}
    elif text:
        part = {"type": target.part, target.key: text}
        parts.append({**part, "annotations": []} if target.part == "output_text" else part)


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

    def feed(self, event: Event) -> None:
        """Take in one event; events after the terminal one are passed over."""
        if self.done:
            return
        kind = event.get("type")
        if kind in DELTAS:
            self._delta(event, DELTAS[kind])
        elif kind in TEXTS:
            self._text(event, TEXTS[kind])
        elif kind in TERMINAL:
            self._finish(event, TERMINAL[kind])
        elif kind in self._others:
            self._others[kind](self, event)
        elif not kind and event.get("error"):
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

    def response(self) -> Response:
        """The answer as far as it is known."""
        output = tuple(item.built() for item in list(self._items))
        return response_from(self._raw, output, self._status, self._error)

    def _delta(self, event: Event, target: Target) -> None:
        delta = event.get("delta")
        if not isinstance(delta, str):  # some gateways send null
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

    def _place(self, event: Event, target: Target) -> list[str]:
        item = self._find(event, target.item)
        if item is None:
            item = self._open(event, {"type": target.item, "id": event.get("item_id")})
        number = event.get(target.number) if target.number else 0
        return item.pieces(target, number if isinstance(number, int) else 0)

    def _on_snapshot(self, event: Event) -> None:
        if isinstance(snapshot := event.get("response"), Mapping):
            self._raw = snapshot

    def _on_item_added(self, event: Event) -> None:
        if (item := _item(event)) is None:
            return
        self._last = ()
        known = self._find(event, item["type"])
        if known is not None and not known.done and known.is_named(item.get("id")):
            known.item = item  # announced twice
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
        number = event.get("content_index") or 0
        parts = _parts(item.built().get("content"))
        if number < len(parts) and isinstance(parts[number], Mapping):
            part = parts[number]
            parts[number] = {**part, "annotations": [*(part.get("annotations") or ()), annotation]}
            item.item = {**item.item, "content": parts}

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
        "error": _on_error,
    }

    def _finish(self, event: Event, status: str) -> None:
        self._on_snapshot(event)
        self.done = True
        said = self._raw.get("status")
        self._status = said if said in _STATUSES and status == "completed" else status
        if isinstance(error := self._raw.get("error"), Mapping):
            self._error = error
        elif self._status == "completed":
            self._error = None  # an error that the server got over is none
        output = [item for item in _parts(self._raw.get("output")) if _is_item(item)]
        if output:
            self._items = [_OpenItem(number, item) for number, item in enumerate(_distinct(output))]

    def _open(self, event: Event, item: Item) -> _OpenItem:
        opened = _OpenItem(_index(event), item)
        self._items.append(opened)
        return opened

    def _find(self, event: Event, kind: str) -> _OpenItem | None:
        """The item that `event` speaks of, `kind` being its likely type."""
        index = _index(event)
        name = event.get("item_id") or (_item(event) or {}).get("id")
        if index is not None:
            # One server gives a call and the message after it the same index.
            found = [item for item in self._items if item.index == index]
            return _best(found, name, kind)
        if named := [item for item in self._items if item.is_named(name)]:
            return named[-1]
        alike = [item for item in self._items if not item.done and item.item["type"] == kind]
        return alike[-1] if alike else None


def _best(items: list[_OpenItem], name: Any, kind: str) -> _OpenItem | None:
    return max(
        enumerate(items),
        key=lambda entry: (entry[1].is_named(name), entry[1].item["type"] == kind, entry[0]),
        default=(0, None),
    )[1]


def _index(event: Event) -> int | None:
    index = event.get("output_index")
    return index if isinstance(index, int) else None


def _is_item(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("type"), str)


def _item(event: Event) -> Item | None:
    item = event.get("item")
    return item if _is_item(item) else None


def _distinct(items: list[Item]) -> list[Item]:
    """`items` without a call that is there already: one bridge repeats it in its snapshot."""
    seen: set[Any] = set()
    kept = []
    for item in items:
        call = item.get("call_id") if item["type"] == "function_call" else None
        if not call or call not in seen:
            kept.append(item)
        seen.add(call)
    return kept


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
        output=output,
        usage=Usage.from_wire(raw.get("usage")),
        error=error,
        incomplete_details=details if isinstance(details, Mapping) else None,
        raw=raw,
    )
