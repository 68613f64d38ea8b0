"""A run as far as it has come, in the order in which a reader is to see it.

One view serves the live painting, the final bundle and whatever comes later: what was said, which
calls were made, what went wrong. The loop writes, other threads read at any time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from respmagic._approval import Decision
from respmagic._calls import ToolCall
from respmagic._citations import citations_of
from respmagic._endpoint import Exchange
from respmagic._items import Item, Response, Usage
from respmagic._replay import unwrapped

if TYPE_CHECKING:
    from respmagic._structured import Form

__all__ = ["Entry", "Run"]


class Thought(NamedTuple):
    """Reasoning, as far as the server shows it.

    Attributes:
        text: a summary, or the reasoning itself; "" where the server keeps it to itself.
        tokens: how many it took, once the server has said.
        seconds: how long it has gone on, or took; None where nobody watched.
    """

    text: str
    tokens: int | None
    seconds: float | None


class Unsent(NamedTuple):
    """A request that was asked to be shown, not sent.

    Attributes:
        url: where it would go.
        headers: what would go along with it, keys masked.
        body: its JSON body, whole.
    """

    url: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]


class Entry(NamedTuple):
    """One thing to show.

    Attributes:
        key: names it within its run, for as long as the run lasts.
        kind: ``text``, ``value``, ``reasoning``, ``refusal``, ``call``, ``item``, ``citations`` or
            ``unsent``.
        content: the text, for a value the text and its `Form`, the `Thought`, the `ToolCall`, the
            item and the user's `Decision` about it, the citations, or `Unsent`.
        finished: whether nothing more will be added to it.
    """

    key: str
    kind: str
    content: Any
    finished: bool


@dataclass(slots=True, eq=False)
class Run:
    """One run of the tool loop: what was sent, what came, which calls were made.

    Attributes:
        offered: the names of the tools that went along.
        notes: what is to be said beside the answer, e.g. which model stands in.
        exchanges: one a request.
        calls: the calls that were run, in order.
        form: what the answer is to look like, if it is to have a form.
        parsed: the answer as a value of that, once there is one.
        decisions: what the user said to calls that a server asked to make, by the requests' ids.
        unsent: what would have been sent, where nothing is to be.
        error: what ended the run, if it did not end well.
        began: when it began, in seconds of the monotonic clock.
        elapsed: how long it took, in seconds, once it has ended.
    """

    offered: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    exchanges: list[Exchange] = field(default_factory=list)
    calls: list[ToolCall] = field(default_factory=list)
    form: Form | None = None
    parsed: Any = None
    decisions: dict[str, Decision] = field(default_factory=dict)
    unsent: Unsent | None = None
    error: BaseException | None = None
    began: float = field(default_factory=time.monotonic)
    elapsed: float | None = None
    _thinking: dict[str, tuple[float, float | None]] = field(default_factory=dict)

    @property
    def responses(self) -> list[Response]:
        """One a request, as far as they have come."""
        return [exchange.response for exchange in list(self.exchanges)]

    @property
    def model(self) -> str:
        """Who answered, as the server names it, else as it was asked; "" where nobody did."""
        exchanges = list(self.exchanges)[::-1]
        named = [exchange.response.model for exchange in exchanges]
        asked = [x.request.model or "" for x in exchanges if x.response.output]
        return next(filter(None, (*named, *asked)), "")

    @property
    def remarks(self) -> tuple[str, ...]:
        """The notes, and what is to be said of how the requests were asked."""
        said = (note for exchange in list(self.exchanges) for note in exchange.notes)
        return tuple(dict.fromkeys((*self.notes, *said)))

    @property
    def notice(self) -> str:
        """What is being waited for just now, if anything in particular."""
        return self.exchanges[-1].notice if self.exchanges else ""

    @property
    def pauses(self) -> int:
        """How often a request was, or is just going to be, sent again."""
        return sum(exchange.pauses for exchange in list(self.exchanges))

    @property
    def seconds(self) -> float:
        """How long it has gone on."""
        return self.elapsed if self.elapsed is not None else time.monotonic() - self.began

    def entries(self) -> list[Entry]:
        """All there is to show, in order."""
        if self.unsent is not None:
            return [Entry("unsent", "unsent", self.unsent, True)]
        found = entries(self.responses, list(self.calls), self.form)
        listed = [self._completed(entry) for entry in found]
        cited = citations_of(self.responses) if self.elapsed is not None else ()
        return [*listed, Entry("citations", "citations", cited, True)] if cited else listed

    def _completed(self, entry: Entry) -> Entry:
        """The entry with what the run knows of it beside the answer."""
        if entry.kind == "item":
            return self._decided(entry)
        return self._timed(entry) if entry.kind == "reasoning" else entry

    def _decided(self, entry: Entry) -> Entry:
        """What a tool of the server did, with what the user said to it, for which it waits."""
        item, _ = entry.content
        decision = self.decisions.get(str(item.get("id")))
        is_asked = item["type"] == "mcp_approval_request" and decision is None
        finished = entry.finished and not (is_asked and self.elapsed is None)
        return entry._replace(content=(item, decision), finished=finished)

    def _timed(self, entry: Entry) -> Entry:
        """The reasoning with its time, counted from when somebody first looked."""
        now = time.monotonic()
        began, ended = self._thinking.get(entry.key, (now, now if entry.finished else None))
        if entry.finished and ended is None:
            ended = now
        self._thinking[entry.key] = began, ended
        seconds = (ended or now) - began
        thought = entry.content._replace(seconds=seconds if seconds > 0 else None)
        return entry._replace(content=thought)


def total_usage(responses: list[Response]) -> Usage | None:
    """The tokens of all `responses` that said theirs."""
    said = [response.usage for response in responses if response.usage is not None]
    return sum(said, Usage()) if said else None


def entries(
    responses: list[Response], calls: list[ToolCall], form: Form | None = None
) -> Iterator[Entry]:
    """What there is to show of `responses` and the `calls` that were run for them.

    Args:
        responses: one a request.
        calls: in order.
        form: what the answers are to look like, if they are to have a form.
    """
    waiting = list(calls)
    for number, response in enumerate(responses):
        is_over = response.status != "in_progress" or number + 1 < len(responses)
        last = len(response.output) - 1
        tokens = _tokens_of_the_only_thought(response)
        for place, item in enumerate(response.output):
            key = f"{number}.{place}"
            finished = is_over or place < last
            for entry in _entries_of(item, key, waiting, tokens, finished=finished):
                is_value = form is not None and entry.kind == "text"
                shown = entry._replace(kind="value", content=(entry.content, form))
                yield shown if is_value else entry


def _tokens_of_the_only_thought(response: Response) -> int | None:
    """The tokens of the reasoning; servers say them for all items of a response together."""
    thoughts = [item for item in response.output if item["type"] == "reasoning"]
    return (
        (response.usage.reasoning_tokens or None) if response.usage and len(thoughts) == 1 else None
    )


_PARTS = {"output_text": ("text", "text"), "refusal": ("refusal", "refusal")}


def _entries_of(
    item: Item, key: str, waiting: list[ToolCall], tokens: int | None, *, finished: bool
) -> Iterator[Entry]:
    match item["type"]:
        case "message":
            yield from _message(item, key, finished=finished)
        case "reasoning":
            thought = Thought(Response(output=(item,)).reasoning, tokens, None)
            yield Entry(key, "reasoning", thought, finished)
        case "function_call":
            for number, inner in enumerate(unwrapped(item)):
                place = f"{key}.{number}" if number else key
                yield Entry(place, "call", _taken(inner, waiting), finished)
        case _:
            yield Entry(key, "item", (item, None), finished)


def _message(item: Item, key: str, *, finished: bool) -> Iterator[Entry]:
    parts = item.get("content")
    if isinstance(parts, str):
        parts = ({"type": "output_text", "text": parts},)
    for number, part in enumerate(parts if isinstance(parts, list | tuple) else ()):
        if isinstance(part, Mapping) and part.get("type") in _PARTS:
            kind, field_name = _PARTS[part["type"]]
            if text := part.get(field_name):
                yield Entry(f"{key}.{number}", kind, str(text), finished)


def _taken(item: Item, waiting: list[ToolCall]) -> ToolCall:
    """The call that was run for `item`, or one that stands for it until, or unless, it is run.

    Calls are run in the order of their items, so the first one that is left is the one.
    """
    name, arguments = str(item.get("name") or ""), item.get("arguments") or ""
    if waiting and waiting[0].name == name:
        return waiting.pop(0)
    return ToolCall(str(item.get("call_id") or ""), name, arguments)
