"""The wire's own words as values: requests, responses, calls, outputs, usage.

The vocabulary is the Responses API's, whatever dialect a gateway speaks. Output and input items
stay the JSON objects that came (``Item``): unknown types and fields pass through untouched.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

from respmagic import _secrets

__all__ = [
    "DataUrl",
    "FunctionCall",
    "FunctionCallOutput",
    "Item",
    "Request",
    "Response",
    "State",
    "Usage",
    "shortened",
    "user_message",
]

Item = Mapping[str, Any]
"""One input or output item as JSON has it; dispatch on its ``type``."""


class DataUrl(str):
    """A ``data:`` URL: whole on the wire, and short wherever it is shown."""

    __slots__ = ()

    @classmethod
    def of(cls, data: bytes, mime: str) -> Self:
        """The URL that holds `data`."""
        return cls(f"data:{mime};base64,{base64.b64encode(data).decode()}")

    def __repr__(self) -> str:
        return repr(shortened(str(self)))


# A beginning that tells what it is, and base64 long enough to be a file.
_DATA_URL = re.compile(r"(data:[\w.+-]+/[\w.+-]+;base64,)([A-Za-z0-9+/=]{64,})")


def shortened(text: str) -> str:
    """`text` without the bytes of the files in it, for people."""
    return _DATA_URL.sub(lambda found: f"{found[1]}… {len(found[2]) * 3 // 4:,} bytes", text)


def user_message(parts: str | Sequence[Item]) -> Item:
    """The input item for what the user says: text, or parts, of which a lone text is just that."""
    content: Any = parts if isinstance(parts, str) else list(parts)
    if len(parts) == 1 and not isinstance(parts, str) and parts[0].get("type") == "input_text":
        content = parts[0]["text"]
    return {"type": "message", "role": "user", "content": content}


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A call that the model asks for, as it stands on the wire.

    Attributes:
        call_id: names the call within its conversation; the output must bear it.
        name: the tool's name.
        arguments: JSON text, exactly as it came (it may be empty or broken).
    """

    call_id: str
    name: str
    arguments: str

    @classmethod
    def from_item(cls, item: Item) -> Self:
        """Read a ``function_call`` item; ``arguments`` of another type than text become JSON."""
        arguments = item.get("arguments")
        if arguments is None:
            arguments = ""
        elif not isinstance(arguments, str):
            arguments = json.dumps(arguments)
        return cls(str(item.get("call_id") or ""), str(item.get("name") or ""), arguments)


@dataclass(frozen=True, slots=True)
class FunctionCallOutput:
    """What goes back to the model for one call: text, or parts as a message of the user's has."""

    call_id: str
    output: str | tuple[Item, ...]

    def to_item(self) -> Item:
        """The ``function_call_output`` input item."""
        output = self.output if isinstance(self.output, str) else list(self.output)
        return {"type": "function_call_output", "call_id": self.call_id, "output": output}


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens used; the cached ones are part of the input, the reasoning ones of the output."""

    input_tokens: int = 0
    output_tokens: int = 0
    total_tokens: int = 0
    cached_tokens: int = 0
    reasoning_tokens: int = 0

    @classmethod
    def from_wire(cls, usage: Mapping[str, Any] | None) -> Self | None:
        """Read a ``usage`` object; servers leave out the details and the total."""
        if not isinstance(usage, Mapping):
            return None
        into, out = _count(usage, "input_tokens"), _count(usage, "output_tokens")
        return cls(
            input_tokens=into,
            output_tokens=out,
            total_tokens=_count(usage, "total_tokens") or into + out,
            cached_tokens=_count(usage.get("input_tokens_details"), "cached_tokens"),
            reasoning_tokens=_count(usage.get("output_tokens_details"), "reasoning_tokens"),
        )

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.total_tokens + other.total_tokens,
            self.cached_tokens + other.cached_tokens,
            self.reasoning_tokens + other.reasoning_tokens,
        )


def _count(usage: Any, name: str) -> int:
    value = usage.get(name) if isinstance(usage, Mapping) else None
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else 0


@dataclass(frozen=True, slots=True)
class State:
    """What the server keeps of a conversation, so that it need not be sent again.

    Attributes:
        id: the response or the conversation under which it does; "" if it has nothing yet.
        count: how many of the request's first items it has.
        parameter: the parameter that tells the id.
    """

    id: str = ""
    count: int = 0
    parameter: Literal["previous_response_id", "conversation"] = "previous_response_id"

    def after(self, response: Response, count: int) -> State:
        """What it keeps after `response`, which makes it `count` items."""
        if self.parameter == "conversation":
            return replace(self, count=count)
        return State(response.id, count) if response.id else State()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the model, before a dialect writes it down.

    Attributes:
        model: the model's name, or None where the server chooses.
        input: the conversation's items so far, the newest last.
        tools: tool definitions in the Responses form (flat, with ``strict``).
        parameters: further wire parameters by their Responses names, only those that were set.
        state: what the server keeps of `input`; None where nothing is to be kept there.
    """

    model: str | None
    input: tuple[Item, ...]
    tools: tuple[Item, ...] = ()
    stream: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of the server, whatever the dialect.

    Attributes:
        id: the server's name for it; empty where it gave none.
        status: ``completed``, ``incomplete``, ``failed``, ``cancelled``, ``in_progress``, or
            ``truncated`` (ours: the stream ended before the answer did).
        model: the model that answered, as the server names it.
        output: the items in order.
        usage: tokens, or None where the server did not say.
        error: the error object, or None.
        incomplete_details: why an incomplete answer ends, e.g. ``{"reason": …}``, or None.
        raw: the last whole response object that came, untouched.
    """

    id: str = ""
    status: str = "in_progress"
    model: str = ""
    output: tuple[Item, ...] = ()
    usage: Usage | None = None
    error: Mapping[str, Any] | None = None
    incomplete_details: Mapping[str, Any] | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        calls = f", {len(self.function_calls)} function calls" if self.function_calls else ""
        text = _secrets.scrub(self.text)
        text = text if len(text) <= 60 else text[:59] + "…"
        return f"<Response {self.status}, {self.model or 'no model'}{calls}: {text!r}>"

    @property
    def text(self) -> str:
        """The answer: all ``output_text`` parts of all messages, joined."""
        return "".join(_parts(self.output, "message", "content", "output_text", "text"))

    @property
    def refusal(self) -> str:
        """What the model said instead of an answer."""
        return "".join(_parts(self.output, "message", "content", "refusal", "refusal"))

    @property
    def reasoning(self) -> str:
        """The reasoning as far as it is shown: each item's summary, else its reasoning text."""
        shown = []
        for item in self.output:
            shown += _parts((item,), "reasoning", "summary", "summary_text", "text") or _parts(
                (item,), "reasoning", "content", "reasoning_text", "text"
            )
        return "\n\n".join(shown)

    @property
    def function_calls(self) -> tuple[FunctionCall, ...]:
        """The calls of tools of ours, in order."""
        return tuple(
            FunctionCall.from_item(item) for item in self.output if item["type"] == "function_call"
        )


def _parts(
    output: tuple[Item, ...], item_type: str, where: str, part_type: str, key: str
) -> list[str]:
    found = []
    for item in output:
        if item["type"] == item_type and isinstance(parts := item.get(where), list | tuple):
            found += [
                part[key]
                for part in parts
                if isinstance(part, Mapping)
                and part.get("type") == part_type
                and isinstance(part.get(key), str)
            ]
    return found
