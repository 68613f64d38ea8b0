"""A conversation as a cell's value: who said what, which calls were made; inert HTML and text."""

from __future__ import annotations

from collections.abc import Iterator

from respmagic import _secrets
from respmagic._calls import ToolCall
from respmagic._cards import entry_html, entry_text
from respmagic._conversations import Conversation
from respmagic._items import Item, Response
from respmagic._markdown import STYLE, clean, to_html
from respmagic._result import wrapped
from respmagic._transcript import Entry, entries
from respmagic._turns import Turn, text_of

__all__ = ["Story"]


class Story:
    """All that was said in a conversation.

    Args:
        conversation: as it is now; what is added later is not shown.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._name, self._turns = conversation.name, conversation.turns

    def __repr__(self) -> str:
        return "\n\n".join(self._texts())

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        return {"text/html": wrapped("".join(self._html())) + STYLE, "text/plain": repr(self)}

    def _texts(self) -> Iterator[str]:
        for number, turn in enumerate(self._turns, 1):
            yield f"{self._name}, turn {number}"
            yield f"> {_asked(turn)}".replace("\n", "\n> ")
            yield from filter(None, map(entry_text, _entries(turn)))

    def _html(self) -> Iterator[str]:
        for number, turn in enumerate(self._turns, 1):
            yield f"<p><small>{self._name}, turn {number}</small></p>"
            yield f"<blockquote>{to_html(_asked(turn), finished=True)}</blockquote>"
            yield from map(entry_html, _entries(turn))


def _asked(turn: Turn) -> str:
    others = sum(not _is_text(part) for item in turn.asked for part in _parts(item))
    text = clean(_secrets.scrub(text_of(turn.asked)))
    return f"{text}\n\n[and {others} more]" if others else text


def _parts(item: Item) -> list[Item]:
    content = item.get("content")
    return list(content) if isinstance(content, list | tuple) else []


def _is_text(part: Item) -> bool:
    return isinstance(part.get("text"), str)


def _entries(turn: Turn) -> Iterator[Entry]:
    outputs = {item["call_id"]: item for item in turn.came if "output" in item}
    calls = [_call(item, outputs) for item in turn.came if item["type"] == "function_call"]
    shown = tuple(item for item in turn.came if "output" not in item)
    return entries([Response(output=shown, status="completed")], calls)


def _call(item: Item, outputs: dict[str, Item]) -> ToolCall:
    output = outputs[item["call_id"]]["output"]
    text = output if isinstance(output, str) else text_of([{"type": "message", "content": output}])
    name, arguments = str(item["name"]), str(item["arguments"])
    return ToolCall(str(item["call_id"]), name, arguments, status="done", output=text)
