"""Input items as the messages of chat.completions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from respmagic._exceptions import OptionError
from respmagic._items import Item

__all__ = ["messages"]

_SYSTEM = ("system", "developer")
_NO_TEXT = "(in the next message)"


def messages(
    items: Iterable[Item], *, instructions: Any, system_role: str, reasoning_field: str | None
) -> list[dict[str, Any]]:
    """The messages that say what `items` say.

    Args:
        items: a conversation in the Responses' words.
        instructions: what the model is to keep to; None for nothing.
        system_role: who says that at this server, ``system`` or ``developer``.
        reasoning_field: the field of an assistant's message through which reasoning goes back;
            None if it does not.

    Raises:
        OptionError: if an item has no counterpart.
    """
    writer = _Writer(system_role, reasoning_field)
    if instructions is not None:
        writer.write({"role": "system", "content": instructions})
    for item in items:
        writer.write(item)
    return writer.ended()


class _Writer:
    """Messages in the making: all that the assistant says in a row becomes one."""

    def __init__(self, system_role: str, reasoning_field: str | None) -> None:
        self._system_role = system_role
        self._reasoning_field = reasoning_field
        self._messages: list[dict[str, Any]] = []
        # What tools showed: a tool's message carries text only, and none may stand between two.
        self._shown: list[Mapping[str, Any]] = []

    def write(self, item: Item) -> None:
        kind = item.get("type") or "message"
        if (write := self._writers.get(kind)) is None:
            raise OptionError(f"an item of type {kind!r} has no counterpart in chat.completions")
        write(self, item)

    def ended(self) -> list[dict[str, Any]]:
        self._show()
        return [message for message in self._messages if len(message) > 2 or _says(message)]

    def _message(self, item: Item) -> None:
        role, content = item.get("role") or "user", item.get("content")
        if role == "assistant":
            said = self._assistant()
            said["content"] = f"{said['content'] or ''}{_text(content)}"
            return
        self._show()
        role = self._system_role if role in _SYSTEM else role
        self._messages.append({"role": role, "content": _content(content)})

    def _call(self, item: Item) -> None:
        kind, field = _CALLS[item["type"]]
        text = item.get(field)
        text = text if isinstance(text, str) else json.dumps(text or {}, ensure_ascii=False)
        call = {
            "id": item.get("call_id") or item.get("id"),
            "type": kind,
            # Servers parse the arguments of earlier calls, and stumble over none.
            kind: {"name": item.get("name"), field: text or ("{}" if kind == "function" else "")},
        }
        if item.get("extra_content"):
            call["extra_content"] = item["extra_content"]
        self._assistant().setdefault("tool_calls", []).append(call)

    def _output(self, item: Item) -> None:
        output = item.get("output")
        text, shown = _output_text(output), []
        if isinstance(output, list | tuple):
            shown = [_part(part) for part in output if not _is_text(part)]
        content = text or (_NO_TEXT if shown else "")
        call_id = item.get("call_id")
        self._messages.append({"role": "tool", "tool_call_id": call_id, "content": content})
        self._shown += shown

    def _reasoning(self, item: Item) -> None:
        field = self._reasoning_field
        if field is None:
            return
        if field == "reasoning_details":
            if details := item.get(field):
                self._assistant().setdefault(field, []).extend(details)
        elif text := _text(item.get("content")) or _text(item.get("summary")):
            said = self._assistant()
            said[field] = said.get(field, "") + text

    def _assistant(self) -> dict[str, Any]:
        """The assistant's message that is being written."""
        self._show()
        if not self._messages or self._messages[-1]["role"] != "assistant":
            self._messages.append({"role": "assistant", "content": None})
        return self._messages[-1]

    def _show(self) -> None:
        if self._shown:
            self._messages.append({"role": "user", "content": self._shown})
            self._shown = []

    _writers: ClassVar[dict[str, Callable[[_Writer, Item], None]]] = {
        "message": _message,
        "function_call": _call,
        "custom_tool_call": _call,
        "function_call_output": _output,
        "custom_tool_call_output": _output,
        "reasoning": _reasoning,
    }


# type of an item -> (type of its call, the field of its text)
_CALLS = {"function_call": ("function", "arguments"), "custom_tool_call": ("custom", "input")}
_TEXTS = ("input_text", "output_text", "text", "refusal", "summary_text", "reasoning_text")


def _says(message: Mapping[str, Any]) -> bool:
    return message["role"] != "assistant" or bool(message["content"])


def _is_text(part: Any) -> bool:
    return isinstance(part, str) or (isinstance(part, Mapping) and part.get("type") in _TEXTS)


def _texts(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    parts = content if isinstance(content, list | tuple) else ()
    found = [
        p if isinstance(p, str) else p.get("text", p.get("refusal")) for p in parts if _is_text(p)
    ]
    return [text for text in found if isinstance(text, str)]


def _text(content: Any) -> str:
    """The text of what an assistant said; a refusal is what it said, too."""
    return "".join(_texts(content))


def _output_text(output: Any) -> str:
    if isinstance(output, str | list | tuple):
        return "\n".join(_texts(output))
    return json.dumps(output, ensure_ascii=False)


def _content(content: Any) -> Any:
    """What a user said: text where it is only that, since some servers take nothing else."""
    if not isinstance(content, list | tuple):
        return content
    if len(content) == 1 and _is_text(content[0]):
        return _text(content)
    return [_part(part) for part in content]


def _part(part: Any) -> Mapping[str, Any]:
    """A part of a content list; one that is in the words of chat.completions already stays."""
    if _is_text(part):
        return {"type": "text", "text": _text([part])}
    if not isinstance(part, Mapping):
        raise OptionError(f"a part of a message is an object, not a {type(part).__name__}")
    if part.get("type") in _PARTS:
        return _PARTS[part["type"]](part)
    return part


def _image(part: Mapping[str, Any]) -> Mapping[str, Any]:
    url = part.get("image_url")
    if not url:
        raise OptionError("chat.completions takes images by URL or data URL, not by file_id")
    image = dict(url) if isinstance(url, Mapping) else {"url": url}
    return {"type": "image_url", "image_url": image | _set(part, "detail")}


def _file(part: Mapping[str, Any]) -> Mapping[str, Any]:
    if part.get("file_url"):
        raise OptionError("chat.completions takes files as data or by file_id, not by URL")
    return {"type": "file", "file": _set(part, "file_id", "file_data", "filename")}


def _set(part: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: part[name] for name in names if part.get(name) is not None}


_PARTS: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    "input_image": _image,
    "input_file": _file,
}
