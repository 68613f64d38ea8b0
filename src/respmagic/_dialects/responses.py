"""The Responses API, ``POST /responses``: the vocabulary of the house, so there is little to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from respmagic._accumulator import response_from
from respmagic._dialects._chat_answer import ChatTranslator, is_chat, read_body
from respmagic._dialects.error_body import told_failure
from respmagic._dialects.profiles import PLAIN, Profile
from respmagic._events import Event
from respmagic._exceptions import ProtocolError, StatusError
from respmagic._items import Item, Request, Response, user_message
from respmagic._replay import without_images
from respmagic._shapes import items_of

__all__ = ["Responses", "relaxed"]

_STATUSES = frozenset({"completed", "incomplete", "failed", "cancelled", "queued", "in_progress"})
# What items of chat.completions carry for their own server
_OF_CHAT = frozenset({"reasoning_details", "extra_content"})


class ResponsesTranslator:
    """Passes events on as they are: they are in the house's own words.

    Some gateways answer at this address in the shape of chat.completions; that is read, too.
    """

    def __init__(self) -> None:
        self._chat: ChatTranslator | None = None

    @property
    def is_finishing(self) -> bool:
        """Never in this dialect, where one event ends the answer and tells the usage."""
        return self._chat is not None and self._chat.is_finishing

    def events(self, data: Mapping[str, Any], name: str) -> Sequence[Event]:
        """The event itself; its type by the SSE name only where the JSON has none."""
        if self._chat is None:
            if "type" in data:
                return (data,)
            if not is_chat(data):
                return (_named(data, name),)
            self._chat = ChatTranslator()
        return self._chat.events(data, name)

    def end(self, *, sentinel: bool) -> Sequence[Event]:
        """Nothing in this dialect, where an event ends the answer."""
        return self._chat.end(sentinel=sentinel) if self._chat else ()


def _named(data: Mapping[str, Any], name: str) -> Event:
    """An event whose JSON has no type: what its SSE name says, or a failure."""
    failure = None if name or data.get("error") else told_failure(data)
    return {**data, "type": name} if failure is None else {"type": "error", "error": failure}


class Responses:
    """The Responses API as OpenAI and the Open Responses specification describe it.

    Args:
        profile: the gateway, for what is particular to it.
    """

    name = "responses"
    path = "/responses"

    def __init__(self, profile: Profile = PLAIN) -> None:
        self._profile = profile

    def encode(self, request: Request) -> dict[str, Any]:
        """The JSON body that asks this.

        Servers keep what they are asked unless they are told not to, and with it what the user
        sent: they are told, but where the state is to be theirs, or the work goes on without us.
        """
        profile, state = self._profile, request.state
        count = state.count if state is not None else 0
        body: dict[str, Any] = {"input": _input(request.input[count:], profile)}
        if state is None and not request.parameters.get("background"):
            body["store"] = False
        elif state is not None and state.parameter == "previous_response_id":
            body["store"] = True
        if state is not None and state.id:
            body[state.parameter] = state.id
        if request.model is not None:
            body["model"] = request.model
        if request.tools:
            body["tools"] = list(request.tools)
        if request.stream:
            body["stream"] = True
        if profile.include and state is None:  # what it keeps need not come and go
            body["include"] = list(profile.include)
        names = {"max_output_tokens": profile.output_limit}
        return {**body, **{names.get(key, key): v for key, v in request.parameters.items()}}

    def translator(self) -> ResponsesTranslator:
        """What reads the events of one answer."""
        return ResponsesTranslator()

    def response(self, body: Mapping[str, Any]) -> Response:
        """The response in a body that was not streamed.

        Raises:
            ProtocolError: if the body is neither a response object nor a chat.completion.
        """
        if is_chat(body):
            return read_body(body)
        error, output = _error(body), items_of(body)
        if not (error or output or isinstance(body.get("output"), list)):
            error = told_failure(body)
            if error is None:
                raise ProtocolError(_no_response(body))
        return response_from(
            body, output, _status(body, "completed" if error is None else "failed"), error
        )


def _input(items: Sequence[Item], profile: Profile) -> list[Item] | str:
    if profile.plain_input and len(items) == 1 and isinstance(items[0].get("content"), str):
        return str(items[0]["content"])
    items = items if profile.images else without_images(items)
    shown = items if profile.output_images else _shown_after(items)
    return [kept for item in shown if (kept := _replayed(item, profile.reasoning)) is not None]


def _shown_after(items: Iterable[Item]) -> Iterator[Item]:
    """The items, with what tools show not in their outputs but in a message after these."""
    waiting: list[Item] = []
    for item in items:
        is_output = item.get("type") == "function_call_output"
        if waiting and not is_output:
            yield user_message(waiting)
            waiting = []
        parts = item.get("output")
        if is_output and isinstance(parts, list | tuple):
            texts = [part["text"] for part in parts if part.get("type") == "input_text"]
            waiting += [part for part in parts if part.get("type") != "input_text"]
            item = {**item, "output": "\n".join(texts)}  # noqa: PLW2901 - the same without them
        yield item
    if waiting:
        yield user_message(waiting)


# Which part of a reasoning item goes back, by `Profile.reasoning`; without it the server would look
# for an item that it never stored, and refuse the request.
_REASONING_KEPT = {
    "encrypted": ("encrypted_content", ("type", "id", "summary", "content", "encrypted_content")),
    "content": ("content", ("type", "id", "summary", "content")),
}


def _replayed(item: Item, how: str) -> Item | None:
    if item.get("type") != "reasoning":
        return {key: value for key, value in item.items() if key not in _OF_CHAT}
    needed, kept = _REASONING_KEPT.get(how, ("", ()))
    if not item.get(needed):
        return None
    return {"summary": [], **{key: item[key] for key in kept if key in item}}


def relaxed(body: Mapping[str, Any], refusal: StatusError) -> dict[str, Any] | None:
    """`body` without the reasoning that the server refuses to give or to take, or None.

    Models that do not reason refuse to be asked for encrypted content; encrypted content grows
    stale, and other organisations cannot read it. Neither is anything that the user set.
    """
    said = f"{refusal.code} {refusal}".lower()
    if "encrypted content is not supported" in said and "include" in body:
        kept = [entry for entry in body["include"] if entry != "reasoning.encrypted_content"]
        without = {key: value for key, value in body.items() if key != "include"}
        return without | ({"include": kept} if kept else {})
    stale = "invalid_encrypted_content" in said or ("'rs_" in said and "not found" in said)
    items = body.get("input")
    if not stale or not isinstance(items, list):
        return None
    others = [item for item in items if item.get("type") != "reasoning"]
    return {**body, "input": others} if len(others) < len(items) else None


def _error(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    error = body.get("error") or None
    if error is None or isinstance(error, Mapping):
        return error
    return {"code": body.get("code"), "message": str(error)}


def _status(body: Mapping[str, Any], otherwise: str) -> str:
    """The status that the body says, if it is one: gateways say others, or none."""
    status = body.get("status")
    return status if isinstance(status, str) and status in _STATUSES else otherwise


def _no_response(body: Mapping[str, Any]) -> str:
    return f"the answer is no response object; it has the fields {', '.join(map(str, body))}"
