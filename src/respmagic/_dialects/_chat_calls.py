"""Tool calls put together from the pieces of a chat stream.

Servers name the pieces poorly: ids come once, change to "", or not at all; indexes are missing,
wrong, or 0 for every call. What a piece belongs to is decided by its id first, then its index,
then the order in which pieces come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jiter import from_json

__all__ = ["Assembler", "Call"]

# kind of call -> (type of its item, the field of its text, the event that adds to it)
_KINDS = {
    "function": ("function_call", "arguments", "response.function_call_arguments.delta"),
    "custom": ("custom_tool_call", "input", "response.custom_tool_call_input.delta"),
}


@dataclass(slots=True, eq=False)
class Call:
    """A call in the making.

    Attributes:
        number: counts the calls of its answer.
        kind: ``function`` or ``custom``.
        output_index: the place of its item.
        call_id: the server's name for it; "" until one came.
        pieces: of its arguments.
        extra: what the server wants back with the call, e.g. a thought's signature.
    """

    number: int
    kind: str
    output_index: int = 0
    call_id: str = ""
    name: str = ""
    pieces: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The arguments so far."""
        return "".join(self.pieces)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the arguments is missing, as far as they tell."""
        return self.kind == "custom" or _is_object(self.text)

    @property
    def delta_type(self) -> str:
        """The type of the event that carries a piece."""
        return _KINDS[self.kind][2]

    def opened(self) -> dict[str, Any]:
        """The item before its arguments."""
        return self._item("", status="in_progress")

    def closed(self, status: str) -> dict[str, Any]:
        """The whole item; a call that got no id gets one, and no arguments are an empty object."""
        text = self.text
        if self.kind == "function" and status == "completed" and not text.strip():
            text = "{}"
        return {**self._item(text, status=status), "call_id": self.call_id or f"call_{self.number}"}

    def _item(self, text: str, *, status: str) -> dict[str, Any]:
        kind, text_field, _ = _KINDS[self.kind]
        item = {"type": kind, "id": f"fc_{self.number}", "call_id": self.call_id}
        item |= {"name": self.name, text_field: text, "status": status}
        return {**item, "extra_content": dict(self.extra)} if self.extra else item


class _Piece(NamedTuple):
    """What one entry of ``tool_calls`` says."""

    kind: str
    place: int | None
    call_id: str
    name: str
    text: str
    extra: Mapping[str, Any]


class Assembler:
    """Tells which call each piece belongs to.

    Attributes:
        calls: in the order in which they began.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._by_id: dict[str, Call] = {}
        self._by_index: dict[int, Call] = {}

    def take(self, entry: Any) -> tuple[Call, str] | None:
        """Take in one entry of ``tool_calls``.

        Returns:
            Its call and the text that it adds, or None if it says nothing.
        """
        piece = _piece(entry)
        if piece is None:
            return None
        call = self._by_id.get(piece.call_id)
        if call is not None and _begins_anew(call, piece) and piece.text == call.text:
            return None  # some servers send the last chunk twice
        call = call or self._unnamed(piece)
        if call is None:
            call = Call(len(self.calls), piece.kind)
            self.calls.append(call)
            if piece.place is not None:
                self._by_index[piece.place] = call
        self._add(call, piece)
        return call, piece.text

    def _unnamed(self, piece: _Piece) -> Call | None:
        """The call of a piece whose id, if it has one, is new; None if the piece begins a call."""
        last = self.calls[-1] if self.calls else None
        if piece.place is not None:
            known = self._by_index.get(piece.place)
        else:
            known = None if piece.name else last
        if known is not None and (_begins_anew(known, piece) or (piece.call_id and known.call_id)):
            return None  # all bear one index, as some servers have it
        if known is None and not piece.name and not piece.call_id:
            return last  # the head had another index, or the piece has none
        return known

    def _add(self, call: Call, piece: _Piece) -> None:
        if piece.place is not None:
            self._by_index.setdefault(piece.place, call)
        if piece.call_id:
            call.call_id = call.call_id or piece.call_id
            self._by_id.setdefault(piece.call_id, call)
        call.name = call.name or piece.name  # some repeat it, or send "" later
        call.extra.update(piece.extra)
        if piece.text:
            call.pieces.append(piece.text)


def _piece(entry: Any) -> _Piece | None:
    if not isinstance(entry, Mapping):
        return None
    kind = "custom" if _is_filled(entry.get("custom")) else "function"
    said = entry.get(kind)
    said = said if isinstance(said, Mapping) else {}
    index, call_id, name = entry.get("index"), entry.get("id"), said.get("name")
    extra = entry.get("extra_content")
    piece = _Piece(
        kind,
        index if isinstance(index, int) else None,
        str(call_id) if call_id is not None else "",
        name if isinstance(name, str) else "",
        _text(said.get(_KINDS[kind][1])),
        extra if isinstance(extra, Mapping) else {},
    )
    # One server fills every field of every chunk with nothing.
    return piece if any((piece.call_id, name, piece.text, piece.extra)) else None


def _is_filled(value: Any) -> bool:
    return isinstance(value, Mapping) and any(value.values())


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _begins_anew(call: Call, piece: _Piece) -> bool:
    """Whether `piece` cannot continue `call`: it is whole, and a name and an object follow."""
    return bool(piece.name) and piece.text.lstrip().startswith("{") and _is_object(call.text)


def _is_object(text: str) -> bool:
    try:
        return isinstance(from_json(text.encode("utf-8", "replace")), dict)
    except ValueError:
        return False
